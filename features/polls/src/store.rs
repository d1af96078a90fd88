//! All SQL of polls.

use crate::{
    model::VOTERS_SHOWN,
    wire::{NewPoll, Poll, PollOption},
};
use base::{ChannelId, MessageId, PersonId, PollId, Seq, Timestamp};
use platform::db::{Result, Row, Tx};

platform::sql! {
    GET = "select channel_id, message_id, created_by, multiple, anonymous, closes_at, closed_at, n_voters from poll where id = $1";
    PLACE = "select m.seq from poll p join message m on m.id = p.message_id where p.id = $1";
    OF_MESSAGE = "select id from poll where message_id = $1";
    INSERT = "insert into poll (id, channel_id, message_id, created_by, created_at, multiple, anonymous, closes_at, n_voters) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, 0)";
    ADD_OPTION = "insert into poll_option (poll_id, idx, text, n_votes) values ($1, $2, $3, 0)";
    OPTIONS = "select o.text, o.n_votes, count(v.person_id) from poll_option o \
        left join poll_vote v on v.poll_id = o.poll_id and v.idx = o.idx \
        where o.poll_id = $1 \
        group by o.idx, o.text, o.n_votes \
        order by o.idx";
    COUNT_VOTERS = "select count(distinct person_id) from poll_vote where poll_id = $1";
    VOTERS = "select person_id from poll_vote where poll_id = $1 and idx = $2 order by person_id limit $3";
    MINE = "select idx from poll_vote where poll_id = $1 and person_id = $2 order by idx";
    TAKE_BACK = "delete from poll_vote where poll_id = $1 and person_id = $2";
    VOTE = "insert into poll_vote (poll_id, person_id, idx, at) values ($1, $2, $3, $4)";
    CLOSE = "update poll set closed_at = $2 where id = $1";
    KEEP_VOTERS = "update poll set n_voters = (select count(distinct person_id) from poll_vote where poll_id = $1) where id = $1";
    KEEP_COUNTS = "update poll_option set n_votes = (select count(*) from poll_vote v where v.poll_id = $1 and v.idx = poll_option.idx) \
        where poll_id = $1";
    NAMED_OF = "select distinct v.poll_id from poll_vote v \
        join poll p on p.id = v.poll_id \
        where v.person_id = $1 and p.anonymous = 0";
    KEEP_NAMELESS_VOTERS = "update poll set n_voters = (select count(distinct person_id) from poll_vote where poll_id = $1) \
        where id = $1 and n_voters = 0";
    KEEP_NAMELESS = "update poll_option set n_votes = n_votes + 1 \
        where poll_id = $1 and exists (select 1 from poll_vote v \
            where v.poll_id = $1 and v.person_id = $2 and v.idx = poll_option.idx)";
    FORGET_VOTES = "delete from poll_vote where poll_id = $1";
    FORGET_OPTIONS = "delete from poll_option where poll_id = $1";
    FORGET = "delete from poll where id = $1";
}

/// A poll; `now` says whether its time is over. None: there is none.
pub(crate) fn find(tx: &mut dyn Tx, id: PollId, now: Timestamp) -> Result<Option<Poll>> {
    let Some(poll) = tx.find(&GET, &[id.into()], |row| poll(row, id, now))? else {
        return Ok(None);
    };
    let mut poll = poll;
    if poll.n_voters == 0 {
        poll.n_voters = tx.one(&COUNT_VOTERS, &[id.into()], |row| row.get(0))?;
    }
    poll.options = tx.list(&OPTIONS, &[id.into()], |row: &dyn Row| {
        Ok(PollOption {
            text: row.get(0)?,
            n: row.get::<i64>(1)? + row.get::<i64>(2)?,
            people: Vec::new(),
        })
    })?;
    if !poll.anonymous {
        for (idx, option) in (0_i64..).zip(&mut poll.options) {
            if (1..=VOTERS_SHOWN).contains(&option.n) {
                option.people = list_voters(tx, id, idx)?;
            }
        }
    }
    Ok(Some(poll))
}

fn poll(row: &dyn Row, id: PollId, now: Timestamp) -> Result<Poll> {
    let closes_at: Option<Timestamp> = row.get_optional(5)?;
    Ok(Poll {
        id,
        channel_id: row.get(0)?,
        message_id: row.get(1)?,
        created_by: row.get(2)?,
        options: Vec::new(),
        n_voters: row.get(7)?,
        multiple: row.get(3)?,
        anonymous: row.get(4)?,
        closes_at,
        closed: row.int(6)?.is_some() || closes_at.is_some_and(|end| end <= now),
    })
}

fn list_voters(tx: &mut dyn Tx, id: PollId, idx: i64) -> Result<Vec<PersonId>> {
    tx.list(&VOTERS, &[id.into(), idx.into(), VOTERS_SHOWN.into()], |row| {
        row.get(0)
    })
}

/// The place of its message.
pub(crate) fn get_place(tx: &mut dyn Tx, id: PollId) -> Result<Seq> {
    tx.one(&PLACE, &[id.into()], |row| row.get(0))
}

/// The poll under a message.
pub(crate) fn find_of_message(tx: &mut dyn Tx, message: MessageId) -> Result<Option<PollId>> {
    tx.find(&OF_MESSAGE, &[message.into()], |row| row.get(0))
}

pub(crate) fn insert(
    tx: &mut dyn Tx,
    channel: ChannelId,
    by: PersonId,
    new: &NewPoll,
    now: Timestamp,
) -> Result<()> {
    let args = [
        new.id.into(),
        channel.into(),
        new.message_id.into(),
        by.into(),
        now.into(),
        new.multiple.into(),
        new.anonymous.into(),
        new.closes_at.into(),
    ];
    tx.exec(&INSERT, &args)?;
    for (idx, text) in (0_i64..).zip(&new.options) {
        tx.exec(&ADD_OPTION, &[new.id.into(), idx.into(), text.into()])?;
    }
    Ok(())
}

/// What a person chose, in order.
pub(crate) fn list_mine(tx: &mut dyn Tx, id: PollId, person: PersonId) -> Result<Vec<i64>> {
    tx.list(&MINE, &[id.into(), person.into()], |row| row.get(0))
}

/// Puts a vote in the place of the one before.
pub(crate) fn vote(
    tx: &mut dyn Tx,
    id: PollId,
    person: PersonId,
    chosen: &[i64],
    now: Timestamp,
) -> Result<()> {
    tx.exec(&TAKE_BACK, &[id.into(), person.into()])?;
    for idx in chosen {
        tx.exec(&VOTE, &[id.into(), person.into(), (*idx).into(), now.into()])?;
    }
    Ok(())
}

/// Nobody votes any more; of an anonymous poll only the counts are kept.
pub(crate) fn close(tx: &mut dyn Tx, poll: &Poll, now: Timestamp) -> Result<()> {
    tx.exec(&CLOSE, &[poll.id.into(), now.into()])?;
    if poll.anonymous {
        for statement in [&KEEP_VOTERS, &KEEP_COUNTS, &FORGET_VOTES] {
            tx.exec(statement, &[poll.id.into()])?;
        }
    }
    Ok(())
}

/// The polls in which it is to be seen what a person chose.
pub(crate) fn list_named_of(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<PollId>> {
    tx.list(&NAMED_OF, &[person.into()], |row| row.get(0))
}

/// Forgets whose vote it was: in a poll that goes on it is taken back, in one that is closed it counts without a name.
pub(crate) fn forget_voter(tx: &mut dyn Tx, poll: &Poll, person: PersonId) -> Result<()> {
    if poll.closed {
        tx.exec(&KEEP_NAMELESS_VOTERS, &[poll.id.into()])?;
        tx.exec(&KEEP_NAMELESS, &[poll.id.into(), person.into()])?;
    }
    tx.exec(&TAKE_BACK, &[poll.id.into(), person.into()]).map(drop)
}

/// Nothing of a poll is left.
pub(crate) fn forget(tx: &mut dyn Tx, id: PollId) -> Result<()> {
    for statement in [&FORGET_VOTES, &FORGET_OPTIONS, &FORGET] {
        tx.exec(statement, &[id.into()])?;
    }
    Ok(())
}
