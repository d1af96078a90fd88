//! One look at a chain: who is called now, and when to look again. What the rules say and what was done stands in one
//! transaction, so a look that dies in the middle is made again and one that was made is not.
//!
//! Looks are jobs, each with the chain and its own time as its key: many reasons to look at one moment are one job, and a
//! reaction asks for an earlier look without having to find the later one, which then finds nothing to do.

use crate::{
    events::{self, UrgentPaged},
    model::{self, Called, LAPSES, Step},
    resolve::{Consents, not_before},
    store::{self, UrgentRow},
    wire::{UrgentReaction, UrgentState},
};
use base::{PersonId, Timestamp, UrgentId};
use platform::{
    db::{Result, Tx},
    jobs::{self, Job, JobKind, Next},
};
use std::collections::{HashMap, HashSet};
use timing::urgent::{Page, Plan, plan};

const STEP: &str = "urgent.step";

pub(crate) fn job() -> JobKind {
    JobKind {
        kind: STEP,
        run: step,
        schedule: false,
    }
}

/// Asks for a look.
pub(crate) fn look_at(tx: &mut dyn Tx, id: UrgentId, at: Timestamp) -> Result<()> {
    jobs::ask(tx, STEP, &key_of(id, at), &id.0.to_string(), at)
}

fn key_of(id: UrgentId, at: Timestamp) -> String {
    format!("{}.{}", id.0, at.0)
}

fn step(tx: &mut dyn Tx, job: &Job, now: Timestamp) -> Result<Next> {
    let Ok(id) = job.body.parse().map(UrgentId) else {
        return Ok(Next::Done);
    };
    let Some(again) = do_due(tx, id, now)? else {
        return Ok(Next::Done);
    };
    // A clock that was set back comes to the same moment twice: this job is the one that waits for it.
    if key_of(id, again) == job.key {
        return Ok(Next::At(again));
    }
    look_at(tx, id, again)?;
    Ok(Next::Done)
}

/// Does what is due, and asks for the next look.
pub(crate) fn look(tx: &mut dyn Tx, id: UrgentId, now: Timestamp) -> Result<()> {
    match do_due(tx, id, now)? {
        Some(again) => look_at(tx, id, again),
        None => Ok(()),
    }
}

/// When to look again; None: never.
fn do_due(tx: &mut dyn Tx, id: UrgentId, now: Timestamp) -> Result<Option<Timestamp>> {
    let Some(row) = store::lock(tx, id)? else {
        return Ok(None);
    };
    match (row.state, row.sent_at) {
        (UrgentState::Unconfirmed, _) if now >= row.created_at.after(LAPSES) => {
            end(tx, &row, UrgentState::Lapsed, (None, now))?;
            Ok(None)
        }
        (UrgentState::Unconfirmed, _) => Ok(Some(row.created_at.after(LAPSES))),
        (UrgentState::Calling, Some(sent_at)) => go_on(tx, &row, sent_at, now),
        _ => Ok(None),
    }
}

fn go_on(tx: &mut dyn Tx, row: &UrgentRow, sent_at: Timestamp, now: Timestamp) -> Result<Option<Timestamp>> {
    let mut steps = store::list_steps(tx, row.id)?;
    let mut reactions = store::list_reactions(tx, row.id)?;
    let people: Vec<PersonId> = everybody(&steps).map(|called| called.person).collect();
    let readers = spaces::who_may_read(tx, row.channel, &people)?;
    for person in people
        .iter()
        .filter(|person| readers.binary_search(person).is_err())
    {
        if store::react(tx, row.id, (*person, UrgentReaction::Left), now)? {
            reactions.push((*person, UrgentReaction::Left, now));
        }
    }
    let pages = store::list_pages(tx, row.id)?;
    let trail = store::trail(pages, &reactions);
    let reacted: HashSet<PersonId> = reactions.iter().map(|(person, ..)| *person).collect();
    let mut held = Holds::of(tx, row, &steps, now)?;
    // Whoever may not be called now after all is told later, and the chain goes on: each round takes out one at least.
    loop {
        match plan(&model::levels(&steps), sent_at, &trail, now) {
            Plan::Go { pages, look_again } => {
                if held.put_off(tx, row.id, (&mut steps, &pages))? {
                    continue;
                }
                call(tx, row, (&pages, &held), now)?;
                tell_held(tx, row, (&steps, now), (&reacted, now))?;
                return Ok(Some(look_again));
            }
            Plan::NobodyAcknowledged => {
                tell_held(tx, row, (&steps, Timestamp(i64::MAX)), (&reacted, now))?;
                end(tx, row, UrgentState::Nobody, (None, now))?;
                return Ok(None);
            }
            // Whoever ended it has written so already.
            Plan::Taken(_) | Plan::Ended => return Ok(None),
        }
    }
}

fn everybody(steps: &[Step]) -> impl Iterator<Item = &Called> {
    steps.iter().flat_map(|step| &step.people)
}

/// Until when each of them may not be called at this moment, and who has agreed to it.
struct Holds {
    until: HashMap<PersonId, Timestamp>,
    consented: HashSet<PersonId>,
}

impl Holds {
    fn of(tx: &mut dyn Tx, row: &UrgentRow, steps: &[Step], now: Timestamp) -> Result<Self> {
        let called: Vec<Called> = everybody(steps).copied().collect();
        let ids: Vec<PersonId> = called.iter().map(|called| called.person).collect();
        let people = accounts::people(tx, &ids)?;
        let hours = hours::list_hours(tx, &people)?;
        let consents = Consents::of(tx, (row.channel, row.space), &called)?;
        let mut holds = Self {
            until: HashMap::new(),
            consented: HashSet::new(),
        };
        for called in &called {
            let Some((hours, own)) = hours.get(&called.person) else {
                continue;
            };
            let has_consented = own.urgent_rings || consents.includes(called);
            if has_consented {
                holds.consented.insert(called.person);
            }
            if let Some(until) = not_before(hours, (row.sender, has_consented), now) {
                holds.until.insert(called.person, until);
            }
        }
        Ok(holds)
    }

    /// Whether somebody who would be called may not be, at this moment.
    fn put_off(
        &mut self,
        tx: &mut dyn Tx,
        id: UrgentId,
        (steps, pages): (&mut [Step], &[Page]),
    ) -> Result<bool> {
        let mut has_held = false;
        for page in pages {
            let Some(until) = self.until.remove(&page.person) else {
                continue;
            };
            let people = steps.iter_mut().flat_map(|step| &mut step.people);
            for called in people.filter(|called| called.person == page.person) {
                called.not_before = Some(until);
            }
            store::set_not_before(tx, id, page.person, until)?;
            has_held = true;
        }
        Ok(has_held)
    }
}

fn call(tx: &mut dyn Tx, row: &UrgentRow, (pages, holds): (&[Page], &Holds), now: Timestamp) -> Result<()> {
    for page in pages {
        store::add_page(tx, row.id, page)?;
        let event = UrgentPaged {
            urgent_id: row.id,
            message_id: row.message,
            channel_id: row.channel,
            sender_id: row.sender,
            nth: page.nth,
            at: page.at,
            consented: holds.consented.contains(&page.person),
            held_until: None,
        };
        events::paged(tx, page.person, &event)?;
    }
    match pages.is_empty() {
        true => Ok(()),
        false => events::changed(tx, row, None, now),
    }
}

/// Whoever is not called now learns of it in their own time: their notice is held until then. Only those of steps that have
/// begun, by `begun_until`.
fn tell_held(
    tx: &mut dyn Tx,
    row: &UrgentRow,
    (steps, begun_until): (&[Step], Timestamp),
    (reacted, now): (&HashSet<PersonId>, Timestamp),
) -> Result<()> {
    let starts = starts(steps, row.sent_at.unwrap_or(now));
    for (step, from) in steps.iter().zip(starts) {
        let waits = |called: &&Called| {
            called.told_at.is_none() && from <= begun_until && !reacted.contains(&called.person)
        };
        for called in step.people.iter().filter(waits) {
            let Some(until) = called.not_before.filter(|until| *until > now) else {
                continue;
            };
            store::set_told(tx, row.id, called.person, now)?;
            let event = UrgentPaged {
                urgent_id: row.id,
                message_id: row.message,
                channel_id: row.channel,
                sender_id: row.sender,
                nth: 0,
                at: now,
                consented: false,
                held_until: Some(until),
            };
            events::paged(tx, called.person, &event)?;
        }
    }
    Ok(())
}

/// When each step would begin if nobody reacts.
pub(crate) fn starts(steps: &[Step], sent_at: Timestamp) -> Vec<Timestamp> {
    let levels = model::levels(steps);
    (0..levels.len())
        .map(|n| timing::urgent::next_start(&levels[..n], sent_at))
        .collect()
}

/// Nobody is called any more; everybody who was, and whoever called, learns of it.
pub(crate) fn end(
    tx: &mut dyn Tx,
    row: &UrgentRow,
    state: UrgentState,
    (by, now): (Option<PersonId>, Timestamp),
) -> Result<()> {
    store::end(tx, row.id, state, (by, now))?;
    let row = UrgentRow { state, ..row.clone() };
    events::changed(tx, &row, by, now)?;
    let pages = store::list_pages(tx, row.id)?;
    let mut told: Vec<PersonId> = pages.iter().map(|page| page.person).collect();
    let steps = store::list_steps(tx, row.id)?;
    let held = everybody(&steps).filter(|called| called.told_at.is_some());
    told.extend(held.map(|called| called.person).chain([row.sender]));
    told.sort_unstable();
    told.dedup();
    told.into_iter()
        .try_for_each(|person| events::settled(tx, &row, person, now))
}
