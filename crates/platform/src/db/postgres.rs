//! PostgreSQL: several writer lanes, each with its own connection, and readers.

use super::{
    Batch, Dialect, Ended, Error, Hooks, Migration, MigrationError, Result, Row, Sql, Store, Tx, Value, Work,
    migrate::{MIGRATION_STATEMENTS, Migrator, run_migrations, statements_for},
    run_patiently,
    sql::refuse_nul,
    sqlite::{is_query, next_batch},
};
use crate::{journal::Listeners, realtime::Frame};
use crossbeam_channel::Receiver;
use postgres::{
    Client, NoTls, Statement,
    error::SqlState,
    types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked},
};
use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};
use uuid::Uuid;

/// Pieces of work per transaction; see the SQLite lane.
const BATCH_MAX: usize = 256;
/// First and longest pause between attempts to reach the server.
const RECONNECT: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(2));
/// How long a batch that met a dead connection waits for another one; with the start limit of five seconds it keeps
/// every answer within eight.
const LOST_PATIENCE: Duration = Duration::from_secs(3);
/// How long a connection attempt may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// Bounds for everything that waits inside the server, so that a stuck lock cannot hold a lane.
///
/// Answered means on disk: where the server's default waits for nothing, these connections do.
const SESSION: &str = "set lock_timeout = '5s'; set statement_timeout = '15s'; \
    set idle_in_transaction_session_timeout = '30s'; set client_min_messages = 'warning'; \
    select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'";
/// A server that vanished without a word is noticed after 10 s of silence and three questions, or when it does not
/// acknowledge what was sent.
const SILENCE: (Duration, Duration, u32) = (Duration::from_secs(10), Duration::from_secs(3), 3);
/// Taken by migrations of all processes; the number is "antiphon" in ASCII.
///
/// Another process may be in the middle of a long step, so this lock is waited for; the tables' own locks are not,
/// because whoever waits for one of those holds up everybody behind it.
const MIGRATION_LOCK: &str = "set local statement_timeout = 0; set local lock_timeout = '10min'; \
    select pg_advisory_xact_lock(7020391351862161262); set local lock_timeout = '5s'";

pub(super) struct PostgresStore {
    client: Client,
    statements: HashMap<*const Sql, Statement>,
    frames: Vec<Arc<Frame>>,
    mark: usize,
    n_writes: u64,
    fault: Option<Error>,
    listeners: Listeners,
}

impl PostgresStore {
    pub(super) fn connect(url: &str) -> Result<Self> {
        Self::connect_heard_by(url, Listeners::default())
    }

    fn connect_heard_by(url: &str, listeners: Listeners) -> Result<Self> {
        let named = |err| fault("CONNECT", err);
        let mut config: postgres::Config = url.parse().map_err(named)?;
        config.connect_timeout(CONNECT_TIMEOUT);
        config.application_name("antiphon");
        config.keepalives_idle(SILENCE.0);
        config.keepalives_interval(SILENCE.1);
        config.keepalives_retries(SILENCE.2);
        config.tcp_user_timeout(SILENCE.0 + SILENCE.1 * SILENCE.2);
        let mut client = config.connect(NoTls).map_err(named)?;
        client.batch_execute(SESSION).map_err(named)?;
        Ok(Self {
            client,
            statements: HashMap::new(),
            frames: Vec::new(),
            mark: 0,
            n_writes: 0,
            fault: None,
            listeners,
        })
    }

    fn statement(&mut self, sql: &'static Sql) -> Result<Statement> {
        let key = std::ptr::from_ref(sql);
        if let Some(statement) = self.statements.get(&key) {
            return Ok(statement.clone());
        }
        let statement = self
            .client
            .prepare(sql.postgres)
            .map_err(|err| fault(sql.name, err))?;
        self.statements.insert(key, statement.clone());
        Ok(statement)
    }

    fn batch(&mut self, text: &'static str) -> Result<()> {
        self.client.batch_execute(text).map_err(|err| fault(text, err))
    }

    fn run(&mut self, sql: &'static Sql, args: &[Value<'_>]) -> Result<u64> {
        refuse_nul(args)?;
        let statement = self.statement(sql)?;
        let args: Vec<&(dyn ToSql + Sync)> = args.iter().map(|arg| arg as _).collect();
        self.client
            .execute(&statement, &args)
            .map_err(|err| fault(sql.name, err))
    }

    fn visit(
        &mut self,
        sql: &'static Sql,
        args: &[Value<'_>],
        visit: &mut dyn FnMut(&dyn Row) -> Result<()>,
    ) -> Result<()> {
        refuse_nul(args)?;
        let statement = self.statement(sql)?;
        let args: Vec<&(dyn ToSql + Sync)> = args.iter().map(|arg| arg as _).collect();
        for row in self
            .client
            .query(&statement, &args)
            .map_err(|err| fault(sql.name, err))?
        {
            visit(&row)?;
        }
        Ok(())
    }

    /// Begins a transaction that only reads, and sees one moment.
    pub(super) fn begin_reading(&mut self) -> Result<()> {
        self.batch("begin isolation level repeatable read read only")
    }

    fn keep_fault<T>(&mut self, result: Result<T>) -> Result<T> {
        if let Err(error) = &result {
            self.fault = Some(error.clone());
        }
        result
    }
}

fn fault(name: &'static str, err: postgres::Error) -> Error {
    let Some(state) = err.code() else {
        // No answer from the server: the connection is gone.
        return if err.is_closed() || std::error::Error::source(&err).is_some_and(is_io) {
            Error::Lost
        } else {
            Error::Statement {
                name,
                source: Arc::new(err),
            }
        };
    };
    match state.code() {
        _ if *state == SqlState::UNIQUE_VIOLATION => Error::Taken,
        // Serialisation failure and deadlock.
        "40001" | "40P01" => Error::Conflict,
        // A lock that was not to be had in five seconds; trying again at once would hold the lane for another five.
        "55P03" => Error::Busy,
        "53100" => Error::Full,
        code if code.starts_with("08") || code.starts_with("57P") || code == "25P03" => Error::Lost,
        "53300" | "53200" => Error::Lost,
        _ => Error::Statement {
            name,
            source: Arc::new(err),
        },
    }
}

fn is_io(source: &(dyn std::error::Error + 'static)) -> bool {
    source.is::<std::io::Error>()
}

impl ToSql for Value<'_> {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Value::Null => return Ok(IsNull::Yes),
            Value::Int(number) if *ty == Type::INT4 => {
                out.extend_from_slice(&i32::try_from(*number)?.to_be_bytes())
            }
            Value::Int(number) if *ty == Type::INT8 => out.extend_from_slice(&number.to_be_bytes()),
            Value::Text(text) if *ty == Type::TEXT => out.extend_from_slice(text.as_bytes()),
            Value::Bytes(bytes) if *ty == Type::BYTEA => out.extend_from_slice(bytes),
            Value::Id(id) if *ty == Type::UUID => out.extend_from_slice(id.as_bytes()),
            other => return Err(format!("a parameter of type {ty} was given {}", other.kind()).into()),
        }
        Ok(IsNull::No)
    }

    fn accepts(ty: &Type) -> bool {
        matches!(
            *ty,
            Type::INT8 | Type::INT4 | Type::TEXT | Type::BYTEA | Type::UUID
        )
    }

    to_sql_checked!();
}

impl Row for postgres::Row {
    fn int(&self, idx: usize) -> Result<Option<i64>> {
        match self.columns().get(idx).map(postgres::Column::type_) {
            Some(ty) if *ty == Type::INT4 => self
                .try_get::<_, Option<i32>>(idx)
                .map(|number| number.map(i64::from))
                .map_err(|_| Error::Column(idx)),
            _ => self.try_get(idx).map_err(|_| Error::Column(idx)),
        }
    }

    fn text(&self, idx: usize) -> Result<Option<&str>> {
        self.try_get(idx).map_err(|_| Error::Column(idx))
    }

    fn bytes(&self, idx: usize) -> Result<Option<&[u8]>> {
        self.try_get(idx).map_err(|_| Error::Column(idx))
    }

    fn id(&self, idx: usize) -> Result<Option<Uuid>> {
        self.try_get(idx).map_err(|_| Error::Column(idx))
    }
}

impl Tx for PostgresStore {
    fn exec(&mut self, sql: &'static Sql, args: &[Value<'_>]) -> Result<u64> {
        self.n_writes += 1;
        let done = self.run(sql, args);
        self.keep_fault(done)
    }

    fn each(
        &mut self,
        sql: &'static Sql,
        args: &[Value<'_>],
        visit: &mut dyn FnMut(&dyn Row) -> Result<()>,
    ) -> Result<()> {
        if !is_query(sql.postgres) {
            self.n_writes += 1;
        }
        let done = self.visit(sql, args, visit);
        self.keep_fault(done)
    }

    fn announce(&mut self, frame: Arc<Frame>) {
        // It has to be undone like a row.
        self.n_writes += 1;
        self.frames.push(frame);
    }

    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    fn listeners(&self) -> Listeners {
        self.listeners.clone()
    }
}

impl Store for PostgresStore {
    fn begin(&mut self) -> Result<()> {
        self.n_writes = 0;
        self.fault = None;
        self.frames.clear();
        self.batch("begin")
    }

    fn commit(&mut self) -> Result<()> {
        self.batch("commit").map_err(|error| match error {
            // The server may have committed before the line broke.
            Error::Lost => Error::Unsure,
            other => other,
        })
    }

    fn rollback(&mut self) {
        self.frames.clear();
        // If this fails the connection is gone, and the server rolls back by itself.
        let _ = self.batch("rollback");
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
        self.batch("rollback to piece; release piece")
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

/// Keeps trying, because a database that restarts must not need a restart of ours. None: not within `patience`.
fn reconnect(url: &str, listeners: &Listeners, patience: Option<Duration>) -> Option<PostgresStore> {
    let (mut pause, longest) = RECONNECT;
    let began = Instant::now();
    let mut told = false;
    loop {
        match PostgresStore::connect_heard_by(url, listeners.clone()) {
            Ok(store) => {
                if told {
                    tracing::info!("reached the database again");
                }
                return Some(store);
            }
            Err(error) if !told => {
                tracing::warn!(error = %error, "lost the database, trying to reach it again");
                told = true;
            }
            Err(_) => {}
        }
        if patience.is_some_and(|patience| began.elapsed() > patience) {
            return None;
        }
        // Everybody's lanes come back at once after a restart of the server: spread them.
        std::thread::sleep(pause.mul_f64(rand::random_range(0.5..1.0)));
        pause = (pause * 2).min(longest);
    }
}

/// Starts a writer lane.
pub(super) fn spawn_lane(url: String, waiting: Receiver<Box<dyn Work>>, hooks: Hooks) {
    let lane = move || {
        let mut batch: Batch = Vec::new();
        // Without a connection nothing is taken from the queue, so that waiters can give up after their five seconds.
        while let Some(mut store) = reconnect(&url, &hooks.listeners, None) {
            loop {
                if !next_batch(&waiting, &mut batch, BATCH_MAX) {
                    return;
                }
                // A connection that died while idle shows it at the next batch.
                let ended = run_patiently(&mut store, &mut batch, || {
                    reconnect(&url, &hooks.listeners, Some(LOST_PATIENCE))
                });
                let sound = matches!(ended, Ended::Committed(_) | Ended::RolledBack | Ended::Full);
                match ended {
                    Ended::Committed(frames) => (hooks.committed)(frames),
                    Ended::Fatal(why) => (hooks.fatal)(&why),
                    Ended::RolledBack | Ended::Full | Ended::Lost | Ended::Unsure => {}
                }
                for work in batch.drain(..) {
                    work.answer();
                }
                if !sound {
                    break;
                }
            }
        }
    };
    spawn("lane", lane);
}

/// Starts a reader.
pub(super) fn spawn_reader(url: String, waiting: Receiver<Box<dyn Work>>) {
    // Nothing happens where nothing is written.
    let nobody = Listeners::default();
    let reader = move || {
        while let Some(mut store) = reconnect(&url, &nobody, None) {
            loop {
                let Ok(mut work) = waiting.recv() else { return };
                if !work.claim() {
                    continue;
                }
                let mut sound = read_one(&mut store, work.as_mut());
                if !sound && let Some(connected) = reconnect(&url, &nobody, Some(LOST_PATIENCE)) {
                    store = connected;
                    sound = read_one(&mut store, work.as_mut());
                }
                work.answer();
                if !sound {
                    break;
                }
            }
        }
    };
    spawn("reader", reader);
}

/// True when the connection is still sound.
fn read_one(store: &mut PostgresStore, work: &mut dyn Work) -> bool {
    let begun = store.begin_reading();
    let fault = match begun {
        Ok(()) => {
            work.run(store);
            store.take_fault()
        }
        Err(error) => Some(error),
    };
    if matches!(fault, Some(Error::Lost)) {
        // Reads change nothing, so the waiter may simply ask again.
        work.fail(Error::Busy);
        return false;
    }
    store.batch("rollback").is_ok()
}

fn spawn(name: &str, run: impl FnOnce() + Send + 'static) {
    let started = std::thread::Builder::new().name(name.into()).spawn(run);
    // Without its threads the database answers nothing; the start check of the process sees that.
    if let Err(err) = started {
        tracing::error!(error = %err, "could not start a database thread");
    }
}

/// Brings the database to the newest schema.
pub(super) fn migrate(url: &str, migrations: &[Migration]) -> std::result::Result<(), MigrationError> {
    let mut store = PostgresStore::connect(url)?;
    run_migrations(&mut store, migrations)
}

impl Migrator for PostgresStore {
    fn lock(&mut self) -> Result<()> {
        self.begin()?;
        self.batch(MIGRATION_LOCK)?;
        self.batch(MIGRATION_STATEMENTS)
    }

    fn apply(&mut self, text: &str) -> Result<()> {
        let text = statements_for(text, Dialect::Postgres);
        self.client
            .batch_execute(&text)
            .map_err(|err| fault("MIGRATION", err))
    }
}
