//! Migrations: append-only texts, one for both databases.
//!
//! Column types are `uuid`, `bytea`, `bigint` and `text`; SQLite takes any name. Where the two must part, a line
//! `-- sqlite:` or `-- postgres:` opens a section that only the one sees, until `-- both:`.
//!
//! Invariants: a migration runs once, as a whole or not at all; its text never changes afterwards; a database that
//! knows a migration which this program does not is newer than the program and is left alone.

use super::{Dialect, Error, Result, Store, Tx};
use std::collections::HashMap;

/// One step of the schema.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// `feature/NNNN_name`.
    pub name: &'static str,
    /// SQL statements, each ended by a semicolon.
    pub text: &'static str,
}

/// The platform's own tables.
pub const SCHEMA: &[Migration] = &[
    Migration {
        name: "platform/0001_log_and_jobs",
        text: include_str!("../../migrations/0001_log_and_jobs.sql"),
    },
    Migration {
        name: "platform/0002_blob_leftovers",
        text: include_str!("../../migrations/0002_blob_leftovers.sql"),
    },
    Migration {
        name: "platform/0003_add_mail",
        text: include_str!("../../migrations/0003_add_mail.sql"),
    },
];

/// Why the database could not be made ready.
#[derive(Debug, thiserror::Error)]
pub enum MigrationError {
    /// The database holds a step that this program does not know.
    #[error(
        "the data were written by a newer version (it knows \"{0}\"): start that version, or restore a backup"
    )]
    Newer(String),
    /// A step that has run was edited afterwards.
    #[error("migration \"{0}\" is not the one that has run here: a foreign database, or an altered program")]
    Altered(&'static str),
    /// The file is damaged, or another program's.
    #[error("\"{}\" is no database of Antiphon, or it is damaged: restore a backup, or name another folder with ANTIPHON_DATA", .0.display())]
    Foreign(std::path::PathBuf),
    /// A step failed and was undone.
    #[error("migration \"{name}\" failed")]
    Failed {
        /// Which one.
        name: &'static str,
        /// What the database said.
        source: Error,
    },
    /// The database could not be reached or read.
    #[error("the database cannot be opened")]
    Open(#[from] Error),
    /// A thread could not be started.
    #[error("a database thread cannot be started: {0}")]
    Start(String),
}

pub(super) const MIGRATION_STATEMENTS: &str =
    "create table if not exists migration (name text primary key, checksum text not null);";

crate::sql! {
    APPLIED = "select name, checksum from migration";
    REMEMBER = "insert into migration (name, checksum) values ($1, $2)";
}

pub(super) trait Migrator: Store {
    /// Opens a transaction that no other process can run at the same time, with the table of steps in it.
    fn lock(&mut self) -> Result<()>;
    /// Runs a text of several statements.
    fn apply(&mut self, text: &str) -> Result<()>;
}

pub(super) fn run_migrations(
    store: &mut dyn Migrator,
    migrations: &[Migration],
) -> std::result::Result<(), MigrationError> {
    store.lock()?;
    let done = check_applied(store.as_tx(), migrations).and_then(|applied| {
        for migration in migrations {
            if applied.contains_key(migration.name) {
                continue;
            }
            run_one(store, migration).map_err(|source| MigrationError::Failed {
                name: migration.name,
                source,
            })?;
        }
        Ok(())
    });
    match done {
        Ok(()) => Ok(store.commit()?),
        Err(error) => {
            store.rollback();
            Err(error)
        }
    }
}

fn run_one(store: &mut dyn Migrator, migration: &Migration) -> Result<()> {
    store.apply(migration.text)?;
    let checksum = checksum(migration.text);
    store
        .as_tx()
        .exec(&REMEMBER, &[migration.name.into(), checksum.as_str().into()])?;
    Ok(())
}

fn check_applied(
    tx: &mut dyn Tx,
    migrations: &[Migration],
) -> std::result::Result<HashMap<String, String>, MigrationError> {
    let rows = tx.list(&APPLIED, &[], |row| {
        Ok((row.get::<String>(0)?, row.get::<String>(1)?))
    })?;
    let applied: HashMap<_, _> = rows.into_iter().collect();
    let known: HashMap<_, _> = migrations
        .iter()
        .map(|migration| (migration.name, migration.text))
        .collect();
    for name in applied.keys() {
        if !known.contains_key(name.as_str()) {
            return Err(MigrationError::Newer(name.clone()));
        }
    }
    for migration in migrations {
        if applied
            .get(migration.name)
            .is_some_and(|sum| *sum != checksum(migration.text))
        {
            return Err(MigrationError::Altered(migration.name));
        }
    }
    Ok(applied)
}

fn checksum(text: &str) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(text.as_bytes())
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The lines of a migration that one database sees.
pub(super) fn statements_for(text: &str, dialect: Dialect) -> String {
    let mut seen = true;
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        match line.trim() {
            "-- sqlite:" => seen = dialect == Dialect::Sqlite,
            "-- postgres:" => seen = dialect == Dialect::Postgres,
            "-- both:" => seen = true,
            _ if seen => {
                out.push_str(line);
                out.push('\n');
            }
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_database_sees_its_own_sections() {
        let text = "a\n-- sqlite:\nb\n-- postgres:\nc\n-- both:\nd\n";
        assert_eq!(statements_for(text, Dialect::Sqlite), "a\nb\nd\n");
        assert_eq!(statements_for(text, Dialect::Postgres), "a\nc\nd\n");
    }
}
