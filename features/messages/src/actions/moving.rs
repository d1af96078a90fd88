//! Putting a conversation in order: messages into a topic, out of it, into a new one, and two topics into one.
//!
//! A message keeps its place and its id; only its topic changes. Whoever had not read a moved message finds it unread
//! where it went; what was read may count once more there, never the other way round.

use super::{
    reading::put_draft,
    topics::{follow, get_topic, new_topic},
};
use crate::{
    events::{self, By, MessagesMoved},
    model::{Error, MOVE_MAX, TEXT_MAX_BYTES, clean_title, topic_people},
    store::{
        moving::{self, Place},
        reading, topics,
    },
    wire::{Draft, MergeTopic, MoveMessages, Moved, Topic},
};
use base::{Seq, Timestamp, TopicId};
use platform::db::Tx;
use spaces::ChannelAccess;
use std::collections::BTreeSet;

/// Moves messages of one conversation into a topic, into a new one that begins at the first of them, or to the stream.
pub(crate) fn move_messages(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    order: &MoveMessages,
    now: Timestamp,
) -> Result<Moved, Error> {
    access.require_post()?;
    let by = By {
        actor: access.person(),
        now,
    };
    let mut places = get_places(tx, access, order)?;
    let from = places.first().ok_or(Error::NotFound)?.topic;
    if places.iter().any(|place| place.topic != from) {
        return Err(field(
            "/message_ids",
            "take messages of one conversation at a time",
        ));
    }
    let to = match (&order.new_topic, order.topic_id) {
        (Some(_), Some(_)) => return Err(field("/topic_id", "name a topic or a new one, not both")),
        (Some(new), None) => Some(split(tx, access, from, &mut places, new, by)?),
        (None, Some(topic)) => Some(get_topic(tx, access, topic)?),
        (None, None) => None,
    };
    let to_id = to.as_ref().map(|topic| topic.id);
    if from == to_id {
        return Err(field("/topic_id", "the messages are there already"));
    }
    for place in &places {
        if moving::begins_topic(tx, access.id(), place.seq)? {
            return Err(field(
                "/message_ids",
                "a topic begins at one of these messages; merge that topic instead",
            ));
        }
    }
    follow_as_authors(tx, to.as_ref(), &places, by)?;
    keep_unread(tx, access, (from, to_id), &places)?;
    for place in &places {
        moving::move_one(tx, access.id(), place.seq, to_id)?;
    }
    let topic = announce(tx, access, (from, to), &places, by)?;
    Ok(Moved { topic })
}

fn field(pointer: &'static str, detail: &str) -> Error {
    Error::Field {
        pointer,
        detail: detail.to_owned(),
    }
}

fn get_places(tx: &mut dyn Tx, access: &ChannelAccess, order: &MoveMessages) -> Result<Vec<Place>, Error> {
    let ids: BTreeSet<_> = order.message_ids.iter().copied().collect();
    if ids.is_empty() || ids.len() > MOVE_MAX {
        return Err(field("/message_ids", "move 1 to 100 messages at a time"));
    }
    let ids: Vec<_> = ids.into_iter().collect();
    let places = moving::list_places(tx, access.id(), &ids)?;
    if places.len() != ids.len() || places.iter().any(|place| place.deleted) {
        return Err(Error::NotFound);
    }
    Ok(places)
}

/// Counts the topics concerned anew and says what moved; gives the topic in which the messages stand now.
fn announce(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (from, to): (Option<TopicId>, Option<Topic>),
    places: &[Place],
    by: By,
) -> Result<Option<Topic>, Error> {
    let to = to.map(|topic| recount(tx, topic)).transpose()?;
    // A topic that was split off at a single message: that it begins is all there is to say.
    if places.is_empty() {
        return Ok(to);
    }
    let from_topic = match from {
        Some(from) => Some(get_topic(tx, access, from)?),
        None => None,
    };
    let source = from_topic.map(|topic| recount(tx, topic)).transpose()?;
    let event = MessagesMoved {
        message_ids: places.iter().map(|place| place.id).collect(),
        seqs: places.iter().map(|place| place.seq).collect(),
        from_topic_id: from,
        to_topic_id: to.as_ref().map(|topic| topic.id),
        topics: source.into_iter().chain(to.clone()).collect(),
        merged_topic_id: None,
    };
    events::messages_moved(tx, access.id(), by, event)?;
    Ok(to)
}

/// Begins a topic at the first of these messages, which goes to the stream for it; the others remain in `places`.
fn split(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    from: Option<TopicId>,
    places: &mut Vec<Place>,
    new: &crate::wire::TopicName,
    by: By,
) -> Result<Topic, Error> {
    if topics::find(tx, new.id)?.is_some() {
        return Err(Error::IdTaken);
    }
    let title = clean_title(&new.title)?;
    words::check(tx, &[&title], new.words_ok)?;
    let origin = places.remove(0);
    if moving::begins_topic(tx, access.id(), origin.seq)? {
        return Err(Error::TopicExists);
    }
    if from.is_some() {
        keep_unread(tx, access, (from, None), &[origin])?;
        moving::move_one(tx, access.id(), origin.seq, None)?;
        announce(tx, access, (from, None), &[origin], by)?;
    }
    let topic = new_topic(new.id, title, &origin, by);
    topics::insert(tx, &topic)?;
    events::topic_created(tx, by, &topic)?;
    follow_as_authors(tx, Some(&topic), &[origin], by)?;
    if follow(tx, &topic, access.person(), by)? {
        reading::advance(tx, access.person(), access.id(), Some(topic.id), origin.seq)?;
    }
    Ok(topic)
}

/// Who wrote something follows the topic in which it stands, and has read what was there before.
fn follow_as_authors(tx: &mut dyn Tx, topic: Option<&Topic>, places: &[Place], by: By) -> Result<(), Error> {
    let Some(topic) = topic else { return Ok(()) };
    let authors: BTreeSet<_> = places.iter().map(|place| place.author).collect();
    for author in authors {
        if topics::follow_as_member(tx, author, topic.id, topic.channel_id)? {
            let event = events::FollowChanged {
                channel_id: topic.channel_id,
                topic_id: topic.id,
                following: true,
            };
            events::follow_changed(tx, author, by, &event)?;
            reading::advance(tx, author, topic.channel_id, Some(topic.id), topic.last_seq)?;
        }
    }
    Ok(())
}

/// Sets the pointers of those back who have not read all of the messages that are about to move.
fn keep_unread(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (from, to): (Option<TopicId>, Option<TopicId>),
    places: &[Place],
) -> Result<(), Error> {
    for reader in moving::list_readers(tx, access.id(), from, to)? {
        let unread = places
            .iter()
            .find(|place| place.seq > reader.from && place.author != reader.person);
        if let Some(place) = unread.filter(|place| place.seq <= reader.to) {
            let before = Seq(place.seq.0 - 1);
            reading::set_pointer(tx, reader.person, access.id(), to, before)?;
        }
    }
    Ok(())
}

/// Derives what a topic says about its messages from the messages.
fn recount(tx: &mut dyn Tx, topic: Topic) -> Result<Topic, Error> {
    let latest = moving::list_latest(tx, topic.channel_id, topic.id)?;
    let (last_seq, last_at) = match latest.first() {
        Some((seq, _, at)) => (*seq, *at),
        None => (topic.origin_seq, topic.created_at),
    };
    let origin_author = crate::store::messages::find(tx, topic.origin_id)?.map(|origin| origin.author);
    let wrote = origin_author
        .into_iter()
        .chain(latest.iter().rev().map(|(_, author, _)| *author));
    let topic = Topic {
        n_messages: moving::count(tx, topic.channel_id, topic.id)?,
        last_seq,
        last_at,
        people: wrote.fold(Vec::new(), topic_people),
        ..topic
    };
    topics::grow(tx, &topic)?;
    Ok(topic)
}

/// Puts everything of a topic, with the message at which it began, into another one. Links to it lead there.
pub(crate) fn merge(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    id: TopicId,
    order: MergeTopic,
    now: Timestamp,
) -> Result<Topic, Error> {
    access.require_post()?;
    let (topic, into) = (get_topic(tx, access, id)?, get_topic(tx, access, order.into_id)?);
    if topic.id == into.id {
        return Err(field("/into_id", "choose another topic"));
    }
    let by = By {
        actor: access.person(),
        now,
    };
    let origin = moving::list_places(tx, access.id(), &[topic.origin_id])?;
    join_readers(tx, access, &topic, &into, &origin, by)?;
    join_drafts(tx, access, topic.id, into.id, now)?;
    moving::move_all(tx, access.id(), topic.id, into.id)?;
    moving::move_one(tx, access.id(), topic.origin_seq, Some(into.id))?;
    moving::merge(tx, topic.id, into.id)?;
    let into = recount(tx, into)?;
    let event = MessagesMoved {
        message_ids: vec![topic.origin_id],
        seqs: vec![topic.origin_seq],
        from_topic_id: None,
        to_topic_id: Some(into.id),
        topics: vec![into.clone()],
        merged_topic_id: Some(topic.id),
    };
    events::messages_moved(tx, access.id(), by, event)?;
    Ok(into)
}

/// Whoever followed the one follows the other, from the first thing that they had not read in either.
fn join_readers(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    topic: &Topic,
    into: &Topic,
    origin: &[Place],
    by: By,
) -> Result<(), Error> {
    let channel = access.id();
    follow_as_authors(tx, Some(into), origin, by)?;
    for person in moving::list_followers(tx, topic.id)? {
        if follow(tx, into, person, by)? {
            reading::advance(tx, person, channel, Some(into.id), into.last_seq)?;
        }
    }
    keep_unread(tx, access, (None, Some(into.id)), origin)?;
    for reader in moving::list_readers(tx, channel, Some(topic.id), Some(into.id))? {
        let first = moving::find_first_unread(tx, channel, topic.id, reader.from, reader.person)?;
        if let Some(first) = first.filter(|first| *first <= reader.to) {
            reading::set_pointer(tx, reader.person, channel, Some(into.id), Seq(first.0 - 1))?;
        }
    }
    Ok(())
}

/// An unsent text is never lost: it goes along, behind what was begun there.
fn join_drafts(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    from: TopicId,
    to: TopicId,
    now: Timestamp,
) -> Result<(), Error> {
    for (person, draft) in moving::list_topic_drafts(tx, access.id(), from)? {
        let there = reading::find_draft(tx, person, access.id(), Some(to))?;
        let text = match &there {
            Some(there) if !there.text.is_empty() => format!("{}\n\n{}", there.text, draft.text),
            _ => draft.text.clone(),
        };
        // Two texts that do not fit into one stay where they were written.
        if text.len() > TEXT_MAX_BYTES {
            continue;
        }
        let joined = Draft {
            topic_id: Some(to),
            revision: there.map_or(0, |there| there.revision) + 1,
            text,
            at: now,
            ..draft.clone()
        };
        put_draft(tx, person, &joined, now)?;
        let emptied = Draft {
            text: String::new(),
            revision: draft.revision + 1,
            at: now,
            ..draft
        };
        put_draft(tx, person, &emptied, now)?;
    }
    Ok(())
}
