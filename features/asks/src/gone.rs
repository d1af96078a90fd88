//! Asks that are over because their message is gone: a line in the lists of those concerned, for a week.
//!
//! Invariants: a line says who asked, where and when, and nothing of what was asked; whoever took the message away themselves
//! gets none. It is written in the transaction in which the message goes.

pub(crate) mod store;

use crate::{
    model::AskRow,
    wire::{AskSide, GoneAsk},
};
use base::{PersonId, Timestamp};
use platform::db::{Result, Tx};
use std::{collections::BTreeSet, time::Duration};

/// How long a line stays.
const KEPT: Duration = Duration::from_secs(7 * 24 * 3_600);
/// Lines of one list.
const SHOWN_MAX: i64 = 20;

/// Why a message is not there any more.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Went {
    ByRule,
    /// Somebody took it away.
    By(Option<PersonId>),
}

/// Notes for those concerned that an ask is over.
pub(crate) fn note(
    tx: &mut dyn Tx,
    (ask, people): (&AskRow, &BTreeSet<PersonId>),
    went: Went,
    now: Timestamp,
) -> Result<()> {
    store::drop_before(tx, now.before(KEPT))?;
    let by_rule = matches!(went, Went::ByRule);
    let knows = |person: PersonId| matches!(went, Went::By(Some(by)) if by == person);
    let others = people.iter().filter(|person| !knows(**person));
    for person in others {
        store::insert(tx, (*person, ask), by_rule, now)?;
    }
    Ok(())
}

/// What is over on one side of somebody's lists, newest first.
pub(crate) fn list(
    tx: &mut dyn Tx,
    (person, side): (PersonId, AskSide),
    now: Timestamp,
) -> Result<Vec<GoneAsk>> {
    store::list(tx, (person, side), now.before(KEPT), SHOWN_MAX)
}
