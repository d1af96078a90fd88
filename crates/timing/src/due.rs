//! When an answer is due.
//!
//! In working time the clock runs while the person is at work, not in focus and not in a quiet of their own: whoever is
//! promised time to think is not late because of it. So a notice that waits for the end of it lands with time to answer.

use crate::{charter::Pace, hours::Hours, span::Span};
use base::Timestamp;
use std::time::Duration;

/// The moment at which a person with these hours has had this much time since `from`. None when their hours hold no such
/// moment within the horizon.
pub fn due(pace: Pace, hours: &Hours, from: Timestamp) -> Option<Timestamp> {
    match pace {
        Pace::Elapsed(length) => Some(from.after(length)),
        Pace::Working(length) => {
            let mut left = length;
            for span in hours.answering_from(from) {
                if left <= span.length() {
                    return Some(span.from.after(left));
                }
                left = left.saturating_sub(span.length());
            }
            None
        }
    }
}

/// How much of the time of this pace has passed between two moments.
pub fn spent(pace: Pace, hours: &Hours, from: Timestamp, to: Timestamp) -> Duration {
    match pace {
        Pace::Elapsed(_) => Duration::from_micros(u64::try_from(to.0.saturating_sub(from.0)).unwrap_or(0)),
        Pace::Working(_) => working_between(hours, from, to),
    }
}

/// The time in which an answer could be written between two moments.
pub fn working_between(hours: &Hours, from: Timestamp, to: Timestamp) -> Duration {
    let spans = hours.answering_from(from).take_while(|span| span.from < to);
    spans
        .filter_map(|span| Span::between(span.from, span.to.min(to)))
        .map(Span::length)
        .sum()
}

/// The latest moment from which so much working time is left until `due`; not before `now`.
pub fn with_time_left(hours: &Hours, now: Timestamp, due: Timestamp, lead: Duration) -> Timestamp {
    let Some(until) = working_between(hours, now, due).checked_sub(lead) else {
        return now;
    };
    if until.is_zero() {
        return now;
    }
    let mut left = until;
    for span in hours.answering_from(now) {
        // At the end of a stretch nobody is there any more: so much is left at the beginning of the next one, too.
        if left < span.length() {
            return span.from.after(left).min(due);
        }
        left = left.saturating_sub(span.length());
    }
    now
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        hours::{Exception, Focus, FocusTime},
        testing::{any, at, daily, hours, minutes, office, shown, zone},
        week::Week,
    };
    use jiff::civil::date;
    use proptest::prelude::*;

    const FOUR_HOURS: Pace = Pace::Working(Duration::from_secs(4 * 3_600));

    #[track_caller]
    fn check(hours: &Hours, pace: Pace, sent: &str, zone: &str, expected: &str) {
        assert_eq!(
            due(pace, hours, at(sent)).map(|at| shown(at, zone)).as_deref(),
            Some(expected),
            "{sent}"
        );
    }

    #[test]
    fn four_working_hours_in_london() {
        let zone = "Europe/London";
        let person = office(zone);
        let friday = "2026-11-20T15:30[Europe/London]";
        let saturday = "2026-11-21T12:00[Europe/London]";
        check(&person, FOUR_HOURS, friday, zone, "Mon 2026-11-23T11:30+00:00");
        check(&person, FOUR_HOURS, saturday, zone, "Mon 2026-11-23T13:00+00:00");
        let monday = date(2026, 11, 23);
        let on_holiday = office(zone).with_exceptions(&[Exception::off(monday, monday)]);
        check(
            &on_holiday,
            FOUR_HOURS,
            saturday,
            zone,
            "Tue 2026-11-24T13:00+00:00",
        );
        let on_leave =
            office(zone).with_exceptions(&[Exception::off(date(2026, 11, 16), date(2026, 11, 25))]);
        check(
            &on_leave,
            FOUR_HOURS,
            saturday,
            zone,
            "Thu 2026-11-26T13:00+00:00",
        );
    }

    #[test]
    fn the_repeated_hour_of_a_night_shift_counts() {
        let zone = "America/New_York";
        let night = Hours::new(super::tests::zone(zone), daily(22, 6));
        let sent = "2026-10-31T22:00[America/New_York]";
        check(
            &night,
            Pace::Working(hours(8)),
            sent,
            zone,
            "Sun 2026-11-01T05:00-05:00",
        );
        // In spring the hour is missing, and so is a ninth of the shift.
        let sent = "2026-03-07T22:00[America/New_York]";
        check(
            &night,
            Pace::Working(hours(7)),
            sent,
            zone,
            "Sun 2026-03-08T06:00-04:00",
        );
    }

    #[test]
    fn elapsed_time_knows_no_hours() {
        let sent = "2026-11-21T03:10[Europe/London]";
        check(
            &office("Europe/London"),
            Pace::Elapsed(hours(1)),
            sent,
            "Europe/London",
            "Sat 2026-11-21T04:10+00:00",
        );
    }

    #[test]
    fn whoever_never_works_owes_nothing_at_a_time() {
        let nobody = Hours::new(zone("Asia/Tokyo"), Week::default());
        assert_eq!(due(FOUR_HOURS, &nobody, at("2026-11-20T15:30[Asia/Tokyo]")), None);
        let always = Hours::new(zone("Asia/Tokyo"), daily(0, 0));
        check(
            &always,
            FOUR_HOURS,
            "2026-11-21T23:30[Asia/Tokyo]",
            "Asia/Tokyo",
            "Sun 2026-11-22T03:30+09:00",
        );
    }

    #[test]
    fn the_clock_stands_still_in_focus() {
        let from = at("2026-11-20T09:00[Europe/London]");
        let focus = Focus {
            when: FocusTime::Once(Span {
                from,
                to: from.after(hours(2)),
            }),
            allowed: Vec::new(),
        };
        let person = office("Europe/London").with_focus(vec![focus]);
        check(
            &person,
            FOUR_HOURS,
            "2026-11-20T09:30[Europe/London]",
            "Europe/London",
            "Fri 2026-11-20T15:00+00:00",
        );
    }

    proptest! {
        #[test]
        fn what_is_due_has_had_its_time(person in any::hours(), from in any::moment(), n_minutes in 1_u64..4_000) {
            let pace = Pace::Working(minutes(n_minutes));
            if let Some(due) = due(pace, &person, from) {
                prop_assert!(due > from);
                prop_assert_eq!(spent(pace, &person, from, due), pace.length());
                // The moment before, there is still a moment to go: it is due as early as it can be.
                prop_assert!(working_between(&person, from, Timestamp(due.0 - 1)) < pace.length());
            }
        }

        #[test]
        fn later_asked_is_never_sooner_due(person in any::hours(), from in any::moment(), n_minutes in 1_u64..4_000, wait in 0_u64..5_000) {
            let pace = Pace::Working(minutes(n_minutes));
            let later = due(pace, &person, from.after(minutes(wait)));
            // The later question looks a little further into the calendar, so it may find what the earlier one did not.
            if let (Some(due), Some(later)) = (due(pace, &person, from), later) {
                prop_assert!(due <= later);
            }
        }

        #[test]
        fn time_left_is_left(person in any::hours(), from in any::moment(), n_minutes in 31_u64..4_000) {
            let lead = minutes(30);
            if let Some(due) = due(Pace::Working(minutes(n_minutes)), &person, from) {
                let latest = with_time_left(&person, from, due, lead);
                prop_assert!(from <= latest && latest <= due);
                prop_assert_eq!(working_between(&person, latest, due), lead);
            }
        }
    }
}
