//! What people do with something urgent. Each move twice is once.

use super::{sending, stepping};
use crate::{
    events,
    model::{Error, Wanted},
    reading,
    resolve::resolve,
    store::{self, UrgentRow},
    wire::{UrgentMoveKind, UrgentReaction, UrgentState},
};
use base::{PersonId, Timestamp, UrgentId};
use platform::db::Tx;
use spaces::ChannelAccess;

pub(crate) fn make(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (id, kind): (UrgentId, UrgentMoveKind),
    now: Timestamp,
) -> Result<(), Error> {
    reading::get(tx, access, id)?;
    // Whoever was called may react without being a member: they were called here.
    let row = store::lock(tx, id)?.ok_or(Error::NotFound)?;
    let me = access.person();
    match kind {
        UrgentMoveKind::Take => take(tx, &row, me, now),
        UrgentMoveKind::NotMe => not_me(tx, &row, me, now),
        UrgentMoveKind::Withdraw => withdraw(tx, &row, me, now),
        UrgentMoveKind::Confirm => confirm(tx, access, &row, now),
        UrgentMoveKind::WasNotUrgent => doubt(tx, &row, me, now),
    }
}

/// "I take it". Anybody who reads it may; the first counts.
fn take(tx: &mut dyn Tx, row: &UrgentRow, me: PersonId, now: Timestamp) -> Result<(), Error> {
    if me == row.sender {
        return Err(Error::Forbidden(
            "you have called; take it back if you need nobody any more",
        ));
    }
    if row.state == UrgentState::Taken && row.ended_by == Some(me) {
        return Ok(());
    }
    if !row.is_open() {
        return Err(Error::Over);
    }
    store::react(tx, row.id, (me, UrgentReaction::Take), now)?;
    Ok(stepping::end(tx, row, UrgentState::Taken, (Some(me), now))?)
}

/// "Seen, not me". When all of a step have said so the chain goes on at once.
fn not_me(tx: &mut dyn Tx, row: &UrgentRow, me: PersonId, now: Timestamp) -> Result<(), Error> {
    let is_called = reading::is_called(tx, row, me)?;
    if !is_called {
        return Err(Error::Forbidden("you were not called"));
    }
    if !row.is_open() {
        // What is settled calls nobody: there is nothing to keep.
        return Ok(());
    }
    if !store::react(tx, row.id, (me, UrgentReaction::NotMe), now)? {
        return Ok(());
    }
    events::changed(tx, row, Some(me), now)?;
    Ok(stepping::look(tx, row.id, now)?)
}

fn withdraw(tx: &mut dyn Tx, row: &UrgentRow, me: PersonId, now: Timestamp) -> Result<(), Error> {
    if me != row.sender {
        return Err(Error::Forbidden("only whoever called takes it back"));
    }
    match row.state {
        UrgentState::Withdrawn => Ok(()),
        UrgentState::Unconfirmed | UrgentState::Calling | UrgentState::Nobody => {
            Ok(stepping::end(tx, row, UrgentState::Withdrawn, (Some(me), now))?)
        }
        _ => Err(Error::Over),
    }
}

/// A second person says that it is urgent, and the calling begins: whoever is on call at this moment.
fn confirm(tx: &mut dyn Tx, access: &ChannelAccess, row: &UrgentRow, now: Timestamp) -> Result<(), Error> {
    access.require_post()?;
    if access.person() == row.sender {
        return Err(Error::Forbidden("somebody else has to confirm it"));
    }
    if row.confirmed_by == Some(access.person()) {
        return Ok(());
    }
    if row.state != UrgentState::Unconfirmed {
        return Err(Error::Over);
    }
    let wanted: Wanted = serde_json::from_str(&row.wanted).map_err(|_| Error::Over)?;
    let sender = spaces::access::channel_of(tx, row.sender, row.channel)
        .map_err(|_| Error::Forbidden("whoever sent it is not here any more"))?;
    let resolved = resolve(tx, &sender, &wanted, now)?;
    if resolved.steps.is_empty() {
        return Err(Error::Forbidden("nobody whom it would call is here any more"));
    }
    sending::begin(tx, row, (&resolved, Some(access.person())), now)
}

/// "Was not urgent": once for each who was called, and only its sender learns of it, without a name.
fn doubt(tx: &mut dyn Tx, row: &UrgentRow, me: PersonId, now: Timestamp) -> Result<(), Error> {
    if !reading::is_called(tx, row, me)? {
        return Err(Error::Forbidden("only who was called can say this"));
    }
    if row.ended_at.is_none() {
        return Err(Error::Forbidden("say this afterwards; now it is still open"));
    }
    if store::doubt(tx, row, me, now)? {
        events::doubted(tx, row, now)?;
    }
    Ok(())
}

/// What of all this somebody can do now.
pub(crate) fn list_moves(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    row: &UrgentRow,
) -> Result<Vec<UrgentMoveKind>, Error> {
    let me = access.person();
    let mut moves = Vec::new();
    if me == row.sender {
        if row.is_open() || row.state == UrgentState::Unconfirmed {
            moves.push(UrgentMoveKind::Withdraw);
        }
        return Ok(moves);
    }
    if access.is_link_guest() {
        return Ok(moves);
    }
    let is_called = reading::is_called(tx, row, me)?;
    if row.is_open() {
        moves.push(UrgentMoveKind::Take);
        let reactions = store::list_reactions(tx, row.id)?;
        if is_called && !reactions.iter().any(|(by, ..)| *by == me) {
            moves.push(UrgentMoveKind::NotMe);
        }
    }
    if row.state == UrgentState::Unconfirmed && access.require_post().is_ok() {
        moves.push(UrgentMoveKind::Confirm);
    }
    if is_called && row.ended_at.is_some() && !store::has_doubted(tx, row.id, me)? {
        moves.push(UrgentMoveKind::WasNotUrgent);
    }
    Ok(moves)
}
