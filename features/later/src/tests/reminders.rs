//! Reminders of messages.

use super::*;
use platform::{both_stores, testing::Listener};

async fn say(person: &TestPerson, channel: &str, text: &str) -> String {
    let body = json!({ "id": new_id(), "text": text });
    let path = format!("/api/channels/{channel}/messages");
    id_of(&person.post(&path, body).await.expect(201))
}

fn wanted(house: &House, message: &str, after: Duration) -> Value {
    json!({ "id": new_id(), "message_id": message, "due_at": now(house).after(after).0, "note": " ask about it " })
}

async fn reminders(person: &TestPerson) -> Vec<Value> {
    let page = person.get("/api/reminders").await.expect(200);
    page["items"].as_array().cloned().unwrap_or_default()
}

both_stores! {
    async fn one_is_told_of_a_message_once_at_its_time(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let message = say(&bob, &house.general, "the plan").await;
        let body = wanted(&house, &message, HOUR);
        let kept = ada.post("/api/reminders", body.clone()).await.expect(201);
        assert_eq!((&kept["note"], &kept["text"], &kept["author_id"], &kept["told_at"]), (&json!("ask about it"), &json!("the plan"), &json!(bob.id), &Value::Null));
        ada.post("/api/reminders", body.clone()).await.expect(200);
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        house.server.advance(HOUR - MINUTE);
        assert_eq!(work(&house).await, 0);
        house.server.advance(MINUTE);
        assert_eq!((work(&house).await, work(&house).await), (1, 0));
        let told = listener.event("reminder.changed").await;
        assert_eq!(told["body"], json!({ "id": body["id"], "message_id": message, "channel_id": house.general, "state": "told" }));
        assert_eq!(reminders(&ada).await[0]["told_at"], now(&house).0);
        assert_eq!(reminders(&bob).await.len(), 0, "nobody else knows");
    }

    async fn it_is_put_off_and_done_with_and_undone(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let message = say(&bob, &house.general, "the plan").await;
        let body = wanted(&house, &message, HOUR);
        ada.post("/api/reminders", body.clone()).await.expect(201);
        let path = format!("/api/reminders/{}", id_of(&body));
        house.server.advance(HOUR);
        work(&house).await;
        for (person, status) in [(&bob, 404), (&ada, 200)] {
            let later = json!({ "due_at": now(&house).after(DAY).0 });
            assert_eq!(person.patch(&path, later).await.status, status);
        }
        assert_eq!(reminders(&ada).await[0]["told_at"], Value::Null);
        house.server.advance(DAY);
        assert_eq!(work(&house).await, 1, "it is told again");
        ada.patch(&path, json!({})).await.refused(422, "invalid");
        ada.patch(&path, json!({ "due_at": now(&house).0 })).await.refused(422, "invalid");
        ada.patch(&path, json!({ "note": "x".repeat(281) })).await.refused(422, "invalid");
        bob.delete(&path).await.refused(404, "not-found");
        ada.delete(&path).await.expect(204);
        assert_eq!(reminders(&ada).await.len(), 0);
        let mut again = body;
        again["due_at"] = json!(now(&house).after(MINUTE).0);
        ada.post("/api/reminders", again).await.expect(201);
        assert_eq!(reminders(&ada).await.len(), 1);
    }

    async fn what_is_deleted_or_hidden_shows_nothing(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let gone = say(&bob, &house.general, "forget this").await;
        ada.post("/api/reminders", wanted(&house, &gone, HOUR)).await.expect(201);
        bob.delete(&format!("/api/channels/{}/messages/{gone}", house.general)).await.expect(204);
        let secret = house.channel(&bob, "secret", "private").await;
        let path = format!("/api/channels/{secret}/members/{}", ada.id);
        bob.put(&path, json!({ "role": "member" })).await.expect(204);
        let hidden = say(&bob, &secret, "between us").await;
        ada.post("/api/reminders", wanted(&house, &hidden, HOUR)).await.expect(201);
        bob.delete(&path).await.expect(204);
        house.server.advance(HOUR);
        assert_eq!(work(&house).await, 1, "of what is hidden one is told all the same");
        for reminder in reminders(&ada).await {
            assert_eq!((&reminder["text"], &reminder["author_id"]), (&Value::Null, &Value::Null));
        }
        ada.post("/api/reminders", wanted(&house, &gone, HOUR)).await.refused(404, "not-found");
        ada.post("/api/reminders", wanted(&house, &hidden, HOUR)).await.refused(404, "not-found");
        ada.post("/api/reminders", wanted(&house, &new_id(), HOUR)).await.refused(404, "not-found");
    }

    async fn ten_thousand_are_kept_told_at_once_and_no_more_are_taken(house: House) {
        let ada = house.member("Ada").await;
        let message = say(&ada, &house.general, "again and again").await;
        let (person, at): (base::PersonId, _) = (ada.id.parse().expect("an id"), now(&house));
        let (message_id, channel): (base::MessageId, base::ChannelId) = (message.parse().expect("an id"), house.general.parse().expect("an id"));
        let fill = move |tx: &mut dyn platform::db::Tx| {
            for n in 0..10_000 {
                let row = crate::reminders::store::ReminderRow {
                    id: base::ReminderId::random(),
                    person,
                    message: message_id,
                    channel,
                    note: String::new(),
                    due_at: at.after(HOUR + Duration::from_millis(n)),
                    created_at: at,
                    told_at: None,
                    gone_at: None,
                };
                crate::reminders::store::insert(tx, &row)?;
            }
            Ok::<_, platform::db::Error>(())
        };
        house.server.app.db.write(person, fill).await.expect("they are written");
        ada.post("/api/reminders", wanted(&house, &message, HOUR)).await.refused(422, "scheduled-full");
        assert_eq!(work(&house).await, 0);
        house.server.advance(HOUR + MINUTE);
        assert_eq!(work(&house).await, 10_000);
        let first = ada.get("/api/reminders").await.expect(200);
        assert_eq!(first["items"].as_array().map(Vec::len), Some(50));
        let next = format!("/api/reminders?after_at={}&after_id={}", first["next"][0], first["next"][1].as_str().unwrap_or_default());
        let second = ada.get(&next).await.expect(200);
        assert!(second["items"][0]["due_at"].as_i64() > first["items"][49]["due_at"].as_i64());
    }

    async fn a_clock_that_is_set_and_a_server_that_was_away_tell_each_once_in_order_and_none_early(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let message = say(&bob, &house.general, "the plan").await;
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        let at = |hours: u32| wanted(&house, &message, HOUR * hours);
        let (first, second, third) = (at(2), at(3), at(30));
        for body in [&third, &first, &second] {
            ada.post("/api/reminders", body.clone()).await.expect(201);
            assert_eq!(listener.event("reminder.changed").await["body"]["state"], "waiting");
        }
        house.server.advance(HOUR * 2 - MINUTE);
        house.server.app.clock.set_back(HOUR);
        house.server.advance(HOUR);
        assert_eq!(work(&house).await, 0, "an hour twice is no hour more");
        // Nobody was there when two of them were due.
        house.server.advance(HOUR * 2);
        assert_eq!((work(&house).await, work(&house).await), (2, 0));
        house.server.app.clock.set_back(HOUR * 2);
        assert_eq!(work(&house).await, 0, "what was told is told");
        house.server.advance(HOUR * 2 + DAY);
        assert_eq!(work(&house).await, 0, "a day ahead is before it still");
        house.server.advance(HOUR * 4);
        assert_eq!(work(&house).await, 1);
        for body in [first, second, third] {
            let told = listener.event("reminder.changed").await;
            assert_eq!((&told["body"]["id"], &told["body"]["state"]), (&body["id"], &json!("told")));
        }
    }

    async fn whoever_is_erased_leaves_no_reminders(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let message = say(&bob, &house.general, "the plan").await;
        ada.post("/api/reminders", wanted(&house, &message, HOUR)).await.expect(201);
        let erase = json!({ "password": spaces::testing::PASSWORD, "messages": "keep" });
        ada.post("/api/me/erase", erase).await.expect(204);
        house.server.advance(HOUR);
        assert_eq!(work(&house).await, 0);
    }

    async fn a_reminder_whose_message_went_by_a_rule_is_over_and_keeps_its_note(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let message = say(&bob, &house.general, "the plan").await;
        let body = wanted(&house, &message, 5 * DAY);
        ada.post("/api/reminders", body.clone()).await.expect(201);
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        house.let_general_go().await;
        assert_eq!(listener.event("reminder.changed").await["body"]["state"], "gone");
        let gone_at = now(&house).0;
        let over = reminders(&ada).await[0].clone();
        assert_eq!((&over["text"], &over["note"], &over["gone_at"]), (&Value::Null, &json!("ask about it"), &json!(gone_at)));
        house.server.advance(5 * DAY);
        assert_eq!(work(&house).await, 0, "nobody is called to what is not there");
        let path = format!("/api/reminders/{}", id_of(&body));
        ada.patch(&path, json!({ "due_at": now(&house).after(DAY).0 })).await.refused(422, "invalid");
        ada.patch(&path, json!({ "note": "it was about the plan" })).await.expect(200);
        assert_eq!(work(&house).await, 0);
        ada.delete(&path).await.expect(204);
        assert_eq!(reminders(&ada).await.len(), 0);
    }
}
