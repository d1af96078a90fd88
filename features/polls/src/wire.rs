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
    /// What one does in it.
    pub kind: PollKind,
    /// The answers, in order; of words up to 200, the most written first, and only for whom `is_told`.
    pub options: Vec<PollOption>,
    /// What the ends of a scale mean.
    pub ends: Option<ScaleEnds>,
    /// How many people have voted.
    #[ts(type = "number")]
    pub n_voters: i64,
    /// Whether nobody sees who chose what.
    pub anonymous: bool,
    /// Whether one sees how it stands only once one has voted, or when it is closed.
    pub hidden: bool,
    /// When it closes by itself.
    pub closes_at: Option<Timestamp>,
    /// Whether nobody votes any more.
    pub closed: bool,
}

/// What one does in a poll.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PollKind {
    /// Choose one answer.
    #[default]
    Single,
    /// Choose any of them.
    Several,
    /// Choose a number; the answers are its steps.
    Scale,
    /// Write up to three words or short phrases; what several people write is one answer.
    Words,
}

/// The words at the ends of a scale; each may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, TS, JsonSchema)]
pub struct ScaleEnds {
    /// What the lowest number means.
    pub low: String,
    /// What the highest means.
    pub high: String,
}

/// The steps of a scale: whole numbers from one to the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// 0 or 1.
    #[ts(type = "number")]
    pub from: i64,
    /// 2 to 10.
    #[ts(type = "number")]
    pub to: i64,
    /// What the lowest means, up to 40 characters; may be empty.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub low: String,
    /// What the highest means, as `low`.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub high: String,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct PollOption {
    /// 1 to 200 characters.
    pub text: String,
    /// How many chose it; 0 for whom the result is still hidden.
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
    /// Whether I am told how it stands: always, but in a hidden poll that goes on and in which I have not voted.
    pub is_told: bool,
    /// The answers that I chose, by their places; of an anonymous poll that is closed nobody knows it any more.
    #[ts(type = "Array<number>")]
    pub mine: Vec<i64>,
    /// The words that I wrote, as they stand in the poll; as `mine`.
    pub words: Vec<String>,
    /// Words that are out of the result, the last one first, for whoever may put them back: who asked and who looks after the
    /// channel. Empty for whom nothing is told; none for all others.
    pub removed: Option<Vec<String>>,
    /// Everybody named in it.
    pub people: Vec<Person>,
}

/// A word of a poll to be taken out of the result, or put back.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePollWord {
    /// The word, as it stands in the poll or in another spelling that counts as the same.
    pub word: String,
    /// Whether it is out.
    pub removed: bool,
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
    /// 2 to 12 different answers of up to 200 characters, where one chooses among answers; else none.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub options: Vec<String>,
    /// What one does in it.
    #[serde(default)]
    #[ts(optional, as = "Option<PollKind>")]
    pub kind: PollKind,
    /// Of a scale, and of nothing else.
    #[ts(optional)]
    pub scale: Option<Scale>,
    /// Whether nobody sees who chose what.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub anonymous: bool,
    /// Whether one sees how it stands only once one has voted, or when it is closed.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub hidden: bool,
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
    #[serde(default)]
    #[ts(optional, type = "Array<number>")]
    pub options: Vec<i64>,
    /// Where one writes: up to three different words or short phrases of up to 40 characters; none takes the vote back.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub words: Vec<String>,
    /// Says what the word list asks about all the same (`words-asked`).
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub words_ok: bool,
}

/// A poll to be asked when its moment comes: as a new one, without its message.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreparePoll {
    /// The text of its message: CommonMark, up to 16,384 bytes.
    pub question: String,
    /// As in a new poll.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub options: Vec<String>,
    /// As in a new poll.
    #[serde(default)]
    #[ts(optional, as = "Option<PollKind>")]
    pub kind: PollKind,
    /// As in a new poll.
    #[ts(optional)]
    pub scale: Option<Scale>,
    /// As in a new poll.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub anonymous: bool,
    /// As in a new poll.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub hidden: bool,
    /// Seconds from being asked to its end, within a year; none: somebody closes it.
    #[ts(optional, type = "number")]
    pub open_s: Option<i64>,
    /// Says what the word list asks about all the same (`words-asked`).
    #[serde(default, skip_serializing)]
    #[ts(optional, as = "Option<bool>")]
    pub words_ok: bool,
}

/// A poll that waits to be asked.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct PreparedPoll {
    /// Its id, and that of the poll that it becomes.
    pub id: PollId,
    /// Where it will be asked.
    pub channel_id: ChannelId,
    /// Who wrote it.
    pub created_by: PersonId,
    /// When.
    pub created_at: Timestamp,
    /// What it will ask.
    pub content: PreparePoll,
}

/// The polls that wait in a channel, the newest first: one's own, and for those who look after it everybody's.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct PreparedPolls {
    /// All of them.
    pub items: Vec<PreparedPoll>,
    /// Who wrote them.
    pub people: Vec<Person>,
}

/// Where a prepared poll is asked.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenPoll {
    /// A UUIDv7 of the sender's making for the message under which it will stand.
    pub message_id: MessageId,
    /// The topic in which it is asked.
    #[ts(optional)]
    pub topic_id: Option<TopicId>,
}
