//! A meeting is near: the one thing that is told without a message.
//!
//! In the app a line says so in any case. Whether it interrupts, the hours of its person decide: what would be held beyond the
//! beginning is silent, because it would come late.

use crate::{
    model::{Called, Cause, Wait},
    push,
    store::{devices, meetings as store},
};
use base::{PersonId, Timestamp};
use calendar::{Meeting, MeetingTold};
use platform::{
    db::{Result, Tx},
    journal::Heard,
};
use timing::hours::Hours;
use uuid::Uuid;

/// Decides on it in the transaction of the event.
pub(crate) fn hear(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    let Some(told) = heard.body::<MeetingTold>() else {
        return Ok(());
    };
    let (person, now) = (PersonId(heard.scope.0), heard.happened.at);
    let Some(meeting) = calendar::find_soon(tx, person, (told.meeting_id, told.starts_at))? else {
        return Ok(());
    };
    let people = accounts::people(tx, &[person])?;
    let hours = hours::list_hours(tx, &people)?;
    let Some((hours, _)) = hours.get(&person) else {
        return Ok(());
    };
    let Some(at) = tellable_at(&meeting, hours, now).filter(|at| *at < meeting.starts_at) else {
        return Ok(());
    };
    let release = Uuid::now_v7();
    store::insert(tx, release, person, (meeting.id, meeting.starts_at))?;
    let in_use = devices::find_in_use(tx, person)?;
    push::ask_until(tx, person, (release, in_use), (at, meeting.starts_at))
}

/// When it may interrupt; None: never.
pub(crate) fn tellable_at(meeting: &Meeting, hours: &Hours, now: Timestamp) -> Option<Timestamp> {
    Wait::of(called_by(meeting).decide_due(hours, now), now).map(|wait| wait.release_at)
}

fn called_by(meeting: &Meeting) -> Called {
    Called {
        cause: Cause::Mention,
        sender: Some(meeting.created_by),
        due: None,
        urgent: false,
        consented: false,
        muted: false,
    }
}
