//! All SQL of polls.

use crate::{
    model::{VOTERS_SHOWN, WORDS_SHOWN},
    wire::{NewPoll, Poll, PollKind, PollOption, PreparePoll, PreparedPoll, ScaleEnds},
};
use base::{ChannelId, MessageId, PersonId, PollId, Seq, Timestamp};
use platform::db::{Error, Result, Row, Tx};
use std::{collections::HashMap, sync::Arc};

platform::sql! {
    GET = "select channel_id, message_id, created_by, multiple, anonymous, closes_at, closed_at, n_voters, kind, hidden, low, high \
        from poll where id = $1";
    PLACE = "select m.seq from poll p join message m on m.id = p.message_id where p.id = $1";
    OF_MESSAGE = "select id from poll where message_id = $1";
    INSERT = "insert into poll (id, channel_id, message_id, created_by, created_at, multiple, anonymous, closes_at, n_voters, \
        kind, hidden, low, high) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10, $11, $12)";
    ADD_OPTION = "insert into poll_option (poll_id, idx, text, n_votes) values ($1, $2, $3, 0)";
    OPTIONS = "select o.idx, o.text, o.n_votes, count(v.person_id) from poll_option o \
        left join poll_vote v on v.poll_id = o.poll_id and v.idx = o.idx \
        where o.poll_id = $1 \
        group by o.idx, o.text, o.n_votes \
        order by o.idx";
    WORDS = "select o.idx, o.text, o.n_votes, count(v.person_id) from poll_option o \
        left join poll_vote v on v.poll_id = o.poll_id and v.idx = o.idx \
        where o.poll_id = $1 and o.removed_at is null \
        group by o.idx, o.text, o.n_votes \
        order by o.n_votes + count(v.person_id) desc, o.idx \
        limit $2";
    FIND_WORD = "select idx from poll_option where poll_id = $1 and folded = $2";
    ADD_WORD = "insert into poll_option (poll_id, idx, text, n_votes, folded) \
        values ($1, (select coalesce(max(idx), -1) + 1 from poll_option where poll_id = $1), $2, 0, $3)";
    MY_WORDS = "select o.text from poll_vote v \
        join poll_option o on o.poll_id = v.poll_id and o.idx = v.idx \
        where v.poll_id = $1 and v.person_id = $2 and o.folded is not null \
        order by o.idx";
    REMOVED_WORDS = "select text from poll_option where poll_id = $1 and removed_at is not null order by removed_at desc, idx limit $2";
    FIND_REMOVED = "select idx, removed_at from poll_option where poll_id = $1 and folded = $2";
    SET_REMOVED = "update poll_option set removed_at = $3 where poll_id = $1 and idx = $2";
    DROP_WORDS = "delete from poll_option \
        where poll_id = $1 and folded is not null and n_votes = 0 and removed_at is null and not exists (select 1 from poll_vote v \
            where v.poll_id = $1 and v.idx = poll_option.idx)";
    FORGET_WORDS = "delete from poll_option \
        where poll_id = $1 and folded is not null and n_votes = 0 and not exists (select 1 from poll_vote v \
            where v.poll_id = $1 and v.idx = poll_option.idx)";
    COUNT_VOTERS = "select count(distinct person_id) from poll_vote where poll_id = $1";
    VOTERS = "select idx, person_id from (select idx, person_id, row_number() over (partition by idx order by person_id) as place \
            from poll_vote where poll_id = $1) voter \
        where place <= $2 \
        order by idx, person_id";
    MINE = "select v.idx from poll_vote v \
        join poll_option o on o.poll_id = v.poll_id and o.idx = v.idx \
        where v.poll_id = $1 and v.person_id = $2 and o.folded is null \
        order by v.idx";
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
    PREPARED = "select id, channel_id, created_by, created_at, content from prepared_poll where id = $1";
    PREPARED_OF = "select id, channel_id, created_by, created_at, content from prepared_poll \
        where channel_id = $1 and created_by = $2 \
        order by created_at desc, id desc limit 500";
    PREPARED_IN = "select id, channel_id, created_by, created_at, content from prepared_poll \
        where channel_id = $1 \
        order by created_at desc, id desc limit 500";
    COUNT_PREPARED = "select count(*) from prepared_poll where channel_id = $1 and created_by = $2";
    PREPARE = "insert into prepared_poll (id, channel_id, created_by, created_at, content) values ($1, $2, $3, $4, $5)";
    REWRITE = "update prepared_poll set content = $2 where id = $1";
    DROP_PREPARED = "delete from prepared_poll where id = $1";
    FORGET_PREPARED = "delete from prepared_poll where created_by = $1";
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
    fill(tx, &mut poll)?;
    Ok(Some(poll))
}

fn fill(tx: &mut dyn Tx, poll: &mut Poll) -> Result<()> {
    let option = |row: &dyn Row| {
        let option = PollOption {
            text: row.get(1)?,
            n: row.get::<i64>(2)? + row.get::<i64>(3)?,
            people: Vec::new(),
        };
        Ok((row.get(0)?, option))
    };
    let mut options: Vec<(i64, PollOption)> = match poll.kind {
        PollKind::Words => tx.list(&WORDS, &[poll.id.into(), WORDS_SHOWN.into()], option)?,
        _ => tx.list(&OPTIONS, &[poll.id.into()], option)?,
    };
    if !poll.anonymous {
        let mut people = voters(tx, poll.id)?;
        for (idx, option) in &mut options {
            if option.n <= VOTERS_SHOWN {
                option.people = people.remove(idx).unwrap_or_default();
            }
        }
    }
    poll.options = options.into_iter().map(|(_, option)| option).collect();
    Ok(())
}

/// The first who chose each answer, in order of their ids.
fn voters(tx: &mut dyn Tx, id: PollId) -> Result<HashMap<i64, Vec<PersonId>>> {
    let voters = tx.list(&VOTERS, &[id.into(), VOTERS_SHOWN.into()], |row| {
        Ok((row.get::<i64>(0)?, row.get(1)?))
    })?;
    let mut people: HashMap<i64, Vec<PersonId>> = HashMap::new();
    for (idx, person) in voters {
        people.entry(idx).or_default().push(person);
    }
    Ok(people)
}

fn poll(row: &dyn Row, id: PollId, now: Timestamp) -> Result<Poll> {
    let closes_at: Option<Timestamp> = row.get_optional(5)?;
    let multiple: bool = row.get(3)?;
    let kind = PollKind::parse(row.text(8)?, multiple);
    let end = |idx| Ok(row.text(idx)?.unwrap_or_default().to_owned());
    let ends = match kind {
        PollKind::Scale => Some(ScaleEnds {
            low: end(10)?,
            high: end(11)?,
        }),
        _ => None,
    };
    Ok(Poll {
        id,
        kind,
        ends,
        hidden: row.get(9)?,
        channel_id: row.get(0)?,
        message_id: row.get(1)?,
        created_by: row.get(2)?,
        options: Vec::new(),
        n_voters: row.get(7)?,
        anonymous: row.get(4)?,
        closes_at,
        closed: row.int(6)?.is_some() || closes_at.is_some_and(|end| end <= now),
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
    let multiple = new.kind == PollKind::Several;
    let scale = new.scale.as_ref();
    let args = [
        new.id.into(),
        channel.into(),
        new.message_id.into(),
        by.into(),
        now.into(),
        multiple.into(),
        new.anonymous.into(),
        new.closes_at.into(),
        new.kind.as_str().into(),
        new.hidden.into(),
        scale.map(|scale| scale.low.as_str()).into(),
        scale.map(|scale| scale.high.as_str()).into(),
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

/// What a person wrote, in the order in which it was first written.
pub(crate) fn list_words_of(tx: &mut dyn Tx, id: PollId, person: PersonId) -> Result<Vec<String>> {
    tx.list(&MY_WORDS, &[id.into(), person.into()], |row| row.get(0))
}

/// The places of words, with what each is found by; what nobody has written yet is a new answer.
pub(crate) fn places_of(tx: &mut dyn Tx, id: PollId, words: &[(String, String)]) -> Result<Vec<i64>> {
    let mut places = Vec::new();
    for (word, folded) in words {
        let args = [id.into(), folded.into()];
        if tx.find(&FIND_WORD, &args, |_| Ok(()))?.is_none() {
            tx.exec(&ADD_WORD, &[id.into(), word.into(), folded.into()])?;
        }
        places.push(tx.one(&FIND_WORD, &args, |row| row.get(0))?);
    }
    Ok(places)
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
    // A word that nobody stands by any more is not kept.
    tx.exec(&DROP_WORDS, &[id.into()]).map(drop)
}

/// The words that are out of the result, the last one first.
pub(crate) fn list_removed(tx: &mut dyn Tx, id: PollId) -> Result<Vec<String>> {
    tx.list(&REMOVED_WORDS, &[id.into(), WORDS_SHOWN.into()], |row| row.get(0))
}

/// The place of a word, and whether it is out of the result.
pub(crate) fn find_word(tx: &mut dyn Tx, id: PollId, folded: &str) -> Result<Option<(i64, bool)>> {
    let read = |row: &dyn Row| Ok((row.get(0)?, row.int(1)?.is_some()));
    tx.find(&FIND_REMOVED, &[id.into(), folded.into()], read)
}

/// Takes a word out of the result; without a time it is back, unless nobody stands by it any more.
pub(crate) fn set_removed(
    tx: &mut dyn Tx,
    (id, idx): (PollId, i64),
    removed_at: Option<Timestamp>,
) -> Result<()> {
    tx.exec(&SET_REMOVED, &[id.into(), idx.into(), removed_at.into()])?;
    tx.exec(&DROP_WORDS, &[id.into()]).map(drop)
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
    tx.exec(&TAKE_BACK, &[poll.id.into(), person.into()])?;
    // Also what is out of the result: it may say who they were.
    tx.exec(&FORGET_WORDS, &[poll.id.into()]).map(drop)
}

/// Nothing of a poll is left.
pub(crate) fn forget(tx: &mut dyn Tx, id: PollId) -> Result<()> {
    for statement in [&FORGET_VOTES, &FORGET_OPTIONS, &FORGET] {
        tx.exec(statement, &[id.into()])?;
    }
    Ok(())
}

fn prepared(row: &dyn Row) -> Result<PreparedPoll> {
    let content: String = row.get(4)?;
    Ok(PreparedPoll {
        id: row.get(0)?,
        channel_id: row.get(1)?,
        created_by: row.get(2)?,
        created_at: row.get(3)?,
        content: serde_json::from_str(&content).map_err(broken)?,
    })
}

/// A poll that waits to be asked.
pub(crate) fn find_prepared(tx: &mut dyn Tx, id: PollId) -> Result<Option<PreparedPoll>> {
    tx.find(&PREPARED, &[id.into()], prepared)
}

/// What waits in a channel, the newest first; `by`: of one person.
pub(crate) fn list_prepared(
    tx: &mut dyn Tx,
    channel: ChannelId,
    by: Option<PersonId>,
) -> Result<Vec<PreparedPoll>> {
    match by {
        Some(by) => tx.list(&PREPARED_OF, &[channel.into(), by.into()], prepared),
        None => tx.list(&PREPARED_IN, &[channel.into()], prepared),
    }
}

pub(crate) fn count_prepared(tx: &mut dyn Tx, channel: ChannelId, by: PersonId) -> Result<i64> {
    tx.one(&COUNT_PREPARED, &[channel.into(), by.into()], |row| row.get(0))
}

pub(crate) fn prepare(
    tx: &mut dyn Tx,
    (id, channel): (PollId, ChannelId),
    by: PersonId,
    content: &PreparePoll,
    now: Timestamp,
) -> Result<()> {
    let content = written(content)?;
    let args = [
        id.into(),
        channel.into(),
        by.into(),
        now.into(),
        content.as_str().into(),
    ];
    tx.exec(&PREPARE, &args).map(drop)
}

pub(crate) fn rewrite(tx: &mut dyn Tx, id: PollId, content: &PreparePoll) -> Result<()> {
    let content = written(content)?;
    tx.exec(&REWRITE, &[id.into(), content.as_str().into()]).map(drop)
}

fn written(content: &PreparePoll) -> Result<String> {
    serde_json::to_string(content).map_err(broken)
}

pub(crate) fn drop_prepared(tx: &mut dyn Tx, id: PollId) -> Result<()> {
    tx.exec(&DROP_PREPARED, &[id.into()]).map(drop)
}

/// What a person has prepared goes with them.
pub(crate) fn forget_prepared(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    tx.exec(&FORGET_PREPARED, &[person.into()]).map(drop)
}

fn broken(err: serde_json::Error) -> Error {
    Error::Statement {
        name: "PREPARED",
        source: Arc::new(err),
    }
}
