//! Inviting by a list: a file of comma-separated values becomes one invitation per line.
//!
//! Invariants: nothing is done before it was looked at line by line; a line that is wrong is left out and says why; an
//! address that is a member's, or holds an open invitation by a list or a letter, gets no second one, however often the list is sent;
//! letters are written by jobs, never while somebody waits.

mod actions;
pub(crate) mod api;
pub(crate) mod csv;
pub(crate) mod mailing;
mod store;
pub(crate) mod wire;

pub use store::STATEMENTS;
pub(crate) use store::{drop_old, forget, forget_address, put};

use base::{GroupId, InvitationId, SpaceId, Timestamp};
use platform::db::{Result, Tx};

/// What a list asks of those who know groups: a slice above this one.
#[derive(Debug, Clone, Copy)]
pub struct ListGroups {
    /// A group of a space by the name that a cell says.
    pub find: fn(&mut dyn Tx, SpaceId, &str) -> Result<Option<GroupId>>,
    /// Whoever uses the invitation comes into these groups.
    pub keep: fn(&mut dyn Tx, InvitationId, &[GroupId], Timestamp) -> Result<()>,
}
