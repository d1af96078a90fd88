//! What becomes of asks when somebody is not there any more, or their message is not.

use super::{moving::keep, telling::tell_moved};
use crate::{
    events::{AskCause, By},
    gone::{self, Went},
    model::{AskRow, Ending, Error},
    store,
    wire::AskSeatState,
};
use base::{ChannelId, MessageId, PersonId, Timestamp};
use platform::db::Tx;
use std::collections::BTreeSet;

/// Somebody left a channel, or all of them: nobody waits for them any more, and what they asked is withdrawn.
pub(crate) fn leave(
    tx: &mut dyn Tx,
    person: PersonId,
    channel: Option<ChannelId>,
    now: Timestamp,
) -> Result<(), Error> {
    let (held, asked) = store::list_of(tx, person, channel)?;
    let by = By { actor: None, now };
    for before in store::list(tx, &held, person)? {
        let mut after = before.clone();
        for seat in after.seats.iter_mut().filter(|seat| seat.person == person) {
            seat.state = AskSeatState::Left;
            (seat.due, seat.wished, seat.moved_at) = (None, None, now);
        }
        keep(tx, (&before, after), (None, false), (by, AskCause::Left, None))?;
    }
    for before in store::list(tx, &asked, person)? {
        let after = before.clone();
        keep(tx, (&before, after), (None, true), (by, AskCause::Left, None))?;
    }
    Ok(())
}

/// Somebody left a channel: an announcement may have nobody any more who has not read it.
pub(crate) fn settle_announcements(tx: &mut dyn Tx, channel: ChannelId, now: Timestamp) -> Result<(), Error> {
    for id in store::list_announcements(tx, channel)? {
        let nobody = PersonId(uuid::Uuid::nil());
        let Some(before) = store::find(tx, id, nobody)? else {
            continue;
        };
        if store::count_missing(tx, &before)? == 0 {
            let by = By { actor: None, now };
            keep(
                tx,
                (&before, before.clone()),
                (None, false),
                (by, AskCause::Left, None),
            )?;
        }
    }
    Ok(())
}

/// With its message an ask goes. Those concerned are told that it is over, and find a line of it for a while.
pub(crate) fn forget_with_message(
    tx: &mut dyn Tx,
    id: MessageId,
    by_rule: bool,
    by: By,
) -> Result<(), Error> {
    let nobody = PersonId(uuid::Uuid::nil());
    let Some(mut ask) = store::find(tx, id, nobody)? else {
        return Ok(());
    };
    let people = concerned(&ask);
    store::forget(tx, id)?;
    if !ask.is_open() {
        return Ok(());
    }
    let went = if by_rule { Went::ByRule } else { Went::By(by.actor) };
    gone::note(tx, (&ask, &people), went, by.now)?;
    ask.head.closed_at = Some(by.now);
    ask.head.ending = Some(Ending::Withdrawn);
    ask.head.due = None;
    Ok(tell_moved(tx, &ask, people, (by, AskCause::Deleted, None))?)
}

fn concerned(ask: &AskRow) -> BTreeSet<PersonId> {
    let held = ask.seats.iter().filter(|seat| seat.is_held());
    held.map(|seat| seat.person).chain([ask.asker]).collect()
}
