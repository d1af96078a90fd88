//! Urgent pages: what passes quiet, and what does not.

use super::push::{Browser, World};
use super::*;
use base::{MessageId, PersonId};
use platform::both_stores;

async fn page(house: &House, message: &Value, who: &TestPerson, consented: bool) {
    let message: MessageId = serde_json::from_value(message["id"].clone()).unwrap();
    let person: PersonId = serde_json::from_value(json!(who.id)).unwrap();
    let now = house.server.app.clock.now();
    let write = move |tx: &mut dyn platform::db::Tx| crate::page(tx, (message, person), consented, now);
    house.server.app.db.write(person, write).await.unwrap();
}

both_stores! {
    async fn who_has_agreed_is_woken_on_each_device_and_each_time(world: World) {
        let house = &world.house;
        let (ada, bob) = (person(house, "Ada").await, person(house, "Bob").await);
        declare(&bob, office("morning")).await;
        let browser = Browser::new(31);
        let phone = signed_in(house, "bob@example.org").await;
        world.subscribe(&bob, &browser, "desk").await;
        world.subscribe(&phone, &browser, "phone").await;
        bob.put("/api/notices/device", json!({})).await.expect(204);
        house.server.advance(HOUR * 18);
        let said = say(&ada, &house.general, "The mill burns").await;
        let mut ear = Ear::of(&bob).await;
        for nth in 0..2 {
            page(house, &said, &bob, true).await;
            settle(house).await;
            let told = ear.released().await;
            assert_eq!((&told["items"][0]["message_id"], &told["items"][0]["urgent"]), (&said["id"], &json!(true)));
            let pushes = world.pushes(&browser).await;
            let mut paths: Vec<&str> = pushes.iter().map(|(path, _)| path.as_str()).collect();
            paths.sort_unstable();
            assert_eq!(paths, ["desk", "phone"], "page {nth}");
            assert_eq!((&pushes[0].1["title"], &pushes[0].1["urgent"]), (&json!("Urgent: Ada"), &json!(true)));
            let body = pushes[0].1["body"].as_str().unwrap();
            assert!(body.ends_with("The mill burns"), "what is urgent says what it is about: {body}");
            // To have seen it is no acknowledgement.
            bob.put(&format!("/api/channels/{}/read", house.general), json!({ "seq": said["seq"] })).await.expect(200);
            house.server.advance(Duration::from_secs(300));
        }
        assert_eq!(n_rows(house, &ALL_ROWS).await, 1);
        assert!(world.pushes(&browser).await.is_empty());
    }

    async fn who_has_not_agreed_is_told_when_they_work(world: World) {
        let house = &world.house;
        let (ada, bob) = (person(house, "Ada").await, person(house, "Bob").await);
        declare(&bob, office("morning")).await;
        let browser = Browser::new(32);
        world.subscribe(&bob, &browser, "bob").await;
        house.server.advance(HOUR * 18);
        let said = say(&ada, &house.general, "The mill burns").await;
        page(house, &said, &bob, false).await;
        pass(house, MOMENT).await;
        page(house, &said, &bob, false).await;
        pass(house, MOMENT).await;
        let waits = held(&bob).await;
        assert_eq!((&waits["n_held"], &waits["items"][0]["urgent"]), (&json!(1), &json!(true)));
        assert_eq!(micros(&waits["next_at"]), platform::testing::START.after(HOUR * 24));
        assert!(world.pushes(&browser).await.is_empty(), "nothing in the night");
        pass(house, HOUR * 6).await;
        assert_eq!(world.pushes(&browser).await.len(), 1);
    }

    async fn of_several_what_is_urgent_says_what_it_is_about(world: World) {
        let house = &world.house;
        let (ada, bob) = (person(house, "Ada").await, person(house, "Bob").await);
        declare(&bob, office("morning")).await;
        let browser = Browser::new(33);
        world.subscribe(&bob, &browser, "bob").await;
        house.server.advance(HOUR * 18);
        for text in ["The **mill** burns", &"barn ".repeat(100)] {
            let said = say(&ada, &house.general, text).await;
            page(house, &said, &bob, false).await;
        }
        say(&ada, &house.general, &format!("and <@{}>, bring bread", bob.id)).await;
        pass(house, HOUR * 6).await;
        let push = world.pushes(&browser).await.remove(0).1;
        assert_eq!(push["title"], json!("Urgent: 3 messages"));
        let body = push["body"].as_str().unwrap();
        let lines: Vec<&str> = body.lines().collect();
        assert_eq!((lines[0], lines[2]), ("Ada in #general: The mill burns", "Ada in #general"));
        assert!(lines[1].starts_with("Ada in #general: barn barn") && lines[1].chars().count() < 110, "{body}");
    }

    async fn what_is_urgent_rings_in_quiet_with_consent_and_is_held_without(house: House) {
        let (ada, bob, cy) = (person(&house, "Ada").await, person(&house, "Bob").await, person(&house, "Cy").await);
        for one in [&bob, &cy] {
            declare(one, office("morning")).await;
        }
        bob.put(&format!("/api/channels/{}/urgent-consent", house.general), json!({})).await.expect(200);
        house.server.advance(HOUR * 18);
        let (mut rings, mut waits) = (Ear::of(&bob).await, Ear::of(&cy).await);
        let urgent = json!({ "id": new_id(), "message_id": new_id(), "text": "The mill burns", "kind": "safety", "people": [bob.id, cy.id] });
        ada.post(&format!("/api/channels/{}/urgents", house.general), urgent.clone()).await.expect(201);
        settle(&house).await;
        let told = rings.released().await;
        assert_eq!((&told["items"][0]["message_id"], &told["items"][0]["urgent"]), (&urgent["message_id"], &json!(true)));
        let night = held(&cy).await;
        assert_eq!((&night["n_held"], &night["items"][0]["urgent"]), (&json!(1), &json!(true)));
        // Five minutes later he has not reacted, and it rings again.
        pass(&house, HOUR / 12).await;
        assert_eq!(rings.released().await["n"], 1);
        let take = format!("/api/channels/{}/urgents/{}/moves", house.general, urgent["id"].as_str().unwrap());
        bob.post(&take, json!({ "move": "take" })).await.expect(200);
        assert_eq!(held(&cy).await["items"][0]["urgent"], false, "it is over, and was said all the same");
        pass(&house, HOUR * 5).await;
        assert_eq!(held(&cy).await["n_held"], 1, "nothing in the night");
        pass(&house, HOUR).await;
        assert_eq!(waits.released().await["items"][0]["message_id"], urgent["message_id"], "in the morning");
    }

    async fn what_they_may_not_read_pages_nobody(house: House) {
        let (ada, bob) = (person(&house, "Ada").await, person(&house, "Bob").await);
        let secret = house.channel(&ada, "secret", "private").await;
        let said = say(&ada, &secret, "The mill burns").await;
        page(&house, &said, &bob, true).await;
        assert_eq!(n_rows(&house, &ALL_ROWS).await, 0);
    }
}
