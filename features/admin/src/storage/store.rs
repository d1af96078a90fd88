//! SQL of storage: it reads what `files` and `spaces` wrote.

use super::{PlaceRoom, Room, RoomOfKind, SpaceRoom};
use base::{PersonId, SpaceId};
use platform::db::{Error, Result, Tx};
use spaces::{ChannelKind, audit_name};
use uuid::Uuid;

platform::sql! {
    KINDS = "select kind, cast(sum(size_bytes) as bigint), count(*) from file group by kind";
    UPLOADS = "select cast(coalesce(sum(size_bytes), 0) as bigint), count(*) from upload where done = 0";
    EXPORTS = "select cast(coalesce(sum(size_bytes), 0) as bigint), count(*) from workspace_export";
    PREVIEWS = "select cast(coalesce(sum(versions_bytes), 0) as bigint), count(*) from file where small is not null";
    SPACES = "select t.space_id, coalesce(s.name, ''), t.n_bytes, t.n_files \
        from (select coalesce(c.space_id, $4) as space_id, cast(sum(f.size_bytes) as bigint) as n_bytes, count(*) as n_files \
            from file f join channel c on c.id = f.channel_id group by 1) t \
        left join space s on s.id = t.space_id \
        where (t.n_bytes, t.space_id) < ($1, $2) \
        order by t.n_bytes desc, t.space_id desc \
        limit $3";
    PLACES = "select c.id, c.space_id, coalesce(s.name, ''), c.name, c.kind, t.n_bytes, t.n_files \
        from (select channel_id, cast(sum(size_bytes) as bigint) as n_bytes, count(*) as n_files \
            from file where channel_id is not null group by channel_id) t \
        join channel c on c.id = t.channel_id \
        left join space s on s.id = c.space_id \
        where (t.n_bytes, c.id) < ($1, $2) \
        order by t.n_bytes desc, c.id desc \
        limit $3";
    PEOPLE = "select t.person_id, t.n_bytes, t.n_files \
        from (select person_id, cast(sum(size_bytes) as bigint) as n_bytes, count(*) as n_files \
            from file group by person_id) t \
        where (t.n_bytes, t.person_id) < ($1, $2) \
        order by t.n_bytes desc, t.person_id desc \
        limit $3";
}

/// Files by their kinds, and what is on its way or lies ready.
pub fn kinds(tx: &mut dyn Tx) -> Result<Vec<RoomOfKind>> {
    let mut kinds = tx.list(&KINDS, &[], |row| {
        Ok(RoomOfKind {
            kind: row.get(0)?,
            n_bytes: row.get(1)?,
            n: row.get(2)?,
        })
    })?;
    for (kind, statement) in [
        ("uploads", &UPLOADS),
        ("exports", &EXPORTS),
        ("previews", &PREVIEWS),
    ] {
        kinds.push(tx.one(statement, &[], |row| {
            Ok(RoomOfKind {
                kind: kind.to_owned(),
                n_bytes: row.get(0)?,
                n: row.get(1)?,
            })
        })?);
    }
    Ok(kinds)
}

/// Spaces after this rank, the largest first; all direct conversations are one.
pub fn spaces(tx: &mut dyn Tx, (n_bytes, id): (i64, Uuid), limit: i64) -> Result<Vec<SpaceRoom>> {
    let args = [n_bytes.into(), id.into(), limit.into(), Uuid::nil().into()];
    tx.list(&SPACES, &args, |row| {
        let id: Uuid = row.get(0)?;
        Ok(SpaceRoom {
            space_id: (!id.is_nil()).then_some(SpaceId(id)),
            name: row.get(1)?,
            n_bytes: row.get(2)?,
            n_files: row.get(3)?,
        })
    })
}

/// Channels after this rank, the largest first.
pub fn places(tx: &mut dyn Tx, (n_bytes, id): (i64, Uuid), limit: i64) -> Result<Vec<PlaceRoom>> {
    tx.list(&PLACES, &[n_bytes.into(), id.into(), limit.into()], |row| {
        let (name, kind): (String, String) = (row.get(3)?, row.get(4)?);
        let kind = ChannelKind::parse(&kind).ok_or(Error::Column(4))?;
        Ok(PlaceRoom {
            channel_id: row.get(0)?,
            space_id: row.get_optional(1)?,
            space_name: row.get(2)?,
            name: audit_name(kind, &name).to_owned(),
            kind,
            n_bytes: row.get(5)?,
            n_files: row.get(6)?,
        })
    })
}

/// People after this rank, the largest first.
pub fn people(tx: &mut dyn Tx, (n_bytes, id): (i64, Uuid), limit: i64) -> Result<Vec<Room<PersonId>>> {
    tx.list(&PEOPLE, &[n_bytes.into(), id.into(), limit.into()], |row| {
        Ok(Room {
            id: row.get(0)?,
            n_bytes: row.get(1)?,
            n_files: row.get(2)?,
        })
    })
}
