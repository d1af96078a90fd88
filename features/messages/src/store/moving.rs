//! Messages that change their topic, and what hangs on that: mentions, pointers, followers, drafts.

use super::{NIL, messages::MessageRow};
use crate::wire::Draft;
use base::{ChannelId, MessageId, PersonId, Seq, Timestamp, TopicId};
use platform::{
    db::{Result, Row, Tx},
    journal::id_list,
};
use uuid::Uuid;

platform::sql! {
    PLACES = {
        sqlite: "select id, seq, topic_id, author_id, at, deleted_at from message \
            where channel_id = $1 and id in (select unhex(value) from json_each($2)) \
            order by seq",
        postgres: "select id, seq, topic_id, author_id, at, deleted_at from message \
            where channel_id = $1 and id in (select value::uuid from json_array_elements_text(cast($2 as text)::json)) \
            order by seq"
    };
    BEGINS_TOPIC = "select 1 from topic where channel_id = $1 and origin_seq = $2";
    MOVE = "update message set topic_id = $3 where channel_id = $1 and seq = $2";
    MOVE_MENTIONS = "update mention set topic_id = $3 where channel_id = $1 and seq = $2";
    MOVE_ALL = "update message set topic_id = $3 where channel_id = $1 and topic_id = $2";
    MOVE_ALL_MENTIONS = "update mention set topic_id = $3 where channel_id = $1 and topic_id = $2";
    COUNT = "select count(*) from message where channel_id = $1 and topic_id = $2 and deleted_at is null";
    LATEST = "select seq, author_id, at from message where channel_id = $1 and topic_id = $2 and deleted_at is null \
        order by seq desc limit 100";
    TOPIC_READERS = "select f.person_id, coalesce(a.seq, m.joined_seq), coalesce(b.seq, m.joined_seq) \
        from topic_follow f \
        join channel_member m on m.channel_id = f.channel_id and m.person_id = f.person_id \
        left join read_pointer a on a.person_id = f.person_id and a.channel_id = f.channel_id and a.topic_id = $3 \
        left join read_pointer b on b.person_id = f.person_id and b.channel_id = f.channel_id and b.topic_id = $2 \
        where f.channel_id = $1 and f.topic_id = $2";
    STREAM_READERS = "select m.person_id, coalesce(a.seq, m.joined_seq), coalesce(b.seq, m.joined_seq) \
        from channel_member m \
        left join read_pointer a on a.person_id = m.person_id and a.channel_id = m.channel_id and a.topic_id = $3 \
        left join read_pointer b on b.person_id = m.person_id and b.channel_id = m.channel_id and b.topic_id = $2 \
        where m.channel_id = $1";
    FIRST_UNREAD = "select seq from message \
        where channel_id = $1 and topic_id = $2 and seq > $3 and author_id <> $4 and deleted_at is null \
        order by seq limit 1";
    FOLLOWERS = "select f.person_id from topic_follow f \
        join channel_member m on m.channel_id = f.channel_id and m.person_id = f.person_id \
        where f.topic_id = $1";
    DROP_FOLLOWS = "delete from topic_follow where topic_id = $1";
    MERGE = "update topic set merged_into = $2, n_messages = 0, origin_seq = -abs(origin_seq) \
        where id = $1 or merged_into = $1";
    TOPIC_DRAFTS = "select person_id, channel_id, topic_id, text, revision, at from draft \
        where channel_id = $1 and topic_id = $2 and text <> ''";
}

/// Where a message stands and who wrote it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub id: MessageId,
    pub channel: ChannelId,
    pub seq: Seq,
    pub topic: Option<TopicId>,
    pub author: PersonId,
    pub at: Timestamp,
    pub deleted: bool,
}

/// How far somebody who counts a conversation has read: where the messages were, and where they go.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader {
    pub person: PersonId,
    pub from: Seq,
    pub to: Seq,
}

impl From<&MessageRow> for Place {
    fn from(row: &MessageRow) -> Self {
        Self {
            id: row.id,
            channel: row.channel,
            seq: row.seq,
            topic: row.topic,
            author: row.author,
            at: row.at,
            deleted: row.deleted_at.is_some(),
        }
    }
}

fn key(topic: Option<TopicId>) -> Uuid {
    topic.map_or(NIL, |topic| topic.0)
}

/// These messages of a channel, in the order of their places; others are left out.
pub(crate) fn list_places(tx: &mut dyn Tx, channel: ChannelId, ids: &[MessageId]) -> Result<Vec<Place>> {
    let ids = id_list(tx, ids.iter().map(|id| id.0));
    tx.list(
        &PLACES,
        &[channel.into(), ids.as_str().into()],
        |row: &dyn Row| {
            Ok(Place {
                id: row.get(0)?,
                channel,
                seq: row.get(1)?,
                topic: row.get_optional(2)?,
                author: row.get(3)?,
                at: row.get(4)?,
                deleted: row.int(5)?.is_some(),
            })
        },
    )
}

/// Whether a topic begins at this place.
pub(crate) fn begins_topic(tx: &mut dyn Tx, channel: ChannelId, seq: Seq) -> Result<bool> {
    Ok(tx
        .find(&BEGINS_TOPIC, &[channel.into(), seq.into()], |_| Ok(()))?
        .is_some())
}

/// Puts one message elsewhere.
pub(crate) fn move_one(tx: &mut dyn Tx, channel: ChannelId, seq: Seq, to: Option<TopicId>) -> Result<()> {
    let args = [channel.into(), seq.into(), to.into()];
    tx.exec(&MOVE, &args)?;
    tx.exec(&MOVE_MENTIONS, &args).map(|_| ())
}

/// Puts all messages of a topic into another one.
pub(crate) fn move_all(tx: &mut dyn Tx, channel: ChannelId, from: TopicId, to: TopicId) -> Result<()> {
    let args = [channel.into(), from.into(), to.into()];
    tx.exec(&MOVE_ALL, &args)?;
    tx.exec(&MOVE_ALL_MENTIONS, &args).map(|_| ())
}

/// How many messages a topic has that are not deleted.
pub(crate) fn count(tx: &mut dyn Tx, channel: ChannelId, topic: TopicId) -> Result<i64> {
    tx.one(&COUNT, &[channel.into(), topic.into()], |row| row.get(0))
}

/// The last hundred messages of a topic that are not deleted: place, author, time; the newest first.
pub(crate) fn list_latest(
    tx: &mut dyn Tx,
    channel: ChannelId,
    topic: TopicId,
) -> Result<Vec<(Seq, PersonId, Timestamp)>> {
    tx.list(&LATEST, &[channel.into(), topic.into()], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })
}

/// Everybody who counts the conversation `to`.
pub(crate) fn list_readers(
    tx: &mut dyn Tx,
    channel: ChannelId,
    from: Option<TopicId>,
    to: Option<TopicId>,
) -> Result<Vec<Reader>> {
    let statement = if to.is_some() {
        &TOPIC_READERS
    } else {
        &STREAM_READERS
    };
    tx.list(
        statement,
        &[channel.into(), key(to).into(), key(from).into()],
        |row| {
            Ok(Reader {
                person: row.get(0)?,
                from: row.get(1)?,
                to: row.get(2)?,
            })
        },
    )
}

/// The first message of others in a topic after a place.
pub(crate) fn find_first_unread(
    tx: &mut dyn Tx,
    channel: ChannelId,
    topic: TopicId,
    after: Seq,
    reader: PersonId,
) -> Result<Option<Seq>> {
    tx.find(
        &FIRST_UNREAD,
        &[channel.into(), topic.into(), after.into(), reader.into()],
        |row| row.get(0),
    )
}

/// Members who follow a topic.
pub(crate) fn list_followers(tx: &mut dyn Tx, topic: TopicId) -> Result<Vec<PersonId>> {
    tx.list(&FOLLOWERS, &[topic.into()], |row| row.get(0))
}

/// Writes down that a topic went into another one, with all that had gone into it before. It begins nowhere any more:
/// the negative place leaves its message free for another topic.
pub(crate) fn merge(tx: &mut dyn Tx, topic: TopicId, into: TopicId) -> Result<()> {
    tx.exec(&MERGE, &[topic.into(), into.into()])?;
    tx.exec(&DROP_FOLLOWS, &[topic.into()]).map(|_| ())
}

/// Unsent texts for a topic, with their writers.
pub(crate) fn list_topic_drafts(
    tx: &mut dyn Tx,
    channel: ChannelId,
    topic: TopicId,
) -> Result<Vec<(PersonId, Draft)>> {
    tx.list(&TOPIC_DRAFTS, &[channel.into(), topic.into()], |row| {
        let draft = Draft {
            channel_id: row.get(1)?,
            topic_id: Some(row.get(2)?),
            text: row.get(3)?,
            revision: row.get(4)?,
            at: row.get(5)?,
        };
        Ok((row.get(0)?, draft))
    })
}
