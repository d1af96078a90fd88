//! Topics: beginning, changing, following.

use super::post::{Post, Posted, post};
use crate::{
    actions::get_living,
    events::{self, By, FollowChanged},
    model::{Error, Text, TopicState, clean_decision, clean_title},
    store::{moving::Place, reading, topics},
    wire::{ChangeTopic, Topic},
};
use base::{FileId, MessageId, PersonId, Timestamp, TopicId};
use platform::db::Tx;
use spaces::ChannelAccess;

/// A topic on its way.
#[derive(Debug, Clone)]
pub(crate) struct Begin {
    pub id: TopicId,
    pub title: String,
    pub origin: Origin,
    /// Says what the word list asks about all the same.
    pub words_ok: bool,
}

/// Where a topic begins.
#[derive(Debug, Clone)]
pub(crate) enum Origin {
    /// At a message of the stream.
    At(MessageId),
    /// With a new one.
    With {
        id: MessageId,
        text: Box<Text>,
        files: Vec<FileId>,
        everyone_ok: bool,
    },
}

/// A topic of the channel that was proved; of any other channel it is absent. For one that went into another it is the
/// other.
pub fn get_topic(tx: &mut dyn Tx, access: &ChannelAccess, id: TopicId) -> Result<Topic, Error> {
    topics::find_merged(tx, id)?
        .filter(|topic| topic.channel_id == access.id() && access.may_see(topic.origin_seq))
        .ok_or(Error::NotFound)
}

/// Begins a topic, or finds the one that an earlier try of the same sender has begun.
pub(crate) fn begin(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    begin: &Begin,
    now: Timestamp,
) -> Result<Topic, Error> {
    if let Some(before) = topics::find(tx, begin.id)? {
        let same = before.channel_id == access.id() && before.created_by == access.person();
        return if same { Ok(before) } else { Err(Error::IdTaken) };
    }
    access.require_post()?;
    let title = clean_title(&begin.title)?;
    words::check(tx, &[&title], begin.words_ok)?;
    let origin = match &begin.origin {
        Origin::At(id) => get_living(tx, access, *id)?,
        Origin::With {
            id,
            text,
            files,
            everyone_ok,
        } => {
            let first = Post {
                id: *id,
                text: (**text).clone(),
                files: files.clone(),
                topic: None,
                quote: None,
                everyone_ok: *everyone_ok,
                words_ok: begin.words_ok,
                forward: None,
                card: None,
            };
            let (Posted::New(message) | Posted::Before(message)) = post(tx, access, &first, now)?;
            get_living(tx, access, message.id)?
        }
    };
    if origin.topic.is_some() {
        return Err(Error::Forbidden(
            "a topic begins at a message of the stream, not inside another topic",
        ));
    }
    if topics::find_begun_at(tx, access.id(), origin.seq)?.is_some() {
        return Err(Error::TopicExists);
    }
    let by = By {
        actor: access.person(),
        now,
    };
    let topic = new_topic(begin.id, title, &Place::from(&origin), by);
    topics::insert(tx, &topic)?;
    events::topic_created(tx, by, &topic)?;
    for person in [origin.author, access.person()] {
        if follow(tx, &topic, person, by)? {
            reading::advance(tx, person, access.id(), Some(topic.id), origin.seq)?;
        }
    }
    Ok(topic)
}

/// Begins a topic at a message of the stream, for another slice.
pub fn begin_topic(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (id, title): (TopicId, &str),
    origin: MessageId,
    now: Timestamp,
) -> Result<Topic, Error> {
    let topic = Begin {
        id,
        title: title.to_owned(),
        origin: Origin::At(origin),
        words_ok: true,
    };
    begin(tx, access, &topic, now)
}

/// Notes what was decided in a topic, or opens it again, for another slice.
pub fn decide_topic(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (id, decision): (TopicId, Option<&str>),
    now: Timestamp,
) -> Result<Topic, Error> {
    let wanted = ChangeTopic {
        title: None,
        state: Some(match decision {
            Some(_) => TopicState::Decided,
            None => TopicState::Open,
        }),
        decision: decision.map(str::to_owned),
        words_ok: true,
    };
    change(tx, access, id, &wanted, now)
}

/// A topic that begins at a message, with nothing in it yet.
pub(crate) fn new_topic(id: TopicId, title: String, origin: &Place, by: By) -> Topic {
    Topic {
        id,
        channel_id: origin.channel,
        title,
        state: TopicState::Open,
        decision: None,
        origin_id: origin.id,
        origin_seq: origin.seq,
        created_by: by.actor,
        created_at: by.now,
        n_messages: 0,
        last_seq: origin.seq,
        last_at: origin.at,
        people: vec![origin.author],
    }
}

/// Renames it, resolves it, notes the decision, or opens it again.
pub(crate) fn change(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    id: TopicId,
    change: &ChangeTopic,
    now: Timestamp,
) -> Result<Topic, Error> {
    let mut topic = get_topic(tx, access, id)?;
    access.require_post()?;
    if let Some(title) = &change.title {
        let title = clean_title(title)?;
        if title != topic.title {
            words::check(tx, &[&title], change.words_ok)?;
        }
        topic.title = title;
    }
    topic.state = change.state.unwrap_or(topic.state);
    if let Some(decision) = &change.decision {
        topic.decision = clean_decision(decision)?;
    }
    match (topic.state, &topic.decision) {
        (TopicState::Decided, None) => {
            let detail = "say in a sentence what was decided".to_owned();
            return Err(Error::Field {
                pointer: "/decision",
                detail,
            });
        }
        (TopicState::Decided, Some(_)) => {}
        // A topic that is open again has no decision; the log keeps what was decided before.
        _ => topic.decision = None,
    }
    topics::change(tx, &topic)?;
    events::topic_changed(
        tx,
        By {
            actor: access.person(),
            now,
        },
        &topic,
    )?;
    Ok(topic)
}

/// True when the person did not follow before.
pub(crate) fn follow(tx: &mut dyn Tx, topic: &Topic, person: PersonId, by: By) -> Result<bool, Error> {
    if !topics::follow(tx, person, topic.id, topic.channel_id)? {
        return Ok(false);
    }
    let event = FollowChanged {
        channel_id: topic.channel_id,
        topic_id: topic.id,
        following: true,
    };
    events::follow_changed(tx, person, by, &event)?;
    Ok(true)
}

/// Follows from here on: what was written before counts as read.
pub(crate) fn start_following(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    id: TopicId,
    now: Timestamp,
) -> Result<(), Error> {
    access.require_member()?;
    let topic = get_topic(tx, access, id)?;
    if follow(
        tx,
        &topic,
        access.person(),
        By {
            actor: access.person(),
            now,
        },
    )? {
        reading::advance(tx, access.person(), access.id(), Some(id), topic.last_seq)?;
    }
    Ok(())
}

/// Follows no more: it stops counting.
pub(crate) fn stop_following(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    id: TopicId,
    now: Timestamp,
) -> Result<(), Error> {
    let topic = get_topic(tx, access, id)?;
    if topics::unfollow(tx, access.person(), topic.id)? {
        let event = FollowChanged {
            channel_id: access.id(),
            topic_id: id,
            following: false,
        };
        events::follow_changed(
            tx,
            access.person(),
            By {
                actor: access.person(),
                now,
            },
            &event,
        )?;
    }
    Ok(())
}
