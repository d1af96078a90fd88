//! All SQL about the workspace, people, sessions and reset links.
//!
//! Invariants: a statement about a session names its person or its token; a session or a link that has run out is not
//! found; parameters are numbered in the order of their first appearance, which is how SQLite counts them. Decides
//! nothing.

use crate::{
    events::{Me, Person, Workspace},
    model::{self, Role},
    scope::Scopes,
    status::Status,
    token::TokenHash,
};
use base::{PersonId, SessionId, Timestamp, WorkspaceId};
use platform::{
    db::{Error, Result, Row, Tx, Value},
    journal::id_list,
    realtime::Principal,
};

platform::sql! {
    FIND_WORKSPACE = "select id, name from workspace";
    CREATE_WORKSPACE = "insert into workspace (id, name, created_at, the_only_one) \
        values ($1, $2, $3, 1) \
        on conflict do nothing";
    RENAME_WORKSPACE = "update workspace set name = $1 where id = $2";

    CREATE_PERSON = "insert into person (id, email, password_hash, name, name_key, time_zone, language, role, \
            onboarded, created_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9) \
        on conflict (email) do nothing";
    CREATE_BOT = "insert into person (id, email, password_hash, name, name_key, time_zone, language, role, \
            onboarded, created_at, bot_of) \
        values ($1, $2, '', $3, $4, 'UTC', 'en', 'guest', 1, $5, $6)";
    FIND_BOT = "select bot_of from person where id = $1 and bot_of is not null and deactivated_at is null";
    FIND_ACTIVE = "select id from person where id = $1 and deactivated_at is null and bot_of is null";
    FIND_ME = "select id, name, pronunciation, picture, time_zone, language, role, deactivated_at, bot_of, status, \
            link_guest, email, onboarded \
        from person \
        where id = $1";
    PEOPLE = {
        sqlite: "select id, name, pronunciation, picture, time_zone, language, role, deactivated_at, bot_of, status, link_guest \
            from person \
            where id in (select unhex(value) from json_each($1)) \
            order by name_key, id",
        postgres: "select id, name, pronunciation, picture, time_zone, language, role, deactivated_at, bot_of, status, link_guest \
            from person \
            where id in (select value::uuid from json_array_elements_text(cast($1 as text)::json)) \
            order by name_key, id"
    };
    LIST_PEOPLE = "select id, name, pronunciation, picture, time_zone, language, role, deactivated_at, bot_of, status, link_guest \
        from person \
        where name_key like $1 escape '!' and bot_of is null and link_guest = 0 \
        order by name_key, id \
        limit $2";
    LIST_PEOPLE_AFTER = "select id, name, pronunciation, picture, time_zone, language, role, deactivated_at, bot_of, status, link_guest \
        from person \
        where name_key like $1 escape '!' and bot_of is null and link_guest = 0 \
        and (name_key, id) > (select name_key, id from person where id = $2) \
        order by name_key, id \
        limit $3";
    CHANGE_PROFILE = "update person \
        set name = coalesce($1, name), \
            name_key = coalesce($2, name_key), \
            pronunciation = case when $3 = 1 then $4 else pronunciation end, \
            time_zone = coalesce($5, time_zone), \
            language = coalesce($6, language), \
            onboarded = coalesce($7, onboarded) \
        where id = $8";
    SET_STATUS = "update person set status = $1 where id = $2";
    SET_PICTURE = "update person set picture = $1 where id = $2";
    FIND_PICTURE = "select picture from person where id = $1";
    HAS_PICTURE = "select id from person where picture = $1 limit 1";
    SET_ROLE = "update person set role = $1 where id = $2";
    DEACTIVATE = "update person set deactivated_at = $1 where id = $2 and deactivated_at is null";
    REACTIVATE = "update person set deactivated_at = null where id = $1 and deactivated_at is not null";
    COUNT_OWNERS = "select count(*) from person where role = 'owner' and deactivated_at is null";

    FIND_BY_EMAIL = "select id from person where email = $1";
    FIND_FIRST = "select id from person order by case role when 'owner' then 0 else 1 end, created_at, id limit 1";
    OWNERS = "select id from person where role = 'owner' and deactivated_at is null order by id";
    FIND_SIGN_IN = "select id, password_hash from person where email = $1 and deactivated_at is null";
    FIND_PASSWORD = "select email, name, password_hash from person where id = $1 and deactivated_at is null";
    CHANGE_PASSWORD = "update person \
        set password_hash = $1 \
        where id = $2 and password_hash = $3 and deactivated_at is null";
    SET_PASSWORD = "update person set password_hash = $1 where id = $2 and deactivated_at is null";

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
    DROP_OLD_SESSIONS = "delete from session where seen_at <= $1";

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
    DROP_OLD_RESETS = "delete from password_reset where expires_at <= $1";
}

/// The workspace; None before the set-up.
pub fn find_workspace(tx: &mut dyn Tx) -> Result<Option<Workspace>> {
    tx.find(&FIND_WORKSPACE, &[], |row| {
        Ok(Workspace {
            id: row.get(0)?,
            name: row.get(1)?,
        })
    })
}

/// The workspace, where there must be one.
pub(crate) fn get_workspace(tx: &mut dyn Tx) -> Result<Workspace> {
    find_workspace(tx)?.ok_or(Error::NoRow)
}

/// False when there is one already.
pub(crate) fn create_workspace(tx: &mut dyn Tx, workspace: &Workspace, now: Timestamp) -> Result<bool> {
    let args = [workspace.id.into(), (&workspace.name).into(), now.into()];
    Ok(tx.exec(&CREATE_WORKSPACE, &args)? == 1)
}

pub(crate) fn rename_workspace(tx: &mut dyn Tx, id: WorkspaceId, name: &str) -> Result<()> {
    tx.exec(&RENAME_WORKSPACE, &[name.into(), id.into()]).map(drop)
}

/// A person as they see themselves; their absence is an error of the code.
pub fn get_me(tx: &mut dyn Tx, id: PersonId) -> Result<Me> {
    find_me(tx, id)?.ok_or(Error::NoRow)
}

/// A person; deactivated ones too.
pub fn find_person(tx: &mut dyn Tx, id: PersonId) -> Result<Option<Person>> {
    Ok(find_me(tx, id)?.map(|me| me.person))
}

pub(crate) fn find_me(tx: &mut dyn Tx, id: PersonId) -> Result<Option<Me>> {
    tx.find(&FIND_ME, &[id.into()], |row| {
        Ok(Me {
            person: person(row)?,
            email: row.get(11)?,
            onboarded: row.get(12)?,
        })
    })
}

/// The people of these ids, by name, in one query; those that do not exist are left out.
pub fn people(tx: &mut dyn Tx, ids: &[PersonId]) -> Result<Vec<Person>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let ids = id_list(tx, ids.iter().map(|id| id.0));
    tx.list(&PEOPLE, &[(&ids).into()], person)
}

/// Everybody, deactivated or not, whose name contains `query` without regard to case and accents; by name, after the
/// person `before` on whom the last page ended. At most `limit`.
pub fn list_people(
    tx: &mut dyn Tx,
    query: &str,
    before: Option<PersonId>,
    limit: i64,
) -> Result<Vec<Person>> {
    let pattern = like_pattern(&model::name_key(query.trim()));
    match before {
        None => tx.list(&LIST_PEOPLE, &[(&pattern).into(), limit.into()], person),
        Some(before) => tx.list(
            &LIST_PEOPLE_AFTER,
            &[(&pattern).into(), before.into(), limit.into()],
            person,
        ),
    }
}

fn like_pattern(part: &str) -> String {
    let mut pattern = String::from("%");
    for character in part.chars() {
        if matches!(character, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}

fn person(row: &dyn Row) -> Result<Person> {
    let picture: Option<String> = row.get_optional(3)?;
    Ok(Person {
        id: row.get(0)?,
        name: row.get(1)?,
        pronunciation: row.get_optional(2)?,
        picture: picture.map(|hash| format!("/api/pictures/{hash}")),
        time_zone: row.get(4)?,
        language: row.get(5)?,
        role: role(row, 6)?,
        deactivated: row.int(7)?.is_some(),
        bot: row.get_optional::<PersonId>(8)?.is_some(),
        // What a newer version wrote is no status here.
        status: row.text(9)?.and_then(|status| serde_json::from_str(status).ok()),
        link_guest: row.get(10)?,
    })
}

fn role(row: &dyn Row, idx: usize) -> Result<Role> {
    row.text(idx)?.and_then(Role::parse).ok_or(Error::Column(idx))
}

/// A row to be.
#[derive(Debug)]
pub(crate) struct PersonRow<'a> {
    pub id: PersonId,
    pub email: &'a str,
    pub password_hash: &'a str,
    pub name: &'a str,
    pub time_zone: &'a str,
    pub language: &'a str,
    pub role: Role,
}

/// False when the address is taken.
pub(crate) fn create_person(tx: &mut dyn Tx, person: &PersonRow<'_>, now: Timestamp) -> Result<bool> {
    let name_key = model::name_key(person.name);
    let args = [
        person.id.into(),
        person.email.into(),
        person.password_hash.into(),
        person.name.into(),
        (&name_key).into(),
        person.time_zone.into(),
        person.language.into(),
        person.role.as_str().into(),
        now.into(),
    ];
    Ok(tx.exec(&CREATE_PERSON, &args)? == 1)
}

/// A bot to be: nobody has its address or a password for it.
pub(crate) fn create_bot(
    tx: &mut dyn Tx,
    id: PersonId,
    name: &str,
    owner: PersonId,
    now: Timestamp,
) -> Result<()> {
    let email = format!("{id}@bot.invalid");
    let name_key = model::name_key(name);
    let args = [
        id.into(),
        (&email).into(),
        name.into(),
        (&name_key).into(),
        now.into(),
        owner.into(),
    ];
    tx.exec(&CREATE_BOT, &args).map(drop)
}

/// A bot that has not been taken out of service, and whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bot {
    id: PersonId,
    owner: PersonId,
}

impl Bot {
    /// In whose name messages stand.
    pub fn id(&self) -> PersonId {
        self.id
    }

    /// Whose rights it has.
    pub fn owner(&self) -> PersonId {
        self.owner
    }
}

/// A bot that may speak, if this is one.
pub fn find_bot(tx: &mut dyn Tx, id: PersonId) -> Result<Option<Bot>> {
    tx.find(&FIND_BOT, &[id.into()], |row| {
        Ok(Bot {
            id,
            owner: row.get(0)?,
        })
    })
}

/// Whether this is a person who can act now: there, no bot, and not deactivated.
pub fn find_active(tx: &mut dyn Tx, id: PersonId) -> Result<Option<PersonId>> {
    tx.find(&FIND_ACTIVE, &[id.into()], |row| row.get(0))
}

/// Changes of a profile; None leaves a field as it is.
#[derive(Debug, Default)]
pub(crate) struct ProfileChange {
    pub name: Option<String>,
    /// `Some(None)` takes it away.
    pub pronunciation: Option<Option<String>>,
    pub time_zone: Option<String>,
    pub language: Option<String>,
    pub onboarded: Option<bool>,
}

pub(crate) fn change_profile(tx: &mut dyn Tx, id: PersonId, change: &ProfileChange) -> Result<()> {
    let name_key = change.name.as_deref().map(model::name_key);
    let pronunciation = change.pronunciation.as_ref().and_then(Option::as_deref);
    let args = [
        change.name.as_deref().into(),
        name_key.as_deref().into(),
        change.pronunciation.is_some().into(),
        pronunciation.into(),
        change.time_zone.as_deref().into(),
        change.language.as_deref().into(),
        change.onboarded.into(),
        id.into(),
    ];
    tx.exec(&CHANGE_PROFILE, &args).map(drop)
}

/// None takes it away.
pub(crate) fn set_status(tx: &mut dyn Tx, id: PersonId, status: Option<&Status>) -> Result<()> {
    let status = status.map(serde_json::to_string).transpose();
    let status = status.map_err(|err| Error::Statement {
        name: "SET_STATUS",
        source: std::sync::Arc::new(err),
    })?;
    tx.exec(&SET_STATUS, &[status.as_deref().into(), id.into()])
        .map(drop)
}

pub(crate) fn set_picture(tx: &mut dyn Tx, id: PersonId, hash: Option<&str>) -> Result<()> {
    tx.exec(&SET_PICTURE, &[hash.into(), id.into()]).map(drop)
}

/// The blob of somebody's picture.
pub(crate) fn find_picture(tx: &mut dyn Tx, id: PersonId) -> Result<Option<String>> {
    let found = tx.find(&FIND_PICTURE, &[id.into()], |row| row.get_optional(0))?;
    Ok(found.flatten())
}

/// Whether somebody has this picture.
pub(crate) fn has_picture(tx: &mut dyn Tx, hash: &str) -> Result<bool> {
    let found = tx.find(&HAS_PICTURE, &[hash.into()], |row| row.get::<PersonId>(0))?;
    Ok(found.is_some())
}

pub(crate) fn set_role(tx: &mut dyn Tx, id: PersonId, role: Role) -> Result<()> {
    tx.exec(&SET_ROLE, &[role.as_str().into(), id.into()]).map(drop)
}

/// False when they were already.
pub(crate) fn deactivate(tx: &mut dyn Tx, id: PersonId, now: Timestamp) -> Result<bool> {
    Ok(tx.exec(&DEACTIVATE, &[now.into(), id.into()])? == 1)
}

/// False when they were not deactivated.
pub(crate) fn reactivate(tx: &mut dyn Tx, id: PersonId) -> Result<bool> {
    Ok(tx.exec(&REACTIVATE, &[id.into()])? == 1)
}

/// Owners who can sign in.
pub(crate) fn count_owners(tx: &mut dyn Tx) -> Result<i64> {
    tx.one(&COUNT_OWNERS, &[], |row| row.get(0))
}

/// Whose address this is, deactivated people too; it must be in its stored spelling.
pub(crate) fn find_by_email(tx: &mut dyn Tx, email: &str) -> Result<Option<PersonId>> {
    tx.find(&FIND_BY_EMAIL, &[email.into()], |row| row.get(0))
}

/// An owner, or whoever was there first; None while there is nobody.
pub fn find_first_person(tx: &mut dyn Tx) -> Result<Option<PersonId>> {
    tx.find(&FIND_FIRST, &[], |row| row.get(0))
}

/// The owners who can sign in; none before the set-up.
pub fn list_owners(tx: &mut dyn Tx) -> Result<Vec<PersonId>> {
    tx.list(&OWNERS, &[], |row| row.get(0))
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
    tx.exec(&DROP_OLD_SESSIONS, &[oldest_use(now)])?;
    tx.exec(&DROP_OLD_RESETS, &[now.into()]).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_patterns_are_searched_as_themselves() {
        assert_eq!(like_pattern(""), "%%");
        assert_eq!(like_pattern("100%_a!"), "%100!%!_a!!%");
    }
}
