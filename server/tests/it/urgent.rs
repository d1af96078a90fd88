//! `kill -9` again and again while chains run: everybody is called in their turn, once, and told of it once.
//!
//! Time passes here while the server is down: all that is written down of a chain is moved into the past. So five minutes
//! cost nothing, and the server wakes with work that is due, in the middle of which it dies.

use crate::support::{Person, Place, until};
use base::Timestamp;
use platform::testing::Store;
use reqwest::Method;
use serde_json::{Value, json};
use std::{collections::BTreeSet, time::Duration};

/// Five minutes in each: the chains end after thirty.
const ROUNDS: usize = 8;
const STEP_US: i64 = 300_000_000;
const DATABASE: &str = "antiphon.db";

/// Everything that a chain goes by, five minutes earlier; the lease of a dead process, too.
const EARLIER: [&str; 5] = [
    "update urgent set created_at = created_at - 300000000, sent_at = sent_at - 300000000, ended_at = ended_at - 300000000",
    "update urgent_called set told_at = told_at - 300000000",
    "update urgent_page set at = at - 300000000",
    "update urgent_reaction set at = at - 300000000",
    "update job set run_at = run_at - 300000000, leased_until = 0 where kind = 'urgent.step'",
];

pub(crate) fn run_all(place: &Place, statements: &[&str]) {
    match place.setting("DATABASE_URL") {
        Some(url) => {
            let mut client = postgres::Client::connect(url, postgres::NoTls).expect("a database");
            for statement in statements {
                client.batch_execute(statement).expect("it runs");
            }
        }
        None => {
            let opened = rusqlite::Connection::open(place.data().join(DATABASE)).expect("a database");
            for statement in statements {
                opened.execute_batch(statement).expect("it runs");
            }
        }
    }
}

/// Texts of a query's only column.
pub(crate) fn list(place: &Place, query: &str) -> Vec<String> {
    match place.setting("DATABASE_URL") {
        Some(url) => {
            let mut client = postgres::Client::connect(url, postgres::NoTls).expect("a database");
            let rows = client.query(query, &[]).expect("rows");
            rows.iter().map(|row| row.get(0)).collect()
        }
        None => {
            let opened = rusqlite::Connection::open(place.data().join(DATABASE)).expect("a database");
            let mut rows = opened.prepare(query).expect("a query");
            let rows = rows.query_map([], |row| row.get(0)).expect("rows");
            rows.collect::<Result<_, _>>().expect("texts")
        }
    }
}

/// The calls that were told: to whom, of what, for which turn.
fn told(place: &Place) -> Vec<String> {
    let whose = match place.setting("DATABASE_URL") {
        Some(_) => "scope::text",
        None => "hex(scope)",
    };
    let events = format!("select {whose} || ' ' || body from event where kind = 'urgent.paged'");
    let call = |event: String| {
        let (person, body) = event.split_once(' ').expect("a person and a body");
        let body: Value = serde_json::from_str(body).expect("a body is JSON");
        format!("{person} {} {}", body["urgent_id"], body["nth"])
    };
    list(place, &events).into_iter().map(call).collect()
}

async fn works_always(person: &Person) {
    let view = person.get("/api/hours").await.expect(200);
    let mut hours = view["hours"].clone();
    hours["work"] = (1..=7)
        .map(|day| json!({ "weekday": day, "from_min": 0, "to_min": 0 }))
        .collect();
    (hours["holidays"], hours["quiet"]) = (Value::Null, Value::Null);
    put(
        person,
        "/api/hours",
        json!({ "hours": hours, "revision": view["revision"] }),
    )
    .await;
}

pub(crate) async fn put(person: &Person, path: &str, body: Value) {
    let answer = person
        .send(Method::PUT, path, Some(body))
        .await
        .expect("it answers");
    assert_eq!(answer.status, 200, "{}", answer.body);
}

async fn look(sender: &Person, channel: &str, urgent: &str) -> Value {
    sender
        .get(&format!("/api/channels/{channel}/urgents/{urgent}"))
        .await
        .expect(200)["urgent"]
        .clone()
}

/// All calls of a chain, as (person, when); each person's in order and five minutes apart.
fn calls(urgent: &Value) -> Vec<(String, i64)> {
    let mut calls = Vec::new();
    for step in urgent["steps"].as_array().into_iter().flatten() {
        for call in step["people"].as_array().into_iter().flatten() {
            let times: Vec<i64> = call["called_at"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_i64)
                .collect();
            assert!(
                times.windows(2).all(|pair| pair[1] - pair[0] >= STEP_US),
                "nobody is called before their time: {times:?}"
            );
            let person = call["person_id"].as_str().expect("somebody").to_owned();
            calls.extend(times.into_iter().map(|at| (person.clone(), at)));
        }
    }
    calls
}

/// Whether nobody has to be called any more at this moment.
fn is_settled(urgent: &Value, now: i64) -> bool {
    if urgent["state"] != "calling" {
        return true;
    }
    let steps = urgent["steps"].as_array().cloned().unwrap_or_default();
    let begun = steps
        .iter()
        .filter(|step| step["from"].as_i64().is_some_and(|from| from <= now));
    let people = begun.flat_map(|step| step["people"].as_array().cloned().unwrap_or_default());
    people.into_iter().all(|call| {
        let last = call["called_at"]
            .as_array()
            .and_then(|times| times.last()?.as_i64());
        last.is_some_and(|at| now - at < STEP_US)
    })
}

fn now() -> i64 {
    platform::clock::Clock::system().now().0
}

async fn kills_in_chains_lose_no_call_and_make_none_twice(store: Store) {
    let Some(place) = Place::on(store) else { return };
    let mut antiphon = place.start().await;
    let ada = antiphon.owner().await;
    let channel = ada.general().await;
    let (bob, cy, dee) = (
        ada.invites("Bob").await,
        ada.invites("Cy").await,
        ada.invites("Dee").await,
    );
    let mut ids = Vec::new();
    for person in [&ada, &bob, &cy, &dee] {
        works_always(person).await;
        ids.push(person.get("/api/me").await.expect(200)["id"].clone());
    }
    let space = ada.get("/api/start").await.expect(200)["spaces"][0]["id"].clone();
    let chain = json!([{ "person_id": ids[2], "wait_min": 10 }, { "person_id": ids[3], "wait_min": 10 }]);
    let rota = json!({ "time_zone": "UTC", "weekday": 1, "from_min": 540, "people": [], "chain": chain, "revision": 0 });
    put(
        &ada,
        &format!("/api/spaces/{}/rota", space.as_str().expect("a space")),
        rota,
    )
    .await;
    let mut urgents = Vec::new();
    for _ in 0..3 {
        let id = uuid::Uuid::now_v7().to_string();
        let body = json!({ "id": id, "message_id": uuid::Uuid::now_v7(), "text": "The shop is down", "kind": "outage",
            "people": [ids[1]], "chain": true });
        ada.post(&format!("/api/channels/{channel}/urgents"), body)
            .await
            .expect(201);
        urgents.push(id);
    }
    for round in 0..ROUNDS {
        // It dies anywhere between its first breath and the end of its work.
        tokio::time::sleep(Duration::from_millis(rand_ms(round))).await;
        antiphon.kill();
        tokio::task::block_in_place(|| run_all(&place, &EARLIER));
        antiphon = place.start().await;
        if round % 2 == 0 {
            continue;
        }
        for urgent in &urgents {
            until("everybody is called whose turn it is", || async {
                let shown = look(&ada, &channel, urgent).await;
                is_settled(&shown, now()).then_some(())
            })
            .await;
        }
    }
    let mut n_calls = 0;
    for urgent in &urgents {
        let shown = look(&ada, &channel, urgent).await;
        assert_eq!(shown["state"], "nobody");
        let calls = calls(&shown);
        n_calls += calls.len();
        let called: BTreeSet<&str> = calls.iter().map(|(person, _)| person.as_str()).collect();
        let expected: BTreeSet<&str> = ids[1..].iter().filter_map(Value::as_str).collect();
        assert_eq!(called, expected, "no step of the chain was lost");
    }
    antiphon.kill();
    let told = tokio::task::block_in_place(|| told(&place));
    let different: BTreeSet<&String> = told.iter().collect();
    assert_eq!(
        (told.len(), different.len()),
        (n_calls, n_calls),
        "each call was told once"
    );
}

/// From 0 to 0.9 seconds, different in each round and each run.
pub(crate) fn rand_ms(round: usize) -> u64 {
    let Timestamp(now) = platform::clock::Clock::system().now();
    (now.unsigned_abs() / 7 + round as u64 * 331) % 900
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kills_in_chains_lose_nothing_on_sqlite() {
    kills_in_chains_lose_no_call_and_make_none_twice(Store::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kills_in_chains_lose_nothing_on_postgres() {
    kills_in_chains_lose_no_call_and_make_none_twice(Store::Postgres).await;
}
