//! What whoever starts media decides.

use std::net::{IpAddr, SocketAddr};

/// How rooms are run, and the one key that tickets are signed with.
#[derive(Clone)]
pub struct Settings {
    /// The name of the secret, in `iss` of every token.
    pub key: String,
    /// What tokens are signed with (HS256); at least 32 bytes.
    pub secret: String,
    /// Here, or by a cluster.
    pub mode: Mode,
}

/// Who runs the rooms.
#[derive(Debug, Clone)]
pub enum Mode {
    /// This process.
    Embedded(Embedded),
    /// A LiveKit server or cluster, which knows the same key and secret.
    LiveKit {
        /// `wss://` or `https://`, without a path; `ws://` and `http://` for a server on the same machine.
        url: String,
    },
}

/// Rooms in this process.
#[derive(Debug, Clone)]
pub struct Embedded {
    /// Where media come in: UDP, and ICE over TCP on the same number. With port 0 the system chooses.
    pub listen: SocketAddr,
    /// The addresses that clients are told, the best first; without any, those that this machine has itself.
    pub announce: Vec<IpAddr>,
    /// How many threads share the rooms; a room lives on one. At least one.
    pub threads: usize,
    /// People in one room, where [`crate::OpenRoom`] says nothing else.
    pub most_participants: usize,
    /// A relay for those whom neither UDP nor TCP reaches.
    pub turn: Option<Turn>,
}

/// A TURN server that shares a secret with us (coturn: `use-auth-secret`).
#[derive(Clone)]
pub struct Turn {
    /// `turn:` and `turns:` addresses.
    pub urls: Vec<String>,
    /// Its `static-auth-secret`.
    pub secret: String,
}

/// Secrets are never printed.
impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Settings")
            .field("mode", &self.mode)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Turn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Turn")
            .field("urls", &self.urls)
            .finish_non_exhaustive()
    }
}
