//! What rooms cost and how they do, for those who watch.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

use sfu::Gauge;

use crate::embedded::lock;

/// How one room does, since it began.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoomMetrics {
    /// Its name.
    pub room: String,
    /// How many are in it now.
    pub participants: usize,
    /// Packets that came from its people.
    pub packets_in: u64,
    /// What these packets weighed.
    pub bytes_in: u64,
    /// Packets that went to its people.
    pub packets_out: u64,
    /// What these packets weighed.
    pub bytes_out: u64,
    /// Packets that the system, or a slow connection over TCP, did not take.
    pub packets_dropped: u64,
    /// Packets of the last seconds, for each second.
    pub packets_in_per_s: u64,
    /// Packets of the last seconds, for each second.
    pub packets_out_per_s: u64,
    /// How long it has been there.
    pub age: Duration,
    /// How the lines of its people are, read every few seconds.
    pub lines: Gauge,
}

/// Written by the thread of the room alone, read by anybody.
#[derive(Debug)]
pub(crate) struct Counts {
    opened_at: Instant,
    pub participants: AtomicUsize,
    pub packets_in: AtomicU64,
    pub bytes_in: AtomicU64,
    pub packets_out: AtomicU64,
    pub bytes_out: AtomicU64,
    pub packets_dropped: AtomicU64,
    /// What is looked at every few seconds.
    look: Mutex<Look>,
}

#[derive(Debug)]
struct Look {
    at: Instant,
    /// What had come and gone by then.
    packets: (u64, u64),
    per_s: (u64, u64),
    lines: Gauge,
}

/// How often a room is looked at for those who watch.
const LOOK_EVERY: Duration = Duration::from_secs(2);

impl Counts {
    pub fn new(now: Instant) -> Self {
        Counts {
            opened_at: now,
            participants: AtomicUsize::default(),
            packets_in: AtomicU64::default(),
            bytes_in: AtomicU64::default(),
            packets_out: AtomicU64::default(),
            bytes_out: AtomicU64::default(),
            packets_dropped: AtomicU64::default(),
            look: Mutex::new(Look {
                at: now,
                packets: (0, 0),
                per_s: (0, 0),
                lines: Gauge::default(),
            }),
        }
    }

    /// Called each second by the thread of the room; reads the lines when it is time.
    pub fn look(&self, now: Instant, lines: impl FnOnce() -> Gauge) {
        let mut look = lock(&self.look);
        let passed = now.saturating_duration_since(look.at);
        if passed < LOOK_EVERY {
            return;
        }
        let packets = (self.packets_in.load(Relaxed), self.packets_out.load(Relaxed));
        let per_s = |before: u64, after: u64| ((after - before) as f64 / passed.as_secs_f64()).round() as u64;
        *look = Look {
            at: now,
            per_s: (per_s(look.packets.0, packets.0), per_s(look.packets.1, packets.1)),
            packets,
            lines: lines(),
        };
    }

    pub fn read(&self, room: &str) -> RoomMetrics {
        let look = lock(&self.look);
        RoomMetrics {
            room: room.to_owned(),
            participants: self.participants.load(Relaxed),
            packets_in: self.packets_in.load(Relaxed),
            bytes_in: self.bytes_in.load(Relaxed),
            packets_out: self.packets_out.load(Relaxed),
            bytes_out: self.bytes_out.load(Relaxed),
            packets_dropped: self.packets_dropped.load(Relaxed),
            packets_in_per_s: look.per_s.0,
            packets_out_per_s: look.per_s.1,
            age: self.opened_at.elapsed(),
            lines: look.lines,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packets_are_told_for_each_second() {
        let began = Instant::now();
        let counts = Counts::new(began);
        let after = |secs| began + Duration::from_secs(secs);
        let lines = Gauge {
            n_tcp: 1,
            ..Gauge::default()
        };
        counts.packets_in.store(300, Relaxed);
        counts.look(after(1), || unreachable!("it is too early"));
        assert_eq!(counts.read("hall").packets_in_per_s, 0);
        counts.look(after(3), || lines);
        counts.packets_in.store(310, Relaxed);
        let read = counts.read("hall");
        assert_eq!((read.packets_in_per_s, read.lines), (100, lines));
        counts.look(after(8), Gauge::default);
        let read = counts.read("hall");
        assert_eq!((read.packets_in_per_s, read.lines), (2, Gauge::default()));
    }
}
