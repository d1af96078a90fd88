//! The database as callers see it, on both stores: group commit, waiting, faults, migrations.

mod alone;
mod commit;
mod faults;
mod full;
mod listening;
mod migrations;
mod outage;
mod waiting;

use super::{Db, Error, Hooks, Location, Migration, SCHEMA, Tx};
use crate::{
    journal::{self, Happened},
    realtime::Frame,
    testing::{Store, fresh_postgres_url, idle_hooks, prepare_all},
};
use base::{ScopeId, Seq, Timestamp};
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

const NOTES: Migration = Migration {
    name: "tests/0001_notes",
    text: "create table note (id bigint primary key, text text not null);",
};

crate::sql! {
    ADD_NOTE = "insert into note (id, text) values ($1, $2)";
    CHANGE_NOTE = "update note set text = $2 where id = $1";
    LOCK_NOTE = "update note set text = text where id = $1";
    END_MYSELF = {
        sqlite: "select 0",
        postgres: "select count(*) from (select pg_terminate_backend(pg_backend_pid())) as ended"
    };
    STOP_GROWING = { sqlite: "pragma max_page_count = 1", postgres: "select 1::bigint" };
    GROW_AGAIN = { sqlite: "pragma max_page_count = 1073741823", postgres: "select 1::bigint" };
    LIST_NOTES = "select id from note order by id";
    TEXT_OF_NOTE = "select text from note where id = $1";
}

/// A database of its own, and what its lanes announced.
struct Desk {
    db: Db,
    announced: Arc<Mutex<Vec<Arc<Frame>>>>,
    scope: ScopeId,
    location: Location,
    _folder: TempDir,
}

impl Desk {
    async fn begin(store: Store) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let location = match store {
            Store::Sqlite => sqlite(&folder),
            Store::Postgres => postgres(fresh_postgres_url()?),
        };
        Some(Self::at(location, folder).await)
    }

    async fn at(location: Location, folder: TempDir) -> Self {
        let announced: Arc<Mutex<Vec<Arc<Frame>>>> = Arc::default();
        let hooks = Hooks {
            committed: {
                let announced = announced.clone();
                Arc::new(move |frames| announced.lock().expect("no panic").extend(frames))
            },
            listeners: Arc::from([listening::COPY]),
            ..idle_hooks()
        };
        let db = open(&location, &migrations(), hooks)
            .await
            .expect("the database opens");
        let scope = ScopeId::random();
        let opened: Result<(), Error> = db.write(scope, move |tx| journal::open(tx, scope)).await;
        opened.expect("a log is opened");
        Self {
            db,
            announced,
            scope,
            location,
            _folder: folder,
        }
    }

    /// Writes a note and its event.
    async fn note(&self, id: i64) -> Result<Seq, Error> {
        let scope = self.scope;
        self.db.write(scope, move |tx| note(tx, scope, id)).await
    }

    async fn notes(&self) -> Vec<i64> {
        let read = self
            .db
            .read(|tx| tx.list(&LIST_NOTES, &[], |row| row.get(0)))
            .await;
        read.unwrap_or_else(|error: Error| panic!("{error}"))
    }

    /// The numbers in the log, and those that were announced.
    async fn numbers(&self) -> (Vec<i64>, Vec<i64>) {
        let scope = self.scope;
        let read = self
            .db
            .read(move |tx| journal::read_after(tx, scope, Seq(0), 1000));
        let log = read.await.unwrap_or_else(|error: Error| panic!("{error}"));
        let numbers = |frames: &[Arc<Frame>]| frames.iter().map(|frame| frame.seq.0).collect();
        (numbers(&log), numbers(&self.announced.lock().expect("no panic")))
    }

    /// Stops the lane of our scope until the answer is dropped.
    async fn block_lane(&self) -> Blocked {
        let (release, held) = crossbeam_channel::bounded::<()>(0);
        let (started, begun) = crossbeam_channel::bounded(1);
        let (db, scope) = (self.db.clone(), self.scope);
        tokio::spawn(async move {
            let hold = move |_: &mut dyn Tx| {
                let _ = started.try_send(());
                let _ = held.recv();
                Ok::<_, Error>(())
            };
            db.write(scope, hold).await
        });
        let began = tokio::task::spawn_blocking(move || begun.recv()).await;
        began.expect("no panic").expect("the lane begins");
        Blocked { _release: release }
    }
}

/// Holds a lane until it is dropped.
struct Blocked {
    _release: crossbeam_channel::Sender<()>,
}

fn sqlite(folder: &TempDir) -> Location {
    Location::Sqlite {
        file: folder.path().join("antiphon.db"),
        readers: 2,
    }
}

fn postgres(url: String) -> Location {
    Location::Postgres {
        url,
        lanes: 2,
        readers: 2,
    }
}

fn migrations() -> Vec<Migration> {
    SCHEMA.iter().copied().chain([NOTES]).collect()
}

/// The synchronous client of PostgreSQL must not stand inside the test's runtime.
async fn open(
    location: &Location,
    migrations: &[Migration],
    hooks: Hooks,
) -> Result<Db, super::MigrationError> {
    let (location, migrations) = (location.clone(), migrations.to_vec());
    let opened = tokio::task::spawn_blocking(move || Db::open(&location, &migrations, hooks)).await;
    opened.expect("opening does not panic")
}

fn note(tx: &mut dyn Tx, scope: ScopeId, id: i64) -> Result<Seq, Error> {
    let happened = Happened {
        kind: "note.added",
        actor: None,
        at: Timestamp(1),
    };
    let seq = journal::append(tx, scope, happened, &id)?;
    tx.exec(&ADD_NOTE, &[id.into(), "first".into()])?;
    Ok(seq)
}

#[test]
fn every_statement_of_the_platform_prepares_on_both_databases() {
    let mut migrations = migrations();
    migrations.push(crate::simulation::MIGRATION);
    let mut statements = crate::app::statements(&[]);
    statements.extend(STATEMENTS);
    statements.extend(crate::simulation::STATEMENTS);
    prepare_all(&statements, &migrations);
}

#[test]
fn a_statement_that_one_database_does_not_take_is_named() {
    mod odd {
        crate::sql! {
            ODD = { sqlite: "select nothing from note", postgres: "select count(*)::numeric from note" };
            GAP = "select id from note where id = $2";
        }
    }
    let refused =
        std::panic::catch_unwind(|| prepare_all(odd::STATEMENTS, &migrations())).expect_err("it is refused");
    let why = refused.downcast_ref::<String>().expect("a reason");
    assert!(
        why.contains("SQLite does not take ODD") && why.contains("GAP leaves out"),
        "{why}"
    );
}
