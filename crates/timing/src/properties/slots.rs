//! The fair slot: in all zones of the database, best first, and nobody at night who has not said so.

use crate::{
    hours::Hours,
    slots::{BLOCK_WEEKS, Found, Participant, block, find, is_night, ledger, pain},
    span::Span,
    testing::{ALL_ZONES, any, hours, minutes, zone},
    week::Week,
};
use base::Timestamp;
use proptest::prelude::*;

const WEEK_HOURS: u64 = 7 * 24;
const MINUTE: i64 = 60_000_000;

fn office(name: &str) -> Hours {
    Hours::new(zone(name), Week::usual())
}

fn someone(hours: &Hours, ledger: f64) -> Participant<'_> {
    Participant {
        hours,
        is_required: true,
        accepts_nights: false,
        ledger,
        busy: Vec::new(),
    }
}

fn from(from: Timestamp, n_hours: u64) -> Span {
    Span {
        from,
        to: from.after(hours(n_hours)),
    }
}

/// What the clock on the wall shows, in minutes of the day.
fn minute_of(hours: &Hours, at: Timestamp) -> i32 {
    let wall = hours.zone().wall(at);
    i32::from(wall.hour()) * 60 + i32::from(wall.minute())
}

fn is_asleep(hours: &Hours, at: Timestamp) -> bool {
    !(7 * 60..22 * 60).contains(&minute_of(hours, at))
}

/// Within work, by the minute.
fn is_at_work(hours: &Hours, span: Span) -> bool {
    let n = (span.to.0 - span.from.0) / MINUTE;
    (0..n).all(|n| hours.is_available(Timestamp(span.from.0 + n * MINUTE)))
}

/// What the specification says of a list of slots: best first, and nobody pays for what is within their work.
fn is_fair(participants: &[Participant], found: &[Found], window: Span) {
    let burden = |found: &Found| {
        let paid = participants
            .iter()
            .zip(&found.pains)
            .map(|(one, pain)| one.ledger + pain);
        (
            paid.clone().fold(0.0, f64::max),
            paid.sum::<f64>(),
            found.span.from,
        )
    };
    for found in found {
        assert!(window.from <= found.span.from && found.span.to <= window.to);
        for (one, paid) in participants.iter().zip(&found.pains) {
            assert!(
                *paid >= 0.0 && (*paid == 0.0) == is_at_work(one.hours, found.span),
                "{found:?}"
            );
            assert!((pain(one, found.span).unwrap() - paid).abs() < 1e-6, "{found:?}");
        }
    }
    for pair in found.windows(2) {
        let (one, next) = (burden(&pair[0]), burden(&pair[1]));
        let is_before = one.0 < next.0 - 1e-9
            || ((one.0 - next.0).abs() <= 1e-9
                && (one.1 < next.1 - 1e-9 || ((one.1 - next.1).abs() <= 1e-9 && one.2 < next.2)));
        assert!(is_before, "{one:?} before {next:?}");
    }
}

/// With London in a week of winter: everywhere there is a time, or nobody can without a night.
#[test]
fn with_every_zone_of_the_world() {
    let london = office("Europe/London");
    let window = from(Timestamp(1_795_392_000_000_000), 24);
    let mut n_found = 0;
    for name in ALL_ZONES.iter() {
        let there = office(name);
        let participants = [someone(&london, 0.0), someone(&there, 0.0)];
        let all = find(&participants, minutes(30), window, usize::MAX);
        n_found += usize::from(!all.is_empty());
        for found in &all {
            for hours in [&london, &there] {
                assert!(
                    !is_asleep(hours, found.span.from) && !is_asleep(hours, Timestamp(found.span.to.0 - 1)),
                    "{name} {found:?}"
                );
            }
        }
        // What is left out is night, or begins before or ends after the window.
        let n_awake = (0..48).filter(|n| {
            let slot = Span {
                from: window.from.after(minutes(30 * n)),
                to: window.from.after(minutes(30 * (n + 1))),
            };
            [&london, &there].iter().all(|hours| {
                [slot.from, Timestamp(slot.to.0 - 1)]
                    .iter()
                    .all(|&at| !is_asleep(hours, at))
            })
        });
        assert_eq!(all.len(), n_awake.count(), "{name}");
        is_fair(&participants, &all[..all.len().min(3)], window);
    }
    assert_eq!(
        n_found,
        ALL_ZONES.len(),
        "two who are awake for 15 hours a day meet in each zone"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Any three zones around any change of clocks, with what they paid before, and who takes nights.
    #[test]
    fn the_best_come_first_and_nobody_is_woken(
        (name, at) in any::around_a_change(), others in [any::zone_name(), any::zone_name()], paid in [0.0_f64..3.0, 0.0_f64..3.0, 0.0_f64..3.0], owl in 0_usize..6,
        length in prop::sample::select(vec![30_u64, 45, 60, 90]),
    ) {
        let everyone = [office(&name), office(&others[0]), office(&others[1])];
        let participants: Vec<_> = everyone.iter().zip(paid).enumerate()
            .map(|(idx, (hours, paid))| Participant { accepts_nights: idx == owl, ..someone(hours, paid) }).collect();
        let window = from(at, 48);
        let all = find(&participants, minutes(length), window, usize::MAX);
        is_fair(&participants, &all, window);
        for (idx, hours) in everyone.iter().enumerate() {
            let is_woken = |found: &Found| is_asleep(hours, found.span.from) || is_night(hours, found.span);
            prop_assert!(idx == owl || !all.iter().any(is_woken));
        }
        // Asked for one, the same is first.
        prop_assert_eq!(find(&participants, minutes(length), window, 1).pop(), all.into_iter().next());
    }

    /// Pain is the integral of 1 + d over the minutes outside of work, d being the hours to the nearest edge of work.
    #[test]
    fn pain_is_the_integral_over_the_minutes((name, at) in any::around_a_change(), length in 1_u64..300) {
        let office = office(&name);
        let owl = Participant { accepts_nights: true, ..someone(&office, 0.0) };
        let at = Timestamp(at.0 - at.0.rem_euclid(MINUTE));
        let span = Span { from: at, to: at.after(minutes(length)) };
        let work: Vec<Span> = office.work_from(at.before(hours(4 * 24))).take_while(|work| work.from < span.to.after(hours(4 * 24))).collect();
        let hours_between = |a: i64, b: i64| (a - b).abs() as f64 / 3_600_000_000.0;
        let mut sum = 0.0;
        // By ten seconds: old clocks were set by less than a minute.
        for n in 0..6 * i64::try_from(length).unwrap() {
            let middle = at.0 + n * MINUTE / 6 + MINUTE / 12;
            if !work.iter().any(|work| work.holds(Timestamp(middle))) {
                let edges = work.iter().flat_map(|work| [work.from.0, work.to.0]);
                let d = edges.map(|edge| hours_between(edge, middle)).fold(f64::INFINITY, f64::min);
                sum += (1.0 + d) / 360.0;
            }
        }
        let told = pain(&owl, span).unwrap();
        prop_assert!((told - sum).abs() < 1e-3, "{told} and not {sum}");
    }

    /// A series keeps its time on everybody's wall, or says that it was moved; it never lies at night.
    #[test]
    fn a_series_keeps_its_time_or_says_so((name, at) in any::around_a_change(), other in any::zone_name()) {
        let pair = [office(&name), office(&other)];
        let participants = [someone(&pair[0], 0.0), someone(&pair[1], 0.0)];
        let first = at.before(hours(3 * WEEK_HOURS));
        let series = block(&participants, minutes(30), first, BLOCK_WEEKS);
        prop_assert_eq!(series.len(), usize::try_from(BLOCK_WEEKS).unwrap());
        let walls = |found: &Found| pair.each_ref().map(|hours| minute_of(hours, found.span.from));
        let Some(Some(chosen)) = series.first() else { return Ok(()) };
        for meeting in series.iter().flatten() {
            prop_assert!(meeting.is_moved || walls(&meeting.found) == walls(&chosen.found));
            prop_assert!(pair.iter().all(|hours| !is_night(hours, meeting.found.span)));
        }
        prop_assert!(!chosen.is_moved);
    }

    /// What was paid halves in eight weeks, and a sum of payments is the sum of what they weigh.
    #[test]
    fn what_was_paid_fades(payments in prop::collection::vec((0_u64..200, 0.0_f64..5.0), 0..6)) {
        let start = Timestamp(1_700_000_000_000_000);
        let payments: Vec<_> = payments.into_iter().map(|(day, pain)| (start.after(hours(24 * day)), pain)).collect();
        let now = start.after(hours(24 * 200));
        let told = ledger(payments.iter().copied(), now);
        prop_assert!((ledger(payments.iter().copied(), now.after(hours(8 * WEEK_HOURS))) - told / 2.0).abs() < 1e-9);
        let apart: f64 = payments.iter().map(|&payment| ledger([payment], now)).sum();
        prop_assert!((told - apart).abs() < 1e-9);
    }
}
