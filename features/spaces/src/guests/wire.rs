//! Guest links on the wire.

use super::store::GuestLinkRow;
use accounts::Person;
use base::{ChannelId, GuestLinkId, PersonId, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A guest link, as those who look after its channel see it.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct GuestLink {
    /// Its id.
    pub id: GuestLinkId,
    /// The link; only in the answer that made it, because the server keeps no more than its hash.
    pub url: Option<String>,
    /// Where it leads.
    pub channel_id: ChannelId,
    /// Whether its guests read the channel from its beginning, and not from their entering on.
    pub whole_history: bool,
    /// Whether its guests may bring files.
    pub may_upload: bool,
    /// How many may be there at the same time.
    #[ts(type = "number")]
    pub max_guests: i64,
    /// Who is there by it.
    pub guests: Vec<Person>,
    /// Until when.
    pub expires_at: Timestamp,
    /// Who made it.
    pub created_by: PersonId,
    /// When.
    pub created_at: Timestamp,
    /// When it ended before or at its time; null while it is open.
    pub ended_at: Option<Timestamp>,
}

impl GuestLink {
    pub(super) fn new(row: GuestLinkRow, guests: Vec<Person>, url: Option<String>) -> Self {
        Self {
            id: row.id,
            url,
            channel_id: row.channel,
            whole_history: row.whole_history,
            may_upload: row.may_upload,
            max_guests: row.max_guests,
            guests,
            expires_at: row.expires_at,
            created_by: row.created_by,
            created_at: row.created_at,
            ended_at: row.ended_at,
        }
    }
}

/// A new guest link.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewGuestLink {
    /// 1 to 200 at the same time.
    #[ts(type = "number")]
    pub max_guests: i64,
    /// One hour to 30 days, in seconds.
    #[ts(type = "number")]
    pub expires_in_s: u64,
    /// Whether they read what was said before they came.
    #[serde(default)]
    pub whole_history: bool,
    /// Whether they may bring files, a little of them together.
    #[serde(default)]
    pub may_upload: bool,
}

/// A later end of a guest link.
#[derive(Debug, Clone, Copy, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtendGuestLink {
    /// From now on: one hour to 30 days, in seconds.
    #[ts(type = "number")]
    pub expires_in_s: u64,
}

/// Who asks about a guest link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GuestVisitor {
    /// Nobody that we know.
    New,
    /// Who came by this link before, in this browser.
    Back,
    /// Somebody who is signed in with an account.
    Account,
}

/// What somebody who holds a guest link is told before they enter.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct GuestLook {
    /// Whose workspace it is.
    pub workspace_name: String,
    /// Which channel, and its id once one is in it.
    pub channel_name: String,
    /// Null before entering.
    pub channel_id: Option<ChannelId>,
    /// Who made the link.
    pub inviter_name: String,
    /// Whether one will read what was said before.
    pub whole_history: bool,
    /// Until when.
    pub expires_at: Timestamp,
    /// Who asks.
    pub visitor: GuestVisitor,
}

/// Somebody who enters by a guest link.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EnterAsGuest {
    /// 1 to 80 characters.
    pub name: String,
    /// IANA zone.
    pub time_zone: String,
    /// BCP 47 tag.
    pub language: String,
}

/// Where a guest has come in.
#[derive(Debug, Clone, Copy, Serialize, TS, JsonSchema)]
pub struct GuestEntered {
    /// Who they are here.
    pub id: PersonId,
    /// The one channel that they see.
    pub channel_id: ChannelId,
}
