//! SQL of meetings that go by the rule of their channel.

use base::{ChannelId, MeetingId, Timestamp};
use platform::db::{Result, Tx};

platform::sql! {
    NEXT_CHANNEL = "select channel_id from ( \
            select channel_id from (select channel_id from meeting where channel_id > $1 and ends_at <= $2 order by channel_id limit 1) m \
            union all \
            select channel_id from (select channel_id from time_poll where channel_id > $1 and over_at <= $2 order by channel_id limit 1) p \
        ) c order by channel_id limit 1";
    /// Not those of somebody whose words are held.
    OLD = "select m.id from meeting m \
        where m.channel_id = $1 \
        and m.ends_at <= $2 \
        and not exists (select 1 from hold h where h.subject_id = m.created_by) \
        order by m.ends_at, m.id \
        limit $3";
    DROP_PEOPLE = "delete from meeting_person where meeting_id = $1";
    DROP_HINTS = "delete from meeting_park where meeting_id = $1";
    DROP = "delete from meeting where id = $1";
}

/// The channel after this one with a meeting that was over by then.
pub(crate) fn find_next_channel(
    tx: &mut dyn Tx,
    after: ChannelId,
    before: Timestamp,
) -> Result<Option<ChannelId>> {
    tx.find(&NEXT_CHANNEL, &[after.into(), before.into()], |row| row.get(0))
}

/// Deletes up to so many meetings of a channel that were over by then; how many those were.
pub(crate) fn drop_old(tx: &mut dyn Tx, channel: ChannelId, before: Timestamp, limit: i64) -> Result<usize> {
    let old: Vec<MeetingId> = tx.list(&OLD, &[channel.into(), before.into(), limit.into()], |row| {
        row.get(0)
    })?;
    for id in &old {
        tx.exec(&DROP_PEOPLE, &[(*id).into()])?;
        tx.exec(&DROP_HINTS, &[(*id).into()])?;
        tx.exec(&DROP, &[(*id).into()])?;
    }
    Ok(old.len())
}
