//! A reader who takes nothing, among 300 who do: it alone is closed, and comes back with its cursor.

use crate::support::{Came, Person, Place, Socket};
use serde_json::json;
use std::time::{Duration, Instant};
use tokio::{net::TcpSocket, task::JoinSet};

const OTHERS: usize = 300;
/// In a channel of the slow reader alone: more than the system keeps for a connection.
const LONG: usize = 500;
/// In the channel of all: more than the queue of 512.
const SHORT: usize = 640;
const AT_ONCE: usize = 16;

/// How long an answer may take while somebody is slow: far below the 20 s after which a stuck write is given up.
const POST_WITHIN: Duration = Duration::from_secs(10);

async fn slow_socket(person: &Person, channel: &str, head: i64) -> Socket {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.set_recv_buffer_size(4096).expect("a small buffer");
    let address = person
        .address
        .trim_start_matches("http://")
        .parse()
        .expect("an address");
    let stream = socket.connect(address).await.expect("it connects");
    let mut socket = Socket::over(stream, person, json!({ channel: head }))
        .await
        .expect("it opens");
    socket.ready().await.expect("it is live");
    socket
}

/// Reads until a number has come; every number before it must come too.
async fn read_until(mut socket: Socket, channel: String, mut last: i64, end: i64) -> i64 {
    while last < end {
        match socket.next().await {
            Came::Frame(frame) if frame["scope"] == channel.as_str() => {
                assert_eq!(frame["seq"], last + 1, "{frame}");
                last += 1;
            }
            Came::Frame(_) => {}
            Came::Closed(code) => panic!("a reader who reads was closed: {code:?}"),
        }
    }
    last
}

async fn post(owner: &Person, channel: &str, n: usize, text: &str) -> Duration {
    let mut posts = JoinSet::new();
    let mut longest = Duration::ZERO;
    for _ in 0..n {
        if posts.len() == AT_ONCE {
            longest = longest.max(posts.join_next().await.expect("one").expect("it ends well"));
        }
        let (owner, channel, text) = (owner.clone(), channel.to_owned(), text.to_owned());
        posts.spawn(async move {
            let began = Instant::now();
            assert_eq!(owner.say(&channel, &text).await.status, 201);
            began.elapsed()
        });
    }
    let rest = posts.join_all().await;
    rest.into_iter().fold(longest, Duration::max)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_reader_costs_nobody_else() {
    let place = Place::new();
    let antiphon = place.start().await;
    let owner = antiphon.owner().await;
    let channel = owner.general().await;
    let slow = owner.invites("Sloan").await;
    let private = json!({ "name": "diary", "kind": "private" });
    let space = owner.get("/api/start").await.expect(200)["spaces"][0]["id"].clone();
    let path = format!("/api/spaces/{}/channels", space.as_str().expect("an id"));
    let private = slow.post(&path, private).await.expect(201)["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let head = owner.say_for_sure(&channel, "hello").await.seq;
    let end = head + SHORT as i64;
    let mut socket = slow_socket(&slow, &channel, head).await;
    let mut others = JoinSet::new();
    for _ in 0..OTHERS {
        let mut other = Socket::open(&owner, json!({ &channel: head }))
            .await
            .expect("it opens");
        other.ready().await.expect("it is live");
        others.spawn(read_until(other, channel.clone(), head, end));
    }
    post(&slow, &private, LONG, &"x".repeat(15_000)).await;
    let longest = post(&owner, &channel, SHORT, "short").await;
    assert!(longest < POST_WITHIN, "a post took {longest:?}");
    let all = tokio::time::timeout(crate::support::PATIENCE, others.join_all())
        .await
        .expect("in time");
    assert_eq!(all, vec![end; OTHERS]);
    let mut last = head;
    let code = loop {
        match socket.next().await {
            Came::Frame(frame) if frame["scope"] == channel.as_str() => {
                assert_eq!(frame["seq"], last + 1);
                last += 1;
                assert!(last < end, "it was not slow");
            }
            Came::Frame(_) => {}
            Came::Closed(code) => break code,
        }
    };
    // The farewell itself may not have gone out: its line is full.
    assert!(
        matches!(code, Some(4408) | None) && last < end,
        "closed with {code:?} after {last} of {end}"
    );
    let again = Socket::open(&slow, json!({ &channel: last }))
        .await
        .expect("it opens again");
    assert_eq!(
        read_until(again, channel, last, end).await,
        end,
        "it missed nothing"
    );
}
