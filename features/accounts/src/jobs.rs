//! What this slice does by itself: once a day it forgets sessions and links that have run out.
//!
//! Nobody depends on it: what has run out is not found anyway. It keeps the tables small, and old hashes off the disk.

use crate::store;
use base::Timestamp;
use platform::{
    db::{self, Tx},
    jobs::{Job, JobKind, Next},
};
use std::time::Duration;

const EVERY: Duration = Duration::from_secs(24 * 3600);

/// The kinds of jobs of this slice.
pub fn jobs() -> Vec<JobKind> {
    vec![JobKind {
        kind: "accounts.forget_old",
        run: forget_old,
        schedule: true,
    }]
}

fn forget_old(tx: &mut dyn Tx, _: &Job, now: Timestamp) -> db::Result<Next> {
    store::drop_old(tx, now)?;
    Ok(Next::At(now.after(EVERY)))
}
