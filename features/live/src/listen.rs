//! What goes with what: a session with its message, and who was in it with the person.

use crate::{actions::deciding, events, model::Error, store};
use accounts::{PERSON_ERASED, PersonErased};
use asks::{ASK_CHANGED, AskChanged, AskState};
use messages::{MessageDeleted, TopicChanged, TopicState};
use platform::{
    db::{self, Tx},
    journal::{Heard, Listener},
};

pub(crate) fn listeners() -> Vec<Listener> {
    vec![
        Listener {
            kinds: &["message.deleted"],
            hear: forget,
        },
        Listener {
            kinds: &["topic.changed"],
            hear: reopened,
        },
        Listener {
            kinds: &[ASK_CHANGED],
            hear: answered,
        },
        Listener {
            kinds: &[PERSON_ERASED],
            hear: forget_person,
        },
    ]
}

/// A room that still runs is closed when rooms and record are compared.
fn forget(tx: &mut dyn Tx, heard: &Heard<'_>) -> db::Result<()> {
    let Some(deleted) = heard.body::<MessageDeleted>() else {
        return Ok(());
    };
    store::decisions::forget_of_message(tx, deleted.message_id)?;
    match store::find_of_message(tx, deleted.message_id)? {
        Some(id) => store::forget(tx, id),
        None => Ok(()),
    }
}

/// A topic that is open again has no decision: it has met an objection.
fn reopened(tx: &mut dyn Tx, heard: &Heard<'_>) -> db::Result<()> {
    match heard.body::<TopicChanged>() {
        Some(changed) if changed.topic.state != TopicState::Decided => {
            let (by, now) = (heard.happened.actor, heard.happened.at);
            match deciding::reopened(tx, changed.topic.id, by, now) {
                Err(Error::Db(error)) => Err(error),
                Err(error) => {
                    tracing::warn!(error = %error, "a decision that was objected to is still asked about");
                    Ok(())
                }
                Ok(()) => Ok(()),
            }
        }
        _ => Ok(()),
    }
}

/// When nobody is asked any more, a decision is final.
fn answered(tx: &mut dyn Tx, heard: &Heard<'_>) -> db::Result<()> {
    let Some(AskChanged { ask }) = heard.body::<AskChanged>() else {
        return Ok(());
    };
    if ask.state == AskState::Open {
        return Ok(());
    }
    match store::decisions::find_of_message(tx, ask.message_id)? {
        Some(id) => deciding::settle(tx, id, heard.happened.at),
        None => Ok(()),
    }
}

fn forget_person(tx: &mut dyn Tx, heard: &Heard<'_>) -> db::Result<()> {
    let Some(erased) = heard.body::<PersonErased>() else {
        return Ok(());
    };
    store::decisions::unname(tx, erased.person_id)?;
    let sessions = store::list_of_person(tx, erased.person_id)?;
    store::forget_person(tx, erased.person_id)?;
    for id in sessions {
        if let Some(session) = store::find(tx, id, heard.happened.at)? {
            events::live_changed(tx, (&session, events::Touched::Many), None, heard.happened.at)?;
        }
    }
    Ok(())
}
