//! All SQL of uploads and files.

use crate::{
    model::{Claims, FileKind, Sight},
    wire::Attachment,
};
use base::{ChannelId, FileId, GuestLinkId, MessageId, PersonId, Seq, Timestamp};
use platform::db::{Error, Result, Row, Tx};
use std::collections::HashMap;

pub(crate) mod gallery;

platform::sql! {
    NEW_UPLOAD = "insert into upload (id, person_id, name, size_bytes, claims, done, expires_at) \
        values ($1, $2, $3, $4, $5, 0, $6)";
    FIND_UPLOAD = "select person_id, name, size_bytes, claims, done, expires_at from upload where id = $1";
    END_UPLOAD = "update upload set done = 1 where id = $1";
    DROP_UPLOAD = "delete from upload where id = $1";
    COUNT_UPLOADS = "select count(*) from upload where person_id = $1 and done = 0";
    EXPIRED_UPLOADS = "select id from upload where expires_at <= $1 order by expires_at limit 100";
    PERSON_BYTES = "select cast(coalesce((select sum(size_bytes) from file where person_id = $1), 0) \
        + coalesce((select sum(size_bytes) from upload where person_id = $1 and done = 0 and id <> $2), 0) as bigint)";
    WORKSPACE_BYTES = "select cast(coalesce((select sum(size_bytes) from file), 0) \
        + coalesce((select sum(size_bytes) from upload where done = 0 and id <> $1), 0) as bigint)";
    GUESTS_BYTES = "select cast(coalesce((select sum(f.size_bytes) from link_guest g \
            join file f on f.person_id = g.person_id where g.guest_link_id = $1), 0) \
        + coalesce((select sum(u.size_bytes) from link_guest g \
            join upload u on u.person_id = g.person_id and u.done = 0 and u.id <> $2 \
            where g.guest_link_id = $1), 0) as bigint)";
    NEW_FILE = "insert into file (id, person_id, name, kind, media_type, size_bytes, blob, width, height, duration_ms, \
        peaks, work_at, n_tries, created_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, $13) \
        on conflict (id) do nothing";
    FIND_FILE = "select id, name, kind, media_type, size_bytes, width, height, duration_ms, peaks, placeholder, small, \
        person_id, channel_id, blob, large, message_id, message_seq, created_at \
        from file where id = $1";
    ATTACH = "update file set channel_id = $3, message_id = $4, message_seq = $5, place = $6 \
        where id = $1 and person_id = $2 and channel_id is null \
        returning id, name, kind, media_type, size_bytes, width, height, duration_ms, peaks, placeholder, small";
    BETWEEN = "select id, name, kind, media_type, size_bytes, width, height, duration_ms, peaks, placeholder, small, \
        message_seq \
        from file where channel_id = $1 and message_seq between $2 and $3 \
        order by message_seq, place";
    OF_MESSAGE = "select id from file where channel_id = $1 and message_seq = $2 order by place";
    CHANGED = "update file set changed_seq = $2 where id = $1";
    DROP_FILE = "delete from file where id = $1 \
        returning blob, small, large, channel_id, message_id, message_seq, changed_seq";
    UNPOSTED = "select id from file where channel_id is null and created_at <= $1 \
        and (kept_until is null or kept_until <= $2) limit 100";
    KEEP_UNPOSTED = "update file set kept_until = $3 where id = $1 and person_id = $2 and channel_id is null \
        and (kept_until is null or kept_until < $3)";
    OWN_UNPOSTED = "select id, name, kind, media_type, size_bytes, width, height, duration_ms, peaks, placeholder, small \
        from file where id = $1 and person_id = $2 and channel_id is null";
    HAS_BLOB = "select 1 from file where blob = $1 or small = $1 or large = $1 limit 1";
    DUE = "select id, blob, n_tries, kind from file where work_at <= $1 order by work_at limit $2";
    TAKE_WORK = "update file set work_at = $3, n_tries = n_tries + 1 where id = $1 and work_at <= $2";
    PUT_BACK = "update file set n_tries = n_tries - 1 where id = $1 and n_tries > 0";
    MADE = "update file set small = $2, large = $3, placeholder = $4, width = $5, height = $6, \
        versions_bytes = $7, work_at = null where id = $1 and work_at is not null \
        returning id, name, kind, media_type, size_bytes, width, height, duration_ms, peaks, placeholder, small, \
        channel_id, message_id, message_seq";
    UNMEASURED = "select id, small, large from file where small is not null and versions_bytes is null \
        order by created_at limit $1";
    MEASURE = "update file set versions_bytes = $2 where id = $1 and small is not null";
    UNMADE = "update file set kind = case when kind = 'picture' then 'file' else kind end, width = null, height = null, \
        work_at = null \
        where id = $1 and work_at is not null \
        returning id, name, kind, media_type, size_bytes, width, height, duration_ms, peaks, placeholder, small, \
        channel_id, message_id, message_seq";
}

/// An upload as a row.
#[derive(Debug, Clone)]
pub(crate) struct UploadRow {
    pub id: FileId,
    pub person: PersonId,
    pub name: String,
    pub size_bytes: u64,
    pub claims: Claims,
    pub is_done: bool,
    pub expires_at: Timestamp,
}

/// A file as a row.
#[derive(Debug, Clone)]
pub(crate) struct FileRow {
    pub shown: Attachment,
    pub person: PersonId,
    pub channel: Option<ChannelId>,
    /// The place of its message.
    pub seq: Option<Seq>,
    pub blob: String,
    pub small: Option<String>,
    pub large: Option<String>,
}

/// A file on its way into the table.
#[derive(Debug, Clone)]
pub(crate) struct NewFile {
    pub sight: Sight,
    pub blob: String,
    pub size_bytes: i64,
    pub now: Timestamp,
}

/// A file whose small versions were dealt with, and where it was posted.
pub(crate) type Dealt = (Attachment, Option<(ChannelId, MessageId, Seq)>);

pub(crate) fn insert_upload(tx: &mut dyn Tx, upload: &UploadRow) -> Result<()> {
    let claims = serde_json::json!(upload.claims).to_string();
    let args = [
        upload.id.into(),
        upload.person.into(),
        (&upload.name).into(),
        as_number(upload.size_bytes).into(),
        claims.as_str().into(),
        upload.expires_at.into(),
    ];
    tx.exec(&NEW_UPLOAD, &args).map(|_| ())
}

pub(crate) fn find_upload(tx: &mut dyn Tx, id: FileId) -> Result<Option<UploadRow>> {
    tx.find(&FIND_UPLOAD, &[id.into()], |row| {
        let claims: String = row.get(3)?;
        Ok(UploadRow {
            id,
            person: row.get(0)?,
            name: row.get(1)?,
            size_bytes: u64::try_from(row.get::<i64>(2)?).map_err(|_| Error::Column(2))?,
            claims: serde_json::from_str(&claims).map_err(|_| Error::Column(3))?,
            is_done: row.get(4)?,
            expires_at: row.get(5)?,
        })
    })
}

pub(crate) fn count_open_uploads(tx: &mut dyn Tx, person: PersonId) -> Result<i64> {
    tx.one(&COUNT_UPLOADS, &[person.into()], |row| row.get(0))
}

pub(crate) fn drop_upload(tx: &mut dyn Tx, id: FileId) -> Result<()> {
    tx.exec(&DROP_UPLOAD, &[id.into()]).map(|_| ())
}

pub(crate) fn list_expired_uploads(tx: &mut dyn Tx, now: Timestamp) -> Result<Vec<FileId>> {
    tx.list(&EXPIRED_UPLOADS, &[now.into()], |row| row.get(0))
}

/// What a person's files and open uploads take together, apart from this upload.
pub(crate) fn person_bytes(tx: &mut dyn Tx, person: PersonId, but: FileId) -> Result<i64> {
    tx.one(&PERSON_BYTES, &[person.into(), but.into()], |row| row.get(0))
}

/// The same for everybody.
pub(crate) fn workspace_bytes(tx: &mut dyn Tx, but: FileId) -> Result<i64> {
    tx.one(&WORKSPACE_BYTES, &[but.into()], |row| row.get(0))
}

/// The same for all who came by a guest link.
pub(crate) fn guests_bytes(tx: &mut dyn Tx, link: GuestLinkId, but: FileId) -> Result<i64> {
    tx.one(&GUESTS_BYTES, &[link.into(), but.into()], |row| row.get(0))
}

/// Turns an upload into a file of the same id; when another has done so already, nothing changes.
pub(crate) fn finish(tx: &mut dyn Tx, upload: &UploadRow, new: &NewFile) -> Result<()> {
    let (sight, claims) = (&new.sight, &upload.claims);
    let is_film = sight.kind == FileKind::Video;
    let lasts = matches!(sight.kind, FileKind::Video | FileKind::Sound | FileKind::Voice);
    let claimed = |value: Option<i64>| value.filter(|_| is_film);
    let seen = |pick: fn((u32, u32)) -> u32| sight.size_px.map(|size| i64::from(pick(size)));
    let work_at = matches!(sight.kind, FileKind::Picture | FileKind::Pdf).then_some(new.now);
    let args = [
        upload.id.into(),
        upload.person.into(),
        (&upload.name).into(),
        sight.kind.as_str().into(),
        sight.media_type.into(),
        new.size_bytes.into(),
        (&new.blob).into(),
        seen(|(width, _)| width).or(claimed(claims.width)).into(),
        seen(|(_, height)| height).or(claimed(claims.height)).into(),
        claims.duration_ms.filter(|_| lasts).into(),
        claims
            .peaks
            .as_ref()
            .filter(|_| sight.kind == FileKind::Voice)
            .into(),
        work_at.into(),
        new.now.into(),
    ];
    tx.exec(&NEW_FILE, &args)?;
    tx.exec(&END_UPLOAD, &[upload.id.into()]).map(|_| ())
}

fn attachment(row: &dyn Row) -> Result<Attachment> {
    Ok(Attachment {
        id: row.get(0)?,
        name: row.get(1)?,
        kind: row.text(2)?.and_then(FileKind::parse).ok_or(Error::Column(2))?,
        media_type: row.get(3)?,
        size_bytes: row.get(4)?,
        width: row.get_optional(5)?,
        height: row.get_optional(6)?,
        duration_ms: row.get_optional(7)?,
        peaks: row.get_optional(8)?,
        placeholder: row.get_optional(9)?,
        is_ready: row.text(10)?.is_some(),
    })
}

pub(crate) fn find_file(tx: &mut dyn Tx, id: FileId) -> Result<Option<FileRow>> {
    tx.find(&FIND_FILE, &[id.into()], |row| {
        Ok(FileRow {
            shown: attachment(row)?,
            small: row.get_optional(10)?,
            person: row.get(11)?,
            channel: row.get_optional(12)?,
            blob: row.get(13)?,
            large: row.get_optional(14)?,
            seq: row.get_optional(16)?,
        })
    })
}

/// Where a file is to be posted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub person: PersonId,
    pub channel: ChannelId,
    pub message: MessageId,
    pub seq: Seq,
    pub idx: i64,
}

/// None: it is absent, somebody else's, or posted already.
pub(crate) fn attach(tx: &mut dyn Tx, id: FileId, place: Place) -> Result<Option<Attachment>> {
    let args = [
        id.into(),
        place.person.into(),
        place.channel.into(),
        place.message.into(),
        place.seq.into(),
        place.idx.into(),
    ];
    tx.find(&ATTACH, &args, attachment)
}

/// The files of a stretch of a channel, by the place of their message.
pub(crate) fn list_between(
    tx: &mut dyn Tx,
    channel: ChannelId,
    from: Seq,
    to: Seq,
) -> Result<HashMap<Seq, Vec<Attachment>>> {
    let mut found: HashMap<Seq, Vec<Attachment>> = HashMap::new();
    tx.each(&BETWEEN, &[channel.into(), from.into(), to.into()], &mut |row| {
        found.entry(row.get(11)?).or_default().push(attachment(row)?);
        Ok(())
    })?;
    Ok(found)
}

pub(crate) fn list_of_message(tx: &mut dyn Tx, channel: ChannelId, seq: Seq) -> Result<Vec<FileId>> {
    tx.list(&OF_MESSAGE, &[channel.into(), seq.into()], |row| row.get(0))
}

/// Notes which event tells how a file turned out.
pub(crate) fn note_changed(tx: &mut dyn Tx, id: FileId, event: Seq) -> Result<()> {
    tx.exec(&CHANGED, &[id.into(), event.into()]).map(|_| ())
}

/// What a file leaves behind when its row has gone.
#[derive(Debug, Default)]
pub(crate) struct Dropped {
    /// The blobs that it named.
    pub hashes: Vec<String>,
    /// The event that says how it turned out: channel, number, message and its place.
    pub event: Option<(ChannelId, Seq, MessageId, Seq)>,
}

/// Takes a file away.
pub(crate) fn drop_file(tx: &mut dyn Tx, id: FileId) -> Result<Dropped> {
    let dropped = tx.find(&DROP_FILE, &[id.into()], |row| {
        let hashes = [row.get_optional(0)?, row.get_optional(1)?, row.get_optional(2)?];
        let event = match row.get_optional(6)? {
            Some(event) => Some((row.get(3)?, event, row.get(4)?, row.get(5)?)),
            None => None,
        };
        Ok(Dropped {
            hashes: hashes.into_iter().flatten().collect(),
            event,
        })
    })?;
    Ok(dropped.unwrap_or_default())
}

/// Files that were made before, were not posted, and that nobody keeps for a post to come.
pub(crate) fn list_unposted(tx: &mut dyn Tx, (before, now): (Timestamp, Timestamp)) -> Result<Vec<FileId>> {
    tx.list(&UNPOSTED, &[before.into(), now.into()], |row| row.get(0))
}

/// Keeps a file that is not posted at least until then.
pub(crate) fn keep_unposted(tx: &mut dyn Tx, id: FileId, person: PersonId, until: Timestamp) -> Result<()> {
    tx.exec(&KEEP_UNPOSTED, &[id.into(), person.into(), until.into()])
        .map(drop)
}

/// A file of this person that is not posted.
pub(crate) fn find_unposted(tx: &mut dyn Tx, id: FileId, person: PersonId) -> Result<Option<Attachment>> {
    tx.find(&OWN_UNPOSTED, &[id.into(), person.into()], attachment)
}

/// A picture or document whose small versions are to be made.
#[derive(Debug)]
pub(crate) struct Due {
    pub id: FileId,
    pub kind: FileKind,
    pub blob: String,
    /// How often that was begun.
    pub n_tries: i64,
}

/// Pictures whose turn it is.
pub(crate) fn list_due(tx: &mut dyn Tx, now: Timestamp, limit: i64) -> Result<Vec<Due>> {
    tx.list(&DUE, &[now.into(), limit.into()], |row| {
        Ok(Due {
            id: row.get(0)?,
            blob: row.get(1)?,
            n_tries: row.get(2)?,
            kind: row.text(3)?.and_then(FileKind::parse).ok_or(Error::Column(3))?,
        })
    })
}

/// The last try does not count: it failed for a reason that is not the picture's.
pub(crate) fn put_back(tx: &mut dyn Tx, id: FileId) -> Result<()> {
    tx.exec(&PUT_BACK, &[id.into()]).map(|_| ())
}

/// True when nobody else has taken it; it is due again at `again_at`.
pub(crate) fn take_work(tx: &mut dyn Tx, id: FileId, now: Timestamp, again_at: Timestamp) -> Result<bool> {
    Ok(tx.exec(&TAKE_WORK, &[id.into(), now.into(), again_at.into()])? == 1)
}

fn dealt(row: &dyn Row) -> Result<Dealt> {
    let place = match row.get_optional(11)? {
        Some(channel) => Some((channel, row.get(12)?, row.get(13)?)),
        None => None,
    };
    Ok((attachment(row)?, place))
}

/// Small versions, by the names of their blobs.
#[derive(Debug, Clone)]
pub(crate) struct Made {
    pub small: String,
    pub large: Option<String>,
    pub placeholder: String,
    pub size_px: (u32, u32),
    /// Of all together.
    pub n_bytes: i64,
}

/// Files whose small versions nobody has measured, and the names of those.
pub(crate) fn list_unmeasured(tx: &mut dyn Tx, limit: i64) -> Result<Vec<(FileId, Vec<String>)>> {
    tx.list(&UNMEASURED, &[limit.into()], |row| {
        let names = [row.get_optional(1)?, row.get_optional(2)?];
        Ok((row.get(0)?, names.into_iter().flatten().collect()))
    })
}

/// Notes what the small versions of a file take.
pub(crate) fn measure(tx: &mut dyn Tx, id: FileId, n_bytes: i64) -> Result<()> {
    tx.exec(&MEASURE, &[id.into(), n_bytes.into()]).map(drop)
}

/// The small versions are there. None: the file is gone, or another was faster.
pub(crate) fn made(tx: &mut dyn Tx, id: FileId, made: &Made) -> Result<Option<Dealt>> {
    tx.find(
        &MADE,
        &[
            id.into(),
            (&made.small).into(),
            made.large.as_deref().into(),
            (&made.placeholder).into(),
            i64::from(made.size_px.0).into(),
            i64::from(made.size_px.1).into(),
            made.n_bytes.into(),
        ],
        dealt,
    )
}

/// It cannot be decoded: from now on a picture is a file for downloading, and a document has no picture.
pub(crate) fn unmade(tx: &mut dyn Tx, id: FileId) -> Result<Option<Dealt>> {
    tx.find(&UNMADE, &[id.into()], dealt)
}

fn as_number(size_bytes: u64) -> i64 {
    i64::try_from(size_bytes).unwrap_or(i64::MAX)
}
