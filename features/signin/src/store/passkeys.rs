//! SQL of passkeys.

use base::{PersonId, Timestamp};
use platform::db::{Result, Row, Tx};
use uuid::Uuid;

platform::sql! {
    LIST_PASSKEYS = "select id, name, created_at, used_at, suspect_at from signin_passkey \
        where person_id = $1 and domain = $2 \
        order by created_at, id";
    LIST_CREDENTIALS = "select credential_id from signin_passkey where person_id = $1 and domain = $2";
    COUNT_PASSKEYS = "select count(*) from signin_passkey where person_id = $1 and domain = $2";
    FIND_PASSKEY = "select person_id, credential from signin_passkey where credential_id = $1 and domain = $2";
    PUT_PASSKEY = "insert into signin_passkey (credential_id, id, person_id, domain, name, credential, created_at) \
        values ($1, $2, $3, $4, $5, $6, $7) on conflict (credential_id) do nothing";
    NAME_PASSKEY = "update signin_passkey set name = $4 where id = $1 and person_id = $2 and domain = $3 \
        returning id, name, created_at, used_at, suspect_at";
    USE_PASSKEY = "update signin_passkey set credential = $3, used_at = $4 where credential_id = $1 and credential = $2";
    SUSPECT_PASSKEY = "update signin_passkey set suspect_at = $2 where credential_id = $1 and suspect_at is null \
        returning name";
    DROP_PASSKEY = "delete from signin_passkey where id = $1 and person_id = $2 returning name";
    DROP_PASSKEYS_OF = "delete from signin_passkey where person_id = $1";
}

/// A passkey as its person sees it.
#[derive(Debug)]
pub struct PasskeyRow {
    pub id: Uuid,
    pub name: String,
    pub created_at: Timestamp,
    pub used_at: Option<Timestamp>,
    pub suspect_at: Option<Timestamp>,
}

fn read(row: &dyn Row) -> Result<PasskeyRow> {
    Ok(PasskeyRow {
        id: row.get(0)?,
        name: row.get(1)?,
        created_at: row.get(2)?,
        used_at: row.get_optional(3)?,
        suspect_at: row.get_optional(4)?,
    })
}

/// The oldest first.
pub fn list(tx: &mut dyn Tx, person: PersonId, domain: &str) -> Result<Vec<PasskeyRow>> {
    tx.list(&LIST_PASSKEYS, &[person.into(), domain.into()], |row| read(row))
}

pub fn list_credential_ids(tx: &mut dyn Tx, person: PersonId, domain: &str) -> Result<Vec<Vec<u8>>> {
    tx.list(&LIST_CREDENTIALS, &[person.into(), domain.into()], |row| {
        row.get(0)
    })
}

pub fn count(tx: &mut dyn Tx, person: PersonId, domain: &str) -> Result<i64> {
    tx.one(&COUNT_PASSKEYS, &[person.into(), domain.into()], |row| row.get(0))
}

/// Whose it is, and the key.
#[derive(Debug, Clone)]
pub struct KeyRow {
    pub person: PersonId,
    pub credential: String,
}

pub fn find(tx: &mut dyn Tx, credential_id: &[u8], domain: &str) -> Result<Option<KeyRow>> {
    tx.find(&FIND_PASSKEY, &[credential_id.into(), domain.into()], |row| {
        Ok(KeyRow {
            person: row.get(0)?,
            credential: row.get(1)?,
        })
    })
}

/// A passkey to be.
#[derive(Debug)]
pub struct NewPasskey<'a> {
    pub credential_id: &'a [u8],
    pub person: PersonId,
    pub domain: &'a str,
    pub name: &'a str,
    pub credential: &'a str,
}

/// None: somebody has it already.
pub fn put(tx: &mut dyn Tx, new: &NewPasskey<'_>, now: Timestamp) -> Result<Option<PasskeyRow>> {
    let row = PasskeyRow {
        id: Uuid::now_v7(),
        name: new.name.to_owned(),
        created_at: now,
        used_at: None,
        suspect_at: None,
    };
    let args = [
        new.credential_id.into(),
        row.id.into(),
        new.person.into(),
        new.domain.into(),
        new.name.into(),
        new.credential.into(),
        now.into(),
    ];
    Ok((tx.exec(&PUT_PASSKEY, &args)? == 1).then_some(row))
}

pub fn rename(
    tx: &mut dyn Tx,
    (person, domain): (PersonId, &str),
    id: Uuid,
    name: &str,
) -> Result<Option<PasskeyRow>> {
    let args = [id.into(), person.into(), domain.into(), name.into()];
    tx.find(&NAME_PASSKEY, &args, |row| read(row))
}

/// Notes that it was used, with its key as it is then. False: it was used or removed meanwhile.
pub fn note_used(
    tx: &mut dyn Tx,
    credential_id: &[u8],
    (before, after): (&str, &str),
    now: Timestamp,
) -> Result<bool> {
    let args = [credential_id.into(), before.into(), after.into(), now.into()];
    Ok(tx.exec(&USE_PASSKEY, &args)? == 1)
}

/// Notes that there may be a copy of it, and gives what it is called. None: that is known.
pub fn suspect(tx: &mut dyn Tx, credential_id: &[u8], now: Timestamp) -> Result<Option<String>> {
    tx.find(&SUSPECT_PASSKEY, &[credential_id.into(), now.into()], |row| {
        row.get(0)
    })
}

/// What it was called.
pub fn drop_one(tx: &mut dyn Tx, person: PersonId, id: Uuid) -> Result<Option<String>> {
    tx.find(&DROP_PASSKEY, &[id.into(), person.into()], |row| row.get(0))
}

/// How many there were.
pub fn drop_all(tx: &mut dyn Tx, person: PersonId) -> Result<u64> {
    tx.exec(&DROP_PASSKEYS_OF, &[person.into()])
}
