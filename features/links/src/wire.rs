//! Links on the wire.

use accounts::Person;
use base::{ChannelId, LinkId, MessageId, PersonId, Seq, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a page says of itself, under the message that leads to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct LinkCard {
    /// The link in this message.
    pub id: LinkId,
    /// Where it leads, as in the text.
    pub url: String,
    /// One line, up to 200 characters; plain text of somebody else's.
    pub title: String,
    /// One line, up to 300 characters.
    pub description: Option<String>,
    /// The name of the site, or its host.
    pub site: String,
    /// Its picture, at `/api/links/{id}/picture`.
    pub picture: Option<LinkPicture>,
}

/// The size of a picture, so that there is room for it before it comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct LinkPicture {
    /// In pixels, up to 640.
    #[ts(type = "number")]
    pub width: i64,
    /// In pixels, up to 640.
    #[ts(type = "number")]
    pub height: i64,
}

/// The cards of one message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct MessageCards {
    /// Which message.
    pub message_id: MessageId,
    /// In the order of its links; up to three.
    pub cards: Vec<LinkCard>,
}

/// The cards of some messages of a channel; those without any are left out.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct ChannelCards {
    /// One for each message that has any.
    pub items: Vec<MessageCards>,
    /// The head of the channel's log for which this is true.
    pub seq: Seq,
}

/// A link that was posted.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct PostedLink {
    /// The link in this message.
    pub id: LinkId,
    /// Where it leads, as in the text.
    pub url: String,
    /// What its page is called, once that was asked.
    pub title: Option<String>,
    /// The name of the site, or its host.
    pub site: String,
    /// Who posted it.
    pub person_id: PersonId,
    /// Where.
    pub channel_id: ChannelId,
    /// In which message.
    pub message_id: MessageId,
    /// When.
    pub at: Timestamp,
}

/// A page of links, the newest first.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct LinkPage {
    /// The newest first.
    pub items: Vec<PostedLink>,
    /// Ask for those before this; null at the end.
    pub next: Option<Timestamp>,
    /// Everybody named in it.
    pub people: Vec<Person>,
}

/// Whether there are cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct LinkSettings {
    /// Whether this server asks pages at all.
    pub fetches: bool,
    /// Whether I want to see cards.
    pub shows: bool,
}

/// What I want.
#[derive(Debug, Clone, Copy, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChooseLinks {
    /// Whether I want to see cards.
    pub shows: bool,
}

/// What the workspace wants.
#[derive(Debug, Clone, Copy, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetLinks {
    /// Whether this server asks pages at all.
    pub fetches: bool,
}
