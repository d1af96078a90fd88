//! A fortnight of people in six zones, whatever their hours are: nothing that is not urgent interrupts anybody's quiet or time to
//! think, and nothing that is held is forgotten. Pure: the same questions that the server asks, in the same order.

use crate::model::{Called, Cause, Wait};
use base::{PersonId, Timestamp};
use jiff::civil::Weekday;
use platform::testing::START;
use proptest::prelude::*;
use std::time::Duration;
use timing::{
    delivery::Profile,
    hours::{Focus, FocusTime, Hours},
    week::{Slot, Week, Zone},
};

const ZONES: [&str; 6] = [
    "Europe/London",
    "America/Los_Angeles",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "America/St_Johns",
    "Asia/Tokyo",
];
const PROFILES: [Profile; 4] = [
    Profile::Live,
    Profile::Hourly,
    Profile::ThreeTimes,
    Profile::Morning,
];
const FORTNIGHT_MIN: u64 = 14 * 24 * 60;
/// More looks than any notice needs: each ends a quiet or a focus.
const LOOKS_MAX: usize = 60;

type Lines = Vec<(i8, u16, u16)>;

fn week(lines: &Lines) -> Week {
    let slot = |&(day, from, to): &(i8, u16, u16)| {
        let weekday = Weekday::from_monday_one_offset(day).ok()?;
        Slot::new(weekday, from, to).ok()
    };
    Week::new(lines.iter().filter_map(slot)).unwrap_or_default()
}

fn lines(n: std::ops::Range<usize>) -> impl Strategy<Value = Lines> {
    prop::collection::vec((1_i8..=7, 0_u16..1_440, 0_u16..=1_440), n)
}

/// Work, perhaps a quiet of one's own, time to think, and who gets through.
fn hours(friend: PersonId) -> impl Strategy<Value = Hours> {
    let quiet = prop::option::of(lines(1..5));
    (0..ZONES.len(), lines(0..10), quiet, lines(0..4)).prop_map(move |(zone, work, quiet, focus)| {
        let zone = Zone::find(ZONES[zone]).expect("a zone");
        let focus = Focus {
            when: FocusTime::Weekly(week(&focus)),
            allowed: vec![friend],
        };
        let hours = Hours::new(zone, week(&work)).with_focus(vec![focus]);
        match quiet {
            Some(quiet) => hours.with_quiet(week(&quiet)),
            None => hours,
        }
    })
}

fn at(minutes: u64) -> Timestamp {
    START.after(Duration::from_secs(minutes * 60))
}

/// When it is told; None: it is read before, or its person never works.
fn live(
    called: &Called,
    (profile, said, read): (Profile, Timestamp, Timestamp),
    (before, after, change): (&Hours, &Hours, Timestamp),
) -> Option<Timestamp> {
    let hours_at = |now: Timestamp| if now < change { before } else { after };
    let mut now = said;
    let mut wait = Wait::of(called.decide(profile, hours_at(now), now), now)?;
    for _ in 0..LOOKS_MAX {
        if now < change && change < wait.release_at {
            now = change;
            wait = Wait::of(called.decide(profile, after, now), now).unwrap_or(Wait {
                release_at: now,
                held_until: None,
            });
            continue;
        }
        assert!(wait.release_at >= now, "nothing is told in the past");
        now = wait.release_at;
        if read <= now {
            return None;
        }
        wait = Wait::of(called.decide_due(hours_at(now), now), now)?;
        if wait.release_at <= now {
            return Some(now);
        }
    }
    panic!("it is neither told nor read");
}

proptest! {
    #[test]
    fn nothing_interrupts_quiet_or_focus_and_nothing_is_forgotten(
        before in hours(PersonId(uuid::Uuid::from_u128(1))),
        after in hours(PersonId(uuid::Uuid::from_u128(1))),
        change in 0..FORTNIGHT_MIN,
        profile in 0..PROFILES.len(),
        said in prop::collection::vec((0..FORTNIGHT_MIN, 0..4_usize, any::<bool>(), any::<bool>(), 0..3 * FORTNIGHT_MIN), 1..20),
    ) {
        for (minute, cause, is_friend, is_urgent, read_after) in said {
            let called = Called {
                cause: Cause::ALL[cause],
                sender: is_friend.then_some(PersonId(uuid::Uuid::from_u128(1))),
                due: None,
                urgent: is_urgent,
                consented: false,
                muted: false,
            };
            let when = (PROFILES[profile], at(minute), at(minute + 1 + read_after));
            if let Some(told) = live(&called, when, (&before, &after, at(change))) {
                let hours = if told < at(change) { &before } else { &after };
                prop_assert!(!hours.is_quiet(told), "told in quiet");
                prop_assert!(hours.focus_end(told, called.sender).is_none(), "told while thinking");
            }
        }
    }

    /// The one thing that passes: urgent, and agreed to.
    #[test]
    fn an_urgent_page_that_is_agreed_to_is_told_at_once(hours in hours(PersonId(uuid::Uuid::from_u128(1))), minute in 0..FORTNIGHT_MIN) {
        let called = Called {
            cause: Cause::Direct,
            sender: None,
            due: None,
            urgent: true,
            consented: true,
            muted: false,
        };
        let now = at(minute);
        let wait = Wait::of(called.decide(Profile::Morning, &hours, now), now);
        prop_assert_eq!(wait.map(|wait| wait.release_at), Some(now));
    }
}
