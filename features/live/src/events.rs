//! What happens to live sessions, as events.

use crate::wire::LiveSession;
use base::{PersonId, Timestamp};
use platform::{
    db::{Result, Tx},
    journal::{self, Happened},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `live.changed` on the log of a channel: how a session stands. It holds no text, so that nothing of it has to be
/// forgotten with the message.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct LiveChanged {
    /// The session.
    pub session: LiveSession,
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
