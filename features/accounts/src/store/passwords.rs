//! SQL of passwords, and of the links that set a new one. A link that has run out is not found.

use crate::token::TokenHash;
use base::{PersonId, Timestamp};
use platform::db::{Result, Tx};

platform::sql! {
    FIND_SIGN_IN = "select id, password_hash from person where email = $1 and deactivated_at is null";
    FIND_PASSWORD = "select email, name, password_hash from person where id = $1 and deactivated_at is null";
    CHANGE_PASSWORD = "update person \
        set password_hash = $1 \
        where id = $2 and password_hash = $3 and deactivated_at is null";
    SET_PASSWORD = "update person set password_hash = $1 where id = $2 and deactivated_at is null";

    KEEP_RESET = "insert into password_reset (person_id, token_hash, created_by, expires_at) \
        values ($1, $2, $3, $4) \
        on conflict (person_id) do update \
        set token_hash = excluded.token_hash, created_by = excluded.created_by, expires_at = excluded.expires_at";
    FIND_RESET = "select person.id, person.email, person.name \
        from password_reset \
        join person on person.id = password_reset.person_id \
        where password_reset.token_hash = $1 and password_reset.expires_at > $2 and person.deactivated_at is null";
    USE_RESET = "delete from password_reset where token_hash = $1 and expires_at > $2 returning person_id";
    DROP_RESET = "delete from password_reset where person_id = $1";
    DROP_OLD = "delete from password_reset where expires_at <= $1";
}

/// Who signs in with this address, and the hash of their password.
pub(crate) fn find_sign_in(tx: &mut dyn Tx, email: &str) -> Result<Option<(PersonId, String)>> {
    tx.find(&FIND_SIGN_IN, &[email.into()], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// What is needed to change a password.
#[derive(Debug)]
pub(crate) struct PasswordRow {
    pub email: String,
    pub name: String,
    pub password_hash: String,
}

pub(crate) fn find_password(tx: &mut dyn Tx, id: PersonId) -> Result<Option<PasswordRow>> {
    tx.find(&FIND_PASSWORD, &[id.into()], |row| {
        Ok(PasswordRow {
            email: row.get(0)?,
            name: row.get(1)?,
            password_hash: row.get(2)?,
        })
    })
}

/// False when the password is no longer `old`.
pub(crate) fn change_password(tx: &mut dyn Tx, id: PersonId, old: &str, new: &str) -> Result<bool> {
    Ok(tx.exec(&CHANGE_PASSWORD, &[new.into(), id.into(), old.into()])? == 1)
}

/// False when the person is deactivated.
pub(crate) fn set_password(tx: &mut dyn Tx, id: PersonId, new: &str) -> Result<bool> {
    Ok(tx.exec(&SET_PASSWORD, &[new.into(), id.into()])? == 1)
}

/// A link that sets a new password.
#[derive(Debug)]
pub(crate) struct NewReset {
    pub person: PersonId,
    pub token_hash: TokenHash,
    pub created_by: PersonId,
    pub expires_at: Timestamp,
}

/// Keeps a link; the person's older one is good no longer.
pub(crate) fn keep_reset(tx: &mut dyn Tx, reset: &NewReset) -> Result<()> {
    let args = [
        reset.person.into(),
        reset.token_hash.as_slice().into(),
        reset.created_by.into(),
        reset.expires_at.into(),
    ];
    tx.exec(&KEEP_RESET, &args).map(drop)
}

/// Whose password a link sets.
#[derive(Debug)]
pub(crate) struct ResetRow {
    pub person: PersonId,
    pub email: String,
    pub name: String,
}

pub(crate) fn find_reset(tx: &mut dyn Tx, token: &TokenHash, now: Timestamp) -> Result<Option<ResetRow>> {
    tx.find(&FIND_RESET, &[token.as_slice().into(), now.into()], |row| {
        Ok(ResetRow {
            person: row.get(0)?,
            email: row.get(1)?,
            name: row.get(2)?,
        })
    })
}

/// Takes a link away and says whose it was; None when somebody was faster, or it has run out.
pub(crate) fn use_reset(tx: &mut dyn Tx, token: &TokenHash, now: Timestamp) -> Result<Option<PersonId>> {
    tx.find(&USE_RESET, &[token.as_slice().into(), now.into()], |row| {
        row.get(0)
    })
}

pub(crate) fn drop_reset(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    tx.exec(&DROP_RESET, &[person.into()]).map(drop)
}

/// Forgets what has run out.
pub(crate) fn drop_old(tx: &mut dyn Tx, now: Timestamp) -> Result<()> {
    tx.exec(&DROP_OLD, &[now.into()]).map(drop)
}
