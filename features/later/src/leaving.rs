//! What is done in the transactions of others: hours and zones that change, people and messages that go.

use crate::{firing, landing, reminders, store};
use accounts::{PERSON_CHANGED, PERSON_ERASED, PersonErased, PersonEvent};
use hours::HOURS_CHANGED;
use messages::MessageDeleted;
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
            kinds: &[PERSON_CHANGED],
            hear: follow_zone,
        },
        Listener {
            kinds: &["message.deleted"],
            hear: forget_message,
        },
    ]
}

fn forget(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    match heard.body::<PersonErased>() {
        Some(erased) => {
            reminders::store::forget(tx, erased.person_id)?;
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
    if landing::follow(tx, changed.person.id, heard.happened.at)? {
        firing::wake();
    }
    Ok(())
}

fn forget_message(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    match heard.body::<MessageDeleted>() {
        Some(deleted) => store::unsilence(tx, deleted.message_id),
        None => Ok(()),
    }
}
