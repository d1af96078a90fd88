//! The list of the workspace, and looking through texts with it.
//!
//! What was made of the words is kept in this process under the number of their change. The number is read in the
//! transaction that asks, so that a changed list holds from the next text on, in every process.

use crate::{
    model::{Error, Finders, Folded, WordList},
    store,
};
use platform::db::{self, Tx};
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// Lists that are kept ready: a server has one, tests have many servers.
const READY_MAX: usize = 8;

static READY: Mutex<Vec<(Uuid, Arc<Finders>)>> = Mutex::new(Vec::new());

/// Whether texts may be said. `is_agreed`: the sender was asked about words, and says them all the same.
pub fn check(tx: &mut dyn Tx, texts: &[&str], is_agreed: bool) -> Result<(), Error> {
    let Some(finders) = finders(tx)? else {
        return Ok(());
    };
    let folded = Folded::new(texts);
    let held = folded.find(&finders.hold);
    if !held.is_empty() {
        return Err(Error::Held(held));
    }
    let asked = folded.find(&finders.ask);
    if asked.is_empty() || is_agreed {
        Ok(())
    } else {
        Err(Error::Ask(asked))
    }
}

/// The words in a text that are to be reported.
pub fn find_reported(tx: &mut dyn Tx, text: &str) -> db::Result<Vec<String>> {
    Ok(match finders(tx)? {
        Some(finders) => Folded::new(&[text]).find(&finders.report),
        None => Vec::new(),
    })
}

/// None: there are no words.
fn finders(tx: &mut dyn Tx) -> db::Result<Option<Arc<Finders>>> {
    let Some(revision) = store::find_revision(tx)? else {
        return Ok(None);
    };
    if let Some(finders) = find_ready(revision) {
        return Ok(Some(finders));
    }
    let finders = Arc::new(Finders::new(&store::get(tx)?));
    let mut ready = READY.lock().unwrap_or_else(PoisonError::into_inner);
    ready.insert(0, (revision, finders.clone()));
    ready.truncate(READY_MAX);
    Ok(Some(finders))
}

fn find_ready(revision: Uuid) -> Option<Arc<Finders>> {
    let ready = READY.lock().unwrap_or_else(PoisonError::into_inner);
    let found = ready.iter().find(|(number, _)| *number == revision)?;
    Some(found.1.clone())
}

/// Puts a list in the place of the one before; an empty one is none.
pub(crate) fn put(tx: &mut dyn Tx, list: &WordList) -> db::Result<()> {
    if *list == WordList::default() {
        store::clear(tx)
    } else {
        store::put(tx, Uuid::now_v7(), list)
    }
}
