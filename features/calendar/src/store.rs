//! All SQL of meetings.

pub(crate) mod going;
pub(crate) mod guests;
pub(crate) mod park;
pub(crate) mod polls;
pub(crate) mod soon;
pub(crate) mod topics;

use crate::{
    model::PAGE,
    wire::{InSeries, Meeting, MeetingAim, MeetingAnswer, MeetingPerson},
};
use base::{MeetingId, PersonId, Timestamp};
use platform::{
    db::{Error, Result, Row, Tx},
    journal::id_list,
};
use std::{collections::HashMap, sync::Arc};
use timing::span::Span;

platform::sql! {
    FIND = "select id, title, outcome, aim, agenda, reason, channel_id, topic_id, space_id, created_by, starts_at, ends_at, \
        time_zone, canceled_at, revision, series_id, series_n, series_of, series_weeks \
        from meeting where id = $1";
    LIST_OF = "select m.id, m.title, m.outcome, m.aim, m.agenda, m.reason, m.channel_id, m.topic_id, m.space_id, m.created_by, \
        m.starts_at, m.ends_at, m.time_zone, m.canceled_at, m.revision, m.series_id, m.series_n, m.series_of, m.series_weeks \
        from meeting_person p \
        join meeting m on m.id = p.meeting_id \
        where p.person_id = $1 \
        and p.starts_at > $2 \
        and p.starts_at < $3 \
        and m.ends_at > $4 \
        and (p.starts_at > $5 or (p.starts_at = $5 and p.meeting_id > $6)) \
        order by p.starts_at, p.meeting_id \
        limit $7";
    PEOPLE = {
        sqlite: "select meeting_id, person_id, is_required, answer, consent from meeting_person \
            where meeting_id in (select unhex(value) from json_each($1)) \
            order by is_required desc, person_id",
        postgres: "select meeting_id, person_id, is_required, answer, consent from meeting_person \
            where meeting_id in (select value::uuid from json_array_elements_text(cast($1 as text)::json)) \
            order by is_required desc, person_id"
    };
    BUSY = {
        sqlite: "select p.person_id, m.starts_at, m.ends_at \
            from meeting_person p \
            join meeting m on m.id = p.meeting_id \
            where p.person_id in (select unhex(value) from json_each($1)) \
            and p.starts_at > $2 \
            and p.starts_at < $3 \
            and p.answer in ('open', 'yes') \
            and m.canceled_at is null \
            and m.ends_at > $4 \
            and m.id <> $5",
        postgres: "select p.person_id, m.starts_at, m.ends_at \
            from meeting_person p \
            join meeting m on m.id = p.meeting_id \
            where p.person_id in (select value::uuid from json_array_elements_text(cast($1 as text)::json)) \
            and p.starts_at > $2 \
            and p.starts_at < $3 \
            and p.answer in ('open', 'yes') \
            and m.canceled_at is null \
            and m.ends_at > $4 \
            and m.id <> $5"
    };
    INSERT = "insert into meeting (id, created_by, created_at, title, outcome, aim, agenda, reason, channel_id, topic_id, space_id, \
        starts_at, ends_at, time_zone, group_key, revision, series_id, series_n, series_of, series_weeks) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 1, $16, $17, $18, $19)";
    UPDATE = "update meeting set title = $2, outcome = $3, aim = $4, agenda = $5, reason = $6, starts_at = $7, ends_at = $8, \
        time_zone = $9, group_key = $10, revision = revision + 1 \
        where id = $1";
    /// One meeting, or all of a series.
    OCCASION = "select id, title, outcome, aim, agenda, reason, channel_id, topic_id, space_id, created_by, starts_at, ends_at, \
        time_zone, canceled_at, revision, series_id, series_n, series_of, series_weeks \
        from meeting where id = $1 or series_id = $1 \
        order by starts_at, id";
    /// Those after one of a series that are not called off.
    FOLLOWING = "select id from meeting where series_id = $1 and series_n > $2 and canceled_at is null order by series_n";
    SERIES_OF = "select series_id from meeting where id = $1";
    CANCEL = "update meeting set canceled_at = $2, revision = revision + 1 where id = $1";
    INVITE = "insert into meeting_person (meeting_id, person_id, starts_at, is_required, answer, consent, pain) \
        values ($1, $2, $3, $4, $5, $6, $7) \
        on conflict (meeting_id, person_id) do update set starts_at = excluded.starts_at, is_required = excluded.is_required, \
        answer = excluded.answer, consent = excluded.consent, pain = excluded.pain";
    DISINVITE = "delete from meeting_person where meeting_id = $1 and person_id = $2";
    ANSWER = "update meeting_person set answer = $3, consent = case when consent = 1 and $3 = 'yes' then 2 else consent end \
        where meeting_id = $1 and person_id = $2";
    MADE_AHEAD = "select id from meeting where created_by = $1 and starts_at > $2 and canceled_at is null order by starts_at, id";
    PAID = "select p.person_id, m.starts_at, p.pain \
        from meeting m \
        join meeting_person p on p.meeting_id = m.id \
        where m.group_key = $1 \
        and m.starts_at > $2 \
        and m.ends_at <= $3 \
        and m.canceled_at is null \
        and p.answer in ('open', 'yes') \
        and p.pain > 0 \
        order by m.starts_at, p.person_id";
    OWLS = {
        sqlite: "select person_id from meeting_setting where accepts_nights = 1 \
            and person_id in (select unhex(value) from json_each($1))",
        postgres: "select person_id from meeting_setting where accepts_nights = 1 \
            and person_id in (select value::uuid from json_array_elements_text(cast($1 as text)::json))"
    };
    SAVE_SETTING = "insert into meeting_setting (person_id, accepts_nights, by_mail, remind_min) values ($1, $2, $3, $4) \
        on conflict (person_id) do update set accepts_nights = excluded.accepts_nights, by_mail = excluded.by_mail, \
        remind_min = excluded.remind_min";
    SETTING = "select accepts_nights, by_mail, remind_min from meeting_setting where person_id = $1";
    HAS_FEED = "select 1 from meeting_feed where person_id = $1";
    PUT_FEED = "insert into meeting_feed (person_id, token_hash) values ($1, $2) \
        on conflict (person_id) do update set token_hash = excluded.token_hash";
    FEED_OF = "select f.person_id from meeting_feed f \
        join person p on p.id = f.person_id \
        where f.token_hash = $1 and p.deactivated_at is null";
    END_FEED = "delete from meeting_feed where person_id = $1";
    FORGET_SETTING = "delete from meeting_setting where person_id = $1";
    FORGET_PERSON = "delete from meeting_person where person_id = $1";
}

/// Longer than any meeting: what began before the window and reaches into it.
const REACH_US: i64 = 24 * 3_600_000_000;

/// A meeting as it is to be written.
pub(crate) struct Written<'a> {
    pub meeting: &'a Meeting,
    pub group_key: &'a str,
    /// Of each of its people, in thousandths of an hour.
    pub pains: &'a [i64],
}

/// One meeting with its people.
pub(crate) fn find(tx: &mut dyn Tx, id: MeetingId) -> Result<Option<Meeting>> {
    let Some(meeting) = tx.find(&FIND, &[id.into()], meeting)? else {
        return Ok(None);
    };
    Ok(with_people(tx, vec![meeting])?.pop())
}

/// The meeting of this name, or all meetings of the series, in their order.
pub(crate) fn list_occasion(tx: &mut dyn Tx, occasion: MeetingId) -> Result<Vec<Meeting>> {
    let meetings = tx.list(&OCCASION, &[occasion.into()], meeting)?;
    with_people(tx, meetings)
}

/// The meetings to which somebody is invited and that touch the window, in their order, after the one on which the last page
/// ended.
pub(crate) fn list_of(
    tx: &mut dyn Tx,
    person: PersonId,
    window: Span,
    after: Option<(Timestamp, MeetingId)>,
) -> Result<Vec<Meeting>> {
    let (after_start, after_id) = after.unwrap_or((Timestamp(i64::MIN), MeetingId(uuid::Uuid::nil())));
    let args = [
        person.into(),
        Timestamp(window.from.0.saturating_sub(REACH_US)).into(),
        window.to.into(),
        window.from.into(),
        after_start.into(),
        after_id.into(),
        PAGE.into(),
    ];
    let meetings = tx.list(&LIST_OF, &args, meeting)?;
    with_people(tx, meetings)
}

fn with_people(tx: &mut dyn Tx, mut meetings: Vec<Meeting>) -> Result<Vec<Meeting>> {
    let ids = id_list(tx, meetings.iter().map(|meeting| meeting.id.0));
    let mut people: HashMap<MeetingId, Vec<MeetingPerson>> = HashMap::new();
    let rows = tx.list(&PEOPLE, &[ids.as_str().into()], |row: &dyn Row| {
        let answer: String = row.get(3)?;
        let person = MeetingPerson {
            person_id: row.get(1)?,
            is_required: row.get(2)?,
            answer: MeetingAnswer::read(&answer).ok_or(Error::Column(3))?,
            is_asked: row.get::<i64>(4)? == 1,
        };
        Ok((row.get(0)?, person))
    })?;
    for (id, person) in rows {
        people.entry(id).or_default().push(person);
    }
    for meeting in &mut meetings {
        meeting.people = people.remove(&meeting.id).unwrap_or_default();
        let maker = meeting.created_by;
        meeting.people.sort_by_key(|person| person.person_id != maker);
    }
    Ok(meetings)
}

fn meeting(row: &dyn Row) -> Result<Meeting> {
    let aim: String = row.get(3)?;
    let agenda: String = row.get(4)?;
    Ok(Meeting {
        id: row.get(0)?,
        title: row.get(1)?,
        outcome: row.get(2)?,
        aim: MeetingAim::read(&aim).ok_or(Error::Column(3))?,
        agenda: serde_json::from_str(&agenda).map_err(broken)?,
        reason: row.get(5)?,
        channel_id: row.get_optional(6)?,
        topic_id: row.get_optional(7)?,
        space_id: row.get_optional(8)?,
        created_by: row.get(9)?,
        starts_at: row.get(10)?,
        ends_at: row.get(11)?,
        time_zone: row.get(12)?,
        is_canceled: row.int(13)?.is_some(),
        revision: row.get(14)?,
        series: series(row)?,
        people: Vec::new(),
    })
}

fn series(row: &dyn Row) -> Result<Option<InSeries>> {
    let Some(id) = row.get_optional(15)? else {
        return Ok(None);
    };
    Ok(Some(InSeries {
        id,
        n: row.get(16)?,
        of: row.get(17)?,
        every_weeks: row.get(18)?,
    }))
}

/// The meetings of a series after one of it that are not called off, in their order.
pub(crate) fn list_following(tx: &mut dyn Tx, series: &InSeries) -> Result<Vec<Meeting>> {
    let ids: Vec<MeetingId> = tx.list(&FOLLOWING, &[series.id.into(), series.n.into()], |row| row.get(0))?;
    let mut meetings = Vec::with_capacity(ids.len());
    for id in ids {
        meetings.extend(find(tx, id)?);
    }
    Ok(meetings)
}

/// What names the series of a meeting; None: it is of none, or there is no such meeting.
pub(crate) fn find_series(tx: &mut dyn Tx, id: MeetingId) -> Result<Option<MeetingId>> {
    let found: Option<Option<MeetingId>> = tx.find(&SERIES_OF, &[id.into()], |row| row.get_optional(0))?;
    Ok(found.flatten())
}

/// When each of these people has a meeting that they have not declined, but for one meeting.
pub(crate) fn list_busy(
    tx: &mut dyn Tx,
    people: &[PersonId],
    window: Span,
    but: MeetingId,
) -> Result<HashMap<PersonId, Vec<Span>>> {
    let ids = id_list(tx, people.iter().map(|person| person.0));
    let args = [
        ids.as_str().into(),
        Timestamp(window.from.0.saturating_sub(REACH_US)).into(),
        window.to.into(),
        window.from.into(),
        but.into(),
    ];
    let rows = tx.list(&BUSY, &args, |row: &dyn Row| {
        let span = Span {
            from: row.get(1)?,
            to: row.get(2)?,
        };
        Ok((row.get::<PersonId>(0)?, span))
    })?;
    let mut busy: HashMap<PersonId, Vec<Span>> = HashMap::new();
    for (person, span) in rows {
        busy.entry(person).or_default().push(span);
    }
    Ok(busy)
}

pub(crate) fn insert(tx: &mut dyn Tx, written: &Written<'_>, now: Timestamp) -> Result<()> {
    let Written {
        meeting, group_key, ..
    } = written;
    let agenda = serde_json::to_string(&meeting.agenda).map_err(broken)?;
    let args = [
        meeting.id.into(),
        meeting.created_by.into(),
        now.into(),
        (&meeting.title).into(),
        (&meeting.outcome).into(),
        meeting.aim.as_str().into(),
        (&agenda).into(),
        (&meeting.reason).into(),
        meeting.channel_id.into(),
        meeting.topic_id.into(),
        meeting.space_id.into(),
        meeting.starts_at.into(),
        meeting.ends_at.into(),
        (&meeting.time_zone).into(),
        (*group_key).into(),
        meeting.series.map(|series| series.id).into(),
        meeting.series.map(|series| series.n).into(),
        meeting.series.map(|series| series.of).into(),
        meeting.series.map(|series| series.every_weeks).into(),
    ];
    tx.exec(&INSERT, &args)?;
    put_people(tx, written)
}

/// Writes everything but where it belongs, and takes the next revision.
pub(crate) fn update(tx: &mut dyn Tx, written: &Written<'_>) -> Result<()> {
    let Written {
        meeting, group_key, ..
    } = written;
    let agenda = serde_json::to_string(&meeting.agenda).map_err(broken)?;
    let args = [
        meeting.id.into(),
        (&meeting.title).into(),
        (&meeting.outcome).into(),
        meeting.aim.as_str().into(),
        (&agenda).into(),
        (&meeting.reason).into(),
        meeting.starts_at.into(),
        meeting.ends_at.into(),
        (&meeting.time_zone).into(),
        (*group_key).into(),
    ];
    tx.exec(&UPDATE, &args)?;
    put_people(tx, written)
}

fn put_people(tx: &mut dyn Tx, written: &Written<'_>) -> Result<()> {
    for (person, pain) in written.meeting.people.iter().zip(written.pains) {
        let args = [
            written.meeting.id.into(),
            person.person_id.into(),
            written.meeting.starts_at.into(),
            person.is_required.into(),
            person.answer.as_str().into(),
            i64::from(person.is_asked).into(),
            (*pain).into(),
        ];
        tx.exec(&INVITE, &args)?;
    }
    Ok(())
}

pub(crate) fn disinvite(tx: &mut dyn Tx, meeting: MeetingId, person: PersonId) -> Result<()> {
    tx.exec(&DISINVITE, &[meeting.into(), person.into()]).map(drop)
}

/// Yes is consent as well, where it was asked for.
pub(crate) fn answer(
    tx: &mut dyn Tx,
    meeting: MeetingId,
    person: PersonId,
    answer: MeetingAnswer,
) -> Result<()> {
    let args = [meeting.into(), person.into(), answer.as_str().into()];
    tx.exec(&ANSWER, &args).map(drop)
}

pub(crate) fn cancel(tx: &mut dyn Tx, id: MeetingId, now: Timestamp) -> Result<()> {
    tx.exec(&CANCEL, &[id.into(), now.into()]).map(drop)
}

/// What somebody has made that is still to come.
pub(crate) fn list_made_ahead(tx: &mut dyn Tx, person: PersonId, now: Timestamp) -> Result<Vec<MeetingId>> {
    tx.list(&MADE_AHEAD, &[person.into(), now.into()], |row| row.get(0))
}

pub(crate) fn forget_person(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    for statement in [&FORGET_PERSON, &FORGET_SETTING, &END_FEED] {
        tx.exec(statement, &[person.into()])?;
    }
    Ok(())
}

/// What a meeting that was held has asked of somebody outside of their work.
pub(crate) struct Paid {
    pub person: PersonId,
    pub at: Timestamp,
    pain_milli: i64,
}

impl Paid {
    /// When, and how many hours.
    #[expect(
        clippy::cast_precision_loss,
        reason = "thousandths of the hours of one meeting"
    )]
    pub(crate) fn weight(&self) -> (Timestamp, f64) {
        (self.at, self.pain_milli as f64 / 1_000.0)
    }
}

/// What the same people have paid in meetings that were held between two moments, in their order. Whoever did not come has
/// not paid.
pub(crate) fn list_paid(
    tx: &mut dyn Tx,
    group_key: &str,
    (since, until): (Timestamp, Timestamp),
) -> Result<Vec<Paid>> {
    tx.list(&PAID, &[group_key.into(), since.into(), until.into()], |row| {
        Ok(Paid {
            person: row.get(0)?,
            at: row.get(1)?,
            pain_milli: row.get(2)?,
        })
    })
}

/// Those of them who may be asked at night.
pub(crate) fn list_owls(tx: &mut dyn Tx, people: &[PersonId]) -> Result<Vec<PersonId>> {
    let ids = id_list(tx, people.iter().map(|person| person.0));
    tx.list(&OWLS, &[ids.as_str().into()], |row| row.get(0))
}

/// What somebody wants of meetings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Setting {
    pub accepts_nights: bool,
    pub by_mail: bool,
    /// Before a meeting to which they come; 0: never.
    pub remind_min: i64,
}

pub(crate) fn get_setting(tx: &mut dyn Tx, person: PersonId) -> Result<Setting> {
    let found = tx.find(&SETTING, &[person.into()], |row| {
        Ok(Setting {
            accepts_nights: row.get(0)?,
            by_mail: row.get(1)?,
            remind_min: row.get(2)?,
        })
    })?;
    Ok(found.unwrap_or(Setting {
        accepts_nights: false,
        by_mail: false,
        remind_min: 10,
    }))
}

pub(crate) fn save_setting(tx: &mut dyn Tx, person: PersonId, setting: Setting) -> Result<()> {
    let args = [
        person.into(),
        setting.accepts_nights.into(),
        setting.by_mail.into(),
        setting.remind_min.into(),
    ];
    tx.exec(&SAVE_SETTING, &args).map(drop)
}

pub(crate) fn has_feed(tx: &mut dyn Tx, person: PersonId) -> Result<bool> {
    Ok(tx.find(&HAS_FEED, &[person.into()], |_| Ok(()))?.is_some())
}

/// Makes the link of this hash the only one.
pub(crate) fn put_feed(tx: &mut dyn Tx, person: PersonId, hash: &[u8]) -> Result<()> {
    tx.exec(&PUT_FEED, &[person.into(), hash.into()]).map(drop)
}

/// Whose calendar stands behind a link; nobody's who was deactivated.
pub(crate) fn find_feed(tx: &mut dyn Tx, hash: &[u8]) -> Result<Option<PersonId>> {
    tx.find(&FEED_OF, &[hash.into()], |row| row.get(0))
}

pub(crate) fn end_feed(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    tx.exec(&END_FEED, &[person.into()]).map(drop)
}

fn broken(err: serde_json::Error) -> Error {
    Error::Statement {
        name: "MEETING",
        source: Arc::new(err),
    }
}
