//! The verbs of hooks.

pub mod incoming;
pub mod outgoing;
