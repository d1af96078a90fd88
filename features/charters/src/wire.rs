//! Charters on the wire, and as they are kept.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// Which time counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Clock {
    /// The hours of work of whoever answers.
    Working,
    /// The clock on the wall.
    Elapsed,
}

/// How soon an answer is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pace {
    /// In which time.
    pub clock: Clock,
    /// Up to 90 days; from an hour on, urgent from a quarter of an hour on.
    pub minutes: u32,
}

/// What a place says itself; null asks the place around it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Charter {
    /// What is asked and answered.
    pub normal: Option<Pace>,
    /// What is given to be read and commented.
    pub feedback: Option<Pace>,
    /// What cannot wait.
    pub urgent: Option<Pace>,
    /// Whether whoever hosts a live session is told who was in for how long and who spoke how long. A topic does not say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional = nullable)]
    pub tells_hosts: Option<bool>,
    /// How people write here, and what for: up to 1,000 characters.
    pub note: String,
}

/// Who says what is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CharterScope {
    /// Nobody has said anything: it comes with the program.
    Default,
    /// The workspace.
    Workspace,
    /// The space.
    Space,
    /// The channel.
    Channel,
    /// The topic.
    Topic,
}

/// What holds in a place, and who says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct Expectation {
    /// How soon.
    pub pace: Pace,
    /// Who says so.
    pub from: CharterScope,
}

/// Whether those who host live sessions are told who was in and who spoke how long, and who says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct TellsHosts {
    /// Whether they are.
    pub is_on: bool,
    /// Who says so.
    pub from: CharterScope,
}

/// What holds in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct Expected {
    /// What is asked and answered.
    pub normal: Expectation,
    /// What is given to be read and commented.
    pub feedback: Expectation,
    /// What cannot wait.
    pub urgent: Expectation,
    /// What those who host live sessions are told. Off where nobody says anything.
    pub tells_hosts: TellsHosts,
}

/// The charter of a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct CharterView {
    /// What it says itself.
    pub charter: Charter,
    /// Of the last change; 0: it has never said anything.
    #[ts(type = "number")]
    pub version: i64,
    /// What holds there.
    pub expected: Expected,
    /// Whether I look after it.
    pub can_change: bool,
}

/// What a place shall say from now on.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeCharter {
    /// All of it.
    pub charter: Charter,
    /// The change that it is based on.
    #[ts(type = "number")]
    pub version: i64,
}

/// A space or channel that says something of its own.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct PlaceCharter {
    /// Which.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// Of a channel: in which space; null for a space.
    pub space_id: Option<Uuid>,
    /// What it says itself.
    pub charter: Charter,
}

/// The whole charter, as I may read it.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct CharterPage {
    /// Of the workspace.
    pub workspace: CharterView,
    /// Spaces and channels that say something of their own, at most 500.
    pub places: Vec<PlaceCharter>,
}
