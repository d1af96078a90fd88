//! Notices through HTTP and the socket.

mod asked;
mod clock;
mod fortnight;
mod held;
mod levels;
mod mail;
mod meetings;
mod own_asks;
mod paged;
mod push;
mod reached;
mod told;

use base::Timestamp;
use platform::{
    jobs,
    testing::{Listener, Store},
};
use serde_json::{Value, json};
use spaces::testing::{House, TestPerson, id_of, new_id};
use std::time::Duration;

trait Begin: Sized {
    async fn begin(store: Store) -> Option<Self>;
}

impl Begin for House {
    async fn begin(store: Store) -> Option<Self> {
        open(store, |_| ()).await
    }
}

async fn open(store: Store, change: impl FnOnce(&mut platform::config::Config)) -> Option<House> {
    let features = vec![
        accounts::feature(),
        spaces::feature(),
        files::feature(),
        emoji::feature(),
        groups::feature(),
        words::feature(),
        hours::feature(),
        messages::feature(),
        charters::feature(),
        asks::feature(),
        later::feature(),
        urgent::feature(),
        calendar::feature(),
        thanks::feature(),
        crate::feature(),
    ];
    House::open_keeping(store, features, Vec::new(), change).await
}

const HOUR: Duration = Duration::from_secs(3_600);

/// All that comes by itself, at this moment of the server's clock.
async fn settle(house: &House) {
    let app = &house.server.app;
    while jobs::run_due(app, app.job_kinds()).await.unwrap() > 0 {}
    crate::release_due(app).await.unwrap();
}

/// The same a moment later, when whoever has a message in view has read it.
async fn pass(house: &House, by: Duration) {
    house.server.advance(by);
    settle(house).await;
}

const MOMENT: Duration = Duration::from_secs(3);

/// Somebody in UTC, where it is a Monday morning at nine.
async fn person(house: &House, name: &str) -> TestPerson {
    let person = house.member(name).await;
    person
        .patch("/api/me", json!({ "time_zone": "UTC" }))
        .await
        .expect(200);
    person
}

/// Another device of somebody who is here.
async fn signed_in(house: &House, email: &str) -> platform::testing::Client {
    let body = json!({ "email": email, "password": spaces::testing::PASSWORD });
    let answer = house.server.stranger().post("/api/sessions", body).await;
    let cookie = answer.headers["set-cookie"].to_str().unwrap();
    let token = cookie.split(';').next().and_then(|pair| pair.split_once('='));
    house.server.with_token(token.unwrap().1)
}

fn office(profile: &str) -> Value {
    let line = |day: u8| json!({ "weekday": day, "from_min": 540, "to_min": 1020 });
    let work: Value = (1..=5).map(line).collect();
    json!({ "work": work, "quiet": null, "focus": [], "focus_allowed": [], "days_off": [], "holidays": null,
        "holidays_worked": [], "profile": profile, "urgent_rings": false })
}

async fn declare(person: &TestPerson, hours: Value) {
    let revision = person.get("/api/hours").await.expect(200)["revision"].clone();
    let body = json!({ "hours": hours, "revision": revision });
    person.put("/api/hours", body).await.expect(200);
}

async fn direct(one: &TestPerson, other: &TestPerson) -> String {
    let made = one.post("/api/directs", json!({ "people": [other.id] })).await;
    id_of(&made.expect(200))
}

async fn say(who: &TestPerson, channel: &str, text: &str) -> Value {
    let body = json!({ "id": new_id(), "text": text, "everyone_ok": true });
    who.post(&format!("/api/channels/{channel}/messages"), body)
        .await
        .expect(201)
}

async fn held(who: &platform::testing::Client) -> Value {
    who.get("/api/notices").await.expect(200)
}

/// What is told from now on.
struct Ear(Listener);

impl Ear {
    async fn of(person: &TestPerson) -> Self {
        Self(Listener::open(person, json!({})).await.0)
    }

    async fn released(&mut self) -> Value {
        self.0.event("notice.released").await["body"].clone()
    }
}

async fn n_rows(house: &House, sql: &'static platform::db::Sql) -> i64 {
    let count = move |tx: &mut dyn platform::db::Tx| tx.one(sql, &[], |row| row.get(0));
    house.server.app.db.read(count).await.unwrap()
}

platform::sql! {
    ALL_ROWS = "select count(*) from notice";
    OPEN_ROWS = "select count(*) from notice where state = 'held'";
    MAIL_ROWS = "select count(*) from notice_mail";
    PUSH_ROWS = "select count(*) from push";
    PUSH_DEVICE_ROWS = "select count(*) from push_device";
    RELEASED_ROWS = "select count(*) from notice where state = 'released'";
    DEVICE_ROWS = "select count(*) from notice_device";
}

fn micros(value: &Value) -> Timestamp {
    Timestamp(value.as_i64().expect("a moment"))
}
