//! Who is erased is at no meeting any more, and what they had called for later is called off.

use crate::{actions, polls, store};
use accounts::{PERSON_ERASED, PersonErased};
use platform::{
    db::{Result, Tx},
    journal::{Heard, Listener},
};

pub(crate) fn listeners() -> Vec<Listener> {
    vec![Listener {
        kinds: &[PERSON_ERASED],
        hear: forget,
    }]
}

fn forget(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    let Some(erased) = heard.body::<PersonErased>() else {
        return Ok(());
    };
    let (person, now) = (erased.person_id, heard.happened.at);
    store::forget_person(tx, person)?;
    store::park::forget_person(tx, person)?;
    store::guests::forget_letters(tx, person.0)?;
    polls::forget_person(tx, person, now)?;
    for id in store::list_made_ahead(tx, person, now)? {
        actions::call_off(tx, id, (None, now))?;
    }
    Ok(())
}
