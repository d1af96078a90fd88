//! A connection beside lanes and readers, for work that takes longer than a request may: exports and imports of
//! everything. Its caller's thread is blocked meanwhile.
//!
//! Invariants: a [`Snapshot`] sees one moment, however long it lives, and writes nothing; what is written through a
//! [`Bulk`] is there as a whole after [`Bulk::commit`], or not at all, and is announced to nobody.

use super::{Location, Result, Store, Tx, postgres::PostgresStore, sqlite::SqliteStore};
use crate::journal::Listeners;

/// Everything as it was when it was opened. A long one keeps an embedded database from shortening its write-ahead file.
pub struct Snapshot(Box<dyn Store>);

impl Snapshot {
    /// Begins to look.
    pub fn open(location: &Location) -> Result<Self> {
        let mut store: Box<dyn Store> = match location {
            Location::Sqlite { file, .. } => {
                let mut store = SqliteStore::open_reader(file)?;
                store.begin_reading()?;
                Box::new(store)
            }
            Location::Postgres { url, .. } => {
                let mut store = PostgresStore::connect(url)?;
                store.begin_reading()?;
                Box::new(store)
            }
        };
        // The moment is that of the first statement.
        let seen = store.as_tx().find(&LOOK, &[], |_| Ok(()));
        seen.map(|_| Self(store))
    }

    /// For statements that read.
    pub fn tx(&mut self) -> &mut dyn Tx {
        self.0.as_tx()
    }
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        self.0.rollback();
    }
}

/// One transaction for everything, into a database that nobody else uses. Its size is bounded by the disk.
pub struct Bulk(Box<dyn Store>);

impl Bulk {
    /// Begins to write; the schema is there.
    pub fn open(location: &Location) -> Result<Self> {
        let mut store: Box<dyn Store> = match location {
            Location::Sqlite { file, .. } => {
                Box::new(SqliteStore::open(file)?.heard_by(Listeners::default()))
            }
            Location::Postgres { url, .. } => Box::new(PostgresStore::connect(url)?),
        };
        store.begin()?;
        Ok(Self(store))
    }

    /// For any statement.
    pub fn tx(&mut self) -> &mut dyn Tx {
        self.0.as_tx()
    }

    /// Makes it durable. Without it everything is forgotten.
    pub fn commit(mut self) -> Result<()> {
        self.0.commit()
    }
}

impl Drop for Bulk {
    fn drop(&mut self) {
        self.0.rollback();
    }
}

crate::sql! {
    LOOK = "select seq from event_scope limit 1";
}
