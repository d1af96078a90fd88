//! Paging: who is called when, until somebody takes it.
//!
//! The plan is a function of the chain and of what has happened, so a server that starts again in the middle goes on where it
//! was: what stands in the trail is never done twice. Whoever has not agreed to be woken is told in their own time, and the
//! chain does not wait for them.

use base::{PersonId, Timestamp};
use std::{collections::HashSet, time::Duration};

pub const REPEAT: Duration = Duration::from_secs(5 * 60);
pub const WAIT: Duration = Duration::from_secs(10 * 60);
pub const WAIT_FLOOR: Duration = Duration::from_secs(2 * 60);
pub const MAX_DIRECT_RECIPIENTS: usize = 5;
/// Urgent asks of one sender in seven days, before a second person must confirm.
pub const BUDGET: u32 = 3;
/// So many "was not urgent" in thirty days halve the budget.
pub const COMPLAINTS_THAT_HALVE: u32 = 3;
const MAX_NESTING: usize = 8;

/// One step of the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    pub people: Vec<Recipient>,
    pub wait: Duration,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recipient {
    pub person: PersonId,
    /// None: may be called now. Else they have not agreed to be woken, and are told at this moment.
    pub not_before: Option<Timestamp>,
}

/// A call that was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Page {
    pub person: PersonId,
    /// 0 for the first call of this person, then one more for each repeat.
    pub nth: u32,
    pub at: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reaction {
    /// "I take it": ends the chain.
    Take,
    /// "Seen, not me": this person is called no more.
    NotMe,
}

/// Everything that has happened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trail {
    pub pages: Vec<Page>,
    pub reactions: Vec<(PersonId, Reaction, Timestamp)>,
    /// Answered, or withdrawn.
    pub ended_at: Option<Timestamp>,
}

/// What to do now, and when to look again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plan {
    Go {
        pages: Vec<Page>,
        look_again: Timestamp,
    },
    Taken(PersonId),
    Ended,
    /// The end of the chain: the sender is told that nobody acknowledged.
    NobodyAcknowledged,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("an urgent message reaches {MAX_DIRECT_RECIPIENTS} people at most")]
    TooMany,
    #[error("the next step comes after two minutes at the soonest")]
    TooShort,
    #[error("nobody is in the chain")]
    Nobody,
}

pub fn check(chain: &[Level]) -> Result<(), Error> {
    if chain
        .first()
        .is_some_and(|level| level.people.len() > MAX_DIRECT_RECIPIENTS)
    {
        return Err(Error::TooMany);
    }
    if chain.iter().any(|level| level.wait < WAIT_FLOOR) {
        return Err(Error::TooShort);
    }
    if chain.iter().all(|level| level.people.is_empty()) {
        return Err(Error::Nobody);
    }
    Ok(())
}

pub fn plan(chain: &[Level], sent_at: Timestamp, trail: &Trail, now: Timestamp) -> Plan {
    let taken = trail
        .reactions
        .iter()
        .find(|(_, reaction, _)| *reaction == Reaction::Take);
    if let Some(&(person, ..)) = taken {
        return Plan::Taken(person);
    }
    if trail.ended_at.is_some() {
        return Plan::Ended;
    }
    let end = end_of(chain, sent_at, trail);
    if now >= end {
        return Plan::NobodyAcknowledged;
    }
    let has_declined = |person| trail.reactions.iter().any(|&(by, ..)| by == person);
    let (mut pages, mut look_again) = (Vec::new(), end);
    let mut seen = HashSet::new();
    for (from, level) in starts(chain, sent_at, trail) {
        if from > now {
            look_again = look_again.min(from);
            continue;
        }
        for recipient in &level.people {
            if has_declined(recipient.person) || !seen.insert(recipient.person) {
                continue;
            }
            let (page, next) = page_of(recipient, from, trail, now);
            pages.extend(page);
            look_again = look_again.min(next);
        }
    }
    Plan::Go { pages, look_again }
}

/// The call that is due for one person, if one is, and when the next will be. Calls that were missed while the server was
/// away are not made up for: one is enough.
fn page_of(
    recipient: &Recipient,
    from: Timestamp,
    trail: &Trail,
    now: Timestamp,
) -> (Option<Page>, Timestamp) {
    let from = recipient.not_before.map_or(from, |at| at.max(from));
    let made = trail.pages.iter().filter(|page| page.person == recipient.person);
    let last = made.max_by_key(|page| page.nth);
    let (nth, due) = last.map_or((0, from), |page| {
        // Whoever has gone home meanwhile is called when they are back.
        (page.nth.saturating_add(1), page.at.after(REPEAT).max(from))
    });
    if due > now {
        return (None, due);
    }
    let page = Page {
        person: recipient.person,
        nth,
        at: now,
    };
    (Some(page), now.after(REPEAT))
}

/// When the next step would begin, if nobody reacts.
pub fn next_start(chain: &[Level], sent_at: Timestamp) -> Timestamp {
    end_of(chain, sent_at, &Trail::default())
}

/// When each step begins. A step in which nobody may be called now takes no time, and one in which all have said that it is
/// not for them takes no more.
fn starts<'c>(
    chain: &'c [Level],
    sent_at: Timestamp,
    trail: &'c Trail,
) -> impl Iterator<Item = (Timestamp, &'c Level)> {
    let mut at = sent_at;
    chain.iter().map(move |level| {
        let from = at;
        at = end_of_level(level, from, trail);
        (from, level)
    })
}

fn end_of(chain: &[Level], sent_at: Timestamp, trail: &Trail) -> Timestamp {
    chain
        .iter()
        .fold(sent_at, |at, level| end_of_level(level, at, trail))
}

fn end_of_level(level: &Level, from: Timestamp, trail: &Trail) -> Timestamp {
    let reached = level.people.iter();
    let mut reached = reached.filter(|recipient| recipient.not_before.is_none_or(|at| at <= from));
    let declined_at = |recipient: &Recipient| {
        let own = trail.reactions.iter().filter(|(by, ..)| *by == recipient.person);
        own.map(|&(.., at)| at).min()
    };
    let full = from.after(level.wait.max(WAIT_FLOOR));
    // Nobody is reached: no time. One who has not declined: all of it.
    let last = reached.try_fold(from, |last, recipient| {
        declined_at(recipient).map(|at| last.max(at))
    });
    last.map_or(full, |last| last.min(full))
}

/// Who or what a chain or a rota names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target<N> {
    Person(PersonId),
    /// A rota or a group, which may name others of its kind.
    Named(N),
}

/// The people behind these targets, each once, in order; groups that name each other in a circle end where they began.
pub fn people_of<N: Copy + Eq + std::hash::Hash>(
    targets: &[Target<N>],
    members: impl Fn(N) -> Vec<Target<N>>,
) -> Vec<PersonId> {
    let (mut people, mut seen) = (Vec::new(), HashSet::new());
    let mut open: Vec<(Target<N>, usize)> = targets.iter().rev().map(|&target| (target, 0)).collect();
    while let Some((target, depth)) = open.pop() {
        match target {
            Target::Person(person) if !people.contains(&person) => people.push(person),
            Target::Person(_) => {}
            Target::Named(name) if depth < MAX_NESTING && seen.insert(name) => {
                open.extend(members(name).into_iter().rev().map(|target| (target, depth + 1)));
            }
            Target::Named(_) => {}
        }
    }
    people
}

/// What a sender may still call urgent this week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    pub left: u32,
    /// A second person must confirm.
    pub needs_second: bool,
}

pub fn budget(n_sent_in_7_days: u32, n_complaints_in_30_days: u32) -> Budget {
    let halved = n_complaints_in_30_days >= COMPLAINTS_THAT_HALVE;
    let allowed = if halved { BUDGET / 2 } else { BUDGET };
    let left = allowed.saturating_sub(n_sent_in_7_days);
    Budget {
        left,
        needs_second: left == 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::minutes;
    use proptest::prelude::*;

    const START: Timestamp = Timestamp(1_700_000_000_000_000);

    fn now(n: u64) -> Timestamp {
        START.after(minutes(n))
    }

    fn may(person: PersonId) -> Recipient {
        Recipient {
            person,
            not_before: None,
        }
    }

    fn level(people: &[PersonId]) -> Level {
        Level {
            people: people.iter().map(|&person| may(person)).collect(),
            wait: WAIT,
        }
    }

    fn people<const N: usize>() -> [PersonId; N] {
        std::array::from_fn(|_| PersonId::random())
    }

    /// Looks at the plan whenever it wants to be looked at; the calls by minute.
    fn run(chain: &[Level], trail: &mut Trail, until: Timestamp) -> Vec<(u64, PersonId, u32)> {
        let (mut at, mut calls) = (START, Vec::new());
        while at <= until {
            let Plan::Go { pages, look_again } = plan(chain, START, trail, at) else {
                break;
            };
            assert!(look_again > at, "time goes on");
            calls.extend(pages.iter().map(|page| {
                let minute = u64::try_from((page.at.0 - START.0) / 60_000_000).unwrap();
                (minute, page.person, page.nth)
            }));
            trail.pages.extend(pages);
            at = look_again;
        }
        calls
    }

    #[test]
    fn a_chain_goes_on_until_its_end_and_says_so() {
        let [ann, bob] = people();
        let chain = [level(&[ann]), level(&[bob])];
        let mut trail = Trail::default();
        let calls = run(&chain, &mut trail, now(60));
        let expected = [
            (0, ann, 0),
            (5, ann, 1),
            (10, ann, 2),
            (10, bob, 0),
            (15, ann, 3),
            (15, bob, 1),
        ];
        assert_eq!(calls, expected);
        assert_eq!(plan(&chain, START, &trail, now(20)), Plan::NobodyAcknowledged);
    }

    #[test]
    fn taking_it_ends_the_chain_and_not_me_ends_the_calls() {
        let [ann, bob] = people();
        let chain = [level(&[ann, bob]), level(&[])];
        let mut trail = Trail::default();
        run(&chain, &mut trail, now(0));
        trail.reactions.push((ann, Reaction::NotMe, now(1)));
        let Plan::Go { pages, .. } = plan(&chain, START, &trail, now(5)) else {
            panic!()
        };
        assert_eq!(pages.iter().map(|page| page.person).collect::<Vec<_>>(), [bob]);
        trail.reactions.push((bob, Reaction::Take, now(6)));
        assert_eq!(plan(&chain, START, &trail, now(7)), Plan::Taken(bob));
    }

    #[test]
    fn a_step_in_which_all_have_said_not_me_takes_no_more_time() {
        let [ann, bob, cem] = people();
        let chain = [level(&[ann, bob]), level(&[cem])];
        let mut trail = Trail::default();
        run(&chain, &mut trail, now(0));
        trail.reactions.push((ann, Reaction::NotMe, now(1)));
        trail.reactions.push((bob, Reaction::NotMe, now(3)));
        let Plan::Go { pages, .. } = plan(&chain, START, &trail, now(3)) else {
            panic!()
        };
        assert_eq!(pages.iter().map(|page| page.person).collect::<Vec<_>>(), [cem]);
        trail.pages.extend(pages);
        assert!(
            matches!(plan(&chain, START, &trail, now(12)), Plan::Go { .. }),
            "his ten minutes begin with him"
        );
        assert_eq!(plan(&chain, START, &trail, now(13)), Plan::NobodyAcknowledged);
        trail.reactions.push((cem, Reaction::NotMe, now(5)));
        assert_eq!(
            plan(&chain, START, &trail, now(5)),
            Plan::NobodyAcknowledged,
            "nobody is left to call"
        );
    }

    #[test]
    fn whoever_went_home_is_not_called_again_before_they_are_back() {
        let [ann, bob] = people();
        let mut chain = [level(&[ann, bob])];
        let mut trail = Trail::default();
        run(&chain, &mut trail, now(0));
        chain[0].people[0].not_before = Some(now(900));
        let Plan::Go { pages, .. } = plan(&chain, START, &trail, now(5)) else {
            panic!()
        };
        assert_eq!(pages.iter().map(|page| page.person).collect::<Vec<_>>(), [bob]);
    }

    #[test]
    fn answers_and_withdrawal_end_it() {
        let [ann] = people();
        let trail = Trail {
            ended_at: Some(now(3)),
            ..Trail::default()
        };
        assert_eq!(plan(&[level(&[ann])], START, &trail, now(4)), Plan::Ended);
    }

    #[test]
    fn the_chain_does_not_wait_for_whoever_may_not_be_woken() {
        let [ann, bob] = people();
        let asleep = Level {
            people: vec![Recipient {
                person: ann,
                not_before: Some(now(480)),
            }],
            wait: WAIT,
        };
        let chain = [asleep, level(&[bob])];
        let calls = run(&chain, &mut Trail::default(), now(9));
        assert_eq!(calls, [(0, bob, 0), (5, bob, 1)]);
    }

    #[test]
    fn after_a_night_without_the_server_one_call_is_enough() {
        let [ann] = people();
        let long = Level {
            wait: minutes(600),
            ..level(&[ann])
        };
        let mut trail = Trail::default();
        run(std::slice::from_ref(&long), &mut trail, now(5));
        assert_eq!(trail.pages.len(), 2);
        let Plan::Go { pages, look_again } = plan(&[long], START, &trail, now(500)) else {
            panic!()
        };
        assert_eq!(
            pages,
            [Page {
                person: ann,
                nth: 2,
                at: now(500)
            }]
        );
        assert_eq!(look_again, now(505));
    }

    #[test]
    fn chains_are_bounded() {
        let everyone: [PersonId; 6] = people();
        assert_eq!(check(&[level(&everyone)]), Err(Error::TooMany));
        assert_eq!(check(&[level(&[])]), Err(Error::Nobody));
        let hasty = Level {
            wait: minutes(1),
            ..level(&everyone[..1])
        };
        assert_eq!(check(&[hasty]), Err(Error::TooShort));
        assert_eq!(check(&[level(&everyone[..5])]), Ok(()));
    }

    #[test]
    fn groups_in_a_circle_name_each_person_once() {
        let [ann, bob, cem] = people();
        let members = |group: u8| match group {
            0 => vec![Target::Person(ann), Target::Named(1)],
            1 => vec![Target::Named(0), Target::Person(bob), Target::Person(ann)],
            _ => vec![Target::Named(2)],
        };
        let targets = [Target::Named(0), Target::Named(2), Target::Person(cem)];
        assert_eq!(people_of(&targets, members), [ann, bob, cem]);
    }

    #[test]
    fn the_budget_is_three_a_week_and_half_of_it_for_who_cries_wolf() {
        let cases = [
            (0, 0, 3, false),
            (2, 0, 1, false),
            (3, 0, 0, true),
            (9, 0, 0, true),
            (0, 3, 1, false),
            (1, 3, 0, true),
        ];
        for (n_sent, n_complaints, left, needs_second) in cases {
            assert_eq!(budget(n_sent, n_complaints), Budget { left, needs_second });
        }
    }

    proptest! {
        /// Whenever the server looks, dies before it wrote, or comes back: nobody is called twice for one turn, and the
        /// chain ends at the time it says.
        #[test]
        fn looking_more_often_calls_nobody_more_often(
            waits in prop::collection::vec((2_u64..30, 0_usize..3), 1..5), looks in prop::collection::vec(0_u64..130, 0..60),
        ) {
            let everyone: [PersonId; 3] = people();
            let chain: Vec<Level> = waits.iter().map(|&(wait, n)| Level { wait: minutes(wait), ..level(&everyone[..=n]) }).collect();
            let mut sorted = looks;
            sorted.sort_unstable();
            let mut trail = Trail::default();
            for look in sorted {
                match plan(&chain, START, &trail, now(look)) {
                    Plan::Go { pages, look_again } => {
                        prop_assert!(look_again > now(look));
                        // Asked again before anything was written, the plan is the same.
                        prop_assert_eq!(plan(&chain, START, &trail, now(look)), Plan::Go { pages: pages.clone(), look_again });
                        trail.pages.extend(pages);
                        // Asked again after, there is nothing left to do.
                        let again = plan(&chain, START, &trail, now(look));
                        let is_done = matches!(&again, Plan::Go { pages, .. } if pages.is_empty());
                        prop_assert!(is_done);
                    }
                    Plan::NobodyAcknowledged => {
                        let total: u64 = waits.iter().map(|&(wait, _)| wait).sum();
                        prop_assert!(look >= total);
                    }
                    other => prop_assert!(false, "{other:?}"),
                }
            }
            for person in everyone {
                let own: Vec<Page> = trail.pages.iter().copied().filter(|page| page.person == person).collect();
                prop_assert!(own.windows(2).all(|pair| pair[1].nth == pair[0].nth + 1 && pair[1].at >= pair[0].at.after(REPEAT)));
            }
        }
    }
}
