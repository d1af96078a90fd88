//! Brakes, who may do what, and what is left behind.

use super::*;
use platform::both_stores;

both_stores! {
    async fn the_fourth_in_a_week_needs_a_second_person(house: House) {
        let (ada, bob, cy) = (person(&house, "Ada").await, person(&house, "Bob").await, person(&house, "Cy").await);
        for _ in 0..3 {
            let urgent = send(&ada, &house.general, calling(&[&bob])).await;
            act(&bob, &urgent, "take").await.expect(200);
        }
        let query = format!("/api/channels/{}/urgents/preview?people={}", house.general, bob.id);
        let seen = ada.get(&query).await.expect(200);
        assert_eq!((&seen["budget_left"], &seen["needs_second"]), (&json!(0), &json!(true)));
        let urgent = send(&ada, &house.general, calling(&[&bob])).await;
        assert_eq!((&urgent["state"], &urgent["steps"]), (&json!("unconfirmed"), &json!([])));
        act(&ada, &urgent, "confirm").await.refused(403, "forbidden");
        act(&bob, &urgent, "take").await.refused(409, "urgent-over");
        pass(&house, HOUR).await;
        assert_eq!(look(&cy, &urgent).await["moves"], json!(["confirm"]));
        let view = act(&cy, &urgent, "confirm").await.expect(200);
        assert_eq!((&view["urgent"]["state"], &view["urgent"]["confirmed_by"]), (&json!("calling"), &json!(cy.id)));
        act(&cy, &urgent, "confirm").await.expect(200);
        is(&calls(&ada, &urgent).await, &[(&bob, 1)]);
        for _ in 0..3 {
            send(&ada, &house.general, calling(&[&bob])).await;
        }
        let many = format!("/api/channels/{}/urgents", house.general);
        ada.post(&many, calling(&[&bob])).await.refused(403, "forbidden");
        let last = send(&cy, &house.general, calling(&[&bob])).await;
        assert_eq!(last["state"], "calling", "each has a budget of their own");
        pass(&house, DAY).await;
        assert_eq!(state(&ada, &urgent).await, "nobody");
        house.server.advance(DAY * 7);
        assert_eq!(ada.get(&query).await.expect(200)["budget_left"], 3);
    }

    async fn was_not_urgent_is_for_its_sender_alone_and_halves_the_budget(house: House) {
        let (ada, bob, cy) = (person(&house, "Ada").await, person(&house, "Bob").await, person(&house, "Cy").await);
        let dee = person(&house, "Dee").await;
        let urgent = send(&ada, &house.general, calling(&[&bob, &cy, &dee])).await;
        act(&bob, &urgent, "was_not_urgent").await.refused(403, "forbidden");
        act(&bob, &urgent, "take").await.expect(200);
        let mut sender = ear(&ada).await;
        for who in [&bob, &cy, &cy, &dee] {
            let view = act(who, &urgent, "was_not_urgent").await.expect(200);
            assert_eq!((&view["n_doubts"], &view["has_doubted"]), (&json!(0), &json!(true)));
        }
        let event = sender.event("urgent.doubted").await;
        assert_eq!((&event["actor"], &event["body"]["urgent_id"]), (&Value::Null, &urgent["id"]));
        act(&house.owner, &urgent, "was_not_urgent").await.refused(403, "forbidden");
        assert_eq!(look(&ada, &urgent).await["n_doubts"], 3);
        let query = format!("/api/channels/{}/urgents/preview?people={}", house.general, bob.id);
        let seen = ada.get(&query).await.expect(200);
        assert_eq!((&seen["budget_left"], &seen["needs_second"]), (&json!(0), &json!(true)));
        house.server.advance(DAY * 31);
        assert_eq!(ada.get(&query).await.expect(200)["budget_left"], 3);
    }

    async fn only_who_can_read_it_is_called_and_only_they_see_it(house: House) {
        let (ada, bob) = (person(&house, "Ada").await, person(&house, "Bob").await);
        let secret = house.channel(&ada, "secret", "private").await;
        let all = format!("/api/channels/{secret}/urgents");
        ada.post(&all, calling(&[&bob])).await.refused(422, "invalid");
        let seen = ada.get(&format!("{all}/preview?people={}", bob.id)).await.expect(200);
        assert_eq!((&seen["left_out"], &seen["steps"]), (&json!([bob.id]), &json!([])));
        ada.put(&format!("/api/channels/{secret}/members/{}", bob.id), json!({ "role": "member" })).await.expect(204);
        let urgent = send(&ada, &secret, calling(&[&bob])).await;
        let cy = person(&house, "Cy").await;
        cy.get(&path(&urgent)).await.refused(404, "not-found");
        act(&cy, &urgent, "take").await.refused(404, "not-found");
        cy.post(&all, calling(&[&bob])).await.refused(404, "not-found");
        let elsewhere = format!("/api/channels/{}/urgents/{}", house.general, id_of(&urgent));
        ada.get(&elsewhere).await.refused(404, "not-found");
        let guest = house.link_guest("Guest", &house.general).await;
        ada.post(&format!("/api/channels/{}/urgents", house.general), calling(&[&guest])).await.refused(422, "invalid");
        ada.post(&all, calling(&[&ada])).await.refused(422, "invalid");
        ada.post(&all, calling(&[])).await.refused(422, "invalid");
        let mut body = calling(&[&bob]);
        body["kind"] = json!("other");
        ada.post(&all, body.clone()).await.refused(422, "invalid");
        body["reason"] = json!("x".repeat(141));
        ada.post(&all, body).await.refused(422, "invalid");
    }

    async fn consent_is_said_place_by_place_and_goes_with_the_person(house: House) {
        let (ada, bob) = (person(&house, "Ada").await, person(&house, "Bob").await);
        let mut devices = ear(&bob).await;
        let path = format!("/api/channels/{}/urgent-consent", house.general);
        let mine = bob.put(&path, json!({})).await.expect(200);
        assert_eq!(mine["items"][0]["channel_id"], json!(house.general));
        devices.event("urgent.consent_changed").await;
        assert_eq!(bob.put(&path, json!({})).await.expect(200)["items"].as_array().map(Vec::len), Some(1));
        assert_eq!(ada.get("/api/urgent-consents").await.expect(200)["items"], json!([]));
        let secret = house.channel(&ada, "secret", "private").await;
        bob.put(&format!("/api/channels/{secret}/urgent-consent"), json!({})).await.refused(404, "not-found");
        let urgent = send(&bob, &house.general, {
            let mut body = calling(&[&ada]);
            body["reason"] = json!("the till");
            body
        }).await;
        let own = async || {
            let id: base::PersonId = bob.id.parse().unwrap();
            let read = move |tx: &mut dyn platform::db::Tx| crate::own_data(tx, id);
            json!(house.server.app.db.read(read).await.unwrap())
        };
        let kept = own().await;
        assert_eq!((&kept["sent"][0]["reason"], kept["consents"].as_array().map(Vec::len)), (&json!("the till"), Some(1)));
        let body = json!({ "password": spaces::testing::PASSWORD, "messages": "keep" });
        bob.post("/api/me/erase", body).await.expect(204);
        assert_eq!(state(&ada, &urgent).await, "withdrawn");
        let kept = own().await;
        assert_eq!((&kept["sent"][0]["reason"], &kept["consents"]), (&json!(""), &json!([])));
    }

    async fn whom_one_blocks_calls_in_vain_and_does_not_learn_it(house: House) {
        let (ada, bob) = (person(&house, "Ada").await, person(&house, "Bob").await);
        bob.put(&format!("/api/blocks/{}", ada.id), json!({})).await.expect(204);
        let urgent = send(&ada, &house.general, calling(&[&bob])).await;
        is(&calls(&ada, &urgent).await, &[(&bob, 1)]);
        assert_eq!(bob.get("/api/urgents").await.expect(200)["items"], json!([]));
    }

    async fn an_answer_of_who_was_called_ends_it(house: House) {
        let (ada, bob, cy) = (person(&house, "Ada").await, person(&house, "Bob").await, person(&house, "Cy").await);
        let urgent = send(&ada, &house.general, calling(&[&bob])).await;
        let messages = format!("/api/channels/{}/messages", house.general);
        let answer = json!({ "id": new_id(), "text": "who?", "quote_id": urgent["message_id"] });
        cy.post(&messages, answer).await.expect(201);
        bob.post(&messages, json!({ "id": new_id(), "text": "something else" })).await.expect(201);
        assert_eq!(state(&ada, &urgent).await, "calling");
        let answer = json!({ "id": new_id(), "text": "looking at it", "quote_id": urgent["message_id"] });
        bob.post(&messages, answer).await.expect(201);
        let view = look(&ada, &urgent).await;
        assert_eq!((&view["urgent"]["state"], &view["urgent"]["ended_by"]), (&json!("answered"), &json!(bob.id)));
    }
}
