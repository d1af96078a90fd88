//! All SQL of advice.

use crate::model::{DISMISSALS_MAX, TURNS_MAX};
use base::{ChannelId, PersonId, Seq, Timestamp, TopicId};
use platform::db::{Result, Row, Tx};
use timing::hints::Shown;
use uuid::Uuid;

/// Stands for the stream.
const NIL: Uuid = Uuid::nil();

platform::sql! {
    /// The newest first. A topic begins with a message of the stream.
    TURNS = "select x.author_id, x.at, x.text, x.seq from (select m.author_id, m.at, m.text, m.seq from message m \
            where m.channel_id = $1 and m.topic_id = $2 and m.seq > $3 and m.deleted_at is null \
            order by m.seq desc limit $4) x \
        union all \
        select o.author_id, o.at, o.text, o.seq from topic t \
            join message o on o.id = t.origin_id \
            where t.id = $2 and o.channel_id = $1 and o.seq > $3 and o.deleted_at is null";
    STREAM = "select m.author_id, m.at, m.text, m.seq from message m \
        where m.channel_id = $1 and m.topic_id is null and m.seq > $2 and m.deleted_at is null \
        order by m.seq desc limit $3";
    SHOWN = "select shown_at, dismissed_at from hint_shown where person_id = $1 and channel_id = $2 and topic_id = $3";
    DISMISSALS = "select dismissed_at from hint_shown where person_id = $1 and dismissed_at is not null \
        order by dismissed_at desc limit $2";
    KEEP = "insert into hint_shown (person_id, channel_id, topic_id, shown_at, dismissed_at) values ($1, $2, $3, $4, $5) \
        on conflict (person_id, channel_id, topic_id) do update set shown_at = excluded.shown_at, \
        dismissed_at = coalesce(excluded.dismissed_at, hint_shown.dismissed_at)";
    FORGET = "delete from hint_shown where person_id = $1";
    FORGET_TOPIC = "delete from hint_shown where channel_id = $1 and topic_id = $2";
    MEMBERS = "select m.person_id from channel_member m \
        join person p on p.id = m.person_id and p.deactivated_at is null and p.bot_of is null \
        where m.channel_id = $1 order by m.person_id limit $2";
}

/// One message.
pub(crate) struct Said {
    pub by: PersonId,
    pub at: Timestamp,
    pub text: String,
    seq: Seq,
}

/// The last turns of a topic or of the stream, oldest first; of what stands after `after`.
pub(crate) fn list_turns(
    tx: &mut dyn Tx,
    (channel, topic): (ChannelId, Option<TopicId>),
    after: Seq,
) -> Result<Vec<Said>> {
    let said = |row: &dyn Row| {
        Ok(Said {
            by: row.get(0)?,
            at: row.get(1)?,
            text: row.get(2)?,
            seq: row.get(3)?,
        })
    };
    let mut turns = match topic {
        Some(topic) => {
            let args = [channel.into(), topic.into(), after.into(), TURNS_MAX.into()];
            tx.list(&TURNS, &args, said)?
        }
        None => tx.list(&STREAM, &[channel.into(), after.into(), TURNS_MAX.into()], said)?,
    };
    turns.sort_by_key(|said| said.seq);
    Ok(turns)
}

fn topic_key(topic: Option<TopicId>) -> Uuid {
    topic.map_or(NIL, |topic| topic.0)
}

pub(crate) fn get_shown(
    tx: &mut dyn Tx,
    person: PersonId,
    (channel, topic): (ChannelId, Option<TopicId>),
) -> Result<Shown> {
    let args = [person.into(), channel.into(), topic_key(topic).into()];
    let here: Option<(Timestamp, Option<Timestamp>)> =
        tx.find(&SHOWN, &args, |row| Ok((row.get(0)?, row.get_optional(1)?)))?;
    let mut dismissals = tx.list(&DISMISSALS, &[person.into(), DISMISSALS_MAX.into()], |row| {
        row.get(0)
    })?;
    dismissals.reverse();
    Ok(Shown {
        last_in_topic: here.map(|(shown, _)| shown),
        dismissed_in_topic: here.is_some_and(|(_, dismissed)| dismissed.is_some()),
        dismissals,
    })
}

pub(crate) fn keep_hint(
    tx: &mut dyn Tx,
    person: PersonId,
    (channel, topic): (ChannelId, Option<TopicId>),
    (shown, dismissed): (Timestamp, Option<Timestamp>),
) -> Result<()> {
    let args = [
        person.into(),
        channel.into(),
        topic_key(topic).into(),
        shown.into(),
        dismissed.into(),
    ];
    tx.exec(&KEEP, &args).map(|_| ())
}

pub(crate) fn forget_hints(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    tx.exec(&FORGET, &[person.into()]).map(|_| ())
}

pub(crate) fn forget_topic(tx: &mut dyn Tx, channel: ChannelId, topic: TopicId) -> Result<()> {
    tx.exec(&FORGET_TOPIC, &[channel.into(), topic.into()])
        .map(|_| ())
}

pub(crate) fn list_members(tx: &mut dyn Tx, channel: ChannelId, limit: usize) -> Result<Vec<PersonId>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    tx.list(&MEMBERS, &[channel.into(), limit.into()], |row| row.get(0))
}
