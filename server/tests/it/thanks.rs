//! `kill -9` while the thanks of a week are gathered: each is told again once, in one message, whenever the server dies.
//!
//! A week passes here while the server is down: the time of the gathering is moved to a moment ago.

use crate::{
    support::{Person, Place, until},
    urgent::{list, put, rand_ms, run_all},
};
use platform::testing::Store;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;

const ROUNDS: usize = 6;

/// The gathering that waits is due since a second; the lease of a dead process is over.
fn make_due(place: &Place) {
    let next = list(place, "select cast(next_at as text) from thanks_place").remove(0);
    let next: i64 = next.parse().expect("a time");
    let due = platform::clock::Clock::system().now().0 - 1_000_000;
    let moved = [
        format!("update thanks_place set next_at = {due}"),
        format!(
            "update job set run_at = {due}, leased_until = 0, key = replace(key, '{next}', '{due}'), \
                body = replace(body, '{next}', '{due}') where kind = 'thanks.gather' and body like '%{next}'"
        ),
    ];
    run_all(place, &moved.each_ref().map(String::as_str));
}

/// What each gathering tells: the messages of thanks, in order.
async fn gatherings(person: &Person, channel: &str) -> Vec<Vec<String>> {
    let page = person
        .get(&format!("/api/channels/{channel}/messages?limit=100"))
        .await
        .expect(200);
    let mut told = Vec::new();
    for message in page["messages"].as_array().into_iter().flatten() {
        if message["card"]["kind"] != "gathering" {
            continue;
        }
        assert!(message["topic"].is_object(), "with a topic to add to: {message}");
        let id = message["id"].as_str().expect("an id");
        let view = person
            .get(&format!("/api/channels/{channel}/gatherings/{id}"))
            .await
            .expect(200);
        let items = view["items"].as_array().into_iter().flatten();
        told.push(
            items
                .filter_map(|item| item["thanks"]["message_id"].as_str().map(str::to_owned))
                .collect(),
        );
    }
    told
}

async fn kills_while_gathering_lose_no_thanks_and_tell_none_twice(store: Store) {
    let Some(place) = Place::on(store) else { return };
    let mut antiphon = place.start().await;
    let ada = antiphon.owner().await;
    let channel = ada.general().await;
    let bob = ada.invites("Bob").await.get("/api/me").await.expect(200)["id"].clone();
    let space = ada.get("/api/start").await.expect(200)["spaces"][0]["id"].clone();
    let path = format!("/api/spaces/{}/thanks-place", space.as_str().expect("a space"));
    put(
        &ada,
        &path,
        json!({ "channel_id": channel, "title": "Thanks of the week" }),
    )
    .await;
    let mut given = Vec::new();
    for round in 0..ROUNDS {
        let id = uuid::Uuid::now_v7().to_string();
        let body = json!({ "message_id": id, "people": [bob], "text": "for the rope", "may_gather": true });
        ada.post(&format!("/api/channels/{channel}/thanks"), body)
            .await
            .expect(201);
        given.push(id);
        antiphon.kill();
        tokio::task::block_in_place(|| make_due(&place));
        antiphon = place.start().await;
        // It dies anywhere between its first breath and the end of its work.
        tokio::time::sleep(Duration::from_millis(rand_ms(round))).await;
        antiphon.kill();
        let over =
            "update job set run_at = 0, leased_until = 0 where kind = 'thanks.gather' and leased_until > 0";
        tokio::task::block_in_place(|| run_all(&place, &[over]));
        antiphon = place.start().await;
        until("what was thanked for is told again", || async {
            (gatherings(&ada, &channel).await.len() > round).then_some(())
        })
        .await;
    }
    let told = gatherings(&ada, &channel).await;
    let expected: Vec<Vec<String>> = given.iter().map(|id| vec![id.clone()]).collect();
    assert_eq!(
        told, expected,
        "each week one message with the thanks of that week"
    );
    let different: BTreeSet<&String> = told.iter().flatten().collect();
    assert_eq!(different.len(), ROUNDS);
    let next: Value = ada.get(&path).await.expect(200)["next_at"].clone();
    assert!(
        next.as_i64() > Some(platform::clock::Clock::system().now().0),
        "the next week waits: {next}"
    );
    antiphon.kill();
    let waiting =
        tokio::task::block_in_place(|| list(&place, "select body from job where kind = 'thanks.gather'"));
    assert_eq!(waiting.len(), 1, "as one job: {waiting:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kills_while_gathering_lose_no_thanks_on_sqlite() {
    kills_while_gathering_lose_no_thanks_and_tell_none_twice(Store::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kills_while_gathering_lose_no_thanks_on_postgres() {
    kills_while_gathering_lose_no_thanks_and_tell_none_twice(Store::Postgres).await;
}
