//! Reminders on the wire.

use accounts::Person;
use base::{ChannelId, MessageId, PersonId, ReminderId, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Something to be told of again.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReminder {
    /// Of my making; the same id again makes no second one.
    pub id: ReminderId,
    /// Of which message.
    pub message_id: MessageId,
    /// When, at most 400 days ahead.
    pub due_at: Timestamp,
    /// For myself: one line of up to 280 characters.
    #[serde(default)]
    pub note: String,
}

/// What shall be different; what is absent stays.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeReminder {
    /// When; what was told already is told again then.
    #[serde(default)]
    #[ts(optional)]
    pub due_at: Option<Timestamp>,
    /// For myself.
    #[serde(default)]
    #[ts(optional)]
    pub note: Option<String>,
}

/// A message of which I am told again.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Reminder {
    /// Which.
    pub id: ReminderId,
    /// Of which message.
    pub message_id: MessageId,
    /// Where that stands.
    pub channel_id: ChannelId,
    /// Who wrote it; null: it was deleted, or I may not read it any more.
    pub author_id: Option<PersonId>,
    /// How it begins; null as above.
    pub text: Option<String>,
    /// My note.
    pub note: String,
    /// When.
    pub due_at: Timestamp,
    /// When I was told; null: it waits.
    pub told_at: Option<Timestamp>,
    /// Since when the message is not there any more, by the rule for how long messages stay or because somebody deleted it. It is
    /// told no more and takes no other time.
    pub gone_at: Option<Timestamp>,
}

/// Reminders in the order of their time: what was told stands first.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ReminderPage {
    /// At most 50.
    pub items: Vec<Reminder>,
    /// Where the next page begins: `after_at` and `after_id`; null: there is none.
    pub next: Option<(Timestamp, ReminderId)>,
    /// Who wrote the messages.
    pub people: Vec<Person>,
}

/// A reminder among somebody's own data.
#[derive(Debug, Clone, Serialize)]
pub struct OwnReminder {
    /// Of which message.
    pub message_id: MessageId,
    /// Their note.
    pub note: String,
    /// When.
    pub due_at: Timestamp,
    /// When they were told.
    pub told_at: Option<Timestamp>,
}
