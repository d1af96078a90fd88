//! All SQL of asks.

use crate::{
    model::{AskRow, Before, Ending, Head, SeatRow},
    wire::{AskCounts, AskKind, AskMove, AskMoveKind, AskNeeds, AskSeatState},
};
use base::{ChannelId, MessageId, PersonId, Seq, Timestamp, TopicId};
use platform::{
    db::{Error, Result, Row, Tx},
    journal::id_list,
};
use std::{collections::HashMap, sync::Arc, time::Duration};
use timing::charter::Pace;

/// What has no time stands behind everything that has one. It fits a JSON number.
pub(crate) const NEVER: Timestamp = Timestamp(9_007_199_254_740_991);

platform::sql! {
    LIST = {
        sqlite: "select message_id, channel_id, asker_id, kind, needs, everyone, clock, length, created_at, closed_at, ending, due, \
            asker_since, n_answered, reminded_at, undo from ask \
            where message_id in (select unhex(value) from json_each($1))",
        postgres: "select message_id, channel_id, asker_id, kind, needs, everyone, clock, length, created_at, closed_at, ending, due, \
            asker_since, n_answered, reminded_at, undo from ask \
            where message_id in (select value::uuid from json_array_elements_text(cast($1 as text)::json))"
    };
    /// Of an announcement only the share of one person.
    SEATS = {
        sqlite: "select s.message_id, s.person_id, s.state, s.since, s.left_us, s.due, s.wished, s.passed_to, s.reason, s.moved_at \
            from ask_seat s \
            join ask a on a.message_id = s.message_id \
            where s.message_id in (select unhex(value) from json_each($1)) and (a.everyone = 0 or s.person_id = $2) \
            order by s.person_id",
        postgres: "select s.message_id, s.person_id, s.state, s.since, s.left_us, s.due, s.wished, s.passed_to, s.reason, s.moved_at \
            from ask_seat s \
            join ask a on a.message_id = s.message_id \
            where s.message_id in (select value::uuid from json_array_elements_text(cast($1 as text)::json)) \
            and (a.everyone = 0 or s.person_id = $2) \
            order by s.person_id"
    };
    SEATS_AMONG = {
        sqlite: "select message_id, person_id, state, since, left_us, due, wished, passed_to, reason, moved_at from ask_seat \
            where message_id = $1 and person_id in (select unhex(value) from json_each($2))",
        postgres: "select message_id, person_id, state, since, left_us, due, wished, passed_to, reason, moved_at from ask_seat \
            where message_id = $1 and person_id in (select value::uuid from json_array_elements_text(cast($2 as text)::json))"
    };
    INSERT = "insert into ask (message_id, channel_id, asker_id, kind, needs, everyone, clock, length, created_at, due, n_answered) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0)";
    SET_HEAD = "update ask set closed_at = $2, ending = $3, due = $4, asker_since = $5, n_answered = $6, undo = $7 \
        where message_id = $1";
    SET_REMINDED = "update ask set reminded_at = $2 where message_id = $1";
    PUT_SEAT = "insert into ask_seat \
        (message_id, person_id, channel_id, state, since, left_us, due, wished, passed_to, reason, moved_at, held) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0) \
        on conflict (message_id, person_id) do update set state = excluded.state, since = excluded.since, \
        left_us = excluded.left_us, due = excluded.due, wished = excluded.wished, passed_to = excluded.passed_to, \
        reason = excluded.reason, moved_at = excluded.moved_at";
    DROP_SEAT = "delete from ask_seat where message_id = $1 and person_id = $2";
    SET_HELD = "update ask_seat set held = case when state in ('open', 'promised') \
            and (select closed_at from ask where ask.message_id = ask_seat.message_id) is null then 1 else 0 end \
        where message_id = $1";
    ADD_MOVE = "insert into ask_move (message_id, n, person_id, move, at, until, other_id) \
        select $1, coalesce(max(n), 0) + 1, $2, $3, $4, $5, $6 from ask_move where message_id = $1";
    COUNT_OPEN = "select count(*) from ask where asker_id = $1 and closed_at is null";
    COUNT_ANNOUNCEMENTS = "select count(*) from ask where channel_id = $1 and closed_at is null and everyone = 1";
    FORGET_MOVES = "delete from ask_move where message_id = $1";
    FORGET_SEATS = "delete from ask_seat where message_id = $1";
    FORGET = "delete from ask where message_id = $1";
    MESSAGE = "select channel_id, author_id, topic_id, seq, deleted_at from message where id = $1";
    BETWEEN = "select a.message_id from message m \
        join ask a on a.message_id = m.id \
        where m.channel_id = $1 and m.seq between $2 and $3 and m.deleted_at is null \
        order by m.seq \
        limit $4";
    PLACES = {
        sqlite: "select m.id, m.topic_id, t.title, m.text from message m \
            left join topic t on t.id = m.topic_id \
            where m.id in (select unhex(value) from json_each($1))",
        postgres: "select m.id, m.topic_id, t.title, m.text from message m \
            left join topic t on t.id = m.topic_id \
            where m.id in (select value::uuid from json_array_elements_text(cast($1 as text)::json))"
    };
    /// In channels of which they are a member now. Shares, and asks of their own that came back.
    ON = "select message_id, at from ( \
            select s.message_id, coalesce(s.due, 9007199254740991) as at from ask_seat s \
                join channel_member cm on cm.channel_id = s.channel_id and cm.person_id = s.person_id \
                where s.person_id = $1 and s.held = 1 \
            union all \
            select a.message_id, a.asker_since as at from ask a \
                join channel_member cm on cm.channel_id = a.channel_id and cm.person_id = a.asker_id \
                where a.asker_id = $1 and a.closed_at is null and a.asker_since is not null \
        ) as mine \
        where (at, message_id) > ($2, $3) \
        order by at, message_id \
        limit $4";
    COUNT_ON = "select count(*), coalesce(sum(case when at < $2 then 1 else 0 end), 0), min(case when at >= $2 then at end) from ( \
            select coalesce(s.due, 9007199254740991) as at from ask_seat s \
                join channel_member cm on cm.channel_id = s.channel_id and cm.person_id = s.person_id \
                where s.person_id = $1 and s.held = 1 \
            union all \
            select 9007199254740991 as at from ask a \
                join channel_member cm on cm.channel_id = a.channel_id and cm.person_id = a.asker_id \
                where a.asker_id = $1 and a.closed_at is null and a.asker_since is not null \
        ) as mine";
    ANNOUNCED_TO = "select a.message_id from channel_member cm \
        join ask a on a.channel_id = cm.channel_id and a.everyone = 1 and a.closed_at is null \
        where cm.person_id = $1 and cm.joined_at <= a.created_at and a.asker_id <> $1 \
        and not exists (select 1 from ask_seat s where s.message_id = a.message_id and s.person_id = $1) \
        order by a.created_at, a.message_id \
        limit $2";
    WAITED_FOR = "select a.message_id, coalesce(a.due, 9007199254740991) from ask a \
        join channel_member cm on cm.channel_id = a.channel_id and cm.person_id = a.asker_id \
        where a.asker_id = $1 and a.closed_at is null and (coalesce(a.due, 9007199254740991), a.message_id) > ($2, $3) \
        order by coalesce(a.due, 9007199254740991), a.message_id \
        limit $4";
    COUNT_WAITED = "select count(*) from ask a \
        join channel_member cm on cm.channel_id = a.channel_id and cm.person_id = a.asker_id \
        where a.asker_id = $1 and a.closed_at is null";
    /// Asks of a channel in which it is the turn of whoever writes there now.
    TURNS = "select s.message_id, m.topic_id, cast(0 as bigint) from ask_seat s \
            join ask a on a.message_id = s.message_id and a.kind <> 'read' \
            join message m on m.id = s.message_id \
            where s.person_id = $1 and s.channel_id = $2 and s.held = 1 \
        union all \
        select a.message_id, m.topic_id, cast(1 as bigint) from ask a \
            join message m on m.id = a.message_id \
            where a.asker_id = $1 and a.channel_id = $2 and a.closed_at is null and a.asker_since is not null";
    HELD_IN = "select message_id from ask_seat where person_id = $1 and channel_id = $2 and held = 1";
    HELD = "select message_id from ask_seat where person_id = $1 and held = 1";
    ASKED_IN = "select message_id from ask where asker_id = $1 and channel_id = $2 and closed_at is null";
    ASKED = "select message_id from ask where asker_id = $1 and closed_at is null";
    ANNOUNCEMENTS_IN = "select message_id from ask where channel_id = $1 and closed_at is null and everyone = 1";
    FORGET_REASONS = "update ask_seat set reason = null where person_id = $1 and reason is not null";
    FORGET_UNDO = "update ask set undo = null where undo is not null \
        and message_id in (select message_id from ask_seat where person_id = $1)";
    MEMBER_SINCE = "select joined_at from channel_member where channel_id = $1 and person_id = $2";
    /// Of an announcement: those who were there, are still there, and have not answered.
    MISSING = "select cm.person_id from channel_member cm \
        join person p on p.id = cm.person_id and p.deactivated_at is null and p.bot_of is null \
        where cm.channel_id = $1 and cm.person_id > $5 and cm.joined_at <= $3 and cm.person_id <> $4 \
        and not exists (select 1 from ask_seat s where s.message_id = $2 and s.person_id = cm.person_id) \
        order by cm.person_id \
        limit $6";
    COUNT_MISSING = "select count(*) from channel_member cm \
        join person p on p.id = cm.person_id and p.deactivated_at is null and p.bot_of is null \
        where cm.channel_id = $1 and cm.joined_at <= $3 and cm.person_id <> $4 \
        and not exists (select 1 from ask_seat s where s.message_id = $2 and s.person_id = cm.person_id)";
}

macro_rules! words {
    ($type:ident { $($variant:ident = $word:literal),* }) => {
        impl $type {
            /// The word in the database.
            pub(crate) fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }
    };
}
words!(AskKind { Question = "question", Feedback = "feedback", Action = "action", Read = "read" });
words!(AskNeeds { Any = "any", All = "all" });
words!(Ending { Answered = "answered", Unanswered = "unanswered", Withdrawn = "withdrawn" });
words!(AskSeatState {
    Open = "open", Promised = "promised", AskedBack = "asked_back", Passed = "passed", Declined = "declined",
    Answered = "answered", Left = "left"
});

fn word<T>(row: &dyn Row, idx: usize, parse: fn(&str) -> Option<T>) -> Result<T> {
    row.text(idx)?.and_then(parse).ok_or(Error::Column(idx))
}

/// These asks, in no order; of announcements with the share of `reader` alone.
pub(crate) fn list(tx: &mut dyn Tx, ids: &[MessageId], reader: PersonId) -> Result<Vec<AskRow>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let ids = id_list(tx, ids.iter().map(|id| id.0));
    let mut asks = tx.list(&LIST, &[ids.as_str().into()], ask)?;
    let mut seats: HashMap<MessageId, Vec<SeatRow>> = HashMap::new();
    tx.each(&SEATS, &[ids.as_str().into(), reader.into()], &mut |row| {
        seats.entry(row.get(0)?).or_default().push(seat(row)?);
        Ok(())
    })?;
    for ask in &mut asks {
        ask.seats = seats.remove(&ask.message).unwrap_or_default();
    }
    Ok(asks)
}

/// The shares of these people in one ask.
pub(crate) fn list_seats_among(
    tx: &mut dyn Tx,
    id: MessageId,
    people: &[PersonId],
) -> Result<HashMap<PersonId, SeatRow>> {
    let people = id_list(tx, people.iter().map(|person| person.0));
    let seats = tx.list(&SEATS_AMONG, &[id.into(), people.as_str().into()], seat)?;
    Ok(seats.into_iter().map(|seat| (seat.person, seat)).collect())
}

pub(crate) fn find(tx: &mut dyn Tx, id: MessageId, reader: PersonId) -> Result<Option<AskRow>> {
    Ok(list(tx, &[id], reader)?.pop())
}

fn ask(row: &dyn Row) -> Result<AskRow> {
    let length: i64 = row.get(7)?;
    let length = Duration::from_micros(u64::try_from(length).unwrap_or(0));
    let ending = match row.text(10)? {
        None => None,
        Some(text) => Some(Ending::parse(text).ok_or(Error::Column(10))?),
    };
    Ok(AskRow {
        message: row.get(0)?,
        channel: row.get(1)?,
        asker: row.get(2)?,
        kind: word(row, 3, AskKind::parse)?,
        needs: word(row, 4, AskNeeds::parse)?,
        everyone: row.get(5)?,
        pace: if row.text(6)? == Some("elapsed") {
            Pace::Elapsed(length)
        } else {
            Pace::Working(length)
        },
        created_at: row.get(8)?,
        head: Head {
            closed_at: row.get_optional(9)?,
            ending,
            due: row.get_optional(11)?,
            asker_since: row.get_optional(12)?,
            n_answered: row.get(13)?,
        },
        reminded_at: row.get_optional(14)?,
        undo: row.get_optional(15)?,
        seats: Vec::new(),
    })
}

fn seat(row: &dyn Row) -> Result<SeatRow> {
    Ok(SeatRow {
        person: row.get(1)?,
        state: word(row, 2, AskSeatState::parse)?,
        since: row.get_optional(3)?,
        left_us: row.get_optional(4)?,
        due: row.get_optional(5)?,
        wished: row.get_optional(6)?,
        passed_to: row.get_optional(7)?,
        reason: row.get_optional(8)?,
        moved_at: row.get(9)?,
    })
}

pub(crate) fn insert(tx: &mut dyn Tx, ask: &AskRow) -> Result<()> {
    let (clock, length) = match ask.pace {
        Pace::Working(length) => ("working", length),
        Pace::Elapsed(length) => ("elapsed", length),
    };
    let length = i64::try_from(length.as_micros()).unwrap_or(i64::MAX);
    let args = [
        ask.message.into(),
        ask.channel.into(),
        ask.asker.into(),
        ask.kind.word().into(),
        ask.needs.word().into(),
        ask.everyone.into(),
        clock.into(),
        length.into(),
        ask.created_at.into(),
        ask.head.due.into(),
    ];
    tx.exec(&INSERT, &args)?;
    for seat in &ask.seats {
        put_seat(tx, ask, seat)?;
    }
    set_held(tx, ask.message)
}

pub(crate) fn put_seat(tx: &mut dyn Tx, ask: &AskRow, seat: &SeatRow) -> Result<()> {
    let args = [
        ask.message.into(),
        seat.person.into(),
        ask.channel.into(),
        seat.state.word().into(),
        seat.since.into(),
        seat.left_us.into(),
        seat.due.into(),
        seat.wished.into(),
        seat.passed_to.into(),
        seat.reason.as_ref().into(),
        seat.moved_at.into(),
    ];
    tx.exec(&PUT_SEAT, &args).map(drop)
}

pub(crate) fn drop_seat(tx: &mut dyn Tx, ask: MessageId, person: PersonId) -> Result<()> {
    tx.exec(&DROP_SEAT, &[ask.into(), person.into()]).map(drop)
}

pub(crate) fn set_head(tx: &mut dyn Tx, ask: MessageId, head: &Head, before: Option<&Before>) -> Result<()> {
    let undo = before.map(serde_json::to_string).transpose().map_err(broken)?;
    let args = [
        ask.into(),
        head.closed_at.into(),
        head.ending.map(Ending::word).into(),
        head.due.into(),
        head.asker_since.into(),
        head.n_answered.into(),
        undo.as_ref().into(),
    ];
    tx.exec(&SET_HEAD, &args).map(drop)
}

/// Writes down whose turn it is.
pub(crate) fn set_held(tx: &mut dyn Tx, ask: MessageId) -> Result<()> {
    tx.exec(&SET_HELD, &[ask.into()]).map(drop)
}

pub(crate) fn set_reminded(tx: &mut dyn Tx, ask: MessageId, now: Timestamp) -> Result<()> {
    tx.exec(&SET_REMINDED, &[ask.into(), now.into()]).map(drop)
}

pub(crate) fn before(ask: &AskRow) -> Result<Option<Before>> {
    let parsed = ask.undo.as_deref().map(serde_json::from_str);
    parsed.transpose().map_err(broken)
}

fn broken(err: serde_json::Error) -> Error {
    Error::Statement {
        name: "ASK_UNDO",
        source: Arc::new(err),
    }
}

pub(crate) fn add_move(
    tx: &mut dyn Tx,
    ask: MessageId,
    (person, made): (PersonId, &AskMove),
    now: Timestamp,
) -> Result<()> {
    let args = [
        ask.into(),
        person.into(),
        made.kind.word().into(),
        now.into(),
        made.until.into(),
        made.person_id.into(),
    ];
    tx.exec(&ADD_MOVE, &args).map(drop)
}

impl AskMoveKind {
    fn word(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::AskBack => "ask_back",
            Self::Promise => "promise",
            Self::Pass => "pass",
            Self::Decline => "decline",
            Self::Resume => "resume",
            Self::Grant => "grant",
            Self::Refuse => "refuse",
            Self::Withdraw => "withdraw",
            Self::Undo => "undo",
        }
    }
}

pub(crate) fn count_open(tx: &mut dyn Tx, asker: PersonId) -> Result<i64> {
    tx.one(&COUNT_OPEN, &[asker.into()], |row| row.get(0))
}

pub(crate) fn count_announcements(tx: &mut dyn Tx, channel: ChannelId) -> Result<i64> {
    tx.one(&COUNT_ANNOUNCEMENTS, &[channel.into()], |row| row.get(0))
}

/// Nothing of an ask is left.
pub(crate) fn forget(tx: &mut dyn Tx, ask: MessageId) -> Result<()> {
    for statement in [&FORGET_MOVES, &FORGET_SEATS, &FORGET] {
        tx.exec(statement, &[ask.into()])?;
    }
    Ok(())
}

/// Where a message stands, and whose it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MessagePlace {
    pub channel: ChannelId,
    pub author: PersonId,
    pub topic: Option<TopicId>,
    pub seq: Seq,
    pub is_deleted: bool,
}

pub(crate) fn find_message(tx: &mut dyn Tx, id: MessageId) -> Result<Option<MessagePlace>> {
    tx.find(&MESSAGE, &[id.into()], |row| {
        Ok(MessagePlace {
            channel: row.get(0)?,
            author: row.get(1)?,
            topic: row.get_optional(2)?,
            seq: row.get(3)?,
            is_deleted: row.int(4)?.is_some(),
        })
    })
}

/// The asks of a stretch of a channel, both ends included, in order.
pub(crate) fn list_between(
    tx: &mut dyn Tx,
    channel: ChannelId,
    (from, to): (Seq, Seq),
    limit: i64,
) -> Result<Vec<MessageId>> {
    let args = [channel.into(), from.into(), to.into(), limit.into()];
    tx.list(&BETWEEN, &args, |row| row.get(0))
}

/// What a list shows of a message.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shown {
    pub topic: Option<TopicId>,
    pub title: Option<String>,
    pub text: String,
}

pub(crate) fn list_shown(tx: &mut dyn Tx, ids: &[MessageId]) -> Result<HashMap<MessageId, Shown>> {
    let ids = id_list(tx, ids.iter().map(|id| id.0));
    let found = tx.list(&PLACES, &[ids.as_str().into()], |row| {
        let shown = Shown {
            topic: row.get_optional(1)?,
            title: row.get_optional(2)?,
            text: row.get(3)?,
        };
        Ok((row.get(0)?, shown))
    })?;
    Ok(found.into_iter().collect())
}

/// A place in a list of asks.
pub(crate) type Cursor = (Timestamp, MessageId);

/// What is on somebody, but for announcements, after a place.
pub(crate) fn list_on(
    tx: &mut dyn Tx,
    person: PersonId,
    (at, id): Cursor,
    limit: i64,
) -> Result<Vec<(MessageId, Timestamp)>> {
    tx.list(&ON, &[person.into(), at.into(), id.into(), limit.into()], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// What somebody waits for, after a place.
pub(crate) fn list_waited_for(
    tx: &mut dyn Tx,
    person: PersonId,
    (at, id): Cursor,
    limit: i64,
) -> Result<Vec<(MessageId, Timestamp)>> {
    let args = [person.into(), at.into(), id.into(), limit.into()];
    tx.list(&WAITED_FOR, &args, |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Announcements that somebody has not confirmed.
pub(crate) fn list_announced_to(tx: &mut dyn Tx, person: PersonId, limit: i64) -> Result<Vec<MessageId>> {
    tx.list(&ANNOUNCED_TO, &[person.into(), limit.into()], |row| row.get(0))
}

/// Without announcements.
pub(crate) fn count(tx: &mut dyn Tx, person: PersonId, now: Timestamp) -> Result<AskCounts> {
    let n_i_wait_for = tx.one(&COUNT_WAITED, &[person.into()], |row| row.get(0))?;
    tx.one(&COUNT_ON, &[person.into(), now.into()], |row| {
        let next: Option<Timestamp> = row.get_optional(2)?;
        Ok(AskCounts {
            n_on_me: row.get(0)?,
            n_overdue: row.get(1)?,
            next_due: next.filter(|next| *next < NEVER),
            n_i_wait_for,
        })
    })
}

/// An ask in which it is the turn of whoever writes in its channel.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TurnOf {
    pub ask: MessageId,
    pub topic: Option<TopicId>,
    pub is_asker: bool,
}

pub(crate) fn list_turns(tx: &mut dyn Tx, person: PersonId, channel: ChannelId) -> Result<Vec<TurnOf>> {
    tx.list(&TURNS, &[person.into(), channel.into()], |row| {
        Ok(TurnOf {
            ask: row.get(0)?,
            topic: row.get_optional(1)?,
            is_asker: row.get(2)?,
        })
    })
}

/// Open asks that end, or change, when somebody leaves a channel, or all of them: what they hold, and what they asked.
pub(crate) fn list_of(
    tx: &mut dyn Tx,
    person: PersonId,
    channel: Option<ChannelId>,
) -> Result<(Vec<MessageId>, Vec<MessageId>)> {
    let id = |row: &dyn Row| row.get(0);
    match channel {
        Some(channel) => {
            let args = [person.into(), channel.into()];
            Ok((tx.list(&HELD_IN, &args, id)?, tx.list(&ASKED_IN, &args, id)?))
        }
        None => Ok((
            tx.list(&HELD, &[person.into()], id)?,
            tx.list(&ASKED, &[person.into()], id)?,
        )),
    }
}

/// Open announcements of a channel.
pub(crate) fn list_announcements(tx: &mut dyn Tx, channel: ChannelId) -> Result<Vec<MessageId>> {
    tx.list(&ANNOUNCEMENTS_IN, &[channel.into()], |row| row.get(0))
}

/// What somebody gave as reasons.
pub(crate) fn forget_reasons(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    tx.exec(&FORGET_UNDO, &[person.into()])?;
    tx.exec(&FORGET_REASONS, &[person.into()]).map(drop)
}

/// Since when somebody is a member of a channel.
pub(crate) fn find_member_since(
    tx: &mut dyn Tx,
    channel: ChannelId,
    person: PersonId,
) -> Result<Option<Timestamp>> {
    tx.find(&MEMBER_SINCE, &[channel.into(), person.into()], |row| row.get(0))
}

/// Who was asked by an announcement, is still there and has not answered, after a person.
pub(crate) fn list_missing(
    tx: &mut dyn Tx,
    ask: &AskRow,
    after: PersonId,
    limit: i64,
) -> Result<Vec<PersonId>> {
    let args = [
        ask.channel.into(),
        ask.message.into(),
        ask.created_at.into(),
        ask.asker.into(),
        after.into(),
        limit.into(),
    ];
    tx.list(&MISSING, &args, |row| row.get(0))
}

pub(crate) fn count_missing(tx: &mut dyn Tx, ask: &AskRow) -> Result<i64> {
    let args = [
        ask.channel.into(),
        ask.message.into(),
        ask.created_at.into(),
        ask.asker.into(),
    ];
    tx.one(&COUNT_MISSING, &args, |row| row.get(0))
}
