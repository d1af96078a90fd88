//! What happens elsewhere and is kept nowhere: by when an answer was expected, and what interrupted time to think.

use crate::store::{self, Told};
use accounts::{PERSON_ERASED, PersonErased};
use asks::{ASK_MOVED, AskMoveKind, AskMoved, AskSeatState};
use base::PersonId;
use notify::NoticeReleased;
use platform::{
    db::{Result, Tx},
    journal::{Heard, Listener},
};

pub(crate) fn listeners() -> Vec<Listener> {
    vec![
        Listener {
            kinds: &[ASK_MOVED],
            hear: moved,
        },
        Listener {
            kinds: &["notice.released"],
            hear: told,
        },
        Listener {
            kinds: &[PERSON_ERASED],
            hear: forget,
        },
    ]
}

/// A row for whoever holds a share, as long as they do; what they answered stays, and what was late when it went on.
fn moved(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    let Some(moved) = heard.body::<AskMoved>() else {
        return Ok(());
    };
    let (person, message, now) = (PersonId(heard.scope.0), moved.ask.message_id, heard.happened.at);
    let Some(seat) = moved.ask.seats.iter().find(|seat| seat.person_id == person) else {
        return Ok(());
    };
    let is_held = matches!(seat.state, AskSeatState::Open | AskSeatState::Promised);
    let has_answered = seat.state == AskSeatState::Answered
        && heard.happened.actor == Some(person)
        && moved.by_move == Some(AskMoveKind::Answer);
    match seat.due {
        Some(due) if is_held && moved.ask.closed_at.is_none() => store::expect(tx, person, message, due),
        _ if has_answered => store::settle(tx, person, message, now),
        _ => store::expect_no_more(tx, person, message, now),
    }
}

/// A row only for whoever was told of something in time to think.
fn told(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    let Some(released) = heard.body::<NoticeReleased>() else {
        return Ok(());
    };
    let (person, now) = (PersonId(heard.scope.0), heard.happened.at);
    let people = accounts::people(tx, &[person])?;
    let hours = hours::list_hours(tx, &people)?;
    let Some((hours, _)) = hours.get(&person) else {
        return Ok(());
    };
    if hours.focus_end(now, None).is_none() {
        return Ok(());
    }
    let interrupts = |told: &&Told| {
        let is_let_through = told.sender.is_some() && hours.focus_end(now, told.sender).is_none();
        !told.is_reminder && !told.wakes && !is_let_through
    };
    let told = store::list_released(tx, released.release_id)?;
    let n = i64::try_from(told.iter().filter(interrupts).count()).unwrap_or(i64::MAX);
    if n > 0 {
        store::interrupt(tx, person, now, n)?;
    }
    Ok(())
}

fn forget(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    match heard.body::<PersonErased>() {
        Some(erased) => store::forget(tx, erased.person_id),
        None => Ok(()),
    }
}
