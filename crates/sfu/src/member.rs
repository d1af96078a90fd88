//! One participant: who they are, what they may do, and the connections to them.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use livekit_protocol as proto;
use str0m::media::{MediaKind, Mid};

use crate::config::Allowance;
use crate::line::Line;
use crate::peer::Peer;
use crate::room::{Owed, Path};
use crate::track::{Stream, TrackId};
use crate::{Grants, Topology};

/// A participant of one room, for as long as they stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MemberId(pub u64);

/// Which of a participant's connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Role {
    Publisher,
    Subscriber,
}

pub(crate) struct Member {
    pub info: proto::ParticipantInfo,
    pub grants: Grants,
    pub topology: Topology,
    pub auto_subscribe: bool,
    pub allowance: Allowance,
    publisher: Peer,
    /// None where one connection does both.
    subscriber: Option<Box<Peer>>,
    /// What goes to them, section by section.
    pub sections: HashMap<Mid, Section>,
    /// What they subscribed to has changed since the last negotiation of it.
    pub wants_negotiation: bool,
    /// Since when their signalling socket is gone.
    pub lost_at: Option<Instant>,
    pub is_speaking: bool,
    /// When they began to speak the last time.
    pub spoke_at: Option<Instant>,
    /// For how long they have spoken in all, as often as it was looked at who speaks.
    pub spoke: Duration,
    pub line: Line,
    /// Whom they let subscribe to what; none: everybody to everything.
    pub lets: Option<Vec<proto::TrackPermission>>,
    /// The last number that they gave a reliable packet of theirs.
    pub last_sequence: u32,
    /// The reliable packets that they are behind with.
    pub owed: Option<Owed>,
    /// When anything came from them the last time.
    pub heard_at: Instant,
    /// How good their connection was when it was last looked at.
    pub quality: Option<proto::ConnectionQuality>,
    pub path: Path,
    /// They were told how good the connections of the others are.
    pub knows_qualities: bool,
    /// With one connection: sections were asked of the client, and it has not offered since.
    pub asked_for_sections: bool,
}

/// A section through which tracks go to a participant, one after another.
pub(crate) struct Section {
    pub kind: MediaKind,
    pub track: Option<TrackId>,
    /// The stream in it goes on when another track takes the section over.
    pub stream: Option<Stream>,
    /// The client was told that nothing comes here, so that the next track will be news to it.
    pub was_rested: bool,
}

impl Member {
    pub fn new(
        info: proto::ParticipantInfo,
        grants: Grants,
        allowance: Allowance,
        peers: (Peer, Option<Peer>),
        now: Instant,
    ) -> Self {
        let topology = if peers.1.is_some() {
            Topology::Two
        } else {
            Topology::One
        };
        Member {
            info,
            grants,
            topology,
            auto_subscribe: true,
            allowance,
            publisher: peers.0,
            subscriber: peers.1.map(Box::new),
            sections: HashMap::new(),
            wants_negotiation: false,
            lost_at: None,
            is_speaking: false,
            spoke_at: None,
            spoke: Duration::ZERO,
            line: Line::default(),
            lets: None,
            last_sequence: 0,
            owed: None,
            heard_at: now,
            quality: None,
            path: Path::default(),
            knows_qualities: false,
            asked_for_sections: false,
        }
    }

    /// The connection of that role; with one connection it has both.
    pub fn peer(&mut self, role: Role) -> &mut Peer {
        match (role, &mut self.subscriber) {
            (Role::Subscriber, Some(subscriber)) => subscriber,
            _ => &mut self.publisher,
        }
    }

    /// The connection through which they receive.
    pub fn receiving(&mut self) -> &mut Peer {
        self.peer(Role::Subscriber)
    }

    /// The role under which that connection is known.
    pub fn receiving_role(&self) -> Role {
        match self.subscriber {
            Some(_) => Role::Subscriber,
            None => Role::Publisher,
        }
    }

    pub fn roles(&self) -> &'static [Role] {
        match self.subscriber {
            Some(_) => &[Role::Publisher, Role::Subscriber],
            None => &[Role::Publisher],
        }
    }

    pub fn is_active(&self) -> bool {
        self.info.state == proto::participant_info::State::Active as i32
    }

    /// What is said of them has changed: clients keep the newest version only.
    pub fn bump(&mut self) {
        self.info.version += 1;
    }
}

impl Section {
    /// A section that carried nothing yet may carry anything: nobody was told otherwise.
    pub fn new(kind: MediaKind) -> Self {
        Section {
            kind,
            track: None,
            stream: None,
            was_rested: true,
        }
    }
}
