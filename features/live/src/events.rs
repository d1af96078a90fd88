//! What happens to live sessions, as events.

use crate::wire::{LiveNoted, LiveSession};
use base::{BreakoutId, ChannelId, LiveId, PersonId, Timestamp};
use platform::{
    db::{Result, Tx},
    journal::{self, Happened},
};
use serde::{Deserialize, Serialize};
use spaces::ChannelAccess;
use ts_rs::TS;

/// `live.changed` on the log of a channel: how a session stands. It holds no text, so that nothing of it has to be
/// forgotten with the message.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct LiveChanged {
    /// The session.
    pub session: LiveSession,
}

/// `live.rang` on the log of a person who can be reached: somebody went live in a direct conversation with them.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct LiveRang {
    /// The session.
    pub live_id: LiveId,
    /// Where it takes place.
    pub channel_id: ChannelId,
    /// Who waits there.
    pub person_id: PersonId,
}

/// Says how a session stands.
pub(crate) fn live_changed(
    tx: &mut dyn Tx,
    session: &LiveSession,
    actor: Option<PersonId>,
    at: Timestamp,
) -> Result<()> {
    let happened = Happened {
        kind: "live.changed",
        actor,
        at,
    };
    let event = LiveChanged {
        session: session.clone(),
    };
    journal::append(tx, session.channel_id, happened, &event).map(|_| ())
}

/// Says that something was written in a smaller room, or to all of them.
pub(crate) fn live_noted(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (live_id, breakout_id): (LiveId, Option<BreakoutId>),
    at: Timestamp,
) -> Result<()> {
    let happened = Happened {
        kind: "live.noted",
        actor: Some(access.person()),
        at,
    };
    let event = LiveNoted { live_id, breakout_id };
    journal::append(tx, access.id(), happened, &event).map(|_| ())
}

/// Rings with somebody.
pub(crate) fn live_rang(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (live_id, person): (LiveId, PersonId),
    at: Timestamp,
) -> Result<()> {
    let happened = Happened {
        kind: "live.rang",
        actor: Some(access.person()),
        at,
    };
    let event = LiveRang {
        live_id,
        channel_id: access.id(),
        person_id: access.person(),
    };
    journal::append(tx, person, happened, &event).map(|_| ())
}
