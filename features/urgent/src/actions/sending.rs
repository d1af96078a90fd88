//! Calling people, and what it would do.

use super::stepping;
use crate::{
    events,
    model::{
        BUDGET_WINDOW, DOUBT_WINDOW, Error, LAPSES, UNCONFIRMED_MAX, Wanted, clean_reason, field, levels,
    },
    resolve::{Resolved, resolve},
    rota,
    store::{self, UrgentRow, rotas},
    wire::{NewUrgent, UrgentForecast, UrgentForecastStep, UrgentPreview, UrgentState},
};
use base::{PersonId, Timestamp};
use messages::{CardPost, post_card};
use platform::db::{self, Tx};
use spaces::ChannelAccess;
use std::{collections::BTreeSet, time::Duration};
use timing::urgent::{self, Budget, Error as Refused};

/// So long ago.
pub(crate) fn before(now: Timestamp, by: Duration) -> Timestamp {
    Timestamp(
        now.0
            .saturating_sub(i64::try_from(by.as_micros()).unwrap_or(i64::MAX)),
    )
}

/// What this person may still send without a second one.
pub(crate) fn budget(tx: &mut dyn Tx, sender: PersonId, now: Timestamp) -> db::Result<Budget> {
    let n_sent = store::count_sent(tx, sender, before(now, BUDGET_WINDOW))?;
    let n_doubts = store::count_doubts_of(tx, sender, before(now, DOUBT_WINDOW))?;
    let small = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(urgent::budget(small(n_sent), small(n_doubts)))
}

/// Posts the message and begins to call, or finds what an earlier try of the same sender has posted. Over the budget a second
/// person has to confirm it before anybody is called.
pub(crate) fn send(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (new, post): (&NewUrgent, &CardPost),
    now: Timestamp,
) -> Result<UrgentRow, Error> {
    if let Some(before) = store::find(tx, new.id)? {
        let same = before.channel == access.id() && before.sender == access.person();
        return if same { Ok(before) } else { Err(Error::IdTaken) };
    }
    access.require_post()?;
    let wanted = Wanted {
        people: new.people.clone(),
        on_call: new.on_call,
        chain: new.chain,
    };
    let wanted = wanted.clean(access.person(), "")?;
    let reason = clean_reason(&new.reason, new.kind)?;
    words::check(tx, &[&reason], new.words_ok)?;
    let resolved = resolve(tx, access, &wanted, now)?;
    check(&wanted, &resolved)?;
    if store::find_of_message(tx, new.message_id)?.is_some() {
        return Err(Error::IdTaken);
    }
    let row = UrgentRow {
        id: new.id,
        channel: access.id(),
        message: new.message_id,
        sender: access.person(),
        kind: new.kind,
        reason,
        wanted: serde_json::json!(wanted).to_string(),
        state: UrgentState::Unconfirmed,
        created_at: now,
        sent_at: None,
        confirmed_by: None,
        ended_at: None,
        ended_by: None,
        space: access.space(),
    };
    let budget = budget(tx, access.person(), now)?;
    if budget.needs_second && store::count_unconfirmed(tx, access.person())? >= UNCONFIRMED_MAX {
        return Err(Error::Forbidden(
            "three of yours wait for somebody to confirm them; take one back first",
        ));
    }
    // Whoever hears of the message can look it up.
    store::insert(tx, &row)?;
    post_card(tx, access, post, now)?;
    if budget.needs_second {
        stepping::look_at(tx, row.id, now.after(LAPSES))?;
    } else {
        begin(tx, &row, (&resolved, None), now)?;
    }
    store::find(tx, row.id)?.ok_or(Error::NotFound)
}

/// Nobody who was named is left out in silence.
fn check(wanted: &Wanted, resolved: &Resolved) -> Result<(), Error> {
    let named = wanted
        .people
        .iter()
        .position(|person| resolved.left_out.contains(person));
    if let Some(idx) = named {
        let detail = "cannot read this channel; bring them in first, or call somebody else";
        return Err(field(format!("/people/{idx}"), detail));
    }
    match urgent::check(&levels(&resolved.steps)) {
        Ok(()) => Ok(()),
        Err(Refused::TooMany) => Err(field("/people", "at most five people are called at first")),
        Err(Refused::Nobody) => Err(field("/people", "nobody would be called; name somebody")),
        Err(Refused::TooShort) => Err(field("/chain", "each step waits two minutes at least")),
    }
}

/// From now on it calls.
pub(crate) fn begin(
    tx: &mut dyn Tx,
    row: &UrgentRow,
    (resolved, confirmed_by): (&Resolved, Option<PersonId>),
    now: Timestamp,
) -> Result<(), Error> {
    store::begin(tx, row.id, (now, confirmed_by), &resolved.steps)?;
    if confirmed_by.is_some() {
        let calling = UrgentRow {
            state: UrgentState::Calling,
            ..row.clone()
        };
        events::changed(tx, &calling, confirmed_by, now)?;
    }
    Ok(stepping::look(tx, row.id, now)?)
}

/// Who would be called when, and what is left of the budget.
pub(crate) fn preview(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    wanted: &Wanted,
    now: Timestamp,
) -> Result<UrgentPreview, Error> {
    let resolved = resolve(tx, access, wanted, now)?;
    let budget = budget(tx, access.person(), now)?;
    let (on_call, has_chain) = match access.space() {
        Some(space) => (
            rota::on_call(tx, space, now)?,
            !rotas::list_chain(tx, space)?.is_empty(),
        ),
        None => (None, false),
    };
    let starts = resolved.starts(now);
    let zone_of = |person| {
        let known = resolved.people.get(&person);
        known.map_or_else(String::new, |person| person.time_zone.clone())
    };
    let steps = resolved
        .steps
        .iter()
        .zip(&starts)
        .map(|(step, from)| UrgentForecastStep {
            from: *from,
            wait_min: step.wait.as_secs() / 60,
            people: step
                .people
                .iter()
                .map(|called| UrgentForecast {
                    person_id: called.person,
                    instead_of: called.instead_of,
                    via: called.via,
                    time_zone: zone_of(called.person),
                    not_before: called.not_before,
                    wakes: called.wakes,
                })
                .collect(),
        });
    let steps: Vec<UrgentForecastStep> = steps.collect();
    let mut named: BTreeSet<PersonId> = resolved.left_out.iter().copied().chain(on_call).collect();
    for called in resolved.steps.iter().flat_map(|step| &step.people) {
        named.extend([Some(called.person), called.instead_of].into_iter().flatten());
    }
    let named: Vec<PersonId> = named.into_iter().collect();
    Ok(UrgentPreview {
        steps,
        left_out: resolved.left_out,
        on_call,
        has_chain,
        budget_left: budget.left,
        needs_second: budget.needs_second,
        people: spaces::people_named(tx, &named)?,
    })
}
