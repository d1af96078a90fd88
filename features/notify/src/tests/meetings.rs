//! A meeting is near: told where the hours of its person let it through, else in the app alone.

use super::{
    push::{Browser, World},
    *,
};
use crate::push::send_due;
use platform::both_stores;

const MINUTE: Duration = Duration::from_secs(60);

async fn meets(world: &World, ada: &TestPerson, bob: &TestPerson, starts: &str) -> String {
    let words = json!({ "title": "Plan, <b>", "aim": "decide" });
    let time = json!({ "starts": starts, "minutes": 30, "time_zone": "UTC" });
    let body = json!({ "id": new_id(), "words": words, "time": time, "people": [{ "person_id": bob.id }], "asks": true });
    let id = id_of(&ada.post("/api/meetings", body).await.expect(201)["meeting"]);
    let said = json!({ "answer": "yes" });
    bob.put(&format!("/api/meetings/{id}/answer"), said)
        .await
        .expect(200);
    settle(&world.house).await;
    id
}

both_stores! {
    async fn a_meeting_that_is_near_comes_to_the_device(world: World) {
        let (ada, bob) = (person(&world.house, "Ada").await, person(&world.house, "Bob").await);
        let browser = Browser::new(21);
        world.subscribe(&bob, &browser, "bob").await;
        meets(&world, &ada, &bob, "2026-11-23T11:00").await;
        pass(&world.house, MINUTE * 109).await;
        assert!(world.pushes(&browser).await.is_empty(), "never early");
        pass(&world.house, MINUTE).await;
        let pushes = world.pushes(&browser).await;
        let [(_, push)] = pushes.as_slice() else { panic!("{pushes:?}") };
        assert_eq!((&push["title"], &push["body"], &push["path"]), (&json!("Plan, <b>"), &json!("Begins Mon 11:00"), &json!("/schedule")));
        pass(&world.house, MINUTE * 5).await;
        assert!(world.pushes(&browser).await.is_empty(), "once");
    }

    async fn in_quiet_and_in_time_to_think_the_app_alone_says_so(world: World) {
        let (ada, bob) = (person(&world.house, "Ada").await, person(&world.house, "Bob").await);
        let mut hours = office("live");
        hours["focus"] = json!([{ "weekday": 1, "from_min": 630, "to_min": 720 }]);
        declare(&bob, hours).await;
        let browser = Browser::new(22);
        world.subscribe(&bob, &browser, "bob").await;
        meets(&world, &ada, &bob, "2026-11-23T11:00").await;
        meets(&world, &ada, &bob, "2026-11-23T20:00").await;
        pass(&world.house, MINUTE * 115).await;
        let soon = bob.get("/api/meetings/soon").await.expect(200);
        assert_eq!(soon["items"].as_array().unwrap().len(), 1);
        pass(&world.house, MINUTE * 540).await;
        let soon = bob.get("/api/meetings/soon").await.expect(200);
        assert_eq!(soon["items"].as_array().unwrap().len(), 1);
        assert!(world.pushes(&browser).await.is_empty());
    }

    async fn one_that_is_called_off_moved_or_begun_by_then_is_not_pushed(world: World) {
        let (ada, bob) = (person(&world.house, "Ada").await, person(&world.house, "Bob").await);
        let browser = Browser::new(23);
        world.subscribe(&bob, &browser, "bob").await;
        let off = meets(&world, &ada, &bob, "2026-11-23T11:00").await;
        pass(&world.house, MINUTE * 110).await;
        ada.post(&format!("/api/meetings/{off}/cancel"), json!({})).await.expect(200);
        assert!(world.pushes(&browser).await.is_empty());
        meets(&world, &ada, &bob, "2026-11-23T13:00").await;
        pass(&world.house, MINUTE * 121).await;
        world.house.server.advance(MINUTE * 10);
        assert!(world.pushes(&browser).await.is_empty(), "it has begun");
        bob.put("/api/push/settings", json!({ "hides_texts": true })).await.expect(204);
        meets(&world, &ada, &bob, "2026-11-23T15:00").await;
        pass(&world.house, MINUTE * 110).await;
        let pushes = world.pushes(&browser).await;
        assert_eq!(pushes[0].1["title"], "A meeting");
        assert_eq!(send_due(&world.house.server.app).await.unwrap(), 0);
    }
}
