//! The list through HTTP. What it does to what is said is tested where it is said.

use platform::{both_stores, testing::Store};
use serde_json::json;
use spaces::testing::House;

trait Begin: Sized {
    async fn begin(store: Store) -> Option<Self>;
}

impl Begin for House {
    async fn begin(store: Store) -> Option<Self> {
        House::open(
            store,
            vec![accounts::feature(), spaces::feature(), crate::feature()],
        )
        .await
    }
}

both_stores! {
    async fn administrators_keep_the_list(house: House) {
        let ada = house.member("Ada").await;
        let empty = json!({ "ask": [], "hold": [], "report": [] });
        assert_eq!(house.owner.get("/api/words").await.expect(200), empty);
        ada.get("/api/words").await.refused(403, "forbidden");
        let list = json!({ "ask": ["damn*"], "hold": ["  shut   up "], "report": ["buy now"] });
        ada.put("/api/words", list.clone()).await.refused(403, "forbidden");
        let kept = house.owner.put("/api/words", list).await.expect(200);
        assert_eq!(kept, json!({ "ask": ["damn*"], "hold": ["shut up"], "report": ["buy now"] }));
        assert_eq!(house.owner.get("/api/words").await.expect(200), kept);
        let twice = json!({ "ask": ["Café"], "hold": ["cafe"] });
        let refusal = house.owner.put("/api/words", twice).await;
        refusal.refused(422, "invalid");
        assert_eq!(refusal.body["errors"][0]["pointer"], "/hold");
        house.owner.put("/api/words", json!({ "words": ["x"] })).await.refused(422, "invalid");
        assert_eq!(house.owner.put("/api/words", json!({})).await.expect(200), empty);
        assert_eq!(house.owner.get("/api/words").await.expect(200), empty);
    }
}
