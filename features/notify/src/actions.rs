//! The verbs of telling: call, look again, release.

mod call;
mod release;

pub use call::page;
pub(crate) use call::{ask_asked, ask_call, ask_look_at_all, ask_reminder, call_again, look_again};
pub(crate) use release::release;

use crate::{
    events::{self, MessageHeld},
    model::KEPT,
    store::{mail, meetings, notices},
    wire::HeldMessage,
};
use base::{ChannelId, MessageId, PersonId, Timestamp};
use platform::{
    db::{Result, Tx},
    jobs::{Job, JobKind, Next},
};
use std::time::Duration;

/// How often old notices are cleared away.
const CLEAR_EVERY: Duration = Duration::from_secs(6 * 3_600);

/// The kinds of jobs of this slice.
pub(crate) fn jobs() -> Vec<JobKind> {
    vec![
        JobKind {
            kind: call::CALL,
            run: call::call,
            schedule: false,
        },
        JobKind {
            kind: call::ASKED,
            run: call::asked,
            schedule: false,
        },
        JobKind {
            kind: call::POLICY,
            run: call::look_at_all,
            schedule: false,
        },
        JobKind {
            kind: "notify.clear",
            run: clear,
            schedule: true,
        },
    ]
}

fn clear(tx: &mut dyn Tx, _: &Job, now: Timestamp) -> Result<Next> {
    notices::drop_old(tx, now.before(KEPT))?;
    mail::drop_old(tx, now.before(KEPT))?;
    meetings::drop_old(tx, now.before(KEPT))?;
    Ok(Next::At(now.after(CLEAR_EVERY)))
}

/// Tells whoever wrote something in a direct conversation until when it waits; `until` in the past: it does not.
fn tell_sender(
    tx: &mut dyn Tx,
    (sender, channel_id, message_id): (PersonId, ChannelId, MessageId),
    (person_id, time_zone): (PersonId, &str),
    until: Timestamp,
    now: Timestamp,
) -> Result<()> {
    let event = MessageHeld {
        channel_id,
        held: HeldMessage {
            message_id,
            person_id,
            until,
            time_zone: time_zone.to_owned(),
        },
    };
    events::message_held(tx, sender, &event, now)
}
