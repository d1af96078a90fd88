//! What happens to office hours by itself: promises are looked at, places of who does not come move, and they go with their
//! message and their people.

use crate::{actions, store};
use accounts::{PERSON_ERASED, PersonErased};
use base::{OfficeId, PersonId, Timestamp};
use live::LiveChanged;
use messages::MessageDeleted;
use platform::{
    db::{self, Tx},
    jobs::{self, Job, JobKind, Next},
    journal::{Heard, Listener},
};

const LOOK: &str = "office.look";
const LOOK_FOR: &str = "office.look_for";

pub(crate) fn jobs() -> Vec<JobKind> {
    vec![
        JobKind {
            kind: LOOK,
            run: look,
            schedule: false,
        },
        JobKind {
            kind: LOOK_FOR,
            run: look_for_called,
            schedule: false,
        },
    ]
}

pub(crate) fn listeners() -> Vec<Listener> {
    vec![
        Listener {
            kinds: &["message.deleted"],
            hear: forget,
        },
        Listener {
            kinds: &["live.changed"],
            hear: session_changed,
        },
        Listener {
            kinds: &[PERSON_ERASED],
            hear: forget_person,
        },
    ]
}

/// Asks for the next look at the promises. Each moment is a job of its own; one that finds nothing to do does nothing.
pub(crate) fn look_at(tx: &mut dyn Tx, id: OfficeId, at: Timestamp) -> db::Result<()> {
    let key = format!("{}.{}", id.0, at.0);
    jobs::ask(tx, LOOK, &key, &id.0.to_string(), at)
}

/// Asks whether somebody who is called now is there then.
pub(crate) fn look_for(tx: &mut dyn Tx, id: OfficeId, person: PersonId, at: Timestamp) -> db::Result<()> {
    let body = format!("{} {}", id.0, person.0);
    jobs::ask(tx, LOOK_FOR, &format!("{body} {}", at.0), &body, at)
}

fn look(tx: &mut dyn Tx, job: &Job, now: Timestamp) -> db::Result<Next> {
    if let Ok(id) = job.body.parse().map(OfficeId) {
        actions::look(tx, id, now)?;
    }
    Ok(Next::Done)
}

fn look_for_called(tx: &mut dyn Tx, job: &Job, now: Timestamp) -> db::Result<Next> {
    if let Some((id, person)) = job.body.split_once(' ')
        && let (Ok(id), Ok(person)) = (id.parse(), person.parse())
    {
        actions::look_for(tx, (OfficeId(id), PersonId(person)), now)?;
    }
    Ok(Next::Done)
}

fn forget(tx: &mut dyn Tx, heard: &Heard<'_>) -> db::Result<()> {
    let Some(deleted) = heard.body::<MessageDeleted>() else {
        return Ok(());
    };
    match store::find_of_message(tx, deleted.message_id)? {
        Some(id) => store::forget(tx, id),
        None => Ok(()),
    }
}

fn session_changed(tx: &mut dyn Tx, heard: &Heard<'_>) -> db::Result<()> {
    match heard.body::<LiveChanged>() {
        Some(changed) => actions::heard_of(tx, &changed.session, heard.happened.at),
        None => Ok(()),
    }
}

/// Whoever is erased waits nowhere, and receives nobody any more.
fn forget_person(tx: &mut dyn Tx, heard: &Heard<'_>) -> db::Result<()> {
    let Some(erased) = heard.body::<PersonErased>() else {
        return Ok(());
    };
    let (person, now) = (erased.person_id, heard.happened.at);
    for id in store::list_of_person(tx, person)? {
        store::leave(tx, (id, person))?;
        actions::settle(tx, id, None, now)?;
    }
    for id in store::list_of_host(tx, person)? {
        if let Some(office) = store::find(tx, id)? {
            actions::close(tx, &office, None, now)?;
        }
    }
    Ok(())
}
