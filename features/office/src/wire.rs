//! Office hours on the wire.

use accounts::Person;
use base::{ChannelId, LiveId, MessageId, OfficeId, PersonId, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A time in which somebody receives people one after the other. Who waits is not in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Office {
    /// Its id.
    pub id: OfficeId,
    /// Where.
    pub channel_id: ChannelId,
    /// Under which message; its text says what it is about.
    pub message_id: MessageId,
    /// Who receives.
    pub host_id: PersonId,
    /// How long for each.
    #[ts(type = "number")]
    pub minutes: i64,
    /// Since when.
    pub opened_at: Timestamp,
    /// Until when.
    pub until_at: Timestamp,
    /// When it goes on, while whoever receives is away.
    pub later_at: Option<Timestamp>,
    /// When it was over.
    pub ended_at: Option<Timestamp>,
    /// How many wait.
    #[ts(type = "number")]
    pub n_waiting: i64,
    /// Whether somebody is called, or inside.
    pub is_busy: bool,
}

/// A place in the queue, for its owner and whoever receives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct OfficePlace {
    /// Whose.
    pub person_id: PersonId,
    /// What it is about, in up to 280 characters.
    pub about: String,
    /// Whether they are told by a reminder when they are next, and when it gets later.
    pub tells: bool,
    /// 1 is next; 0: called, or inside.
    #[ts(type = "number")]
    pub position: i64,
    /// When it is their turn.
    pub promised_at: Timestamp,
    /// What was promised before it moved.
    pub was_at: Option<Timestamp>,
    /// Whether that is after the end of the office hours: it may not come to it.
    pub is_after_end: bool,
    /// How often they were called and did not come.
    #[ts(type = "number")]
    pub n_missed: i64,
    /// Since when they are called.
    pub called_at: Option<Timestamp>,
    /// Since when they are inside.
    pub arrived_at: Option<Timestamp>,
    /// The session between the two, while they are called.
    pub live_id: Option<LiveId>,
    /// In which direct conversation.
    pub live_channel_id: Option<ChannelId>,
}

/// Office hours as I see them.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct OfficeView {
    /// How they stand.
    pub office: Office,
    /// My place.
    pub mine: Option<OfficePlace>,
    /// All places in order, for whoever receives.
    pub queue: Option<Vec<OfficePlace>>,
    /// When it would be the turn of whoever takes a place now; none: nobody can any more.
    pub next_at: Option<Timestamp>,
    /// Everybody named.
    pub people: Vec<Person>,
}

/// Office hours to be opened.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenOffice {
    /// A UUIDv7 of the sender's making: sending twice opens one.
    pub id: OfficeId,
    /// The same for the message under which it stands.
    pub message_id: MessageId,
    /// What it is about: the text of the message, CommonMark, up to 16,384 bytes.
    pub about: String,
    /// How long for each, 1 to 120.
    pub minutes: u16,
    /// Until when, within 12 hours.
    pub until_at: Timestamp,
    /// Says what the word list asks about all the same (`words-asked`).
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub words_ok: bool,
}

/// A place that somebody wants, or changes.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeOfficePlace {
    /// What it is about, up to 280 characters, for whoever receives; may be empty.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub about: String,
    /// Whether I am told by a reminder when I am next, and when it gets later.
    pub tells: bool,
    /// Says what the word list asks about all the same (`words-asked`).
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub words_ok: bool,
}

/// Calls in who is next: a live session begins in the conversation between the two.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CallOffice {
    /// A UUIDv7 of the sender's making, for the session.
    pub live_id: LiveId,
    /// The same for its message.
    pub message_id: MessageId,
    /// The text of that message.
    pub about: String,
}

/// Goes on later today.
#[derive(Debug, Clone, Copy, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LaterOffice {
    /// When, within 12 hours; none: now.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub at: Option<Timestamp>,
}
