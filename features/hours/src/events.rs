//! What happens to hours.

use base::{PersonId, Timestamp};
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

pub(crate) fn hours_changed(tx: &mut dyn Tx, person: PersonId, revision: i64, now: Timestamp) -> Result<()> {
    let happened = Happened {
        kind: HOURS_CHANGED,
        actor: Some(person),
        at: now,
    };
    journal::append(tx, person, happened, &HoursChanged { revision }).map(|_| ())
}
