//! Coming, being there, and going.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use livekit_protocol as proto;
use proto::DisconnectReason;
use proto::leave_request::Action;
use proto::participant_info::State;
use proto::signal_response::Message as Said;

use super::{Event, Output, PeerKey, Room, quality};
use crate::config::Allowance;
use crate::member::{Member, Role};
use crate::peer::Peer;
use crate::{Entry, Grants, MemberId, Topology};

/// Who wants to come in, as their token says, and how.
#[derive(Debug, Clone)]
pub struct Join {
    /// One person is in a room once: whoever comes again takes the place.
    pub identity: String,
    /// What others see.
    pub name: String,
    /// Free text, for the product.
    pub metadata: String,
    /// Free pairs, for the product.
    pub attributes: HashMap<String, String>,
    /// What they may do.
    pub grants: Grants,
    /// What their client wants.
    pub entry: Entry,
}

/// Why somebody cannot come in.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Refusal {
    /// As many as [`crate::Limits::n_members`] are in.
    #[error("the room is full")]
    Full,
    /// Without an identity nobody can be told apart.
    #[error("an identity is missing")]
    Nameless,
    /// More text than [`crate::Limits::text_bytes`].
    #[error("name, metadata or attributes are too long")]
    TooLong,
    /// Who wants to resume has no place here any more.
    #[error("there is no such participant any more")]
    Unknown,
}

/// Seconds between two pings of a client, and until it takes a silent server for gone. Neither may be 0: native clients
/// panic then.
const PING_INTERVAL_SECS: i32 = 5;
const PING_TIMEOUT_SECS: i32 = 15;

/// The version of the protocol that is spoken here; clients with a newer one speak it too.
const PROTOCOL: i32 = 16;

/// The LiveKit server that we do as much as. Clients compare it with the version that brought a feature: below 1.8.0 they
/// refuse to make calls (RPC), above 1.13.6 they publish VP9 in layers.
const AS_LIVEKIT: &str = "1.11.0";

/// What may be published.
const CODECS: [&str; 6] = [
    "audio/opus",
    "audio/red",
    "video/VP8",
    "video/H264",
    "video/VP9",
    "video/AV1",
];

impl Room {
    /// Lets somebody in. Their first signals are out when this returns.
    pub fn join(&mut self, now: Instant, join: Join) -> Result<MemberId, Refusal> {
        let earlier = self.find_identity(&join.identity);
        self.check(&join, earlier.is_some())?;
        if let Some(earlier) = earlier {
            self.remove(now, earlier, DisconnectReason::DuplicateIdentity);
        }
        let id = MemberId(self.next_id());
        let (tracks, offer) = (join.entry.tracks.clone(), join.entry.offer.clone());
        let member = self.new_member(now, join);
        self.members.insert(id, Box::new(member));
        self.refresh_ufrags(id);
        self.welcome(id);
        self.tell(Event::Joined(id));
        self.tell_others(id);
        for track in tracks {
            self.add_track(id, track);
        }
        if let Some(offer) = offer {
            self.offer(now, id, offer);
        }
        self.offer_channels(id);
        self.settle_all(now);
        Ok(id)
    }

    fn check(&self, join: &Join, is_here: bool) -> Result<(), Refusal> {
        let limits = &self.config.limits;
        if join.identity.is_empty() {
            return Err(Refusal::Nameless);
        }
        let attributes = join.attributes.iter().chain(&join.entry.attributes);
        let n_bytes: usize = attributes.map(|(name, value)| name.len() + value.len()).sum();
        let longest = n_bytes
            .max(join.name.len())
            .max(join.metadata.len())
            .max(join.identity.len());
        if longest > limits.text_bytes {
            return Err(Refusal::TooLong);
        }
        let is_full = !is_here && self.members.len() >= limits.n_members;
        if is_full { Err(Refusal::Full) } else { Ok(()) }
    }

    fn new_member(&mut self, now: Instant, join: Join) -> Member {
        let joined_at_ms = self.wall_ms(now);
        let mut attributes = join.attributes;
        attributes.extend(join.entry.attributes);
        let info = proto::ParticipantInfo {
            sid: self.new_sid("PA"),
            identity: join.identity,
            name: join.name,
            metadata: join.metadata,
            attributes,
            state: State::Joined as i32,
            joined_at: joined_at_ms / 1_000,
            joined_at_ms,
            version: 1,
            permission: Some(join.grants.to_permission()),
            client_protocol: join.entry.client.client_protocol,
            ..Default::default()
        };
        let is_two = join.entry.topology == Topology::Two;
        let publisher = Peer::new(&self.config, !is_two, now);
        let subscriber = is_two.then(|| Peer::new(&self.config, true, now));
        let allowance = Allowance::full(self.config.limits.n_signals_per_second, now);
        let mut member = Member::new(info, join.grants, allowance, (publisher, subscriber), now);
        member.auto_subscribe = join.entry.auto_subscribe;
        member
    }

    fn welcome(&mut self, id: MemberId) {
        let others = self
            .members
            .iter()
            .filter(|(other, member)| **other != id && !member.grants.is_hidden);
        let other_participants = others.map(|(_, member)| member.info.clone()).collect();
        let Some(member) = self.members.get(&id) else {
            return;
        };
        let welcome = proto::JoinResponse {
            room: Some(self.room_info()),
            participant: Some(member.info.clone()),
            other_participants,
            server_info: Some(server_info()),
            // Older clients read it here.
            server_version: AS_LIVEKIT.to_owned(),
            ice_servers: self.config.ice_servers.clone(),
            subscriber_primary: member.topology == Topology::Two,
            ping_interval: PING_INTERVAL_SECS,
            ping_timeout: PING_TIMEOUT_SECS,
            enabled_publish_codecs: CODECS.iter().map(|mime| codec(mime)).collect(),
            fast_publish: true,
            ..Default::default()
        };
        self.say(id, Said::Join(welcome));
    }

    /// The room as it is told to clients.
    pub(super) fn room_info(&self) -> proto::Room {
        let seen = self.members.values().filter(|member| !member.grants.is_hidden);
        let n_publishers = seen.clone().filter(|member| member.info.is_publisher).count();
        proto::Room {
            num_participants: seen.count() as u32,
            num_publishers: n_publishers as u32,
            ..self.info.clone()
        }
    }

    /// Everybody who may know of them hears how they are now; they themselves too.
    pub(super) fn tell_others(&mut self, id: MemberId) {
        let Some(member) = self.members.get(&id) else {
            return;
        };
        let is_hidden = member.grants.is_hidden;
        let update = Said::Update(proto::ParticipantUpdate {
            participants: vec![member.info.clone()],
        });
        let hear = self
            .members
            .keys()
            .copied()
            .filter(|other| !is_hidden || *other == id);
        let hear: Vec<MemberId> = hear.collect();
        self.say_to_all(hear, update);
    }

    pub(super) fn connected(&mut self, now: Instant, (id, role): PeerKey) {
        let Some(member) = self.members.get_mut(&id) else {
            return;
        };
        member.peer(role).is_connected = true;
        self.quality_at.get_or_insert(now + quality::EVERY);
        if role != member.receiving_role() || member.is_active() {
            return;
        }
        member.info.state = State::Active as i32;
        member.bump();
        self.tell_others(id);
        self.tell(Event::Active(id));
        self.subscribe_to_all(id);
    }

    /// Takes somebody out of the room, whatever state they are in, and tells everybody.
    pub(super) fn remove(&mut self, now: Instant, id: MemberId, reason: DisconnectReason) {
        if !self.members.contains_key(&id) {
            return;
        }
        self.say_farewell(id, reason);
        self.close_ufrags(id, |_| true);
        self.paths.retain(|_, (owner, _)| *owner != id);
        let Some(mut member) = self.members.remove(&id) else {
            return;
        };
        self.agenda.forget(id, &mut member);
        self.agenda.touch_all();
        self.forget_clock_of(id);
        self.drop_tracks_of(id);
        self.drop_subscriptions_of(id);
        let spoke = if member.grants.is_hidden {
            Duration::ZERO
        } else {
            member.spoke
        };
        member.info.tracks.clear();
        member.info.state = State::Disconnected as i32;
        member.info.disconnect_reason = reason as i32;
        member.bump();
        if !member.grants.is_hidden {
            let everybody: Vec<MemberId> = self.members.keys().copied().collect();
            let participants = vec![member.info];
            self.say_to_all(everybody, Said::Update(proto::ParticipantUpdate { participants }));
        }
        self.negotiate_all(now);
        self.out.push_back(Output::Close(id));
        if !spoke.is_zero() {
            self.tell(Event::Spoke(id, spoke));
        }
        self.tell(Event::Left(id, reason));
    }

    /// Clients that are told to disconnect give up; after a failure of ours they should come back at once.
    fn say_farewell(&mut self, id: MemberId, reason: DisconnectReason) {
        let action = match reason {
            DisconnectReason::SignalClose | DisconnectReason::ClientInitiated => return,
            DisconnectReason::MediaFailure | DisconnectReason::StateMismatch => Action::Reconnect,
            _ => Action::Disconnect,
        };
        let leave = proto::LeaveRequest {
            can_reconnect: action == Action::Reconnect,
            reason: reason as i32,
            action: action as i32,
            ..Default::default()
        };
        self.say(id, Said::Leave(leave));
    }

    // ---- fragments ----

    /// A fragment is another after ICE began anew.
    pub(super) fn refresh_ufrags(&mut self, id: MemberId) {
        let Some(member) = self.members.get_mut(&id) else {
            return;
        };
        let roles = member.roles();
        let mut current = Vec::with_capacity(roles.len());
        for role in roles {
            current.extend(member.peer(*role).ufrag().map(|ufrag| (ufrag, (id, *role))));
        }
        self.close_ufrags(id, |ufrag| !current.iter().any(|(known, _)| *known == ufrag));
        for (ufrag, key) in current {
            if self.ufrags.insert(ufrag.clone(), key).is_none() {
                self.tell(Event::UfragOpened(ufrag));
            }
        }
    }

    fn close_ufrags(&mut self, id: MemberId, is_over: impl Fn(&str) -> bool) {
        let is_closed = |ufrag: &String, key: &mut PeerKey| key.0 == id && is_over(ufrag);
        let closed: Vec<String> = self
            .ufrags
            .extract_if(is_closed)
            .map(|(ufrag, _)| ufrag)
            .collect();
        for ufrag in closed {
            self.tell(Event::UfragClosed(ufrag));
        }
    }

    // ---- finding ----

    pub(super) fn find_identity(&self, identity: &str) -> Option<MemberId> {
        let found = self
            .members
            .iter()
            .find(|(_, member)| member.info.identity == identity);
        found.map(|(id, _)| *id)
    }

    pub(super) fn sid_of(&self, id: MemberId) -> String {
        let member = self.members.get(&id);
        member.map(|member| member.info.sid.clone()).unwrap_or_default()
    }

    fn offer_channels(&mut self, id: MemberId) {
        let Some(member) = self.members.get_mut(&id) else {
            return;
        };
        if member.topology == Topology::One {
            return;
        }
        if let Some(sdp) = member.peer(Role::Subscriber).offer_channels() {
            self.say(id, Said::Offer(super::subscribe::description("offer", sdp)));
        }
    }
}

fn codec(mime: &str) -> proto::Codec {
    proto::Codec {
        mime: mime.to_owned(),
        fmtp_line: String::new(),
    }
}

pub(super) fn server_info() -> proto::ServerInfo {
    proto::ServerInfo {
        version: AS_LIVEKIT.to_owned(),
        protocol: PROTOCOL,
        ..Default::default()
    }
}
