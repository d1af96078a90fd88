//! What happens to what waits for its time. Nothing here says what it says: the app asks for it.

use base::{MessageId, PersonId, Timestamp};
use platform::{
    db::{Result, Tx},
    journal::{self, Happened},
};
use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

/// How something scheduled stands now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ScheduledState {
    /// It waits, perhaps for another time than before.
    Waiting,
    /// It was posted.
    Posted,
    /// It could not be posted.
    Failed,
    /// I took it back.
    TakenBack,
}

/// `scheduled.changed` on my own log: ask for what I have scheduled anew.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct ScheduledChanged {
    /// Which.
    pub id: MessageId,
    /// How it stands now.
    pub state: ScheduledState,
}

pub(crate) fn scheduled_changed(
    tx: &mut dyn Tx,
    (person, id): (PersonId, MessageId),
    state: ScheduledState,
    now: Timestamp,
) -> Result<()> {
    let happened = Happened {
        kind: "scheduled.changed",
        actor: Some(person),
        at: now,
    };
    journal::append(tx, person, happened, &ScheduledChanged { id, state }).map(drop)
}
