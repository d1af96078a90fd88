//! How the rooms of this process do, on the wire, for administrators: numbers, and never what is said or shown.

use base::{BreakoutId, ChannelId, LiveId, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

/// Where live sessions run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LivePlace {
    /// In this process.
    Here,
    /// On a LiveKit server, which shows its own numbers.
    Elsewhere,
    /// Nowhere: there are none.
    Nowhere,
}

/// Answer of `GET /api/live/rooms`.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct LiveRooms {
    /// Where they run; only of those here something is known.
    pub place: LivePlace,
    /// The rooms in which a session goes on, the fullest first, at most 200.
    pub rooms: Vec<LiveRoom>,
}

/// One room, as it was within the last seconds.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct LiveRoom {
    /// The session.
    pub live_id: LiveId,
    /// Which of its smaller rooms; none: the large one.
    pub breakout_id: Option<BreakoutId>,
    /// Where it takes place.
    pub channel_id: ChannelId,
    /// What that is called; empty for private channels and direct conversations.
    pub channel_name: String,
    /// What kind it is.
    pub channel_kind: spaces::ChannelKind,
    /// What its space is called; empty for a direct conversation.
    pub space_name: String,
    /// Since when the room is there.
    pub since: Timestamp,
    /// Who is in it, devices counted.
    #[ts(type = "number")]
    pub n_people: u64,
    /// Packets that come in each second.
    #[ts(type = "number")]
    pub packets_in_per_s: u64,
    /// Packets that go out each second.
    #[ts(type = "number")]
    pub packets_out_per_s: u64,
    /// How much of what people send does not arrive here, in thousandths.
    #[ts(type = "number")]
    pub lost_up_permille: u32,
    /// How much of what is sent to them does not arrive there, in thousandths.
    #[ts(type = "number")]
    pub lost_down_permille: u32,
    /// There and back, in milliseconds: as many are slower as are faster.
    #[ts(type = "number")]
    pub round_trip_ms: u64,
    /// There and back for the slowest, in milliseconds.
    #[ts(type = "number")]
    pub longest_round_trip_ms: u64,
    /// Whose packets go over TCP.
    #[ts(type = "number")]
    pub n_tcp: u64,
    /// Whose packets go over a relay.
    #[ts(type = "number")]
    pub n_relayed: u64,
    /// Who goes without some picture, because their line does not hold it.
    #[ts(type = "number")]
    pub n_paused: u64,
}
