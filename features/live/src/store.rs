//! All SQL of live sessions.

use crate::wire::{ChangeLive, GoLive, LiveOutcome, LivePerson, LiveRole, LiveSession};
use base::{ChannelId, LiveId, MessageId, PersonId, Seq, Timestamp, TopicId};
use platform::db::{Result, Row, Tx};

platform::sql! {
    GET = "select id, channel_id, topic_id, message_id, started_by, started_at, opened_at, usual_role, is_locked, ended_at, outcome \
        from live_session where id = $1";
    OPEN_OF_CHANNEL = "select id, channel_id, topic_id, message_id, started_by, started_at, opened_at, usual_role, is_locked, ended_at, outcome \
        from live_session where channel_id = $1 and ended_at is null order by started_at desc, id desc";
    LIST_OPEN = "select id, channel_id, topic_id, message_id, started_by, started_at, opened_at, usual_role, is_locked, ended_at, outcome \
        from live_session where ended_at is null order by started_at desc, id desc limit 500";
    FIND_CHANNEL = "select channel_id from live_session where id = $1";
    IS_OPEN = "select id from live_session where id = $1 and ended_at is null";
    PLACE = "select m.seq from live_session s join message m on m.id = s.message_id where s.id = $1";
    OF_MESSAGE = "select id from live_session where message_id = $1";
    INSERT = "insert into live_session (id, channel_id, topic_id, message_id, started_by, started_at, opened_at, usual_role, is_locked, empty_since) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, 0, $6)";
    CHANGE = "update live_session set opened_at = $2, is_locked = $3, usual_role = $4 where id = $1";
    END = "update live_session set ended_at = $2, ended_by = $3, outcome = $4 where id = $1";
    EMPTY_SINCE = "select empty_since from live_session where id = $1";
    SET_EMPTY = "update live_session set empty_since = $2 where id = $1";
    PEOPLE = "select p.person_id, p.role, p.hand_at, count(case when s.left_at is null and s.place is not null then 1 end), min(s.came_at) \
        from live_person p \
        left join live_stay s on s.session_id = p.session_id and s.person_id = p.person_id \
        where p.session_id = $1 and (s.place is not null or p.role = 'host') \
        group by p.person_id, p.role, p.hand_at \
        order by case when p.role = 'host' then 0 else 1 end, case when p.hand_at is null then 1 else 0 end, p.hand_at, \
            min(s.came_at), p.person_id \
        limit 500";
    COUNTS = "select count(distinct case when left_at is null then person_id end), count(distinct person_id), \
        cast(coalesce(sum(coalesce(left_at, $2) - came_at), 0) as bigint) from live_stay where session_id = $1";
    PERSON = "select role, is_out from live_person where session_id = $1 and person_id = $2";
    ADD_PERSON = "insert into live_person (session_id, person_id, role, is_out) values ($1, $2, $3, 0)";
    SET_ROLE = "update live_person set role = $3 where session_id = $1 and person_id = $2";
    SET_OUT = "update live_person set is_out = $3, hand_at = null where session_id = $1 and person_id = $2";
    SET_HAND = "update live_person set hand_at = $3 where session_id = $1 and person_id = $2";
    COUNT_HOSTS = "select count(*) from live_person where session_id = $1 and role = 'host' and is_out = 0";
    FIND_STAY = "select left_at from live_stay where session_id = $1 and place = $2";
    COME = "insert into live_stay (session_id, person_id, place, came_at) values ($1, $2, $3, $4)";
    LEAVE = "update live_stay set left_at = $3 where session_id = $1 and place = $2 and left_at is null";
    LEAVE_ALL = "update live_stay set left_at = $2 where session_id = $1 and left_at is null";
    LOWER_ALL = "update live_person set hand_at = null where session_id = $1";
    OPEN_STAYS = "select person_id, place from live_stay where session_id = $1 and left_at is null order by place";
    OF_PERSON = "select session_id from live_person where person_id = $1";
    FORGET_STAYS_OF = "delete from live_stay where person_id = $1";
    FORGET_PERSON = "delete from live_person where person_id = $1";
    FORGET_STAYS = "delete from live_stay where session_id = $1";
    FORGET_PEOPLE = "delete from live_person where session_id = $1";
    FORGET = "delete from live_session where id = $1";
}

fn session(row: &dyn Row) -> Result<LiveSession> {
    Ok(LiveSession {
        id: row.get(0)?,
        channel_id: row.get(1)?,
        topic_id: row.get_optional(2)?,
        message_id: row.get(3)?,
        started_by: row.get(4)?,
        started_at: row.get(5)?,
        opened_at: row.get_optional(6)?,
        usual_role: LiveRole::parse(row.text(7)?.unwrap_or_default()),
        is_locked: row.get(8)?,
        ended_at: row.get_optional(9)?,
        outcome: row.text(10)?.map(LiveOutcome::parse),
        people: Vec::new(),
        n_in: 0,
        n_came: 0,
        person_minutes: 0,
    })
}

fn filled(tx: &mut dyn Tx, mut session: LiveSession, now: Timestamp) -> Result<LiveSession> {
    let id = session.id;
    session.people = tx.list(&PEOPLE, &[id.into()], |row| {
        Ok(LivePerson {
            person_id: row.get(0)?,
            role: LiveRole::parse(row.text(1)?.unwrap_or_default()),
            hand_at: row.get_optional(2)?,
            is_in: row.get::<i64>(3)? > 0,
        })
    })?;
    let (n_in, n_came, stayed_us): (i64, i64, i64) = tx.one(&COUNTS, &[id.into(), now.into()], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })?;
    (session.n_in, session.n_came) = (n_in, n_came);
    session.person_minutes = stayed_us / 60_000_000;
    Ok(session)
}

/// A session; `now` is until when the minutes of those who are in are counted. None: there is none.
pub(crate) fn find(tx: &mut dyn Tx, id: LiveId, now: Timestamp) -> Result<Option<LiveSession>> {
    match tx.find(&GET, &[id.into()], session)? {
        Some(session) => filled(tx, session, now).map(Some),
        None => Ok(None),
    }
}

/// What is live in a channel, the newest first.
pub(crate) fn list_open_of(tx: &mut dyn Tx, channel: ChannelId, now: Timestamp) -> Result<Vec<LiveSession>> {
    let sessions = tx.list(&OPEN_OF_CHANNEL, &[channel.into()], session)?;
    sessions
        .into_iter()
        .map(|session| filled(tx, session, now))
        .collect()
}

/// What is live anywhere, the newest first, without its people: who asks takes what they may see of it.
pub(crate) fn list_open(tx: &mut dyn Tx) -> Result<Vec<LiveSession>> {
    tx.list(&LIST_OPEN, &[], session)
}

/// With its people.
pub(crate) fn fill(tx: &mut dyn Tx, session: LiveSession, now: Timestamp) -> Result<LiveSession> {
    filled(tx, session, now)
}

/// Where it takes place.
pub(crate) fn find_channel(tx: &mut dyn Tx, id: LiveId) -> Result<Option<ChannelId>> {
    tx.find(&FIND_CHANNEL, &[id.into()], |row| row.get(0))
}

/// Whether there is one that goes on.
pub(crate) fn is_open(tx: &mut dyn Tx, id: LiveId) -> Result<bool> {
    Ok(tx.find(&IS_OPEN, &[id.into()], |_| Ok(()))?.is_some())
}

/// The place of its message.
pub(crate) fn get_place(tx: &mut dyn Tx, id: LiveId) -> Result<Seq> {
    tx.one(&PLACE, &[id.into()], |row| row.get(0))
}

/// The session under a message.
pub(crate) fn find_of_message(tx: &mut dyn Tx, message: MessageId) -> Result<Option<LiveId>> {
    tx.find(&OF_MESSAGE, &[message.into()], |row| row.get(0))
}

pub(crate) fn insert(
    tx: &mut dyn Tx,
    (channel, topic): (ChannelId, Option<TopicId>),
    by: PersonId,
    new: &GoLive,
    now: Timestamp,
) -> Result<()> {
    let args = [
        new.id.into(),
        channel.into(),
        topic.into(),
        new.message_id.into(),
        by.into(),
        now.into(),
        new.is_open.then_some(now).into(),
        new.usual_role.unwrap_or(LiveRole::Speaker).as_str().into(),
    ];
    tx.exec(&INSERT, &args).map(drop)
}

pub(crate) fn change(
    tx: &mut dyn Tx,
    session: &LiveSession,
    change: &ChangeLive,
    now: Timestamp,
) -> Result<()> {
    let opened_at = session.opened_at.or(change.is_open.then_some(now));
    let args = [
        session.id.into(),
        opened_at.into(),
        change.is_locked.unwrap_or(session.is_locked).into(),
        change.usual_role.unwrap_or(session.usual_role).as_str().into(),
    ];
    tx.exec(&CHANGE, &args).map(drop)
}

/// It is over: whoever is in has left, and every hand is down.
pub(crate) fn end(
    tx: &mut dyn Tx,
    id: LiveId,
    by: Option<PersonId>,
    outcome: Option<LiveOutcome>,
    now: Timestamp,
) -> Result<()> {
    let outcome = outcome.map(LiveOutcome::as_str);
    tx.exec(&LEAVE_ALL, &[id.into(), now.into()])?;
    tx.exec(&LOWER_ALL, &[id.into()])?;
    tx.exec(&END, &[id.into(), now.into(), by.into(), outcome.into()])
        .map(drop)
}

/// Since when nobody is in.
pub(crate) fn find_empty_since(tx: &mut dyn Tx, id: LiveId) -> Result<Option<Timestamp>> {
    tx.one(&EMPTY_SINCE, &[id.into()], |row| row.get_optional(0))
}

pub(crate) fn set_empty(tx: &mut dyn Tx, id: LiveId, since: Option<Timestamp>) -> Result<()> {
    tx.exec(&SET_EMPTY, &[id.into(), since.into()]).map(drop)
}

/// What somebody is in it, and whether they were sent out.
pub(crate) fn find_person(tx: &mut dyn Tx, id: LiveId, person: PersonId) -> Result<Option<(LiveRole, bool)>> {
    tx.find(&PERSON, &[id.into(), person.into()], |row| {
        Ok((LiveRole::parse(row.text(0)?.unwrap_or_default()), row.get(1)?))
    })
}

pub(crate) fn add_person(tx: &mut dyn Tx, id: LiveId, person: PersonId, role: LiveRole) -> Result<()> {
    tx.exec(&ADD_PERSON, &[id.into(), person.into(), role.as_str().into()])
        .map(drop)
}

pub(crate) fn set_role(tx: &mut dyn Tx, id: LiveId, person: PersonId, role: LiveRole) -> Result<()> {
    tx.exec(&SET_ROLE, &[id.into(), person.into(), role.as_str().into()])
        .map(drop)
}

pub(crate) fn set_out(tx: &mut dyn Tx, id: LiveId, person: PersonId, is_out: bool) -> Result<()> {
    tx.exec(&SET_OUT, &[id.into(), person.into(), is_out.into()])
        .map(drop)
}

pub(crate) fn set_hand(tx: &mut dyn Tx, id: LiveId, person: PersonId, at: Option<Timestamp>) -> Result<()> {
    tx.exec(&SET_HAND, &[id.into(), person.into(), at.into()])
        .map(drop)
}

pub(crate) fn count_hosts(tx: &mut dyn Tx, id: LiveId) -> Result<i64> {
    tx.one(&COUNT_HOSTS, &[id.into()], |row| row.get(0))
}

/// Whether this place was told of before.
pub(crate) fn is_stay_known(tx: &mut dyn Tx, id: LiveId, place: &str) -> Result<bool> {
    let found = tx.find(&FIND_STAY, &[id.into(), place.into()], |_| Ok(()))?;
    Ok(found.is_some())
}

pub(crate) fn come(
    tx: &mut dyn Tx,
    (id, place): (LiveId, &str),
    person: PersonId,
    now: Timestamp,
) -> Result<()> {
    tx.exec(&COME, &[id.into(), person.into(), place.into(), now.into()])
        .map(drop)
}

/// Whether somebody was there.
pub(crate) fn leave(tx: &mut dyn Tx, (id, place): (LiveId, &str), now: Timestamp) -> Result<bool> {
    let n = tx.exec(&LEAVE, &[id.into(), place.into(), now.into()])?;
    Ok(n > 0)
}

/// Who is in, and at which place.
pub(crate) fn list_stays(tx: &mut dyn Tx, id: LiveId) -> Result<Vec<(PersonId, String)>> {
    tx.list(&OPEN_STAYS, &[id.into()], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// The sessions in which somebody has a part.
pub(crate) fn list_of_person(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<LiveId>> {
    tx.list(&OF_PERSON, &[person.into()], |row| row.get(0))
}

/// Nobody knows any more where this person was.
pub(crate) fn forget_person(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    for statement in [&FORGET_STAYS_OF, &FORGET_PERSON] {
        tx.exec(statement, &[person.into()])?;
    }
    Ok(())
}

/// Nothing of a session is left.
pub(crate) fn forget(tx: &mut dyn Tx, id: LiveId) -> Result<()> {
    for statement in [&FORGET_STAYS, &FORGET_PEOPLE, &FORGET] {
        tx.exec(statement, &[id.into()])?;
    }
    Ok(())
}
