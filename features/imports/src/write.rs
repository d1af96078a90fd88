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
    shelf::{Fetcher, FileAt, list_emoji},
    store::{self, Kind},
};
use messages::ImportText;
use platform::{
    clock::Clock,
    db::{Db, Tx},
    journal::ACCESS_SCOPE,
};
use std::{collections::HashSet, sync::Arc};
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
    /// None: files leave their names.
    pub files: Option<Fetcher>,
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
            files: None,
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
        let mut batch = batch?;
        self.fetch(&mut batch).await?;
        self.n_lines += batch.lines.len() as u64;
        let (n_bytes, skipped) = (batch.n_bytes_read, batch.skipped);
        self.tally += self.write(batch.lines).await?;
        self.tally.skipped += skipped;
        self.progress.show(n_bytes, self.n_lines);
        Ok(())
    }

    /// Keeps the files of messages that are not here yet, and notes the names of those that cannot be had.
    async fn fetch(&mut self, batch: &mut Batch) -> Result<(), Error> {
        let messages = batch.lines.iter_mut().filter_map(|(_, line)| match line {
            Line::Message(message) if !message.files.is_empty() => Some(message),
            _ => None,
        });
        let mut messages: Vec<_> = messages.collect();
        if messages.is_empty() {
            return Ok(());
        }
        let names: Vec<String> = messages
            .iter()
            .map(|message| message.name_here.0.clone())
            .collect();
        let list =
            move |tx: &mut dyn Tx| store::list_refs(tx, Kind::Message, names.iter().map(String::as_str));
        let known: HashSet<String> = self
            .db
            .read(list)
            .await?
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        messages.retain(|message| !known.contains(&message.name_here.0));
        for message in messages {
            let mut notes = Vec::new();
            for field in &message.files {
                let room = message.kept.len() < files::PER_MESSAGE_MAX;
                let kept = match &mut self.files {
                    Some(fetcher) if room => fetcher.keep(field).await?,
                    _ => None,
                };
                match kept {
                    Some(kept) => message.kept.push(kept),
                    None => notes.push(field.note.as_str()),
                }
            }
            batch.skipped.n_files += notes.len() as u64;
            let text = [message.text.source(), &notes.join("\n")]
                .map(str::trim)
                .join("\n\n");
            // A text that has no room for more stays as it is; what was left out is counted.
            if let Ok(text) = ImportText::read_beside_files(text.trim()) {
                message.text = text;
            }
        }
        Ok(())
    }

    /// Adds emoji of the source's own that are not here yet, as those of an owner or of the first person; the names of
    /// all that are here then.
    pub async fn add_emoji(&mut self, found: Vec<(String, FileAt)>) -> Result<HashSet<String>, Error> {
        let known = self.db.read(list_emoji).await?;
        let first = self.db.read(accounts::find_first_person).await?;
        for (name, at) in found {
            if known.contains(&name) {
                self.tally.n_known += 1;
                continue;
            }
            let added = match (&mut self.files, first) {
                (Some(fetcher), Some(by)) => fetcher.add_emoji(by, &name, &at).await?,
                _ => false,
            };
            self.tally.n_emoji += u64::from(added);
            self.tally.skipped.n_emoji += u64::from(!added);
        }
        self.db.read(list_emoji).await
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
