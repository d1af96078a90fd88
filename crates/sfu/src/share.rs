//! How a line is shared among the pictures that somebody gets: which of them come, and how large.
//!
//! Arithmetic only; the room says what there is ([`crate::room`]'s `lines`) and does what comes out. The pictures come in
//! order of importance. First each gets its smallest layer, as far as that fits: a small picture of everybody says more
//! than a large one of somebody. Then they grow in the same order. What does not even fit small is paused.

use crate::layers::{HIGH, Rank};

/// A picture that somebody wants.
#[derive(Debug, Clone)]
pub(crate) struct Picture {
    /// What each layer takes that is being sent, in bits a second.
    pub costs_bps: [Option<u64>; HIGH + 1],
    /// How large it is wanted at most.
    pub wanted: Rank,
    /// How large it may be now.
    pub has: Has,
}

/// What a picture was given the last time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Has {
    /// It is new.
    Nothing,
    /// It does not fit.
    Pause,
    /// It may be so large.
    Upto(Rank),
}

/// What may be spent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Budget {
    pub bps: u64,
    /// Up to here a picture is not paused that runs already or is new: to do without it is worse than to be a little too much
    /// for a while.
    pub stays_bps: u64,
    /// Whether anything may become larger than it is, or come back. Not right after something had to become smaller.
    pub may_grow: bool,
}

/// Of a hundred parts of a budget, how many are not spent on what grows: a line that is full to the brim has no room for
/// the next beginning of a picture, and growing and shrinking by turns is worse than either.
const SPARED_PERCENT: u64 = 10;

/// What each picture gets, and what all of them take together.
pub(crate) fn share(budget: Budget, pictures: &[Picture]) -> (Vec<Has>, u64) {
    let mut spent_bps = 0;
    let mut given: Vec<Option<Rank>> = Vec::with_capacity(pictures.len());
    for picture in pictures {
        let smallest = picture.ranks().next();
        let fits = smallest.filter(|rank| picture.fits(*rank, spent_bps, budget));
        spent_bps += fits.map_or(0, |rank| picture.cost_bps(rank));
        given.push(fits);
    }
    for (picture, given) in pictures.iter().zip(&mut given) {
        let Some(now) = *given else { continue };
        let spent_before = spent_bps - picture.cost_bps(now);
        let larger = picture.ranks().filter(|rank| *rank > now);
        let best = larger
            .filter(|rank| picture.fits(*rank, spent_before, budget))
            .last();
        if let Some(best) = best {
            spent_bps = spent_before + picture.cost_bps(best);
            *given = Some(best);
        }
    }
    let given = pictures
        .iter()
        .zip(given)
        .map(|(picture, given)| picture.has(given));
    (given.collect(), spent_bps)
}

/// How much a line must hold, beside what it has to do already, that the most important picture may grow which does not
/// have all that is wanted of it; none when all have.
pub(crate) fn next_step_bps(pictures: &[Picture], given: &[Has], spent_bps: u64) -> Option<u64> {
    let mut steps = pictures.iter().zip(given);
    let step_bps = steps.find_map(|(picture, has)| picture.step_bps(*has))?;
    Some((spent_bps + step_bps) * 100 / (100 - SPARED_PERCENT))
}

impl Picture {
    /// The layers that could be sent, from small to large: those that are wanted, or the smallest when all are larger.
    pub fn ranks(&self) -> impl Iterator<Item = Rank> + '_ {
        let alive = (0..=HIGH).filter(|rank| self.costs_bps[*rank].is_some());
        let smallest = alive.clone().next();
        alive.filter(move |rank| *rank <= self.wanted || Some(*rank) == smallest)
    }

    /// What the next step from `has` would take more; none when it has all that is wanted.
    fn step_bps(&self, has: Has) -> Option<u64> {
        let now = self.ranks().take_while(|rank| has >= Has::Upto(*rank)).last();
        let next = self.ranks().find(|rank| has < Has::Upto(*rank))?;
        let now_bps = now.map_or(0, |rank| self.cost_bps(rank));
        Some(self.cost_bps(next).saturating_sub(now_bps))
    }

    fn cost_bps(&self, rank: Rank) -> u64 {
        self.costs_bps[rank].unwrap_or_default()
    }

    fn fits(&self, rank: Rank, spent_bps: u64, budget: Budget) -> bool {
        let grows = match self.has {
            Has::Nothing => false,
            Has::Pause => true,
            Has::Upto(now) => rank > now,
        };
        let spared_bps = if grows {
            budget.bps / 100 * SPARED_PERCENT
        } else {
            0
        };
        let stays = self.has != Has::Pause && self.ranks().next() == Some(rank);
        let limit_bps = match stays {
            true => budget.stays_bps.max(budget.bps),
            false => budget.bps - spared_bps,
        };
        (budget.may_grow || !grows) && spent_bps + self.cost_bps(rank) <= limit_bps
    }

    /// A picture that has all that is sent of it may have more as soon as there is more: it is looked at again soon enough.
    fn has(&self, given: Option<Rank>) -> Has {
        match given {
            None => Has::Pause,
            Some(rank) if Some(rank) == self.ranks().last() => Has::Upto(HIGH),
            Some(rank) => Has::Upto(rank),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn picture(costs_kbps: [u64; 3], has: Has) -> Picture {
        Picture {
            costs_bps: costs_kbps.map(|kbps| Some(kbps * 1_000).filter(|bps| *bps > 0)),
            wanted: HIGH,
            has,
        }
    }

    fn check(kbps: u64, pictures: &[Picture], expected: &[Has], spent_kbps: u64) {
        let budget = Budget {
            bps: kbps * 1_000,
            stays_bps: 0,
            may_grow: true,
        };
        let (given, spent_bps) = share(budget, pictures);
        assert_eq!(
            (&given[..], spent_bps / 1_000),
            (expected, spent_kbps),
            "{kbps} kbit/s"
        );
    }

    #[test]
    fn everybody_small_then_the_most_important_large() {
        let two = [
            picture([100, 300, 900], Has::Nothing),
            picture([100, 300, 900], Has::Nothing),
        ];
        check(3_000, &two, &[Has::Upto(2), Has::Upto(2)], 1_800);
        check(1_300, &two, &[Has::Upto(2), Has::Upto(1)], 1_200);
        check(420, &two, &[Has::Upto(1), Has::Upto(0)], 400);
        check(200, &two, &[Has::Upto(0), Has::Upto(0)], 200);
        check(150, &two, &[Has::Upto(0), Has::Pause], 100);
        check(50, &two, &[Has::Pause, Has::Pause], 0);
    }

    #[test]
    fn a_small_one_fits_beside_a_large_one_that_does_not() {
        let pictures = [
            picture([0, 0, 900], Has::Nothing),
            picture([100, 0, 0], Has::Nothing),
        ];
        check(500, &pictures, &[Has::Pause, Has::Upto(2)], 100);
    }

    #[test]
    fn what_grows_leaves_some_room_and_what_stays_needs_none() {
        check(900, &[picture([100, 0, 900], Has::Upto(2))], &[Has::Upto(2)], 900);
        check(900, &[picture([100, 0, 900], Has::Upto(0))], &[Has::Upto(0)], 100);
        check(
            1_000,
            &[picture([100, 0, 900], Has::Upto(0))],
            &[Has::Upto(2)],
            900,
        );
        check(900, &[picture([0, 0, 900], Has::Pause)], &[Has::Pause], 0);
        let (given, _) = share(
            Budget {
                bps: 9_000_000,
                stays_bps: 0,
                may_grow: false,
            },
            &[
                picture([100, 0, 900], Has::Pause),
                picture([100, 300, 900], Has::Upto(1)),
            ],
        );
        assert_eq!(given, [Has::Pause, Has::Upto(1)], "not yet");
    }

    #[test]
    fn no_more_than_is_wanted_unless_there_is_nothing_smaller() {
        let mut small = picture([100, 300, 900], Has::Nothing);
        small.wanted = 0;
        check(9_000, &[small.clone()], &[Has::Upto(HIGH)], 100);
        small.costs_bps = [None, None, Some(900_000)];
        check(9_000, &[small], &[Has::Upto(HIGH)], 900);
    }

    #[test]
    fn the_next_step_is_that_of_the_most_important() {
        let pictures = [
            picture([100, 300, 900], Has::Nothing),
            picture([100, 300, 900], Has::Nothing),
        ];
        let next = |given: [Has; 2], spent_kbps: u64| {
            next_step_bps(&pictures, &given, spent_kbps * 1_000).map(|bps| bps / 1_000)
        };
        assert_eq!(next([Has::Pause, Has::Pause], 0), Some(111));
        assert_eq!(next([Has::Upto(0), Has::Pause], 100), Some(333));
        assert_eq!(next([Has::Upto(2), Has::Upto(1)], 1_200), Some(2_000));
        assert_eq!(next([Has::Upto(2), Has::Upto(2)], 1_800), None);
    }

    fn any_picture() -> impl Strategy<Value = Picture> {
        let costs = proptest::array::uniform3(proptest::option::of(0_u64..5_000_000));
        let has = prop_oneof![
            Just(Has::Nothing),
            Just(Has::Pause),
            (0..=HIGH).prop_map(Has::Upto)
        ];
        (costs, 0..=HIGH, has).prop_map(|(costs_bps, wanted, has)| Picture {
            costs_bps,
            wanted,
            has,
        })
    }

    proptest! {
        #[test]
        fn nothing_is_spent_that_is_not_there(
            bps in 0_u64..20_000_000,
            may_grow: bool,
            pictures in proptest::collection::vec(any_picture(), 0..30),
        ) {
            let (given, spent_bps) = share(Budget { bps, stays_bps: bps, may_grow }, &pictures);
            prop_assert!(spent_bps <= bps);
            prop_assert_eq!(given.len(), pictures.len());
            // Who has enough gives all that is wanted.
            let (given, _) = share(Budget { bps: u64::MAX, stays_bps: u64::MAX, may_grow: true }, &pictures);
            prop_assert_eq!(next_step_bps(&pictures, &given, 0), None);
        }
    }
}
