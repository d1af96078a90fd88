//! The database: one body of code for SQLite and PostgreSQL.
//!
//! A caller hands in a synchronous closure over [`Tx`]. Writing closures run on a *lane* (a thread with one connection)
//! which commits many of them together; reading closures run on reader threads inside one consistent snapshot.
//!
//! Invariants: nobody is answered before the data is on disk; a closure may run more than once and therefore has no
//! effect but through its `Tx`; no await ever happens inside a transaction, so a dropped request leaves nothing half
//! done. This room knows no table but its own and no feature.

mod alone;
mod error;
mod lane;
mod migrate;
mod postgres;
mod sql;
mod sqlite;
#[cfg(test)]
mod tests;
mod work;

pub use alone::{Bulk, STATEMENTS as ALONE_STATEMENTS, Snapshot};
pub use error::{Error, Result};
pub use lane::{Batch, Ended, Store, run_batch, run_patiently};
pub use migrate::{Migration, MigrationError, SCHEMA, STATEMENTS};
pub use sql::{Dialect, FromColumn, Row, Sql, Tx, Value};
pub use sqlite::SqliteStore;
pub use work::Work;
#[cfg(test)]
pub(crate) use work::{Claim, pending};

use crate::{journal::Listeners, realtime::Frame};
use base::ScopeId;
use crossbeam_channel::{Sender, TrySendError, bounded};
use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::sync::oneshot;

/// How many pieces of work may wait for one lane: two seconds' worth at the measured 2,000 writes a second of a slow
/// disk. A full lane answers [`Error::Busy`] at once.
const LANE_CAPACITY: usize = 4096;
/// How long a piece of work may wait before it starts.
const START_WITHIN: Duration = Duration::from_secs(5);
/// How long a waiter stays once its work has begun: longer than all that the lanes bound themselves (a statement of
/// 15 s, a lock of 5 s, a new connection of 6 s). It only passes when the database hangs.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);

/// Where the data lies.
#[derive(Debug, Clone)]
pub enum Location {
    /// One file, embedded; `:memory:` is not supported because readers need the same data.
    Sqlite {
        /// The database file.
        file: PathBuf,
        /// Reader threads.
        readers: usize,
    },
    /// A PostgreSQL server.
    Postgres {
        /// `postgres://user:password@host/database?options`.
        url: String,
        /// Writer lanes; a scope always goes to the same one.
        lanes: usize,
        /// Reader threads.
        readers: usize,
    },
}

/// What a lane does besides writing.
#[derive(Clone)]
pub struct Hooks {
    /// Takes the frames of a committed batch, in log order. Called on the lane's thread: hand over and return.
    pub committed: Arc<dyn Fn(Vec<Arc<Frame>>) + Send + Sync>,
    /// Called when a lane cannot go on (a failed flush). The process has to end with this word.
    pub fatal: Arc<dyn Fn(&str) + Send + Sync>,
    /// Raised when the disk of an embedded database is full, lowered by whoever finds room. While it is up only
    /// deletions are let in.
    pub full: Arc<AtomicBool>,
    /// Who acts in the transaction of an event.
    pub listeners: Listeners,
}

impl Hooks {
    /// For work without a server: nobody is told of a commit, and a failed flush shows in the answer alone.
    pub fn offline(listeners: Listeners) -> Self {
        Self {
            committed: Arc::new(|_| {}),
            fatal: Arc::new(|_| {}),
            full: Arc::default(),
            listeners,
        }
    }
}

/// The handle that everyone clones.
#[derive(Clone)]
pub struct Db {
    lanes: Arc<[Sender<Box<dyn Work>>]>,
    readers: Sender<Box<dyn Work>>,
    dialect: Dialect,
    full: Arc<AtomicBool>,
}

impl Db {
    /// Migrates, then starts lanes and readers.
    ///
    /// Errors when the place cannot be opened, holds a newer schema, or a migration fails; nothing was changed then,
    /// except by migrations that had already succeeded as a whole.
    pub fn open(
        location: &Location,
        migrations: &[Migration],
        hooks: Hooks,
    ) -> std::result::Result<Db, MigrationError> {
        let full = hooks.full.clone();
        match location {
            Location::Sqlite { file, readers } => {
                sqlite::migrate(file, migrations)?;
                let (lane, waiting) = bounded(LANE_CAPACITY);
                sqlite::spawn_lane(file, waiting, hooks)?;
                let (reader, waiting) = bounded(LANE_CAPACITY);
                for _ in 0..(*readers).max(1) {
                    sqlite::spawn_reader(file, waiting.clone())?;
                }
                Ok(Db {
                    lanes: Arc::from([lane]),
                    readers: reader,
                    dialect: Dialect::Sqlite,
                    full,
                })
            }
            Location::Postgres { url, lanes, readers } => {
                postgres::migrate(url, migrations)?;
                let lanes = (0..(*lanes).max(1)).map(|_| {
                    let (lane, waiting) = bounded(LANE_CAPACITY);
                    postgres::spawn_lane(url.clone(), waiting, hooks.clone());
                    lane
                });
                let lanes = lanes.collect();
                let (reader, waiting) = bounded(LANE_CAPACITY);
                for _ in 0..(*readers).max(1) {
                    postgres::spawn_reader(url.clone(), waiting.clone());
                }
                Ok(Db {
                    lanes,
                    readers: reader,
                    dialect: Dialect::Postgres,
                    full,
                })
            }
        }
    }

    /// Which SQL is spoken.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Runs `job` in a transaction on the lane of `scope` and returns once it is on disk.
    ///
    /// `job` may run several times and must be pure but for its `Tx`. Its error rolls back all it wrote.
    pub async fn write<T, E, F>(&self, scope: impl Into<ScopeId>, job: F) -> std::result::Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: Fn(&mut dyn Tx) -> std::result::Result<T, E> + Send + 'static,
    {
        if self.full.load(Ordering::Acquire) {
            return Err(Error::Full.into());
        }
        self.write_freeing(scope, job).await
    }

    /// The same for work that only removes: it is let in even when the disk is full, and lives from the reserve.
    pub async fn write_freeing<T, E, F>(&self, scope: impl Into<ScopeId>, job: F) -> std::result::Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: Fn(&mut dyn Tx) -> std::result::Result<T, E> + Send + 'static,
    {
        let bits = scope.into().0.as_u128();
        let idx = usize::try_from(bits % self.lanes.len() as u128).unwrap_or(0);
        hand_in(&self.lanes[idx], job, Error::Unsure).await
    }

    /// Runs `job` on one consistent, read-only snapshot.
    pub async fn read<T, E, F>(&self, job: F) -> std::result::Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: Fn(&mut dyn Tx) -> std::result::Result<T, E> + Send + 'static,
    {
        hand_in(&self.readers, job, Error::Busy).await
    }
}

/// `late` is the answer when the database hangs in the middle of the work.
async fn hand_in<T, E, F>(queue: &Sender<Box<dyn Work>>, job: F, late: Error) -> std::result::Result<T, E>
where
    T: Send + 'static,
    E: From<Error> + Send + 'static,
    F: Fn(&mut dyn Tx) -> std::result::Result<T, E> + Send + 'static,
{
    let (reply, mut answer) = oneshot::channel();
    let (work, claim) = work::pending(job, reply);
    match queue.try_send(work) {
        Ok(()) => {}
        Err(TrySendError::Full(_)) => return Err(Error::Busy.into()),
        Err(TrySendError::Disconnected(_)) => return Err(Error::Stopped("the lane has ended".into()).into()),
    }
    let answer = match tokio::time::timeout(START_WITHIN, &mut answer).await {
        Ok(answer) => answer,
        // Nobody has begun: nothing was done, and it never will be.
        Err(_) if claim.abandon() => return Err(Error::Busy.into()),
        Err(_) => match tokio::time::timeout(ANSWER_WITHIN, answer).await {
            Ok(answer) => answer,
            Err(_) => return Err(late.into()),
        },
    };
    answer.unwrap_or_else(|_| Err(Error::Stopped("the lane ended while it worked".into()).into()))
}
