//! SIGTERM: running requests are answered, sockets hear that the server goes away, and the process ends well.

use crate::support::{Came, Place, Socket};
use serde_json::json;
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

const WRITERS: usize = 8;
const BEFORE_THE_END: usize = 40;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_end_is_orderly() {
    let place = Place::new();
    let antiphon = place.start().await;
    let owner = antiphon.owner().await;
    let channel = owner.general().await;
    let mut socket = Socket::open(&owner, json!({})).await.expect("it opens");
    socket.ready().await.expect("it is live");
    let taken = Arc::new(AtomicUsize::new(0));
    let writers = (0..WRITERS).map(|_| {
        let (owner, channel, taken) = (owner.clone(), channel.clone(), taken.clone());
        tokio::spawn(async move {
            let mut mine = Vec::new();
            let path = format!("/api/channels/{channel}/messages");
            loop {
                let id = uuid::Uuid::now_v7().to_string();
                let body = json!({ "id": id, "text": "on the way" });
                // Err: nobody listens any more, so the request was never taken.
                match owner.send(http::Method::POST, &path, Some(body)).await {
                    Ok(answer) if answer.status == 201 => mine.push(id),
                    Ok(answer) => panic!("a running request got {}: {}", answer.status, answer.body),
                    Err(err) => {
                        assert!(err.is_connect() || err.is_request(), "{err:?}");
                        return mine;
                    }
                }
                taken.fetch_add(1, Ordering::AcqRel);
            }
        })
    });
    let writers: Vec<_> = writers.collect();
    crate::support::until("messages are taken", || {
        let enough = taken.load(Ordering::Acquire) >= BEFORE_THE_END;
        async move { enough.then_some(()) }
    })
    .await;
    antiphon.terminate();
    let mut promised = Vec::new();
    for writer in writers {
        promised.extend(writer.await.expect("the writer ends well"));
    }
    let code = loop {
        if let Came::Closed(code) = socket.next().await {
            break code;
        }
    };
    assert_eq!(code, Some(1001));
    let ended = antiphon.ended().await;
    assert_eq!(ended.code(), Some(0), "{}", place.log());
    let antiphon = place.start().await;
    let history = owner.at(&antiphon.address).history(&channel).await;
    promised.sort();
    let mut found: Vec<String> = history.into_iter().map(|posted| posted.id).collect();
    found.sort();
    // Each request was answered or never taken.
    assert_eq!(found, promised);
}
