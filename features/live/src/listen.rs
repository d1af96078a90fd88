//! What goes with what: a session with its message, and who was in it with the person.

use crate::{events, store};
use accounts::{PERSON_ERASED, PersonErased};
use messages::MessageDeleted;
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
    match store::find_of_message(tx, deleted.message_id)? {
        Some(id) => store::forget(tx, id),
        None => Ok(()),
    }
}

fn forget_person(tx: &mut dyn Tx, heard: &Heard<'_>) -> db::Result<()> {
    let Some(erased) = heard.body::<PersonErased>() else {
        return Ok(());
    };
    let sessions = store::list_of_person(tx, erased.person_id)?;
    store::forget_person(tx, erased.person_id)?;
    for id in sessions {
        if let Some(session) = store::find(tx, id, heard.happened.at)? {
            events::live_changed(tx, &session, None, heard.happened.at)?;
        }
    }
    Ok(())
}
