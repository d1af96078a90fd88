//! Moderation on the wire.

use accounts::Person;
use base::{ChannelId, MessageId, PersonId, Timestamp, TopicId};
use schemars::JsonSchema;
use serde::Serialize;
use spaces::{ChannelKind, ModeratedChannels};
use ts_rs::TS;

/// Where something was said, for those who moderate it. Administrators hear of channels that they cannot read.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ModeratedPlace {
    /// Which channel.
    pub channel_id: ChannelId,
    /// What kind it is.
    pub kind: ChannelKind,
    /// What it is called; null when the reader cannot read it.
    pub name: Option<String>,
    /// In which topic; null for the stream.
    pub topic_id: Option<TopicId>,
}

impl ModeratedPlace {
    pub(crate) fn new(
        of: &ModeratedChannels,
        (channel_id, kind): (ChannelId, ChannelKind),
        topic_id: Option<TopicId>,
    ) -> Self {
        Self {
            channel_id,
            kind,
            name: of.name(channel_id).map(str::to_owned),
            topic_id,
        }
    }
}

/// The trace of a removal. What the message said is in nothing.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct Removal {
    /// The message that was removed.
    pub message_id: MessageId,
    /// Where it stood.
    pub place: ModeratedPlace,
    /// Who wrote it.
    pub author_id: PersonId,
    /// Who removed it.
    pub removed_by: PersonId,
    /// When.
    pub removed_at: Timestamp,
    /// Why, as its author was told.
    pub reason: Option<String>,
}

/// A page of removals, the newest first.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct RemovalPage {
    /// The removals.
    pub items: Vec<Removal>,
    /// The message after which the next page begins; null at the end.
    pub next: Option<MessageId>,
    /// Everybody named in it.
    pub people: Vec<Person>,
}
