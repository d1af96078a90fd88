//! Somebody minds a message, and those who look after the channel see to it.

use super::{Begin, page, say};
use platform::{
    both_stores,
    testing::{Answer, Listener},
};
use serde_json::{Value, json};
use spaces::testing::{House, TestPerson, id_of, new_id};

async fn report(person: &TestPerson, message: &Value, body: Value) -> Answer {
    let channel = message["channel_id"].as_str().expect("a channel");
    let path = format!("/api/channels/{channel}/messages/{}/report", id_of(message));
    person.post(&path, body).await
}

async fn queue(person: &TestPerson, query: &str) -> Vec<Value> {
    let page = person
        .get(&format!("/api/moderation/reports{query}"))
        .await
        .expect(200);
    page["items"].as_array().cloned().unwrap_or_default()
}

async fn n_open(person: &TestPerson) -> Value {
    person.get("/api/moderation").await.expect(200)["n_open_reports"].clone()
}

async fn own(person: &TestPerson) -> Vec<Value> {
    let page = person.get("/api/me/reports").await.expect(200);
    page["items"].as_array().cloned().unwrap_or_default()
}

fn hurtful() -> Value {
    json!({ "reason": "hurtful", "note": "This is about my sister." })
}

both_stores! {
    async fn a_report_reaches_those_who_moderate_and_is_dismissed(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let guest = house.guest("Gus", &house.general).await;
        let said = say(&ada, &house.general, &format!("**xylophone** insult, <@{}>", bob.id)).await;
        let (mut owners, _) = Listener::open(&house.owner, json!({})).await;
        let (mut bobs, _) = Listener::open(&bob, json!({})).await;
        report(&bob, &said, hurtful()).await.expect(204);
        let told = owners.event("reports.changed").await;
        assert_eq!((&told["body"]["channel_id"], &told["actor"]), (&json!(house.general), &Value::Null));
        report(&bob, &said, json!({ "reason": "spam" })).await.expect(204);
        report(&guest, &said, json!({ "reason": "spam" })).await.expect(204);
        assert_eq!(n_open(&house.owner).await, 1, "all who mind a message meet in one report");
        let open = queue(&house.owner, "").await;
        let found = &open[0];
        assert_eq!((&found["message_id"], &found["author_id"], &found["place"]["name"]), (&said["id"], &json!(ada.id), &json!("general")));
        assert_eq!(found["text"], "xylophone insult, @Bob");
        let reasons: Vec<_> = found["voices"].as_array().into_iter().flatten().map(|voice| (voice["person_id"].clone(), voice["reason"].clone(), voice["note"].clone())).collect();
        let expected = [(json!(bob.id), json!("hurtful"), json!("This is about my sister.")), (json!(guest.id), json!("spam"), json!(""))];
        assert_eq!(reasons, expected);
        let path = format!("/api/moderation/reports/{}/dismiss", id_of(found));
        house.owner.post(&path, json!({})).await.expect(204);
        house.owner.post(&path, json!({})).await.expect(204);
        let told = bobs.event("report.handled").await;
        assert_eq!((&told["body"]["message_id"], &told["actor"]), (&said["id"], &Value::Null));
        assert_eq!(n_open(&house.owner).await, 0);
        let handled = queue(&house.owner, "?state=handled").await;
        assert_eq!((&handled[0]["handled"]["outcome"], &handled[0]["handled"]["by"]), (&json!("dismissed"), &json!(house.owner.id)));
        assert_eq!(handled[0]["text"], "", "what it said is kept until it is handled");
        assert_eq!(own(&bob).await[0]["handled"], true);
        assert_eq!(page(&bob, &house.general).await["messages"][0]["deleted"], false);
        report(&bob, &said, hurtful()).await.expect(204);
        assert_eq!(n_open(&house.owner).await, 0, "once per person and message");
    }

    async fn its_author_hears_nothing_of_who_reported(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        // Ada looks after the channel, and still learns nothing of what is said about her.
        let club = house.channel(&ada, "club", "public").await;
        bob.post(&format!("/api/channels/{club}/join"), json!({})).await.expect(200);
        let said = say(&ada, &club, "an insult").await;
        report(&bob, &said, hurtful()).await.expect(204);
        assert_eq!((n_open(&ada).await, n_open(&bob).await, n_open(&house.owner).await), (json!(0), json!(0), json!(1)));
        let found = queue(&house.owner, "").await;
        let path = format!("/api/moderation/reports/{}", id_of(&found[0]));
        for person in [&ada, &bob, &house.outsider("Otto").await] {
            for verb in ["dismiss", "remove"] {
                person.post(&format!("{path}/{verb}"), json!({})).await.refused(404, "not-found");
                person.post(&format!("/api/moderation/reports/{}/{verb}", new_id()), json!({})).await.refused(404, "not-found");
            }
        }
        house.owner.post(&format!("{path}/remove"), json!({ "reason": "Not here, please." })).await.expect(204);
        let (_, hers) = Listener::open(&ada, json!({ ada.id.clone(): 0, club.clone(): 0 })).await;
        let told = [json!(hers), page(&ada, &club).await, ada.get("/api/start").await.expect(200)];
        let log = json!(hers).to_string();
        assert!(log.contains("message.removed") && !log.contains("reports.changed"), "{log}");
        assert!(!told.iter().any(|told| told.to_string().contains("my sister")));
    }

    async fn a_removed_message_needs_nobody_any_more_and_a_deleted_one_does(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let messages = format!("/api/channels/{}/messages", house.general);
        let mut reported = Vec::new();
        for text in ["one", "two", "three"] {
            let said = say(&ada, &house.general, text).await;
            report(&bob, &said, hurtful()).await.expect(204);
            reported.push(id_of(&said));
        }
        // Taken away in its place, deleted by its author, taken away in the queue.
        house.owner.post(&format!("{messages}/{}/remove", reported[0]), json!({})).await.expect(204);
        ada.delete(&format!("{messages}/{}", reported[1])).await.expect(204);
        let open = queue(&house.owner, "").await;
        let texts: Vec<_> = open.iter().map(|found| (found["text"].as_str().unwrap_or_default(), found["gone"] == true)).collect();
        assert_eq!(texts, [("three", false), ("two", true)], "what its author deleted stays reported");
        for found in &open {
            let path = format!("/api/moderation/reports/{}/remove", id_of(found));
            house.owner.post(&path, json!({ "reason": "Kinder, please" })).await.expect(204);
            house.owner.post(&path, json!({})).await.expect(204);
        }
        assert_eq!(n_open(&house.owner).await, 0);
        let handled = queue(&house.owner, "?state=handled").await;
        assert!(handled.len() == 3 && handled.iter().all(|found| found["handled"]["outcome"] == "removed" && found["text"] == ""));
        let shown = page(&bob, &house.general).await;
        assert_eq!(shown["messages"][2]["removed"]["reason"], "Kinder, please");
        assert_eq!(shown["messages"][1]["removed"], Value::Null);
        let said = own(&bob).await;
        assert!(said.len() == 3 && said.iter().all(|report| report["handled"] == true));
    }

    async fn administrators_hear_of_what_they_cannot_read(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let direct = id_of(&ada.post("/api/directs", json!({ "people": [bob.id] })).await.expect(200));
        let secret = house.channel(&bob, "secret", "private").await;
        bob.put(&format!("/api/channels/{secret}/members/{}", ada.id), json!({ "role": "member" })).await.expect(204);
        for channel in [&direct, &secret] {
            let said = say(&ada, channel, "an insult").await;
            report(&bob, &said, hurtful()).await.expect(204);
        }
        let open = queue(&house.owner, "").await;
        let kinds: Vec<_> = open.iter().map(|found| (found["place"]["kind"].clone(), found["place"]["name"].clone())).collect();
        assert_eq!(kinds, [(json!("private"), Value::Null), (json!("direct"), Value::Null)]);
        assert_eq!(queue(&bob, "").await.len(), 1, "bob looks after the secret channel");
        bob.get(&format!("/api/moderation/reports?channel={direct}")).await.refused(404, "not-found");
        assert_eq!(queue(&house.owner, &format!("?channel={direct}")).await.len(), 1);
        let path = format!("/api/moderation/reports/{}/remove", id_of(&open[1]));
        house.owner.post(&path, json!({ "reason": "No." })).await.expect(204);
        assert_eq!(page(&bob, &direct).await["messages"][0]["removed"]["reason"], "No.");
        house.owner.get(&format!("/api/channels/{direct}/messages")).await.refused(404, "not-found");
    }

    async fn bad_reports_are_refused(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let said = say(&ada, &house.general, "hello").await;
        for body in [
            json!({ "reason": "boring" }), json!({ "reason": "other" }), json!({}),
            json!({ "reason": "spam", "note": "x".repeat(501) }), json!({ "reason": "spam", "person_id": ada.id }),
        ] {
            report(&bob, &said, body).await.refused(422, "invalid");
        }
        report(&ada, &said, hurtful()).await.refused(403, "forbidden");
        report(&house.outsider("Otto").await, &said, hurtful()).await.refused(404, "not-found");
        let path = format!("/api/channels/{}/messages/{}/report", house.general, new_id());
        bob.post(&path, hurtful()).await.refused(404, "not-found");
        ada.delete(&format!("/api/channels/{}/messages/{}", house.general, id_of(&said))).await.expect(204);
        report(&bob, &said, hurtful()).await.refused(404, "not-found");
        assert_eq!(n_open(&house.owner).await, 0);
        for n in 0..51 {
            let said = say(&ada, &house.general, &format!("m{n}")).await;
            let answer = report(&bob, &said, hurtful()).await;
            if n < 50 { answer.expect(204); } else { answer.refused(422, "too-many-reports"); }
        }
        let first = house.owner.get("/api/moderation/reports?limit=20").await.expect(200);
        let next = first["next"].as_str().expect("there is more");
        let second = house.owner.get(&format!("/api/moderation/reports?limit=50&before={next}")).await.expect(200);
        assert_eq!((second["items"].as_array().map(Vec::len), &second["next"]), (Some(30), &Value::Null));
        let mine = bob.get("/api/me/reports?limit=49").await.expect(200);
        let rest = bob.get(&format!("/api/me/reports?before={}", mine["next"].as_str().expect("one more"))).await.expect(200);
        assert_eq!(rest["items"].as_array().map(Vec::len), Some(1));
    }

    async fn an_erased_person_is_in_no_report(house: House) {
        let (ada, bob, cleo) = (house.member("Ada").await, house.member("Bob").await, house.member("Cleo").await);
        let hers = say(&ada, &house.general, "by Quark").await;
        let his = say(&bob, &house.general, "stays until it is handled").await;
        report(&bob, &hers, json!({ "reason": "other", "note": "Quark again" })).await.expect(204);
        report(&ada, &his, json!({ "reason": "other", "note": "says Quark" })).await.expect(204);
        report(&cleo, &his, json!({ "reason": "other", "note": "it hurts" })).await.expect(204);
        house.owner.post(&format!("/api/people/{}/erase", ada.id), json!({ "messages": "keep" })).await.expect(200);
        let open = json!(queue(&house.owner, "").await).to_string();
        assert!(!open.contains("Quark"), "{open}");
        assert!(open.contains("stays until it is handled") && open.contains("it hurts"), "{open}");
    }

    async fn what_went_by_a_rule_is_quoted_by_no_report(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let said = say(&ada, &house.general, "a rude rope").await;
        let path = format!("/api/channels/{}/messages/{}/report", house.general, said["id"].as_str().unwrap());
        bob.post(&path, json!({ "reason": "other", "note": "I mind this" })).await.expect(204);
        house.let_general_go().await;
        let open = house.owner.get("/api/moderation/reports").await.expect(200);
        let report = &open["items"][0];
        assert_eq!((&report["text"], &report["gone"], &report["voices"][0]["note"]), (&json!(""), &json!(true), &json!("I mind this")), "somebody still looks at it");
        let path = format!("/api/moderation/reports/{}/remove", report["id"].as_str().unwrap());
        house.owner.post(&path, json!({ "reason": null })).await.expect(204);
        assert_eq!(house.owner.get("/api/moderation/reports").await.expect(200)["items"], json!([]));
    }
}
