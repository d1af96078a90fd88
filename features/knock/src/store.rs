//! All SQL of knocking.

use crate::wire::{Knock, KnockAnswer};
use base::{ChannelId, PersonId, Timestamp};
use platform::db::{Error, Result, Row, Tx};
use uuid::Uuid;

platform::sql! {
    LAST = "select id, channel_id, by_id, to_id, at, expires_at, answer, until, answered_at from knock \
        where channel_id = $1 order by at desc, id desc limit 1";
    FIND = "select id, channel_id, by_id, to_id, at, expires_at, answer, until, answered_at from knock where id = $1";
    INSERT = "insert into knock (id, channel_id, by_id, to_id, at, expires_at) values ($1, $2, $3, $4, $5, $6)";
    ANSWER = "update knock set answer = $2, until = $3, answered_at = $4 where id = $1";
    DELETE = "delete from knock where id = $1";
    FORGET_OLD = "delete from knock where channel_id = $1 and at < $2";
    FORGET = "delete from knock where by_id = $1 or to_id = $1";
    COUNT_UNANSWERED = "select count(*) from knock where channel_id = $1 and by_id = $2 and at > $3 and answer is null";
    OTHER = "select m.person_id from channel_member m \
        join person p on p.id = m.person_id and p.deactivated_at is null and p.bot_of is null \
        where m.channel_id = $1 and m.person_id <> $2 limit 1";
}

/// Where a row of a knock holds its answer.
const ANSWER_COLUMN: usize = 6;

fn word(answer: KnockAnswer) -> &'static str {
    match answer {
        KnockAnswer::Yes => "yes",
        KnockAnswer::At => "at",
        KnockAnswer::No => "no",
    }
}

fn parse(word: &str) -> Result<KnockAnswer> {
    match word {
        "yes" => Ok(KnockAnswer::Yes),
        "at" => Ok(KnockAnswer::At),
        "no" => Ok(KnockAnswer::No),
        _ => Err(Error::Column(ANSWER_COLUMN)),
    }
}

fn knock(row: &dyn Row) -> Result<Knock> {
    let answer: Option<String> = row.get_optional(ANSWER_COLUMN)?;
    Ok(Knock {
        id: row.get(0)?,
        channel_id: row.get(1)?,
        by_id: row.get(2)?,
        to_id: row.get(3)?,
        at: row.get(4)?,
        expires_at: row.get(5)?,
        answer: answer.as_deref().map(parse).transpose()?,
        until: row.get_optional(7)?,
        answered_at: row.get_optional(8)?,
    })
}

pub(crate) fn find_last(tx: &mut dyn Tx, channel: ChannelId) -> Result<Option<Knock>> {
    tx.find(&LAST, &[channel.into()], knock)
}

pub(crate) fn find(tx: &mut dyn Tx, id: Uuid) -> Result<Option<Knock>> {
    tx.find(&FIND, &[id.into()], knock)
}

pub(crate) fn insert(tx: &mut dyn Tx, knock: &Knock) -> Result<()> {
    let args = [
        knock.id.into(),
        knock.channel_id.into(),
        knock.by_id.into(),
        knock.to_id.into(),
        knock.at.into(),
        knock.expires_at.into(),
    ];
    tx.exec(&INSERT, &args).map(|_| ())
}

pub(crate) fn answer(
    tx: &mut dyn Tx,
    id: Uuid,
    (answer, until): (KnockAnswer, Option<Timestamp>),
    at: Timestamp,
) -> Result<()> {
    let args = [id.into(), word(answer).into(), until.into(), at.into()];
    tx.exec(&ANSWER, &args).map(|_| ())
}

pub(crate) fn delete(tx: &mut dyn Tx, id: Uuid) -> Result<()> {
    tx.exec(&DELETE, &[id.into()]).map(|_| ())
}

pub(crate) fn forget_old(tx: &mut dyn Tx, channel: ChannelId, before: Timestamp) -> Result<()> {
    tx.exec(&FORGET_OLD, &[channel.into(), before.into()]).map(|_| ())
}

pub(crate) fn forget(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    tx.exec(&FORGET, &[person.into()]).map(|_| ())
}

pub(crate) fn count_unanswered(
    tx: &mut dyn Tx,
    (channel, by): (ChannelId, PersonId),
    since: Timestamp,
) -> Result<i64> {
    let args = [channel.into(), by.into(), since.into()];
    let n = tx.find(&COUNT_UNANSWERED, &args, |row| row.get(0))?;
    Ok(n.unwrap_or(0))
}

/// The other one of a conversation of two, if they can still be reached.
pub(crate) fn find_other(tx: &mut dyn Tx, channel: ChannelId, me: PersonId) -> Result<Option<PersonId>> {
    tx.find(&OTHER, &[channel.into(), me.into()], |row| row.get(0))
}
