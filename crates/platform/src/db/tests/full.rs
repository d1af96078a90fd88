//! A database file that cannot grow any more, and a disk that has room again.

use super::*;
use crate::{
    app::{Doors, Parts},
    http::problem::{Problem, SIGNED_OUT},
    realtime::Gate,
    testing::TestServer,
};
use std::{
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_does_not_fit_is_refused_as_a_whole_and_the_lane_goes_on() {
    let desk = Desk::begin(Store::Sqlite).await.expect("SQLite is always there");
    desk.note(1).await.expect("there is room");
    let limit = |sql| {
        desk.db
            .write(desk.scope, move |tx| tx.one(sql, &[], |row| row.get::<i64>(0)))
    };
    let limited: Result<i64, Error> = limit(&STOP_GROWING).await;
    assert!(limited.expect("a limit") > 1);
    let scope = desk.scope;
    let large = desk.db.write(scope, move |tx| {
        let seq = note(tx, scope, 2)?;
        tx.exec(&ADD_NOTE, &[3.into(), (&"x".repeat(1_000_000)).into()])?;
        Ok::<_, Error>(seq)
    });
    assert!(matches!(large.await, Err(Error::Full)));
    assert!(
        desk.db.full.swap(false, Ordering::AcqRel),
        "whoever looks for room is told"
    );
    assert_eq!(desk.notes().await, [1]);
    let unlimited: Result<i64, Error> = limit(&GROW_AGAIN).await;
    unlimited.expect("the connection is sound");
    desk.note(2).await.expect("there is room again");
    assert_eq!(desk.numbers().await, (vec![1, 2], vec![1, 2]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn writers_are_let_in_again_once_the_disk_has_room() {
    let doors = Doors {
        authenticate: |_, _| Box::pin(std::future::ready(Err(Problem::new(&SIGNED_OUT)))),
        admit: |_, _, _| Box::pin(std::future::ready(Ok(()))),
        gate: Gate {
            scopes: |_, _| Ok(None),
            may_watch: |_, _, _| Ok(None),
            floors: |_, _| Ok(Vec::new()),
        },
    };
    let parts = Parts {
        features: Vec::new(),
        doors,
        kept: Vec::new(),
    };
    let server = TestServer::start(Store::Sqlite, parts)
        .await
        .expect("SQLite is always there");
    let (db, reserve) = (&server.app.db, server.folder.path().join("reserve"));
    assert!(reserve.exists());
    let write = || db.write(ScopeId::random(), |tx| journal::open(tx, ScopeId::random()));
    db.full.store(true, Ordering::Release);
    let refused: Result<(), Error> = write().await;
    assert!(matches!(refused, Err(Error::Full)));
    let began = Instant::now();
    while !matches!(write().await, Ok::<(), Error>(())) {
        assert!(began.elapsed() < Duration::from_secs(10), "nobody looks for room");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(reserve.exists(), "for the next time");
}
