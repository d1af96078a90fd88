//! What happens to what is urgent, as events. None of them holds a word, so that nothing has to be forgotten with a message.

use crate::{store::UrgentRow, wire::UrgentState};
use base::{ChannelId, MessageId, PersonId, SpaceId, Timestamp, UrgentId};
use platform::{
    db::{Result, Tx},
    journal::{self, Happened},
};
use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

/// The kind of [`UrgentChanged`].
pub const URGENT_CHANGED: &str = "urgent.changed";
/// The kind of [`UrgentPaged`].
pub const URGENT_PAGED: &str = "urgent.paged";
/// The kind of [`UrgentSettled`].
pub const URGENT_SETTLED: &str = "urgent.settled";

/// `urgent.changed` on the log of a channel: it stands differently, somebody was called or has reacted; ask for it anew.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct UrgentChanged {
    /// Which.
    pub urgent_id: UrgentId,
    /// Under which message.
    pub message_id: MessageId,
    /// How it stands.
    pub state: UrgentState,
}

/// `urgent.paged` on a person's own log: they are called, or it waits for them.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct UrgentPaged {
    /// By which.
    pub urgent_id: UrgentId,
    /// Under which message.
    pub message_id: MessageId,
    /// Where.
    pub channel_id: ChannelId,
    /// Who calls.
    pub sender_id: PersonId,
    /// 0 for the first call, then one more for each repeat.
    #[ts(type = "number")]
    pub nth: u32,
    /// When.
    pub at: Timestamp,
    /// Whether they have agreed to be woken for it.
    pub consented: bool,
    /// They have not agreed, and it waits for them until then; null: they are called now.
    pub held_until: Option<Timestamp>,
}

/// `urgent.settled` on the own logs of those who were called and of whoever called: nobody is called any more.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct UrgentSettled {
    /// Which.
    pub urgent_id: UrgentId,
    /// Under which message.
    pub message_id: MessageId,
    /// Where.
    pub channel_id: ChannelId,
    /// How it ended.
    pub state: UrgentState,
}

/// `urgent.doubted` on its sender's own log: somebody who was called said that it was not urgent. It does not say who.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct UrgentDoubted {
    /// Which.
    pub urgent_id: UrgentId,
    /// Where.
    pub channel_id: ChannelId,
}

/// `urgent.consent_changed` on my own log: where I may be woken has changed.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct UrgentConsentChanged {}

/// `rota.changed` on the log of a space: who is on call, or whom what is urgent calls there; ask for it anew.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct RotaChanged {
    /// Of the change.
    #[ts(type = "number")]
    pub revision: i64,
}

fn happened(kind: &'static str, actor: Option<PersonId>, at: Timestamp) -> Happened {
    Happened { kind, actor, at }
}

pub(crate) fn changed(tx: &mut dyn Tx, row: &UrgentRow, by: Option<PersonId>, now: Timestamp) -> Result<()> {
    let event = UrgentChanged {
        urgent_id: row.id,
        message_id: row.message,
        state: row.state,
    };
    journal::append(tx, row.channel, happened(URGENT_CHANGED, by, now), &event).map(drop)
}

pub(crate) fn paged(tx: &mut dyn Tx, person: PersonId, event: &UrgentPaged) -> Result<()> {
    journal::append(tx, person, happened(URGENT_PAGED, None, event.at), event).map(drop)
}

pub(crate) fn settled(tx: &mut dyn Tx, row: &UrgentRow, person: PersonId, now: Timestamp) -> Result<()> {
    let event = UrgentSettled {
        urgent_id: row.id,
        message_id: row.message,
        channel_id: row.channel,
        state: row.state,
    };
    journal::append(tx, person, happened(URGENT_SETTLED, None, now), &event).map(drop)
}

pub(crate) fn doubted(tx: &mut dyn Tx, row: &UrgentRow, now: Timestamp) -> Result<()> {
    let event = UrgentDoubted {
        urgent_id: row.id,
        channel_id: row.channel,
    };
    journal::append(tx, row.sender, happened("urgent.doubted", None, now), &event).map(drop)
}

pub(crate) fn consent_changed(tx: &mut dyn Tx, person: PersonId, now: Timestamp) -> Result<()> {
    let happened = happened("urgent.consent_changed", Some(person), now);
    journal::append(tx, person, happened, &UrgentConsentChanged {}).map(drop)
}

pub(crate) fn rota_changed(
    tx: &mut dyn Tx,
    (space, revision): (SpaceId, i64),
    by: Option<PersonId>,
    now: Timestamp,
) -> Result<()> {
    let happened = happened("rota.changed", by, now);
    journal::append(tx, space, happened, &RotaChanged { revision }).map(drop)
}
