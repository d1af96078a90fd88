//! What happens to messages, topics and pointers, as events.

use crate::{
    levels::wire::LevelChanged,
    wire::{Counts, Draft, Message, Removed, Topic},
};
use base::{ChannelId, MessageId, PersonId, Seq, Timestamp, TopicId};
use groups::GroupName;
use platform::{
    db::{Result, Tx},
    journal::{self, Happened},
};
use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

/// `message.posted` on the log of a channel. Its number is the message's place.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct MessagePosted {
    /// The message, without reactions and topic.
    pub message: Message,
    /// The topic into which it went, with its new counts.
    pub topic: Option<Topic>,
    /// Whether it calls everybody in the channel.
    pub everyone: bool,
    /// The groups that it names; absent when there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<GroupName>>")]
    pub groups: Vec<GroupName>,
    /// Whom these groups call, at this moment; absent when nobody is called by a group.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<PersonId>>")]
    pub called: Vec<PersonId>,
    /// It was said elsewhere before, and is imported: it calls nobody. Not part of the log.
    #[serde(skip)]
    pub is_history: bool,
}

/// `message.edited` on the log of a channel.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct MessageEdited {
    /// The message as it is now, without reactions and topic.
    pub message: Message,
    /// The groups that it names; absent when there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<GroupName>>")]
    pub groups: Vec<GroupName>,
}

/// `message.deleted` on the log of a channel.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct MessageDeleted {
    /// Which.
    pub message_id: MessageId,
    /// Its place.
    pub seq: Seq,
    /// Its topic; null in the stream.
    pub topic_id: Option<TopicId>,
    /// That topic with its new counts.
    pub topic: Option<Topic>,
    /// By somebody who looks after the channel; absent when its author deleted it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub removed: Option<Removed>,
    /// By the rule for how long messages stay, and by nobody; absent otherwise.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub by_rule: bool,
}

/// `message.removed` on my own log: somebody who looks after the channel took away what I wrote.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct MessageRemoved {
    /// Where.
    pub channel_id: ChannelId,
    /// In which topic; null for the stream.
    pub topic_id: Option<TopicId>,
    /// Which.
    pub message_id: MessageId,
    /// Why.
    pub removed: Removed,
}

/// `reaction.changed` on the log of a channel: how one emoji under one message stands now.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct ReactionChanged {
    /// Which message.
    pub message_id: MessageId,
    /// Its place.
    pub seq: Seq,
    /// Which emoji.
    pub emoji: String,
    /// How many people now; 0: it is gone.
    #[ts(type = "number")]
    pub n: i64,
    /// All of them up to twelve; empty beyond.
    pub people: Vec<PersonId>,
    /// Who added or took back theirs.
    pub person_id: PersonId,
    /// Which of the two.
    pub added: bool,
}

/// `topic.created` and `topic.changed` on the log of a channel.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct TopicChanged {
    /// The topic as it is now.
    pub topic: Topic,
}

/// `messages.moved` on the log of a channel: messages stand in another conversation of it now. Counts are to be asked
/// anew.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct MessagesMoved {
    /// Which; of a merged topic only the one at which it began.
    pub message_ids: Vec<MessageId>,
    /// Their places, in the same order.
    pub seqs: Vec<Seq>,
    /// Where they were; null for the stream.
    pub from_topic_id: Option<TopicId>,
    /// Where they are; null for the stream.
    pub to_topic_id: Option<TopicId>,
    /// The topics concerned, with their new counts.
    pub topics: Vec<Topic>,
    /// The topic that went into the other as a whole.
    pub merged_topic_id: Option<TopicId>,
}

/// `messages.gone` on the log of a channel: what went by the rule for how long messages stay is in no page any more.
#[derive(Debug, Default, Serialize, TS, JsonSchema)]
pub struct MessagesGone {
    /// Which.
    pub message_ids: Vec<MessageId>,
    /// Topics of which nothing is left, titles included.
    pub topic_ids: Vec<TopicId>,
}

/// `pin.changed` on the log of a channel.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct PinChanged {
    /// Which message.
    pub message_id: MessageId,
    /// Its place.
    pub seq: Seq,
    /// Whether it is pinned now.
    pub pinned: bool,
}

/// `saved.changed` on my own log.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct SavedChanged {
    /// Where.
    pub channel_id: ChannelId,
    /// Which message.
    pub message_id: MessageId,
    /// Its place.
    pub seq: Seq,
    /// Whether I keep it now.
    pub saved: bool,
}

/// `read.moved` on my own log.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct ReadMoved {
    /// Where.
    pub channel_id: ChannelId,
    /// In which topic; null for the stream.
    pub topic_id: Option<TopicId>,
    /// The head of the channel's log for which the counts are true.
    pub head: Seq,
    /// How it stands now.
    #[serde(flatten)]
    pub counts: Counts,
}

/// `draft.changed` on my own log.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct DraftChanged {
    /// The draft as it is now; an empty text means that it is gone.
    pub draft: Draft,
}

/// `follow.changed` on my own log.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct FollowChanged {
    /// Where.
    pub channel_id: ChannelId,
    /// Which topic.
    pub topic_id: TopicId,
    /// Whether I follow it now.
    pub following: bool,
}

/// Who did it and when; goes with each event.
#[derive(Debug, Clone, Copy)]
pub(crate) struct By {
    pub actor: PersonId,
    pub now: Timestamp,
}

impl By {
    fn happened(self, kind: &'static str) -> Happened {
        Happened {
            kind,
            actor: Some(self.actor),
            at: self.now,
        }
    }
}

/// Writes the event of a message whose place was taken with `journal::next`.
pub(crate) fn message_posted(tx: &mut dyn Tx, by: By, event: &MessagePosted) -> Result<()> {
    let (channel, seq) = (event.message.channel_id, event.message.seq);
    journal::record(tx, channel, seq, by.happened("message.posted"), event)
}

pub(crate) fn message_edited(tx: &mut dyn Tx, seq: Seq, by: By, edited: &MessageEdited) -> Result<()> {
    let channel = edited.message.channel_id;
    journal::record(tx, channel, seq, by.happened("message.edited"), edited)
}

/// The same when nobody edited it, but something that it carries is gone.
pub(crate) fn message_changed(tx: &mut dyn Tx, seq: Seq, at: Timestamp, message: Message) -> Result<()> {
    let channel = message.channel_id;
    let happened = Happened {
        kind: "message.edited",
        actor: None,
        at,
    };
    let edited = MessageEdited {
        message,
        groups: Vec::new(),
    };
    journal::record(tx, channel, seq, happened, &edited)
}

pub(crate) fn messages_moved(
    tx: &mut dyn Tx,
    channel: ChannelId,
    by: By,
    event: MessagesMoved,
) -> Result<()> {
    journal::append(tx, channel, by.happened("messages.moved"), &event).map(|_| ())
}

pub(crate) fn messages_gone(
    tx: &mut dyn Tx,
    channel: ChannelId,
    at: Timestamp,
    event: MessagesGone,
) -> Result<()> {
    let happened = Happened {
        kind: "messages.gone",
        actor: None,
        at,
    };
    journal::append(tx, channel, happened, &event).map(|_| ())
}

pub(crate) fn pin_changed(tx: &mut dyn Tx, channel: ChannelId, by: By, event: PinChanged) -> Result<()> {
    journal::append(tx, channel, by.happened("pin.changed"), &event).map(|_| ())
}

pub(crate) fn saved_changed(tx: &mut dyn Tx, by: By, event: SavedChanged) -> Result<()> {
    journal::append(tx, by.actor, by.happened("saved.changed"), &event).map(|_| ())
}

pub(crate) fn message_deleted(
    tx: &mut dyn Tx,
    channel: ChannelId,
    by: By,
    event: &MessageDeleted,
) -> Result<Seq> {
    journal::append(tx, channel, by.happened("message.deleted"), event)
}

/// The event goes on the log of the author and names nobody.
pub(crate) fn message_removed(
    tx: &mut dyn Tx,
    author: PersonId,
    at: Timestamp,
    event: &MessageRemoved,
) -> Result<()> {
    let happened = Happened {
        kind: "message.removed",
        actor: None,
        at,
    };
    journal::append(tx, author, happened, event).map(|_| ())
}

pub(crate) fn reaction_changed(
    tx: &mut dyn Tx,
    channel: ChannelId,
    by: By,
    event: &ReactionChanged,
) -> Result<()> {
    journal::append(tx, channel, by.happened("reaction.changed"), event).map(|_| ())
}

pub(crate) fn topic_created(tx: &mut dyn Tx, by: By, topic: &Topic) -> Result<()> {
    let event = TopicChanged { topic: topic.clone() };
    journal::append(tx, topic.channel_id, by.happened("topic.created"), &event).map(|_| ())
}

/// The same as [`reaction_changed`], with a number that was taken before.
pub(crate) fn reaction_changed_at(
    tx: &mut dyn Tx,
    channel: ChannelId,
    seq: Seq,
    by: By,
    event: &ReactionChanged,
) -> Result<()> {
    journal::record(tx, channel, seq, by.happened("reaction.changed"), event)
}

/// The same as [`topic_created`], with a number that was taken before.
pub(crate) fn topic_created_at(tx: &mut dyn Tx, seq: Seq, by: By, topic: &Topic) -> Result<()> {
    let event = TopicChanged { topic: topic.clone() };
    journal::record(tx, topic.channel_id, seq, by.happened("topic.created"), &event)
}

pub(crate) fn topic_changed(tx: &mut dyn Tx, by: By, topic: &Topic) -> Result<()> {
    let event = TopicChanged { topic: topic.clone() };
    journal::append(tx, topic.channel_id, by.happened("topic.changed"), &event).map(|_| ())
}

pub(crate) fn read_moved(tx: &mut dyn Tx, by: By, event: &ReadMoved) -> Result<()> {
    journal::append(tx, by.actor, by.happened("read.moved"), event).map(|_| ())
}

pub(crate) fn draft_changed(tx: &mut dyn Tx, by: By, draft: &Draft) -> Result<Seq> {
    journal::append(
        tx,
        by.actor,
        by.happened("draft.changed"),
        &DraftChanged { draft: draft.clone() },
    )
}

/// The event goes on the log of `person`, who may be another than the one who caused it.
pub(crate) fn level_changed(tx: &mut dyn Tx, by: By, event: &LevelChanged) -> Result<()> {
    journal::append(tx, by.actor, by.happened("level.changed"), event).map(|_| ())
}

pub(crate) fn follow_changed(tx: &mut dyn Tx, person: PersonId, by: By, event: &FollowChanged) -> Result<()> {
    journal::append(tx, person, by.happened("follow.changed"), event).map(|_| ())
}
