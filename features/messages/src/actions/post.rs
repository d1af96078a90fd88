//! Posting.

use super::{
    calling::called_by,
    topics::{follow, get_topic},
};
use crate::{
    actions::get_message,
    events::{self, By, MessagePosted},
    model::{Error, Text, quote_text, topic_people},
    store::{
        cards, forwards,
        messages::{self, MessageRow},
        pages::{self, Conversation},
        reading, slow, topics,
    },
    wire::{Card, Forward, Message, Quote, Topic},
};
use base::{FileId, MessageId, PersonId, Seq, Timestamp, TopicId};
use platform::{db::Tx, journal};
use spaces::ChannelAccess;
use std::time::Duration;

/// A message on its way, read and checked before the transaction.
#[derive(Debug, Clone)]
pub struct Post {
    /// Of the sender's making.
    pub id: MessageId,
    /// What it says.
    pub text: Text,
    /// Files of the author that go with it, in order.
    pub files: Vec<FileId>,
    /// None for the stream.
    pub topic: Option<TopicId>,
    /// What it answers to.
    pub quote: Option<MessageId>,
    /// Agrees to call everybody, or the groups that it names.
    pub everyone_ok: bool,
    /// Says what the word list asks about all the same.
    pub words_ok: bool,
    /// What it carries on; found in the transaction that posts.
    pub forward: Option<Forward>,
    /// What another slice puts under it.
    pub card: Option<Card>,
}

/// What a post came to.
pub enum Posted {
    /// It is new.
    New(Message),
    /// It was posted before, with this id, by the same person; this is how it stands now.
    Before(Message),
}

/// Posts a message, or finds the one that an earlier try of the same sender has posted.
pub fn post(tx: &mut dyn Tx, access: &ChannelAccess, post: &Post, now: Timestamp) -> Result<Posted, Error> {
    if let Some(before) = messages::find(tx, post.id)? {
        if before.channel != access.id() || before.author != access.person() {
            return Err(Error::IdTaken);
        }
        return Ok(Posted::Before(get_wire(tx, access, &before)?));
    }
    access.require_post()?;
    let called = called_by(tx, access, &post.text)?;
    if !post.everyone_ok {
        called.require_agreement(access, &post.text)?;
    }
    words::check(tx, &[&post.text.source], post.words_ok)?;
    take_turn(tx, access, now)?;
    let topic = post.topic.map(|topic| get_topic(tx, access, topic)).transpose()?;
    let quote = match post.quote {
        Some(id) => Some(quote(get_message(tx, access, id)?)),
        None => None,
    };
    let by = By {
        actor: access.person(),
        now,
    };
    let topic_id = topic.as_ref().map(|topic| topic.id);
    let row = write_row(tx, access, post, topic_id, now)?;
    let named = called.and(&post.text.people);
    messages::replace_mentions(tx, &row, &named, post.text.everyone)?;
    let topic = match topic {
        Some(topic) => Some(grow_topic(tx, access, (topic, &row), &named, by)?),
        None => None,
    };
    let files = files::attach(tx, access, (row.id, row.seq), &post.files)?;
    if let Some(forward) = &post.forward {
        forwards::insert(tx, row.channel, row.seq, forward)?;
    }
    if let Some(card) = &post.card {
        cards::insert(tx, row.channel, row.seq, card)?;
    }
    let message = Message {
        files,
        tree: post.text.tree.clone(),
        quote,
        forward: post.forward.clone(),
        card: post.card.clone(),
        ..new_wire(row)
    };
    let event = MessagePosted {
        message: message.clone(),
        topic,
        everyone: post.text.everyone,
        groups: called.groups,
        called: called.people,
        is_history: false,
    };
    events::message_posted(tx, by, &event)?;
    Ok(Posted::New(message))
}

/// Where people wait between their messages, one who is too early is told how long it still takes.
fn take_turn(tx: &mut dyn Tx, access: &ChannelAccess, now: Timestamp) -> Result<(), Error> {
    let Some(pause) = access.slow_mode() else {
        return Ok(());
    };
    let (channel, person) = (access.id(), access.person());
    if slow::take_turn(tx, channel, person, (now, now.before(pause)))? {
        return Ok(());
    }
    let last = slow::find_last(tx, channel, person)?.unwrap_or(now);
    let waited = now.0.saturating_sub(last.0);
    let waited = Duration::from_micros(u64::try_from(waited).unwrap_or_default());
    Err(Error::Slow {
        pause,
        wait: pause.saturating_sub(waited),
    })
}

fn write_row(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    post: &Post,
    topic: Option<TopicId>,
    now: Timestamp,
) -> Result<MessageRow, Error> {
    let row = MessageRow {
        id: post.id,
        channel: access.id(),
        seq: journal::next(tx, access.id())?,
        topic,
        author: access.person(),
        at: now,
        text: post.text.source.clone(),
        quote: post.quote,
        edited_at: None,
        deleted_at: None,
        gone: false,
    };
    messages::insert(tx, &row)?;
    Ok(row)
}

/// Counts the message in its topic. Who writes in it, or is named in it, follows it from here on.
fn grow_topic(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (topic, row): (Topic, &MessageRow),
    named: &[PersonId],
    by: By,
) -> Result<Topic, Error> {
    let topic = Topic {
        n_messages: topic.n_messages + 1,
        last_seq: row.seq,
        last_at: row.at,
        people: topic_people(topic.people, row.author),
        ..topic
    };
    topics::grow(tx, &topic)?;
    if follow(tx, &topic, row.author, by)? {
        reading::advance(tx, row.author, row.channel, row.topic, row.seq)?;
    }
    if !named.is_empty() {
        for person in spaces::members_among(tx, access, named)? {
            if follow(tx, &topic, person, by)? {
                reading::advance(tx, person, row.channel, row.topic, Seq(row.seq.0 - 1))?;
            }
        }
    }
    Ok(topic)
}

fn quote(row: MessageRow) -> Quote {
    Quote {
        message_id: row.id,
        author_id: row.author,
        text: quote_text(&row.text),
        deleted: row.deleted_at.is_some(),
    }
}

/// A message without anything that hangs on it.
pub(super) fn new_wire(row: MessageRow) -> Message {
    Message {
        id: row.id,
        channel_id: row.channel,
        seq: row.seq,
        topic_id: row.topic,
        author_id: row.author,
        at: row.at,
        text: row.text,
        tree: None,
        edited_at: row.edited_at,
        deleted: false,
        removed: None,
        files: Vec::new(),
        quote: None,
        reactions: Vec::new(),
        topic: None,
        forward: None,
        card: None,
        pinned: false,
        saved: None,
    }
}

/// A message as it goes to everybody in an event: without reactions, topic and what is true for one reader only.
pub(crate) fn get_shared(tx: &mut dyn Tx, row: &MessageRow) -> Result<Message, Error> {
    let mut found = pages::list_some(tx, row.channel, &[row.id])?;
    let mut message = found.pop().ok_or(Error::NotFound)?;
    message.forward = forwards::find(tx, row.channel, row.seq)?;
    Ok(message)
}

/// A message as a page would show it.
pub(crate) fn get_wire(tx: &mut dyn Tx, access: &ChannelAccess, row: &MessageRow) -> Result<Message, Error> {
    let mut found = pages::list_some(tx, access.id(), &[row.id])?;
    pages::complete(tx, Conversation::of(access, row.topic), &mut found)?;
    found.pop().ok_or(Error::NotFound)
}
