//! The core that all sources share: batches come from a reader on its own thread, each is written in one transaction.
//!
//! Invariants: a batch is on disk as a whole or not at all, with the names of its lines; when a line is refused, what
//! stood before it is written and the place is told; no more than [`AHEAD`] batches are in memory.

mod progress;
mod tally;
mod writer;

pub use progress::Progress;
pub use tally::Tally;

use crate::{
    Error,
    line::{Batch, Line, Place},
    store::{self, Kind},
};
use platform::{
    clock::Clock,
    db::{Db, Tx},
    journal::ACCESS_SCOPE,
};
use std::sync::Arc;
use tokio::sync::mpsc::Sender;
use uuid::Uuid;

/// Batches that are read ahead while another is written.
const AHEAD: usize = 4;
/// Lines of one transaction: enough that a commit costs little beside them.
pub const BATCH_LINES: usize = 1_000;

/// Where a reader puts its batches. An error comes last.
pub type Out = Sender<Result<Batch, Error>>;

/// What an import writes into.
pub struct Import<'a> {
    pub db: &'a Db,
    pub clock: &'a Clock,
    pub progress: Progress,
    pub tally: Tally,
    n_lines: u64,
}

impl<'a> Import<'a> {
    /// Of a file of this size.
    pub fn new(db: &'a Db, clock: &'a Clock, total_bytes: u64) -> Self {
        Self {
            db,
            clock,
            progress: Progress::new(total_bytes),
            tally: Tally::default(),
            n_lines: 0,
        }
    }

    /// Writes all that `read` sends, which runs on a thread of its own and ends early when nobody takes its batches.
    pub async fn take(&mut self, read: impl FnOnce(&Out) + Send + 'static) -> Result<(), Error> {
        let (out, mut batches) = tokio::sync::mpsc::channel(AHEAD);
        let reader = tokio::task::spawn_blocking(move || read(&out));
        while let Some(batch) = batches.recv().await {
            self.batch(batch).await.inspect_err(|_| self.progress.clear())?;
        }
        reader.await.map_err(|_| Error::Broken)
    }

    async fn batch(&mut self, batch: Result<Batch, Error>) -> Result<(), Error> {
        let batch = batch?;
        self.n_lines += batch.lines.len() as u64;
        let (n_bytes, skipped) = (batch.n_bytes_read, batch.skipped);
        self.tally += self.write(batch.lines).await?;
        self.tally.skipped += skipped;
        self.progress.show(n_bytes, self.n_lines);
        Ok(())
    }

    /// Writes a batch; if one line is refused, those before it.
    async fn write(&self, lines: Vec<(Place, Line)>) -> Result<Tally, Error> {
        let (lines, now) = (Arc::new(lines), self.clock.now());
        let all = lines.clone();
        let written = self
            .db
            .write(ACCESS_SCOPE, move |tx| writer::write(tx, &all, now))
            .await;
        let Err(Error::Refused { place, reason }) = written else {
            return written;
        };
        let n_good = lines.iter().position(|(other, _)| *other == place).unwrap_or(0);
        self.db
            .write(ACCESS_SCOPE, move |tx| writer::write(tx, &lines[..n_good], now))
            .await?;
        Err(Error::Refused { place, reason })
    }

    /// The ids of all people whose names begin so, by what follows.
    pub async fn people(&self, prefix: &'static str) -> Result<Vec<(String, Uuid)>, Error> {
        let list = move |tx: &mut dyn Tx| store::list_refs_from(tx, Kind::Person, prefix);
        self.db.read(list).await.map_err(Error::Db)
    }

    /// Afterwards nothing that was imported counts as unread, also what an earlier run left unfinished.
    pub async fn finish(self) -> Result<Tally, Error> {
        self.progress.clear();
        let now = self.clock.now();
        let unsettled = self.db.read(store::list_unsettled).await.map_err(Error::Db)?;
        for (channel, before) in unsettled {
            let settle = move |tx: &mut dyn Tx| {
                messages::import_settle(tx, channel, before, now)
                    .map_err(|err| Error::refused(Place::default(), err.to_string()))?;
                Ok::<_, Error>(store::drop_unsettled(tx, channel)?)
            };
            self.db.write(ACCESS_SCOPE, settle).await?;
        }
        tracing::info!(n_lines = self.n_lines, "imported a file");
        Ok(self.tally)
    }
}

/// Hands a batch over; an error when the import has stopped.
pub fn send(out: &Out, batch: Batch) -> Result<(), Error> {
    out.blocking_send(Ok(batch)).map_err(|_| Error::Broken)
}
