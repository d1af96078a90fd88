//! Messages and topics on the wire: the shapes of the REST API and of events.

use crate::{levels::Level, model::TopicState};
use accounts::{Me, Person, Workspace};
use base::{ChannelId, FileId, MessageId, PersonId, ScopeId, Seq, Timestamp, TopicId};
use files::Attachment;
use groups::GroupName;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use spaces::{ChannelView, Space};
use std::{borrow::Cow, collections::HashMap};
use ts_rs::TS;
use uuid::Uuid;

/// One message.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Message {
    /// Made by the sender.
    pub id: MessageId,
    /// Where it stands.
    pub channel_id: ChannelId,
    /// Its place in the channel's log.
    pub seq: Seq,
    /// The topic that it belongs to; null in the stream.
    pub topic_id: Option<TopicId>,
    /// Who wrote it.
    pub author_id: PersonId,
    /// When.
    pub at: Timestamp,
    /// CommonMark as it was typed; empty when deleted, and may be when there are files.
    pub text: String,
    /// Its markup; null for plain text.
    #[ts(type = "Array<Node> | null")]
    #[schemars(with = "Option<Vec<NodeShape>>")]
    pub tree: Option<Vec<markup::Node>>,
    /// When it was last edited.
    pub edited_at: Option<Timestamp>,
    /// Whether it was deleted; the place stays.
    pub deleted: bool,
    /// Deleted by somebody who looks after the channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub removed: Option<Removed>,
    /// What it carries, in order.
    pub files: Vec<Attachment>,
    /// What it answers to.
    pub quote: Option<Quote>,
    /// In the order of their first use.
    pub reactions: Vec<Reaction>,
    /// The topic that began here.
    pub topic: Option<Topic>,
    /// What it carries on from elsewhere.
    pub forward: Option<Forward>,
    /// What another slice has put under it.
    pub card: Option<Card>,
    /// Whether it is pinned in its channel.
    pub pinned: bool,
    /// Whether I keep it for later; only in pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub saved: Option<bool>,
}

/// Why a message was taken away by somebody who looks after its channel. Who that was is told to others who do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct Removed {
    /// Up to 280 characters, for its author and for those who read the channel.
    pub reason: Option<String>,
}

/// Take a message away that somebody else wrote.
#[derive(Debug, Clone, Default, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RemoveMessage {
    /// Up to 280 characters; its author and those who read the channel see it.
    #[ts(optional)]
    pub reason: Option<String>,
}

/// Something of another slice that stands under a message: a poll.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct Card {
    /// What it is; an app that does not know the word shows the message alone.
    pub kind: String,
    /// Which, in its own slice.
    pub id: Uuid,
}

/// A message that another one carries on, as it was said then.
#[derive(Debug, Clone, PartialEq, Serialize, TS, JsonSchema)]
pub struct Forward {
    /// The original, for those who may read it.
    pub message_id: MessageId,
    /// Where it stands.
    pub channel_id: ChannelId,
    /// Who wrote it.
    pub author_id: PersonId,
    /// When.
    pub at: Timestamp,
    /// CommonMark; empty when the original was deleted.
    pub text: String,
    /// Its markup; null for plain text.
    #[ts(type = "Array<Node> | null")]
    #[schemars(with = "Option<Vec<NodeShape>>")]
    pub tree: Option<Vec<markup::Node>>,
    /// Whether the original was deleted.
    pub deleted: bool,
}

/// A quoted message, in short.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Quote {
    /// Which one.
    pub message_id: MessageId,
    /// Who wrote it.
    pub author_id: PersonId,
    /// Its beginning without markup, up to 200 characters; empty when deleted.
    pub text: String,
    /// Whether it is deleted.
    pub deleted: bool,
}

/// One emoji under a message.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Reaction {
    /// The emoji.
    pub emoji: String,
    /// How many people.
    #[ts(type = "number")]
    pub n: i64,
    /// All of them up to twelve, in order of their ids; empty beyond.
    pub people: Vec<PersonId>,
    /// Whether I am among them; only in pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub mine: Option<bool>,
}

/// A titled conversation.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Topic {
    /// Its id.
    pub id: TopicId,
    /// Where it stands.
    pub channel_id: ChannelId,
    /// 1 to 200 characters.
    pub title: String,
    /// Whether it still waits for something.
    pub state: TopicState,
    /// What was decided.
    pub decision: Option<String>,
    /// The message in the stream at which it began.
    pub origin_id: MessageId,
    /// Its place.
    pub origin_seq: Seq,
    /// Who began it.
    pub created_by: PersonId,
    /// When.
    pub created_at: Timestamp,
    /// Replies.
    #[ts(type = "number")]
    pub n_messages: i64,
    /// The place of the last reply, or of the origin.
    pub last_seq: Seq,
    /// When that was.
    pub last_at: Timestamp,
    /// The last five who wrote, the most recent last.
    pub people: Vec<PersonId>,
}

/// A stretch of a conversation.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct MessagePage {
    /// Which channel.
    pub channel_id: ChannelId,
    /// Which topic; null for the stream.
    pub topic_id: Option<TopicId>,
    /// Oldest first.
    pub messages: Vec<Message>,
    /// Whether there are older ones.
    pub has_older: bool,
    /// Whether there are newer ones.
    pub has_newer: bool,
    /// The head of the channel's log for which this is true.
    pub seq: Seq,
    /// Everybody named in it.
    pub people: Vec<Person>,
    /// The groups named in it; absent when there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<GroupName>>")]
    pub groups: Vec<GroupName>,
}

/// How much of a conversation is unread.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct Counts {
    /// Everything up to here is read.
    pub read_seq: Seq,
    /// Messages of others after it.
    #[ts(type = "number")]
    pub n_unread: i64,
    /// Those among them that name me, a group of mine or everybody; in a direct conversation, all.
    #[ts(type = "number")]
    pub n_mentions: i64,
}

/// A topic that I follow and that has something unread.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct UnreadTopic {
    /// Which.
    pub topic_id: TopicId,
    /// Its title.
    pub title: String,
    /// How much.
    #[serde(flatten)]
    pub counts: Counts,
}

/// A channel in my sidebar.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ChannelRow {
    /// As I see it.
    #[serde(flatten)]
    pub view: ChannelView,
    /// The head of its log.
    pub head: Seq,
    /// When its newest message was written; null while it is empty.
    pub last_at: Option<Timestamp>,
    /// What is unread in its stream.
    #[serde(flatten)]
    pub counts: Counts,
    /// Topics that I follow and that have something unread.
    pub topics: Vec<UnreadTopic>,
    /// When I may write again where people wait between their messages; null where I do not wait.
    pub slow_until: Option<Timestamp>,
}

/// A text not yet sent; it follows its writer across devices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct Draft {
    /// Where it will be sent.
    pub channel_id: ChannelId,
    /// In which topic; null for the stream.
    pub topic_id: Option<TopicId>,
    /// Empty: there is none any more.
    pub text: String,
    /// Grows with each change.
    #[ts(type = "number")]
    pub revision: i64,
    /// When it was last changed.
    pub at: Timestamp,
}

/// Everything the app needs to begin, in one answer.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct Start {
    /// Myself.
    pub me: Me,
    /// The workspace.
    pub workspace: Workspace,
    /// My spaces.
    pub spaces: Vec<Space>,
    /// My channels and direct conversations.
    pub channels: Vec<ChannelRow>,
    /// Whether I may bring files: a guest by link only when the link says so.
    pub may_upload: bool,
    /// Whether members who do not look after a channel make guest links into it.
    pub members_make_guest_links: bool,
    /// Whom I block, the newest first: what they say is folded, and their calls do not count.
    pub blocked: Vec<PersonId>,
    /// Topics that I follow, the liveliest first; of more than 1,000 the quietest are left out.
    pub following: Vec<TopicId>,
    /// How much I want to be told of, by place: a space, a channel, a topic, or everywhere under my own id. The nearest place
    /// that is here counts; without any it is what needs me.
    pub levels: HashMap<Uuid, Level>,
    /// My unsent texts.
    pub drafts: Vec<Draft>,
    /// Everybody named in this answer.
    pub people: Vec<Person>,
    /// Where the socket goes on.
    pub cursors: HashMap<ScopeId, Seq>,
    /// The newest messages of the channel that was asked for; null when it is absent or hidden.
    pub page: Option<MessagePage>,
}

/// A page of topics, by their last message, newest first.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct TopicPage {
    /// The topics.
    pub items: Vec<Topic>,
    /// The cursor of the next page.
    pub next: Option<Seq>,
    /// Everybody named in it.
    pub people: Vec<Person>,
}

/// Which topics of all my channels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TopicFilter {
    /// All.
    #[default]
    All,
    /// Those that I follow and that have something unread.
    Unread,
    /// Those that I began or wrote in.
    Mine,
    /// Open ones that I follow, in which the last word was mine: others have to answer.
    Waiting,
    /// Open ones.
    Open,
    /// Resolved ones.
    Resolved,
    /// Decided ones: the log of decisions.
    Decided,
}

impl TopicFilter {
    /// The state that it asks for, if it asks for one.
    pub fn state(self) -> Option<TopicState> {
        match self {
            Self::Open => Some(TopicState::Open),
            Self::Resolved => Some(TopicState::Resolved),
            Self::Decided => Some(TopicState::Decided),
            Self::All | Self::Unread | Self::Mine | Self::Waiting => None,
        }
    }
}

/// A topic among those of all my channels.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct TopicRow {
    /// The topic.
    pub topic: Topic,
    /// Whether I follow it.
    pub following: bool,
    /// What is unread in it.
    #[serde(flatten)]
    pub counts: Counts,
}

/// A page of topics of all my channels, by their last message, the newest first.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct TopicOverview {
    /// The topics.
    pub items: Vec<TopicRow>,
    /// The id after which the next page begins; null at the end.
    pub next: Option<TopicId>,
    /// Everybody named in it.
    pub people: Vec<Person>,
}

/// Messages to be moved within their channel, all of one conversation.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveMessages {
    /// 1 to 100.
    pub message_ids: Vec<MessageId>,
    /// Into this topic; absent with `new_topic` absent: to the stream.
    #[ts(optional)]
    pub topic_id: Option<TopicId>,
    /// Into a new topic, which begins at the first of them.
    #[ts(optional)]
    pub new_topic: Option<TopicName>,
}

/// A topic that is to be.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TopicName {
    /// A UUIDv7 of the sender's making.
    pub id: TopicId,
    /// 1 to 200 characters.
    pub title: String,
    /// Says what the word list asks about all the same (`words-asked`).
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub words_ok: bool,
}

/// Where moved messages are now.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct Moved {
    /// The topic; null for the stream.
    pub topic: Option<Topic>,
}

/// The topic into which another one goes.
#[derive(Debug, Clone, Copy, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeTopic {
    /// A topic of the same channel.
    pub into_id: TopicId,
}

/// The pinned messages of a channel.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct Pins {
    /// The newest pin first; at most 100.
    pub items: Vec<Pin>,
    /// Everybody named in it.
    pub people: Vec<Person>,
    /// The groups named in it; absent when there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<GroupName>>")]
    pub groups: Vec<GroupName>,
}

/// A pinned message.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct Pin {
    /// The message.
    pub message: Message,
    /// Who pinned it.
    pub pinned_by: PersonId,
    /// When.
    pub pinned_at: Timestamp,
}

/// A page of what I keep for later, the newest first.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct SavedPage {
    /// The messages.
    pub items: Vec<Saved>,
    /// The cursor of the next page.
    pub next: Option<Timestamp>,
    /// Everybody named in it.
    pub people: Vec<Person>,
    /// The groups named in it; absent when there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<GroupName>>")]
    pub groups: Vec<GroupName>,
}

/// A message that I keep for later.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct Saved {
    /// The message.
    pub message: Message,
    /// When I kept it.
    pub saved_at: Timestamp,
}

/// A topic as I see it.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct TopicView {
    /// The topic.
    pub topic: Topic,
    /// The message at which it began.
    pub origin: Message,
    /// Whether I follow it.
    pub following: bool,
    /// Everything up to here is read.
    pub read_seq: Seq,
    /// Everybody named in it.
    pub people: Vec<Person>,
    /// The groups named in it; absent when there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<GroupName>>")]
    pub groups: Vec<GroupName>,
}

/// A message to be posted.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMessage {
    /// A UUIDv7 of the sender's making: sending twice posts once.
    pub id: MessageId,
    /// CommonMark, up to 16,384 bytes; empty only beside files.
    pub text: String,
    /// Up to ten files of the sender that are not posted yet.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<FileId>>")]
    pub file_ids: Vec<FileId>,
    /// The topic that it belongs to.
    #[ts(optional)]
    pub topic_id: Option<TopicId>,
    /// A message of the same channel that it answers to.
    #[ts(optional)]
    pub quote_id: Option<MessageId>,
    /// A message of any channel that I may read, which it carries on; then the text may be empty.
    #[ts(optional)]
    pub forward_id: Option<MessageId>,
    /// Agrees to call everybody, or the groups that are named.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub everyone_ok: bool,
    /// Says what the word list asks about all the same (`words-asked`).
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub words_ok: bool,
}

/// A text in place of an earlier one.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditMessage {
    /// The new text; empty only beside files.
    pub text: String,
    /// The files that stay; absent: all of them. None can be added.
    #[ts(optional)]
    pub file_ids: Option<Vec<FileId>>,
    /// Says what the word list asks about all the same (`words-asked`).
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub words_ok: bool,
}

/// What a message said at some time.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct Revision {
    /// Since when.
    pub at: Timestamp,
    /// The text.
    pub text: String,
    /// Its markup; null for plain text.
    #[ts(type = "Array<Node> | null")]
    #[schemars(with = "Option<Vec<NodeShape>>")]
    pub tree: Option<Vec<markup::Node>>,
}

/// The first message of a topic that begins in the composer.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FirstMessage {
    /// As in a new message.
    pub id: MessageId,
    /// As in a new message.
    pub text: String,
    /// As in a new message.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<FileId>>")]
    pub file_ids: Vec<FileId>,
    /// As in a new message.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub everyone_ok: bool,
}

/// A topic to be begun: at a message of the stream, or with a new one.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTopic {
    /// A UUIDv7 of the sender's making: sending twice begins one topic.
    pub id: TopicId,
    /// 1 to 200 characters.
    pub title: String,
    /// The message at which it begins.
    #[ts(optional)]
    pub origin_id: Option<MessageId>,
    /// Or the message that begins it.
    #[ts(optional)]
    pub message: Option<FirstMessage>,
    /// Says what the word list asks about all the same (`words-asked`).
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub words_ok: bool,
}

/// What changes about a topic; absent fields stay.
#[derive(Debug, Clone, Default, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ChangeTopic {
    /// Another title.
    #[ts(optional)]
    pub title: Option<String>,
    /// Another state.
    #[ts(optional)]
    pub state: Option<TopicState>,
    /// What was decided; empty for nothing.
    #[ts(optional)]
    pub decision: Option<String>,
    /// Says what the word list asks about all the same (`words-asked`).
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub words_ok: bool,
}

/// Up to where somebody has read.
#[derive(Debug, Clone, Copy, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadTo {
    /// A place in the channel's log.
    pub seq: Seq,
    /// In which topic; absent for the stream.
    #[ts(optional)]
    pub topic_id: Option<TopicId>,
}

/// A draft to be kept.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveDraft {
    /// Where it will be sent.
    pub channel_id: ChannelId,
    /// In which topic; null for the stream.
    pub topic_id: Option<TopicId>,
    /// Up to 16,384 bytes; empty deletes it.
    pub text: String,
    /// The revision that this device saw last; 0 for none.
    #[ts(type = "number")]
    pub revision: i64,
}

/// Where a message stands.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct MessagePlace {
    /// The channel.
    pub channel_id: ChannelId,
    /// The topic; null for the stream.
    pub topic_id: Option<TopicId>,
    /// The place in the channel's log.
    pub seq: Seq,
}

/// How `markup::Node` looks on the wire; said here, because that crate knows nothing of documents.
pub(crate) struct NodeShape;

impl JsonSchema for NodeShape {
    fn schema_name() -> Cow<'static, str> {
        "Node".into()
    }

    fn json_schema(schemas: &mut SchemaGenerator) -> Schema {
        let children = schemas.subschema_for::<Vec<NodeShape>>();
        json_schema!({
            "description": "A piece of marked-up text: a string, or an element with children.",
            "oneOf": [
                { "type": "string" },
                {
                    "type": "object",
                    "required": ["t"],
                    "properties": {
                        "t": { "type": "string", "enum": [
                            "p", "quote", "ul", "ol", "li", "task", "table", "row", "cell", "h", "pre", "b", "i", "s",
                            "code", "a", "person", "group", "everyone", "hr", "br",
                        ] },
                        "c": children,
                        "start": { "type": "integer" },
                        "done": { "type": "boolean" },
                        "level": { "type": "integer" },
                        "lang": { "type": "string" },
                        "text": { "type": "string" },
                        "head": { "type": "boolean" },
                        "align": { "type": "string" },
                        "href": { "type": "string" },
                        "id": { "type": "string", "format": "uuid" },
                    },
                },
            ],
        })
    }
}
