//! What happens elsewhere and matters here, in the same transaction.

use crate::{
    actions,
    model::Cause,
    store::{called, devices, notices},
};
use accounts::{PERSON_ERASED, PersonErased};
use base::{MessageId, PersonId};
use later::{CHECK_IN_TURNED, CheckInTurned, REMINDER_CHANGED, ReminderChanged, ReminderState, TurnState};
use messages::{MessageDeleted, MessagePosted, ReadMoved};
use platform::{
    db::{Result, Tx},
    journal::{Heard, Listener},
};

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
            kinds: &["read.moved"],
            hear: read,
        },
        // The zone is part of the profile.
        Listener {
            kinds: &["hours.changed", "me.changed"],
            hear: look_again,
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
            kinds: &[PERSON_ERASED],
            hear: forget_person,
        },
    ]
}

/// Whoever posts waits for one look at indexes; who is called is found out a moment later.
fn call(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    let Some(posted) = heard.body::<MessagePosted>().filter(|posted| !posted.is_history) else {
        return Ok(());
    };
    let message = &posted.message;
    let (channel, author) = (message.channel_id, message.author_id);
    if called::calls_somebody(tx, channel, message.seq, message.topic_id, author)? {
        actions::ask_call(tx, message.id, heard.happened.at)?;
    }
    Ok(())
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
    actions::look_again(tx, PersonId(heard.scope.0), heard.happened.at)
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

fn call_again(tx: &mut dyn Tx, heard: &Heard<'_>, message: MessageId, cause: Cause) -> Result<()> {
    match called::find(tx, message)? {
        Some(calling) => {
            actions::call_again(tx, &calling, (PersonId(heard.scope.0), cause), heard.happened.at)
        }
        None => Ok(()),
    }
}

fn forget_person(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    let Some(erased) = heard.body::<PersonErased>() else {
        return Ok(());
    };
    notices::forget_person(tx, erased.person_id)?;
    devices::forget(tx, erased.person_id)
}
