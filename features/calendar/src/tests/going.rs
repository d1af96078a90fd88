//! Meetings go by the rule of their channel.

use super::{Begin, list, meeting, propose, time};
use platform::{both_stores, jobs, testing::START};
use serde_json::json;
use spaces::testing::{House, TestPerson};
use std::time::Duration;

const DAY: Duration = Duration::from_secs(24 * 3_600);

async fn titles(who: &TestPerson) -> Vec<String> {
    let all = list(who, START.0, START.0 + 60 * super::DAY).await;
    all.iter()
        .map(|one| one["title"].as_str().unwrap().to_owned())
        .collect()
}

async fn run_jobs(house: &House) {
    let app = &house.server.app;
    let ask = |tx: &mut dyn platform::db::Tx| jobs::ask(tx, "calendar.retain", "regular", "{}", START);
    app.db.write(platform::journal::ACCESS_SCOPE, ask).await.unwrap();
    while jobs::run_due(app, app.job_kinds()).await.unwrap() > 0 {}
}

both_stores! {
    async fn a_meeting_goes_as_long_after_its_end_as_its_channel_says(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        for (title, day, channel) in [("old", 1, true), ("new", 20, true), ("of no channel", 1, false)] {
            let mut body = meeting(&[&bob], time(day, "10:00"));
            body["words"]["title"] = json!(title);
            if channel {
                body["channel_id"] = json!(house.general);
            }
            propose(&ada, &body).await;
        }
        let mut held = meeting(&[&ada], time(2, "10:00"));
        held["words"]["title"] = json!("of who is held");
        held["channel_id"] = json!(house.general);
        propose(&bob, &held).await;
        let hold = json!({ "kind": "person", "subject_id": bob.id, "reason": "A dispute" });
        house.owner.post("/api/holds", hold).await.expect(204);
        let rule = json!({ "days": 30, "keep_marked": true, "confirm": "general" });
        house.owner.put(&format!("/api/retention/{}", house.general), rule).await.expect(200);
        house.server.advance(30 * DAY);
        run_jobs(&house).await;
        assert_eq!(titles(&ada).await.len(), 4, "its thirty days are counted from its end");
        house.server.advance(3 * DAY);
        run_jobs(&house).await;
        assert_eq!(titles(&ada).await, ["of no channel", "of who is held", "new"]);
        house.owner.delete(&format!("/api/holds/{}", bob.id)).await.expect(204);
        house.server.advance(DAY);
        run_jobs(&house).await;
        assert_eq!(titles(&ada).await, ["of no channel", "new"]);
    }
}
