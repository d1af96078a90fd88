//! What office hours hold of somebody, for their own data. Who waited for them, and for what, is not theirs.

pub(crate) mod store;

use base::{ChannelId, OfficeId, Timestamp};
use serde::Serialize;

/// Office hours of one person, as host and as whoever waits.
#[derive(Debug, Serialize)]
pub struct OwnOffice {
    /// Those that they held, the oldest first.
    pub held: Vec<HeldOffice>,
    /// The places that they have now; of those who were received nothing is kept.
    pub places: Vec<OwnPlace>,
}

/// Office hours that somebody held.
#[derive(Debug, Serialize)]
pub struct HeldOffice {
    /// Which.
    pub id: OfficeId,
    /// Where.
    pub channel_id: ChannelId,
    /// For each who came, in minutes.
    pub minutes: i64,
    /// From when.
    pub opened_at: Timestamp,
    /// Until when they were to last.
    pub until_at: Timestamp,
    /// When they ended; none: they go on.
    pub ended_at: Option<Timestamp>,
}

/// A place in a queue.
#[derive(Debug, Serialize)]
pub struct OwnPlace {
    /// In which office hours.
    pub office_id: OfficeId,
    /// Where these are.
    pub channel_id: ChannelId,
    /// The note for the host.
    pub about: String,
    /// Whether they want to be reminded.
    pub tells: bool,
    /// Since when.
    pub taken_at: Timestamp,
    /// The time that they were promised.
    pub promised_at: Timestamp,
    /// When they were called.
    pub called_at: Option<Timestamp>,
}
