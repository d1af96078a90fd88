//! Coming back by cursor: what lay between, and then live.

use super::*;

crate::both_stores! {
    async fn what_lies_after_the_cursor_comes_first_and_then_what_is_new(house: House) {
        house.say(house.room, 5, "before").await;
        let (mut socket, before) = house.open(cursor(house.room, 2)).await;
        assert_eq!(seqs(&before), [3, 4, 5]);
        assert_eq!(before[0]["body"], "before");
        house.say(house.room, 3, "after").await;
        let live = take(&mut socket, 3).await;
        assert_eq!(seqs(&live), [6, 7, 8]);
        assert_eq!((&live[0]["kind"], &live[0]["body"]), (&json!("said"), &json!("after")));
    }

    async fn a_cursor_from_another_history_starts_anew(house: House) {
        house.say(house.room, 2, "there").await;
        for odd in [3, i64::MAX, i64::MIN, -1] {
            let (mut socket, before) = house.open(cursor(house.room, odd)).await;
            if odd == -1 {
                // Three behind two: read from the start, and there is no event 0.
                assert_eq!(before[0]["type"], "reset", "{before:?}");
            }
            assert_eq!(before, [json!({ "type": "reset", "scope": house.room, "seq": 2 })], "{odd}");
            socket.send(json!({ "type": "ping" })).await;
            assert_eq!(socket.next().await, Some(json!({ "type": "pong" })));
        }
    }

    async fn who_is_too_far_behind_starts_anew(house: House) {
        house.say(house.room, 1001, "long ago").await;
        let (mut socket, before) = house.open(cursor(house.room, 0)).await;
        assert_eq!(before, [json!({ "type": "reset", "scope": house.room, "seq": 1001 })]);
        house.say(house.room, 1, "now").await;
        assert_eq!(seqs(&take(&mut socket, 1).await), [1002]);
        let (_, before) = house.open(cursor(house.room, 2)).await;
        assert_eq!(before.len(), 1000, "a thousand events are still given one by one");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_client_is_told_where_each_log_stands() {
    let house = House::begin(Store::Sqlite).await.expect("SQLite is always there");
    house.say(house.room, 4, "before").await;
    let mut socket = house.mute().await;
    socket.send(json!({ "type": "hello", "cursors": {} })).await;
    let ready = json!({ "type": "ready", "heads": cursor(house.room, 4) });
    assert_eq!(socket.next().await, Some(ready));
    house.say(house.room, 1, "after").await;
    assert_eq!(seqs(&take(&mut socket, 1).await), [5]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cursor_of_a_place_that_is_not_mine_is_gone() {
    let house = House::begin(Store::Sqlite).await.expect("SQLite is always there");
    let (absent, hidden) = (ScopeId::random(), ScopeId::random());
    house.new_room(hidden).await;
    house.say(hidden, 1, "secret").await;
    for scope in [absent, hidden, ACCESS_SCOPE] {
        let (_, before) = house.open(cursor(scope, 0)).await;
        assert_eq!(
            before,
            [json!({ "type": "gone", "scope": scope })],
            "absent and hidden look alike"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_frame_reaches_all_who_listen_in_the_same_order() {
    let house = House::begin(Store::Sqlite).await.expect("SQLite is always there");
    let (mut one, _) = house.open(json!({})).await;
    let (mut two, _) = house.open(cursor(house.room, 0)).await;
    for _ in 0..20 {
        house.say(house.room, 3, "hello").await;
    }
    let (one, two) = (take(&mut one, 60).await, take(&mut two, 60).await);
    assert_eq!(one, two);
    assert!(seqs(&one).into_iter().eq(1..=60));
}
