//! SQL of questions when people can.

use crate::polls::{Answer, Poll};
use base::{ChannelId, MeetingId, PersonId, TimePollAnswerId, TimePollId, Timestamp};
use platform::db::{Error, Result, Row, Tx};

platform::sql! {
    FIND = "select id, created_by, title, about, minutes, time_zone, channel_id, shows_names, ends_at, closed_at, meeting_id, chosen_at \
        from time_poll where id = $1";
    TIMES = "select starts_at from time_poll_time where poll_id = $1 order by starts_at";
    PEOPLE = "select person_id from time_poll_person where poll_id = $1 order by person_id";
    ANSWERS = "select id, person_id, name, address, language, choices from time_poll_answer where poll_id = $1 order by answered_at, id";
    LIST_OF = "select p.id, p.created_by, p.title, p.channel_id, p.ends_at, p.closed_at, p.meeting_id, \
            (select count(*) from time_poll_answer a where a.poll_id = p.id), \
            (select count(*) from time_poll_answer a where a.poll_id = p.id and a.person_id = $1) \
        from time_poll p \
        where p.created_by = $1 \
        or exists (select 1 from time_poll_person o where o.poll_id = p.id and o.person_id = $1) \
        order by p.ends_at desc, p.id \
        limit $2";
    MADE_BY = "select id from time_poll where created_by = $1 order by id";
    ANSWERED_BY = "select poll_id, choices from time_poll_answer where person_id = $1 order by poll_id";
    COUNT_OPEN = "select count(*) from time_poll where created_by = $1 and closed_at is null and ends_at > $2";
    INSERT = "insert into time_poll (id, created_by, created_at, title, about, minutes, time_zone, channel_id, shows_names, ends_at, over_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    PUT_TIME = "insert into time_poll_time (poll_id, starts_at) values ($1, $2)";
    PUT_PERSON = "insert into time_poll_person (poll_id, person_id) values ($1, $2)";
    COUNT_OTHERS = "select count(*), coalesce(sum(case when address <> '' then 1 else 0 end), 0) from time_poll_answer \
        where poll_id = $1 and id <> $2";
    OF_PERSON = "select id from time_poll_answer where poll_id = $1 and person_id = $2";
    OF_KEY = "select id from time_poll_answer where poll_id = $1 and key_hash = $2";
    PUT_ANSWER = "insert into time_poll_answer (id, poll_id, person_id, key_hash, name, address, language, choices, answered_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
        on conflict (id) do update set name = excluded.name, address = excluded.address, language = excluded.language, \
        choices = excluded.choices";
    DROP_ANSWER = "delete from time_poll_answer where poll_id = $1 and id = $2";
    /// What came of it is decided once.
    CLOSE = "update time_poll set closed_at = $2, over_at = $2, meeting_id = $3, chosen_at = $4 where id = $1 and closed_at is null";
    DROP_ADDRESSES = "update time_poll_answer set address = '' where poll_id = $1 and address <> ''";
    FORGET_ADDRESS = "delete from time_poll_answer where address = $1";
    FORGET_ANSWERS_OF = "delete from time_poll_answer where person_id = $1";
    FORGET_ASKED = "delete from time_poll_person where person_id = $1";
    OVER = "select id from time_poll where over_at <= $1 \
        and not exists (select 1 from hold h where h.subject_id = time_poll.created_by) \
        order by over_at, id \
        limit $2";
    OVER_IN = "select id from time_poll where channel_id = $1 and over_at <= $2 \
        and not exists (select 1 from hold h where h.subject_id = time_poll.created_by) \
        order by over_at, id \
        limit $3";
    /// Of those outside nothing is kept for longer, also where words are held.
    DROP_OUTSIDE = "delete from time_poll_answer where id in (select a.id from time_poll_answer a \
        join time_poll p on p.id = a.poll_id \
        where a.person_id is null and p.over_at <= $1 \
        limit $2)";
    DROP_ANSWERS = "delete from time_poll_answer where poll_id = $1";
    DROP_PEOPLE = "delete from time_poll_person where poll_id = $1";
    DROP_TIMES = "delete from time_poll_time where poll_id = $1";
    DROP = "delete from time_poll where id = $1";
}

/// A question with its times and whom it asks.
pub(crate) fn find(tx: &mut dyn Tx, id: TimePollId) -> Result<Option<Poll>> {
    let found = tx.find(&FIND, &[id.into()], |row: &dyn Row| {
        Ok(Poll {
            id: row.get(0)?,
            created_by: row.get(1)?,
            title: row.get(2)?,
            about: row.get(3)?,
            minutes: row.get(4)?,
            time_zone: row.get(5)?,
            channel_id: row.get_optional(6)?,
            shows_names: row.get(7)?,
            ends_at: row.get(8)?,
            is_closed: row.int(9)?.is_some(),
            meeting_id: row.get_optional(10)?,
            chosen_at: row.get_optional(11)?,
            times: Vec::new(),
            asked: Vec::new(),
        })
    })?;
    let Some(poll) = found else { return Ok(None) };
    let times = tx.list(&TIMES, &[id.into()], |row| row.get(0))?;
    let asked = tx.list(&PEOPLE, &[id.into()], |row| row.get(0))?;
    Ok(Some(Poll { times, asked, ..poll }))
}

/// What was said, in the order in which it was said first.
pub(crate) fn list_answers(tx: &mut dyn Tx, id: TimePollId) -> Result<Vec<Answer>> {
    tx.list(&ANSWERS, &[id.into()], |row: &dyn Row| {
        let choices: String = row.get(5)?;
        Ok(Answer {
            id: row.get(0)?,
            person: row.get_optional(1)?,
            name: row.get(2)?,
            address: row.get(3)?,
            language: row.get(4)?,
            choices: crate::polls::read_choices(&choices).ok_or(Error::Column(5))?,
        })
    })
}

/// A question as a list shows it.
pub(crate) struct Listed {
    pub id: TimePollId,
    pub created_by: PersonId,
    pub title: String,
    pub channel_id: Option<ChannelId>,
    pub ends_at: Timestamp,
    pub is_closed: bool,
    pub meeting_id: Option<MeetingId>,
    pub n_answers: i64,
    pub has_answered: bool,
}

/// What somebody asks or is asked, the one that ends last first.
pub(crate) fn list_of(tx: &mut dyn Tx, person: PersonId, limit: i64) -> Result<Vec<Listed>> {
    tx.list(&LIST_OF, &[person.into(), limit.into()], |row: &dyn Row| {
        Ok(Listed {
            id: row.get(0)?,
            created_by: row.get(1)?,
            title: row.get(2)?,
            channel_id: row.get_optional(3)?,
            ends_at: row.get(4)?,
            is_closed: row.int(5)?.is_some(),
            meeting_id: row.get_optional(6)?,
            n_answers: row.get(7)?,
            has_answered: row.get::<i64>(8)? > 0,
        })
    })
}

pub(crate) fn list_made(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<TimePollId>> {
    tx.list(&MADE_BY, &[person.into()], |row| row.get(0))
}

/// Where somebody answered, and what.
pub(crate) fn list_answered(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<(TimePollId, String)>> {
    tx.list(&ANSWERED_BY, &[person.into()], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// How many of somebody's are open.
pub(crate) fn count_open(tx: &mut dyn Tx, person: PersonId, now: Timestamp) -> Result<i64> {
    tx.one(&COUNT_OPEN, &[person.into(), now.into()], |row| row.get(0))
}

pub(crate) fn insert(tx: &mut dyn Tx, poll: &Poll, over_at: Timestamp, now: Timestamp) -> Result<()> {
    let args = [
        poll.id.into(),
        poll.created_by.into(),
        now.into(),
        (&poll.title).into(),
        (&poll.about).into(),
        poll.minutes.into(),
        (&poll.time_zone).into(),
        poll.channel_id.into(),
        poll.shows_names.into(),
        poll.ends_at.into(),
        over_at.into(),
    ];
    tx.exec(&INSERT, &args)?;
    for at in &poll.times {
        tx.exec(&PUT_TIME, &[poll.id.into(), (*at).into()])?;
    }
    for person in &poll.asked {
        tx.exec(&PUT_PERSON, &[poll.id.into(), (*person).into()])?;
    }
    Ok(())
}

/// How many answers there are beside one, and how many of those hold an address.
pub(crate) fn count_others(tx: &mut dyn Tx, id: TimePollId, but: TimePollAnswerId) -> Result<(i64, i64)> {
    tx.one(&COUNT_OTHERS, &[id.into(), but.into()], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// Who answers.
pub(crate) enum Answerer<'a> {
    Here(PersonId),
    /// By the hash of the key that their browser has.
    Outside(&'a [u8]),
}

pub(crate) fn find_answer(
    tx: &mut dyn Tx,
    id: TimePollId,
    by: &Answerer<'_>,
) -> Result<Option<TimePollAnswerId>> {
    match by {
        Answerer::Here(person) => tx.find(&OF_PERSON, &[id.into(), (*person).into()], |row| row.get(0)),
        Answerer::Outside(hash) => tx.find(&OF_KEY, &[id.into(), (*hash).into()], |row| row.get(0)),
    }
}

/// Writes an answer, new or again.
pub(crate) fn put_answer(
    tx: &mut dyn Tx,
    (id, by): (TimePollId, &Answerer<'_>),
    answer: &Answer,
    now: Timestamp,
) -> Result<()> {
    let hash = match by {
        Answerer::Here(_) => None,
        Answerer::Outside(hash) => Some(*hash),
    };
    let choices = crate::polls::write_choices(&answer.choices);
    let args = [
        answer.id.into(),
        id.into(),
        answer.person.into(),
        hash.into(),
        (&answer.name).into(),
        (&answer.address).into(),
        (&answer.language).into(),
        (&choices).into(),
        now.into(),
    ];
    tx.exec(&PUT_ANSWER, &args).map(drop)
}

pub(crate) fn drop_answer(tx: &mut dyn Tx, id: TimePollId, answer: TimePollAnswerId) -> Result<bool> {
    Ok(tx.exec(&DROP_ANSWER, &[id.into(), answer.into()])? == 1)
}

/// Closes a question, with what came of it; false when somebody else did. Its addresses have done their service.
pub(crate) fn close(
    tx: &mut dyn Tx,
    id: TimePollId,
    chosen: Option<(MeetingId, Timestamp)>,
    now: Timestamp,
) -> Result<bool> {
    let args = [
        id.into(),
        now.into(),
        chosen.map(|(meeting, _)| meeting).into(),
        chosen.map(|(_, at)| at).into(),
    ];
    let is_closed = tx.exec(&CLOSE, &args)? == 1;
    tx.exec(&DROP_ADDRESSES, &[id.into()])?;
    Ok(is_closed)
}

/// Forgets whoever left this address.
pub(crate) fn forget_address(tx: &mut dyn Tx, address: &str) -> Result<u64> {
    tx.exec(&FORGET_ADDRESS, &[address.into()])
}

/// Forgets what somebody answered and where they are asked. What they asked goes by itself.
pub(crate) fn forget_person(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    for statement in [&FORGET_ANSWERS_OF, &FORGET_ASKED] {
        tx.exec(statement, &[person.into()])?;
    }
    Ok(())
}

/// Deletes up to so many that were over by then, and answers of people outside; how many those were.
pub(crate) fn forget_old(tx: &mut dyn Tx, before: Timestamp, limit: i64) -> Result<u64> {
    let args = [before.into(), limit.into()];
    let n_outside = tx.exec(&DROP_OUTSIDE, &args)?;
    let old: Vec<TimePollId> = tx.list(&OVER, &args, |row| row.get(0))?;
    drop_all(tx, &old)?;
    Ok(n_outside.max(old.len() as u64))
}

/// Deletes up to so many of a channel that were over by then; how many those were.
pub(crate) fn drop_old(tx: &mut dyn Tx, channel: ChannelId, before: Timestamp, limit: i64) -> Result<usize> {
    let old: Vec<TimePollId> = tx.list(&OVER_IN, &[channel.into(), before.into(), limit.into()], |row| {
        row.get(0)
    })?;
    drop_all(tx, &old)?;
    Ok(old.len())
}

pub(crate) fn drop_all(tx: &mut dyn Tx, ids: &[TimePollId]) -> Result<()> {
    for id in ids {
        for statement in [&DROP_ANSWERS, &DROP_PEOPLE, &DROP_TIMES, &DROP] {
            tx.exec(statement, &[(*id).into()])?;
        }
    }
    Ok(())
}
