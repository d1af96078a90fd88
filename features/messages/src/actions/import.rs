//! History that comes from elsewhere, written as if it had happened here.
//!
//! Each message, topic and reaction is an event of its channel's log, as when people do it, so that whoever follows the
//! log sees what a fresh page shows. Nobody is called: mentions are not noted. Numbers are taken in one stretch per
//! channel and transaction, and counts of topics are written once, which makes a quarter of a million messages a matter
//! of seconds.

use super::post::new_wire;
use crate::{
    events::{self, By, FollowChanged, MessagePosted, ReactionChanged, ReadMoved},
    model::{
        EMOJI_PER_MESSAGE_MAX, Error, REACTION_PEOPLE_MAX, Text, TopicState, check_emoji, clean_decision,
        clean_title, topic_people,
    },
    store::{
        messages::{self, MessageRow},
        reading, topics,
    },
    wire::{Message, Topic},
};
use base::{ChannelId, MessageId, PersonId, Seq, Timestamp, TopicId};
use files::KeptFile;
use platform::{db::Tx, journal};
use std::collections::HashMap;

/// The text of a message, read and checked before the transaction.
#[derive(Debug, Clone)]
pub struct ImportText(Text);

impl ImportText {
    /// Reads a text; what people could not have typed here is refused.
    pub fn read(source: &str) -> Result<Self, Error> {
        Text::read(source).map(Self)
    }

    /// Reads what stands beside files: it may be nothing.
    pub fn read_beside_files(source: &str) -> Result<Self, Error> {
        Text::read_beside_files(source).map(Self)
    }

    /// As it will be stored.
    pub fn source(&self) -> &str {
        &self.0.source
    }
}

/// One emoji under a message and who gave it, checked.
#[derive(Debug, Clone)]
pub struct ImportReaction {
    /// The emoji.
    pub emoji: String,
    /// Nobody twice.
    pub people: Vec<PersonId>,
}

/// Refuses what is neither an emoji nor `:name:` of one, and more different ones than a message carries.
pub fn check_import_emoji<'a>(emoji: impl ExactSizeIterator<Item = &'a str>) -> Result<(), Error> {
    if i64::try_from(emoji.len()).is_ok_and(|n| n > EMOJI_PER_MESSAGE_MAX) {
        let detail = "a message carries at most 50 different reactions".to_owned();
        return Err(Error::Field {
            pointer: "/reactions",
            detail,
        });
    }
    emoji
        .into_iter()
        .filter(|emoji| emoji::name_in(emoji).is_none())
        .try_for_each(check_emoji)
}

/// One message of history.
#[derive(Debug, Clone)]
pub struct ImportMessage {
    /// Where it was said.
    pub channel: ChannelId,
    /// In which topic; None for the stream.
    pub topic: Option<TopicId>,
    /// Who said it, a member or not.
    pub author: PersonId,
    /// When.
    pub at: Timestamp,
    /// What.
    pub text: ImportText,
    /// When it was last changed.
    pub edited_at: Option<Timestamp>,
    /// In the order of their first use.
    pub reactions: Vec<ImportReaction>,
    /// What it carries; at most ten.
    pub files: Vec<KeptFile>,
}

/// A topic that begins at a message of history; checked.
#[derive(Debug, Clone)]
pub struct ImportTopic {
    title: String,
    state: TopicState,
    decision: Option<String>,
}

impl ImportTopic {
    /// Checks title, state and decision: one goes with "decided", and with nothing else.
    pub fn new(title: &str, state: TopicState, decision: Option<&str>) -> Result<Self, Error> {
        let decision = clean_decision(decision.unwrap_or_default())?;
        if (state == TopicState::Decided) != decision.is_some() {
            let detail = "a topic has a decision when its state is decided, and only then".to_owned();
            return Err(Error::Field {
                pointer: "/decision",
                detail,
            });
        }
        Ok(Self {
            title: clean_title(title)?,
            state,
            decision,
        })
    }

    /// Its title.
    pub fn title(&self) -> &str {
        &self.title
    }
}

/// Writes history into channels, within one transaction. What it took is written down by [`ImportLog::finish`].
#[derive(Debug, Default)]
pub struct ImportLog {
    channels: HashMap<ChannelId, Stretch>,
    topics: HashMap<TopicId, Topic>,
}

/// The numbers that this transaction uses of one channel.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    head: Seq,
    n_used: i64,
}

impl ImportLog {
    /// Posts a message with its reactions.
    pub fn post(&mut self, tx: &mut dyn Tx, new: &ImportMessage, now: Timestamp) -> Result<MessageId, Error> {
        let row = MessageRow {
            id: MessageId::random(),
            channel: new.channel,
            seq: self.next(tx, new.channel)?,
            topic: new.topic,
            author: new.author,
            at: new.at,
            text: new.text.0.source.clone(),
            quote: None,
            edited_at: new.edited_at,
            deleted_at: None,
            gone: false,
        };
        messages::import(tx, &row)?;
        let topic = match new.topic {
            Some(topic) => Some(self.grow(tx, topic, &row)?),
            None => None,
        };
        let by = By {
            actor: row.author,
            now: row.at,
        };
        let by_whom = (new.author, new.channel);
        let message = Message {
            tree: new.text.0.tree.clone(),
            files: files::attach_kept(tx, by_whom, (row.id, row.seq), &new.files, now)?,
            ..new_wire(row.clone())
        };
        events::message_posted(
            tx,
            by,
            &MessagePosted {
                message,
                topic,
                everyone: false,
                groups: Vec::new(),
                called: Vec::new(),
                is_history: true,
            },
        )?;
        for reaction in &new.reactions {
            self.react(tx, &row, reaction)?;
        }
        Ok(row.id)
    }

    /// Begins a topic at a message of the stream, at the time and by the author of that message.
    pub fn begin(&mut self, tx: &mut dyn Tx, origin: MessageId, new: &ImportTopic) -> Result<TopicId, Error> {
        let origin = messages::find(tx, origin)?.ok_or(Error::NotFound)?;
        if origin.topic.is_some() {
            return Err(Error::Forbidden(
                "a topic begins at a message of the stream, not inside another topic",
            ));
        }
        if topics::find_begun_at(tx, origin.channel, origin.seq)?.is_some() {
            return Err(Error::TopicExists);
        }
        let topic = Topic {
            id: TopicId::random(),
            channel_id: origin.channel,
            title: new.title.clone(),
            state: new.state,
            decision: new.decision.clone(),
            origin_id: origin.id,
            origin_seq: origin.seq,
            created_by: origin.author,
            created_at: origin.at,
            n_messages: 0,
            last_seq: origin.seq,
            last_at: origin.at,
            people: vec![origin.author],
        };
        topics::import(tx, &topic)?;
        let seq = self.next(tx, origin.channel)?;
        let by = By {
            actor: origin.author,
            now: origin.at,
        };
        events::topic_created_at(tx, seq, by, &topic)?;
        follow(tx, &topic, origin.author, by)?;
        let id = topic.id;
        self.topics.insert(id, topic);
        Ok(id)
    }

    /// The channel of a topic, which must exist.
    pub fn channel_of(&mut self, tx: &mut dyn Tx, topic: TopicId) -> Result<ChannelId, Error> {
        Ok(self.topic(tx, topic)?.channel_id)
    }

    /// Writes down the numbers that were used and the counts of topics. Gives each channel with the head that its log
    /// had before.
    pub fn finish(self, tx: &mut dyn Tx) -> Result<Vec<(ChannelId, Seq)>, Error> {
        for topic in self.topics.values().filter(|topic| topic.n_messages > 0) {
            topics::grow(tx, topic)?;
        }
        let mut touched: Vec<_> = self.channels.into_iter().collect();
        // Always in the same order, so that two importers never wait for each other.
        touched.sort_unstable_by_key(|(channel, _)| *channel);
        for (channel, stretch) in &touched {
            journal::reserve(tx, *channel, stretch.n_used)?;
        }
        Ok(touched
            .into_iter()
            .map(|(channel, stretch)| (channel, stretch.head))
            .collect())
    }

    fn next(&mut self, tx: &mut dyn Tx, channel: ChannelId) -> Result<Seq, Error> {
        let stretch = match self.channels.entry(channel) {
            std::collections::hash_map::Entry::Occupied(found) => found.into_mut(),
            std::collections::hash_map::Entry::Vacant(place) => {
                let head = journal::reserve(tx, channel, 0)?;
                place.insert(Stretch { head, n_used: 0 })
            }
        };
        stretch.n_used += 1;
        Ok(Seq(stretch.head.0 + stretch.n_used))
    }

    fn topic(&mut self, tx: &mut dyn Tx, id: TopicId) -> Result<&mut Topic, Error> {
        Ok(match self.topics.entry(id) {
            std::collections::hash_map::Entry::Occupied(found) => found.into_mut(),
            std::collections::hash_map::Entry::Vacant(place) => {
                place.insert(topics::find(tx, id)?.ok_or(Error::NotFound)?)
            }
        })
    }

    fn grow(&mut self, tx: &mut dyn Tx, id: TopicId, row: &MessageRow) -> Result<Topic, Error> {
        let topic = self.topic(tx, id)?;
        let is_new_face = !topic.people.contains(&row.author);
        topic.n_messages += 1;
        topic.last_seq = row.seq;
        topic.last_at = row.at;
        topic.people = topic_people(std::mem::take(&mut topic.people), row.author);
        let topic = topic.clone();
        if is_new_face {
            follow(
                tx,
                &topic,
                row.author,
                By {
                    actor: row.author,
                    now: row.at,
                },
            )?;
        }
        Ok(topic)
    }

    fn react(&mut self, tx: &mut dyn Tx, row: &MessageRow, reaction: &ImportReaction) -> Result<(), Error> {
        let mut people = Vec::with_capacity(reaction.people.len());
        for person in &reaction.people {
            // One after the other, so that their order is kept.
            let n = i64::try_from(people.len()).unwrap_or(i64::MAX);
            let at = Timestamp(row.at.0.saturating_add(n));
            messages::react(tx, row, &reaction.emoji, *person, at)?;
            people.push(*person);
            people.sort_unstable();
            let event = ReactionChanged {
                message_id: row.id,
                seq: row.seq,
                emoji: reaction.emoji.clone(),
                n: n + 1,
                people: if n < REACTION_PEOPLE_MAX {
                    people.clone()
                } else {
                    Vec::new()
                },
                person_id: *person,
                added: true,
            };
            let seq = self.next(tx, row.channel)?;
            events::reaction_changed_at(
                tx,
                row.channel,
                seq,
                By {
                    actor: *person,
                    now: at,
                },
                &event,
            )?;
        }
        Ok(())
    }
}

/// Who wrote in a topic follows it, if they are in the channel.
fn follow(tx: &mut dyn Tx, topic: &Topic, person: PersonId, by: By) -> Result<(), Error> {
    if topics::follow_as_member(tx, person, topic.id, topic.channel_id)? {
        let event = FollowChanged {
            channel_id: topic.channel_id,
            topic_id: topic.id,
            following: true,
        };
        events::follow_changed(tx, person, by, &event)?;
    }
    Ok(())
}

/// After the last message of a channel: what came after `before` counts as unread for nobody who had read all until
/// then. Whoever may have the channel open is told so.
pub fn import_settle(tx: &mut dyn Tx, channel: ChannelId, before: Seq, now: Timestamp) -> Result<(), Error> {
    let head = journal::head(tx, channel)?.unwrap_or_default();
    let mut moved = reading::move_caught_up(tx, channel, before, head)?;
    spaces::import_settle(tx, channel)?;
    if before > Seq(0) {
        let joined = reading::list_without_pointer(tx, channel)?;
        moved.extend(joined.into_iter().map(|person| (person, None)));
        for (person, topic_id) in moved {
            let counts = reading::get_counts(tx, person, channel, topic_id)?;
            let event = ReadMoved {
                channel_id: channel,
                topic_id,
                head,
                counts,
            };
            events::read_moved(tx, By { actor: person, now }, &event)?;
        }
    }
    Ok(())
}
