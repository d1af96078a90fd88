//! What a client may not do, and what becomes of those who do not keep up.

use super::*;
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpSocket,
};

async fn house() -> House {
    House::begin(Store::Sqlite).await.expect("SQLite is always there")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stranger_gets_no_socket() {
    let house = house().await;
    assert!(matches!(
        Listener::connect(&house.server.stranger()).await,
        Err(401 | 403)
    ));
    assert!(matches!(
        Listener::connect(&house.server.with_token("nobody")).await,
        Err(401)
    ));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn frames_that_are_not_known_end_the_connection() {
    let house = house().await;
    let hello = json!({ "type": "hello", "cursors": {} });
    let many: serde_json::Map<_, _> = (0..5001)
        .map(|_| (ScopeId::random().to_string(), json!(1)))
        .collect();
    for odd in [
        json!({ "type": "ping" }),
        json!({ "type": "hello" }),
        json!({ "type": "hello", "cursors": {}, "more": 1 }),
        json!({ "type": "hello", "cursors": { "not an id": 1 } }),
        json!({ "type": "hello", "cursors": many }),
        json!([]),
    ] {
        let mut socket = house.mute().await;
        socket.send(odd).await;
        assert_eq!(socket.closed().await, Some(4400));
    }
    for odd in [
        json!({ "type": "shout" }),
        json!({ "type": "watch" }),
        hello.clone(),
        json!(1),
    ] {
        let (mut socket, _) = house.open(json!({})).await;
        socket.send(odd.clone()).await;
        assert_eq!(socket.closed().await, Some(4400), "{odd}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hello_with_all_its_cursors_fits_and_a_longer_frame_does_not() {
    let house = house().await;
    let all: serde_json::Map<_, _> = (0..5000)
        .map(|_| (ScopeId::random().to_string(), json!(123_456)))
        .collect();
    let (_, before) = house.open(Value::Object(all)).await;
    assert_eq!(before.len(), 5000, "each is gone");
    let (mut socket, _) = house.open(json!({})).await;
    socket
        .send(json!({ "type": "ping", "pad": "x".repeat(300_000) }))
        .await;
    assert_eq!(socket.next().await, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn too_many_frames_end_the_connection() {
    let house = house().await;
    let (mut socket, _) = house.open(json!({})).await;
    for _ in 0..200 {
        socket.send(json!({ "type": "ping" })).await;
        assert_eq!(take(&mut socket, 1).await[0]["type"], "pong");
    }
    socket.send(json!({ "type": "ping" })).await;
    assert_eq!(socket.closed().await, Some(4400));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_so_many_rooms_can_be_watched() {
    let house = house().await;
    let (mut socket, _) = house.open(json!({})).await;
    let mut rooms = Vec::new();
    for _ in 0..17 {
        let room = house.open_room().await;
        socket
            .send(json!({ "type": "watch", "scope": room, "seq": 0 }))
            .await;
        rooms.push(room);
    }
    assert_eq!(
        socket.next().await,
        Some(json!({ "type": "gone", "scope": rooms[16] }))
    );
    socket.send(json!({ "type": "unwatch", "scope": rooms[0] })).await;
    socket
        .send(json!({ "type": "watch", "scope": rooms[16], "seq": 0 }))
        .await;
    house.say(rooms[16], 1, "heard").await;
    assert_eq!(
        socket.next().await.map(|frame| frame["body"].clone()),
        Some(json!("heard"))
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_goes_away_says_so_even_to_who_has_not_said_hello() {
    let house = house().await;
    let (mut greeted, _) = house.open(json!({})).await;
    let mut mute = house.mute().await;
    house.server.app.shutdown.token.cancel();
    assert_eq!(
        (greeted.closed().await, mute.closed().await),
        (Some(1001), Some(1001))
    );
    assert!(
        house.server.app.shutdown.drain(Duration::from_secs(5)).await,
        "nobody is left"
    );
}

/// Says hello over a line with small buffers, and then reads nothing.
async fn slow_reader(house: &House) -> tokio::net::TcpStream {
    let line = TcpSocket::new_v4().expect("a socket");
    line.set_recv_buffer_size(4096).expect("a small buffer");
    let address = house
        .server
        .address
        .trim_start_matches("http://")
        .parse()
        .expect("an address");
    let mut line = line.connect(address).await.expect("a connection");
    let upgrade = format!(
        "GET /api/socket HTTP/1.1\r\nhost: antiphon.test\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
         sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
         authorization: Bearer {}\r\n\r\n",
        house.ada
    );
    line.write_all(upgrade.as_bytes()).await.expect("it is sent");
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(line.read_u8().await.expect("an answer"));
    }
    assert!(
        head.starts_with(b"HTTP/1.1 101"),
        "{}",
        String::from_utf8_lossy(&head)
    );
    // A masked text frame whose mask is zero.
    let hello = br#"{"type":"hello","cursors":{}}"#;
    let length = 0x80 | u8::try_from(hello.len()).expect("a short frame");
    let frame = [&[0x81, length, 0, 0, 0, 0][..], hello].concat();
    line.write_all(&frame).await.expect("it is sent");
    line.read_u8().await.expect("ready comes");
    line
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_reader_is_dropped_and_nobody_else_notices() {
    let house = house().await;
    let slow = slow_reader(&house).await;
    let (mut quick, _) = house.open(json!({})).await;
    let hub = house.server.app.hub.clone();
    assert_eq!(hub.n_connections(), 2);
    let text = "x".repeat(32_000);
    let mut n_said = 0;
    while hub.n_connections() == 2 {
        assert!(n_said < 2000, "the slow reader was kept");
        house.say(house.room, 20, &text).await;
        n_said += 20;
        let heard = seqs(&take(&mut quick, 20).await);
        assert!(heard.into_iter().eq(n_said - 19..=n_said));
        // The end of a connection is its task's doing.
        tokio::task::yield_now().await;
    }
    assert!(n_said > 500, "the queue was used first: {n_said}");
    drop(slow);
    let (_, before) = house.open(cursor(house.room, n_said - 10)).await;
    assert_eq!(before.len(), 10, "who comes back goes on where they were");
}
