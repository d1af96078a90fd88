//! What happens elsewhere and matters here, in the same transaction.

use crate::{
    actions, mail, meetings,
    model::Cause,
    store::{called, devices, mail as letters, meetings as soon, notices, push},
};
use accounts::{PERSON_ERASED, PersonErased};
use asks::{
    ASK_MOVED, ASK_OPENED, ASK_REMINDED, Ask, AskCause, AskChanged, AskMoveKind, AskMoved, AskReminded,
    AskState,
};
use base::{MessageId, PersonId};
use hours::TIME_POLICY_CHANGED;
use later::{CHECK_IN_TURNED, CheckInTurned, REMINDER_CHANGED, ReminderChanged, ReminderState, TurnState};
use messages::{MessageDeleted, MessagePosted, ReadMoved};
use platform::{
    db::{Result, Tx},
    journal::{Heard, Listener},
};
use thanks::{THANKS_GIVEN, ThanksGiven};
use urgent::{URGENT_PAGED, URGENT_SETTLED, UrgentPaged, UrgentSettled, UrgentState};

pub(crate) fn listeners() -> Vec<Listener> {
    vec![
        Listener {
            kinds: &["message.posted"],
            hear: call,
        },
        Listener {
            kinds: &["message.deleted"],
            hear: forget_message,
        },
        Listener {
            kinds: &[ASK_OPENED],
            hear: opened,
        },
        Listener {
            kinds: &[ASK_MOVED],
            hear: moved,
        },
        Listener {
            kinds: &[ASK_REMINDED],
            hear: reminded,
        },
        Listener {
            kinds: &["read.moved"],
            hear: read,
        },
        // The zone is part of the profile.
        Listener {
            kinds: &["hours.changed", "me.changed", "level.changed"],
            hear: look_again,
        },
        Listener {
            kinds: &[TIME_POLICY_CHANGED],
            hear: look_at_all,
        },
        Listener {
            kinds: &[REMINDER_CHANGED],
            hear: remind,
        },
        Listener {
            kinds: &[CHECK_IN_TURNED],
            hear: ask,
        },
        Listener {
            kinds: &[THANKS_GIVEN],
            hear: thanked,
        },
        Listener {
            kinds: &[URGENT_PAGED],
            hear: paged,
        },
        Listener {
            kinds: &[URGENT_SETTLED],
            hear: settled,
        },
        Listener {
            kinds: &[calendar::MEETING_SOON],
            hear: meetings::hear,
        },
        Listener {
            kinds: &[PERSON_ERASED],
            hear: forget_person,
        },
    ]
}

/// Something urgent calls somebody, or waits for them: it rings through quiet only with their consent.
fn paged(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    match heard.body::<UrgentPaged>() {
        Some(paged) => {
            let person = PersonId(heard.scope.0);
            actions::page(tx, (paged.message_id, person), paged.consented, heard.happened.at)
        }
        None => Ok(()),
    }
}

/// It is over: whoever has not been told of it yet is told of a message, as of any other.
fn settled(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    match heard.body::<UrgentSettled>() {
        Some(settled) if settled.state != UrgentState::Nobody => {
            notices::calm(tx, PersonId(heard.scope.0), settled.message_id)
        }
        _ => Ok(()),
    }
}

/// Whoever posts waits for one look at indexes; who is called is found out a moment later.
fn call(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    let Some(posted) = heard.body::<MessagePosted>().filter(|posted| !posted.is_history) else {
        return Ok(());
    };
    if called::calls_somebody(tx, &posted.message)? {
        actions::ask_call(tx, posted.message.id, heard.happened.at)?;
    }
    Ok(())
}

/// With its message an ask calls as the message does. With one that stood there before, those who are asked by name are called
/// each for themselves ([`moved`]).
fn opened(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    let Some(AskChanged { ask }) = heard.body::<AskChanged>() else {
        return Ok(());
    };
    if ask.everyone || !is_afterwards(tx, ask)? {
        actions::ask_call(tx, ask.message_id, heard.happened.at)?;
    }
    Ok(())
}

fn is_afterwards(tx: &mut dyn Tx, ask: &Ask) -> Result<bool> {
    let calling = called::find(tx, ask.message_id)?;
    Ok(calling.is_some_and(|calling| calling.at < ask.created_at))
}

/// It is somebody's turn to answer, by the deed of another: they are called. What was held for them learns by when, or that
/// it is their turn no more.
fn moved(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    let Some(moved) = heard.body::<AskMoved>() else {
        return Ok(());
    };
    let (person, message) = (PersonId(heard.scope.0), moved.ask.message_id);
    let due = moved.ask.due.filter(|_| moved.ask.on_me);
    notices::set_due(tx, person, message, due)?;
    if moved.ask.asker_id == person {
        return tell_asker(tx, heard, moved);
    }
    if !moved.ask.on_me || [Some(person), None].contains(&heard.happened.actor) {
        return Ok(());
    }
    let is_news = match moved.cause {
        AskCause::Opened => is_afterwards(tx, &moved.ask)?,
        AskCause::Moved => matches!(moved.by_move, Some(AskMoveKind::Pass | AskMoveKind::Resume)),
        AskCause::Wished | AskCause::Left | AskCause::Deleted => false,
    };
    if is_news {
        actions::ask_asked(tx, (message, person), heard.happened.at)?;
    }
    Ok(())
}

/// Whoever asked is told when it is their turn again, when somebody else has it now, and when they are asked for more time; what
/// they do themselves, and what is taken back, settles that.
fn tell_asker(tx: &mut dyn Tx, heard: &Heard<'_>, moved: &AskMoved) -> Result<()> {
    let (asker, message) = (moved.ask.asker_id, moved.ask.message_id);
    let by = heard.happened.actor.filter(|actor| *actor != asker);
    let cause = match (moved.cause, moved.by_move) {
        (AskCause::Wished, _) => Some(Cause::Wished),
        (AskCause::Moved, Some(AskMoveKind::AskBack)) => Some(Cause::AskedBack),
        (AskCause::Moved, Some(AskMoveKind::Pass)) => Some(Cause::PassedOn),
        _ => None,
    };
    let is_over =
        by.is_none() || moved.ask.state != AskState::Open || moved.by_move == Some(AskMoveKind::Undo);
    match (cause, by) {
        (Some(cause), Some(by)) => match called::find(tx, message)? {
            Some(calling) => actions::call_again(tx, &calling, (asker, cause, Some(by)), heard.happened.at),
            None => Ok(()),
        },
        _ if is_over => notices::settle_own_ask(tx, asker, message, heard.happened.at),
        _ => Ok(()),
    }
}

fn reminded(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    match heard.body::<AskReminded>() {
        Some(reminded) => actions::ask_reminder(tx, reminded.message_id, heard.happened.at),
        None => Ok(()),
    }
}

fn forget_message(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    match heard.body::<MessageDeleted>() {
        Some(deleted) => notices::forget_message(tx, deleted.message_id),
        None => Ok(()),
    }
}

fn read(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    let Some(moved) = heard.body::<ReadMoved>() else {
        return Ok(());
    };
    let person = PersonId(heard.scope.0);
    let place = (moved.channel_id, moved.topic_id);
    notices::read(tx, person, place, moved.counts.read_seq, heard.happened.at)
}

fn look_again(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    let (person, now) = (PersonId(heard.scope.0), heard.happened.at);
    actions::look_again(tx, person, now)?;
    mail::look_again(tx, person, now)
}

/// The hours of everybody who has declared none, and the holidays of those who follow the workspace.
fn look_at_all(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    actions::ask_look_at_all(tx, heard.happened.at)
}

/// What is due together is told together, a moment later.
fn remind(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    let told = heard.body::<ReminderChanged>();
    let Some(told) = told.filter(|reminder| reminder.state == ReminderState::Told) else {
        return Ok(());
    };
    call_again(tx, heard, told.message_id, Cause::Reminder)
}

fn ask(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    let turned = heard.body::<CheckInTurned>();
    match turned.filter(|turned| turned.state == TurnState::Asked) {
        Some(asked) => call_again(tx, heard, asked.message_id, Cause::CheckIn),
        None => Ok(()),
    }
}

/// Thanks can wait: they come as often as somebody likes to be told of what is not theirs to do.
fn thanked(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    match heard.body::<ThanksGiven>() {
        Some(given) => call_again(tx, heard, given.message_id, Cause::Thanks),
        None => Ok(()),
    }
}

fn call_again(tx: &mut dyn Tx, heard: &Heard<'_>, message: MessageId, cause: Cause) -> Result<()> {
    match called::find(tx, message)? {
        Some(calling) => actions::call_again(
            tx,
            &calling,
            (PersonId(heard.scope.0), cause, None),
            heard.happened.at,
        ),
        None => Ok(()),
    }
}

fn forget_person(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    let Some(erased) = heard.body::<PersonErased>() else {
        return Ok(());
    };
    notices::forget_person(tx, erased.person_id)?;
    letters::forget(tx, erased.person_id)?;
    soon::forget(tx, erased.person_id)?;
    push::forget(tx, erased.person_id)?;
    devices::forget(tx, erased.person_id)
}
