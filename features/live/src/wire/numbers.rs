//! Who was in from when to when, and spoke for how long, on the wire.

use accounts::Person;
use base::{ChannelId, LiveId, PersonId, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

/// One time that somebody was in.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct LiveStay {
    /// Since when.
    pub came_at: Timestamp,
    /// Until when; none: they are in.
    pub left_at: Option<Timestamp>,
}

/// What somebody's part in a session was.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct LivePersonNumbers {
    /// Who.
    pub person_id: PersonId,
    /// From when to when they were in; less than a minute between two times counts as none. At most 100.
    pub stays: Vec<LiveStay>,
    /// Seconds that they were in.
    #[ts(type = "number")]
    pub stayed_s: i64,
    /// Seconds that they spoke; 0 where it is not counted.
    #[ts(type = "number")]
    pub spoke_s: i64,
}

/// What is known of who was in: one's own part, and for those who host it that of everybody, where the charter says so.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct LiveNumbers {
    /// Mine; none: I was not in.
    pub mine: Option<LivePersonNumbers>,
    /// Everybody's, hosts first and then in the order of coming, at most 500; none: it is not mine to see.
    pub all: Option<Vec<LivePersonNumbers>>,
    /// Everybody named.
    pub people: Vec<Person>,
}

/// One time that somebody was in a session, as their own data say it.
#[derive(Debug, Clone, Serialize)]
pub struct OwnLiveStay {
    /// The session.
    pub live_id: LiveId,
    /// Where it took place.
    pub channel_id: ChannelId,
    /// Since when.
    pub came_at: Timestamp,
    /// Until when; none: they are in.
    pub left_at: Option<Timestamp>,
    /// Seconds that they spoke; 0 where it is not counted.
    pub spoke_s: i64,
}
