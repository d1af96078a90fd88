//! Blocking: what the blocked cannot do, what does not count, and what nobody is told.

use super::*;

async fn block(person: &TestPerson, other: &TestPerson) {
    person
        .put(&format!("/api/blocks/{}", other.id), json!({}))
        .await
        .expect(204);
}

async fn row(person: &TestPerson, channel: &str) -> Value {
    person.get(&format!("/api/channels/{channel}")).await.expect(200)
}

async fn counts(person: &TestPerson, channel: &str) -> (Value, Value) {
    let one = row(person, channel).await;
    let start = person.get("/api/start").await.expect(200);
    let mut all = start["channels"].as_array().into_iter().flatten();
    let listed = all
        .rfind(|row| row["id"] == channel)
        .expect("it is in the sidebar");
    let of = |row: &Value| (row["n_unread"].clone(), row["n_mentions"].clone());
    assert_eq!(of(&one), of(listed), "one row and all of them agree");
    of(&one)
}

both_stores! {
    async fn the_blocked_begin_no_conversation_and_are_not_told_why(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        block(&ada, &bob).await;
        block(&ada, &bob).await;
        let event = listener.event("block.changed").await;
        assert_eq!(event["body"], json!({ "person_id": bob.id, "blocked": true }));
        let (_, bobs) = Listener::open(&bob, json!({ bob.id.clone(): 0 })).await;
        assert!(!json!(bobs).to_string().contains("block"), "who is blocked hears nothing");
        let refusal = bob.post("/api/directs", json!({ "people": [ada.id] })).await;
        refusal.refused(403, "unreachable");
        assert!(!refusal.body.to_string().contains("block"), "{}", refusal.body);
        ada.post("/api/directs", json!({ "people": [bob.id] })).await.refused(403, "forbidden");
        bob.post("/api/directs", json!({ "people": [ada.id, house.owner.id] })).await.expect(200);
        let listed = ada.get("/api/blocks").await.expect(200);
        assert_eq!((&listed["items"], &listed["people"][0]["name"]), (&json!([bob.id]), &json!("Bob")));
        assert_eq!(ada.get("/api/start").await.expect(200)["blocked"], json!([bob.id]));
        ada.delete(&format!("/api/blocks/{}", bob.id)).await.expect(204);
        ada.delete(&format!("/api/blocks/{}", bob.id)).await.expect(204);
        bob.post("/api/directs", json!({ "people": [ada.id] })).await.expect(200);
        assert_eq!(ada.get("/api/blocks").await.expect(200)["items"], json!([]));
    }

    async fn nothing_is_written_between_two_of_whom_one_blocks_the_other(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let direct = id_of(&bob.post("/api/directs", json!({ "people": [ada.id] })).await.expect(200));
        let first = say(&bob, &direct, "hello").await;
        let hers = say(&ada, &direct, "go away").await;
        block(&ada, &bob).await;
        let messages = format!("/api/channels/{direct}/messages");
        post_text(&bob, &direct, "but why").await.refused(403, "unreachable");
        bob.patch(&format!("{messages}/{}", id_of(&first)), json!({ "text": "but why" })).await.refused(403, "unreachable");
        bob.put(&format!("{messages}/{}/reactions/%F0%9F%91%8D", id_of(&hers)), json!({})).await.refused(403, "unreachable");
        bob.put(&format!("{messages}/{}/pin", id_of(&hers)), json!({})).await.refused(403, "unreachable");
        let topic = json!({ "id": new_id(), "title": "Why", "origin_id": id_of(&first) });
        bob.post(&format!("/api/channels/{direct}/topics"), topic).await.refused(403, "unreachable");
        post_text(&ada, &direct, "so there").await.refused(403, "forbidden");
        assert_eq!(texts(&page(&bob, &direct, "").await), ["hello", "go away"], "what was said stays");
        bob.delete(&format!("{messages}/{}", id_of(&first))).await.expect(204);
        assert_eq!(bob.post("/api/directs", json!({ "people": [ada.id] })).await.expect(200)["id"], direct.as_str());
        ada.delete(&format!("/api/blocks/{}", bob.id)).await.expect(204);
        say(&bob, &direct, "thank you").await;
    }

    async fn what_the_blocked_say_is_there_and_does_not_count(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let call = format!("<@{}> look", ada.id);
        let origin = say(&house.owner, &house.general, "begins").await;
        let topic = json!({ "id": new_id(), "title": "T", "origin_id": id_of(&origin) });
        let topic = id_of(&ada.post(&format!("/api/channels/{}/topics", house.general), topic).await.expect(201));
        let in_topic = |text: &str| json!({ "id": new_id(), "text": text, "topic_id": topic });
        let messages = format!("/api/channels/{}/messages", house.general);
        for person in [&bob, &house.owner] {
            say(person, &house.general, &call).await;
            person.post(&messages, in_topic(&call)).await.expect(201);
        }
        assert_eq!(counts(&ada, &house.general).await, (json!(3), json!(2)));
        block(&ada, &bob).await;
        assert_eq!(counts(&ada, &house.general).await, (json!(2), json!(1)));
        let unread = row(&ada, &house.general).await["topics"].clone();
        assert_eq!((&unread[0]["n_unread"], &unread[0]["n_mentions"]), (&json!(1), &json!(1)));
        let overview = ada.get("/api/topics?filter=unread").await.expect(200);
        assert_eq!(overview["items"][0]["n_unread"], 1);
        assert_eq!(page(&ada, &house.general, "").await["messages"].as_array().map(Vec::len), Some(3), "the page holds it all");
        assert_eq!(counts(&bob, &house.general).await.0, json!(2), "for others nothing changes");
        // Three in a conversation: the third counts.
        let three = id_of(&bob.post("/api/directs", json!({ "people": [ada.id, house.owner.id] })).await.expect(200));
        say(&bob, &three, "hello both").await;
        say(&house.owner, &three, "hello").await;
        assert_eq!(counts(&ada, &three).await, (json!(1), json!(1)));
    }

    async fn announcements_count_whoever_writes_them(house: House) {
        let ada = house.member("Ada").await;
        let news = house.channel(&house.owner, "news", "announcement").await;
        ada.post(&format!("/api/channels/{news}/join"), json!({})).await.expect(200);
        block(&ada, &house.owner).await;
        ada.post("/api/directs", json!({ "people": [house.owner.id] })).await.refused(403, "forbidden");
        say(&house.owner, &news, &format!("<@{}>, school is closed", ada.id)).await;
        assert_eq!(counts(&ada, &news).await, (json!(1), json!(1)));
        say(&house.owner, &house.general, "and more").await;
        assert_eq!(counts(&ada, &house.general).await, (json!(0), json!(0)));
    }

    async fn one_blocks_whom_one_may_see_and_an_erased_person_is_in_no_list(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let club = house.channel(&ada, "club", "public").await;
        let guest = house.guest("Gus", &club).await;
        for (person, other) in [(&ada, ada.id.clone()), (&guest, guest.id.clone())] {
            person.put(&format!("/api/blocks/{other}"), json!({})).await.refused(403, "forbidden");
        }
        for other in [bob.id.clone(), new_id()] {
            guest.put(&format!("/api/blocks/{other}"), json!({})).await.refused(404, "not-found");
        }
        block(&guest, &ada).await;
        block(&bob, &ada).await;
        block(&ada, &bob).await;
        house.owner.post(&format!("/api/people/{}/erase", ada.id), json!({ "messages": "keep" })).await.expect(200);
        for person in [&guest, &bob] {
            assert_eq!(person.get("/api/blocks").await.expect(200)["items"], json!([]));
        }
    }
}
