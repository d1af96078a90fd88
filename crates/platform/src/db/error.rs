//! What can go wrong with the database, in the words a caller can act on.

use crate::http::problem::{BUSY, CONFLICT, DISK_FULL, INVALID, Problem, UNSURE};
use std::{sync::Arc, time::Duration};

/// When a client may try again after [`Error::Busy`]: about the time that a database needs to restart.
const RETRY_AFTER: Duration = Duration::from_secs(2);

/// `Result` with a database [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

/// A failure of the database.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// Too much is waiting, or the database is away: nothing was done; try again later.
    #[error("the database did not take the work in time")]
    Busy,
    /// The connection broke during the commit: it may or may not have been saved.
    #[error("whether the change was saved is not known")]
    Unsure,
    /// No room is left on the disk. Nothing was written.
    #[error("the disk of the database is full")]
    Full,
    /// The lane has ended, for good.
    #[error("the database has stopped: {0}")]
    Stopped(Arc<str>),
    /// A unique value exists already.
    #[error("a value that must be unique is taken")]
    Taken,
    /// Another transaction stood in the way; the lane repeats the batch.
    #[error("another transaction stood in the way")]
    Conflict,
    /// The connection to the database broke before the commit; nothing was saved.
    #[error("the connection to the database was lost")]
    Lost,
    /// A row that must be there is not.
    #[error("a row that must be there is absent")]
    NoRow,
    /// A column does not hold what the code expects.
    #[error("column {0} does not hold what was expected")]
    Column(usize),
    /// The flush to the disk failed. Nothing after it can be trusted.
    #[error("writing to the disk failed: {0}")]
    Disk(Arc<str>),
    /// A text holds the character NUL, which PostgreSQL cannot store.
    #[error("a text holds the character NUL")]
    Nul,
    /// A piece of work panicked; nothing of it was kept.
    #[error("a piece of work broke off")]
    Panicked,
    /// Anything else, with the statement's name.
    #[error("statement {name} failed")]
    Statement {
        /// The constant's name in the code.
        name: &'static str,
        /// What the driver said.
        source: Arc<dyn std::error::Error + Send + Sync>,
    },
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Busy | Error::Conflict | Error::Lost | Error::Stopped(_) => {
                Problem::new(&BUSY).detail("Nothing was saved. Try again in a moment.").retry_after(RETRY_AFTER)
            }
            Error::Unsure => Problem::new(&UNSURE)
                .detail("The answer of the database was lost. Sending the same again is safe.")
                .retry_after(RETRY_AFTER),
            Error::Full => Problem::new(&DISK_FULL)
                .detail("Nothing was saved. Reading still works, and so does deleting; the administrator can make room."),
            Error::Nul => Problem::new(&INVALID).field("", "texts cannot hold the character NUL"),
            Error::Taken => Problem::new(&CONFLICT).detail("Somebody else was faster. Look again."),
            other => Problem::internal(&other),
        }
    }
}
