//! What happens to polls by itself: they close at their time, and go with their message.

use crate::{actions, store};
use base::{PollId, Timestamp};
use messages::MessageDeleted;
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
    match store::find_of_message(tx, deleted.message_id)? {
        Some(poll) => store::forget(tx, poll),
        None => Ok(()),
    }
}
