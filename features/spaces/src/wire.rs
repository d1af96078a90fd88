//! Places on the wire: the shapes of the REST API and of events.

use crate::{
    model::{ChannelKind, ChannelRole, SpaceKind, SpaceRole},
    store::{ChannelRecord, SpaceRow},
};
use accounts::Person;
use base::{ChannelId, PersonId, SpaceId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// A team, a class or a project.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Space {
    /// Its id.
    pub id: SpaceId,
    /// 1 to 80 characters.
    pub name: String,
    /// What it is for.
    pub kind: SpaceKind,
    /// Up to 1,000 characters.
    pub description: String,
    /// Whether every member of the workspace may join.
    pub open: bool,
    /// Whether it is archived: read, no more written.
    pub archived: bool,
    /// How many people are in it.
    #[ts(type = "number")]
    pub n_members: i64,
    /// What I am in it; null in events and where I am not.
    pub my_role: Option<SpaceRole>,
}

impl From<SpaceRow> for Space {
    fn from(row: SpaceRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            kind: row.kind,
            description: row.description,
            open: row.is_open,
            archived: row.archived_at.is_some(),
            n_members: row.n_members,
            my_role: row.member,
        }
    }
}

impl Space {
    /// As everybody sees it: events are shared by all receivers.
    pub(crate) fn shared(row: SpaceRow) -> Self {
        Self {
            my_role: None,
            ..row.into()
        }
    }
}

/// A channel as everybody in it sees it.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Channel {
    /// Its id.
    pub id: ChannelId,
    /// Its space; null for a direct conversation.
    pub space_id: Option<SpaceId>,
    /// Who reads and who writes.
    pub kind: ChannelKind,
    /// 1 to 80 characters; empty for a direct conversation, which is named by its people.
    pub name: String,
    /// Up to 1,000 characters.
    pub description: String,
    /// Whether it is archived, itself or with its space.
    pub archived: bool,
    /// Who made it.
    pub created_by: PersonId,
    /// How many people are in it.
    #[ts(type = "number")]
    pub n_members: i64,
    /// Everybody in a direct conversation; empty for other kinds.
    pub people: Vec<PersonId>,
    /// Seconds that pass between two messages of one person who does not look after it; 0: none.
    #[ts(type = "number")]
    pub slow_s: i64,
}

impl Channel {
    pub(crate) fn shared(row: &ChannelRecord, people: Vec<PersonId>) -> Self {
        Self {
            id: row.facts.channel,
            space_id: row.facts.space,
            kind: row.facts.kind,
            name: row.name.clone(),
            description: row.description.clone(),
            archived: row.facts.archived_at.is_some(),
            created_by: row.created_by,
            n_members: row.facts.n_members,
            people,
            slow_s: row.facts.slow_s,
        }
    }
}

/// A channel as I see it.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ChannelView {
    /// What everybody sees.
    #[serde(flatten)]
    pub channel: Channel,
    /// Whether I may post.
    pub can_post: bool,
    /// Whether I may rename, archive, invite and remove.
    pub can_manage: bool,
    /// Whether I am a member.
    pub is_member: bool,
    /// Whether it stands on top of my sidebar.
    pub favourite: bool,
    /// Its place among its neighbours, if I chose one.
    #[ts(type = "number | null")]
    pub position: Option<i64>,
}

impl ChannelView {
    pub(crate) fn new(row: &ChannelRecord, people: Vec<PersonId>) -> Self {
        Self {
            channel: Channel::shared(row, people),
            can_post: row.facts.can_post(),
            can_manage: row.facts.can_manage(),
            is_member: row.facts.channel_role.is_some(),
            favourite: row.favourite,
            position: row.position,
        }
    }
}

/// A list that is complete.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Items<T> {
    pub items: Vec<T>,
}

/// A page of a list; `next` is the cursor of the page that follows.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct PageOf<T> {
    pub items: Vec<T>,
    pub next: Option<Uuid>,
}

/// A new space.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSpace {
    /// 1 to 80 characters.
    pub name: String,
    /// What it is for.
    pub kind: SpaceKind,
    /// Up to 1,000 characters.
    #[serde(default)]
    pub description: String,
    /// Whether every member of the workspace may join.
    pub open: bool,
}

/// What changes about a space; absent fields stay.
#[derive(Debug, Clone, Default, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ChangeSpace {
    /// Another name.
    #[ts(optional)]
    pub name: Option<String>,
    /// Another description.
    #[ts(optional)]
    pub description: Option<String>,
    /// Whether every member of the workspace may join.
    #[ts(optional)]
    pub open: Option<bool>,
    /// Archive it, or take it back.
    #[ts(optional)]
    pub archived: Option<bool>,
}

/// A new channel.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewChannel {
    /// 1 to 80 characters.
    pub name: String,
    /// public, private or announcement.
    pub kind: ChannelKind,
    /// Up to 1,000 characters.
    #[serde(default)]
    pub description: String,
}

/// What changes about a channel; absent fields stay.
#[derive(Debug, Clone, Default, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ChangeChannel {
    /// Another name.
    #[ts(optional)]
    pub name: Option<String>,
    /// Another description.
    #[ts(optional)]
    pub description: Option<String>,
    /// Archive it, or take it back.
    #[ts(optional)]
    pub archived: Option<bool>,
    /// Seconds between two messages of one person: 10 to 21,600, or 0 for none.
    #[ts(optional, type = "number")]
    pub slow_s: Option<i64>,
}

/// What changes in my sidebar; absent fields stay.
#[derive(Debug, Clone, Default, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ChangePreference {
    /// On top.
    #[ts(optional)]
    pub favourite: Option<bool>,
    /// Place among its neighbours, smaller first.
    #[ts(optional, type = "number")]
    pub position: Option<i64>,
}

/// Another role in a space.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SpaceMemberChange {
    pub role: SpaceRole,
}

/// Another role in a channel.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChannelMemberChange {
    pub role: ChannelRole,
}

/// With whom a direct conversation is held.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewDirect {
    pub people: Vec<PersonId>,
}

/// Somebody and what they are in a space.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct SpaceMember {
    /// Who.
    pub person: Person,
    /// As what.
    pub role: SpaceRole,
}

/// Somebody and what they are in a channel.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct ChannelMember {
    /// Who.
    pub person: Person,
    /// As what.
    pub role: ChannelRole,
}

/// Which page of a list.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PageQuery {
    pub before: Option<Uuid>,
    pub limit: Option<i64>,
}

impl PageQuery {
    /// Where the page begins, and how many rows it holds.
    pub(crate) fn bounds(self) -> (PersonId, i64) {
        (
            PersonId(self.before.unwrap_or(Uuid::nil())),
            self.limit.unwrap_or(50).clamp(1, 100),
        )
    }
}
