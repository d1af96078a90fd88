//! The reminder before a meeting.

use super::{Begin, answer, at, meeting, of, pointer, propose, time};
use platform::{both_stores, jobs, testing::Listener};
use serde_json::json;
use spaces::testing::{House, TestPerson, id_of};
use std::time::Duration;

platform::sql! {
    N_TOLD = "select count(*) from event where scope = $1 and kind = 'meeting.soon'";
}

/// All that comes by itself after some time.
async fn pass(house: &House, minutes: u64) {
    house.server.advance(Duration::from_secs(minutes * 60));
    let app = &house.server.app;
    while jobs::run_due(app, app.job_kinds()).await.unwrap() > 0 {}
}

async fn soon(who: &TestPerson) -> Vec<String> {
    let page = who.get("/api/meetings/soon").await.expect(200);
    let items = page["items"].as_array().unwrap();
    items
        .iter()
        .map(|one| one["title"].as_str().unwrap().to_owned())
        .collect()
}

/// How many reminders stand on somebody's log.
async fn n_told(house: &House, who: &TestPerson) -> i64 {
    let scope: base::PersonId = who.id.parse().unwrap();
    let count =
        move |tx: &mut dyn platform::db::Tx| tx.one(&N_TOLD, &[scope.into()], |row| row.get::<i64>(0));
    house.server.app.db.read(count).await.unwrap()
}

async fn wants(who: &TestPerson, minutes: i64) {
    who.put("/api/meetings/settings", json!({ "remind_min": minutes }))
        .await
        .expect(200);
}

both_stores! {
    async fn those_who_come_are_told_ten_minutes_before_or_when_they_like_and_once(house: House) {
        let (ada, bob, cy, dee) = (house.member("Ada").await, house.member("Bob").await, house.member("Cy").await, house.member("Dee").await);
        wants(&bob, 30).await;
        wants(&cy, 0).await;
        assert_eq!(pointer(&cy.put("/api/meetings/settings", json!({ "remind_min": 7 })).await), "/remind_min");
        let made = propose(&ada, &meeting(&[&bob, &cy, &dee], time(0, "11:00"))).await;
        for who in [&bob, &cy] {
            answer(who, &id_of(&made["meeting"]), "yes").await.expect(200);
        }
        answer(&dee, &id_of(&made["meeting"]), "later").await.expect(200);
        let (mut to_ada, _) = Listener::open(&ada, json!({})).await;
        pass(&house, 89).await;
        for who in [&ada, &bob, &cy] {
            assert!(soon(who).await.is_empty(), "never early");
        }
        pass(&house, 1).await;
        assert_eq!((soon(&bob).await.len(), soon(&ada).await.len()), (1, 0));
        pass(&house, 20).await;
        assert_eq!(to_ada.event("meeting.soon").await["body"]["meeting_id"], made["meeting"]["id"]);
        pass(&house, 5).await;
        for who in [&ada, &bob] {
            assert_eq!(soon(who).await, ["Plan the week"]);
        }
        assert!(soon(&cy).await.is_empty() && soon(&dee).await.is_empty());
        pass(&house, 5).await;
        assert!(soon(&ada).await.is_empty(), "it has begun");
    }

    async fn it_moves_with_its_meeting_and_a_called_off_one_tells_nobody(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let made = propose(&ada, &meeting(&[&bob], time(0, "10:00"))).await;
        let path = format!("/api/meetings/{}", id_of(&made["meeting"]));
        ada.patch(&path, json!({ "revision": 1, "time": time(0, "12:00") })).await.expect(200);
        answer(&bob, &id_of(&made["meeting"]), "yes").await.expect(200);
        pass(&house, 55).await;
        assert!(soon(&ada).await.is_empty(), "it is not at ten any more");
        pass(&house, 115).await;
        assert_eq!((soon(&ada).await.len(), soon(&bob).await.len()), (1, 1));
        let moved = ada.patch(&path, json!({ "revision": 2, "time": time(0, "14:00") })).await.expect(200);
        assert_eq!(of(&moved["meeting"], &bob)["answer"], "open");
        assert!(soon(&ada).await.is_empty());
        pass(&house, 120).await;
        assert_eq!((soon(&ada).await.len(), soon(&bob).await.len()), (1, 0), "of another time anew, and who has not answered is not told");
        let other = propose(&ada, &meeting(&[], time(0, "15:00"))).await;
        ada.post(&format!("/api/meetings/{}/cancel", id_of(&other["meeting"])), json!({})).await.expect(200);
        pass(&house, 65).await;
        assert!(soon(&ada).await.is_empty());
    }

    async fn a_clock_that_is_set_tells_at_most_once_and_never_early(house: House) {
        let ada = house.member("Ada").await;
        propose(&ada, &meeting(&[], time(0, "10:00"))).await;
        propose(&ada, &meeting(&[], time(1, "10:00"))).await;
        pass(&house, 50).await;
        assert_eq!(soon(&ada).await.len(), 1);
        house.server.app.clock.set(base::Timestamp(at(0, "09:20")));
        pass(&house, 0).await;
        pass(&house, 35).await;
        assert_eq!(n_told(&house, &ada).await, 1, "set back, it is told no second time");
        house.server.app.clock.set(base::Timestamp(at(1, "10:05")));
        pass(&house, 0).await;
        assert_eq!(n_told(&house, &ada).await, 1, "set ahead beyond the beginning, nobody is told late");
    }

    async fn of_a_series_each_is_told_and_whoever_does_not_see_the_place_is_not(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let secret = house.channel(&ada, "secret", "private").await;
        let member = format!("/api/channels/{secret}/members/{}", bob.id);
        ada.put(&member, json!({ "role": "member" })).await.expect(204);
        let mut body = meeting(&[&bob], time(0, "10:00"));
        body["channel_id"] = json!(secret);
        body["repeats"] = json!({ "every_weeks": 1, "times": 2 });
        let made = propose(&ada, &body).await;
        let said = json!({ "answer": "yes", "following": true });
        bob.put(&format!("/api/meetings/{}/answer", id_of(&made["meeting"])), said).await.expect(200);
        pass(&house, 50).await;
        assert_eq!((soon(&ada).await.len(), soon(&bob).await.len()), (1, 1));
        ada.delete(&member).await.expect(204);
        assert!(soon(&bob).await.is_empty());
        pass(&house, 7 * 24 * 60).await;
        assert_eq!((n_told(&house, &ada).await, n_told(&house, &bob).await), (2, 1));
        }
}
