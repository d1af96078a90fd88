//! One published track and who receives it.

use std::collections::BTreeMap;

use livekit_protocol as proto;
use str0m::media::{MediaKind, Mid};
use str0m::rtp::Ssrc;

use crate::MemberId;
use crate::rewrite::Rewriter;

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
}

/// A track on its way to one participant.
pub(crate) struct Subscription {
    /// The section that it goes out in; none until one is agreed on.
    pub mid: Option<Mid>,
    /// The client has agreed to the section.
    pub is_ready: bool,
    /// The client wants nothing of it for now.
    pub is_disabled: bool,
    /// The stream of the section, while the track has it.
    pub rewriter: Option<Rewriter>,
    /// Which stream of the publisher was forwarded last.
    pub source: Option<Ssrc>,
    /// Payload type of the publisher, and what it is here.
    pub payload_type: Option<(u8, u8)>,
}

impl Subscription {
    pub fn new() -> Self {
        Subscription {
            mid: None,
            is_ready: false,
            is_disabled: false,
            rewriter: None,
            source: None,
            payload_type: None,
        }
    }
}

impl Track {
    pub fn is_published(&self) -> bool {
        self.mid.is_some()
    }
}
