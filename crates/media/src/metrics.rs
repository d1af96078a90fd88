//! What rooms cost and how they do, for those who watch.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};

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
}

/// Written by the thread of the room alone, read by anybody.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    pub participants: AtomicUsize,
    pub packets_in: AtomicU64,
    pub bytes_in: AtomicU64,
    pub packets_out: AtomicU64,
    pub bytes_out: AtomicU64,
    pub packets_dropped: AtomicU64,
}

impl Counts {
    pub fn read(&self, room: &str) -> RoomMetrics {
        RoomMetrics {
            room: room.to_owned(),
            participants: self.participants.load(Relaxed),
            packets_in: self.packets_in.load(Relaxed),
            bytes_in: self.bytes_in.load(Relaxed),
            packets_out: self.packets_out.load(Relaxed),
            bytes_out: self.bytes_out.load(Relaxed),
            packets_dropped: self.packets_dropped.load(Relaxed),
        }
    }
}
