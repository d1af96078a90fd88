//! What happens to decisions by itself: when the time of those who were absent has passed, they are final.

use crate::actions;
use base::{LiveId, Timestamp};
use platform::{
    db::{self, Tx},
    jobs::{self, Job, JobKind, Next},
};

const SETTLE: &str = "live.settle";

/// The kinds of jobs of this slice.
pub(crate) fn jobs() -> Vec<JobKind> {
    vec![JobKind {
        kind: SETTLE,
        run: settle,
        schedule: false,
    }]
}

/// Asks for the end of the window of a decision.
pub(crate) fn settle_at(tx: &mut dyn Tx, id: LiveId, until: Timestamp) -> db::Result<()> {
    let id = id.0.to_string();
    jobs::ask(tx, SETTLE, &id, &id, until)
}

fn settle(tx: &mut dyn Tx, job: &Job, now: Timestamp) -> db::Result<Next> {
    if let Ok(id) = job.body.parse().map(LiveId) {
        actions::deciding::settle(tx, id, now)?;
    }
    Ok(Next::Done)
}
