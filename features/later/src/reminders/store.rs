//! All SQL of reminders.

use base::{ChannelId, MessageId, PersonId, ReminderId, Seq, Timestamp};
use platform::{
    db::{Result, Row, Tx},
    journal::id_list,
};
use std::collections::HashMap;

platform::sql! {
    FIND = "select id, person_id, message_id, channel_id, note, due_at, created_at, told_at, gone_at from reminder where id = $1";
    LIST = "select id, person_id, message_id, channel_id, note, due_at, created_at, told_at, gone_at \
        from reminder where person_id = $1 and (due_at > $2 or (due_at = $2 and id > $3)) \
        order by due_at, id limit $4";
    COUNT = "select count(*) from reminder where person_id = $1";
    INSERT = "insert into reminder (id, person_id, message_id, channel_id, note, due_at, created_at) \
        values ($1, $2, $3, $4, $5, $6, $7) on conflict (id) do nothing";
    OF_MESSAGE = "update reminder set gone_at = $2, told_at = coalesce(told_at, $2) where message_id = $1 and gone_at is null \
        returning id, person_id, message_id, channel_id, note, due_at, created_at, told_at, gone_at";
    CHANGE = "update reminder set note = $2, due_at = $3, told_at = $4 where id = $1";
    REMOVE = "delete from reminder where id = $1";
    NEXT_DUE = "select due_at from reminder where told_at is null order by due_at limit 1";
    TAKE_DUE = {
        sqlite: "update reminder set told_at = $1 \
            where id in (select id from reminder where told_at is null and due_at <= $1 order by due_at, id limit $2) \
            returning id, person_id, message_id, channel_id, note, due_at, created_at, told_at, gone_at",
        postgres: "update reminder set told_at = $1 \
            where id in (select id from reminder where told_at is null and due_at <= $1 order by due_at, id limit $2 \
            for update skip locked) \
            returning id, person_id, message_id, channel_id, note, due_at, created_at, told_at, gone_at"
    };
    PLACE = "select id, channel_id, seq, author_id, deleted_at, text from message where id = $1";
    PLACES = {
        sqlite: "select id, channel_id, seq, author_id, deleted_at, text from message \
            where id in (select unhex(value) from json_each($1))",
        postgres: "select id, channel_id, seq, author_id, deleted_at, text from message \
            where id in (select value::uuid from json_array_elements_text(cast($1 as text)::json))"
    };
    FORGET = "delete from reminder where person_id = $1";
}

/// Something of which somebody is told again.
#[derive(Debug, Clone)]
pub(crate) struct ReminderRow {
    pub id: ReminderId,
    pub person: PersonId,
    pub message: MessageId,
    pub channel: ChannelId,
    pub note: String,
    pub due_at: Timestamp,
    pub created_at: Timestamp,
    pub told_at: Option<Timestamp>,
    /// Since when its message is gone.
    pub gone_at: Option<Timestamp>,
}

fn read(row: &dyn Row) -> Result<ReminderRow> {
    Ok(ReminderRow {
        id: row.get(0)?,
        person: row.get(1)?,
        message: row.get(2)?,
        channel: row.get(3)?,
        note: row.get(4)?,
        due_at: row.get(5)?,
        created_at: row.get(6)?,
        told_at: row.get_optional(7)?,
        gone_at: row.get_optional(8)?,
    })
}

pub(crate) fn find(tx: &mut dyn Tx, id: ReminderId) -> Result<Option<ReminderRow>> {
    tx.find(&FIND, &[id.into()], read)
}

/// In the order of their time, after this place.
pub(crate) fn list(
    tx: &mut dyn Tx,
    person: PersonId,
    after: Option<(Timestamp, ReminderId)>,
    limit: i64,
) -> Result<Vec<ReminderRow>> {
    let (at, id) = after.unwrap_or((Timestamp(i64::MIN), ReminderId(uuid::Uuid::nil())));
    tx.list(&LIST, &[person.into(), at.into(), id.into(), limit.into()], read)
}

pub(crate) fn count(tx: &mut dyn Tx, person: PersonId) -> Result<i64> {
    tx.one(&COUNT, &[person.into()], |row| row.get(0))
}

/// False: the id is taken.
pub(crate) fn insert(tx: &mut dyn Tx, row: &ReminderRow) -> Result<bool> {
    let args = [
        row.id.into(),
        row.person.into(),
        row.message.into(),
        row.channel.into(),
        (&row.note).into(),
        row.due_at.into(),
        row.created_at.into(),
    ];
    Ok(tx.exec(&INSERT, &args)? == 1)
}

pub(crate) fn change(tx: &mut dyn Tx, row: &ReminderRow) -> Result<()> {
    let args = [
        row.id.into(),
        (&row.note).into(),
        row.due_at.into(),
        row.told_at.into(),
    ];
    tx.exec(&CHANGE, &args).map(drop)
}

/// False: it was not there any more.
pub(crate) fn remove(tx: &mut dyn Tx, row: &ReminderRow) -> Result<bool> {
    Ok(tx.exec(&REMOVE, &[row.id.into()])? == 1)
}

/// When the next one is due.
pub(crate) fn find_next_due(tx: &mut dyn Tx) -> Result<Option<Timestamp>> {
    tx.find(&NEXT_DUE, &[], |row| row.get(0))
}

/// Marks what is due as told, in no order. Of two processes one gets each.
pub(crate) fn take_due(tx: &mut dyn Tx, now: Timestamp, limit: i64) -> Result<Vec<ReminderRow>> {
    tx.list(&TAKE_DUE, &[now.into(), limit.into()], read)
}

/// The message is gone: none of its reminders waits any more.
pub(crate) fn forget_message(
    tx: &mut dyn Tx,
    message: MessageId,
    now: Timestamp,
) -> Result<Vec<ReminderRow>> {
    tx.list(&OF_MESSAGE, &[message.into(), now.into()], read)
}

/// A message of which somebody is reminded.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub channel: ChannelId,
    pub seq: Seq,
    pub author: PersonId,
    pub is_deleted: bool,
    pub text: String,
}

fn read_place(row: &dyn Row) -> Result<(MessageId, Place)> {
    let place = Place {
        channel: row.get(1)?,
        seq: row.get(2)?,
        author: row.get(3)?,
        is_deleted: row.get_optional::<Timestamp>(4)?.is_some(),
        text: row.get(5)?,
    };
    Ok((row.get(0)?, place))
}

pub(crate) fn find_place(tx: &mut dyn Tx, message: MessageId) -> Result<Option<Place>> {
    Ok(tx
        .find(&PLACE, &[message.into()], read_place)?
        .map(|(_, place)| place))
}

pub(crate) fn list_places(tx: &mut dyn Tx, messages: &[MessageId]) -> Result<HashMap<MessageId, Place>> {
    let ids = id_list(tx, messages.iter().map(|id| id.0));
    Ok(tx
        .list(&PLACES, &[ids.as_str().into()], read_place)?
        .into_iter()
        .collect())
}

/// Nothing of a person is left.
pub(crate) fn forget(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    tx.exec(&FORGET, &[person.into()]).map(drop)
}
