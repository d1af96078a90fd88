//! Traces of what was removed by those who look after channels. The text is in none of them.

use crate::{store::messages::MessageRow, wire::Removed};
use base::{ChannelId, PersonId, Seq, Timestamp};
use platform::db::{Result, Tx};
use std::collections::HashMap;

platform::sql! {
    INSERT = "insert into message_removal (message_id, channel_id, seq, author_id, removed_by, at, reason, event_seq) \
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    BETWEEN = "select seq, reason from message_removal where channel_id = $1 and seq between $2 and $3";
    REASONS_TO = "select channel_id, event_seq from message_removal where author_id = $1 and reason is not null";
    DROP_REASONS_TO = "update message_removal set reason = null where author_id = $1";
}

/// Keeps the trace of a removal, and where the log tells it.
pub(crate) fn insert(
    tx: &mut dyn Tx,
    row: &MessageRow,
    (removed_by, at): (PersonId, Timestamp),
    reason: Option<&str>,
    event: Seq,
) -> Result<()> {
    let args = [
        row.id.into(),
        row.channel.into(),
        row.seq.into(),
        row.author.into(),
        removed_by.into(),
        at.into(),
        reason.into(),
        event.into(),
    ];
    tx.exec(&INSERT, &args).map(|_| ())
}

/// What was removed in a stretch, both ends included.
pub(crate) fn list_between(
    tx: &mut dyn Tx,
    channel: ChannelId,
    (from, to): (Seq, Seq),
) -> Result<HashMap<Seq, Removed>> {
    let found = tx.list(&BETWEEN, &[channel.into(), from.into(), to.into()], |row| {
        Ok((
            row.get(0)?,
            Removed {
                reason: row.get_optional(1)?,
            },
        ))
    })?;
    Ok(found.into_iter().collect())
}

/// Forgets the reasons that were given to an author; gives the events that hold them.
pub(crate) fn drop_reasons_to(tx: &mut dyn Tx, author: PersonId) -> Result<Vec<(ChannelId, Seq)>> {
    let events = tx.list(&REASONS_TO, &[author.into()], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?;
    tx.exec(&DROP_REASONS_TO, &[author.into()])?;
    Ok(events)
}
