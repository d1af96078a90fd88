//! A list of people to invite, on the wire.

use accounts::Role;
use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

/// What becomes of a line of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ListState {
    /// They are invited by it.
    New,
    /// They are here already.
    Member,
    /// They hold an open invitation by a list or a letter.
    Invited,
    /// The address stands in a line before.
    Double,
    /// It is no mail address.
    WrongMail,
    /// It is no name, or too long a one.
    WrongName,
    /// It is none of admin, member and guest.
    WrongRole,
    /// There is no such space.
    WrongSpace,
    /// There is no such channel in the space.
    WrongChannel,
    /// There is no such group in the space.
    WrongGroup,
    /// A guest needs a space and a channel.
    GuestNeedsChannel,
}

/// A line of a list.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ListLine {
    /// Where it stands in the file; 1 is the first.
    #[ts(type = "number")]
    pub line: usize,
    /// As it stands there.
    pub mail: String,
    /// As it stands there.
    pub name: String,
    /// What they will be.
    pub role: Role,
    /// As it stands there.
    pub space: String,
    /// What becomes of it.
    pub state: ListState,
}

/// What a list would do.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct ListLook {
    /// Each line but the head and blank ones.
    pub lines: Vec<ListLine>,
    /// How many people it invites.
    #[ts(type = "number")]
    pub n_new: usize,
    /// Whether they get a letter; if not, the report holds their links.
    pub mails: bool,
}

/// What a list did.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct ListDone {
    /// As in the look before.
    #[serde(flatten)]
    pub look: ListLook,
    /// A table of comma-separated values with what became of each line, and the links where nobody gets a letter. Shown
    /// once: the server keeps no more than hashes of links.
    pub report: String,
}
