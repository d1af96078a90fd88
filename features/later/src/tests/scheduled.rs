//! Posts that wait for their time.

use super::*;
use platform::{both_stores, testing::Listener};

both_stores! {
    async fn what_is_scheduled_is_posted_once_at_its_time_as_its_author(house: House) {
        let ada = house.member("Ada").await;
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        let body = planned(&house, &house.general, "later, **all**", HOUR);
        let kept = ada.post("/api/scheduled", body.clone()).await.expect(201);
        assert_eq!(listener.event("scheduled.changed").await["body"], json!({ "id": body["id"], "state": "waiting" }));
        assert_eq!(ada.post("/api/scheduled", body.clone()).await.expect(200), kept, "a second try makes no second one");
        assert_eq!(mine(&ada).await, std::slice::from_ref(&kept));
        assert_eq!((&kept["failed"], &kept["lands"], &kept["due_at"]), (&Value::Null, &json!(false), &body["due_at"]));
        house.server.advance(HOUR - MINUTE);
        assert_eq!(work(&house).await, 0, "nothing goes out early");
        assert!(!said(&ada, &house.general).await.contains(&"later, **all**".to_owned()));
        house.server.advance(MINUTE);
        assert_eq!(work(&house).await, 1);
        let [posted, changed] = listener.all_of(["message.posted", "scheduled.changed"]).await;
        let message = &posted["body"]["message"];
        assert_eq!((&message["id"], &message["author_id"], &message["at"]), (&body["id"], &json!(ada.id), &body["due_at"]));
        assert_eq!(changed["body"]["state"], "posted");
        assert_eq!((work(&house).await, mine(&ada).await.len()), (0, 0));
        ada.post("/api/scheduled", body).await.refused(409, "conflict");
    }

    async fn it_is_changed_taken_back_and_sent_now(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let one = schedule(&house, &ada, "one", HOUR).await;
        let path = path_of(&one);
        for (method_path, body) in [(path.clone(), json!({ "revision": 1, "text": "x" })), (path.clone(), json!({ "revision": 1, "due_at": 1 }))] {
            bob.patch(&method_path, body).await.refused(404, "not-found");
        }
        bob.delete(&path).await.refused(404, "not-found");
        bob.post(&format!("{path}/send"), json!({})).await.refused(404, "not-found");
        let later = now(&house).after(DAY).0;
        let changed = ada.patch(&path, json!({ "revision": 1, "text": "two", "due_at": later })).await.expect(200);
        assert_eq!((&changed["text"], &changed["due_at"], &changed["revision"]), (&json!("two"), &json!(later), &json!(2)));
        assert_eq!(mine(&ada).await, [changed]);
        let refusal = ada.patch(&path, json!({ "revision": 1, "text": "three" })).await;
        refusal.refused(409, "scheduled-changed");
        assert_eq!(refusal.body["revision"], 2);
        ada.patch(&path, json!({ "revision": 2 })).await.refused(422, "invalid");
        ada.patch(&path, json!({ "revision": 2, "text": " " })).await.refused(422, "invalid");
        house.server.advance(HOUR);
        assert_eq!(work(&house).await, 0, "it has another time now");
        let sent = ada.post(&format!("{path}/send"), json!({})).await.expect(200);
        assert_eq!((&sent["id"], &sent["text"]), (&one["id"], &json!("two")));
        let taken = schedule(&house, &ada, "never", HOUR).await;
        ada.delete(&path_of(&taken)).await.expect(204);
        ada.delete(&path_of(&taken)).await.refused(404, "not-found");
        let again = json!({ "id": taken["id"], "channel_id": house.general, "text": "never", "due_at": later });
        ada.post("/api/scheduled", again).await.expect(201);
        assert_eq!(mine(&ada).await.len(), 1, "taking back can be undone");
    }

    async fn what_cannot_be_posted_is_kept_with_its_reason(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let mut cases = Vec::new();
        for (name, why) in [("left", "gone"), ("archived", "archived"), ("slow", "slow"), ("words", "words")] {
            let channel = house.channel(&bob, name, "public").await;
            ada.post(&format!("/api/channels/{channel}/join"), json!({})).await.expect(200);
            let body = planned(&house, &channel, if name == "words" { "damn it" } else { name }, HOUR);
            cases.push((channel, ada.post("/api/scheduled", body).await.expect(201), why));
        }
        let of = |name: &str| cases.iter().find(|(_, kept, _)| kept["text"] == name).map(|(channel, ..)| channel.clone()).expect("a case");
        ada.post(&format!("/api/channels/{}/leave", of("left")), json!({})).await.expect(204);
        bob.patch(&format!("/api/channels/{}", of("archived")), json!({ "archived": true })).await.expect(200);
        bob.patch(&format!("/api/channels/{}", of("slow")), json!({ "slow_s": 600 })).await.expect(200);
        house.owner.put("/api/words", json!({ "ask": [], "hold": ["damn"], "report": [] })).await.expect(200);
        house.server.advance(HOUR - MINUTE);
        let hasty = json!({ "id": new_id(), "text": "first" });
        ada.post(&format!("/api/channels/{}/messages", of("slow")), hasty).await.expect(201);
        house.server.advance(MINUTE);
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        assert_eq!(work(&house).await, 4);
        assert_eq!(listener.event("scheduled.changed").await["body"]["state"], "failed");
        for (_, kept, why) in &cases {
            let found = mine(&ada).await.into_iter().find(|item| item["id"] == kept["id"]).expect("it is kept");
            assert_eq!((&found["failed"], &found["text"]), (&json!(why), &kept["text"]));
        }
        assert_eq!(work(&house).await, 0, "it is not tried again by itself");
        let slow = mine(&ada).await.into_iter().find(|item| item["failed"] == "slow").expect("it failed");
        ada.patch(&path_of(&slow), json!({ "revision": slow["revision"], "text": "slow" })).await.refused(422, "invalid");
        let at = now(&house).after(HOUR).0;
        let again = ada.patch(&path_of(&slow), json!({ "revision": slow["revision"], "due_at": at })).await.expect(200);
        assert_eq!(again["failed"], Value::Null);
        house.server.advance(HOUR);
        assert_eq!(work(&house).await, 1);
        assert_eq!(said(&bob, &of("slow")).await.last().map(String::as_str), Some("slow"));
    }

    async fn whoever_is_deactivated_posts_nothing(house: House) {
        let ada = house.member("Ada").await;
        schedule(&house, &ada, "from nobody", HOUR).await;
        house.owner.post(&format!("/api/people/{}/deactivate", ada.id), json!({})).await.expect(200);
        house.server.advance(HOUR);
        assert_eq!(work(&house).await, 1);
        assert!(!said(&house.owner, &house.general).await.contains(&"from nobody".to_owned()));
    }

    async fn after_downtime_posts_go_out_in_order_within_a_day(house: House) {
        let ada = house.member("Ada").await;
        for (text, hours) in [("c", 3), ("a", 1), ("b", 2), ("d", 4)] {
            schedule(&house, &ada, text, HOUR * hours).await;
        }
        // So long away that the first is more than a day late.
        house.server.advance(DAY + HOUR * 2 - MINUTE);
        assert_eq!(work(&house).await, 4);
        let told = said(&ada, &house.general).await;
        assert_eq!(told[told.len() - 3..], ["b", "c", "d"]);
        assert_eq!(mine(&ada).await[0]["failed"], "late");
    }

    async fn a_clock_that_is_set_posts_nothing_twice_and_nothing_early(house: House) {
        let ada = house.member("Ada").await;
        schedule(&house, &ada, "soon", HOUR).await;
        schedule(&house, &ada, "tomorrow", DAY).await;
        let clock = &house.server.app.clock;
        let start = clock.now();
        clock.set(start.before(HOUR));
        assert_eq!(work(&house).await, 0, "an hour back");
        clock.set(start.after(HOUR));
        assert_eq!(work(&house).await, 1);
        clock.set(start);
        assert_eq!(work(&house).await, 0, "back again");
        clock.set(start.after(HOUR));
        assert_eq!(work(&house).await, 0, "the same hour once more");
        clock.set(start.after(DAY));
        assert_eq!(work(&house).await, 1, "a day ahead");
        clock.set(start.after(HOUR));
        assert_eq!(work(&house).await, 0);
        clock.set(start.after(DAY));
        assert_eq!(work(&house).await, 0);
        let told = said(&ada, &house.general).await;
        assert_eq!(told[told.len() - 2..], ["soon", "tomorrow"]);
    }

    async fn of_two_who_work_at_once_one_posts_each(house: House) {
        let ada = house.member("Ada").await;
        let expected: Vec<String> = (0..30).map(|n| format!("n{n:02}")).collect();
        for (n, text) in (0..).zip(&expected) {
            schedule(&house, &ada, text, HOUR + Duration::from_secs(n)).await;
        }
        house.server.advance(HOUR * 2);
        let app = &house.server.app;
        let (one, two, three) = tokio::join!(crate::work_due(app), crate::work_due(app), crate::work_due(app));
        assert!(one.is_ok() && two.is_ok() && three.is_ok());
        let told = said(&ada, &house.general).await;
        assert_eq!(told[told.len() - 30..], expected);
        assert_eq!(told.iter().filter(|text| text.starts_with('n')).count(), 30);
    }

    async fn files_are_kept_until_they_are_posted(house: House) {
        let ada = house.member("Ada").await;
        let file = files::testing::upload(&ada, "plan.txt", b"in two months").await;
        let mut body = planned(&house, &house.general, "", DAY * 60);
        body["file_ids"] = json!([file["id"]]);
        let kept = ada.post("/api/scheduled", body).await.expect(201);
        assert_eq!(kept["files"][0]["name"], "plan.txt");
        house.server.advance(DAY * 59);
        files::tidy_up(&house.server.app).await.expect("it tidies up");
        house.server.advance(DAY);
        assert_eq!(work(&house).await, 1);
        let page = house.owner.get(&format!("/api/channels/{}/messages", house.general)).await.expect(200);
        let last = page["messages"].as_array().and_then(|all| all.last()).cloned().unwrap_or_default();
        assert_eq!(last["files"][0]["id"], file["id"]);
        let gone = planned(&house, &house.general, "with a file", HOUR);
        let gone = json!({ "file_ids": [new_id()], "id": gone["id"], "channel_id": gone["channel_id"], "due_at": gone["due_at"] });
        house.owner.post("/api/scheduled", gone).await.refused(422, "invalid");
    }

    async fn bad_times_places_and_too_many_are_refused(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let secret = house.channel(&bob, "secret", "private").await;
        let body = planned(&house, &secret, "hello?", HOUR);
        ada.post("/api/scheduled", body).await.refused(404, "not-found");
        for (at, _) in [(now(&house).0, "now"), (0, "long ago"), (i64::MAX, "never"), (now(&house).after(DAY * 401).0, "too far")] {
            let body = json!({ "id": new_id(), "channel_id": house.general, "text": "x", "due_at": at });
            let refusal = ada.post("/api/scheduled", body).await;
            refusal.refused(422, "invalid");
            assert_eq!(refusal.body["errors"][0]["pointer"], "/due_at");
        }
        let unsaid = json!({ "id": new_id(), "channel_id": house.general, "text": "x" });
        ada.post("/api/scheduled", unsaid).await.refused(422, "invalid");
        let empty = planned(&house, &house.general, " ", HOUR);
        ada.post("/api/scheduled", empty).await.refused(422, "invalid");
        let mut in_topic = planned(&house, &house.general, "x", HOUR);
        in_topic["topic_id"] = json!(new_id());
        ada.post("/api/scheduled", in_topic).await.refused(404, "not-found");
        for n in 0..100 {
            schedule(&house, &ada, &format!("{n}"), HOUR).await;
        }
        ada.post("/api/scheduled", planned(&house, &house.general, "x", HOUR)).await.refused(422, "scheduled-full");
        schedule(&house, &bob, "still fine", HOUR).await;
    }

    async fn whoever_is_erased_leaves_nothing_that_waits(house: House) {
        let ada = house.member("Ada").await;
        let file = files::testing::upload(&ada, "a.txt", b"a").await;
        let mut body = planned(&house, &house.general, "after me", HOUR);
        body["file_ids"] = json!([file["id"]]);
        ada.post("/api/scheduled", body).await.expect(201);
        let erase = json!({ "password": spaces::testing::PASSWORD, "messages": "keep" });
        ada.post("/api/me/erase", erase).await.expect(204);
        house.server.advance(HOUR);
        assert_eq!(work(&house).await, 0);
    }

    async fn an_answer_to_what_went_by_a_rule_is_kept_with_the_reason(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let general = &house.general;
        let message = json!({ "id": new_id(), "text": "first" });
        let topic = json!({ "id": new_id(), "title": "The rope", "message": message });
        let topic = bob.post(&format!("/api/channels/{general}/topics"), topic).await.expect(201);
        let asked = bob.post(&format!("/api/channels/{general}/messages"), json!({ "id": new_id(), "text": "Which rope?" })).await.expect(201);
        for (field, of) in [("quote_id", &asked), ("topic_id", &topic)] {
            let mut answer = planned(&house, general, "the red one", 3 * DAY);
            answer[field] = of["id"].clone();
            ada.post("/api/scheduled", answer).await.expect(201);
        }
        let mut weekly = json!({ "id": new_id(), "kind": "post", "channel_id": general, "text": "weekly", "topic_id": topic["id"], "time_zone": "UTC" });
        weekly["rhythm"] = json!({ "days": [4], "at_min": 540, "every_weeks": 1 });
        ada.post("/api/routines", weekly).await.expect(201);
        house.let_general_go().await;
        house.server.advance(DAY);
        assert_eq!(work(&house).await, 3);
        let failed = mine(&ada).await;
        let why: Vec<_> = failed.iter().map(|one| (one["failed"].clone(), one["text"].clone())).collect();
        assert_eq!(why, [(json!("topic"), json!("the red one")), (json!("topic"), json!("the red one"))], "their own words are theirs");
        let stopped = ada.get("/api/routines").await.expect(200)["items"][0].clone();
        assert_eq!((&stopped["stopped"], &stopped["text"]), (&json!("topic"), &json!("weekly")));
        assert_eq!((said(&ada, general).await.len(), work(&house).await), (0, 0));
    }
}
