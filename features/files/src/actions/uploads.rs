//! Beginning an upload, adding to it, giving it up.

use crate::{
    events::FileChanged,
    model::{
        Claims, Error, GUESTS_BYTES_MAX, OPEN_UPLOADS_MAX, PERSON_BYTES_SETTING, UPLOAD_LIFE,
        WORKSPACE_BYTES_SETTING, Whose, clean_name,
    },
    staging::{Locked, Staging},
    store::{self, UploadRow},
};
use accounts::{SignedIn, settings};
use axum::body::BodyDataStream;
use base::{FileId, PersonId, Timestamp};
use futures_util::StreamExt;
use platform::{app::App, config::FilesConfig, db::Tx, journal, leftovers};

/// Bytes that are gathered before they are written.
const WRITE_BYTES: usize = 256 * 1024;

/// What somebody wants to upload.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub name: String,
    pub size_bytes: u64,
    pub claims: Claims,
}

/// Begins an upload, if there is room for the whole of it.
pub async fn begin(app: &App, who: SignedIn, wanted: Wanted) -> Result<UploadRow, Error> {
    let now = app.clock.now();
    let max_bytes = app.config.files.max_size_bytes;
    if wanted.size_bytes > max_bytes {
        return Err(Error::TooBig { max_bytes });
    }
    let upload = UploadRow {
        id: FileId::random(),
        person: who.person,
        name: clean_name(&wanted.name),
        size_bytes: wanted.size_bytes,
        claims: wanted.claims,
        is_done: false,
        expires_at: now.after(UPLOAD_LIFE),
    };
    let (new, limits) = (upload.clone(), app.config.files.clone());
    let begin = move |tx: &mut dyn Tx| {
        if store::count_open_uploads(tx, new.person)? >= OPEN_UPLOADS_MAX {
            let detail = "200 uploads are open already; finish some, or give them up";
            return Err(Error::field("", detail));
        }
        if who.is_link_guest && !spaces::guest_room(tx, new.person)?.is_some_and(|room| room.may_upload) {
            let detail = "the link by which you came lets guests read and write, and bring no files";
            return Err(spaces::Error::Forbidden(detail).into());
        }
        check_room(tx, &limits, &new)?;
        Ok(store::insert_upload(tx, &new)?)
    };
    app.db.write(who.person, begin).await?;
    Ok(upload)
}

/// Refuses an upload that does not fit into what is left of somebody's room: as the configuration file says, else as
/// administrators said on screen.
fn check_room(tx: &mut dyn Tx, limits: &FilesConfig, upload: &UploadRow) -> Result<(), Error> {
    let refuse = |taken: i64, max_bytes: u64, whose| {
        let taken = u64::try_from(taken).unwrap_or_default();
        if taken.saturating_add(upload.size_bytes) > max_bytes {
            Err(Error::Quota { whose, max_bytes })
        } else {
            Ok(())
        }
    };
    let limit = |tx: &mut dyn Tx, fixed: Option<u64>, name| {
        let said = settings::find_number(tx, name)?;
        Ok::<_, Error>(fixed.or(said.and_then(|max| u64::try_from(max).ok())))
    };
    if let Some(max) = limit(tx, limits.person_bytes, PERSON_BYTES_SETTING)? {
        refuse(
            store::person_bytes(tx, upload.person, upload.id)?,
            max,
            Whose::Person,
        )?;
    }
    if let Some(room) = spaces::guest_room(tx, upload.person)? {
        let taken = store::guests_bytes(tx, room.link, upload.id)?;
        refuse(taken, GUESTS_BYTES_MAX, Whose::Guests)?;
    }
    if let Some(max) = limit(tx, limits.workspace_bytes, WORKSPACE_BYTES_SETTING)? {
        refuse(store::workspace_bytes(tx, upload.id)?, max, Whose::Workspace)?;
    }
    Ok(())
}

/// An upload of this person; of anybody else it is absent.
pub async fn get(app: &App, who: SignedIn, id: FileId) -> Result<UploadRow, Error> {
    let now = app.clock.now();
    app.db.read(move |tx| get_in(tx, who.person, id, now)).await
}

fn get_in(tx: &mut dyn Tx, person: PersonId, id: FileId, now: Timestamp) -> Result<UploadRow, Error> {
    store::find_upload(tx, id)?
        .filter(|upload| upload.person == person && (upload.is_done || upload.expires_at > now))
        .ok_or(Error::NotFound)
}

/// Where an upload stands: what is on disk. Whoever asks is about to go on, so another connection of it is stopped.
pub async fn offset(app: &App, upload: &UploadRow) -> Result<u64, Error> {
    if upload.is_done {
        return Ok(upload.size_bytes);
    }
    let staging = staging(app);
    if staging.offset(upload.id).await? == 0 {
        return Ok(0);
    }
    Ok(staging.lock(upload.id).await?.offset_bytes)
}

/// Adds what comes, from `offset_bytes` on; where the upload stands afterwards.
///
/// Cancel safe: bytes that were written stay, and the lock goes with the last write.
pub async fn append(
    app: &App,
    upload: &UploadRow,
    offset_bytes: u64,
    body: &mut BodyDataStream,
) -> Result<u64, Error> {
    let offset_is = |offset_bytes| Error::Offset { offset_bytes };
    if upload.is_done {
        return match offset_bytes == upload.size_bytes {
            true => Ok(offset_bytes),
            false => Err(offset_is(upload.size_bytes)),
        };
    }
    let (limits, copy) = (app.config.files.clone(), upload.clone());
    app.db.read(move |tx| check_room(tx, &limits, &copy)).await?;
    let mut locked = staging(app).lock(upload.id).await?;
    if locked.offset_bytes != offset_bytes {
        return Err(offset_is(locked.offset_bytes));
    }
    let received = receive(&mut locked, upload.size_bytes, body).await;
    // What came before something went wrong is kept, too.
    locked.flush().await?;
    received.map(|()| locked.offset_bytes)
}

async fn receive(locked: &mut Locked, size_bytes: u64, body: &mut BodyDataStream) -> Result<(), Error> {
    let mut gathered: Vec<u8> = Vec::with_capacity(WRITE_BYTES);
    let outcome = loop {
        let piece = tokio::select! {
            piece = body.next() => piece,
            () = locked.stop.cancelled() => break Err(Error::Locked),
        };
        let piece = match piece {
            None => break Ok(()),
            Some(Err(_)) => break Err(Error::BrokeOff),
            Some(Ok(piece)) => piece,
        };
        let n_left = size_bytes - locked.offset_bytes - gathered.len() as u64;
        if piece.len() as u64 > n_left {
            break Err(Error::field(
                "Content-Length",
                "more bytes came than Upload-Length says",
            ));
        }
        gathered.extend_from_slice(&piece);
        if gathered.len() >= WRITE_BYTES {
            locked.write(&gathered).await?;
            gathered.clear();
        }
    };
    locked.write(&gathered).await?;
    outcome
}

/// Gives an upload up, or takes away the file that it became, while that is not posted.
pub async fn give_up(app: &App, who: SignedIn, id: FileId) -> Result<(), Error> {
    let upload = get(app, who, id).await?;
    if !upload.is_done {
        // Whoever sends it is stopped first.
        drop(staging(app).lock(id).await?);
    }
    remove(app, id).await
}

/// Takes an upload away with everything that it has become, unless that is posted.
pub async fn remove(app: &App, id: FileId) -> Result<(), Error> {
    let now = app.clock.now();
    let remove = move |tx: &mut dyn Tx| {
        if let Some(file) = store::find_file(tx, id)? {
            if file.channel.is_some() {
                return Err(Error::Posted);
            }
            drop_file(tx, id, now)?;
        }
        Ok(store::drop_upload(tx, id)?)
    };
    app.db.write_freeing(journal_scope(id), remove).await?;
    staging(app).remove(id).await
}

/// Takes a file's row away, and its name and colours out of the log; its blobs go when nothing else names them.
pub(crate) fn drop_file(tx: &mut dyn Tx, id: FileId, now: Timestamp) -> Result<(), Error> {
    let dropped = store::drop_file(tx, id)?;
    // The upload that it was knows its name.
    store::drop_upload(tx, id)?;
    for hash in dropped.hashes {
        leftovers::let_go(tx, &hash, now)?;
    }
    if let Some((channel, event, message, seq)) = dropped.event {
        journal::redact(tx, channel, event, &FileChanged::blank(id, message, seq))?;
    }
    Ok(())
}

/// Files have no log; any lane will do.
pub(crate) fn journal_scope(id: FileId) -> base::ScopeId {
    base::ScopeId(id.0)
}

pub(crate) fn staging(app: &App) -> Staging {
    Staging::new(&app.config.files.uploads_folder)
}
