//! Numbers about a team that say nothing about a person.
//!
//! A group is shown only when everything that could be worked out from it and from the other groups shown, by adding and
//! taking away, is about at least k people. People with the same memberships are one piece of the puzzle, so it is enough
//! that no piece is smaller than k. A workspace may raise k and never lower it.

use base::PersonId;
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

/// How many people a number is about at the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Threshold(usize);

impl Threshold {
    pub const LEAST: usize = 5;

    /// As it is configured; what is too low is raised.
    pub fn at_least(k: usize) -> Self {
        Self(k.max(Self::LEAST))
    }
}

/// What one person did in one week. It is added up, never handed out, and deleted after 35 days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PersonWeek {
    pub live: Duration,
    pub live_outside_hours: Duration,
    pub n_asks: u64,
    pub n_answered_in_time: u64,
    pub n_interruptions_in_focus: u64,
    pub n_sent_outside_hours: u64,
    pub n_of_those_held: u64,
    pub n_urgent: u64,
    pub n_not_urgent: u64,
    pub n_calls: u64,
    pub n_calls_with_outcome: u64,
    /// What meetings asked of them outside of their work, in thousandths of an hour.
    pub burden: u64,
}

/// A week of a group, rounded: minutes to the next five, shares to five in a hundred. A share is None where there was
/// nothing, and where the whole of it comes from fewer people than a number is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TeamWeek {
    pub n_people: usize,
    pub live_minutes_per_person: u64,
    pub live_outside_hours_percent: Option<u64>,
    pub answered_in_time_percent: Option<u64>,
    pub n_interruptions_in_focus: u64,
    pub n_sent_outside_hours: u64,
    pub held_percent: Option<u64>,
    pub n_urgent: u64,
    pub not_urgent_percent: Option<u64>,
    pub calls_with_outcome_percent: Option<u64>,
    /// How the burden of meetings lies: which share of it the half bears that bears most. 50 is even.
    pub upper_half_burden_percent: Option<u64>,
}

const ROUND_TO: u64 = 5;

/// Which of these groups may be shown side by side; those that come first go first.
pub fn publishable<G>(groups: &[(G, BTreeSet<PersonId>)], k: Threshold) -> Vec<&(G, BTreeSet<PersonId>)> {
    let mut shown: Vec<&(G, BTreeSet<PersonId>)> = Vec::new();
    for group in groups {
        let is_known = shown.iter().any(|(_, people)| *people == group.1);
        shown.push(group);
        if !is_known && smallest_piece(&shown) < k.0 {
            shown.pop();
        }
    }
    shown
}

/// How many people share their memberships, where they are fewest.
fn smallest_piece<G>(groups: &[&(G, BTreeSet<PersonId>)]) -> usize {
    let mut memberships: BTreeMap<PersonId, Vec<usize>> = BTreeMap::new();
    for (idx, (_, people)) in groups.iter().enumerate() {
        for &person in people {
            memberships.entry(person).or_default().push(idx);
        }
    }
    let mut pieces: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
    for membership in memberships.into_values() {
        *pieces.entry(membership).or_default() += 1;
    }
    pieces.into_values().min().unwrap_or(0)
}

/// Whom a group's number may be about this week. `own` is whom it was about when it was shown, of weeks that are not long ago,
/// oldest first; `shown` is whom any number was about in those weeks. Two numbers that differ by a few people say something
/// about those few, so the group stays as it was until enough have come; when a few have gone, it is not shown until enough
/// have changed, or until what was shown is long ago.
pub fn cohort(
    own: &[BTreeSet<PersonId>],
    shown: &[BTreeSet<PersonId>],
    now: &BTreeSet<PersonId>,
    k: Threshold,
) -> Option<BTreeSet<PersonId>> {
    let is_apart = |people: &BTreeSet<PersonId>| {
        let n_between = |other: &BTreeSet<PersonId>| people.symmetric_difference(other).count();
        own.iter()
            .chain(shown)
            .all(|other| matches!(n_between(other), n if n == 0 || n >= k.0))
    };
    std::iter::once(now)
        .chain(own.iter().rev())
        .find(|people| people.len() >= k.0 && people.is_subset(now) && is_apart(people))
        .cloned()
}

/// One row per person of the group, also of those who did nothing.
pub fn team_week(rows: &[PersonWeek], k: Threshold) -> Option<TeamWeek> {
    if rows.len() < k.0 {
        return None;
    }
    let n_people = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    let sum = |of: fn(&PersonWeek) -> u64| rows.iter().map(of).fold(0_u64, u64::saturating_add);
    // What only a few have part in says something about those few, whatever is left of it by rounding.
    let share_of = |part: fn(&PersonWeek) -> u64, whole: fn(&PersonWeek) -> u64| {
        let n_in_it = rows.iter().filter(|row| whole(row) > 0).count();
        (n_in_it >= k.0).then(|| share(sum(part), sum(whole))).flatten()
    };
    Some(TeamWeek {
        n_people: rows.len(),
        live_minutes_per_person: rounded(sum(|row| row.live.as_secs()) / 60 / n_people),
        live_outside_hours_percent: share_of(
            |row| row.live_outside_hours.as_secs(),
            |row| row.live.as_secs(),
        ),
        answered_in_time_percent: share_of(|row| row.n_answered_in_time, |row| row.n_asks),
        n_interruptions_in_focus: rounded(sum(|row| row.n_interruptions_in_focus)),
        n_sent_outside_hours: rounded(sum(|row| row.n_sent_outside_hours)),
        held_percent: share_of(|row| row.n_of_those_held, |row| row.n_sent_outside_hours),
        n_urgent: rounded(sum(|row| row.n_urgent)),
        not_urgent_percent: share_of(|row| row.n_not_urgent, |row| row.n_urgent),
        calls_with_outcome_percent: share_of(|row| row.n_calls_with_outcome, |row| row.n_calls),
        upper_half_burden_percent: upper_half(rows.iter().map(|row| row.burden).collect(), k),
    })
}

/// Which share of a burden the half bears that bears most; of an odd number the one in the middle counts half.
fn upper_half(mut burdens: Vec<u64>, k: Threshold) -> Option<u64> {
    if burdens.iter().filter(|burden| **burden > 0).count() < k.0 {
        return None;
    }
    burdens.sort_unstable_by(|one, other| other.cmp(one));
    let (half, is_odd) = (burdens.len() / 2, burdens.len() % 2 == 1);
    let doubled = |sum: u64, burden: &u64| sum.saturating_add(burden.saturating_mul(2));
    let middle = if is_odd { burdens[half] } else { 0 };
    share(
        burdens[..half].iter().fold(middle, doubled),
        burdens.iter().fold(0, doubled),
    )
}

/// To the nearest five; what is more than nothing is never shown as nothing.
fn rounded(n: u64) -> u64 {
    let near = n.saturating_add(ROUND_TO / 2) / ROUND_TO * ROUND_TO;
    if n > 0 { near.max(ROUND_TO) } else { 0 }
}

fn share(part: u64, whole: u64) -> Option<u64> {
    let percent = part.min(whole).saturating_mul(100).checked_div(whole)?;
    Some(percent.saturating_add(ROUND_TO / 2) / ROUND_TO * ROUND_TO)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::minutes;
    use proptest::prelude::*;

    fn people(n: usize) -> Vec<PersonId> {
        (0..n).map(|_| PersonId::random()).collect()
    }

    fn group(people: &[PersonId]) -> BTreeSet<PersonId> {
        people.iter().copied().collect()
    }

    fn names(groups: &[(&'static str, BTreeSet<PersonId>)], k: usize) -> Vec<&'static str> {
        publishable(groups, Threshold::at_least(k))
            .into_iter()
            .map(|(name, _)| *name)
            .collect()
    }

    #[test]
    fn four_people_are_nobody_s_business_and_k_is_never_lowered() {
        assert_eq!(
            team_week(&[PersonWeek::default(); 4], Threshold::at_least(1)),
            None
        );
        assert!(team_week(&[PersonWeek::default(); 5], Threshold::at_least(1)).is_some());
        assert_eq!(
            team_week(&[PersonWeek::default(); 9], Threshold::at_least(10)),
            None
        );
    }

    #[test]
    fn what_would_show_a_few_by_taking_away_is_left_out() {
        let all = people(20);
        let whole = ("whole", group(&all));
        let nearly = ("all but two", group(&all[..18]));
        let half = ("half", group(&all[..10]));
        let other = ("other half", group(&all[10..]));
        let across = ("across", group(&all[8..14]));
        assert_eq!(names(&[whole.clone(), nearly.clone()], 5), ["whole"]);
        assert_eq!(names(&[nearly, whole.clone()], 5), ["all but two"]);
        assert_eq!(
            names(&[whole.clone(), half.clone(), other.clone()], 5),
            ["whole", "half", "other half"]
        );
        assert_eq!(names(&[whole.clone(), half, across], 5), ["whole", "half"]);
        // Two parts that are large enough alone leave two people between them.
        let parts = [whole, ("a", group(&all[..9])), ("b", group(&all[9..18]))];
        assert_eq!(names(&parts, 5), ["whole", "a"]);
        assert_eq!(names(&[("few", group(&all[..4]))], 5), Vec::<&str>::new());
        let same = [("one", group(&all)), ("again", group(&all))];
        assert_eq!(names(&same, 5), ["one", "again"]);
    }

    #[test]
    fn numbers_are_rounded_and_nothing_is_no_share() {
        let mut rows = [PersonWeek {
            live: minutes(61),
            n_asks: 3,
            n_answered_in_time: 2,
            ..PersonWeek::default()
        }; 6];
        rows[0].n_urgent = 1;
        let week = team_week(&rows, Threshold::at_least(5)).unwrap();
        assert_eq!(week.live_minutes_per_person, 60);
        assert_eq!(week.answered_in_time_percent, Some(65));
        assert_eq!(week.n_urgent, 5, "one is not shown as one");
        assert_eq!(week.held_percent, None);
        assert_eq!(
            week.not_urgent_percent, None,
            "who was urgent is known to all, and this is theirs"
        );
        for row in &mut rows[..5] {
            row.n_urgent = 1;
        }
        let week = team_week(&rows, Threshold::at_least(5)).unwrap();
        assert_eq!(week.not_urgent_percent, Some(0));
    }

    #[test]
    fn a_burden_that_lies_evenly_is_borne_by_each_half() {
        for (burdens, expected) in [
            ([100; 5], Some(50)),
            ([400, 100, 100, 100, 100], Some(70)),
            ([100, 100, 100, 100, 0], None),
        ] {
            let rows = burdens.map(|burden| PersonWeek {
                burden,
                ..PersonWeek::default()
            });
            let week = team_week(&rows, Threshold::at_least(5)).unwrap();
            assert_eq!(week.upper_half_burden_percent, expected, "{burdens:?}");
        }
    }

    #[test]
    fn a_few_who_come_wait_and_a_few_who_go_hide_the_group() {
        let all = people(12);
        let k = Threshold::at_least(5);
        let six = group(&all[..6]);
        let first = |now: &[PersonId]| cohort(&[], &[], &group(now), k);
        assert_eq!(first(&all[..6]), Some(six.clone()));
        assert_eq!(first(&all[..4]), None);
        let then = |now: &[PersonId]| cohort(std::slice::from_ref(&six), &[], &group(now), k);
        assert_eq!(then(&all[..8]), Some(six.clone()), "two wait");
        assert_eq!(then(&all[..11]), Some(group(&all[..11])));
        assert_eq!(then(&all[..5]), None, "one has gone");
        assert_eq!(then(&all[1..7]), None, "one for another");
        assert_eq!(then(&all[2..9]), Some(group(&all[2..9])));
        let weeks = [six.clone(), group(&all[..11])];
        assert_eq!(
            cohort(&weeks, &[], &group(&all[..5]), k),
            None,
            "one less than the week before last"
        );
        assert_eq!(
            cohort(&weeks, &[], &group(&all[..7]), k),
            Some(six.clone()),
            "as it was then"
        );
        assert_eq!(
            cohort(&[], std::slice::from_ref(&six), &group(&all[..7]), k),
            None,
            "one more than another team that was shown"
        );
    }

    proptest! {
        /// Whatever comes and goes in two teams that overlap, any two numbers that are shown, of one team or of both, this week
        /// or in the weeks before, differ by nobody or by enough.
        #[test]
        fn no_two_numbers_differ_by_a_few(weeks in prop::collection::vec([prop::collection::vec(0_u8..8, 16), prop::collection::vec(0_u8..4, 16)], 2..8), k in 5_usize..8) {
            let all = people(16);
            let k = Threshold::at_least(k);
            let mut own: [Vec<BTreeSet<PersonId>>; 2] = Default::default();
            for week in weeks {
                let shown = own.concat();
                // One in eight, or in four, is not there this week.
                let now = week.map(|week| all.iter().zip(&week).filter(|(_, n)| **n > 0).map(|(person, _)| *person).collect::<BTreeSet<_>>());
                let cohorts: Vec<_> = (0..2).filter_map(|team| Some((team, cohort(&own[team], &shown, &now[team], k)?))).collect();
                for (team, people) in publishable(&cohorts, k) {
                    prop_assert!(people.is_subset(&now[*team]) && people.len() >= k.0);
                    own[*team].push(people.clone());
                }
                let shown = own.concat();
                for (idx, one) in shown.iter().enumerate() {
                    for other in &shown[idx + 1..] {
                        let n_between = one.symmetric_difference(other).count();
                        prop_assert!(n_between == 0 || n_between >= k.0, "{n_between}");
                    }
                }
            }
        }

        /// However small the group and whatever is in it: fewer than k are no number, a share needs k who have part in it, and all
        /// is rounded to fives.
        #[test]
        fn numbers_are_of_k_and_round(rows in prop::collection::vec((0_u64..400, 0_u64..4, 0_u64..3), 0..12), k in 0_usize..9) {
            let k = Threshold::at_least(k);
            let rows: Vec<PersonWeek> = rows.into_iter().map(|(live, n_asks, n_urgent)| PersonWeek {
                live: minutes(live), live_outside_hours: minutes(live / 3), n_asks, n_answered_in_time: n_asks / 2,
                n_urgent, n_not_urgent: n_urgent / 2, n_sent_outside_hours: n_asks, n_of_those_held: n_asks / 2,
                n_calls: n_urgent, n_calls_with_outcome: n_urgent / 2, burden: live, ..PersonWeek::default()
            }).collect();
            let Some(week) = team_week(&rows, k) else {
                prop_assert!(rows.len() < k.0);
                return Ok(());
            };
            prop_assert!(week.n_people == rows.len() && rows.len() >= k.0);
            for (share, whole) in [
                (week.live_outside_hours_percent, (|row| row.live.as_secs()) as fn(&PersonWeek) -> u64),
                (week.answered_in_time_percent, |row| row.n_asks),
                (week.held_percent, |row| row.n_sent_outside_hours),
                (week.not_urgent_percent, |row| row.n_urgent),
                (week.calls_with_outcome_percent, |row| row.n_calls),
                (week.upper_half_burden_percent, |row| row.burden),
            ] {
                let n_in_it = rows.iter().filter(|row| whole(row) > 0).count();
                prop_assert_eq!(share.is_some(), n_in_it >= k.0);
                prop_assert!(share.is_none_or(|share| share % 5 == 0 && share <= 100));
            }
            for n in [week.live_minutes_per_person, week.n_urgent, week.n_sent_outside_hours, week.n_interruptions_in_focus] {
                prop_assert!(n % 5 == 0);
            }
        }

        /// Every sum and difference of the groups shown is about k people, or about nobody.
        #[test]
        fn no_sum_or_difference_is_about_a_few(
            memberships in prop::collection::vec(prop::collection::vec(any::<bool>(), 24), 1..5),
            factors in prop::collection::vec(-3_i64..=3, 5),
        ) {
            let all = people(24);
            let groups: Vec<_> = memberships.iter().enumerate().map(|(name, member)| {
                (name, all.iter().zip(member).filter(|(_, is_in)| **is_in).map(|(person, _)| *person).collect::<BTreeSet<_>>())
            }).collect();
            let shown = publishable(&groups, Threshold::at_least(5));
            let share_of = |person: &PersonId| -> i64 {
                shown.iter().zip(&factors).filter(|((_, people), _)| people.contains(person)).map(|(_, factor)| factor).sum()
            };
            let n_touched = all.iter().filter(|person| share_of(person) != 0).count();
            prop_assert!(n_touched == 0 || n_touched >= 5, "{n_touched}");
        }
    }
}
