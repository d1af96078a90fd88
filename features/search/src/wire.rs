//! What search answers.

use accounts::Person;
use base::{ChannelId, MessageId, PersonId, Timestamp, TopicId};
use messages::TopicState;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use spaces::ChannelView;
use ts_rs::TS;

/// In which order hits come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SearchSort {
    /// What was written last.
    #[default]
    Newest,
    /// What fits best, among the newest thousand.
    Best,
}

/// One page of hits.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct SearchPage {
    /// In the order that was asked for.
    pub hits: Vec<SearchHit>,
    /// The cursor of the next page; null at the end.
    pub next: Option<String>,
    /// Everybody named in the hits.
    pub people: Vec<Person>,
    /// The channels in which they stand.
    pub channels: Vec<ChannelView>,
    /// What could not be understood.
    pub notes: Vec<SearchNote>,
}

/// A message or a topic that was found.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct SearchHit {
    /// Which of the two.
    pub kind: SearchHitKind,
    /// The message, or the one at which the topic began.
    pub message_id: MessageId,
    /// Where it stands.
    pub channel_id: ChannelId,
    /// The topic in which it stands, or which it is; null in the stream.
    pub topic_id: Option<TopicId>,
    /// The title of that topic.
    pub topic_title: Option<String>,
    /// How that topic stands.
    pub topic_state: Option<TopicState>,
    /// Who wrote it or began it.
    pub author_id: PersonId,
    /// When.
    pub at: Timestamp,
    /// Whether it was edited since.
    pub edited: bool,
    /// The place that was found, without markup; for a topic its title and its decision.
    pub excerpt: Vec<ExcerptPart>,
}

/// What a hit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SearchHitKind {
    /// A message.
    Message,
    /// A topic.
    Topic,
}

/// A piece of text to show as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct ExcerptPart {
    /// Never HTML.
    pub text: String,
    /// Whether this is what was looked for.
    pub hit: bool,
}

/// Something that the person should know about their question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct SearchNote {
    /// What it is.
    pub kind: SearchNoteKind,
    /// The part of the question that it is about.
    pub about: String,
}

impl SearchNote {
    pub(crate) fn new(kind: SearchNoteKind, about: String) -> Self {
        Self { kind, about }
    }
}

/// What may be said about a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SearchNoteKind {
    /// There is no such filter; it was searched as it stands.
    UnknownFilter,
    /// The filter has no such value.
    UnknownValue,
    /// Nobody whom the person may see is called so.
    Nobody,
    /// No channel that the person may read is called so.
    Nowhere,
    /// This is no day.
    NoDate,
    /// So many people or channels are called so that only the first were looked at.
    TooMany,
    /// Nothing is left to look for.
    Empty,
    /// What was written before search was installed is still being read.
    Unfinished,
}

/// What is called as somebody typed.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct SearchPlaces {
    /// People.
    pub people: Vec<Person>,
    /// Channels, joined or not; direct conversations are found by their people.
    pub channels: Vec<ChannelView>,
    /// Topics, the newest first.
    pub topics: Vec<SearchHit>,
}
