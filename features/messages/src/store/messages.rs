//! Single messages: writing, editing, deleting, reacting.

use super::NIL;
use base::{ChannelId, MessageId, PersonId, Seq, Timestamp, TopicId};
use platform::{
    db::{Result, Row, Tx},
    journal::id_list,
};
use uuid::Uuid;

platform::sql! {
    FIND = "select channel_id, seq, topic_id, author_id, at, text, quote_id, edited_at, deleted_at, gone \
        from message where id = $1";
    INSERT = "insert into message (channel_id, seq, id, topic_id, author_id, at, text, quote_id) \
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    IMPORT = "insert into message (channel_id, seq, id, topic_id, author_id, at, text, edited_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    MENTION = {
        sqlite: "insert into mention (person_id, channel_id, seq, topic_id) \
            select unhex(value), $1, $2, $3 from json_each($4) where true \
            on conflict (person_id, channel_id, seq) do nothing",
        postgres: "insert into mention (person_id, channel_id, seq, topic_id) \
            select value::uuid, $1, $2, $3 from json_array_elements_text(cast($4 as text)::json) \
            on conflict (person_id, channel_id, seq) do nothing"
    };
    CLEAR_MENTIONS = "delete from mention where channel_id = $1 and seq = $2";
    KEEP_REVISION = "insert into message_revision (channel_id, seq, event_seq, at, text) values ($1, $2, $3, $4, $5)";
    EDIT = "update message set text = $3, edited_at = $4 where channel_id = $1 and seq = $2";
    REVISIONS = "select at, text from message_revision where channel_id = $1 and seq = $2 order by event_seq";
    REVISION_EVENTS = "select event_seq from message_revision where channel_id = $1 and seq = $2";
    CLEAR_REVISIONS = "delete from message_revision where channel_id = $1 and seq = $2";
    CLEAR_REACTIONS = "delete from reaction where channel_id = $1 and seq = $2";
    ERASE = "update message set text = '', quote_id = null, deleted_at = $3 where channel_id = $1 and seq = $2";
    QUOTING = "select id, seq from message where quote_id = $1 limit 10000";
    REACT = "insert into reaction (channel_id, seq, emoji, person_id, at) values ($1, $2, $3, $4, $5) \
        on conflict (channel_id, seq, emoji, person_id) do nothing";
    UNREACT = "delete from reaction where channel_id = $1 and seq = $2 and emoji = $3 and person_id = $4";
    COUNT_EMOJI = "select count(distinct emoji) from reaction where channel_id = $1 and seq = $2 and emoji <> $3";
    COUNT_REACTION = "select count(*) from reaction where channel_id = $1 and seq = $2 and emoji = $3";
    REACTION_PEOPLE = "select person_id from reaction where channel_id = $1 and seq = $2 and emoji = $3 \
        order by person_id \
        limit $4";
}

/// A message as a row.
#[derive(Debug, Clone)]
pub(crate) struct MessageRow {
    pub id: MessageId,
    pub channel: ChannelId,
    pub seq: Seq,
    pub topic: Option<TopicId>,
    pub author: PersonId,
    pub at: Timestamp,
    pub text: String,
    pub quote: Option<MessageId>,
    pub edited_at: Option<Timestamp>,
    pub deleted_at: Option<Timestamp>,
    /// By the rule for how long messages stay.
    pub gone: bool,
}

pub(crate) fn find(tx: &mut dyn Tx, id: MessageId) -> Result<Option<MessageRow>> {
    tx.find(&FIND, &[id.into()], |row: &dyn Row| {
        Ok(MessageRow {
            id,
            channel: row.get(0)?,
            seq: row.get(1)?,
            topic: row.get_optional(2)?,
            author: row.get(3)?,
            at: row.get(4)?,
            text: row.get(5)?,
            quote: row.get_optional(6)?,
            edited_at: row.get_optional(7)?,
            deleted_at: row.get_optional(8)?,
            gone: row.get(9)?,
        })
    })
}

pub(crate) fn insert(tx: &mut dyn Tx, row: &MessageRow) -> Result<()> {
    let args = [
        row.channel.into(),
        row.seq.into(),
        row.id.into(),
        row.topic.into(),
        row.author.into(),
        row.at.into(),
        (&row.text).into(),
        row.quote.into(),
    ];
    tx.exec(&INSERT, &args).map(|_| ())
}

/// Writes a message of history, which may have been edited where it comes from.
pub(crate) fn import(tx: &mut dyn Tx, row: &MessageRow) -> Result<()> {
    let args = [
        row.channel.into(),
        row.seq.into(),
        row.id.into(),
        row.topic.into(),
        row.author.into(),
        row.at.into(),
        (&row.text).into(),
        row.edited_at.into(),
    ];
    tx.exec(&IMPORT, &args).map(|_| ())
}

/// Notes whom a message names, in place of whom it named before.
pub(crate) fn replace_mentions(
    tx: &mut dyn Tx,
    row: &MessageRow,
    people: &[PersonId],
    everyone: bool,
) -> Result<()> {
    if row.edited_at.is_some() {
        tx.exec(&CLEAR_MENTIONS, &[row.channel.into(), row.seq.into()])?;
    }
    let named: Vec<Uuid> = people
        .iter()
        .map(|person| person.0)
        .chain(everyone.then_some(NIL))
        .collect();
    if named.is_empty() {
        return Ok(());
    }
    let named = id_list(tx, named.into_iter());
    let args = [
        row.channel.into(),
        row.seq.into(),
        row.topic.into(),
        (&named).into(),
    ];
    tx.exec(&MENTION, &args).map(drop)
}

/// Puts a new text in place and keeps the old one, with the number of the event that says so.
pub(crate) fn edit(tx: &mut dyn Tx, old: &MessageRow, text: &str, event: Seq, now: Timestamp) -> Result<()> {
    let since = old.edited_at.unwrap_or(old.at);
    let place = [old.channel.into(), old.seq.into()];
    tx.exec(
        &KEEP_REVISION,
        &[place[0], place[1], event.into(), since.into(), (&old.text).into()],
    )?;
    tx.exec(&EDIT, &[place[0], place[1], text.into(), now.into()])
        .map(|_| ())
}

/// Earlier texts with the time since when each was true, oldest first.
pub(crate) fn list_revisions(tx: &mut dyn Tx, row: &MessageRow) -> Result<Vec<(Timestamp, String)>> {
    tx.list(&REVISIONS, &[row.channel.into(), row.seq.into()], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// The events that hold a text of this message: the one that posted it and those of its edits.
pub(crate) fn list_text_events(tx: &mut dyn Tx, row: &MessageRow) -> Result<Vec<Seq>> {
    let mut events = tx.list(&REVISION_EVENTS, &[row.channel.into(), row.seq.into()], |row| {
        row.get(0)
    })?;
    events.push(row.seq);
    Ok(events)
}

/// Messages that quote this one, and so hold its beginning in their events.
pub(crate) fn list_quoting(tx: &mut dyn Tx, id: MessageId) -> Result<Vec<MessageId>> {
    tx.list(&QUOTING, &[id.into()], |row| row.get(0))
}

/// Takes away the text and everything that hangs on it; the place stays.
pub(crate) fn erase(tx: &mut dyn Tx, row: &MessageRow, now: Timestamp) -> Result<()> {
    let place = [row.channel.into(), row.seq.into()];
    for statement in [&CLEAR_MENTIONS, &CLEAR_REVISIONS, &CLEAR_REACTIONS] {
        tx.exec(statement, &place)?;
    }
    tx.exec(&ERASE, &[place[0], place[1], now.into()]).map(|_| ())
}

/// True when it was not there before.
pub(crate) fn react(
    tx: &mut dyn Tx,
    row: &MessageRow,
    emoji: &str,
    person: PersonId,
    now: Timestamp,
) -> Result<bool> {
    Ok(tx.exec(
        &REACT,
        &[
            row.channel.into(),
            row.seq.into(),
            emoji.into(),
            person.into(),
            now.into(),
        ],
    )? == 1)
}

/// True when it was there.
pub(crate) fn unreact(tx: &mut dyn Tx, row: &MessageRow, emoji: &str, person: PersonId) -> Result<bool> {
    Ok(tx.exec(
        &UNREACT,
        &[row.channel.into(), row.seq.into(), emoji.into(), person.into()],
    )? == 1)
}

/// How many other emoji the message carries.
pub(crate) fn count_other_emoji(tx: &mut dyn Tx, row: &MessageRow, emoji: &str) -> Result<i64> {
    tx.one(
        &COUNT_EMOJI,
        &[row.channel.into(), row.seq.into(), emoji.into()],
        |row| row.get(0),
    )
}

pub(crate) fn count_reaction(tx: &mut dyn Tx, row: &MessageRow, emoji: &str) -> Result<i64> {
    tx.one(
        &COUNT_REACTION,
        &[row.channel.into(), row.seq.into(), emoji.into()],
        |row| row.get(0),
    )
}

/// Who reacted so, in the order of their ids.
pub(crate) fn list_reaction_people(
    tx: &mut dyn Tx,
    row: &MessageRow,
    emoji: &str,
    limit: i64,
) -> Result<Vec<PersonId>> {
    tx.list(
        &REACTION_PEOPLE,
        &[row.channel.into(), row.seq.into(), emoji.into(), limit.into()],
        |row| row.get(0),
    )
}
