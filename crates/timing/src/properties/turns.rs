//! Charters and whose turn it is: by when, on whose clock, and what each move does to it.

use crate::{
    charter::{CEILING, Charter, FLOOR, Kind, Pace, URGENT_FLOOR, default_pace, expected},
    due::{due, spent},
    hours::Hours,
    testing::{any, hours, minutes},
    turn::{Ask, Move, Needs, Outcome, SeatState},
};
use base::{PersonId, Timestamp};
use proptest::prelude::*;
use std::time::Duration;

const KINDS: [Kind; 3] = [Kind::Normal, Kind::Feedback, Kind::Urgent];

fn paces() -> impl Strategy<Value = Option<Pace>> {
    let length = (1_u64..90 * 24).prop_map(hours);
    prop::option::of(prop_oneof![
        length.clone().prop_map(Pace::Working),
        length.prop_map(Pace::Elapsed)
    ])
}

fn charters() -> impl Strategy<Value = Charter> {
    [paces(), paces(), paces()].prop_map(|paces| {
        let mut charter = Charter::default();
        for (kind, pace) in KINDS.into_iter().zip(paces) {
            charter.set(kind, pace).unwrap();
        }
        charter
    })
}

fn people<const N: usize>() -> [PersonId; N] {
    std::array::from_fn(|_| PersonId::random())
}

fn asked(needs: Needs, pace: Pace, holders: &[(PersonId, &Hours)], now: Timestamp) -> Ask {
    Ask::new(PersonId::random(), needs, pace, holders.iter().copied(), now)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// The nearest scope that says something wins, field by field.
    #[test]
    fn the_nearest_wins_field_by_field(scopes in prop::collection::vec(charters(), 0..5)) {
        for kind in KINDS {
            let nearest = scopes.iter().filter_map(|charter| charter.get(kind)).next_back();
            prop_assert_eq!(expected(kind, &scopes), nearest.unwrap_or(default_pace(kind)));
        }
    }

    /// What is set for one kind changes no other; taken back, what was before holds.
    #[test]
    fn what_a_scope_says_changes_one_field_and_is_given_back(around in prop::collection::vec(charters(), 0..4), nearest in charters(), idx in 0_usize..3, pace in paces()) {
        let with = |nearest: Charter| [around.clone(), vec![nearest]].concat();
        let before = KINDS.map(|kind| expected(kind, &with(nearest)));
        let mut changed = nearest;
        changed.set(KINDS[idx], pace).unwrap();
        for (kind, before) in KINDS.into_iter().zip(before) {
            prop_assert!(kind == KINDS[idx] || expected(kind, &with(changed)) == before);
        }
        changed.set(KINDS[idx], None).unwrap();
        prop_assert_eq!(expected(KINDS[idx], &with(changed)), expected(KINDS[idx], &around));
        changed.set(KINDS[idx], nearest.get(KINDS[idx])).unwrap();
        prop_assert_eq!(changed, nearest);
    }

    #[test]
    fn no_pace_is_too_soon_or_never(n_minutes in 0_u64..91 * 24 * 60, idx in 0_usize..3, is_working in any::<bool>()) {
        let length = minutes(n_minutes);
        let pace = if is_working { Pace::Working(length) } else { Pace::Elapsed(length) };
        let floor = if KINDS[idx] == Kind::Urgent { URGENT_FLOOR } else { FLOOR };
        let mut charter = Charter::default();
        let is_set = charter.set(KINDS[idx], Some(pace)).is_ok();
        prop_assert_eq!(is_set, (floor..=CEILING).contains(&length));
        prop_assert_eq!(charter.get(KINDS[idx]), is_set.then_some(pace));
    }

    /// Of any one it is the soonest, of all each their own and the last at the head.
    #[test]
    fn the_first_of_any_and_the_last_of_all(some in any::hours(), other in any::hours(), (third, at) in any::hours_at_a_change(), n_minutes in 60_u64..3_000) {
        let [ann, bob, cem] = people();
        let holders = [(ann, &some), (bob, &other), (cem, &third)];
        let pace = Pace::Working(minutes(n_minutes));
        let dues = holders.map(|(_, hours)| due(pace, hours, at));
        let (any, all) = (asked(Needs::Any, pace, &holders, at), asked(Needs::All, pace, &holders, at));
        for ((person, _), due) in holders.iter().zip(dues) {
            prop_assert_eq!(any.due_for(*person), due);
            prop_assert_eq!(all.due_for(*person), due);
        }
        prop_assert_eq!(any.due(), dues.into_iter().flatten().min());
        prop_assert_eq!(all.due(), dues.into_iter().flatten().max());
    }

    /// A promise within three times what was expected holds as it was given; a longer one waits for the asker's word, and until
    /// then what was due stays due.
    #[test]
    fn a_promise_holds_within_three_times((person, now) in any::hours_at_a_change(), n_minutes in 60_u64..1_000, wait in 1_u64..9_000) {
        let [ann] = people();
        let pace = Pace::Working(minutes(n_minutes));
        let mut ask = asked(Needs::Any, pace, &[(ann, &person)], now);
        let before = ask.due();
        let until = now.after(minutes(wait));
        let is_within = due(pace.times(3), &person, now).is_some_and(|latest| until <= latest);
        let made = ask.make(ann, Move::Promise(until), &person, now).unwrap();
        prop_assert_eq!(made, if is_within { Outcome::Moved } else { Outcome::AskerIsAsked });
        prop_assert_eq!(ask.due(), if is_within { Some(until) } else { before });
        if !is_within {
            let asker = ask.asker;
            ask.make(asker, Move::Grant(ann), &person, now).unwrap();
            prop_assert_eq!(ask.due(), Some(until));
        }
    }

    /// However long the ball lies with the asker, the holder has as much time after as was left before.
    #[test]
    fn the_clock_stands_still_while_the_ball_is_with_the_asker(
        (person, now) in any::hours_at_a_change(), n_minutes in 60_u64..3_000, held in 0_u64..6_000, away in 0_u64..9_000, is_working in any::<bool>(),
    ) {
        let [ann] = people();
        let length = minutes(n_minutes);
        let pace = if is_working { Pace::Working(length) } else { Pace::Elapsed(length) };
        let mut ask = asked(Needs::All, pace, &[(ann, &person)], now);
        let asker = ask.asker;
        let back = now.after(minutes(held));
        ask.make(ann, Move::AskBack, &person, back).unwrap();
        prop_assert!(ask.is_on(asker) && !ask.is_on(ann) && ask.due().is_none());
        let again = back.after(minutes(away));
        ask.make(asker, Move::Resume, &person, again).unwrap();
        let left = length.saturating_sub(spent(pace, &person, now, back));
        prop_assert!(ask.is_on(ann) && !ask.is_on(asker));
        if let Some(due) = ask.due() {
            prop_assert_eq!(spent(pace, &person, again, due), left);
        }
    }

    #[test]
    fn passing_starts_the_clock_anew((person, now) in any::hours_at_a_change(), n_minutes in 60_u64..3_000, held in 0_u64..6_000) {
        let [ann, bob] = people();
        let pace = Pace::Working(minutes(n_minutes));
        let mut ask = asked(Needs::Any, pace, &[(ann, &person)], now);
        let passed = now.after(minutes(held));
        ask.make(ann, Move::Pass(bob), &person, passed).unwrap();
        prop_assert_eq!(ask.due_for(bob), due(pace, &person, passed));
        prop_assert!(ask.is_on(bob) && !ask.is_on(ann));
    }

    /// An emoji changes nothing; what is withdrawn is on nobody and due at no time.
    #[test]
    fn a_reaction_is_no_answer_and_what_is_withdrawn_is_nobody_s((person, now) in any::hours_at_a_change(), wait in 0_u64..9_000, needs in prop_oneof![Just(Needs::Any), Just(Needs::All)]) {
        let [ann, bob] = people();
        let mut ask = asked(needs, Pace::Working(hours(4)), &[(ann, &person), (bob, &person)], now);
        let (before, asker, then) = (ask.clone(), ask.asker, now.after(minutes(wait)));
        prop_assert_eq!(ask.make(ann, Move::React { in_poll: false }, &person, then), Ok(Outcome::Nothing));
        prop_assert_eq!(&ask, &before);
        ask.make(asker, Move::Withdraw, &person, then).unwrap();
        prop_assert!(![ann, bob, asker].iter().any(|&person| ask.is_on(person)));
        prop_assert!(!ask.is_open() && ask.due().is_none() && !ask.is_overdue(Timestamp(i64::MAX)));
    }

    /// Each answer of an ask of all takes one off, the last one closes it; of any, the first.
    #[test]
    fn answers_close_it((person, now) in any::hours_at_a_change(), n in 1_usize..5, wants_all in any::<bool>()) {
        let everyone: [PersonId; 5] = people();
        let holders: Vec<_> = everyone[..n].iter().map(|&one| (one, &person)).collect();
        let mut ask = asked(if wants_all { Needs::All } else { Needs::Any }, Pace::Working(Duration::from_secs(3_600)), &holders, now);
        for (idx, &(one, _)) in holders.iter().enumerate() {
            if !wants_all && idx > 0 {
                break;
            }
            prop_assert!(ask.is_open());
            ask.make(one, Move::Answer, &person, now).unwrap();
            prop_assert!(ask.seats.iter().filter(|seat| seat.state == SeatState::Answered).count() == idx + 1);
        }
        prop_assert!(!ask.is_open());
    }
}
