//! What messages carry on from elsewhere.

use crate::wire::Forward;
use base::{ChannelId, MessageId, Seq};
use platform::db::{Result, Row, Tx};
use std::collections::HashMap;

platform::sql! {
    INSERT = "insert into forward (channel_id, seq, origin_id, origin_channel_id, author_id, at, text) \
        values ($1, $2, $3, $4, $5, $6, $7)";
    BETWEEN = "select seq, origin_id, origin_channel_id, author_id, at, text from forward \
        where channel_id = $1 and seq between $2 and $3";
    FIND = "select seq, origin_id, origin_channel_id, author_id, at, text from forward \
        where channel_id = $1 and seq = $2";
    CARRYING = "select x.id from forward f join message x on x.channel_id = f.channel_id and x.seq = f.seq \
        where f.origin_id = $1 and f.text <> ''";
    BLANK = "update forward set text = '' where origin_id = $1";
    DROP = "delete from forward where channel_id = $1 and seq = $2";
}

fn forward(row: &dyn Row) -> Result<(Seq, Forward)> {
    let text: String = row.get(5)?;
    Ok((
        row.get(0)?,
        Forward {
            message_id: row.get(1)?,
            channel_id: row.get(2)?,
            author_id: row.get(3)?,
            at: row.get(4)?,
            tree: markup::parse(&text),
            deleted: text.is_empty(),
            text,
        },
    ))
}

pub(crate) fn insert(tx: &mut dyn Tx, channel: ChannelId, seq: Seq, forward: &Forward) -> Result<()> {
    let args = [
        channel.into(),
        seq.into(),
        forward.message_id.into(),
        forward.channel_id.into(),
        forward.author_id.into(),
        forward.at.into(),
        (&forward.text).into(),
    ];
    tx.exec(&INSERT, &args).map(|_| ())
}

/// What the messages of a stretch carry, both ends included.
pub(crate) fn list_between(
    tx: &mut dyn Tx,
    channel: ChannelId,
    (from, to): (Seq, Seq),
) -> Result<HashMap<Seq, Forward>> {
    let found = tx.list(&BETWEEN, &[channel.into(), from.into(), to.into()], forward)?;
    Ok(found.into_iter().collect())
}

/// What one message carries.
pub(crate) fn find(tx: &mut dyn Tx, channel: ChannelId, seq: Seq) -> Result<Option<Forward>> {
    let found = tx.find(&FIND, &[channel.into(), seq.into()], forward)?;
    Ok(found.map(|(_, forward)| forward))
}

/// The messages that carry this one with its text, wherever they stand.
pub(crate) fn list_carrying(tx: &mut dyn Tx, origin: MessageId) -> Result<Vec<MessageId>> {
    tx.list(&CARRYING, &[origin.into()], |row| row.get(0))
}

/// The text of this message is carried on by nobody any more.
pub(crate) fn blank(tx: &mut dyn Tx, origin: MessageId) -> Result<()> {
    tx.exec(&BLANK, &[origin.into()]).map(|_| ())
}

/// A message carries nothing any more.
pub(crate) fn drop(tx: &mut dyn Tx, channel: ChannelId, seq: Seq) -> Result<()> {
    tx.exec(&DROP, &[channel.into(), seq.into()]).map(|_| ())
}
