//! What happens to reports by themselves: a removed message needs nobody any more, and an erased person is in none.

use crate::{actions, model::Outcome, store::reports};
use accounts::{PERSON_ERASED, PersonErased};
use messages::MessageDeleted;
use platform::{
    db::{Result, Tx},
    journal::{Heard, Listener},
};

pub(crate) fn listeners() -> Vec<Listener> {
    vec![
        Listener {
            kinds: &["message.deleted"],
            hear: settle,
        },
        Listener {
            kinds: &[PERSON_ERASED],
            hear: erase,
        },
    ]
}

/// What its author deletes stays reported: somebody has minded it.
fn settle(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    let deleted = heard.body::<MessageDeleted>();
    let Some(deleted) = deleted.filter(|deleted| deleted.removed.is_some()) else {
        return Ok(());
    };
    let Some(report) = reports::find_open_of(tx, deleted.message_id)? else {
        return Ok(());
    };
    match (reports::find(tx, report)?, heard.happened.actor) {
        (Some(facts), Some(by)) => actions::handle(tx, facts, Outcome::Removed, (by, heard.happened.at)),
        _ => Ok(()),
    }
}

fn erase(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    match heard.body::<PersonErased>() {
        Some(erased) => reports::erase(tx, erased.person_id),
        None => Ok(()),
    }
}
