//! What is done in the transactions of others: hours and zones that change, people and messages that go.

use crate::{firing, landing, reminders, routines, routines::rounds, store};
use accounts::{PERSON_CHANGED, PERSON_ERASED, PersonErased, PersonEvent};
use hours::{HOURS_CHANGED, TIME_POLICY_CHANGED};
use messages::{MessageDeleted, MessagePosted};
use platform::{
    db::{Result, Tx},
    journal::{Heard, Listener},
};

pub(crate) fn listeners() -> Vec<Listener> {
    vec![
        Listener {
            kinds: &[PERSON_ERASED],
            hear: forget,
        },
        Listener {
            kinds: &[HOURS_CHANGED],
            hear: follow_hours,
        },
        Listener {
            kinds: &[TIME_POLICY_CHANGED],
            hear: |tx, heard| landing::ask_follow_policy(tx, heard.happened.at),
        },
        Listener {
            kinds: &[PERSON_CHANGED],
            hear: follow_zone,
        },
        Listener {
            kinds: &["message.deleted"],
            hear: forget_message,
        },
        Listener {
            kinds: &["message.posted"],
            hear: answer,
        },
    ]
}

fn forget(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    match heard.body::<PersonErased>() {
        Some(erased) => {
            reminders::store::forget(tx, erased.person_id)?;
            routines::store::forget(tx, erased.person_id)?;
            rounds::store::forget(tx, erased.person_id)?;
            store::forget(tx, erased.person_id)
        }
        None => Ok(()),
    }
}

/// They are told on the log of whose hours they are.
fn follow_hours(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    let person = base::PersonId(heard.scope.0);
    if landing::follow(tx, person, heard.happened.at)? {
        firing::wake();
    }
    Ok(())
}

fn follow_zone(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    let Some(changed) = heard.body::<PersonEvent>() else {
        return Ok(());
    };
    let has_moved = rounds::follow(tx, &changed.person)?;
    if landing::follow(tx, changed.person.id, heard.happened.at)? || has_moved {
        firing::wake();
    }
    Ok(())
}

fn forget_message(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    match heard.body::<MessageDeleted>() {
        Some(deleted) => {
            rounds::forget_message(tx, deleted.message_id)?;
            reminders::forget_message(tx, deleted.message_id, heard.happened.at)?;
            store::unsilence(tx, deleted.message_id)
        }
        None => Ok(()),
    }
}

/// What is brought along from elsewhere answers nothing.
fn answer(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    let posted = heard.body::<MessagePosted>().filter(|posted| !posted.is_history);
    let Some((topic, message)) = posted.and_then(|posted| Some((posted.message.topic_id?, &posted.message)))
    else {
        return Ok(());
    };
    rounds::answered(tx, topic, message.author_id, heard.happened.at)
}
