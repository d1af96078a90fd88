//! A message calls people: each is decided on by their hours.

use super::tell_sender;
use crate::{
    model::{CALLED_AT_ONCE, Called, Cause, IN_VIEW, Wait},
    store::{
        called::{self, Calling, Candidate},
        notices::{self, Waiting},
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
use uuid::Uuid;

pub(super) const CALL: &str = "notify.call";
pub(super) const ASKED: &str = "notify.asked";
pub(super) const POLICY: &str = "notify.policy";
/// People whose notices are decided on anew in one transaction.
const LOOKED_AT_ONCE: i64 = 100;

/// What [`CALL`] needs to know.
#[derive(Serialize, Deserialize)]
struct Turn {
    message_id: MessageId,
    /// The person on whom the last page ended.
    after: Option<PersonId>,
    /// Only those whose turn it is to answer, and also who has read it or was told.
    #[serde(default)]
    remind: bool,
}

/// What [`ASKED`] needs to know.
#[derive(Serialize, Deserialize)]
struct Asked {
    message_id: MessageId,
    person_id: PersonId,
}

/// Asks for the people of a message to be called, a moment after it was said.
pub(crate) fn ask_call(tx: &mut dyn Tx, message_id: MessageId, at: Timestamp) -> Result<()> {
    ask_turn(tx, (message_id, false), at.after(IN_VIEW))
}

/// Asks for those whose turn it is to be called once more.
pub(crate) fn ask_reminder(tx: &mut dyn Tx, message_id: MessageId, at: Timestamp) -> Result<()> {
    ask_turn(tx, (message_id, true), at)
}

fn ask_turn(tx: &mut dyn Tx, (message_id, remind): (MessageId, bool), at: Timestamp) -> Result<()> {
    let turn = Turn {
        message_id,
        after: None,
        remind,
    };
    let key = format!("{}{}", message_id.0, if remind { ":remind" } else { "" });
    jobs::ask(tx, CALL, &key, &serde_json::json!(turn).to_string(), at)
}

/// Asks for one person to be called by a message that was said before: it is their turn to answer now.
pub(crate) fn ask_asked(
    tx: &mut dyn Tx,
    (message_id, person_id): (MessageId, PersonId),
    at: Timestamp,
) -> Result<()> {
    let asked = Asked {
        message_id,
        person_id,
    };
    let key = format!("{}:{}", message_id.0, person_id.0);
    let body = serde_json::json!(asked).to_string();
    jobs::ask(tx, ASKED, &key, &body, at.after(IN_VIEW))
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
    let mut candidates = called::list(tx, &calling, turn.after, CALLED_AT_ONCE)?;
    let last = candidates.last().map(|candidate| candidate.person);
    let is_full = i64::try_from(candidates.len()).is_ok_and(|n| n == CALLED_AT_ONCE);
    if turn.remind {
        for waiting in decide_on(tx, &calling, candidates, now)? {
            if waiting.is_turn {
                notices::insert_again(tx, &calling, &waiting.waiting)?;
            }
        }
    } else {
        candidates.retain(|candidate| candidate.read_seq < calling.seq);
        let waiting = decide_on(tx, &calling, candidates, now)?;
        tell_waits(tx, &calling, &waiting, now)?;
        let waiting: Vec<Waiting> = waiting.into_iter().map(|one| one.waiting).collect();
        notices::insert(tx, &calling, &waiting)?;
    }
    if !is_full {
        return Ok(Next::Done);
    }
    let turn = Turn { after: last, ..turn };
    jobs::set_body(tx, job, &serde_json::json!(turn).to_string())?;
    Ok(Next::At(now))
}

/// It may be somebody else's turn by now.
pub(super) fn asked(tx: &mut dyn Tx, job: &Job, now: Timestamp) -> Result<Next> {
    let Ok(asked) = serde_json::from_str::<Asked>(&job.body) else {
        return Ok(Next::Done);
    };
    if later::is_silent(tx, asked.message_id)?
        || asks::find_on(tx, asked.message_id, asked.person_id)?.is_none()
    {
        return Ok(Next::Done);
    }
    let Some(calling) = called::find(tx, asked.message_id)? else {
        return Ok(Next::Done);
    };
    let candidate = called::find_one(tx, &calling, asked.person_id)?;
    for one in decide_on(tx, &calling, candidate.into_iter().collect(), now)? {
        notices::insert_again(tx, &calling, &one.waiting)?;
    }
    Ok(Next::Done)
}

/// Pages somebody, in the transaction of the page: an urgent message calls them now if they have `consented` to be woken for
/// it, else when they are at work. Each page tells them anew, also when they have read it.
pub fn page(
    tx: &mut dyn Tx,
    (message_id, person): (MessageId, PersonId),
    consented: bool,
    now: Timestamp,
) -> Result<()> {
    let Some(calling) = called::find(tx, message_id)? else {
        return Ok(());
    };
    let candidate = called::find_one(tx, &calling, person)?;
    let how = Paged { consented };
    for one in decide_with(tx, &calling, candidate.into_iter().collect(), Some(how), now)? {
        notices::insert_again(tx, &calling, &one.waiting)?;
    }
    Ok(())
}

/// It was sent as urgent.
#[derive(Clone, Copy)]
struct Paged {
    consented: bool,
}

/// What was decided on somebody.
struct Decided {
    waiting: Waiting,
    /// It is their turn to answer.
    is_turn: bool,
    time_zone: String,
}

fn decide_on(
    tx: &mut dyn Tx,
    calling: &Calling,
    candidates: Vec<Candidate>,
    now: Timestamp,
) -> Result<Vec<Decided>> {
    decide_with(tx, calling, candidates, None, now)
}

/// Who may not read it, does not want to be told of it, or never works is not among them.
fn decide_with(
    tx: &mut dyn Tx,
    calling: &Calling,
    mut candidates: Vec<Candidate>,
    paged: Option<Paged>,
    now: Timestamp,
) -> Result<Vec<Decided>> {
    let is_muted = |candidate: &Candidate| !candidate.levels.tells(candidate.cause.reason());
    let wakes = paged.is_some_and(|paged| paged.consented);
    candidates.retain(|candidate| wakes || !is_muted(candidate));
    let ids: Vec<PersonId> = candidates.iter().map(|candidate| candidate.person).collect();
    let readers = spaces::who_may_read(tx, calling.channel, &ids)?;
    candidates.retain(|candidate| readers.binary_search(&candidate.person).is_ok());
    let people = accounts::people(tx, &readers)?;
    let hours = hours::list_hours(tx, &people)?;
    let known: Vec<_> = hours
        .iter()
        .map(|(person, (hours, _))| (*person, hours))
        .collect();
    let turns = asks::list_turns_on(tx, calling.id, &known)?;
    let people: HashMap<PersonId, &Person> = people.iter().map(|person| (person.id, person)).collect();
    let mut decided = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let person = candidate.person;
        let (Some((hours, own)), Some(who)) = (hours.get(&person), people.get(&person)) else {
            continue;
        };
        let turn = turns.get(&person);
        let called = Called {
            // Whoever is asked is meant, also where everybody is.
            cause: if turn.is_some() && !candidate.cause.names_them() && candidate.cause != Cause::Everyone {
                Cause::Mention
            } else {
                candidate.cause
            },
            sender: calling.sender(),
            due: turn.copied().flatten(),
            urgent: paged.is_some(),
            consented: paged.is_some_and(|paged| paged.consented),
            muted: is_muted(&candidate),
        };
        let Some(wait) = Wait::of(called.decide(own.profile.into(), hours, now), now) else {
            continue;
        };
        decided.push(Decided {
            waiting: Waiting { person, called, wait },
            is_turn: turn.is_some(),
            time_zone: who.time_zone.clone(),
        });
    }
    Ok(decided)
}

/// Whoever writes in a direct conversation learns until when it waits.
fn tell_waits(tx: &mut dyn Tx, calling: &Calling, decided: &[Decided], now: Timestamp) -> Result<()> {
    for one in decided.iter().filter(|_| calling.is_direct) {
        if let Some(until) = one.waiting.wait.held_until {
            let message = (calling.author, calling.channel, calling.id);
            tell_sender(tx, message, (one.waiting.person, &one.time_zone), until, now)?;
        }
    }
    Ok(())
}

/// A message calls somebody whether they have read it or not: at a time of their own, or because of what `by` did with it.
pub(crate) fn call_again(
    tx: &mut dyn Tx,
    calling: &Calling,
    (id, cause, by): (PersonId, Cause, Option<PersonId>),
    now: Timestamp,
) -> Result<()> {
    let Some(candidate) = called::find_one(tx, calling, id)? else {
        return Ok(());
    };
    let people = accounts::people(tx, &[id])?;
    let hours = hours::list_hours(tx, &people)?;
    let Some((hours, own)) = hours.get(&id) else {
        return Ok(());
    };
    let called = Called {
        cause,
        // They agreed to a question that comes back by being there, so no time to think lets it through.
        sender: by,
        due: None,
        urgent: false,
        consented: false,
        muted: !candidate.levels.tells(cause.reason()),
    };
    match Wait::of(called.decide(own.profile.into(), hours, now), now) {
        Some(wait) => notices::call_again(tx, calling, (id, cause, by), wait, now),
        None => Ok(()),
    }
}

/// What [`POLICY`] needs to know.
#[derive(Serialize, Deserialize)]
struct Looking {
    /// The person on whom the last page ended.
    after: PersonId,
}

/// Asks for all that is held to be decided on anew: what holds for everybody has changed, and who that concerns are many.
pub(crate) fn ask_look_at_all(tx: &mut dyn Tx, at: Timestamp) -> Result<()> {
    let looking = Looking {
        after: PersonId(Uuid::nil()),
    };
    let key = Uuid::now_v7().to_string();
    jobs::ask(tx, POLICY, &key, &serde_json::json!(looking).to_string(), at)
}

/// Decides anew for a page of people.
pub(super) fn look_at_all(tx: &mut dyn Tx, job: &Job, now: Timestamp) -> Result<Next> {
    let Ok(looking) = serde_json::from_str::<Looking>(&job.body) else {
        return Ok(Next::Done);
    };
    let people = notices::list_held_people(tx, looking.after, LOOKED_AT_ONCE)?;
    for person in &people {
        look_again(tx, *person, now)?;
    }
    let Some(after) = people.last().copied() else {
        return Ok(Next::Done);
    };
    jobs::set_body(tx, job, &serde_json::json!(Looking { after }).to_string())?;
    Ok(Next::At(now))
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
        // Who does not want to be told, or never works, is not; that is seen at the release, which is due at once.
        let wait = Wait::of(decision, now).unwrap_or(Wait {
            release_at: now,
            held_until: None,
        });
        if (wait.release_at, wait.held_until) == (row.release_at, row.held_until) {
            continue;
        }
        notices::wait(tx, id, row.notice.message_id, wait)?;
        if row.is_shown_to_sender() && wait.held_until != row.held_until {
            let message = (row.notice.author_id, row.notice.channel_id, row.notice.message_id);
            let until = wait.held_until.unwrap_or(Timestamp(0));
            tell_sender(tx, message, (id, &person.time_zone), until, now)?;
        }
    }
    Ok(())
}
