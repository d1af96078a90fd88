//! What happens to charters.

use base::{PersonId, ScopeId, Timestamp};
use platform::{
    db::{Result, Tx},
    journal::{self, Happened},
};
use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

/// `charter.changed` on the log of the workspace, a space or a channel: ask for it anew.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct CharterChanged {
    /// The workspace, the space, the channel, or a topic of it.
    pub scope_id: Uuid,
    /// Of the change.
    #[ts(type = "number")]
    pub version: i64,
}

pub(crate) fn charter_changed(
    tx: &mut dyn Tx,
    log: ScopeId,
    (actor, now): (PersonId, Timestamp),
    event: &CharterChanged,
) -> Result<()> {
    let happened = Happened {
        kind: "charter.changed",
        actor: Some(actor),
        at: now,
    };
    journal::append(tx, log, happened, event).map(|_| ())
}
