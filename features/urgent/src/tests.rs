//! What is urgent, through HTTP and the socket; the clock is moved by hand. The server stands at Monday, 9:00 UTC.

mod chain;
mod places;
mod rotas;

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
        let features = vec![
            accounts::feature(),
            spaces::feature(),
            files::feature(),
            groups::feature(),
            words::feature(),
            hours::feature(),
            messages::feature(),
            crate::feature(),
        ];
        House::open(store, features).await
    }
}

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3_600);
const DAY: Duration = Duration::from_secs(24 * 3_600);

fn now(house: &House) -> Timestamp {
    house.server.app.clock.now()
}

/// All that comes by itself, at this moment of the server's clock; each job once.
async fn settle(house: &House) {
    let app = &house.server.app;
    let chains = app.job_kinds().iter().filter(|kind| kind.kind == "urgent.step");
    let chains: Vec<_> = chains.copied().collect();
    while jobs::run_due(app, &chains).await.unwrap() > 0 {}
}

async fn pass(house: &House, by: Duration) {
    house.server.advance(by);
    settle(house).await;
}

/// Somebody in UTC, who works around the clock unless they say something else.
async fn person(house: &House, name: &str) -> TestPerson {
    let person = house.member(name).await;
    person
        .patch("/api/me", json!({ "time_zone": "UTC" }))
        .await
        .expect(200);
    declare(&person, always()).await;
    person
}

fn hours_with(work: Value) -> Value {
    json!({ "work": work, "quiet": null, "focus": [], "focus_allowed": [], "days_off": [], "holidays": null,
        "holidays_worked": [], "profile": "live", "urgent_rings": false })
}

fn always() -> Value {
    hours_with(
        (1..=7)
            .map(|day| json!({ "weekday": day, "from_min": 0, "to_min": 0 }))
            .collect(),
    )
}

fn office() -> Value {
    hours_with(
        (1..=5)
            .map(|day| json!({ "weekday": day, "from_min": 540, "to_min": 1020 }))
            .collect(),
    )
}

async fn declare(person: &TestPerson, hours: Value) {
    let revision = person.get("/api/hours").await.expect(200)["revision"].clone();
    let body = json!({ "hours": hours, "revision": revision });
    person.put("/api/hours", body).await.expect(200);
}

fn calling(people: &[&TestPerson]) -> Value {
    let people: Vec<&str> = people.iter().map(|person| person.id.as_str()).collect();
    json!({ "id": new_id(), "message_id": new_id(), "text": "The shop is down", "kind": "outage", "people": people })
}

async fn send(by: &TestPerson, channel: &str, body: Value) -> Value {
    by.post(&format!("/api/channels/{channel}/urgents"), body)
        .await
        .expect(201)["urgent"]
        .clone()
}

fn path(urgent: &Value) -> String {
    format!(
        "/api/channels/{}/urgents/{}",
        urgent["channel_id"].as_str().unwrap(),
        id_of(urgent)
    )
}

async fn look(who: &TestPerson, urgent: &Value) -> Value {
    who.get(&path(urgent)).await.expect(200)
}

async fn state(who: &TestPerson, urgent: &Value) -> String {
    look(who, urgent).await["urgent"]["state"]
        .as_str()
        .unwrap()
        .to_owned()
}

async fn act(who: &TestPerson, urgent: &Value, kind: &str) -> platform::testing::Answer {
    who.post(&format!("{}/moves", path(urgent)), json!({ "move": kind }))
        .await
}

/// Who was called how often, in the order of the chain.
async fn calls(who: &TestPerson, urgent: &Value) -> Vec<(String, usize)> {
    let view = look(who, urgent).await;
    let steps = view["urgent"]["steps"].as_array().cloned().unwrap_or_default();
    let people = steps
        .iter()
        .flat_map(|step| step["people"].as_array().cloned().unwrap_or_default());
    let n = |call: &Value| call["called_at"].as_array().map_or(0, Vec::len);
    people
        .map(|call| (call["person_id"].as_str().unwrap().to_owned(), n(&call)))
        .collect()
}

fn is(calls: &[(String, usize)], expected: &[(&TestPerson, usize)]) {
    let expected: Vec<(String, usize)> = expected
        .iter()
        .map(|(person, n)| (person.id.clone(), *n))
        .collect();
    assert_eq!(calls, expected);
}

async fn space_of(house: &House, who: &TestPerson) -> String {
    let start = who
        .get(&format!("/api/start?channel={}", house.general))
        .await
        .expect(200);
    let spaces = start["spaces"].as_array().cloned().unwrap_or_default();
    spaces[0]["id"].as_str().unwrap().to_owned()
}

/// Everybody in this order, handed over on Mondays at nine in UTC; all agree.
async fn rota(house: &House, people: &[&TestPerson], chain: Value) -> String {
    let space = space_of(house, &house.owner).await;
    let path = format!("/api/spaces/{space}/rota");
    let revision = house.owner.get(&path).await.expect(200)["rota"]["revision"].clone();
    let ids: Vec<&str> = people.iter().map(|person| person.id.as_str()).collect();
    let body = json!({ "time_zone": "UTC", "weekday": 1, "from_min": 540, "people": ids, "chain": chain, "revision": revision });
    house.owner.put(&path, body).await.expect(200);
    for person in people {
        person
            .put(&format!("{path}/consent"), json!({ "agreed": true }))
            .await
            .expect(200);
    }
    path
}

async fn direct(one: &TestPerson, other: &TestPerson) -> String {
    let made = one.post("/api/directs", json!({ "people": [other.id] })).await;
    id_of(&made.expect(200))
}

/// What is told to somebody from now on.
async fn ear(person: &TestPerson) -> Listener {
    Listener::open(person, json!({})).await.0
}
