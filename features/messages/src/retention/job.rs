//! The job that lets messages go: it looks over the channels once an hour and asks for one job a channel, which goes over
//! its log a stretch at a time.
//!
//! Invariants: one transaction deletes at most [`AT_ONCE`] messages and looks at [`store::STRETCH`] of them at most, so
//! that nobody waits long behind it; where a channel's job stands is in its row, so that one that died goes on there.

use super::{copies, cutoff, going, store};
use base::{ChannelId, MessageId, Seq, Timestamp};
use platform::{
    db::{self, Tx},
    jobs::{self, Job, JobKind, Next},
};
use std::time::Duration;
use uuid::Uuid;

const LOOK: &str = "messages.retain";
const SOON: &str = "messages.retain_soon";
const OF_CHANNEL: &str = "messages.retain_channel";
const EVERY: Duration = Duration::from_secs(3600);
/// Each is a few statements and an event: some tens of milliseconds together.
const AT_ONCE: i64 = 20;
/// Before the place in the body of a job that is done with deleting.
const BLANKING: &str = "log:";
/// Channels that are asked for in one look.
const CHANNELS_AT_ONCE: i64 = 500;

pub(crate) fn jobs() -> Vec<JobKind> {
    let kind = |kind, run, schedule| JobKind { kind, run, schedule };
    vec![
        kind(LOOK, look, true),
        kind(SOON, look_once, false),
        kind(OF_CHANNEL, of_channel, false),
    ]
}

/// A rule was made, or a hold has ended: nobody waits for the hour.
pub(super) fn ask_soon(tx: &mut dyn Tx, now: Timestamp) -> db::Result<()> {
    jobs::ask(tx, SOON, "once", "{}", now)
}

fn look_once(tx: &mut dyn Tx, _: &Job, now: Timestamp) -> db::Result<Next> {
    if copies::let_go(tx, now)? {
        return Ok(Next::At(now));
    }
    ask_channels(tx, now)?;
    Ok(Next::Done)
}

fn look(tx: &mut dyn Tx, _: &Job, now: Timestamp) -> db::Result<Next> {
    ask_soon(tx, now)?;
    Ok(Next::At(now.after(EVERY)))
}

fn ask_channels(tx: &mut dyn Tx, now: Timestamp) -> db::Result<()> {
    if !store::has_any(tx)? {
        return Ok(());
    }
    let Some(workspace) = accounts::find_workspace(tx)? else {
        return Ok(());
    };
    let mut after = ChannelId(Uuid::nil());
    loop {
        let channels = store::list_channels(tx, workspace.id.0, after, CHANNELS_AT_ONCE)?;
        for channel in &channels {
            jobs::ask(tx, OF_CHANNEL, &channel.to_string(), "0", now)?;
        }
        match channels.last() {
            Some(last) if channels.len() as i64 == CHANNELS_AT_ONCE => after = *last,
            _ => return Ok(()),
        }
    }
}

/// One stretch. What was decided since it was asked for counts: another rule, a hold. At the end the log is gone over once
/// more where topics went.
fn of_channel(tx: &mut dyn Tx, job: &Job, now: Timestamp) -> db::Result<Next> {
    let Ok(channel) = job.key.parse::<ChannelId>() else {
        return Ok(Next::Done);
    };
    let stand = match job.body.strip_prefix(BLANKING) {
        Some(from) => Stand::Blanking(Seq(from.parse().unwrap_or(0))),
        None => Stand::Deleting(Seq(job.body.parse().unwrap_or(0))),
    };
    let next = match stand {
        Stand::Deleting(after) => match delete_stretch(tx, channel, after, now)? {
            Some(next) => Some(Stand::Deleting(next)),
            None => going::find_unblanked(tx, channel)?.map(Stand::Blanking),
        },
        Stand::Blanking(from) => going::blank_stretch(tx, channel, from)?.map(Stand::Blanking),
    };
    let body = match next {
        Some(Stand::Deleting(after)) => after.0.to_string(),
        Some(Stand::Blanking(from)) => format!("{BLANKING}{}", from.0),
        None => return Ok(Next::Done),
    };
    jobs::set_body(tx, job, &body)?;
    Ok(Next::At(now))
}

/// How far the job of a channel is.
enum Stand {
    /// Up to here messages that are due have gone.
    Deleting(Seq),
    /// From here on the log may name topics that are gone.
    Blanking(Seq),
}

/// Deletes what is due in a stretch; where the next begins after. None: there is nothing more, or no rule.
fn delete_stretch(
    tx: &mut dyn Tx,
    channel: ChannelId,
    after: Seq,
    now: Timestamp,
) -> db::Result<Option<Seq>> {
    let Some(workspace) = accounts::find_workspace(tx)? else {
        return Ok(None);
    };
    let rule = store::of_channel(tx, channel, workspace.id.0)?;
    let Some((days, rule)) = rule
        .and_then(|rule| Some((rule.days?, rule)))
        .filter(|(_, rule)| !rule.held)
    else {
        return Ok(None);
    };
    let Some(end) = store::find_end(tx, channel, after)? else {
        return Ok(None);
    };
    let before = cutoff(days, now);
    let due = store::list_due(tx, channel, (after, end), (before, rule.keep_marked), AT_ONCE)?;
    let ids: Vec<MessageId> = due.iter().map(|(id, _)| *id).collect();
    going::let_go(tx, channel, &ids, (before, now))?;
    let is_full = due.len() as i64 == AT_ONCE;
    Ok(Some(match due.last() {
        Some((_, last)) if is_full => *last,
        _ => end,
    }))
}
