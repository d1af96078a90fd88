//! SQL of what goes altogether.

use crate::levels::store as levels;
use base::{ChannelId, MessageId, PersonId, Seq, Timestamp, TopicId};
use platform::db::{Result, Tx};

platform::sql! {
    MARK = "update message set gone = 1 where channel_id = $1 and seq = $2";
    BEGUN_AT = "select id from topic \
        where channel_id = $1 and origin_seq = $2 and gone = 0 and merged_into is null";
    LEFT = "select o.id, o.seq from topic t \
        join message o on o.id = t.origin_id \
        where t.id = $1 and t.gone = 0 and t.merged_into is null and o.deleted_at is not null and o.at < $2 \
        and not exists (select 1 from message x \
            where x.channel_id = t.channel_id and x.topic_id = t.id and x.gone = 0)";
    DRAFTS = "select person_id, revision from draft where channel_id = $1 and topic_id = $2 and text <> ''";
    FORGET = "update topic set title = '', decision = null, gone = 1 where id = $1 or merged_into = $1";
    UNFOLLOW = "delete from topic_follow where topic_id = $1";
    FIRST_UNBLANKED = "select min(origin_seq) from topic where channel_id = $1 and gone = 1";
    EVENTS = "select seq, kind, body from event where scope = $1 and seq >= $2 order by seq limit $3";
    IS_GONE = "select 1 from topic where id = $1 and gone > 0";
    BLANKED = "update topic set gone = 2 where channel_id = $1 and gone = 1";
}

/// In no page any more.
pub(super) fn mark(tx: &mut dyn Tx, channel: ChannelId, seq: Seq) -> Result<()> {
    tx.exec(&MARK, &[channel.into(), seq.into()]).map(drop)
}

/// The topic that begins at a place and is still there.
pub(super) fn find_begun_at(tx: &mut dyn Tx, channel: ChannelId, seq: Seq) -> Result<Option<TopicId>> {
    tx.find(&BEGUN_AT, &[channel.into(), seq.into()], |row| row.get(0))
}

/// The message at which a topic began of which nothing is left that is younger.
pub(super) fn find_left(
    tx: &mut dyn Tx,
    topic: TopicId,
    before: Timestamp,
) -> Result<Option<(MessageId, Seq)>> {
    tx.find(&LEFT, &[topic.into(), before.into()], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// Who has written something for a topic and not sent it, with its revision.
pub(super) fn list_drafts(
    tx: &mut dyn Tx,
    channel: ChannelId,
    topic: TopicId,
) -> Result<Vec<(PersonId, i64)>> {
    tx.list(&DRAFTS, &[channel.into(), topic.into()], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

pub(super) fn forget_topic(tx: &mut dyn Tx, topic: TopicId) -> Result<()> {
    tx.exec(&UNFOLLOW, &[topic.into()])?;
    levels::forget_topic(tx, topic)?;
    tx.exec(&FORGET, &[topic.into()]).map(drop)
}

/// The place of the first topic that is gone and may still be named in the log.
pub(super) fn find_first_unblanked(tx: &mut dyn Tx, channel: ChannelId) -> Result<Option<Seq>> {
    tx.one(&FIRST_UNBLANKED, &[channel.into()], |row| row.get_optional(0))
}

/// Events from this one on: number, kind and body.
pub(super) fn list_events(
    tx: &mut dyn Tx,
    channel: ChannelId,
    from: Seq,
    limit: i64,
) -> Result<Vec<(Seq, String, String)>> {
    tx.list(&EVENTS, &[channel.into(), from.into(), limit.into()], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })
}

pub(super) fn is_gone(tx: &mut dyn Tx, topic: TopicId) -> Result<bool> {
    Ok(tx.find(&IS_GONE, &[topic.into()], |_| Ok(()))?.is_some())
}

/// The log names none of them any more.
pub(super) fn note_blanked(tx: &mut dyn Tx, channel: ChannelId) -> Result<()> {
    tx.exec(&BLANKED, &[channel.into()]).map(drop)
}
