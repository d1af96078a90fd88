//! What is known of somebody's line, and when it was last asked to hold more.

use std::time::{Duration, Instant};

use crate::share::{Has, Picture, next_step_bps};

/// The way to one participant, as far as it has shown what it holds.
#[derive(Debug)]
pub(crate) struct Line {
    /// What it holds, in bits a second; none when their client does not report what arrives.
    pub estimate_bps: Option<u64>,
    /// No more than this is sent, whatever it holds: a client that tries out how it looks on a bad line.
    pub limit_bps: Option<u64>,
    /// What goes out to them, sound and pictures.
    pub spent_bps: u64,
    /// The part of what was sent lately that did not arrive.
    pub loss: f32,
    /// Less goes out than is wanted.
    pub is_limited: bool,
    /// Of some picture nothing goes out.
    pub has_pauses: bool,
    /// What it has carried already, or is taken for at first. An estimate sinks while little is sent or tried out, and takes
    /// seconds to rise again; whoever makes a picture large does not wait for that.
    held_bps: u64,
    /// Since when the estimate is below what it carried.
    doubted_since: Option<Instant>,
    trust: Option<Trust>,
    /// What was last said to be wanted.
    goal: Goal,
    grew_at: Option<Instant>,
    shrank_at: Option<Instant>,
    /// How often in a row it did not hold what it had been given more.
    n_failed: u32,
}

/// More is sent than is estimated, because it was carried before.
#[derive(Debug, Clone, Copy)]
struct Trust {
    until: Instant,
    /// What was estimated at the beginning.
    estimate_bps: u64,
}

/// What a line is taken for until it has shown what it holds: enough for a picture of usual size, and no flood.
pub(crate) const FIRST_BPS: u64 = 2_000_000;

impl Default for Line {
    fn default() -> Self {
        Line {
            estimate_bps: None,
            limit_bps: None,
            spent_bps: 0,
            loss: 0.0,
            is_limited: false,
            has_pauses: false,
            held_bps: FIRST_BPS,
            doubted_since: None,
            trust: None,
            goal: Goal::default(),
            grew_at: None,
            shrank_at: None,
            n_failed: 0,
        }
    }
}

/// After something had to become smaller, nothing grows for so long; twice as long each time that growing failed.
const REST: Duration = Duration::from_secs(2);
const LONGEST_REST: Duration = Duration::from_secs(30);

/// What had to become smaller so soon after it had grown, had grown too much.
const TRIED: Duration = Duration::from_secs(8);

/// So long the estimate may take to confirm what was carried before: str0m tries it out in some steps of one way there and
/// back each, and tells the mean of three seconds.
const TRUSTED: Duration = Duration::from_secs(4);

/// Two times that str0m tries out a line that rests, which it does every five seconds. An estimate that is still low then
/// is true.
const DOUBTED: Duration = Duration::from_secs(11);

/// Who loses so much is sent too much.
const TOO_LOSSY: f32 = 0.1;

impl Line {
    /// What it holds for all that is known.
    pub fn known_bps(&self) -> u64 {
        let estimate_bps = self.estimate_bps.unwrap_or(u64::MAX);
        estimate_bps.min(self.limit_bps.unwrap_or(u64::MAX))
    }

    /// What may be spent.
    pub fn budget_bps(&mut self, now: Instant) -> u64 {
        if self.is_overspent(now) {
            self.trust = None;
            self.held_bps = self.held_bps.min(self.known_bps());
        } else if self.spent_bps <= self.known_bps() {
            self.trust = None;
            self.held_bps = self.held_bps.max(self.spent_bps);
        }
        if self.known_bps() >= self.held_bps {
            self.doubted_since = None;
        } else if *self.doubted_since.get_or_insert(now) + DOUBTED <= now {
            self.held_bps = self.known_bps();
        }
        let most_bps = self.known_bps().max(self.held_bps);
        most_bps.min(self.limit_bps.unwrap_or(u64::MAX))
    }

    /// Up to here nothing is paused that runs. An estimate sinks below what arrives whenever packets come late at once, as they do
    /// where a machine stands still for a moment or a radio is shared: too little by a sixth each time. A line that is too
    /// narrow in truth shows it by what gets lost.
    pub fn borne_bps(&self, line_bps: u64) -> u64 {
        if self.loss >= TOO_LOSSY || self.limit_bps.is_some() {
            return line_bps;
        }
        line_bps.saturating_add(line_bps / 2)
    }

    /// More is sent than it holds. What it carried before is not too much at once, unless the estimate sinks under it.
    pub fn is_overspent(&self, now: Instant) -> bool {
        let known_bps = self.known_bps();
        let is_trusted = |trust: &Trust| now < trust.until && known_bps >= trust.estimate_bps / 100 * 85;
        self.spent_bps > known_bps && !self.trust.as_ref().is_some_and(is_trusted)
    }

    /// So much goes out from now on. True when that is only hoped to fit, and should be tried out.
    pub fn spend(&mut self, bps: u64, now: Instant) -> bool {
        let estimate_bps = self.known_bps();
        let begins_trust = bps > estimate_bps && bps > self.spent_bps && self.trust.is_none();
        self.spent_bps = bps;
        if begins_trust {
            let until = now + TRUSTED;
            self.trust = Some(Trust { until, estimate_bps });
            self.grew(now);
        }
        begins_trust
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

    /// What is to be said of what is wanted; none when it is no news: a tenth more or less is none. No less is wanted than
    /// it carried: what is tried out becomes the estimate, and it should not sink.
    pub fn wants(&mut self, goal: Goal, tries_out: bool) -> Option<Goal> {
        let held_bps = self.held_bps.min(self.limit_bps.unwrap_or(u64::MAX));
        let mut goal = Goal {
            wanted_bps: goal.wanted_bps.max(held_bps / 100 * WANTED_PERCENT),
            ..goal
        };
        if tries_out {
            // str0m tries out at once when more is wanted than before, and only then.
            goal.wanted_bps = goal.wanted_bps.max(self.goal.wanted_bps / 100 * 102);
        }
        let is_alike = |was: u64, is: u64| was.abs_diff(is) * 10 <= was;
        let is_news = tries_out
            || !is_alike(self.goal.wanted_bps, goal.wanted_bps)
            || !is_alike(self.goal.sustained_bps, goal.sustained_bps);
        if is_news {
            self.goal = goal;
        }
        is_news.then_some(goal)
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
        let now = Instant::now();
        let mut line = Line {
            held_bps: 0,
            ..Line::default()
        };
        assert_eq!(line.budget_bps(now), u64::MAX);
        line.estimate_bps = Some(500);
        line.limit_bps = Some(400);
        assert_eq!(line.budget_bps(now), 400);
        line.limit_bps = None;
        assert_eq!(line.budget_bps(now), 500);
        let mut wants = |wanted_bps, sustained_bps| {
            let goal = Goal {
                wanted_bps,
                sustained_bps,
            };
            line.wants(goal, false).is_some()
        };
        assert!(wants(1_000, 0) && !wants(1_050, 0) && wants(1_200, 0));
        assert!(wants(1_200, 300) && !wants(1_200, 310) && wants(1_200, 0) && wants(0, 0));
    }

    #[test]
    fn what_was_carried_is_trusted_for_a_while_and_doubted_when_it_stays_low() {
        let start = Instant::now();
        let at = |secs| start + Duration::from_secs(secs);
        let mut line = Line {
            estimate_bps: Some(2_000),
            held_bps: 0,
            ..Line::default()
        };
        let spend = |line: &mut Line, bps, secs| {
            let tries_out = line.spend(bps, at(secs));
            (tries_out, line.budget_bps(at(secs)))
        };
        assert_eq!(spend(&mut line, 1_500, 0), (false, 2_000));
        line.spend(100, at(1));
        line.estimate_bps = Some(300);
        assert_eq!(line.budget_bps(at(1)), 1_500, "it was carried a second ago");
        assert_eq!(spend(&mut line, 1_500, 2), (true, 1_500));
        assert!(!line.is_overspent(at(3)));
        assert!(line.is_overspent(at(6)), "it was not confirmed");
        line.estimate_bps = Some(200);
        assert!(line.is_overspent(at(3)), "it sank");
        assert_eq!(line.budget_bps(at(3)), 200);
        line.estimate_bps = Some(2_000);
        spend(&mut line, 1_500, 4);
        spend(&mut line, 100, 5);
        line.estimate_bps = Some(300);
        assert_eq!(line.budget_bps(at(6)), 1_500);
        assert_eq!(line.budget_bps(at(17)), 300, "it is low for good");
    }
}
