//! All SQL of exports: it reads what other slices wrote, and writes nothing.

use base::{ChannelId, MessageId, PersonId, Seq, Timestamp, TopicId};
use platform::db::{Result, Row, Tx};
use std::collections::HashMap;

platform::sql! {
    MESSAGES = "select m.seq, m.id, m.topic_id, t.title, m.author_id, m.at, m.text, m.edited_at, m.deleted_at, \
        coalesce(f.author_id, q.author_id), coalesce(f.text, q.text), q.deleted_at \
        from message m \
        left join topic t on t.id = m.topic_id \
        left join message q on q.id = m.quote_id \
        left join forward f on f.channel_id = m.channel_id and f.seq = m.seq \
        where m.channel_id = $1 and m.gone = 0 and m.seq > $2 and m.seq <= $3 and m.at >= $4 and m.at < $5 \
        order by m.seq limit $6";
    TOPIC_MESSAGES = "select m.seq, m.id, m.topic_id, t.title, m.author_id, m.at, m.text, m.edited_at, m.deleted_at, \
        coalesce(f.author_id, q.author_id), coalesce(f.text, q.text), q.deleted_at \
        from message m \
        left join topic t on t.id = m.topic_id \
        left join message q on q.id = m.quote_id \
        left join forward f on f.channel_id = m.channel_id and f.seq = m.seq \
        where m.channel_id = $1 and m.gone = 0 and m.seq > $2 and m.seq <= $3 and m.at >= $4 and m.at < $5 \
        and (m.topic_id = $7 or m.seq = $8) \
        order by m.seq limit $6";
    REACTIONS = "select seq, emoji, count(*) \
        from reaction where channel_id = $1 and seq between $2 and $3 \
        group by seq, emoji \
        order by seq, min(at), emoji";
    TOPIC = "select title, state, decision, origin_seq from topic where id = $2 and channel_id = $1 and gone = 0";
    PEOPLE = "select id, name from person where id in \
        (select author_id from message where channel_id = $1 \
        union select person_id from channel_member where channel_id = $1 \
        union select person_id from mention where channel_id = $1) \
        order by id";
}

/// Which messages.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stretch {
    pub channel: ChannelId,
    /// A topic and the place of the message that it began from.
    pub topic: Option<(TopicId, Seq)>,
    /// The head at the beginning: what comes later is not in it.
    pub head: Seq,
    pub from: Timestamp,
    pub until: Timestamp,
}

/// One message as it goes out.
#[derive(Debug)]
pub(crate) struct Said {
    pub seq: Seq,
    pub id: MessageId,
    pub topic: Option<TopicId>,
    pub topic_title: Option<String>,
    pub author: PersonId,
    pub at: Timestamp,
    /// Empty when deleted.
    pub text: String,
    pub edited_at: Option<Timestamp>,
    pub deleted: bool,
    /// What it answers to, or carries on from somewhere else.
    pub quote: Option<(PersonId, String)>,
    /// Emoji and how many gave it.
    pub reactions: Vec<(String, i64)>,
}

fn said(row: &dyn Row) -> Result<Said> {
    let quote = match row.get_optional(9)? {
        Some(author) if row.int(11)?.is_none() => {
            Some((author, row.text(10)?.unwrap_or_default().to_owned()))
        }
        _ => None,
    };
    Ok(Said {
        seq: row.get(0)?,
        id: row.get(1)?,
        topic: row.get_optional(2)?,
        topic_title: row.get_optional(3)?,
        author: row.get(4)?,
        at: row.get(5)?,
        text: row.get(6)?,
        edited_at: row.get_optional(7)?,
        deleted: row.int(8)?.is_some(),
        quote,
        reactions: Vec::new(),
    })
}

/// Up to `limit` messages after a place, oldest first, with their reactions.
pub(crate) fn list_said(tx: &mut dyn Tx, of: Stretch, after: Seq, limit: i64) -> Result<Vec<Said>> {
    let args = [
        of.channel.into(),
        after.into(),
        of.head.into(),
        of.from.into(),
        of.until.into(),
        limit.into(),
    ];
    let mut found = match of.topic {
        None => tx.list(&MESSAGES, &args, said)?,
        Some((topic, origin)) => {
            let args = [&args[..], &[topic.into(), origin.into()]].concat();
            tx.list(&TOPIC_MESSAGES, &args, said)?
        }
    };
    let (Some(first), Some(last)) = (found.first(), found.last()) else {
        return Ok(found);
    };
    let between = [of.channel.into(), first.seq.into(), last.seq.into()];
    let mut reactions: HashMap<Seq, Vec<(String, i64)>> = HashMap::new();
    tx.each(&REACTIONS, &between, &mut |row| {
        reactions
            .entry(row.get(0)?)
            .or_default()
            .push((row.get(1)?, row.get(2)?));
        Ok(())
    })?;
    for said in &mut found {
        said.reactions = reactions.remove(&said.seq).unwrap_or_default();
    }
    Ok(found)
}

/// What the head of a topic's transcript says.
#[derive(Debug, Clone)]
pub(crate) struct TopicRow {
    pub title: String,
    pub state: String,
    pub decision: Option<String>,
    pub origin_seq: Seq,
}

pub(crate) fn find_topic(tx: &mut dyn Tx, channel: ChannelId, topic: TopicId) -> Result<Option<TopicRow>> {
    tx.find(&TOPIC, &[channel.into(), topic.into()], |row| {
        Ok(TopicRow {
            title: row.get(0)?,
            state: row.get(1)?,
            decision: row.get_optional(2)?,
            origin_seq: row.get(3)?,
        })
    })
}

/// Everybody who wrote, was named or is a member in a channel.
pub(crate) fn list_people(tx: &mut dyn Tx, channel: ChannelId) -> Result<Vec<(PersonId, String)>> {
    tx.list(&PEOPLE, &[channel.into()], |row| Ok((row.get(0)?, row.get(1)?)))
}
