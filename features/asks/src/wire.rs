//! Asks on the wire.

use accounts::Person;
use base::{ChannelId, MessageId, PersonId, Timestamp, TopicId};
use hours::Away;
use messages::{Message, NewMessage, Topic};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AskKind {
    /// An answer.
    Question,
    /// Comments on something that has to be read first.
    Feedback,
    /// That something is done.
    Action,
    /// That it was read and understood.
    Read,
}

/// How many answers are wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AskNeeds {
    /// One is enough.
    #[default]
    Any,
    /// One of each.
    All,
}

/// How an ask stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AskState {
    /// It waits for somebody.
    Open,
    /// It has what it wanted.
    Answered,
    /// Nobody is left who would answer.
    Unanswered,
    /// Whoever asked does not need it any more.
    Withdrawn,
}

/// How one person's share stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AskSeatState {
    /// It is their turn.
    Open,
    /// It is their turn, and they said by when.
    Promised,
    /// They asked back: it is the turn of whoever asked.
    AskedBack,
    /// They passed it on.
    Passed,
    /// They will not answer.
    Declined,
    /// They answered.
    Answered,
    /// They are not in the channel any more.
    Left,
}

/// One person's share of an ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct AskSeat {
    /// Whose.
    pub person_id: PersonId,
    /// How it stands.
    pub state: AskSeatState,
    /// While it is their turn: by when. Only for themselves and whoever asked; null also where their hours hold no such time.
    pub due: Option<Timestamp>,
    /// A promise for later than is usual, which waits for the word of whoever asked. Only for these two.
    pub wished: Option<Timestamp>,
    /// To whom they passed it.
    pub passed_to: Option<PersonId>,
    /// Why they declined. Only for themselves and whoever asked, and in no event.
    pub reason: Option<String>,
}

/// A message that wants an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct Ask {
    /// Its message, which is its id, too.
    pub message_id: MessageId,
    /// Where it stands.
    pub channel_id: ChannelId,
    /// Who asks.
    pub asker_id: PersonId,
    /// What is wanted.
    pub kind: AskKind,
    /// Of how many.
    pub needs: AskNeeds,
    /// It is asked of all who were in the channel when it was asked; only those who moved have a share here, and of those only
    /// mine.
    pub everyone: bool,
    /// How it stands.
    pub state: AskState,
    /// When it was asked.
    pub created_at: Timestamp,
    /// When it was over.
    pub closed_at: Option<Timestamp>,
    /// By when: for whoever asked of the whole, for a holder of their share. Nobody else is told.
    pub due: Option<Timestamp>,
    /// Whether it is the turn of whoever reads this.
    pub on_me: bool,
    /// How many have answered.
    #[ts(type = "number")]
    pub n_answered: i64,
    /// When those who have not answered were reminded.
    pub reminded_at: Option<Timestamp>,
    /// The shares.
    pub seats: Vec<AskSeat>,
}

/// What an ask wants, of whom, by when.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAsk {
    /// What is wanted.
    pub kind: AskKind,
    /// 1 to 50 people of the channel; empty with `everyone`.
    #[serde(default)]
    pub people: Vec<PersonId>,
    /// All who are in the channel are asked; only for `read`.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub everyone: bool,
    /// Of how many; one is enough when nothing is said. Whoever wants something read wants it of all.
    #[serde(default)]
    #[ts(optional, as = "Option<AskNeeds>")]
    pub needs: AskNeeds,
    /// By when, from an hour ahead on; else what the charter says there.
    #[ts(optional)]
    pub by: Option<Timestamp>,
}

/// A message to be posted together with its ask.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AskMessage {
    /// The message. It carries nothing on from elsewhere.
    pub message: NewMessage,
    /// What it wants.
    pub ask: NewAsk,
    /// The topic that it begins.
    #[serde(default)]
    #[ts(optional)]
    pub topic: Option<AskTopic>,
}

/// A topic that begins with a message that wants an answer.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AskTopic {
    /// A UUIDv7 of the sender's making: sending twice begins one topic.
    pub id: TopicId,
    /// 1 to 200 characters.
    pub title: String,
}

/// A message that was posted with its ask.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct AskedMessage {
    /// The message.
    pub message: Message,
    /// Its ask; null when it is gone since.
    pub ask: Option<Ask>,
    /// The topic that it began; null: none was asked for.
    pub topic: Option<Topic>,
}

/// What can be done with an ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AskMoveKind {
    /// For holders: it is answered, done, or read.
    Answer,
    /// For holders: whoever asked has to say more first.
    AskBack,
    /// For holders: I will answer by `until`.
    Promise,
    /// For holders: `person_id` should answer.
    Pass,
    /// For holders: I will not answer.
    Decline,
    /// For whoever asked: here is what was missing.
    Resume,
    /// For whoever asked: `person_id` may take the time.
    Grant,
    /// For whoever asked: `person_id` may not.
    Refuse,
    /// For whoever asked: it is not needed any more.
    Withdraw,
    /// For whoever moved last, within an hour: take that back.
    Undo,
}

/// A move.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AskMove {
    /// Which.
    #[serde(rename = "move")]
    pub kind: AskMoveKind,
    /// Of a promise.
    #[ts(optional)]
    pub until: Option<Timestamp>,
    /// To whom it is passed, or whose wish it is about.
    #[ts(optional)]
    pub person_id: Option<PersonId>,
    /// Why one declines, in up to 280 characters.
    #[ts(optional)]
    pub reason: Option<String>,
}

/// An ask as I see it.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct AskView {
    /// The ask.
    pub ask: Ask,
    /// Everybody named in it.
    pub people: Vec<Person>,
}

/// Asks of a stretch of a channel.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct ChannelAsks {
    /// In the order of their messages.
    pub asks: Vec<Ask>,
    /// Everybody named in them.
    pub people: Vec<Person>,
}

/// Whose asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AskSide {
    /// It is my turn.
    OnMe,
    /// I asked, and it is still open.
    IWaitFor,
}

/// An ask in a list, with where it stands.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct AskItem {
    /// The ask.
    pub ask: Ask,
    /// In which topic; null in the stream.
    pub topic_id: Option<TopicId>,
    /// Its title.
    pub topic_title: Option<String>,
    /// The beginning of the message, up to 200 characters, without markup; mentions as they are typed.
    pub text: String,
    /// By what it stands in the list: when it is due, or when it came back to me. Null: there is no time for it.
    pub at: Option<Timestamp>,
}

/// An ask that is over because its message is gone. What was asked is not known any more.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct GoneAsk {
    /// Its message.
    pub message_id: MessageId,
    /// Where it stood.
    pub channel_id: ChannelId,
    /// Who asked.
    pub asker_id: PersonId,
    /// When.
    pub asked_at: Timestamp,
    /// Since when it is gone.
    pub gone_at: Timestamp,
    /// By the rule for how long messages stay; else somebody took it away.
    pub by_rule: bool,
}

/// A page of asks, what is due next first.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct AskPage {
    /// At most as many as were asked for.
    pub items: Vec<AskItem>,
    /// Where the next page begins; null: that is all.
    pub next: Option<String>,
    /// On the first page: what is over since its message is gone, of the last week; at most 20, newest first.
    pub gone: Vec<GoneAsk>,
    /// Everybody named in them.
    pub people: Vec<Person>,
}

/// How much is on me, and how much I wait for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct AskCounts {
    /// My turn.
    #[ts(type = "number")]
    pub n_on_me: i64,
    /// Of those, past their time.
    #[ts(type = "number")]
    pub n_overdue: i64,
    /// When the next of those is due that are not past their time.
    pub next_due: Option<Timestamp>,
    /// I asked, and it is open.
    #[ts(type = "number")]
    pub n_i_wait_for: i64,
}

/// When somebody would be due to answer if they were asked now.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct AskForecast {
    /// Who.
    pub person_id: PersonId,
    /// By when; null where their hours hold no such time.
    pub due: Option<Timestamp>,
    /// Where they are, as an IANA zone.
    pub time_zone: String,
    /// While they are away.
    pub away: Option<Away>,
}

/// What an ask would mean for those who are asked.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct AskPreview {
    /// Each of them who can be asked here.
    pub people: Vec<AskForecast>,
}

/// Who has not answered yet.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct AskMissing {
    /// How many were asked and are still there.
    #[ts(type = "number")]
    pub n_asked: i64,
    /// How many of them have not answered.
    #[ts(type = "number")]
    pub n_missing: i64,
    /// Some of them, at most 100, in the order of their ids.
    pub people: Vec<Person>,
    /// The person after whom the next page begins; null: that is all.
    pub next: Option<PersonId>,
}

/// The words of one language by which the app knows that a text asks for an answer, as anybody may read them.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct AskWords {
    /// BCP 47.
    pub language: String,
    /// How a question begins, at the start of a sentence.
    pub openings: Vec<String>,
    /// What makes a request of any sentence.
    pub requests: Vec<String>,
    /// Signs that something was not understood.
    pub confusion: Vec<String>,
}

/// All of them.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct AskWordLists {
    /// One for each language.
    pub lists: Vec<AskWords>,
}
