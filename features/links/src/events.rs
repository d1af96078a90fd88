//! What happens to cards, as an event.

use crate::wire::LinkCard;
use base::{ChannelId, MessageId, PersonId, Seq, Timestamp};
use platform::{
    db::{Result, Tx},
    journal::{self, Happened},
};
use serde::Serialize;
use ts_rs::TS;

/// `links.changed` on the log of a channel: the cards of a message as they are now.
#[derive(Debug, Serialize, TS)]
pub struct LinksChanged {
    /// Which message.
    pub message_id: MessageId,
    /// Its place.
    pub seq: Seq,
    /// In the order of its links.
    pub cards: Vec<LinkCard>,
}

/// Tells the channel; its number in the log.
pub(crate) fn links_changed(
    tx: &mut dyn Tx,
    channel: ChannelId,
    (actor, at): (Option<PersonId>, Timestamp),
    event: &LinksChanged,
) -> Result<Seq> {
    let happened = Happened {
        kind: "links.changed",
        actor,
        at,
    };
    journal::append(tx, channel, happened, event)
}

/// Takes the words out of an event that was told.
pub(crate) fn blank(
    tx: &mut dyn Tx,
    (channel, event): (ChannelId, Seq),
    (message_id, seq): (MessageId, Seq),
) -> Result<()> {
    let gone = LinksChanged {
        message_id,
        seq,
        cards: Vec::new(),
    };
    journal::redact(tx, channel, event, &gone)
}
