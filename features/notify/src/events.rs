//! What is told to people on their own logs. No event holds what a message says: that goes when the message is deleted.

use crate::wire::{HeldMessage, Notice};
use base::{ChannelId, PersonId, SessionId, Timestamp};
use platform::{
    db::{Result, Tx},
    journal::{self, Happened},
};
use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

/// `notice.released` on my own log: this calls me, now; after a hold it is one for all that was held.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct NoticeReleased {
    /// Of this telling.
    #[ts(type = "string")]
    pub release_id: Uuid,
    /// The first of them, asks first; up to 20.
    pub items: Vec<Notice>,
    /// How many they are.
    #[ts(type = "number")]
    pub n: i64,
    /// The device that tells it, while the others stay still; null: each.
    pub device_in_use: Option<SessionId>,
}

/// `device.used` on my own log: I am at another device now.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct DeviceUsed {
    /// At which.
    pub session_id: SessionId,
}

/// `message.held` on my own log: a message of mine in a direct conversation waits for somebody's hours, or not any more.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct MessageHeld {
    /// Where.
    pub channel_id: ChannelId,
    /// Which, for whom, until when; until the past: not any more.
    #[serde(flatten)]
    pub held: HeldMessage,
}

pub(crate) fn released(
    tx: &mut dyn Tx,
    person: PersonId,
    event: &NoticeReleased,
    now: Timestamp,
) -> Result<()> {
    journal::append(tx, person, of_server("notice.released", now), event).map(drop)
}

pub(crate) fn device_used(
    tx: &mut dyn Tx,
    person: PersonId,
    session_id: SessionId,
    now: Timestamp,
) -> Result<()> {
    let happened = Happened {
        actor: Some(person),
        ..of_server("device.used", now)
    };
    journal::append(tx, person, happened, &DeviceUsed { session_id }).map(drop)
}

pub(crate) fn message_held(
    tx: &mut dyn Tx,
    sender: PersonId,
    event: &MessageHeld,
    now: Timestamp,
) -> Result<()> {
    journal::append(tx, sender, of_server("message.held", now), event).map(drop)
}

fn of_server(kind: &'static str, at: Timestamp) -> Happened {
    Happened {
        kind,
        actor: None,
        at,
    }
}
