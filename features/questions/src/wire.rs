//! Questions on the wire.

use accounts::Person;
use base::{ChannelId, MessageId, PersonId, QuestionId, QuestionsId, Timestamp, TopicId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where questions are collected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct Questions {
    /// Its id.
    pub id: QuestionsId,
    /// Where it stands.
    pub channel_id: ChannelId,
    /// Under which message; its text says what they are about.
    pub message_id: MessageId,
    /// In which topic the message is now.
    pub topic_id: Option<TopicId>,
    /// Who collects them.
    pub created_by: PersonId,
    /// Whether a question is seen by others only once a moderator has let it out.
    pub moderated: bool,
    /// Whether one may ask without a name.
    pub anonymous: bool,
    /// Whether nobody asks or votes any more.
    pub closed: bool,
}

/// How far a question is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuestionState {
    /// Until a moderator lets it out; they and whoever asked see it.
    Waiting,
    /// Everybody sees it and may vote for it.
    Open,
    /// It is being answered.
    Now,
    /// It has an answer, or the promise of one.
    Answered,
    /// It is not answered; moderators and whoever asked see it.
    Dismissed,
}

/// How a question was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AnsweredHow {
    /// By speaking.
    Live,
    /// In writing: a text, a message, or both.
    Written,
    /// It will be, later.
    Later,
}

/// What a question was answered with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuestionAnswer {
    /// How.
    pub how: AnsweredHow,
    /// Plain text of up to 2,000 characters.
    #[serde(default)]
    #[ts(optional)]
    pub text: Option<String>,
    /// A message of the channel that answers it.
    #[serde(default)]
    #[ts(optional)]
    pub message_id: Option<MessageId>,
}

/// A question, as I see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct Question {
    /// Its id.
    pub id: QuestionId,
    /// One line of up to 500 characters.
    pub text: String,
    /// Who asked; None: without a name, or not known any more.
    pub author_id: Option<PersonId>,
    /// Whether I asked it.
    pub is_mine: bool,
    /// Whether I voted for it.
    pub has_my_vote: bool,
    /// How many people want it answered; whoever asked is one of them until they take that back.
    #[ts(type = "number")]
    pub n_votes: i64,
    /// How far it is.
    pub state: QuestionState,
    /// What it was answered with, when it was.
    pub answer: Option<QuestionAnswer>,
    /// Questions that ask the same and were put into this one, in the order in which they were asked.
    pub merged: Vec<String>,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// When it came into its state.
    pub changed_at: Timestamp,
}

/// A board as I see it.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct QuestionsView {
    /// The board.
    pub questions: Questions,
    /// What is being answered, then what is open by votes and time, what waits by time, what was answered, the newest first,
    /// and what was dismissed.
    pub items: Vec<Question>,
    /// Whether I moderate it: I collect them, or look after the channel.
    pub may_moderate: bool,
    /// Everybody who asked under their name, and who collects.
    pub people: Vec<Person>,
}

/// The boards of a channel that are not closed, the newest first.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct QuestionsList {
    /// Up to 50.
    pub items: Vec<Questions>,
}

/// Begins to collect questions.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewQuestions {
    /// A UUIDv7 of the sender's making: sending twice begins one board.
    pub id: QuestionsId,
    /// The same for the message under which it stands.
    pub message_id: MessageId,
    /// The topic in which they are collected.
    #[ts(optional)]
    pub topic_id: Option<TopicId>,
    /// The text of the message: CommonMark, up to 16,384 bytes.
    pub about: String,
    /// Whether a question waits until a moderator lets it out.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub moderated: bool,
    /// Whether one may ask without a name.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub anonymous: bool,
    /// Says what the word list asks about all the same (`words-asked`).
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub words_ok: bool,
}

/// A question to be asked.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewQuestion {
    /// A UUIDv7 of the asker's making: sending twice asks once.
    pub id: QuestionId,
    /// One line of up to 500 characters.
    pub text: String,
    /// Without a name, where the board allows it.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub anonymous: bool,
    /// Says what the word list asks about all the same (`words-asked`).
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub words_ok: bool,
}

/// Whether I want a question answered.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VoteForQuestion {
    /// My vote is there, or is taken back.
    pub votes: bool,
}

/// What a moderator makes of a question.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeQuestion {
    /// Anything but `waiting`. With `now`, what was being answered before has been, by speaking.
    pub state: QuestionState,
    /// With `answered`, and with nothing else.
    #[serde(default)]
    #[ts(optional)]
    pub answer: Option<QuestionAnswer>,
    /// Says what the word list asks about all the same (`words-asked`).
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub words_ok: bool,
}

/// Puts a question into another that asks the same.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeQuestion {
    /// The question that stays.
    pub into_id: QuestionId,
}
