//! What this slice does by itself: small versions of pictures and documents, and the end of what nobody needs.
//!
//! Invariants: what is to be done stands in rows, so a crash repeats it and two processes share it; a picture that
//! cannot be decoded becomes a file for downloading; a store that is away only delays. It is no job of the platform,
//! because those run inside a transaction, and decoding takes longer than anybody may hold one (decision 0012).

use crate::{
    actions::uploads::{self, journal_scope},
    events::{self, FileChanged},
    model::{Error, FileKind, UNPOSTED_LIFE},
    pdf,
    picture::{self, Versions},
    store::{self, Dealt, Due, Made},
};
use base::{FileId, ScopeId, Timestamp};
use bytes::Bytes;
use platform::{
    app::App,
    blobs::{BlobHash, Error as BlobError},
    db::{self, Tx},
    journal::ACCESS_SCOPE,
    leftovers,
};
use std::time::Duration;
use tokio::sync::{Notify, Semaphore};

/// How often the rows are looked at when nobody wakes the worker.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// How often what is old is looked for.
const TIDY_EVERY: Duration = Duration::from_secs(60);
/// Pictures of one look.
const ROUND: i64 = 8;
/// Small versions of one look, each a question to the folder or the bucket.
const MEASURED_AT_ONCE: i64 = 100;
/// How long one may take before another process takes it over; then it is tried again.
const LEASE: Duration = Duration::from_secs(60);
/// Pictures with more bytes stay files: 50 million pixels without loss fit in.
const BYTES_MAX: i64 = 100 * 1024 * 1024;

/// A picture at which the process died so often is a file for downloading.
const TRIES_MAX: i64 = 5;

static WAKE: Notify = Notify::const_new();
/// One picture is decoded at a time in the whole process, because that bounds its memory.
static TURN: Semaphore = Semaphore::const_new(1);

/// Something is to be done.
pub(crate) fn wake() {
    WAKE.notify_one();
}

/// Starts the worker; it ends with the server.
pub fn start(app: &App) {
    app.shutdown.spawn("files", run(app.clone()));
}

async fn run(app: App) {
    let mut look = tokio::time::interval(LOOK_EVERY);
    let mut tidy = tokio::time::interval(TIDY_EVERY);
    look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    tidy.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        let (done, what) = tokio::select! {
            () = app.shutdown.token.cancelled() => return,
            _ = tidy.tick() => (tidy_up(&app).await.and(measure(&app).await), "remove what nobody needs"),
            _ = look.tick() => (make_pictures(&app).await.map(|_| ()), "make small pictures"),
            () = WAKE.notified() => (make_pictures(&app).await.map(|_| ()), "make small pictures"),
        };
        if let Err(err) = done {
            tracing::warn!(error = %platform::telemetry::chain(&err), "could not {what}; it will be tried again");
        }
    }
}

/// Deals with all pictures that are due; how many.
pub async fn make_pictures(app: &App) -> Result<usize, Error> {
    let mut n_made = 0;
    loop {
        let now = app.clock.now();
        let due = app.db.read(move |tx| store::list_due(tx, now, ROUND)).await?;
        if due.is_empty() || app.shutdown.token.is_cancelled() {
            return Ok(n_made);
        }
        for due in due {
            let id = due.id;
            let take = move |tx: &mut dyn Tx| store::take_work(tx, id, now, now.after(LEASE));
            if app.db.write(lane(id), take).await? {
                deal_with(app, &due).await?;
                n_made += 1;
            }
        }
    }
}

async fn deal_with(app: &App, due: &Due) -> Result<(), Error> {
    let id = due.id;
    if due.n_tries >= TRIES_MAX {
        tracing::warn!(file.id = %id, "gave up on the small versions of file {id}");
        return give_up(app, id).await;
    }
    let made = make_one(app, due).await;
    if made.is_err() {
        // The database or the store is away: that says nothing about the picture.
        app.db.write(lane(id), move |tx| store::put_back(tx, id)).await?;
    }
    made
}

async fn make_one(app: &App, due: &Due) -> Result<(), Error> {
    let (id, kind) = (due.id, due.kind);
    let Some(bytes) = read(app, &due.blob).await? else {
        return give_up(app, id).await;
    };
    let turn = TURN.acquire().await.map_err(|_| Error::NotYet)?;
    let made = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        versions_of(kind, &bytes)
    });
    // A panic of a decoder is the fault of the picture, too.
    match made.await {
        Ok(Ok(Some(versions))) => keep(app, id, versions).await,
        Ok(Ok(None)) | Err(_) => give_up(app, id).await,
        Ok(Err(err)) => Err(Error::io("draw a document", err)),
    }
}

/// None is the fault of the file, an error is ours.
fn versions_of(kind: FileKind, bytes: &[u8]) -> std::io::Result<Option<Versions>> {
    let drawn = if kind == FileKind::Pdf {
        pdf::draw(bytes)?
    } else {
        None
    };
    if kind == FileKind::Pdf && drawn.is_none() {
        return Ok(None);
    }
    Ok(picture::make_versions(drawn.as_deref().unwrap_or(bytes)).ok())
}

/// A picture of somebody else's, made anew here: small, from pixels, without metadata.
#[derive(Debug)]
pub struct SmallPicture {
    /// JPEG, or WebP where it is transparent; at most 640 pixels on its longest side.
    pub bytes: Vec<u8>,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// Makes a small picture for another slice, one at a time in the whole process, as those of files. None: it cannot be
/// decoded, or is beyond the limits of pictures.
pub async fn small_picture(bytes: Bytes) -> Option<SmallPicture> {
    let turn = TURN.acquire().await.ok()?;
    let made = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        picture::make_small(&bytes)
    });
    // A panic of a decoder is the fault of the picture, too.
    let (bytes, (width, height)) = made.await.ok()?.ok()?;
    Some(SmallPicture { bytes, width, height })
}

/// None: it is gone or too much to hold.
async fn read(app: &App, blob: &str) -> Result<Option<Bytes>, Error> {
    let Ok(hash) = blob.parse::<BlobHash>() else {
        return Ok(None);
    };
    let (size_bytes, _) = match app.blobs.stream(hash).await {
        Err(BlobError::NotFound) => return Ok(None),
        found => found?,
    };
    if i64::try_from(size_bytes).is_ok_and(|size_bytes| size_bytes > BYTES_MAX) {
        return Ok(None);
    }
    match app.blobs.get(hash).await {
        Err(BlobError::NotFound | BlobError::Damaged(_)) => Ok(None),
        found => Ok(Some(found?)),
    }
}

async fn keep(app: &App, id: FileId, versions: Versions) -> Result<(), Error> {
    let now = app.clock.now();
    let hashes: Vec<BlobHash> = [Some(&versions.small), versions.large.as_ref()]
        .into_iter()
        .flatten()
        .map(|bytes| BlobHash::of(bytes))
        .collect();
    let expected = hashes.clone();
    let expect = move |tx: &mut dyn Tx| {
        let mut all = true;
        for hash in &expected {
            all &= leftovers::expect(tx, *hash, now)?;
        }
        Ok::<_, Error>(all)
    };
    if !app.db.write(lane(id), expect).await? {
        return Err(Error::NotYet);
    }
    let n_bytes = versions.small.len() + versions.large.as_ref().map_or(0, Vec::len);
    let small = app.blobs.put(versions.small.into()).await?;
    let large = match versions.large {
        Some(large) => Some(app.blobs.put(large.into()).await?),
        None => None,
    };
    let made = Made {
        small: small.to_string(),
        large: large.map(|hash| hash.to_string()),
        placeholder: versions.placeholder,
        size_px: versions.size_px,
        n_bytes: i64::try_from(n_bytes).unwrap_or(i64::MAX),
    };
    let write = move |tx: &mut dyn Tx| {
        for hash in &hashes {
            if !leftovers::name(tx, *hash, now)? {
                return Err(Error::NotYet);
            }
        }
        let made = store::made(tx, id, &made)?;
        Ok(announce(tx, made, now)?)
    };
    app.db.write(lane(id), write).await
}

/// Looks how large small versions are that were made before anybody counted, some at a time.
pub(crate) async fn measure(app: &App) -> Result<(), Error> {
    let unmeasured = app
        .db
        .read(|tx| store::list_unmeasured(tx, MEASURED_AT_ONCE))
        .await?;
    for (id, names) in unmeasured {
        let mut n_bytes = 0;
        for name in names.iter().filter_map(|name| name.parse().ok()) {
            n_bytes += match app.blobs.size(name).await {
                Ok(size_bytes) => i64::try_from(size_bytes).unwrap_or(i64::MAX),
                // It is damaged without it, and takes no room.
                Err(BlobError::NotFound) => 0,
                Err(err) => return Err(err.into()),
            };
        }
        app.db
            .write(lane(id), move |tx| store::measure(tx, id, n_bytes))
            .await?;
    }
    Ok(())
}

async fn give_up(app: &App, id: FileId) -> Result<(), Error> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let unmade = store::unmade(tx, id)?;
        Ok::<_, Error>(announce(tx, unmade, now)?)
    };
    app.db.write(lane(id), write).await
}

/// Whoever has the message open is told how its file looks now.
fn announce(tx: &mut dyn Tx, dealt: Option<Dealt>, now: Timestamp) -> db::Result<()> {
    match dealt {
        Some((file, Some((channel, message_id, seq)))) => {
            let event = FileChanged {
                message_id,
                seq,
                file,
            };
            let id = event.file.id;
            let seq = events::file_changed(tx, channel, now, &event)?;
            store::note_changed(tx, id, seq)
        }
        _ => Ok(()),
    }
}

/// Ends uploads that took too long, files that were never posted, and blobs that nothing names.
pub async fn tidy_up(app: &App) -> Result<(), Error> {
    let now = app.clock.now();
    let old = Timestamp(now.0 - i64::try_from(UNPOSTED_LIFE.as_micros()).unwrap_or(i64::MAX));
    let uploads = app
        .db
        .read(move |tx| store::list_expired_uploads(tx, now))
        .await?;
    for id in uploads {
        end_upload(app, id).await?;
    }
    let unposted = app
        .db
        .read(move |tx| store::list_unposted(tx, (old, now)))
        .await?;
    for id in unposted {
        match uploads::remove(app, id).await {
            // It was posted this moment.
            Ok(()) | Err(Error::Posted) => {}
            Err(err) => return Err(err),
        }
    }
    match leftovers::sweep(app).await {
        Ok(_) => Ok(()),
        Err(leftovers::SweepError::Db(err)) => Err(err.into()),
        Err(leftovers::SweepError::Blob(err)) => Err(err.into()),
    }
}

/// An upload that has become a file is only forgotten; its file goes its own way.
async fn end_upload(app: &App, id: FileId) -> Result<(), Error> {
    let forget = move |tx: &mut dyn Tx| store::drop_upload(tx, id);
    app.db.write_freeing(journal_scope(id), forget).await?;
    uploads::staging(app).remove(id).await
}

/// Pictures of one channel would wait for each other on its lane, and they need not.
fn lane(_: FileId) -> ScopeId {
    ACCESS_SCOPE
}
