//! What somebody else wrote is taken away, and leaves a trace without a text.

use super::{Begin, page, say};
use platform::{
    both_stores,
    testing::{Answer, Listener},
};
use serde_json::{Value, json};
use spaces::testing::{House, TestPerson, id_of, new_id};

async fn remove(person: &TestPerson, message: &Value, body: Value) -> Answer {
    let channel = message["channel_id"].as_str().expect("a channel");
    let path = format!("/api/channels/{channel}/messages/{}/remove", id_of(message));
    person.post(&path, body).await
}

async fn traces(person: &TestPerson, query: &str) -> Value {
    person
        .get(&format!("/api/moderation/removals{query}"))
        .await
        .expect(200)
}

both_stores! {
    async fn a_moderator_removes_and_everybody_is_told_why(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let said = say(&ada, &house.general, "xylophone insult").await;
        let path = format!("/api/channels/{}/messages", house.general);
        let quoting = json!({ "id": new_id(), "text": "what?", "quote_id": id_of(&said) });
        bob.post(&path, quoting).await.expect(201);
        let carrying = json!({ "id": new_id(), "text": "", "forward_id": id_of(&said) });
        bob.post(&path, carrying).await.expect(201);
        let (mut listener, _) = Listener::open(&bob, json!({})).await;
        let (mut hers, _) = Listener::open(&ada, json!({})).await;
        remove(&house.owner, &said, json!({ "reason": "Please be kind to each other." })).await.expect(204);
        let event = listener.event("message.deleted").await;
        assert_eq!(event["body"]["removed"]["reason"], "Please be kind to each other.");
        let told = hers.event("message.removed").await;
        assert_eq!((&told["body"]["message_id"], &told["actor"]), (&said["id"], &Value::Null));
        assert_eq!(told["body"]["removed"]["reason"], "Please be kind to each other.");
        let shown = page(&bob, &house.general).await;
        let first = &shown["messages"][0];
        assert_eq!((&first["deleted"], &first["removed"]["reason"]), (&json!(true), &json!("Please be kind to each other.")));
        assert_eq!((&shown["messages"][1]["quote"]["deleted"], &shown["messages"][2]["forward"]["deleted"]), (&json!(true), &json!(true)));
        let (_, replayed) = Listener::open(&bob, json!({ house.general.clone(): 0 })).await;
        let (_, own) = Listener::open(&ada, json!({ ada.id.clone(): 0 })).await;
        let trace = traces(&house.owner, "").await;
        for told in [shown.to_string(), json!(replayed).to_string(), json!(own).to_string(), trace.to_string()] {
            assert!(!told.contains("xylophone"), "{told}");
        }
        let trace = &trace["items"][0];
        assert_eq!((&trace["author_id"], &trace["removed_by"]), (&json!(ada.id), &json!(house.owner.id)));
        assert_eq!((&trace["message_id"], &trace["place"]["name"]), (&said["id"], &json!("general")));
        assert!(trace["removed_at"].is_number());
    }

    async fn only_those_who_look_after_a_channel_remove(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let guest = house.guest("Gus", &house.general).await;
        let said = say(&ada, &house.general, "hello").await;
        for person in [&bob, &guest] {
            remove(person, &said, json!({})).await.refused(403, "forbidden");
        }
        remove(&house.outsider("Otto").await, &said, json!({})).await.refused(404, "not-found");
        remove(&house.owner, &said, json!({ "reason": "x".repeat(281) })).await.refused(422, "invalid");
        remove(&house.owner, &said, json!({ "reason": "a\u{0}b" })).await.refused(422, "invalid");
        let own = say(&house.owner, &house.general, "mine").await;
        remove(&house.owner, &own, json!({})).await.refused(403, "forbidden");
        // Whoever manages one channel does not manage another.
        let club = house.channel(&bob, "club", "public").await;
        ada.post(&format!("/api/channels/{club}/join"), json!({})).await.expect(200);
        let there = say(&ada, &club, "in the club").await;
        remove(&bob, &there, json!({ "reason": "  " })).await.expect(204);
        remove(&bob, &there, json!({ "reason": "again" })).await.expect(204);
        assert_eq!(page(&ada, &club).await["messages"][0]["removed"], json!({ "reason": null }), "the first time counts");
        let mixed = format!("/api/channels/{club}/messages/{}/remove", id_of(&said));
        bob.post(&mixed, json!({})).await.refused(404, "not-found");
        assert_eq!(page(&ada, &house.general).await["messages"][0]["text"], "hello");
    }

    async fn a_deletion_by_somebody_else_leaves_a_trace_and_ones_own_does_not(house: House) {
        let ada = house.member("Ada").await;
        for (by, expected) in [(&ada, Value::Null), (&house.owner, json!({ "reason": null }))] {
            let said = say(&ada, &house.general, "going").await;
            let path = format!("/api/channels/{}/messages/{}", house.general, id_of(&said));
            by.delete(&path).await.expect(204);
            let last = page(&ada, &house.general).await["messages"].as_array().and_then(|all| all.last().cloned());
            assert_eq!(last.expect("it stands there")["removed"], expected);
        }
        assert_eq!(traces(&house.owner, "").await["items"].as_array().map(Vec::len), Some(1));
    }

    async fn traces_are_told_to_those_who_moderate_and_page_by_cursor(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let club = house.channel(&bob, "club", "private").await;
        bob.put(&format!("/api/channels/{club}/members/{}", ada.id), json!({ "role": "member" })).await.expect(204);
        let mut removed = Vec::new();
        for n in 0..5 {
            let channel = if n % 2 == 0 { &club } else { &house.general };
            let said = say(&ada, channel, &format!("m{n}")).await;
            let by = if n % 2 == 0 { &bob } else { &house.owner };
            remove(by, &said, json!({ "reason": format!("r{n}") })).await.expect(204);
            removed.push(id_of(&said));
        }
        let ids = |page: &Value| -> Vec<String> { page["items"].as_array().into_iter().flatten().map(|item| item["message_id"].as_str().unwrap_or_default().to_owned()).collect() };
        let all = traces(&house.owner, "").await;
        assert_eq!(ids(&all), removed.iter().rev().cloned().collect::<Vec<_>>());
        assert_eq!(all["items"][0]["place"]["name"], Value::Null, "the owner cannot read the club");
        let first = traces(&house.owner, "?limit=2").await;
        let second = traces(&house.owner, &format!("?limit=3&before={}", first["next"].as_str().expect("there is more"))).await;
        assert_eq!([ids(&first), ids(&second)].concat(), ids(&all));
        assert_eq!(second["next"], Value::Null);
        assert_eq!(ids(&traces(&bob, "").await).len(), 3, "bob looks after the club only");
        assert_eq!(ids(&traces(&house.owner, &format!("?channel={}", house.general)).await).len(), 2);
        assert!(ids(&traces(&ada, "").await).is_empty());
        ada.get(&format!("/api/moderation/removals?channel={club}")).await.refused(404, "not-found");
        bob.get(&format!("/api/moderation/removals?channel={}", house.general)).await.refused(404, "not-found");
    }

    async fn with_the_author_goes_the_reason(house: House) {
        let ada = house.member("Ada").await;
        let said = say(&ada, &house.general, "hello").await;
        remove(&house.owner, &said, json!({ "reason": "Ada Quark was rude" })).await.expect(204);
        house.owner.post(&format!("/api/people/{}/erase", ada.id), json!({ "messages": "keep" })).await.expect(200);
        let (_, replayed) = Listener::open(&house.owner, json!({ house.general.clone(): 0 })).await;
        let told = [traces(&house.owner, "").await, page(&house.owner, &house.general).await, json!(replayed)];
        assert!(!told.iter().any(|told| told.to_string().contains("Quark")));
        assert_eq!(told[0]["items"][0]["author_id"], ada.id.as_str());
    }
}
