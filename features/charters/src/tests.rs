//! Charters through HTTP and the socket.

use platform::{
    both_stores,
    testing::{Listener, Store},
};
use serde_json::{Value, json};
use spaces::testing::{House, TestPerson, id_of, new_id};

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

fn pace(clock: &str, minutes: u32) -> Value {
    json!({ "clock": clock, "minutes": minutes })
}

async fn change(person: &TestPerson, path: &str, charter: Value) -> Value {
    let version = person.get(path).await.expect(200)["version"].clone();
    let body = json!({ "charter": charter, "version": version });
    person.put(path, body).await.expect(200)
}

both_stores! {
    async fn the_nearest_place_says_what_is_expected(house: House) {
        let ada = house.member("Ada").await;
        let (space, channel) = (format!("/api/spaces/{}/charter", house.space), format!("/api/channels/{}/charter", house.general));
        let unsaid = ada.get(&channel).await.expect(200);
        assert_eq!((&unsaid["version"], &unsaid["can_change"]), (&json!(0), &json!(false)));
        assert_eq!(unsaid["expected"]["normal"], json!({ "pace": pace("working", 240), "from": "default" }));
        change(&house.owner, "/api/charter", json!({ "normal": pace("working", 480), "urgent": pace("elapsed", 30) })).await;
        change(&house.owner, &space, json!({ "normal": pace("working", 120) })).await;
        change(&house.owner, &channel, json!({ "feedback": pace("working", 960), "note": "Say why." })).await;
        let topic = json!({ "id": new_id(), "title": "Tea", "message": { "id": new_id(), "text": "begin" } });
        let topic = id_of(&ada.post(&format!("/api/channels/{}/topics", house.general), topic).await.expect(201));
        let topic = format!("/api/channels/{}/topics/{topic}/charter", house.general);
        let held = change(&ada, &topic, json!({ "urgent": pace("elapsed", 15) })).await["expected"].clone();
        let from = |kind: &str| (held[kind]["pace"]["minutes"].as_i64().unwrap(), held[kind]["from"].as_str().unwrap());
        assert_eq!([from("normal"), from("feedback"), from("urgent")], [(120, "space"), (960, "channel"), (15, "topic")]);
        let taken_back = change(&house.owner, &space, json!({})).await;
        assert_eq!(taken_back["expected"]["normal"], json!({ "pace": pace("working", 480), "from": "workspace" }));
        let page = ada.get("/api/charters").await.expect(200);
        assert_eq!(page["workspace"]["charter"]["urgent"], pace("elapsed", 30));
        assert_eq!(page["places"].as_array().unwrap().len(), 1, "a space that took it back says nothing");
        assert_eq!((&page["places"][0]["id"], &page["places"][0]["charter"]["note"]), (&json!(house.general), &json!("Say why.")));
    }

    async fn whoever_looks_after_a_place_changes_it_and_everybody_is_told(house: House) {
        let ada = house.member("Ada").await;
        let channel = format!("/api/channels/{}/charter", house.general);
        let body = json!({ "charter": { "normal": pace("working", 60) }, "version": 0 });
        ada.put(&channel, body.clone()).await.refused(403, "forbidden");
        ada.put("/api/charter", body.clone()).await.refused(403, "forbidden");
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        house.owner.put(&channel, body.clone()).await.expect(200);
        assert_eq!(listener.event("charter.changed").await["body"], json!({ "scope_id": house.general, "version": 1 }));
        let refusal = house.owner.put(&channel, body).await;
        refusal.refused(409, "charter-changed");
        assert_eq!(refusal.body["version"], 1);
        let same = json!({ "charter": { "normal": pace("working", 60) }, "version": 1 });
        assert_eq!(house.owner.put(&channel, same).await.expect(200)["version"], 1, "nothing has changed");
        let too_soon = json!({ "charter": { "urgent": pace("elapsed", 5) }, "version": 1 });
        let refusal = house.owner.put(&channel, too_soon).await;
        refusal.refused(422, "invalid");
        assert_eq!(refusal.body["errors"][0]["pointer"], "/charter/urgent");
    }

    async fn of_a_hidden_place_nothing_is_said(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let secret = house.channel(&ada, "secret", "private").await;
        let path = format!("/api/channels/{secret}/charter");
        change(&ada, &path, json!({ "note": "Between us." })).await;
        bob.get(&path).await.refused(404, "not-found");
        let page = bob.get("/api/charters").await.expect(200);
        assert!(!page.to_string().contains("Between us"));
        assert!(ada.get("/api/charters").await.expect(200).to_string().contains("Between us"));
    }
}
