//! Weeks in wall time, and how they become stretches of real time in a zone.
//!
//! A missing wall time (spring) moves forward by the gap; a doubled one (autumn) is the first occurrence as a start and the
//! second as an end, so that a shift across the change is as long as the people in it feel it.

use crate::span::{Span, merged};
use base::Timestamp;
use jiff::{
    civil::{Date, DateTime, Time, Weekday},
    tz::{TimeZone, TimeZoneDatabase},
};
use std::{fmt, sync::LazyLock};

/// How far anything here looks into a calendar, days.
pub const HORIZON_DAYS: i32 = 800;
/// What a week can be made of: a line for each quarter of a day and room for breaks.
pub const MAX_SLOTS: usize = 64;

const MINUTES_PER_DAY: u16 = 1_440;
/// No clock is set forward by more than three hours without leaving out a day: what ends before this ends before midnight.
const LAST_MIN_BEFORE_MIDNIGHT: u16 = 21 * 60;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("there is no time zone {0}")]
    UnknownZone(String),
    #[error("a day has 1,440 minutes")]
    OutsideOfTheDay,
    #[error("a week has at most {MAX_SLOTS} lines")]
    TooManySlots,
}

/// Compiled in: the rules are the same on every server of one version.
static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// A time zone of the database that came with this version.
#[derive(Clone, PartialEq, Eq)]
pub struct Zone(TimeZone);

impl Zone {
    /// By its IANA name, such as `Asia/Kathmandu`.
    pub fn find(name: &str) -> Result<Self, Error> {
        ZONES
            .get(name)
            .map(Self)
            .map_err(|_| Error::UnknownZone(name.chars().take(64).collect()))
    }

    pub fn utc() -> Self {
        Self(TimeZone::UTC)
    }

    /// What the clock on the wall shows. Beyond the years of the calendar it stands still.
    pub fn wall(&self, at: Timestamp) -> DateTime {
        self.0.to_datetime(instant(at))
    }

    pub fn date(&self, at: Timestamp) -> Date {
        self.wall(at).date()
    }

    /// The day in which a moment lies, from one midnight to the next. It is the date on the wall but where clocks are set across
    /// midnight (from 0:01 back to 23:01): there the date comes twice, and the day goes on.
    pub fn day(&self, at: Timestamp) -> Date {
        let date = self.date(at);
        let (next, before) = (date.tomorrow(), date.yesterday());
        match (next, before) {
            (Ok(next), _) if self.midnight(next) <= at => next,
            (_, Ok(before)) if at < self.midnight(date) => before,
            _ => date,
        }
    }

    pub fn midnight(&self, date: Date) -> Timestamp {
        self.start(date.to_datetime(Time::midnight()))
    }

    /// The moment at which something begins that begins at this wall time.
    pub fn start(&self, wall: DateTime) -> Timestamp {
        self.0
            .to_ambiguous_timestamp(wall)
            .compatible()
            .map_or(last(), |at| Timestamp(at.as_microsecond()))
    }

    /// The moment at which something ends that ends at this wall time.
    pub fn end(&self, wall: DateTime) -> Timestamp {
        self.0
            .to_ambiguous_timestamp(wall)
            .later()
            .map_or(last(), |at| Timestamp(at.as_microsecond()))
    }

    /// Both at once, when anything lies between them.
    pub fn span(&self, from: DateTime, to: DateTime) -> Option<Span> {
        Span::between(self.start(from), self.end(to))
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.iana_name().unwrap_or("unnamed zone"))
    }
}

fn last() -> Timestamp {
    Timestamp(jiff::Timestamp::MAX.as_microsecond())
}

fn instant(at: Timestamp) -> jiff::Timestamp {
    jiff::Timestamp::from_microsecond(at.0).unwrap_or(if at.0 < 0 {
        jiff::Timestamp::MIN
    } else {
        jiff::Timestamp::MAX
    })
}

/// One line of a week: a weekday and two wall times, as minutes of the day. An end that is not after its start lies on the
/// next day, so equal ones are a whole day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Slot {
    weekday: Weekday,
    from_min: u16,
    /// Counted from the midnight at which the weekday begins: up to two days.
    to_min: u16,
}

impl Slot {
    /// From 0:00 up to 23:59, to 0:01 up to 24:00.
    pub fn new(weekday: Weekday, from_min: u16, to_min: u16) -> Result<Self, Error> {
        if from_min >= MINUTES_PER_DAY || to_min > MINUTES_PER_DAY {
            return Err(Error::OutsideOfTheDay);
        }
        let next_day = if to_min <= from_min { MINUTES_PER_DAY } else { 0 };
        Ok(Self {
            weekday,
            from_min,
            to_min: to_min + next_day,
        })
    }

    fn on(self, date: Date, zone: &Zone) -> Option<Span> {
        zone.span(wall_time(date, self.from_min), wall_time(date, self.to_min))
    }
}

/// Minutes after the midnight at which a date begins; past 24:00 on the days after.
pub fn wall_time(date: Date, minutes: u16) -> DateTime {
    let day = date.saturating_add(jiff::Span::new().days(minutes / MINUTES_PER_DAY));
    let minute = i8::try_from(minutes % 60).unwrap_or(0);
    let hour = i8::try_from(minutes % MINUTES_PER_DAY / 60).unwrap_or(0);
    day.at(hour, minute, 0, 0)
}

/// What comes back each week. Lines may overlap; together they may be nothing (0 hours) or everything (168).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Week {
    /// Of each weekday from Monday on, ordered by start.
    days: [Vec<Slot>; 7],
}

impl Week {
    pub fn new(slots: impl IntoIterator<Item = Slot>) -> Result<Self, Error> {
        let mut week = Self::default();
        for (idx, slot) in slots.into_iter().enumerate() {
            if idx >= MAX_SLOTS {
                return Err(Error::TooManySlots);
            }
            week.days[day_idx(slot.weekday)].push(slot);
        }
        for day in &mut week.days {
            day.sort_unstable_by_key(|slot| (slot.from_min, slot.to_min));
        }
        Ok(week)
    }

    /// Monday to Friday, 9:00 to 17:00: where nobody has said anything else.
    pub fn usual() -> Self {
        let mut week = Self::default();
        for (idx, weekday) in WEEKDAYS.into_iter().enumerate().take(5) {
            week.days[idx].push(Slot {
                weekday,
                from_min: 9 * 60,
                to_min: 17 * 60,
            });
        }
        week
    }

    pub fn is_empty(&self) -> bool {
        self.days.iter().all(Vec::is_empty)
    }

    /// The stretches that begin on this date or reach into it, cut to it.
    pub fn on(&self, date: Date, zone: &Zone) -> Vec<Span> {
        let next = date.tomorrow().unwrap_or(date);
        let Some(day) = Span::between(zone.midnight(date), zone.midnight(next)) else {
            return Vec::new();
        };
        let mut spans = Vec::new();
        let is_there = |before: &Date| zone.midnight(*before) < day.from;
        let days_before = date.series(jiff::Span::new().days(-1)).skip(1).take(2);
        // Where a day was left out (Apia, 30 December 2011), a night goes on after it.
        if let Some(yesterday) = days_before.into_iter().find(is_there) {
            let reaching = self.of(yesterday.weekday()).iter();
            let reaching = reaching.filter(|slot| slot.to_min > LAST_MIN_BEFORE_MIDNIGHT);
            spans.extend(reaching.filter_map(|slot| slot.on(yesterday, zone)));
        }
        spans.extend(
            self.of(date.weekday())
                .iter()
                .filter_map(|slot| slot.on(date, zone)),
        );
        let cut = spans.into_iter().filter_map(|span| span.overlap(day)).collect();
        merged(cut)
    }

    fn of(&self, weekday: Weekday) -> &[Slot] {
        &self.days[day_idx(weekday)]
    }
}

pub const WEEKDAYS: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

fn day_idx(weekday: Weekday) -> usize {
    usize::try_from(weekday.to_monday_zero_offset()).unwrap_or(0)
}
