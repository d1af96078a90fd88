//! Who is erased leaves nothing here.

use crate::store;
use accounts::PERSON_ERASED;
use base::PersonId;
use platform::{
    db::{Result, Tx},
    journal::{Heard, Listener},
};

pub fn listeners() -> Vec<Listener> {
    vec![Listener {
        kinds: &[PERSON_ERASED],
        hear: forget,
    }]
}

fn forget(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    store::forget(tx, PersonId(heard.scope.0))
}
