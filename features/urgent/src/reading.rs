//! What is urgent as its readers see it: one, and what calls me.

use crate::{
    actions::{moving, sending::before, stepping},
    model::{Called, Error, SHOWN_FOR, Step},
    store::{self, ReactionRow, UrgentRow},
    wire::{MyUrgents, Urgent, UrgentCall, UrgentStep, UrgentView},
};
use accounts::SignedIn;
use base::{PersonId, Timestamp, UrgentId};
use platform::db::{self, Tx};
use spaces::ChannelAccess;
use std::collections::BTreeSet;
use timing::urgent::Page;

/// What calls somebody at once, in one answer.
const CALLING_MAX: i64 = 20;

/// Something urgent of the channel that was proved; of any other channel it is absent, and so is one whose message is gone.
pub(crate) fn get(tx: &mut dyn Tx, access: &ChannelAccess, id: UrgentId) -> Result<UrgentRow, Error> {
    let row = store::find(tx, id)?.filter(|row| row.channel == access.id());
    let row = row.ok_or(Error::NotFound)?;
    let place = store::find_place(tx, row.message)?;
    place
        .filter(|place| access.may_see(*place))
        .ok_or(Error::NotFound)?;
    Ok(row)
}

/// Whether somebody was called by it, or it waits for them.
pub(crate) fn is_called(tx: &mut dyn Tx, row: &UrgentRow, person: PersonId) -> db::Result<bool> {
    if store::list_pages(tx, row.id)?
        .iter()
        .any(|page| page.person == person)
    {
        return Ok(true);
    }
    let steps = store::list_steps(tx, row.id)?;
    let mut called = steps.iter().flat_map(|step| &step.people);
    Ok(called.any(|called| called.person == person && called.told_at.is_some()))
}

pub(crate) fn view(tx: &mut dyn Tx, access: &ChannelAccess, row: &UrgentRow) -> Result<UrgentView, Error> {
    let me = access.person();
    let urgent = shown(tx, row)?;
    let named = named(&urgent);
    Ok(UrgentView {
        moves: moving::list_moves(tx, access, row)?,
        n_doubts: if me == row.sender {
            store::count_doubts(tx, row.id)?
        } else {
            0
        },
        has_doubted: store::has_doubted(tx, row.id, me)?,
        people: spaces::people_named(tx, &named)?,
        urgent,
    })
}

/// What calls this person and waits for their reaction, in channels that they may read now. Whom they block calls them in vain,
/// and does not learn it.
pub fn list_mine(tx: &mut dyn Tx, who: &SignedIn, now: Timestamp) -> Result<MyUrgents, Error> {
    let person = who.person;
    let blocked = spaces::blocked_by(tx, who)?;
    let mut items = Vec::new();
    for id in store::list_calling(tx, person, before(now, SHOWN_FOR), CALLING_MAX)? {
        let row = store::find(tx, id)?;
        let Some(row) = row.filter(|row| !blocked.contains(&row.sender)) else {
            continue;
        };
        let is_there = store::find_place(tx, row.message)?.is_some();
        if is_there && !spaces::who_may_read(tx, row.channel, &[person])?.is_empty() {
            items.push(shown(tx, &row)?);
        }
    }
    let people: BTreeSet<PersonId> = items.iter().flat_map(named).collect();
    let people: Vec<PersonId> = people.into_iter().collect();
    Ok(MyUrgents {
        people: match people.is_empty() {
            true => Vec::new(),
            false => spaces::people_named(tx, &people)?,
        },
        items,
    })
}

fn named(urgent: &Urgent) -> Vec<PersonId> {
    let mut named = BTreeSet::from([urgent.sender_id]);
    named.extend([urgent.confirmed_by, urgent.ended_by].into_iter().flatten());
    for call in urgent.steps.iter().flat_map(|step| &step.people) {
        named.extend([Some(call.person_id), call.instead_of].into_iter().flatten());
    }
    named.into_iter().collect()
}

/// For somebody who was proved to read its channel.
fn shown(tx: &mut dyn Tx, row: &UrgentRow) -> db::Result<Urgent> {
    let steps = store::list_steps(tx, row.id)?;
    let pages = store::list_pages(tx, row.id)?;
    let reactions = store::list_reactions(tx, row.id)?;
    let text = store::find_text(tx, row.message)?.unwrap_or_default();
    let starts = stepping::starts(&steps, row.sent_at.unwrap_or(row.created_at));
    let steps = steps
        .iter()
        .zip(starts)
        .map(|(step, from)| shown_step(step, from, &pages, &reactions));
    Ok(Urgent {
        id: row.id,
        channel_id: row.channel,
        message_id: row.message,
        sender_id: row.sender,
        kind: row.kind,
        reason: row.reason.clone(),
        text: messages::quote_text(&text),
        state: row.state,
        created_at: row.created_at,
        sent_at: row.sent_at,
        confirmed_by: row.confirmed_by,
        ended_at: row.ended_at,
        ended_by: row.ended_by,
        steps: steps.collect(),
    })
}

fn shown_step(step: &Step, from: Timestamp, pages: &[Page], reactions: &[ReactionRow]) -> UrgentStep {
    let call = |called: &Called| {
        let own = pages.iter().filter(|page| page.person == called.person);
        let last = reactions.iter().rev().find(|(by, ..)| *by == called.person);
        UrgentCall {
            person_id: called.person,
            instead_of: called.instead_of,
            via: called.via,
            not_before: called.not_before,
            called_at: own.map(|page| page.at).collect(),
            reaction: last.map(|(_, reaction, _)| *reaction),
            reacted_at: last.map(|(.., at)| *at),
        }
    };
    UrgentStep {
        from,
        wait_min: step.wait.as_secs() / 60,
        people: step.people.iter().map(call).collect(),
    }
}
