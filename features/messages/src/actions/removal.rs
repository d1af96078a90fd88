//! Taking away what somebody else wrote. The text goes as if its author had deleted it; who did it, when and why stays.

use super::change::{Deletion, delete_row};
use crate::{
    events::{self, By, MessageRemoved},
    model::{Error, clean_reason},
    store::{
        messages::{self, MessageRow},
        removals,
    },
    wire::Removed,
};
use accounts::{Deed, Subject, audit};
use base::{ChannelId, MessageId, Seq, Timestamp};
use platform::{db::Tx, journal};
use spaces::ChannelModeration;

/// Removes a message of the channel that was proved, and tells its author why. What is deleted already stays as it is.
pub fn remove_message(
    tx: &mut dyn Tx,
    moderation: &ChannelModeration,
    id: MessageId,
    reason: Option<&str>,
    now: Timestamp,
) -> Result<(), Error> {
    let row = messages::find(tx, id)?
        .filter(|row| row.channel == moderation.id() && !row.gone)
        .ok_or(Error::NotFound)?;
    let reason = clean_reason(reason)?;
    if row.deleted_at.is_some() {
        return Ok(());
    }
    if row.author == moderation.person() {
        return Err(Error::Forbidden("your own message is deleted, not removed"));
    }
    let by = By {
        actor: moderation.person(),
        now,
    };
    let removed = Removed { reason };
    let deletion = Deletion::Removal(removed.clone());
    let event = delete_row(tx, &row, deletion, by)?;
    removals::insert(tx, &row, (by.actor, now), removed.reason.as_deref(), event)?;
    // The reason is about the author, and goes with them: it stands in the trace only.
    let deed = Deed::new(by.actor, "message.removed", Subject::new("message", row.id, ""))
        .with("channel_id", row.channel.to_string())
        .with("person_id", row.author.to_string());
    audit::record(tx, &deed, now)?;
    tell_author(tx, &row, removed, now)
}

/// On the author's own log. Nobody is named there: the channel decided it.
fn tell_author(tx: &mut dyn Tx, row: &MessageRow, removed: Removed, now: Timestamp) -> Result<(), Error> {
    let event = MessageRemoved {
        channel_id: row.channel,
        topic_id: row.topic,
        message_id: row.id,
        removed,
    };
    Ok(events::message_removed(tx, row.author, now, &event)?)
}

/// Takes the reason out of the event that told it.
pub(crate) fn redact_reason(tx: &mut dyn Tx, (channel, event): (ChannelId, Seq)) -> platform::db::Result<()> {
    let Some(mut body) = journal::find_body(tx, channel, event)? else {
        return Ok(());
    };
    if let Some(removed) = body.get_mut("removed").filter(|removed| removed.is_object()) {
        removed["reason"] = serde_json::Value::Null;
        journal::redact(tx, channel, event, &body)?;
    }
    Ok(())
}
