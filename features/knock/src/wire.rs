//! What goes over the wire.

use base::{ChannelId, PersonId, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// What somebody says to a knock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum KnockAnswer {
    /// It is a good time.
    Yes,
    /// It will be at `until`.
    At,
    /// It is not.
    No,
}

/// "Good time?"
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct Knock {
    /// Its id.
    pub id: Uuid,
    /// The conversation of the two.
    pub channel_id: ChannelId,
    /// Who asks.
    pub by_id: PersonId,
    /// Who is asked.
    pub to_id: PersonId,
    /// When.
    pub at: Timestamp,
    /// Without an answer it is over then.
    pub expires_at: Timestamp,
    /// What was said to it; null: nothing.
    pub answer: Option<KnockAnswer>,
    /// With `at`: when it will be a good time.
    pub until: Option<Timestamp>,
    /// When that was said.
    pub answered_at: Option<Timestamp>,
}

/// What stands in a conversation.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct KnockView {
    /// The last one, while it waits, and for an hour after its answer; else null.
    pub knock: Option<Knock>,
}

/// Asks whether it is a good time.
#[derive(Debug, Clone, Copy, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewKnock {
    /// Chosen by the sender; the same again asks once.
    pub id: Uuid,
}

/// Says something to it.
#[derive(Debug, Clone, Copy, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerKnock {
    /// What.
    pub answer: KnockAnswer,
    /// With `at`: when, within the next seven days.
    #[serde(default)]
    #[ts(optional)]
    pub until: Option<Timestamp>,
}
