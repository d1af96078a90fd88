//! Nobody waits for ever, and nobody is told a lie about what was done meanwhile. The clock of the waiters is tokio's,
//! held by the test; the lanes run on threads of their own.

use super::*;
use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};
use tokio::time::Instant;

/// Starts with a running clock, because opening and blocking wait for threads.
async fn desk_with_a_blocked_lane() -> (Desk, Blocked) {
    let desk = Desk::begin(Store::Sqlite).await.expect("SQLite is always there");
    let blocked = desk.block_lane().await;
    tokio::time::pause();
    (desk, blocked)
}

#[tokio::test]
async fn work_that_nobody_begins_is_busy_after_five_seconds_and_never_run() {
    let (desk, blocked) = desk_with_a_blocked_lane().await;
    let runs = Arc::new(AtomicUsize::new(0));
    let (counted, began) = (runs.clone(), Instant::now());
    let waited = desk.db.write(desk.scope, move |_| {
        counted.fetch_add(1, Ordering::SeqCst);
        Ok::<_, Error>(())
    });
    assert!(matches!(waited.await, Err(Error::Busy)));
    assert!(began.elapsed() >= Duration::from_secs(5) && began.elapsed() < Duration::from_secs(6));
    tokio::time::resume();
    drop(blocked);
    desk.note(1).await.expect("the lane goes on");
    assert_eq!(
        runs.load(Ordering::SeqCst),
        0,
        "what was given up is not done behind one's back"
    );
}

#[tokio::test]
async fn work_that_hangs_is_unsure_and_not_waited_for() {
    let desk = Desk::begin(Store::Sqlite).await.expect("SQLite is always there");
    let (release, held) = crossbeam_channel::bounded::<()>(0);
    let (started, begun) = crossbeam_channel::bounded(1);
    let scope = desk.scope;
    let hanging = desk.db.write(scope, move |tx| {
        let _ = started.try_send(());
        let _ = held.recv();
        note(tx, scope, 1)
    });
    let (hanging, ()) = futures_util::future::join(hanging, async {
        let began = tokio::task::spawn_blocking(move || begun.recv()).await;
        began.expect("no panic").expect("the lane begins");
        tokio::time::pause();
    })
    .await;
    assert!(matches!(hanging, Err(Error::Unsure)));
    tokio::time::resume();
    drop(release);
    let again = desk.note(1).await;
    assert!(
        matches!(again, Err(Error::Taken)),
        "it was saved after all, and the repetition finds out"
    );
}

#[tokio::test]
async fn a_full_lane_refuses_at_once() {
    let (desk, _blocked) = desk_with_a_blocked_lane().await;
    let began = Instant::now();
    let mut waiting: Vec<_> = (0..super::super::LANE_CAPACITY)
        .map(|_| Box::pin(desk.db.write(desk.scope, |_| Ok::<_, Error>(()))))
        .collect();
    for wait in &mut waiting {
        assert!(futures_util::poll!(wait).is_pending());
    }
    assert!(matches!(desk.note(1).await, Err(Error::Busy)));
    assert_eq!(began.elapsed(), Duration::ZERO);
}

#[tokio::test]
async fn a_full_disk_refuses_all_but_deletions() {
    let desk = Desk::begin(Store::Sqlite).await.expect("SQLite is always there");
    desk.note(1).await.expect("there is room");
    desk.db.full.store(true, Ordering::Release);
    assert!(matches!(desk.note(2).await, Err(Error::Full)));
    let freed = desk
        .db
        .write_freeing(desk.scope, |tx| tx.exec(&CHANGE_NOTE, &[1.into(), "".into()]));
    assert_eq!(freed.await.unwrap_or_else(|error: Error| panic!("{error}")), 1);
    assert_eq!(desk.notes().await, [1], "reading goes on");
    desk.db.full.store(false, Ordering::Release);
    desk.note(2).await.expect("there is room again");
}
