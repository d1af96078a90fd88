//! Levels of telling on the wire.

use super::Level;
use base::ChannelId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// How much I want to be told of in a place.
#[derive(Debug, Clone, Copy, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChooseLevel {
    /// Null: as it is around that place.
    pub level: Option<Level>,
}

/// What kind of place it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "LevelPlace")]
#[schemars(rename = "LevelPlace")]
pub enum PlaceKind {
    /// A space.
    Space,
    /// A channel or a direct conversation.
    Channel,
    /// A topic.
    Topic,
}

/// A place for which I have said it.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct PlaceLevel {
    /// Which.
    pub place_id: Uuid,
    /// What it is.
    pub kind: PlaceKind,
    /// What it is called; empty for a direct conversation.
    pub name: String,
    /// The channel that it is, or in which it is; null for a space.
    pub channel_id: Option<ChannelId>,
    /// How much.
    pub level: Level,
}

/// All that I have said.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct LevelList {
    /// Where I have said nothing else; null: what needs me.
    pub everywhere: Option<Level>,
    /// Spaces, then channels, then topics, of those in which I am now; up to 1,000.
    pub places: Vec<PlaceLevel>,
}

/// `level.changed` on my own log: I want to be told of more or less there. Counts are to be asked anew.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct LevelChanged {
    /// A space, a channel, a topic, or everywhere: myself.
    pub place_id: Uuid,
    /// Null: as it is around that place.
    pub level: Option<Level>,
}
