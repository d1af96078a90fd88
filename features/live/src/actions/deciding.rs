//! What comes of a session: a decision that those who were absent can still object to, or questions with people who answer.

use super::{get, said};
use crate::{
    events::Touched,
    jobs,
    model::{ASKS_MAX, Error, WINDOW_MAX},
    store::{self, decisions},
    wire::{EndLive, LiveOutcome, LiveSession, NewLiveAsk, NewLiveDecision, ObjectLive},
};
use asks::{AskKind, AskNeeds, NewAsk};
use base::{LiveId, PersonId, Timestamp, TopicId};
use messages::{Card, Post, Text, clean_decision, decide_topic, post_message};
use platform::db::Tx;
use spaces::ChannelAccess;
use timing::charter::{Pace, WORKING_DAY};

/// People who are asked because they were absent, as many as an ask has.
const ABSENT_MAX: usize = 50;
/// The word by which the app finds what draws the card of a decision.
const CARD: &str = "decision";

/// Notes in the topic what the end of a session says.
pub(crate) fn settle_outcome(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (session, end): (&LiveSession, &EndLive),
    now: Timestamp,
) -> Result<(), Error> {
    match (end.outcome, &end.decision) {
        (LiveOutcome::Decision, Some(decision)) => decide(tx, access, (session, decision), now),
        (LiveOutcome::Decision, None) => Err(Error::Field {
            pointer: "/decision",
            detail: "say in a sentence what was decided",
        }),
        (LiveOutcome::Asks, _) if !(1..=ASKS_MAX).contains(&end.asks.len()) => Err(Error::Field {
            pointer: "/asks",
            detail: "1 to 10 questions that are open",
        }),
        (LiveOutcome::Asks, _) => {
            let topic = topic_of(session)?;
            end.asks
                .iter()
                .try_for_each(|new| ask(tx, access, (topic, new), now))
        }
        (LiveOutcome::None, _) => Ok(()),
    }
}

fn topic_of(session: &LiveSession) -> Result<TopicId, Error> {
    session.backchannel_id.ok_or(Error::Forbidden(
        "this session has no topic in which it could be noted",
    ))
}

fn post_of(id: base::MessageId, topic: TopicId, text: &str) -> Result<Post, Error> {
    Ok(Post {
        id,
        text: Text::read(text)?,
        files: Vec::new(),
        topic: Some(topic),
        quote: None,
        everyone_ok: false,
        words_ok: true,
        forward: None,
        card: None,
    })
}

fn decide(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (session, new): (&LiveSession, &NewLiveDecision),
    now: Timestamp,
) -> Result<(), Error> {
    let text = clean_decision(&new.text)?.ok_or(Error::Field {
        pointer: "/decision/text",
        detail: "say in a sentence what was decided",
    })?;
    // A topic that went into another one is decided there.
    let topic = messages::get_topic(tx, access, topic_of(session)?)?.id;
    let card = Card {
        kind: CARD.to_owned(),
        id: session.id.0,
    };
    let post = Post {
        words_ok: new.words_ok,
        card: Some(card),
        ..post_of(new.message_id, topic, &text)?
    };
    let is_final = new.is_final || decisions::was_objected(tx, topic)?;
    let open_until = if new.absent.is_empty() {
        post_message(tx, access, &post, now)?;
        None
    } else {
        let asked = NewAsk {
            kind: AskKind::Feedback,
            people: new.absent.clone(),
            everyone: false,
            needs: AskNeeds::All,
            by: None,
        };
        let pace = Some(Pace::Working(WORKING_DAY));
        let (_, ask) = asks::post_ask_with(tx, access, (&post, &asked, pace), now)?;
        let latest = now.after(WINDOW_MAX);
        let until = ask.and_then(|ask| ask.due).map_or(latest, |due| due.min(latest));
        (!is_final).then_some(until)
    };
    decide_topic(tx, access, (topic, Some(&text)), now)?;
    let decided = decisions::Decided {
        message: new.message_id,
        topic,
        by: access.person(),
        open_until,
    };
    decisions::insert(tx, session.id, &decided, now)?;
    if let Some(until) = open_until {
        jobs::settle_at(tx, session.id, until)?;
    }
    Ok(())
}

fn ask(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (topic, new): (TopicId, &NewLiveAsk),
    now: Timestamp,
) -> Result<(), Error> {
    let post = post_of(new.message_id, topic, &new.text)?;
    let asked = NewAsk {
        kind: AskKind::Question,
        people: new.people.clone(),
        everyone: false,
        needs: AskNeeds::Any,
        by: None,
    };
    Ok(asks::post_ask(tx, access, (&post, &asked), now).map(drop)?)
}

/// Who could be asked because they were absent: people who can be asked there, at most 50.
pub(crate) fn list_absent(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    id: LiveId,
    now: Timestamp,
) -> Result<Vec<PersonId>, Error> {
    let session = get(tx, access, id, now)?;
    let of = (session.channel_id, session.backchannel_id);
    let called = decisions::list_absent(tx, (id, session.message_id), of)?;
    let members = spaces::members_among(tx, access, &called)?;
    let mut people = spaces::readers_among(tx, access, &members)?;
    people.retain(|person| *person != access.person());
    people.truncate(ABSENT_MAX);
    Ok(people)
}

/// Whether somebody was asked about a decision that is still provisional.
pub(crate) fn may_object(
    tx: &mut dyn Tx,
    session: &LiveSession,
    person: PersonId,
) -> Result<bool, platform::db::Error> {
    match &session.decision {
        Some(decision) if decision.final_at.is_none() && decision.objected_at.is_none() => {
            decisions::has_seat(tx, decision.message_id, person)
        }
        _ => Ok(false),
    }
}

/// Objects to a decision that is provisional: its topic is open again, with the reason in it.
pub(crate) fn object(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (id, new, text): (LiveId, &ObjectLive, &Text),
    now: Timestamp,
) -> Result<LiveSession, Error> {
    access.require_post()?;
    let session = get(tx, access, id, now)?;
    let Some(decision) = &session.decision else {
        return Err(Error::NotFound);
    };
    if !decisions::has_seat(tx, decision.message_id, access.person())? {
        return Err(Error::Forbidden(
            "those object who were absent and were asked; say what you think in the topic",
        ));
    }
    if decision.objected_by == Some(access.person()) {
        return Ok(session);
    }
    if decision.final_at.is_some() || decision.objected_at.is_some() {
        return Err(Error::Forbidden(
            "the decision is not provisional any more; say what you think in the topic",
        ));
    }
    let topic = topic_of(&session)?;
    let message = decision.message_id;
    decide_topic(tx, access, (topic, None), now)?;
    let post = Post {
        id: new.message_id,
        text: text.clone(),
        files: Vec::new(),
        topic: Some(topic),
        quote: Some(message),
        everyone_ok: false,
        words_ok: new.words_ok,
        forward: None,
        card: None,
    };
    post_message(tx, access, &post, now)?;
    get(tx, access, id, now)
}

/// A topic is open again: what was provisional in it has met an objection, and nobody is asked about it any more.
pub(crate) fn reopened(
    tx: &mut dyn Tx,
    topic: TopicId,
    by: Option<PersonId>,
    now: Timestamp,
) -> Result<(), Error> {
    for id in decisions::list_provisional(tx, topic)? {
        if decisions::object(tx, id, by, now)? {
            if let Some(decision) = store::find(tx, id, now)?.and_then(|session| session.decision) {
                asks::withdraw(tx, decision.message_id, now)?;
            }
            said(tx, (id, Touched::Nobody), by, now)?;
        }
    }
    Ok(())
}

/// Everybody who was absent has answered, or the window has passed.
pub(crate) fn settle(tx: &mut dyn Tx, id: LiveId, now: Timestamp) -> Result<(), platform::db::Error> {
    if decisions::settle(tx, id, now)? {
        said(tx, (id, Touched::Nobody), None, now)?;
    }
    Ok(())
}
