//! Notices as rows: held, released, superseded.

use crate::{
    model::{Called, Cause, HELD_MESSAGES_MAX, RELEASED_MAX, Wait},
    store::called::{Calling, levels},
    wire::{HeldMessage, Notice},
};
use base::{ChannelId, MessageId, PersonId, Seq, Timestamp, TopicId};
use platform::{
    db::{Result, Row, Tx},
    journal::id_list,
};
use serde_json::json;
use timing::delivery::Held;
use uuid::Uuid;

platform::sql! {
    /// Who has a row keeps it, but learns by when an answer is expected of them.
    INSERT = {
        sqlite: "insert into notice (person_id, message_id, channel_id, seq, cause, at, due_at, urgent, consented, state, release_at, held_until) \
            select unhex(json_extract(value, '$.person')), $1, $2, $3, json_extract(value, '$.cause'), $4, \
                json_extract(value, '$.due_at'), json_extract(value, '$.urgent'), json_extract(value, '$.consented'), 'held', \
                json_extract(value, '$.release_at'), json_extract(value, '$.held_until') \
            from json_each($5) where true \
            on conflict (person_id, message_id) do update set due_at = excluded.due_at \
            where notice.due_at is null and excluded.due_at is not null",
        postgres: "insert into notice (person_id, message_id, channel_id, seq, cause, at, due_at, urgent, consented, state, release_at, held_until) \
            select (value->>'person')::uuid, $1, $2, $3, value->>'cause', $4, \
                (value->>'due_at')::bigint, (value->>'urgent')::bigint, (value->>'consented')::bigint, 'held', \
                (value->>'release_at')::bigint, (value->>'held_until')::bigint \
            from json_array_elements(cast($5 as text)::json) \
            on conflict (person_id, message_id) do update set due_at = excluded.due_at \
            where notice.due_at is null and excluded.due_at is not null"
    };
    /// What somebody was told of before, they are told of once more. A page that nobody has agreed to does not take away that
    /// an earlier one was agreed to.
    AGAIN = "insert into notice (person_id, message_id, channel_id, seq, cause, at, due_at, urgent, consented, state, release_at, held_until, again) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'held', $10, $11, 1) \
        on conflict (person_id, message_id) do update set due_at = excluded.due_at, release_at = excluded.release_at, \
            held_until = excluded.held_until, state = 'held', settled_at = null, release_id = null, seen_at = null, again = 1, by_id = null, \
            cause = case when notice.by_id is null then notice.cause else excluded.cause end, \
            urgent = case when excluded.urgent = 1 then 1 else notice.urgent end, \
            consented = case when excluded.consented = 1 then 1 else notice.consented end";
    SET_DUE = "update notice set due_at = $3 where person_id = $1 and message_id = $2 and state = 'held'";
    CALL_AGAIN = "insert into notice (person_id, message_id, channel_id, seq, cause, at, due_at, urgent, state, release_at, held_until, by_id) \
        values ($1, $2, $3, $4, $5, $6, null, 0, 'held', $7, $8, $9) \
        on conflict (person_id, message_id) do update \
        set cause = excluded.cause, by_id = excluded.by_id, at = excluded.at, due_at = null, urgent = 0, consented = 0, state = excluded.state, \
            release_at = excluded.release_at, held_until = excluded.held_until, settled_at = null, release_id = null, seen_at = null";
    N_DUE = "select count(*) from notice where state = 'held' and release_at <= $1";
    DUE_PEOPLE = "select distinct person_id from notice \
        where state = 'held' and release_at <= $1 and person_id > $2 \
        order by person_id limit $3";
    /// In the order in which they are told, see [`timing::delivery::release_key`].
    HELD = "select n.message_id, n.channel_id, n.seq, n.cause, n.at, n.due_at, n.urgent, n.held_until, n.release_at, m.topic_id, \
            a.id, case when a.bot_of is null then 0 else 1 end, lt.level, coalesce(lc.level, ls.level, lg.level), \
            coalesce(r.seq, cm.joined_seq, 0), \
            case when b.blocked_id is null or c.kind = 'announcement' then 0 else 1 end, c.kind, n.consented, n.again \
        from notice n \
        join message m on m.id = n.message_id \
        join channel c on c.id = n.channel_id \
        join person a on a.id = coalesce(n.by_id, m.author_id) \
        left join channel_member cm on cm.channel_id = n.channel_id and cm.person_id = n.person_id \
        left join told_level lt on lt.person_id = n.person_id and lt.place_id = m.topic_id \
        left join told_level lc on lc.person_id = n.person_id and lc.place_id = n.channel_id \
        left join told_level ls on ls.person_id = n.person_id and ls.place_id = c.space_id \
        left join told_level lg on lg.person_id = n.person_id and lg.place_id = n.person_id \
        left join read_pointer r on r.person_id = n.person_id and r.channel_id = n.channel_id and r.topic_id = coalesce(m.topic_id, $2) \
        left join person_block b on b.person_id = n.person_id and b.blocked_id = a.id \
        where n.person_id = $1 and n.state = 'held' and n.release_at <= $3 \
        order by 1 - n.urgent, case when n.due_at is null then 1 else 0 end, n.due_at, n.at, n.message_id \
        limit $4";
    RELEASE = {
        sqlite: "update notice set state = 'released', settled_at = $2, release_id = $3 \
            where person_id = $1 and state = 'held' and message_id in (select unhex(value) from json_each($4))",
        postgres: "update notice set state = 'released', settled_at = $2, release_id = $3 \
            where person_id = $1 and state = 'held' \
            and message_id in (select value::uuid from json_array_elements_text(cast($4 as text)::json))"
    };
    SUPERSEDE = {
        sqlite: "update notice set state = 'superseded', settled_at = $2, seen_at = $2 \
            where person_id = $1 and state = 'held' and message_id in (select unhex(value) from json_each($3))",
        postgres: "update notice set state = 'superseded', settled_at = $2, seen_at = $2 \
            where person_id = $1 and state = 'held' \
            and message_id in (select value::uuid from json_array_elements_text(cast($3 as text)::json))"
    };
    FORGET_SOME = {
        sqlite: "delete from notice where person_id = $1 and message_id in (select unhex(value) from json_each($2))",
        postgres: "delete from notice where person_id = $1 \
            and message_id in (select value::uuid from json_array_elements_text(cast($2 as text)::json))"
    };
    CALM = "update notice set urgent = 0, consented = 0 where person_id = $1 and message_id = $2 and state = 'held'";
    WAIT = "update notice set release_at = $3, held_until = $4 where person_id = $1 and message_id = $2 and state = 'held'";
    READ = "update notice \
        set seen_at = $5, \
            settled_at = coalesce(settled_at, $5), \
            state = case when state = 'held' then 'superseded' else state end \
        where person_id = $1 and channel_id = $2 and seq <= $3 and seen_at is null \
        and (state <> 'held' or cause <> 'reminder') \
        and exists (select 1 from message m where m.channel_id = notice.channel_id and m.seq = notice.seq \
            and coalesce(m.topic_id, $6) = $4)";
    SHOWN = {
        sqlite: "update notice set seen_at = $2 \
            where person_id = $1 and state = 'released' and seen_at is null and message_id in (select unhex(value) from json_each($3))",
        postgres: "update notice set seen_at = $2 \
            where person_id = $1 and state = 'released' and seen_at is null \
            and message_id in (select value::uuid from json_array_elements_text(cast($3 as text)::json))"
    };
    PUT_OFF = {
        sqlite: "update notice set state = 'held', release_at = $2, settled_at = null, seen_at = null, release_id = null \
            where person_id = $1 and state = 'released' and message_id in (select unhex(value) from json_each($3))",
        postgres: "update notice set state = 'held', release_at = $2, settled_at = null, seen_at = null, release_id = null \
            where person_id = $1 and state = 'released' \
            and message_id in (select value::uuid from json_array_elements_text(cast($3 as text)::json))"
    };
    HAS_HELD = "select 1 from notice where person_id = $1 and seen_at is null and state = 'held' limit 1";
    N_HELD = "select count(*), count(due_at), min(due_at), min(release_at) from notice \
        where person_id = $1 and seen_at is null and state = 'held'";
    SHOWN_TO_SENDER = "select n.message_id, n.person_id, n.held_until, p.time_zone from notice n \
        join message m on m.id = n.message_id \
        join person p on p.id = n.person_id \
        where n.channel_id = $1 and n.held_until > $3 and m.author_id = $2 and n.person_id <> $2 \
        order by n.seq desc, n.person_id \
        limit $4";
    HELD_PEOPLE = "select distinct person_id from notice where state = 'held' and person_id > $1 order by person_id limit $2";
    SETTLE_OWN_ASK = "update notice set state = case when state = 'held' then 'superseded' else state end, settled_at = coalesce(settled_at, $3), \
            seen_at = coalesce(seen_at, $3) \
        where person_id = $1 and message_id = $2 and by_id is not null";
    OF_MESSAGE = "delete from notice where message_id = $1";
    OF_PERSON = "delete from notice where person_id = $1 or by_id = $1";
    DROP_OLD = "delete from notice where at < $1";
}

const NIL: Uuid = Uuid::nil();

/// Something that is held, with all that may have changed since.
#[derive(Debug, Clone)]
pub(crate) struct HeldRow {
    pub notice: Notice,
    pub seq: Seq,
    pub held_until: Option<Timestamp>,
    pub release_at: Timestamp,
    pub called: Called,
    pub read_seq: Seq,
    /// The person blocks who wrote it.
    pub blocked: bool,
    pub is_direct: bool,
    pub again: bool,
}

impl HeldRow {
    pub fn held(&self) -> Held {
        Held {
            urgent: self.notice.urgent,
            due: self.notice.due_at,
            at: self.notice.at,
        }
    }

    /// What was read before is not told, unless it calls since then.
    pub fn is_read(&self) -> bool {
        let calls_anyhow =
            self.again || self.called.cause.has_a_time() || self.called.cause.is_about_own_ask();
        !calls_anyhow && self.seq <= self.read_seq
    }

    /// Whether whoever wrote it sees until when it waits.
    pub fn is_shown_to_sender(&self) -> bool {
        self.is_direct && !self.called.cause.is_about_own_ask()
    }
}

/// Somebody who is called, and until when that waits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Waiting {
    pub person: PersonId,
    pub called: Called,
    pub wait: Wait,
}

/// Writes a row for each of them; who has one keeps it.
pub(crate) fn insert(tx: &mut dyn Tx, calling: &Calling, waiting: &[Waiting]) -> Result<()> {
    if waiting.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = waiting
        .iter()
        .map(|Waiting { person, called, wait }| {
            json!({
                "person": person.0.simple().to_string(),
                "cause": called.cause.as_str(),
                "due_at": called.due,
                "urgent": i64::from(called.urgent),
                "consented": i64::from(called.consented),
                "release_at": wait.release_at,
                "held_until": wait.held_until,
            })
        })
        .collect();
    let rows = json!(rows).to_string();
    let args = [
        calling.id.into(),
        calling.channel.into(),
        calling.seq.into(),
        calling.at.into(),
        rows.as_str().into(),
    ];
    tx.exec(&INSERT, &args).map(drop)
}

/// Writes a row, or opens the one that is there anew: it is told once more.
pub(crate) fn insert_again(tx: &mut dyn Tx, calling: &Calling, waiting: &Waiting) -> Result<()> {
    let Waiting { person, called, wait } = waiting;
    let args = [
        (*person).into(),
        calling.id.into(),
        calling.channel.into(),
        calling.seq.into(),
        called.cause.as_str().into(),
        calling.at.into(),
        called.due.into(),
        called.urgent.into(),
        called.consented.into(),
        wait.release_at.into(),
        wait.held_until.into(),
    ];
    tx.exec(&AGAIN, &args).map(drop)
}

/// By when an answer is expected now; None: none is any more.
pub(crate) fn set_due(
    tx: &mut dyn Tx,
    person: PersonId,
    message: MessageId,
    due: Option<Timestamp>,
) -> Result<()> {
    tx.exec(&SET_DUE, &[person.into(), message.into(), due.into()])
        .map(drop)
}

/// A message calls this person once more, whatever became of it before.
pub(crate) fn call_again(
    tx: &mut dyn Tx,
    calling: &Calling,
    (person, cause, by): (PersonId, Cause, Option<PersonId>),
    wait: Wait,
    now: Timestamp,
) -> Result<()> {
    let args = [
        person.into(),
        calling.id.into(),
        calling.channel.into(),
        calling.seq.into(),
        cause.as_str().into(),
        now.into(),
        wait.release_at.into(),
        wait.held_until.into(),
        by.into(),
    ];
    tx.exec(&CALL_AGAIN, &args).map(drop)
}

/// How many notices wait to be told at this moment.
pub(crate) fn n_due(tx: &mut dyn Tx, now: Timestamp) -> Result<i64> {
    tx.one(&N_DUE, &[now.into()], |row| row.get(0))
}

/// Whose notices wait to be told, after the person on whom the last page ended.
pub(crate) fn list_due_people(
    tx: &mut dyn Tx,
    now: Timestamp,
    after: PersonId,
    limit: i64,
) -> Result<Vec<PersonId>> {
    tx.list(&DUE_PEOPLE, &[now.into(), after.into(), limit.into()], |row| {
        row.get(0)
    })
}

/// What somebody's notices wait for, of those that would be told until then; in the order in which they are told.
pub(crate) fn list_held(tx: &mut dyn Tx, person: PersonId, until: Timestamp) -> Result<Vec<HeldRow>> {
    let args = [person.into(), NIL.into(), until.into(), RELEASED_MAX.into()];
    tx.list(&HELD, &args, held)
}

fn held(row: &dyn Row) -> Result<HeldRow> {
    let (author, urgent): (PersonId, bool) = (row.get(10)?, row.get(6)?);
    let is_bot: bool = row.get(11)?;
    let cause = row.text(3)?.and_then(Cause::parse).unwrap_or(Cause::Reply);
    let topic: Option<TopicId> = row.get_optional(9)?;
    let due_at: Option<Timestamp> = row.get_optional(5)?;
    Ok(HeldRow {
        notice: Notice {
            message_id: row.get(0)?,
            channel_id: row.get(1)?,
            topic_id: topic,
            author_id: author,
            cause,
            at: row.get(4)?,
            due_at,
            urgent,
        },
        seq: row.get(2)?,
        held_until: row.get_optional(7)?,
        release_at: row.get(8)?,
        called: Called {
            cause,
            sender: (!is_bot).then_some(author),
            due: due_at,
            urgent,
            consented: row.get(17)?,
            muted: !levels(row, 12)?.tells(cause.reason()),
        },
        read_seq: row.get(14)?,
        blocked: row.get(15)?,
        is_direct: row.text(16)? == Some("direct"),
        again: row.get(18)?,
    })
}

fn messages(tx: &dyn Tx, rows: &[MessageId]) -> String {
    id_list(tx, rows.iter().map(|id| id.0))
}

/// They are told, together.
pub(crate) fn release(
    tx: &mut dyn Tx,
    person: PersonId,
    some: &[MessageId],
    (release, now): (Uuid, Timestamp),
) -> Result<()> {
    let some = messages(tx, some);
    let args = [person.into(), now.into(), release.into(), some.as_str().into()];
    tx.exec(&RELEASE, &args).map(drop)
}

/// They were read before.
pub(crate) fn supersede(tx: &mut dyn Tx, person: PersonId, some: &[MessageId], now: Timestamp) -> Result<()> {
    let some = messages(tx, some);
    tx.exec(&SUPERSEDE, &[person.into(), now.into(), some.as_str().into()])
        .map(drop)
}

/// What is held of an urgent message is told as of any other.
pub(crate) fn calm(tx: &mut dyn Tx, person: PersonId, message: MessageId) -> Result<()> {
    tx.exec(&CALM, &[person.into(), message.into()]).map(drop)
}

/// They are not to be told to this person at all.
pub(crate) fn forget_some(tx: &mut dyn Tx, person: PersonId, some: &[MessageId]) -> Result<()> {
    let some = messages(tx, some);
    tx.exec(&FORGET_SOME, &[person.into(), some.as_str().into()])
        .map(drop)
}

/// It waits for another moment.
pub(crate) fn wait(tx: &mut dyn Tx, person: PersonId, message: MessageId, wait: Wait) -> Result<()> {
    let args = [
        person.into(),
        message.into(),
        wait.release_at.into(),
        wait.held_until.into(),
    ];
    tx.exec(&WAIT, &args).map(drop)
}

/// A conversation was read up to a place: what was held there is superseded, what was told is seen.
pub(crate) fn read(
    tx: &mut dyn Tx,
    person: PersonId,
    (channel, topic): (ChannelId, Option<TopicId>),
    seq: Seq,
    now: Timestamp,
) -> Result<()> {
    let args = [
        person.into(),
        channel.into(),
        seq.into(),
        topic.map_or(NIL, |topic| topic.0).into(),
        now.into(),
        NIL.into(),
    ];
    tx.exec(&READ, &args).map(drop)
}

/// What was told was shown.
pub(crate) fn shown(tx: &mut dyn Tx, person: PersonId, some: &[MessageId], now: Timestamp) -> Result<()> {
    let some = messages(tx, some);
    tx.exec(&SHOWN, &[person.into(), now.into(), some.as_str().into()])
        .map(drop)
}

/// What was told is told once more, then.
pub(crate) fn put_off(tx: &mut dyn Tx, person: PersonId, some: &[MessageId], until: Timestamp) -> Result<()> {
    let some = messages(tx, some);
    tx.exec(&PUT_OFF, &[person.into(), until.into(), some.as_str().into()])
        .map(drop)
}

pub(crate) fn has_held(tx: &mut dyn Tx, person: PersonId) -> Result<bool> {
    Ok(tx.find(&HAS_HELD, &[person.into()], |_| Ok(()))?.is_some())
}

/// What is held for somebody, in numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HeldCount {
    pub n_held: i64,
    pub n_asks: i64,
    pub first_due: Option<Timestamp>,
    pub next_at: Option<Timestamp>,
}

pub(crate) fn count_held(tx: &mut dyn Tx, person: PersonId) -> Result<HeldCount> {
    tx.one(&N_HELD, &[person.into()], |row| {
        Ok(HeldCount {
            n_held: row.get(0)?,
            n_asks: row.get(1)?,
            first_due: row.get_optional(2)?,
            next_at: row.get_optional(3)?,
        })
    })
}

/// The messages of a person in a channel that wait for somebody's hours, newest first.
pub(crate) fn list_shown_to_sender(
    tx: &mut dyn Tx,
    channel: ChannelId,
    sender: PersonId,
    now: Timestamp,
) -> Result<Vec<HeldMessage>> {
    let args = [
        channel.into(),
        sender.into(),
        now.into(),
        HELD_MESSAGES_MAX.into(),
    ];
    tx.list(&SHOWN_TO_SENDER, &args, |row| {
        Ok(HeldMessage {
            message_id: row.get(0)?,
            person_id: row.get(1)?,
            until: row.get(2)?,
            time_zone: row.get(3)?,
        })
    })
}

/// Who waits to be told of something, after the person on whom the last page ended.
pub(crate) fn list_held_people(tx: &mut dyn Tx, after: PersonId, limit: i64) -> Result<Vec<PersonId>> {
    tx.list(&HELD_PEOPLE, &[after.into(), limit.into()], |row| row.get(0))
}

/// What was done with an ask of this person is answered, or taken back.
pub(crate) fn settle_own_ask(
    tx: &mut dyn Tx,
    person: PersonId,
    message: MessageId,
    now: Timestamp,
) -> Result<()> {
    tx.exec(&SETTLE_OWN_ASK, &[person.into(), message.into(), now.into()])
        .map(drop)
}

/// The message is gone.
pub(crate) fn forget_message(tx: &mut dyn Tx, message: MessageId) -> Result<()> {
    tx.exec(&OF_MESSAGE, &[message.into()]).map(drop)
}

/// Nothing of a person is left.
pub(crate) fn forget_person(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    tx.exec(&OF_PERSON, &[person.into()]).map(drop)
}

/// Forgets what was said before this moment.
pub(crate) fn drop_old(tx: &mut dyn Tx, before: Timestamp) -> Result<()> {
    tx.exec(&DROP_OLD, &[before.into()]).map(drop)
}
