//! What happens to thanks, as events. None of them holds a text.

use base::{ChannelId, MessageId, PersonId, Timestamp};
use platform::{
    db::{Result, Tx},
    journal::{self, Happened},
};
use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

/// The kind of [`ThanksGiven`].
pub const THANKS_GIVEN: &str = "thanks.given";

/// `thanks.given` on the log of each person who is thanked.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct ThanksGiven {
    /// By which message.
    pub message_id: MessageId,
    /// Where.
    pub channel_id: ChannelId,
}

pub(crate) fn thanks_given(
    tx: &mut dyn Tx,
    (giver, to): (PersonId, PersonId),
    event: &ThanksGiven,
    at: Timestamp,
) -> Result<()> {
    let happened = Happened {
        kind: THANKS_GIVEN,
        actor: Some(giver),
        at,
    };
    journal::append(tx, to, happened, event).map(drop)
}
