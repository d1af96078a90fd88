//! Groups on the wire.

use base::{GroupId, PersonId, SpaceId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What stands in a message that names a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct GroupName {
    /// Which.
    pub id: GroupId,
    /// What follows the `@`.
    pub handle: String,
    /// What it is called in full.
    pub title: String,
}

/// A group as everybody sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct Group {
    /// Its names.
    #[serde(flatten)]
    pub name: GroupName,
    /// The space whose it is; null: the whole workspace's.
    pub space_id: Option<SpaceId>,
    /// Whether everybody who belongs there may join.
    pub open: bool,
    /// How many people are in it.
    #[ts(type = "number")]
    pub n_members: i64,
}

/// A group as I see it.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct GroupView {
    /// What everybody sees.
    #[serde(flatten)]
    pub group: Group,
    /// Whether I am in it.
    pub is_member: bool,
    /// Whether I may rename and remove it, and say who is in it.
    pub can_manage: bool,
}

/// A group that can be called in a channel.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct CallableGroup {
    /// The group.
    #[serde(flatten)]
    pub view: GroupView,
    /// How many people a mention of it calls there, apart from me.
    #[ts(type = "number")]
    pub n_called: i64,
}

/// The groups that can be called in a channel.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct CallableGroups {
    /// Each of them.
    pub items: Vec<CallableGroup>,
    /// How many people they call together, apart from me.
    #[ts(type = "number")]
    pub n_called: i64,
}

/// A new group.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewGroup {
    /// One word, up to 40 characters.
    pub handle: String,
    /// 1 to 80 characters.
    pub title: String,
    /// The space whose it is; absent: the whole workspace's.
    #[ts(optional)]
    pub space_id: Option<SpaceId>,
    /// Whether everybody who belongs there may join.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub open: bool,
}

/// What changes about a group; absent fields stay.
#[derive(Debug, Clone, Default, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ChangeGroup {
    /// Another handle.
    #[ts(optional)]
    pub handle: Option<String>,
    /// Another title.
    #[ts(optional)]
    pub title: Option<String>,
    /// Whether everybody who belongs there may join.
    #[ts(optional)]
    pub open: Option<bool>,
}

/// Who is to be in a group.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddGroupMembers {
    /// Up to 500 people; those who are in it already stay.
    pub people: Vec<PersonId>,
}

/// What became of bringing a group into a place.
#[derive(Debug, Clone, Copy, Serialize, TS, JsonSchema)]
pub struct Brought {
    /// So many came in.
    #[ts(type = "number")]
    pub n_added: i64,
    /// So many were there already.
    #[ts(type = "number")]
    pub n_there: i64,
    /// So many cannot come in: they are not in the channel's space, or deactivated.
    #[ts(type = "number")]
    pub n_left_out: i64,
}

impl From<spaces::Brought> for Brought {
    fn from(brought: spaces::Brought) -> Self {
        let spaces::Brought {
            n_added,
            n_there,
            n_left_out,
        } = brought;
        Self {
            n_added,
            n_there,
            n_left_out,
        }
    }
}
