//! Doors out of a channel, to a server of ours that pretends to be somebody else's.

use super::*;
use crate::{deliver_due, sign};
use axum::{Router, body::Bytes, extract::State, http::HeaderMap, routing::post};
use base::{HookId, Timestamp};
use platform::{both_stores, db::Tx};
use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

const DAY: Duration = Duration::from_secs(24 * 3600);

/// What came in, and what is answered next; 200 when nothing was said.
#[derive(Default)]
struct Told {
    came: Mutex<Vec<(HeaderMap, Bytes)>>,
    answers: Mutex<VecDeque<u16>>,
    always: AtomicUsize,
    now: AtomicUsize,
    most: AtomicUsize,
    delay_ms: AtomicUsize,
}

impl Told {
    fn bodies(&self) -> Vec<Value> {
        let came = self.came.lock().unwrap();
        came.iter()
            .map(|(_, body)| serde_json::from_slice(body).unwrap())
            .collect()
    }

    fn kinds(&self) -> Vec<String> {
        self.bodies()
            .iter()
            .map(|body| body["type"].as_str().unwrap().to_owned())
            .collect()
    }

    fn answer(&self, statuses: &[u16]) {
        self.answers.lock().unwrap().extend(statuses);
    }
}

async fn take(State(told): State<Arc<Told>>, headers: HeaderMap, body: Bytes) -> axum::http::StatusCode {
    let under_way = told.now.fetch_add(1, Ordering::SeqCst) + 1;
    told.most.fetch_max(under_way, Ordering::SeqCst);
    tokio::time::sleep(Duration::from_millis(told.delay_ms.load(Ordering::SeqCst) as u64)).await;
    told.came.lock().unwrap().push((headers, body));
    told.now.fetch_sub(1, Ordering::SeqCst);
    let next = told.answers.lock().unwrap().pop_front();
    let always = told.always.load(Ordering::SeqCst) as u16;
    axum::http::StatusCode::from_u16(next.unwrap_or(if always == 0 { 200 } else { always })).unwrap()
}

/// A house whose hooks may reach the other server, and nothing else at home.
struct Outward {
    house: House,
    told: Arc<Told>,
    url: String,
}

impl Outward {
    async fn begin(store: Store) -> Option<Self> {
        let told = Arc::new(Told::default());
        let router = Router::new().route("/in", post(take)).with_state(told.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        tokio::spawn(async move { axum::serve(listener, router).await });
        let features = vec![
            accounts::feature(),
            spaces::feature(),
            files::feature(),
            messages::feature(),
            crate::feature(),
        ];
        let allowed = vec![address.clone()];
        let house = House::open_with(store, features, move |config| {
            config.outbound.allowed = allowed.clone()
        })
        .await?;
        Some(Self {
            house,
            told,
            url: format!("http://{address}/in"),
        })
    }

    async fn hook(&self, by: &TestPerson, channel: &str, events: &[&str]) -> Value {
        let body = json!({ "name": "Mirror", "url": self.url, "events": events });
        by.post(&format!("/api/channels/{channel}/hooks/outgoing"), body)
            .await
            .expect(201)
    }

    async fn deliver(&self) {
        while deliver_due(&self.house.server.app).await.unwrap() > 0 {}
    }

    async fn deliveries(&self, channel: &str, hook: &Value) -> Vec<Value> {
        let path = format!(
            "/api/channels/{channel}/hooks/outgoing/{}/deliveries",
            hook["id"].as_str().unwrap()
        );
        self.house.owner.get(&path).await.expect(200)["items"]
            .as_array()
            .unwrap()
            .clone()
    }
}

both_stores! {
    async fn with_a_person_go_the_hooks_that_they_made(outward: Outward) {
        let house = &outward.house;
        let ada = house.member("Ada").await;
        ada.post(&format!("/api/channels/{}/join", house.general), json!({})).await.expect(200);
        house.owner.put(&format!("/api/channels/{}/members/{}", house.general, ada.id), json!({ "role": "admin" })).await.expect(204);
        outward.hook(&ada, &house.general, &["message.posted"]).await;
        outward.hook(&house.owner, &house.general, &["message.posted"]).await;
        let (_, hers) = incoming(&ada, &house.general, "Jenkins").await;
        let (_, stays) = incoming(&house.owner, &house.general, "Buildbot").await;
        say(&house.owner, &house.general, "on its way").await;
        house.owner.post(&format!("/api/people/{}/erase", ada.id), json!({ "messages": "keep" })).await.expect(200);
        let listed = house.owner.get(&format!("/api/channels/{}/hooks", house.general)).await.expect(200);
        let n = |kind: &str| listed[kind].as_array().map(Vec::len);
        assert_eq!((n("incoming"), n("outgoing")), (Some(1), Some(1)), "{listed}");
        assert!(!listed.to_string().contains(&ada.id));
        let stranger = house.server.stranger();
        assert_eq!(send(&stranger, &hers, "application/json", r#"{"text":"hi"}"#).await, (404, "no_service".to_owned()));
        assert_eq!(send(&stranger, &stays, "application/json", r#"{"text":"hi"}"#).await, (200, "ok".to_owned()));
        outward.deliver().await;
        assert_eq!(outward.told.kinds(), ["message.posted"], "what waited at hers is gone");
    }

    async fn what_happens_in_a_channel_is_told_and_signed(outward: Outward) {
        let (house, told) = (&outward.house, &outward.told);
        let made = outward.hook(&house.owner, &house.general, &["message.posted", "message.deleted", "topic.created"]).await;
        let elsewhere = house.channel(&house.owner, "elsewhere", "public").await;
        say(&house.owner, &elsewhere, "not for them").await;
        let first = say(&house.owner, &house.general, "hello **there**").await;
        let path = format!("/api/channels/{}/messages/{}", house.general, id_of(&first));
        house.owner.patch(&path, json!({ "text": "an edit, which nobody asked for" })).await.expect(200);
        let topic = json!({ "id": new_id(), "title": "Plans", "origin_id": id_of(&first) });
        house.owner.post(&format!("/api/channels/{}/topics", house.general), topic).await.expect(201);
        outward.deliver().await;
        assert_eq!(told.kinds(), ["message.posted", "topic.created"]);
        let body = &told.bodies()[0];
        assert_eq!(body["data"]["body"]["message"]["id"], first["id"]);
        assert_eq!((&body["data"]["seq"], &body["data"]["channel_id"]), (&first["seq"], &json!(house.general)));
        assert_eq!(body["timestamp"], "2026-11-23T09:00:00Z");
        let (headers, raw) = told.came.lock().unwrap()[0].clone();
        let header = |name: &str| headers[name].to_str().unwrap().to_owned();
        let at = Timestamp(header("webhook-timestamp").parse::<i64>().unwrap() * 1_000_000);
        let signed = sign::signature(made["secret"].as_str().unwrap(), &header("webhook-id"), at, &raw);
        assert_eq!(header("webhook-signature"), signed);
        let log = outward.deliveries(&house.general, &made["hook"]).await;
        assert_eq!((&log[1]["state"], &log[1]["status"], &log[1]["n_attempts"]), (&json!("delivered"), &json!(200), &json!(1)));
        assert_eq!(log[1]["id"], header("webhook-id").as_str());
        let listed = house.owner.get(&format!("/api/channels/{}/hooks", house.general)).await.expect(200);
        assert!(!listed.to_string().contains("whsec_"), "the secret is shown once");
    }

    async fn what_was_deleted_meanwhile_does_not_go_out(outward: Outward) {
        let (house, told) = (&outward.house, &outward.told);
        outward.hook(&house.owner, &house.general, &["message.posted"]).await;
        let said = say(&house.owner, &house.general, "a rare word: quagga").await;
        let path = format!("/api/channels/{}/messages/{}", house.general, id_of(&said));
        house.owner.delete(&path).await.expect(204);
        outward.deliver().await;
        assert_eq!(told.kinds(), ["message.posted"]);
        assert!(!told.bodies()[0].to_string().contains("quagga"));
    }

    async fn a_failing_address_is_tried_again_in_order(outward: Outward) {
        let (house, told) = (&outward.house, &outward.told);
        let made = outward.hook(&house.owner, &house.general, &["message.posted"]).await;
        told.answer(&[500, 302, 200]);
        say(&house.owner, &house.general, "one").await;
        say(&house.owner, &house.general, "two").await;
        outward.deliver().await;
        assert_eq!(told.kinds().len(), 1, "the second waits for the first");
        house.server.advance(Duration::from_secs(4));
        outward.deliver().await;
        assert_eq!(told.kinds().len(), 1, "not before the pause is over");
        house.server.advance(Duration::from_secs(2));
        outward.deliver().await;
        assert_eq!(told.kinds().len(), 2);
        let log = outward.deliveries(&house.general, &made["hook"]).await;
        assert_eq!((&log[1]["state"], &log[1]["status"], &log[1]["error"]), (&json!("waiting"), &json!(302), &json!("the address answered with 302")));
        house.server.advance(Duration::from_secs(31));
        outward.deliver().await;
        let texts: Vec<_> = told.bodies().iter().map(|body| body["data"]["body"]["message"]["text"].clone()).collect();
        assert_eq!(texts, ["one", "one", "one", "two"]);
        let ids: Vec<_> = told.came.lock().unwrap().iter().map(|(headers, _)| headers["webhook-id"].clone()).collect();
        assert!(ids[0] == ids[1] && ids[1] == ids[2] && ids[2] != ids[3], "a repeated event keeps its id");
        let listed = house.owner.get(&format!("/api/channels/{}/hooks", house.general)).await.expect(200);
        assert_eq!((&listed["outgoing"][0]["failing_since"], &listed["outgoing"][0]["n_waiting"]), (&Value::Null, &json!(0)));
    }

    async fn after_its_attempts_an_event_is_given_up_and_can_be_sent_again(outward: Outward) {
        let (house, told) = (&outward.house, &outward.told);
        let made = outward.hook(&house.owner, &house.general, &["message.posted"]).await;
        told.answer(&[500; 7]);
        say(&house.owner, &house.general, "stubborn").await;
        for _ in 0..8 {
            outward.deliver().await;
            house.server.advance(Duration::from_secs(3 * 3600));
        }
        let log = outward.deliveries(&house.general, &made["hook"]).await;
        assert_eq!((&log[0]["state"], &log[0]["n_attempts"]), (&json!("failed"), &json!(7)));
        assert_eq!(told.kinds().len(), 7);
        let hook = id_of(&made["hook"]);
        let again = format!("/api/channels/{}/hooks/outgoing/{hook}/deliveries/{}/again", house.general, id_of(&log[0]));
        house.owner.post(&again, json!({})).await.expect(204);
        outward.deliver().await;
        let log = outward.deliveries(&house.general, &made["hook"]).await;
        assert_eq!((&log[0]["state"], told.kinds().len()), (&json!("delivered"), 8));
        let ada = house.member("Ada").await;
        ada.post(&again, json!({})).await.refused(403, "forbidden");
        house.owner.post(&again.replace(&id_of(&log[0]), &new_id()), json!({})).await.refused(404, "not-found");
    }

    async fn days_of_failure_switch_a_hook_off_with_a_word_to_its_maker(outward: Outward) {
        let (house, told) = (&outward.house, &outward.told);
        let made = outward.hook(&house.owner, &house.general, &["message.posted"]).await;
        told.always.store(503, Ordering::SeqCst);
        for day in 0..5 {
            say(&house.owner, &house.general, &format!("day {day}")).await;
            outward.deliver().await;
            house.server.advance(DAY);
        }
        let listed = house.owner.get(&format!("/api/channels/{}/hooks", house.general)).await.expect(200);
        let hook = &listed["outgoing"][0];
        assert!(hook["disabled_at"].is_number(), "{hook}");
        assert_eq!((&hook["disabled_why"], &hook["n_waiting"]), (&json!("the address answered with 503"), &json!(0)));
        let n_tries = told.kinds().len();
        let page = house.owner.get(&format!("/api/channels/{}/messages", house.general)).await.expect(200);
        let word = page["messages"].as_array().unwrap().iter().find(|message| message["text"].as_str().unwrap().contains("switched off"));
        assert!(word.expect("a word")["text"].as_str().unwrap().contains(&house.owner.id), "its maker is named");
        say(&house.owner, &house.general, "later").await;
        outward.deliver().await;
        assert_eq!(told.kinds().len(), n_tries, "nothing goes out any more");
        told.always.store(200, Ordering::SeqCst);
        let path = format!("/api/channels/{}/hooks/outgoing/{}", house.general, id_of(&made["hook"]));
        let on = house.owner.patch(&path, json!({ "enabled": true })).await.expect(200);
        assert_eq!((&on["disabled_at"], &on["failing_since"]), (&Value::Null, &Value::Null));
        say(&house.owner, &house.general, "back").await;
        outward.deliver().await;
        assert_eq!(told.bodies().last().unwrap()["data"]["body"]["message"]["text"], "back");
    }

    async fn a_hook_whose_maker_left_tells_nothing(outward: Outward) {
        let (house, told) = (&outward.house, &outward.told);
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let channel = house.channel(&ada, "plans", "private").await;
        ada.put(&format!("/api/channels/{channel}/members/{}", bob.id), json!({ "role": "admin" })).await.expect(204);
        outward.hook(&bob, &channel, &["message.posted"]).await;
        say(&ada, &channel, "before").await;
        ada.delete(&format!("/api/channels/{channel}/members/{}", bob.id)).await.expect(204);
        say(&ada, &channel, "after").await;
        outward.deliver().await;
        assert_eq!(told.kinds(), [""; 0], "not even what he could read when it was said");
        let listed = ada.get(&format!("/api/channels/{channel}/hooks")).await.expect(200);
        assert_eq!(listed["outgoing"][0]["disabled_why"], "whoever made the hook may not read the channel any more");
    }

    async fn whoever_says_where_a_hook_leads_answers_for_it(outward: Outward) {
        let (house, told) = (&outward.house, &outward.told);
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let channel = house.channel(&ada, "plans", "private").await;
        let members = format!("/api/channels/{channel}/members/{}", bob.id);
        ada.put(&members, json!({ "role": "admin" })).await.expect(204);
        let made = outward.hook(&ada, &channel, &["message.posted"]).await;
        let path = format!("/api/channels/{channel}/hooks/outgoing/{}", id_of(&made["hook"]));
        let renamed = bob.patch(&path, json!({ "name": "Mine" })).await.expect(200);
        assert_eq!(renamed["created_by"], ada.id.as_str());
        let moved = bob.patch(&path, json!({ "url": outward.url })).await.expect(200);
        assert_eq!(moved["created_by"], bob.id.as_str());
        ada.delete(&members).await.expect(204);
        say(&ada, &channel, "not for Bob").await;
        outward.deliver().await;
        assert_eq!(told.kinds(), [""; 0]);
    }

    async fn no_token_makes_a_hook(outward: Outward) {
        let house = &outward.house;
        let body = json!({ "name": "All", "scopes": ["read", "write", "admin"] });
        let token = house.owner.post("/api/tokens", body).await.expect(201);
        let program = house.server.with_token(token["token"].as_str().unwrap());
        let hooks = format!("/api/channels/{}/hooks", house.general);
        program.get(&hooks).await.expect(200);
        program.post(&format!("{hooks}/incoming"), json!({ "name": "x" })).await.refused(403, "scope");
        let out = json!({ "name": "x", "url": outward.url, "events": ["message.posted"] });
        program.post(&format!("{hooks}/outgoing"), out).await.refused(403, "scope");
    }

    async fn hooks_do_not_talk_to_each_other(outward: Outward) {
        let (house, told) = (&outward.house, &outward.told);
        outward.hook(&house.owner, &house.general, &["message.posted"]).await;
        let (_, path) = incoming(&house.owner, &house.general, "Echo").await;
        assert_eq!(send(&house.server.stranger(), &path, "application/json", r#"{"text":"echo"}"#).await.0, 200);
        outward.deliver().await;
        assert_eq!(told.kinds(), [""; 0]);
    }

    async fn hooks_lead_to_public_addresses_only(outward: Outward) {
        let house = &outward.house;
        let path = format!("/api/channels/{}/hooks/outgoing", house.general);
        for url in ["http://127.0.0.1/", "http://[::1]/", "https://10.0.0.1/in", "ftp://x.example/", "http://169.254.169.254/", "x", ""] {
            let body = json!({ "name": "Bad", "url": url, "events": ["message.posted"] });
            let refused = house.owner.post(&path, body).await;
            refused.refused(422, "invalid");
            assert_eq!(refused.body["errors"][0]["pointer"], "/url", "{url}");
        }
        for events in [json!([]), json!(["message.read"]), json!("message.posted")] {
            let body = json!({ "name": "Bad", "url": outward.url, "events": events });
            house.owner.post(&path, body).await.refused(422, "invalid");
        }
        let made = outward.hook(&house.owner, &house.general, &["message.posted"]).await;
        let one = format!("{path}/{}", id_of(&made["hook"]));
        house.owner.patch(&one, json!({ "url": "http://localhost/" })).await.expect(200);
        say(&house.owner, &house.general, "home?").await;
        outward.deliver().await;
        let log = outward.deliveries(&house.general, &made["hook"]).await;
        assert_eq!(log[0]["error"], "the address is not on the public internet", "a name is looked up when it is asked");
        house.owner.delete(&one).await.expect(204);
        house.owner.delete(&one).await.refused(404, "not-found");
    }

    async fn the_log_of_a_hook_has_an_end(outward: Outward) {
        let house = &outward.house;
        let made = outward.hook(&house.owner, &house.general, &["message.posted"]).await;
        for n in 0..105 {
            say(&house.owner, &house.general, &format!("{n}")).await;
        }
        outward.deliver().await;
        assert_eq!(outward.told.kinds().len(), 105);
        let kept = house.server.app.db.read(|tx| tx.one(&COUNT_DELIVERIES, &[], |row| row.get::<i64>(0))).await;
        assert_eq!(kept.unwrap(), 100);
        assert_eq!(outward.deliveries(&house.general, &made["hook"]).await.len(), 100);
    }
}

platform::sql! {
    COUNT_DELIVERIES = "select count(*) from hook_delivery";
}

/// Threat 23 and 39 for hooks: an address that hangs for all of 2,000 hooks.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_thousand_failing_hooks_do_not_hurt() {
    let outward = Outward::begin(Store::Sqlite).await.expect("SQLite is there");
    let (house, told) = (&outward.house, &outward.told);
    told.always.store(500, Ordering::SeqCst);
    told.delay_ms.store(5, Ordering::SeqCst);
    let (channel, owner) = (channel_id(&house.general), person_id(&house.owner.id));
    let (url, now) = (outward.url.clone(), house.server.app.clock.now());
    let write = move |tx: &mut dyn Tx| {
        for n in 0..2000 {
            let hook = crate::store::outgoing::OutgoingRow {
                id: HookId::random(),
                channel,
                name: format!("hook {n}"),
                url: url.clone(),
                secret: sign::new_secret(),
                events: "message.posted".to_owned(),
                created_by: owner,
                created_at: now,
                failing_since: None,
                disabled_at: None,
                disabled_why: None,
                n_waiting: 0,
            };
            crate::store::outgoing::create(tx, &hook)?;
        }
        Ok::<_, platform::db::Error>(())
    };
    house.server.app.db.write(channel, write).await.unwrap();
    say(&house.owner, &house.general, "to all of them").await;
    let app = house.server.app.clone();
    let delivering = tokio::spawn(async move { while deliver_due(&app).await.unwrap() > 0 {} });
    let mut slowest = Duration::ZERO;
    while !delivering.is_finished() {
        let began = Instant::now();
        house
            .owner
            .get(&format!("/api/channels/{}/messages?limit=1", house.general))
            .await
            .expect(200);
        slowest = slowest.max(began.elapsed());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(told.kinds().len(), 2000, "each had its turn, once");
    assert!(
        told.most.load(Ordering::SeqCst) <= crate::model::CONCURRENT_MAX,
        "{:?} at once",
        told.most
    );
    assert!(
        slowest < Duration::from_secs(1),
        "a reader waited {slowest:?} beside it"
    );
}
