//! What a person gets about themselves, and what is not in it.

use super::Begin;
use platform::both_stores;
use serde_json::{Value, json};
use spaces::testing::{House, new_id};
use std::io::{Cursor, Read};
use zip::ZipArchive;

fn text(archive: &[u8], name: &str) -> String {
    let mut zip = ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

both_stores! {
    async fn everybody_gets_their_own_data_and_nobody_elses(house: House) {
        let ada = house.member("Ada Obi").await;
        let path = format!("/api/channels/{}/messages", house.general);
        let said = json!({ "id": new_id(), "text": format!("Mine, <@{}> <b>", house.owner.id) });
        ada.post(&path, said).await.expect(201);
        let foreign = house.owner.post(&path, json!({ "id": new_id(), "text": "not Ada's" })).await.expect(201);
        let foreign = foreign["id"].as_str().unwrap();
        let due_at = house.server.app.clock.now().after(std::time::Duration::from_secs(3_600)).0;
        let reminder = json!({ "id": new_id(), "message_id": foreign, "due_at": due_at, "note": "read it" });
        ada.post("/api/reminders", reminder).await.expect(201);
        ada.put(&format!("{path}/{foreign}/reactions/%F0%9F%8E%89"), json!({})).await.expect(204);
        let draft = json!({ "channel_id": house.general, "topic_id": null, "text": "not yet", "revision": 0 });
        assert!(ada.put("/api/drafts", draft).await.status < 300);
        let mut hours = ada.get("/api/hours").await.expect(200)["hours"].clone();
        hours["days_off"] = json!([{ "first": "2027-07-01", "last": "2027-07-14", "note": "The sea" }]);
        ada.put("/api/hours", json!({ "hours": hours, "revision": 0 })).await.expect(200);
        let ask = json!({ "kind": "question", "people": [house.owner.id] });
        let asked = json!({ "message": { "id": new_id(), "text": "Who?" }, "ask": ask });
        ada.post(&format!("/api/channels/{}/asks", house.general), asked).await.expect(201);
        let urgent = json!({ "id": new_id(), "message_id": new_id(), "text": "The till is down", "kind": "outage", "people": [house.owner.id] });
        ada.post(&format!("/api/channels/{}/urgents", house.general), urgent).await.expect(201);
        let due_at = house.server.app.clock.now().after(std::time::Duration::from_secs(3_600)).0;
        let later = json!({ "id": new_id(), "channel_id": house.general, "text": "in an hour", "due_at": due_at });
        ada.post("/api/scheduled", later).await.expect(201);
        ada.put(&format!("/api/channels/{}/level", house.general), json!({ "level": "all" })).await.expect(204);
        let rhythm = json!({ "days": [1], "at_min": 540, "every_weeks": 1 });
        let routine = json!({ "id": new_id(), "kind": "post", "channel_id": house.general, "text": "every Monday", "rhythm": rhythm, "time_zone": "UTC" });
        ada.post("/api/routines", routine).await.expect(201);
        let time = json!({ "starts": "2026-12-16T10:00", "minutes": 30, "time_zone": "UTC" });
        let meeting = json!({ "id": new_id(), "words": { "title": "Plan", "aim": "decide" }, "time": time, "people": [] });
        ada.post("/api/meetings", meeting).await.expect(201);
        let until_at = house.server.app.clock.now().after(std::time::Duration::from_secs(7_200)).0;
        let hours = |minutes: i64| json!({ "id": new_id(), "message_id": new_id(), "about": "Homework", "minutes": minutes, "until_at": until_at });
        let offices = format!("/api/channels/{}/office", house.general);
        let hers = ada.post(&offices, hours(15)).await.expect(201)["office"]["id"].clone();
        let theirs = house.owner.post(&offices, hours(10)).await.expect(201)["office"]["id"].clone();
        let place = |office: &Value| format!("{offices}/{}/place", office.as_str().unwrap());
        ada.put(&place(&theirs), json!({ "about": "My essay", "tells": false })).await.expect(200);
        house.owner.put(&place(&hers), json!({ "about": "not Ada's", "tells": false })).await.expect(200);
        signin::testing::put_passkey(&house.server, &ada.id, "Blue key").await;
        let answer = ada.get("/api/me/export").await;
        assert_eq!((answer.status, answer.headers["content-type"].to_str().unwrap()), (200, "application/zip"));
        let json_of = |name: &str| serde_json::from_str::<Value>(&text(&answer.bytes, name)).unwrap();
        assert_eq!(json_of("profile.json")["profile"]["email"], "ada.obi@example.org");
        assert_eq!(json_of("sessions.json").as_array().unwrap().len(), 1);
        let passkey = &json_of("ways_in.json")["passkeys"][0];
        assert_eq!((&passkey["name"], &passkey["domain"], &passkey["used_at"]), (&json!("Blue key"), &json!("antiphon.test"), &Value::Null));
        assert_eq!(json_of("memberships.json")["channels"][0]["name"], "general");
        assert_eq!(json_of("drafts.json")[0]["text"], "not yet");
        assert_eq!(json_of("levels.json")["places"][0]["level"], "all");
        assert_eq!(json_of("routines.json")[0]["text"], "every Monday");
        assert_eq!(json_of("live.json"), json!([]));
        let office = json_of("office.json");
        assert_eq!((&office["held"][0]["minutes"], &office["held"][0]["ended_at"], office["held"].as_array().unwrap().len()), (&json!(15), &Value::Null, 1));
        assert_eq!((&office["places"][0]["about"], office["places"].as_array().unwrap().len()), (&json!("My essay"), 1));
        assert_eq!(json_of("meetings.json")["meetings"][0]["title"], "Plan");
        assert_eq!(json_of("hours.json")["days_off"][0]["note"], "The sea");
        assert_eq!(json_of("asks.json")["asked"][0]["kind"], "question");
        assert_eq!(json_of("numbers.json")["weeks"][0]["n_urgent"], 1, "her weeks are hers");
        assert_eq!(json_of("urgent.json")["sent"][0]["kind"], "outage");
        assert_eq!(json_of("reminders.json")[0]["note"], "read it");
        assert_eq!(json_of("scheduled.json")[0]["text"], "in an hour");
        assert_eq!(json_of("reactions.json")[0]["emoji"], "🎉");
        let messages = json_of("messages.json");
        assert_eq!((messages.as_array().unwrap().len(), &messages[0]["channel"]), (4, &json!("general")));
        let page = text(&answer.bytes, "index.html");
        assert!(page.contains("@somebody") && page.trim_end().ends_with("</html>") && !page.contains("<b>"), "{page}");
        for name in ["profile.json", "sessions.json", "ways_in.json", "memberships.json", "messages.json", "index.html"] {
            let text = text(&answer.bytes, name);
            for foreign in ["Olga", "olga@", "not Ada's", "token", "hash"] {
                assert!(!text.contains(foreign), "{name} tells {foreign}");
            }
        }
        house.server.stranger().get("/api/me/export").await.refused(401, "signed-out");
    }
}
