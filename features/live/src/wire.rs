//! Live sessions on the wire.

use accounts::Person;
use base::{ChannelId, LiveId, MessageId, PersonId, Timestamp, TopicId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What somebody may do in a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LiveRole {
    /// Opens the doors, gives the word and ends it.
    Host,
    /// Heard and seen.
    Speaker,
    /// Hears and sees.
    Listener,
}

impl LiveRole {
    /// The word in the database.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::Speaker => "speaker",
            Self::Listener => "listener",
        }
    }

    pub(crate) fn parse(word: &str) -> Self {
        match word {
            "host" => Self::Host,
            "listener" => Self::Listener,
            _ => Self::Speaker,
        }
    }
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LiveOutcome {
    /// Something was decided; it stands in the conversation.
    Decision,
    /// Questions are open, with people who answer them.
    Asks,
    /// Neither.
    None,
}

impl LiveOutcome {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::Asks => "asks",
            Self::None => "none",
        }
    }

    pub(crate) fn parse(word: &str) -> Self {
        match word {
            "decision" => Self::Decision,
            "asks" => Self::Asks,
            _ => Self::None,
        }
    }
}

/// Somebody who is in a session, or was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct LivePerson {
    /// Who.
    pub person_id: PersonId,
    /// What they may do.
    pub role: LiveRole,
    /// Since when their hand is up.
    pub hand_at: Option<Timestamp>,
    /// Whether they are in now, with one device or several.
    pub is_in: bool,
}

/// A time of a conversation that is live, or was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct LiveSession {
    /// Its id, which is the name of its room too.
    pub id: LiveId,
    /// Where it takes place.
    pub channel_id: ChannelId,
    /// In which topic; none: in the channel's stream.
    pub topic_id: Option<TopicId>,
    /// Under which message; its text says what it is about.
    pub message_id: MessageId,
    /// Who went live.
    pub started_by: PersonId,
    /// When.
    pub started_at: Timestamp,
    /// Since when others can come in; none: those who host prepare it.
    pub opened_at: Option<Timestamp>,
    /// What whoever comes in is, before somebody changes it.
    pub usual_role: LiveRole,
    /// Whether nobody new comes in.
    pub is_locked: bool,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// What came of it; none when it ended by itself, and while it lasts.
    pub outcome: Option<LiveOutcome>,
    /// Who is or was in: hosts first, then hands in the order in which they went up, then in the order of coming.
    /// At most 500.
    pub people: Vec<LivePerson>,
    /// How many are in.
    #[ts(type = "number")]
    pub n_in: i64,
    /// How many were in at any time.
    #[ts(type = "number")]
    pub n_came: i64,
    /// Minutes that all together spent in it, until the last change.
    #[ts(type = "number")]
    pub person_minutes: i64,
}

/// A session as I see it.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct LiveView {
    /// The session.
    pub session: LiveSession,
    /// Everybody named in it.
    pub people: Vec<Person>,
}

/// Sessions that are live now.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct LiveList {
    /// The newest first.
    pub sessions: Vec<LiveSession>,
    /// Everybody named in them.
    pub people: Vec<Person>,
}

/// What lets a browser into the room of a session.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct LiveTicket {
    /// The session, with me in it.
    pub session: LiveSession,
    /// Everybody named in it.
    pub people: Vec<Person>,
    /// Where a LiveKit client connects; none: to this server's own origin.
    pub url: Option<String>,
    /// The token that it shows there within ten minutes.
    pub token: String,
    /// My place in the room.
    pub identity: String,
}

/// A session to be begun.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GoLive {
    /// A UUIDv7 of the sender's making: sending twice begins one session.
    pub id: LiveId,
    /// The same for the message under which it stands.
    pub message_id: MessageId,
    /// The topic that goes live.
    #[ts(optional)]
    pub topic_id: Option<TopicId>,
    /// What it is about: the text of the message, CommonMark, up to 16,384 bytes.
    pub about: String,
    /// Whether others can come in at once.
    #[serde(default = "yes")]
    #[ts(optional, as = "Option<bool>")]
    pub is_open: bool,
    /// What whoever comes in is, before somebody changes it: speaker or listener.
    #[serde(default)]
    #[ts(optional)]
    pub usual_role: Option<LiveRole>,
    /// Says what the word list asks about all the same (`words-asked`).
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub words_ok: bool,
}

fn yes() -> bool {
    true
}

/// Coming in with a device.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EnterLive {
    /// A name that the browser draws for itself, so that a page that is loaded again takes the place of the one before:
    /// 1 to 36 letters, digits and dashes.
    pub device: String,
}

/// What those who host change of a session. What is left out stays.
#[derive(Debug, Clone, Copy, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeLive {
    /// Opens the doors; they are not closed again, but a session can be locked.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub is_open: bool,
    /// Whether nobody new comes in.
    #[serde(default)]
    #[ts(optional)]
    pub is_locked: Option<bool>,
    /// What whoever comes in from now on is: speaker or listener.
    #[serde(default)]
    #[ts(optional)]
    pub usual_role: Option<LiveRole>,
}

/// A hand that goes up or down.
#[derive(Debug, Clone, Copy, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RaiseHand {
    /// Whether it is up.
    pub is_up: bool,
}

/// What those who host change of somebody. What is left out stays.
#[derive(Debug, Clone, Copy, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeLivePerson {
    /// What they may do.
    #[serde(default)]
    #[ts(optional)]
    pub role: Option<LiveRole>,
    /// Takes their hand down.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub hand_down: bool,
    /// Sends them out, or lets them in again.
    #[serde(default)]
    #[ts(optional)]
    pub is_out: Option<bool>,
}

/// The end of a session for all.
#[derive(Debug, Clone, Copy, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndLive {
    /// What came of it.
    pub outcome: LiveOutcome,
}
