//! Asking.

use super::telling::{tell_moved, tell_opened};
use crate::{
    events::{AskCause, By},
    model::{ANNOUNCEMENTS_MAX, AskRow, Error, Head, OPEN_MAX, SMALL_CHANNEL, SeatRow, field},
    reading::{self, Wanted, askable, nobodys_hours},
    store,
    wire::{Ask, AskNeeds, AskTopic, AskedMessage, NewAsk},
};
use base::{MessageId, PersonId, Timestamp, TopicId};
use messages::{Message, Post, Posted};
use platform::db::Tx;
use spaces::{ChannelAccess, ChannelKind};
use timing::{
    charter::Pace,
    turn::{self, Needs},
};

/// Posts a message together with what it asks, or finds what an earlier try of the same sender has posted. The ask is written
/// down first, so that whoever hears of the message can look it up.
pub fn post_ask(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (post, new): (&Post, &NewAsk),
    now: Timestamp,
) -> Result<(Message, Option<Ask>), Error> {
    post_ask_with(tx, access, (post, new, None), now)
}

/// The same with a pace of its own, whatever the charter says there.
pub fn post_ask_with(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (post, new, pace): (&Post, &NewAsk, Option<Pace>),
    now: Timestamp,
) -> Result<(Message, Option<Ask>), Error> {
    if store::find_message(tx, post.id)?.is_some() {
        let (Posted::New(message) | Posted::Before(message)) = messages::post_message(tx, access, post, now)?;
        let ask = store::find(tx, post.id, access.person())?;
        return Ok((message, ask.map(|ask| ask.seen_by(Some(access.person())))));
    }
    access.require_post()?;
    let new = new.clone().clean("/ask", access.person(), now)?;
    let ask = open(tx, access, (post.id, post.topic, pace), ("/ask", &new), now)?;
    let (Posted::New(message) | Posted::Before(message)) = messages::post_message(tx, access, post, now)?;
    announce(tx, &ask, now)?;
    Ok((message, Some(ask.seen_by(Some(access.person())))))
}

/// The same, and the topic that begins with the message.
pub(crate) fn post_ask_in(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    asked: (&Post, &NewAsk),
    begun: Option<&AskTopic>,
    now: Timestamp,
) -> Result<AskedMessage, Error> {
    let (post, _) = asked;
    if begun.is_some() && post.topic.is_some() {
        return Err(field(
            "/topic",
            "a topic begins at a message of the stream, not inside another topic",
        ));
    }
    if let Some(AskTopic { title, .. }) = begun {
        words::check(tx, &[title], post.words_ok)?;
    }
    let (message, ask) = post_ask(tx, access, asked, now)?;
    let topic = begun
        .map(|AskTopic { id, title }| messages::begin_topic(tx, access, (*id, title), message.id, now))
        .transpose()?;
    Ok(AskedMessage { message, ask, topic })
}

/// Makes an ask of a message of one's own that stands there already. Twice is a conflict: what is asked stays as it was.
pub(crate) fn ask_with(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (id, new): (MessageId, &NewAsk),
    now: Timestamp,
) -> Result<Ask, Error> {
    let place = store::find_message(tx, id)?.filter(|place| place.channel == access.id());
    let place = place
        .filter(|place| access.may_see(place.seq) && !place.is_deleted)
        .ok_or(Error::NotFound)?;
    if place.author != access.person() {
        return Err(Error::Forbidden(
            "you can ask with your own messages; reply to this one to ask about it",
        ));
    }
    access.require_post()?;
    if store::find(tx, id, access.person())?.is_some() {
        return Err(Error::Exists);
    }
    let new = new.clone().clean("", access.person(), now)?;
    let ask = open(tx, access, (id, place.topic, None), ("", &new), now)?;
    announce(tx, &ask, now)?;
    Ok(ask.seen_by(Some(access.person())))
}

fn announce(tx: &mut dyn Tx, ask: &AskRow, now: Timestamp) -> Result<(), Error> {
    let by = By::person(ask.asker, now);
    tell_opened(tx, ask, by)?;
    let people = ask.seats.iter().map(|seat| seat.person).chain([ask.asker]);
    Ok(tell_moved(
        tx,
        ask,
        people.collect(),
        (by, AskCause::Opened, None),
    )?)
}

fn open(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (message, topic, pace): (MessageId, Option<TopicId>, Option<Pace>),
    (base, new): (&str, &NewAsk),
    now: Timestamp,
) -> Result<AskRow, Error> {
    if store::count_open(tx, access.person())? >= OPEN_MAX {
        return Err(Error::Forbidden(
            "2,000 of your asks are open; withdraw what you no longer need",
        ));
    }
    if new.everyone {
        check_everyone(tx, access)?;
    }
    let there = askable(tx, access, &new.people)?;
    if let Some(idx) = new.people.iter().position(|person| !there.contains(person)) {
        return Err(field(
            format!("{base}/people/{idx}"),
            "is not in this channel; bring them in first, or ask somebody else",
        ));
    }
    let wanted = Wanted {
        people: &new.people,
        kind: new.kind,
        topic,
        by: new.by,
    };
    let pace = match pace {
        Some(pace) => pace,
        None => reading::pace(tx, access, &wanted, now)?,
    };
    let needs = match new.needs {
        AskNeeds::Any => Needs::Any,
        AskNeeds::All => Needs::All,
    };
    let mut known = reading::list_hours(tx, &[new.people.as_slice(), &[access.person()]].concat())?;
    let mut hours_of = |person: PersonId| known.remove(&person).unwrap_or_else(nobodys_hours);
    let hours: Vec<_> = new
        .people
        .iter()
        .map(|person| (*person, hours_of(*person)))
        .collect();
    let people = hours.iter().map(|(person, hours)| (*person, hours));
    let asked = turn::Ask::new(access.person(), needs, pace, people, now);
    let ask = AskRow {
        message,
        channel: access.id(),
        asker: access.person(),
        kind: new.kind,
        needs: new.needs,
        everyone: new.everyone,
        pace,
        created_at: now,
        head: Head {
            // Everybody's own is reckoned when they look; this is what whoever asked goes by.
            due: if new.everyone {
                timing::due::due(pace, &hours_of(access.person()), now)
            } else {
                asked.due()
            },
            ..Head::default()
        },
        reminded_at: None,
        undo: None,
        seats: asked.seats.iter().map(|seat| SeatRow::of(seat, now)).collect(),
    };
    store::insert(tx, &ask)?;
    Ok(ask)
}

fn check_everyone(tx: &mut dyn Tx, access: &ChannelAccess) -> Result<(), Error> {
    let is_small = access.n_members() <= SMALL_CHANNEL;
    if !is_small && !access.can_manage() && access.kind() != ChannelKind::Announcement {
        return Err(Error::Forbidden(
            "in a channel of more than 50 people, those who look after it ask everybody",
        ));
    }
    if store::count_announcements(tx, access.id())? >= ANNOUNCEMENTS_MAX {
        return Err(Error::Forbidden(
            "20 announcements of this channel are still to be read; withdraw one of them first",
        ));
    }
    Ok(())
}
