//! Whoever is erased was shown nothing.

use crate::store;
use accounts::{PERSON_ERASED, PersonErased};
use platform::{
    db::{Result, Tx},
    journal::{Heard, Listener},
};

pub(crate) fn listeners() -> Vec<Listener> {
    vec![Listener {
        kinds: &[PERSON_ERASED],
        hear: erased,
    }]
}

fn erased(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    match heard.body::<PersonErased>() {
        Some(erased) => store::forget_hints(tx, erased.person_id),
        None => Ok(()),
    }
}
