//! What happens to meetings, on the logs of those who are invited. No event holds a word of a meeting.

use crate::wire::Meeting;
use base::{MeetingId, PersonId, TimePollId, Timestamp};
use platform::{
    db::{Result, Tx},
    journal::{self, Happened},
};
use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

/// Somebody was invited: body [`MeetingTold`] on their log.
pub const MEETING_INVITED: &str = "meeting.invited";
/// It is at another time now.
pub const MEETING_MOVED: &str = "meeting.moved";
/// Its words or its people changed.
pub const MEETING_CHANGED: &str = "meeting.changed";
/// It was called off, or somebody is not invited any more.
pub const MEETING_CANCELED: &str = "meeting.canceled";
/// Somebody answered; on the logs of all, so that each sees who comes.
pub const MEETING_ANSWERED: &str = "meeting.answered";

/// It begins soon; on the logs of those who come, each in their own time before.
pub const MEETING_SOON: &str = "meeting.soon";
/// That it should be written down is said to me no more; on my log alone, for my other devices.
pub const MEETING_PARK_ENDED: &str = "meeting.park_ended";

/// Somebody is asked when they can: body [`TimePollTold`] on their log.
pub const TIME_POLL_ASKED: &str = "time_poll.asked";
/// Something came of it, it was closed, or somebody answered: that is told to whoever asked and to who answered.
pub const TIME_POLL_CHANGED: &str = "time_poll.changed";

/// `time_poll.asked` and `time_poll.changed` on my own log: ask for it anew.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct TimePollTold {
    /// Which.
    pub time_poll_id: TimePollId,
}

/// `meeting.invited`, `meeting.moved`, `meeting.changed`, `meeting.canceled`, `meeting.answered`, `meeting.soon` and
/// `meeting.park_ended` on my own log: ask for it anew.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct MeetingTold {
    /// Which.
    pub meeting_id: MeetingId,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// Of the change.
    #[ts(type = "number")]
    pub revision: i64,
    /// Whether I am asked to answer.
    pub is_asking: bool,
}

/// Tells people, in the order of their ids: two who tell the same people at once do not wait for each other in a circle.
pub(crate) fn tell(
    tx: &mut dyn Tx,
    kind: &'static str,
    (meeting, people): (&Meeting, &[PersonId]),
    (actor, at): (Option<PersonId>, Timestamp),
) -> Result<()> {
    let mut people = people.to_vec();
    people.sort_unstable();
    let asks = kind == MEETING_INVITED || kind == MEETING_MOVED;
    for person in people {
        let told = MeetingTold {
            meeting_id: meeting.id,
            starts_at: meeting.starts_at,
            ends_at: meeting.ends_at,
            revision: meeting.revision,
            is_asking: asks && Some(person) != actor,
        };
        journal::append(tx, person, Happened { kind, actor, at }, &told)?;
    }
    Ok(())
}

/// The same of a question when people can.
pub(crate) fn tell_poll(
    tx: &mut dyn Tx,
    kind: &'static str,
    (id, people): (TimePollId, &[PersonId]),
    (actor, at): (Option<PersonId>, Timestamp),
) -> Result<()> {
    let mut people = people.to_vec();
    people.sort_unstable();
    let told = TimePollTold { time_poll_id: id };
    for person in people {
        journal::append(tx, person, Happened { kind, actor, at }, &told)?;
    }
    Ok(())
}
