//! What interrupts whom: the order of the rules, calls that wake somebody, and where a message lands.

use crate::{
    delivery::{Decision, Held, Notice, Profile, Why, decide, release_key, summary},
    landing::{Choice, Failure, GRACE, OutsideHours, Scheduled, land, may_ask, scheduled},
    testing::{any, minutes, zone},
    urgent::{
        BUDGET, Level, MAX_DIRECT_RECIPIENTS, Plan, REPEAT, Reaction, Recipient, Trail, WAIT_FLOOR, budget,
        check, plan,
    },
};
use base::{PersonId, Timestamp};
use proptest::prelude::*;

const START: Timestamp = Timestamp(1_700_000_000_000_000);

fn profiles() -> impl Strategy<Value = Profile> {
    prop::sample::select(vec![
        Profile::Live,
        Profile::Hourly,
        Profile::ThreeTimes,
        Profile::Morning,
    ])
}

fn notices() -> impl Strategy<Value = Notice> {
    any::<[bool; 3]>().prop_map(|[urgent, consented, muted]| Notice {
        sender: None,
        due: None,
        urgent,
        consented,
        muted,
    })
}

/// Levels of three people each, some of whom may not be called before a minute.
fn chains() -> impl Strategy<Value = Vec<Level>> {
    let person = prop::option::of(1_u64..200);
    let level = (prop::collection::vec(person, 0..4), 2_u64..30);
    prop::collection::vec(level, 1..5).prop_map(|levels| {
        let recipient = |not_before: Option<u64>| Recipient {
            person: PersonId::random(),
            not_before: not_before.map(|n| START.after(minutes(n))),
        };
        let level = |(people, wait): (Vec<Option<u64>>, u64)| Level {
            people: people.into_iter().map(recipient).collect(),
            wait: minutes(wait),
        };
        levels.into_iter().map(level).collect()
    })
}

/// Looks each minute and makes the calls that are due.
fn run(chain: &[Level], trail: &mut Trail, from: u64, until: u64) -> Option<u64> {
    for minute in from..until {
        match plan(chain, START, trail, START.after(minutes(minute))) {
            Plan::Go { pages, .. } => trail.pages.extend(pages),
            _ => return Some(minute),
        }
    }
    None
}

proptest! {
    /// muted, urgent and agreed, focus, quiet, batches: in this order.
    #[test]
    fn the_rules_come_in_their_order((person, now) in any::hours_at_a_change(), profile in profiles(), notice in notices()) {
        let decision = decide(&notice, profile, &person, now);
        let is_focus = person.focus_end(now, None).is_some();
        let is_never = person.reachable_from(now, None).is_none();
        match decision {
            _ if notice.muted => prop_assert_eq!(decision, Decision::Silent),
            _ if notice.urgent && notice.consented => prop_assert_eq!(decision, Decision::Now),
            Decision::Silent => prop_assert!(is_never),
            Decision::Hold(at, Why::Focus) => prop_assert!(is_focus && at >= person.focus_end(now, None).unwrap()),
            Decision::Hold(at, Why::Quiet) => {
                prop_assert!(!is_focus && person.is_quiet(now));
                prop_assert_eq!(Some(at), person.reachable_from(now, None));
            }
            Decision::Batch(at) => prop_assert!(!is_focus && !person.is_quiet(now) && profile != Profile::Live && at > now),
            Decision::Now => prop_assert!(!is_focus && !person.is_quiet(now)),
        }
    }

    /// Hourly is at most an hour and more seldom never sooner; live is at once.
    #[test]
    fn hourly_waits_an_hour_at_most_while_somebody_is_there((person, now) in any::hours_at_a_change()) {
        let notice = Notice { sender: None, due: None, urgent: false, consented: false, muted: false };
        if let Decision::Batch(at) = decide(&notice, Profile::Hourly, &person, now) {
            // Later only when at the full hour they are not there.
            let full = now.after(minutes(90));
            let is_there = (1..=90).all(|n| person.reachable_from(now.after(minutes(n)), None) == Some(now.after(minutes(n))));
            prop_assert!(at <= full || !is_there, "{at:?}");
        }
    }

    /// Told together: what is urgent first, then by when it is due, what is due at no time last, then as it came.
    #[test]
    fn what_was_held_is_told_in_one_order(held in prop::collection::vec((any::<bool>(), prop::option::of(0_i64..5), 0_i64..5), 0..12)) {
        let mut held: Vec<Held> = held.into_iter().map(|(urgent, due, at)| Held { urgent, due: due.map(Timestamp), at: Timestamp(at) }).collect();
        let told = summary(&held);
        prop_assert_eq!((told.n_held, told.n_asks), (held.len(), held.iter().filter(|one| one.due.is_some()).count()));
        prop_assert_eq!(told.first_due, held.iter().filter_map(|one| one.due).min());
        held.sort_by_key(release_key);
        for pair in held.windows(2) {
            let (one, next) = (&pair[0], &pair[1]);
            let due = |held: &Held| held.due.unwrap_or(Timestamp(i64::MAX));
            prop_assert!(one.urgent >= next.urgent);
            prop_assert!(one.urgent != next.urgent || due(one) <= due(next));
            prop_assert!(one.urgent != next.urgent || due(one) != due(next) || one.at <= next.at);
        }
    }

    /// Whoever may not be woken is not called before their time, nobody before the step they are in begins, nobody more often
    /// than each five minutes, and the chain ends with its waits.
    #[test]
    fn nobody_is_called_who_may_not_be_yet(chain in chains()) {
        let mut trail = Trail::default();
        let end = run(&chain, &mut trail, 0, 300);
        let waits: std::time::Duration = chain.iter().map(|level| level.wait).sum();
        prop_assert!(end.is_some_and(|minute| minutes(minute) <= waits));
        let mut before = START;
        for level in &chain {
            let n_there = level.people.iter().filter(|one| one.not_before.is_none()).count();
            for one in &level.people {
                let mut calls = trail.pages.iter().filter(|page| page.person == one.person).map(|page| page.at).collect::<Vec<_>>();
                calls.sort_unstable();
                prop_assert!(calls.first().is_none_or(|first| one.not_before.is_none_or(|from| *first >= from)));
                prop_assert!(calls.windows(2).all(|pair| pair[1] >= pair[0].after(REPEAT)));
                // Of a step in which somebody can be woken everybody who can be is called when it begins.
                prop_assert!(one.not_before.is_some() || calls.first() == Some(&before));
            }
            let reached = level.people.iter().any(|one| one.not_before.is_none_or(|from| from <= before));
            prop_assert!(n_there == 0 || reached);
            before = if reached { before.after(level.wait) } else { before };
        }
        prop_assert_eq!(end, Some(u64::try_from((before.0 - START.0) / 60_000_000).unwrap()));
    }

    /// After "I take it", an answer or a withdrawal nobody is called; after "not me" not this person.
    #[test]
    fn a_word_ends_the_calls(chain in chains(), at in 0_u64..60, idx in 0_usize..12, kind in 0_usize..3) {
        let mut trail = Trail::default();
        let everyone: Vec<PersonId> = chain.iter().flat_map(|level| &level.people).map(|one| one.person).collect();
        prop_assume!(!everyone.is_empty());
        let by = everyone[idx % everyone.len()];
        if run(&chain, &mut trail, 0, at).is_some() {
            return Ok(());
        }
        let now = START.after(minutes(at));
        match kind {
            0 => trail.reactions.push((by, Reaction::Take, now)),
            1 => trail.ended_at = Some(now),
            _ => trail.reactions.push((by, Reaction::NotMe, now)),
        }
        let n_before = trail.pages.len();
        let end = run(&chain, &mut trail, at, 300);
        let new = &trail.pages[n_before..];
        prop_assert!(end.is_some() && new.iter().all(|page| page.person != by));
        prop_assert!(kind == 2 || (new.is_empty() && end == Some(at)));
    }

    #[test]
    fn chains_and_budgets_have_their_bounds(chain in chains(), n_direct in 0_usize..9, n_sent in 0_u32..9, n_complaints in 0_u32..6) {
        let mut chain = chain;
        chain[0].people = (0..n_direct).map(|_| Recipient { person: PersonId::random(), not_before: None }).collect();
        let is_somebody = chain.iter().any(|level| !level.people.is_empty());
        prop_assert_eq!(check(&chain).is_ok(), n_direct <= MAX_DIRECT_RECIPIENTS && is_somebody);
        chain[0].wait = WAIT_FLOOR / 2;
        prop_assert!(check(&chain).is_err());
        let allowed = if n_complaints >= 3 { BUDGET / 2 } else { BUDGET };
        let told = budget(n_sent, n_complaints);
        prop_assert_eq!((told.left, told.needs_second), (allowed.saturating_sub(n_sent), n_sent >= allowed));
    }

    /// Of any group each person is reached in one way; with anybody there it is sent, with nobody there it never just goes out.
    #[test]
    fn each_is_reached_in_one_way(people in prop::collection::vec(any::hours(), 1..5), now in any::moment(), silent in any::<bool>()) {
        let sender = PersonId::random();
        let recipients: Vec<_> = people.iter().map(|hours| (PersonId::random(), hours)).collect();
        let landing = land(sender, recipients.iter().copied(), now);
        for (person, hours) in &recipients {
            let at = hours.reachable_from(now, Some(sender));
            prop_assert_eq!(landing.now.contains(person), at == Some(now));
            prop_assert_eq!(landing.never.contains(person), at.is_none());
            let later = landing.later.iter().find(|(one, _)| one == person).map(|(_, at)| *at);
            prop_assert_eq!(later, at.filter(|at| *at > now));
        }
        prop_assert!(landing.later.windows(2).all(|pair| pair[0].1 <= pair[1].1));
        let choices = landing.choices(if silent { OutsideHours::Silent } else { OutsideHours::Deliver });
        prop_assert_eq!(choices[0] == Choice::Send, !landing.now.is_empty());
        prop_assert_eq!(choices.contains(&Choice::Urgent), landing.now.is_empty());
        prop_assert!(choices.contains(&Choice::DeliverSilently));
        let first = landing.later.first().map(|(_, at)| Choice::DeliverAt(*at));
        prop_assert!(!landing.now.is_empty() || first.is_none_or(|first| choices[usize::from(silent)] == first));
    }

    /// However often somebody writes on one day, they are asked once; on the next day again.
    #[test]
    fn asked_at_most_once_a_day((name, from) in any::around_a_change(), waits in prop::collection::vec(0_u64..900, 1..30)) {
        let zone = zone(&name);
        let (mut now, mut last, mut days) = (from, None, Vec::new());
        for wait in waits {
            now = now.after(minutes(wait));
            if may_ask(last, &zone, now) {
                last = Some(now);
                days.push(zone.day(now));
            }
            prop_assert_eq!(days.last(), Some(&zone.day(now)), "on each day the first time");
        }
        prop_assert!(days.windows(2).all(|pair| pair[0] < pair[1]), "and no other");
    }

    #[test]
    fn what_was_scheduled_waits_goes_or_fails_in_the_open(due in 0_i64..5_000, now in 0_i64..10_000, may in any::<bool>()) {
        let at = |n: i64| Timestamp(START.0 + n * 60_000_000);
        let (due, now) = (at(due), at(now));
        let said = scheduled(due, may, now);
        let expected = match () {
            () if now < due => Scheduled::Wait(due),
            () if !may => Scheduled::Failed(Failure::AuthorGone),
            () if now > due.after(GRACE) => Scheduled::Failed(Failure::TooLate),
            () => Scheduled::Send,
        };
        prop_assert_eq!(said, expected);
    }
}
