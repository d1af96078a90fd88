//! Words that everyone shares: typed ids, moments, positions in a log.
//!
//! Invariants: an id is a UUIDv7 and says nothing about order that anyone relies on; a [`Timestamp`] is microseconds
//! since 1970 in UTC and always fits a JSON number exactly (below 2^53). This crate knows no feature, no clock, no
//! database and no network.

mod id;
mod time;

pub use id::*;
pub use time::{Seq, Timestamp};
