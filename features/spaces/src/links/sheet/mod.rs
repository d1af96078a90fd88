//! Inviting by a list: a file of comma-separated values becomes one invitation per line.
//!
//! Invariants: nothing is done before it was looked at line by line; a line that is wrong is left out and says why; an
//! address that is a member's, or holds an open invitation by a list, gets no second one, however often the list is sent;
//! letters are written by jobs, never while somebody waits.

mod actions;
pub(crate) mod api;
pub(crate) mod csv;
pub(crate) mod mailing;
mod store;
pub(crate) mod wire;

pub use store::STATEMENTS;
pub(crate) use store::forget;
