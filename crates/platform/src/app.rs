//! Puts the parts together: opens the database, starts the hub and the bell, builds the router.
//!
//! Invariants: parts start in the order data → hub → doors and stop in the opposite one. This file knows no feature by
//! name; it gets a list.

use crate::{
    blobs::Blobs,
    clock::Clock,
    config::Config,
    data::DataFolder,
    db::{Db, Hooks, Location, Migration, MigrationError, SCHEMA, Sql},
    feature::{Feature, Guard, Route, Scope},
    http::problem::{MALFORMED, Problem},
    jobs::{self, JobKind},
    journal::Listeners,
    mail,
    outbound::Outbound,
    realtime::{Bell, Frame, Gate, Hub, Principal, serve_socket, sweep},
    shutdown::Shutdown,
    telemetry::Metrics,
};
use axum::{
    Router,
    extract::{
        Request, State,
        ws::{WebSocketUpgrade, rejection::WebSocketUpgradeRejection},
    },
    middleware::{Next, from_fn_with_state},
    response::Response,
    routing::{MethodRouter, get},
};
use futures_util::future::BoxFuture;
use http::HeaderMap;
use std::{
    any::Any,
    ops::Deref,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// Committed batches that may wait for the hub. When it is full the lanes wait: publishing is much faster than
/// committing, so this only happens when the process is starved.
const PUBLISH_CAPACITY: usize = 1024;

/// How soon a disk that has room again is noticed.
const LOOK_FOR_ROOM_EVERY: Duration = Duration::from_millis(500);
/// Bytes read from a socket at once; the frames of clients are shorter.
const SOCKET_READ_BUFFER: usize = 1024;
/// Bytes gathered before they are written; about ten frames.
const SOCKET_WRITE_BUFFER: usize = 8 * 1024;
/// Longest frame of a client: a hello with the 5,000 cursors that it may name is 235 KiB.
const SOCKET_FRAME_MAX: usize = 256 * 1024;

/// Finds out who sends a request, from its headers.
pub type Authenticate = for<'a> fn(&'a App, &'a HeaderMap) -> BoxFuture<'a, Result<Principal, Problem>>;

/// Finds out who sends a request and whether they may come in for this; what it learned it leaves in the extensions,
/// so that the handler need not ask again.
pub type Admit = for<'a> fn(&'a App, &'a mut Request, Guard) -> BoxFuture<'a, Result<(), Problem>>;

/// The answers that the features together give about access.
#[derive(Clone, Copy)]
pub struct Doors {
    /// Who sends this request.
    pub authenticate: Authenticate,
    /// Stands before every route that is not public.
    pub admit: Admit,
    /// What a person may read.
    pub gate: Gate,
}

/// What a server is made of besides its configuration.
pub struct Parts {
    /// In order; a feature may build on those before it.
    pub features: Vec<Feature>,
    /// Who may do what.
    pub doors: Doors,
    /// Things that features keep in memory; see [`App::kept`].
    pub kept: Vec<Arc<dyn Any + Send + Sync>>,
}

/// The server, as handlers see it. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

/// The parts of a running server.
pub struct Inner {
    /// The database.
    pub db: Db,
    /// Who listens to what.
    pub hub: Arc<Hub>,
    /// The time.
    pub clock: Clock,
    /// As read at the start.
    pub config: Arc<Config>,
    /// Files by content hash.
    pub blobs: Blobs,
    /// Seals secrets, and makes links that only we can make.
    pub seal: Arc<crate::seal::Seal>,
    /// Asks addresses that users name.
    pub outbound: Outbound,
    /// Counters for operators.
    pub metrics: Metrics,
    /// Tasks, and the word to end.
    pub shutdown: Shutdown,
    /// Who may do what.
    pub doors: Doors,
    bell: Arc<OnceLock<Bell>>,
    kept: Vec<Arc<dyn Any + Send + Sync>>,
    jobs: Vec<JobKind>,
    letters: Vec<mail::LateLetter>,
    blob_names: Vec<&'static Sql>,
}

impl Deref for App {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}

/// Why a server could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data folder cannot be used.
    #[error(transparent)]
    Data(#[from] crate::data::DataError),
    /// The database cannot be used.
    #[error(transparent)]
    Database(#[from] MigrationError),
    /// The place for files cannot be used.
    #[error("the place for files cannot be used: {0}")]
    Blobs(String),
}

/// Every statement, for the test that prepares each on both databases.
pub fn statements(features: &[Feature]) -> Vec<&'static Sql> {
    crate::db::STATEMENTS
        .iter()
        .chain(crate::db::ALONE_STATEMENTS)
        .chain(crate::journal::STATEMENTS)
        .chain(jobs::STATEMENTS)
        .chain(crate::leftovers::STATEMENTS)
        .chain(crate::mail::STATEMENTS)
        .copied()
        .chain(
            features
                .iter()
                .flat_map(|feature| feature.statements.iter().copied()),
        )
        .collect()
}

/// Every step of the schema, in order.
pub fn migrations(features: &[Feature]) -> Vec<Migration> {
    SCHEMA
        .iter()
        .copied()
        .chain(
            features
                .iter()
                .flat_map(|feature| feature.migrations.iter().copied()),
        )
        .collect()
}

/// All that act in the transactions of events, in order.
pub fn listeners(features: &[Feature]) -> Listeners {
    features
        .iter()
        .flat_map(|feature| feature.listeners.iter().copied())
        .collect()
}

impl App {
    /// Opens everything and starts the background tasks. Nothing is served yet.
    pub fn start(config: Config, clock: Clock, parts: Parts) -> Result<Self, StartError> {
        let shutdown = Shutdown::new();
        let hub = Arc::new(Hub::default());
        let bell = Arc::new(OnceLock::new());
        let committed = start_publisher(hub.clone(), bell.clone());
        let folder = DataFolder::take(&config.data)?;
        let full = Arc::new(AtomicBool::new(false));
        let hooks = Hooks {
            committed,
            fatal: Arc::new(end_process),
            full: full.clone(),
            listeners: listeners(&parts.features),
        };
        let location = location(&config);
        let db = Db::open(&location, &migrations(&parts.features), hooks)?;
        // Not before: a folder that holds something else is left as it was.
        folder.fill_reserve();
        let blobs = Blobs::open(&config).map_err(|err| StartError::Blobs(err.to_string()))?;
        let jobs = parts
            .features
            .iter()
            .flat_map(|feature| feature.jobs.iter().copied())
            .collect();
        let letters = parts
            .features
            .iter()
            .flat_map(|feature| feature.letters.iter().copied())
            .collect();
        let blob_names = parts
            .features
            .iter()
            .flat_map(|feature| feature.blob_names.iter().copied())
            .collect();
        let app = App(Arc::new(Inner {
            db,
            hub,
            clock,
            outbound: Outbound::new(&config.outbound.allowed),
            seal: Arc::new(crate::seal::Seal::new(&config)),
            config: Arc::new(config),
            blobs,
            metrics: Metrics::new(),
            shutdown,
            doors: parts.doors,
            bell: bell.clone(),
            kept: parts.kept,
            jobs,
            letters,
            blob_names,
        }));
        app.start_bell(&bell);
        app.shutdown.spawn(
            "room",
            watch_room(Arc::new(folder), full, app.shutdown.token.clone()),
        );
        Ok(app)
    }

    /// Something a feature keeps in memory, by its type. None if the server was put together without it.
    pub fn kept<T: Any + Send + Sync>(&self) -> Option<&T> {
        self.kept.iter().find_map(|kept| kept.downcast_ref())
    }

    /// Whether the bell between processes is connected; None when there is none.
    pub fn bell_is_connected(&self) -> Option<bool> {
        self.bell.get().map(Bell::is_connected)
    }

    /// The kinds of jobs that the features brought.
    pub fn job_kinds(&self) -> &[JobKind] {
        &self.jobs
    }

    /// The letters that are written when they go out.
    pub fn letters(&self) -> &[mail::LateLetter] {
        &self.letters
    }

    /// The questions whether a feature still names a blob.
    pub fn blob_names(&self) -> &[&'static Sql] {
        &self.blob_names
    }

    /// Starts the runners of jobs and of mail; tests run them by hand instead.
    pub fn start_jobs(&self) {
        let runner = jobs::runner(self.clone(), self.jobs.clone(), self.shutdown.token.clone());
        self.shutdown.spawn("jobs", runner);
        if mail::is_configured(self) {
            let runner = mail::runner(self.clone(), self.shutdown.token.clone());
            self.shutdown.spawn("mail", runner);
        }
    }

    fn start_bell(&self, bell: &OnceLock<Bell>) {
        let stop = self.shutdown.token.clone();
        if let Some(url) = self.config.nats.url.clone() {
            // The prefix keeps installations apart that share one NATS.
            let subject = format!("{}.events", self.config.nats.prefix);
            let (ringer, carry) = Bell::start(url, subject, self.hub.clone(), stop.clone());
            // Set once, here.
            let _ = bell.set(ringer);
            self.shutdown.spawn("bell", carry);
        }
        // Also without a bell: a commit whose answer was lost may be in the log, and nobody has announced it.
        if self.config.database.url.is_some() {
            self.shutdown
                .spawn("sweep", sweep(self.db.clone(), self.hub.clone(), stop));
        }
    }

    /// The REST API of `features` and the socket, without the layers that every request passes.
    pub fn routes(&self, features: &[Feature]) -> Router {
        let routes = features.iter().flat_map(|feature| feature.routes.iter());
        let guard = Guard {
            scope: Scope::READ,
            link_guests: true,
        };
        let socket = self.guarded(get(socket), Some(guard));
        let router = Router::new().route("/api/socket", socket);
        let router = routes.fold(router, |router, route: &Route| {
            router.route(route.path, self.guarded(route.handler.clone(), route.guard()))
        });
        router.with_state(self.clone())
    }

    /// One place for all routes, so that none can forget it.
    fn guarded(&self, handler: MethodRouter<App>, guard: Option<Guard>) -> MethodRouter<App> {
        match guard {
            Some(guard) => handler.route_layer(from_fn_with_state((self.clone(), guard), admit)),
            None => handler,
        }
    }
}

async fn admit(
    State((app, guard)): State<(App, Guard)>,
    mut request: Request,
    next: Next,
) -> Result<Response, Problem> {
    (app.doors.admit)(&app, &mut request, guard).await?;
    Ok(next.run(request).await)
}

/// Opens a socket for whoever is signed in.
async fn socket(
    State(app): State<App>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Problem> {
    let who = (app.doors.authenticate)(&app, &headers).await?;
    let upgrade = upgrade.map_err(|_| Problem::new(&MALFORMED).detail("This address is for WebSockets."))?;
    // Small buffers: thousands of sockets are idle most of the time, and the default of 128 KiB each would be the
    // largest part of the server's memory.
    let upgrade = upgrade
        .read_buffer_size(SOCKET_READ_BUFFER)
        .write_buffer_size(SOCKET_WRITE_BUFFER)
        .max_message_size(SOCKET_FRAME_MAX)
        .max_frame_size(SOCKET_FRAME_MAX);
    let tracker = app.shutdown.tracker.clone();
    Ok(upgrade.on_upgrade(move |socket| {
        let (db, hub, stop) = (app.db.clone(), app.hub.clone(), app.shutdown.token.clone());
        let served = serve_socket(socket, db, hub, app.doors.gate, who, stop);
        tracker.track_future(served)
    }))
}

/// Where the configuration puts the data.
pub fn location(config: &Config) -> Location {
    match &config.database.url {
        Some(url) => Location::Postgres {
            url: url.clone(),
            lanes: config.database.lanes,
            readers: config.database.readers,
        },
        None => Location::Sqlite {
            file: config.data.join("antiphon.db"),
            readers: config.database.readers,
        },
    }
}

type Committed = Arc<dyn Fn(Vec<Arc<Frame>>) + Send + Sync>;

/// One task passes committed frames on, so that a lane never waits for thousands of readers. It is a task and no thread,
/// because waking a reader costs a quarter from inside the runtime.
///
/// Not tracked: it ends with the last lane, so that what is committed while the server drains is announced too.
fn start_publisher(hub: Arc<Hub>, bell: Arc<OnceLock<Bell>>) -> Committed {
    let (sender, mut committed) = mpsc::channel::<Vec<Arc<Frame>>>(PUBLISH_CAPACITY);
    tokio::spawn(async move {
        while let Some(frames) = committed.recv().await {
            hub.publish_all(&frames);
            if let Some(bell) = bell.get() {
                frames.iter().for_each(|frame| bell.ring(frame));
            }
        }
    });
    Arc::new(move |frames| {
        if !frames.is_empty() {
            // It only fails when the runtime has ended, and the process with it.
            let _ = sender.blocking_send(frames);
        }
    })
}

/// Keeps the data folder until the end. When the disk is full it gives up the reserve, so that deletions still work,
/// and lets writers in again once there is room for a new one.
async fn watch_room(folder: Arc<DataFolder>, full: Arc<AtomicBool>, stop: CancellationToken) {
    let mut was_full = false;
    let mut tick = tokio::time::interval(LOOK_FOR_ROOM_EVERY);
    loop {
        tokio::select! {
            _ = tick.tick() => {}
            () = stop.cancelled() => return,
        }
        if !full.load(Ordering::Acquire) {
            continue;
        }
        if !was_full {
            tracing::error!("the disk is full: nothing is saved until there is room, reading goes on");
            was_full = true;
            folder.give_up_reserve();
            continue;
        }
        if folder.has_room() && folder.fill_reserve() {
            tracing::info!("there is room on the disk again");
            full.store(false, Ordering::Release);
            was_full = false;
        }
    }
}

/// The database cannot promise anything any more: end, so that a supervisor starts us anew from what is on disk.
fn end_process(why: &str) {
    tracing::error!("writing to the disk failed, so the server ends: {why}");
    eprintln!("antiphon: writing to the disk failed, so the server ends: {why}");
    std::process::exit(74);
}
