//! What happens to groups, as events on the log of their space or of the workspace.

use crate::wire::Group;
use base::{GroupId, PersonId, ScopeId, SpaceId, Timestamp};
use platform::{
    db::{Error, Result, Tx},
    journal::{self, Happened},
};
use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

/// Events about a group.
#[derive(Debug, Serialize, TS, JsonSchema)]
#[serde(untagged)]
pub enum GroupEvent {
    /// `group.changed`: it is new, or has other names.
    Changed {
        /// As it is now.
        group: Group,
    },
    /// `group.members_changed`.
    MembersChanged {
        /// Which.
        group_id: GroupId,
        /// Who is in it since then.
        joined: Vec<PersonId>,
        /// Who is in it no longer.
        left: Vec<PersonId>,
        /// Members now.
        #[ts(type = "number")]
        n_members: i64,
    },
    /// `group.removed`.
    Removed {
        /// Which, and no other field.
        #[serde(rename = "group_id")]
        removed_group_id: GroupId,
    },
}

impl GroupEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Changed { .. } => "group.changed",
            Self::MembersChanged { .. } => "group.members_changed",
            Self::Removed { .. } => "group.removed",
        }
    }
}

/// Who did it and when; goes with each event.
#[derive(Debug, Clone, Copy)]
pub(crate) struct By {
    pub actor: Option<PersonId>,
    pub now: Timestamp,
}

/// Tells everybody who may see the group as a member of its space, or of the workspace.
pub(crate) fn announce(tx: &mut dyn Tx, space: Option<SpaceId>, by: By, event: &GroupEvent) -> Result<()> {
    let scope: ScopeId = match space {
        Some(space) => space.into(),
        None => accounts::find_workspace(tx)?.ok_or(Error::NoRow)?.id.into(),
    };
    let happened = Happened {
        kind: event.kind(),
        actor: by.actor,
        at: by.now,
    };
    journal::append(tx, scope, happened, event).map(|_| ())
}
