//! The checks themselves. Each is bounded in time and says a word for whatever it finds.

use super::{Check, State, WAIT, store};
use base::{ScopeId, Timestamp};
use platform::{
    app::App,
    blobs::BlobHash,
    config::BlobsConfig,
    data, db,
    db::{Dialect, Tx},
    http::tls,
    jobs, realtime,
};
use std::time::{Duration, Instant};
use tokio::time::timeout;
use uuid::Uuid;

/// A commit on a healthy disk takes a few milliseconds.
const SLOW: Duration = Duration::from_millis(500);
/// Less free room than this, and less than a tenth of the disk, is worth a look.
const DISK_LOW_BYTES: u64 = 5_000_000_000;
/// With less than this the reserve is next.
const DISK_FULL_BYTES: u64 = 256_000_000;
/// A backup that is older does not help much.
const BACKUP_OLD: Duration = Duration::from_secs(7 * 24 * 3600);
/// A job that waits longer has nobody who runs it.
const JOB_LATE: Duration = Duration::from_secs(5 * 60);
/// Certificates are renewed a month before their end; two weeks before, somebody has to look.
const CERTIFICATE_SOON: Duration = Duration::from_secs(14 * 24 * 3600);
/// Clocks that are kept by NTP differ by milliseconds.
const CLOCK_OFF: Duration = Duration::from_secs(5);
/// Characters of what a job said.
const WHY_MAX_CHARS: usize = 200;

fn milliseconds(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX)
}

pub async fn database(app: &App) -> Check {
    let kind = match app.db.dialect() {
        Dialect::Sqlite => "SQLite",
        Dialect::Postgres => "PostgreSQL",
    };
    // Reading and writing together have the time of one check.
    match timeout(WAIT, ask_database(app)).await {
        Ok(Some(found)) => found.with("kind", kind),
        _ => Check::new(State::Broken, "database_silent").with("kind", kind),
    }
}

/// None: it refused.
async fn ask_database(app: &App) -> Option<Check> {
    let began = Instant::now();
    let (version, size_bytes) = app.db.read(store::about).await.ok()?;
    let read_ms = milliseconds(began);
    let n_lanes = match app.db.dialect() {
        Dialect::Sqlite => 1,
        Dialect::Postgres => app.config.database.lanes,
    };
    let began = Instant::now();
    // One small transaction on each lane: the lane is the number's rest.
    let lanes = (0..n_lanes).map(|lane| {
        let scope = ScopeId(Uuid::from_u128(lane as u128));
        app.db.write(scope, |_: &mut dyn Tx| Ok::<_, db::Error>(()))
    });
    futures_util::future::try_join_all(lanes).await.ok()?;
    let write_ms = milliseconds(began);
    let is_slow = u128::from(read_ms.max(write_ms)) > SLOW.as_millis();
    let found = if is_slow {
        Check::new(State::Look, "database_slow")
    } else {
        Check::new(State::Well, "database_well")
    };
    let facts = found
        .with("version", version)
        .with("size_bytes", size_bytes)
        .with("read_ms", read_ms)
        .with("write_ms", write_ms);
    Some(facts.with("n_lanes", n_lanes))
}

/// Asks the system in a thread of its own: a network disk that has gone does not answer at all.
async fn blocking<T: Send + 'static>(ask: impl FnOnce() -> Option<T> + Send + 'static) -> Option<T> {
    let asked = timeout(WAIT, tokio::task::spawn_blocking(ask)).await;
    asked.ok()?.ok()?
}

pub async fn disk(app: &App) -> Check {
    let folder = app.config.data.clone();
    let Some((free, total)) = blocking(move || data::room(&folder)).await else {
        return Check::new(State::Look, "disk_unknown");
    };
    let found = if free < DISK_FULL_BYTES {
        Check::new(State::Broken, "disk_full")
    } else if free < DISK_LOW_BYTES && free < total / 10 {
        Check::new(State::Look, "disk_low")
    } else {
        Check::new(State::Well, "disk_well")
    };
    found.with("free_bytes", free).with("total_bytes", total)
}

pub async fn backup(app: &App) -> Check {
    let asked = app.db.read(|tx| store::find_last(tx, "backup.made"));
    match timeout(WAIT, asked).await {
        Ok(Ok(Some(at))) if at > app.clock.now().before(BACKUP_OLD) => {
            Check::new(State::Well, "backup_well").with("at", at.0)
        }
        Ok(Ok(Some(at))) => Check::new(State::Look, "backup_old").with("at", at.0),
        _ => Check::new(State::Look, "backup_none"),
    }
}

pub async fn jobs(app: &App) -> Check {
    let now = app.clock.now();
    let asked = timeout(WAIT, app.db.read(move |tx| jobs::standing(tx, now))).await;
    let Ok(Ok(standing)) = asked else {
        return Check::new(State::Broken, "database_silent").with("kind", "");
    };
    let n_failing: i64 = standing.failing.iter().map(|failing| failing.n).sum();
    let given_up = standing.failing.iter().any(|failing| failing.is_given_up);
    let whys: Vec<String> = standing
        .failing
        .iter()
        .map(|failing| format!("{}: {}", failing.kind, failing.why))
        .collect();
    let why: String = whys.join("; ").chars().take(WHY_MAX_CHARS).collect();
    let late = standing.due_since.filter(|since| *since < now.before(JOB_LATE));
    let found = if given_up {
        Check::new(State::Broken, "jobs_given_up").with("why", why)
    } else if let Some(since) = late {
        Check::new(State::Look, "jobs_late").with("since", since.0)
    } else if n_failing > 0 {
        Check::new(State::Look, "jobs_failing").with("why", why)
    } else {
        Check::new(State::Well, "jobs_well")
    };
    found.with("n_due", standing.n_due).with("n_failing", n_failing)
}

pub async fn files(app: &App) -> Check {
    // Whether one that nobody has is there: an answer is all that counts.
    let asked = timeout(WAIT, app.blobs.exists(BlobHash::of(b"is anybody there"))).await;
    if !matches!(asked, Ok(Ok(_))) {
        return Check::new(State::Broken, "files_away");
    }
    match app.config.blobs {
        BlobsConfig::Folder(_) => Check::new(State::Well, "files_folder"),
        BlobsConfig::S3(_) => Check::new(State::Well, "files_bucket"),
    }
}

pub async fn scanner(app: &App) -> Check {
    let Some(address) = &app.config.files.clamd else {
        return Check::new(State::Well, "scanner_none");
    };
    match timeout(WAIT, files::clamd_is_there(address)).await {
        Ok(true) => Check::new(State::Well, "scanner_well"),
        _ => Check::new(State::Broken, "scanner_away"),
    }
}

pub fn bell(app: &App) -> Check {
    match app.bell_is_connected() {
        None => Check::new(State::Well, "bell_none"),
        Some(true) => Check::new(State::Well, "bell_well"),
        Some(false) => Check::new(State::Look, "bell_away"),
    }
}

pub async fn certificate(app: &App) -> Check {
    let Some(files) = app.config.tls.clone() else {
        return Check::new(State::Well, "certificate_none");
    };
    let Some(until) = blocking(move || tls::expires_at(&files)).await else {
        return Check::new(State::Look, "certificate_unreadable");
    };
    let now = app.clock.now();
    let found = if until < now {
        Check::new(State::Broken, "certificate_over")
    } else if until < now.after(CERTIFICATE_SOON) {
        Check::new(State::Look, "certificate_soon")
    } else {
        Check::new(State::Well, "certificate_well")
    };
    found.with("until", until.0)
}

pub fn people(app: &App) -> Check {
    Check::new(State::Well, "people_well")
        .with("n_sockets", app.hub.n_connections())
        .with("n_slowed", realtime::n_slowed())
}

pub async fn clock(app: &App) -> Check {
    let now = app.clock.now();
    let clocks = match timeout(WAIT, app.db.read(store::clocks)).await {
        Ok(Ok(clocks)) => clocks,
        _ => (None, None),
    };
    let off = |other: Timestamp| (other.0 - now.0).unsigned_abs() / 1000;
    let database_off = clocks.0.map_or(0, off);
    // Deeds of the future: the clock was set back since.
    let deeds_off = clocks.1.filter(|newest| *newest > now).map_or(0, off);
    let off_ms = database_off.max(deeds_off);
    if u128::from(off_ms) > CLOCK_OFF.as_millis() {
        Check::new(State::Look, "clock_off").with("off_ms", off_ms)
    } else {
        Check::new(State::Well, "clock_well")
    }
}

pub fn version() -> Check {
    Check::new(State::Well, "version_well").with("version", env!("CARGO_PKG_VERSION"))
}
