//! Rotas as their readers see them. Whose turn it is, is [`timing::rota`]'s to say.

use crate::{
    model::{ChainTarget, Error, hand_over},
    store::rotas::{self, RotaRow},
    wire::{Rota, RotaMember, RotaStep, RotaSwap, RotaTurn, RotaView},
};
use base::{PersonId, SpaceId, Timestamp};
use hours::Day;
use jiff::civil::Date;
use platform::db::{self, Tx};
use spaces::SpaceAccess;
use std::collections::BTreeSet;
use timing::{rota as rules, week::Zone};

/// Turns that are shown.
const TURNS_SHOWN: usize = 6;

/// What the rules need; a swap of today counts at once.
pub(crate) fn rules_of(tx: &mut dyn Tx, row: &RotaRow, now: Timestamp) -> db::Result<Option<rules::Rota>> {
    let Some(hand_over) = hand_over(&row.time_zone, row.weekday, row.from_min) else {
        return Ok(None);
    };
    let today = Day(hand_over.zone.date(now));
    let agreed = row.members.iter().filter(|(_, has_agreed)| *has_agreed);
    Ok(Some(rules::Rota {
        people: agreed.map(|(person, _)| *person).collect(),
        holder: row.holder,
        since: row.since,
        swaps: rotas::list_swaps(tx, row.space, today)?,
        hand_over,
    }))
}

/// Who is on call in a space at this moment.
pub(crate) fn on_call(tx: &mut dyn Tx, space: SpaceId, now: Timestamp) -> db::Result<Option<PersonId>> {
    let Some(row) = rotas::find(tx, space)? else {
        return Ok(None);
    };
    Ok(rules_of(tx, &row, now)?.and_then(|rota| rota.on_call(now)))
}

/// Today, where the rota is.
pub(crate) fn today(row: &RotaRow, now: Timestamp) -> Date {
    let zone = Zone::find(&row.time_zone).unwrap_or_else(|_| Zone::utc());
    zone.date(now)
}

pub(crate) fn view(tx: &mut dyn Tx, access: &SpaceAccess, now: Timestamp) -> Result<RotaView, Error> {
    let rota = match rotas::find(tx, access.id())? {
        Some(row) => shown(tx, &row, now)?,
        None => nobodys(tx, access)?,
    };
    let mut named: BTreeSet<PersonId> = rota.members.iter().map(|member| member.person_id).collect();
    named.extend(rota.swaps.iter().map(|swap| swap.person_id));
    named.extend(rota.chain.iter().filter_map(|step| step.person_id));
    let named: Vec<PersonId> = named.into_iter().collect();
    let people = match named.is_empty() {
        true => Vec::new(),
        false => spaces::people_named(tx, &named)?,
    };
    Ok(RotaView {
        rota,
        can_manage: access.can_manage(),
        people,
    })
}

fn shown(tx: &mut dyn Tx, row: &RotaRow, now: Timestamp) -> db::Result<Rota> {
    let rules = rules_of(tx, row, now)?;
    let turns = rules.iter().flat_map(|rota| rota.turns(now).take(TURNS_SHOWN));
    let swaps = rules.iter().flat_map(|rota| rota.swaps.iter());
    Ok(Rota {
        space_id: row.space,
        time_zone: row.time_zone.clone(),
        weekday: row.weekday,
        from_min: row.from_min,
        members: row
            .members
            .iter()
            .map(|&(person_id, has_agreed)| RotaMember {
                person_id,
                has_agreed,
            })
            .collect(),
        swaps: swaps
            .map(|swap| RotaSwap {
                day: Day(swap.day),
                person_id: swap.person,
            })
            .collect(),
        turns: turns
            .map(|turn| RotaTurn {
                person_id: turn.person,
                from: turn.from,
                until: turn.until,
            })
            .collect(),
        on_call: rules.as_ref().and_then(|rota| rota.on_call(now)),
        chain: list_chain(tx, row.space)?,
        revision: row.revision,
    })
}

fn list_chain(tx: &mut dyn Tx, space: SpaceId) -> db::Result<Vec<RotaStep>> {
    let steps = rotas::list_chain(tx, space)?;
    let shown = steps.into_iter().map(|step| {
        let (person_id, group_id) = match step.target {
            ChainTarget::Rota => (None, None),
            ChainTarget::Person(person) => (Some(person), None),
            ChainTarget::Group(group) => (None, Some(group)),
        };
        RotaStep {
            person_id,
            group_id,
            wait_min: u16::try_from(step.wait.as_secs() / 60).unwrap_or(u16::MAX),
        }
    });
    Ok(shown.collect())
}

/// Where nobody has made one: handed over on Monday mornings where its reader is.
fn nobodys(tx: &mut dyn Tx, access: &SpaceAccess) -> db::Result<Rota> {
    let reader = accounts::find_person(tx, access.person())?;
    Ok(Rota {
        space_id: access.id(),
        time_zone: reader.map_or_else(|| "UTC".to_owned(), |reader| reader.time_zone),
        weekday: 1,
        from_min: 9 * 60,
        members: Vec::new(),
        swaps: Vec::new(),
        chain: Vec::new(),
        on_call: None,
        turns: Vec::new(),
        revision: 0,
    })
}
