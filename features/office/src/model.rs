//! Rules of office hours. Pure.

use base::Timestamp;
use std::time::Duration;

/// Minutes for each.
pub const MINUTES_MAX: u16 = 120;
/// How far the end lies ahead, and a break lasts.
pub const AHEAD_MAX: Duration = Duration::from_secs(12 * 3600);
/// Characters of what it is about.
pub const ABOUT_MAX_CHARS: usize = 280;
/// People who wait at once.
pub const WAITING_MAX: i64 = 50;
/// How long the place of whoever was called and is not there is kept.
pub const KEPT: Duration = Duration::from_secs(3 * 60);
/// So often somebody is called in vain before their place is gone.
pub const MISSED_MAX: i64 = 3;
/// So long after their end office hours end by themselves, whoever waits.
pub const OVERTIME_MAX: Duration = Duration::from_secs(4 * 3600);
/// A promise holds for so long beyond its time before it is said that it gets later.
pub const GRACE: Duration = Duration::from_secs(3 * 60);
/// Whoever is received so much earlier is told.
const EARLIER_BY: Duration = Duration::from_secs(5 * 60);

/// What a caller can act on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Absent, or hidden from this person.
    #[error("there are no such office hours for this person")]
    NotFound,
    /// The person sees it and may not do this.
    #[error("not allowed: {0}")]
    Forbidden(&'static str),
    /// A field that cannot be used.
    #[error("{pointer}: {detail}")]
    Field {
        /// JSON pointer to the field.
        pointer: &'static str,
        /// What is wrong with it.
        detail: &'static str,
    },
    /// They are over, or nobody new can come.
    #[error("closed: {0}")]
    Closed(&'static str),
    /// The id is that of others.
    #[error("other office hours have this id")]
    IdTaken,
    /// What the word list refused.
    #[error(transparent)]
    Words(#[from] words::Error),
    /// What live sessions refused.
    #[error(transparent)]
    Live(#[from] live::Error),
    /// What messages refused.
    #[error(transparent)]
    Messages(#[from] messages::Error),
    /// What places refused.
    #[error(transparent)]
    Spaces(#[from] spaces::Error),
    /// The database.
    #[error(transparent)]
    Db(#[from] platform::db::Error),
}

/// When whoever receives is free.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// For each.
    pub minutes: i64,
    /// When it goes on, during a break.
    pub later_at: Option<Timestamp>,
    /// Since when somebody is inside, or called.
    pub busy_since: Option<Timestamp>,
}

impl Pace {
    fn each(self) -> Duration {
        Duration::from_secs(u64::try_from(self.minutes).unwrap_or_default() * 60)
    }

    /// When it is the turn of whoever stands at this place, counted from 0, as far as it can be known; in whole minutes.
    pub fn turn_of(self, idx: usize, now: Timestamp) -> Timestamp {
        let free = self.later_at.map_or(now, |later| later.max(now));
        let free = self
            .busy_since
            .map_or(free, |since| since.after(self.each()).max(free));
        let waits = self.each() * u32::try_from(idx).unwrap_or(u32::MAX);
        rounded_up(free.after(waits), 1)
    }
}

/// What a promise becomes when it looks as if it will be at `expected`. None: it holds. It moves later only when it cannot be
/// kept any more, by whole five minutes, so that it does not move again at once; and earlier when that is worth a word.
pub fn moved(promised: Timestamp, expected: Timestamp) -> Option<Timestamp> {
    if expected > promised.after(GRACE) {
        return Some(rounded_up(expected, 5));
    }
    (expected.after(EARLIER_BY) <= promised).then_some(expected)
}

fn rounded_up(at: Timestamp, minutes: i64) -> Timestamp {
    let step = minutes * 60_000_000;
    Timestamp(at.0.div_euclid(step) * step + if at.0.rem_euclid(step) == 0 { 0 } else { step })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64, second: i64) -> Timestamp {
        Timestamp((minute * 60 + second) * 1_000_000)
    }

    #[test]
    fn turns_follow_who_is_inside_and_breaks() {
        let pace = |later: Option<i64>, busy: Option<i64>| Pace {
            minutes: 10,
            later_at: later.map(|minute| at(minute, 0)),
            busy_since: busy.map(|minute| at(minute, 0)),
        };
        for (pace, idx, now, expected) in [
            (pace(None, None), 0, at(100, 0), at(100, 0)),
            (pace(None, None), 2, at(100, 30), at(121, 0)),
            (pace(None, Some(95)), 0, at(100, 0), at(105, 0)),
            (pace(None, Some(80)), 1, at(100, 0), at(110, 0)),
            (pace(Some(130), None), 1, at(100, 0), at(140, 0)),
            (pace(Some(90), None), 0, at(100, 0), at(100, 0)),
        ] {
            assert_eq!(pace.turn_of(idx, now), expected);
        }
    }

    #[test]
    fn a_promise_holds_as_long_as_it_can() {
        for (promised, expected, becomes) in [
            (at(100, 0), at(100, 0), None),
            (at(100, 0), at(103, 0), None),
            (at(100, 0), at(104, 0), Some(at(105, 0))),
            (at(100, 0), at(96, 0), None),
            (at(100, 0), at(95, 0), Some(at(95, 0))),
        ] {
            assert_eq!(moved(promised, expected), becomes, "{promised:?} {expected:?}");
        }
    }
}
