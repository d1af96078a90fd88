//! Agreeing to be woken, place by place.

use crate::{
    events,
    model::Error,
    store::consents::{self, Place},
    wire::UrgentConsents,
};
use base::{PersonId, Timestamp};
use platform::db::Tx;

pub(crate) fn agree(tx: &mut dyn Tx, person: PersonId, place: Place, now: Timestamp) -> Result<(), Error> {
    if consents::agree(tx, person, place, now)? {
        events::consent_changed(tx, person, now)?;
    }
    Ok(())
}

pub(crate) fn take_back(
    tx: &mut dyn Tx,
    person: PersonId,
    place: Place,
    now: Timestamp,
) -> Result<(), Error> {
    if consents::take_back(tx, person, place)? {
        events::consent_changed(tx, person, now)?;
    }
    Ok(())
}

pub(crate) fn list(tx: &mut dyn Tx, person: PersonId) -> Result<UrgentConsents, Error> {
    Ok(UrgentConsents {
        items: consents::list(tx, person)?,
    })
}
