//! What is written now and posted later, on the wire.

use base::{ChannelId, FileId, MessageId, PersonId, Timestamp, TopicId};
use files::Attachment;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Something to be posted later.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewScheduled {
    /// Of the sender's making; it becomes the message's id. The same id again schedules nothing twice.
    pub id: MessageId,
    /// Where.
    pub channel_id: ChannelId,
    /// In which topic; null: in the stream.
    #[serde(default)]
    #[ts(optional)]
    pub topic_id: Option<TopicId>,
    /// What it answers to.
    #[serde(default)]
    #[ts(optional)]
    pub quote_id: Option<MessageId>,
    /// Up to 16,384 bytes; may be empty beside files.
    #[serde(default)]
    pub text: String,
    /// My files that go with it; they are kept until then.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<FileId>>")]
    pub file_ids: Vec<FileId>,
    /// When; null, in a direct conversation: when work begins for the others.
    #[serde(default)]
    pub due_at: Option<Timestamp>,
    /// Agrees to call everybody, or the groups that it names.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub everyone_ok: bool,
    /// Says what the word list asks about all the same.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub words_ok: bool,
}

/// What shall be different; what is absent stays.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeScheduled {
    /// The change that it is based on.
    #[ts(type = "number")]
    pub revision: i64,
    /// What it says.
    #[serde(default)]
    #[ts(optional)]
    pub text: Option<String>,
    /// When. What has failed waits again with it.
    #[serde(default)]
    #[ts(optional)]
    pub due_at: Option<Timestamp>,
}

/// Why something was not posted at its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WhyFailed {
    /// Its author may no longer write there.
    Gone,
    /// The channel was archived.
    Archived,
    /// Its author had just written, and the channel is slow.
    Slow,
    /// The word list minds it.
    Words,
    /// It would have called many people, which nobody agreed to.
    Everyone,
    /// One of its files is not there any more.
    Files,
    /// Its topic, or what it answers to, is not there any more.
    Topic,
    /// The server was away for more than a day after its time.
    Late,
    /// Something else.
    Other,
}

impl WhyFailed {
    const ALL: [Self; 9] = [
        Self::Gone,
        Self::Archived,
        Self::Slow,
        Self::Words,
        Self::Everyone,
        Self::Files,
        Self::Topic,
        Self::Late,
        Self::Other,
    ];

    /// The word in the database.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::Archived => "archived",
            Self::Slow => "slow",
            Self::Words => "words",
            Self::Everyone => "everyone",
            Self::Files => "files",
            Self::Topic => "topic",
            Self::Late => "late",
            Self::Other => "other",
        }
    }

    /// Reads the word; one of a newer version is something else.
    pub(crate) fn parse(word: &str) -> Self {
        let known = Self::ALL.into_iter().find(|why| why.as_str() == word);
        known.unwrap_or(Self::Other)
    }
}

/// Something that waits for its time, or that could not be posted.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Scheduled {
    /// The id that the message will have.
    pub id: MessageId,
    /// Where.
    pub channel_id: ChannelId,
    /// In which topic.
    pub topic_id: Option<TopicId>,
    /// What it answers to.
    pub quote_id: Option<MessageId>,
    /// What it says.
    pub text: String,
    /// Files that go with it.
    pub files: Vec<Attachment>,
    /// When.
    pub due_at: Timestamp,
    /// Whether that is when work begins for the others; it follows their hours.
    pub lands: bool,
    /// Why it was not posted; null: it waits.
    pub failed: Option<WhyFailed>,
    /// Of the last change.
    #[ts(type = "number")]
    pub revision: i64,
    /// When it was written.
    pub created_at: Timestamp,
}

/// All that I have scheduled, in the order of its time.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ScheduledList {
    /// At most 100.
    pub items: Vec<Scheduled>,
}

/// What a message in a direct conversation can do outside of somebody's hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LandingChoice {
    /// It is posted when their work begins.
    Deliver,
    /// It stands there at once and interrupts nobody.
    Silent,
    /// It calls them, as something urgent with a reason: `POST /api/channels/{channel}/urgents`. It is not remembered.
    Urgent,
}

/// How a message in a direct conversation would land at this moment.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct LandingView {
    /// What Send does, and what can be chosen instead; empty: they are there, it is just sent.
    pub choices: Vec<LandingChoice>,
    /// When their work begins.
    pub at: Option<Timestamp>,
    /// For whom of them first.
    pub person_id: Option<PersonId>,
    /// The zone of that person.
    pub time_zone: Option<String>,
}

/// What I chose, for the rest of the day.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChooseLanding {
    /// Which.
    pub choice: LandingChoice,
}
