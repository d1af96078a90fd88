//! SQL of guests who came by a link.

use crate::{model, store::PersonRow};
use base::{PersonId, Timestamp};
use platform::db::{Result, Tx};

platform::sql! {
    CREATE = "insert into person (id, email, password_hash, name, name_key, time_zone, language, role, onboarded, \
            created_at, link_guest) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, 1)";
    EXTEND = "update session set expires_at = $2 where person_id = $1";
}

/// Nobody else has their address: it is made of their id.
pub(super) fn create(tx: &mut dyn Tx, guest: &PersonRow<'_>, now: Timestamp) -> Result<()> {
    let name_key = model::name_key(guest.name);
    let args = [
        guest.id.into(),
        guest.email.into(),
        guest.password_hash.into(),
        guest.name.into(),
        (&name_key).into(),
        guest.time_zone.into(),
        guest.language.into(),
        guest.role.as_str().into(),
        now.into(),
    ];
    tx.exec(&CREATE, &args).map(drop)
}

/// Sets the end of their sessions.
pub(super) fn extend(tx: &mut dyn Tx, guest: PersonId, expires_at: Timestamp) -> Result<()> {
    tx.exec(&EXTEND, &[guest.into(), expires_at.into()]).map(drop)
}
