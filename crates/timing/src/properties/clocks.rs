//! The shared model: weeks in wall time become real time, in every zone of the database and around every change of its clocks.

use crate::{
    availability::availability,
    charter::Pace,
    delivery::{Decision, LEAD, Notice, Profile, decide},
    due::{due, spent, working_between},
    hours::{Exception, ExceptionKind, Hours},
    span::{Span, merged},
    testing::{ALL_ZONES, Change, KINDS_OF_CHANGE, any, changes, daily, hours, minutes, time_zone, zone},
    week::{WEEKDAYS, Week, wall_time},
};
use base::Timestamp;
use jiff::civil::{Date, DateTime};
use proptest::prelude::*;

const SECOND: i64 = 1_000_000;
const MINUTE: i64 = 60 * SECOND;

fn later(wall: DateTime, by_s: i32) -> DateTime {
    wall.saturating_add(jiff::Span::new().seconds(by_s))
}

/// The dates around a moment.
fn dates(zone_name: &str, at: Timestamp) -> Vec<Date> {
    let today = zone(zone_name).date(at);
    let days = today
        .saturating_sub(jiff::Span::new().days(4))
        .series(jiff::Span::new().days(1));
    days.take(9).collect()
}

/// What the lines of a week are on these dates, by the rule for clocks that change, worked out apart from this crate.
fn by_the_rule(zone_name: &str, dates: &[Date], lines: &[(usize, u16, u16)]) -> Vec<Span> {
    let clock = time_zone(zone_name);
    let micros = |at: jiff::Timestamp| Timestamp(at.as_microsecond());
    let midnight = |date: Date| {
        clock
            .to_ambiguous_timestamp(date.at(0, 0, 0, 0))
            .compatible()
            .unwrap()
    };
    // A day that was left out, as in Apia in 2011, has no work that could move.
    let is_there = |date: &&Date| midnight(**date) != midnight(date.tomorrow().unwrap());

    let spans = dates.iter().filter(is_there).flat_map(|&date| {
        let of_day = lines
            .iter()
            .filter(move |line| WEEKDAYS[line.0] == date.weekday());
        of_day.map(move |&(_, from, to)| {
            (
                wall_time(date, from),
                wall_time(date, if to <= from { to + 1_440 } else { to }),
            )
        })
    });
    let spans = spans.filter_map(|(from, to)| {
        let from = clock.to_ambiguous_timestamp(from).compatible().unwrap();
        let to = clock.to_ambiguous_timestamp(to).later().unwrap();
        Span::between(micros(from), micros(to))
    });
    merged(spans.collect())
}

#[test]
fn in_every_zone_a_missing_time_moves_forward_and_a_doubled_one_is_long() {
    let mut n_changes = 0;
    for Change { zone_name, at, by_s } in changes() {
        n_changes += 1;
        let zone = zone(&zone_name);
        let after = zone.wall(at);
        let moment = |s: i64| Timestamp(at.0 + s * SECOND);
        if by_s > 0 {
            // A third into the gap.
            let missing = later(after, by_s / 3 - by_s);
            assert_eq!(
                zone.wall(zone.start(missing)),
                later(missing, by_s),
                "{zone_name} {after}"
            );
            assert_eq!(zone.start(missing), zone.end(missing), "{zone_name} {after}");
        } else {
            let doubled = later(after, -by_s / 3);
            let third = i64::from(-by_s / 3);
            assert_eq!(
                zone.start(doubled),
                moment(third + i64::from(by_s)),
                "{zone_name} {after}"
            );
            assert_eq!(zone.end(doubled), moment(third), "{zone_name} {after}");
        }
    }
    assert!(
        ALL_ZONES.len() > 400 && n_changes > 10_000,
        "{} zones, {n_changes} changes",
        ALL_ZONES.len()
    );
}

#[test]
fn every_moment_belongs_to_one_day_and_a_shift_has_no_hole() {
    for Change { zone_name, at, .. } in KINDS_OF_CHANGE.iter() {
        let zone = zone(zone_name);
        let everything = daily(0, 0);
        let days: Vec<Span> = dates(zone_name, *at)
            .iter()
            .flat_map(|&date| everything.on(date, &zone))
            .collect();
        assert!(
            days.windows(2).all(|pair| pair[0].to == pair[1].from),
            "{zone_name} {at:?}: {days:?}"
        );
        let always = Hours::new(zone.clone(), everything);
        let night = Hours::new(zone, daily(20, 8));
        let shifts = by_the_rule(
            zone_name,
            &dates(zone_name, *at),
            &std::array::from_fn::<_, 7, _>(|day| (day, 20 * 60, 8 * 60)),
        );
        for n in -18..=18 {
            let probe = Timestamp(at.0 + n * 10 * MINUTE);
            assert!(
                always.is_available(probe) && !always.is_quiet(probe),
                "{zone_name} {probe:?}"
            );
            let is_shift = shifts.iter().any(|shift| shift.holds(probe));
            assert_eq!(night.is_available(probe), is_shift, "{zone_name} {probe:?}");
            assert_eq!(
                night.next_work(probe) == Some(probe),
                is_shift,
                "{zone_name} {probe:?}"
            );
        }
    }
}

proptest! {
    #[test]
    fn a_week_is_what_its_lines_say((name, at) in any::around_a_change(), lines in any::lines(), probes in prop::collection::vec(-2_000_i64..2_000, 20)) {
        let (zone, week) = (zone(&name), any::week_of(&lines));
        let dates = dates(&name, at);
        let said = by_the_rule(&name, &dates, &lines);
        for &date in &dates {
            let of_day = week.on(date, &zone);
            let (from, to) = (zone.midnight(date), zone.midnight(date.tomorrow().unwrap()));
            prop_assert!(of_day.windows(2).all(|pair| pair[0].to < pair[1].from));
            prop_assert!(of_day.iter().all(|span| from <= span.from && span.from < span.to && span.to <= to));
        }
        // The first and the last day lack what reaches into them.
        let inner: Vec<Span> = dates[1..8].iter().flat_map(|&date| week.on(date, &zone)).collect();
        let within = Span { from: zone.midnight(dates[1]), to: zone.midnight(dates[8]) };
        prop_assert_eq!(merged(inner), merged(said.iter().filter_map(|span| span.overlap(within)).collect()));
        let person = Hours::new(zone, week);
        for probe in probes {
            let probe = Timestamp(at.0 + probe * MINUTE);
            let is_said = said.iter().any(|span| span.holds(probe));
            prop_assert_eq!(person.is_available(probe), is_said, "{:?}", probe);
            prop_assert_eq!(person.is_quiet(probe), !is_said);
            prop_assert_eq!(person.next_work(probe) == Some(probe), is_said);
            let end = said.iter().find(|span| span.holds(probe)).map(|span| span.to);
            prop_assert!(end.is_none() || end == person.work_end(probe) || end > Some(within.to));
        }
    }

    /// Where no clock is set for two days, the wall alone decides.
    #[test]
    fn far_from_a_change_the_wall_decides(name in any::zone_name(), at in any::moment(), lines in any::lines()) {
        let clock = time_zone(&name);
        let offset = |hours: i64| {
            let at = Timestamp(at.0 + hours * 60 * MINUTE);
            clock.to_offset(jiff::Timestamp::from_microsecond(at.0).unwrap())
        };
        prop_assume!((-50..50).all(|n| offset(n) == offset(0)));
        let person = Hours::new(zone(&name), any::week_of(&lines));
        let wall = person.zone().wall(at);
        let minute = u16::try_from(i32::from(wall.hour()) * 60 + i32::from(wall.minute())).unwrap();
        let today = usize::try_from(wall.date().weekday().to_monday_zero_offset()).unwrap();
        let is_at_work = lines.iter().any(|&(day, from, to)| {
            let crosses = to <= from;
            let since = day == today && from <= minute && (crosses || minute < to);
            since || (crosses && (day + 1) % 7 == today && minute < to)
        });
        prop_assert_eq!(person.is_available(at), is_at_work);
    }

    /// What was said about a day goes before its week, and extra hours before days off.
    #[test]
    fn exceptions_go_before_the_week((name, at) in any::around_a_change(), lines in any::lines(), off in (-40_i32..40, 0_i32..40), extra in (-40_i32..40, 0_i32..40)) {
        let week = any::week_of(&lines);
        let plain = Hours::new(zone(&name), week.clone());
        let wall = plain.zone().wall(at);
        let exception = |(from, n): (i32, i32), kind| Exception {
            from: later(wall, from * 3_600), to: later(wall, (from + n) * 3_600), kind,
        };
        let list = [exception(off, ExceptionKind::Off), exception(extra, ExceptionKind::Extra)];
        let person = Hours::new(zone(&name), week).with_exceptions(&list);
        let holds = |exception: &Exception, at| person.zone().span(exception.from, exception.to).is_some_and(|span| span.holds(at));
        for n in -40..40 {
            let probe = Timestamp(at.0 + n * 60 * MINUTE);
            let expected = holds(&list[1], probe) || (plain.is_available(probe) && !holds(&list[0], probe));
            prop_assert_eq!(person.is_available(probe), expected);
            prop_assert_eq!(person.is_quiet(probe), !expected);
        }
    }

    #[test]
    fn what_is_due_around_a_change_has_had_its_time((person, from) in any::hours_at_a_change(), n_minutes in 1_u64..3_000) {
        let pace = Pace::Working(minutes(n_minutes));
        if let Some(due) = due(pace, &person, from) {
            prop_assert_eq!(spent(pace, &person, from, due), pace.length());
            prop_assert!(working_between(&person, from, Timestamp(due.0 - 1)) < pace.length());
        }
        prop_assert_eq!(due(Pace::Elapsed(pace.length()), &person, from), Some(from.after(pace.length())));
    }

    #[test]
    fn around_a_change_nothing_interrupts_and_nobody_is_late(
        (person, now) in any::hours_at_a_change(), n_minutes in 60_u64..3_000,
        profile in prop::sample::select(vec![Profile::Live, Profile::Hourly, Profile::ThreeTimes, Profile::Morning]),
    ) {
        let due = due(Pace::Working(minutes(n_minutes)), &person, now);
        let notice = Notice { sender: None, due, urgent: false, consented: false, muted: false };
        let told = match decide(&notice, profile, &person, now) {
            Decision::Now => now,
            Decision::Batch(at) | Decision::Hold(at, _) => at,
            Decision::Silent => {
                prop_assert!(due.is_none());
                return Ok(());
            }
        };
        prop_assert!(told >= now && !person.is_quiet(told));
        prop_assert_eq!(person.focus_end(told, None), None);
        prop_assert!(due.is_none_or(|due| working_between(&person, told, due) >= LEAD));
    }

    #[test]
    fn around_a_change_what_is_said_of_somebody_is_their_hours((person, now) in any::hours_at_a_change()) {
        let told = availability(&person, now);
        prop_assert_eq!(told.until.is_some(), person.is_available(now));
        prop_assert!(told.until.is_none_or(|until| until > now && !person.is_available(until)));
        prop_assert!(told.next.is_none_or(|next| next >= told.until.unwrap_or(now) && person.is_available(next)));
    }

    /// A window across midnight is one window: whoever is told at its end is not told at midnight.
    #[test]
    fn a_window_across_midnight_is_one_window((name, at) in any::around_a_change(), from in 12_u16..24, to in 1_u16..12) {
        let sleeper = Hours::new(zone(&name), daily(0, 0)).with_quiet(daily(from, to));
        let night = by_the_rule(&name, &dates(&name, at), &std::array::from_fn::<_, 7, _>(|day| (day, from * 60, to * 60)));
        let end = night.iter().find(|night| night.holds(at)).map(|night| night.to);
        prop_assert_eq!(sleeper.is_quiet(at), end.is_some());
        prop_assert_eq!(sleeper.reachable_from(at, None), Some(end.unwrap_or(at)));
    }

    #[test]
    fn nothing_works_for_ever(at in any::moment(), name in any::zone_name()) {
        let nobody = Hours::new(zone(&name), Week::default());
        prop_assert_eq!(nobody.next_work(at), None);
        prop_assert_eq!(due(Pace::Working(hours(1)), &nobody, at), None);
    }
}
