//! A message calls people: each is decided on by their hours.

use super::tell_sender;
use crate::{
    model::{CALLED_AT_ONCE, Called, Cause, IN_VIEW, Wait},
    store::{
        called::{self, Calling, Candidate},
        notices,
    },
};
use accounts::Person;
use base::{MessageId, PersonId, Timestamp};
use platform::{
    db::{Result, Tx},
    jobs::{self, Job, Next},
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

pub(super) const CALL: &str = "notify.call";

/// What [`CALL`] needs to know.
#[derive(Serialize, Deserialize)]
struct Turn {
    message_id: MessageId,
    /// The person on whom the last page ended.
    after: Option<PersonId>,
}

/// Asks for the people of a message to be called, a moment after it was said.
pub(crate) fn ask_call(tx: &mut dyn Tx, message_id: MessageId, at: Timestamp) -> Result<()> {
    let turn = Turn {
        message_id,
        after: None,
    };
    let body = serde_json::json!(turn).to_string();
    jobs::ask(tx, CALL, &message_id.0.to_string(), &body, at.after(IN_VIEW))
}

/// Decides on a page of them. Where everybody is called, the others have their turn in another transaction.
pub(super) fn call(tx: &mut dyn Tx, job: &Job, now: Timestamp) -> Result<Next> {
    let Ok(turn) = serde_json::from_str::<Turn>(&job.body) else {
        return Ok(Next::Done);
    };
    // Sent silently, it stands there and interrupts nobody.
    if later::is_silent(tx, turn.message_id)? {
        return Ok(Next::Done);
    }
    let Some(calling) = called::find(tx, turn.message_id)? else {
        return Ok(Next::Done);
    };
    let candidates = called::list(tx, &calling, turn.after, CALLED_AT_ONCE)?;
    let last = candidates.last().map(|candidate| candidate.person);
    let is_full = i64::try_from(candidates.len()).is_ok_and(|n| n == CALLED_AT_ONCE);
    decide_on(tx, &calling, candidates, now)?;
    if !is_full {
        return Ok(Next::Done);
    }
    let turn = Turn { after: last, ..turn };
    jobs::set_body(tx, job, &serde_json::json!(turn).to_string())?;
    Ok(Next::At(now))
}

fn decide_on(
    tx: &mut dyn Tx,
    calling: &Calling,
    mut candidates: Vec<Candidate>,
    now: Timestamp,
) -> Result<()> {
    candidates.retain(|candidate| candidate.read_seq < calling.seq && !candidate.muted);
    let ids: Vec<PersonId> = candidates.iter().map(|candidate| candidate.person).collect();
    let readers = spaces::who_may_read(tx, calling.channel, &ids)?;
    candidates.retain(|candidate| readers.binary_search(&candidate.person).is_ok());
    let people = accounts::people(tx, &readers)?;
    let hours = hours::list_hours(tx, &people)?;
    let people: HashMap<PersonId, &Person> = people.iter().map(|person| (person.id, person)).collect();
    let mut waiting = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let Some((hours, own)) = hours.get(&candidate.person) else {
            continue;
        };
        let called = Called {
            cause: candidate.cause,
            sender: calling.sender(),
            due: None,
            urgent: false,
            consented: false,
            muted: candidate.muted,
        };
        let Some(wait) = Wait::of(called.decide(own.profile.into(), hours, now), now) else {
            continue;
        };
        waiting.push((candidate, wait));
        if let (true, Some(until), Some(person)) =
            (calling.is_direct, wait.held_until, people.get(&candidate.person))
        {
            let message = (calling.author, calling.channel, calling.id);
            tell_sender(tx, message, person, until, now)?;
        }
    }
    notices::insert(tx, calling, &waiting)
}

/// A message calls somebody at a time of their own, whether they have read it or not.
pub(crate) fn call_again(
    tx: &mut dyn Tx,
    calling: &Calling,
    (id, cause): (PersonId, Cause),
    now: Timestamp,
) -> Result<()> {
    let people = accounts::people(tx, &[id])?;
    let hours = hours::list_hours(tx, &people)?;
    let Some((hours, own)) = hours.get(&id) else {
        return Ok(());
    };
    let called = Called {
        cause,
        // They agreed to be asked by being there, so no time to think lets it through.
        sender: None,
        due: None,
        urgent: false,
        consented: false,
        muted: false,
    };
    match Wait::of(called.decide(own.profile.into(), hours, now), now) {
        Some(wait) => notices::call_again(tx, calling, (id, cause), wait, now),
        None => Ok(()),
    }
}

/// Decides anew on what is held for somebody, after their hours, their zone or their time to think have changed.
pub(crate) fn look_again(tx: &mut dyn Tx, id: PersonId, now: Timestamp) -> Result<()> {
    if !notices::has_held(tx, id)? {
        return Ok(());
    }
    let people = accounts::people(tx, &[id])?;
    let hours = hours::list_hours(tx, &people)?;
    let (Some(person), Some((hours, own))) = (people.first(), hours.get(&id)) else {
        return Ok(());
    };
    for row in notices::list_held(tx, id, Timestamp(i64::MAX))? {
        let decision = row.called.decide(own.profile.into(), hours, now);
        // Who mutes a place, or never works, is not told; that is seen at the release, which is due at once.
        let wait = Wait::of(decision, now).unwrap_or(Wait {
            release_at: now,
            held_until: None,
        });
        if (wait.release_at, wait.held_until) == (row.release_at, row.held_until) {
            continue;
        }
        notices::wait(tx, id, row.notice.message_id, wait)?;
        if row.is_direct && wait.held_until != row.held_until {
            let message = (row.notice.author_id, row.notice.channel_id, row.notice.message_id);
            tell_sender(tx, message, person, wait.held_until.unwrap_or(Timestamp(0)), now)?;
        }
    }
    Ok(())
}
