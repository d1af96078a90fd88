//! Bad luck on request: official clients ask for it to try out how they take it. It only ever befalls who asks.

use std::time::Instant;

use livekit_protocol as proto;
use proto::DisconnectReason;
use proto::signal_response::Message as Said;
use proto::simulate_scenario::Scenario;

use super::Room;
use crate::MemberId;

impl Room {
    pub(super) fn simulate(&mut self, now: Instant, id: MemberId, asked: proto::SimulateScenario) {
        match asked.scenario {
            Some(Scenario::SubscriberBandwidth(bps)) => self.limit_line(now, id, bps),
            Some(Scenario::Migration(true)) => self.ask_to_resume(id),
            Some(Scenario::NodeFailure(true) | Scenario::LeaveRequestFullReconnect(true)) => {
                self.remove(now, id, DisconnectReason::StateMismatch);
            }
            Some(Scenario::ServerLeave(true)) => self.remove(now, id, DisconnectReason::ServerShutdown),
            _ => {}
        }
    }

    /// The client gives up its socket and comes back with another; its place is kept.
    fn ask_to_resume(&mut self, id: MemberId) {
        let leave = proto::LeaveRequest {
            can_reconnect: true,
            reason: DisconnectReason::Migration as i32,
            action: proto::leave_request::Action::Resume as i32,
            ..Default::default()
        };
        self.say(id, Said::Leave(leave));
    }

    /// As if their line held no more; 0 for as much as it holds.
    fn limit_line(&mut self, now: Instant, id: MemberId, bps: i64) {
        if let Some(member) = self.members.get_mut(&id) {
            member.line.limit_bps = u64::try_from(bps).ok().filter(|bps| *bps > 0);
            self.share_line(now, id);
        }
    }
}
