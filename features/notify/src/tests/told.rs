//! Who is called, and who is not.

use super::*;
use platform::both_stores;

both_stores! {
    async fn a_time_of_ones_own_calls_in_the_night_and_once_for_all_that_is_due(house: House) {
        let (ada, bob) = (person(&house, "Ada").await, person(&house, "Bob").await);
        let channel = direct(&ada, &bob).await;
        let named = say(&ada, &channel, "the plan").await;
        let other = say(&ada, &channel, "and the other one").await;
        pass(&house, MOMENT).await;
        bob.put(&format!("/api/channels/{channel}/read"), json!({ "seq": other["seq"] })).await;
        let night = house.server.app.clock.now().after(HOUR * 15);
        let remind = |message: &Value| json!({ "id": new_id(), "message_id": message["id"], "due_at": night.0 });
        for message in [&named, &other] {
            bob.post("/api/reminders", remind(message)).await.expect(201);
        }
        let mut ear = Ear::of(&bob).await;
        house.server.advance(HOUR * 15 - Duration::from_secs(1));
        assert_eq!(later::work_due(&house.server.app).await.unwrap(), 0);
        house.server.advance(Duration::from_secs(1));
        assert_eq!(later::work_due(&house.server.app).await.unwrap(), 2);
        settle(&house).await;
        let told = ear.released().await;
        assert_eq!((&told["n"], &told["items"][0]["cause"]), (&json!(2), &json!("reminder")));
        assert_eq!(held(&bob).await["n_held"], 0);
        pass(&house, HOUR).await;
        assert_eq!(later::work_due(&house.server.app).await.unwrap(), 0, "and once");
    }

    async fn a_question_that_comes_back_is_told_at_its_time_and_not_in_quiet(house: House) {
        let (ada, bob) = (person(&house, "Ada").await, person(&house, "Bob").await);
        declare(&bob, office("morning")).await;
        for (at_min, text) in [(600, "at work"), (1_080, "in the evening")] {
            let rhythm = json!({ "days": [2], "at_min": at_min, "every_weeks": 1 });
            let body = json!({ "id": new_id(), "kind": "check_in", "channel_id": house.general, "text": text, "rhythm": rhythm });
            ada.post("/api/routines", body).await.expect(201);
        }
        let mut ear = Ear::of(&bob).await;
        house.server.advance(HOUR * 25);
        later::work_due(&house.server.app).await.unwrap();
        settle(&house).await;
        let told = ear.released().await;
        assert_eq!((&told["n"], &told["items"][0]["cause"]), (&json!(1), &json!("check_in")), "it does not wait for a batch");
        house.server.advance(HOUR * 8);
        later::work_due(&house.server.app).await.unwrap();
        settle(&house).await;
        let waits = held(&bob).await;
        assert_eq!((&waits["n_held"], &waits["items"][0]["cause"]), (&json!(1), &json!("check_in")));
        pass(&house, HOUR * 15).await;
        assert_eq!(ear.released().await["items"][0]["cause"], "check_in");
    }

    async fn of_what_one_may_not_read_any_more_nobody_is_told(house: House) {
        let (ada, bob) = (person(&house, "Ada").await, person(&house, "Bob").await);
        let secret = house.channel(&ada, "secret", "private").await;
        let path = format!("/api/channels/{secret}/members/{}", bob.id);
        ada.put(&path, json!({ "role": "member" })).await.expect(204);
        let hidden = say(&ada, &secret, "between us").await;
        let due_at = house.server.app.clock.now().after(HOUR);
        let body = json!({ "id": new_id(), "message_id": hidden["id"], "due_at": due_at.0 });
        bob.post("/api/reminders", body).await.expect(201);
        ada.delete(&path).await.expect(204);
        house.server.advance(HOUR);
        assert_eq!(later::work_due(&house.server.app).await.unwrap(), 1);
        settle(&house).await;
        assert_eq!(n_rows(&house, &OPEN_ROWS).await, 0);
        assert_eq!(n_rows(&house, &RELEASED_ROWS).await, 0);
    }

    async fn who_is_called_is_told_and_who_is_not_has_no_row(house: House) {
        let (ada, bob, cy) = (person(&house, "Ada").await, person(&house, "Bob").await, person(&house, "Cy").await);
        let mut ear = Ear::of(&bob).await;
        say(&ada, &house.general, "nobody is called").await;
        pass(&house, MOMENT).await;
        assert_eq!(n_rows(&house, &ALL_ROWS).await, 0, "a plain message calls nobody");
        let named = say(&ada, &house.general, &format!("<@{}> look", bob.id)).await;
        pass(&house, MOMENT).await;
        let told = ear.released().await;
        assert_eq!((&told["n"], &told["items"][0]["message_id"], &told["items"][0]["cause"]), (&json!(1), &named["id"], &json!("mention")));
        assert_eq!(told["items"][0]["author_id"], json!(ada.id));
        assert_eq!(n_rows(&house, &ALL_ROWS).await, 1, "and nobody else has a row");
        let channel = direct(&ada, &bob).await;
        let written = say(&ada, &channel, "only for you").await;
        pass(&house, MOMENT).await;
        let told = ear.released().await;
        assert_eq!((&told["items"][0]["message_id"], &told["items"][0]["cause"]), (&written["id"], &json!("direct")));
        assert!(!told.to_string().contains("only for you"), "no log holds the text a second time");
        assert_eq!(held(&cy).await["n_held"], 0);
    }

    async fn replies_come_to_those_who_follow_and_at_their_times(house: House) {
        let (ada, bob) = (person(&house, "Ada").await, person(&house, "Bob").await);
        let origin = say(&bob, &house.general, "What now?").await;
        let topic = json!({ "id": new_id(), "title": "Now", "origin_id": origin["id"] });
        let topic = id_of(&bob.post(&format!("/api/channels/{}/topics", house.general), topic).await.expect(201));
        let answer = json!({ "id": new_id(), "text": "This", "topic_id": topic });
        ada.post(&format!("/api/channels/{}/messages", house.general), answer).await.expect(201);
        pass(&house, MOMENT).await;
        let waits = held(&bob).await;
        assert_eq!((&waits["n_held"], &waits["items"][0]["cause"]), (&json!(1), &json!("reply")));
        assert_eq!(waits["items"][0]["topic_id"], json!(topic));
        let noon = platform::testing::START.after(HOUR * 4);
        assert_eq!(micros(&waits["next_at"]), noon, "the middle of their day: three times a day is usual");
        let mut ear = Ear::of(&bob).await;
        pass(&house, HOUR * 4).await;
        assert_eq!(ear.released().await["n"], 1);
        assert_eq!(held(&bob).await["n_held"], 0);
    }

    async fn everybody_is_called_in_pages(house: House) {
        let ada = person(&house, "Ada").await;
        let mut people = Vec::new();
        for idx in 0..5 {
            let one = person(&house, &format!("P{idx}")).await;
            declare(&one, office("live")).await;
            people.push(one);
        }
        say(&ada, &house.general, "<@channel> fire drill").await;
        pass(&house, MOMENT).await;
        for one in &people {
            assert_eq!(held(one).await["n_held"], 0);
        }
        // And the owner, whose own hours say three times a day.
        assert_eq!(n_rows(&house, &ALL_ROWS).await, 6);
        assert_eq!(held(&house.owner).await["items"][0]["cause"], "everyone");
    }

    async fn what_is_muted_blocked_or_out_of_sight_tells_nobody(house: House) {
        let (ada, bob, cy) = (person(&house, "Ada").await, person(&house, "Bob").await, person(&house, "Cy").await);
        bob.put(&format!("/api/channels/{}/level", house.general), json!({ "level": "nothing" })).await.expect(204);
        cy.put(&format!("/api/blocks/{}", ada.id), json!({})).await.expect(204);
        let secret = house.channel(&ada, "secret", "private").await;
        let text = format!("<@{}> <@{}>", bob.id, cy.id);
        say(&ada, &house.general, &text).await;
        say(&ada, &secret, &text).await;
        pass(&house, MOMENT).await;
        assert_eq!(n_rows(&house, &ALL_ROWS).await, 0);
    }

    async fn what_is_sent_silently_tells_nobody(house: House) {
        let (ada, bob) = (person(&house, "Ada").await, person(&house, "Bob").await);
        let channel = direct(&ada, &bob).await;
        let body = json!({ "id": new_id(), "text": "no hurry" });
        ada.post(&format!("/api/channels/{channel}/silent-messages"), body).await.expect(201);
        pass(&house, MOMENT).await;
        assert_eq!(n_rows(&house, &ALL_ROWS).await, 0);
        say(&ada, &channel, "now I need you").await;
        pass(&house, MOMENT).await;
        assert_eq!(n_rows(&house, &ALL_ROWS).await, 1);
    }

    async fn whoever_has_it_in_view_is_not_told(house: House) {
        let (ada, bob) = (person(&house, "Ada").await, person(&house, "Bob").await);
        let channel = direct(&ada, &bob).await;
        let said = say(&ada, &channel, "are you there?").await;
        bob.put(&format!("/api/channels/{channel}/read"), json!({ "seq": said["seq"] })).await.expect(200);
        pass(&house, MOMENT).await;
        assert_eq!(n_rows(&house, &ALL_ROWS).await, 0);
    }

    async fn the_device_in_use_is_the_one_that_is_told(house: House) {
        let (ada, bob) = (person(&house, "Ada").await, person(&house, "Bob").await);
        let phone = signed_in(&house, "bob@example.org").await;
        assert_eq!(held(&bob).await["device_in_use"], Value::Null, "none is known yet");
        let mut ear = Listener::open(&bob, json!({})).await.0;
        phone.put("/api/notices/device", json!({})).await.expect(204);
        let used = ear.event("device.used").await;
        let at_phone = held(&phone).await;
        assert_eq!((&used["body"]["session_id"], &at_phone["device_in_use"]), (&at_phone["session_id"], &at_phone["session_id"]));
        phone.put("/api/notices/device", json!({})).await.expect(204);
        house.server.advance(HOUR);
        bob.put("/api/notices/device", json!({})).await.expect(204);
        let used = ear.event("device.used").await;
        let at_desk = held(&bob).await;
        assert_eq!(used["body"]["session_id"], at_desk["session_id"], "the phone's second word changed nothing");
        let channel = direct(&ada, &bob).await;
        say(&ada, &channel, "hello").await;
        pass(&house, MOMENT).await;
        assert_eq!(ear.event("notice.released").await["body"]["device_in_use"], at_desk["session_id"]);
        bob.delete("/api/sessions/current").await.expect(204);
        assert_eq!(held(&phone).await["device_in_use"], at_phone["session_id"], "whoever signs out is not told");
        assert_eq!(n_rows(&house, &DEVICE_ROWS).await, 1);
    }

    async fn thanks_can_wait_and_disturb_nobody(house: House) {
        let (ada, bob, cy) = (person(&house, "Ada").await, person(&house, "Bob").await, person(&house, "Cy").await);
        declare(&bob, office("three_times")).await;
        declare(&cy, office("live")).await;
        let mut ear = Ear::of(&cy).await;
        let thanks = json!({ "message_id": new_id(), "people": [bob.id, cy.id], "text": "for the rope" });
        let path = format!("/api/channels/{}/thanks", house.general);
        ada.post(&path, thanks.clone()).await.expect(201);
        pass(&house, MOMENT).await;
        let told = ear.released().await;
        assert_eq!((&told["n"], &told["items"][0]["cause"], &told["items"][0]["message_id"]), (&json!(1), &json!("thanks"), &thanks["message_id"]));
        let waiting = held(&bob).await;
        assert_eq!((&waiting["n_held"], &waiting["items"][0]["cause"]), (&json!(1), &json!("thanks")), "{waiting}");
        assert!(micros(&waiting["next_at"]) > house.server.app.clock.now(), "with all that can wait");
        cy.put("/api/hours/focus", json!({ "minutes": 90 })).await.expect(200);
        let more = json!({ "message_id": new_id(), "people": [cy.id], "text": "for the knot" });
        ada.post(&path, more).await.expect(201);
        pass(&house, MOMENT).await;
        assert_eq!(held(&cy).await["n_held"], 1, "not while she thinks");
        pass(&house, 2 * HOUR).await;
        assert_eq!(held(&cy).await["n_held"], 0);
        assert_eq!(ear.released().await["n"], 1);
    }
}
