//! SQL of copies.

use super::{HeldAnswer, HeldCopies, HeldCopy, HeldFile, HeldReaction};
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
    KEEP_REACTIONS = "insert into held_reaction (message_id, emoji, person_id, at) \
        select m.id, r.emoji, r.person_id, r.at \
        from reaction r \
        join message m on m.channel_id = r.channel_id and m.seq = r.seq \
        where r.channel_id = $1 and r.seq = $2 \
        on conflict (message_id, emoji, person_id) do nothing";
    KEEP_ANSWER = "insert into held_answer (message_id, idx, text, n_votes) values ($1, $2, $3, $4) \
        on conflict (message_id, idx) do update set n_votes = excluded.n_votes";
    IS_KEPT = "select 1 from held_copy where message_id = $1";
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
    COPY_REACTIONS = "select r.message_id, r.emoji, p.name \
        from held_reaction r \
        join held_copy c on c.message_id = r.message_id \
        join person p on p.id = r.person_id \
        where (c.channel_id = $1 or c.author_id = $1) and c.message_id > $2 and c.message_id <= $3 \
        order by r.message_id, r.emoji, r.at, r.person_id";
    COPY_ANSWERS = "select a.message_id, a.text, a.n_votes \
        from held_answer a \
        join held_copy c on c.message_id = a.message_id \
        where (c.channel_id = $1 or c.author_id = $1) and c.message_id > $2 and c.message_id <= $3 \
        order by a.message_id, a.idx";
    LOOSE = "select message_id from held_copy c \
        where not exists (select 1 from hold h where h.subject_id = c.channel_id or h.subject_id = c.author_id) \
        limit $1";
    COUNT = "select count(*) from held_copy";
    BLOBS = "select blob from held_file where message_id = $1";
    DROP_FILES = "delete from held_file where message_id = $1";
    DROP_REVISIONS = "delete from held_revision where message_id = $1";
    DROP_REACTIONS = "delete from held_reaction where message_id = $1";
    DROP_ANSWERS = "delete from held_answer where message_id = $1";
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
    tx.exec(&KEEP_REACTIONS, &place)?;
    tx.exec(&KEEP_FILES, &place).map(|_| ())
}

/// Whether there is a copy of a message.
pub(super) fn is_kept(tx: &mut dyn Tx, message: MessageId) -> Result<bool> {
    Ok(tx.find(&IS_KEPT, &[message.into()], |_| Ok(()))?.is_some())
}

pub(super) fn keep_answer(
    tx: &mut dyn Tx,
    message: MessageId,
    idx: i64,
    HeldAnswer { text, n_votes }: &HeldAnswer,
) -> Result<()> {
    let args = [message.into(), idx.into(), text.into(), (*n_votes).into()];
    tx.exec(&KEEP_ANSWER, &args).map(|_| ())
}

/// Some that no hold covers.
pub(super) fn list_loose(tx: &mut dyn Tx, limit: i64) -> Result<Vec<MessageId>> {
    tx.list(&LOOSE, &[limit.into()], |row| row.get(0))
}

/// Forgets one; the blobs that it named.
pub(super) fn drop(tx: &mut dyn Tx, id: MessageId) -> Result<Vec<String>> {
    let blobs = tx.list(&BLOBS, &[id.into()], |row| row.get(0))?;
    let all = [
        &DROP_FILES,
        &DROP_REVISIONS,
        &DROP_REACTIONS,
        &DROP_ANSWERS,
        &DROP_COPY,
    ];
    for statement in all {
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
    let mut reactions: HashMap<MessageId, Vec<HeldReaction>> = HashMap::new();
    let found: Vec<(MessageId, String, String)> = tx.list(&COPY_REACTIONS, &stretch, |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })?;
    for (id, emoji, name) in found {
        let of_copy = reactions.entry(id).or_default();
        match of_copy.last_mut().filter(|last| last.emoji == emoji) {
            Some(last) => last.names.push(name),
            None => of_copy.push(HeldReaction {
                emoji,
                names: vec![name],
            }),
        }
    }
    let mut answers: HashMap<MessageId, Vec<HeldAnswer>> = HashMap::new();
    for (id, held) in tx.list(&COPY_ANSWERS, &stretch, |row| Ok((row.get(0)?, answer(row)?)))? {
        answers.entry(id).or_default().push(held);
    }
    for copy in &mut items {
        copy.earlier = earlier.remove(&copy.message_id).unwrap_or_default();
        copy.files = files.remove(&copy.message_id).unwrap_or_default();
        copy.reactions = reactions.remove(&copy.message_id).unwrap_or_default();
        copy.answers = answers.remove(&copy.message_id).unwrap_or_default();
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
        reactions: Vec::new(),
        answers: Vec::new(),
    })
}

fn answer(row: &dyn Row) -> Result<HeldAnswer> {
    Ok(HeldAnswer {
        text: row.get(1)?,
        n_votes: row.get(2)?,
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
