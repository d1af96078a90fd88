//! When people in far zones should meet: the pain of a slot, who has paid before, and whose turn it is.
//!
//! Pain is counted in hours: each minute outside of somebody's work weighs one and what separates it from the nearest edge
//! of their work, in hours. From 22 to 7 on their own clock nobody is asked who has not said so. What was paid fades by half
//! in eight weeks.

use crate::{
    hours::Hours,
    span::{Span, merged},
    week::{Slot, WEEKDAYS, Week},
};
use base::Timestamp;
use std::{cmp::Ordering, time::Duration};

/// Slots begin on the half hours of UTC.
pub const STEP: Duration = Duration::from_secs(30 * 60);
/// Weeks for which a series keeps its slot, so that nobody's week jumps.
pub const BLOCK_WEEKS: u32 = 6;
const WEEK: Duration = Duration::from_secs(7 * 24 * 3_600);
const HALF_LIFE_WEEKS: f64 = 8.0;
const NIGHT_FROM_MIN: u16 = 22 * 60;
const NIGHT_TO_MIN: u16 = 7 * 60;
/// Beyond the window, to know how far the nearest work is.
const MARGIN: Duration = Duration::from_secs(4 * 24 * 3_600);
/// Longer windows are cut: a slot in a quarter of a year is no answer.
const MAX_WINDOW: Duration = Duration::from_secs(92 * 24 * 3_600);
const MICROS_PER_HOUR: f64 = 3_600_000_000.0;

#[derive(Debug, Clone)]
pub struct Participant<'p> {
    pub hours: &'p Hours,
    /// Whoever is optional costs nothing and hinders nothing; a slot in which they can come goes before one in which they
    /// cannot, if all else is equal.
    pub is_required: bool,
    pub accepts_nights: bool,
    /// What they paid for this group, as it weighs now.
    pub ledger: f64,
    /// Taken already, and refused: other meetings, focus, no-meeting days.
    pub busy: Vec<Span>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    pub span: Span,
    /// Of each participant in their order; what it costs them, in hours.
    pub pains: Vec<f64>,
    /// Those who cannot come, by their position: optional people only.
    pub missing: Vec<usize>,
}

/// What was paid, as it weighs at this moment.
pub fn ledger(payments: impl IntoIterator<Item = (Timestamp, f64)>, now: Timestamp) -> f64 {
    let weight = |at: Timestamp| {
        let age_weeks = hours_between(at, now).max(0.0) / (7.0 * 24.0);
        (-age_weeks / HALF_LIFE_WEEKS).exp2()
    };
    payments.into_iter().map(|(at, pain)| pain * weight(at)).sum()
}

/// The fairest slots of a window, best first. None of them: it should be held in everyone's own time.
pub fn find(participants: &[Participant], length: Duration, window: Span, n_best: usize) -> Vec<Found> {
    let window = Span {
        to: window.to.min(window.from.after(MAX_WINDOW)),
        ..window
    };
    let calendars: Vec<Calendar> = participants
        .iter()
        .map(|participant| Calendar::of(participant, window))
        .collect();
    let mut found: Vec<(Burden, Found)> = starts(window, length)
        .filter_map(|span| weigh(participants, &calendars, span))
        .collect();
    found.sort_by(|(a, _), (b, _)| a.order(b));
    found.into_iter().take(n_best).map(|(_, found)| found).collect()
}

/// A time that people were asked about, and what they said to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offered {
    pub span: Span,
    pub n_no: usize,
    /// Those who can if there has to be.
    pub n_maybe: usize,
}

/// The positions of the times, best first: fewest who cannot, then what it asks of those whose hours are known, then fewest who
/// would rather not, then the earliest. A time for which somebody would have to be asked at night, or is away, comes after
/// those for which nobody is.
pub fn fairest(participants: &[Participant], offered: &[Offered]) -> Vec<usize> {
    let burden_of = |one: &Offered| {
        let calendars: Vec<_> = participants
            .iter()
            .map(|who| Calendar::of(who, one.span))
            .collect();
        weigh(participants, &calendars, one.span).map(|(burden, _)| burden)
    };
    let burdens: Vec<Option<Burden>> = offered.iter().map(burden_of).collect();
    let mut order: Vec<usize> = (0..offered.len()).collect();
    order.sort_by(|&a, &b| {
        let (one, other) = (&offered[a], &offered[b]);
        let cost = match (&burdens[a], &burdens[b]) {
            (Some(one), Some(other)) => one.cost(other),
            (one, other) => other.is_some().cmp(&one.is_some()),
        };
        one.n_no
            .cmp(&other.n_no)
            .then(cost)
            .then(one.n_maybe.cmp(&other.n_maybe))
            .then(one.span.from.cmp(&other.span.from))
    });
    order
}

/// What a stretch costs somebody outside of their work, in hours; None where they cannot, or must not be asked to.
pub fn pain(participant: &Participant, span: Span) -> Option<f64> {
    Calendar::of(participant, span).pain(span)
}

/// Whether it touches the hours in which nobody is asked who has not said so.
pub fn is_night(hours: &Hours, span: Span) -> bool {
    let wide = Span {
        from: span.from.before(MARGIN),
        to: span.to,
    };
    nights(hours, wide)
        .into_iter()
        .any(|night| night.overlap(span).is_some())
}

fn starts(window: Span, length: Duration) -> impl Iterator<Item = Span> {
    let step = i64::try_from(STEP.as_micros()).unwrap_or(i64::MAX);
    let first = window.from.0.div_euclid(step) + i64::from(window.from.0.rem_euclid(step) != 0);
    let spans = (first..).map(move |idx| Timestamp(idx.saturating_mul(step)));
    let spans = spans.filter_map(move |from| Span::between(from, from.after(length)));
    spans.take_while(move |span| span.to <= window.to && span.from < window.to)
}

struct Burden {
    most: f64,
    sum: f64,
    n_missing: usize,
    from: Timestamp,
}

impl Burden {
    /// What it asks of people, without its time.
    fn cost(&self, other: &Self) -> Ordering {
        let close = |a: f64, b: f64| {
            if (a - b).abs() < 1e-9 {
                Ordering::Equal
            } else {
                a.total_cmp(&b)
            }
        };
        close(self.most, other.most)
            .then(close(self.sum, other.sum))
            .then(self.n_missing.cmp(&other.n_missing))
    }

    fn order(&self, other: &Self) -> Ordering {
        self.cost(other).then(self.from.cmp(&other.from))
    }
}

fn weigh(participants: &[Participant], calendars: &[Calendar], span: Span) -> Option<(Burden, Found)> {
    let mut burden = Burden {
        most: 0.0,
        sum: 0.0,
        n_missing: 0,
        from: span.from,
    };
    let (mut pains, mut missing) = (Vec::with_capacity(participants.len()), Vec::new());
    for (idx, (participant, calendar)) in participants.iter().zip(calendars).enumerate() {
        match calendar.pain(span) {
            Some(pain) if participant.is_required => {
                burden.most = burden.most.max(participant.ledger + pain);
                burden.sum += participant.ledger + pain;
                pains.push(pain);
            }
            Some(pain) => pains.push(pain),
            None if participant.is_required => return None,
            None => {
                missing.push(idx);
                pains.push(0.0);
            }
        }
    }
    burden.n_missing = missing.len();
    Some((burden, Found { span, pains, missing }))
}

/// One person's stretches around a window, found once.
struct Calendar {
    work: Vec<Span>,
    closed: Vec<Span>,
}

impl Calendar {
    fn of(participant: &Participant, window: Span) -> Self {
        let hours = participant.hours;
        let wide = Span {
            from: window.from.before(MARGIN),
            to: window.to.after(MARGIN),
        };
        let work = hours
            .work_from(wide.from)
            .take_while(|span| span.from < wide.to)
            .collect();
        let mut closed = participant.busy.clone();
        closed.extend(hours.days_off());
        if !participant.accepts_nights {
            closed.extend(nights(hours, wide));
        }
        Self {
            work: merged(work),
            closed: merged(closed),
        }
    }

    /// None where this person cannot, or must not be asked to.
    fn pain(&self, span: Span) -> Option<f64> {
        let first = self.closed.partition_point(|closed| closed.to <= span.from);
        if self.closed.get(first).is_some_and(|closed| closed.from < span.to) {
            return None;
        }
        if self.work.is_empty() {
            return None;
        }
        let mut from = span.from;
        let mut pain = 0.0;
        let mut idx = self.work.partition_point(|work| work.to <= from);
        while from < span.to {
            let next = self.work.get(idx);
            let before = idx
                .checked_sub(1)
                .and_then(|idx| self.work.get(idx))
                .map(|work| work.to);
            let free_until = next.map_or(span.to, |work| work.from).min(span.to);
            if from < free_until {
                pain += outside(from, free_until, before, next.map(|work| work.from));
            }
            from = next.map_or(span.to, |work| work.to.max(from));
            idx += 1;
        }
        Some(pain)
    }
}

/// The integral of 1 + d over a stretch without work, d being the hours to the nearest work before or after.
fn outside(from: Timestamp, to: Timestamp, before: Option<Timestamp>, after: Option<Timestamp>) -> f64 {
    let turn = match (before, after) {
        (Some(before), Some(after)) => Timestamp(before.0.midpoint(after.0)).clamp(from, to),
        (Some(_), None) => to,
        (None, _) => from,
    };
    let length = hours_between(from, to);
    let rising = before.map_or(0.0, |edge| {
        ramp(hours_between(edge, from), hours_between(edge, turn))
    });
    let falling = after.map_or(0.0, |edge| {
        ramp(hours_between(to, edge), hours_between(turn, edge))
    });
    length + rising + falling
}

/// The integral of x from a to b.
fn ramp(a: f64, b: f64) -> f64 {
    (b * b - a * a) / 2.0
}

fn nights(hours: &Hours, within: Span) -> Vec<Span> {
    let night = WEEKDAYS.map(|weekday| Slot::new(weekday, NIGHT_FROM_MIN, NIGHT_TO_MIN));
    let week = Week::new(night.into_iter().flatten()).unwrap_or_default();
    let dates = hours.zone().date(within.from).series(jiff::Span::new().days(1));
    dates
        .take_while(|&date| hours.zone().midnight(date) < within.to)
        .flat_map(|date| week.on(date, hours.zone()))
        .collect()
}

#[expect(clippy::cast_precision_loss, reason = "pain is read to two digits")]
fn hours_between(from: Timestamp, to: Timestamp) -> f64 {
    (to.0 - from.0) as f64 / MICROS_PER_HOUR
}

/// One meeting of a series.
#[derive(Debug, Clone, PartialEq)]
pub struct Meeting {
    pub found: Found,
    /// Somebody's clock has changed against the others', so this one was looked for anew: people are told.
    pub is_moved: bool,
}

/// The meetings of one block, once a week from the week that begins at `first`. A week in which nothing is feasible is None.
pub fn block(
    participants: &[Participant],
    length: Duration,
    first: Timestamp,
    n_weeks: u32,
) -> Vec<Option<Meeting>> {
    let week_of = |idx: u32| {
        let from = first.after(WEEK * idx);
        Span {
            from,
            to: from.after(WEEK),
        }
    };
    let chosen = find(participants, length, week_of(0), 1).pop();
    let walls = |at: Timestamp| -> Vec<_> {
        participants
            .iter()
            .map(|participant| participant.hours.zone().wall(at).time())
            .collect()
    };
    (0..n_weeks)
        .map(|idx| {
            let usual = chosen.as_ref().and_then(|found| again(participants, found, idx));
            let is_usual = |span: &Span| {
                chosen
                    .as_ref()
                    .is_some_and(|found| walls(span.from) == walls(found.span.from))
            };
            let in_place = usual.filter(is_usual).and_then(|span| {
                let calendars: Vec<_> = participants.iter().map(|one| Calendar::of(one, span)).collect();
                weigh(participants, &calendars, span).map(|(_, found)| found)
            });
            let is_moved = in_place.is_none();
            let found = in_place.or_else(|| find(participants, length, week_of(idx), 1).pop());
            found.map(|found| Meeting { found, is_moved })
        })
        .collect()
}

/// The same time on the clock of the first participant, so many weeks later.
fn again(participants: &[Participant], found: &Found, n_weeks: u32) -> Option<Span> {
    let zone = participants.first()?.hours.zone();
    let wall = zone
        .wall(found.span.from)
        .saturating_add(jiff::Span::new().weeks(n_weeks));
    let from = zone.start(wall);
    Span::between(from, from.after(found.span.length()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        hours::Exception,
        testing::{any, at, hours, minutes, office, shown},
    };
    use jiff::civil::date;
    use proptest::prelude::*;

    fn someone(hours: &Hours, ledger: f64) -> Participant<'_> {
        Participant {
            hours,
            is_required: true,
            accepts_nights: false,
            ledger,
            busy: Vec::new(),
        }
    }

    fn week_from(text: &str) -> Span {
        let from = at(text);
        Span {
            from,
            to: from.after(WEEK),
        }
    }

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-6
    }

    const MONDAY: &str = "2026-11-23T00:00[Europe/London]";

    #[test]
    fn london_and_los_angeles_take_turns() {
        let (london, angeles) = (office("Europe/London"), office("America/Los_Angeles"));
        let first = find(
            &[someone(&london, 0.0), someone(&angeles, 0.0)],
            minutes(30),
            week_from(MONDAY),
            1,
        );
        let found = &first[0];
        assert_eq!(
            shown(found.span.from, "Europe/London"),
            "Mon 2026-11-23T16:30+00:00"
        );
        assert_eq!(
            shown(found.span.from, "America/Los_Angeles"),
            "Mon 2026-11-23T08:30-08:00"
        );
        assert!(near(found.pains[0], 0.0) && near(found.pains[1], 0.625));

        let next = week_from("2027-01-04T00:00[Europe/London]");
        let paid = ledger([(found.span.from, 0.625)], next.from);
        assert!((0.3..0.4).contains(&paid));
        let second = find(
            &[someone(&london, 0.0), someone(&angeles, paid)],
            minutes(30),
            next,
            1,
        );
        assert_eq!(
            shown(second[0].span.from, "Europe/London"),
            "Mon 2027-01-04T17:00+00:00"
        );
        assert!(near(second[0].pains[0], 0.625) && near(second[0].pains[1], 0.0));
    }

    #[test]
    fn of_times_that_were_asked_about_the_fairest_is_first() {
        let (london, angeles) = (office("Europe/London"), office("America/Los_Angeles"));
        let everyone = [someone(&london, 0.0), someone(&angeles, 0.0)];
        let offered = |clock: &str, n_no, n_maybe| {
            let from = at(&format!("2026-11-24T{clock}[Europe/London]"));
            Offered {
                span: Span {
                    from,
                    to: from.after(minutes(30)),
                },
                n_no,
                n_maybe,
            }
        };
        let check = |times: &[Offered], best: &[usize]| assert_eq!(fairest(&everyone, times), best);
        // 10:00 is at night in Los Angeles, 18:00 costs London more than 16:30 costs Los Angeles.
        let all_can = [
            offered("10:00", 0, 0),
            offered("18:00", 0, 0),
            offered("16:30", 0, 0),
        ];
        check(&all_can, &[2, 1, 0]);
        // Who cannot weighs more than what it costs, who would rather not less.
        check(
            &[
                offered("10:00", 0, 0),
                offered("16:30", 1, 0),
                offered("18:00", 0, 2),
            ],
            &[2, 0, 1],
        );
        check(&[offered("16:30", 0, 1), offered("17:00", 0, 0)], &[1, 0]);
        let (a, b) = (offered("16:30", 1, 0), offered("16:00", 1, 0));
        assert_eq!(
            fairest(&[], &[a, b]),
            [1, 0],
            "where no hours are known, the earliest"
        );
    }

    #[test]
    fn nobody_is_asked_at_night_who_has_not_said_so() {
        let (london, angeles) = (office("Europe/London"), office("America/Los_Angeles"));
        let everyone = [someone(&london, 0.0), someone(&angeles, 0.0)];
        let all = find(&everyone, minutes(30), week_from(MONDAY), 1_000);
        for found in all {
            for zone in ["Europe/London", "America/Los_Angeles"] {
                let clock = &shown(found.span.from, zone)[15..20];
                assert!(("07:00".."21:31").contains(&clock), "{clock} in {zone}");
            }
        }
        let owl = Participant {
            accepts_nights: true,
            ..someone(&angeles, 0.0)
        };
        let dawn = Span {
            from: at("2026-11-23T10:00[Europe/London]"),
            to: at("2026-11-23T11:00[Europe/London]"),
        };
        assert_eq!(find(&everyone, minutes(30), dawn, 1), []);
        assert_eq!(find(&[someone(&london, 0.0), owl], minutes(30), dawn, 1).len(), 1);
    }

    #[test]
    fn pain_is_the_integral() {
        let london = office("Europe/London");
        let window = week_from(MONDAY);
        let calendar = Calendar::of(&someone(&london, 0.0), window);
        let pain = |from: &str, n| {
            let from = at(&format!("2026-11-{from}[Europe/London]"));
            calendar.pain(Span {
                from,
                to: from.after(minutes(n)),
            })
        };
        let cases = [
            ("24T12:00", 60, 0.0),
            ("24T08:30", 30, 0.625),
            ("24T08:30", 60, 0.625),
            ("24T17:00", 60, 1.5),
            ("24T16:30", 60, 0.625),
            // From two to three hours after work.
            ("24T19:00", 60, 3.5),
            // Saturday noon: 19 hours after Friday's work.
            ("28T12:00", 60, 20.5),
            // Over the whole morning and back out of work in the evening.
            ("24T08:00", 600, 3.0),
        ];
        for (from, n, expected) in cases {
            assert!(
                near(pain(from, n).unwrap(), expected),
                "{from}: {:?}",
                pain(from, n)
            );
        }
        assert_eq!(pain("24T21:45", 30), None, "into the night");
    }

    #[test]
    fn leave_and_other_meetings_are_no_slot_and_optional_people_hinder_none() {
        let tuesday = date(2026, 11, 24);
        let away = office("Europe/London").with_exceptions(&[Exception::off(date(2026, 11, 23), tuesday)]);
        let london = office("Europe/London");
        let found = find(
            &[someone(&london, 0.0), someone(&away, 0.0)],
            minutes(30),
            week_from(MONDAY),
            1,
        );
        assert_eq!(
            shown(found[0].span.from, "Europe/London"),
            "Wed 2026-11-25T09:00+00:00"
        );
        let optional = Participant {
            is_required: false,
            ..someone(&away, 0.0)
        };
        let days = Span {
            from: at(MONDAY),
            to: at("2026-11-24T00:00[Europe/London]"),
        };
        let found = find(&[someone(&london, 0.0), optional], minutes(30), days, 1);
        assert_eq!(found[0].missing, [1]);
        let busy = Participant {
            busy: vec![Span {
                from: at("2026-11-23T09:00[Europe/London]"),
                to: at("2026-11-23T10:15[Europe/London]"),
            }],
            ..someone(&london, 0.0)
        };
        let found = find(&[busy], minutes(30), days, 1);
        assert_eq!(
            shown(found[0].span.from, "Europe/London"),
            "Mon 2026-11-23T10:30+00:00"
        );
    }

    #[test]
    fn in_weeks_where_the_clocks_differ_the_slot_is_looked_for_anew() {
        // America leaves summer time a week after Europe: from 25 October to 1 November 2026 they are seven hours apart.
        let (london, angeles) = (office("Europe/London"), office("America/Los_Angeles"));
        let everyone = [someone(&london, 0.0), someone(&angeles, 0.0)];
        let series = block(
            &everyone,
            minutes(30),
            at("2026-10-12T00:00[Europe/London]"),
            BLOCK_WEEKS,
        );
        let told: Vec<_> = series
            .iter()
            .map(|meeting| {
                let meeting = meeting.as_ref().unwrap();
                (
                    shown(meeting.found.span.from, "Europe/London")[15..20].to_owned(),
                    meeting.is_moved,
                )
            })
            .collect();
        let same = ("16:30".to_owned(), false);
        let moved = ("16:00".to_owned(), true);
        assert_eq!(
            told,
            [
                same.clone(),
                same.clone(),
                moved,
                same.clone(),
                same.clone(),
                same
            ]
        );
    }

    #[test]
    fn no_feasible_slot_is_said() {
        let (london, auckland) = (office("Europe/London"), office("Pacific/Auckland"));
        let angeles = office("America/Los_Angeles");
        let everyone = [
            someone(&london, 0.0),
            someone(&auckland, 0.0),
            someone(&angeles, 0.0),
        ];
        let early = Span {
            from: at("2026-11-23T09:00[Europe/London]"),
            to: at("2026-11-23T15:00[Europe/London]"),
        };
        assert_eq!(find(&everyone, hours(1), early, 3), []);
        assert_eq!(
            find(
                &everyone,
                hours(1),
                Span {
                    from: early.to,
                    to: early.from
                },
                3
            ),
            []
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        /// Over many blocks nobody has paid more than one slot's worth above the others, whatever zones they live in.
        #[test]
        fn the_burden_goes_round(some in any::zone_name(), other in any::zone_name()) {
            let pair = [office(&some), office(&other)];
            let mut payments: [Vec<(Timestamp, f64)>; 2] = Default::default();
            let mut most = 0.0_f64;
            let mut from = at("2026-01-05T00:00[Europe/London]");
            for _ in 0..8 {
                let participants: Vec<_> = pair.iter().zip(&payments)
                    .map(|(hours, paid)| someone(hours, ledger(paid.iter().copied(), from))).collect();
                let window = Span { from, to: from.after(WEEK) };
                let Some(found) = find(&participants, minutes(30), window, 1).pop() else { return Ok(()) };
                for (paid, pain) in payments.iter_mut().zip(&found.pains) {
                    prop_assert!(*pain >= 0.0);
                    most = most.max(*pain);
                    paid.push((found.span.from, *pain));
                }
                from = from.after(WEEK * BLOCK_WEEKS);
            }
            let sums = payments.map(|paid| ledger(paid, from));
            prop_assert!((sums[0] - sums[1]).abs() <= most + 1e-9, "{sums:?}, at most {most}");
        }
    }
}
