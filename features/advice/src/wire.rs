//! What goes over the wire.

use base::{PersonId, Timestamp, TopicId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How long a conversation will take in writing, and when it could be talked about instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct TalkEstimate {
    /// When the last answer is due if each comes when it is due. Null where hours hold no such moment.
    pub by_text: Option<Timestamp>,
    /// Days on which whoever reads this works, until then; today is not counted.
    #[ts(type = "number")]
    pub working_days: i64,
    /// The first moment at which all of them have time for a talk. Null: not within two weeks.
    pub live: Option<Timestamp>,
    /// Until when they have time then.
    pub live_until: Option<Timestamp>,
    /// How long a talk is reckoned to be, in minutes.
    #[ts(type = "number")]
    pub talk_minutes: i64,
    /// The same for all of them together.
    #[ts(type = "number")]
    pub person_minutes: i64,
    /// Who takes part, whoever reads this among them.
    pub people: Vec<PersonId>,
}

/// Why a conversation should change its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HintKind {
    /// Slow letters that do not get further.
    PingPong,
    /// Many quick and long turns about something that is still open.
    RapidFire,
}

/// The sign by which it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HintWhy {
    /// A question was asked again.
    AskedAgain,
    /// Somebody wrote that they do not understand.
    NotUnderstood,
    /// Several answers were promised, or are late.
    Unkept,
    /// It is quick.
    Quick,
}

/// One quiet line for whoever has to answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct TimingHint {
    /// What goes on.
    pub kind: HintKind,
    /// By what it shows.
    pub why: HintWhy,
    /// How often it went to and fro.
    #[ts(type = "number")]
    pub rounds: i64,
    /// When the next answer is due.
    pub next_at: Option<Timestamp>,
}

/// What a conversation takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct TalkTiming {
    /// Asks that are open there.
    #[ts(type = "number")]
    pub n_open: i64,
    /// Null: nobody else takes part, or too many.
    pub estimate: Option<TalkEstimate>,
    /// Null: it goes well, it is not the turn of whoever reads this, or the hint was shown today or waved away.
    pub hint: Option<TimingHint>,
}

/// A hint was on the screen.
#[derive(Debug, Clone, Copy, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HintShown {
    /// In which topic; null: in the stream of the channel.
    #[serde(default)]
    pub topic_id: Option<TopicId>,
    /// It was waved away.
    pub dismissed: bool,
}

/// What something is said for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AdvicePurpose {
    /// Something is broken, or somebody is stuck.
    Problem,
    /// Ideas, a beginning, a plan with many unknowns.
    Explore,
    /// A decision.
    #[default]
    Decide,
    /// What others think of some work.
    Feedback,
    /// Where things stand.
    Inform,
    /// How something is done.
    Show,
    /// To get to know each other, to celebrate.
    Bond,
}

/// How soon.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AdviceUrgency {
    /// It can wait for days.
    Low,
    /// Today or tomorrow.
    #[default]
    Medium,
    /// Now.
    High,
}

/// What it is like.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AdviceNature {
    /// Said in a few words.
    #[default]
    Simple,
    /// Many things hang together.
    Tangled,
    /// Good answers need time to think.
    Thoughtful,
    /// It moves somebody: a conflict, bad news, a review of somebody's work.
    Sensitive,
}

/// A form of conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AdviceMode {
    /// Two people, live.
    OneToOne,
    /// Now, live.
    Call,
    /// Live, at a time that suits everybody.
    Meeting,
    /// A message.
    Chat,
    /// A topic of its own.
    Topic,
    /// A recording.
    Clip,
    /// A document with comments.
    Document,
    /// A poll.
    Poll,
    /// An urgent message.
    Urgent,
}

/// Why that one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AdviceReason {
    /// What moves somebody is said from person to person.
    Sensitive,
    /// It cannot wait.
    CannotWait,
    /// Many things hang together.
    Tangled,
    /// One thought builds on the other.
    Builds,
    /// Good answers need time.
    NeedsThought,
    /// Everybody answers in their own time.
    EveryoneInTheirTime,
    /// Hardly an hour in which all are at work.
    FewCanMeet,
    /// To see it is better than to read it.
    SeenIsBetterThanRead,
    /// The answers are to be compared.
    Comparable,
    /// It is said in a few words.
    Small,
    /// One is as good as the other.
    BothAreFine,
}

/// One suggestion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct Advice {
    /// The best form of those that there are on this server.
    pub mode: AdviceMode,
    /// Why.
    pub reasons: Vec<AdviceReason>,
    /// How many it concerns, whoever asks among them.
    #[ts(type = "number")]
    pub n_people: i64,
    /// How long all of them are at work at once, on the next day on which whoever asks works, in minutes.
    #[ts(type = "number")]
    pub shared_minutes: i64,
    /// What it will take in writing and live; null for a channel of many.
    pub estimate: Option<TalkEstimate>,
}
