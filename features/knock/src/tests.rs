//! Knocking through HTTP.

use platform::{both_stores, testing::Store};
use serde_json::{Value, json};
use spaces::testing::{House, TestPerson, new_id};
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);

trait Begin: Sized {
    async fn begin(store: Store) -> Option<Self>;
}

impl Begin for House {
    async fn begin(store: Store) -> Option<Self> {
        let features = vec![
            accounts::feature(),
            spaces::feature(),
            files::feature(),
            words::feature(),
            messages::feature(),
            crate::feature(),
        ];
        House::open(store, features).await
    }
}

/// The path of knocking in the conversation of these two.
async fn door(ada: &TestPerson, bob: &TestPerson) -> String {
    let direct = ada
        .post("/api/directs", json!({ "people": [bob.id] }))
        .await
        .expect(200);
    format!("/api/channels/{}/knock", direct["id"].as_str().expect("an id"))
}

async fn stands(person: &TestPerson, door: &str) -> Value {
    person.get(door).await.expect(200)["knock"].clone()
}

both_stores! {
    async fn a_knock_is_answered_with_yes_no_or_a_time(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let door = door(&ada, &bob).await;
        let new = json!({ "id": new_id() });
        let knock = ada.post(&door, new.clone()).await.expect(201);
        assert_eq!(ada.post(&door, new).await.expect(201), knock, "sent twice it is done once");
        assert_eq!(stands(&bob, &door).await, knock);
        ada.post(&door, json!({ "id": new_id() })).await.refused(409, "knock-stands");
        let answer = format!("{door}/answer");
        ada.put(&answer, json!({ "answer": "yes" })).await.refused(404, "not-found");
        bob.put(&answer, json!({ "answer": "at" })).await.refused(422, "invalid");
        let until = house.server.app.clock.now().0 + 3_600_000_000;
        bob.put(&answer, json!({ "answer": "yes", "until": until })).await.refused(422, "invalid");
        let said = bob.put(&answer, json!({ "answer": "at", "until": until })).await.expect(200);
        assert_eq!((&said["answer"], &said["until"]), (&json!("at"), &json!(until)));
        assert_eq!(stands(&ada, &door).await, said);
        house.server.advance(61 * MINUTE);
        assert_eq!(stands(&ada, &door).await, Value::Null, "an answer does not stand there for ever");
    }

    async fn left_alone_it_is_over_after_ten_minutes_and_three_are_enough(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let door = door(&ada, &bob).await;
        for _ in 0..3 {
            ada.post(&door, json!({ "id": new_id() })).await.expect(201);
            house.server.advance(11 * MINUTE);
            assert_eq!(stands(&bob, &door).await, Value::Null);
            bob.put(&format!("{door}/answer"), json!({ "answer": "yes" })).await.refused(404, "not-found");
        }
        ada.post(&door, json!({ "id": new_id() })).await.refused(409, "knock-stands");
        bob.post(&door, json!({ "id": new_id() })).await.expect(201);
        house.server.advance(24 * 60 * MINUTE);
        ada.post(&door, json!({ "id": new_id() })).await.expect(201);
    }

    async fn taken_back_it_never_was(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let door = door(&ada, &bob).await;
        ada.post(&door, json!({ "id": new_id() })).await.expect(201);
        bob.delete(&door).await.refused(404, "not-found");
        ada.delete(&door).await.expect(204);
        assert_eq!(stands(&bob, &door).await, Value::Null);
        ada.post(&door, json!({ "id": new_id() })).await.expect(201);
    }

    async fn one_knocks_where_two_talk(house: House) {
        let (ada, bob, cy) = (house.member("Ada").await, house.member("Bob").await, house.member("Cy").await);
        let three = ada.post("/api/directs", json!({ "people": [bob.id, cy.id] })).await.expect(200);
        let three = format!("/api/channels/{}/knock", three["id"].as_str().expect("an id"));
        ada.post(&three, json!({ "id": new_id() })).await.refused(403, "forbidden");
        let general = format!("/api/channels/{}/knock", house.general);
        ada.post(&general, json!({ "id": new_id() })).await.refused(403, "forbidden");
        let door = door(&ada, &bob).await;
        cy.post(&door, json!({ "id": new_id() })).await.refused(404, "not-found");
        cy.get(&door).await.refused(404, "not-found");
    }
}
