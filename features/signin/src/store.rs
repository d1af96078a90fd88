//! All SQL of this slice. Decides nothing.

pub mod passkeys;

use accounts::{Role, TokenHash, settings};
use base::{PersonId, Timestamp};
use platform::db::{Result, Tx};

platform::sql! {
    FIND_TOTP = "select sealed, confirmed_at from signin_totp where person_id = $1";
    DROP_UNCONFIRMED = "delete from signin_totp where person_id = $1 and confirmed_at is null";
    PUT_TOTP = "insert into signin_totp (person_id, sealed, confirmed_at, last_step, created_at) \
        values ($1, $2, $3, $4, $5) on conflict (person_id) do nothing";
    CONFIRM_TOTP = "update signin_totp set confirmed_at = $2, last_step = $3 \
        where person_id = $1 and confirmed_at is null";
    USE_STEP = "update signin_totp set last_step = $2 where person_id = $1 and last_step < $2";
    DROP_TOTP = "delete from signin_totp where person_id = $1";
    DROP_CODES = "delete from signin_recovery_code where person_id = $1";
    PUT_CODE = "insert into signin_recovery_code (code_hash, person_id) values ($1, $2)";
    USE_CODE = "delete from signin_recovery_code where code_hash = $1 and person_id = $2";
    COUNT_CODES = "select count(*) from signin_recovery_code where person_id = $1";

    PUT_FLOW = "insert into signin_flow (token_hash, kind, person_id, state, n_wrong, expires_at) \
        values ($1, $2, $3, $4, 0, $5)";
    FIND_FLOW = "select person_id, state, n_wrong from signin_flow \
        where token_hash = $1 and kind = $2 and expires_at > $3";
    CHANGE_FLOW = "update signin_flow set state = $2, expires_at = $3 where token_hash = $1";
    COUNT_WRONG = "update signin_flow set n_wrong = n_wrong + 1 where token_hash = $1";
    END_FLOW = "delete from signin_flow where token_hash = $1";
    DROP_FLOWS_OF = "delete from signin_flow where person_id = $1";
    DROP_OLD_FLOWS = "delete from signin_flow where expires_at <= $1";

    FIND_IDENTITY = "select person_id from signin_identity where issuer = $1 and subject = $2";
    FIND_IDENTITY_OF = "select created_at from signin_identity where person_id = $1 order by created_at limit 1";
    PUT_IDENTITY = "insert into signin_identity (issuer, subject, person_id, created_at, used_at) \
        values ($1, $2, $3, $4, $4) on conflict (issuer, subject) do update set used_at = excluded.used_at";
    DROP_IDENTITIES_OF = "delete from signin_identity where person_id = $1";
}

/// The setting that says which roles need a second step.
const POLICY: &str = "signin.second_step_roles";

/// The second step of a person.
#[derive(Debug)]
pub struct TotpRow {
    pub sealed: String,
    pub confirmed_at: Option<Timestamp>,
}

pub fn find_totp(tx: &mut dyn Tx, person: PersonId) -> Result<Option<TotpRow>> {
    tx.find(&FIND_TOTP, &[person.into()], |row| {
        Ok(TotpRow {
            sealed: row.get(0)?,
            confirmed_at: row.get_optional(1)?,
        })
    })
}

pub fn has_second_step(tx: &mut dyn Tx, person: PersonId) -> Result<bool> {
    Ok(find_totp(tx, person)?.is_some_and(|row| row.confirmed_at.is_some()))
}

/// False: there is a confirmed one.
pub fn offer_totp(tx: &mut dyn Tx, person: PersonId, sealed: &str, now: Timestamp) -> Result<bool> {
    tx.exec(&DROP_UNCONFIRMED, &[person.into()])?;
    let args = [
        person.into(),
        sealed.into(),
        None::<i64>.into(),
        0.into(),
        now.into(),
    ];
    Ok(tx.exec(&PUT_TOTP, &args)? == 1)
}

/// False: it was confirmed meanwhile.
pub fn confirm_totp(tx: &mut dyn Tx, person: PersonId, step: i64, now: Timestamp) -> Result<bool> {
    Ok(tx.exec(&CONFIRM_TOTP, &[person.into(), now.into(), step.into()])? == 1)
}

/// False: a code of this step, or of a later one, was taken already.
pub fn use_step(tx: &mut dyn Tx, person: PersonId, step: i64) -> Result<bool> {
    Ok(tx.exec(&USE_STEP, &[person.into(), step.into()])? == 1)
}

/// Takes the second step away, codes and all. False: there was none.
pub fn drop_second_step(tx: &mut dyn Tx, person: PersonId) -> Result<bool> {
    tx.exec(&DROP_CODES, &[person.into()])?;
    Ok(tx.exec(&DROP_TOTP, &[person.into()])? == 1)
}

pub fn replace_codes(tx: &mut dyn Tx, person: PersonId, hashes: &[[u8; 32]]) -> Result<()> {
    tx.exec(&DROP_CODES, &[person.into()])?;
    for hash in hashes {
        tx.exec(&PUT_CODE, &[hash.as_slice().into(), person.into()])?;
    }
    Ok(())
}

/// Deleting it is using it: of two at once, one finds nothing.
pub fn use_code(tx: &mut dyn Tx, person: PersonId, hash: &[u8; 32]) -> Result<bool> {
    Ok(tx.exec(&USE_CODE, &[hash.as_slice().into(), person.into()])? == 1)
}

pub fn count_codes(tx: &mut dyn Tx, person: PersonId) -> Result<i64> {
    tx.one(&COUNT_CODES, &[person.into()], |row| row.get(0))
}

/// What was begun.
#[derive(Debug)]
pub struct FlowRow {
    pub person: Option<PersonId>,
    pub state: String,
    pub n_wrong: i64,
}

/// What is begun.
#[derive(Debug)]
pub struct NewFlow<'a> {
    pub token: TokenHash,
    pub kind: &'static str,
    pub person: Option<PersonId>,
    pub state: &'a str,
    pub expires_at: Timestamp,
}

pub fn put_flow(tx: &mut dyn Tx, flow: &NewFlow<'_>) -> Result<()> {
    let args = [
        flow.token.as_slice().into(),
        flow.kind.into(),
        flow.person.into(),
        flow.state.into(),
        flow.expires_at.into(),
    ];
    tx.exec(&PUT_FLOW, &args).map(drop)
}

pub fn find_flow(tx: &mut dyn Tx, token: &TokenHash, kind: &str, now: Timestamp) -> Result<Option<FlowRow>> {
    tx.find(
        &FIND_FLOW,
        &[token.as_slice().into(), kind.into(), now.into()],
        |row| {
            Ok(FlowRow {
                person: row.get_optional(0)?,
                state: row.get(1)?,
                n_wrong: row.get(2)?,
            })
        },
    )
}

pub fn change_flow(tx: &mut dyn Tx, token: &TokenHash, state: &str, expires_at: Timestamp) -> Result<()> {
    tx.exec(
        &CHANGE_FLOW,
        &[token.as_slice().into(), state.into(), expires_at.into()],
    )
    .map(drop)
}

pub fn count_wrong(tx: &mut dyn Tx, token: &TokenHash) -> Result<()> {
    tx.exec(&COUNT_WRONG, &[token.as_slice().into()]).map(drop)
}

/// False: somebody was faster.
pub fn end_flow(tx: &mut dyn Tx, token: &TokenHash) -> Result<bool> {
    Ok(tx.exec(&END_FLOW, &[token.as_slice().into()])? == 1)
}

pub fn drop_old_flows(tx: &mut dyn Tx, now: Timestamp) -> Result<()> {
    tx.exec(&DROP_OLD_FLOWS, &[now.into()]).map(drop)
}

/// Everything about a person.
pub fn forget(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    drop_second_step(tx, person)?;
    passkeys::drop_all(tx, person)?;
    for statement in [&DROP_FLOWS_OF, &DROP_IDENTITIES_OF] {
        tx.exec(statement, &[person.into()])?;
    }
    Ok(())
}

/// Roles that need a second step.
pub fn find_policy(tx: &mut dyn Tx) -> Result<Vec<Role>> {
    let words = settings::find(tx, POLICY)?.unwrap_or_default();
    Ok(words.split(' ').filter_map(Role::parse).collect())
}

pub fn set_policy(tx: &mut dyn Tx, roles: &[Role]) -> Result<()> {
    let words: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
    settings::put(tx, POLICY, Some(&words.join(" ")))
}

/// Who somebody is at another server: only both together say it.
#[derive(Debug)]
pub struct Identity<'a> {
    pub issuer: &'a str,
    pub subject: &'a str,
}

pub fn find_identity(tx: &mut dyn Tx, identity: &Identity<'_>) -> Result<Option<PersonId>> {
    tx.find(
        &FIND_IDENTITY,
        &[identity.issuer.into(), identity.subject.into()],
        |row| row.get(0),
    )
}

/// Since when a person's account is tied to another server.
pub fn find_identity_of(tx: &mut dyn Tx, person: PersonId) -> Result<Option<Timestamp>> {
    tx.find(&FIND_IDENTITY_OF, &[person.into()], |row| row.get(0))
}

/// Ties an account to it, or notes that it was used again.
pub fn put_identity(
    tx: &mut dyn Tx,
    identity: &Identity<'_>,
    person: PersonId,
    now: Timestamp,
) -> Result<()> {
    let args = [
        identity.issuer.into(),
        identity.subject.into(),
        person.into(),
        now.into(),
    ];
    tx.exec(&PUT_IDENTITY, &args).map(drop)
}

/// How many there were.
pub fn drop_identities(tx: &mut dyn Tx, person: PersonId) -> Result<u64> {
    tx.exec(&DROP_IDENTITIES_OF, &[person.into()])
}
