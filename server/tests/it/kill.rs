//! `kill -9` under load, again and again: what was answered is there, once and in order, and readers saw the same.

use crate::support::{Person, Place, Reader};
use platform::testing::Store;
use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

const ROUNDS: usize = 10;
const WRITERS: usize = 4;
const READERS: usize = 3;
/// Messages that are taken between two kills.
const PER_ROUND: usize = 30;

/// Posts one after the other until told to stop; what the server promised to keep, in order.
async fn write(
    writer: usize,
    person: Person,
    channel: String,
    taken: Arc<AtomicUsize>,
    enough: Arc<AtomicBool>,
) -> Vec<(String, i64)> {
    let mut promised = Vec::new();
    while !enough.load(Ordering::Acquire) {
        let text = format!("writer {writer}, message {}", promised.len());
        let posted = person.say_for_sure(&channel, &text).await;
        promised.push((posted.id, posted.seq));
        taken.fetch_add(1, Ordering::AcqRel);
    }
    promised
}

async fn kills_lose_nothing(store: Store) {
    let Some(place) = Place::on(store) else { return };
    let mut antiphon = place.start().await;
    let owner = antiphon.owner().await;
    let channel = owner.general().await;
    let head = owner.get(&format!("/api/channels/{channel}")).await.expect(200)["head"]
        .as_i64()
        .expect("a head");
    let mut readers = Vec::new();
    for _ in 0..READERS {
        readers.push(Reader::begin(&owner, &channel, head).await);
    }
    let (taken, enough) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
    let writers = (0..WRITERS).map(|writer| {
        tokio::spawn(write(
            writer,
            owner.clone(),
            channel.clone(),
            taken.clone(),
            enough.clone(),
        ))
    });
    let writers: Vec<_> = writers.collect();
    for round in 1..=ROUNDS {
        crate::support::until("messages are taken", || {
            let is_enough = taken.load(Ordering::Acquire) >= round * PER_ROUND;
            async move { is_enough.then_some(()) }
        })
        .await;
        antiphon.kill();
        antiphon = place.start().await;
    }
    enough.store(true, Ordering::Release);
    let mut promised = HashMap::new();
    for writer in writers {
        let mine = writer.await.expect("the writer ends well");
        assert!(
            mine.is_sorted_by(|one, next| one.1 < next.1),
            "each writer's order is kept"
        );
        promised.extend(mine);
    }
    let history = owner.history(&channel).await;
    let numbers: Vec<i64> = history.iter().map(|posted| posted.seq).collect();
    let expected: Vec<i64> = (head + 1..=head + history.len() as i64).collect();
    assert_eq!(numbers, expected, "no gap and nothing twice");
    // Each writer stopped with an answer in hand, so what is there is what was promised.
    let found: HashMap<String, i64> = history
        .iter()
        .map(|posted| (posted.id.clone(), posted.seq))
        .collect();
    assert_eq!(found, promised);
    for reader in readers {
        assert_eq!(reader.until(head + history.len() as i64).await, history);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kills_under_load_lose_nothing_on_sqlite() {
    kills_lose_nothing(Store::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kills_under_load_lose_nothing_on_postgres() {
    kills_lose_nothing(Store::Postgres).await;
}
