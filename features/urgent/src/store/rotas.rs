//! SQL of rotas.

use crate::model::{ChainStep, ChainTarget, CleanRota};
use base::{GroupId, PersonId, SpaceId, Timestamp};
use hours::Day;
use platform::db::{Error, Result, Row, Tx};
use std::time::Duration;
use timing::rota::Swap;
use uuid::Uuid;

platform::sql! {
    FIND = "select time_zone, weekday, from_min, holder_id, since, revision from rota where space_id = $1";
    INSERT = "insert into rota (space_id, time_zone, weekday, from_min, since, revision) values ($1, $2, $3, $4, $5, 0) \
        on conflict (space_id) do nothing";
    SAVE = "update rota set time_zone = $2, weekday = $3, from_min = $4 where space_id = $1";
    TOUCH = "update rota set revision = revision + 1 where space_id = $1";
    HOLD = "update rota set holder_id = $2, since = $3 where space_id = $1";
    MEMBERS = "select person_id, agreed_at from rota_member where space_id = $1 order by position, person_id";
    DROP_MEMBER = "delete from rota_member where space_id = $1 and person_id = $2";
    PUT_MEMBER = "insert into rota_member (space_id, person_id, position) values ($1, $2, $3) \
        on conflict (space_id, person_id) do update set position = excluded.position";
    AGREE = "update rota_member set agreed_at = $3 where space_id = $1 and person_id = $2";
    SWAPS = "select day, person_id from rota_swap where space_id = $1 and day >= $2 order by day limit 400";
    SWAP = "insert into rota_swap (space_id, day, person_id) values ($1, $2, $3) \
        on conflict (space_id, day) do update set person_id = excluded.person_id";
    UNSWAP = "delete from rota_swap where space_id = $1 and day = $2";
    FORGET_SWAPS = "delete from rota_swap where space_id = $1 and person_id = $2";
    FORGET_OLD_SWAPS = "delete from rota_swap where space_id = $1 and day < $2";
    CHAIN = "select kind, target_id, wait_min from rota_step where space_id = $1 order by n";
    CLEAR_CHAIN = "delete from rota_step where space_id = $1";
    ADD_STEP = "insert into rota_step (space_id, n, kind, target_id, wait_min) values ($1, $2, $3, $4, $5)";
    FORGET_STEPS = "delete from rota_step where space_id = $1 and target_id = $2";
    OF_PERSON = "select space_id from rota_member where person_id = $1 \
        union select space_id from rota_step where target_id = $1 and kind = 'person' \
        order by 1";
}

/// A rota as it stands in its row, with whoever is in it.
#[derive(Debug, Clone)]
pub(crate) struct RotaRow {
    pub space: SpaceId,
    pub time_zone: String,
    pub weekday: u8,
    pub from_min: u16,
    pub holder: Option<PersonId>,
    pub since: Timestamp,
    pub revision: i64,
    /// In order; whether they have agreed.
    pub members: Vec<(PersonId, bool)>,
}

pub(crate) fn find(tx: &mut dyn Tx, space: SpaceId) -> Result<Option<RotaRow>> {
    let found = tx.find(&FIND, &[space.into()], |row: &dyn Row| {
        Ok(RotaRow {
            space,
            time_zone: row.get(0)?,
            weekday: u8::try_from(row.get::<i64>(1)?).map_err(|_| Error::Column(1))?,
            from_min: u16::try_from(row.get::<i64>(2)?).map_err(|_| Error::Column(2))?,
            holder: row.get_optional(3)?,
            since: row.get(4)?,
            revision: row.get(5)?,
            members: Vec::new(),
        })
    })?;
    let Some(mut rota) = found else {
        return Ok(None);
    };
    rota.members = tx.list(&MEMBERS, &[space.into()], |row: &dyn Row| {
        Ok((row.get(0)?, row.get_optional::<Timestamp>(1)?.is_some()))
    })?;
    Ok(Some(rota))
}

/// Makes it, when there is none, and puts everything in its place. Who has agreed has, still.
pub(crate) fn save(
    tx: &mut dyn Tx,
    space: SpaceId,
    (new, before): (&CleanRota, &[PersonId]),
    now: Timestamp,
) -> Result<()> {
    let (weekday, from_min) = (i64::from(new.weekday), i64::from(new.from_min));
    let args = [
        space.into(),
        (&new.time_zone).into(),
        weekday.into(),
        from_min.into(),
        now.into(),
    ];
    tx.exec(&INSERT, &args)?;
    tx.exec(&SAVE, &args[..4])?;
    for gone in before.iter().filter(|person| !new.people.contains(person)) {
        drop_member(tx, space, *gone)?;
    }
    for (position, person) in (0_i64..).zip(&new.people) {
        tx.exec(&PUT_MEMBER, &[space.into(), (*person).into(), position.into()])?;
    }
    tx.exec(&CLEAR_CHAIN, &[space.into()])?;
    for (n, step) in (0_i64..).zip(&new.chain) {
        let (kind, target) = match step.target {
            ChainTarget::Rota => ("rota", None),
            ChainTarget::Person(person) => ("person", Some(person.0)),
            ChainTarget::Group(group) => ("group", Some(group.0)),
        };
        let wait_min = i64::try_from(step.wait.as_secs() / 60).unwrap_or(0);
        let args = [
            space.into(),
            n.into(),
            kind.into(),
            target.into(),
            wait_min.into(),
        ];
        tx.exec(&ADD_STEP, &args)?;
    }
    Ok(())
}

pub(crate) fn touch(tx: &mut dyn Tx, space: SpaceId) -> Result<()> {
    tx.exec(&TOUCH, &[space.into()]).map(drop)
}

/// From this moment on it is theirs.
pub(crate) fn hold(
    tx: &mut dyn Tx,
    space: SpaceId,
    holder: Option<PersonId>,
    since: Timestamp,
) -> Result<()> {
    tx.exec(&HOLD, &[space.into(), holder.into(), since.into()])
        .map(drop)
}

/// Somebody is not in it any more, and has none of its days.
pub(crate) fn drop_member(tx: &mut dyn Tx, space: SpaceId, person: PersonId) -> Result<()> {
    tx.exec(&FORGET_SWAPS, &[space.into(), person.into()])?;
    tx.exec(&DROP_MEMBER, &[space.into(), person.into()]).map(drop)
}

/// Nobody calls this person any more because of the space's chain.
pub(crate) fn forget_steps(tx: &mut dyn Tx, space: SpaceId, person: PersonId) -> Result<()> {
    tx.exec(&FORGET_STEPS, &[space.into(), person.into()]).map(drop)
}

/// Whether the person is in it at all.
pub(crate) fn agree(
    tx: &mut dyn Tx,
    space: SpaceId,
    person: PersonId,
    agreed_at: Option<Timestamp>,
) -> Result<bool> {
    if agreed_at.is_none() {
        tx.exec(&FORGET_SWAPS, &[space.into(), person.into()])?;
    }
    Ok(tx.exec(&AGREE, &[space.into(), person.into(), agreed_at.into()])? == 1)
}

/// From a day on.
pub(crate) fn list_swaps(tx: &mut dyn Tx, space: SpaceId, from: Day) -> Result<Vec<Swap>> {
    let from = String::from(from);
    tx.list(&SWAPS, &[space.into(), (&from).into()], |row: &dyn Row| {
        let day: String = row.get(0)?;
        Ok(Swap {
            day: day.parse().map_err(|_| Error::Column(0))?,
            person: row.get(1)?,
        })
    })
}

/// Puts somebody on a day, or nobody in particular; forgets the days before today.
pub(crate) fn swap(
    tx: &mut dyn Tx,
    space: SpaceId,
    (day, person): (Day, Option<PersonId>),
    today: Day,
) -> Result<()> {
    let (day, today) = (String::from(day), String::from(today));
    tx.exec(&FORGET_OLD_SWAPS, &[space.into(), (&today).into()])?;
    match person {
        Some(person) => tx.exec(&SWAP, &[space.into(), (&day).into(), person.into()])?,
        None => tx.exec(&UNSWAP, &[space.into(), (&day).into()])?,
    };
    Ok(())
}

pub(crate) fn list_chain(tx: &mut dyn Tx, space: SpaceId) -> Result<Vec<ChainStep>> {
    tx.list(&CHAIN, &[space.into()], |row: &dyn Row| {
        let target = match row.text(0)? {
            Some("person") => ChainTarget::Person(row.get(1)?),
            Some("group") => ChainTarget::Group(GroupId(row.get::<Uuid>(1)?)),
            _ => ChainTarget::Rota,
        };
        let wait_min = u64::try_from(row.get::<i64>(2)?).unwrap_or(0);
        Ok(ChainStep {
            target,
            wait: Duration::from_secs(wait_min * 60),
        })
    })
}

/// The spaces in whose rota or chain somebody is.
pub(crate) fn list_of(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<SpaceId>> {
    tx.list(&OF_PERSON, &[person.into()], |row| row.get(0))
}
