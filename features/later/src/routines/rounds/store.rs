//! All SQL of the times of a question.

use super::TurnState;
use crate::routines::store::day;
use base::{ChannelId, MessageId, PersonId, RoutineId, Timestamp, TopicId};
use jiff::civil::Date;
use platform::db::{Error, Result, Row, Tx};

platform::sql! {
    ASKED = "select m.person_id from channel_member m join person p on p.id = m.person_id \
        where m.channel_id = $1 and p.bot_of is null and p.link_guest = 0 and p.deactivated_at is null \
        order by m.person_id limit $2";
    FIND = "select message_id, channel_id, topic_id, day, at_min from check_in where message_id = $1";
    BY_TOPIC = "select message_id, channel_id, topic_id, day, at_min from check_in where topic_id = $1";
    INSERT = "insert into check_in (message_id, routine_id, channel_id, topic_id, day, at_min) values ($1, $2, $3, $4, $5, $6)";
    INSERT_TURN = "insert into check_in_turn (message_id, person_id, due_at, state) values ($1, $2, $3, $4)";
    REMOVE = "delete from check_in where message_id = $1";
    NEXT_DUE = "select due_at from check_in_turn where state = 'waiting' order by due_at limit 1";
    DUE = "select c.message_id, c.channel_id, c.topic_id, c.day, c.at_min, t.person_id, t.due_at \
        from check_in_turn t join check_in c on c.message_id = t.message_id \
        where t.state = 'waiting' and t.due_at <= $1 order by t.due_at, t.person_id limit $2";
    WAITING = "select c.message_id, c.channel_id, c.topic_id, c.day, c.at_min, t.person_id, t.due_at \
        from check_in_turn t join check_in c on c.message_id = t.message_id \
        where t.person_id = $1 and t.state = 'waiting' order by t.due_at";
    SETTLE = "update check_in_turn set state = $4 where message_id = $1 and person_id = $2 and state = $3";
    ANSWER = "update check_in_turn set state = 'answered' where message_id = $1 and person_id = $2 and state <> 'answered'";
    MOVE = "update check_in_turn set due_at = $3 where message_id = $1 and person_id = $2 and state = 'waiting'";
    TURN = "select state, due_at from check_in_turn where message_id = $1 and person_id = $2";
    COUNT = "select count(*), coalesce(sum(case when state = 'answered' then 1 else 0 end), 0) from check_in_turn \
        where message_id = $1 and state in ('waiting', 'asked', 'answered')";
    FORGET = "delete from check_in_turn where person_id = $1";
}

/// One time of a question.
#[derive(Debug, Clone)]
pub(crate) struct Round {
    pub message: MessageId,
    pub channel: ChannelId,
    pub topic: TopicId,
    pub day: Date,
    pub at_min: i64,
}

/// Somebody whose time is still to come.
#[derive(Debug, Clone)]
pub(crate) struct TurnRow {
    pub round: Round,
    pub person: PersonId,
    pub due_at: Timestamp,
}

fn round(row: &dyn Row) -> Result<Round> {
    Ok(Round {
        message: row.get(0)?,
        channel: row.get(1)?,
        topic: row.get(2)?,
        day: day(row, 3)?,
        at_min: row.get(4)?,
    })
}

fn turn(row: &dyn Row) -> Result<TurnRow> {
    Ok(TurnRow {
        round: round(row)?,
        person: row.get(5)?,
        due_at: row.get(6)?,
    })
}

/// The people of a channel, one more than `max` at most.
pub(crate) fn list_asked(tx: &mut dyn Tx, channel: ChannelId, max: usize) -> Result<Vec<PersonId>> {
    let limit = i64::try_from(max).unwrap_or(i64::MAX).saturating_add(1);
    tx.list(&ASKED, &[channel.into(), limit.into()], |row| row.get(0))
}

pub(crate) fn find(tx: &mut dyn Tx, message: MessageId) -> Result<Option<Round>> {
    tx.find(&FIND, &[message.into()], round)
}

pub(crate) fn find_by_topic(tx: &mut dyn Tx, topic: TopicId) -> Result<Option<Round>> {
    tx.find(&BY_TOPIC, &[topic.into()], round)
}

pub(crate) fn insert(
    tx: &mut dyn Tx,
    round: &Round,
    routine: RoutineId,
    turns: &[(PersonId, Timestamp, TurnState)],
) -> Result<()> {
    let day = round.day.to_string();
    let args = [
        round.message.into(),
        routine.into(),
        round.channel.into(),
        round.topic.into(),
        day.as_str().into(),
        round.at_min.into(),
    ];
    tx.exec(&INSERT, &args)?;
    for (person, due_at, state) in turns {
        let args = [
            round.message.into(),
            (*person).into(),
            (*due_at).into(),
            state.as_str().into(),
        ];
        tx.exec(&INSERT_TURN, &args)?;
    }
    Ok(())
}

/// The message is gone, and its turns with it.
pub(crate) fn remove(tx: &mut dyn Tx, message: MessageId) -> Result<()> {
    tx.exec(&REMOVE, &[message.into()]).map(drop)
}

/// When the next turn is due.
pub(crate) fn find_next_due(tx: &mut dyn Tx) -> Result<Option<Timestamp>> {
    tx.find(&NEXT_DUE, &[], |row| row.get(0))
}

pub(crate) fn list_due(tx: &mut dyn Tx, now: Timestamp, limit: i64) -> Result<Vec<TurnRow>> {
    tx.list(&DUE, &[now.into(), limit.into()], turn)
}

pub(crate) fn list_waiting(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<TurnRow>> {
    tx.list(&WAITING, &[person.into()], turn)
}

/// From one state into another; false: it was not in it. Of two processes one does it.
pub(crate) fn settle(
    tx: &mut dyn Tx,
    (message, person): (MessageId, PersonId),
    before: TurnState,
    after: TurnState,
) -> Result<bool> {
    let args = [
        message.into(),
        person.into(),
        before.as_str().into(),
        after.as_str().into(),
    ];
    Ok(tx.exec(&SETTLE, &args)? == 1)
}

/// False: they are not asked, or have answered before.
pub(crate) fn answer(tx: &mut dyn Tx, message: MessageId, person: PersonId) -> Result<bool> {
    Ok(tx.exec(&ANSWER, &[message.into(), person.into()])? == 1)
}

pub(crate) fn move_to(
    tx: &mut dyn Tx,
    (message, person): (MessageId, PersonId),
    due_at: Timestamp,
) -> Result<()> {
    tx.exec(&MOVE, &[message.into(), person.into(), due_at.into()])
        .map(drop)
}

pub(crate) fn find_turn(
    tx: &mut dyn Tx,
    message: MessageId,
    person: PersonId,
) -> Result<Option<(TurnState, Timestamp)>> {
    tx.find(&TURN, &[message.into(), person.into()], |row| {
        let state = row.text(0)?.and_then(TurnState::parse);
        Ok((state.ok_or(Error::Column(0))?, row.get(1)?))
    })
}

/// How many are asked, and how many of them have answered.
pub(crate) fn count(tx: &mut dyn Tx, message: MessageId) -> Result<(i64, i64)> {
    tx.one(&COUNT, &[message.into()], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Nothing of a person is left.
pub(crate) fn forget(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    tx.exec(&FORGET, &[person.into()]).map(drop)
}
