//! What was deleted while it was held: nobody sees it any more, and it is not lost until no hold covers it.

use super::require_owner;
use crate::{model::Error, store::messages::MessageRow};
use accounts::{Administrator, Deed, audit};
use base::{ChannelId, FileId, MessageId, PersonId, Timestamp};
use platform::{
    db::{Result, Row, Tx},
    leftovers,
};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::HashMap;
use ts_rs::TS;
use uuid::Uuid;

/// Copies of one page.
const PAGE: i64 = 50;
/// Copies that go in one transaction.
pub(super) const AT_ONCE: i64 = 100;

platform::sql! {
    IS_HELD = "select kind from hold where subject_id = $1 or subject_id = $2 limit 1";
    KEEP = "insert into held_copy (message_id, channel_id, author_id, said_at, deleted_at, text, forwarded) \
        select m.id, m.channel_id, m.author_id, m.at, $3, m.text, coalesce(f.text, '') \
        from message m \
        left join forward f on f.channel_id = m.channel_id and f.seq = m.seq \
        where m.channel_id = $1 and m.seq = $2 \
        on conflict (message_id) do update set deleted_at = excluded.deleted_at, text = excluded.text";
    KEEP_REVISIONS = "insert into held_revision (message_id, at, text) \
        select m.id, r.at, r.text \
        from message_revision r \
        join message m on m.channel_id = r.channel_id and m.seq = r.seq \
        where r.channel_id = $1 and r.seq = $2 \
        on conflict (message_id, at) do nothing";
    KEEP_FILES = "insert into held_file (id, message_id, name, media_type, size_bytes, blob) \
        select f.id, f.message_id, f.name, f.media_type, f.size_bytes, f.blob \
        from file f \
        where f.channel_id = $1 and f.message_seq = $2 \
        on conflict (id) do nothing";
    NAMES_BLOB = "select 1 from held_file where blob = $1 limit 1";
    COPIES = "select message_id, channel_id, author_id, said_at, deleted_at, text, forwarded \
        from held_copy \
        where (channel_id = $1 or author_id = $1) and message_id > $2 \
        order by message_id \
        limit $3";
    COPY_REVISIONS = "select r.message_id, r.at, r.text \
        from held_revision r \
        join held_copy c on c.message_id = r.message_id \
        where (c.channel_id = $1 or c.author_id = $1) and c.message_id > $2 and c.message_id <= $3 \
        order by r.message_id, r.at";
    COPY_FILES = "select f.message_id, f.id, f.name, f.media_type, f.size_bytes, f.blob \
        from held_file f \
        join held_copy c on c.message_id = f.message_id \
        where (c.channel_id = $1 or c.author_id = $1) and c.message_id > $2 and c.message_id <= $3 \
        order by f.message_id, f.id";
    LOOSE = "select message_id from held_copy c \
        where not exists (select 1 from hold h where h.subject_id = c.channel_id or h.subject_id = c.author_id) \
        limit $1";
    COUNT = "select count(*) from held_copy";
    BLOBS = "select blob from held_file where message_id = $1";
    DROP_FILES = "delete from held_file where message_id = $1";
    DROP_REVISIONS = "delete from held_revision where message_id = $1";
    DROP_COPY = "delete from held_copy where message_id = $1";
}

/// Something that was deleted while it was held.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct HeldCopy {
    /// The message that it was.
    pub message_id: MessageId,
    /// Where it stood.
    pub channel_id: ChannelId,
    /// Who wrote it.
    pub author_id: PersonId,
    /// When it was posted.
    pub said_at: Timestamp,
    /// When it, or the last of its files that went, was deleted.
    pub deleted_at: Timestamp,
    /// What it said then.
    pub text: String,
    /// What it carried on from somewhere else.
    pub forwarded: String,
    /// What it said before its edits, the oldest first.
    pub earlier: Vec<String>,
    /// The files it had.
    pub files: Vec<HeldFile>,
}

/// A file of something that was deleted while it was held.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct HeldFile {
    /// The file that it was.
    pub id: FileId,
    /// What it was called.
    pub name: String,
    /// What it is.
    pub media_type: String,
    /// Its size in bytes.
    #[ts(type = "number")]
    pub size_bytes: i64,
    /// Under which hash its bytes lie among the files of the server.
    pub hash: String,
}

/// Answer of `GET /api/holds/{subject}/copies`.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct HeldCopies {
    /// In the order in which they were written.
    pub items: Vec<HeldCopy>,
    /// Where the next page begins; None: this was the last.
    pub next: Option<MessageId>,
}

/// Before a message, or files of it, are taken away: keeps all of it when a hold covers it.
pub(crate) fn keep(tx: &mut dyn Tx, row: &MessageRow, now: Timestamp) -> Result<()> {
    let found = tx.find(&IS_HELD, &[row.channel.into(), row.author.into()], |_| Ok(()))?;
    if found.is_none() {
        return Ok(());
    }
    let place = [row.channel.into(), row.seq.into()];
    tx.exec(&KEEP, &[place[0], place[1], now.into()])?;
    tx.exec(&KEEP_REVISIONS, &place)?;
    tx.exec(&KEEP_FILES, &place).map(drop)
}

/// Lets go what no hold covers any more. True: there may be more of it.
pub(super) fn let_go(tx: &mut dyn Tx, now: Timestamp) -> Result<bool> {
    let loose: Vec<MessageId> = tx.list(&LOOSE, &[AT_ONCE.into()], |row| row.get(0))?;
    for id in &loose {
        let blobs: Vec<String> = tx.list(&BLOBS, &[(*id).into()], |row| row.get(0))?;
        for statement in [&DROP_FILES, &DROP_REVISIONS, &DROP_COPY] {
            tx.exec(statement, &[(*id).into()])?;
        }
        for blob in blobs {
            leftovers::let_go(tx, &blob, now)?;
        }
    }
    Ok(loose.len() as i64 == AT_ONCE)
}

/// How many there are, for tests.
#[cfg(test)]
pub(crate) fn count(tx: &mut dyn Tx) -> Result<i64> {
    tx.one(&COUNT, &[], |row| row.get(0))
}

/// What a hold keeps, for an owner. That it was looked at is in the audit log.
pub(super) fn look(
    tx: &mut dyn Tx,
    who: Administrator,
    (subject, after): (Uuid, Option<MessageId>),
    now: Timestamp,
) -> std::result::Result<HeldCopies, Error> {
    require_owner(tx, who)?;
    let hold = super::get_hold(tx, subject)?;
    let page = page(tx, subject, after.unwrap_or(MessageId(Uuid::nil())))?;
    let deed = Deed::new(who, "retention.copies_seen", super::subject_of(&hold));
    audit::record(tx, &deed, now)?;
    Ok(page)
}

fn page(tx: &mut dyn Tx, subject: Uuid, after: MessageId) -> Result<HeldCopies> {
    let limit = PAGE + 1;
    let mut items = tx.list(&COPIES, &[subject.into(), after.into(), limit.into()], copy)?;
    let has_more = items.len() as i64 > PAGE;
    items.truncate(PAGE as usize);
    let Some(last) = items.last().map(|copy| copy.message_id) else {
        return Ok(HeldCopies { items, next: None });
    };
    let stretch = [subject.into(), after.into(), last.into()];
    let mut earlier: HashMap<MessageId, Vec<String>> = HashMap::new();
    for (id, text) in tx.list(&COPY_REVISIONS, &stretch, |row| Ok((row.get(0)?, row.get(2)?)))? {
        earlier.entry(id).or_default().push(text);
    }
    let mut files: HashMap<MessageId, Vec<HeldFile>> = HashMap::new();
    for (id, held) in tx.list(&COPY_FILES, &stretch, |row| Ok((row.get(0)?, file(row)?)))? {
        files.entry(id).or_default().push(held);
    }
    for copy in &mut items {
        copy.earlier = earlier.remove(&copy.message_id).unwrap_or_default();
        copy.files = files.remove(&copy.message_id).unwrap_or_default();
    }
    let next = has_more.then_some(last);
    Ok(HeldCopies { items, next })
}

fn copy(row: &dyn Row) -> Result<HeldCopy> {
    Ok(HeldCopy {
        message_id: row.get(0)?,
        channel_id: row.get(1)?,
        author_id: row.get(2)?,
        said_at: row.get(3)?,
        deleted_at: row.get(4)?,
        text: row.get(5)?,
        forwarded: row.get(6)?,
        earlier: Vec::new(),
        files: Vec::new(),
    })
}

fn file(row: &dyn Row) -> Result<HeldFile> {
    Ok(HeldFile {
        id: row.get(1)?,
        name: row.get(2)?,
        media_type: row.get(3)?,
        size_bytes: row.get(4)?,
        hash: row.get(5)?,
    })
}
