//! Writers that append to the log through the platform, each waiting for its answer before it writes again.

use super::{BODY, KIND, N_SCOPES, N_WRITERS, scope};
use anyhow::Result;
use base::{ScopeId, Timestamp};
use platform::{
    db::{Db, Error, Hooks, Location, SCHEMA},
    journal::{self, Happened},
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};
use tokio::{runtime::Runtime, task::JoinSet};

/// Makes the tables, and a log for each scope.
pub(super) fn prepare(location: &Location) -> Result<()> {
    open(location, &runtime()?).map(drop)
}

pub(super) fn rows_per_second(location: &Location, span: Duration) -> Result<f64> {
    let runtime = runtime()?;
    // Before the runtime runs: the PostgreSQL client of the lanes has one of its own.
    let db = open(location, &runtime)?;
    runtime.block_on(async {
        let (written, stop) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
        let mut writers = JoinSet::new();
        for _ in 0..N_WRITERS {
            writers.spawn(write(db.clone(), written.clone(), stop.clone()));
        }
        tokio::time::sleep(span / 5).await;
        let (began, before) = (Instant::now(), written.load(Relaxed));
        tokio::time::sleep(span).await;
        let rate = (written.load(Relaxed) - before) as f64 / began.elapsed().as_secs_f64();
        stop.store(true, Relaxed);
        while let Some(writer) = writers.join_next().await {
            writer??;
        }
        Ok(rate)
    })
}

fn runtime() -> Result<Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?)
}

fn open(location: &Location, runtime: &Runtime) -> Result<Db> {
    let hooks = Hooks {
        fatal: Arc::new(|why| panic!("the lane ended: {why}")),
        ..Hooks::offline(Arc::default())
    };
    let db = Db::open(location, SCHEMA, hooks)?;
    runtime.block_on(async {
        for idx in 0..N_SCOPES {
            db.write(scope(idx), move |tx| journal::open(tx, scope(idx)))
                .await?;
        }
        Ok(db)
    })
}

async fn write(db: Db, written: Arc<AtomicU64>, stop: Arc<AtomicBool>) -> Result<(), Error> {
    let happened = Happened {
        kind: KIND,
        actor: None,
        at: Timestamp(1_800_000_000_000_000),
    };
    while !stop.load(Relaxed) {
        let scope: ScopeId = scope(rand::random_range(0..N_SCOPES));
        db.write(scope, move |tx| journal::append(tx, scope, happened, &BODY))
            .await?;
        written.fetch_add(1, Relaxed);
    }
    Ok(())
}
