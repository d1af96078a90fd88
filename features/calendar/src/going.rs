//! A meeting belongs to its channel and goes by the channel's rule, counted from its end (decision 0028). One that belongs to no
//! channel stays. Questions when people can do as meetings do.
//!
//! One run looks at one channel and deletes a hundred meetings at most; where it stands is in the row of the job.

use crate::store::{going, polls};
use base::{ChannelId, Timestamp};
use platform::{
    db::{Result, Tx},
    jobs::{self, Job, JobKind, Next},
};
use std::time::Duration;
use uuid::Uuid;

const AT_ONCE: i64 = 100;
const EVERY: Duration = Duration::from_secs(3_600);
const DAY_S: u64 = 24 * 3_600;

pub(crate) fn jobs() -> Vec<JobKind> {
    vec![JobKind {
        kind: "calendar.retain",
        run: look,
        schedule: true,
    }]
}

fn look(tx: &mut dyn Tx, job: &Job, now: Timestamp) -> Result<Next> {
    // A regular job begins with a body that names no channel.
    let after = job.body.parse().unwrap_or(ChannelId(Uuid::nil()));
    let Some(channel) = going::find_next_channel(tx, after, now)? else {
        jobs::set_body(tx, job, "{}")?;
        return Ok(Next::At(now.after(EVERY)));
    };
    let days = messages::days_kept(tx, channel)?.and_then(|days| u64::try_from(days).ok());
    if let Some(days) = days {
        let before = now.before(Duration::from_secs(days * DAY_S));
        let n = going::drop_old(tx, channel, before, AT_ONCE)?;
        let n = n.max(polls::drop_old(tx, channel, before, AT_ONCE)?);
        if i64::try_from(n).is_ok_and(|n| n >= AT_ONCE) {
            return Ok(Next::At(now));
        }
    }
    jobs::set_body(tx, job, &channel.to_string())?;
    Ok(Next::At(now))
}
