//! Pinning a message for everybody in the channel, and keeping one for oneself.

use super::get_living;
use crate::{
    events::{self, By, PinChanged, SavedChanged},
    model::{Error, PINS_MAX, SAVED_MAX},
    store::keeping,
};
use base::{MessageId, Timestamp};
use platform::db::Tx;
use spaces::ChannelAccess;

fn by(access: &ChannelAccess, now: Timestamp) -> By {
    By {
        actor: access.person(),
        now,
    }
}

/// Pins a message; doing it twice changes nothing.
pub(crate) fn pin(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    id: MessageId,
    now: Timestamp,
) -> Result<(), Error> {
    access.require_post()?;
    let row = get_living(tx, access, id)?;
    if keeping::count_pins(tx, access.id())? >= PINS_MAX {
        let detail = "this channel has 100 pinned messages; take one down first".to_owned();
        return Err(Error::Field {
            pointer: "/message",
            detail,
        });
    }
    if keeping::pin(tx, access.id(), row.seq, access.person(), now)? {
        let event = PinChanged {
            message_id: id,
            seq: row.seq,
            pinned: true,
        };
        events::pin_changed(tx, access.id(), by(access, now), event)?;
    }
    Ok(())
}

/// Takes a pin down, whoever has set it.
pub(crate) fn unpin(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    id: MessageId,
    now: Timestamp,
) -> Result<(), Error> {
    access.require_post()?;
    let row = get_living(tx, access, id)?;
    if keeping::unpin(tx, access.id(), row.seq)? {
        let event = PinChanged {
            message_id: id,
            seq: row.seq,
            pinned: false,
        };
        events::pin_changed(tx, access.id(), by(access, now), event)?;
    }
    Ok(())
}

/// Keeps a message for later. Nobody else is told.
pub(crate) fn save(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    id: MessageId,
    now: Timestamp,
) -> Result<(), Error> {
    access.require_member()?;
    let row = get_living(tx, access, id)?;
    if keeping::count_saved(tx, access.person())? >= SAVED_MAX {
        let detail = "you keep 5,000 messages for later; let go of some first".to_owned();
        return Err(Error::Field {
            pointer: "/message",
            detail,
        });
    }
    if keeping::save(tx, access.person(), access.id(), row.seq, now)? {
        announce_saved(tx, access, &row, true, now)?;
    }
    Ok(())
}

/// Lets go of it.
pub(crate) fn unsave(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    id: MessageId,
    now: Timestamp,
) -> Result<(), Error> {
    let row = super::get_message(tx, access, id)?;
    if keeping::unsave(tx, access.person(), access.id(), row.seq)? {
        announce_saved(tx, access, &row, false, now)?;
    }
    Ok(())
}

fn announce_saved(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    row: &crate::store::messages::MessageRow,
    saved: bool,
    now: Timestamp,
) -> Result<(), Error> {
    let event = SavedChanged {
        channel_id: access.id(),
        message_id: row.id,
        seq: row.seq,
        saved,
    };
    Ok(events::saved_changed(tx, by(access, now), event)?)
}
