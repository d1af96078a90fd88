//! Landing in direct conversations. The server stands at Monday, 9:00 UTC: it is 10:00 for the owner in Berlin and 18:00 for
//! everybody else, in Tokyo.

use super::*;
use platform::{both_stores, jobs, testing::Listener};

/// Tuesday, 9:00 in Tokyo.
const TOKYO_MORNING: i64 = platform::testing::START.0 + 15 * 3_600 * 1_000_000;

async fn landing(person: &TestPerson, channel: &str) -> Value {
    person
        .get(&format!("/api/channels/{channel}/landing"))
        .await
        .expect(200)
}

both_stores! {
    async fn outside_of_their_hours_send_becomes_deliver(house: House) {
        let ada = house.member("Ada").await;
        let channel = direct(&house.owner, &ada).await;
        let seen = landing(&house.owner, &channel).await;
        assert_eq!(seen, json!({ "choices": ["deliver", "silent", "urgent"], "at": TOKYO_MORNING, "person_id": ada.id, "time_zone": "Asia/Tokyo" }));
        assert_eq!(landing(&ada, &channel).await["choices"], json!([]), "it is ten in the morning there");
        assert_eq!(landing(&house.owner, &house.general).await["choices"], json!([]), "in channels nobody is asked");
        let held = json!({ "id": new_id(), "channel_id": channel, "text": "when you are there", "due_at": null });
        let held = house.owner.post("/api/scheduled", held).await.expect(201);
        assert_eq!((&held["due_at"], &held["lands"]), (&json!(TOKYO_MORNING), &json!(true)));
        house.server.advance(HOUR * 14);
        assert_eq!((work(&house).await, said(&ada, &channel).await.len()), (0, 0));
        house.server.advance(HOUR);
        assert_eq!(work(&house).await, 1);
        assert_eq!(said(&ada, &channel).await, ["when you are there"]);
        assert_eq!(landing(&house.owner, &channel).await["choices"], json!([]));
        let early = json!({ "id": new_id(), "channel_id": channel, "text": "at once", "due_at": null });
        house.owner.post("/api/scheduled", early).await.expect(201);
        assert_eq!(work(&house).await, 1, "they are at work: it goes at once");
    }

    async fn what_was_chosen_is_remembered_for_the_day(house: House) {
        let ada = house.member("Ada").await;
        let channel = direct(&house.owner, &ada).await;
        let path = format!("/api/channels/{channel}/landing");
        let chosen = house.owner.put(&path, json!({ "choice": "silent" })).await.expect(200);
        assert_eq!(chosen["choices"], json!(["silent", "deliver", "urgent"]));
        house.server.advance(HOUR * 3);
        assert_eq!(landing(&house.owner, &channel).await["choices"], json!(["silent", "deliver", "urgent"]));
        house.server.advance(HOUR * 11);
        assert_eq!(landing(&house.owner, &channel).await["choices"], json!(["deliver", "silent", "urgent"]), "another day in Berlin");
        house.owner.put(&format!("/api/channels/{}/landing", house.general), json!({ "choice": "silent" })).await.refused(403, "forbidden");
        house.owner.put(&path, json!({ "choice": "urgent" })).await.refused(422, "invalid");
        let mut policy = house.owner.get("/api/time-policy").await.expect(200);
        policy["silent_first"] = json!(true);
        house.owner.put("/api/time-policy", policy).await.expect(200);
        assert_eq!(landing(&house.owner, &channel).await["choices"], json!(["silent", "deliver", "urgent"]));
    }

    async fn what_is_held_follows_hours_and_zone_of_the_other(house: House) {
        let ada = house.member("Ada").await;
        let channel = direct(&house.owner, &ada).await;
        let held = json!({ "id": new_id(), "channel_id": channel, "text": "good morning", "due_at": null });
        house.owner.post("/api/scheduled", held).await.expect(201);
        ada.patch("/api/me", json!({ "time_zone": "America/New_York" })).await.expect(200);
        let due_at = mine(&house.owner).await[0]["due_at"].clone();
        // 9:00 in New York is 14:00 UTC.
        assert_eq!(due_at, platform::testing::START.after(HOUR * 5).0);
        let mut hours = ada.get("/api/hours").await.expect(200)["hours"].clone();
        hours["work"] = json!([{ "weekday": 1, "from_min": 12 * 60, "to_min": 18 * 60 }]);
        ada.put("/api/hours", json!({ "hours": hours, "revision": 0 })).await.expect(200);
        assert_eq!(mine(&house.owner).await[0]["due_at"], platform::testing::START.after(HOUR * 8).0);
        house.server.advance(HOUR * 5);
        assert_eq!(work(&house).await, 0);
        house.server.advance(HOUR * 3);
        assert_eq!(work(&house).await, 1);
    }

    async fn what_is_held_follows_the_week_of_the_workspace(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let (to_ada, to_bob) = (direct(&house.owner, &ada).await, direct(&house.owner, &bob).await);
        let hours = bob.get("/api/hours").await.expect(200)["hours"].clone();
        bob.put("/api/hours", json!({ "hours": hours, "revision": 0 })).await.expect(200);
        for channel in [&to_ada, &to_bob] {
            let held = json!({ "id": new_id(), "channel_id": channel, "text": "good morning", "due_at": null });
            assert_eq!(house.owner.post("/api/scheduled", held).await.expect(201)["due_at"], TOKYO_MORNING);
        }
        let own = planned(&house, &to_ada, "at a time of my own", 16 * HOUR);
        house.owner.post("/api/scheduled", own.clone()).await.expect(201);
        let (mut listener, _) = Listener::open(&house.owner, json!({})).await;
        let mut policy = house.owner.get("/api/time-policy").await.expect(200);
        policy["work"] = json!([{ "weekday": 2, "from_min": 11 * 60, "to_min": 17 * 60 }]);
        policy["silent_first"] = json!(true);
        house.owner.put("/api/time-policy", policy).await.expect(200);
        let app = &house.server.app;
        while jobs::run_due(app, app.job_kinds()).await.expect("jobs run") > 0 {}
        let due = async |channel: &str, lands: bool| {
            let all = mine(&house.owner).await;
            let found = all.iter().find(|one| one["channel_id"] == channel && one["lands"] == lands);
            found.map(|one| one["due_at"].clone())
        };
        let later = TOKYO_MORNING + 2 * 3_600_000_000;
        assert_eq!(due(&to_ada, true).await, Some(json!(later)), "who has declared nothing has the week of the workspace");
        assert_eq!(due(&to_bob, true).await, Some(json!(TOKYO_MORNING)), "who has declared theirs keeps them");
        assert_eq!(due(&to_ada, false).await, Some(own["due_at"].clone()), "what has a time of its own keeps it");
        assert_eq!(listener.event("scheduled.changed").await["body"]["state"], "waiting");
        house.server.advance(HOUR * 15);
        assert_eq!(work(&house).await, 1, "to Bob alone");
        house.server.advance(HOUR * 2);
        assert_eq!(work(&house).await, 2);
        assert_eq!(said(&ada, &to_ada).await.len(), 2, "it is delivered and not made silent");
        assert_eq!(jobs::run_due(app, app.job_kinds()).await.expect("jobs run"), 0);
    }

    async fn more_than_a_page_of_them_follows(house: House) {
        let ada = house.member("Ada").await;
        let bob = house.member("Bob").await;
        for sender in [&house.owner, &bob] {
            let channel = direct(sender, &ada).await;
            for _ in 0..60 {
                let held = json!({ "id": new_id(), "channel_id": channel, "text": "m", "due_at": null });
                sender.post("/api/scheduled", held).await.expect(201);
            }
        }
        let mut policy = house.owner.get("/api/time-policy").await.expect(200);
        policy["work"] = json!([{ "weekday": 2, "from_min": 11 * 60, "to_min": 17 * 60 }]);
        house.owner.put("/api/time-policy", policy).await.expect(200);
        let app = &house.server.app;
        while jobs::run_due(app, app.job_kinds()).await.expect("jobs run") > 0 {}
        let later = TOKYO_MORNING + 2 * 3_600_000_000;
        for sender in [&house.owner, &bob] {
            assert_eq!(mine(sender).await.iter().filter(|one| one["due_at"] == later).count(), 60);
        }
    }

    async fn it_follows_whoever_moves_to_where_work_has_begun(house: House) {
        let ada = house.member("Ada").await;
        let channel = direct(&house.owner, &ada).await;
        let held = json!({ "id": new_id(), "channel_id": channel, "text": "good morning", "due_at": null });
        house.owner.post("/api/scheduled", held).await.expect(201);
        ada.patch("/api/me", json!({ "time_zone": "Europe/Lisbon" })).await.expect(200);
        assert_eq!(mine(&house.owner).await[0]["due_at"], now(&house).0, "it is nine there");
        assert_eq!(work(&house).await, 1);
        assert_eq!(said(&ada, &channel).await, ["good morning"]);
    }

    async fn a_silent_message_is_marked_before_anybody_hears_of_it(house: House) {
        let ada = house.member("Ada").await;
        let channel = direct(&house.owner, &ada).await;
        let path = format!("/api/channels/{channel}/silent-messages");
        let body = json!({ "id": new_id(), "text": "no hurry" });
        let posted = house.owner.post(&path, body.clone()).await.expect(201);
        house.owner.post(&path, body).await.expect(200);
        let loud = json!({ "id": new_id(), "text": "hello" });
        let loud = house.owner.post(&format!("/api/channels/{channel}/messages"), loud).await.expect(201);
        let stolen = json!({ "id": loud["id"], "text": "hello" });
        ada.post(&path, stolen).await.refused(409, "conflict");
        let is_silent = async |message: &Value| {
            let id: base::MessageId = id_of(message).parse().expect("an id");
            let read = move |tx: &mut dyn platform::db::Tx| crate::is_silent(tx, id);
            house.server.app.db.read(read).await.expect("it reads")
        };
        assert_eq!((is_silent(&posted).await, is_silent(&loud).await), (true, false));
        let message = format!("/api/channels/{channel}/messages/{}", id_of(&posted));
        house.owner.delete(&message).await.expect(204);
        assert!(!is_silent(&posted).await);
        let outsider = house.outsider("Oda").await;
        outsider.post(&path, json!({ "id": new_id(), "text": "x" })).await.refused(404, "not-found");
    }
}
