//! SQL of sessions: of people in browsers, and of programs with a token.
//!
//! Invariants: a statement names the session's person or its token; what has run out is not found.

use super::role;
use crate::{
    model::{self, Role},
    scope::Scopes,
    token::TokenHash,
};
use base::{PersonId, SessionId, Timestamp};
use platform::{
    db::{Result, Tx, Value},
    realtime::Principal,
};

platform::sql! {
    OPEN_SESSION = "insert into session (id, person_id, token_hash, kind, device, created_at, seen_at, scopes, \
            expires_at) \
        values ($1, $2, $3, $4, $5, $6, $6, $7, $8)";
    DROP_UNUSED = "delete from session \
        where id in (select id from session \
            where person_id = $1 and kind = $2 \
            order by seen_at desc, id desc \
            limit 1000 offset $3)";
    COUNT_SESSIONS = "select count(*) from session where person_id = $1 and kind = $2 and seen_at > $3";
    FIND_SESSION = "select session.id, session.person_id, person.role, session.seen_at, session.scopes, \
            person.link_guest \
        from session \
        join person on person.id = session.person_id \
        where session.token_hash = $1 and session.seen_at > $2 and person.deactivated_at is null \
        and (session.expires_at is null or session.expires_at > $3)";
    SESSION_ALIVE = "select person.role \
        from session \
        join person on person.id = session.person_id \
        where session.id = $1 and session.person_id = $2 and person.deactivated_at is null";
    SESSION_PROOF = "select created_at, proven_at from session where id = $1 and person_id = $2";
    PROVE_SESSION = "update session set proven_at = $3 where id = $1 and person_id = $2";
    SEEN = "update session set seen_at = $1 where id = $2 and seen_at < $1";
    LIST_SESSIONS = "select id, created_at, seen_at, device \
        from session \
        where person_id = $1 and seen_at > $2 and kind = 'browser' \
        order by seen_at desc, id desc \
        limit 200";
    LIST_TOKENS = "select id, created_at, seen_at, device, scopes, expires_at \
        from session \
        where person_id = $1 and seen_at > $2 and kind = 'program' \
        order by created_at desc, id desc \
        limit 200";
    END_RUN_OUT = "delete from session where id = $1 and expires_at <= $2 returning person_id";
    END_SESSION = "delete from session where person_id = $1 and id = $2 returning kind, device";
    END_OTHER_SESSIONS = "delete from session where person_id = $1 and id <> $2";
    END_ALL_SESSIONS = "delete from session where person_id = $1";
    DROP_OLD = "delete from session where seen_at <= $1";
}

/// Who made a session: a person in a browser, or a program with a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SessionKind {
    Browser,
    Program,
}

impl SessionKind {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            SessionKind::Browser => "browser",
            SessionKind::Program => "program",
        }
    }
}

/// A session to be.
#[derive(Debug)]
pub(crate) struct NewSession<'a> {
    pub id: SessionId,
    pub person: PersonId,
    pub token_hash: TokenHash,
    pub kind: SessionKind,
    pub device: &'a str,
    pub scopes: Scopes,
    pub expires_at: Option<Timestamp>,
}

pub(crate) fn create_session(tx: &mut dyn Tx, session: &NewSession<'_>, now: Timestamp) -> Result<()> {
    let scopes = session.scopes.to_column();
    let args = [
        session.id.into(),
        session.person.into(),
        session.token_hash.as_slice().into(),
        session.kind.as_str().into(),
        session.device.into(),
        now.into(),
        scopes.as_deref().into(),
        session.expires_at.into(),
    ];
    tx.exec(&OPEN_SESSION, &args).map(drop)
}

/// Keeps the `n_kept` sessions that were used last. True when there were more.
pub(crate) fn drop_unused(tx: &mut dyn Tx, person: PersonId, kind: SessionKind, n_kept: i64) -> Result<bool> {
    Ok(tx.exec(
        &DROP_UNUSED,
        &[person.into(), kind.as_str().into(), n_kept.into()],
    )? > 0)
}

pub(crate) fn count_sessions(
    tx: &mut dyn Tx,
    person: PersonId,
    kind: SessionKind,
    now: Timestamp,
) -> Result<i64> {
    tx.one(
        &COUNT_SESSIONS,
        &[person.into(), kind.as_str().into(), oldest_use(now)],
        |row| row.get(0),
    )
}

/// A session that is good.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FoundSession {
    pub id: SessionId,
    pub person: PersonId,
    pub role: Role,
    pub seen_at: Timestamp,
    pub scopes: Scopes,
    pub is_link_guest: bool,
}

pub(crate) fn find_session(
    tx: &mut dyn Tx,
    token: &TokenHash,
    now: Timestamp,
) -> Result<Option<FoundSession>> {
    tx.find(
        &FIND_SESSION,
        &[token.as_slice().into(), oldest_use(now), now.into()],
        |row| {
            Ok(FoundSession {
                id: row.get(0)?,
                person: row.get(1)?,
                role: role(row, 2)?,
                seen_at: row.get(3)?,
                scopes: Scopes::from_column(row.text(4)?),
                is_link_guest: row.get(5)?,
            })
        },
    )
}

/// The role of the person, if the session is there and the person active.
pub(crate) fn session_alive(tx: &mut dyn Tx, who: Principal) -> Result<Option<Role>> {
    tx.find(&SESSION_ALIVE, &[who.session.into(), who.person.into()], |row| {
        role(row, 0)
    })
}

/// When a session was opened, and when its person last proved that it is them.
#[derive(Debug)]
pub(crate) struct SessionProof {
    pub begun_at: Timestamp,
    pub proven_at: Option<Timestamp>,
}

pub(crate) fn find_session_proof(tx: &mut dyn Tx, who: Principal) -> Result<Option<SessionProof>> {
    tx.find(&SESSION_PROOF, &[who.session.into(), who.person.into()], |row| {
        Ok(SessionProof {
            begun_at: row.get(0)?,
            proven_at: row.get_optional(1)?,
        })
    })
}

/// False: the session has ended.
pub(crate) fn prove_session(tx: &mut dyn Tx, who: Principal, now: Timestamp) -> Result<bool> {
    let args = [who.session.into(), who.person.into(), now.into()];
    Ok(tx.exec(&PROVE_SESSION, &args)? == 1)
}

pub(crate) fn seen(tx: &mut dyn Tx, session: SessionId, now: Timestamp) -> Result<()> {
    tx.exec(&SEEN, &[now.into(), session.into()]).map(drop)
}

/// A session as its person sees it.
#[derive(Debug)]
pub(crate) struct SessionRow {
    pub id: SessionId,
    pub created_at: Timestamp,
    pub seen_at: Timestamp,
    pub device: String,
}

pub(crate) fn list_sessions(tx: &mut dyn Tx, person: PersonId, now: Timestamp) -> Result<Vec<SessionRow>> {
    tx.list(&LIST_SESSIONS, &[person.into(), oldest_use(now)], |row| {
        Ok(SessionRow {
            id: row.get(0)?,
            created_at: row.get(1)?,
            seen_at: row.get(2)?,
            device: row.get(3)?,
        })
    })
}

/// A token as its person sees it.
#[derive(Debug)]
pub(crate) struct TokenRow {
    pub id: SessionId,
    pub created_at: Timestamp,
    pub seen_at: Timestamp,
    pub name: String,
    pub scopes: Scopes,
    pub expires_at: Option<Timestamp>,
}

pub(crate) fn list_tokens(tx: &mut dyn Tx, person: PersonId, now: Timestamp) -> Result<Vec<TokenRow>> {
    tx.list(&LIST_TOKENS, &[person.into(), oldest_use(now)], |row| {
        Ok(TokenRow {
            id: row.get(0)?,
            created_at: row.get(1)?,
            seen_at: row.get(2)?,
            name: row.get(3)?,
            scopes: Scopes::from_column(row.text(4)?),
            expires_at: row.get_optional(5)?,
        })
    })
}

/// Ends a token whose time is over and says whose it was.
pub(crate) fn end_run_out(tx: &mut dyn Tx, id: SessionId, now: Timestamp) -> Result<Option<PersonId>> {
    tx.find(&END_RUN_OUT, &[id.into(), now.into()], |row| row.get(0))
}

/// Its kind and its name; None when the person has no such session.
pub(crate) fn end_session(
    tx: &mut dyn Tx,
    person: PersonId,
    session: SessionId,
) -> Result<Option<(String, String)>> {
    tx.find(&END_SESSION, &[person.into(), session.into()], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

pub(crate) fn end_other_sessions(tx: &mut dyn Tx, person: PersonId, kept: SessionId) -> Result<()> {
    tx.exec(&END_OTHER_SESSIONS, &[person.into(), kept.into()])
        .map(drop)
}

pub(crate) fn end_all_sessions(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    tx.exec(&END_ALL_SESSIONS, &[person.into()]).map(drop)
}

fn oldest_use(now: Timestamp) -> Value<'static> {
    now.before(model::SESSION_IDLE_MAX).into()
}

/// Forgets what has run out.
pub(crate) fn drop_old(tx: &mut dyn Tx, now: Timestamp) -> Result<()> {
    tx.exec(&DROP_OLD, &[oldest_use(now)]).map(drop)
}
