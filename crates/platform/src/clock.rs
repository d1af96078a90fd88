//! The only source of time, so that tests can hold it still or move it.

use base::Timestamp;
use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// Tells the time: the system's, or one that a test moves by hand.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    by_hand: Option<Arc<AtomicI64>>,
}

impl Clock {
    /// The system's clock.
    pub fn system() -> Self {
        Self::default()
    }

    /// A clock that stands at `start` until it is moved.
    pub fn by_hand(start: Timestamp) -> Self {
        Self {
            by_hand: Some(Arc::new(AtomicI64::new(start.0))),
        }
    }

    /// This moment.
    pub fn now(&self) -> Timestamp {
        if let Some(hand) = &self.by_hand {
            return Timestamp(hand.load(Ordering::Acquire));
        }
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
    }

    /// Sets a clock by hand, also back.
    pub fn set(&self, at: Timestamp) {
        if let Some(hand) = &self.by_hand {
            hand.store(at.0, Ordering::Release);
        }
    }

    /// Moves a clock by hand; the system's clock is not moved by anybody.
    pub fn advance(&self, by: Duration) {
        if let Some(hand) = &self.by_hand {
            hand.fetch_add(
                i64::try_from(by.as_micros()).unwrap_or(i64::MAX),
                Ordering::AcqRel,
            );
        }
    }

    /// Sets a clock by hand back, as somebody does with one that was wrong.
    pub fn set_back(&self, by: Duration) {
        if let Some(hand) = &self.by_hand {
            hand.fetch_sub(
                i64::try_from(by.as_micros()).unwrap_or(i64::MAX),
                Ordering::AcqRel,
            );
        }
    }
}
