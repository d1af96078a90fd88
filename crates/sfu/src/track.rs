//! One published track and who receives it.

use std::collections::BTreeMap;
use std::time::Instant;

use livekit_protocol as proto;
use str0m::format::CodecSpec;
use str0m::media::{MediaKind, Mid, Rid};
use str0m::rtp::Ssrc;

use crate::MemberId;
use crate::codec::{Format, Vp8Counters};
use crate::layers::{HIGH, Layers, Rank};
use crate::peer::{Peer, clock_rate_hz};
use crate::rewrite::Rewriter;
use crate::share::Has;

/// A track of one room, for as long as it is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TrackId(pub u64);

pub(crate) struct Track {
    pub owner: MemberId,
    /// How clients know the owner.
    pub owner_sid: String,
    pub info: proto::TrackInfo,
    pub kind: MediaKind,
    /// What the client calls it until it has our name.
    pub cid: String,
    /// The section that it comes in; none until it was offered. Others hear of it from then on.
    pub mid: Option<Mid>,
    pub subscriptions: BTreeMap<MemberId, Subscription>,
    pub layers: Layers,
    /// The largest layer that its publisher knows to be wanted.
    pub told_wanted: Rank,
    /// Since when nobody wants so much.
    pub unwanted_since: Option<Instant>,
    /// The loudest that came since it was last looked at, in decibels.
    pub level_db: i8,
    /// The host muted it, and its owner has not unmuted it since.
    pub is_silenced: bool,
    /// Payload type of the publisher that came last, and what it means.
    pub format: Option<(u8, Format)>,
}

/// One outgoing stream: it runs on, whichever track and layer feeds it.
pub(crate) struct Stream {
    pub places: Rewriter,
    pub vp8: Vp8Counters,
}

impl Stream {
    pub fn new(codec: &CodecSpec) -> Self {
        Stream {
            places: Rewriter::new(clock_rate_hz(codec)),
            vp8: Vp8Counters::default(),
        }
    }

    pub fn begin_source(&mut self) {
        self.places.begin_source();
        self.vp8.begin_source();
    }

    /// What comes next is of another track.
    pub fn leave_track(mut self) -> Self {
        self.places.forget_clock();
        self
    }
}

/// A track on its way to one participant.
pub(crate) struct Subscription {
    /// The section that it goes out in; none until one is agreed on.
    pub mid: Option<Mid>,
    /// From when on the client knows what the section carries; none before it has agreed to it.
    pub ready_at: Option<Instant>,
    /// The client wants nothing of it for now.
    pub is_disabled: bool,
    /// The stream of the section, while the track has it.
    pub stream: Option<Stream>,
    /// How large a picture the client wants at most.
    pub wanted: Rank,
    /// What their line has room for.
    pub has: Has,
    /// Which layer it gets; none before the first beginning of one.
    pub layer: Option<Option<Rid>>,
    /// Which stream of the publisher was forwarded last.
    pub source: Option<Ssrc>,
    /// Payload type of the publisher that came last, and what it is here.
    pub payload_type: Option<(u8, (u8, Format))>,
    /// The section, and how its stream is found without looking through all.
    pub ssrc: Option<(Mid, Ssrc)>,
}

impl Subscription {
    pub fn new() -> Self {
        Subscription {
            mid: None,
            ready_at: None,
            is_disabled: false,
            stream: None,
            wanted: HIGH,
            has: Has::Nothing,
            layer: None,
            source: None,
            payload_type: None,
            ssrc: None,
        }
    }
}

impl Subscription {
    /// Something of it may go out at `now`.
    pub fn is_open(&self, now: Instant) -> bool {
        let is_wanted = !self.is_disabled && self.has != Has::Pause;
        is_wanted && self.ready_at.is_some_and(|ready_at| ready_at <= now)
    }

    /// How large a picture may go out.
    pub fn most(&self) -> Rank {
        match self.has {
            Has::Upto(rank) => rank.min(self.wanted),
            Has::Nothing | Has::Pause => self.wanted,
        }
    }

    /// Nothing comes of it for a while; what comes after that begins anew.
    pub fn pause(&mut self) {
        self.layer = None;
    }
}

impl Track {
    pub fn is_published(&self) -> bool {
        self.mid.is_some()
    }

    /// What packets of the publisher with this payload type are.
    pub fn format_of(&mut self, publisher: &mut Peer, payload_type: u8) -> Option<Format> {
        if let Some((_, format)) = self.format.filter(|(known, _)| *known == payload_type) {
            return Some(format);
        }
        let format = publisher.find_format(payload_type)?;
        self.format = Some((payload_type, format));
        Some(format)
    }
}
