//! The audit log on screen and as a file.
//!
//! Invariants: newest first, by cursor; a file is written while it is sent, a page in memory at a time, each page with a
//! fresh proof; whoever takes it out is in the log too. People and places are named by what they are called now, the
//! subject by what it was called then; places that not every administrator may know have no name.

pub mod api;
mod file;
pub mod store;

use accounts::Person;
use base::{PersonId, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use ts_rs::TS;
use uuid::Uuid;

/// One deed.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct AuditEntry {
    /// Its id, and where the next page begins.
    pub id: Uuid,
    /// When.
    pub at: Timestamp,
    /// `person`, `command_line` or `server`.
    #[ts(type = "\"person\" | \"command_line\" | \"server\"")]
    pub actor_kind: String,
    /// The person who acted.
    pub actor_id: Option<PersonId>,
    /// A past fact with its group before the dot.
    #[ts(type = "AuditAction")]
    pub action: String,
    /// What kind of thing it was done to.
    pub subject_kind: String,
    /// Which.
    pub subject_id: Option<Uuid>,
    /// What it was called then; empty where it has no name that is to be known.
    pub subject_name: String,
    /// More about it: before, after, role.
    #[ts(type = "Record<string, string | number | boolean | null>")]
    pub detail: Map<String, Value>,
}

/// A space or channel that entries name by its id.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct AuditPlace {
    /// Of a space or a channel.
    pub id: Uuid,
    /// What it is called now; empty for private channels and direct conversations.
    pub name: String,
}

/// A page, the newest first.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct AuditPage {
    /// The deeds.
    pub items: Vec<AuditEntry>,
    /// Everybody who acted or is named.
    pub people: Vec<Person>,
    /// Every place that is named.
    pub places: Vec<AuditPlace>,
    /// The `before` of the next page.
    pub next: Option<Uuid>,
}

/// Which deeds.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AuditQuery {
    /// By this person or to this person.
    pub person: Option<PersonId>,
    /// The word before the dot of the action: `person`, `channel`.
    pub group: Option<String>,
    /// At this moment or later.
    pub after: Option<Timestamp>,
    /// Before this moment.
    pub until: Option<Timestamp>,
    /// Part of the subject's name or of what changed, without case and accents.
    pub query: Option<String>,
    /// Where a page begins: the id of the last entry before it.
    pub before: Option<Uuid>,
    /// 1 to 100; 50 without it.
    pub limit: Option<i64>,
}

fn ids_of(entries: &[AuditEntry], ends: &str) -> BTreeSet<Uuid> {
    let details = entries.iter().flat_map(|entry| &entry.detail);
    details
        .filter(|(key, _)| key.ends_with(ends))
        .filter_map(|(_, value)| value.as_str()?.parse().ok())
        .collect()
}

/// Everybody whom these entries name.
fn people_of(entries: &[AuditEntry]) -> Vec<PersonId> {
    let mut ids = ids_of(entries, "person_id");
    ids.extend(entries.iter().filter_map(|entry| entry.actor_id).map(Uuid::from));
    ids.into_iter().map(PersonId).collect()
}

/// Every place that these entries name.
fn places_of(entries: &[AuditEntry]) -> Vec<Uuid> {
    let mut ids = ids_of(entries, "space_id");
    ids.extend(ids_of(entries, "channel_id"));
    ids.into_iter().collect()
}
