//! A reminder before a meeting, to those who come.
//!
//! Invariants: of one beginning somebody is told once, in time and never early, whatever happens to process and clock; a
//! meeting that moves tells of its new time; of one that was called off or has begun nobody is told. When it interrupts
//! anybody is for those who listen.

use crate::{
    actions::is_seen_by,
    events::{MEETING_SOON, tell},
    model::REMIND_MINUTES,
    store::{self, soon},
    wire::Meeting,
};
use base::{MeetingId, PersonId, Timestamp};
use platform::{
    db::{Result, Tx},
    jobs::{self, Job, JobKind, Next},
};
use std::time::Duration;

const KIND: &str = "calendar.soon";

pub(crate) fn jobs() -> Vec<JobKind> {
    vec![JobKind {
        kind: KIND,
        run: look,
        schedule: false,
    }]
}

fn before(starts_at: Timestamp, minutes: i64) -> Timestamp {
    let seconds = u64::try_from(minutes).unwrap_or_default() * 60;
    starts_at.before(Duration::from_secs(seconds))
}

/// Asks for a look at the first moment at which somebody may want to be told. Each beginning has its own.
pub(crate) fn ask(tx: &mut dyn Tx, meeting: &Meeting) -> Result<()> {
    let key = format!("{}:{}", meeting.id, meeting.starts_at.0);
    let longest = REMIND_MINUTES.iter().copied().max().unwrap_or_default();
    jobs::ask(tx, KIND, &key, "{}", before(meeting.starts_at, longest))
}

fn read_key(key: &str) -> Option<(MeetingId, Timestamp)> {
    let (id, starts_at) = key.split_once(':')?;
    Some((id.parse().ok()?, Timestamp(starts_at.parse().ok()?)))
}

/// Tells those whose time has come, and looks again when it may be that of others.
fn look(tx: &mut dyn Tx, job: &Job, now: Timestamp) -> Result<Next> {
    let Some((id, starts_at)) = read_key(&job.key) else {
        return Ok(Next::Done);
    };
    let Some(meeting) = store::find(tx, id)? else {
        return Ok(Next::Done);
    };
    if meeting.is_canceled || meeting.starts_at != starts_at || starts_at <= now {
        return Ok(Next::Done);
    }
    let mut told: Vec<PersonId> = Vec::new();
    for (person, minutes) in soon::list_untold(tx, id)? {
        if minutes > 0 && before(starts_at, minutes) <= now && is_seen_by(tx, person, &meeting)? {
            soon::tell(tx, id, person, starts_at)?;
            told.push(person);
        }
    }
    tell(tx, MEETING_SOON, (&meeting, &told), (None, now))?;
    let moments = REMIND_MINUTES.iter().filter(|minutes| **minutes > 0);
    let next = moments
        .map(|minutes| before(starts_at, *minutes))
        .filter(|at| *at > now)
        .min();
    Ok(next.map_or(Next::Done, Next::At))
}
