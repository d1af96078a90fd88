//! Whoever is erased blocks nobody and is blocked by nobody.

use super::store;
use accounts::{PERSON_ERASED, PersonErased};
use platform::{
    db::{Result, Tx},
    journal::{Heard, Listener},
};

pub fn listener() -> Listener {
    Listener {
        kinds: &[PERSON_ERASED],
        hear,
    }
}

fn hear(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    match heard.body::<PersonErased>() {
        Some(erased) => store::erase(tx, erased.person_id),
        None => Ok(()),
    }
}
