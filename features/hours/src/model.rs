//! Rules of hours. Pure.

use crate::{
    holidays,
    wire::{Day, DayOff, OwnHours, Profile, TimePolicy, WeekLine},
};
use base::{PersonId, Timestamp};
use jiff::civil::{Date, Weekday};
use timing::{
    delivery,
    hours::{Exception, ExceptionKind, Focus, FocusTime, Hours},
    span::Span,
    week::{MAX_SLOTS, Slot, Week, Zone, wall_time},
};

/// People who get through somebody's time to think.
pub(crate) const ALLOWED_MAX: usize = 50;
/// Stretches of leave and other days on which the week does not hold.
pub(crate) const DAYS_OFF_MAX: usize = 200;
/// Days of one such stretch.
pub(crate) const DAYS_OFF_LENGTH_MAX: i32 = 400;
/// Public holidays on which somebody works.
pub(crate) const HOLIDAYS_WORKED_MAX: usize = 100;
/// Characters of the note at a stretch of leave.
pub(crate) const NOTE_MAX_CHARS: usize = 120;
/// Minutes of time to think that is begun by hand.
pub(crate) const FOCUS_MINUTES: std::ops::RangeInclusive<u16> = 5..=720;
/// Deputies of deputies that are looked through.
pub(crate) const DEPUTIES_MAX: usize = 5;
const MINUTES_PER_DAY: u16 = 1_440;
const YEARS: std::ops::RangeInclusive<i16> = 2000..=2200;

/// What a caller can act on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Absent.
    #[error("there is no such thing")]
    NotFound,
    /// A field that cannot be used.
    #[error("{pointer}: {detail}")]
    Field {
        /// JSON pointer to the field.
        pointer: String,
        /// What is wrong with it.
        detail: String,
    },
    /// Somebody saved others meanwhile; that is the newest revision.
    #[error("another device saved other hours")]
    Changed(i64),
    /// What accounts refused.
    #[error(transparent)]
    Accounts(#[from] accounts::Error),
    /// What places refused.
    #[error(transparent)]
    Spaces(#[from] spaces::Error),
    /// The database.
    #[error(transparent)]
    Db(#[from] platform::db::Error),
}

pub(crate) fn field(pointer: impl Into<String>, detail: impl Into<String>) -> Error {
    Error::Field {
        pointer: pointer.into(),
        detail: detail.into(),
    }
}

impl TimePolicy {
    /// Monday to Friday, 9:00 to 17:00, no holidays, meetings on every day.
    pub(crate) fn usual() -> Self {
        let line = |weekday| WeekLine {
            weekday,
            from_min: 9 * 60,
            to_min: 17 * 60,
        };
        Self {
            work: (1..=5).map(line).collect(),
            holidays: None,
            no_meeting_days: Vec::new(),
            silent_first: false,
        }
    }

    pub(crate) fn clean(mut self) -> Result<Self, Error> {
        check_lines("/work", &self.work)?;
        check_region("/holidays", self.holidays.as_deref())?;
        if self.no_meeting_days.iter().any(|day| !(1..=7).contains(day)) {
            return Err(field("/no_meeting_days", "days are 1, Monday, to 7, Sunday"));
        }
        self.no_meeting_days.sort_unstable();
        self.no_meeting_days.dedup();
        Ok(self)
    }
}

impl OwnHours {
    /// What holds for somebody who has declared nothing.
    pub(crate) fn undeclared(policy: &TimePolicy) -> Self {
        Self {
            work: policy.work.clone(),
            holidays: policy.holidays.clone(),
            ..Self::default()
        }
    }

    /// Checks what somebody declares. `base` is where it stands in the body.
    pub(crate) fn clean(mut self, base: &str, me: PersonId) -> Result<Self, Error> {
        check_lines(&format!("{base}/work"), &self.work)?;
        check_lines(
            &format!("{base}/quiet"),
            self.quiet.as_deref().unwrap_or_default(),
        )?;
        check_lines(&format!("{base}/focus"), &self.focus)?;
        self.focus_allowed.sort_unstable();
        self.focus_allowed.dedup();
        if self.focus_allowed.len() > ALLOWED_MAX {
            return Err(field(
                format!("{base}/focus_allowed"),
                "at most 50 people get through",
            ));
        }
        if self.days_off.len() > DAYS_OFF_MAX {
            return Err(field(format!("{base}/days_off"), "at most 200 entries"));
        }
        for (idx, day) in self.days_off.iter_mut().enumerate() {
            day.clean(&format!("{base}/days_off/{idx}"), me)?;
        }
        self.days_off.sort_by_key(|day| (day.first, day.from_min));
        check_region(&format!("{base}/holidays"), self.holidays.as_deref())?;
        self.holidays_worked.sort_unstable();
        self.holidays_worked.dedup();
        if self.holidays_worked.len() > HOLIDAYS_WORKED_MAX {
            return Err(field(format!("{base}/holidays_worked"), "at most 100 days"));
        }
        Ok(self)
    }
}

impl DayOff {
    fn clean(&mut self, base: &str, me: PersonId) -> Result<(), Error> {
        if !YEARS.contains(&self.first.0.year()) || !YEARS.contains(&self.last.0.year()) {
            return Err(field(format!("{base}/first"), "a day of this time"));
        }
        if self.last < self.first {
            return Err(field(format!("{base}/last"), "it ends before it begins"));
        }
        let n_days = self
            .first
            .0
            .until(self.last.0)
            .map_or(i32::MAX, |span| span.get_days());
        if n_days >= DAYS_OFF_LENGTH_MAX {
            return Err(field(format!("{base}/last"), "at most 400 days at once"));
        }
        match (self.from_min, self.to_min) {
            (None, None) => {}
            (Some(from), Some(to)) if from < to && to <= MINUTES_PER_DAY => {
                if self.first != self.last {
                    return Err(field(format!("{base}/from_min"), "hours are of a single day"));
                }
            }
            _ => {
                return Err(field(
                    format!("{base}/to_min"),
                    "from an hour to a later one of that day",
                ));
            }
        }
        if self.deputy_id == Some(me) {
            return Err(field(format!("{base}/deputy_id"), "somebody else"));
        }
        self.note = match self.note.trim() {
            "" => String::new(),
            note => markup::clean_name(note, NOTE_MAX_CHARS)
                .map_err(|problem| field(format!("{base}/note"), problem.to_string()))?,
        };
        Ok(())
    }

    /// Whether this is leave that goes on at this date: whole days without work.
    pub(crate) fn is_away_on(&self, date: Date) -> bool {
        !self.is_work && self.from_min.is_none() && self.first.0 <= date && date <= self.last.0
    }

    fn exception(&self) -> Exception {
        let midnight = |date: Date| date.at(0, 0, 0, 0);
        let whole = Exception::off(self.first.0, self.last.0);
        Exception {
            from: self
                .from_min
                .map_or(midnight(self.first.0), |min| wall_time(self.first.0, min)),
            to: self.to_min.map_or(whole.to, |min| wall_time(self.first.0, min)),
            kind: if self.is_work {
                ExceptionKind::Extra
            } else {
                ExceptionKind::Off
            },
        }
    }
}

fn check_lines(pointer: &str, lines: &[WeekLine]) -> Result<(), Error> {
    if lines.len() > MAX_SLOTS {
        return Err(field(pointer, "a week has at most 64 lines"));
    }
    match lines.iter().position(|line| slot(line).is_none()) {
        Some(idx) => Err(field(
            format!("{pointer}/{idx}"),
            "a weekday from 1 to 7, and minutes of a day",
        )),
        None => Ok(()),
    }
}

fn check_region(pointer: &str, region: Option<&str>) -> Result<(), Error> {
    match region {
        Some(region) if !holidays::is_known(region) => {
            Err(field(pointer, "is no country or region that is known here"))
        }
        _ => Ok(()),
    }
}

fn slot(line: &WeekLine) -> Option<Slot> {
    let weekday = Weekday::from_monday_one_offset(i8::try_from(line.weekday).ok()?).ok()?;
    Slot::new(weekday, line.from_min, line.to_min).ok()
}

fn week(lines: &[WeekLine]) -> Week {
    Week::new(lines.iter().filter_map(slot)).unwrap_or_default()
}

/// The hours of somebody in a zone, as the timing layer reckons with them. A zone that this version does not know is UTC.
pub(crate) fn reckon(time_zone: &str, own: &OwnHours, focus_now: Option<Span>) -> Hours {
    let zone = Zone::find(time_zone).unwrap_or_else(|_| Zone::utc());
    let worked = |day: &Day| own.holidays_worked.contains(day);
    let holidays = own.holidays.iter().flat_map(|region| holidays::days(region));
    let holidays = holidays
        .filter(|day| !worked(day))
        .map(|day| Exception::off(day.0, day.0));
    let exceptions: Vec<Exception> = own
        .days_off
        .iter()
        .map(DayOff::exception)
        .chain(holidays)
        .collect();
    let mut focus = Vec::new();
    if !own.focus.is_empty() {
        focus.push(Focus {
            when: FocusTime::Weekly(week(&own.focus)),
            allowed: own.focus_allowed.clone(),
        });
    }
    focus.extend(focus_now.map(|span| Focus {
        when: FocusTime::Once(span),
        allowed: own.focus_allowed.clone(),
    }));
    let hours = Hours::new(zone, week(&own.work))
        .with_exceptions(&exceptions)
        .with_focus(focus);
    match &own.quiet {
        Some(quiet) => hours.with_quiet(week(quiet)),
        None => hours,
    }
}

impl From<Profile> for delivery::Profile {
    fn from(profile: Profile) -> Self {
        match profile {
            Profile::Live => Self::Live,
            Profile::Hourly => Self::Hourly,
            Profile::ThreeTimes => Self::ThreeTimes,
            Profile::Morning => Self::Morning,
        }
    }
}

/// The next moment after `now` that this weekday and minute stand on the wall.
pub(crate) fn next_at(zone: &Zone, (weekday, minute): (u8, u16), now: Timestamp) -> Option<Timestamp> {
    let weekday = Weekday::from_monday_one_offset(i8::try_from(weekday).ok()?).ok()?;
    let days = zone.date(now).series(jiff::Span::new().days(1)).take(8);
    days.filter(|date| date.weekday() == weekday)
        .map(|date| zone.start(wall_time(date, minute)))
        .find(|at| *at > now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn hours() -> OwnHours {
        OwnHours::undeclared(&TimePolicy::usual())
    }

    fn line(weekday: u8, from_min: u16, to_min: u16) -> WeekLine {
        WeekLine {
            weekday,
            from_min,
            to_min,
        }
    }

    fn with(change: impl FnOnce(&mut OwnHours)) -> OwnHours {
        let mut changed = hours();
        change(&mut changed);
        changed
    }

    fn off(first: Date, last: Date) -> DayOff {
        DayOff {
            first: Day(first),
            last: Day(last),
            is_work: false,
            from_min: None,
            to_min: None,
            note: String::new(),
            deputy_id: None,
        }
    }

    #[track_caller]
    fn refused(hours: OwnHours, pointer: &str) {
        let refused = hours.clean("", me());
        assert!(
            matches!(&refused, Err(Error::Field { pointer: at, .. }) if at == pointer),
            "{pointer}: {refused:?}"
        );
    }

    fn me() -> PersonId {
        "01900000-0000-7000-8000-000000000007"
            .parse()
            .expect("it is an id")
    }

    #[test]
    fn impossible_weeks_are_refused_with_the_field() {
        refused(with(|own| own.focus = vec![line(0, 0, 60)]), "/focus/0");
        refused(with(|own| own.focus = vec![line(1, 1440, 60)]), "/focus/0");
        refused(with(|own| own.work = vec![line(1, 0, 60); 65]), "/work");
        refused(with(|own| own.quiet = Some(vec![line(8, 0, 60)])), "/quiet/0");
        refused(with(|own| own.holidays = Some("XX".to_owned())), "/holidays");
        let many = || (0..51).map(|_| PersonId::random()).collect();
        refused(with(|own| own.focus_allowed = many()), "/focus_allowed");
        for work in [
            Vec::new(),
            vec![line(1, 0, 1440), line(1, 0, 0), line(2, 1320, 360)],
        ] {
            let fine = with(|own| own.work = work);
            assert!(fine.clone().clean("", PersonId::random()).is_ok(), "{fine:?}");
        }
    }

    #[test]
    fn impossible_days_off_are_refused_with_the_field() {
        let summer = off(date(2027, 7, 1), date(2027, 7, 14));
        let one_day = off(date(2027, 7, 1), date(2027, 7, 1));
        let hours_of = |day: &DayOff, from: u16, to: u16| DayOff {
            from_min: Some(from),
            to_min: Some(to),
            ..day.clone()
        };
        let days = |day: DayOff| with(|own| own.days_off = vec![day]);
        let many = vec![summer.clone(); 201];
        refused(with(|own| own.days_off = many), "/days_off");
        let inverted = off(date(2027, 7, 14), date(2027, 7, 1));
        refused(days(inverted), "/days_off/0/last");
        refused(days(off(date(2027, 7, 14), date(2029, 7, 1))), "/days_off/0/last");
        refused(
            days(off(date(1027, 7, 14), date(1027, 7, 14))),
            "/days_off/0/first",
        );
        refused(days(hours_of(&summer, 60, 120)), "/days_off/0/from_min");
        refused(days(hours_of(&one_day, 60, 60)), "/days_off/0/to_min");
        let my_own = DayOff {
            deputy_id: Some(me()),
            ..summer
        };
        refused(days(my_own), "/days_off/0/deputy_id");
        let half = days(hours_of(&one_day, 780, 1440));
        assert!(half.clone().clean("", PersonId::random()).is_ok(), "{half:?}");
    }

    #[test]
    fn leave_and_holidays_are_no_work_unless_they_are_said_to_be() {
        let zone = Zone::find("Europe/Berlin").expect("it is there");
        let at = |day: Date| zone.start(day.at(12, 0, 0, 0));
        let unity = date(2028, 10, 3);
        let mut own = OwnHours {
            holidays: Some("DE-BE".to_owned()),
            ..hours()
        };
        assert!(
            !reckon("Europe/Berlin", &own, None).is_available(at(unity)),
            "a Tuesday"
        );
        assert!(reckon("Europe/Berlin", &own, None).is_available(at(date(2028, 10, 4))));
        own.holidays_worked = vec![Day(unity)];
        assert!(reckon("Europe/Berlin", &own, None).is_available(at(unity)));
        own.days_off = vec![DayOff {
            first: Day(unity),
            last: Day(unity),
            is_work: false,
            from_min: Some(13 * 60),
            to_min: Some(24 * 60),
            note: String::new(),
            deputy_id: None,
        }];
        let half = reckon("Europe/Berlin", &own, None);
        assert!(half.is_available(at(unity)) && !half.is_available(zone.start(unity.at(14, 0, 0, 0))));
        assert!(
            !reckon("Nowhere/Land", &own, None).is_available(at(date(2028, 10, 1))),
            "a Sunday in UTC"
        );
    }

    #[test]
    fn the_next_such_moment_comes_within_a_week() {
        let zone = Zone::find("Europe/Berlin").expect("it is there");
        let tuesday = zone.start(date(2026, 11, 24).at(21, 0, 0, 0));
        let asked = |now| next_at(&zone, (2, 21 * 60), now);
        assert_eq!(
            asked(zone.start(date(2026, 11, 24).at(20, 59, 0, 0))),
            Some(tuesday)
        );
        assert_eq!(
            asked(tuesday),
            Some(zone.start(date(2026, 12, 1).at(21, 0, 0, 0)))
        );
        assert_eq!(next_at(&zone, (9, 0), tuesday), None);
    }
}
