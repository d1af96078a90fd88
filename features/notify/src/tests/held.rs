//! What waits: until when, who knows of it, and what ends it.

use super::*;
use platform::both_stores;

both_stores! {
    async fn what_comes_at_night_is_one_summary_in_the_morning(house: House) {
        let (ada, bob) = (person(&house, "Ada").await, person(&house, "Bob").await);
        declare(&bob, office("live")).await;
        house.server.advance(HOUR * 9);
        let channel = direct(&ada, &bob).await;
        for text in ["one", "two", "three"] {
            say(&ada, &channel, text).await;
        }
        let named = say(&ada, &house.general, &format!("<@{}> four", bob.id)).await;
        pass(&house, MOMENT).await;
        let waits = held(&bob).await;
        let morning = platform::testing::START.after(HOUR * 24);
        assert_eq!((&waits["n_held"], &waits["n_asks"], micros(&waits["next_at"])), (&json!(4), &json!(0), morning));
        let mut ear = Ear::of(&bob).await;
        pass(&house, HOUR * 14).await;
        assert_eq!(held(&bob).await["n_held"], 4, "an hour too early");
        pass(&house, HOUR).await;
        let told = ear.released().await;
        assert_eq!(told["n"], 4);
        assert_eq!(told["items"][3]["message_id"], named["id"], "in the order in which they came");
        pass(&house, HOUR).await;
        assert_eq!(held(&bob).await["n_held"], 0);
        say(&ada, &channel, "five").await;
        pass(&house, MOMENT).await;
        assert_eq!(ear.released().await["n"], 1, "nothing was told twice in between");
    }

    async fn the_sender_learns_until_when_and_nothing_else(house: House) {
        let (ada, bob, cy) = (person(&house, "Ada").await, person(&house, "Bob").await, person(&house, "Cy").await);
        declare(&bob, office("live")).await;
        bob.put("/api/hours/focus", json!({ "minutes": 60 })).await.expect(200);
        let channel = direct(&ada, &bob).await;
        let mut ear = Listener::open(&ada, json!({})).await.0;
        let said = say(&ada, &channel, "when you have a minute").await;
        pass(&house, MOMENT).await;
        let event = ear.event("message.held").await;
        let until = platform::testing::START.after(HOUR);
        let waits = json!({ "message_id": said["id"], "person_id": bob.id, "until": until, "time_zone": "UTC" });
        let path = format!("/api/channels/{channel}/held");
        assert_eq!(ada.get(&path).await.expect(200)["items"], json!([waits]));
        let mut told = waits.clone();
        told["channel_id"] = json!(channel);
        assert_eq!(event["body"], told);
        assert_eq!(bob.get(&path).await.expect(200)["items"], json!([]), "it is about one's own messages");
        cy.get(&path).await.refused(404, "not-found");
        bob.put(&format!("/api/channels/{channel}/read"), json!({ "seq": said["seq"] })).await.expect(200);
        assert_eq!(held(&bob).await["n_held"], 0);
        assert_eq!(ada.get(&path).await.expect(200)["items"], json!([waits]), "that it was read early is nobody's business");
        pass(&house, HOUR).await;
        assert_eq!(ada.get(&path).await.expect(200)["items"], json!([]));
        let path = format!("/api/channels/{}/held", house.general);
        assert_eq!(ada.get(&path).await.expect(200)["items"], json!([]), "in channels nobody is waited for");
    }

    async fn read_before_is_superseded_on_every_device(house: House) {
        let (ada, bob) = (person(&house, "Ada").await, person(&house, "Bob").await);
        declare(&bob, office("live")).await;
        house.server.advance(HOUR * 9);
        let channel = direct(&ada, &bob).await;
        let said = say(&ada, &channel, "early bird").await;
        let kept = say(&ada, &house.general, &format!("<@{}> later", bob.id)).await;
        pass(&house, MOMENT).await;
        bob.put(&format!("/api/channels/{channel}/read"), json!({ "seq": said["seq"] })).await.expect(200);
        let waits = held(&bob).await;
        assert_eq!((&waits["n_held"], &waits["items"][0]["message_id"]), (&json!(1), &kept["id"]));
        let mut ear = Ear::of(&bob).await;
        pass(&house, HOUR * 15).await;
        let told = ear.released().await;
        assert_eq!((&told["n"], &told["items"][0]["message_id"]), (&json!(1), &kept["id"]));
    }

    async fn other_hours_zones_and_focus_are_reckoned_with_at_once(house: House) {
        let (ada, bob) = (person(&house, "Ada").await, person(&house, "Bob").await);
        declare(&bob, office("live")).await;
        house.server.advance(HOUR * 9);
        let channel = direct(&ada, &bob).await;
        say(&ada, &channel, "good evening").await;
        pass(&house, MOMENT).await;
        let next = async || micros(&held(&bob).await["next_at"]);
        let start = platform::testing::START;
        assert_eq!(next().await, start.after(HOUR * 24));
        let mut told = Listener::open(&ada, json!({})).await.0;
        bob.patch("/api/me", json!({ "time_zone": "Asia/Tokyo" })).await.expect(200);
        assert_eq!(next().await, start.after(HOUR * 15), "nine o'clock in Tokyo");
        assert_eq!(micros(&told.event("message.held").await["body"]["until"]), start.after(HOUR * 15));
        bob.patch("/api/me", json!({ "time_zone": "America/Los_Angeles" })).await.expect(200);
        let mut ear = Ear::of(&bob).await;
        settle(&house).await;
        assert_eq!(ear.released().await["n"], 1, "it is ten o'clock there");
        bob.put("/api/hours/focus", json!({ "minutes": 90 })).await.expect(200);
        say(&ada, &channel, "and now").await;
        pass(&house, MOMENT).await;
        assert_eq!(held(&bob).await["n_held"], 1);
        bob.delete("/api/hours/focus").await.expect(200);
        let mut until = told.event("message.held").await["body"]["until"].clone();
        while until != json!(0) {
            until = told.event("message.held").await["body"]["until"].clone();
        }
        settle(&house).await;
        assert_eq!(ear.released().await["n"], 1);
    }

    async fn who_may_not_read_it_any_more_is_not_told(house: House) {
        let (ada, bob) = (person(&house, "Ada").await, person(&house, "Bob").await);
        declare(&bob, office("live")).await;
        house.server.advance(HOUR * 9);
        let secret = house.channel(&ada, "secret", "private").await;
        ada.put(&format!("/api/channels/{secret}/members/{}", bob.id), json!({ "role": "member" })).await.expect(204);
        say(&ada, &secret, &format!("<@{}> the plan", bob.id)).await;
        let gone = say(&ada, &house.general, &format!("<@{}> never mind", bob.id)).await;
        say(&ada, &house.general, &format!("<@{}> but this", bob.id)).await;
        pass(&house, MOMENT).await;
        assert_eq!(held(&bob).await["n_held"], 3);
        ada.delete(&format!("/api/channels/{secret}/members/{}", bob.id)).await.expect(204);
        ada.delete(&format!("/api/channels/{}/messages/{}", house.general, gone["id"].as_str().unwrap())).await.expect(204);
        let mut ear = Ear::of(&bob).await;
        pass(&house, HOUR * 15).await;
        assert_eq!(ear.released().await["n"], 1);
        assert_eq!(n_rows(&house, &ALL_ROWS).await, 1);
    }

    async fn after_five_weeks_nothing_is_left_and_with_a_person_all_of_it_goes(house: House) {
        let (ada, bob, cy) = (person(&house, "Ada").await, person(&house, "Bob").await, person(&house, "Cy").await);
        for one in [&bob, &cy] {
            let channel = direct(&ada, one).await;
            say(&ada, &channel, "hello").await;
        }
        bob.put("/api/notices/device", json!({})).await.expect(204);
        pass(&house, MOMENT).await;
        assert_eq!(n_rows(&house, &ALL_ROWS).await, 2);
        let body = json!({ "password": spaces::testing::PASSWORD, "messages": "keep" });
        bob.post("/api/me/erase", body).await.expect(204);
        assert_eq!((n_rows(&house, &ALL_ROWS).await, n_rows(&house, &DEVICE_ROWS).await), (1, 0));
        let kinds = house.server.app.job_kinds().to_vec();
        let clear = kinds.iter().find(|kind| kind.kind == "notify.clear").copied().unwrap();
        let run = move |tx: &mut dyn platform::db::Tx| jobs::ask(tx, clear.kind, "now", "{}", Timestamp(0));
        house.server.app.db.write(base::PersonId::random(), run).await.unwrap();
        house.server.advance(HOUR * 24 * 36);
        settle_jobs_once(&house).await;
        assert_eq!(n_rows(&house, &ALL_ROWS).await, 0);
    }
}

async fn settle_jobs_once(house: &House) {
    let app = &house.server.app;
    jobs::run_due(app, app.job_kinds()).await.unwrap();
}
