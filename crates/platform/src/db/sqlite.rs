//! SQLite: one writer lane, reader threads, WAL, every commit flushed.

use super::{
    Batch, Dialect, Ended, Error, Hooks, Migration, MigrationError, Result, Row, Sql, Store, Tx, Value, Work,
    migrate::{MIGRATION_STATEMENTS, Migrator, run_migrations, statements_for},
    run_batch,
    sql::refuse_nul,
};
use crate::{journal::Listeners, realtime::Frame};
use crossbeam_channel::Receiver;
use rusqlite::{
    Connection, ErrorCode, OpenFlags, Statement,
    config::DbConfig,
    ffi,
    types::{ToSqlOutput, ValueRef},
};
use std::{
    path::Path,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};
use uuid::Uuid;

/// Pieces of work per transaction. 64 rows per flush reach half the speed of endless batches; 256 keeps the wait of
/// the first one in a batch below 20 ms.
const BATCH_MAX: usize = 256;
/// Prepared statements kept per connection: more than the whole product has.
const STATEMENT_CACHE: usize = 512;
/// Another process may hold the write lock for as long as a backup begins.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// A connection with an open transaction.
pub struct SqliteStore {
    connection: Connection,
    frames: Vec<Arc<Frame>>,
    /// Length of `frames` at the last savepoint.
    mark: usize,
    n_writes: u64,
    fault: Option<Error>,
    listeners: Listeners,
}

impl SqliteStore {
    /// Uses `connection`, whose pragmas the caller has set.
    pub fn new(connection: Connection) -> Self {
        connection.set_prepared_statement_cache_capacity(STATEMENT_CACHE);
        // Else SQLite looks into bound values while it plans, and plans `limit $1` anew whenever it is bound again. A
        // connection that refuses is only slower.
        let _ = connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true);
        Self {
            connection,
            frames: Vec::new(),
            mark: 0,
            n_writes: 0,
            fault: None,
            listeners: Listeners::default(),
        }
    }

    /// Lets these act in the transactions of events.
    pub fn heard_by(mut self, listeners: Listeners) -> Self {
        self.listeners = listeners;
        self
    }

    /// Opens the file for the writer lane.
    pub fn open(file: &Path) -> Result<Self> {
        let connection = Connection::open(file).map_err(|err| fault("OPEN", err))?;
        prepare(&connection).map_err(|err| fault("PRAGMA", err))?;
        Ok(Self::new(connection))
    }

    /// Opens the file for a reader.
    pub fn open_reader(file: &Path) -> Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(file, flags).map_err(|err| fault("OPEN", err))?;
        connection
            .busy_timeout(BUSY_TIMEOUT)
            .map_err(|err| fault("PRAGMA", err))?;
        connection
            .execute_batch("pragma query_only = on")
            .map_err(|err| fault("PRAGMA", err))?;
        Ok(Self::new(connection))
    }

    /// A database in memory with this schema, for rules that are tried without a lane.
    pub fn in_memory(migrations: &[Migration]) -> std::result::Result<Self, MigrationError> {
        let connection = Connection::open_in_memory().map_err(|err| fault("OPEN", err))?;
        let mut store = Self::new(connection);
        run_migrations(&mut store, migrations)?;
        Ok(store)
    }

    /// The connection itself, for backups and tests.
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    fn batch(&mut self, text: &'static str) -> Result<()> {
        let done = self
            .connection
            .prepare_cached(text)
            .and_then(|mut statement| statement.execute([]));
        done.map(|_| ()).map_err(|err| fault(text, err))
    }

    /// Begins a transaction that only reads.
    pub(super) fn begin_reading(&mut self) -> Result<()> {
        self.batch("begin")
    }

    fn keep_fault<T>(&mut self, result: Result<T>) -> Result<T> {
        if let Err(error) = &result {
            self.fault = Some(error.clone());
        }
        result
    }
}

/// The settings of every writing connection. `synchronous = full` is the promise that answered means on disk.
pub fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.execute_batch(
        "pragma journal_mode = wal;
         pragma synchronous = full;
         pragma foreign_keys = on;
         pragma temp_store = memory;
         pragma secure_delete = on;
         pragma wal_autocheckpoint = 1000;
         pragma journal_size_limit = 67108864;",
    )
}

fn fault(name: &'static str, err: rusqlite::Error) -> Error {
    match err.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => Error::Full,
        // The index of the WAL could not grow; SQLite reports that as a failure of the device.
        Some(ErrorCode::SystemIoFailure) if extended(&err) == Some(ffi::SQLITE_IOERR_SHMSIZE) => Error::Full,
        Some(ErrorCode::SystemIoFailure | ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            Error::Disk(err.to_string().into())
        }
        Some(ErrorCode::ConstraintViolation)
            if matches!(
                extended(&err),
                Some(ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_UNIQUE)
            ) =>
        {
            Error::Taken
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::Busy,
        _ => Error::Statement {
            name,
            source: Arc::new(err),
        },
    }
}

fn extended(err: &rusqlite::Error) -> Option<std::ffi::c_int> {
    err.sqlite_error().map(|err| err.extended_code)
}

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Int(number) => ValueRef::Integer(*number),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Bytes(bytes) => ValueRef::Blob(bytes),
            Value::Id(id) => ValueRef::Blob(id.as_bytes()),
        }))
    }
}

impl Row for rusqlite::Row<'_> {
    fn int(&self, idx: usize) -> Result<Option<i64>> {
        match self.get_ref(idx) {
            Ok(ValueRef::Integer(number)) => Ok(Some(number)),
            Ok(ValueRef::Null) => Ok(None),
            _ => Err(Error::Column(idx)),
        }
    }

    fn text(&self, idx: usize) -> Result<Option<&str>> {
        match self.get_ref(idx) {
            Ok(ValueRef::Null) => Ok(None),
            Ok(value) => value.as_str().map(Some).map_err(|_| Error::Column(idx)),
            Err(_) => Err(Error::Column(idx)),
        }
    }

    fn bytes(&self, idx: usize) -> Result<Option<&[u8]>> {
        match self.get_ref(idx) {
            Ok(ValueRef::Null) => Ok(None),
            Ok(value) => value.as_blob().map(Some).map_err(|_| Error::Column(idx)),
            Err(_) => Err(Error::Column(idx)),
        }
    }

    fn id(&self, idx: usize) -> Result<Option<Uuid>> {
        let bytes = Row::bytes(self, idx)?;
        bytes
            .map(Uuid::from_slice)
            .transpose()
            .map_err(|_| Error::Column(idx))
    }
}

/// Texts are numbered (see [`Sql::sqlite_numbered`]), so `$2` is the second argument wherever it stands.
fn bind(statement: &mut Statement<'_>, args: &[Value<'_>]) -> rusqlite::Result<()> {
    if statement.parameter_count() != args.len() {
        return Err(rusqlite::Error::InvalidParameterCount(
            args.len(),
            statement.parameter_count(),
        ));
    }
    for (idx, arg) in args.iter().enumerate() {
        statement.raw_bind_parameter(idx + 1, arg)?;
    }
    Ok(())
}

fn run(connection: &Connection, sql: &'static Sql, args: &[Value<'_>]) -> Result<u64> {
    refuse_nul(args)?;
    let named = |err| fault(sql.name, err);
    let mut statement = connection.prepare_cached(sql.sqlite_numbered()).map_err(named)?;
    bind(&mut statement, args).map_err(named)?;
    statement.raw_execute().map(|n_rows| n_rows as u64).map_err(named)
}

fn visit_all(
    connection: &Connection,
    sql: &'static Sql,
    args: &[Value<'_>],
    visit: &mut dyn FnMut(&dyn Row) -> Result<()>,
) -> Result<()> {
    refuse_nul(args)?;
    let named = |err| fault(sql.name, err);
    let mut statement = connection.prepare_cached(sql.sqlite_numbered()).map_err(named)?;
    bind(&mut statement, args).map_err(named)?;
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next().map_err(named)? {
        visit(row)?;
    }
    Ok(())
}

impl Tx for SqliteStore {
    fn exec(&mut self, sql: &'static Sql, args: &[Value<'_>]) -> Result<u64> {
        self.n_writes += 1;
        let done = run(&self.connection, sql, args);
        self.keep_fault(done)
    }

    fn each(
        &mut self,
        sql: &'static Sql,
        args: &[Value<'_>],
        visit: &mut dyn FnMut(&dyn Row) -> Result<()>,
    ) -> Result<()> {
        if !is_query(sql.sqlite) {
            self.n_writes += 1;
        }
        let done = visit_all(&self.connection, sql, args, visit);
        self.keep_fault(done)
    }

    fn announce(&mut self, frame: Arc<Frame>) {
        // It has to be undone like a row.
        self.n_writes += 1;
        self.frames.push(frame);
    }

    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    fn listeners(&self) -> Listeners {
        self.listeners.clone()
    }
}

/// Whether a statement only reads; by the house style its first word says so.
pub(super) fn is_query(text: &str) -> bool {
    text.trim_start().starts_with("select")
}

impl Store for SqliteStore {
    fn begin(&mut self) -> Result<()> {
        self.n_writes = 0;
        self.fault = None;
        self.frames.clear();
        self.batch("begin immediate")
    }

    fn commit(&mut self) -> Result<()> {
        self.batch("commit")
    }

    fn rollback(&mut self) {
        self.frames.clear();
        // SQLite may have rolled back by itself (full disk); then there is nothing to undo.
        if !self.connection.is_autocommit() {
            let _ = self.batch("rollback");
        }
    }

    fn savepoint(&mut self) -> Result<()> {
        self.mark = self.frames.len();
        self.batch("savepoint piece")
    }

    fn release(&mut self) -> Result<()> {
        self.batch("release piece")
    }

    fn rollback_to(&mut self) -> Result<()> {
        self.frames.truncate(self.mark);
        self.batch("rollback to piece")?;
        self.batch("release piece")
    }

    fn n_writes(&self) -> u64 {
        self.n_writes
    }

    fn take_fault(&mut self) -> Option<Error> {
        self.fault.take()
    }

    fn take_frames(&mut self) -> Vec<Arc<Frame>> {
        std::mem::take(&mut self.frames)
    }

    fn as_tx(&mut self) -> &mut dyn Tx {
        self
    }
}

/// Starts the writer lane.
pub(super) fn spawn_lane(
    file: &Path,
    waiting: Receiver<Box<dyn Work>>,
    hooks: Hooks,
) -> std::result::Result<(), MigrationError> {
    let mut store = SqliteStore::open(file)?.heard_by(hooks.listeners.clone());
    let lane = move || {
        let mut batch: Batch = Vec::new();
        while next_batch(&waiting, &mut batch, BATCH_MAX) {
            let ended = run_batch(&mut store, &mut batch);
            let why = match ended {
                Ended::Committed(frames) => {
                    (hooks.committed)(frames);
                    None
                }
                Ended::RolledBack => None,
                Ended::Full => {
                    hooks.full.store(true, Ordering::Release);
                    None
                }
                Ended::Lost | Ended::Unsure => Some("the database file went away".to_owned()),
                Ended::Fatal(why) => Some(why),
            };
            for work in batch.drain(..) {
                work.answer();
            }
            if let Some(why) = why {
                return (hooks.fatal)(&why);
            }
        }
    };
    std::thread::Builder::new()
        .name("lane".into())
        .spawn(lane)
        .map_err(|err| MigrationError::Start(err.to_string()))?;
    Ok(())
}

/// Fills `batch` with what waits, at least one; false when the queue has ended.
pub(super) fn next_batch(waiting: &Receiver<Box<dyn Work>>, batch: &mut Batch, max: usize) -> bool {
    let Ok(first) = waiting.recv() else { return false };
    let mut next = Some(first);
    while let Some(work) = next {
        if work.claim() {
            batch.push(work);
        }
        next = if batch.len() < max {
            waiting.try_recv().ok()
        } else {
            None
        };
    }
    true
}

/// Starts a reader.
pub(super) fn spawn_reader(
    file: &Path,
    waiting: Receiver<Box<dyn Work>>,
) -> std::result::Result<(), MigrationError> {
    let mut store = SqliteStore::open_reader(file)?;
    let file = file.to_owned();
    let reader = move || {
        while let Ok(mut work) = waiting.recv() {
            if !work.claim() {
                continue;
            }
            match store.begin_reading() {
                Ok(()) => {
                    work.run(&mut store);
                    store.rollback();
                }
                Err(error) => work.fail(error),
            }
            work.answer();
            // After a failure of the device the connection is not used again.
            if let Some(Error::Disk(why)) = store.take_fault() {
                tracing::error!(why = %why, "could not read the database file");
                match SqliteStore::open_reader(&file) {
                    Ok(opened) => store = opened,
                    Err(error) => tracing::error!(error = %error, "could not open the database file again"),
                }
            }
        }
    };
    std::thread::Builder::new()
        .name("reader".into())
        .spawn(reader)
        .map_err(|err| MigrationError::Start(err.to_string()))?;
    Ok(())
}

/// Brings the file to the newest schema.
pub(super) fn migrate(file: &Path, migrations: &[Migration]) -> std::result::Result<(), MigrationError> {
    refuse_foreign(file)?;
    let mut store = SqliteStore::open(file)?;
    run_migrations(&mut store, migrations)
}

/// A file that is there and is not ours stays as it is, to the byte.
fn refuse_foreign(file: &Path) -> std::result::Result<(), MigrationError> {
    if std::fs::metadata(file).map_or(true, |meta| meta.len() == 0) {
        return Ok(());
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags).map_err(|err| fault("OPEN", err))?;
    let ask =
        "select count(*), count(*) filter (where type = 'table' and name = 'migration') from sqlite_schema";
    let counted = connection
        .query_row(ask, [], |row| Ok((row.get(0)?, row.get(1)?)))
        .map_err(|err| fault("SCHEMA", err));
    match counted {
        // An empty database is what a start leaves behind that broke off before its first step.
        Ok((0_i64, _) | (_, 1_i64)) => Ok(()),
        Ok(_) | Err(Error::Disk(_)) => Err(MigrationError::Foreign(file.to_owned())),
        // Locked for a moment, or in need of recovery, which the writer does.
        Err(_) => Ok(()),
    }
}

impl Migrator for SqliteStore {
    fn lock(&mut self) -> Result<()> {
        // `begin immediate` takes the only write lock.
        self.begin()?;
        self.connection
            .execute_batch(MIGRATION_STATEMENTS)
            .map_err(|err| fault("MIGRATION", err))
    }

    fn apply(&mut self, text: &str) -> Result<()> {
        let text = statements_for(text, Dialect::Sqlite);
        self.connection
            .execute_batch(&text)
            .map_err(|err| fault("MIGRATION", err))
    }
}
