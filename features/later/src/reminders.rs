//! Reminders of messages: private, told on the person's own log at their time.
//!
//! Invariants: nobody but its owner knows of a reminder; it is told once for each time that it is given; what the message
//! says is looked up when the reminder is shown, with the rights of that moment, and kept nowhere here.

pub(crate) mod api;
pub(crate) mod store;
pub(crate) mod wire;

use crate::{
    events::{self, ReminderChanged, ReminderState},
    model::{Error, check_due, field},
};
use accounts::SignedIn;
use base::{ChannelId, MessageId, PersonId, ReminderId, Timestamp};
use platform::db::{self, Tx};
use spaces::{ChannelAccess, access};
use std::collections::{HashMap, hash_map::Entry};
use store::{Place, ReminderRow};
use wire::{ChangeReminder, NewReminder, OwnReminder, Reminder, ReminderPage};

/// Reminders of one person, told ones included.
pub(crate) const REMINDERS_MAX: i64 = 10_000;
/// Characters of the note at a reminder.
const NOTE_MAX_CHARS: usize = 280;
/// Characters of a message that are shown with its reminder.
const EXCERPT_MAX_CHARS: usize = 200;
/// Reminders of one page.
pub(crate) const PAGE: i64 = 50;
/// Reminders that are told in one transaction.
const ROUND: i64 = 200;

/// One line, or nothing.
fn clean_note(note: &str) -> Result<String, Error> {
    match note.trim() {
        "" => Ok(String::new()),
        note => markup::clean_name(note, NOTE_MAX_CHARS).map_err(|problem| Error::Field {
            pointer: "/note",
            detail: problem.to_string(),
        }),
    }
}

/// Notes that somebody wants to be told of a message that they may read, or finds what an earlier try has noted; true: it is
/// new.
fn remind(
    tx: &mut dyn Tx,
    who: &SignedIn,
    new: &NewReminder,
    now: Timestamp,
) -> Result<(Reminder, bool), Error> {
    if let Some(before) = store::find(tx, new.id)? {
        if before.person != who.person {
            return Err(Error::NotFound);
        }
        return Ok((show_one(tx, who, before)?, false));
    }
    let place = get_readable(tx, who, new.message_id)?;
    check_due(new.due_at, now)?;
    let note = clean_note(&new.note)?;
    let n_waiting = store::count(tx, who.person)?;
    if n_waiting >= REMINDERS_MAX {
        return Err(Error::Full(n_waiting));
    }
    let row = ReminderRow {
        id: new.id,
        person: who.person,
        message: new.message_id,
        channel: place.channel,
        note,
        due_at: new.due_at,
        created_at: now,
        told_at: None,
        gone_at: None,
    };
    if !store::insert(tx, &row)? {
        return Err(Error::NotFound);
    }
    tell(tx, &row, ReminderState::Waiting, now)?;
    Ok((show_one(tx, who, row)?, true))
}

/// Somebody wanted to be told of this message when something comes about, and it has: told as a reminder, at the next look. With
/// as many reminders as one can have it is not.
pub(crate) fn remind_now(
    tx: &mut dyn Tx,
    person: PersonId,
    message: MessageId,
    now: Timestamp,
) -> db::Result<()> {
    let Some(place) = store::find_place(tx, message)?.filter(|place| !place.is_deleted) else {
        return Ok(());
    };
    if store::count(tx, person)? >= REMINDERS_MAX {
        return Ok(());
    }
    let row = ReminderRow {
        id: ReminderId::random(),
        person,
        message,
        channel: place.channel,
        note: String::new(),
        due_at: now,
        created_at: now,
        told_at: None,
        gone_at: None,
    };
    if store::insert(tx, &row)? {
        tell(tx, &row, ReminderState::Waiting, now)?;
    }
    Ok(())
}

/// A message that is there, and that this person may read.
fn get_readable(tx: &mut dyn Tx, who: &SignedIn, message: MessageId) -> Result<Place, Error> {
    let place = store::find_place(tx, message)?.ok_or(Error::NotFound)?;
    let access = access::channel(tx, who, place.channel)?;
    Some(place)
        .filter(|place| !place.is_deleted && access.may_see(place.seq))
        .ok_or(Error::NotFound)
}

fn get_own(tx: &mut dyn Tx, who: &SignedIn, id: ReminderId) -> Result<ReminderRow, Error> {
    store::find(tx, id)?
        .filter(|row| row.person == who.person)
        .ok_or(Error::NotFound)
}

/// Another time, at which it is told again, or another note.
fn change(
    tx: &mut dyn Tx,
    who: &SignedIn,
    (id, change): (ReminderId, &ChangeReminder),
    now: Timestamp,
) -> Result<Reminder, Error> {
    let mut row = get_own(tx, who, id)?;
    if change.due_at.is_none() && change.note.is_none() {
        return Err(field("", "say what shall be different: due_at or note"));
    }
    if let Some(note) = &change.note {
        row.note = clean_note(note)?;
    }
    if let Some(due_at) = change.due_at {
        if row.gone_at.is_some() {
            return Err(field("/due_at", "the message is not there any more"));
        }
        check_due(due_at, now)?;
        (row.due_at, row.told_at) = (due_at, None);
    }
    store::change(tx, &row)?;
    let state = match row.gone_at {
        Some(_) => ReminderState::Gone,
        None => ReminderState::Waiting,
    };
    tell(tx, &row, state, now)?;
    show_one(tx, who, row)
}

/// It goes; twice is once.
fn done(tx: &mut dyn Tx, who: &SignedIn, id: ReminderId, now: Timestamp) -> Result<(), Error> {
    let row = get_own(tx, who, id)?;
    if store::remove(tx, &row)? {
        tell(tx, &row, ReminderState::Done, now)?;
    }
    Ok(())
}

fn tell(tx: &mut dyn Tx, row: &ReminderRow, state: ReminderState, now: Timestamp) -> db::Result<()> {
    let event = ReminderChanged {
        id: row.id,
        message_id: row.message,
        channel_id: row.channel,
        state,
    };
    events::reminder_changed(tx, row.person, &event, now)
}

/// Tells everybody whose time has come, at most [`ROUND`]; how many.
pub(crate) fn tell_due(tx: &mut dyn Tx, now: Timestamp) -> db::Result<usize> {
    let mut due = store::take_due(tx, now, ROUND)?;
    // Two processes take the numbers of people's logs in one order.
    due.sort_by_key(|row| (row.person, row.due_at, row.id));
    for row in &due {
        tell(tx, row, ReminderState::Told, now)?;
    }
    Ok(due.len())
}

/// With its message a reminder is over: it stays in the list of its owner, with their note, and is told at no time.
pub(crate) fn forget_message(tx: &mut dyn Tx, message: MessageId, now: Timestamp) -> db::Result<()> {
    let mut over = store::forget_message(tx, message, now)?;
    // Numbers of people's logs are taken in one order.
    over.sort_by_key(|row| (row.person, row.id));
    for row in &over {
        tell(tx, row, ReminderState::Gone, now)?;
    }
    Ok(())
}

/// All of them, as their owner's own data.
pub(crate) fn list_own(tx: &mut dyn Tx, person: PersonId) -> db::Result<Vec<OwnReminder>> {
    let rows = store::list(tx, person, None, REMINDERS_MAX)?;
    let own = rows.into_iter().map(|row| OwnReminder {
        message_id: row.message,
        note: row.note,
        due_at: row.due_at,
        told_at: row.told_at,
    });
    Ok(own.collect())
}

/// A page of somebody's reminders, in the order of their time: what was told stands first.
fn list(
    tx: &mut dyn Tx,
    who: &SignedIn,
    after: Option<(Timestamp, ReminderId)>,
) -> Result<ReminderPage, Error> {
    let mut rows = store::list(tx, who.person, after, PAGE + 1)?;
    let has_more = i64::try_from(rows.len()).unwrap_or(i64::MAX) > PAGE;
    rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let items = show(tx, who, rows)?;
    let next = items.last().filter(|_| has_more);
    let next = next.map(|last| (last.due_at, last.id));
    let mut authors: Vec<_> = items.iter().filter_map(|item| item.author_id).collect();
    authors.sort_unstable();
    authors.dedup();
    Ok(ReminderPage {
        people: spaces::people_named(tx, &authors)?,
        items,
        next,
    })
}

fn show_one(tx: &mut dyn Tx, who: &SignedIn, row: ReminderRow) -> Result<Reminder, Error> {
    show(tx, who, vec![row])?.pop().ok_or(Error::NotFound)
}

/// With what the messages say now, as far as this person may read them.
fn show(tx: &mut dyn Tx, who: &SignedIn, rows: Vec<ReminderRow>) -> Result<Vec<Reminder>, Error> {
    let ids: Vec<MessageId> = rows.iter().map(|row| row.message).collect();
    let places = store::list_places(tx, &ids)?;
    let mut readable: HashMap<ChannelId, Option<ChannelAccess>> = HashMap::new();
    for place in places.values() {
        if let Entry::Vacant(unknown) = readable.entry(place.channel) {
            unknown.insert(match access::channel(tx, who, place.channel) {
                Ok(access) => Some(access),
                Err(spaces::Error::Db(error)) => return Err(error.into()),
                Err(_) => None,
            });
        }
    }
    let shown = rows.into_iter().map(|row| {
        let place = places.get(&row.message);
        let place = place.filter(|place| {
            let access = readable.get(&place.channel).and_then(Option::as_ref);
            !place.is_deleted && access.is_some_and(|access| access.may_see(place.seq))
        });
        Reminder {
            id: row.id,
            message_id: row.message,
            channel_id: row.channel,
            author_id: place.map(|place| place.author),
            text: place.map(|place| markup::excerpt(&place.text, EXCERPT_MAX_CHARS)),
            note: row.note,
            due_at: row.due_at,
            told_at: row.told_at,
            gone_at: row.gone_at,
        }
    });
    Ok(shown.collect())
}
