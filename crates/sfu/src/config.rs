//! What a room is told at its birth, and what its people may do.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use base::Timestamp;
use livekit_protocol as proto;

/// What a room is told at its birth.
#[derive(Debug, Clone)]
pub struct Config {
    /// The name that tokens are for.
    pub name: String,
    /// The moment that corresponds to the instant given to [`crate::Room::new`]; everything else follows from it.
    pub opened_at: Timestamp,
    /// Where clients reach this server, the one they should try first at the head. At least one.
    pub candidates: Vec<(Transport, SocketAddr)>,
    /// Relays that clients are told of.
    pub ice_servers: Vec<proto::IceServer>,
    /// From it come the ids; two rooms with one seed name the same things alike.
    pub seed: [u8; 32],
    /// What a room refuses to exceed.
    pub limits: Limits,
}

/// How packets travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Transport {
    /// One datagram is one packet.
    Udp,
    /// Packets in frames of RFC 4571, whose two bytes of length are the host's to write and to read.
    Tcp,
}

/// What a room refuses to exceed. Whoever asks for more is told so; nobody else notices.
#[derive(Debug, Clone)]
pub struct Limits {
    /// People in the room at once, those who listen in hiding included.
    pub n_members: usize,
    /// Tracks that one person publishes at once.
    pub n_tracks_per_member: usize,
    /// Sections of one SDP. Each costs up to 3 kB of text, so with [`Limits::signal_bytes`] this is about what fits.
    pub n_sections: usize,
    /// The largest signal that is read at all.
    pub signal_bytes: usize,
    /// Signals that one person may send in a second, on average; three times as many at once.
    pub n_signals_per_second: u32,
    /// Name and metadata of a person, each.
    pub text_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            n_members: 500,
            n_tracks_per_member: 12,
            n_sections: 256,
            signal_bytes: 512 * 1024,
            n_signals_per_second: 50,
            text_bytes: 16 * 1024,
        }
    }
}

/// What somebody may do, as their token says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grants {
    /// Publish tracks.
    pub can_publish: bool,
    /// Only from these sources; empty: from any.
    pub publish_sources: Vec<proto::TrackSource>,
    /// Receive the tracks of others.
    pub can_subscribe: bool,
    /// Send data.
    pub can_publish_data: bool,
    /// Change their own name, metadata and attributes.
    pub can_update_metadata: bool,
    /// The others do not see them.
    pub is_hidden: bool,
}

impl Default for Grants {
    fn default() -> Self {
        Grants {
            can_publish: true,
            publish_sources: Vec::new(),
            can_subscribe: true,
            can_publish_data: true,
            can_update_metadata: false,
            is_hidden: false,
        }
    }
}

impl Grants {
    pub(crate) fn may_publish(&self, source: i32) -> bool {
        let is_listed = self
            .publish_sources
            .iter()
            .any(|allowed| *allowed as i32 == source);
        self.can_publish && (self.publish_sources.is_empty() || is_listed)
    }

    pub(crate) fn to_permission(&self) -> proto::ParticipantPermission {
        proto::ParticipantPermission {
            can_subscribe: self.can_subscribe,
            can_publish: self.can_publish,
            can_publish_data: self.can_publish_data,
            can_publish_sources: self.publish_sources.iter().map(|source| *source as i32).collect(),
            hidden: self.is_hidden,
            can_update_metadata: self.can_update_metadata,
            ..Default::default()
        }
    }
}

/// A bucket of signals: what is left of it, and since when.
#[derive(Debug)]
pub(crate) struct Allowance {
    left: f64,
    filled_at: Instant,
}

/// How many seconds of signals may come at once: a client that joins with many tracks sends a burst.
const BURST: f64 = 3.0;

impl Allowance {
    pub fn full(per_second: u32, now: Instant) -> Self {
        Allowance {
            left: f64::from(per_second) * BURST,
            filled_at: now,
        }
    }

    /// Whether one more is fine at `now`.
    pub fn take(&mut self, per_second: u32, now: Instant) -> bool {
        let passed: Duration = now.saturating_duration_since(self.filled_at);
        let most = f64::from(per_second) * BURST;
        self.left = (self.left + passed.as_secs_f64() * f64::from(per_second)).min(most);
        self.filled_at = now;
        let is_fine = self.left >= 1.0;
        if is_fine {
            self.left -= 1.0;
        }
        is_fine
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_allowance_is_a_burst_and_then_a_rate() {
        let start = Instant::now();
        let mut allowance = Allowance::full(10, start);
        assert_eq!((0..100).filter(|_| allowance.take(10, start)).count(), 30);
        let later = start + Duration::from_secs(1);
        assert_eq!((0..100).filter(|_| allowance.take(10, later)).count(), 10);
    }

    #[test]
    fn sources_narrow_what_may_be_published() {
        let mut grants = Grants::default();
        assert!(grants.may_publish(proto::TrackSource::Camera as i32));
        grants.publish_sources = vec![proto::TrackSource::Microphone];
        assert!(grants.may_publish(proto::TrackSource::Microphone as i32));
        assert!(!grants.may_publish(proto::TrackSource::Camera as i32));
        grants.can_publish = false;
        assert!(!grants.may_publish(proto::TrackSource::Microphone as i32));
    }
}
