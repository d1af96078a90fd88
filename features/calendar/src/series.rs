//! Series of meetings: written out when they are proposed, and changed from one of them on.

use crate::{
    actions::{rewrite, span_of, write_new},
    costs::Known,
    model::{Error, check_ahead, field},
    slots, store,
    wire::{FindSlots, InSeries, Invite, Meeting, MeetingShift, NewMeeting, Repeats, TryMeeting, Wall},
};
use base::{MeetingId, PersonId, Timestamp};
use jiff::{
    ToSpan,
    civil::{Date, DateTime, Time},
};
use platform::db::Tx;
use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};
use timing::{span::Span, week::Zone};

const EVERY_WEEKS: [u8; 3] = [1, 2, 4];
const TIMES: std::ops::RangeInclusive<u8> = 2..=48;
/// Weeks in which the time stays, where people take turns: nobody's week jumps.
const BLOCK_WEEKS: u8 = 6;
/// Working weeks of a year.
pub(crate) const WEEKS_A_YEAR: u32 = 48;
/// Changes of the hour that are told before a series is proposed.
const SHIFTS_SHOWN: usize = 20;

impl Repeats {
    fn check(self) -> Result<Self, Error> {
        if !EVERY_WEEKS.contains(&self.every_weeks) {
            return Err(field("/repeats/every_weeks", "1, 2 or 4"));
        }
        if !TIMES.contains(&self.times) {
            return Err(field("/repeats/times", "2 to 48"));
        }
        Ok(self)
    }

    /// How often in a year.
    pub(crate) fn a_year(self) -> u32 {
        (WEEKS_A_YEAR / u32::from(self.every_weeks.max(1))).min(u32::from(self.times))
    }

    fn block(self) -> u8 {
        (BLOCK_WEEKS / self.every_weeks).max(1)
    }
}

fn later(wall: DateTime, weeks: i64) -> Result<DateTime, Error> {
    wall.checked_add(weeks.weeks())
        .map_err(|_| field("/repeats/times", "beyond the calendar"))
}

/// Writes a series out, its first meeting as it was asked for; gives that back.
pub(crate) fn write_out(
    tx: &mut dyn Tx,
    (first, new, repeats): (Meeting, &NewMeeting, Repeats),
    people: &[Invite],
    now: Timestamp,
) -> Result<Meeting, Error> {
    let repeats = repeats.check()?;
    let zone = Zone::find(&first.time_zone).unwrap_or_else(|_| Zone::utc());
    let mut made = None;
    let mut wall = new.time.starts.0;
    for n in 0..repeats.times {
        if n > 0 {
            wall = later(wall, i64::from(repeats.every_weeks))?;
        }
        if n > 0 && repeats.turns && n % repeats.block() == 0 {
            wall = fair_in_week(tx, (&zone, wall), new)?;
        }
        let from = zone.start(wall);
        let span = Span {
            from,
            to: from.after(new.time.length()),
        };
        check_ahead(span, now, "/repeats")?;
        let meeting = Meeting {
            id: if n == 0 { first.id } else { MeetingId::random() },
            starts_at: span.from,
            ends_at: span.to,
            series: Some(InSeries {
                id: first.id,
                n: i64::from(n) + 1,
                of: i64::from(repeats.times),
                every_weeks: i64::from(repeats.every_weeks),
            }),
            ..first.clone()
        };
        let meeting = write_new(tx, (meeting, people), new.asks, now)?;
        made.get_or_insert(meeting);
    }
    made.ok_or_else(|| field("/repeats/times", "2 to 48"))
}

/// The fairest time of the week in which this wall stands. What the series asks of people before is written already, so it
/// counts.
fn fair_in_week(
    tx: &mut dyn Tx,
    (zone, wall): (&Zone, DateTime),
    new: &NewMeeting,
) -> Result<DateTime, Error> {
    let monday = monday_of(wall.date());
    let next = monday.checked_add(1.weeks()).unwrap_or(monday);
    let window = Span {
        from: zone.midnight(monday),
        to: zone.midnight(next),
    };
    let asked = FindSlots {
        aim: new.words.aim,
        minutes: new.time.minutes,
        people: new.people.clone(),
        from: window.from,
        to: window.to,
    };
    let invited = &asked.people;
    let found = slots::find_slots(tx, (&asked, window), invited)?;
    match found.slots.first() {
        Some(slot) => Ok(zone.wall(slot.starts_at)),
        None => Err(field(
            "/repeats/turns",
            format!("no time in the week of {monday} suits everybody who is needed"),
        )),
    }
}

fn monday_of(date: Date) -> Date {
    let ahead = i64::from(date.weekday().to_monday_zero_offset());
    date.checked_sub(ahead.days()).unwrap_or(date)
}

/// Whose hour changes on the way of a series at always the same time.
pub(crate) fn shifts(known: &Known, people: &[PersonId], asked: &TryMeeting) -> Vec<MeetingShift> {
    let Some(repeats) = asked.repeats.filter(|repeats| !repeats.turns) else {
        return Vec::new();
    };
    let zone = Zone::find(&asked.time.time_zone).unwrap_or_else(|_| Zone::utc());
    let mut before: HashMap<PersonId, Time> = HashMap::new();
    let mut shifts = Vec::new();
    for n in 0..i64::from(repeats.times.min(*TIMES.end())) {
        let Ok(wall) = later(asked.time.starts.0, n * i64::from(repeats.every_weeks)) else {
            break;
        };
        let at = zone.start(wall);
        for person in people {
            let Some(hours) = known.hours.get(person) else {
                continue;
            };
            let starts = hours.zone().wall(at);
            let last = before.insert(*person, starts.time());
            if last.is_some_and(|last| last != starts.time()) && shifts.len() < SHIFTS_SHOWN {
                shifts.push(MeetingShift {
                    person_id: *person,
                    starts: Wall(starts),
                });
            }
        }
    }
    shifts
}

/// By how much a meeting moved on the wall, and how long it is now; None: its time stays.
pub(crate) fn shift(before: &Meeting, after: &Meeting) -> Option<(jiff::Span, Duration)> {
    if span_of(before) == span_of(after) {
        return None;
    }
    let zone = Zone::find(&after.time_zone).unwrap_or_else(|_| Zone::utc());
    let (old, new) = (zone.wall(before.starts_at), zone.wall(after.starts_at));
    let by = old.until((jiff::Unit::Minute, new)).ok()?;
    Some((by, span_of(after).length()))
}

/// Does the same to the meetings after one of a series.
pub(crate) fn change_following(
    tx: &mut dyn Tx,
    (before, changed, people): (&Meeting, &Meeting, &[Invite]),
    (moved, asks, told): (Option<(jiff::Span, Duration)>, bool, &mut HashSet<PersonId>),
    by: (PersonId, Timestamp),
) -> Result<(), Error> {
    let zone = Zone::find(&changed.time_zone).unwrap_or_else(|_| Zone::utc());
    for old in list_after(tx, before, true)? {
        let mut meeting = Meeting {
            id: old.id,
            starts_at: old.starts_at,
            ends_at: old.ends_at,
            series: old.series,
            is_canceled: false,
            revision: old.revision + 1,
            people: Vec::new(),
            ..changed.clone()
        };
        if let Some((by, length)) = moved {
            let wall = zone.wall(old.starts_at).checked_add(by);
            let wall = wall.map_err(|_| field("/time/starts", "beyond the calendar"))?;
            meeting.starts_at = zone.start(wall);
            meeting.ends_at = meeting.starts_at.after(length);
        }
        rewrite(tx, (&old, meeting, people), (asks, &mut *told), by)?;
    }
    Ok(())
}

/// The meetings after one of a series that are not called off; none, when only that one is meant.
pub(crate) fn list_after(tx: &mut dyn Tx, meeting: &Meeting, following: bool) -> Result<Vec<Meeting>, Error> {
    match &meeting.series {
        Some(series) if following => Ok(store::list_following(tx, series)?),
        _ => Ok(Vec::new()),
    }
}
