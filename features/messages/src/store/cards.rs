//! Things of other slices that stand under a message.

use crate::wire::Card;
use base::{ChannelId, Seq};
use platform::db::{Result, Row, Tx};
use std::collections::HashMap;

platform::sql! {
    INSERT = "insert into card (channel_id, seq, kind, id) values ($1, $2, $3, $4)";
    BETWEEN = "select seq, kind, id from card where channel_id = $1 and seq between $2 and $3";
    DROP = "delete from card where channel_id = $1 and seq = $2";
}

pub(crate) fn insert(tx: &mut dyn Tx, channel: ChannelId, seq: Seq, card: &Card) -> Result<()> {
    let args = [channel.into(), seq.into(), (&card.kind).into(), card.id.into()];
    tx.exec(&INSERT, &args).map(|_| ())
}

/// The cards of a stretch, both ends included.
pub(crate) fn list_between(
    tx: &mut dyn Tx,
    channel: ChannelId,
    (from, to): (Seq, Seq),
) -> Result<HashMap<Seq, Card>> {
    let found = tx.list(
        &BETWEEN,
        &[channel.into(), from.into(), to.into()],
        |row: &dyn Row| {
            let card = Card {
                kind: row.get(1)?,
                id: row.get(2)?,
            };
            Ok((row.get(0)?, card))
        },
    )?;
    Ok(found.into_iter().collect())
}

/// The message carries nothing any more.
pub(crate) fn drop(tx: &mut dyn Tx, channel: ChannelId, seq: Seq) -> Result<()> {
    tx.exec(&DROP, &[channel.into(), seq.into()]).map(|_| ())
}
