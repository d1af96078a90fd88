//! Links on the wire.

use super::store::InvitationRow;
use accounts::Role;
use base::{ChannelId, InvitationId, PersonId, SpaceId, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An invitation, as those who manage them see it.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// The link; only in the answer that made it, because the server keeps no more than its hash.
    pub url: Option<String>,
    /// What those who come in will be.
    pub role: Role,
    /// The space that it opens.
    pub space_id: Option<SpaceId>,
    /// The channels that it opens.
    pub channel_ids: Vec<ChannelId>,
    /// How many may come in.
    #[ts(type = "number")]
    pub max_uses: i64,
    /// How many have come in.
    #[ts(type = "number")]
    pub n_uses: i64,
    /// Until when.
    pub expires_at: Timestamp,
    /// Who made it.
    pub created_by: PersonId,
    /// When.
    pub created_at: Timestamp,
    /// Whether it was ended before its time.
    pub revoked: bool,
}

impl Invitation {
    pub(super) fn new(row: InvitationRow, url: Option<String>) -> Self {
        Self {
            id: row.id,
            url,
            role: row.role,
            space_id: row.space,
            channel_ids: row.channels,
            max_uses: row.max_uses,
            n_uses: row.n_uses,
            expires_at: row.expires_at,
            created_by: row.created_by,
            created_at: row.created_at,
            revoked: row.revoked_at.is_some(),
        }
    }
}

/// Whether somebody can come in with an invitation, or why not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum InvitationState {
    /// Somebody can.
    #[default]
    Open,
    /// As many have come in as could.
    Used,
    /// Its time is over.
    Expired,
    /// It was ended before its time.
    Revoked,
}

impl InvitationState {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Used => "used",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
        }
    }
}

/// Which invitations.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InvitationQuery {
    /// Those in this state; open ones when nothing is said.
    pub state: Option<InvitationState>,
    /// The `next` of the page before.
    pub before: Option<String>,
}

/// A page of invitations, the newest first.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct InvitationPage {
    /// The invitations.
    pub items: Vec<Invitation>,
    /// The `before` of the next page.
    pub next: Option<String>,
}

/// A new invitation.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewInvitation {
    /// admin, member or guest.
    pub role: Role,
    /// The space that it opens; null for the workspace alone.
    pub space_id: Option<SpaceId>,
    /// Channels of that space besides its default ones; a guest needs at least one.
    #[serde(default)]
    pub channel_ids: Vec<ChannelId>,
    /// 1 to 1,000.
    #[ts(type = "number")]
    pub max_uses: i64,
    /// One hour to 30 days, in seconds.
    #[ts(type = "number")]
    pub expires_in_s: u64,
}

/// Where the link of an invitation is sent.
#[derive(Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MailInvitation {
    /// Of whoever is invited.
    pub email: String,
}

/// What somebody who holds a link is told before they join.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct InvitationLook {
    /// Where it leads.
    pub workspace_name: String,
    /// Which space.
    pub space_name: Option<String>,
    /// Who invites.
    pub inviter_name: String,
    /// As what.
    pub role: Role,
}

/// Whether the server waits for its first owner.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct SetupState {
    /// The workspace, once it exists; an import makes it before there is an owner.
    pub workspace: Option<accounts::Workspace>,
    /// True while there is no owner.
    pub needs_setup: bool,
}

/// The first owner and their workspace.
#[derive(Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetUp {
    /// From the link that the server printed.
    pub token: String,
    /// 1 to 80 characters.
    pub workspace_name: String,
    /// 1 to 80 characters.
    pub name: String,
    /// Where mail reaches them; the name to sign in with.
    pub email: String,
    /// 10 to 200 characters.
    pub password: String,
    /// IANA zone.
    pub time_zone: String,
    /// BCP 47 tag.
    pub language: String,
}

/// Somebody who accepts an invitation.
#[derive(Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Accept {
    /// 1 to 80 characters.
    pub name: String,
    /// Where mail reaches them; the name to sign in with.
    pub email: String,
    /// 10 to 200 characters.
    pub password: String,
    /// IANA zone.
    pub time_zone: String,
    /// BCP 47 tag.
    pub language: String,
}
