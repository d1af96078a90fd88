//! What is read, what is unread, and drafts. Counts are always derived, never stored, so they cannot stick.

use super::NIL;
use crate::wire::{Counts, Draft, UnreadTopic};
use base::{ChannelId, PersonId, Seq, Timestamp, TopicId};
use platform::db::{Result, Row, Tx};
use std::collections::HashMap;
use uuid::Uuid;

platform::sql! {
    POINTERS = "select m.channel_id, coalesce(p.seq, m.joined_seq) from channel_member m \
        left join read_pointer p on p.person_id = $1 and p.channel_id = m.channel_id and p.topic_id = $2 \
        where m.person_id = $1";
    NEWEST = "select m.channel_id, \
        (select x.at from message x where x.channel_id = m.channel_id order by x.seq desc limit 1) \
        from channel_member m \
        where m.person_id = $1";
    NEWEST_OF = "select at from message where channel_id = $1 order by seq desc limit 1";
    UNREAD = "select m.channel_id, count(*) \
        from channel_member m \
        left join read_pointer p on p.person_id = $1 and p.channel_id = m.channel_id and p.topic_id = $2 \
        join message x on x.channel_id = m.channel_id and x.topic_id is null and x.seq > coalesce(p.seq, m.joined_seq) \
        where m.person_id = $1 and x.author_id <> $1 and (x.author_id not in (select b.blocked_id from person_block b where b.person_id = $1) \
            or x.channel_id in (select a.id from channel a where a.kind = 'announcement')) and x.deleted_at is null \
        group by m.channel_id";
    MENTIONED = "select m.channel_id, count(distinct n.seq) \
        from channel_member m \
        left join read_pointer p on p.person_id = $1 and p.channel_id = m.channel_id and p.topic_id = $2 \
        join mention n on n.person_id in ($1, $2) and n.channel_id = m.channel_id and n.topic_id is null \
            and n.seq > coalesce(p.seq, m.joined_seq) \
        join message x on x.channel_id = n.channel_id and x.seq = n.seq \
        where m.person_id = $1 and x.author_id <> $1 and (x.author_id not in (select b.blocked_id from person_block b where b.person_id = $1) \
            or x.channel_id in (select a.id from channel a where a.kind = 'announcement')) \
        group by m.channel_id";
    UNREAD_TOPICS = "select f.channel_id, f.topic_id, t.title, coalesce(p.seq, m.joined_seq), count(distinct x.seq), count(distinct n.seq) \
        from topic_follow f \
        join channel_member m on m.channel_id = f.channel_id and m.person_id = $1 \
        join topic t on t.id = f.topic_id \
        left join read_pointer p on p.person_id = $1 and p.channel_id = f.channel_id and p.topic_id = f.topic_id \
        join message x on x.channel_id = f.channel_id and x.topic_id = f.topic_id and x.seq > coalesce(p.seq, m.joined_seq) \
        left join mention n on n.channel_id = x.channel_id and n.seq = x.seq and n.person_id in ($1, $2) \
        where f.person_id = $1 and t.last_seq > coalesce(p.seq, m.joined_seq) \
            and x.author_id <> $1 and (x.author_id not in (select b.blocked_id from person_block b where b.person_id = $1) \
            or x.channel_id in (select a.id from channel a where a.kind = 'announcement')) and x.deleted_at is null \
        group by f.channel_id, f.topic_id, t.title, p.seq, m.joined_seq \
        order by f.topic_id";
    /// Topics that are not followed where everything counts, since that was said; the nearest place that says something counts.
    UNREAD_OF_ALL = "select t.channel_id, t.id, t.title, coalesce(p.seq, m.joined_seq), count(distinct x.seq), count(distinct n.seq) \
        from channel_member m \
        join channel c on c.id = m.channel_id \
        join topic t on t.channel_id = m.channel_id and t.last_seq > m.joined_seq and t.merged_into is null and t.gone = 0 \
        left join told_level lt on lt.person_id = $1 and lt.place_id = t.id \
        left join told_level lc on lc.person_id = $1 and lc.place_id = c.id \
        left join told_level ls on ls.person_id = $1 and ls.place_id = c.space_id \
        left join told_level lg on lg.person_id = $1 and lg.place_id = $1 \
        left join read_pointer p on p.person_id = $1 and p.channel_id = t.channel_id and p.topic_id = t.id \
        join message x on x.channel_id = t.channel_id and x.topic_id = t.id and x.seq > coalesce(p.seq, m.joined_seq) \
            and x.at > coalesce(lt.at, lc.at, ls.at, lg.at) \
        left join mention n on n.channel_id = x.channel_id and n.seq = x.seq and n.person_id in ($1, $2) \
        where m.person_id = $1 and coalesce(lt.level, lc.level, ls.level, lg.level) = 'all' \
            and not exists (select 1 from topic_follow f where f.person_id = $1 and f.topic_id = t.id) \
            and x.author_id <> $1 and (x.author_id not in (select b.blocked_id from person_block b where b.person_id = $1) \
            or x.channel_id in (select a.id from channel a where a.kind = 'announcement')) and x.deleted_at is null \
        group by t.channel_id, t.id, t.title, p.seq, m.joined_seq \
        order by t.id";
    HEARS_ALL = "select 1 from told_level where person_id = $1 and level = 'all' limit 1";
    POINTER = "select seq from read_pointer where person_id = $1 and channel_id = $2 and topic_id = $3";
    JOINED = "select joined_seq from channel_member where person_id = $1 and channel_id = $2";
    STREAM_UNREAD = "select count(*) from message x \
        where x.channel_id = $2 and x.topic_id is null and x.seq > $3 and x.author_id <> $1 and (x.author_id not in (select b.blocked_id from person_block b where b.person_id = $1) \
            or x.channel_id in (select a.id from channel a where a.kind = 'announcement')) and x.deleted_at is null";
    TOPIC_UNREAD = "select count(*) from message x \
        where x.channel_id = $2 and x.topic_id = $4 and x.seq > $3 and x.author_id <> $1 and (x.author_id not in (select b.blocked_id from person_block b where b.person_id = $1) \
            or x.channel_id in (select a.id from channel a where a.kind = 'announcement')) and x.deleted_at is null";
    STREAM_MENTIONED = "select count(distinct n.seq) from mention n \
        join message x on x.channel_id = n.channel_id and x.seq = n.seq \
        where n.person_id in ($1, $4) and n.channel_id = $2 and n.topic_id is null and n.seq > $3 and x.author_id <> $1 and (x.author_id not in (select b.blocked_id from person_block b where b.person_id = $1) \
            or x.channel_id in (select a.id from channel a where a.kind = 'announcement'))";
    TOPIC_MENTIONED = "select count(distinct n.seq) from mention n \
        join message x on x.channel_id = n.channel_id and x.seq = n.seq \
        where n.person_id in ($1, $5) and n.channel_id = $2 and n.topic_id = $4 and n.seq > $3 and x.author_id <> $1 and (x.author_id not in (select b.blocked_id from person_block b where b.person_id = $1) \
            or x.channel_id in (select a.id from channel a where a.kind = 'announcement'))";
    ADVANCE = "insert into read_pointer (person_id, channel_id, topic_id, seq) values ($1, $2, $3, $4) \
        on conflict (person_id, channel_id, topic_id) do update set seq = excluded.seq \
        where excluded.seq > read_pointer.seq";
    SET_BACK = "insert into read_pointer (person_id, channel_id, topic_id, seq) values ($1, $2, $3, $4) \
        on conflict (person_id, channel_id, topic_id) do update set seq = excluded.seq";

    MOVE_CAUGHT_UP = "update read_pointer set seq = $3 \
        where channel_id = $1 and seq < $3 and not exists (select 1 from message x \
            where x.channel_id = $1 and (x.topic_id = read_pointer.topic_id or (x.topic_id is null and read_pointer.topic_id = $4)) \
            and x.seq > read_pointer.seq and x.seq <= $2 and x.author_id <> read_pointer.person_id and x.deleted_at is null) \
        returning person_id, topic_id";
    WITHOUT_POINTER = "select m.person_id from channel_member m \
        where m.channel_id = $1 and not exists (select 1 from read_pointer p \
            where p.person_id = m.person_id and p.channel_id = $1 and p.topic_id = $2)";

    DRAFTS = "select d.channel_id, d.topic_id, d.text, d.revision, d.at from draft d \
        join channel_member m on m.channel_id = d.channel_id and m.person_id = d.person_id \
        where d.person_id = $1 and d.text <> '' \
        order by d.at desc \
        limit 500";
    DRAFT = "select d.channel_id, d.topic_id, d.text, d.revision, d.at from draft d \
        where d.person_id = $1 and d.channel_id = $2 and d.topic_id = $3";
    DRAFT_EVENT = "select event_seq from draft where person_id = $1 and channel_id = $2 and topic_id = $3";
    PUT_DRAFT = "insert into draft (person_id, channel_id, topic_id, text, revision, at, event_seq) \
        values ($1, $2, $3, $4, $5, $6, $7) \
        on conflict (person_id, channel_id, topic_id) do update \
        set text = excluded.text, revision = excluded.revision, at = excluded.at, event_seq = excluded.event_seq";
}

fn topic_key(topic: Option<TopicId>) -> Uuid {
    topic.map_or(NIL, |topic| topic.0)
}

/// Pointer and counts of the stream of each channel of a person.
pub(crate) fn list_counts(tx: &mut dyn Tx, person: PersonId) -> Result<HashMap<ChannelId, Counts>> {
    let args = [person.into(), NIL.into()];
    let mut counts: HashMap<ChannelId, Counts> = HashMap::new();
    tx.each(&POINTERS, &args, &mut |row| {
        counts.entry(row.get(0)?).or_default().read_seq = row.get(1)?;
        Ok(())
    })?;
    tx.each(&UNREAD, &args, &mut |row| {
        counts.entry(row.get(0)?).or_default().n_unread = row.get(1)?;
        Ok(())
    })?;
    tx.each(&MENTIONED, &args, &mut |row| {
        counts.entry(row.get(0)?).or_default().n_mentions = row.get(1)?;
        Ok(())
    })?;
    Ok(counts)
}

/// When the newest message of each channel of a person was written; empty channels are left out.
pub(crate) fn list_newest(tx: &mut dyn Tx, person: PersonId) -> Result<HashMap<ChannelId, Timestamp>> {
    let rows = tx.list(&NEWEST, &[person.into()], |row| {
        Ok((row.get(0)?, row.get_optional(1)?))
    })?;
    Ok(rows
        .into_iter()
        .filter_map(|(channel, at): (_, Option<_>)| Some((channel, at?)))
        .collect())
}

/// When the newest message of a channel was written.
pub(crate) fn find_newest(tx: &mut dyn Tx, channel: ChannelId) -> Result<Option<Timestamp>> {
    tx.find(&NEWEST_OF, &[channel.into()], |row| row.get(0))
}

/// Topics with something unread that the person follows, or where they want to hear of everything, by channel.
pub(crate) fn list_unread_topics(
    tx: &mut dyn Tx,
    person: PersonId,
) -> Result<HashMap<ChannelId, Vec<UnreadTopic>>> {
    let mut topics: HashMap<ChannelId, Vec<UnreadTopic>> = HashMap::new();
    let args = [person.into(), NIL.into()];
    let mut add = |row: &dyn Row| {
        let counts = Counts {
            read_seq: row.get(3)?,
            n_unread: row.get(4)?,
            n_mentions: row.get(5)?,
        };
        let topic = UnreadTopic {
            topic_id: row.get(1)?,
            title: row.get(2)?,
            counts,
        };
        topics.entry(row.get(0)?).or_default().push(topic);
        Ok(())
    };
    tx.each(&UNREAD_TOPICS, &args, &mut add)?;
    if tx.find(&HEARS_ALL, &[person.into()], |_| Ok(()))?.is_some() {
        tx.each(&UNREAD_OF_ALL, &args, &mut add)?;
    }
    Ok(topics)
}

/// Where a person's pointer stands; who never read stands where they joined, and before everything if they did not.
pub(crate) fn get_pointer(
    tx: &mut dyn Tx,
    person: PersonId,
    channel: ChannelId,
    topic: Option<TopicId>,
) -> Result<Seq> {
    let pointer = tx.find(
        &POINTER,
        &[person.into(), channel.into(), topic_key(topic).into()],
        |row| row.get(0),
    )?;
    match pointer {
        Some(seq) => Ok(seq),
        None => Ok(tx
            .find(&JOINED, &[person.into(), channel.into()], |row| row.get(0))?
            .unwrap_or_default()),
    }
}

/// Pointer and counts of one conversation.
pub(crate) fn get_counts(
    tx: &mut dyn Tx,
    person: PersonId,
    channel: ChannelId,
    topic: Option<TopicId>,
) -> Result<Counts> {
    let read_seq = get_pointer(tx, person, channel, topic)?;
    let place = [person.into(), channel.into(), read_seq.into()];
    let number = |row: &dyn Row| row.get::<i64>(0);
    let (n_unread, n_mentions) = match topic {
        None => (
            tx.one(&STREAM_UNREAD, &place, number)?,
            tx.one(
                &STREAM_MENTIONED,
                &[place[0], place[1], place[2], NIL.into()],
                number,
            )?,
        ),
        Some(topic) => (
            tx.one(
                &TOPIC_UNREAD,
                &[place[0], place[1], place[2], topic.into()],
                number,
            )?,
            tx.one(
                &TOPIC_MENTIONED,
                &[place[0], place[1], place[2], topic.into(), NIL.into()],
                number,
            )?,
        ),
    };
    Ok(Counts {
        read_seq,
        n_unread,
        n_mentions,
    })
}

/// Moves the pointer forward. False: it stood there or further already.
pub(crate) fn advance(
    tx: &mut dyn Tx,
    person: PersonId,
    channel: ChannelId,
    topic: Option<TopicId>,
    seq: Seq,
) -> Result<bool> {
    Ok(tx.exec(
        &ADVANCE,
        &[person.into(), channel.into(), topic_key(topic).into(), seq.into()],
    )? == 1)
}

/// Moves the pointers of those who had read everything up to `from`, in the stream or in a topic, on to `to`; gives them.
pub(crate) fn move_caught_up(
    tx: &mut dyn Tx,
    channel: ChannelId,
    from: Seq,
    to: Seq,
) -> Result<Vec<(PersonId, Option<TopicId>)>> {
    let args = [channel.into(), from.into(), to.into(), NIL.into()];
    tx.list(&MOVE_CAUGHT_UP, &args, |row| {
        let topic: Uuid = row.get(1)?;
        Ok((row.get(0)?, (topic != NIL).then_some(TopicId(topic))))
    })
}

/// Members who have read nothing in the stream since they joined.
pub(crate) fn list_without_pointer(tx: &mut dyn Tx, channel: ChannelId) -> Result<Vec<PersonId>> {
    tx.list(&WITHOUT_POINTER, &[channel.into(), NIL.into()], |row| row.get(0))
}

/// Puts the pointer anywhere.
pub(crate) fn set_pointer(
    tx: &mut dyn Tx,
    person: PersonId,
    channel: ChannelId,
    topic: Option<TopicId>,
    seq: Seq,
) -> Result<()> {
    tx.exec(
        &SET_BACK,
        &[person.into(), channel.into(), topic_key(topic).into(), seq.into()],
    )
    .map(|_| ())
}

fn draft(row: &dyn Row) -> Result<Draft> {
    let topic: Uuid = row.get(1)?;
    Ok(Draft {
        channel_id: row.get(0)?,
        topic_id: (topic != NIL).then_some(TopicId(topic)),
        text: row.get(2)?,
        revision: row.get(3)?,
        at: row.get(4)?,
    })
}

/// Unsent texts in channels of which the person still is a member, newest first.
pub(crate) fn list_drafts(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<Draft>> {
    tx.list(&DRAFTS, &[person.into()], draft)
}

pub(crate) fn find_draft(
    tx: &mut dyn Tx,
    person: PersonId,
    channel: ChannelId,
    topic: Option<TopicId>,
) -> Result<Option<Draft>> {
    tx.find(
        &DRAFT,
        &[person.into(), channel.into(), topic_key(topic).into()],
        draft,
    )
}

/// The event on the person's log that holds the text of a draft.
pub(crate) fn find_draft_event(tx: &mut dyn Tx, person: PersonId, draft: &Draft) -> Result<Option<Seq>> {
    let place = [
        person.into(),
        draft.channel_id.into(),
        topic_key(draft.topic_id).into(),
    ];
    tx.find(&DRAFT_EVENT, &place, |row| row.get(0))
}

pub(crate) fn put_draft(tx: &mut dyn Tx, person: PersonId, draft: &Draft, event: Seq) -> Result<()> {
    let args = [
        person.into(),
        draft.channel_id.into(),
        topic_key(draft.topic_id).into(),
        (&draft.text).into(),
        draft.revision.into(),
        draft.at.into(),
        event.into(),
    ];
    tx.exec(&PUT_DRAFT, &args).map(|_| ())
}
