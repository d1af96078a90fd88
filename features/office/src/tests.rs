//! Office hours through HTTP and the socket, with the media of this process.

use platform::{
    both_stores,
    testing::{Listener, Store},
};
use serde_json::{Value, json};
use spaces::testing::{House, TestPerson, id_of, new_id};
use std::time::Duration;

/// A house in which people can hear each other.
struct Office {
    house: House,
}

trait Begin: Sized {
    async fn begin(store: Store) -> Option<Self>;
}

impl Begin for Office {
    async fn begin(store: Store) -> Option<Self> {
        let features = vec![
            accounts::feature(),
            spaces::feature(),
            files::feature(),
            words::feature(),
            hours::feature(),
            messages::feature(),
            charters::feature(),
            asks::feature(),
            later::feature(),
            live::feature(),
            crate::feature(),
        ];
        let house = House::open_keeping(store, features, live::kept(), |_| ()).await?;
        drop(live::start(&house.server.app).await.expect("media start"));
        Some(Self { house })
    }
}

const MINUTE: i64 = 60_000_000;

impl Office {
    fn all(&self) -> String {
        format!("/api/channels/{}/office", self.house.general)
    }

    fn now(&self) -> i64 {
        self.house.server.app.clock.now().0
    }

    fn body(&self, more: Value) -> Value {
        let until = self.now() + 120 * MINUTE;
        let mut body = json!({ "id": new_id(), "message_id": new_id(), "about": "Homework", "minutes": 10, "until_at": until });
        for (field, value) in more.as_object().into_iter().flatten() {
            body[field] = value.clone();
        }
        body
    }

    /// Opens them, and says under which path.
    async fn open(&self, host: &TestPerson) -> String {
        let view = host.post(&self.all(), self.body(json!({}))).await.expect(201);
        format!("{}/{}", self.all(), id_of(&view["office"]))
    }

    async fn take(&self, person: &TestPerson, one: &str, about: &str) -> Value {
        let body = json!({ "about": about, "tells": true });
        person.put(&format!("{one}/place"), body).await.expect(200)
    }

    async fn call(&self, host: &TestPerson, one: &str) -> Value {
        let body = json!({ "live_id": new_id(), "message_id": new_id(), "about": "Your turn" });
        host.post(&format!("{one}/call"), body).await.expect(200)
    }

    /// Time goes by, and what is due happens.
    async fn pass(&self, minutes: u64) {
        self.house.server.advance(Duration::from_secs(minutes * 60));
        let app = &self.house.server.app;
        while platform::jobs::run_due(app, app.job_kinds())
            .await
            .expect("the jobs run")
            > 0
        {}
    }
}

fn names(view: &Value) -> Vec<&str> {
    let queue = view["queue"].as_array().into_iter().flatten();
    queue.filter_map(|place| place["about"].as_str()).collect()
}

/// The next word about somebody's place.
async fn told(listener: &mut Listener, word: &str) -> Value {
    loop {
        let body = listener.event("office.told").await["body"].clone();
        if body["word"] == word {
            return body;
        }
    }
}

both_stores! {
    async fn people_take_places_with_promised_times(office: Office) {
        let house = &office.house;
        let (host, ada, bob) = (&house.owner, house.member("Ada").await, house.member("Bob").await);
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        let one = office.open(host).await;
        assert_eq!(listener.event("message.posted").await["body"]["message"]["card"]["kind"], "office");
        let first = office.take(&ada, &one, "Exercise 3").await;
        assert_eq!((&first["mine"]["position"], &first["queue"]), (&json!(1), &Value::Null));
        told(&mut listener, "next").await;
        let second = office.take(&bob, &one, "Exercise 4").await;
        let promised = |view: &Value| view["mine"]["promised_at"].as_i64().expect("a time");
        assert_eq!((&second["mine"]["position"], promised(&second) - promised(&first)), (&json!(2), 10 * MINUTE));
        assert_eq!(second["next_at"], promised(&second) + 10 * MINUTE);
        assert!(!second.to_string().contains("Exercise 3"), "who waits before them, and for what, is not theirs to know: {second}");
        let again = office.take(&bob, &one, "Exercise 5").await;
        assert_eq!((&again["mine"]["position"], &again["mine"]["about"]), (&json!(2), &json!("Exercise 5")), "taken twice it is one");
        assert_eq!(names(&host.get(&one).await.expect(200)), ["Exercise 3", "Exercise 5"]);
        host.put(&format!("{one}/place"), json!({ "tells": false })).await.refused(403, "forbidden");
        let of = |person: &TestPerson| format!("{one}/people/{}", person.id);
        bob.delete(&of(&ada)).await.refused(403, "forbidden");
        ada.delete(&of(&ada)).await.expect(200);
        ada.delete(&of(&ada)).await.expect(200);
        let moved = bob.get(&one).await.expect(200);
        assert_eq!((&moved["mine"]["position"], promised(&moved)), (&json!(1), promised(&first)), "it is their turn earlier");
        assert_eq!(moved["mine"]["was_at"], promised(&second));
    }

    async fn whoever_is_next_is_called_into_a_session_of_the_two(office: Office) {
        let house = &office.house;
        let (host, ada, bob) = (&house.owner, house.member("Ada").await, house.member("Bob").await);
        let one = office.open(host).await;
        let body = json!({ "live_id": new_id(), "message_id": new_id(), "about": "Your turn" });
        host.post(&format!("{one}/call"), body.clone()).await.refused(403, "forbidden");
        office.take(&ada, &one, "a").await;
        office.take(&bob, &one, "b").await;
        ada.post(&format!("{one}/call"), body.clone()).await.refused(403, "forbidden");
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        let called = host.post(&format!("{one}/call"), body.clone()).await.expect(200);
        host.post(&format!("{one}/call"), body).await.expect(200);
        told(&mut listener, "called").await;
        let place = &called["queue"][0];
        assert_eq!((&place["position"], called["office"]["is_busy"].as_bool(), &called["office"]["n_waiting"]), (&json!(0), Some(true), &json!(1)));
        let live = format!("/api/channels/{}/live/{}", place["live_channel_id"].as_str().unwrap_or_default(), place["live_id"].as_str().unwrap_or_default());
        ada.post(&format!("{live}/enter"), json!({ "device": "a" })).await.expect(200);
        bob.get(&live).await.refused(404, "not-found");
        assert_eq!(ada.get(&one).await.expect(200)["mine"]["live_id"], place["live_id"]);
        assert_eq!(bob.get(&one).await.expect(200)["mine"]["live_id"], Value::Null);
        // The host ends the session before she came: one back.
        host.post(&format!("{live}/end"), json!({ "outcome": "none" })).await.expect(200);
        let view = host.get(&one).await.expect(200);
        assert_eq!((names(&view), &view["queue"][1]["n_missed"]), (vec!["b", "a"], &json!(1)));
    }

    async fn who_does_not_come_moves_one_back_and_after_three_times_out(office: Office) {
        let house = &office.house;
        let (host, ada, bob) = (&house.owner, house.member("Ada").await, house.member("Bob").await);
        let one = office.open(host).await;
        office.take(&ada, &one, "a").await;
        office.take(&bob, &one, "b").await;
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        office.call(host, &one).await;
        office.pass(2).await;
        assert_eq!(host.get(&one).await.expect(200)["office"]["is_busy"], true, "the place is kept for three minutes");
        office.pass(1).await;
        told(&mut listener, "missed").await;
        let view = host.get(&one).await.expect(200);
        assert_eq!((names(&view), view["office"]["is_busy"].as_bool()), (vec!["b", "a"], Some(false)));
        bob.delete(&format!("{one}/people/{}", bob.id)).await.expect(200);
        for _ in 0..2 {
            office.call(host, &one).await;
            office.pass(3).await;
        }
        told(&mut listener, "removed").await;
        assert_eq!(names(&host.get(&one).await.expect(200)), Vec::<&str>::new());
    }

    async fn a_promise_that_cannot_be_kept_moves_later_with_a_word(office: Office) {
        let house = &office.house;
        let (host, ada) = (&house.owner, house.member("Ada").await);
        let one = office.open(host).await;
        let promised = office.take(&ada, &one, "a").await["mine"]["promised_at"].as_i64().expect("a time");
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        office.pass(3).await;
        assert_eq!(ada.get(&one).await.expect(200)["mine"]["promised_at"], promised, "for three minutes it holds");
        office.pass(2).await;
        let word = told(&mut listener, "later").await;
        let later = ada.get(&one).await.expect(200);
        assert_eq!((&later["mine"]["promised_at"], &later["mine"]["was_at"]), (&word["promised_at"], &json!(promised)));
        assert!(later["mine"]["promised_at"].as_i64().expect("a time") >= office.now());
        let reminders = ada.get("/api/reminders").await.expect(200);
        assert!(reminders.to_string().contains("Homework"), "told as a reminder, in their own time: {reminders}");
        // A break moves it by as much.
        let at = office.now() + 60 * MINUTE;
        ada.put(&format!("{one}/later"), json!({ "at": at })).await.refused(403, "forbidden");
        host.put(&format!("{one}/later"), json!({ "at": office.now() })).await.refused(422, "invalid");
        let away = host.put(&format!("{one}/later"), json!({ "at": at })).await.expect(200);
        assert_eq!(away["office"]["later_at"], at);
        told(&mut listener, "later").await;
        assert!(ada.get(&one).await.expect(200)["mine"]["promised_at"].as_i64().expect("a time") >= at);
        host.put(&format!("{one}/later"), json!({})).await.expect(200);
        told(&mut listener, "earlier").await;
    }

    async fn they_end_and_whoever_waits_is_told(office: Office) {
        let house = &office.house;
        let (host, ada, bob) = (&house.owner, house.member("Ada").await, house.member("Bob").await);
        let one = office.open(host).await;
        office.take(&ada, &one, "a").await;
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        ada.post(&format!("{one}/end"), json!({})).await.refused(403, "forbidden");
        let ended = host.post(&format!("{one}/end"), json!({})).await.expect(200);
        assert!(ended["office"]["ended_at"].is_i64() && ended["queue"] == json!([]));
        told(&mut listener, "ended").await;
        host.post(&format!("{one}/end"), json!({})).await.expect(200);
        bob.put(&format!("{one}/place"), json!({ "tells": false })).await.refused(409, "office-closed");
        // After their end they end by themselves when nobody waits.
        let second = office.open(host).await;
        office.pass(121).await;
        assert!(ada.get(&second).await.expect(200)["office"]["ended_at"].is_i64());
    }

    async fn they_are_bounded(office: Office) {
        let house = &office.house;
        let (host, ada) = (&house.owner, house.member("Ada").await);
        for bad in [
            json!({ "minutes": 0 }), json!({ "minutes": 121 }), json!({ "until_at": office.now() }),
            json!({ "until_at": office.now() + 13 * 60 * MINUTE }), json!({ "about": "" }),
        ] {
            host.post(&office.all(), office.body(bad)).await.refused(422, "invalid");
        }
        let body = office.body(json!({ "until_at": office.now() + 5 * MINUTE }));
        let view = host.post(&office.all(), body.clone()).await.expect(201);
        host.post(&office.all(), body.clone()).await.expect(201);
        ada.post(&office.all(), body).await.refused(409, "conflict");
        host.post(&office.all(), office.body(json!({}))).await.refused(403, "forbidden");
        let one = format!("{}/{}", office.all(), id_of(&view["office"]));
        ada.put(&format!("{one}/place"), json!({ "about": "x".repeat(281), "tells": false })).await.refused(422, "invalid");
        office.take(&ada, &one, "a").await;
        let bob = house.member("Bob").await;
        bob.put(&format!("{one}/place"), json!({ "tells": false })).await.refused(409, "office-closed");
        assert_eq!(bob.get(&one).await.expect(200)["next_at"], Value::Null);
        let eve = house.outsider("Eve").await;
        eve.get(&one).await.refused(404, "not-found");
    }

    async fn with_its_message_and_with_people_it_goes(office: Office) {
        let house = &office.house;
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let one = office.open(&ada).await;
        office.take(&bob, &one, "a").await;
        house.owner.post(&format!("/api/people/{}/erase", bob.id), json!({ "messages": "keep" })).await.expect(200);
        let view = ada.get(&one).await.expect(200);
        assert_eq!((&view["queue"], &view["office"]["n_waiting"]), (&json!([]), &json!(0)));
        let message = view["office"]["message_id"].as_str().expect("an id");
        ada.delete(&format!("/api/channels/{}/messages/{message}", house.general)).await.expect(204);
        ada.get(&one).await.refused(404, "not-found");
        let second = office.open(&ada).await;
        house.owner.post(&format!("/api/people/{}/erase", ada.id), json!({ "messages": "keep" })).await.expect(200);
        assert!(house.owner.get(&second).await.expect(200)["office"]["ended_at"].is_i64());
    }
}
