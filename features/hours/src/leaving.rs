//! Who is erased leaves no hours behind.

use crate::store;
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
    match heard.body::<PersonErased>() {
        Some(erased) => store::remove(tx, erased.person_id),
        None => Ok(()),
    }
}
