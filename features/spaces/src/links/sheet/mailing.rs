//! The letters of a list, a few at a time and out of everybody's way.

use crate::{
    links::{letters::mail_invitation, store, wire::Invitation},
    model::Error,
};
use base::{InvitationId, JobId, PersonId, Timestamp};
use platform::{
    db::{self, Tx},
    jobs::{self, Job, JobKind, Next},
};
use serde::{Deserialize, Serialize};

/// Letters that one job writes: its transaction is short.
const TOGETHER: usize = 50;
const MAIL: &str = "spaces.mail_invitations";

/// A letter to be. Its link stands here until it is written, and in the letter until that is sent.
#[derive(Serialize, Deserialize)]
pub(super) struct Letter {
    pub invitation: InvitationId,
    pub url: String,
    pub email: String,
    pub name: String,
}

#[derive(Serialize, Deserialize)]
struct Order<L> {
    by: PersonId,
    letters: L,
}

/// Asks for letters, in the transaction that made the invitations.
pub(super) fn ask_letters(
    tx: &mut dyn Tx,
    by: PersonId,
    letters: &[Letter],
    now: Timestamp,
) -> db::Result<()> {
    for letters in letters.chunks(TOGETHER) {
        let order = Order { by, letters };
        let body = serde_json::to_string(&order).map_err(|_| db::Error::NoRow)?;
        jobs::ask(tx, MAIL, &JobId::random().to_string(), &body, now)?;
    }
    Ok(())
}

/// The job that writes them.
pub(crate) fn job() -> JobKind {
    JobKind {
        kind: MAIL,
        run: write_letters,
        schedule: false,
    }
}

fn write_letters(tx: &mut dyn Tx, job: &Job, now: Timestamp) -> db::Result<Next> {
    let order: Order<Vec<Letter>> = serde_json::from_str(&job.body).map_err(|_| db::Error::NoRow)?;
    for letter in order.letters {
        // One that was taken back meanwhile needs no letter.
        let row = store::find_invitation_by_id(tx, letter.invitation)?.filter(|row| row.is_valid(now));
        let Some(row) = row else { continue };
        let invitation = Invitation::new(row, Some(letter.url));
        match mail_invitation(tx, order.by, &invitation, (&letter.email, &letter.name), now) {
            Ok(()) => {}
            Err(Error::Db(error)) => return Err(error),
            // The others must not wait for one that no letter can be written to.
            Err(error) => tracing::warn!(error = %error, "could not write a letter of a list"),
        }
    }
    Ok(Next::Done)
}
