//! Who receives which media: the media side of the LiveKit client protocol, over str0m.
//!
//! No sockets, no tasks, no clock: a [`Room`] is told what came in and when ([`Room::input`]), and says what is to go out
//! and when it wants to be woken ([`Room::poll`]). So minutes of a call over a bad network are tested in milliseconds.
//! Names come from a seed; keys, certificates and ICE fragments are drawn by the libraries below.
//!
//! Invariants: a peer that fails, floods or lies costs itself its place and nobody else anything; what a participant may
//! not do is refused with a reason; an update that names a track reaches a subscriber before the SDP that carries it;
//! nobody hears of somebody who is hidden.
//!
//! It does not know tokens, HTTP, sockets, databases, or what a room is for.

mod codec;
mod config;
mod crypto;
mod entry;
mod layers;
mod line;
mod member;
mod peer;
mod rewrite;
mod room;
mod sdp;
mod share;
mod stun;
mod track;

pub use config::{Config, Grants, Limits, Transport};
pub use entry::{BadEntry, Entry, MOST_BYTES, Topology};
pub use livekit_protocol as proto;
pub use member::MemberId;
pub use peer::Incoming;
pub use room::{Event, Gauge, Input, Join, Output, Packet, Refusal, Room, TapId, Tapped};
pub use stun::stun_ufrag;

#[cfg(any(test, feature = "testing"))]
#[expect(clippy::unwrap_used, reason = "clients on a virtual network are tests")]
pub mod testing;
#[cfg(test)]
mod tests;
