//! What goes by a rule goes altogether: its line from every page, and a topic of which nothing is left with title and decision.
//!
//! Invariants: a message goes from the pages in the transaction that deletes its text, but for the one at which a topic
//! begins that still has messages: it stays as a line without text until the topic goes. What the log said of the topic
//! is blanked a stretch at a time afterwards, by the same job.

mod store;

pub(crate) use store::STATEMENTS;

use crate::{
    actions::change::{Deletion, delete_row},
    erasing::of_database,
    events::{self, By, MessagesGone},
    store::messages,
    wire::Draft,
};
use base::{ChannelId, MessageId, Seq, Timestamp, TopicId};
use platform::{
    db::{Result, Tx},
    journal,
};
use serde_json::{Value, json};

/// Events of a log that one transaction looks at.
const LOOKED_AT: i64 = 500;
/// The kinds whose bodies name topics.
const NAMING: [&str; 5] = [
    "message.posted",
    "message.deleted",
    "messages.moved",
    "topic.created",
    "topic.changed",
];

/// Lets these messages of a channel go, and the topics of which nothing is left.
pub(super) fn let_go(
    tx: &mut dyn Tx,
    channel: ChannelId,
    due: &[MessageId],
    (before, now): (Timestamp, Timestamp),
) -> Result<()> {
    let mut gone = MessagesGone::default();
    let mut topics: Vec<TopicId> = Vec::new();
    for id in due {
        let Some(row) = messages::find(tx, *id)? else {
            continue;
        };
        if row.deleted_at.is_none() {
            let by = By {
                actor: row.author,
                now,
            };
            delete_row(tx, &row, Deletion::Rule, by).map_err(of_database)?;
        }
        let begun = store::find_begun_at(tx, channel, row.seq)?;
        topics.extend(row.topic.into_iter().chain(begun));
        if begun.is_none() {
            store::mark(tx, channel, row.seq)?;
            gone.message_ids.push(row.id);
        }
    }
    topics.sort_unstable_by_key(|topic| topic.0);
    topics.dedup();
    for topic in topics {
        if let Some((origin, seq)) = store::find_left(tx, topic, before)? {
            forget_topic(tx, channel, topic, now)?;
            store::mark(tx, channel, seq)?;
            gone.message_ids.push(origin);
            gone.topic_ids.push(topic);
        }
    }
    match gone.message_ids.is_empty() {
        true => Ok(()),
        false => events::messages_gone(tx, channel, now, gone),
    }
}

/// Title and decision go, also of the topics that went into it; nobody follows it, and what nobody can send any more is no
/// draft.
fn forget_topic(tx: &mut dyn Tx, channel: ChannelId, topic: TopicId, now: Timestamp) -> Result<()> {
    for (person, revision) in store::list_drafts(tx, channel, topic)? {
        let empty = Draft {
            channel_id: channel,
            topic_id: Some(topic),
            text: String::new(),
            revision: revision + 1,
            at: now,
        };
        crate::actions::reading::put_draft(tx, person, &empty, now).map_err(of_database)?;
    }
    store::forget_topic(tx, topic)
}

/// Where blanking begins; None: the log of the channel says nothing of topics that are gone.
pub(super) fn find_unblanked(tx: &mut dyn Tx, channel: ChannelId) -> Result<Option<Seq>> {
    store::find_first_unblanked(tx, channel)
}

/// Blanks a stretch of a log; where the next begins. None: this was the last.
pub(super) fn blank_stretch(tx: &mut dyn Tx, channel: ChannelId, from: Seq) -> Result<Option<Seq>> {
    let events = store::list_events(tx, channel, from, LOOKED_AT)?;
    for (seq, kind, body) in &events {
        if !NAMING.contains(&kind.as_str()) {
            continue;
        }
        let Ok(mut body) = serde_json::from_str::<Value>(body) else {
            continue;
        };
        if blank_topics(tx, &mut body)? {
            journal::redact(tx, channel, *seq, &body)?;
        }
    }
    match events.last() {
        Some((last, ..)) if events.len() as i64 == LOOKED_AT => Ok(Some(last.next())),
        _ => {
            store::note_blanked(tx, channel)?;
            Ok(None)
        }
    }
}

/// True when the body named a topic that is gone.
fn blank_topics(tx: &mut dyn Tx, body: &mut Value) -> Result<bool> {
    let mut named: Vec<&mut Value> = Vec::new();
    if let Some(fields) = body.as_object_mut() {
        for (name, value) in fields {
            match (name.as_str(), value) {
                ("topic", topic) if topic.is_object() => named.push(topic),
                ("topics", Value::Array(topics)) => named.extend(topics),
                _ => {}
            }
        }
    }
    let mut is_changed = false;
    for topic in named {
        let id = topic["id"].as_str().and_then(|id| id.parse().ok()).map(TopicId);
        let Some(id) = id.filter(|_| topic["title"] != "") else {
            continue;
        };
        if store::is_gone(tx, id)? {
            topic["title"] = json!("");
            topic["decision"] = Value::Null;
            is_changed = true;
        }
    }
    Ok(is_changed)
}
