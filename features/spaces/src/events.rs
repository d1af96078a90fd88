//! What happens in places, as events.

use crate::{
    model::{ChannelRole, SpaceRole},
    wire::{Channel, Space},
};
use base::{ChannelId, InvitationId, PersonId, ScopeId, SpaceId, Timestamp, WorkspaceId};
use platform::{
    db::{Result, Tx},
    journal::{self, Happened},
};
use schemars::JsonSchema;
use serde::Serialize;
use std::any::Any;
use ts_rs::TS;

/// Events on the log of a space.
#[derive(Debug, Serialize, TS, JsonSchema)]
#[serde(untagged)]
pub enum SpaceEvent {
    /// `space.changed`: its name, description, openness or archive state.
    Changed {
        /// As it is now, without anybody's role.
        space: Space,
    },
    /// `channel.created`: a public or announcement channel.
    ChannelCreated {
        /// The new channel.
        channel: Channel,
    },
    /// `space.member_joined`: new, or with another role.
    MemberJoined {
        /// Who.
        person_id: PersonId,
        /// As what.
        role: SpaceRole,
        /// Members now.
        #[ts(type = "number")]
        n_members: i64,
    },
    /// `space.member_left`: by themselves or removed.
    MemberLeft {
        /// Who.
        person_id: PersonId,
        /// Members now.
        #[ts(type = "number")]
        n_members: i64,
    },
}

impl SpaceEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Changed { .. } => "space.changed",
            Self::ChannelCreated { .. } => "channel.created",
            Self::MemberJoined { .. } => "space.member_joined",
            Self::MemberLeft { .. } => "space.member_left",
        }
    }
}

/// Events about a channel on its own log.
#[derive(Debug, Serialize, TS, JsonSchema)]
#[serde(untagged)]
pub enum ChannelEvent {
    /// `channel.changed`: its name, description or archive state.
    Changed {
        /// As it is now.
        channel: Channel,
    },
    /// `channel.member_joined`: new, or with another role.
    MemberJoined {
        /// Who.
        person_id: PersonId,
        /// As what.
        role: ChannelRole,
        /// Members now.
        #[ts(type = "number")]
        n_members: i64,
    },
    /// `channel.member_left`: by themselves or removed.
    MemberLeft {
        /// Who.
        person_id: PersonId,
        /// Members now.
        #[ts(type = "number")]
        n_members: i64,
    },
}

impl ChannelEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Changed { .. } => "channel.changed",
            Self::MemberJoined { .. } => "channel.member_joined",
            Self::MemberLeft { .. } => "channel.member_left",
        }
    }
}

/// Events about places on a person's own log.
#[derive(Debug, Serialize, TS, JsonSchema)]
#[serde(untagged)]
pub enum PlaceEvent {
    /// `channel.added`: it is in my sidebar now.
    ChannelAdded {
        /// Which.
        channel_id: ChannelId,
    },
    /// `channel.removed`: it is not in my sidebar any more.
    ChannelRemoved {
        /// Which, and no other field.
        #[serde(rename = "channel_id")]
        removed_channel_id: ChannelId,
    },
    /// `space.added`.
    SpaceAdded {
        /// Which.
        space_id: SpaceId,
    },
    /// `space.removed`.
    SpaceRemoved {
        /// Which, and no other field.
        #[serde(rename = "space_id")]
        removed_space_id: SpaceId,
    },
    /// `preference.changed`: how I keep a channel.
    PreferenceChanged {
        /// Which.
        channel_id: ChannelId,
        /// Stands on top.
        favourite: bool,
        /// Place among its neighbours.
        #[ts(type = "number | null")]
        position: Option<i64>,
    },
    /// `block.changed`: whom I block.
    BlockChanged {
        /// Whom.
        person_id: PersonId,
        /// Whether I do now.
        blocked: bool,
    },
}

impl PlaceEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::ChannelAdded { .. } => "channel.added",
            Self::ChannelRemoved { .. } => "channel.removed",
            Self::SpaceAdded { .. } => "space.added",
            Self::SpaceRemoved { .. } => "space.removed",
            Self::PreferenceChanged { .. } => "preference.changed",
            Self::BlockChanged { .. } => "block.changed",
        }
    }
}

/// `space.created` on the log of the workspace: an open space that everybody may join.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct SpaceCreated {
    /// The new space, without anybody's role.
    pub space: Space,
}

/// The kind of [`InvitationUsed`].
pub const INVITATION_USED: &str = "invitation.used";

/// `invitation.used` on the log of whoever has come in by it: slices above add what they keep with an invitation.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct InvitationUsed {
    /// Which.
    pub invitation_id: InvitationId,
    /// Who came.
    pub person_id: PersonId,
    /// Who had invited them.
    pub invited_by: PersonId,
}

pub(crate) fn invitation_used(tx: &mut dyn Tx, by: By, used: InvitationUsed) -> Result<()> {
    append(tx, used.person_id.into(), INVITATION_USED, by, &used)
}

/// Who did it and when; goes with each event.
#[derive(Debug, Clone, Copy)]
pub(crate) struct By {
    pub actor: PersonId,
    pub now: Timestamp,
}

fn append(
    tx: &mut dyn Tx,
    scope: ScopeId,
    kind: &'static str,
    by: By,
    body: &(impl Serialize + Any),
) -> Result<()> {
    journal::append(
        tx,
        scope,
        Happened {
            kind,
            actor: Some(by.actor),
            at: by.now,
        },
        body,
    )
    .map(|_| ())
}

pub(crate) fn in_space(tx: &mut dyn Tx, space: SpaceId, by: By, event: &SpaceEvent) -> Result<()> {
    append(tx, space.into(), event.kind(), by, event)
}

pub(crate) fn in_channel(tx: &mut dyn Tx, channel: ChannelId, by: By, event: &ChannelEvent) -> Result<()> {
    append(tx, channel.into(), event.kind(), by, event)
}

pub(crate) fn for_person(tx: &mut dyn Tx, person: PersonId, by: By, event: &PlaceEvent) -> Result<()> {
    append(tx, person.into(), event.kind(), by, event)
}

pub(crate) fn in_workspace(
    tx: &mut dyn Tx,
    workspace: WorkspaceId,
    by: By,
    event: &SpaceCreated,
) -> Result<()> {
    append(tx, workspace.into(), "space.created", by, event)
}
