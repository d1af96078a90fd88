//! SQL of copies.

use super::{HeldCopies, HeldCopy, HeldFile};
use base::{ChannelId, MessageId, PersonId, Seq, Timestamp};
use platform::db::{Result, Row, Tx};
use std::collections::HashMap;
use uuid::Uuid;

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
    COPIES = "select k.message_id, k.channel_id, k.author_id, k.said_at, k.deleted_at, k.text, k.forwarded, p.name \
        from held_copy k \
        join person p on p.id = k.author_id \
        where (k.channel_id = $1 or k.author_id = $1) and k.message_id > $2 \
        order by k.message_id \
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

pub(super) fn is_held(tx: &mut dyn Tx, channel: ChannelId, author: PersonId) -> Result<bool> {
    Ok(tx
        .find(&IS_HELD, &[channel.into(), author.into()], |_| Ok(()))?
        .is_some())
}

/// Writes down what the message at this place is now, for later.
pub(super) fn keep(tx: &mut dyn Tx, (channel, seq): (ChannelId, Seq), now: Timestamp) -> Result<()> {
    let place = [channel.into(), seq.into()];
    tx.exec(&KEEP, &[place[0], place[1], now.into()])?;
    tx.exec(&KEEP_REVISIONS, &place)?;
    tx.exec(&KEEP_FILES, &place).map(|_| ())
}

/// Some that no hold covers.
pub(super) fn list_loose(tx: &mut dyn Tx, limit: i64) -> Result<Vec<MessageId>> {
    tx.list(&LOOSE, &[limit.into()], |row| row.get(0))
}

/// Forgets one; the blobs that it named.
pub(super) fn drop(tx: &mut dyn Tx, id: MessageId) -> Result<Vec<String>> {
    let blobs = tx.list(&BLOBS, &[id.into()], |row| row.get(0))?;
    for statement in [&DROP_FILES, &DROP_REVISIONS, &DROP_COPY] {
        tx.exec(statement, &[id.into()])?;
    }
    Ok(blobs)
}

/// How many there are, for tests.
#[cfg(test)]
pub(crate) fn count(tx: &mut dyn Tx) -> Result<i64> {
    tx.one(&COUNT, &[], |row| row.get(0))
}

/// Those of a channel or a person after this one, in order.
pub(super) fn page(tx: &mut dyn Tx, subject: Uuid, after: MessageId, n_items: i64) -> Result<HeldCopies> {
    let limit = n_items + 1;
    let mut items = tx.list(&COPIES, &[subject.into(), after.into(), limit.into()], copy)?;
    let has_more = items.len() as i64 > n_items;
    items.truncate(n_items as usize);
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
        author_name: row.get(7)?,
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
