//! What of meetings belongs to one person's own data.

use super::state_of;
use crate::{
    poll_wire::TimePollState,
    store::{self, polls::find},
    wire::{Meeting, MeetingAnswer},
};
use base::{MeetingGuestId, MeetingId, PersonId, TimePollId, Timestamp};
use platform::db::{Result, Tx};
use serde::Serialize;

/// Meetings of somebody, whom they invited outside, what they asked and what they answered.
#[derive(Debug, Serialize)]
pub struct OwnMeetings {
    /// Those to which they are invited and whose place they can see.
    pub meetings: Vec<Meeting>,
    /// People outside whom they invited, or who left an address to be invited by them.
    pub invited_outside: Vec<OwnGuest>,
    /// When they asked others for a time.
    pub time_polls: Vec<OwnTimePoll>,
    /// What they said to such questions, in the order of the times: y, m (if there has to be) or n.
    pub time_poll_answers: Vec<OwnTimePollAnswer>,
}

/// Somebody outside whom a person invited.
#[derive(Debug, Serialize)]
pub struct OwnGuest {
    /// Their id.
    pub id: MeetingGuestId,
    /// The meeting, or of a series its first.
    pub meeting_id: MeetingId,
    /// Where they are written to.
    pub address: String,
    /// Their name; may be empty.
    pub name: String,
    /// What they said.
    pub answer: MeetingAnswer,
    /// When they were invited.
    pub invited_at: Timestamp,
}

/// A question when people can, without what others said.
#[derive(Debug, Serialize)]
pub struct OwnTimePoll {
    /// Its id.
    pub id: TimePollId,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub about: String,
    /// How long it would be.
    pub minutes: i64,
    /// Until when it is answered.
    pub ends_at: Timestamp,
    /// How it stands.
    pub state: TimePollState,
    /// What came of it.
    pub meeting_id: Option<MeetingId>,
    /// Its times.
    pub times: Vec<Timestamp>,
    /// Who is asked here.
    pub asked: Vec<PersonId>,
    /// How many answered.
    pub n_answers: usize,
}

/// What somebody said to a question of another.
#[derive(Debug, Serialize)]
pub struct OwnTimePollAnswer {
    /// Which.
    pub time_poll_id: TimePollId,
    /// Its times.
    pub times: Vec<Timestamp>,
    /// A letter for each.
    pub choices: String,
}

pub(crate) fn polls_of(tx: &mut dyn Tx, person: PersonId, now: Timestamp) -> Result<Vec<OwnTimePoll>> {
    let mut own = Vec::new();
    for id in store::polls::list_made(tx, person)? {
        let Some(poll) = find(tx, id)? else { continue };
        own.push(OwnTimePoll {
            id,
            state: state_of((poll.is_closed, poll.meeting_id), poll.ends_at, now),
            title: poll.title,
            about: poll.about,
            minutes: poll.minutes,
            ends_at: poll.ends_at,
            meeting_id: poll.meeting_id,
            times: poll.times,
            asked: poll.asked,
            n_answers: store::polls::list_answers(tx, id)?.len(),
        });
    }
    Ok(own)
}

pub(crate) fn answers_of(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<OwnTimePollAnswer>> {
    let mut own = Vec::new();
    for (id, choices) in store::polls::list_answered(tx, person)? {
        let times = find(tx, id)?.map(|poll| poll.times).unwrap_or_default();
        own.push(OwnTimePollAnswer {
            time_poll_id: id,
            times,
            choices,
        });
    }
    Ok(own)
}
