//! All SQL of live sessions.

pub(crate) mod breakouts;
pub(crate) mod decisions;
pub(crate) mod numbers;
pub(crate) mod watching;

use crate::wire::{
    ChangeLive, GoLive, LiveDecision, LiveLayout, LiveOutcome, LivePerson, LivePoint, LiveRole, LiveSession,
};
use base::{ChannelId, LiveId, MessageId, PersonId, Seq, Timestamp, TopicId};
use platform::db::{Error, Result, Row, Sql, Tx};
use std::sync::Arc;
use uuid::Uuid;

platform::sql! {
    GET = "select s.id, s.channel_id, s.topic_id, s.message_id, s.started_by, s.started_at, s.opened_at, s.usual_role, \
        s.is_locked, s.ended_at, s.outcome, s.backchannel_id, s.layout, s.pinned_id, s.point, s.point_at, s.revision, s.may_choose, \
        s.breakouts_until, (select count(*) from live_breakout b where b.session_id = s.id and b.closed_at is null), \
        d.message_id, d.decided_by, d.decided_at, d.open_until, d.final_at, d.objected_by, d.objected_at, s.tells_hosts \
        from live_session s left join live_decision d on d.session_id = s.id where s.id = $1";
    LIVE_IN = "select topic_id from live_session where channel_id = $1 and ended_at is null";
    LIST_OPEN = "select s.id, s.channel_id, s.topic_id, s.message_id, s.started_by, s.started_at, s.opened_at, s.usual_role, \
        s.is_locked, s.ended_at, s.outcome, s.backchannel_id, s.layout, s.pinned_id, s.point, s.point_at, s.revision, s.may_choose, \
        s.breakouts_until, (select count(*) from live_breakout b where b.session_id = s.id and b.closed_at is null), \
        d.message_id, d.decided_by, d.decided_at, d.open_until, d.final_at, d.objected_by, d.objected_at, s.tells_hosts, \
        m.seq, coalesce(t.title, ''), \
        (select count(distinct y.person_id) from live_stay y where y.session_id = s.id and y.left_at is null), \
        (select count(distinct y.person_id) from live_stay y where y.session_id = s.id) \
        from live_session s join message m on m.id = s.message_id \
        left join live_decision d on d.session_id = s.id \
        left join topic t on t.id = s.backchannel_id and t.gone = 0 \
        where s.ended_at is null order by s.started_at desc, s.id desc limit 500";
    IN_OPEN = "select y.session_id, y.person_id, p.role, p.hand_at, l.breakout_id from live_stay y \
        join live_session s on s.id = y.session_id \
        join live_person p on p.session_id = y.session_id and p.person_id = y.person_id \
        left join live_place l on l.session_id = y.session_id and l.person_id = y.person_id \
        where s.ended_at is null and y.left_at is null \
        group by y.session_id, y.person_id, p.role, p.hand_at, l.breakout_id \
        order by min(y.came_at), y.person_id limit 5000";
    TITLE = "select t.title from live_session s \
        join topic b on b.id = s.backchannel_id join topic t on t.id = coalesce(b.merged_into, b.id) \
        where s.id = $1 and t.gone = 0";
    AGENDA = "select agenda from live_session where id = $1";
    SET_AGENDA = "update live_session set agenda = $2, point = $3, point_at = $4, revision = revision + 1 where id = $1";
    OF_ROOM = "select id, channel_id from live_session where id = $1 and ended_at is null \
        union all select s.id, s.channel_id from live_breakout b join live_session s on s.id = b.session_id \
        where b.id = $1 and b.closed_at is null and s.ended_at is null";
    OTHERS = "select person_id from channel_member where channel_id = $1 and person_id <> $2 order by person_id limit 20";
    PLACE = "select m.seq from live_session s join message m on m.id = s.message_id where s.id = $1";
    OF_MESSAGE = "select id from live_session where message_id = $1";
    INSERT = "insert into live_session (id, channel_id, topic_id, message_id, started_by, started_at, opened_at, usual_role, is_locked, empty_since, \
        backchannel_id, tells_hosts) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, 0, $6, $9, $10)";
    CHANGE = "update live_session set opened_at = $2, is_locked = $3, usual_role = $4, layout = $5, pinned_id = $6 \
        where id = $1";
    END = "update live_session set ended_at = $2, ended_by = $3, outcome = $4 where id = $1";
    EMPTY_SINCE = "select empty_since from live_session where id = $1";
    SET_EMPTY = "update live_session set empty_since = $2 where id = $1";
    PEOPLE = "select p.person_id, p.role, p.hand_at, count(case when s.left_at is null and s.place is not null then 1 end), min(s.came_at), \
        l.breakout_id \
        from live_person p \
        left join live_stay s on s.session_id = p.session_id and s.person_id = p.person_id \
        left join live_place l on l.session_id = p.session_id and l.person_id = p.person_id \
        where p.session_id = $1 and (s.place is not null or p.role = 'host') \
        group by p.person_id, p.role, p.hand_at, l.breakout_id \
        order by case when p.role = 'host' then 0 else 1 end, case when p.hand_at is null then 1 else 0 end, p.hand_at, \
            min(s.came_at), p.person_id \
        limit 500";
    COUNTS = "select count(distinct case when left_at is null then person_id end), count(distinct person_id), \
        cast(coalesce(sum(coalesce(left_at, $2) - came_at), 0) as bigint) from live_stay where session_id = $1";
    PERSON = "select role, is_out from live_person where session_id = $1 and person_id = $2";
    ADD_PERSON = "insert into live_person (session_id, person_id, role, is_out) values ($1, $2, $3, 0)";
    SET_ROLE = "update live_person set role = $3 where session_id = $1 and person_id = $2";
    SET_OUT = "update live_person set is_out = $3, hand_at = null, interprets = 0 where session_id = $1 and person_id = $2";
    SET_HAND = "update live_person set hand_at = $3 where session_id = $1 and person_id = $2";
    SET_INTERPRETS = "update live_person set interprets = $3 where session_id = $1 and person_id = $2";
    INTERPRETERS = "select person_id from live_person where session_id = $1 and interprets = 1 order by person_id";
    COUNT_HOSTS = "select count(*) from live_person where session_id = $1 and role = 'host' and is_out = 0";
    FIND_STAY = "select left_at from live_stay where session_id = $1 and place = $2";
    COME = "insert into live_stay (session_id, person_id, place, came_at) values ($1, $2, $3, $4)";
    LEAVE = "update live_stay set left_at = $3 where session_id = $1 and place = $2 and left_at is null";
    LEAVE_ALL = "update live_stay set left_at = $2 where session_id = $1 and left_at is null";
    LOWER_ALL = "update live_person set hand_at = null where session_id = $1";
    OPEN_STAYS = "select person_id, place from live_stay where session_id = $1 and left_at is null order by place";
    OF_PERSON = "select session_id from live_person where person_id = $1";
    UNPIN = "update live_session set pinned_id = null where pinned_id = $1";
    FORGET_STAYS_OF = "delete from live_stay where person_id = $1";
    FORGET_PERSON = "delete from live_person where person_id = $1";
    FORGET_STAYS = "delete from live_stay where session_id = $1";
    FORGET_PEOPLE = "delete from live_person where session_id = $1";
    FORGET = "delete from live_session where id = $1";
}

/// Every statement of this slice.
pub(crate) fn statements() -> Vec<&'static Sql> {
    [
        STATEMENTS,
        breakouts::STATEMENTS,
        decisions::STATEMENTS,
        numbers::STATEMENTS,
        watching::STATEMENTS,
    ]
    .concat()
}

fn decision(row: &dyn Row) -> Result<Option<LiveDecision>> {
    let Some(message_id) = row.get_optional(20)? else {
        return Ok(None);
    };
    Ok(Some(LiveDecision {
        message_id,
        decided_by: row.get(21)?,
        decided_at: row.get(22)?,
        open_until: row.get_optional(23)?,
        final_at: row.get_optional(24)?,
        objected_by: row.get_optional(25)?,
        objected_at: row.get_optional(26)?,
    }))
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
        backchannel_id: row.get_optional(11)?,
        layout: row.text(12)?.map_or(LiveLayout::Free, LiveLayout::parse),
        pinned_id: row.get_optional(13)?,
        point: row.get_optional(14)?,
        point_at: row.get_optional(15)?,
        revision: row.get(16)?,
        may_choose: row.get(17)?,
        breakouts_until: row.get_optional(18)?,
        n_breakouts: row.get(19)?,
        tells_hosts: row.get(27)?,
        decision: decision(row)?,
        interpreters: Vec::new(),
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
            breakout_id: row.get_optional(5)?,
        })
    })?;
    session.interpreters = tx.list(&INTERPRETERS, &[id.into()], |row| row.get(0))?;
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

/// In which conversations of a channel it is live.
pub(crate) fn list_live_in(tx: &mut dyn Tx, channel: ChannelId) -> Result<Vec<Option<TopicId>>> {
    tx.list(&LIVE_IN, &[channel.into()], |row| row.get_optional(0))
}

/// A session that is live, where its message stands, and its title.
pub(crate) struct Open {
    pub session: LiveSession,
    pub place: Seq,
    pub title: String,
}

/// What is live anywhere, the newest first, with those who are in: who asks takes what they may see of it.
pub(crate) fn list_open(tx: &mut dyn Tx) -> Result<Vec<Open>> {
    let mut open = tx.list(&LIST_OPEN, &[], |row| {
        let mut session = session(row)?;
        (session.n_in, session.n_came) = (row.get(30)?, row.get(31)?);
        Ok(Open {
            session,
            place: row.get(28)?,
            title: row.get(29)?,
        })
    })?;
    let people: Vec<(LiveId, LivePerson)> = tx.list(&IN_OPEN, &[], |row| {
        let person = LivePerson {
            person_id: row.get(1)?,
            role: LiveRole::parse(row.text(2)?.unwrap_or_default()),
            hand_at: row.get_optional(3)?,
            is_in: true,
            breakout_id: row.get_optional(4)?,
        };
        Ok((row.get(0)?, person))
    })?;
    for (id, person) in people {
        if let Some(one) = open.iter_mut().find(|one| one.session.id == id) {
            one.session.people.push(person);
        }
    }
    Ok(open)
}

/// What it is about, in one line; empty: its topic is gone.
pub(crate) fn find_title(tx: &mut dyn Tx, id: LiveId) -> Result<String> {
    Ok(tx
        .find(&TITLE, &[id.into()], |row| row.get(0))?
        .unwrap_or_default())
}

/// What is to be spoken about.
pub(crate) fn list_points(tx: &mut dyn Tx, id: LiveId) -> Result<Vec<LivePoint>> {
    let points: String = tx.one(&AGENDA, &[id.into()], |row| row.get(0))?;
    serde_json::from_str(&points).map_err(broken)
}

fn broken(error: serde_json::Error) -> Error {
    Error::Statement {
        name: "LIVE_AGENDA",
        source: Arc::new(error),
    }
}

pub(crate) fn set_points(
    tx: &mut dyn Tx,
    id: LiveId,
    points: &[LivePoint],
    (point, since): (Option<i64>, Option<Timestamp>),
) -> Result<()> {
    let points = serde_json::to_string(points).map_err(broken)?;
    let args = [id.into(), points.as_str().into(), point.into(), since.into()];
    tx.exec(&SET_AGENDA, &args).map(drop)
}

/// The session that goes on, and its channel, of which this is the room, large or small.
pub(crate) fn find_of_room(tx: &mut dyn Tx, room: Uuid) -> Result<Option<(LiveId, ChannelId)>> {
    tx.find(&OF_ROOM, &[room.into()], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Who else is in a direct conversation.
pub(crate) fn list_others(tx: &mut dyn Tx, channel: ChannelId, person: PersonId) -> Result<Vec<PersonId>> {
    tx.list(&OTHERS, &[channel.into(), person.into()], |row| row.get(0))
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
    (channel, topic, backchannel): (ChannelId, Option<TopicId>, TopicId),
    (by, tells_hosts): (PersonId, bool),
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
        backchannel.into(),
        tells_hosts.into(),
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
    let pinned = change.pinned_id.or(session.pinned_id).filter(|_| !change.unpin);
    let args = [
        session.id.into(),
        opened_at.into(),
        change.is_locked.unwrap_or(session.is_locked).into(),
        change.usual_role.unwrap_or(session.usual_role).as_str().into(),
        change.layout.unwrap_or(session.layout).as_str().into(),
        pinned.into(),
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

pub(crate) fn set_interprets(tx: &mut dyn Tx, id: LiveId, person: PersonId, interprets: bool) -> Result<()> {
    tx.exec(&SET_INTERPRETS, &[id.into(), person.into(), interprets.into()])
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
    for statement in [&FORGET_STAYS_OF, &FORGET_PERSON, &UNPIN] {
        tx.exec(statement, &[person.into()])?;
    }
    breakouts::forget_person(tx, person)
}

/// Nothing of a session is left.
pub(crate) fn forget(tx: &mut dyn Tx, id: LiveId) -> Result<()> {
    breakouts::forget(tx, id)?;
    decisions::forget(tx, id)?;
    for statement in [&FORGET_STAYS, &FORGET_PEOPLE, &FORGET] {
        tx.exec(statement, &[id.into()])?;
    }
    Ok(())
}
