//! From a whole upload to a file: looked at, cleaned, scanned, hashed, kept.
//!
//! Invariants: idempotent, under the upload's lock: whoever comes second finds the file; what failed on the way (the
//! bucket is away, the scanner does not answer) leaves the bytes where they are, and the next who asks tries again.

use crate::{
    actions::uploads::staging,
    blank::blank_in_place,
    clamd::{self, Verdict},
    clean,
    model::{Claims, Error, FileKind, Sight},
    picture, sniff,
    staging::remove,
    store::{self, NewFile, UploadRow},
    wire::Attachment,
    worker,
};
use base::{FileId, ScopeId, Timestamp};
use platform::{
    app::App,
    blobs::{BlobHash, Blobs, hash_file},
    db::{Db, Tx},
    leftovers,
};
use std::{
    path::{Path, PathBuf},
    time::Duration,
};

/// How long somebody waits for it; after that it goes on without them.
const WAIT_MAX: Duration = Duration::from_secs(20);

/// Makes the file of a whole upload, or finds the one that was made.
pub async fn finish(app: &App, upload: &UploadRow) -> Result<Attachment, Error> {
    let (ours, upload) = (app.clone(), upload.clone());
    // A task of its own: it goes on when the client does not wait for the answer.
    let task = app.shutdown.spawn(
        "finish an upload",
        async move { finish_now(&ours, &upload).await },
    );
    match tokio::time::timeout(WAIT_MAX, task).await {
        Ok(Ok(finished)) => finished,
        Ok(Err(err)) => Err(Error::io("finish an upload", std::io::Error::other(err))),
        Err(_) => Err(Error::NotYet),
    }
}

async fn finish_now(app: &App, upload: &UploadRow) -> Result<Attachment, Error> {
    let (id, staging) = (upload.id, staging(app));
    if let Some(file) = find(app, id).await? {
        return Ok(file);
    }
    if upload.is_done {
        // It became a file, and that is gone.
        return Err(Error::NotFound);
    }
    let locked = staging.lock(id).await?;
    if let Some(file) = find(app, id).await? {
        staging.remove(id).await?;
        return Ok(file);
    }
    if locked.offset_bytes != upload.size_bytes {
        return Err(Error::NotYet);
    }
    let path = staging.path(id);
    if let Some(address) = &app.config.files.clamd
        && clamd::scan(address, &path).await? == Verdict::Infected
    {
        tracing::warn!(file.id = %id, "refused upload {id}, in which the scanner found something");
        drop_upload(app, id).await?;
        staging.remove(id).await?;
        return Err(Error::Refused);
    }
    let looked = look(&path, &upload.claims).await?;
    let kept = keep(app, upload, &looked).await;
    remove(&cleaned_path(&path)).await?;
    let file = kept?;
    staging.remove(id).await?;
    drop(locked);
    worker::wake();
    Ok(file)
}

async fn find(app: &App, id: FileId) -> Result<Option<Attachment>, Error> {
    let found = app.db.read(move |tx| store::find_file(tx, id)).await?;
    Ok(found.map(|file| file.shown))
}

async fn drop_upload(app: &App, id: FileId) -> Result<(), Error> {
    let scope = super::uploads::journal_scope(id);
    Ok(app
        .db
        .write_freeing(scope, move |tx| store::drop_upload(tx, id))
        .await?)
}

/// What an upload turned out to be, and where its bytes are to be taken from.
pub(crate) struct Looked {
    pub sight: Sight,
    path: PathBuf,
    pub hash: BlobHash,
    pub size_bytes: u64,
}

pub(crate) fn cleaned_path(path: &Path) -> PathBuf {
    path.with_extension("clean")
}

pub(crate) async fn look(path: &Path, claims: &Claims) -> Result<Looked, Error> {
    let (path, claims) = (path.to_owned(), claims.clone());
    let look = move || {
        let (kind, media_type) = sniff::sniff_file(&path, &claims)?;
        let (sight, path) = see(kind, media_type, path)?;
        let (hash, size_bytes) = hash_file(&path)?;
        Ok(Looked {
            sight,
            path,
            hash,
            size_bytes,
        })
    };
    let looked = tokio::task::spawn_blocking(look).await;
    looked
        .unwrap_or_else(|err| Err(std::io::Error::other(err)))
        .map_err(|err| Error::io("look at an upload", err))
}

/// A picture or film loses its metadata here. One that cannot be read is a file like any other, and by its type one of
/// which nothing is known.
fn see(kind: FileKind, media_type: &'static str, path: PathBuf) -> std::io::Result<(Sight, PathBuf)> {
    let plain = |kind| Sight {
        kind,
        media_type,
        size_px: None,
    };
    let unread = Sight {
        media_type: sniff::UNKNOWN,
        ..plain(FileKind::File)
    };
    if kind != FileKind::Picture {
        return match blank_in_place(&path) {
            Ok(()) => Ok((plain(kind), path)),
            Err(err) if is_its_own_fault(&err) => Ok((unread, path)),
            Err(err) => Err(err),
        };
    }
    let cleaned = cleaned_path(&path);
    match clean::clean_picture(media_type, &path, &cleaned) {
        Ok(()) => {}
        Err(err) if is_its_own_fault(&err) => return Ok((unread, path)),
        Err(err) => return Err(err),
    }
    let Some(size_px) = picture::measure(&cleaned) else {
        return Ok((plain(FileKind::File), cleaned));
    };
    let sight = Sight {
        kind,
        media_type,
        size_px: Some(size_px),
    };
    Ok((sight, cleaned))
}

fn is_its_own_fault(err: &std::io::Error) -> bool {
    use std::io::ErrorKind::{InvalidData, UnexpectedEof};
    matches!(err.kind(), InvalidData | UnexpectedEof)
}

/// Puts the bytes where they stay; a row names them within the hour, or they go.
pub(crate) async fn keep_blob(
    db: &Db,
    blobs: &Blobs,
    (lane, now): (ScopeId, Timestamp),
    looked: &Looked,
) -> Result<(), Error> {
    let hash = looked.hash;
    if !db.write(lane, move |tx| leftovers::expect(tx, hash, now)).await? {
        return Err(Error::NotYet);
    }
    Ok(blobs.put_file(&looked.path, hash).await?)
}

async fn keep(app: &App, upload: &UploadRow, looked: &Looked) -> Result<Attachment, Error> {
    let (hash, lane) = (looked.hash, ScopeId::from(upload.person));
    keep_blob(&app.db, &app.blobs, (lane, app.clock.now()), looked).await?;
    let new = NewFile {
        sight: looked.sight.clone(),
        blob: hash.to_string(),
        size_bytes: i64::try_from(looked.size_bytes).unwrap_or(i64::MAX),
        now: app.clock.now(),
    };
    let (person, upload) = (upload.person, upload.clone());
    let write = move |tx: &mut dyn Tx| {
        if store::find_upload(tx, upload.id)?.is_none() {
            // It was given up meanwhile.
            return Err(Error::NotFound);
        }
        if !leftovers::name(tx, hash, new.now)? {
            return Err(Error::NotYet);
        }
        store::finish(tx, &upload, &new)?;
        let file = store::find_file(tx, upload.id)?.ok_or(Error::NotFound)?;
        Ok(file.shown)
    };
    app.db.write(person, write).await
}
