//! All SQL of places.

use crate::blocks::Block;
use crate::model::{ChannelFacts, ChannelKind, ChannelRole, SpaceKind, SpaceRole};
use accounts::Role;
use base::{ChannelId, PersonId, ScopeId, Seq, SpaceId, Timestamp};
use platform::{
    db::{Error, Result, Row, Tx},
    journal::id_list,
};

platform::sql! {
    /// Of two who talk with each other: 1 when the person blocks the other, 0 when it is the other way round.
    CHANNEL_FACTS = "select c.space_id, c.kind, coalesce(c.archived_at, s.archived_at), c.n_members, cm.role, sm.role, p.role, \
            case when c.kind = 'direct' and c.n_members = 2 then \
                (select max(case when b.person_id = $2 then 1 else 0 end) \
                from channel_member o \
                join person_block b on (b.person_id = $2 and b.blocked_id = o.person_id) \
                    or (b.person_id = o.person_id and b.blocked_id = $2) \
                where o.channel_id = $1 and o.person_id <> $2) end, c.slow_s, p.link_guest, coalesce(cm.reads_after, 0) \
        from channel c \
        join person p on p.id = $2 \
        left join space s on s.id = c.space_id \
        left join channel_member cm on cm.channel_id = c.id and cm.person_id = $2 \
        left join space_member sm on sm.space_id = c.space_id and sm.person_id = $2 \
        where c.id = $1 and p.deactivated_at is null";
    SPACE_FACTS = "select sm.role, p.role, s.is_open, s.archived_at \
        from space s \
        join person p on p.id = $2 \
        left join space_member sm on sm.space_id = s.id and sm.person_id = $2 \
        where s.id = $1 and p.deactivated_at is null";
    MY_SCOPES = "select e.scope, e.seq from channel_member m join event_scope e on e.scope = m.channel_id where m.person_id = $1 \
        union all \
        select e.scope, e.seq from space_member m join event_scope e on e.scope = m.space_id where m.person_id = $1";

    INSERT_SPACE = "insert into space (id, name, name_key, kind, description, is_open, n_members, created_by, created_at) \
        values ($1, $2, $3, $4, $5, $6, 0, $7, $8)";
    COUNT_SPACES = "select count(*) from space";
    SPACE_KEY_TAKEN = "select 1 from space where name_key = $1 and id <> $2";
    UPDATE_SPACE = "update space set name = $2, name_key = $3, description = $4, is_open = $5, archived_at = $6 where id = $1";
    SPACES_MINE = "select s.id, s.name, s.kind, s.description, s.is_open, s.archived_at, s.n_members, m.role \
        from space_member m \
        join space s on s.id = m.space_id \
        where m.person_id = $1 \
        order by s.name_key";
    SPACES_VISIBLE = "select s.id, s.name, s.kind, s.description, s.is_open, s.archived_at, s.n_members, m.role \
        from space s \
        left join space_member m on m.space_id = s.id and m.person_id = $1 \
        where m.role is not null or $2 = 2 or ($2 = 1 and s.is_open = 1) \
        order by s.name_key \
        limit 5000";
    SPACE_ONE = "select s.id, s.name, s.kind, s.description, s.is_open, s.archived_at, s.n_members, m.role \
        from space s \
        left join space_member m on m.space_id = s.id and m.person_id = $2 \
        where s.id = $1";
    PUT_SPACE_MEMBER = "insert into space_member (space_id, person_id, role, joined_at) values ($1, $2, $3, $4) \
        on conflict (space_id, person_id) do update set role = excluded.role";
    SPACE_MEMBER_ROLE = "select role from space_member where space_id = $1 and person_id = $2";
    DELETE_SPACE_MEMBER = "delete from space_member where space_id = $1 and person_id = $2";
    RECOUNT_SPACE = "update space set n_members = (select count(*) from space_member where space_id = $1) where id = $1 \
        returning n_members";
    SPACE_MEMBERS = "select m.person_id, m.role from space_member m \
        where m.space_id = $1 and m.person_id > $2 \
        order by m.person_id \
        limit $3";
    CHANNELS_OF_PERSON_IN_SPACE = "select m.channel_id from channel_member m \
        join channel c on c.id = m.channel_id \
        where c.space_id = $1 and m.person_id = $2";
    DEFAULT_CHANNELS = "select id from channel where space_id = $1 and is_default = 1 and archived_at is null";

    INSERT_CHANNEL = "insert into channel \
        (id, space_id, kind, name, name_key, description, direct_key, is_default, n_members, created_by, created_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10)";
    COUNT_CHANNELS = "select count(*) from channel where space_id = $1";
    CHANNEL_KEY_TAKEN = "select 1 from channel where space_id = $1 and name_key = $2 and id <> $3";
    UPDATE_CHANNEL = "update channel set name = $2, name_key = $3, description = $4, archived_at = $5, slow_s = $6 where id = $1";
    ARCHIVE_CHANNEL = "update channel set archived_at = $2 where id = $1";
    FIND_DIRECT = "select id from channel where direct_key = $1";
    PUT_CHANNEL_MEMBER = "insert into channel_member (channel_id, person_id, role, joined_at, joined_seq) \
        values ($1, $2, $3, $4, coalesce((select seq from event_scope where scope = $1), 0)) \
        on conflict (channel_id, person_id) do update set role = excluded.role";
    ADD_CHANNEL_MEMBER = "insert into channel_member (channel_id, person_id, role, joined_at, joined_seq) \
        values ($1, $2, $3, $4, 0)";
    JOIN_AT_HEAD = "update channel_member set joined_seq = (select seq from event_scope where scope = $1) \
        where channel_id = $1";
    CHANNEL_MEMBER_ROLE = "select role from channel_member where channel_id = $1 and person_id = $2";
    DELETE_CHANNEL_MEMBER = "delete from channel_member where channel_id = $1 and person_id = $2";
    RECOUNT_CHANNEL = "update channel set n_members = (select count(*) from channel_member where channel_id = $1) where id = $1 \
        returning n_members";
    CHANNEL_MEMBERS = "select m.person_id, m.role from channel_member m \
        where m.channel_id = $1 and m.person_id > $2 \
        order by m.person_id \
        limit $3";
    SPACE_PEOPLE = "select m.person_id from space_member m \
        join person p on p.id = m.person_id \
        where m.space_id = $1 and p.name_key like $2 escape '!' and p.deactivated_at is null \
        order by p.name_key, p.id \
        limit $3";
    SPACE_MEMBERS_AMONG = {
        sqlite: "select person_id from space_member \
            where space_id = $1 and person_id in (select unhex(value) from json_each($2))",
        postgres: "select person_id from space_member \
            where space_id = $1 and person_id in (select value::uuid from json_array_elements_text(cast($2 as text)::json))"
    };
    /// What [`ChannelFacts::can_read`] says, of many people at once.
    READERS_AMONG = {
        sqlite: "select p.id from person p \
            join channel c on c.id = $1 \
            left join channel_member cm on cm.channel_id = c.id and cm.person_id = p.id \
            left join space_member sm on sm.space_id = c.space_id and sm.person_id = p.id \
            where p.id in (select unhex(value) from json_each($2)) \
            and p.deactivated_at is null and p.bot_of is null \
            and (cm.role is not null or (c.kind in ('public', 'announcement') \
                and (p.role in ('owner', 'admin') or (p.role = 'member' and sm.role in ('admin', 'member'))))) \
            order by p.id",
        postgres: "select p.id from person p \
            join channel c on c.id = $1 \
            left join channel_member cm on cm.channel_id = c.id and cm.person_id = p.id \
            left join space_member sm on sm.space_id = c.space_id and sm.person_id = p.id \
            where p.id in (select value::uuid from json_array_elements_text(cast($2 as text)::json)) \
            and p.deactivated_at is null and p.bot_of is null \
            and (cm.role is not null or (c.kind in ('public', 'announcement') \
                and (p.role in ('owner', 'admin') or (p.role = 'member' and sm.role in ('admin', 'member'))))) \
            order by p.id"
    };
    ALL_CHANNEL_MEMBERS = "select person_id from channel_member where channel_id = $1";
    MEMBERS_AMONG = {
        sqlite: "select person_id from channel_member \
            where channel_id = $1 and person_id in (select unhex(value) from json_each($2))",
        postgres: "select person_id from channel_member \
            where channel_id = $1 and person_id in (select value::uuid from json_array_elements_text(cast($2 as text)::json))"
    };
    VIEWS_MINE = "select c.id, c.space_id, c.kind, c.name, c.description, coalesce(c.archived_at, s.archived_at), c.created_by, \
        c.n_members, cm.role, sm.role, p.role, f.favourite, f.position, c.archived_at, c.slow_s \
        from channel_member cm \
        join channel c on c.id = cm.channel_id \
        join person p on p.id = $1 \
        left join space s on s.id = c.space_id \
        left join space_member sm on sm.space_id = c.space_id and sm.person_id = $1 \
        left join channel_preference f on f.channel_id = c.id and f.person_id = $1 \
        where cm.person_id = $1 \
        order by c.name_key, c.id";
    /// More than may be read: [`ChannelFacts::can_read`] decides.
    VIEWS_NEARBY = "select c.id, c.space_id, c.kind, c.name, c.description, coalesce(c.archived_at, s.archived_at), c.created_by, \
        c.n_members, cm.role, sm.role, p.role, f.favourite, f.position, c.archived_at, c.slow_s \
        from channel c \
        join person p on p.id = $1 \
        left join space s on s.id = c.space_id \
        left join channel_member cm on cm.channel_id = c.id and cm.person_id = $1 \
        left join space_member sm on sm.space_id = c.space_id and sm.person_id = $1 \
        left join channel_preference f on f.channel_id = c.id and f.person_id = $1 \
        where p.deactivated_at is null \
        and (cm.role is not null \
            or (c.kind in ('public', 'announcement') and (sm.role is not null or p.role in ('owner', 'admin')))) \
        order by c.name_key, c.id";
    VIEWS_OF_SPACE = "select c.id, c.space_id, c.kind, c.name, c.description, coalesce(c.archived_at, s.archived_at), c.created_by, \
        c.n_members, cm.role, sm.role, p.role, f.favourite, f.position, c.archived_at, c.slow_s \
        from channel c \
        join person p on p.id = $1 \
        join space s on s.id = c.space_id \
        left join channel_member cm on cm.channel_id = c.id and cm.person_id = $1 \
        left join space_member sm on sm.space_id = c.space_id and sm.person_id = $1 \
        left join channel_preference f on f.channel_id = c.id and f.person_id = $1 \
        where c.space_id = $2 and (cm.role is not null or ($3 = 1 and c.kind <> 'private')) \
        order by c.name_key, c.id";
    VIEW_ONE = "select c.id, c.space_id, c.kind, c.name, c.description, coalesce(c.archived_at, s.archived_at), c.created_by, \
        c.n_members, cm.role, sm.role, p.role, f.favourite, f.position, c.archived_at, c.slow_s \
        from channel c \
        join person p on p.id = $1 \
        left join space s on s.id = c.space_id \
        left join channel_member cm on cm.channel_id = c.id and cm.person_id = $1 \
        left join space_member sm on sm.space_id = c.space_id and sm.person_id = $1 \
        left join channel_preference f on f.channel_id = c.id and f.person_id = $1 \
        where c.id = $2";
    DIRECT_PEOPLE_MINE = "select m.channel_id, m.person_id from channel_member m \
        where m.channel_id in (select mine.channel_id from channel_member mine \
            join channel c on c.id = mine.channel_id \
            where mine.person_id = $1 and c.kind = 'direct') \
        order by m.channel_id, m.person_id";
    /// `muted` is what a level of telling says since it is one; an earlier version that runs beside this one reads it.
    PUT_PREFERENCE = "insert into channel_preference (person_id, channel_id, favourite, muted, position) \
        values ($1, $2, $3, 0, $4) \
        on conflict (person_id, channel_id) do update \
        set favourite = excluded.favourite, position = excluded.position";
    SHARES_CHANNEL = "select 1 from channel_member mine \
        join channel_member theirs on theirs.channel_id = mine.channel_id \
        where mine.person_id = $1 and theirs.person_id = $2 \
        limit 1";
    /// The same as [`ChannelFacts::can_manage`], for everybody at once; administrators hear of every channel.
    MODERATORS = "select p.id from person p \
        join channel c on c.id = $1 \
        left join channel_member cm on cm.channel_id = c.id and cm.person_id = p.id \
        left join space_member sm on sm.space_id = c.space_id and sm.person_id = p.id \
        where p.deactivated_at is null and p.bot_of is null \
        and (p.role in ('owner', 'admin') \
            or (c.kind <> 'direct' and (cm.role = 'admin' \
                or (sm.role = 'admin' and p.role <> 'guest' and (c.kind <> 'private' or cm.role is not null))))) \
        order by p.id \
        limit $2";
    PEOPLE_SHARING = "select distinct theirs.person_id from channel_member mine \
        join channel_member theirs on theirs.channel_id = mine.channel_id \
        where mine.person_id = $1 and theirs.person_id > $2 \
        order by theirs.person_id \
        limit $3";
}

/// All that decides about this person and this channel.
pub(crate) fn find_channel_facts(
    tx: &mut dyn Tx,
    channel: ChannelId,
    person: PersonId,
) -> Result<Option<ChannelFacts>> {
    tx.find(&CHANNEL_FACTS, &[channel.into(), person.into()], |row| {
        Ok(ChannelFacts {
            channel,
            space: row.get_optional(0)?,
            kind: word(row, 1, ChannelKind::parse)?,
            archived_at: row.get_optional(2)?,
            n_members: row.get(3)?,
            channel_role: optional_word(row, 4, ChannelRole::parse)?,
            space_role: optional_word(row, 5, SpaceRole::parse)?,
            role: word(row, 6, Role::parse)?,
            slow_s: row.get(8)?,
            is_link_guest: row.get(9)?,
            reads_after: row.get(10)?,
            block: row
                .int(7)?
                .map(|mine| if mine == 1 { Block::Mine } else { Block::Theirs }),
            person,
        })
    })
}

/// All that decides about this person and this space.
pub(crate) struct SpaceFacts {
    pub member: Option<SpaceRole>,
    pub role: Role,
    pub is_open: bool,
    pub is_archived: bool,
}

pub(crate) fn find_space_facts(
    tx: &mut dyn Tx,
    space: SpaceId,
    person: PersonId,
) -> Result<Option<SpaceFacts>> {
    tx.find(&SPACE_FACTS, &[space.into(), person.into()], |row| {
        Ok(SpaceFacts {
            member: optional_word(row, 0, SpaceRole::parse)?,
            role: word(row, 1, Role::parse)?,
            is_open: row.get(2)?,
            is_archived: row.get_optional::<Timestamp>(3)?.is_some(),
        })
    })
}

/// Channels and spaces of which the person is a member, with the heads of their logs.
pub(crate) fn list_scopes(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<(ScopeId, Seq)>> {
    tx.list(&MY_SCOPES, &[person.into()], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Who moderates a channel, up to `limit` people.
pub(crate) fn list_moderators(tx: &mut dyn Tx, channel: ChannelId, limit: i64) -> Result<Vec<PersonId>> {
    tx.list(&MODERATORS, &[channel.into(), limit.into()], |row| row.get(0))
}

/// A space as a row.
#[derive(Debug, Clone)]
pub(crate) struct SpaceRow {
    pub id: SpaceId,
    pub name: String,
    pub kind: SpaceKind,
    pub description: String,
    pub is_open: bool,
    pub archived_at: Option<Timestamp>,
    pub n_members: i64,
    pub member: Option<SpaceRole>,
}

fn space_row(row: &dyn Row) -> Result<SpaceRow> {
    Ok(SpaceRow {
        id: row.get(0)?,
        name: row.get(1)?,
        kind: word(row, 2, SpaceKind::parse)?,
        description: row.get(3)?,
        is_open: row.get(4)?,
        archived_at: row.get_optional(5)?,
        n_members: row.get(6)?,
        member: optional_word(row, 7, SpaceRole::parse)?,
    })
}

pub(crate) fn list_my_spaces(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<SpaceRow>> {
    tx.list(&SPACES_MINE, &[person.into()], space_row)
}

/// Which spaces beyond their own somebody may see.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Sight {
    Own = 0,
    Open = 1,
    All = 2,
}

pub(crate) fn list_visible_spaces(tx: &mut dyn Tx, person: PersonId, sight: Sight) -> Result<Vec<SpaceRow>> {
    tx.list(
        &SPACES_VISIBLE,
        &[person.into(), (sight as i64).into()],
        space_row,
    )
}

pub(crate) fn get_space(tx: &mut dyn Tx, space: SpaceId, person: PersonId) -> Result<SpaceRow> {
    tx.one(&SPACE_ONE, &[space.into(), person.into()], space_row)
}

pub(crate) fn is_space_key_taken(tx: &mut dyn Tx, key: &str, except: SpaceId) -> Result<bool> {
    Ok(tx
        .find(&SPACE_KEY_TAKEN, &[key.into(), except.into()], |_| Ok(()))?
        .is_some())
}

pub(crate) fn count_spaces(tx: &mut dyn Tx) -> Result<i64> {
    tx.one(&COUNT_SPACES, &[], |row| row.get(0))
}

pub(crate) fn insert_space(
    tx: &mut dyn Tx,
    space: &SpaceRow,
    name_key: &str,
    by: PersonId,
    now: Timestamp,
) -> Result<()> {
    let args = [
        space.id.into(),
        (&space.name).into(),
        name_key.into(),
        space.kind.as_str().into(),
        (&space.description).into(),
        space.is_open.into(),
        by.into(),
        now.into(),
    ];
    tx.exec(&INSERT_SPACE, &args).map(|_| ())
}

pub(crate) fn update_space(tx: &mut dyn Tx, space: &SpaceRow, name_key: &str) -> Result<()> {
    let args = [
        space.id.into(),
        (&space.name).into(),
        name_key.into(),
        (&space.description).into(),
        space.is_open.into(),
        space.archived_at.into(),
    ];
    tx.exec(&UPDATE_SPACE, &args).map(|_| ())
}

pub(crate) fn find_space_role(
    tx: &mut dyn Tx,
    space: SpaceId,
    person: PersonId,
) -> Result<Option<SpaceRole>> {
    tx.find(&SPACE_MEMBER_ROLE, &[space.into(), person.into()], |row| {
        word(row, 0, SpaceRole::parse)
    })
}

/// Adds somebody or changes their role; the new number of members.
pub(crate) fn put_space_member(
    tx: &mut dyn Tx,
    space: SpaceId,
    person: PersonId,
    role: SpaceRole,
    now: Timestamp,
) -> Result<i64> {
    tx.exec(
        &PUT_SPACE_MEMBER,
        &[space.into(), person.into(), role.as_str().into(), now.into()],
    )?;
    tx.one(&RECOUNT_SPACE, &[space.into()], |row| row.get(0))
}

pub(crate) fn delete_space_member(tx: &mut dyn Tx, space: SpaceId, person: PersonId) -> Result<i64> {
    tx.exec(&DELETE_SPACE_MEMBER, &[space.into(), person.into()])?;
    tx.one(&RECOUNT_SPACE, &[space.into()], |row| row.get(0))
}

pub(crate) fn list_space_members(
    tx: &mut dyn Tx,
    space: SpaceId,
    after: PersonId,
    limit: i64,
) -> Result<Vec<(PersonId, SpaceRole)>> {
    tx.list(
        &SPACE_MEMBERS,
        &[space.into(), after.into(), limit.into()],
        |row| Ok((row.get(0)?, word(row, 1, SpaceRole::parse)?)),
    )
}

pub(crate) fn list_channels_of_person(
    tx: &mut dyn Tx,
    space: SpaceId,
    person: PersonId,
) -> Result<Vec<ChannelId>> {
    tx.list(
        &CHANNELS_OF_PERSON_IN_SPACE,
        &[space.into(), person.into()],
        |row| row.get(0),
    )
}

pub(crate) fn list_default_channels(tx: &mut dyn Tx, space: SpaceId) -> Result<Vec<ChannelId>> {
    tx.list(&DEFAULT_CHANNELS, &[space.into()], |row| row.get(0))
}

/// A channel as one person sees it.
#[derive(Debug, Clone)]
pub(crate) struct ChannelRecord {
    pub facts: ChannelFacts,
    pub name: String,
    pub description: String,
    pub created_by: PersonId,
    pub favourite: bool,
    pub position: Option<i64>,
    /// Set when the channel itself is archived, and not only its space.
    pub own_archived_at: Option<Timestamp>,
}

fn channel_record(row: &dyn Row, person: PersonId) -> Result<ChannelRecord> {
    Ok(ChannelRecord {
        facts: ChannelFacts {
            channel: row.get(0)?,
            space: row.get_optional(1)?,
            kind: word(row, 2, ChannelKind::parse)?,
            archived_at: row.get_optional(5)?,
            n_members: row.get(7)?,
            channel_role: optional_word(row, 8, ChannelRole::parse)?,
            space_role: optional_word(row, 9, SpaceRole::parse)?,
            role: word(row, 10, Role::parse)?,
            slow_s: row.get(14)?,
            // A list does not ask; whoever writes is asked, and guests by link have no lists.
            block: None,
            is_link_guest: false,
            reads_after: Seq(0),
            person,
        },
        name: row.get(3)?,
        description: row.get(4)?,
        created_by: row.get(6)?,
        favourite: row.get_optional(11)?.unwrap_or(false),
        position: row.get_optional(12)?,
        own_archived_at: row.get_optional(13)?,
    })
}

pub(crate) fn list_my_channels(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<ChannelRecord>> {
    tx.list(&VIEWS_MINE, &[person.into()], |row| channel_record(row, person))
}

/// The channels that the person may read, members or not.
pub(crate) fn list_readable_channels(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<ChannelRecord>> {
    let mut rows = tx.list(&VIEWS_NEARBY, &[person.into()], |row| channel_record(row, person))?;
    rows.retain(|row| row.facts.can_read());
    Ok(rows)
}

pub(crate) fn list_channels_of_space(
    tx: &mut dyn Tx,
    space: SpaceId,
    person: PersonId,
    with_public: bool,
) -> Result<Vec<ChannelRecord>> {
    tx.list(
        &VIEWS_OF_SPACE,
        &[person.into(), space.into(), with_public.into()],
        |row| channel_record(row, person),
    )
}

pub(crate) fn get_channel(tx: &mut dyn Tx, channel: ChannelId, person: PersonId) -> Result<ChannelRecord> {
    tx.one(&VIEW_ONE, &[person.into(), channel.into()], |row| {
        channel_record(row, person)
    })
}

/// Everybody in each direct conversation of `person`.
pub(crate) fn list_direct_people(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<(ChannelId, PersonId)>> {
    tx.list(&DIRECT_PEOPLE_MINE, &[person.into()], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

pub(crate) fn count_channels(tx: &mut dyn Tx, space: SpaceId) -> Result<i64> {
    tx.one(&COUNT_CHANNELS, &[space.into()], |row| row.get(0))
}

pub(crate) fn is_channel_key_taken(
    tx: &mut dyn Tx,
    space: SpaceId,
    key: &str,
    except: ChannelId,
) -> Result<bool> {
    Ok(tx
        .find(
            &CHANNEL_KEY_TAKEN,
            &[space.into(), key.into(), except.into()],
            |_| Ok(()),
        )?
        .is_some())
}

/// What a new channel is made of.
pub(crate) struct NewChannel<'a> {
    pub id: ChannelId,
    pub space: Option<SpaceId>,
    pub kind: ChannelKind,
    pub name: &'a str,
    pub name_key: Option<&'a str>,
    pub description: &'a str,
    pub direct_key: Option<&'a str>,
    pub is_default: bool,
    pub created_by: PersonId,
}

pub(crate) fn insert_channel(tx: &mut dyn Tx, channel: &NewChannel<'_>, now: Timestamp) -> Result<()> {
    let args = [
        channel.id.into(),
        channel.space.into(),
        channel.kind.as_str().into(),
        channel.name.into(),
        channel.name_key.into(),
        channel.description.into(),
        channel.direct_key.into(),
        channel.is_default.into(),
        channel.created_by.into(),
        now.into(),
    ];
    tx.exec(&INSERT_CHANNEL, &args).map(|_| ())
}

pub(crate) fn update_channel(tx: &mut dyn Tx, channel: &ChannelRecord, name_key: &str) -> Result<()> {
    let args = [
        channel.facts.channel.into(),
        (&channel.name).into(),
        name_key.into(),
        (&channel.description).into(),
        channel.own_archived_at.into(),
        channel.facts.slow_s.into(),
    ];
    tx.exec(&UPDATE_CHANNEL, &args).map(|_| ())
}

pub(crate) fn archive_channel(tx: &mut dyn Tx, channel: ChannelId, at: Timestamp) -> Result<()> {
    tx.exec(&ARCHIVE_CHANNEL, &[channel.into(), at.into()]).map(drop)
}

pub(crate) fn find_direct(tx: &mut dyn Tx, direct_key: &str) -> Result<Option<ChannelId>> {
    tx.find(&FIND_DIRECT, &[direct_key.into()], |row| row.get(0))
}

pub(crate) fn find_channel_role(
    tx: &mut dyn Tx,
    channel: ChannelId,
    person: PersonId,
) -> Result<Option<ChannelRole>> {
    tx.find(&CHANNEL_MEMBER_ROLE, &[channel.into(), person.into()], |row| {
        word(row, 0, ChannelRole::parse)
    })
}

/// Adds somebody or changes their role; the new number of members.
pub(crate) fn put_channel_member(
    tx: &mut dyn Tx,
    channel: ChannelId,
    person: PersonId,
    role: ChannelRole,
    now: Timestamp,
) -> Result<i64> {
    tx.exec(
        &PUT_CHANNEL_MEMBER,
        &[channel.into(), person.into(), role.as_str().into(), now.into()],
    )?;
    tx.one(&RECOUNT_CHANNEL, &[channel.into()], |row| row.get(0))
}

/// Adds somebody to a new channel; [`recount_channel`] follows when all are in.
pub(crate) fn add_channel_member(
    tx: &mut dyn Tx,
    channel: ChannelId,
    person: PersonId,
    role: ChannelRole,
    now: Timestamp,
) -> Result<()> {
    let args = [channel.into(), person.into(), role.as_str().into(), now.into()];
    tx.exec(&ADD_CHANNEL_MEMBER, &args).map(|_| ())
}

pub(crate) fn recount_channel(tx: &mut dyn Tx, channel: ChannelId) -> Result<i64> {
    tx.one(&RECOUNT_CHANNEL, &[channel.into()], |row| row.get(0))
}

/// Everybody counts as having joined at the head of the log.
pub(crate) fn join_at_head(tx: &mut dyn Tx, channel: ChannelId) -> Result<()> {
    tx.exec(&JOIN_AT_HEAD, &[channel.into()]).map(|_| ())
}

pub(crate) fn delete_channel_member(tx: &mut dyn Tx, channel: ChannelId, person: PersonId) -> Result<i64> {
    tx.exec(&DELETE_CHANNEL_MEMBER, &[channel.into(), person.into()])?;
    tx.one(&RECOUNT_CHANNEL, &[channel.into()], |row| row.get(0))
}

pub(crate) fn list_channel_members(
    tx: &mut dyn Tx,
    channel: ChannelId,
    after: PersonId,
    limit: i64,
) -> Result<Vec<(PersonId, ChannelRole)>> {
    tx.list(
        &CHANNEL_MEMBERS,
        &[channel.into(), after.into(), limit.into()],
        |row| Ok((row.get(0)?, word(row, 1, ChannelRole::parse)?)),
    )
}

pub(crate) fn list_all_channel_members(tx: &mut dyn Tx, channel: ChannelId) -> Result<Vec<PersonId>> {
    tx.list(&ALL_CHANNEL_MEMBERS, &[channel.into()], |row| row.get(0))
}

/// Those of `people` who are members.
pub(crate) fn list_members_among(
    tx: &mut dyn Tx,
    channel: ChannelId,
    people: &[PersonId],
) -> Result<Vec<PersonId>> {
    let ids = id_list(tx, people.iter().map(|person| person.0));
    tx.list(&MEMBERS_AMONG, &[channel.into(), ids.as_str().into()], |row| {
        row.get(0)
    })
}

/// People of a space in whose name `part` stands, by name.
pub(crate) fn list_space_people(
    tx: &mut dyn Tx,
    space: SpaceId,
    part: &str,
    limit: i64,
) -> Result<Vec<PersonId>> {
    let mut pattern = String::from("%");
    for character in part.chars() {
        if matches!(character, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(character);
    }
    pattern.push('%');
    tx.list(
        &SPACE_PEOPLE,
        &[space.into(), (&pattern).into(), limit.into()],
        |row| row.get(0),
    )
}

/// Those of `people` who are in the space.
pub(crate) fn list_space_members_among(
    tx: &mut dyn Tx,
    space: SpaceId,
    people: &[PersonId],
) -> Result<Vec<PersonId>> {
    let ids = id_list(tx, people.iter().map(|person| person.0));
    tx.list(
        &SPACE_MEMBERS_AMONG,
        &[space.into(), ids.as_str().into()],
        |row| row.get(0),
    )
}

/// Those of `people` who may read the channel.
pub(crate) fn list_readers_among(
    tx: &mut dyn Tx,
    channel: ChannelId,
    people: &[PersonId],
) -> Result<Vec<PersonId>> {
    let ids = id_list(tx, people.iter().map(|person| person.0));
    tx.list(&READERS_AMONG, &[channel.into(), ids.as_str().into()], |row| {
        row.get(0)
    })
}

/// How one person keeps a channel in the sidebar.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct PreferenceRow {
    pub favourite: bool,
    pub position: Option<i64>,
}

pub(crate) fn put_preference(
    tx: &mut dyn Tx,
    person: PersonId,
    channel: ChannelId,
    kept: PreferenceRow,
) -> Result<()> {
    let args = [
        person.into(),
        channel.into(),
        kept.favourite.into(),
        kept.position.into(),
    ];
    tx.exec(&PUT_PREFERENCE, &args).map(|_| ())
}

pub(crate) fn do_share_channel(tx: &mut dyn Tx, one: PersonId, other: PersonId) -> Result<bool> {
    Ok(tx
        .find(&SHARES_CHANNEL, &[one.into(), other.into()], |_| Ok(()))?
        .is_some())
}

/// People who share a channel with `person`, themselves included.
pub(crate) fn list_people_sharing(
    tx: &mut dyn Tx,
    person: PersonId,
    after: PersonId,
    limit: i64,
) -> Result<Vec<PersonId>> {
    tx.list(
        &PEOPLE_SHARING,
        &[person.into(), after.into(), limit.into()],
        |row| row.get(0),
    )
}

fn word<T>(row: &dyn Row, idx: usize, parse: fn(&str) -> Option<T>) -> Result<T> {
    optional_word(row, idx, parse)?.ok_or(Error::Column(idx))
}

fn optional_word<T>(row: &dyn Row, idx: usize, parse: fn(&str) -> Option<T>) -> Result<Option<T>> {
    let Some(text) = row.text(idx)? else {
        return Ok(None);
    };
    parse(text).map(Some).ok_or(Error::Column(idx))
}
