//! Reading the log on behalf of a reader who is behind.

use super::Frame;
use crate::{
    db::{Db, Error, Result, Tx},
    journal,
};
use base::{ScopeId, Seq};
use std::sync::Arc;

/// A reader who is further behind than this in one scope is told to read a fresh snapshot, which is smaller.
pub(super) const REPLAY_MAX: i64 = 1000;
/// The same bound over all scopes of one reader: about 4 MB of frames.
pub(super) const REPLAY_TOTAL_MAX: usize = 5000;

/// What lies after a cursor.
pub(crate) enum After {
    /// These events, in order, up to the head.
    Frames(Vec<Arc<Frame>>),
    /// Too many, or the cursor is from another history: start anew from here.
    Reset(Seq),
}

/// Reads what each of these cursors has not seen.
pub(super) async fn read_after(db: &Db, wanted: Vec<(ScopeId, Seq)>) -> Result<Vec<(ScopeId, After)>> {
    db.read(move |tx| {
        let mut budget = REPLAY_TOTAL_MAX;
        let mut found = Vec::with_capacity(wanted.len());
        for (scope, cursor) in &wanted {
            let after = read_one(tx, *scope, *cursor, REPLAY_MAX, &mut budget)?;
            found.push((*scope, after));
        }
        Ok::<_, Error>(found)
    })
    .await
}

/// Reads at most `max` events after a cursor, and counts them against `budget`.
pub(crate) fn read_one(
    tx: &mut dyn Tx,
    scope: ScopeId,
    cursor: Seq,
    max: i64,
    budget: &mut usize,
) -> Result<After> {
    let head = journal::head(tx, scope)?.unwrap_or_default();
    // The cursor is what a client says, so it may be anything.
    let n_behind = head.0.saturating_sub(cursor.0);
    if n_behind < 0 || n_behind > max || usize::try_from(n_behind).is_ok_and(|n| n > *budget) {
        return Ok(After::Reset(head));
    }
    let frames = if n_behind == 0 {
        Vec::new()
    } else {
        journal::read_after(tx, scope, cursor, max)?
    };
    // Old events of a person's own log are deleted after a while; then the cursor leads into nothing.
    if i64::try_from(frames.len()).is_ok_and(|n| n != n_behind) {
        return Ok(After::Reset(head));
    }
    *budget = budget.saturating_sub(frames.len());
    Ok(After::Frames(frames))
}
