//! Conversations from elsewhere: `antiphon import jsonl FILE`, as docs/import.md says.
//!
//! Invariants: a batch of lines is written whole or not at all, together with the names by which its lines are known, so
//! that an import may be broken off anywhere and started again; a line whose name is known adds nothing; the first line
//! that cannot be taken stops everything, and says which it is. Nobody is notified.
//!
//! It does not know who asks: that is for whoever may start programs on the server's data.

mod actions;
mod file;
mod line;
mod progress;
mod store;
#[cfg(test)]
mod tests;

pub use actions::{Tally, import_file};

use platform::{db::Migration, feature::Feature};

/// Everything this slice adds to the server.
pub fn feature() -> Feature {
    Feature {
        name: "imports",
        migrations: vec![Migration {
            name: "imports/0001_refs",
            text: include_str!("../migrations/0001_refs.sql"),
        }],
        statements: store::STATEMENTS.to_vec(),
        ..Feature::default()
    }
}

/// Why an import stopped. What stood before is on disk, and the same file can be started again.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A line that cannot be taken.
    #[error("line {line}: {reason}")]
    Refused {
        /// Counted from 1.
        line: u64,
        /// What is wrong with it, and what to do.
        reason: String,
    },
    /// The file cannot be read.
    #[error("the file cannot be read after line {line}")]
    Read {
        /// The last line that was read.
        line: u64,
        /// What the system said.
        source: std::io::Error,
    },
    /// The reader broke off.
    #[error("reading the file broke off")]
    Broken,
    /// The database.
    #[error("the database did not take the lines")]
    Db(#[from] platform::db::Error),
}
