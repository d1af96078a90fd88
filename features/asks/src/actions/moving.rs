//! What each move does to an ask. The rules are [`timing::turn`]'s; here they are asked, and what comes out is kept and told.

use super::telling::{tell_changed, tell_moved};
use crate::{
    events::{self, AskCause, AskReminded, By},
    model::{AskRow, Before, Ending, Error, Head, SeatRow, UNDO_FOR, field},
    reading::{self, askable, get_hours},
    store,
    wire::{AskMove, AskMoveKind, AskSeatState},
};
use base::{MessageId, PersonId, Timestamp};
use platform::db::Tx;
use spaces::ChannelAccess;
use std::collections::BTreeSet;
use timing::turn::{self, Move, Outcome};

/// Moves, for somebody who may read the message.
pub(crate) fn make(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (id, made): (MessageId, &AskMove),
    now: Timestamp,
) -> Result<AskRow, Error> {
    access.require_member()?;
    let ask = reading::get(tx, access, id)?;
    if let (AskMoveKind::Pass, Some(to)) = (made.kind, made.person_id)
        && to != ask.asker
        && to != access.person()
        && askable(tx, access, &[to])?.is_empty()
    {
        return Err(field("/person_id", "is not in this channel; bring them in first"));
    }
    if let Some(reason) = &made.reason {
        words::check(tx, &[reason], true)?;
    }
    apply(tx, ask, (access.person(), made), now)
}

/// Takes an ask back for whoever asked, where another slice knows that it is not needed any more. One that is over stays
/// as it is.
pub fn withdraw(tx: &mut dyn Tx, id: MessageId, now: Timestamp) -> Result<(), Error> {
    let nobody = PersonId(uuid::Uuid::nil());
    let Some(ask) = store::find(tx, id, nobody)?.filter(AskRow::is_open) else {
        return Ok(());
    };
    let asker = ask.asker;
    let made = AskMove {
        kind: AskMoveKind::Withdraw,
        until: None,
        person_id: None,
        reason: None,
    };
    apply(tx, ask, (asker, &made), now).map(drop)
}

/// The same for what follows from something else that this person did.
pub(crate) fn apply(
    tx: &mut dyn Tx,
    ask: AskRow,
    (by, made): (PersonId, &AskMove),
    now: Timestamp,
) -> Result<AskRow, Error> {
    use AskMoveKind as K;
    if ask.everyone && !matches!(made.kind, K::Answer | K::Withdraw | K::Undo) {
        return Err(Error::Forbidden(
            "an announcement is read and understood, or it waits; reply to it with a question",
        ));
    }
    if made.kind == K::Undo {
        return undo(tx, ask, (by, made), now);
    }
    let before = ask.clone();
    let mut after = ask;
    let (outcome, is_withdrawn) = decide(tx, &mut after, (by, made), now)?;
    if made.kind == K::Decline
        && let Some(seat) = after.seats.iter_mut().find(|seat| seat.person == by)
    {
        seat.reason.clone_from(&made.reason);
    }
    let cause = if outcome == Outcome::AskerIsAsked {
        AskCause::Wished
    } else {
        AskCause::Moved
    };
    let told = (By::person(by, now), cause, Some(made.kind));
    keep(tx, (&before, after), (Some(by), is_withdrawn), told).and_then(|after| {
        store::add_move(tx, after.message, (by, made), now)?;
        Ok(after)
    })
}

/// Asks the rules. What they make of the shares is in `ask` afterwards; whether it is withdrawn is said beside.
fn decide(
    tx: &mut dyn Tx,
    ask: &mut AskRow,
    (by, made): (PersonId, &AskMove),
    now: Timestamp,
) -> Result<(Outcome, bool), Error> {
    if made.kind == AskMoveKind::Resume {
        resume(tx, ask, by, now)?;
        return Ok((Outcome::Moved, false));
    }
    let other = made.person_id.unwrap_or(by);
    let what = match made.kind {
        AskMoveKind::Answer => Move::Answer,
        AskMoveKind::AskBack => Move::AskBack,
        AskMoveKind::Promise => Move::Promise(made.until.unwrap_or(now)),
        AskMoveKind::Pass => Move::Pass(other),
        AskMoveKind::Decline => Move::Decline,
        AskMoveKind::Grant => Move::Grant(other),
        AskMoveKind::Refuse => Move::Refuse(other),
        AskMoveKind::Withdraw | AskMoveKind::Resume | AskMoveKind::Undo => Move::Withdraw,
    };
    if !ask.is_open() {
        return Err(Error::Closed);
    }
    let mut turn = ask.turn();
    if ask.everyone && turn.seats.is_empty() {
        // Nobody's share is here, and it is open all the same.
        if what != Move::Withdraw || by != ask.asker {
            return Err(turn::Error::NotTheirTurn.into());
        }
        return Ok((Outcome::Moved, true));
    }
    if what == Move::Pass(other) {
        if ask
            .seat_of(other)
            .is_some_and(|seat| seat.state == AskSeatState::Declined)
        {
            return Err(field("/person_id", "has said already that they will not answer"));
        }
        // Who left and came back begins anew.
        turn.seats.retain(|seat| {
            let row = ask.seat_of(seat.person);
            seat.person != other || row.is_none_or(|row| row.state != AskSeatState::Left)
        });
    }
    let hours = get_hours(tx, other)?;
    let outcome = turn.make(by, what, &hours, now)?;
    take_over(ask, &turn, now);
    Ok((outcome, turn.withdrawn))
}

/// The clocks of all who asked back go on, each in their own hours.
fn resume(tx: &mut dyn Tx, ask: &mut AskRow, by: PersonId, now: Timestamp) -> Result<(), Error> {
    if !ask.is_open() {
        return Err(Error::Closed);
    }
    let mut turn = ask.turn();
    let back: Vec<PersonId> = ask
        .seats
        .iter()
        .filter(|seat| seat.state == AskSeatState::AskedBack)
        .map(|seat| seat.person)
        .collect();
    if back.is_empty() {
        return Err(turn::Error::NotTheirTurn.into());
    }
    for person in back {
        let hours = get_hours(tx, person)?;
        let Some(seat) = turn.seats.iter_mut().find(|seat| seat.person == person) else {
            continue;
        };
        let mut alone = turn::Ask {
            seats: vec![seat.clone()],
            asker: turn.asker,
            needs: turn.needs,
            pace: turn.pace,
            withdrawn: false,
        };
        alone.make(by, Move::Resume, &hours, now)?;
        seat.state = alone.seats[0].state;
    }
    take_over(ask, &turn, now);
    Ok(())
}

/// Writes into the rows what the rules made of the shares; who left stays so.
fn take_over(ask: &mut AskRow, turn: &turn::Ask, now: Timestamp) {
    let rows = turn.seats.iter().map(|seat| match ask.seat_of(seat.person) {
        Some(row) if row.seat() == *seat => row.clone(),
        _ => SeatRow::of(seat, now),
    });
    ask.seats = rows.collect();
}

/// Keeps what a move led to, so that it can be taken back by `by`, and tells everybody concerned.
pub(crate) fn keep(
    tx: &mut dyn Tx,
    (before, mut after): (&AskRow, AskRow),
    (by, is_withdrawn): (Option<PersonId>, bool),
    (who, cause, by_move): (By, AskCause, Option<AskMoveKind>),
) -> Result<AskRow, Error> {
    let now = who.now;
    let changed: Vec<&SeatRow> = after
        .seats
        .iter()
        .filter(|seat| before.seat_of(seat.person) != Some(seat))
        .collect();
    for seat in &changed {
        store::put_seat(tx, &after, seat)?;
    }
    let is_kept = |person: PersonId| !after.everyone && before.seat_of(person).is_some();
    let undo = by.map(|by| Before {
        by,
        at: now,
        head: before.head.clone(),
        seats: changed
            .iter()
            .filter(|seat| is_kept(seat.person))
            .filter_map(|seat| before.seat_of(seat.person).cloned())
            .collect(),
        made: changed
            .iter()
            .map(|seat| seat.person)
            .filter(|person| !is_kept(*person))
            .collect(),
    });
    after.head = head(tx, (before, &after), is_withdrawn, now)?;
    store::set_head(tx, after.message, &after.head, undo.as_ref())?;
    store::set_held(tx, after.message)?;
    tell(tx, (before, &after), (who, cause, by_move))?;
    Ok(after)
}

fn tell(
    tx: &mut dyn Tx,
    (before, after): (&AskRow, &AskRow),
    (who, cause, by_move): (By, AskCause, Option<AskMoveKind>),
) -> Result<(), Error> {
    tell_changed(tx, (before, after), who)?;
    let held = |ask: &AskRow| -> Vec<PersonId> {
        let held = ask.seats.iter().filter(|seat| ask.is_open() && seat.is_held());
        held.map(|seat| seat.person).collect()
    };
    let mut people: BTreeSet<PersonId> = [after.asker].into_iter().chain(who.actor).collect();
    people.extend(held(before));
    people.extend(held(after));
    let waiting = before.seats.iter().filter(|seat| seat.waits_for_asker());
    people.extend(waiting.map(|seat| seat.person));
    let left = after.seats.iter().filter(|seat| seat.state == AskSeatState::Left);
    for seat in left {
        people.remove(&seat.person);
    }
    Ok(tell_moved(tx, after, people, (who, cause, by_move))?)
}

/// How an ask stands after its shares changed.
fn head(
    tx: &mut dyn Tx,
    (before, after): (&AskRow, &AskRow),
    is_withdrawn: bool,
    now: Timestamp,
) -> Result<Head, Error> {
    let answered = |ask: &AskRow| {
        let those = ask
            .seats
            .iter()
            .filter(|seat| seat.state == AskSeatState::Answered);
        i64::try_from(those.count()).unwrap_or(0)
    };
    let n_answered = before.head.n_answered + answered(after) - answered(before);
    let turn = after.turn();
    let is_open = if after.everyone {
        store::count_missing(tx, after)? > 0
    } else {
        turn.is_open()
    };
    if is_withdrawn || !is_open {
        let ending = match (is_withdrawn, n_answered) {
            (true, _) => Ending::Withdrawn,
            (false, 0) => Ending::Unanswered,
            (false, _) => Ending::Answered,
        };
        return Ok(Head {
            closed_at: Some(now),
            ending: Some(ending),
            n_answered,
            ..Head::default()
        });
    }
    let waits = after.seats.iter().any(SeatRow::waits_for_asker);
    Ok(Head {
        due: if after.everyone {
            before.head.due
        } else {
            turn.due()
        },
        asker_since: waits.then(|| before.head.asker_since.unwrap_or(now)),
        n_answered,
        ..Head::default()
    })
}

/// Takes back the last move, for whoever made it, for a while.
fn undo(
    tx: &mut dyn Tx,
    ask: AskRow,
    (by, made): (PersonId, &AskMove),
    now: Timestamp,
) -> Result<AskRow, Error> {
    let last = store::before(&ask)?.filter(|last| last.by == by);
    let last = last.ok_or(Error::Forbidden(
        "somebody else moved since, or there is nothing to take back",
    ))?;
    if now > last.at.after(UNDO_FOR) {
        return Err(Error::Forbidden("a move is taken back within an hour"));
    }
    let before = ask.clone();
    let mut after = ask;
    for person in &last.made {
        store::drop_seat(tx, after.message, *person)?;
        after.seats.retain(|seat| seat.person != *person);
    }
    for row in last.seats {
        store::put_seat(tx, &after, &row)?;
        after.seats.retain(|seat| seat.person != row.person);
        after.seats.push(row);
    }
    after.seats.sort_by_key(|seat| seat.person);
    after.head = Head {
        n_answered: before.head.n_answered.min(last.head.n_answered),
        ..last.head
    };
    if after.everyone {
        after.head.n_answered = before.head.n_answered - i64::try_from(last.made.len()).unwrap_or(0);
    }
    store::set_head(tx, after.message, &after.head, None)?;
    store::set_held(tx, after.message)?;
    store::add_move(tx, after.message, (by, made), now)?;
    reading::add_own_shares(tx, std::slice::from_mut(&mut after), by)?;
    tell(
        tx,
        (&before, &after),
        (By::person(by, now), AskCause::Moved, Some(AskMoveKind::Undo)),
    )?;
    Ok(after)
}

/// Reminds those who have not answered, once.
pub(crate) fn remind(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    id: MessageId,
    now: Timestamp,
) -> Result<AskRow, Error> {
    access.require_member()?;
    access.require_open()?;
    let mut ask = reading::get(tx, access, id)?;
    if ask.asker != access.person() {
        return Err(Error::Forbidden("only whoever asked reminds the others"));
    }
    if !ask.is_open() {
        return Err(Error::Closed);
    }
    if ask.reminded_at.is_some() {
        return Ok(ask);
    }
    store::set_reminded(tx, id, now)?;
    ask.reminded_at = Some(now);
    let by = By::person(access.person(), now);
    let event = AskReminded {
        message_id: id,
        channel_id: ask.channel,
        asker_id: ask.asker,
        at: now,
    };
    events::ask_reminded(tx, by, &event)?;
    Ok(ask)
}
