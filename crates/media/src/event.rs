//! What happens in rooms, for whoever listens.

use sfu::proto;

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
