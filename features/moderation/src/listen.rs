//! What happens to reports by themselves: a removed message needs nobody any more, and an erased person is in none.

use crate::{actions, model::Outcome, store::reports};
use accounts::{PERSON_ERASED, PersonErased};
use base::{ChannelId, MessageId, PersonId};
use messages::{MessageDeleted, MessageEdited, MessagePosted, TopicChanged};
use platform::{
    db::{Result, Tx},
    journal::{Heard, Listener},
};

pub(crate) fn listeners() -> Vec<Listener> {
    vec![
        Listener {
            kinds: &["message.deleted"],
            hear: settle,
        },
        Listener {
            kinds: &["message.posted", "message.edited"],
            hear: look_at_message,
        },
        Listener {
            kinds: &["topic.created", "topic.changed"],
            hear: look_at_title,
        },
        Listener {
            kinds: &[PERSON_ERASED],
            hear: erase,
        },
    ]
}

/// What its author deletes stays reported: somebody has minded it. What goes by a rule takes along what the report quotes of
/// it; that it was minded, and why, stays until somebody has looked at it.
fn settle(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    let deleted = heard.body::<MessageDeleted>();
    if let Some(gone) = deleted.filter(|deleted| deleted.by_rule) {
        return reports::forget_text(tx, gone.message_id);
    }
    let Some(deleted) = deleted.filter(|deleted| deleted.removed.is_some()) else {
        return Ok(());
    };
    let Some(report) = reports::find_open_of(tx, deleted.message_id)? else {
        return Ok(());
    };
    match (reports::find(tx, report)?, heard.happened.actor) {
        (Some(facts), Some(by)) => actions::handle(tx, facts, Outcome::Removed, (by, heard.happened.at)),
        _ => Ok(()),
    }
}

/// What the word list reports by itself.
fn look_at_message(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    let posted = heard.body::<MessagePosted>().map(|body| &body.message);
    let Some(message) = posted.or(heard.body::<MessageEdited>().map(|body| &body.message)) else {
        return Ok(());
    };
    // Without an actor nobody said anything: what it carried has gone.
    match heard.happened.actor {
        Some(_) => look_at(
            tx,
            heard,
            (message.channel_id, message.id),
            (message.author_id, &message.text),
        ),
        None => Ok(()),
    }
}

/// A title is said by whoever gave it, at the message where the topic begins.
fn look_at_title(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    let (Some(body), Some(actor)) = (heard.body::<TopicChanged>(), heard.happened.actor) else {
        return Ok(());
    };
    let topic = &body.topic;
    // A topic changes also in its state; what was reported once is not reported again.
    if reports::has_words(tx, topic.origin_id)? {
        return Ok(());
    }
    look_at(
        tx,
        heard,
        (topic.channel_id, topic.origin_id),
        (actor, &topic.title),
    )
}

fn look_at(
    tx: &mut dyn Tx,
    heard: &Heard<'_>,
    place: (ChannelId, MessageId),
    said: (PersonId, &str),
) -> Result<()> {
    let words = words::find_reported(tx, said.1)?;
    if words.is_empty() {
        return Ok(());
    }
    actions::report_words(tx, place, (said, &words), heard.happened.at)
}

fn erase(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    match heard.body::<PersonErased>() {
        Some(erased) => reports::erase(tx, erased.person_id),
        None => Ok(()),
    }
}
