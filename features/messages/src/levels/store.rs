//! SQL of levels of telling.

use super::{
    Level, PLACES_MAX,
    wire::{PlaceKind, PlaceLevel},
};
use base::{PersonId, Timestamp, TopicId};
use platform::db::{Error, Result, Row, Tx};
use std::collections::HashMap;
use uuid::Uuid;

platform::sql! {
    FIND = "select level from told_level where person_id = $1 and place_id = $2";
    COUNT = "select count(*) from told_level where person_id = $1";
    PUT = "insert into told_level (person_id, place_id, kind, level, at) values ($1, $2, $3, $4, $5) \
        on conflict (person_id, place_id) do update set level = excluded.level, at = excluded.at";
    REMOVE = "delete from told_level where person_id = $1 and place_id = $2";
    ALL = "select place_id, level from told_level where person_id = $1 order by place_id limit $2";
    SPACES = "select s.id, s.name, cast(null as uuid), l.level from told_level l \
        join space s on s.id = l.place_id \
        join space_member m on m.space_id = s.id and m.person_id = $1 \
        where l.person_id = $1 and l.kind = 'space' \
        order by s.name_key, s.id \
        limit $2";
    CHANNELS = "select c.id, c.name, c.id, l.level from told_level l \
        join channel c on c.id = l.place_id \
        join channel_member m on m.channel_id = c.id and m.person_id = $1 \
        where l.person_id = $1 and l.kind = 'channel' \
        order by c.name, c.id \
        limit $2";
    TOPICS = "select t.id, t.title, t.channel_id, l.level from told_level l \
        join topic t on t.id = l.place_id and t.gone = 0 and t.merged_into is null \
        join channel_member m on m.channel_id = t.channel_id and m.person_id = $1 \
        where l.person_id = $1 and l.kind = 'topic' \
        order by t.title, t.id \
        limit $2";
    OF_PLACE = "delete from told_level where place_id = $1";
    OF_PERSON = "delete from told_level where person_id = $1";
}

fn level(row: &dyn Row, idx: usize) -> Result<Level> {
    row.text(idx)?.and_then(Level::parse).ok_or(Error::Column(idx))
}

/// What a person has said of this very place.
pub(super) fn find(tx: &mut dyn Tx, person: PersonId, place: Uuid) -> Result<Option<Level>> {
    tx.find(&FIND, &[person.into(), place.into()], |row| level(row, 0))
}

pub(super) fn count(tx: &mut dyn Tx, person: PersonId) -> Result<i64> {
    tx.one(&COUNT, &[person.into()], |row| row.get(0))
}

pub(super) fn put(
    tx: &mut dyn Tx,
    person: PersonId,
    (place, kind): (Uuid, &str),
    level: Level,
    now: Timestamp,
) -> Result<()> {
    let args = [
        person.into(),
        place.into(),
        kind.into(),
        level.as_str().into(),
        now.into(),
    ];
    tx.exec(&PUT, &args).map(drop)
}

pub(super) fn remove(tx: &mut dyn Tx, person: PersonId, place: Uuid) -> Result<()> {
    tx.exec(&REMOVE, &[person.into(), place.into()]).map(drop)
}

/// All that a person has said, by place.
pub(crate) fn list_all(tx: &mut dyn Tx, person: PersonId) -> Result<HashMap<Uuid, Level>> {
    let rows = tx.list(&ALL, &[person.into(), PLACES_MAX.into()], |row| {
        Ok((row.get(0)?, level(row, 1)?))
    })?;
    Ok(rows.into_iter().collect())
}

/// The same with names, of those places in which the person is.
pub(super) fn list_places(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<PlaceLevel>> {
    let mut places = Vec::new();
    for (sql, kind) in [
        (&SPACES, PlaceKind::Space),
        (&CHANNELS, PlaceKind::Channel),
        (&TOPICS, PlaceKind::Topic),
    ] {
        places.extend(tx.list(sql, &[person.into(), PLACES_MAX.into()], |row| {
            Ok(PlaceLevel {
                place_id: row.get(0)?,
                kind,
                name: row.get(1)?,
                channel_id: row.get_optional(2)?,
                level: level(row, 3)?,
            })
        })?);
    }
    Ok(places)
}

/// The topic is gone.
pub(crate) fn forget_topic(tx: &mut dyn Tx, topic: TopicId) -> Result<()> {
    tx.exec(&OF_PLACE, &[topic.into()]).map(drop)
}

/// Nothing of a person is left.
pub(crate) fn forget_person(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    tx.exec(&OF_PERSON, &[person.into()]).map(drop)
}
