//! A signalling socket that is lost, and the client that comes back for its place.
//!
//! Media go on meanwhile; signals to somebody without a socket are not kept, the client hears how all is when it is back.

use std::time::{Duration, Instant};

use livekit_protocol as proto;
use proto::DisconnectReason;
use proto::signal_response::Message as Said;

use super::people::server_info;
use super::replay::AGAIN;
use super::{Refusal, Room};
use crate::{MemberId, Topology};

/// How long a place is kept. Clients try for about as long before they give up and come in anew.
const KEPT: Duration = Duration::from_secs(20);

impl Room {
    pub(super) fn signal_lost(&mut self, now: Instant, id: MemberId) {
        if let Some(member) = self.members.get_mut(&id) {
            member.lost_at.get_or_insert(now);
        }
    }

    pub(super) fn end_lost(&mut self, now: Instant) {
        let ended = self
            .members
            .iter()
            .filter(|(_, member)| member.lost_at.is_some_and(|at| at + KEPT <= now));
        let ended: Vec<MemberId> = ended.map(|(id, _)| *id).collect();
        for id in ended {
            self.remove(now, id, DisconnectReason::SignalClose);
        }
    }

    pub(super) fn lost_until(&self) -> Option<Instant> {
        self.members
            .values()
            .filter_map(|member| member.lost_at)
            .min()
            .map(|at| at + KEPT)
    }

    /// Gives somebody who comes back with the sid of their participant their place. Their client begins ICE anew by itself.
    /// A client that is refused is told to come in anew: [`Room::farewell`].
    pub fn resume(&mut self, now: Instant, identity: &str, sid: &str) -> Result<MemberId, Refusal> {
        let id = self.find_identity(identity).ok_or(Refusal::Unknown)?;
        let member = self.members.get_mut(&id).filter(|member| member.info.sid == sid);
        let member = member.ok_or(Refusal::Unknown)?;
        member.lost_at = None;
        member.knows_qualities = false;
        member.await_state(now, self.kept.end());
        self.data_at.get_or_insert(now + AGAIN);
        member.asked_for_sections = false;
        member.wants_negotiation = true;
        let has_lost_an_offer = member.topology == Topology::Two && member.receiving().give_up_offer();
        let reconnect = proto::ReconnectResponse {
            ice_servers: self.config.ice_servers.clone(),
            server_info: Some(server_info()),
            last_message_seq: member.last_sequence,
            ..Default::default()
        };
        self.say(id, Said::Reconnect(reconnect));
        let seen = self
            .members
            .iter()
            .filter(|(other, member)| **other == id || !member.grants.is_hidden);
        let participants = seen.map(|(_, member)| member.info.clone()).collect();
        self.say(id, Said::Update(proto::ParticipantUpdate { participants }));
        if has_lost_an_offer {
            self.take_back_sections(id);
        }
        self.negotiate_all(now);
        self.settle_all(now);
        Ok(id)
    }

    /// An offer never reached the client, so nothing that it said is so.
    fn take_back_sections(&mut self, id: MemberId) {
        let Some(member) = self.members.get_mut(&id) else {
            return;
        };
        let theirs = self
            .tracks
            .values_mut()
            .filter_map(|track| track.subscriptions.get_mut(&id));
        for subscription in theirs.filter(|subscription| subscription.ready_at.is_none()) {
            if let Some(mid) = subscription.mid.take() {
                member.sections.remove(&mid);
            }
        }
    }

    /// What a client is told, as the first and only signal, whose place is not here any more: to come in anew.
    pub fn farewell() -> Vec<u8> {
        let leave = proto::LeaveRequest {
            can_reconnect: true,
            reason: DisconnectReason::StateMismatch as i32,
            action: proto::leave_request::Action::Reconnect as i32,
            ..Default::default()
        };
        let message = Some(Said::Leave(leave));
        prost::Message::encode_to_vec(&proto::SignalResponse { message })
    }
}
