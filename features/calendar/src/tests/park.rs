//! "Park it": the hint that a meeting should rather be written down.

use super::{Begin, answer, at, list, meeting, propose, time};
use platform::{
    both_stores, jobs,
    testing::{Listener, START},
};
use serde_json::{Value, json};
use spaces::testing::{House, PASSWORD, TestPerson, id_of};
use std::time::Duration;

platform::sql! {
    N_KEPT = "select count(*) from meeting_park";
}

/// How many hints somebody has ended.
async fn n_kept(house: &House) -> i64 {
    let count = |tx: &mut dyn platform::db::Tx| tx.one(&N_KEPT, &[], |row| row.get::<i64>(0));
    house.server.app.db.read(count).await.unwrap()
}

const DAY: Duration = Duration::from_secs(24 * 3_600);

/// The hint at a meeting; null: none.
async fn hint(who: &TestPerson, made: &Value) -> Value {
    let path = format!("/api/meetings/{}", id_of(&made["meeting"]));
    who.get(&path).await.expect(200)["park"].clone()
}

fn path(made: &Value) -> String {
    format!("/api/meetings/{}/park", id_of(&made["meeting"]))
}

/// On leave from Wednesday to Thursday of the first week.
async fn take_leave(who: &TestPerson) {
    let off = json!([{ "first": "2026-11-25", "last": "2026-11-26", "note": "the sea" }]);
    let mut hours = who.get("/api/hours").await.expect(200)["hours"].clone();
    hours["days_off"] = off;
    who.put("/api/hours", json!({ "hours": hours, "revision": 0 }))
        .await
        .expect(200);
}

/// A meeting without an agenda, with this title.
fn bare(title: &str, people: &[&TestPerson], day: i64) -> Value {
    let mut body = meeting(people, time(day, "03:00"));
    body["words"]["title"] = json!(title);
    body["words"]["agenda"] = json!([]);
    body
}

both_stores! {
    async fn whoever_may_change_it_reads_who_is_away_and_that_nothing_is_on_the_agenda(house: House) {
        // All of them work in Tokyo, where it is nine hours later.
        let (ada, bob, cy) = (house.member("Ada").await, house.member("Bob").await, house.member("Cy").await);
        take_leave(&bob).await;
        let mut body = meeting(&[&bob, &cy], time(1, "03:00"));
        body["channel_id"] = json!(house.general);
        let by_day = propose(&ada, &body).await;
        assert_eq!(by_day["park"], Value::Null, "all of them are at work, and know what it is about");
        let mut body = meeting(&[&bob, &cy], time(2, "03:00"));
        body["channel_id"] = json!(house.general);
        let on_leave = propose(&ada, &body).await;
        let away = json!({ "why": "somebody_is_away", "people": [bob.id] });
        assert_eq!(on_leave["park"], away);
        assert_eq!(hint(&ada, &on_leave).await, away);
        assert_eq!(hint(&cy, &on_leave).await, Value::Null, "who cannot change it is not asked to");
        assert_eq!(hint(&bob, &on_leave).await, Value::Null);
        assert!(!hint(&ada, &on_leave).await.to_string().contains("sea"), "never why");
        let by_night = propose(&ada, &meeting(&[&bob, &cy], time(1, "16:00"))).await;
        assert_eq!(by_night["park"]["people"].as_array().map(Vec::len), Some(2), "at one in the night");
        let free_day = propose(&ada, &meeting(&[&cy], time(5, "03:00"))).await;
        assert_eq!(free_day["park"]["people"], json!([cy.id]), "on a Saturday");
        let early = propose(&ada, &meeting(&[&cy], time(1, "09:30"))).await;
        assert_eq!(early["park"], Value::Null, "half past six in the evening is a fair time that takes turns");
        let empty = propose(&ada, &bare("Empty", &[&bob], 1)).await;
        assert_eq!(empty["park"], json!({ "why": "no_agenda", "people": [] }));
        let words = json!({ "title": "Full", "aim": "decide", "agenda": ["Ropes"] });
        let changed = ada.patch(&format!("/api/meetings/{}", id_of(&empty["meeting"])), json!({ "revision": 1, "words": words })).await.expect(200);
        assert_eq!(changed["park"], Value::Null);
    }

    async fn whoever_says_that_they_come_is_there_whatever_the_hour(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let made = propose(&ada, &meeting(&[&bob], time(1, "16:00"))).await;
        for (word, is_away) in [("no", true), ("later", true), ("yes", false)] {
            answer(&bob, &id_of(&made["meeting"]), word).await.expect(200);
            assert_eq!(hint(&ada, &made).await.is_object(), is_away, "{word}");
        }
    }

    async fn what_cannot_be_written_and_what_is_for_oneself_is_not_parked(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        for aim in ["sensitive", "bond", "crisis", "one_to_one", "office_hours"] {
            let mut body = bare("Talk", &[&bob], 1);
            body["words"]["aim"] = json!(aim);
            assert_eq!(propose(&ada, &body).await["park"], Value::Null, "{aim}");
        }
        assert_eq!(propose(&ada, &bare("Alone", &[], 1)).await["park"], Value::Null);
    }

    async fn what_is_waved_away_stays_away_on_all_devices_and_after_two_noes_there_is_rest(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let mut bodies = ["One", "Two", "Three"].map(|title| bare(title, &[&bob], 1));
        for body in &mut bodies {
            body["channel_id"] = json!(house.general);
        }
        let [one, two, three] = [propose(&ada, &bodies[0]).await, propose(&ada, &bodies[1]).await, propose(&ada, &bodies[2]).await];
        let (mut other_device, _) = Listener::open(&ada, json!({})).await;
        let (mut to_bob, _) = Listener::open(&bob, json!({})).await;
        ada.delete(&path(&one)).await.expect(204);
        let told = other_device.event("meeting.park_ended").await;
        assert_eq!(told["body"]["meeting_id"], one["meeting"]["id"]);
        assert!(hint(&ada, &one).await.is_null());
        assert!(hint(&ada, &two).await.is_object(), "one no is about one meeting");
        ada.delete(&path(&two)).await.expect(204);
        assert!(hint(&ada, &three).await.is_null(), "after two noes there is rest");
        ada.delete(&path(&two)).await.expect(204);
        answer(&bob, &id_of(&two["meeting"]), "yes").await.expect(200);
        assert_eq!(to_bob.event("meeting.answered").await["body"]["meeting_id"], two["meeting"]["id"]);
        house.server.advance(31 * DAY);
        let late = bare("Later", &[&bob], 35);
        assert!(propose(&ada, &late).await["park"].is_object(), "it comes back after thirty days");
    }

    async fn what_was_parked_is_over_and_no_no(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        for title in ["One", "Two"] {
            let made = propose(&ada, &bare(title, &[&bob], 1)).await;
            ada.delete(&format!("{}?parked=true", path(&made))).await.expect(204);
            assert!(hint(&ada, &made).await.is_null());
        }
        assert!(propose(&ada, &bare("Three", &[&bob], 1)).await["park"].is_object());
    }

    async fn only_whoever_has_the_hint_ends_it_and_it_ends_with_its_meeting(house: House) {
        let (ada, bob, eve) = (house.member("Ada").await, house.member("Bob").await, house.member("Eve").await);
        let made = propose(&ada, &bare("One", &[&bob], 1)).await;
        eve.delete(&path(&made)).await.refused(404, "not-found");
        bob.delete(&path(&made)).await.refused(403, "forbidden");
        assert!(hint(&ada, &made).await.is_object());
        let off = propose(&ada, &bare("Off", &[&bob], 1)).await;
        ada.post(&format!("/api/meetings/{}/cancel", id_of(&off["meeting"])), json!({})).await.expect(200);
        assert!(hint(&ada, &off).await.is_null(), "it was called off");
        house.server.advance(2 * DAY);
        assert!(hint(&ada, &made).await.is_null(), "it is over");
    }

    async fn whoever_looks_after_the_channel_has_a_hint_of_their_own(house: House) {
        let ada = house.member("Ada").await;
        let owner = &house.owner;
        let mut body = bare("One", &[owner], 1);
        body["channel_id"] = json!(house.general);
        let made = propose(&ada, &body).await;
        assert!(hint(owner, &made).await.is_object());
        ada.delete(&path(&made)).await.expect(204);
        assert!(hint(owner, &made).await.is_object());
    }

    async fn what_was_waved_away_goes_with_its_meeting_and_with_its_person(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        for title in ["One", "Two"] {
            let mut body = bare(title, &[&bob], 1);
            body["channel_id"] = json!(house.general);
            let made = propose(&ada, &body).await;
            ada.delete(&path(&made)).await.expect(204);
        }
        assert_eq!(n_kept(&house).await, 2);
        let rule = json!({ "days": 1, "keep_marked": false, "confirm": "general" });
        house.owner.put(&format!("/api/retention/{}", house.general), rule).await.expect(200);
        house.server.advance(5 * DAY);
        let app = &house.server.app;
        let ask = |tx: &mut dyn platform::db::Tx| jobs::ask(tx, "calendar.retain", "regular", "{}", START);
        app.db.write(platform::journal::ACCESS_SCOPE, ask).await.unwrap();
        while jobs::run_due(app, app.job_kinds()).await.unwrap() > 0 {}
        assert!(list(&ada, START.0, at(60, "00:00")).await.is_empty());
        assert_eq!(n_kept(&house).await, 0);
        let made = propose(&ada, &bare("Three", &[&bob], 8)).await;
        assert!(made["park"].is_object(), "the noes are forgotten, too");
        ada.delete(&path(&made)).await.expect(204);
        ada.post("/api/me/erase", json!({ "password": PASSWORD, "messages": "keep" })).await.expect(204);
        assert_eq!(n_kept(&house).await, 0);
    }
}
