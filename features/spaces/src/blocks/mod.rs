//! Whom a person does not want to hear from.
//!
//! Invariants: who is blocked learns nothing of it, not even from a refusal; in a conversation of two neither writes while
//! one blocks the other; what a blocked person says elsewhere is there for everybody, and their calls count for nobody who
//! blocks them. An announcement is for everybody, whoever writes it.

pub(crate) mod api;
mod listen;
mod store;

pub use listen::listener;
pub use store::STATEMENTS;
pub(crate) use store::{between, list_ids};

use base::PersonId;
use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

/// People whom one person blocks: whoever has more of them needs other help.
const BLOCKS_MAX: i64 = 1000;

/// Who of the two in a conversation blocks the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Block {
    /// The person themselves.
    Mine,
    /// The other one.
    Theirs,
}

/// Everybody whom I block, the newest first.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct Blocks {
    /// Their ids; at most 1,000.
    pub items: Vec<PersonId>,
    /// The same people by name.
    pub people: Vec<accounts::Person>,
}
