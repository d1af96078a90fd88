//! What happens to knocks, as events.

use crate::wire::Knock;
use base::{ChannelId, PersonId, Timestamp};
use platform::{
    db::{Result, Tx},
    journal::{self, Happened},
};
use serde::Serialize;
use ts_rs::TS;

/// The name of the event.
pub const KNOCK_CHANGED: &str = "knock.changed";

/// `knock.changed` on the log of a conversation of two: somebody knocked, answered, or took it back.
#[derive(Debug, Serialize, TS)]
pub struct KnockChanged {
    /// How it stands; null: it was taken back.
    pub knock: Option<Knock>,
}

pub(crate) fn changed(
    tx: &mut dyn Tx,
    channel: ChannelId,
    knock: Option<Knock>,
    (actor, at): (PersonId, Timestamp),
) -> Result<()> {
    let happened = Happened {
        kind: KNOCK_CHANGED,
        actor: Some(actor),
        at,
    };
    journal::append(tx, channel, happened, &KnockChanged { knock }).map(|_| ())
}
