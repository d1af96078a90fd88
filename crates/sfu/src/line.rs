//! What is known of somebody's line, and when it was last asked to hold more.

use std::time::{Duration, Instant};

use crate::share::{Has, Picture, next_step_bps};

/// The way to one participant, as far as it has shown what it holds.
#[derive(Debug, Default)]
pub(crate) struct Line {
    /// What it holds, in bits a second; none when their client does not report what arrives.
    pub estimate_bps: Option<u64>,
    /// No more than this is sent, whatever it holds: a client that tries out how it looks on a bad line.
    pub limit_bps: Option<u64>,
    /// What goes out to them, sound and pictures.
    pub spent_bps: u64,
    /// What was last said to be wanted.
    goal: Goal,
    grew_at: Option<Instant>,
    shrank_at: Option<Instant>,
    /// How often in a row it did not hold what it had been given more.
    n_failed: u32,
}

/// After something had to become smaller, nothing grows for so long; twice as long each time that growing failed.
const REST: Duration = Duration::from_secs(2);
const LONGEST_REST: Duration = Duration::from_secs(30);

/// What had to become smaller so soon after it had grown, had grown too much.
const TRIED: Duration = Duration::from_secs(8);

impl Line {
    /// What may be spent.
    pub fn budget_bps(&self) -> u64 {
        let estimate_bps = self.estimate_bps.unwrap_or(u64::MAX);
        estimate_bps.min(self.limit_bps.unwrap_or(u64::MAX))
    }

    pub fn is_overspent(&self) -> bool {
        self.spent_bps > self.budget_bps()
    }

    pub fn may_grow(&self, now: Instant) -> bool {
        let rest = (REST * 2_u32.pow(self.n_failed.min(4))).min(LONGEST_REST);
        self.shrank_at.is_none_or(|at| at + rest <= now)
    }

    pub fn grew(&mut self, now: Instant) {
        self.grew_at = Some(now);
    }

    pub fn shrank(&mut self, now: Instant) {
        let was_tried = self.grew_at.is_some_and(|at| at + TRIED > now);
        self.n_failed = if was_tried { self.n_failed + 1 } else { 0 };
        self.shrank_at = Some(now);
    }

    /// Whether it is news that this is wanted: a tenth more or less is none.
    pub fn wants(&mut self, goal: Goal) -> bool {
        let is_alike = |was: u64, is: u64| was.abs_diff(is) * 10 <= was;
        let is_news = !is_alike(self.goal.wanted_bps, goal.wanted_bps)
            || !is_alike(self.goal.sustained_bps, goal.sustained_bps);
        if is_news {
            self.goal = goal;
        }
        is_news
    }
}

/// What is wanted of a line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Goal {
    /// It is tried out from time to time whether it holds so much.
    pub wanted_bps: u64,
    /// So much is sent all the time, by padding what is not there. Only where all pictures are paused: a line over which
    /// nothing goes shows nothing, and they would never come again. Padding beside pictures costs sounds.
    pub sustained_bps: u64,
}

/// Of a hundred parts that are sent, how many are wanted of a line: some more, for what comes in bursts.
const WANTED_PERCENT: u64 = 120;

impl Goal {
    /// All that is wanted where there is enough, else the next step.
    pub fn new(pictures: &[Picture], given: &[Has], spent_bps: u64, sound_bps: u64, may_grow: bool) -> Self {
        match next_step_bps(pictures, given, spent_bps) {
            None => Goal {
                wanted_bps: (spent_bps + sound_bps) / 100 * WANTED_PERCENT,
                sustained_bps: 0,
            },
            Some(next_bps) => Goal {
                wanted_bps: (next_bps + sound_bps) / 100 * WANTED_PERCENT,
                sustained_bps: if may_grow && spent_bps == 0 {
                    next_bps + sound_bps
                } else {
                    0
                },
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growing_that_fails_is_tried_less_and_less_often() {
        let start = Instant::now();
        let at = |secs| start + Duration::from_secs(secs);
        let mut line = Line::default();
        assert!(line.may_grow(at(0)));
        line.shrank(at(0));
        assert!(!line.may_grow(at(1)) && line.may_grow(at(2)));
        line.grew(at(2));
        line.shrank(at(3));
        assert!(!line.may_grow(at(6)) && line.may_grow(at(7)));
        line.grew(at(7));
        line.shrank(at(8));
        assert!(!line.may_grow(at(15)) && line.may_grow(at(16)));
        line.grew(at(16));
        line.shrank(at(60));
        assert!(line.may_grow(at(62)), "it held for a while");
    }

    #[test]
    fn the_smaller_of_what_it_holds_and_what_is_allowed_counts() {
        let mut line = Line::default();
        assert_eq!(line.budget_bps(), u64::MAX);
        line.estimate_bps = Some(500);
        line.limit_bps = Some(400);
        assert_eq!(line.budget_bps(), 400);
        line.limit_bps = None;
        assert_eq!(line.budget_bps(), 500);
        let mut wants = |wanted_bps, sustained_bps| {
            line.wants(Goal {
                wanted_bps,
                sustained_bps,
            })
        };
        assert!(wants(1_000, 0) && !wants(1_050, 0) && wants(1_200, 0));
        assert!(wants(1_200, 300) && !wants(1_200, 310) && wants(1_200, 0) && wants(0, 0));
    }
}
