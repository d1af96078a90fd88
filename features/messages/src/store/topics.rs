//! Topics and who follows them.

use crate::{model::TopicState, wire::Topic};
use base::{ChannelId, PersonId, Seq, TopicId};
use platform::db::{Error, Result, Row, Tx};

platform::sql! {
    GET = "select id, channel_id, title, state, decision, origin_id, origin_seq, created_by, created_at, n_messages, last_seq, \
        last_at, people \
        from topic where id = $1";
    GET_MERGED = "select t.id, t.channel_id, t.title, t.state, t.decision, t.origin_id, t.origin_seq, t.created_by, t.created_at, \
        t.n_messages, t.last_seq, t.last_at, t.people \
        from topic s join topic t on t.id = coalesce(s.merged_into, s.id) \
        where s.id = $1 and t.gone = 0";
    INSERT = "insert into topic (id, channel_id, title, state, origin_id, origin_seq, created_by, created_at, n_messages, \
        last_seq, last_at, people) \
        values ($1, $2, $3, 'open', $4, $5, $6, $7, 0, $5, $8, $9)";
    BEGUN_AT = "select id from topic where channel_id = $1 and origin_seq = $2 and gone = 0";
    CHANGE = "update topic set title = $2, state = $3, decision = $4 where id = $1";
    GROW = "update topic set n_messages = $2, last_seq = $3, last_at = $4, people = $5 where id = $1";
    BEGUN_BETWEEN = "select id, channel_id, title, state, decision, origin_id, origin_seq, created_by, created_at, n_messages, \
        last_seq, last_at, people \
        from topic where channel_id = $1 and origin_seq between $2 and $3 and gone = 0";
    BY_TIME = "select id, channel_id, title, state, decision, origin_id, origin_seq, created_by, created_at, n_messages, last_seq, \
        last_at, people \
        from topic where channel_id = $1 and last_seq < $2 and ($3 = '' or state = $3) and merged_into is null and gone = 0 \
        order by last_seq desc \
        limit $4";
    FOLLOW = "insert into topic_follow (person_id, topic_id, channel_id) values ($1, $2, $3) \
        on conflict (person_id, topic_id) do nothing";
    IMPORT = "insert into topic (id, channel_id, title, state, decision, origin_id, origin_seq, created_by, created_at, \
        n_messages, last_seq, last_at, people) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $7, $9, $10)";
    FOLLOW_AS_MEMBER = "insert into topic_follow (person_id, topic_id, channel_id) \
        select person_id, $2, channel_id from channel_member where person_id = $1 and channel_id = $3 \
        on conflict (person_id, topic_id) do nothing";
    UNFOLLOW = "delete from topic_follow where person_id = $1 and topic_id = $2";
    FOLLOWING = "select f.topic_id from topic_follow f \
        join topic t on t.id = f.topic_id \
        join channel_member m on m.channel_id = f.channel_id and m.person_id = f.person_id \
        where f.person_id = $1 \
        order by t.last_at desc \
        limit 1000";
    FOLLOWS = "select 1 from topic_follow where person_id = $1 and topic_id = $2";
}

/// Reads the thirteen columns of a topic.
pub(super) fn topic(row: &dyn Row) -> Result<Topic> {
    let people: String = row.get(12)?;
    Ok(Topic {
        id: row.get(0)?,
        channel_id: row.get(1)?,
        title: row.get(2)?,
        state: row.text(3)?.and_then(TopicState::parse).ok_or(Error::Column(3))?,
        decision: row.get_optional(4)?,
        origin_id: row.get(5)?,
        origin_seq: row.get(6)?,
        created_by: row.get(7)?,
        created_at: row.get(8)?,
        n_messages: row.get(9)?,
        last_seq: row.get(10)?,
        last_at: row.get(11)?,
        people: serde_json::from_str(&people).map_err(|_| Error::Column(12))?,
    })
}

pub(crate) fn find(tx: &mut dyn Tx, id: TopicId) -> Result<Option<Topic>> {
    tx.find(&GET, &[id.into()], topic)
}

/// The topic, or the one into which it went.
pub(crate) fn find_merged(tx: &mut dyn Tx, id: TopicId) -> Result<Option<Topic>> {
    tx.find(&GET_MERGED, &[id.into()], topic)
}

pub(crate) fn insert(tx: &mut dyn Tx, topic: &Topic) -> Result<()> {
    let people = serde_json::json!(topic.people).to_string();
    let args = [
        topic.id.into(),
        topic.channel_id.into(),
        (&topic.title).into(),
        topic.origin_id.into(),
        topic.origin_seq.into(),
        topic.created_by.into(),
        topic.created_at.into(),
        topic.last_at.into(),
        people.as_str().into(),
    ];
    tx.exec(&INSERT, &args).map(|_| ())
}

/// Writes a topic that has no replies yet, in any state.
pub(crate) fn import(tx: &mut dyn Tx, topic: &Topic) -> Result<()> {
    let people = serde_json::json!(topic.people).to_string();
    let args = [
        topic.id.into(),
        topic.channel_id.into(),
        (&topic.title).into(),
        topic.state.as_str().into(),
        topic.decision.as_ref().into(),
        topic.origin_id.into(),
        topic.origin_seq.into(),
        topic.created_by.into(),
        topic.created_at.into(),
        people.as_str().into(),
    ];
    tx.exec(&IMPORT, &args).map(|_| ())
}

/// The topic that began at a message.
pub(crate) fn find_begun_at(tx: &mut dyn Tx, channel: ChannelId, origin: Seq) -> Result<Option<TopicId>> {
    tx.find(&BEGUN_AT, &[channel.into(), origin.into()], |row| row.get(0))
}

/// Writes title, state and decision.
pub(crate) fn change(tx: &mut dyn Tx, topic: &Topic) -> Result<()> {
    let args = [
        topic.id.into(),
        (&topic.title).into(),
        topic.state.as_str().into(),
        topic.decision.as_ref().into(),
    ];
    tx.exec(&CHANGE, &args).map(|_| ())
}

/// Writes what a new message changed.
pub(crate) fn grow(tx: &mut dyn Tx, topic: &Topic) -> Result<()> {
    let people = serde_json::json!(topic.people).to_string();
    let args = [
        topic.id.into(),
        topic.n_messages.into(),
        topic.last_seq.into(),
        topic.last_at.into(),
        people.as_str().into(),
    ];
    tx.exec(&GROW, &args).map(|_| ())
}

/// Topics that began between two places of the stream, both included.
pub(crate) fn list_begun_between(
    tx: &mut dyn Tx,
    channel: ChannelId,
    from: Seq,
    to: Seq,
) -> Result<Vec<Topic>> {
    tx.list(&BEGUN_BETWEEN, &[channel.into(), from.into(), to.into()], topic)
}

/// Topics by their last message, newest first, before a place.
pub(crate) fn list_by_time(
    tx: &mut dyn Tx,
    channel: ChannelId,
    before: Seq,
    state: Option<TopicState>,
    limit: i64,
) -> Result<Vec<Topic>> {
    let state = state.map_or("", TopicState::as_str);
    tx.list(
        &BY_TIME,
        &[channel.into(), before.into(), state.into(), limit.into()],
        topic,
    )
}

/// True when they did not follow before.
pub(crate) fn follow(tx: &mut dyn Tx, person: PersonId, topic: TopicId, channel: ChannelId) -> Result<bool> {
    Ok(tx.exec(&FOLLOW, &[person.into(), topic.into(), channel.into()])? == 1)
}

/// The same for somebody who may be no member of the channel; then it stays false.
pub(crate) fn follow_as_member(
    tx: &mut dyn Tx,
    person: PersonId,
    topic: TopicId,
    channel: ChannelId,
) -> Result<bool> {
    Ok(tx.exec(&FOLLOW_AS_MEMBER, &[person.into(), topic.into(), channel.into()])? == 1)
}

/// True when they followed.
pub(crate) fn unfollow(tx: &mut dyn Tx, person: PersonId, topic: TopicId) -> Result<bool> {
    Ok(tx.exec(&UNFOLLOW, &[person.into(), topic.into()])? == 1)
}

pub(crate) fn is_followed(tx: &mut dyn Tx, person: PersonId, topic: TopicId) -> Result<bool> {
    Ok(tx
        .find(&FOLLOWS, &[person.into(), topic.into()], |_| Ok(()))?
        .is_some())
}

/// Topics that the person follows in their channels, the liveliest first.
pub(crate) fn list_followed(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<TopicId>> {
    tx.list(&FOLLOWING, &[person.into()], |row| row.get(0))
}
