//! Changing who is on call. Whose turn it is survives each change.

use crate::{
    events,
    model::{ChainTarget, Error, field},
    rota,
    store::rotas::{self, RotaRow},
    wire::{HandOverRota, SaveRota, SwapRota},
};
use accounts::{Deed, Subject, audit};
use base::{PersonId, Timestamp};
use platform::db::{self, Tx};
use spaces::SpaceAccess;

/// What this slice writes down in the audit log.
pub(crate) const DEEDS: &[&str] = &["rota.changed"];
/// How far ahead days are swapped.
const SWAP_DAYS_MAX: i64 = 366;

/// Writes down whose turn it is at this moment, so that another order or another hour changes the turns after it and not this
/// one.
pub(crate) fn settle(tx: &mut dyn Tx, row: &RotaRow, now: Timestamp) -> db::Result<()> {
    let turn = rota::rules_of(tx, row, now)?.and_then(|rota| rota.turn(now));
    match turn {
        Some(turn) => rotas::hold(tx, row.space, Some(turn.person), turn.from),
        None => rotas::hold(tx, row.space, None, now),
    }
}

pub(crate) fn save(
    tx: &mut dyn Tx,
    access: &SpaceAccess,
    new: &SaveRota,
    now: Timestamp,
) -> Result<(), Error> {
    access.require_manage()?;
    access.require_take_part()?;
    let clean = new.clean()?;
    let before = rotas::find(tx, access.id())?;
    if before.as_ref().map_or(0, |row| row.revision) != new.revision {
        return Err(Error::Changed);
    }
    let there = spaces::space_members_among(tx, access, &clean.people)?;
    if let Some(idx) = clean.people.iter().position(|person| !there.contains(person)) {
        return Err(field(format!("/people/{idx}"), "is not in this space"));
    }
    for (idx, step) in clean.chain.iter().enumerate() {
        if let ChainTarget::Person(person) = step.target
            && spaces::space_members_among(tx, access, &[person])?.is_empty()
        {
            return Err(field(format!("/chain/{idx}/person_id"), "is not in this space"));
        }
    }
    if let Some(before) = &before {
        settle(tx, before, now)?;
    }
    let members: Vec<PersonId> = before
        .iter()
        .flat_map(|row| &row.members)
        .map(|(person, _)| *person)
        .collect();
    rotas::save(tx, access.id(), (&clean, &members), now)?;
    if clean.people != members {
        let n_people = |people: &[PersonId]| i64::try_from(people.len()).unwrap_or(i64::MAX);
        let subject = Subject::new("space", access.id(), "");
        let deed = Deed::new(access.person(), "rota.changed", subject).changed(
            "n_people",
            n_people(&members),
            n_people(&clean.people),
        );
        audit::record(tx, &deed, now)?;
    }
    announce(tx, access, now)
}

/// A person of the rota is ready to be on call, or not any more.
pub(crate) fn agree(
    tx: &mut dyn Tx,
    access: &SpaceAccess,
    agreed: bool,
    now: Timestamp,
) -> Result<(), Error> {
    let row = rotas::find(tx, access.id())?.ok_or(Error::NotFound)?;
    let me = access.person();
    let Some((_, has_agreed)) = row.members.iter().find(|(person, _)| *person == me) else {
        return Err(Error::Forbidden("you are not in this rota"));
    };
    if *has_agreed == agreed {
        return Ok(());
    }
    let rules = rota::rules_of(tx, &row, now)?;
    settle(tx, &row, now)?;
    if let (false, Some(rules)) = (agreed, &rules)
        && rules.turn(now).is_some_and(|turn| turn.person == me)
    {
        let next = rules.next_person(me);
        rotas::hold(tx, row.space, Some(next).filter(|next| *next != me), now)?;
    }
    rotas::agree(tx, row.space, me, agreed.then_some(now))?;
    announce(tx, access, now)
}

/// Somebody else is on call from now on, until the next hand-over.
pub(crate) fn hand_over(
    tx: &mut dyn Tx,
    access: &SpaceAccess,
    to: HandOverRota,
    now: Timestamp,
) -> Result<(), Error> {
    let row = rotas::find(tx, access.id())?.ok_or(Error::NotFound)?;
    let rules = rota::rules_of(tx, &row, now)?.ok_or(Error::NotFound)?;
    require_part(access, &row)?;
    let turn = rules
        .turn(now)
        .ok_or(Error::Forbidden("nobody in this rota has agreed yet"))?;
    let next = to.person_id.unwrap_or_else(|| rules.next_person(turn.person));
    if !rules.people.contains(&next) {
        return Err(field("/person_id", "is not in this rota, or has not agreed yet"));
    }
    let today = hours::Day(rota::today(&row, now));
    if rules.on_call(now) == Some(next) {
        return Ok(());
    }
    // Whoever has swapped for today has handed it over, too.
    rotas::swap(tx, row.space, (today, None), today)?;
    rotas::hold(tx, row.space, Some(next), now)?;
    announce(tx, access, now)
}

/// Somebody else for a day.
pub(crate) fn swap(
    tx: &mut dyn Tx,
    access: &SpaceAccess,
    new: SwapRota,
    now: Timestamp,
) -> Result<(), Error> {
    let row = rotas::find(tx, access.id())?.ok_or(Error::NotFound)?;
    require_part(access, &row)?;
    let today = rota::today(&row, now);
    let last = today.saturating_add(jiff::Span::new().days(SWAP_DAYS_MAX));
    if new.day.0 < today || new.day.0 > last {
        return Err(field("/day", "from today on, within a year"));
    }
    if let Some(person) = new.person_id
        && !row.members.contains(&(person, true))
    {
        return Err(field("/person_id", "is not in this rota, or has not agreed yet"));
    }
    rotas::swap(tx, row.space, (new.day, new.person_id), hours::Day(today))?;
    announce(tx, access, now)
}

/// Those who are on call settle it among themselves; those who look after the space may, too.
fn require_part(access: &SpaceAccess, row: &RotaRow) -> Result<(), Error> {
    access.require_take_part()?;
    let is_in = row.members.contains(&(access.person(), true));
    match is_in || access.can_manage() {
        true => Ok(()),
        false => Err(Error::Forbidden("those who are in the rota change their turns")),
    }
}

fn announce(tx: &mut dyn Tx, access: &SpaceAccess, now: Timestamp) -> Result<(), Error> {
    rotas::touch(tx, access.id())?;
    let revision = rotas::find(tx, access.id())?.map_or(0, |row| row.revision);
    Ok(events::rota_changed(
        tx,
        (access.id(), revision),
        Some(access.person()),
        now,
    )?)
}
