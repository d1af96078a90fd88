//! What can go wrong, for those who start media and those who use it.

use std::net::SocketAddr;

/// Why media do not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Somebody else has the port.
    #[error("cannot listen for media at {address} ({kind}): is the port taken?")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// `UDP` or `TCP`.
        kind: &'static str,
        /// What the system says.
        source: std::io::Error,
    },
    /// Neither told nor found.
    #[error("this machine has no address that clients could reach: name one to announce")]
    NoAddress,
    /// What is shorter can be guessed.
    #[error("the secret for tokens has less than 32 bytes")]
    ShortSecret,
    /// Not of the kind that is needed.
    #[error("{0} is no address of a LiveKit server: wss:// or https:// is needed")]
    BadUrl(String),
    /// The system gives no thread, or no client for HTTP.
    #[error("the system refuses what media need")]
    System(#[source] std::io::Error),
}

/// Why something that was asked of a room did not happen.
#[derive(Debug, thiserror::Error, Clone, PartialEq, Eq)]
pub enum MediaError {
    /// There is no such room.
    #[error("there is no such room")]
    NoRoom,
    /// Nobody of that identity is in the room.
    #[error("there is no such participant")]
    NoParticipant,
    /// The participant publishes no such track.
    #[error("there is no such track")]
    NoTrack,
    /// Whoever is muted unmutes themselves: nobody opens a microphone from afar.
    #[error("nobody else can unmute a track")]
    CannotUnmute,
    /// The name of a room has 1 to 256 bytes.
    #[error("the name of the room is empty or too long")]
    BadName,
    /// [`crate::Media::stop`] was called, or the thread of the room is overwhelmed.
    #[error("media are not available")]
    Unavailable,
    /// The cluster does not answer, or not what it should.
    #[error("the media server failed: {0}")]
    Cluster(String),
}
