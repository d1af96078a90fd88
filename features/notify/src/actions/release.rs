//! The moment of telling: one telling for all that is due, in one transaction with everything that tells it.

use super::tell_sender;
use crate::{
    events::{self, NoticeReleased},
    mail,
    model::{NAMED_MAX, Wait},
    push,
    store::{
        devices,
        notices::{self, HeldRow},
    },
};
use base::{ChannelId, MessageId, PersonId, Timestamp};
use platform::db::{Result, Tx};
use std::collections::{HashMap, hash_map::Entry};
use uuid::Uuid;

/// Tells somebody all that is due, but for what was read before, what they may not read any more, and what has to wait
/// longer after all, because their hours or the clock have changed.
pub(crate) fn release(tx: &mut dyn Tx, id: PersonId, now: Timestamp) -> Result<()> {
    let mut due = notices::list_held(tx, id, now)?;
    let people = accounts::people(tx, &[id])?;
    let hours = hours::list_hours(tx, &people)?;
    let (Some(person), Some((hours, _))) = (people.first(), hours.get(&id)) else {
        return Ok(());
    };
    let read = take(&mut due, |row| row.is_read());
    notices::supersede(tx, id, &read, now)?;
    let readable = list_readable(tx, id, &due)?;
    let gone = take(&mut due, |row| {
        row.blocked || person.deactivated || !readable[&row.notice.channel_id]
    });
    let mut tellable = Vec::with_capacity(due.len());
    let mut silent = gone;
    for row in due {
        match Wait::of(row.called.decide_due(hours, now), now) {
            None => silent.push(row.notice.message_id),
            Some(wait) if wait.release_at <= now => tellable.push(row),
            Some(wait) => {
                notices::wait(tx, id, row.notice.message_id, wait)?;
                if let (true, Some(until)) = (row.is_shown_to_sender(), wait.held_until) {
                    let message = (row.notice.author_id, row.notice.channel_id, row.notice.message_id);
                    tell_sender(tx, message, (id, &person.time_zone), until, now)?;
                }
            }
        }
    }
    notices::forget_some(tx, id, &silent)?;
    tell(tx, id, tellable, now)
}

/// Takes out those that are so, and gives their messages.
fn take(rows: &mut Vec<HeldRow>, is_so: impl Fn(&HeldRow) -> bool) -> Vec<MessageId> {
    let (taken, kept) = std::mem::take(rows).into_iter().partition(is_so);
    *rows = kept;
    let taken: Vec<HeldRow> = taken;
    taken.iter().map(|row| row.notice.message_id).collect()
}

fn list_readable(tx: &mut dyn Tx, id: PersonId, rows: &[HeldRow]) -> Result<HashMap<ChannelId, bool>> {
    let mut readable = HashMap::new();
    for row in rows {
        let channel = row.notice.channel_id;
        if let Entry::Vacant(unknown) = readable.entry(channel) {
            unknown.insert(!spaces::who_may_read(tx, channel, &[id])?.is_empty());
        }
    }
    Ok(readable)
}

fn tell(tx: &mut dyn Tx, id: PersonId, mut rows: Vec<HeldRow>, now: Timestamp) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    rows.sort_by_key(|row| timing::delivery::release_key(&row.held()));
    let release_id = Uuid::now_v7();
    let wakes = rows.iter().any(|row| row.called.wakes());
    let told: Vec<MessageId> = rows.iter().map(|row| row.notice.message_id).collect();
    notices::release(tx, id, &told, (release_id, now))?;
    mail::ask(tx, id, &rows, now)?;
    let event = NoticeReleased {
        release_id,
        n: i64::try_from(rows.len()).unwrap_or(i64::MAX),
        items: rows.into_iter().take(NAMED_MAX).map(|row| row.notice).collect(),
        device_in_use: devices::find_in_use(tx, id)?,
    };
    if wakes {
        push::ask_everywhere(tx, id, release_id, now)?;
    } else {
        push::ask(tx, id, (release_id, event.device_in_use), now)?;
    }
    events::released(tx, id, &event, now)
}
