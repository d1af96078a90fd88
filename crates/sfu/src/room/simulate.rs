//! Bad luck on request: official clients ask for it to try out how they take it. It only ever befalls who asks.

use std::time::Instant;

use livekit_protocol as proto;
use proto::simulate_scenario::Scenario;

use super::Room;
use crate::MemberId;

impl Room {
    pub(super) fn simulate(&mut self, now: Instant, id: MemberId, asked: proto::SimulateScenario) {
        if let Some(Scenario::SubscriberBandwidth(bps)) = asked.scenario {
            self.limit_line(now, id, bps);
        }
    }

    /// As if their line held no more; 0 for as much as it holds.
    fn limit_line(&mut self, now: Instant, id: MemberId, bps: i64) {
        if let Some(member) = self.members.get_mut(&id) {
            member.line.limit_bps = u64::try_from(bps).ok().filter(|bps| *bps > 0);
            self.share_line(now, id);
        }
    }
}
