//! What happens to hours.

use base::{PersonId, Timestamp, WorkspaceId};
use platform::{
    db::{Result, Tx},
    journal::{self, Happened},
};
use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

/// The kind of [`HoursChanged`], for those who listen.
pub const HOURS_CHANGED: &str = "hours.changed";

/// `hours.changed` on my own log: ask for them anew.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct HoursChanged {
    /// Of the change.
    #[ts(type = "number")]
    pub revision: i64,
}

/// The kind of [`TimePolicyChanged`], for those who listen.
pub const TIME_POLICY_CHANGED: &str = "time_policy.changed";

/// `time_policy.changed` on the log of the workspace: ask for it anew, and for the hours of those who have declared none.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct TimePolicyChanged {}

pub(crate) fn time_policy_changed(
    tx: &mut dyn Tx,
    workspace: WorkspaceId,
    (actor, now): (PersonId, Timestamp),
) -> Result<()> {
    let happened = Happened {
        kind: TIME_POLICY_CHANGED,
        actor: Some(actor),
        at: now,
    };
    journal::append(tx, workspace, happened, &TimePolicyChanged {}).map(|_| ())
}

pub(crate) fn hours_changed(tx: &mut dyn Tx, person: PersonId, revision: i64, now: Timestamp) -> Result<()> {
    let happened = Happened {
        kind: HOURS_CHANGED,
        actor: Some(person),
        at: now,
    };
    journal::append(tx, person, happened, &HoursChanged { revision }).map(|_| ())
}
