//! Conversations from elsewhere: `antiphon import jsonl|slack|mattermost FILE`, as docs/import.md says.
//!
//! Each source has a folder that turns its files into lines; `write` takes lines and knows no source.
//!
//! Invariants: a batch of lines is written whole or not at all, together with the names by which its lines are known, so
//! that an import may be broken off anywhere and started again; a line whose name is known adds nothing; the first line
//! that cannot be taken stops everything, and says which it is. Nobody is notified.
//!
//! It does not know who asks: that is for whoever may start programs on the server's data.

mod emoji;
mod jsonl;
mod line;
mod mattermost;
mod names;
mod pieces;
mod shelf;
mod slack;
mod store;
#[cfg(test)]
mod tests;
mod write;

pub use jsonl::import_file;
pub use line::{Place, Skipped};
pub use mattermost::import_mattermost;
pub use shelf::Shelf;
pub use slack::import_slack;
pub use write::Tally;

use platform::{
    db::{Migration, Tx},
    feature::Feature,
    journal::{Heard, Listener},
};

/// Everything this slice adds to the server.
pub fn feature() -> Feature {
    Feature {
        name: "imports",
        migrations: vec![Migration {
            name: "imports/0001_refs",
            text: include_str!("../migrations/0001_refs.sql"),
        }],
        statements: store::STATEMENTS.to_vec(),
        listeners: vec![Listener {
            kinds: &[accounts::PERSON_ERASED],
            hear: forget_person,
        }],
        ..Feature::default()
    }
}

/// The names of a source can be those of people.
fn forget_person(tx: &mut dyn Tx, heard: &Heard<'_>) -> platform::db::Result<()> {
    match heard.body::<accounts::PersonErased>() {
        Some(erased) => store::drop_person_refs(tx, erased.person_id),
        None => Ok(()),
    }
}

/// Why an import stopped. What stood before is on disk, and the same file can be started again.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A line that cannot be taken.
    #[error("{place}: {reason}")]
    Refused {
        /// Where it stands.
        place: Place,
        /// What is wrong with it, and what to do.
        reason: String,
    },
    /// The file cannot be read.
    #[error("the file cannot be read after {place}")]
    Read {
        /// The last line that was read.
        place: Place,
        /// What the system said.
        source: std::io::Error,
    },
    /// The archive as a whole cannot be taken.
    #[error("the archive cannot be taken: {0}")]
    Archive(String),
    /// The reader broke off.
    #[error("reading the file broke off")]
    Broken,
    /// The database.
    #[error("the database did not take the lines")]
    Db(#[from] platform::db::Error),
}

impl Error {
    pub(crate) fn refused(place: Place, reason: impl Into<String>) -> Self {
        let reason = reason.into();
        Self::Refused { place, reason }
    }

    pub(crate) fn read(place: Place, source: std::io::Error) -> Self {
        Self::Read { place, source }
    }
}
