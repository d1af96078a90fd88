//! PostgreSQL away and back: answers stay quick, and nothing is lost or doubled.

use crate::support::{OwnPostgres, Place, Reader};
use std::time::{Duration, Instant};

/// The longest that anybody waits for "not now".
const ANSWER_WITHIN: Duration = Duration::from_secs(8);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_may_stop_and_come_back() {
    let Some(postgres) = tokio::task::block_in_place(OwnPostgres::start) else {
        return;
    };
    let place = Place::new().with("DATABASE_URL", postgres.url());
    let antiphon = place.start().await;
    let owner = antiphon.owner().await;
    let channel = owner.general().await;
    let first = owner.say_for_sure(&channel, "before").await;
    let reader = Reader::begin(&owner, &channel, first.seq).await;
    tokio::task::block_in_place(|| postgres.stop());
    let began = Instant::now();
    let path = format!("/api/channels/{channel}/messages");
    let (posted, read) = tokio::join!(owner.say(&channel, "into nothing"), owner.get(&path));
    for answer in [posted, read] {
        assert!(
            answer.status == 503 && matches!(answer.problem(), "busy" | "unsure"),
            "{}",
            answer.body
        );
        assert!(answer.headers.contains_key("retry-after"), "{:?}", answer.headers);
    }
    assert!(began.elapsed() < ANSWER_WITHIN, "it took {:?}", began.elapsed());
    assert_eq!(
        owner.get("/healthz").await.status,
        200,
        "the process itself is well"
    );
    assert_eq!(
        owner.get("/readyz").await.status,
        503,
        "and says that it cannot serve"
    );
    let waiting = tokio::spawn({
        let (owner, channel) = (owner.clone(), channel.clone());
        async move { owner.say_for_sure(&channel, "patient").await }
    });
    tokio::task::block_in_place(|| postgres.begin());
    let patient = waiting.await.expect("it is taken in the end");
    let last = owner.say_for_sure(&channel, "after").await;
    let history = owner.history(&channel).await;
    let numbers: Vec<i64> = history.iter().map(|posted| posted.seq).collect();
    assert_eq!(numbers, (first.seq..=last.seq).collect::<Vec<_>>(), "no gap");
    for one in [&first, &patient, &last] {
        assert_eq!(history.iter().filter(|posted| *posted == one).count(), 1);
    }
    assert_eq!(reader.until(last.seq).await, history[1..]);
    assert_eq!(owner.get("/readyz").await.status, 200);
}
