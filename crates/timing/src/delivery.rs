//! Whether a notice interrupts now, comes with others, waits, or never interrupts.
//!
//! Only the interruption is shaped: what was said stands in the app at once. No notice that is not urgent interrupts
//! somebody's quiet or focus, whatever is due; and nothing is late because of it, because the clock of an ask stands still
//! in that time ([`crate::due`]). Where an ask runs on the clock of the wall instead, it may be due before its person can be
//! told; the one who asks is shown when it lands ([`crate::landing`]).

use crate::{
    HORIZON_DAYS,
    due::with_time_left,
    hours::Hours,
    span::{Span, merged},
};
use base::{PersonId, Timestamp};
use std::time::Duration;

/// So much time to answer is left when shaping ends.
pub const LEAD: Duration = Duration::from_secs(30 * 60);
/// Work with shorter breaks than this is one day of work.
const LONGEST_BREAK: Duration = Duration::from_secs(4 * 3_600);
const DAY: Duration = Duration::from_secs(24 * 3_600);
const HOUR: Duration = Duration::from_secs(3_600);
/// Where the next batch is looked for; further away only where nobody works for weeks.
const SOON: Duration = Duration::from_secs(4 * 24 * 3_600);
const FAR: Duration = Duration::from_secs(HORIZON_DAYS as u64 * 24 * 3_600);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// None when a program or the server itself speaks.
    pub sender: Option<PersonId>,
    pub due: Option<Timestamp>,
    pub urgent: bool,
    /// Whether this person has agreed to be woken for this.
    pub consented: bool,
    pub muted: bool,
}

/// How often somebody wants to be told of what can wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    Live,
    Hourly,
    /// When work begins, in its middle, and an hour before its end.
    ThreeTimes,
    Morning,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    Now,
    /// With others, at this moment.
    Batch(Timestamp),
    /// Not before this moment.
    Hold(Timestamp, Why),
    /// It waits in the app.
    Silent,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    Focus,
    Quiet,
}

pub fn decide(notice: &Notice, profile: Profile, hours: &Hours, now: Timestamp) -> Decision {
    if notice.muted {
        return Decision::Silent;
    }
    if notice.urgent && notice.consented {
        return Decision::Now;
    }
    if let Some(end) = hours.focus_end(now, notice.sender) {
        return hold(hours.reachable_from(end, notice.sender), Why::Focus);
    }
    if hours.is_quiet(now) {
        return hold(hours.reachable_from(now, notice.sender), Why::Quiet);
    }
    let Some(slot) = next_batch(profile, hours, now) else {
        return Decision::Now;
    };
    let latest = notice
        .due
        .map_or(slot, |due| with_time_left(hours, now, due, LEAD));
    if latest <= now {
        return Decision::Now;
    }
    Decision::Batch(slot.min(latest))
}

/// Who never works is never told: there is no moment to wait for.
fn hold(until: Option<Timestamp>, why: Why) -> Decision {
    until.map_or(Decision::Silent, |until| Decision::Hold(until, why))
}

/// For someone who has just come in: what names them is live, the rest comes three times a day.
pub fn first_profile(names_them: bool) -> Profile {
    if names_them {
        Profile::Live
    } else {
        Profile::ThreeTimes
    }
}

/// When the next batch of this profile comes, at a moment that is neither quiet nor focus. None: at once. A batch whose time
/// lies in a break comes after it, with what came in the break.
fn next_batch(profile: Profile, hours: &Hours, now: Timestamp) -> Option<Timestamp> {
    match profile {
        Profile::Live => return None,
        Profile::Hourly => return hours.reachable_from(next_full_hour(hours, now), None),
        Profile::ThreeTimes | Profile::Morning => {}
    }
    for ahead in [SOON, FAR] {
        let shifts = shifts_around(hours, now, ahead).into_iter();
        for slot in shifts.flat_map(|shift| batches_of(profile, shift)) {
            let told = hours.reachable_from(slot, None)?;
            if told > now {
                return Some(told);
            }
        }
    }
    None
}

/// Found by going forward: where the clock goes back, the next hour on the wall may lie behind, or hours ahead.
fn next_full_hour(hours: &Hours, now: Timestamp) -> Timestamp {
    let past_hour = |at: Timestamp| {
        let wall = hours.zone().wall(at);
        Duration::from_secs(
            60 * u64::from(wall.minute().unsigned_abs()) + u64::from(wall.second().unsigned_abs()),
        )
    };
    let next = now.after(HOUR - past_hour(now));
    let next = next.before(Duration::from_micros(next.0.rem_euclid(1_000_000).unsigned_abs()));
    // Clocks of half an hour: there the hour is not full yet.
    match past_hour(next) {
        Duration::ZERO => next,
        past => next.after(HOUR - past),
    }
}

fn batches_of(profile: Profile, shift: Span) -> Vec<Timestamp> {
    let long = shift.length() >= HOUR * 3;
    if profile == Profile::Morning || !long {
        return vec![shift.from];
    }
    vec![
        shift.from,
        shift.from.after(shift.length() / 2),
        shift.to.before(HOUR),
    ]
}

/// The days of work around a moment: from a beginning until nothing follows within a break, at most a day long. Work that
/// knows no such pause begins at midnight. What a beginning is can be told from the day before it alone, so two notices of
/// one day find the same batches.
fn shifts_around(hours: &Hours, now: Timestamp, ahead: Duration) -> Vec<Span> {
    let zone = hours.zone();
    let date = zone.date(now).saturating_sub(jiff::Span::new().days(3));
    let until = now.after(ahead);
    let work = merged(
        hours
            .work_from(zone.midnight(date))
            .take_while(|span| span.from < until)
            .collect(),
    );
    let known_from = now.before(DAY);
    let after_break =
        |pair: &[Span]| (pair[1].from > pair[0].to.after(LONGEST_BREAK)).then_some(pair[1].from);
    let mut begins: Vec<Timestamp> = work.first().map(|span| span.from).into_iter().collect();
    begins.extend(work.windows(2).filter_map(after_break));
    let midnights = date
        .series(jiff::Span::new().days(1))
        .map(|date| zone.midnight(date));
    let has_begun = |at: Timestamp| {
        begins
            .iter()
            .any(|&begin| begin.before(DAY) < at && begin <= at && at < begin.after(DAY))
    };
    let is_at_work = |at: Timestamp| work.iter().any(|span| span.holds(at));
    let unbroken: Vec<Timestamp> = midnights
        .take_while(|&at| at < until)
        .filter(|&at| at >= known_from && is_at_work(at) && !has_begun(at))
        .collect();
    begins.extend(unbroken);
    begins.retain(|&begin| begin >= known_from);
    begins.sort_unstable();
    begins
        .into_iter()
        .filter_map(|begin| shift_from(begin, &work))
        .collect()
}

fn shift_from(begin: Timestamp, work: &[Span]) -> Option<Span> {
    let mut end = begin;
    for span in work.iter().filter(|span| span.to > begin) {
        if span.from > end.after(LONGEST_BREAK) && end > begin {
            break;
        }
        end = span.to;
    }
    Span::between(begin, end.min(begin.after(DAY)))
}

/// Something that waits to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    pub urgent: bool,
    pub due: Option<Timestamp>,
    pub at: Timestamp,
}

/// The order in which held notices are told: urgent, then what is due, soonest first, then as they came.
pub fn release_key(held: &Held) -> (bool, bool, Option<Timestamp>, Timestamp) {
    (!held.urgent, held.due.is_none(), held.due, held.at)
}

/// "7 held, none needs you before 14:00."
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    pub n_held: usize,
    pub n_asks: usize,
    pub first_due: Option<Timestamp>,
}

pub fn summary(held: &[Held]) -> Summary {
    let dues = || held.iter().filter_map(|held| held.due);
    Summary {
        n_held: held.len(),
        n_asks: dues().count(),
        first_due: dues().min(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        charter::Pace,
        due::{due, working_between},
        hours::{Focus, FocusTime},
        testing::{any, at, daily, hours, minutes, office, shown, slot, zone},
        week::Week,
    };
    use jiff::civil::Weekday;
    use proptest::prelude::*;

    const ZONE: &str = "Europe/London";

    fn moment(text: &str) -> Timestamp {
        at(&format!("2026-11-{text}[{ZONE}]"))
    }

    fn plain() -> Notice {
        Notice {
            sender: None,
            due: None,
            urgent: false,
            consented: false,
            muted: false,
        }
    }

    #[track_caller]
    fn check(notice: &Notice, profile: Profile, hours: &Hours, now: &str, expected: &str) {
        let said = match decide(notice, profile, hours, moment(now)) {
            Decision::Now => "now".to_owned(),
            Decision::Silent => "silent".to_owned(),
            Decision::Batch(at) => format!("batch {}", shown(at, ZONE)),
            Decision::Hold(at, Why::Focus) => format!("focus {}", shown(at, ZONE)),
            Decision::Hold(at, Why::Quiet) => format!("quiet {}", shown(at, ZONE)),
        };
        assert_eq!(said.trim_end_matches("+00:00"), expected);
    }

    #[test]
    fn the_order_of_the_rules() {
        let [ann, bob] = [PersonId::random(), PersonId::random()];
        let focus = Focus {
            when: FocusTime::Once(Span {
                from: moment("24T10:00"),
                to: moment("24T11:30"),
            }),
            allowed: vec![ann],
        };
        let person = office(ZONE).with_focus(vec![focus]);
        let urgent = Notice {
            urgent: true,
            consented: true,
            ..plain()
        };
        let from = |sender| Notice {
            sender: Some(sender),
            ..plain()
        };
        let muted = Notice {
            muted: true,
            ..urgent
        };
        let unasked = Notice {
            consented: false,
            ..urgent
        };
        check(&muted, Profile::Live, &person, "24T03:10", "silent");
        check(&urgent, Profile::Morning, &person, "24T03:10", "now");
        check(
            &unasked,
            Profile::Live,
            &person,
            "24T03:10",
            "quiet Tue 2026-11-24T09:00",
        );
        check(
            &from(bob),
            Profile::Live,
            &person,
            "24T10:15",
            "focus Tue 2026-11-24T11:30",
        );
        check(&from(ann), Profile::Live, &person, "24T10:15", "now");
        check(
            &plain(),
            Profile::Live,
            &person,
            "24T10:15",
            "focus Tue 2026-11-24T11:30",
        );
        check(
            &plain(),
            Profile::Live,
            &person,
            "20T17:00",
            "quiet Mon 2026-11-23T09:00",
        );
        check(&plain(), Profile::Live, &person, "24T12:00", "now");
    }

    #[test]
    fn batches() {
        let person = office(ZONE);
        check(
            &plain(),
            Profile::Hourly,
            &person,
            "24T10:15",
            "batch Tue 2026-11-24T11:00",
        );
        check(
            &plain(),
            Profile::Hourly,
            &person,
            "24T16:15",
            "batch Wed 2026-11-25T09:00",
        );
        check(
            &plain(),
            Profile::ThreeTimes,
            &person,
            "24T09:15",
            "batch Tue 2026-11-24T13:00",
        );
        check(
            &plain(),
            Profile::ThreeTimes,
            &person,
            "24T13:00",
            "batch Tue 2026-11-24T16:00",
        );
        check(
            &plain(),
            Profile::ThreeTimes,
            &person,
            "20T16:30",
            "batch Mon 2026-11-23T09:00",
        );
        check(
            &plain(),
            Profile::Morning,
            &person,
            "24T09:15",
            "batch Wed 2026-11-25T09:00",
        );
    }

    #[test]
    fn the_next_full_hour_is_near_wherever_clocks_go_back() {
        // From the tz database: three hours back at 03:00 in Casey, half an hour back at 02:00 on Lord Howe.
        for (zone_name, now, next) in [
            (
                "Antarctica/Casey",
                "2019-03-16T15:59:30Z[UTC]",
                "2019-03-16T16:00:00Z[UTC]",
            ),
            (
                "Australia/Lord_Howe",
                "2026-04-04T14:50:00Z[UTC]",
                "2026-04-04T15:30:00Z[UTC]",
            ),
            (
                "Asia/Kolkata",
                "2026-11-24T10:45:00Z[UTC]",
                "2026-11-24T11:30:00Z[UTC]",
            ),
            (ZONE, "2026-11-24T10:00:00Z[UTC]", "2026-11-24T11:00:00Z[UTC]"),
        ] {
            assert_eq!(
                next_full_hour(&office(zone_name), at(now)),
                at(next),
                "{zone_name}"
            );
        }
    }

    #[test]
    fn a_batch_makes_nobody_late() {
        let due = |text| Notice {
            due: Some(moment(text)),
            ..plain()
        };
        let person = office(ZONE);
        // Half an hour of work is left at 9:30 on the next day.
        check(
            &due("25T10:00"),
            Profile::Morning,
            &person,
            "24T09:15",
            "batch Wed 2026-11-25T09:00",
        );
        check(
            &due("25T09:15"),
            Profile::Morning,
            &person,
            "24T09:15",
            "batch Tue 2026-11-24T16:45",
        );
        check(
            &due("24T11:00"),
            Profile::ThreeTimes,
            &person,
            "24T09:15",
            "batch Tue 2026-11-24T10:30",
        );
        check(&due("24T09:40"), Profile::ThreeTimes, &person, "24T09:15", "now");
    }

    #[test]
    fn what_must_be_known_by_the_beginning_of_focus_does_not_break_into_it() {
        let focus = Focus {
            when: FocusTime::Once(Span {
                from: moment("24T16:30"),
                to: moment("24T18:00"),
            }),
            allowed: vec![],
        };
        let person = office(ZONE).with_focus(vec![focus]);
        let ask = |due| Notice {
            due: Some(moment(due)),
            ..plain()
        };
        // Half an hour is left at 16:30, when the focus begins, and at 09:00 just as much.
        let next_day = "batch Wed 2026-11-25T09:00";
        check(&ask("25T09:30"), Profile::Hourly, &person, "24T16:00", next_day);
        check(
            &ask("25T09:29"),
            Profile::Hourly,
            &person,
            "24T16:00",
            "batch Tue 2026-11-24T16:29",
        );
    }

    #[test]
    fn a_window_across_midnight_is_one_window() {
        let night = Hours::new(zone(ZONE), daily(22, 6));
        check(
            &plain(),
            Profile::Morning,
            &night,
            "24T23:00",
            "batch Wed 2026-11-25T22:00",
        );
        check(
            &plain(),
            Profile::Morning,
            &night,
            "25T01:00",
            "batch Wed 2026-11-25T22:00",
        );
        check(
            &plain(),
            Profile::ThreeTimes,
            &night,
            "24T23:00",
            "batch Wed 2026-11-25T02:00",
        );
        let sleeper = Hours::new(zone(ZONE), daily(0, 0)).with_quiet(daily(22, 7));
        check(
            &plain(),
            Profile::Live,
            &sleeper,
            "24T23:00",
            "quiet Wed 2026-11-25T07:00",
        );
        check(
            &plain(),
            Profile::Live,
            &sleeper,
            "25T06:59",
            "quiet Wed 2026-11-25T07:00",
        );
    }

    #[test]
    fn a_lunch_break_makes_one_day_of_two_stretches() {
        let slots = [slot(Weekday::Tuesday, 9, 12), slot(Weekday::Tuesday, 13, 17)];
        let person = Hours::new(zone(ZONE), Week::new(slots).unwrap());
        check(
            &plain(),
            Profile::Morning,
            &person,
            "24T09:15",
            "batch Tue 2026-12-01T09:00",
        );
        check(
            &plain(),
            Profile::ThreeTimes,
            &person,
            "24T09:15",
            "batch Tue 2026-11-24T13:00",
        );
        check(
            &plain(),
            Profile::Live,
            &person,
            "24T12:30",
            "quiet Tue 2026-11-24T13:00",
        );
    }

    #[test]
    fn a_batch_in_a_break_comes_after_it_with_what_came_in_the_break() {
        let slots = [slot(Weekday::Tuesday, 9, 13), slot(Weekday::Tuesday, 15, 17)];
        let person = Hours::new(zone(ZONE), Week::new(slots).unwrap()).with_quiet(Week::default());
        for now in ["24T12:00", "24T14:00"] {
            check(
                &plain(),
                Profile::ThreeTimes,
                &person,
                now,
                "batch Tue 2026-11-24T15:00",
            );
        }
    }

    #[test]
    fn whoever_moves_to_another_zone_is_told_in_their_new_morning() {
        let held_in_london = decide(&plain(), Profile::Live, &office(ZONE), moment("24T20:00"));
        assert_eq!(held_in_london, Decision::Hold(moment("25T09:00"), Why::Quiet));
        let in_tokyo = decide(&plain(), Profile::Live, &office("Asia/Tokyo"), moment("24T20:00"));
        assert_eq!(in_tokyo, Decision::Hold(moment("25T00:00"), Why::Quiet));
    }

    #[test]
    fn asks_first_when_held_notices_are_told() {
        let held = |urgent, due: Option<&str>, at| Held {
            urgent,
            due: due.map(moment),
            at: moment(at),
        };
        let mut all = [
            held(false, None, "24T01:00"),
            held(false, Some("24T15:00"), "24T03:00"),
            held(false, Some("24T14:00"), "24T04:00"),
            held(true, None, "24T05:00"),
        ];
        assert_eq!(
            summary(&all),
            Summary {
                n_held: 4,
                n_asks: 2,
                first_due: Some(moment("24T14:00"))
            }
        );
        all.sort_by_key(release_key);
        assert_eq!(
            all.map(|held| held.at),
            ["24T05:00", "24T04:00", "24T03:00", "24T01:00"].map(moment)
        );
    }

    fn profile() -> impl Strategy<Value = Profile> {
        prop::sample::select(vec![
            Profile::Live,
            Profile::Hourly,
            Profile::ThreeTimes,
            Profile::Morning,
        ])
    }

    proptest! {
        #[test]
        fn nothing_that_is_not_urgent_interrupts_quiet_or_focus(
            person in any::hours(), profile in profile(), now in any::moment(), due_in in prop::option::of(0_u64..9_000),
        ) {
            let notice = Notice { due: due_in.map(|n| now.after(minutes(n))), ..plain() };
            let told = match decide(&notice, profile, &person, now) {
                Decision::Now => now,
                Decision::Batch(at) | Decision::Hold(at, _) => at,
                Decision::Silent => return Ok(()),
            };
            prop_assert!(told >= now);
            prop_assert!(!person.is_quiet(told), "quiet at {told:?}");
            prop_assert_eq!(person.focus_end(told, None), None);
            // And once it is told, it is told: asking again at that moment holds nothing back any more.
            if told > now {
                let again = decide(&notice, Profile::Live, &person, told);
                prop_assert_eq!(again, Decision::Now);
            }
        }

        #[test]
        fn shaping_makes_nobody_late(
            person in any::hours(), profile in profile(), now in any::moment(), n_minutes in 60_u64..3_000,
        ) {
            let Some(due) = due(Pace::Working(minutes(n_minutes)), &person, now) else { return Ok(()) };
            let told = match decide(&Notice { due: Some(due), ..plain() }, profile, &person, now) {
                Decision::Now => now,
                Decision::Batch(at) | Decision::Hold(at, _) => at,
                Decision::Silent => return Err(TestCaseError::fail("an ask that can be answered is told")),
            };
            prop_assert!(working_between(&person, told, due) >= LEAD);
        }

        #[test]
        fn a_batch_is_a_batch(person in any::hours(), now in any::moment(), wait in 1_u64..300) {
            // Two notices with nothing but time between them, and no slot in that time, come together.
            let later = now.after(minutes(wait));
            if let (Decision::Batch(first), Decision::Batch(second)) =
                (decide(&plain(), Profile::ThreeTimes, &person, now), decide(&plain(), Profile::ThreeTimes, &person, later))
                && later < first
            {
                prop_assert_eq!(first, second);
            }
        }
    }

    #[test]
    fn hours_that_never_come_hold_nothing_for_ever() {
        let nobody = Hours::new(zone(ZONE), Week::default());
        check(&plain(), Profile::Live, &nobody, "24T12:00", "silent");
        let always = Hours::new(zone(ZONE), daily(0, 0));
        check(&plain(), Profile::Live, &always, "24T03:00", "now");
        check(
            &plain(),
            Profile::Morning,
            &always,
            "24T03:00",
            "batch Wed 2026-11-25T00:00",
        );
        assert_eq!(hours(24), DAY);
    }
}
