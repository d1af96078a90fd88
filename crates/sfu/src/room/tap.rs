//! A tap: a recording, or whatever else wants the media themselves, without a connection and unseen in the room.
//!
//! What a tap has not fetched is kept within bounds; beyond them the oldest goes, and the room never waits. That a call is
//! recorded is for the host to say: [`Room::set_recorded`].

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use livekit_protocol as proto;
use proto::signal_response::Message as Said;
use str0m::format::CodecSpec;
use str0m::media::{MediaKind, Rid, SenderFeedback};
use str0m::rtp::RtpPacket;

use super::forward::Incoming;
use super::{PeerKey, Room};
use crate::MemberId;
use crate::layers::HIGH;
use crate::peer::clock_rate_hz;
use crate::track::{Track, TrackId};

/// A tap of one room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TapId(u64);

/// A packet of a tapped track, as it arrived.
#[derive(Debug, Clone)]
pub struct Tapped {
    /// Which track.
    pub track_sid: Arc<str>,
    /// Whose.
    pub member: MemberId,
    /// What it holds: `audio/opus`, `video/VP8`, `video/H264`.
    pub mime_type: Arc<str>,
    /// Of two sources of one track (its layers) each has a number of its own; another source begins with a beginning.
    pub ssrc: u32,
    /// Extended by its rollovers, in order of sending; gaps are what got lost.
    pub seq: u64,
    /// Ticks of the codec's clock.
    pub rtp_ts: u32,
    /// When it was captured, in milliseconds since the room was opened: by the sender's reports once there is one, by its
    /// arrival before.
    pub session_ms: u64,
    /// The last packet of a picture.
    pub marker: bool,
    /// The payload, shared with those to whom it is forwarded; of sounds that are sent twice the newest.
    pub payload: Arc<[u8]>,
}

/// How many packets wait for a tap: some seconds of a call with a few cameras.
const MOST_WAITING: usize = 8_192;

/// A time from a report is believed when it is so near to that of the arrival.
const BELIEVED: Duration = Duration::from_secs(10);

#[derive(Debug)]
pub(super) struct Tap {
    /// None: all tracks.
    track_sids: Option<Vec<String>>,
    /// Which layer of which track comes.
    layers: HashMap<TrackId, (Option<Rid>, Names)>,
    waiting: VecDeque<Tapped>,
    n_lost: u64,
}

#[derive(Debug, Clone)]
struct Names {
    sid: Arc<str>,
    mime_type: Arc<str>,
}

/// The clocks of publishers against that of the room.
#[derive(Debug, Default)]
pub(super) struct Clocks {
    /// By publisher: what their clock is behind ours at least, in microseconds.
    offsets_us: HashMap<MemberId, i64>,
    /// By stream: a moment of the publisher's clock, and the same moment in ticks.
    reports: HashMap<(TrackId, Option<Rid>), (i64, u32)>,
}

pub(super) type Taps = BTreeMap<TapId, Tap>;

impl Room {
    /// Taps the named tracks, or all that there are and will be. The next packets of each picture begin anew.
    pub fn tap(&mut self, now: Instant, track_sids: Option<Vec<String>>) -> TapId {
        let id = TapId(self.next_id());
        let tap = Tap {
            track_sids,
            layers: HashMap::new(),
            waiting: VecDeque::new(),
            n_lost: 0,
        };
        self.taps.insert(id, tap);
        self.settle_all(now);
        id
    }

    /// The next packet of a tap, oldest first; none for now.
    pub fn poll_tap(&mut self, id: TapId) -> Option<Tapped> {
        self.taps.get_mut(&id)?.waiting.pop_front()
    }

    /// How many packets were lost because the tap was not fetched from.
    pub fn n_lost_by_tap(&self, id: TapId) -> u64 {
        self.taps.get(&id).map_or(0, |tap| tap.n_lost)
    }

    /// Ends a tap.
    pub fn untap(&mut self, id: TapId) {
        self.taps.remove(&id);
    }

    /// Everybody is told whether the call is recorded.
    pub fn set_recorded(&mut self, is_recorded: bool) {
        self.info.active_recording = is_recorded;
        let room = Some(self.room_info());
        let everybody: Vec<MemberId> = self.members.keys().copied().collect();
        self.say_to_all(everybody, Said::RoomUpdate(proto::RoomUpdate { room }));
    }

    /// A publisher says which of its ticks is which moment.
    pub(super) fn sender_reported(&mut self, (id, _): PeerKey, feedback: &SenderFeedback) {
        let Some(track) = self.published.get(&(id, feedback.mid)) else {
            return;
        };
        let since_epoch = feedback
            .sender_info
            .ntp_time
            .duration_since(std::time::UNIX_EPOCH);
        let Ok(theirs_us) = since_epoch.map(|passed| passed.as_micros() as i64) else {
            return;
        };
        let ours_us = feedback
            .received_at
            .saturating_duration_since(self.started_at)
            .as_micros() as i64;
        let rtp_ts = feedback.sender_info.rtp_time.numer() as u32;
        self.clocks
            .reports
            .insert((*track, feedback.rid), (theirs_us, rtp_ts));
        // The report that travelled fastest is nearest to the truth.
        let offset_us = ours_us.saturating_sub(theirs_us);
        let least_us = self.clocks.offsets_us.entry(id).or_insert(offset_us);
        *least_us = offset_us.min(*least_us);
    }

    pub(super) fn forget_clocks(&mut self, track: TrackId) {
        self.clocks.reports.retain(|(of, _), _| *of != track);
        for tap in self.taps.values_mut() {
            tap.layers.remove(&track);
        }
    }

    pub(super) fn forget_clock_of(&mut self, id: MemberId) {
        self.clocks.offsets_us.remove(&id);
    }
}

impl Clocks {
    /// When that tick of the stream was by the clock of its publisher, in microseconds since 1970; none before the first
    /// report.
    pub fn captured_us(&self, stream: (TrackId, Option<Rid>), rtp_ts: u32, codec: &CodecSpec) -> Option<i64> {
        let (theirs_us, reported_ts) = self.reports.get(&stream)?;
        let ticks = rtp_ts.wrapping_sub(*reported_ts).cast_signed();
        let passed_us = i64::from(ticks) * 1_000_000 / i64::from(clock_rate_hz(codec));
        Some(theirs_us.saturating_add(passed_us))
    }

    /// When the packet was captured, in the room's time.
    fn session_us(&self, owner: MemberId, incoming: &Incoming, arrived: Duration) -> u64 {
        let arrived_us = arrived.as_micros() as i64;
        let offset_us = self.offsets_us.get(&owner);
        let captured_us = incoming.captured_us.zip(offset_us);
        let captured_us = captured_us.map(|(theirs_us, offset_us)| theirs_us.saturating_add(*offset_us));
        let is_near = |us: &i64| us.abs_diff(arrived_us) < BELIEVED.as_micros() as u64;
        captured_us.filter(is_near).unwrap_or(arrived_us).max(0) as u64
    }
}

impl Tap {
    /// Whether the tap wants anything of this track.
    pub fn wants(&self, sid: &str) -> bool {
        let listed = self.track_sids.as_ref();
        listed.is_none_or(|sids| sids.iter().any(|listed| listed == sid))
    }

    /// Takes the packet when it is wanted. True when a beginning is needed first.
    pub fn take(
        &mut self,
        (id, track): (TrackId, &Track),
        packet: &RtpPacket,
        incoming: &Incoming,
        clocks: &Clocks,
        arrived: Duration,
    ) -> bool {
        if packet.payload.is_empty() || !self.wants(&track.info.sid) {
            return false;
        }
        let is_current = self.layers.get(&id).is_some_and(|(rid, _)| *rid == incoming.rid);
        if !is_current {
            if track.kind == MediaKind::Video && incoming.best[HIGH] != Some(incoming.rid) {
                return false;
            }
            if !incoming.begins_anew {
                return true;
            }
            let names = Names {
                sid: track.info.sid.as_str().into(),
                mime_type: track.info.mime_type.as_str().into(),
            };
            self.layers.insert(id, (incoming.rid, names));
        }
        let Some((_, names)) = self.layers.get(&id) else {
            return false;
        };
        if self.waiting.len() >= MOST_WAITING {
            self.waiting.pop_front();
            self.n_lost += 1;
        }
        self.waiting.push_back(Tapped {
            track_sid: names.sid.clone(),
            member: track.owner,
            mime_type: names.mime_type.clone(),
            ssrc: *packet.header.ssrc,
            seq: *packet.seq_no,
            rtp_ts: packet.header.timestamp,
            session_ms: clocks.session_us(track.owner, incoming, arrived) / 1_000,
            marker: packet.header.marker,
            payload: incoming.plain.clone(),
        });
        false
    }
}
