//! Signals of clients: read, weighed, and handed to whom they concern.
//!
//! What cannot be read or may not be done is answered with a reason; whoever floods is out. Kinds of signals that are not
//! known are ignored, as the protocol wants: clients grow before servers do.

use std::time::Instant;

use livekit_protocol as proto;
use prost::Message;
use proto::DisconnectReason;
use proto::request_response::{Reason, Request};
use proto::signal_request::Message as Asked;
use proto::signal_response::Message as Said;

use super::Room;
use crate::MemberId;
use crate::member::Role;

/// A signal that is not followed, why, and to which request it belongs.
pub(super) struct Refused {
    pub reason: Reason,
    pub message: String,
    pub request_id: u32,
    pub request: Option<Box<Request>>,
}

impl Refused {
    pub fn new(reason: Reason, message: impl Into<String>) -> Self {
        Refused {
            reason,
            message: message.into(),
            request_id: 0,
            request: None,
        }
    }

    pub fn of(self, request: Request) -> Self {
        Refused {
            request: Some(Box::new(request)),
            ..self
        }
    }
}

impl Room {
    pub(super) fn signal(&mut self, now: Instant, id: MemberId, bytes: &[u8]) {
        let per_second = self.config.limits.n_signals_per_second;
        let Some(member) = self.members.get_mut(&id) else {
            return;
        };
        if !member.allowance.take(per_second, now) {
            self.remove(now, id, DisconnectReason::StateMismatch);
            return;
        }
        if bytes.len() > self.config.limits.signal_bytes {
            self.refuse(id, Refused::new(Reason::LimitExceeded, "the signal is too large"));
            return;
        }
        match proto::SignalRequest::decode(bytes) {
            Ok(request) => request
                .message
                .into_iter()
                .for_each(|asked| self.asked(now, id, asked)),
            Err(_) => self.refuse(
                id,
                Refused::new(Reason::InvalidRequest, "the signal cannot be read"),
            ),
        }
    }

    fn asked(&mut self, now: Instant, id: MemberId, asked: Asked) {
        match asked {
            Asked::Offer(offer) => self.offer(now, id, offer),
            Asked::Answer(answer) => self.answer(now, id, &answer),
            Asked::Trickle(trickle) => self.trickle(id, &trickle),
            Asked::AddTrack(track) => self.add_track(id, track),
            Asked::Mute(mute) => self.mute(id, &mute),
            Asked::Subscription(update) => self.update_subscription(now, id, update),
            Asked::TrackSetting(settings) => self.track_settings(now, id, &settings),
            Asked::SubscriptionPermission(asked) => self.subscription_permission(now, id, asked),
            Asked::UpdateMetadata(update) => self.update_metadata(id, update),
            Asked::Ping(sent_ms) => self.pong(now, id, sent_ms, false),
            Asked::PingReq(ping) => self.pong(now, id, ping.timestamp, true),
            Asked::SyncState(state) => self.sync_state(now, id, state),
            Asked::Simulate(simulated) => self.simulate(now, id, simulated),
            Asked::Leave(_) => self.remove(now, id, DisconnectReason::ClientInitiated),
            _ => {}
        }
    }

    pub(super) fn refuse(&mut self, id: MemberId, refused: Refused) {
        let response = proto::RequestResponse {
            request_id: refused.request_id,
            reason: refused.reason as i32,
            message: refused.message,
            request: refused.request.map(|request| *request),
        };
        self.say(id, Said::RequestResponse(response));
    }

    /// Clients measure the way there and back by it; older ones know the first form only.
    fn pong(&mut self, now: Instant, id: MemberId, sent_ms: i64, is_newer: bool) {
        let timestamp = self.wall_ms(now);
        if is_newer {
            let pong = proto::Pong {
                last_ping_timestamp: sent_ms,
                timestamp,
            };
            self.say(id, Said::PongResp(pong));
        }
        self.say(id, Said::Pong(timestamp));
    }

    fn trickle(&mut self, id: MemberId, trickle: &proto::TrickleRequest) {
        let role = match trickle.target() {
            proto::SignalTarget::Publisher => Role::Publisher,
            proto::SignalTarget::Subscriber => Role::Subscriber,
        };
        // An empty candidate says that there are no more.
        let init: Option<serde_json::Value> = serde_json::from_str(&trickle.candidate_init).ok();
        let candidate = init
            .as_ref()
            .and_then(|init| init["candidate"].as_str())
            .unwrap_or_default();
        if let Some(member) = self.members.get_mut(&id).filter(|_| !candidate.is_empty()) {
            member.path.note(candidate);
            member.peer(role).add_remote_candidate(candidate);
        }
    }

    fn update_metadata(&mut self, id: MemberId, update: proto::UpdateParticipantMetadata) {
        let request_id = update.request_id;
        let refused = self.apply_metadata(id, &update).err();
        let answer = refused.unwrap_or_else(|| Refused::new(Reason::Ok, ""));
        if answer.reason != Reason::Ok || request_id != 0 {
            let request = Request::UpdateMetadata(update);
            self.refuse(
                id,
                Refused {
                    request_id,
                    ..answer.of(request)
                },
            );
        }
    }

    fn apply_metadata(
        &mut self,
        id: MemberId,
        update: &proto::UpdateParticipantMetadata,
    ) -> Result<(), Refused> {
        let most = self.config.limits.text_bytes;
        let Some(member) = self.members.get_mut(&id) else {
            return Ok(());
        };
        if !member.grants.can_update_metadata {
            return Err(Refused::new(
                Reason::NotAllowed,
                "the token does not allow to change this",
            ));
        }
        let mut attributes = member.info.attributes.clone();
        for (name, value) in &update.attributes {
            match value.is_empty() {
                true => attributes.remove(name),
                false => attributes.insert(name.clone(), value.clone()),
            };
        }
        let n_bytes: usize = attributes
            .iter()
            .map(|(name, value)| name.len() + value.len())
            .sum();
        if n_bytes.max(update.name.len()).max(update.metadata.len()) > most {
            return Err(Refused::new(
                Reason::LimitExceeded,
                "name, metadata or attributes are too long",
            ));
        }
        member.info.attributes = attributes;
        // Clients send all three; what they leave empty they did not mean to change.
        if !update.name.is_empty() {
            member.info.name.clone_from(&update.name);
        }
        if !update.metadata.is_empty() {
            member.info.metadata.clone_from(&update.metadata);
        }
        member.bump();
        self.tell_others(id);
        Ok(())
    }
}
