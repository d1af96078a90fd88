//! Polls on the wire.

use accounts::Person;
use base::{ChannelId, MessageId, PersonId, PollId, Timestamp, TopicId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A poll, as everybody in its channel sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct Poll {
    /// Its id.
    pub id: PollId,
    /// Where it stands.
    pub channel_id: ChannelId,
    /// Under which message; its text is the question.
    pub message_id: MessageId,
    /// Who asks.
    pub created_by: PersonId,
    /// The answers, in order.
    pub options: Vec<PollOption>,
    /// How many people have voted.
    #[ts(type = "number")]
    pub n_voters: i64,
    /// Whether one may choose several answers.
    pub multiple: bool,
    /// Whether nobody sees who chose what.
    pub anonymous: bool,
    /// When it closes by itself.
    pub closes_at: Option<Timestamp>,
    /// Whether nobody votes any more.
    pub closed: bool,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct PollOption {
    /// 1 to 200 characters.
    pub text: String,
    /// How many chose it.
    #[ts(type = "number")]
    pub n: i64,
    /// Who, up to 50, in order of their ids; empty beyond and in an anonymous poll.
    pub people: Vec<PersonId>,
}

/// A poll as I see it.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct PollView {
    /// The poll.
    pub poll: Poll,
    /// The answers that I chose, by their places; of an anonymous poll that is closed nobody knows it any more.
    #[ts(type = "Array<number>")]
    pub mine: Vec<i64>,
    /// Everybody named in it.
    pub people: Vec<Person>,
}

/// A poll to be begun.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPoll {
    /// A UUIDv7 of the sender's making: sending twice begins one poll.
    pub id: PollId,
    /// The same for the message under which it stands.
    pub message_id: MessageId,
    /// The topic in which it is asked.
    #[ts(optional)]
    pub topic_id: Option<TopicId>,
    /// The text of the message: CommonMark, up to 16,384 bytes.
    pub question: String,
    /// 2 to 12 different answers of up to 200 characters.
    pub options: Vec<String>,
    /// Whether one may choose several.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub multiple: bool,
    /// Whether nobody sees who chose what.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub anonymous: bool,
    /// When it closes by itself, within a year.
    #[ts(optional)]
    pub closes_at: Option<Timestamp>,
    /// Says what the word list asks about all the same (`words-asked`).
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub words_ok: bool,
}

/// What somebody chooses, in place of what they chose before.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Vote {
    /// Places of answers; none takes the vote back.
    #[ts(type = "Array<number>")]
    pub options: Vec<i64>,
}
