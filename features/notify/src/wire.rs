//! Notices on the wire.

use crate::model::{Cause, MailWay};
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

/// How I am reached while the app is closed.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct PushState {
    /// What a browser subscribes with (RFC 8292), in base64url.
    pub public_key: String,
    /// Devices that are told.
    pub devices: Vec<PushDevice>,
    /// Whether pushes and letters say only that something came.
    pub hides_texts: bool,
    /// How I am told by mail; null: this server sends none.
    pub mail: Option<MailWay>,
}

/// How I am told by mail.
#[derive(Debug, Clone, Copy, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MailChoice {
    /// From now on.
    pub way: MailWay,
}

/// A device that is told while the app is closed.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct PushDevice {
    /// Its session, with which it goes.
    pub session_id: SessionId,
    /// What it calls itself.
    pub device: String,
    /// Whether it is the one that asks.
    pub is_this: bool,
    /// Since when.
    pub since: Timestamp,
    /// When it was told last.
    pub told_at: Option<Timestamp>,
    /// Since when its service does not answer; it is forgotten after a week.
    pub failing_since: Option<Timestamp>,
}

/// Where a browser can be told, as its PushSubscription says.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SubscribePush {
    /// An https address of the browser's push service; up to 2,048 bytes.
    pub endpoint: String,
    /// Its public key: a point of P-256 in base64url.
    pub p256dh: String,
    /// Its secret of 16 bytes, in base64url.
    pub auth: String,
}

/// What pushes show.
#[derive(Debug, Clone, Copy, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PushChoice {
    /// Only that something came: no name, no place, no text.
    pub hides_texts: bool,
}

/// What the service of a browser said to a push.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PushOutcome {
    /// It has it.
    Taken,
    /// The browser is not there any more; it was taken off the list.
    Gone,
    /// It did not answer, or is busy.
    Later,
    /// It does not take it.
    Refused,
}

/// What came of the test.
#[derive(Debug, Clone, Copy, Serialize, TS, JsonSchema)]
pub struct PushTested {
    /// What the service said.
    pub outcome: PushOutcome,
}
