//! How often somebody may do something.
//!
//! Invariants: the memory of a limiter is fixed, whoever comes: [`CELLS`] numbers of 8 bytes. A key falls into a cell by
//! a hash with a secret of this process, so nobody can aim at another's cell; two keys in one cell share its allowance,
//! which is why the number of cells is large against the number of clients that reach a limit at the same time. The
//! rate is kept by the generic cell rate algorithm (ITU-T I.371): one number a cell, no lock, no clean-up. Keyed
//! stores such as governor's grow with their keys and must be swept. A limiter does not know what it limits.

use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// 512 KiB a limiter. With 100 clients at their limit, a bystander shares a cell with one of them in 1 of 650 cases.
const CELLS: usize = 65_536;

/// Allows each key a steady rate and a burst.
pub struct RateLimiter {
    /// Per cell the moment, in ns since `started`, at which its allowance will be whole again.
    cells: Box<[AtomicU64]>,
    hasher: RandomState,
    started: Instant,
    interval_ns: u64,
    tolerance_ns: u64,
}

impl RateLimiter {
    /// Allows `rate` times per `period` for long, and `burst` times at once after a pause. Zeros count as one.
    pub fn new(rate: u32, period: Duration, burst: u32) -> RateLimiter {
        let period_ns = u64::try_from(period.as_nanos()).unwrap_or(u64::MAX);
        let interval_ns = (period_ns / u64::from(rate.max(1))).max(1);
        RateLimiter {
            cells: (0..CELLS).map(|_| AtomicU64::new(0)).collect(),
            hasher: RandomState::new(),
            started: Instant::now(),
            interval_ns,
            tolerance_ns: interval_ns.saturating_mul(u64::from(burst.max(1)) - 1),
        }
    }

    /// Allows `rate` times a second and `burst` at once.
    pub fn per_second(rate: u32, burst: u32) -> RateLimiter {
        RateLimiter::new(rate, Duration::from_secs(1), burst)
    }

    /// Allows `rate` times a minute, all of them at once if they come so.
    pub fn per_minute(rate: u32) -> RateLimiter {
        RateLimiter::new(rate, Duration::from_secs(60), rate)
    }

    /// Counts one occurrence for `key`, or says how long to wait; a refusal is not counted. Never blocks.
    pub fn check(&self, key: &impl Hash) -> Result<(), Duration> {
        self.check_at(key, self.started.elapsed())
    }

    fn check_at(&self, key: &impl Hash, now: Duration) -> Result<(), Duration> {
        let now = u64::try_from(now.as_nanos()).unwrap_or(u64::MAX);
        let idx = self.hasher.hash_one(key) as usize % CELLS;
        let spend = |whole_at: u64| {
            let whole_at = whole_at.max(now);
            (whole_at - now <= self.tolerance_ns).then(|| whole_at.saturating_add(self.interval_ns))
        };
        // Relaxed: the number stands for itself, nothing else is published with it.
        match self.cells[idx].fetch_update(Ordering::Relaxed, Ordering::Relaxed, spend) {
            Ok(_) => Ok(()),
            Err(whole_at) => Err(Duration::from_nanos(whole_at - self.tolerance_ns - now)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn n_allowed(limiter: &RateLimiter, key: &str, now: Duration, tries: usize) -> usize {
        (0..tries).filter(|_| limiter.check_at(&key, now).is_ok()).count()
    }

    #[test]
    fn a_burst_passes_and_then_the_rate() {
        let limiter = RateLimiter::per_second(10, 30);
        assert_eq!(n_allowed(&limiter, "ada", SECOND, 100), 30);
        assert_eq!(n_allowed(&limiter, "ada", SECOND * 2, 100), 10);
        assert_eq!(
            n_allowed(&limiter, "ada", SECOND * 60, 100),
            30,
            "after a pause the burst is whole again"
        );
    }

    #[test]
    fn a_refusal_tells_the_wait_and_costs_nothing() {
        let limiter = RateLimiter::per_minute(2);
        assert_eq!(n_allowed(&limiter, "ada", SECOND, 50), 2);
        let wait = limiter.check_at(&"ada", SECOND).unwrap_err();
        assert_eq!(wait, SECOND * 30);
        assert!(
            limiter
                .check_at(&"ada", SECOND + wait - Duration::from_nanos(1))
                .is_err()
        );
        assert!(limiter.check_at(&"ada", SECOND + wait).is_ok());
    }

    #[test]
    fn others_are_not_touched() {
        let limiter = RateLimiter::per_second(1, 1);
        let attackers = (0..100)
            .filter(|attacker| limiter.check_at(&("attacker", attacker), SECOND).is_ok())
            .count();
        assert!(attackers > 90, "{attackers} of 100");
        let innocent = (0..1_000)
            .filter(|person| limiter.check_at(&("person", person), SECOND).is_ok())
            .count();
        assert!(innocent > 950, "{innocent} of 1000");
    }

    #[test]
    fn memory_stays_the_same_for_a_million_keys() {
        let limiter = RateLimiter::per_second(1, 1);
        let allowed = (0..1_000_000_u32)
            .filter(|key| limiter.check_at(key, SECOND).is_ok())
            .count();
        assert!(allowed <= CELLS && limiter.cells.len() == CELLS, "{allowed}");
    }

    #[test]
    fn extreme_settings_do_not_overflow() {
        let limiter = RateLimiter::new(0, Duration::MAX, u32::MAX);
        assert!(limiter.check(&1).is_ok());
        let limiter = RateLimiter::per_second(u32::MAX, u32::MAX);
        assert!((0..1_000).all(|_| limiter.check(&1).is_ok()));
    }
}
