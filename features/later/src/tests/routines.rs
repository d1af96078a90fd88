//! Posts and questions that come back.

use super::*;
use platform::{both_stores, testing::Listener};

const WEEK: Duration = Duration::from_secs(7 * 24 * 3_600);

/// The clock of the house begins on a Monday at nine in UTC; this is so many minutes after midnight of that day.
fn weekly(house: &House, days: &[u8], at_min: u16, text: &str) -> Value {
    let rhythm = json!({ "days": days, "at_min": at_min, "every_weeks": 1 });
    json!({ "id": new_id(), "kind": "post", "channel_id": house.general, "text": text, "rhythm": rhythm, "time_zone": "UTC" })
}

fn question(house: &House, days: &[u8], at_min: u16) -> Value {
    let mut body = weekly(house, days, at_min, "What will you work on?");
    body["kind"] = json!("check_in");
    body.as_object_mut().expect("an object").remove("time_zone");
    body
}

async fn routines(person: &TestPerson) -> Vec<Value> {
    let list = person.get("/api/routines").await.expect(200);
    list["items"].as_array().cloned().unwrap_or_default()
}

fn routine_path(routine: &Value) -> String {
    format!("/api/routines/{}", id_of(routine))
}

async fn in_zone(house: &House, name: &str, zone: &str) -> TestPerson {
    let person = house.member(name).await;
    person
        .patch("/api/me", json!({ "time_zone": zone }))
        .await
        .expect(200);
    person
}

/// The message that asks, as the newest of the channel.
async fn asked(house: &House, person: &TestPerson) -> Value {
    let page = person
        .get(&format!("/api/channels/{}/messages?limit=100", house.general))
        .await
        .expect(200);
    let messages = page["messages"].as_array().cloned().unwrap_or_default();
    messages
        .into_iter()
        .rfind(|message| message["card"]["kind"] == "check_in")
        .expect("a question")
}

async fn check_in(house: &House, person: &TestPerson, message: &Value) -> Value {
    person
        .get(&format!(
            "/api/channels/{}/check-ins/{}",
            house.general,
            id_of(message)
        ))
        .await
        .expect(200)
}

async fn answer(house: &House, person: &TestPerson, round: &Value, text: &str) {
    let body = json!({ "id": new_id(), "text": text, "topic_id": round["topic_id"] });
    person
        .post(&format!("/api/channels/{}/messages", house.general), body)
        .await
        .expect(201);
}

both_stores! {
    async fn a_name_in_what_comes_back_calls_whoever_is_there_each_time(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let text = format!("<@{}> waters the plants", bob.id);
        let kept = ada.post("/api/routines", weekly(&house, &[1], 9 * 60 + 1, &text)).await.expect(201);
        house.server.advance(MINUTE);
        assert_eq!(work(&house).await, 1);
        let mentions = async || bob.get(&format!("/api/channels/{}", house.general)).await.expect(200)["n_mentions"].clone();
        assert_eq!(mentions().await, json!(1), "it is a mention like any other");
        let text = "<@channel> water the plants";
        ada.patch(&routine_path(&kept), json!({ "revision": 1, "text": text })).await.expect(200);
        house.server.advance(WEEK);
        assert_eq!(work(&house).await, 1);
        assert_eq!(mentions().await, json!(1), "nobody has agreed to call everybody");
        assert_eq!(routines(&ada).await[0]["stopped"], json!("everyone"));
        ada.patch(&routine_path(&kept), json!({ "revision": 3, "everyone_ok": true, "paused": false })).await.expect(200);
        house.server.advance(WEEK);
        assert_eq!(work(&house).await, 1);
        assert_eq!(mentions().await, json!(2));
        let secret = house.channel(&ada, "secret", "private").await;
        let mut hidden = weekly(&house, &[1, 2, 3, 4, 5, 6, 7], 9 * 60 + 2, &format!("<@{}> is not here", bob.id));
        hidden["channel_id"] = json!(secret);
        ada.post("/api/routines", hidden).await.expect(201);
        house.server.advance(MINUTE);
        assert_eq!(work(&house).await, 1);
        assert_eq!(mentions().await, json!(2), "who may not read it then is not called");
        bob.get(&format!("/api/channels/{secret}")).await.refused(404, "not-found");
    }

    async fn a_post_comes_back_on_its_days_at_its_time(house: House) {
        let ada = house.member("Ada").await;
        let body = weekly(&house, &[1, 4], 9 * 60, "Hello again");
        let kept = ada.post("/api/routines", body.clone()).await.expect(201);
        assert_eq!((&kept["rhythm"]["days"], &kept["stopped"]), (&json!([1, 4]), &Value::Null));
        ada.post("/api/routines", body.clone()).await.expect(200);
        let first = base::Timestamp(kept["next_at"].as_i64().expect("a time"));
        assert!(first > now(&house) && first <= now(&house).after(DAY * 4));
        let wait = Duration::from_micros((first.0 - now(&house).0).unsigned_abs());
        house.server.advance(wait - Duration::from_secs(1));
        assert_eq!(work(&house).await, 0, "nothing early");
        house.server.advance(Duration::from_secs(1));
        assert_eq!((work(&house).await, work(&house).await), (1, 0));
        house.server.app.clock.set_back(HOUR);
        assert_eq!(work(&house).await, 0, "and nothing twice");
        house.server.advance(HOUR);
        for _ in 0..2 {
            house.server.advance(WEEK / 2 + DAY / 2);
            work(&house).await;
        }
        assert_eq!(said(&ada, &house.general).await.iter().filter(|text| *text == "Hello again").count(), 3);
        let bob = house.member("Bob").await;
        assert_eq!(routines(&bob).await.len(), 0, "nobody else has it");
        bob.patch(&routine_path(&kept), json!({ "revision": 1, "paused": true })).await.refused(404, "not-found");
        bob.delete(&routine_path(&kept)).await.refused(404, "not-found");
        ada.delete(&routine_path(&kept)).await.expect(204);
        house.server.advance(WEEK);
        assert_eq!(work(&house).await, 0);
    }

    async fn it_rests_is_skipped_and_is_changed(house: House) {
        let ada = house.member("Ada").await;
        let kept = ada.post("/api/routines", weekly(&house, &[2], 9 * 60, "Tuesday")).await.expect(201);
        let path = routine_path(&kept);
        let skipped = ada.patch(&path, json!({ "revision": 1, "skip": true })).await.expect(200);
        let week = i64::try_from(WEEK.as_micros()).expect("a week");
        assert_eq!(skipped["next_at"].as_i64(), kept["next_at"].as_i64().map(|at| at + week));
        ada.patch(&path, json!({ "revision": 1, "paused": true })).await.refused(409, "scheduled-changed");
        let rests = ada.patch(&path, json!({ "revision": 2, "paused": true })).await.expect(200);
        assert_eq!(rests["next_at"], Value::Null);
        house.server.advance(WEEK * 3);
        assert_eq!(work(&house).await, 0);
        let again = ada.patch(&path, json!({ "revision": 3, "paused": false, "text": "Anew" })).await.expect(200);
        assert!(again["next_at"].as_i64() > Some(now(&house).0), "what was missed is not made up for");
        let rhythm = json!({ "days": [3], "at_min": 600, "every_weeks": 2 });
        let moved = ada.patch(&path, json!({ "revision": 4, "rhythm": rhythm })).await.expect(200);
        assert_eq!(moved["rhythm"], rhythm);
        let wait = moved["next_at"].as_i64().expect("a time") - now(&house).0;
        house.server.advance(Duration::from_micros(wait.unsigned_abs()));
        assert_eq!(work(&house).await, 1);
        let then = routines(&ada).await.remove(0)["next_at"].as_i64();
        assert_eq!(then, moved["next_at"].as_i64().map(|at| at + 2 * week));
        assert_eq!(said(&ada, &house.general).await.iter().filter(|text| *text == "Anew").count(), 1);
    }

    async fn what_was_missed_by_more_than_a_day_is_left_out(house: House) {
        let ada = house.member("Ada").await;
        ada.post("/api/routines", weekly(&house, &[1, 2, 3, 4, 5, 6, 7], 12 * 60, "Daily")).await.expect(201);
        house.server.advance(DAY * 9 + HOUR * 12);
        work(&house).await;
        let n = said(&ada, &house.general).await.iter().filter(|text| *text == "Daily").count();
        assert!((1..=2).contains(&n), "of nine days only what is not older than one: {n}");
        assert_eq!(work(&house).await, 0);
    }

    async fn it_stops_where_its_author_may_not_post_and_goes_on_when_they_may(house: House) {
        let ada = house.member("Ada").await;
        let club = house.channel(&house.owner, "club", "public").await;
        ada.post(&format!("/api/channels/{club}/join"), json!({})).await;
        let mut body = weekly(&house, &[1, 2, 3, 4, 5, 6, 7], 12 * 60, "Daily");
        body["channel_id"] = json!(club);
        let kept = ada.post("/api/routines", body).await.expect(201);
        house.owner.patch(&format!("/api/channels/{club}"), json!({ "archived": true })).await.expect(200);
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        house.server.advance(DAY);
        assert_eq!((work(&house).await, work(&house).await), (1, 0));
        assert_eq!(listener.event("routine.changed").await["body"]["state"], "stopped");
        let stopped = routines(&ada).await.remove(0);
        assert_eq!((&stopped["stopped"], &stopped["next_at"]), (&json!("archived"), &Value::Null));
        let go_on = |revision: i64| json!({ "revision": revision, "paused": false });
        assert_eq!(ada.patch(&routine_path(&kept), go_on(2)).await.status, 409, "it is archived still");
        house.owner.patch(&format!("/api/channels/{club}"), json!({ "archived": false })).await.expect(200);
        ada.patch(&routine_path(&kept), go_on(2)).await.expect(200);
        house.server.advance(DAY);
        assert_eq!(work(&house).await, 1);
        assert_eq!(said(&ada, &club).await.iter().filter(|text| *text == "Daily").count(), 1);
    }

    async fn nonsense_is_refused_and_fifty_are_enough(house: House) {
        let ada = house.member("Ada").await;
        for (path, value) in [
            ("/rhythm/days", json!([])),
            ("/rhythm/days", json!([0, 8])),
            ("/rhythm/at_min", json!(1_440)),
            ("/rhythm/every_weeks", json!(0)),
            ("/rhythm/every_weeks", json!(13)),
            ("/time_zone", json!("Mars/Olympus")),
            ("/time_zone", Value::Null),
            ("/text", json!("")),
        ] {
            let mut body = weekly(&house, &[1], 540, "hi");
            *body.pointer_mut(path).expect("a field") = value.clone();
            assert_eq!(ada.post("/api/routines", body).await.status, 422, "{path} {value}");
        }
        let mut on_a_clock = question(&house, &[1], 540);
        on_a_clock["time_zone"] = json!("UTC");
        ada.post("/api/routines", on_a_clock).await.refused(422, "invalid");
        for _ in 0..50 {
            ada.post("/api/routines", weekly(&house, &[1], 540, "hi")).await.expect(201);
        }
        ada.post("/api/routines", weekly(&house, &[1], 540, "hi")).await.refused(422, "scheduled-full");
    }

    async fn everybody_is_asked_at_nine_on_their_own_clock_and_the_answers_gather_in_one_topic(house: House) {
        house.owner.patch("/api/me", json!({ "time_zone": "UTC" })).await.expect(200);
        let east = in_zone(&house, "East", "Asia/Tokyo").await;
        let west = in_zone(&house, "West", "America/Los_Angeles").await;
        let kept = east.post("/api/routines", question(&house, &[2], 9 * 60)).await.expect(201);
        let (mut far, _) = Listener::open(&west, json!({})).await;
        let mut day = kept["next_at"].as_i64().expect("a time") - now(&house).0;
        // Tuesday at nine in Tokyo.
        house.server.advance(Duration::from_micros(day.unsigned_abs()));
        assert_eq!(work(&house).await, 2, "the question, and one who is asked");
        let message = asked(&house, &west).await;
        let round = check_in(&house, &west, &message).await;
        assert_eq!((&round["n_asked"], &round["n_answered"], &round["mine"]), (&json!(3), &json!(0), &json!("waiting")));
        assert_eq!(check_in(&house, &east, &message).await["mine"], "asked");
        answer(&house, &east, &round, "The roof").await;
        let round = check_in(&house, &east, &message).await;
        assert_eq!((&round["n_answered"], &round["mine"]), (&json!(1), &json!("answered")));
        assert!(!round.to_string().contains(&west.id), "nobody learns who has not answered");
        day = round["my_time"].as_i64().expect("a time");
        let hers = check_in(&house, &west, &message).await["my_time"].as_i64().expect("a time");
        assert_eq!(hers - day, 17 * 3_600 * 1_000_000, "nine in Los Angeles is seventeen hours after nine in Tokyo");
        // The server was away while it was nine in London.
        house.server.advance(HOUR * 17);
        assert_eq!((work(&house).await, work(&house).await), (2, 0));
        assert_eq!(far.event("check_in.turned").await["body"]["message_id"], message["id"]);
        let path = format!("/api/channels/{}/check-ins/{}/skip", house.general, id_of(&message));
        let skipped = west.put(&path, json!({})).await.expect(200);
        assert_eq!((&skipped["mine"], &skipped["n_asked"]), (&json!("skipped"), &json!(2)));
        answer(&house, &west, &round, "After all: the doors").await;
        let round = check_in(&house, &west, &message).await;
        assert_eq!((&round["mine"], &round["n_asked"], &round["n_answered"]), (&json!("answered"), &json!(3), &json!(2)));
    }

    async fn whoever_is_on_leave_is_not_asked_and_a_new_zone_moves_the_turn(house: House) {
        house.owner.patch("/api/me", json!({ "time_zone": "UTC" })).await.expect(200);
        let (ada, bob) = (in_zone(&house, "Ada", "UTC").await, in_zone(&house, "Bob", "UTC").await);
        let cy = in_zone(&house, "Cy", "Europe/Berlin").await;
        let kept = cy.post("/api/routines", question(&house, &[2], 9 * 60)).await.expect(201);
        let hours = bob.get("/api/hours").await.expect(200);
        let mut own = hours["hours"].clone();
        own["days_off"] = json!([{ "first": kept["next_day"], "last": kept["next_day"], "note": "" }]);
        bob.put("/api/hours", json!({ "hours": own, "revision": hours["revision"] })).await.expect(200);
        let first = kept["next_at"].as_i64().expect("a time") - now(&house).0;
        house.server.advance(Duration::from_micros(first.unsigned_abs()));
        assert_eq!(work(&house).await, 2);
        let message = asked(&house, &ada).await;
        assert_eq!(check_in(&house, &bob, &message).await["mine"], "away");
        assert_eq!(check_in(&house, &bob, &message).await["n_asked"], 3);
        ada.patch("/api/me", json!({ "time_zone": "America/New_York" })).await.expect(200);
        house.server.advance(HOUR);
        assert_eq!(work(&house).await, 1, "the owner, at nine in UTC; Ada has left");
        assert_eq!(check_in(&house, &ada, &message).await["mine"], "waiting");
        house.server.advance(HOUR * 5);
        assert_eq!(work(&house).await, 1);
        ada.delete(&format!("/api/channels/{}/messages/{}", house.general, id_of(&message))).await.refused(403, "forbidden");
        cy.delete(&format!("/api/channels/{}/messages/{}", house.general, id_of(&message))).await.expect(204);
        ada.get(&format!("/api/channels/{}/check-ins/{}", house.general, id_of(&message))).await.refused(404, "not-found");
    }

    async fn whoever_is_erased_lets_nothing_come_back(house: House) {
        let ada = house.member("Ada").await;
        ada.post("/api/routines", weekly(&house, &[1, 2, 3, 4, 5, 6, 7], 540, "Daily")).await.expect(201);
        ada.post("/api/routines", question(&house, &[1, 2, 3, 4, 5, 6, 7], 540)).await.expect(201);
        let erase = json!({ "password": spaces::testing::PASSWORD, "messages": "keep" });
        ada.post("/api/me/erase", erase).await.expect(204);
        house.server.advance(DAY * 2);
        assert_eq!(work(&house).await, 0);
    }

    async fn a_question_that_went_by_a_rule_asks_nobody_any_more_and_comes_back_all_the_same(house: House) {
        house.owner.patch("/api/me", json!({ "time_zone": "UTC" })).await.expect(200);
        let east = in_zone(&house, "East", "Asia/Tokyo").await;
        in_zone(&house, "West", "America/Los_Angeles").await;
        let kept = east.post("/api/routines", question(&house, &[2], 9 * 60)).await.expect(201);
        let first = kept["next_at"].as_i64().expect("a time") - now(&house).0;
        house.server.advance(Duration::from_micros(first.unsigned_abs()));
        assert_eq!(work(&house).await, 2, "the question, and one who is asked");
        let message = asked(&house, &east).await;
        house.let_general_go().await;
        east.get(&format!("/api/channels/{}/check-ins/{}", house.general, id_of(&message))).await.refused(404, "not-found");
        assert_eq!(work(&house).await, 0, "whose turn has come since is not asked");
        house.server.advance(5 * DAY);
        assert_eq!(work(&house).await, 2);
        assert_ne!(asked(&house, &east).await["id"], message["id"]);
    }
}
