//! Pointers, counts and drafts through HTTP and the socket.

use super::*;

async fn row(person: &TestPerson, channel: &str) -> Value {
    person.get(&format!("/api/channels/{channel}")).await.expect(200)
}

async fn unread(person: &TestPerson, channel: &str) -> (i64, i64) {
    let row = row(person, channel).await;
    (
        row["n_unread"].as_i64().expect("a number"),
        row["n_mentions"].as_i64().expect("a number"),
    )
}

both_stores! {
    async fn counts_follow_the_pointer(house: House) {
        let ada = house.member("Ada").await;
        let first = say(&ada, &house.general, "one").await;
        let second = say(&ada, &house.general, &format!("<@{}> two", house.owner.id)).await;
        assert_eq!(unread(&house.owner, &house.general).await, (2, 1));
        assert_eq!(unread(&ada, &house.general).await, (0, 0), "one's own messages are read");
        let read = format!("/api/channels/{}/read", house.general);
        let counts = house.owner.put(&read, json!({ "seq": first["seq"] })).await.expect(200);
        assert_eq!((&counts["n_unread"], &counts["n_mentions"]), (&json!(1), &json!(1)));
        house.owner.put(&read, json!({ "seq": second["seq"] })).await.expect(200);
        assert_eq!(unread(&house.owner, &house.general).await, (0, 0));
        house.owner.put(&read, json!({ "seq": first["seq"] })).await.expect(200);
        assert_eq!(unread(&house.owner, &house.general).await, (0, 0), "reading never goes back");
        let back = format!("/api/channels/{}/unread", house.general);
        house.owner.put(&back, json!({ "seq": second["seq"] })).await.expect(200);
        assert_eq!(unread(&house.owner, &house.general).await, (1, 1), "unread from here");
    }

    async fn a_pointer_beyond_the_head_hides_nothing(house: House) {
        let ada = house.member("Ada").await;
        let read = format!("/api/channels/{}/read", house.general);
        house.owner.put(&read, json!({ "seq": 9_000_000_000_i64 })).await.expect(200);
        house.owner.put(&read, json!({ "seq": -5 })).await.expect(200);
        say(&ada, &house.general, "still seen").await;
        assert_eq!(unread(&house.owner, &house.general).await, (1, 0));
    }

    async fn a_deleted_message_does_not_count(house: House) {
        let ada = house.member("Ada").await;
        let said = say(&ada, &house.general, &format!("<@{}> oops", house.owner.id)).await;
        assert_eq!(unread(&house.owner, &house.general).await, (1, 1));
        ada.delete(&format!("/api/channels/{}/messages/{}", house.general, id_of(&said))).await.expect(204);
        assert_eq!(unread(&house.owner, &house.general).await, (0, 0));
    }

    async fn who_joins_later_has_nothing_to_catch_up(house: House) {
        say(&house.owner, &house.general, "long ago").await;
        let ada = house.member("Ada").await;
        assert_eq!(unread(&ada, &house.general).await, (0, 0));
        say(&house.owner, &house.general, "welcome").await;
        assert_eq!(unread(&ada, &house.general).await, (1, 0));
    }

    async fn in_a_direct_conversation_everything_needs_me(house: House) {
        let ada = house.member("Ada").await;
        let direct = id_of(&ada.post("/api/directs", json!({ "people": [house.owner.id] })).await.expect(200));
        say(&ada, &direct, "hi").await;
        assert_eq!(unread(&house.owner, &direct).await, (1, 1));
    }

    async fn reading_on_one_device_tells_the_other(house: House) {
        let ada = house.member("Ada").await;
        let said = say(&ada, &house.general, "one").await;
        let (mut other, _) = Listener::open(&house.owner, json!({})).await;
        house.owner.put(&format!("/api/channels/{}/read", house.general), json!({ "seq": said["seq"] })).await.expect(200);
        let moved = other.event("read.moved").await;
        assert_eq!((&moved["body"]["read_seq"], &moved["body"]["n_unread"]), (&said["seq"], &json!(0)));
    }

    async fn drafts_follow_and_a_newer_one_is_not_lost(house: House) {
        let ada = house.member("Ada").await;
        let (mut other, _) = Listener::open(&ada, json!({})).await;
        let save = |text: &str, revision: i64| {
            let body = json!({ "channel_id": house.general, "topic_id": null, "text": text, "revision": revision });
            let ada = ada.clone();
            async move { ada.put("/api/drafts", body).await }
        };
        let first = save("Dear", 0).await.expect(200);
        assert_eq!(other.event("draft.changed").await["body"]["draft"]["text"], "Dear");
        let second = save("Dear all", first["revision"].as_i64().expect("a number")).await.expect(200);
        let refusal = save("Hello", 1).await;
        refusal.refused(409, "draft-changed");
        assert_eq!(refusal.body["draft"]["text"], "Dear all");
        let start = ada.get("/api/start").await.expect(200);
        assert_eq!(start["drafts"][0]["text"], "Dear all");
        save("", second["revision"].as_i64().expect("a number")).await.expect(200);
        assert_eq!(ada.get("/api/start").await.expect(200)["drafts"], json!([]));
        let (_, replayed) = Listener::open(&ada, json!({ ada.id.clone(): 0 })).await;
        assert!(!json!(replayed).to_string().contains("Dear"), "an unsent text does not stay in the log");
    }

    async fn the_start_holds_everything_in_one_answer(house: House) {
        let ada = house.member("Ada").await;
        say(&house.owner, &house.general, "welcome").await;
        let start = ada.get(&format!("/api/start?channel={}", house.general)).await.expect(200);
        assert_eq!((&start["me"]["id"], &start["workspace"]["name"]), (&json!(ada.id), &json!("Riverside")));
        assert_eq!(start["spaces"][0]["my_role"], "member");
        assert_eq!(texts(&start["page"]), ["welcome"]);
        assert_eq!(start["page"]["people"][0]["name"], "Olga Owner");
        let (_, frames) = Listener::open(&ada, start["cursors"].clone()).await;
        assert_eq!(frames, Vec::<Value>::new(), "the socket goes on where the snapshot ends");
    }

    async fn coming_back_replays_what_was_missed(house: House) {
        let ada = house.member("Ada").await;
        let start = ada.get("/api/start").await.expect(200);
        for n in 0..5 {
            say(&house.owner, &house.general, &format!("m{n}")).await;
        }
        let (_, frames) = Listener::open(&ada, start["cursors"].clone()).await;
        let missed: Vec<_> = frames.iter().map(|frame| frame["body"]["message"]["text"].clone()).collect();
        assert_eq!(missed, ["m0", "m1", "m2", "m3", "m4"]);
        let (_, frames) = Listener::open(&ada, json!({ house.general.clone(): 9999 })).await;
        assert_eq!(frames[0]["type"], "reset", "a cursor from another history begins anew");
    }
}
