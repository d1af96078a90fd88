//! Ways in from outside: the one-time set-up link of the first owner, and invitations.
//!
//! Invariants: a link carries role, space, channels, number of uses and expiry on the server, and the server reads only
//! those; only the hash of a link is stored; a link for n uses lets in at most n people, however many try at once.

pub(crate) mod actions;
pub(crate) mod api;
pub(crate) mod letters;
pub(crate) mod sheet;
mod store;
pub(crate) mod wire;

pub use store::STATEMENTS;
