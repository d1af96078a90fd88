//! What this slice does by itself: once a day it forgets sessions and links that have run out, and it forgets deeds
//! that are older than the audit log keeps, and closes the sockets of a token on its day.
//!
//! Nobody depends on the first: what has run out is not found anyway. It keeps the tables small, and old hashes off the
//! disk.

use crate::{audit, store};
use base::{SessionId, Timestamp};
use platform::{
    db::{self, Tx},
    jobs::{self, Job, JobKind, Next},
    journal,
};
use std::time::Duration;

const EVERY: Duration = Duration::from_secs(24 * 3600);
const SOON: Duration = Duration::from_secs(1);
const END_TOKEN: &str = "accounts.end_token";

/// The kinds of jobs of this slice.
pub fn jobs() -> Vec<JobKind> {
    vec![
        JobKind {
            kind: "accounts.forget_old",
            run: forget_old,
            schedule: true,
        },
        JobKind {
            kind: "accounts.forget_deeds",
            run: forget_deeds,
            schedule: true,
        },
        JobKind {
            kind: END_TOKEN,
            run: end_token,
            schedule: false,
        },
    ]
}

/// Asks for the end of a token, at its time.
pub(crate) fn ask_end_of_token(tx: &mut dyn Tx, token: SessionId, expires_at: Timestamp) -> db::Result<()> {
    jobs::ask(tx, END_TOKEN, &token.to_string(), "{}", expires_at)
}

/// A token that was revoked before is not there any more.
fn end_token(tx: &mut dyn Tx, job: &Job, now: Timestamp) -> db::Result<Next> {
    let ended = match job.key.parse() {
        Ok(token) => store::sessions::end_run_out(tx, token, now)?,
        Err(_) => None,
    };
    if let Some(person) = ended {
        journal::access_changed(tx, person, now)?;
    }
    Ok(Next::Done)
}

fn forget_old(tx: &mut dyn Tx, _: &Job, now: Timestamp) -> db::Result<Next> {
    store::sessions::drop_old(tx, now)?;
    store::passwords::drop_old(tx, now)?;
    Ok(Next::At(now.after(EVERY)))
}

/// A batch at a time, so that nobody waits long behind it.
fn forget_deeds(tx: &mut dyn Tx, _: &Job, now: Timestamp) -> db::Result<Next> {
    let more = audit::drop_old(tx, now)?;
    Ok(Next::At(now.after(if more { SOON } else { EVERY })))
}
