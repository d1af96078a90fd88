//! Letters that are to be asked for, and those that were.

use super::push::{Unseen, unseen};
use crate::model::MailWay;
use base::{PersonId, Timestamp};
use platform::db::{Error, Result, Tx};
use uuid::Uuid;

platform::sql! {
    CHOICE = "select mail, mail_since from notice_choice where person_id = $1";
    CHOOSE = "insert into notice_choice (person_id, hides_texts, mail, mail_since) values ($1, 0, $2, $3) \
        on conflict (person_id) do update set mail = excluded.mail, mail_since = excluded.mail_since";
    DROP_WAITING = "delete from notice_mail where person_id = $1 and state = 'waiting'";
    HAS_WAITING = "select 1 from notice_mail where person_id = $1 and state = 'waiting' limit 1";
    ASK = "insert into notice_mail (id, person_id, way, from_at, until_at, due_at, state) values ($1, $2, $3, $4, $5, $6, 'waiting')";
    MOVE = "update notice_mail set due_at = $2 where person_id = $1 and state = 'waiting' and way = 'day'";
    N_DUE = "select count(*) from notice_mail where state = 'waiting' and due_at <= $1";
    LIST_DUE = "select id, person_id, way, from_at, until_at from notice_mail where state = 'waiting' and due_at <= $1 \
        order by due_at, id limit $2";
    GIVE = "update notice_mail set state = 'given', given_at = $2, until_at = $3 where id = $1 and state = 'waiting'";
    DROP = "delete from notice_mail where id = $1";
    GIVEN = "select id, person_id, way, from_at, until_at from notice_mail where id = $1 and state = 'given'";
    N_GIVEN = "select count(*) from notice_mail where person_id = $1 and state = 'given' and given_at > $2";
    LAST_UNTIL = "select max(until_at) from notice_mail where person_id = $1 and state = 'given'";
    UNSEEN = "select n.message_id, n.channel_id, n.cause, n.due_at, n.urgent, a.id, m.text, c.kind, c.name, n.consented, \
            case when a.bot_of is null then 0 else 1 end \
        from notice n \
        join message m on m.id = n.message_id \
        join channel c on c.id = n.channel_id \
        join person a on a.id = coalesce(n.by_id, m.author_id) \
        where n.person_id = $1 and n.state = 'released' and n.settled_at > $2 and n.settled_at <= $3 \
        and n.seen_at is null and m.deleted_at is null \
        order by 1 - n.urgent, case when n.due_at is null then 1 else 0 end, n.due_at, n.at, n.message_id \
        limit $4";
    DROP_OLD = "delete from notice_mail where state = 'given' and given_at < $1";
    FORGET = "delete from notice_mail where person_id = $1";
}

/// What somebody has chosen, and since when.
pub(crate) fn find_choice(tx: &mut dyn Tx, person: PersonId) -> Result<(MailWay, Timestamp)> {
    let found = tx.find(&CHOICE, &[person.into()], |row| {
        let way = row.text(0)?.and_then(MailWay::parse).unwrap_or(MailWay::Nothing);
        Ok((way, row.get_optional(1)?.unwrap_or(Timestamp(0))))
    })?;
    Ok(found.unwrap_or((MailWay::Nothing, Timestamp(0))))
}

/// From now on so. What was to be asked for in another way is not.
pub(crate) fn choose(tx: &mut dyn Tx, person: PersonId, way: MailWay, now: Timestamp) -> Result<()> {
    tx.exec(&DROP_WAITING, &[person.into()])?;
    tx.exec(&CHOOSE, &[person.into(), way.as_str().into(), now.into()])
        .map(drop)
}

/// A letter of what was told in this time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked {
    pub id: Uuid,
    pub person: PersonId,
    pub way: MailWay,
    pub from: Timestamp,
    pub until: Option<Timestamp>,
}

pub(crate) fn has_waiting(tx: &mut dyn Tx, person: PersonId) -> Result<bool> {
    Ok(tx.find(&HAS_WAITING, &[person.into()], |_| Ok(()))?.is_some())
}

pub(crate) fn ask(tx: &mut dyn Tx, asked: &Asked, due: Timestamp) -> Result<()> {
    let args = [
        asked.id.into(),
        asked.person.into(),
        asked.way.as_str().into(),
        asked.from.into(),
        asked.until.into(),
        due.into(),
    ];
    tx.exec(&ASK, &args).map(drop)
}

/// The beginning of their day is another one now.
pub(crate) fn move_day(tx: &mut dyn Tx, person: PersonId, due: Timestamp) -> Result<()> {
    tx.exec(&MOVE, &[person.into(), due.into()]).map(drop)
}

pub(crate) fn n_due(tx: &mut dyn Tx, now: Timestamp) -> Result<i64> {
    tx.one(&N_DUE, &[now.into()], |row| row.get(0))
}

pub(crate) fn list_due(tx: &mut dyn Tx, now: Timestamp, limit: i64) -> Result<Vec<Asked>> {
    tx.list(&LIST_DUE, &[now.into(), limit.into()], asked)
}

/// A letter that was asked for; None: it is not wanted any more.
pub(crate) fn find_given(tx: &mut dyn Tx, id: Uuid) -> Result<Option<Asked>> {
    tx.find(&GIVEN, &[id.into()], asked)
}

fn asked(row: &dyn platform::db::Row) -> Result<Asked> {
    Ok(Asked {
        id: row.get(0)?,
        person: row.get(1)?,
        way: row.text(2)?.and_then(MailWay::parse).ok_or(Error::Column(2))?,
        from: row.get(3)?,
        until: row.get_optional(4)?,
    })
}

/// False: another process was faster.
pub(crate) fn give(tx: &mut dyn Tx, id: Uuid, now: Timestamp, until: Timestamp) -> Result<bool> {
    Ok(tx.exec(&GIVE, &[id.into(), now.into(), until.into()])? == 1)
}

pub(crate) fn drop_one(tx: &mut dyn Tx, id: Uuid) -> Result<bool> {
    Ok(tx.exec(&DROP, &[id.into()])? == 1)
}

/// How many somebody got since then.
pub(crate) fn count_given(tx: &mut dyn Tx, person: PersonId, since: Timestamp) -> Result<i64> {
    tx.one(&N_GIVEN, &[person.into(), since.into()], |row| row.get(0))
}

/// Up to where earlier letters went.
pub(crate) fn last_until(tx: &mut dyn Tx, person: PersonId) -> Result<Option<Timestamp>> {
    tx.one(&LAST_UNTIL, &[person.into()], |row| row.get_optional(0))
}

/// What was told in the time of a letter and is not seen, in the order of telling.
pub(crate) fn list_unseen(tx: &mut dyn Tx, asked: &Asked, now: Timestamp, limit: i64) -> Result<Vec<Unseen>> {
    let until = asked.until.unwrap_or(now);
    let args = [asked.person.into(), asked.from.into(), until.into(), limit.into()];
    tx.list(&UNSEEN, &args, unseen)
}

pub(crate) fn drop_old(tx: &mut dyn Tx, before: Timestamp) -> Result<()> {
    tx.exec(&DROP_OLD, &[before.into()]).map(drop)
}

/// Nothing of a person is left.
pub(crate) fn forget(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    tx.exec(&FORGET, &[person.into()]).map(drop)
}
