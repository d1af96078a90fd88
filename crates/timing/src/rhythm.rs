//! What comes back by itself: on some days of the week, at a time on the wall, every so many weeks.
//!
//! A missing wall time (spring) moves forward by the gap, a doubled one (autumn) is the first, as everywhere; so nothing that
//! comes back is left out or comes twice when the clocks change.

use crate::week::{WEEKDAYS, Zone, wall_time};
use base::Timestamp;
use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

/// Rarer things have a date of their own.
pub const EVERY_MAX_WEEKS: u8 = 12;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("say at least one day of the week")]
    NoDay,
    #[error("a day has 1,440 minutes")]
    OutsideOfTheDay,
    #[error("every 1 to {EVERY_MAX_WEEKS} weeks")]
    Weeks,
}

/// Some days of the week, every so many weeks from the week of a first day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rhythm {
    /// From Monday on.
    days: [bool; 7],
    at_min: u16,
    every_weeks: u8,
    first: Date,
}

impl Rhythm {
    pub fn new(
        days: impl IntoIterator<Item = Weekday>,
        at_min: u16,
        every_weeks: u8,
        first: Date,
    ) -> Result<Self, Error> {
        let mut week = [false; 7];
        for day in days {
            week[idx_of(day)] = true;
        }
        if week == [false; 7] {
            return Err(Error::NoDay);
        }
        if at_min >= 1_440 {
            return Err(Error::OutsideOfTheDay);
        }
        if every_weeks == 0 || every_weeks > EVERY_MAX_WEEKS {
            return Err(Error::Weeks);
        }
        Ok(Self {
            days: week,
            at_min,
            every_weeks,
            first,
        })
    }

    pub fn days(&self) -> impl Iterator<Item = Weekday> + '_ {
        WEEKDAYS
            .into_iter()
            .zip(self.days)
            .filter_map(|(day, is_on)| is_on.then_some(day))
    }

    /// The first of its days from this one on. None only at the end of the calendar.
    pub fn day_from(&self, from: Date) -> Option<Date> {
        let mut day = from.max(self.first);
        // In a whole round of weeks there is one.
        for _ in 0..=7 * u32::from(self.every_weeks) {
            if self.is_on(day) {
                return Some(day);
            }
            day = day.tomorrow().ok()?;
        }
        None
    }

    fn is_on(&self, day: Date) -> bool {
        let Some(n_days) = monday_of(self.first)
            .zip(monday_of(day))
            .and_then(|(first, this)| this.since(first).ok())
            .map(|span| span.get_days())
        else {
            return false;
        };
        self.days[idx_of(day.weekday())] && n_days / 7 % i32::from(self.every_weeks) == 0
    }

    /// When it is on one of its days, on the clocks of a zone.
    pub fn moment(&self, day: Date, zone: &Zone) -> Timestamp {
        zone.start(wall_time(day, self.at_min))
    }

    /// The next time, on the clocks of a zone, and its day.
    pub fn next(&self, zone: &Zone, after: Timestamp) -> Option<(Date, Timestamp)> {
        let mut day = self.day_from(zone.date(after))?;
        loop {
            let at = self.moment(day, zone);
            if at > after {
                return Some((day, at));
            }
            day = self.day_from(day.tomorrow().ok()?)?;
        }
    }
}

fn idx_of(day: Weekday) -> usize {
    usize::try_from(day.to_monday_zero_offset()).unwrap_or(0)
}

fn monday_of(day: Date) -> Option<Date> {
    day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days())
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{any, at, shown, zone};
    use jiff::civil::date;
    use proptest::prelude::*;

    const MONDAY: Date = date(2026, 11, 23);

    fn rhythm(days: &[Weekday], at_min: u16, every_weeks: u8) -> Rhythm {
        Rhythm::new(days.iter().copied(), at_min, every_weeks, MONDAY).unwrap()
    }

    fn next(rhythm: &Rhythm, name: &str, after: Timestamp) -> String {
        shown(rhythm.next(&zone(name), after).unwrap().1, name)
    }

    #[test]
    fn it_comes_on_its_days_at_its_time() {
        let plan = rhythm(&[Weekday::Monday, Weekday::Thursday], 9 * 60, 1);
        let berlin = |text: &str| at(&format!("{text}[Europe/Berlin]"));
        for (after, then) in [
            ("2026-11-20T12:00", "2026-11-23T09:00"),
            ("2026-11-23T08:59", "2026-11-23T09:00"),
            ("2026-11-23T09:00", "2026-11-26T09:00"),
            ("2026-11-26T09:01", "2026-11-30T09:00"),
        ] {
            assert!(
                next(&plan, "Europe/Berlin", berlin(after)).contains(then),
                "{after}"
            );
        }
    }

    #[test]
    fn every_so_many_weeks_counts_from_the_week_of_its_first_day() {
        let third = rhythm(&[Weekday::Monday, Weekday::Friday], 9 * 60, 3);
        assert_eq!(third.day_from(date(2026, 11, 24)), Some(date(2026, 11, 27)));
        assert_eq!(third.day_from(date(2026, 11, 28)), Some(date(2026, 12, 14)));
        assert_eq!(third.day_from(date(2026, 12, 15)), Some(date(2026, 12, 18)));
        assert_eq!(
            third.day_from(date(2020, 1, 1)),
            Some(MONDAY),
            "not before its first day"
        );
    }

    #[test]
    fn a_time_that_is_left_out_moves_forward_and_a_doubled_one_is_the_first() {
        let night = rhythm(&[Weekday::Sunday], 2 * 60 + 30, 1);
        let spring = at("2027-03-27T12:00[Europe/Berlin]");
        assert!(next(&night, "Europe/Berlin", spring).contains("2027-03-28T03:30"));
        let autumn = at("2027-10-30T12:00[Europe/Berlin]");
        let (_, first) = night.next(&zone("Europe/Berlin"), autumn).unwrap();
        assert_eq!(first, at("2027-10-31T02:30+02:00[Europe/Berlin]"));
        assert!(
            next(&night, "Europe/Berlin", first).contains("2027-11-07T02:30"),
            "and not twice"
        );
    }

    #[test]
    fn one_day_is_another_moment_in_each_zone() {
        let plan = rhythm(&[Weekday::Monday], 9 * 60, 1);
        let of = |name: &str| plan.moment(MONDAY, &zone(name));
        assert!(
            of("Pacific/Auckland") < of("Europe/Berlin") && of("Europe/Berlin") < of("America/Los_Angeles")
        );
    }

    #[test]
    fn nonsense_is_refused() {
        let make = |days: &[Weekday], at_min, every| Rhythm::new(days.iter().copied(), at_min, every, MONDAY);
        assert_eq!(make(&[], 0, 1), Err(Error::NoDay));
        assert_eq!(make(&[Weekday::Monday], 1_440, 1), Err(Error::OutsideOfTheDay));
        assert_eq!(make(&[Weekday::Monday], 0, 0), Err(Error::Weeks));
        assert_eq!(make(&[Weekday::Monday], 0, 13), Err(Error::Weeks));
    }

    proptest! {
        #[test]
        fn it_goes_forward_and_leaves_no_day_out(
            days in proptest::collection::vec(0_usize..7, 1..4),
            at_min in 0_u16..1_440,
            every in 1_u8..5,
            from in any::moment(),
        ) {
            let zone = zone("America/New_York");
            let first = zone.date(from);
            let rhythm = Rhythm::new(days.iter().map(|idx| WEEKDAYS[*idx]), at_min, every, first).unwrap();
            let mut after = from;
            let mut day = first.yesterday().unwrap();
            for _ in 0..5 {
                let (next_day, next) = rhythm.next(&zone, after).unwrap();
                prop_assert!(next > after && next_day > day);
                // At the first step its time may have passed on the day itself.
                let skipped = rhythm.day_from(day.tomorrow().unwrap()).unwrap();
                prop_assert!(skipped == next_day || (after == from && rhythm.moment(skipped, &zone) <= from));
                (after, day) = (next, next_day);
            }
        }
    }
}
