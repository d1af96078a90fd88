//! Numbers through HTTP.

mod team;

use platform::{
    both_stores, jobs,
    testing::{START, Store},
};
use serde_json::{Value, json};
use spaces::testing::{House, TestPerson, id_of, new_id};
use std::time::Duration;

trait Begin: Sized {
    async fn begin(store: Store) -> Option<Self>;
}

impl Begin for House {
    async fn begin(store: Store) -> Option<Self> {
        let features = vec![
            accounts::feature(),
            spaces::feature(),
            files::feature(),
            groups::feature(),
            words::feature(),
            hours::feature(),
            messages::feature(),
            calendar::feature(),
            charters::feature(),
            asks::feature(),
            later::feature(),
            urgent::feature(),
            signin::feature(),
            notify::feature(),
            crate::feature(),
        ];
        House::open_keeping(store, features, signin::kept(), |_| ()).await
    }
}

const HOUR: Duration = Duration::from_secs(3_600);
const WEEK: Duration = Duration::from_secs(7 * 24 * 3_600);
/// From Monday at nine to a moment at which the week before is over everywhere.
const TO_NOON: Duration = Duration::from_secs(3 * 3_600);

/// Somebody in UTC, where it is a Monday morning at nine.
async fn person(house: &House, name: &str) -> TestPerson {
    let person = house.member(name).await;
    let zone = json!({ "time_zone": "UTC" });
    person.patch("/api/me", zone).await.expect(200);
    person
}

async fn pass(house: &House, by: Duration) {
    house.server.advance(by);
    let app = &house.server.app;
    while jobs::run_due(app, app.job_kinds()).await.unwrap() > 0 {}
    notify::release_due(app).await.unwrap();
}

async fn say(who: &TestPerson, channel: &str) {
    let body = json!({ "id": new_id(), "text": "hello" });
    let path = format!("/api/channels/{channel}/messages");
    who.post(&path, body).await.expect(201);
}

/// Asks somebody something, and gives the message.
async fn ask(house: &House, of: &TestPerson) -> String {
    let message = json!({ "id": new_id(), "text": "Which rope?" });
    let ask = json!({ "kind": "question", "people": [of.id] });
    let path = format!("/api/channels/{}/asks", house.general);
    let asked = house
        .owner
        .post(&path, json!({ "message": message, "ask": ask }))
        .await;
    id_of(&asked.expect(201)["message"])
}

async fn make_move(house: &House, who: &TestPerson, message: &str, made: &str) {
    let path = format!("/api/channels/{}/messages/{message}/ask/moves", house.general);
    who.post(&path, json!({ "move": made })).await.expect(200);
}

/// A meeting of the owner and somebody else, on the day on which the tests begin, which is accepted.
async fn meet(house: &House, with: &TestPerson, (time, minutes): (&str, u32)) {
    let words =
        json!({ "title": "Plan the week", "outcome": "We know", "aim": "decide", "agenda": ["Budget"] });
    let time = json!({ "starts": format!("2026-11-23T{time}"), "minutes": minutes, "time_zone": "UTC" });
    let body = json!({ "id": new_id(), "words": words, "time": time, "people": [{ "person_id": with.id }] });
    let made = house.owner.post("/api/meetings", body).await.expect(201);
    let path = format!("/api/meetings/{}/answer", id_of(&made["meeting"]));
    with.put(&path, json!({ "answer": "yes" })).await.expect(200);
}

async fn mine(who: &TestPerson) -> Value {
    who.get("/api/numbers/mine").await.expect(200)["weeks"][0].clone()
}

platform::sql! {
    RELEASE = "update notice set state = 'released', release_id = $1";
    N_RAW = "select (select count(*) from number_ask) + (select count(*) from number_interruption)";
    N_COHORTS = "select count(*) from number_cohort";
    COHORTS = "select people from number_cohort";
    N_WEEKS = "select count(*) from number_week";
}

async fn count(house: &House, sql: &'static platform::db::Sql) -> i64 {
    let read = move |tx: &mut dyn platform::db::Tx| tx.one(sql, &[], |row| row.get(0));
    house.server.app.db.read(read).await.unwrap()
}

/// As if a fault had told everything that is held.
async fn interrupt(house: &House, who: &TestPerson) {
    let (id, now) = (
        who.id.parse().map(base::PersonId).unwrap(),
        house.server.app.clock.now(),
    );
    let tell = move |tx: &mut dyn platform::db::Tx| {
        let release_id = uuid::Uuid::now_v7();
        tx.exec(&RELEASE, &[release_id.into()])?;
        let happened = platform::journal::Happened {
            kind: "notice.released",
            actor: None,
            at: now,
        };
        let event = notify::NoticeReleased {
            release_id,
            items: Vec::new(),
            n: 1,
            device_in_use: None,
        };
        platform::journal::append(tx, id, happened, &event).map(drop)
    };
    house.server.app.db.write(id, tell).await.unwrap();
}

both_stores! {
    async fn my_week_is_told_to_me(house: House) {
        let ada = person(&house, "Ada").await;
        assert_eq!(mine(&ada).await["week"], "2026-11-23");
        // Four hours of work each: one is answered in time, one late, one passed on, one stays.
        let asks = [ask(&house, &ada).await, ask(&house, &ada).await, ask(&house, &ada).await, ask(&house, &ada).await];
        meet(&house, &ada, ("16:00", 90)).await;
        meet(&house, &ada, ("16:30", 60)).await;
        assert_eq!(mine(&ada).await["n_asks"], 0, "there is time yet");
        pass(&house, HOUR).await;
        make_move(&house, &ada, &asks[0], "answer").await;
        make_move(&house, &ada, &asks[1], "decline").await;
        say(&ada, &house.general).await;
        pass(&house, 5 * HOUR).await;
        make_move(&house, &ada, &asks[2], "answer").await;
        pass(&house, 5 * HOUR).await;
        say(&ada, &house.general).await;
        let week = mine(&ada).await;
        for (name, expected) in [
            ("live_minutes", 90), ("live_outside_minutes", 30), ("n_asks", 3), ("n_answered_in_time", 1),
            ("n_sent_outside_hours", 1), ("n_of_those_held", 0), ("n_interruptions", 0), ("n_urgent", 0),
        ] {
            assert_eq!(week[name], expected, "{name}: {week}");
        }
        assert!(week["burden_minutes"].as_i64().unwrap() > 30, "{week}");
        let owners = mine(&house.owner).await;
        assert_eq!((&owners["n_asks"], &owners["live_minutes"]), (&json!(0), &json!(90)), "what is whose");
    }

    async fn what_is_taken_back_is_open_again(house: House) {
        let ada = person(&house, "Ada").await;
        let asked = ask(&house, &ada).await;
        make_move(&house, &ada, &asked, "answer").await;
        assert_eq!(mine(&ada).await["n_answered_in_time"], 1);
        make_move(&house, &ada, &asked, "undo").await;
        assert_eq!(mine(&ada).await["n_asks"], 0);
        make_move(&house, &house.owner, &asked, "withdraw").await;
        pass(&house, 8 * HOUR).await;
        assert_eq!(mine(&ada).await["n_asks"], 0, "nobody waits for it");
    }

    async fn time_to_think_that_was_interrupted_is_counted(house: House) {
        let ada = person(&house, "Ada").await;
        ada.put("/api/hours/focus", json!({ "minutes": 90 })).await.expect(200);
        let made = house.owner.post("/api/directs", json!({ "people": [ada.id] })).await.expect(200);
        say(&house.owner, &id_of(&made)).await;
        pass(&house, Duration::from_secs(5)).await;
        assert_eq!(mine(&ada).await["n_interruptions"], 0, "it waits");
        interrupt(&house, &ada).await;
        assert_eq!(mine(&ada).await["n_interruptions"], 1);
        assert_eq!(mine(&house.owner).await["n_interruptions"], 0);
        pass(&house, 2 * HOUR).await;
        interrupt(&house, &ada).await;
        assert_eq!(mine(&ada).await["n_interruptions"], 1, "the time to think is over");
    }

    async fn what_waited_for_others_was_held(house: House) {
        let ada = person(&house, "Ada").await;
        let bo = house.member("Bo").await;
        pass(&house, 10 * HOUR).await;
        let made = ada.post("/api/directs", json!({ "people": [bo.id] })).await.expect(200);
        say(&ada, &id_of(&made)).await;
        say(&ada, &house.general).await;
        pass(&house, Duration::from_secs(5)).await;
        let week = mine(&ada).await;
        assert_eq!((&week["n_sent_outside_hours"], &week["n_of_those_held"]), (&json!(2), &json!(1)), "{week}");
    }

    async fn after_35_days_nothing_about_a_person_is_left(house: House) {
        let ada = person(&house, "Ada").await;
        for name in ["Bo", "Cy", "Di"] {
            house.member(name).await;
        }
        ask(&house, &ada).await;
        pass(&house, WEEK + TO_NOON).await;
        crate::count_due(&house.server.app).await.unwrap();
        assert!(count(&house, &N_RAW).await > 0 && count(&house, &N_COHORTS).await > 0);
        let daily = |tx: &mut dyn platform::db::Tx| jobs::ask(tx, "numbers.forget", "regular", "{}", START);
        house.server.app.db.write(platform::journal::ACCESS_SCOPE, daily).await.unwrap();
        pass(&house, HOUR).await;
        assert!(count(&house, &N_RAW).await > 0, "not before");
        pass(&house, 5 * WEEK).await;
        assert_eq!((count(&house, &N_RAW).await, count(&house, &N_COHORTS).await), (0, 0));
        assert!(count(&house, &N_WEEKS).await > 0, "the sums stay");
        let weeks = ada.get("/api/numbers/mine").await.expect(200);
        assert_eq!(weeks["weeks"].as_array().unwrap().len(), 5);
        let left = weeks.to_string();
        assert!(!left.contains("2026-11-23"), "{left}");
    }

    async fn who_is_erased_is_in_no_number(house: House) {
        let ada = person(&house, "Ada").await;
        for name in ["Bo", "Cy", "Di"] {
            house.member(name).await;
        }
        ask(&house, &ada).await;
        pass(&house, WEEK + TO_NOON).await;
        crate::count_due(&house.server.app).await.unwrap();
        let path = format!("/api/people/{}/erase", ada.id);
        house.owner.post(&path, json!({ "messages": "keep" })).await.expect(200);
        let read = |tx: &mut dyn platform::db::Tx| tx.list(&COHORTS, &[], |row| row.get::<String>(0));
        let cohorts = house.server.app.db.read(read).await.unwrap();
        assert!(!cohorts.is_empty() && !cohorts.iter().any(|people| people.contains(&ada.id)), "{cohorts:?}");
        assert_eq!(count(&house, &N_RAW).await, 0);
        pass(&house, WEEK).await;
        crate::count_due(&house.server.app).await.unwrap();
        let team = house.owner.get("/api/numbers/team").await.expect(200);
        assert_eq!(team["teams"][0]["weeks"][0]["figures"], json!(null), "her going is a change");
    }

    async fn no_program_reads_my_numbers(house: House) {
        let made = house.owner.post("/api/tokens", json!({ "name": "all", "scopes": ["read", "write", "admin"] })).await.expect(201);
        let program = house.server.with_token(made["token"].as_str().unwrap());
        program.get("/api/numbers/mine").await.refused(403, "scope");
        assert_eq!(START, house.server.app.clock.now());
    }

    async fn what_was_answered_counts_also_when_its_message_went_by_a_rule(house: House) {
        let ada = person(&house, "Ada").await;
        let message = ask(&house, &ada).await;
        make_move(&house, &ada, &message, "answer").await;
        say(&ada, &house.general).await;
        let open = ask(&house, &ada).await;
        pass(&house, HOUR).await;
        let before = mine(&ada).await;
        house.let_general_go().await;
        pass(&house, HOUR).await;
        let after = mine(&ada).await;
        let figures = |seen: &Value| (seen["n_asks"].clone(), seen["n_answered_in_time"].clone());
        assert_eq!((figures(&before), figures(&after)), ((json!(1), json!(1)), (json!(2), json!(1))), "what was late before it went was late");
        ada.get(&format!("/api/channels/{}/messages/{open}/ask", house.general)).await.refused(404, "not-found");
        pass(&house, WEEK).await;
        ada.get("/api/numbers/mine").await.expect(200);
    }
}
