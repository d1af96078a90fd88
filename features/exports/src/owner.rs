//! Exports of the whole workspace that an owner asks for in the app: made beside the requests, with progress, and kept for
//! a day.
//!
//! Invariants: whoever asks is an owner when the export begins, when it ends, and at each download; one is made at a time;
//! one whose process died counts as failed; what has expired is gone. The archive is made in the data folder and then lies
//! beside the files, in their folder or bucket, so that every process can give it out.

mod api;
pub(crate) mod store;

pub(crate) use api::{WorkspaceExport, download, list, start};

use crate::{
    model::Error,
    workspace::{Progress, WorkspaceError, export_workspace},
};
use accounts::{Deed, Role, SignedIn, Subject, audit};
use base::Timestamp;
use platform::{app::App, blobs::Shelf, db::Tx, journal::ACCESS_SCOPE, telemetry::chain};
use std::{
    path::{Path, PathBuf},
    time::Duration,
};
use store::ExportRow;
use tokio::runtime::Handle;
use uuid::Uuid;

/// What is written down in the audit log.
pub(crate) const DEEDS: &[&str] = &["export.made", "export.downloaded"];
/// How long an archive is kept.
const KEPT_FOR: Duration = Duration::from_secs(24 * 3600);
/// A process that has not said anything for so long has died.
const SILENT_FOR: Duration = Duration::from_secs(120);
/// How often what has expired is looked for.
const SWEEP_EVERY: Duration = Duration::from_secs(10 * 60);

fn folder(app: &App) -> PathBuf {
    app.config.data.join("exports")
}

fn name(id: Uuid) -> String {
    format!("{id}.zip")
}

/// Where it lies while it is made.
fn draft(app: &App, id: Uuid) -> PathBuf {
    folder(app).join(name(id))
}

/// Asked anew in the transaction: the extractor's role may be a second old.
fn require_owner(tx: &mut dyn Tx, who: &SignedIn) -> Result<(), Error> {
    match accounts::session_alive(tx, who.principal())? {
        Some(Role::Owner) => Ok(()),
        Some(_) => Err(Error::Forbidden("only owners export the whole workspace")),
        None => Err(Error::SignedOut),
    }
}

/// Notes it down and begins.
async fn begin(app: &App, who: SignedIn) -> Result<ExportRow, Error> {
    let (id, now) = (Uuid::now_v7(), app.clock.now());
    let row = app
        .db
        .write(ACCESS_SCOPE, move |tx| {
            require_owner(tx, &who)?;
            let is_busy = store::list(tx)?.iter().any(|row| row.state_at(now) == "running");
            if is_busy {
                return Err(Error::Busy);
            }
            let row = ExportRow::new(id, who.person, now, now.after(KEPT_FOR));
            store::add(tx, &row)?;
            let deed = Deed::new(who, "export.made", Subject::new("export", id, ""));
            audit::record(tx, &deed, now)?;
            Ok(row)
        })
        .await?;
    app.shutdown.spawn("export", run(app.clone(), who, id));
    Ok(row)
}

async fn run(app: App, who: SignedIn, id: Uuid) {
    let made = make(&app, who, id).await;
    if let Err(err) = &made {
        tracing::warn!(export.id = %id, error = %chain(err), "an export of the workspace failed");
    }
    // A half one is of no use to anybody, and a whole one lies on the shelf now; it may not be there at all.
    let _ = std::fs::remove_file(draft(&app, id));
    let (size_bytes, now) = (made.ok(), app.clock.now());
    let noted = app
        .db
        .write(ACCESS_SCOPE, move |tx| store::finish(tx, id, size_bytes, now))
        .await;
    if let Err(err) = noted {
        tracing::warn!(export.id = %id, error = %err, "could not note how an export ended");
    }
}

/// The size of the archive.
async fn make(app: &App, who: SignedIn, id: Uuid) -> Result<i64, WorkspaceError> {
    let path = draft(app, id);
    let (inner, to, runtime) = (app.clone(), path.clone(), Handle::current());
    let made = tokio::task::spawn_blocking(move || {
        std::fs::create_dir_all(folder(&inner))
            .map_err(WorkspaceError::file("make the folder of the exports"))?;
        let location = platform::app::location(&inner.config);
        let mut told = std::time::Instant::now();
        let mut tell = |progress: Progress| {
            if told.elapsed() > Duration::from_millis(500) {
                told = std::time::Instant::now();
                let (db, now) = (inner.db.clone(), inner.clock.now());
                // Progress is only shown: an export does not fail over it.
                let _ =
                    runtime.block_on(db.write(ACCESS_SCOPE, move |tx| store::tell(tx, id, progress, now)));
            }
        };
        export_workspace(
            &location,
            &inner.blobs,
            &runtime,
            &to,
            inner.clock.now(),
            &mut tell,
        )
    });
    made.await
        .map_err(|err| WorkspaceError::Refused(err.to_string()))??;
    let still = app.db.read(move |tx| require_owner(tx, &who)).await;
    still.map_err(|err| WorkspaceError::Refused(err.to_string()))?;
    let meta = std::fs::metadata(&path).map_err(WorkspaceError::file("look at the archive"))?;
    let shelved = app.blobs.shelve(Shelf::EXPORTS, &name(id), &path).await;
    shelved.map_err(WorkspaceError::Blobs)?;
    Ok(i64::try_from(meta.len()).unwrap_or(i64::MAX))
}

/// Removes what has expired, now and from time to time.
pub fn keep(app: &App) {
    let (inner, stop) = (app.clone(), app.shutdown.token.clone());
    app.shutdown.spawn("forget exports", async move {
        let mut tick = tokio::time::interval(SWEEP_EVERY);
        loop {
            tokio::select! {
                _ = tick.tick() => {}
                () = stop.cancelled() => return,
            }
            if let Err(err) = sweep(&inner).await {
                tracing::warn!(error = %err, "could not remove old exports");
            }
        }
    });
}

/// Rows that have expired, archives without a row, and what a process that died had begun here.
pub(crate) async fn sweep(app: &App) -> Result<(), Error> {
    let now = app.clock.now();
    app.db
        .write_freeing(ACCESS_SCOPE, move |tx| store::drop_expired(tx, now))
        .await?;
    // Before the rows: what is put there meanwhile has its row already.
    let shelved = app.blobs.list_shelf(Shelf::EXPORTS).await?;
    let rows = app.db.read(store::list).await?;
    let kept: Vec<String> = rows.iter().map(|row| name(row.id)).collect();
    for name in shelved.iter().filter(|name| !kept.contains(name)) {
        app.blobs.clear_from_shelf(Shelf::EXPORTS, name).await?;
    }
    let made = rows.iter().filter(|row| row.state_at(now) == "running");
    drop_drafts(
        &folder(app),
        &made.map(|row| draft(app, row.id)).collect::<Vec<_>>(),
    )
}

/// All but those that are being made.
fn drop_drafts(folder: &Path, made: &[PathBuf]) -> Result<(), Error> {
    if !folder.exists() {
        return Ok(());
    }
    for entry in std::fs::read_dir(folder).map_err(Error::File)? {
        let path = entry.map_err(Error::File)?.path();
        // One that is being made has another name until it is whole.
        let owner = path.with_extension("").with_extension("zip");
        if !made.contains(&path) && !made.contains(&owner) {
            std::fs::remove_file(&path).map_err(Error::File)?;
        }
    }
    Ok(())
}

impl ExportRow {
    /// The state as of now: nobody makes it any more when its process has gone silent.
    fn state_at(&self, now: Timestamp) -> &str {
        if self.state == "running" && self.seen_at < now.before(SILENT_FOR) {
            "failed"
        } else {
            &self.state
        }
    }
}
