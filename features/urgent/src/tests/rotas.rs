//! Who is on call.

use super::*;
use platform::both_stores;

async fn on_call(who: &TestPerson, path: &str) -> Value {
    who.get(path).await.expect(200)["rota"]["on_call"].clone()
}

both_stores! {
    async fn it_is_handed_over_each_week_to_who_has_agreed(house: House) {
        let (ada, bob, cy) = (person(&house, "Ada").await, person(&house, "Bob").await, person(&house, "Cy").await);
        let path = rota(&house, &[&ada, &bob], json!([])).await;
        let view = house.owner.get(&path).await.expect(200);
        let revision = view["rota"]["revision"].clone();
        assert_eq!(on_call(&cy, &path).await, json!(ada.id));
        let body = json!({ "time_zone": "UTC", "weekday": 1, "from_min": 540, "people": [ada.id, cy.id, bob.id], "chain": [], "revision": revision });
        cy.put(&path, body.clone()).await.refused(403, "forbidden");
        let mut ears = ear(&cy).await;
        house.owner.put(&path, body.clone()).await.expect(200);
        ears.event("rota.changed").await;
        house.owner.put(&path, body).await.refused(409, "conflict");
        let turns = house.owner.get(&path).await.expect(200)["rota"]["turns"].clone();
        assert_eq!((&turns[0]["person_id"], &turns[1]["person_id"]), (&json!(ada.id), &json!(bob.id)), "who has not agreed has no turn");
        assert_eq!(turns[0]["until"], json!(platform::testing::START.after(DAY * 7)));
        house.server.advance(DAY * 7);
        assert_eq!(on_call(&cy, &path).await, json!(bob.id));
        cy.put(&format!("{path}/consent"), json!({ "agreed": true })).await.expect(200);
        assert_eq!(on_call(&cy, &path).await, json!(bob.id), "nobody's turn changes in the middle");
        house.server.advance(DAY * 14);
        assert_eq!(on_call(&cy, &path).await, json!(cy.id));
        let outsider = house.outsider("Oda").await;
        outsider.put(&format!("{path}/consent"), json!({ "agreed": true })).await.refused(403, "forbidden");
    }

    async fn it_is_handed_over_early_and_swapped_for_a_day(house: House) {
        let (ada, bob, cy) = (person(&house, "Ada").await, person(&house, "Bob").await, person(&house, "Cy").await);
        let path = rota(&house, &[&ada, &bob], json!([])).await;
        cy.post(&format!("{path}/hand-over"), json!({})).await.refused(403, "forbidden");
        ada.post(&format!("{path}/hand-over"), json!({ "person_id": cy.id })).await.refused(422, "invalid");
        ada.post(&format!("{path}/hand-over"), json!({})).await.expect(200);
        assert_eq!(on_call(&cy, &path).await, json!(bob.id));
        let day = timing::week::Zone::utc().date(now(&house).after(DAY)).to_string();
        bob.put(&format!("{path}/swap"), json!({ "day": day, "person_id": ada.id })).await.expect(200);
        bob.put(&format!("{path}/swap"), json!({ "day": "2019-01-01", "person_id": ada.id })).await.refused(422, "invalid");
        bob.put(&format!("{path}/swap"), json!({ "day": day, "person_id": cy.id })).await.refused(422, "invalid");
        assert_eq!(on_call(&cy, &path).await, json!(bob.id));
        house.server.advance(DAY);
        let urgent = send(&cy, &house.general, {
            let mut body = calling(&[]);
            body["on_call"] = json!(true);
            body
        }).await;
        is(&calls(&cy, &urgent).await, &[(&ada, 1)]);
        house.server.advance(DAY);
        assert_eq!(on_call(&cy, &path).await, json!(bob.id));
    }

    async fn who_leaves_is_not_on_call_and_nobody_is_nobody(house: House) {
        let (ada, bob) = (person(&house, "Ada").await, person(&house, "Bob").await);
        let path = rota(&house, &[&ada, &bob], json!([{ "person_id": ada.id, "wait_min": 5 }])).await;
        let space = space_of(&house, &house.owner).await;
        house.owner.delete(&format!("/api/spaces/{space}/members/{}", ada.id)).await.expect(204);
        let seen = house.owner.get(&path).await.expect(200)["rota"].clone();
        assert_eq!((&seen["on_call"], &seen["chain"]), (&json!(bob.id), &json!([])));
        bob.put(&format!("{path}/consent"), json!({ "agreed": false })).await.expect(200);
        assert_eq!(on_call(&bob, &path).await, Value::Null);
        let mut body = calling(&[]);
        body["on_call"] = json!(true);
        bob.post(&format!("/api/channels/{}/urgents", house.general), body).await.refused(422, "invalid");
    }
}
