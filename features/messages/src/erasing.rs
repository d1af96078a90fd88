//! What a person kept for themselves goes with them; what they wrote goes when they wanted that, a piece at a time.

use crate::{
    actions::{change, removal},
    events::By,
    levels::store as levels,
    model::Error,
    store::{erasing, messages, removals, slow},
};
use accounts::{ErasedMessages, PERSON_ERASED, PersonErased};
use base::{PersonId, Timestamp};
use platform::{
    db::{self, Tx},
    jobs::{self, Job, JobKind, Next},
    journal::{Heard, Listener},
};

const ERASE_MESSAGES: &str = "messages.erase_author";
/// Messages of one run: each is a few statements and an event.
const AT_ONCE: i64 = 200;

pub fn listener() -> Listener {
    Listener {
        kinds: &[PERSON_ERASED],
        hear,
    }
}

pub fn job() -> JobKind {
    JobKind {
        kind: ERASE_MESSAGES,
        run: erase_some,
        schedule: false,
    }
}

fn hear(tx: &mut dyn Tx, heard: &Heard<'_>) -> db::Result<()> {
    let Some(erased) = heard.body::<PersonErased>() else {
        return Ok(());
    };
    erasing::drop_own(tx, erased.person_id)?;
    levels::forget_person(tx, erased.person_id)?;
    slow::forget(tx, erased.person_id)?;
    for event in removals::drop_reasons_to(tx, erased.person_id)? {
        removal::redact_reason(tx, event)?;
    }
    match erased.messages {
        ErasedMessages::Keep => Ok(()),
        ErasedMessages::Delete => {
            let person = erased.person_id.0.to_string();
            jobs::ask(tx, ERASE_MESSAGES, &person, "{}", heard.happened.at)
        }
    }
}

/// Deletes some of what an author wrote, and comes back at once while there is more.
fn erase_some(tx: &mut dyn Tx, job: &Job, now: Timestamp) -> db::Result<Next> {
    let author = job.key.parse().map(PersonId).map_err(|_| db::Error::NoRow)?;
    let found = erasing::list_living(tx, author, AT_ONCE)?;
    let is_all = (found.len() as i64) < AT_ONCE;
    for id in found {
        if let Some(row) = messages::find(tx, id)? {
            let by = By { actor: author, now };
            change::delete_row(tx, &row, change::Deletion::Own, by).map_err(of_database)?;
        }
    }
    Ok(if is_all { Next::Done } else { Next::At(now) })
}

/// Nothing but the database refuses this.
pub(crate) fn of_database(err: Error) -> db::Error {
    match err {
        Error::Db(err) | Error::Spaces(spaces::Error::Db(err)) => err,
        _ => db::Error::NoRow,
    }
}
