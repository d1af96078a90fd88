//! One way of a line: what it loses, how long it takes, how much fits.

use std::time::{Duration, Instant};

use rand::RngExt;
use rand::rngs::StdRng;

/// A line as somebody would describe it.
#[derive(Debug, Clone)]
pub struct Link {
    /// Of a thousand packets, how many are lost.
    pub loss_permille: u32,
    pub delay: Duration,
    /// Up to so much more, drawn for each packet: more than the space between two packets turns their order round.
    pub jitter: Duration,
    /// None: whatever is sent fits.
    pub rate_bps: Option<u64>,
}

impl Default for Link {
    fn default() -> Self {
        Link {
            loss_permille: 0,
            delay: Duration::from_millis(15),
            jitter: Duration::ZERO,
            rate_bps: None,
        }
    }
}

impl Link {
    pub fn lossy(loss_permille: u32) -> Self {
        Link {
            loss_permille,
            ..Default::default()
        }
    }

    pub fn jittery(jitter_ms: u64) -> Self {
        Link {
            jitter: Duration::from_millis(jitter_ms),
            ..Default::default()
        }
    }
}

/// How long the queue in front of a slow line gets before it drops.
const LONGEST_QUEUE: Duration = Duration::from_millis(300);

/// What a line is busy with.
#[derive(Debug, Default)]
pub struct LinkState {
    busy_until: Option<Instant>,
}

impl LinkState {
    /// When a packet that is sent at `now` arrives; none when it does not.
    pub fn arrival(
        &mut self,
        link: &Link,
        now: Instant,
        n_bytes: usize,
        rng: &mut StdRng,
    ) -> Option<Instant> {
        if rng.random_range(0..1_000) < link.loss_permille {
            return None;
        }
        let mut leaves_at = now;
        if let Some(rate_bps) = link.rate_bps {
            let begins_at = self.busy_until.unwrap_or(now).max(now);
            if begins_at > now + LONGEST_QUEUE {
                return None;
            }
            let n_bits = (n_bytes as u64 + 28) * 8;
            leaves_at = begins_at + Duration::from_micros(n_bits * 1_000_000 / rate_bps);
            self.busy_until = Some(leaves_at);
        }
        let jitter_us = link.jitter.as_micros() as u64;
        let jitter = Duration::from_micros(rng.random_range(0..=jitter_us));
        Some(leaves_at + link.delay + jitter)
    }
}
