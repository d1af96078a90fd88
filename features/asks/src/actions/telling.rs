//! Who is told what of an ask.

use crate::{
    events::{self, ASK_CHANGED, ASK_OPENED, AskCause, AskChanged, AskMoved, By},
    model::AskRow,
    wire::AskMoveKind,
};
use base::PersonId;
use platform::db::{Result, Tx};
use std::collections::BTreeSet;

/// Tells the channel that a message wants an answer.
pub(crate) fn tell_opened(tx: &mut dyn Tx, ask: &AskRow, by: By) -> Result<()> {
    let event = AskChanged {
        ask: ask.told_to(None),
    };
    events::ask_changed(tx, ASK_OPENED, by, &event)
}

/// Tells the channel how it stands; of an announcement only its end.
pub(crate) fn tell_changed(tx: &mut dyn Tx, (before, after): (&AskRow, &AskRow), by: By) -> Result<()> {
    if after.everyone && before.is_open() == after.is_open() {
        return Ok(());
    }
    let event = AskChanged {
        ask: after.told_to(None),
    };
    events::ask_changed(tx, ASK_CHANGED, by, &event)
}

/// Tells these people, each as they see it.
pub(crate) fn tell_moved(
    tx: &mut dyn Tx,
    ask: &AskRow,
    people: BTreeSet<PersonId>,
    (by, cause, by_move): (By, AskCause, Option<AskMoveKind>),
) -> Result<()> {
    for person in people {
        let event = AskMoved {
            ask: ask.told_to(Some(person)),
            cause,
            by_move,
        };
        events::ask_moved(tx, person, by, &event)?;
    }
    Ok(())
}
