//! Whose access changes, their sockets are closed or narrowed within a second.

use super::*;
use std::time::{Duration, Instant};

/// Of the promise; nothing here takes near as long.
const SOON: Duration = Duration::from_secs(1);

crate::both_stores! {
    async fn who_enters_a_room_hears_it_and_who_leaves_does_not(house: House) {
        let (mut socket, _) = house.open(json!({})).await;
        let room = ScopeId::random();
        house.new_room(room).await;
        house.say(room, 2, "before she came").await;
        house.enter(room, house.ada).await;
        assert_eq!(socket.next().await, Some(json!({ "type": "added", "scope": room, "seq": 2 })));
        house.say(room, 1, "welcome").await;
        assert_eq!(seqs(&take(&mut socket, 1).await), [3]);
        let began = Instant::now();
        house.leave(room, house.ada).await;
        assert_eq!(socket.next().await, Some(json!({ "type": "gone", "scope": room })));
        assert!(began.elapsed() < SOON, "{:?}", began.elapsed());
        house.say(room, 1, "behind her back").await;
        house.say(house.room, 1, "still here").await;
        assert_eq!(take(&mut socket, 1).await[0]["body"], "still here");
    }

    async fn a_session_that_ends_closes_its_sockets(house: House) {
        let (mut socket, _) = house.open(json!({})).await;
        let (mut other, _) = house.open(json!({})).await;
        let began = Instant::now();
        house.end_session(house.ada).await;
        assert_eq!((socket.closed().await, other.closed().await), (Some(4401), Some(4401)));
        assert!(began.elapsed() < SOON, "{:?}", began.elapsed());
        let mut again = house.mute().await;
        again.send(json!({ "type": "hello", "cursors": {} })).await;
        assert_eq!(again.closed().await, Some(4401));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_open_room_can_be_watched_until_it_is_left() {
    let house = House::begin(Store::Sqlite).await.expect("SQLite is always there");
    let (mut socket, _) = house.open(json!({})).await;
    let room = house.open_room().await;
    house.say(room, 3, "before").await;
    socket
        .send(json!({ "type": "watch", "scope": room, "seq": 1 }))
        .await;
    assert_eq!(seqs(&take(&mut socket, 2).await), [2, 3]);
    house.say(room, 1, "live").await;
    assert_eq!(seqs(&take(&mut socket, 1).await), [4]);
    socket.send(json!({ "type": "unwatch", "scope": room })).await;
    socket.send(json!({ "type": "ping" })).await;
    assert_eq!(take(&mut socket, 1).await[0]["type"], "pong");
    house.say(room, 1, "unheard").await;
    house.say(house.room, 1, "heard").await;
    assert_eq!(take(&mut socket, 1).await[0]["body"], "heard");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hidden_room_cannot_be_watched_nor_the_log_of_access() {
    let house = House::begin(Store::Sqlite).await.expect("SQLite is always there");
    let hidden = ScopeId::random();
    house.new_room(hidden).await;
    let (mut socket, _) = house.open(json!({})).await;
    for scope in [hidden, ScopeId::random(), ACCESS_SCOPE] {
        socket
            .send(json!({ "type": "watch", "scope": scope, "seq": 0 }))
            .await;
        assert_eq!(
            socket.next().await,
            Some(json!({ "type": "gone", "scope": scope }))
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_watches_a_room_and_enters_it_keeps_hearing_it() {
    let house = House::begin(Store::Sqlite).await.expect("SQLite is always there");
    let room = house.open_room().await;
    let (mut socket, _) = house.open(json!({})).await;
    socket
        .send(json!({ "type": "watch", "scope": room, "seq": 0 }))
        .await;
    house.enter(room, house.ada).await;
    house.say(room, 1, "hello").await;
    assert_eq!(socket.event("said").await["seq"], 1);
    // Nobody watches any more, so this changes nothing.
    socket.send(json!({ "type": "unwatch", "scope": room })).await;
    house.say(room, 1, "again").await;
    assert_eq!(socket.event("said").await["seq"], 2);
}
