//! Pins, what is kept for later, and forwards, through HTTP and the socket.

use super::*;
use std::time::Duration;

async fn forward(person: &TestPerson, channel: &str, message: &Value, text: &str) -> Answer {
    let body = json!({ "id": new_id(), "text": text, "forward_id": id_of(message) });
    person
        .post(&format!("/api/channels/{channel}/messages"), body)
        .await
}

fn on(channel: &str, message: &Value, what: &str) -> String {
    format!("/api/channels/{channel}/messages/{}/{what}", id_of(message))
}

both_stores! {
    async fn a_pin_is_seen_by_everybody_in_the_channel(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let said = say(&ada, &house.general, "The wifi is called river").await;
        let (mut listener, _) = Listener::open(&bob, json!({})).await;
        for _ in 0..2 {
            ada.put(&on(&house.general, &said, "pin"), json!({})).await.expect(204);
        }
        assert_eq!(listener.event("pin.changed").await["body"]["pinned"], true);
        let pins = bob.get(&format!("/api/channels/{}/pins", house.general)).await.expect(200);
        assert_eq!(pins["items"].as_array().map(Vec::len), Some(1));
        assert_eq!((&pins["items"][0]["message"]["text"], &pins["items"][0]["pinned_by"]), (&said["text"], &json!(ada.id)));
        assert_eq!(page(&bob, &house.general, "").await["messages"][0]["pinned"], true);
        bob.delete(&on(&house.general, &said, "pin")).await.expect(204);
        assert_eq!(listener.event("pin.changed").await["body"]["pinned"], false, "pinning twice is one event");
        ada.put(&on(&house.general, &said, "pin"), json!({})).await.expect(204);
        ada.delete(&format!("/api/channels/{}/messages/{}", house.general, id_of(&said))).await.expect(204);
        let pins = bob.get(&format!("/api/channels/{}/pins", house.general)).await.expect(200);
        assert_eq!(pins["items"], json!([]), "a deleted message is pinned no more");
    }

    async fn who_may_not_post_pins_nothing(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let news = house.channel(&ada, "news", "announcement").await;
        bob.post(&format!("/api/channels/{news}/join"), json!({})).await.expect(200);
        let said = say(&ada, &news, "Closed on Monday").await;
        bob.put(&on(&news, &said, "pin"), json!({})).await.refused(403, "forbidden");
        bob.put(&on(&news, &said, "save"), json!({})).await.expect(204);
    }

    async fn a_channel_has_a_hundred_pins_at_most(house: House) {
        let mut last = Value::Null;
        for n in 0..=100 {
            last = say(&house.owner, &house.general, &format!("m{n}")).await;
            if n < 100 {
                house.owner.put(&on(&house.general, &last, "pin"), json!({})).await.expect(204);
            }
        }
        house.owner.put(&on(&house.general, &last, "pin"), json!({})).await.refused(422, "invalid");
    }

    async fn what_i_keep_is_mine_alone_and_only_while_i_may_read_it(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let secret = house.channel(&ada, "secret", "private").await;
        ada.put(&format!("/api/channels/{secret}/members/{}", bob.id), json!({ "role": "member" })).await.expect(204);
        let here = say(&ada, &house.general, "read this").await;
        let there = say(&ada, &secret, "and this").await;
        for message in [(&house.general, &here), (&secret, &there)] {
            house.server.advance(Duration::from_secs(1));
            bob.put(&on(message.0, message.1, "save"), json!({})).await.expect(204);
        }
        let kept = |person: &TestPerson| {
            let person = person.clone();
            async move {
                let page = person.get("/api/saved").await.expect(200);
                page["items"].as_array().into_iter().flatten()
                    .filter_map(|item| item["message"]["text"].as_str().map(str::to_owned)).collect::<Vec<_>>()
            }
        };
        assert_eq!(kept(&bob).await, ["and this", "read this"]);
        assert!(kept(&ada).await.is_empty());
        assert_eq!(page(&bob, &secret, "").await["messages"][0]["saved"], true);
        assert_eq!(page(&ada, &secret, "").await["messages"][0]["saved"], Value::Null);
        ada.delete(&format!("/api/channels/{secret}/members/{}", bob.id)).await.expect(204);
        assert_eq!(kept(&bob).await, ["read this"]);
        bob.delete(&on(&house.general, &here, "save")).await.expect(204);
        assert!(kept(&bob).await.is_empty());
    }

    async fn a_forward_shows_what_was_said_and_links_back(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let secret = house.channel(&ada, "secret", "private").await;
        let said = say(&ada, &secret, "The **zeppelin** lands at nine").await;
        bob.post(&format!("/api/channels/{}/messages", house.general),
            json!({ "id": new_id(), "text": "", "forward_id": id_of(&said) })).await.refused(404, "not-found");
        let carrying = forward(&ada, &house.general, &said, "for all").await.expect(201);
        assert_eq!(carrying["forward"]["text"], said["text"]);
        let seen = page(&bob, &house.general, "").await["messages"][0].clone();
        assert_eq!((&seen["forward"]["message_id"], &seen["forward"]["author_id"]), (&json!(id_of(&said)), &json!(ada.id)));
        assert_eq!(seen["forward"]["tree"][0]["c"][1]["t"], "b");
        bob.get(&format!("/api/messages/{}", id_of(&said))).await.refused(404, "not-found");
        let bare = forward(&bob, &house.general, &carrying, "").await.expect(201);
        assert_eq!((&bare["text"], &bare["forward"]["text"]), (&json!(""), &json!("for all")), "a comment is a message of its own");
        let again = forward(&ada, &house.general, &bare, "").await.expect(201);
        assert_eq!(again["forward"]["text"], "for all", "of a bare forward what it carries goes on");
    }

    async fn when_the_original_is_deleted_its_copies_lose_their_text(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let secret = house.channel(&ada, "secret", "private").await;
        let said = say(&ada, &secret, "zeppelin").await;
        let carrying = forward(&ada, &house.general, &said, "look").await.expect(201);
        let (mut listener, _) = Listener::open(&bob, json!({})).await;
        ada.delete(&format!("/api/channels/{secret}/messages/{}", id_of(&said))).await.expect(204);
        let event = listener.event("message.edited").await;
        assert_eq!((&event["actor"], &event["body"]["message"]["forward"]["deleted"]), (&Value::Null, &json!(true)));
        let (_, replayed) = Listener::open(&bob, json!({ house.general.clone(): 0 })).await;
        let seen = page(&bob, &house.general, "").await;
        for shown in [json!(replayed).to_string(), seen.to_string()] {
            assert!(!shown.contains("zeppelin"), "{shown}");
        }
        let seen = &seen["messages"][0];
        assert_eq!((&seen["id"], &seen["text"], &seen["edited_at"]), (&json!(id_of(&carrying)), &json!("look"), &Value::Null));
        forward(&ada, &house.general, &said, "").await.refused(404, "not-found");
    }
}
