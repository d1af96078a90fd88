//! When somebody last wrote where people wait between their messages.

use base::{ChannelId, PersonId, Timestamp};
use platform::db::{Result, Tx};
use std::collections::HashMap;

platform::sql! {
    /// A time that is still to come is one that a clock has made up.
    TAKE_TURN = "insert into slow_post (channel_id, person_id, at) values ($1, $2, $3) \
        on conflict (channel_id, person_id) do update set at = excluded.at \
        where slow_post.at <= $4 or slow_post.at > $3";
    LAST = "select at from slow_post where channel_id = $1 and person_id = $2";
    LAST_ALL = "select channel_id, at from slow_post where person_id = $1";
    FORGET = "delete from slow_post where person_id = $1";
}

/// Notes that a person writes now; false when they wrote after `not_after` and it is not their turn. Of two at once one waits.
pub(crate) fn take_turn(
    tx: &mut dyn Tx,
    channel: ChannelId,
    person: PersonId,
    (now, not_after): (Timestamp, Timestamp),
) -> Result<bool> {
    let args = [channel.into(), person.into(), now.into(), not_after.into()];
    Ok(tx.exec(&TAKE_TURN, &args)? == 1)
}

/// When a person last wrote in a slow channel.
pub(crate) fn find_last(tx: &mut dyn Tx, channel: ChannelId, person: PersonId) -> Result<Option<Timestamp>> {
    tx.find(&LAST, &[channel.into(), person.into()], |row| row.get(0))
}

/// The same for all channels in which they ever waited.
pub(crate) fn list_last(tx: &mut dyn Tx, person: PersonId) -> Result<HashMap<ChannelId, Timestamp>> {
    let rows = tx.list(&LAST_ALL, &[person.into()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.into_iter().collect())
}

/// Nothing of a person is left.
pub(crate) fn forget(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    tx.exec(&FORGET, &[person.into()]).map(|_| ())
}
