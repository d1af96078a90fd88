//! What comes back by itself: posts on the clock of one zone, and questions on each person's own.
//!
//! Invariants: each time of it happens once, as its author, who may write there at that moment, and moves it to its next time
//! in the same transaction; a time that is missed by more than a day is left out; what is refused stops, with the reason,
//! until its author lets it go on. When it comes is the rule of [`timing::rhythm`].

pub(crate) mod api;
pub(crate) mod rounds;
pub(crate) mod store;
pub(crate) mod wire;

use crate::{
    events::{self, RoutineState},
    model::{Error, field},
    wire::WhyFailed,
};
use base::{MessageId, PersonId, RoutineId, Timestamp};
use jiff::civil::Date;
use messages::{Post, Text};
use platform::db::{self, Tx};
use spaces::{ChannelAccess, ChannelKind};
use std::time::Duration;
use store::{RoutineRow, State};
use timing::{rhythm, week::Zone};
use wire::{NewRoutine, Rhythm, Routine, RoutineKind};

/// What one person lets come back.
pub(crate) const ROUTINES_MAX: i64 = 50;
/// Characters of a question; its topic is called by it.
const QUESTION_MAX_CHARS: usize = 500;
/// What is later than this is left out.
const GRACE: Duration = Duration::from_secs(24 * 3_600);

/// Something that shall come back, its text read before the transaction.
#[derive(Debug, Clone)]
pub(crate) struct Ready {
    pub new: NewRoutine,
    pub text: Text,
}

fn check_text(kind: RoutineKind, text: &Text) -> Result<(), Error> {
    if kind == RoutineKind::CheckIn && text.source.chars().count() > QUESTION_MAX_CHARS {
        return Err(field("/text", "a question has up to 500 characters"));
    }
    Ok(())
}

/// Writes down what shall come back, or finds what an earlier try has written down; true: it is new.
pub(crate) fn create(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    Ready { new, text }: &Ready,
    now: Timestamp,
) -> Result<(Routine, bool), Error> {
    let me = access.person();
    if let Some(before) = store::find(tx, new.id)? {
        let own = Some(before)
            .filter(|row| row.person == me)
            .ok_or(Error::NotFound)?;
        return Ok((view(tx, own)?, false));
    }
    access.require_post()?;
    check_text(new.kind, text)?;
    let time_zone = match (new.kind, &new.time_zone) {
        (RoutineKind::Post, Some(zone)) => zone.clone(),
        (RoutineKind::Post, None) => return Err(field("/time_zone", "say on whose clock")),
        (RoutineKind::CheckIn, None) => String::new(),
        (RoutineKind::CheckIn, Some(_)) => {
            return Err(field("/time_zone", "a question comes on each person's own clock"));
        }
    };
    if new.kind == RoutineKind::CheckIn {
        rounds::check_place(tx, access, new.topic_id)?;
    }
    if let Some(topic) = new.topic_id {
        messages::get_topic(tx, access, topic)?;
    }
    words::check(tx, &[&text.source], new.words_ok)?;
    let n_routines = store::count(tx, me)?;
    if n_routines >= ROUTINES_MAX {
        return Err(Error::Full(n_routines));
    }
    let mut row = RoutineRow {
        id: new.id,
        kind: new.kind,
        person: me,
        channel: access.id(),
        topic: new.topic_id,
        text: text.source.clone(),
        days: bits_of(&new.rhythm),
        at_min: i64::from(new.rhythm.at_min),
        every_weeks: i64::from(new.rhythm.every_weeks),
        first_day: Date::MIN,
        time_zone,
        everyone_ok: new.everyone_ok,
        words_ok: new.words_ok,
        next_day: Date::MIN,
        next_at: now,
        state: State::Active,
        why: None,
        revision: 1,
        created_at: now,
    };
    begin(tx, &mut row, now)?;
    if !store::insert(tx, &row)? {
        return Err(Error::NotFound);
    }
    events::routine_changed(tx, (me, row.id), RoutineState::Active, now)?;
    Ok((view(tx, row)?, true))
}

/// It counts from this moment on.
fn begin(tx: &mut dyn Tx, row: &mut RoutineRow, now: Timestamp) -> Result<(), Error> {
    let zones = zones_of(tx, row)?;
    row.first_day = zones.iter().map(|zone| zone.date(now)).min().unwrap_or(Date::MIN);
    let first = row.first_day;
    (row.next_day, row.next_at) = next(row, &zones, first, now)?;
    Ok(())
}

/// On whose clocks it comes.
fn zones_of(tx: &mut dyn Tx, row: &RoutineRow) -> Result<Vec<Zone>, Error> {
    if row.kind == RoutineKind::Post {
        let zone = Zone::find(&row.time_zone);
        return Ok(vec![
            zone.map_err(|_| field("/time_zone", "there is no such zone"))?,
        ]);
    }
    let names = store::list_zones(tx, row.channel)?;
    let mut zones: Vec<Zone> = names.iter().filter_map(|name| Zone::find(name).ok()).collect();
    if zones.is_empty() {
        zones.push(Zone::utc());
    }
    Ok(zones)
}

/// The first of its days from one on whose first moment anywhere lies after another, and that moment.
fn next(row: &RoutineRow, zones: &[Zone], from: Date, after: Timestamp) -> Result<(Date, Timestamp), Error> {
    let rhythm = rhythm_of(row)?;
    let over = || field("/rhythm", "it would never come");
    let mut day = rhythm.day_from(from).ok_or_else(over)?;
    loop {
        let at = zones
            .iter()
            .map(|zone| rhythm.moment(day, zone))
            .min()
            .ok_or_else(over)?;
        if at > after {
            return Ok((day, at));
        }
        day = day
            .tomorrow()
            .ok()
            .and_then(|from| rhythm.day_from(from))
            .ok_or_else(over)?;
    }
}

fn rhythm_of(row: &RoutineRow) -> Result<rhythm::Rhythm, Error> {
    let days = timing::week::WEEKDAYS.into_iter().enumerate();
    let days = days.filter_map(|(idx, day)| (row.days >> idx & 1 == 1).then_some(day));
    let at_min = u16::try_from(row.at_min).unwrap_or(u16::MAX);
    let every = u8::try_from(row.every_weeks).unwrap_or(0);
    rhythm::Rhythm::new(days, at_min, every, row.first_day).map_err(|error| Error::Field {
        pointer: match error {
            rhythm::Error::NoDay => "/rhythm/days",
            rhythm::Error::OutsideOfTheDay => "/rhythm/at_min",
            rhythm::Error::Weeks => "/rhythm/every_weeks",
        },
        detail: error.to_string(),
    })
}

/// What is no day of the week is no bit.
fn bits_of(rhythm: &Rhythm) -> i64 {
    let days = rhythm.days.iter().filter(|day| (1..=7).contains(*day));
    days.fold(0, |bits, day| bits | 1 << (day - 1))
}

fn shown_rhythm(row: &RoutineRow) -> Rhythm {
    let days = (1_u8..=7).filter(|day| row.days >> (day - 1) & 1 == 1);
    Rhythm {
        days: days.collect(),
        at_min: u16::try_from(row.at_min).unwrap_or_default(),
        every_weeks: u8::try_from(row.every_weeks).unwrap_or(1),
    }
}

fn view(tx: &mut dyn Tx, row: RoutineRow) -> db::Result<Routine> {
    // On the clock of whoever looks, who is its author.
    let next_at = match row.kind {
        RoutineKind::Post => row.next_at,
        RoutineKind::CheckIn => {
            let me = accounts::find_person(tx, row.person)?;
            let zone = me.and_then(|me| Zone::find(&me.time_zone).ok());
            match (zone, rhythm_of(&row)) {
                (Some(zone), Ok(rhythm)) => rhythm.moment(row.next_day, &zone),
                _ => row.next_at,
            }
        }
    };
    Ok(Routine {
        rhythm: shown_rhythm(&row),
        id: row.id,
        kind: row.kind,
        channel_id: row.channel,
        topic_id: row.topic,
        text: row.text,
        time_zone: (!row.time_zone.is_empty()).then_some(row.time_zone),
        next_day: row.next_day.to_string(),
        next_at: (row.state == State::Active).then_some(next_at),
        stopped: row.why.filter(|_| row.state == State::Stopped),
        revision: row.revision,
        created_at: row.created_at,
    })
}

/// All that this person lets come back.
pub(crate) fn list(tx: &mut dyn Tx, person: PersonId) -> db::Result<Vec<Routine>> {
    let rows = store::list(tx, person, ROUTINES_MAX)?;
    rows.into_iter().map(|row| view(tx, row)).collect()
}

fn get_own(tx: &mut dyn Tx, person: PersonId, id: RoutineId) -> Result<RoutineRow, Error> {
    store::find(tx, id)?
        .filter(|row| row.person == person)
        .ok_or(Error::NotFound)
}

/// What shall be different.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub revision: i64,
    pub text: Option<Text>,
    pub everyone_ok: Option<bool>,
    pub rhythm: Option<Rhythm>,
    pub time_zone: Option<String>,
    pub paused: Option<bool>,
    pub skip: bool,
}

/// Says something else or at another time, rests or goes on, or leaves its next time out.
pub(crate) fn change(
    tx: &mut dyn Tx,
    person: PersonId,
    id: RoutineId,
    change: &Change,
    now: Timestamp,
) -> Result<Routine, Error> {
    let mut row = get_own(tx, person, id)?;
    let was_next_at = row.next_at;
    if row.revision != change.revision {
        return Err(Error::Changed(row.revision));
    }
    if let Some(text) = &change.text {
        check_text(row.kind, text)?;
        words::check(tx, &[&text.source], row.words_ok)?;
        row.text.clone_from(&text.source);
    }
    row.everyone_ok = change.everyone_ok.unwrap_or(row.everyone_ok);
    if let Some(rhythm) = &change.rhythm {
        row.days = bits_of(rhythm);
        row.at_min = i64::from(rhythm.at_min);
        row.every_weeks = i64::from(rhythm.every_weeks);
    }
    match (&change.time_zone, row.kind) {
        (Some(zone), RoutineKind::Post) => row.time_zone.clone_from(zone),
        (Some(_), RoutineKind::CheckIn) => {
            return Err(field("/time_zone", "a question comes on each person's own clock"));
        }
        (None, _) => {}
    }
    let goes_on = match change.paused {
        Some(true) => {
            row.state = State::Paused;
            false
        }
        Some(false) if row.state != State::Active => {
            spaces::access::channel_of(tx, person, row.channel)?.require_post()?;
            row.state = State::Active;
            true
        }
        _ => false,
    };
    if change.rhythm.is_some() || change.time_zone.is_some() {
        begin(tx, &mut row, now)?;
    } else if goes_on {
        let zones = zones_of(tx, &row)?;
        let from = zones
            .iter()
            .map(|zone| zone.date(now))
            .min()
            .unwrap_or(row.first_day);
        (row.next_day, row.next_at) = next(&row, &zones, from, now)?;
    }
    if change.skip {
        let zones = zones_of(tx, &row)?;
        let from = row.next_day.tomorrow().unwrap_or(row.next_day);
        (row.next_day, row.next_at) = next(&row, &zones, from, now)?;
    }
    if !store::change(tx, &row, was_next_at)? {
        return Err(Error::Changed(row.revision + 1));
    }
    events::routine_changed(tx, (person, id), RoutineState::Active, now)?;
    row.revision += 1;
    Ok(view(tx, row)?)
}

/// It does not come back any more; twice is once.
pub(crate) fn end(tx: &mut dyn Tx, person: PersonId, id: RoutineId, now: Timestamp) -> Result<(), Error> {
    get_own(tx, person, id)?;
    if store::remove(tx, id)? {
        events::routine_changed(tx, (person, id), RoutineState::Ended, now)?;
    }
    Ok(())
}

/// Does what is due, as its author, and moves it to its next time. False: it was changed or done meanwhile. An error undoes
/// the whole transaction.
pub(crate) fn fire(
    tx: &mut dyn Tx,
    (row, text): (&RoutineRow, &Text),
    now: Timestamp,
) -> Result<bool, Error> {
    if !move_on(tx, row, now)? {
        return Ok(false);
    }
    if now > row.next_at.after(GRACE) {
        return Ok(true);
    }
    let access = spaces::access::channel_of(tx, row.person, row.channel)?;
    access.require_post()?;
    match row.kind {
        RoutineKind::Post => post(tx, &access, (row, text), now)?,
        RoutineKind::CheckIn => rounds::begin(tx, &access, row, rhythm_of(row)?, now)?,
    }
    Ok(true)
}

/// To the next time that is not missed yet; false: another was faster.
fn move_on(tx: &mut dyn Tx, row: &RoutineRow, now: Timestamp) -> Result<bool, Error> {
    let zones = zones_of(tx, row)?;
    let from = row.next_day.tomorrow().unwrap_or(row.next_day);
    let next = next(row, &zones, from, row.next_at.max(now.before(GRACE)))?;
    Ok(store::advance(tx, row, next)?)
}

fn post(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (row, text): (&RoutineRow, &Text),
    now: Timestamp,
) -> Result<(), Error> {
    let post = Post {
        id: MessageId::random(),
        text: text.clone(),
        files: Vec::new(),
        topic: row.topic,
        quote: None,
        everyone_ok: row.everyone_ok,
        words_ok: row.words_ok,
        forward: None,
        card: None,
    };
    messages::post_message(tx, access, &post, now)?;
    Ok(())
}

/// What was refused: where people wait between two messages only this time of it is left out; everything else stops it.
pub(crate) fn refuse(tx: &mut dyn Tx, row: &RoutineRow, why: WhyFailed, now: Timestamp) -> Result<(), Error> {
    if why == WhyFailed::Slow {
        move_on(tx, row, now)?;
        return Ok(());
    }
    if store::stop(tx, row, why)? {
        events::routine_changed(tx, (row.person, row.id), RoutineState::Stopped, now)?;
    }
    Ok(())
}

/// Announcements are not answered, so nobody is asked there.
fn is_answered(kind: ChannelKind) -> bool {
    kind != ChannelKind::Announcement
}
