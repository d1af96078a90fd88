//! All SQL of groups.

use crate::{
    model::LIST_MAX,
    wire::{Group, GroupName},
};
use accounts::Role;
use base::{GroupId, InvitationId, PersonId, SpaceId, Timestamp};
use platform::{
    db::{Result, Row, Tx},
    journal::id_list,
};
use uuid::Uuid;

platform::sql! {
    FIND = "select g.id, g.space_id, g.handle, g.title, g.is_open, g.n_members, m.person_id, null \
        from people_group g \
        left join group_member m on m.group_id = g.id and m.person_id = $2 \
        where g.id = $1 and g.removed_at is null";
    NAMED = {
        sqlite: "select id, handle, title from people_group \
            where id in (select unhex(value) from json_each($1)) \
            order by id",
        postgres: "select id, handle, title from people_group \
            where id in (select value::uuid from json_array_elements_text(cast($1 as text)::json)) \
            order by id"
    };
    /// $2: 0 for guests, 1 for members, 2 for administrators.
    VISIBLE = "select g.id, g.space_id, g.handle, g.title, g.is_open, g.n_members, m.person_id, sm.role \
        from people_group g \
        left join space s on s.id = g.space_id \
        left join space_member sm on sm.space_id = g.space_id and sm.person_id = $1 \
        left join group_member m on m.group_id = g.id and m.person_id = $1 \
        where (sm.role is not null or $2 = 2 or ($2 = 1 and (g.space_id is null or s.is_open = 1))) \
        and g.removed_at is null and g.search_key like $3 escape '!' \
        order by g.handle_key, g.id \
        limit $4";
    VISIBLE_SOME = {
        sqlite: "select g.id, g.space_id, g.handle, g.title, g.is_open, g.n_members, m.person_id, sm.role \
            from people_group g \
            left join space s on s.id = g.space_id \
            left join space_member sm on sm.space_id = g.space_id and sm.person_id = $1 \
            left join group_member m on m.group_id = g.id and m.person_id = $1 \
            where (sm.role is not null or $2 = 2 or ($2 = 1 and (g.space_id is null or s.is_open = 1))) \
            and g.id in (select unhex(value) from json_each($3))",
        postgres: "select g.id, g.space_id, g.handle, g.title, g.is_open, g.n_members, m.person_id, sm.role \
            from people_group g \
            left join space s on s.id = g.space_id \
            left join space_member sm on sm.space_id = g.space_id and sm.person_id = $1 \
            left join group_member m on m.group_id = g.id and m.person_id = $1 \
            where (sm.role is not null or $2 = 2 or ($2 = 1 and (g.space_id is null or s.is_open = 1))) \
            and g.id in (select value::uuid from json_array_elements_text(cast($3 as text)::json))"
    };
    VISIBLE_OF = "select g.id, g.space_id, g.handle, g.title, g.is_open, g.n_members, m.person_id, sm.role \
        from group_member other \
        join people_group g on g.id = other.group_id \
        left join space s on s.id = g.space_id \
        left join space_member sm on sm.space_id = g.space_id and sm.person_id = $1 \
        left join group_member m on m.group_id = g.id and m.person_id = $1 \
        where (sm.role is not null or $2 = 2 or ($2 = 1 and (g.space_id is null or s.is_open = 1))) \
        and g.removed_at is null and other.person_id = $3 \
        order by g.handle_key, g.id \
        limit $4";
    OF_PLACE = "select g.id, g.space_id, g.handle, g.title, g.is_open, g.n_members, m.person_id, null \
        from people_group g \
        left join group_member m on m.group_id = g.id and m.person_id = $1 \
        where (g.space_id = $2 or ($3 = 1 and g.space_id is null)) and g.removed_at is null \
        order by g.handle_key, g.id \
        limit $4";
    OF_SPACE = "select id, handle, title from people_group where space_id = $1 and removed_at is null \
        order by handle_key";
    KEEP_INVITED = "insert into invited_group (invitation_id, group_id) values ($1, $2) \
        on conflict (invitation_id, group_id) do nothing";
    INVITED = "select group_id from invited_group where invitation_id = $1 order by group_id";
    DROP_INVITED = "delete from invited_group where invitation_id = $1";
    DROP_OLD_INVITED = "delete from invited_group where invitation_id in \
        (select id from invitation where expires_at <= $1 or revoked_at is not null)";
    INSERT = "insert into people_group \
        (id, space_id, handle, handle_key, title, search_key, is_open, n_members, created_by, created_at) \
        values ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9)";
    COUNT_OF_SPACE = "select count(*) from people_group where space_id = $1 and removed_at is null";
    COUNT_OF_WORKSPACE = "select count(*) from people_group where space_id is null and removed_at is null";
    /// A space's group shares its channels with the workspace's, so that no two of them may look alike.
    KEY_TAKEN_IN_SPACE = "select 1 from people_group \
        where handle_key = $1 and id <> $2 and removed_at is null and (space_id = $3 or space_id is null) \
        limit 1";
    KEY_TAKEN = "select 1 from people_group where handle_key = $1 and id <> $2 and removed_at is null limit 1";
    UPDATE = "update people_group set handle = $2, handle_key = $3, title = $4, search_key = $5, is_open = $6 where id = $1";
    REMOVE = "update people_group set removed_at = $2, n_members = 0 where id = $1";
    CLEAR = "delete from group_member where group_id = $1";
    ADD = {
        sqlite: "insert into group_member (group_id, person_id, joined_at) \
            select $1, unhex(value), $2 from json_each($3) where true \
            on conflict (group_id, person_id) do nothing \
            returning person_id",
        postgres: "insert into group_member (group_id, person_id, joined_at) \
            select $1, value::uuid, $2 from json_array_elements_text(cast($3 as text)::json) \
            on conflict (group_id, person_id) do nothing \
            returning person_id"
    };
    TAKE_OUT = "delete from group_member where group_id = $1 and person_id = $2";
    RECOUNT = "update people_group set n_members = (select count(*) from group_member where group_id = $1) where id = $1 \
        returning n_members";
    MEMBERS = "select person_id from group_member where group_id = $1 and person_id > $2 order by person_id limit $3";
    /// In which groups of a space somebody is.
    OF_PERSON_IN_SPACE = "select m.group_id from group_member m \
        join people_group g on g.id = m.group_id \
        where m.person_id = $1 and g.space_id = $2";
    OF_PERSON = "select m.group_id, g.space_id from group_member m \
        join people_group g on g.id = m.group_id \
        where m.person_id = $1";
    CALLED = {
        sqlite: "select distinct m.person_id from group_member m \
            join people_group g on g.id = m.group_id \
            where g.id in (select unhex(value) from json_each($1)) \
            and g.removed_at is null and (g.space_id = $2 or ($3 = 1 and g.space_id is null))",
        postgres: "select distinct m.person_id from group_member m \
            join people_group g on g.id = m.group_id \
            where g.id in (select value::uuid from json_array_elements_text(cast($1 as text)::json)) \
            and g.removed_at is null and (g.space_id = $2 or ($3 = 1 and g.space_id is null))"
    };
    CALLED_EACH = {
        sqlite: "select m.group_id, m.person_id from group_member m \
            where m.group_id in (select unhex(value) from json_each($1))",
        postgres: "select m.group_id, m.person_id from group_member m \
            where m.group_id in (select value::uuid from json_array_elements_text(cast($1 as text)::json))"
    };
}

/// No space: what stands for it where a parameter must be an id.
fn space_or_nil(space: Option<SpaceId>) -> SpaceId {
    space.unwrap_or(SpaceId(Uuid::nil()))
}

/// A group and what one person is to it.
#[derive(Debug, Clone)]
pub(crate) struct GroupRow {
    pub group: Group,
    pub is_member: bool,
    /// Whether the person looks after its space.
    pub is_space_admin: bool,
}

fn row(row: &dyn Row) -> Result<GroupRow> {
    Ok(GroupRow {
        group: Group {
            name: GroupName {
                id: row.get(0)?,
                handle: row.get(2)?,
                title: row.get(3)?,
            },
            space_id: row.get_optional(1)?,
            open: row.get(4)?,
            n_members: row.get(5)?,
        },
        is_member: row.get_optional::<PersonId>(6)?.is_some(),
        is_space_admin: row.text(7)? == Some("admin"),
    })
}

/// A group that has not been removed.
pub(crate) fn find(tx: &mut dyn Tx, id: GroupId, person: PersonId) -> Result<Option<GroupRow>> {
    tx.find(&FIND, &[id.into(), person.into()], row)
}

/// The names of these groups, of removed ones too. For whoever may read what they stand in.
pub fn list_named(tx: &mut dyn Tx, ids: &[GroupId]) -> Result<Vec<GroupName>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let ids = id_list(tx, ids.iter().map(|id| id.0));
    tx.list(&NAMED, &[(&ids).into()], |row| {
        Ok(GroupName {
            id: row.get(0)?,
            handle: row.get(1)?,
            title: row.get(2)?,
        })
    })
}

/// The groups of a space by their names.
pub(crate) fn list_of_space(tx: &mut dyn Tx, space: SpaceId) -> Result<Vec<GroupName>> {
    tx.list(&OF_SPACE, &[space.into()], |row| {
        Ok(GroupName {
            id: row.get(0)?,
            handle: row.get(1)?,
            title: row.get(2)?,
        })
    })
}

/// Notes that an invitation leads into a group.
pub(crate) fn keep_invited(tx: &mut dyn Tx, invitation: InvitationId, group: GroupId) -> Result<()> {
    tx.exec(&KEEP_INVITED, &[invitation.into(), group.into()])
        .map(drop)
}

/// The groups of an invitation.
pub(crate) fn list_invited(tx: &mut dyn Tx, invitation: InvitationId) -> Result<Vec<GroupId>> {
    tx.list(&INVITED, &[invitation.into()], |row| row.get(0))
}

/// Forgets the groups of an invitation.
pub(crate) fn drop_invited(tx: &mut dyn Tx, invitation: InvitationId) -> Result<()> {
    tx.exec(&DROP_INVITED, &[invitation.into()]).map(drop)
}

/// Forgets those of invitations that nobody can use any more.
pub(crate) fn drop_old_invited(tx: &mut dyn Tx, now: Timestamp) -> Result<()> {
    tx.exec(&DROP_OLD_INVITED, &[now.into()]).map(drop)
}

/// How far somebody sees, as a number for the statements.
fn sight(role: Role) -> i64 {
    match role {
        Role::Guest => 0,
        Role::Member => 1,
        Role::Admin | Role::Owner => 2,
    }
}

/// The groups that a person may see and in whose names `part` stands.
pub(crate) fn list_visible(
    tx: &mut dyn Tx,
    person: PersonId,
    role: Role,
    part: &str,
) -> Result<Vec<GroupRow>> {
    let pattern = like_pattern(&accounts::name_key(part.trim()));
    let args = [
        person.into(),
        sight(role).into(),
        (&pattern).into(),
        LIST_MAX.into(),
    ];
    tx.list(&VISIBLE, &args, row)
}

/// Those of `ids` that a person may see.
pub(crate) fn list_visible_some(
    tx: &mut dyn Tx,
    person: PersonId,
    role: Role,
    ids: &[GroupId],
) -> Result<Vec<GroupRow>> {
    let ids = id_list(tx, ids.iter().map(|id| id.0));
    tx.list(
        &VISIBLE_SOME,
        &[person.into(), sight(role).into(), (&ids).into()],
        row,
    )
}

/// The groups of `other` that a person may see.
pub(crate) fn list_visible_of(
    tx: &mut dyn Tx,
    person: PersonId,
    role: Role,
    other: PersonId,
) -> Result<Vec<GroupRow>> {
    let args = [person.into(), sight(role).into(), other.into(), LIST_MAX.into()];
    tx.list(&VISIBLE_OF, &args, row)
}

/// The groups of a space, with those of the workspace or without.
pub(crate) fn list_of_place(
    tx: &mut dyn Tx,
    person: PersonId,
    space: Option<SpaceId>,
    with_workspace: bool,
) -> Result<Vec<GroupRow>> {
    let args = [
        person.into(),
        space_or_nil(space).into(),
        with_workspace.into(),
        LIST_MAX.into(),
    ];
    tx.list(&OF_PLACE, &args, row)
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

/// By what a group is found.
fn search_key(name: &GroupName) -> String {
    accounts::name_key(&format!("{} {}", name.handle, name.title))
}

pub(crate) fn insert(tx: &mut dyn Tx, group: &Group, key: &str, by: PersonId, now: Timestamp) -> Result<()> {
    let search_key = search_key(&group.name);
    let args = [
        group.name.id.into(),
        group.space_id.into(),
        (&group.name.handle).into(),
        key.into(),
        (&group.name.title).into(),
        (&search_key).into(),
        group.open.into(),
        by.into(),
        now.into(),
    ];
    tx.exec(&INSERT, &args).map(drop)
}

pub(crate) fn update(tx: &mut dyn Tx, group: &Group, key: &str) -> Result<()> {
    let search_key = search_key(&group.name);
    let args = [
        group.name.id.into(),
        (&group.name.handle).into(),
        key.into(),
        (&group.name.title).into(),
        (&search_key).into(),
        group.open.into(),
    ];
    tx.exec(&UPDATE, &args).map(drop)
}

pub(crate) fn count(tx: &mut dyn Tx, space: Option<SpaceId>) -> Result<i64> {
    match space {
        Some(space) => tx.one(&COUNT_OF_SPACE, &[space.into()], |row| row.get(0)),
        None => tx.one(&COUNT_OF_WORKSPACE, &[], |row| row.get(0)),
    }
}

pub(crate) fn is_key_taken(
    tx: &mut dyn Tx,
    key: &str,
    except: GroupId,
    space: Option<SpaceId>,
) -> Result<bool> {
    let found = match space {
        Some(space) => tx.find(
            &KEY_TAKEN_IN_SPACE,
            &[key.into(), except.into(), space.into()],
            |_| Ok(()),
        )?,
        None => tx.find(&KEY_TAKEN, &[key.into(), except.into()], |_| Ok(()))?,
    };
    Ok(found.is_some())
}

/// Takes everybody out and hides the group.
pub(crate) fn remove(tx: &mut dyn Tx, id: GroupId, now: Timestamp) -> Result<()> {
    tx.exec(&CLEAR, &[id.into()])?;
    tx.exec(&REMOVE, &[id.into(), now.into()]).map(drop)
}

/// Puts people in; gives those who were not in it before.
pub(crate) fn add(
    tx: &mut dyn Tx,
    id: GroupId,
    people: &[PersonId],
    now: Timestamp,
) -> Result<Vec<PersonId>> {
    let people = id_list(tx, people.iter().map(|person| person.0));
    tx.list(&ADD, &[id.into(), now.into(), (&people).into()], |row| row.get(0))
}

/// False: they were not in it.
pub(crate) fn take_out(tx: &mut dyn Tx, id: GroupId, person: PersonId) -> Result<bool> {
    Ok(tx.exec(&TAKE_OUT, &[id.into(), person.into()])? == 1)
}

/// The new number of members.
pub(crate) fn recount(tx: &mut dyn Tx, id: GroupId) -> Result<i64> {
    tx.one(&RECOUNT, &[id.into()], |row| row.get(0))
}

pub(crate) fn list_members(
    tx: &mut dyn Tx,
    id: GroupId,
    after: PersonId,
    limit: i64,
) -> Result<Vec<PersonId>> {
    tx.list(&MEMBERS, &[id.into(), after.into(), limit.into()], |row| {
        row.get(0)
    })
}

/// The groups of a space in which somebody is.
pub(crate) fn list_in_space(tx: &mut dyn Tx, person: PersonId, space: SpaceId) -> Result<Vec<GroupId>> {
    tx.list(&OF_PERSON_IN_SPACE, &[person.into(), space.into()], |row| {
        row.get(0)
    })
}

/// All groups in which somebody is, each with its space.
pub(crate) fn list_of(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<(GroupId, Option<SpaceId>)>> {
    tx.list(&OF_PERSON, &[person.into()], |row| {
        Ok((row.get(0)?, row.get_optional(1)?))
    })
}

/// Everybody in those of `groups` that can be called in a channel of this space, each once.
pub(crate) fn list_called(
    tx: &mut dyn Tx,
    groups: &[GroupId],
    space: Option<SpaceId>,
    with_workspace: bool,
) -> Result<Vec<PersonId>> {
    let groups = id_list(tx, groups.iter().map(|group| group.0));
    let args = [
        (&groups).into(),
        space_or_nil(space).into(),
        with_workspace.into(),
    ];
    tx.list(&CALLED, &args, |row| row.get(0))
}

/// Who is in which of these groups.
pub(crate) fn list_members_of(tx: &mut dyn Tx, groups: &[GroupId]) -> Result<Vec<(GroupId, PersonId)>> {
    let groups = id_list(tx, groups.iter().map(|group| group.0));
    tx.list(&CALLED_EACH, &[(&groups).into()], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}
