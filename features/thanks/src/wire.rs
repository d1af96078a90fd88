//! Thanks on the wire.

use accounts::Person;
use base::{ChannelId, MessageId, PersonId, SpaceId, Timestamp, TopicId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Thanks to be said.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewThanks {
    /// A UUIDv7 of the sender's making for the message: sending twice says it once.
    pub message_id: MessageId,
    /// The topic in which it is said.
    #[ts(optional)]
    pub topic_id: Option<TopicId>,
    /// 1 to 10 others who may read the channel.
    pub people: Vec<PersonId>,
    /// The text of the message: CommonMark, up to 1,000 characters.
    pub text: String,
    /// Whether it may be told again where the space gathers thanks.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub may_gather: bool,
    /// Says what the word list asks about all the same (`words-asked`).
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub words_ok: bool,
}

/// A message that thanks people. Its text stands in the message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct Thanks {
    /// Its message, which is its id, too.
    pub message_id: MessageId,
    /// Where.
    pub channel_id: ChannelId,
    /// Who thanks.
    pub giver_id: PersonId,
    /// Whom.
    pub people: Vec<PersonId>,
    /// Whether it may be told again where the space gathers thanks.
    pub may_gather: bool,
    /// When.
    pub at: Timestamp,
}

/// Thanks, with everybody named in them.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ThanksView {
    /// What was said.
    pub thanks: Thanks,
    /// Who is named.
    pub people: Vec<Person>,
}

/// Thanks as they are told again.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct GatheredThanks {
    /// What was said.
    pub thanks: Thanks,
    /// The beginning of its text, plain, up to 300 characters.
    pub text: String,
    /// Whether I may read where it was said.
    pub can_open: bool,
}

/// What was thanked for in a week, under the message that tells it.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Gathering {
    /// The message.
    pub message_id: MessageId,
    /// In the order in which it was said; without what was taken back since, and what people said whom I block.
    pub items: Vec<GatheredThanks>,
    /// Who is named.
    pub people: Vec<Person>,
}

/// Where a space gathers thanks, once a week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct ThanksPlace {
    /// The space.
    pub space_id: SpaceId,
    /// In which of its channels; null: thanks are not gathered.
    pub channel_id: Option<ChannelId>,
    /// What the message says.
    pub title: Option<String>,
    /// When the next one comes, if somebody was thanked.
    pub next_at: Option<Timestamp>,
    /// Who chose it may not write there any more.
    pub stopped: bool,
    /// Whether I may change it.
    pub can_change: bool,
}

/// Where thanks are to be gathered.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChooseThanksPlace {
    /// A channel of the space in which I may write; null: not any more.
    pub channel_id: Option<ChannelId>,
    /// What the message says, in a line of up to 100 characters.
    pub title: String,
}

/// Thanks that somebody gave or got, for their own data.
#[derive(Debug, Clone, Serialize)]
pub struct OwnThanks {
    /// What they said, whom they thanked.
    pub given: Vec<Thanks>,
    /// The messages that thank them, without what others wrote.
    pub got: Vec<GotThanks>,
}

/// Somebody was thanked.
#[derive(Debug, Clone, Serialize)]
pub struct GotThanks {
    /// By which message.
    pub message_id: MessageId,
    /// Where.
    pub channel_id: ChannelId,
    /// When.
    pub at: Timestamp,
}
