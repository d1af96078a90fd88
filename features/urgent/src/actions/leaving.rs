//! What becomes of what is urgent when somebody is not there any more, or its message is not.

use super::{sending::before, stepping};
use crate::{
    events,
    model::{KEPT, SHOWN_FOR},
    rota,
    store::{self, UrgentRow, consents, rotas},
    wire::UrgentState,
};
use base::{ChannelId, MessageId, PersonId, SpaceId, Timestamp};
use messages::MessagePosted;
use platform::{
    db::{Result, Tx},
    jobs::{Job, JobKind, Next},
};
use spaces::ChannelKind;
use std::time::Duration;

/// Rows that one run takes away.
const CLEARED_MAX: i64 = 200;
/// Longer than any chain and any wait for a second person.
const STALE_AFTER: Duration = Duration::from_secs(2 * 24 * 3_600);
const DAY: Duration = Duration::from_secs(24 * 3_600);

/// What was sent is forgotten once its message is gone and it does not count any more. What nobody looks at any more, because it
/// came here with an import, is over.
pub(crate) fn job() -> JobKind {
    JobKind {
        kind: "urgent.clear",
        run: clear,
        schedule: true,
    }
}

fn clear(tx: &mut dyn Tx, _: &Job, now: Timestamp) -> Result<Next> {
    let gone = store::list_gone(tx, before(now, KEPT), CLEARED_MAX)?;
    for id in &gone {
        store::drop_urgent(tx, *id)?;
    }
    for id in store::list_stale(tx, before(now, STALE_AFTER), CLEARED_MAX)? {
        stepping::look(tx, id, now)?;
    }
    let is_full = i64::try_from(gone.len()).is_ok_and(|n| n == CLEARED_MAX);
    Ok(Next::At(if is_full { now } else { now.after(DAY) }))
}

/// With its message goes what it said; that it was sent stays for a while, because it counts.
pub(crate) fn forget_with_message(
    tx: &mut dyn Tx,
    message: MessageId,
    (by, now): (Option<PersonId>, Timestamp),
) -> Result<()> {
    let Some(id) = store::find_of_message(tx, message)? else {
        return Ok(());
    };
    let Some(row) = store::lock(tx, id)? else {
        return Ok(());
    };
    if row.is_open() || row.state == UrgentState::Unconfirmed {
        stepping::end(tx, &row, UrgentState::Gone, (by, now))?;
    }
    store::forget_words(tx, id)
}

/// Somebody has left a channel: the chains that call them go on at once.
pub(crate) fn leave_channel(tx: &mut dyn Tx, channel: ChannelId, now: Timestamp) -> Result<()> {
    let open = store::list_open_in(tx, channel)?;
    open.into_iter().try_for_each(|id| stepping::look(tx, id, now))
}

/// Somebody cannot come in any more: nobody calls them, and what they sent calls nobody.
pub(crate) fn leave_all(tx: &mut dyn Tx, person: PersonId, now: Timestamp) -> Result<()> {
    for id in store::list_open_by(tx, person)? {
        if let Some(row) = store::lock(tx, id)? {
            stepping::end(tx, &row, UrgentState::Withdrawn, (None, now))?;
        }
    }
    for id in store::list_open_with(tx, person)? {
        stepping::look(tx, id, now)?;
    }
    for space in rotas::list_of(tx, person)? {
        leave_space(tx, space, person, now)?;
    }
    Ok(())
}

/// Who leaves a space is not on call there any more, and not in its chain. Whose turn it is stays as it was for the others.
pub(crate) fn leave_space(tx: &mut dyn Tx, space: SpaceId, person: PersonId, now: Timestamp) -> Result<()> {
    let Some(row) = rotas::find(tx, space)? else {
        return Ok(());
    };
    super::rotas::settle(tx, &row, now)?;
    let rules = rota::rules_of(tx, &row, now)?;
    let turn = rules.as_ref().and_then(|rota| rota.turn(now));
    if let (Some(rules), Some(turn)) = (&rules, turn)
        && turn.person == person
    {
        let next = rules.next_person(person);
        rotas::hold(tx, space, Some(next).filter(|next| *next != person), now)?;
    }
    rotas::drop_member(tx, space, person)?;
    rotas::forget_steps(tx, space, person)?;
    rotas::touch(tx, space)?;
    events::rota_changed(tx, (space, row.revision + 1), None, now)
}

/// Who is erased leaves no words and no consent behind; that they were called is in the trail of others.
pub(crate) fn forget_person(tx: &mut dyn Tx, person: PersonId, now: Timestamp) -> Result<()> {
    leave_all(tx, person, now)?;
    consents::forget(tx, person)?;
    store::forget_words_of(tx, person)
}

/// An answer of somebody who was called ends the calling: under the message itself, in its topic, or in a conversation of two.
pub(crate) fn answer(tx: &mut dyn Tx, posted: &MessagePosted, now: Timestamp) -> Result<()> {
    let message = &posted.message;
    let place = (message.channel_id, message.author_id);
    let answerable = store::list_answerable(tx, place, before(now, SHOWN_FOR))?;
    if answerable.is_empty() {
        return Ok(());
    }
    let quoted = message.quote.as_ref().map(|quote| quote.message_id);
    let origin = posted.topic.as_ref().map(|topic| topic.origin_id);
    let is_of_two = message.topic_id.is_none() && is_of_two(tx, place)?;
    for called in answerable {
        let is_under = quoted == Some(called.message) || origin == Some(called.message);
        let is_in_topic = called.topic.is_some() && called.topic == message.topic_id;
        if !is_under && !is_in_topic && !is_of_two {
            continue;
        }
        let row = store::lock(tx, called.id)?.filter(UrgentRow::is_open);
        if let Some(row) = row {
            stepping::end(tx, &row, UrgentState::Answered, (Some(message.author_id), now))?;
        }
    }
    Ok(())
}

fn is_of_two(tx: &mut dyn Tx, (channel, person): (ChannelId, PersonId)) -> Result<bool> {
    match spaces::access::channel_of(tx, person, channel) {
        Ok(access) => Ok(access.kind() == ChannelKind::Direct && access.n_members() == 2),
        Err(spaces::Error::Db(err)) => Err(err),
        Err(_) => Ok(false),
    }
}
