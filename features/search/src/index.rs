//! Keeps the index, in the transactions in which messages and topics are written.

use crate::{
    store::{self, Place},
    words::{
        Document, author_token, channel_token, has_of, has_token, message_token, seen_text, topic_token,
    },
};
use base::{ChannelId, PersonId, Seq, Timestamp, TopicId};
use messages::{
    Message, MessageDeleted, MessageEdited, MessagePosted, MessagesGone, MessagesMoved, Topic, TopicChanged,
};
use platform::{
    db::{Error, Result, Tx},
    journal::{Heard, Listener},
};
use std::any::Any;

pub(crate) fn listeners() -> Vec<Listener> {
    vec![
        Listener {
            kinds: &["message.posted"],
            hear: |tx, heard| add_message(tx, &body::<MessagePosted>(heard)?.message),
        },
        Listener {
            kinds: &["message.edited"],
            hear: |tx, heard| change_message(tx, &body::<MessageEdited>(heard)?.message),
        },
        Listener {
            kinds: &["message.deleted"],
            hear: |tx, heard| {
                let seq = body::<MessageDeleted>(heard)?.seq;
                drop_message(tx, ChannelId(heard.scope.0), seq)
            },
        },
        Listener {
            kinds: &["topic.created", "topic.changed"],
            hear: |tx, heard| put_topic(tx, &body::<TopicChanged>(heard)?.topic),
        },
        // In which topic a message stands is asked of the message; only a topic that is none any more must go.
        Listener {
            kinds: &["messages.moved"],
            hear: |tx, heard| match body::<MessagesMoved>(heard)?.merged_topic_id {
                Some(topic) => drop_topic(tx, ChannelId(heard.scope.0), topic),
                None => Ok(()),
            },
        },
        Listener {
            kinds: &["messages.gone"],
            hear: |tx, heard| {
                let gone = body::<MessagesGone>(heard)?;
                let channel = ChannelId(heard.scope.0);
                gone.topic_ids
                    .iter()
                    .try_for_each(|topic| drop_topic(tx, channel, *topic))
            },
        },
    ]
}

/// Another body than the one that belongs to its kind is an error of the code, which must not leave a hole unseen.
fn body<'a, T: Any>(heard: &Heard<'a>) -> Result<&'a T> {
    heard.body().ok_or(Error::NoRow)
}

fn add_message(tx: &mut dyn Tx, message: &Message) -> Result<()> {
    store::add(tx, place_of(message), message.at, &document_of(message))
}

fn change_message(tx: &mut dyn Tx, message: &Message) -> Result<()> {
    put(tx, place_of(message), message.at, &document_of(message))
}

fn place_of(message: &Message) -> Place {
    Place {
        channel: message.channel_id,
        seq: message.seq,
        topic: None,
    }
}

fn document_of(message: &Message) -> Document {
    let (channel, author, is_answer) = (message.channel_id, message.author_id, message.quote.is_some());
    match &message.forward {
        None => message_document(channel, author, &message.text, message.tree.as_deref(), is_answer),
        Some(forward) => {
            let text = format!("{}\n\n{}", message.text, forward.text);
            let tree = markup::parse(&text);
            message_document(channel, author, &text, tree.as_deref(), is_answer)
        }
    }
}

/// What is indexed of a message.
pub(crate) fn message_document(
    channel: ChannelId,
    author: PersonId,
    text: &str,
    tree: Option<&[markup::Node]>,
    is_answer: bool,
) -> Document {
    let mut tokens = vec![message_token(), channel_token(channel), author_token(author)];
    tokens.extend(has_of(tree, is_answer).into_iter().map(has_token));
    Document::new(tokens, &seen_text(text, tree))
}

fn put_topic(tx: &mut dyn Tx, topic: &Topic) -> Result<()> {
    let place = Place {
        channel: topic.channel_id,
        seq: topic.origin_seq,
        topic: Some(topic.id),
    };
    let document = topic_document(
        topic.channel_id,
        topic.created_by,
        &topic.title,
        topic.decision.as_deref(),
    );
    put(tx, place, topic.created_at, &document)
}

/// What is indexed of a topic.
pub(crate) fn topic_document(
    channel: ChannelId,
    by: PersonId,
    title: &str,
    decision: Option<&str>,
) -> Document {
    let tokens = vec![topic_token(), channel_token(channel), author_token(by)];
    let decision = decision.unwrap_or_default();
    Document::new(tokens, &format!("{title}\n{decision}"))
}

fn put(tx: &mut dyn Tx, place: Place, at: Timestamp, document: &Document) -> Result<()> {
    match store::find_id(tx, place)? {
        Some(id) => {
            if place.topic.is_some() {
                store::move_doc(tx, id, place)?;
            }
            store::change(tx, id, document)
        }
        // Its turn in the back-fill has not come yet.
        None => store::add(tx, place, at, document),
    }
}

fn drop_message(tx: &mut dyn Tx, channel: ChannelId, seq: Seq) -> Result<()> {
    let topic = None;
    drop_at(tx, Place { channel, seq, topic })
}

fn drop_topic(tx: &mut dyn Tx, channel: ChannelId, topic: TopicId) -> Result<()> {
    let place = Place {
        channel,
        seq: Seq(0),
        topic: Some(topic),
    };
    drop_at(tx, place)
}

fn drop_at(tx: &mut dyn Tx, place: Place) -> Result<()> {
    match store::find_id(tx, place)? {
        Some(id) => store::drop_doc(tx, id),
        None => Ok(()),
    }
}
