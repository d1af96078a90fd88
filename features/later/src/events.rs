//! What happens to what waits for its time. Nothing here says what it says: the app asks for it.

use base::{ChannelId, MessageId, PersonId, ReminderId, Timestamp};
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

/// The kind of [`ReminderChanged`], for those who listen.
pub const REMINDER_CHANGED: &str = "reminder.changed";

/// How a reminder stands now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReminderState {
    /// It waits, perhaps for another time than before.
    Waiting,
    /// Its time has come.
    Told,
    /// Its owner is done with it.
    Done,
}

/// `reminder.changed` on my own log: ask for my reminders anew, and tell me when its time has come.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct ReminderChanged {
    /// Which.
    pub id: ReminderId,
    /// Of which message.
    pub message_id: MessageId,
    /// Where that stands.
    pub channel_id: ChannelId,
    /// How it stands now.
    pub state: ReminderState,
}

pub(crate) fn reminder_changed(
    tx: &mut dyn Tx,
    person: PersonId,
    event: &ReminderChanged,
    now: Timestamp,
) -> Result<()> {
    let happened = Happened {
        kind: REMINDER_CHANGED,
        actor: Some(person),
        at: now,
    };
    journal::append(tx, person, happened, event).map(drop)
}
