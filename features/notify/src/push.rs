//! Web Push: what reaches a device while the app is closed (RFC 8030).
//!
//! Invariants: what a push says is read when it goes out, with the rights that its person has then, and what was read
//! meanwhile is not in it; its body is encrypted for the one browser; before its text goes out the row says so (`handed`), and
//! a row that says so is never sent again, nor is one of which the service has not said whether it took it; an endpoint that
//! is gone is forgotten, one that says no or is not there is asked again with growing pauses, until the push would be useless;
//! a push that comes late waits for the hours of its person as it would have from the beginning, and no service keeps it
//! into their quiet. Endpoints are addresses that somebody named, so they are asked through `outbound`.

mod encrypt;
mod message;
mod send;
mod vapid;

#[cfg(test)]
pub(crate) use encrypt::encrypt;
pub(crate) use encrypt::{AUTH_BYTES, PUBLIC_KEY_BYTES};
pub(crate) use message::{moment, what};
pub(crate) use send::{Outcome, public_key, send_due, test};

use crate::store::push::{self, Target};
use base::{PersonId, SessionId, Timestamp};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use platform::db::{Result, Tx};
use std::time::Duration;
use uuid::Uuid;

/// Where somebody is at a device that cannot be told while the app is closed, the open app has so long to show it.
const WAIT_FOR_APP: Duration = Duration::from_secs(30);
/// A service may be down for a day and a night. After this nobody wants to be told any more what happened then.
const USEFUL_FOR: Duration = Duration::from_secs(36 * 3_600);

/// Asks for a push of what is told now, to the one device that can be reached: the one in use, or the one that was used last.
pub(crate) fn ask(
    tx: &mut dyn Tx,
    person: PersonId,
    (release, in_use): (Uuid, Option<SessionId>),
    now: Timestamp,
) -> Result<()> {
    ask_until(tx, person, (release, in_use), (now, now.after(USEFUL_FOR)))
}

/// The same of what is told at a time and is useless from another on.
pub(crate) fn ask_until(
    tx: &mut dyn Tx,
    person: PersonId,
    (release, in_use): (Uuid, Option<SessionId>),
    (at, useless_at): (Timestamp, Timestamp),
) -> Result<()> {
    let Some(device) = push::find_reachable(tx, person)? else {
        return Ok(());
    };
    let due = if in_use.is_none() || in_use == Some(device) {
        at
    } else {
        at.after(WAIT_FOR_APP)
    };
    push::ask(tx, (device, person), release, (due, useless_at))
}

/// The same of a page to which its person has agreed: to every device, and none waits for another.
pub(crate) fn ask_everywhere(tx: &mut dyn Tx, person: PersonId, release: Uuid, now: Timestamp) -> Result<()> {
    for device in push::list(tx, person)? {
        push::ask(
            tx,
            (device.session, person),
            release,
            (now, now.after(USEFUL_FOR)),
        )?;
    }
    Ok(())
}

/// The bytes of a browser's keys; None when they are none.
pub(crate) fn subscriber(target: &Target) -> Option<encrypt::Subscriber> {
    let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok();
    Some(encrypt::Subscriber {
        public: bytes(&target.p256dh)?.try_into().ok()?,
        auth: bytes(&target.auth)?.try_into().ok()?,
    })
}
