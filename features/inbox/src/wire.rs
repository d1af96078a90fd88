//! The inbox on the wire.

use accounts::Person;
use base::{ChannelId, MessageId, PersonId, Timestamp, TopicId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// What is new for me.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct Inbox {
    /// How many things need me, each once: what is urgent and calls me, what asks me, who calls me, and direct conversations with
    /// something new. Up to 1,000.
    #[ts(type = "number")]
    pub n_needs_you: i64,
    /// Messages that call me and that I have not read, up to 100, the newest first.
    pub calls: Vec<InboxCall>,
    /// Direct conversations with something new, the newest first.
    pub directs: Vec<InboxPlace>,
    /// Channels with something new of which I want to hear, the newest first.
    pub rest: Vec<InboxPlace>,
    /// Decisions of live sessions about which I am asked because I was absent, the soonest first.
    pub provisional: Vec<ProvisionalDecision>,
    /// What I marked as read at once last, while it can be taken back.
    pub cleared: Option<Cleared>,
    /// Everybody named in it.
    pub people: Vec<Person>,
}

/// A decision that is final when those who were absent have answered, or their time has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct ProvisionalDecision {
    /// The message that says and asks it.
    pub message_id: MessageId,
    /// Until when one can object.
    pub until: Timestamp,
}

/// How much needs me, without what it is.
#[derive(Debug, Clone, Copy, Serialize, TS, JsonSchema)]
pub struct InboxCount {
    /// As in the inbox.
    #[ts(type = "number")]
    pub n_needs_you: i64,
}

/// One line of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct InboxLine {
    /// Which message.
    pub message_id: MessageId,
    /// Where it stands.
    pub channel_id: ChannelId,
    /// In which topic; null: in the stream.
    pub topic_id: Option<TopicId>,
    /// What that is called.
    pub topic_title: Option<String>,
    /// Who wrote it.
    pub author_id: PersonId,
    /// When.
    pub at: Timestamp,
    /// How it begins, without markup; mentions as they are typed.
    pub text: String,
}

/// A message that calls me.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct InboxCall {
    /// The message.
    pub line: InboxLine,
    /// Whether it calls everybody in the channel.
    pub everyone: bool,
}

/// A conversation with something new.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct InboxPlace {
    /// The newest message.
    pub line: InboxLine,
    /// How many are new, with those in topics that I follow.
    #[ts(type = "number")]
    pub n_unread: i64,
    /// In how many topics.
    #[ts(type = "number")]
    pub n_topics: i64,
}

/// What was marked as read at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct Cleared {
    /// To take it back with.
    pub id: Uuid,
    /// When.
    pub at: Timestamp,
    /// How many conversations: streams and topics.
    #[ts(type = "number")]
    pub n_places: i64,
}

/// What is to be marked as read.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClearInbox {
    /// A UUIDv7 of the sender's making: sending twice clears once.
    pub id: Uuid,
    /// These channels, up to 1,000; null: all that the inbox lists as the rest.
    pub channels: Option<Vec<ChannelId>>,
}

/// What was taken back.
#[derive(Debug, Clone, Copy, Serialize, TS, JsonSchema)]
pub struct Undone {
    /// Conversations that are new again; what was left meanwhile is not among them.
    #[ts(type = "number")]
    pub n_places: i64,
}

/// Why something is worth the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CatchUpKind {
    /// It calls me, and waits for my reaction.
    Urgent,
    /// It is on me.
    Ask,
    /// It was decided.
    Decision,
    /// It calls me.
    Mention,
    /// It goes on in a topic that I follow.
    Topic,
}

/// One thing to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct CatchUpItem {
    /// Why.
    pub kind: CatchUpKind,
    /// The message with which to begin.
    pub line: InboxLine,
    /// Of a decision: what was decided.
    pub decision: Option<String>,
    /// Of a decision that those who were absent can still object to: until when.
    pub provisional_until: Option<Timestamp>,
    /// Of an ask: by when, if it has a time.
    pub due: Option<Timestamp>,
    /// Of a topic: how many messages are new. Else 1.
    #[ts(type = "number")]
    pub n_messages: i64,
    /// How long it takes to read, in seconds.
    #[ts(type = "number")]
    pub takes_s: i64,
    /// Of a topic with several new messages: the newest.
    pub last: Option<InboxLine>,
}

/// What to read in the time there is.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct CatchUp {
    /// In the order in which to read. Asks on me are all there, whatever the time is.
    pub items: Vec<CatchUpItem>,
    /// How long that takes, in seconds.
    #[ts(type = "number")]
    pub takes_s: i64,
    /// How many things of those kinds the time did not reach.
    #[ts(type = "number")]
    pub n_more: i64,
    /// What is new besides, one line for each channel and direct conversation, with how many messages: those that stand in
    /// `items`, alone or in a topic, are not counted again.
    pub rest: Vec<InboxPlace>,
    /// Everybody named in it.
    pub people: Vec<Person>,
}

/// Something that was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct Decision {
    /// In which topic.
    pub topic_id: TopicId,
    /// What that is called.
    pub topic_title: String,
    /// Of which channel.
    pub channel_id: ChannelId,
    /// What was decided.
    pub text: String,
    /// Until when those who were absent can object; null: it is final.
    pub provisional_until: Option<Timestamp>,
    /// Who wrote it down.
    pub person_id: PersonId,
    /// When.
    pub at: Timestamp,
}

/// A page of decisions, the newest first.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct DecisionPage {
    /// The decisions.
    pub items: Vec<Decision>,
    /// The cursor of the next page.
    pub next: Option<Timestamp>,
    /// Everybody named in it.
    pub people: Vec<Person>,
}
