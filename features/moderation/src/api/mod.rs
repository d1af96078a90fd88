//! Moderation over HTTP: thin handlers.

pub(crate) mod removals;
pub(crate) mod reports;
