//! Notices on the wire.

use crate::model::Cause;
use base::{ChannelId, MessageId, PersonId, SessionId, Timestamp, TopicId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Something that calls me. What it says stands in the message, for whoever may read it.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Notice {
    /// By which message.
    pub message_id: MessageId,
    /// Where.
    pub channel_id: ChannelId,
    /// In which topic; null in the stream.
    pub topic_id: Option<TopicId>,
    /// Who wrote it.
    pub author_id: PersonId,
    /// Why I am told.
    pub cause: Cause,
    /// When it was said.
    pub at: Timestamp,
    /// Until when an answer is expected of me.
    pub due_at: Option<Timestamp>,
    /// Whether it was sent as urgent.
    pub urgent: bool,
}

/// What waits to be told to me: "7 held, none needs you before 14:00".
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct HeldNotices {
    /// How many.
    #[ts(type = "number")]
    pub n_held: i64,
    /// How many of them wait for an answer of mine.
    #[ts(type = "number")]
    pub n_asks: i64,
    /// When the first of those is due.
    pub first_due: Option<Timestamp>,
    /// When the next of them are told; null when nothing waits.
    pub next_at: Option<Timestamp>,
    /// The first of them, in the order in which they are told; up to 20.
    pub items: Vec<Notice>,
    /// The device that asks.
    pub session_id: SessionId,
    /// The device that is told; null: none of mine has been used yet, and each is.
    pub device_in_use: Option<SessionId>,
}

/// A message of mine that waits for somebody's hours.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct HeldMessage {
    /// Which.
    pub message_id: MessageId,
    /// For whom.
    pub person_id: PersonId,
    /// Until when they are not told of it. They see it before if they look.
    pub until: Timestamp,
    /// Where they are, as an IANA zone.
    pub time_zone: String,
}

/// My newest messages in a direct conversation that wait.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct HeldMessages {
    /// Newest first; up to 50.
    pub items: Vec<HeldMessage>,
}

/// What was shown to me.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShownNotices {
    /// Messages; up to 100.
    pub message_ids: Vec<MessageId>,
}
