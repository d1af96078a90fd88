//! All SQL about the workspace and people; sessions and passwords have rooms of their own.
//!
//! Invariant: parameters are numbered in the order of their first appearance, which is how SQLite counts them. Decides nothing.

pub(crate) mod passwords;
pub(crate) mod sessions;

use crate::{
    events::{Me, Person, Workspace},
    model::{self, Role},
    status::Status,
};
use base::{PersonId, Timestamp, WorkspaceId};
use platform::{
    db::{Error, Result, Row, Tx},
    journal::id_list,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_patterns_are_searched_as_themselves() {
        assert_eq!(like_pattern(""), "%%");
        assert_eq!(like_pattern("100%_a!"), "%100!%!_a!!%");
    }
}
