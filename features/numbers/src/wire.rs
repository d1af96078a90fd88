//! Numbers on the wire.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// My weeks, for me alone.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct MyNumbers {
    /// This one first, and four before it.
    pub weeks: Vec<MyWeek>,
}

/// A week of mine, on my clock, by the hours that I keep now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct MyWeek {
    /// Its Monday, as 2026-11-23.
    pub week: String,
    /// In meetings that I accepted and that are over, minutes.
    #[ts(type = "number")]
    pub live_minutes: u64,
    /// Of these, outside of my work.
    #[ts(type = "number")]
    pub live_outside_minutes: u64,
    /// What those asked of me outside of my work, weighed by how far from it they lie, minutes.
    #[ts(type = "number")]
    pub burden_minutes: u64,
    /// Asks of me that were answered, or whose time is over.
    #[ts(type = "number")]
    pub n_asks: u64,
    /// Of these, answered by when an answer was expected or promised.
    #[ts(type = "number")]
    pub n_answered_in_time: u64,
    /// How often I was interrupted in time to think by what I had not let through. It should be 0.
    #[ts(type = "number")]
    pub n_interruptions: u64,
    /// What I wrote outside of my work.
    #[ts(type = "number")]
    pub n_sent_outside_hours: u64,
    /// Of these, what waited for the hours of others, or was sent silently.
    #[ts(type = "number")]
    pub n_of_those_held: u64,
    /// What I sent as urgent.
    #[ts(type = "number")]
    pub n_urgent: u64,
    /// Of these, what somebody said of that it was not.
    #[ts(type = "number")]
    pub n_not_urgent: u64,
}

/// Numbers about the teams in which I am.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct TeamNumbers {
    /// How many people a number is about at the least; 5 or more.
    #[ts(type = "number")]
    pub k: i64,
    /// Whether I may raise that.
    pub can_raise: bool,
    /// The workspace first, then my spaces and my groups.
    pub teams: Vec<Team>,
}

/// What a number is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "TeamKind")]
#[schemars(rename = "TeamKind")]
pub enum Kind {
    /// Everybody who works here.
    Workspace,
    /// Whoever is in a space.
    Space,
    /// Whoever is in a group.
    Group,
}

impl Kind {
    pub(crate) fn parse(word: &str) -> Option<Self> {
        match word {
            "workspace" => Some(Self::Workspace),
            "space" => Some(Self::Space),
            "group" => Some(Self::Group),
            _ => None,
        }
    }
}

/// The weeks of the workspace, of a space or a group.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
#[ts(rename = "NumbersTeam")]
#[schemars(rename = "NumbersTeam")]
pub struct Team {
    /// Which.
    #[ts(type = "string")]
    pub id: Uuid,
    /// What it is.
    pub kind: Kind,
    /// What it is called.
    pub name: String,
    /// The last one first; up to 13.
    pub weeks: Vec<TeamWeek>,
}

/// A week of a team that is over.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct TeamWeek {
    /// Its Monday.
    pub week: String,
    /// Null: it would say something about fewer people than it may.
    pub figures: Option<TeamFigures>,
}

/// Sums and shares over everybody, rounded to the next five; a share is null where there was nothing, or where only a few had
/// part in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct TeamFigures {
    /// In meetings, minutes per person.
    #[ts(type = "number")]
    pub live_minutes_per_person: u64,
    /// Of these, outside of people's work.
    #[ts(type = "number | null")]
    pub live_outside_percent: Option<u64>,
    /// What meetings ask of people outside of their work: which share of it the half bears that bears most. 50 is even.
    #[ts(type = "number | null")]
    pub upper_half_burden_percent: Option<u64>,
    /// Of all asks, those that were answered in time.
    #[ts(type = "number | null")]
    pub answered_in_time_percent: Option<u64>,
    /// Interruptions in time to think. It should be 0.
    #[ts(type = "number")]
    pub n_interruptions: u64,
    /// Messages that were written outside of their author's work.
    #[ts(type = "number")]
    pub n_sent_outside_hours: u64,
    /// Of these, what waited for the hours of others.
    #[ts(type = "number | null")]
    pub held_percent: Option<u64>,
    /// Urgent messages.
    #[ts(type = "number")]
    pub n_urgent: u64,
    /// Of these, what was said not to be.
    #[ts(type = "number | null")]
    pub not_urgent_percent: Option<u64>,
}

/// How many people a number is about at the least.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NumbersPolicy {
    /// 5 to 1,000, and not fewer than before.
    #[ts(type = "number")]
    pub k: i64,
}
