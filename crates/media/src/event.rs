//! What happens in rooms, for whoever listens.

use sfu::proto;
use std::time::Duration;

/// Something that happened in a room. Those of one room come in order.
#[derive(Debug, Clone, PartialEq)]
pub enum MediaEvent {
    /// A room is there; `sid` tells it from an earlier one of the name.
    RoomStarted {
        /// Its name.
        room: String,
        /// This very room.
        sid: String,
    },
    /// A room is gone; whoever was in it has left.
    RoomFinished {
        /// Its name.
        room: String,
        /// This very room.
        sid: String,
    },
    /// Somebody came in.
    Joined {
        /// The name of the room.
        room: String,
        /// Whose ticket it was.
        identity: String,
        /// This very stay.
        sid: String,
    },
    /// Somebody is gone.
    Left {
        /// The name of the room.
        room: String,
        /// Whose ticket it was.
        identity: String,
        /// This very stay: with [`DuplicateIdentity`](proto::DisconnectReason::DuplicateIdentity) another one begins.
        sid: String,
        /// Why.
        reason: proto::DisconnectReason,
        /// For how long they have spoken since they came; of a cluster it is not known, and nothing.
        spoke: Duration,
    },
    /// Somebody sends a track.
    TrackPublished {
        /// The name of the room.
        room: String,
        /// Whose it is.
        identity: String,
        /// What it is.
        track: Box<proto::TrackInfo>,
    },
    /// A track is gone.
    TrackUnpublished {
        /// The name of the room.
        room: String,
        /// Whose it was.
        identity: String,
        /// Which it was.
        track_sid: String,
    },
}

/// How long somebody who is in has spoken since they came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// Whose ticket it was.
    pub identity: String,
    /// This very stay.
    pub sid: String,
    /// In steps of 0.4 s.
    pub spoke: Duration,
}
