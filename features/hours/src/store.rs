//! All SQL of hours.

use crate::wire::{FocusNow, OwnHours, TimePolicy};
use base::{PersonId, Timestamp};
use platform::{
    db::{Error, Result, Row, Tx},
    journal::id_list,
};
use std::sync::Arc;

platform::sql! {
    FIND = "select person_id, revision, hours, focus_from, focus_until from person_hours where person_id = $1";
    LIST = {
        sqlite: "select person_id, revision, hours, focus_from, focus_until from person_hours \
            where person_id in (select unhex(value) from json_each($1))",
        postgres: "select person_id, revision, hours, focus_from, focus_until from person_hours \
            where person_id in (select value::uuid from json_array_elements_text(cast($1 as text)::json))"
    };
    SAVE = "insert into person_hours (person_id, revision, hours) values ($1, $2, $3) \
        on conflict (person_id) do update set revision = excluded.revision, hours = excluded.hours";
    FOCUS = "insert into person_hours (person_id, revision, focus_from, focus_until) values ($1, 0, $2, $3) \
        on conflict (person_id) do update set focus_from = excluded.focus_from, focus_until = excluded.focus_until";
    REMOVE = "delete from person_hours where person_id = $1";
    POLICY = "select policy from time_policy where the_only_one = 1";
    PUT_POLICY = "insert into time_policy (the_only_one, policy) values (1, $1) \
        on conflict (the_only_one) do update set policy = excluded.policy";
}

/// What is kept about somebody.
#[derive(Debug, Clone)]
pub(crate) struct HoursRow {
    pub person: PersonId,
    pub revision: i64,
    pub hours: Option<OwnHours>,
    pub focus: Option<FocusNow>,
}

pub(crate) fn find(tx: &mut dyn Tx, person: PersonId) -> Result<Option<HoursRow>> {
    tx.find(&FIND, &[person.into()], read)
}

pub(crate) fn list(tx: &mut dyn Tx, people: impl Iterator<Item = PersonId>) -> Result<Vec<HoursRow>> {
    let ids = id_list(tx, people.map(|person| person.0));
    tx.list(&LIST, &[ids.as_str().into()], read)
}

pub(crate) fn save(tx: &mut dyn Tx, person: PersonId, revision: i64, hours: &OwnHours) -> Result<()> {
    let hours = serde_json::to_string(hours).map_err(broken)?;
    tx.exec(&SAVE, &[person.into(), revision.into(), (&hours).into()])
        .map(drop)
}

pub(crate) fn set_focus(tx: &mut dyn Tx, person: PersonId, focus: Option<FocusNow>) -> Result<()> {
    let (from, until): (Option<Timestamp>, Option<Timestamp>) =
        focus.map(|focus| (focus.from, focus.until)).unzip();
    tx.exec(&FOCUS, &[person.into(), from.into(), until.into()])
        .map(drop)
}

pub(crate) fn remove(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    tx.exec(&REMOVE, &[person.into()]).map(drop)
}

pub(crate) fn get_policy(tx: &mut dyn Tx) -> Result<TimePolicy> {
    let policy: Option<String> = tx.find(&POLICY, &[], |row| row.get(0))?;
    match policy {
        Some(policy) => serde_json::from_str(&policy).map_err(broken),
        None => Ok(TimePolicy::usual()),
    }
}

pub(crate) fn put_policy(tx: &mut dyn Tx, policy: &TimePolicy) -> Result<()> {
    let policy = serde_json::to_string(policy).map_err(broken)?;
    tx.exec(&PUT_POLICY, &[(&policy).into()]).map(drop)
}

fn read(row: &dyn Row) -> Result<HoursRow> {
    let hours: Option<String> = row.get_optional(2)?;
    let focus: (Option<Timestamp>, Option<Timestamp>) = (row.get_optional(3)?, row.get_optional(4)?);
    Ok(HoursRow {
        person: row.get(0)?,
        revision: row.get(1)?,
        hours: hours
            .map(|hours| serde_json::from_str(&hours).map_err(broken))
            .transpose()?,
        focus: focus.0.zip(focus.1).map(|(from, until)| FocusNow { from, until }),
    })
}

fn broken(err: serde_json::Error) -> Error {
    Error::Statement {
        name: "HOURS",
        source: Arc::new(err),
    }
}
