//! What happens to what waits for its time. Nothing here says what it says: the app asks for it.

use crate::routines::rounds::TurnState;
use base::{ChannelId, MessageId, PersonId, ReminderId, RoutineId, Timestamp, TopicId};
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
    /// Its message is gone: it is not told any more.
    Gone,
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

/// How something that comes back stands now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RoutineState {
    /// It comes back, or rests, as its author said.
    Active,
    /// It was refused, and rests with the reason.
    Stopped,
    /// It does not come back any more.
    Ended,
}

/// `routine.changed` on my own log: ask for what I let come back anew.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct RoutineChanged {
    /// Which.
    pub id: RoutineId,
    /// How it stands now.
    pub state: RoutineState,
}

pub(crate) fn routine_changed(
    tx: &mut dyn Tx,
    (person, id): (PersonId, RoutineId),
    state: RoutineState,
    now: Timestamp,
) -> Result<()> {
    let happened = Happened {
        kind: "routine.changed",
        actor: Some(person),
        at: now,
    };
    journal::append(tx, person, happened, &RoutineChanged { id, state }).map(drop)
}

/// The kind of [`CheckInTurned`], for those who listen.
pub const CHECK_IN_TURNED: &str = "check_in.turned";

/// `check_in.turned` on my own log: how I stand to one time of a question; asked: it is my time to answer.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct CheckInTurned {
    /// The message that asks.
    pub message_id: MessageId,
    /// Where.
    pub channel_id: ChannelId,
    /// Where the answers gather.
    pub topic_id: TopicId,
    /// How I stand to it now.
    pub state: TurnState,
}

pub(crate) fn check_in_turned(
    tx: &mut dyn Tx,
    person: PersonId,
    event: &CheckInTurned,
    now: Timestamp,
) -> Result<()> {
    let happened = Happened {
        kind: CHECK_IN_TURNED,
        actor: None,
        at: now,
    };
    journal::append(tx, person, happened, event).map(drop)
}

/// `check_in.changed` on the log of a channel: how many have answered, and nothing of who has not.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct CheckInChanged {
    /// The message that asks.
    pub message_id: MessageId,
    /// How many are asked.
    #[ts(type = "number")]
    pub n_asked: i64,
    /// How many have answered.
    #[ts(type = "number")]
    pub n_answered: i64,
}

pub(crate) fn check_in_changed(
    tx: &mut dyn Tx,
    channel: ChannelId,
    event: &CheckInChanged,
    now: Timestamp,
) -> Result<()> {
    let happened = Happened {
        kind: "check_in.changed",
        actor: None,
        at: now,
    };
    journal::append(tx, channel, happened, event).map(drop)
}
