//! All SQL of what comes back by itself.

use super::wire::RoutineKind;
use crate::wire::WhyFailed;
use base::{ChannelId, PersonId, RoutineId, Timestamp, TopicId};
use jiff::civil::Date;
use platform::db::{Error, Result, Row, Tx};

platform::sql! {
    FIND = "select id, kind, person_id, channel_id, topic_id, text, days, at_min, every_weeks, first_day, time_zone, everyone_ok, \
            words_ok, next_day, next_at, state, why, revision, created_at \
        from routine where id = $1";
    LIST = "select id, kind, person_id, channel_id, topic_id, text, days, at_min, every_weeks, first_day, time_zone, everyone_ok, \
            words_ok, next_day, next_at, state, why, revision, created_at \
        from routine where person_id = $1 order by next_at, id limit $2";
    DUE = "select id, kind, person_id, channel_id, topic_id, text, days, at_min, every_weeks, first_day, time_zone, everyone_ok, \
            words_ok, next_day, next_at, state, why, revision, created_at \
        from routine where state = 'active' and next_at <= $1 order by next_at, id limit $2";
    COUNT = "select count(*) from routine where person_id = $1";
    NEXT_DUE = "select next_at from routine where state = 'active' order by next_at limit 1";
    INSERT = "insert into routine (id, kind, person_id, channel_id, topic_id, text, days, at_min, every_weeks, first_day, time_zone, \
            everyone_ok, words_ok, next_day, next_at, state, revision, created_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'active', 1, $16) \
        on conflict (id) do nothing";
    CHANGE = "update routine set text = $3, days = $4, at_min = $5, every_weeks = $6, first_day = $7, time_zone = $8, next_day = $9, \
            next_at = $10, state = $11, everyone_ok = $13, why = case when $11 = 'stopped' then why end, revision = revision + 1 \
        where id = $1 and revision = $2 and next_at = $12";
    ADVANCE = "update routine set next_day = $3, next_at = $4 where id = $1 and next_at = $2 and state = 'active'";
    STOP = "update routine set state = 'stopped', why = $3, revision = revision + 1 \
        where id = $1 and next_at = $2 and state = 'active'";
    REMOVE = "delete from routine where id = $1";
    ZONES = "select distinct p.time_zone from channel_member m join person p on p.id = m.person_id \
        where m.channel_id = $1 and p.bot_of is null and p.link_guest = 0 and p.deactivated_at is null";
    FORGET = "delete from routine where person_id = $1";
}

/// What comes back by itself.
#[derive(Debug, Clone)]
pub(crate) struct RoutineRow {
    pub id: RoutineId,
    pub kind: RoutineKind,
    pub person: PersonId,
    pub channel: ChannelId,
    pub topic: Option<TopicId>,
    pub text: String,
    /// As bits, from Monday on.
    pub days: i64,
    pub at_min: i64,
    pub every_weeks: i64,
    pub first_day: Date,
    /// Empty: each person's own.
    pub time_zone: String,
    pub everyone_ok: bool,
    pub words_ok: bool,
    pub next_day: Date,
    pub next_at: Timestamp,
    pub state: State,
    pub why: Option<WhyFailed>,
    pub revision: i64,
    pub created_at: Timestamp,
}

/// How it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Active,
    Paused,
    Stopped,
}

impl State {
    fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Paused => "paused",
            Self::Stopped => "stopped",
        }
    }
}

fn read(row: &dyn Row) -> Result<RoutineRow> {
    Ok(RoutineRow {
        id: row.get(0)?,
        kind: match row.text(1)? {
            Some("post") => RoutineKind::Post,
            Some("check_in") => RoutineKind::CheckIn,
            _ => return Err(Error::Column(1)),
        },
        person: row.get(2)?,
        channel: row.get(3)?,
        topic: row.get_optional(4)?,
        text: row.get(5)?,
        days: row.get(6)?,
        at_min: row.get(7)?,
        every_weeks: row.get(8)?,
        first_day: day(row, 9)?,
        time_zone: row.get(10)?,
        everyone_ok: row.get(11)?,
        words_ok: row.get(12)?,
        next_day: day(row, 13)?,
        next_at: row.get(14)?,
        state: match row.text(15)? {
            Some("active") => State::Active,
            Some("paused") => State::Paused,
            Some("stopped") => State::Stopped,
            _ => return Err(Error::Column(15)),
        },
        why: row.text(16)?.map(WhyFailed::parse),
        revision: row.get(17)?,
        created_at: row.get(18)?,
    })
}

pub(super) fn day(row: &dyn Row, idx: usize) -> Result<Date> {
    let day = row.text(idx)?.and_then(|text| text.parse().ok());
    day.ok_or(Error::Column(idx))
}

pub(crate) fn find(tx: &mut dyn Tx, id: RoutineId) -> Result<Option<RoutineRow>> {
    tx.find(&FIND, &[id.into()], read)
}

pub(crate) fn list(tx: &mut dyn Tx, person: PersonId, limit: i64) -> Result<Vec<RoutineRow>> {
    tx.list(&LIST, &[person.into(), limit.into()], read)
}

pub(crate) fn list_due(tx: &mut dyn Tx, now: Timestamp, limit: i64) -> Result<Vec<RoutineRow>> {
    tx.list(&DUE, &[now.into(), limit.into()], read)
}

pub(crate) fn count(tx: &mut dyn Tx, person: PersonId) -> Result<i64> {
    tx.one(&COUNT, &[person.into()], |row| row.get(0))
}

/// When the next one is due.
pub(crate) fn find_next_due(tx: &mut dyn Tx) -> Result<Option<Timestamp>> {
    tx.find(&NEXT_DUE, &[], |row| row.get(0))
}

/// False: the id is taken.
pub(crate) fn insert(tx: &mut dyn Tx, row: &RoutineRow) -> Result<bool> {
    let (first_day, next_day) = (row.first_day.to_string(), row.next_day.to_string());
    let kind = match row.kind {
        RoutineKind::Post => "post",
        RoutineKind::CheckIn => "check_in",
    };
    let args = [
        row.id.into(),
        kind.into(),
        row.person.into(),
        row.channel.into(),
        row.topic.into(),
        (&row.text).into(),
        row.days.into(),
        row.at_min.into(),
        row.every_weeks.into(),
        first_day.as_str().into(),
        row.time_zone.as_str().into(),
        row.everyone_ok.into(),
        row.words_ok.into(),
        next_day.as_str().into(),
        row.next_at.into(),
        row.created_at.into(),
    ];
    Ok(tx.exec(&INSERT, &args)? == 1)
}

/// Writes what can change of a row as it is in it now; false: another device was faster, or its time has come meanwhile.
pub(crate) fn change(tx: &mut dyn Tx, row: &RoutineRow, was_next_at: Timestamp) -> Result<bool> {
    let (first_day, next_day) = (row.first_day.to_string(), row.next_day.to_string());
    let args = [
        row.id.into(),
        row.revision.into(),
        (&row.text).into(),
        row.days.into(),
        row.at_min.into(),
        row.every_weeks.into(),
        first_day.as_str().into(),
        row.time_zone.as_str().into(),
        next_day.as_str().into(),
        row.next_at.into(),
        row.state.as_str().into(),
        was_next_at.into(),
        row.everyone_ok.into(),
    ];
    Ok(tx.exec(&CHANGE, &args)? == 1)
}

/// Its next time is another one; false: it was changed or done meanwhile. Of two processes one gets it.
pub(crate) fn advance(tx: &mut dyn Tx, row: &RoutineRow, (day, at): (Date, Timestamp)) -> Result<bool> {
    let day = day.to_string();
    let args = [row.id.into(), row.next_at.into(), day.as_str().into(), at.into()];
    Ok(tx.exec(&ADVANCE, &args)? == 1)
}

pub(crate) fn stop(tx: &mut dyn Tx, row: &RoutineRow, why: WhyFailed) -> Result<bool> {
    let args = [row.id.into(), row.next_at.into(), why.as_str().into()];
    Ok(tx.exec(&STOP, &args)? == 1)
}

/// False: it was not there any more.
pub(crate) fn remove(tx: &mut dyn Tx, id: RoutineId) -> Result<bool> {
    Ok(tx.exec(&REMOVE, &[id.into()])? == 1)
}

/// The zones of the people of a channel.
pub(crate) fn list_zones(tx: &mut dyn Tx, channel: ChannelId) -> Result<Vec<String>> {
    tx.list(&ZONES, &[channel.into()], |row| row.get(0))
}

/// Nothing of a person is left.
pub(crate) fn forget(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    tx.exec(&FORGET, &[person.into()]).map(drop)
}
