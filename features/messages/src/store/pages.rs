//! Stretches of a conversation: one query for the messages, one each for their reactions and topics.

use super::{cards, forwards, keeping, removals, topics};
use crate::{
    model::{REACTION_PEOPLE_MAX, quote_text},
    wire::{Message, Quote, Reaction},
};
use base::{ChannelId, MessageId, PersonId, Seq, TopicId};
use platform::{
    db::{Result, Row, Tx},
    journal::id_list,
};
use spaces::ChannelAccess;
use std::collections::HashMap;

platform::sql! {
    STREAM_BEFORE = "select m.seq, m.id, m.topic_id, m.author_id, m.at, m.text, m.edited_at, m.deleted_at, \
        q.id, q.author_id, q.text, q.deleted_at \
        from message m left join message q on q.id = m.quote_id \
        where m.channel_id = $1 and m.topic_id is null and m.gone = 0 and m.seq < $2 \
        order by m.seq desc limit $3";
    STREAM_AFTER = "select m.seq, m.id, m.topic_id, m.author_id, m.at, m.text, m.edited_at, m.deleted_at, \
        q.id, q.author_id, q.text, q.deleted_at \
        from message m left join message q on q.id = m.quote_id \
        where m.channel_id = $1 and m.topic_id is null and m.gone = 0 and m.seq > $2 \
        order by m.seq limit $3";
    TOPIC_BEFORE = "select m.seq, m.id, m.topic_id, m.author_id, m.at, m.text, m.edited_at, m.deleted_at, \
        q.id, q.author_id, q.text, q.deleted_at \
        from message m left join message q on q.id = m.quote_id \
        where m.channel_id = $1 and m.topic_id = $4 and m.gone = 0 and m.seq < $2 \
        order by m.seq desc limit $3";
    TOPIC_AFTER = "select m.seq, m.id, m.topic_id, m.author_id, m.at, m.text, m.edited_at, m.deleted_at, \
        q.id, q.author_id, q.text, q.deleted_at \
        from message m left join message q on q.id = m.quote_id \
        where m.channel_id = $1 and m.topic_id = $4 and m.gone = 0 and m.seq > $2 \
        order by m.seq limit $3";
    SOME = {
        sqlite: "select m.seq, m.id, m.topic_id, m.author_id, m.at, m.text, m.edited_at, m.deleted_at, \
            q.id, q.author_id, q.text, q.deleted_at \
            from message m left join message q on q.id = m.quote_id \
            where m.channel_id = $1 and m.id in (select unhex(value) from json_each($2)) \
            order by m.seq",
        postgres: "select m.seq, m.id, m.topic_id, m.author_id, m.at, m.text, m.edited_at, m.deleted_at, \
            q.id, q.author_id, q.text, q.deleted_at \
            from message m left join message q on q.id = m.quote_id \
            where m.channel_id = $1 and m.id in (select value::uuid from json_array_elements_text(cast($2 as text)::json)) \
            order by m.seq"
    };
    REACTIONS = "select seq, emoji, count(*), max(case when person_id = $4 then 1 else 0 end), min(at) \
        from reaction where channel_id = $1 and seq between $2 and $3 \
        group by seq, emoji \
        order by seq, min(at), emoji";
    REACTION_PEOPLE = "select r.seq, r.emoji, r.person_id \
        from reaction r \
        join (select seq, emoji from reaction where channel_id = $1 and seq between $2 and $3 \
            group by seq, emoji having count(*) <= $4) few \
        on few.seq = r.seq and few.emoji = r.emoji \
        where r.channel_id = $1 and r.seq between $2 and $3 \
        order by r.seq, r.emoji, r.person_id";
}

/// A conversation: the stream of a channel or one of its topics.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Conversation {
    pub channel: ChannelId,
    pub topic: Option<TopicId>,
    /// For whom `mine` is said.
    pub reader: PersonId,
    /// What stands up to here is not theirs to read.
    pub after: Seq,
}

fn message(row: &dyn Row, channel: ChannelId) -> Result<Message> {
    let deleted = row.int(7)?.is_some();
    let text: String = row.get(5)?;
    let quote = match row.get_optional::<MessageId>(8)? {
        Some(message_id) => Some(Quote {
            message_id,
            author_id: row.get(9)?,
            text: quote_text(row.text(10)?.unwrap_or_default()),
            deleted: row.int(11)?.is_some(),
        }),
        None => None,
    };
    Ok(Message {
        id: row.get(1)?,
        channel_id: channel,
        seq: row.get(0)?,
        topic_id: row.get_optional(2)?,
        author_id: row.get(3)?,
        at: row.get(4)?,
        tree: markup::parse(&text),
        text,
        edited_at: row.get_optional(6)?,
        deleted,
        removed: None,
        files: Vec::new(),
        quote,
        reactions: Vec::new(),
        topic: None,
        forward: None,
        card: None,
        pinned: false,
        saved: None,
    })
}

impl Conversation {
    /// The one that this proof opens.
    pub fn of(access: &ChannelAccess, topic: Option<TopicId>) -> Self {
        Self {
            channel: access.id(),
            topic,
            reader: access.person(),
            after: access.reads_after(),
        }
    }
}

/// Up to `limit` messages before a place, oldest first.
pub(crate) fn list_before(
    tx: &mut dyn Tx,
    of: Conversation,
    before: Seq,
    limit: i64,
) -> Result<Vec<Message>> {
    let place = [of.channel.into(), before.into(), limit.into()];
    let read = |row: &dyn Row| message(row, of.channel);
    let mut messages = match of.topic {
        None => tx.list(&STREAM_BEFORE, &place, read)?,
        Some(topic) => tx.list(&TOPIC_BEFORE, &[place[0], place[1], place[2], topic.into()], read)?,
    };
    messages.retain(|message| message.seq > of.after);
    messages.reverse();
    Ok(messages)
}

/// Up to `limit` messages after a place, oldest first.
pub(crate) fn list_after(tx: &mut dyn Tx, of: Conversation, after: Seq, limit: i64) -> Result<Vec<Message>> {
    let place = [of.channel.into(), after.max(of.after).into(), limit.into()];
    let read = |row: &dyn Row| message(row, of.channel);
    match of.topic {
        None => tx.list(&STREAM_AFTER, &place, read),
        Some(topic) => tx.list(&TOPIC_AFTER, &[place[0], place[1], place[2], topic.into()], read),
    }
}

/// These messages of a channel.
pub(crate) fn list_some(tx: &mut dyn Tx, channel: ChannelId, ids: &[MessageId]) -> Result<Vec<Message>> {
    let ids = id_list(tx, ids.iter().map(|id| id.0));
    tx.list(&SOME, &[channel.into(), ids.as_str().into()], |row| {
        message(row, channel)
    })
}

/// Adds reactions, files, and the topics that began at messages of the stream.
pub(crate) fn complete(tx: &mut dyn Tx, of: Conversation, messages: &mut [Message]) -> Result<()> {
    let (Some(first), Some(last)) = (messages.first(), messages.last()) else {
        return Ok(());
    };
    let (from, to) = (first.seq, last.seq);
    let mut reactions = list_reactions(tx, of, from, to)?;
    let mut files = files::list_between(tx, of.channel, from, to)?;
    let mut begun = HashMap::new();
    if of.topic.is_none() {
        let topics = topics::list_begun_between(tx, of.channel, from, to)?;
        begun = topics
            .into_iter()
            .map(|topic| (topic.origin_seq, topic))
            .collect();
    }
    let mut cards = cards::list_between(tx, of.channel, (from, to))?;
    let mut carried = forwards::list_between(tx, of.channel, (from, to))?;
    let pinned = keeping::pinned_between(tx, of.channel, (from, to))?;
    let saved = keeping::saved_between(tx, of.reader, of.channel, (from, to))?;
    let mut removed = match messages.iter().any(|message| message.deleted) {
        true => removals::list_between(tx, of.channel, (from, to))?,
        false => HashMap::new(),
    };
    for message in messages {
        message.reactions = reactions.remove(&message.seq).unwrap_or_default();
        message.files = files.remove(&message.seq).unwrap_or_default();
        message.topic = begun.remove(&message.seq);
        message.card = cards.remove(&message.seq);
        message.removed = removed.remove(&message.seq);
        message.forward = carried.remove(&message.seq);
        message.pinned = pinned.contains(&message.seq);
        message.saved = saved.contains(&message.seq).then_some(true);
    }
    Ok(())
}

fn list_reactions(
    tx: &mut dyn Tx,
    of: Conversation,
    from: Seq,
    to: Seq,
) -> Result<HashMap<Seq, Vec<Reaction>>> {
    let mut found: HashMap<Seq, Vec<Reaction>> = HashMap::new();
    let between = [of.channel.into(), from.into(), to.into()];
    tx.each(
        &REACTIONS,
        &[between[0], between[1], between[2], of.reader.into()],
        &mut |row| {
            let reaction = Reaction {
                emoji: row.get(1)?,
                n: row.get(2)?,
                people: Vec::new(),
                mine: Some(row.get(3)?),
            };
            found.entry(row.get(0)?).or_default().push(reaction);
            Ok(())
        },
    )?;
    if found.is_empty() {
        return Ok(found);
    }
    tx.each(
        &REACTION_PEOPLE,
        &[between[0], between[1], between[2], REACTION_PEOPLE_MAX.into()],
        &mut |row| {
            let emoji: String = row.get(1)?;
            let reactions = found.get_mut(&row.get(0)?);
            if let Some(reaction) = reactions
                .into_iter()
                .flatten()
                .find(|reaction| reaction.emoji == emoji)
            {
                reaction.people.push(row.get(2)?);
            }
            Ok(())
        },
    )?;
    Ok(found)
}
