//! How much somebody wants to be told of: everything, what needs them, nothing.

use super::*;
use base::{MessageId, PersonId};
use platform::both_stores;

async fn choose(who: &TestPerson, path: &str, level: Value) {
    who.put(path, json!({ "level": level })).await.expect(204);
}

async fn begin_topic(who: &TestPerson, channel: &str) -> String {
    let body = json!({ "id": new_id(), "title": "Now", "message": { "id": new_id(), "text": "What now?" } });
    id_of(
        &who.post(&format!("/api/channels/{channel}/topics"), body)
            .await
            .expect(201),
    )
}

async fn reply(who: &TestPerson, channel: &str, topic: &str, text: &str) -> Value {
    let body = json!({ "id": new_id(), "text": text, "topic_id": topic });
    who.post(&format!("/api/channels/{channel}/messages"), body)
        .await
        .expect(201)
}

/// Why somebody is told, of all that waits for them.
async fn causes(who: &TestPerson) -> Vec<String> {
    let items = held(who).await["items"].clone();
    items
        .as_array()
        .unwrap()
        .iter()
        .map(|notice| notice["cause"].as_str().unwrap().to_owned())
        .collect()
}

both_stores! {
    async fn who_wants_everything_is_told_of_it_and_nobody_else_has_a_row(house: House) {
        let (ada, bob, _cy) = (person(&house, "Ada").await, person(&house, "Bob").await, person(&house, "Cy").await);
        for path in [
            format!("/api/channels/{}/level", house.general),
            format!("/api/spaces/{}/level", house.space),
            "/api/levels".to_owned(),
        ] {
            choose(&bob, &path, json!("all")).await;
            say(&ada, &house.general, "It is said").await;
            pass(&house, MOMENT).await;
            assert_eq!((n_rows(&house, &ALL_ROWS).await, causes(&bob).await), (1, vec!["posted".to_owned()]), "{path}");
            choose(&bob, &path, Value::Null).await;
            say(&ada, &house.general, "It is said, and nobody called").await;
            pass(&house, MOMENT).await;
            assert_eq!(n_rows(&house, &ALL_ROWS).await, 0, "{path}: nor is anybody told of what is not wanted any more");
        }
        choose(&bob, "/api/levels", json!("all")).await;
        let topic = begin_topic(&ada, &house.general).await;
        reply(&ada, &house.general, &topic, "and in a topic of others").await;
        say(&bob, &house.general, "my own words do not call me").await;
        let named = say(&ada, &house.general, &format!("<@{}> as well", bob.id)).await;
        pass(&house, MOMENT).await;
        assert_eq!(causes(&bob).await, ["posted", "posted"], "who is named is told at once, as ever");
        let noon = platform::testing::START.after(HOUR * 4);
        assert_eq!(micros(&held(&bob).await["next_at"]), noon, "the rest comes as often as they like");
        assert!(!held(&bob).await.to_string().contains(named["id"].as_str().unwrap()));
    }

    /// More than 64 of them: they are not walked through for each message to a few (`store::called`).
    async fn when_a_crowd_wants_everything_each_is_told_of_what_is_theirs(house: House) {
        let mut crowd = Vec::new();
        for n in 0..66 {
            let one = person(&house, &format!("Person {n}")).await;
            choose(&one, "/api/levels", json!("all")).await;
            crowd.push(one);
        }
        let (ada, bob) = (person(&house, "Ada").await, person(&house, "Bob").await);
        let few = house.channel(&ada, "few", "private").await;
        let member = |who: &TestPerson| format!("/api/channels/{few}/members/{}", who.id);
        ada.put(&member(&bob), json!({ "role": "member" })).await.expect(204);
        say(&ada, &few, "Between two who want nothing of the kind").await;
        pass(&house, MOMENT).await;
        assert_eq!(n_rows(&house, &ALL_ROWS).await, 0);
        ada.put(&member(&crowd[7]), json!({ "role": "member" })).await.expect(204);
        say(&ada, &few, "And one who does").await;
        pass(&house, MOMENT).await;
        assert_eq!((n_rows(&house, &ALL_ROWS).await, causes(&crowd[7]).await), (1, vec!["posted".to_owned()]));
        say(&ada, &house.general, "To all of them").await;
        pass(&house, MOMENT).await;
        assert_eq!(n_rows(&house, &ALL_ROWS).await, 1 + 66, "who is in none of their channels has no row");
        assert!(causes(&bob).await.is_empty());
    }

    async fn everything_is_for_members_and_nothing_else_is_theirs(house: House) {
        let (ada, bob) = (person(&house, "Ada").await, person(&house, "Bob").await);
        let open = house.channel(&ada, "open", "public").await;
        choose(&bob, &format!("/api/spaces/{}/level", house.space), json!("all")).await;
        choose(&bob, "/api/levels", json!("all")).await;
        say(&ada, &open, "Bob looks in now and then, and is no member").await;
        pass(&house, MOMENT).await;
        assert_eq!(n_rows(&house, &ALL_ROWS).await, 0);
    }

    async fn the_nearest_place_that_says_something_counts(house: House) {
        let (ada, bob) = (person(&house, "Ada").await, person(&house, "Bob").await);
        bob.put("/api/hours/focus", json!({ "minutes": 90 })).await.expect(200);
        let topic = begin_topic(&bob, &house.general).await;
        let in_channel = format!("/api/channels/{}/level", house.general);
        let in_topic = format!("/api/channels/{}/topics/{topic}/level", house.general);
        reply(&ada, &house.general, &topic, "an answer").await;
        pass(&house, MOMENT).await;
        assert_eq!(causes(&bob).await, ["reply"], "who takes part in a topic is answered");
        choose(&bob, &in_topic, json!("needs_me")).await;
        settle(&house).await;
        assert_eq!(causes(&bob).await, [] as [&str; 0], "and is not told of what waits, either");
        reply(&ada, &house.general, &topic, "another one").await;
        pass(&house, MOMENT).await;
        assert_eq!(causes(&bob).await, [] as [&str; 0]);
        choose(&bob, &in_channel, json!("nothing")).await;
        reply(&ada, &house.general, &topic, &format!("<@{}> and you?", bob.id)).await;
        pass(&house, MOMENT).await;
        assert_eq!(causes(&bob).await, ["mention"], "the topic is nearer");
        choose(&bob, &in_topic, Value::Null).await;
        settle(&house).await;
        assert_eq!(causes(&bob).await, [] as [&str; 0], "now the channel counts");
        choose(&bob, &in_topic, json!("all")).await;
        reply(&ada, &house.general, &topic, "to the end").await;
        say(&ada, &house.general, &format!("<@{}> in the stream", bob.id)).await;
        pass(&house, MOMENT).await;
        assert_eq!(causes(&bob).await, ["reply"]);
    }

    async fn where_nothing_counts_an_ask_waits_and_only_an_agreed_page_passes(house: House) {
        let (ada, bob) = (person(&house, "Ada").await, person(&house, "Bob").await);
        choose(&bob, "/api/levels", json!("nothing")).await;
        let channel = direct(&ada, &bob).await;
        say(&ada, &channel, "only you").await;
        let body = json!({ "message": { "id": new_id(), "text": "When?" }, "ask": { "kind": "question", "people": [bob.id] } });
        ada.post(&format!("/api/channels/{}/asks", house.general), body).await.expect(201);
        pass(&house, MOMENT).await;
        assert_eq!(n_rows(&house, &ALL_ROWS).await, 0);
        assert_eq!(bob.get("/api/asks?side=on_me").await.expect(200)["items"].as_array().map(Vec::len), Some(1), "it is on them all the same");
        let said = say(&ada, &house.general, "The mill burns").await;
        let mut ear = Ear::of(&bob).await;
        for (consented, n) in [(false, 0), (true, 1)] {
            let message: MessageId = serde_json::from_value(said["id"].clone()).unwrap();
            let id: PersonId = serde_json::from_value(json!(bob.id)).unwrap();
            let now = house.server.app.clock.now();
            let write = move |tx: &mut dyn platform::db::Tx| crate::page(tx, (message, id), consented, now);
            house.server.app.db.write(id, write).await.unwrap();
            settle(&house).await;
            assert_eq!(n_rows(&house, &RELEASED_ROWS).await, n);
        }
        assert_eq!(ear.released().await["items"][0]["urgent"], json!(true));
    }

    async fn what_one_has_set_for_oneself_comes_wherever_it_is(house: House) {
        let (ada, bob) = (person(&house, "Ada").await, person(&house, "Bob").await);
        let said = say(&ada, &house.general, "the plan").await;
        choose(&bob, "/api/levels", json!("nothing")).await;
        let due_at = house.server.app.clock.now().after(HOUR);
        bob.post("/api/reminders", json!({ "id": new_id(), "message_id": said["id"], "due_at": due_at.0 })).await.expect(201);
        let mut ear = Ear::of(&bob).await;
        house.server.advance(HOUR);
        assert_eq!(later::work_due(&house.server.app).await.unwrap(), 1);
        settle(&house).await;
        assert_eq!(ear.released().await["items"][0]["cause"], json!("reminder"));
    }

    async fn another_policy_of_the_workspace_is_reckoned_with_at_once(house: House) {
        let (ada, bob, cy) = (person(&house, "Ada").await, person(&house, "Bob").await, person(&house, "Cy").await);
        declare(&cy, office("live")).await;
        house.server.advance(HOUR * 9);
        let channel = direct(&ada, &bob).await;
        say(&ada, &channel, "in the evening").await;
        say(&ada, &direct(&ada, &cy).await, "in the evening").await;
        pass(&house, MOMENT).await;
        let start = platform::testing::START;
        let waits_until = async |who: &TestPerson| micros(&held(who).await["next_at"]);
        assert_eq!(waits_until(&bob).await, start.after(HOUR * 24));
        let work = |from: u32, to: u32| (1..=5).map(|day| json!({ "weekday": day, "from_min": from, "to_min": to })).collect::<Value>();
        let mut policy = house.owner.get("/api/time-policy").await.expect(200);
        let mut ear = Listener::open(&ada, json!({})).await.0;
        policy["work"] = work(660, 1_020);
        house.owner.put("/api/time-policy", policy.clone()).await.expect(200);
        settle(&house).await;
        ear.event("time_policy.changed").await;
        assert_eq!(micros(&ear.event("message.held").await["body"]["until"]), start.after(HOUR * 26), "its sender learns of it");
        assert_eq!(waits_until(&bob).await, start.after(HOUR * 26), "eleven o'clock");
        assert_eq!(waits_until(&cy).await, start.after(HOUR * 24), "who has hours of their own keeps them");
        let mut told = Ear::of(&bob).await;
        policy["work"] = work(540, 1_440);
        house.owner.put("/api/time-policy", policy).await.expect(200);
        settle(&house).await;
        assert_eq!(told.released().await["n"], 1, "it is not evening any more");
    }
}
