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

/// Whom a group's number may be about this week, when `before` is whom it was about when it was last shown, not long ago. Two
/// weeks that differ by a few people say something about those few, so the group stays as it was until enough have come; when
/// a few have gone, it is not shown until enough have changed, or until what was shown is long ago.
pub fn cohort(
    before: Option<&BTreeSet<PersonId>>,
    now: &BTreeSet<PersonId>,
    k: Threshold,
) -> Option<BTreeSet<PersonId>> {
    let cohort = match before {
        Some(before) if before.symmetric_difference(now).count() < k.0 => {
            before.is_subset(now).then_some(before)?
        }
        _ => now,
    };
    (cohort.len() >= k.0).then(|| cohort.clone())
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
        assert_eq!(cohort(None, &six, k), Some(six.clone()));
        assert_eq!(cohort(None, &group(&all[..4]), k), None);
        assert_eq!(
            cohort(Some(&six), &group(&all[..8]), k),
            Some(six.clone()),
            "two wait"
        );
        assert_eq!(cohort(Some(&six), &group(&all[..11]), k), Some(group(&all[..11])));
        assert_eq!(cohort(Some(&six), &group(&all[..5]), k), None, "one has gone");
        assert_eq!(cohort(Some(&six), &group(&all[1..7]), k), None, "one for another");
        assert_eq!(cohort(Some(&six), &group(&all[2..9]), k), Some(group(&all[2..9])));
    }

    proptest! {
        /// Whatever comes and goes, two weeks that are shown differ by nobody or by enough.
        #[test]
        fn no_two_weeks_differ_by_a_few(weeks in prop::collection::vec(prop::collection::vec(any::<bool>(), 16), 2..8)) {
            let all = people(16);
            let k = Threshold::at_least(5);
            let mut shown: Option<BTreeSet<PersonId>> = None;
            for week in weeks {
                let now: BTreeSet<_> = all.iter().zip(&week).filter(|(_, is_in)| **is_in).map(|(person, _)| *person).collect();
                let Some(next) = cohort(shown.as_ref(), &now, k) else { continue };
                prop_assert!(next.is_subset(&now) && next.len() >= 5);
                if let Some(before) = shown {
                    let n_changed = before.symmetric_difference(&next).count();
                    prop_assert!(n_changed == 0 || n_changed >= 5, "{n_changed}");
                }
                shown = Some(next);
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
