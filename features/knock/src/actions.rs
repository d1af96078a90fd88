//! The verbs of knocking.

use crate::{
    events,
    model::{COUNTED_FOR, Error, KEPT_FOR, STANDS_FOR, UNANSWERED_MAX, WAITS_FOR, check_until},
    store,
    wire::{AnswerKnock, Knock},
};
use accounts::{PERSON_ERASED, PersonErased};
use base::{PersonId, Timestamp};
use platform::{
    db::{self, Tx},
    journal::{Heard, Listener},
};
use spaces::{ChannelAccess, ChannelKind};
use uuid::Uuid;

pub(crate) fn listeners() -> Vec<Listener> {
    vec![Listener {
        kinds: &[PERSON_ERASED],
        hear: erased,
    }]
}

fn erased(tx: &mut dyn Tx, heard: &Heard<'_>) -> db::Result<()> {
    match heard.body::<PersonErased>() {
        Some(erased) => store::forget(tx, erased.person_id),
        None => Ok(()),
    }
}

/// The other one; only in a conversation of two is there one.
fn other(tx: &mut dyn Tx, access: &ChannelAccess) -> Result<PersonId, Error> {
    let is_of_two = access.kind() == ChannelKind::Direct && access.n_members() == 2;
    if !is_of_two || !access.is_member() {
        return Err(Error::NotOfTwo);
    }
    store::find_other(tx, access.id(), access.person())?.ok_or(Error::NotOfTwo)
}

/// Whether it still stands there.
fn stands(knock: &Knock, now: Timestamp) -> bool {
    match knock.answered_at {
        Some(at) => now < at.after(STANDS_FOR),
        None => now < knock.expires_at,
    }
}

/// What stands in the conversation.
pub(crate) fn get(tx: &mut dyn Tx, access: &ChannelAccess, now: Timestamp) -> Result<Option<Knock>, Error> {
    Ok(store::find_last(tx, access.id())?.filter(|knock| stands(knock, now)))
}

/// Knocks, or finds what an earlier try of the same sender did.
pub(crate) fn create(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    id: Uuid,
    now: Timestamp,
) -> Result<Knock, Error> {
    access.require_post()?;
    let to = other(tx, access)?;
    if let Some(before) = store::find(tx, id)? {
        let is_same = before.channel_id == access.id() && before.by_id == access.person();
        return if is_same { Ok(before) } else { Err(Error::NotFound) };
    }
    let waits = |knock: &Knock| knock.answered_at.is_none() && now < knock.expires_at;
    if store::find_last(tx, access.id())?.is_some_and(|last| waits(&last)) {
        return Err(Error::Stands);
    }
    let since = now.before(COUNTED_FOR);
    if store::count_unanswered(tx, (access.id(), access.person()), since)? >= UNANSWERED_MAX {
        return Err(Error::Enough);
    }
    store::forget_old(tx, access.id(), now.before(KEPT_FOR))?;
    let knock = Knock {
        id,
        channel_id: access.id(),
        by_id: access.person(),
        to_id: to,
        at: now,
        expires_at: now.after(WAITS_FOR),
        answer: None,
        until: None,
        answered_at: None,
    };
    store::insert(tx, &knock)?;
    events::changed(tx, access.id(), Some(knock.clone()), (access.person(), now))?;
    Ok(knock)
}

/// The one that was knocked at says something, once; after its end there is nothing to be said to.
pub(crate) fn answer(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    said: AnswerKnock,
    now: Timestamp,
) -> Result<Knock, Error> {
    let until = check_until(said, now)?;
    let knock = get(tx, access, now)?
        .filter(|knock| knock.to_id == access.person())
        .ok_or(Error::NotFound)?;
    if (knock.answer, knock.until) == (Some(said.answer), until) {
        return Ok(knock);
    }
    store::answer(tx, knock.id, (said.answer, until), now)?;
    let knock = Knock {
        answer: Some(said.answer),
        until,
        answered_at: Some(now),
        ..knock
    };
    events::changed(tx, access.id(), Some(knock.clone()), (access.person(), now))?;
    Ok(knock)
}

/// Whoever knocked takes it back. It still counts for nothing: it was not left alone.
pub(crate) fn take_back(tx: &mut dyn Tx, access: &ChannelAccess, now: Timestamp) -> Result<(), Error> {
    let knock = get(tx, access, now)?
        .filter(|knock| knock.by_id == access.person())
        .ok_or(Error::NotFound)?;
    store::delete(tx, knock.id)?;
    Ok(events::changed(tx, access.id(), None, (access.person(), now))?)
}
