//! Hours of people, as other slices and other people may know them.

use crate::{
    model::{DEPUTIES_MAX, reckon},
    store::{self, HoursRow},
    wire::{Away, FocusNow, OwnHours, PersonHours, TimePolicy},
};
use accounts::Person;
use base::{PersonId, Timestamp};
use platform::db::{Result, Tx};
use std::collections::HashMap;
use timing::{availability::availability, hours::Hours, span::Span};

/// Days of work that are shown of somebody: yesterday, which reaches into the day of others far away, and a week from today.
const DAYS_SHOWN: usize = 9;

/// The hours of somebody, with what they want to be told of and how.
fn hours_of(tx: &mut dyn Tx, person: &Person) -> Result<(Hours, OwnHours)> {
    let known = list_known(tx, std::slice::from_ref(person))?;
    Ok(known.reckon(person))
}

/// The hours of these people, with what they have declared or what holds as long as they have not.
pub fn list_hours(tx: &mut dyn Tx, people: &[Person]) -> Result<HashMap<PersonId, (Hours, OwnHours)>> {
    let known = list_known(tx, people)?;
    Ok(people
        .iter()
        .map(|person| (person.id, known.reckon(person)))
        .collect())
}

/// What somebody has declared; None: nothing.
pub fn find_declared(tx: &mut dyn Tx, person: PersonId) -> Result<Option<OwnHours>> {
    Ok(store::find(tx, person)?.and_then(|row| row.hours))
}

/// Whether the workspace wants what is written outside of somebody's hours to land silently, first of all.
pub fn is_silent_first(tx: &mut dyn Tx) -> Result<bool> {
    Ok(store::get_policy(tx)?.silent_first)
}

/// What holds in the whole workspace.
pub fn get_policy(tx: &mut dyn Tx) -> Result<TimePolicy> {
    store::get_policy(tx)
}

struct Known {
    rows: HashMap<PersonId, HoursRow>,
    undeclared: OwnHours,
}

impl Known {
    fn own(&self, person: PersonId) -> &OwnHours {
        let row = self.rows.get(&person);
        row.and_then(|row| row.hours.as_ref()).unwrap_or(&self.undeclared)
    }

    fn focus(&self, person: PersonId) -> Option<FocusNow> {
        self.rows.get(&person)?.focus
    }

    fn reckon(&self, person: &Person) -> (Hours, OwnHours) {
        let own = self.own(person.id).clone();
        let focus = self.focus(person.id);
        let focus = focus.and_then(|focus| Span::between(focus.from, focus.until));
        (reckon(&person.time_zone, &own, focus), own)
    }
}

fn list_known(tx: &mut dyn Tx, people: &[Person]) -> Result<Known> {
    let rows = store::list(tx, people.iter().map(|person| person.id))?;
    Ok(Known {
        rows: rows.into_iter().map(|row| (row.person, row)).collect(),
        undeclared: OwnHours::undeclared(&store::get_policy(tx)?),
    })
}

/// What others may know of these people at this moment.
pub fn list_shown(tx: &mut dyn Tx, people: &[Person], now: Timestamp) -> Result<Vec<PersonHours>> {
    let known = list_known(tx, people)?;
    let mut shown = Vec::with_capacity(people.len());
    for person in people {
        let (hours, own) = known.reckon(person);
        let told = availability(&hours, now);
        let today = hours.zone().date(now);
        let away = own.days_off.iter().find(|day| day.is_away_on(today));
        let away = match away {
            Some(day) => Some(Away {
                until: told.next,
                deputy_id: find_deputy(tx, (person.id, day.deputy_id), now)?,
            }),
            None => None,
        };
        let yesterday = today.yesterday().unwrap_or(today);
        let days = yesterday.series(jiff::Span::new().days(1)).take(DAYS_SHOWN);
        let work = timing::span::merged(days.flat_map(|date| hours.work_on(date)).collect());
        shown.push(PersonHours {
            person_id: person.id,
            time_zone: person.time_zone.clone(),
            is_declared: known.rows.get(&person.id).is_some_and(|row| row.hours.is_some()),
            until: told.until,
            next: told.next,
            away,
            focus_until: hours.focus_end(now, None),
            work: work.into_iter().map(|span| (span.from, span.to)).collect(),
        });
    }
    Ok(shown)
}

/// The first deputy who is not away themselves. Deputies in a circle are nobody.
fn find_deputy(
    tx: &mut dyn Tx,
    (away, mut deputy): (PersonId, Option<PersonId>),
    now: Timestamp,
) -> Result<Option<PersonId>> {
    let mut asked = vec![away];
    while let Some(id) = deputy {
        if asked.contains(&id) || asked.len() > DEPUTIES_MAX {
            return Ok(None);
        }
        asked.push(id);
        let Some(person) = accounts::find_person(tx, id)?.filter(|person| !person.deactivated) else {
            return Ok(None);
        };
        let (hours, own) = hours_of(tx, &person)?;
        let today = hours.zone().date(now);
        match own.days_off.iter().find(|day| day.is_away_on(today)) {
            None => return Ok(Some(id)),
            Some(day) => deputy = day.deputy_id,
        }
    }
    Ok(None)
}
