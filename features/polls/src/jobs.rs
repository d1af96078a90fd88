//! What happens to polls by itself: they close at their time, go with their message, and forget whoever is erased.

use crate::{actions, events, store};
use accounts::{PERSON_ERASED, PersonErased};
use base::{PollId, Timestamp};
use messages::{HeldAnswer, MessageDeleted};
use platform::{
    db::{self, Tx},
    jobs::{self, Job, JobKind, Next},
    journal::{Heard, Listener},
};

const CLOSE: &str = "polls.close";

/// The kinds of jobs of this slice.
pub(crate) fn jobs() -> Vec<JobKind> {
    vec![JobKind {
        kind: CLOSE,
        run: close,
        schedule: false,
    }]
}

/// With the message its poll goes, votes and all, in the same transaction.
pub(crate) const FORGET_WITH_MESSAGE: Listener = Listener {
    kinds: &["message.deleted"],
    hear: forget,
};

/// With a person goes what they chose under their name.
pub(crate) const FORGET_WITH_PERSON: Listener = Listener {
    kinds: &[PERSON_ERASED],
    hear: forget_person,
};

/// Asks for the end of a poll at its time.
pub(crate) fn close_at(tx: &mut dyn Tx, poll: PollId, end: Timestamp) -> db::Result<()> {
    let id = poll.0.to_string();
    jobs::ask(tx, CLOSE, &id, &id, end)
}

fn close(tx: &mut dyn Tx, job: &Job, now: Timestamp) -> db::Result<Next> {
    let Ok(id) = job.body.parse().map(PollId) else {
        return Ok(Next::Done);
    };
    // At the beginning of time no end has come yet: what is closed there was closed by somebody.
    if let Some(poll) = store::find(tx, id, Timestamp(0))?
        && !poll.closed
    {
        actions::end(tx, &poll, None, now)?;
    }
    Ok(Next::Done)
}

fn forget(tx: &mut dyn Tx, heard: &Heard<'_>) -> db::Result<()> {
    let Some(deleted) = heard.body::<MessageDeleted>() else {
        return Ok(());
    };
    let Some(id) = store::find_of_message(tx, deleted.message_id)? else {
        return Ok(());
    };
    if let Some(poll) = store::find(tx, id, heard.happened.at)? {
        let answers = poll.options.into_iter().map(|option| HeldAnswer {
            text: option.text,
            n_votes: option.n,
        });
        messages::keep_answers(tx, deleted.message_id, &answers.collect::<Vec<_>>())?;
    }
    store::forget(tx, id)
}

fn forget_person(tx: &mut dyn Tx, heard: &Heard<'_>) -> db::Result<()> {
    let Some(erased) = heard.body::<PersonErased>() else {
        return Ok(());
    };
    let now = heard.happened.at;
    store::forget_prepared(tx, erased.person_id)?;
    for id in store::list_named_of(tx, erased.person_id)? {
        let Some(poll) = store::find(tx, id, now)? else {
            continue;
        };
        store::forget_voter(tx, &poll, erased.person_id)?;
        if let Some(poll) = store::find(tx, id, now)? {
            events::poll_changed(tx, &poll, None, now)?;
        }
    }
    Ok(())
}
