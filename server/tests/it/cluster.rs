//! Two processes on one PostgreSQL, with NATS between them, or without.

use crate::support::{OwnNats, Place, Reader, free_port};
use platform::testing::Store;
use serde_json::json;
use std::time::{Duration, Instant};

/// Without the bell a message comes with the sweep, once a second; the rest is for a loaded machine.
const SWEPT_WITHIN: Duration = Duration::from_secs(5);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nats_may_stop_and_come_back() {
    let Some(one) = Place::on(Store::Postgres) else {
        return;
    };
    let Some(mut nats) = tokio::task::block_in_place(OwnNats::start) else {
        return;
    };
    let one = one.with("NATS_URL", nats.url());
    let other = one.twin();
    // The set-up link of the process that started last is the one that works.
    let antiphon = one.start().await;
    let here = antiphon.owner().await;
    let twin = other.start().await;
    let there = here.at(&twin.address);
    let channel = here.general().await;
    let mut posted = vec![here.say_for_sure(&channel, "hello").await];
    let reader = Reader::begin(&there, &channel, posted[0].seq).await;
    for round in 0..3 {
        match round {
            1 => nats.stop(),
            2 => tokio::task::block_in_place(|| nats.begin()),
            _ => {}
        }
        for idx in 0..5 {
            let began = Instant::now();
            // Both sides write, so that numbers of both have to be put in order.
            let writer = if idx % 2 == 0 { &here } else { &there };
            let message = writer.say_for_sure(&channel, "over there?").await;
            reader.until(message.seq).await;
            assert!(
                began.elapsed() < SWEPT_WITHIN,
                "round {round} took {:?}",
                began.elapsed()
            );
            posted.push(message);
        }
    }
    let seen = reader.until(posted[posted.len() - 1].seq).await;
    assert_eq!(seen, posted[1..]);
    assert_eq!(there.history(&channel).await, posted);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_killed_between_commit_and_bell_costs_a_moment_only() {
    let Some(one) = Place::on(Store::Postgres) else {
        return;
    };
    let Some(nats) = tokio::task::block_in_place(OwnNats::start) else {
        return;
    };
    let other = one.twin().with("NATS_URL", nats.url());
    // Its bell leads nowhere: each of its commits is one whose bell was never rung.
    let one = one.with("NATS_URL", format!("nats://127.0.0.1:{}", free_port()));
    let antiphon = one.start().await;
    let here = antiphon.owner().await;
    let twin = other.start().await;
    let there = here.at(&twin.address);
    let channel = here.general().await;
    let mut posted = vec![here.say_for_sure(&channel, "hello").await];
    let reader = Reader::begin(&there, &channel, posted[0].seq).await;
    let mut running = Some(antiphon);
    for _ in 0..3 {
        posted.push(here.say_for_sure(&channel, "my last words").await);
        let began = Instant::now();
        if let Some(antiphon) = running.take() {
            antiphon.kill();
        }
        reader.until(posted[posted.len() - 1].seq).await;
        assert!(began.elapsed() < SWEPT_WITHIN, "it took {:?}", began.elapsed());
        running = Some(one.start().await);
    }
    assert_eq!(reader.until(posted[3].seq).await, posted[1..]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_loses_access_at_one_process_loses_it_at_the_other() {
    let Some(one) = Place::on(Store::Postgres) else {
        return;
    };
    let other = one.twin();
    // The set-up link of the process that started last is the one that works.
    let antiphon = one.start().await;
    let here = antiphon.owner().await;
    let twin = other.start().await;
    let there = here.at(&twin.address);
    let mut socket = crate::support::Socket::open(&there, serde_json::json!({}))
        .await
        .expect("it opens");
    socket.ready().await.expect("it is live");
    assert_eq!(here.delete("/api/sessions/current").await.status, 204);
    let closed = tokio::time::timeout(SWEPT_WITHIN, async {
        loop {
            if let crate::support::Came::Closed(code) = socket.next().await {
                return code;
            }
        }
    });
    assert_eq!(closed.await.expect("in time"), Some(4401));
    assert_eq!(there.get("/api/me").await.status, 401);
}

/// Where files lie in one folder or bucket, any process gives out what another has exported.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_export_of_one_process_is_downloaded_from_another() {
    let Some(one) = Place::on(Store::Postgres) else {
        return;
    };
    let shared = one.path("files").display().to_string();
    let one = one.with("BLOBS_FOLDER", shared);
    let other = one.twin();
    let antiphon = one.start().await;
    let here = antiphon.owner().await;
    let twin = other.start().await;
    let there = here.at(&twin.address);
    let begun = here.post("/api/workspace/exports", json!({})).await.expect(202);
    let path = format!("/api/workspace/exports/{}", begun["id"].as_str().expect("an id"));
    let mut answer = there.get(&path).await;
    for _ in 0..200 {
        if answer.status == 200 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        answer = there.get(&path).await;
    }
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(&answer.bytes[..4], b"PK\x03\x04");
    antiphon.kill();
    assert_eq!(there.get(&path).await.bytes, answer.bytes, "its maker is gone");
}
