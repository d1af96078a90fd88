//! The verbs of the inbox: many pointers at once, forwards and back.

use crate::{
    model::{Error, UNDO_FOR},
    store::{self, Clear, Pointer},
    wire::{ClearInbox, Cleared, Undone},
};
use accounts::SignedIn;
use base::Timestamp;
use messages::{ReadTo, read_to, unread_from};
use platform::{db::Tx, journal};
use spaces::access;
use std::collections::HashSet;

fn told(clear: &Clear) -> Cleared {
    Cleared {
        id: clear.id,
        at: clear.at,
        n_places: i64::try_from(clear.pointers.len()).unwrap_or(i64::MAX),
    }
}

/// Marks channels as read, streams and followed topics, and keeps where the pointers stood.
pub(crate) fn clear(
    tx: &mut dyn Tx,
    who: &SignedIn,
    wanted: &ClearInbox,
    now: Timestamp,
) -> Result<Cleared, Error> {
    if let Some((person, before)) = store::find_any_clear(tx, wanted.id)? {
        return if person == who.person {
            Ok(told(&before))
        } else {
            Err(Error::NotFound)
        };
    }
    let channels: HashSet<_> = match &wanted.channels {
        Some(channels) => channels.iter().copied().collect(),
        None => crate::reading::rest(tx, who)?
            .into_iter()
            .map(|place| place.line.channel_id)
            .collect(),
    };
    let mut pointers = store::list_pointers(tx, who.person)?;
    pointers.retain(|pointer| channels.contains(&pointer.channel));
    for pointer in &pointers {
        let access = access::channel(tx, who, pointer.channel)?;
        let seq = journal::head(tx, pointer.channel)?.unwrap_or_default();
        let to = ReadTo {
            seq,
            topic_id: pointer.topic,
        };
        read_to(tx, &access, to, now)?;
    }
    let clear = Clear {
        id: wanted.id,
        at: now,
        pointers,
    };
    store::forget_old_clears(tx, who.person, now.before(UNDO_FOR))?;
    store::keep_clear(tx, who.person, &clear)?;
    Ok(told(&clear))
}

/// Puts the pointers back where they stood; whoever left a channel meanwhile has none there.
pub(crate) fn undo(tx: &mut dyn Tx, who: &SignedIn, id: uuid::Uuid, now: Timestamp) -> Result<Undone, Error> {
    let pointers = store::find_clear(tx, (id, who.person), now.before(UNDO_FOR))?.ok_or(Error::NotFound)?;
    let mut n_places = 0;
    for Pointer { channel, topic, seq } in pointers {
        let access = match access::channel(tx, who, channel) {
            Ok(access) if access.is_member() => access,
            Ok(_) | Err(spaces::Error::NotFound) => continue,
            Err(error) => return Err(error.into()),
        };
        let from = ReadTo {
            seq: seq.next(),
            topic_id: topic,
        };
        match unread_from(tx, &access, from, now) {
            Ok(_) => n_places += 1,
            // Its topic went into another one, or away with its messages.
            Err(messages::Error::NotFound) => {}
            Err(error) => return Err(error.into()),
        }
    }
    store::forget_clear(tx, id)?;
    Ok(Undone { n_places })
}
