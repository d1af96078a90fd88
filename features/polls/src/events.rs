//! What happens to polls, as events.

use crate::wire::{Poll, PollKind, PollOption};
use base::{PersonId, PollId, Timestamp};
use platform::{
    db::{Result, Tx},
    journal::{self, Happened},
};
use serde::Serialize;
use ts_rs::TS;

/// `poll.changed` on the log of a channel: how a poll stands after a vote or its end. It holds no text, so that nothing of
/// it has to be forgotten with the message; the answers are in the order of the poll. What not everybody may see yet, and
/// words that people wrote, are not in it: `n_votes` is empty then, and who may see them asks.
#[derive(Debug, Serialize, TS)]
pub struct PollChanged {
    /// Which.
    pub poll_id: PollId,
    /// How many chose each answer.
    #[ts(type = "Array<number>")]
    pub n_votes: Vec<i64>,
    /// Who, as in a poll; empty with it.
    pub people: Vec<Vec<PersonId>>,
    /// How many people have voted.
    #[ts(type = "number")]
    pub n_voters: i64,
    /// Whether it is closed.
    pub closed: bool,
}

/// Says how a poll stands. Who caused it is named only where votes are.
pub(crate) fn poll_changed(
    tx: &mut dyn Tx,
    poll: &Poll,
    actor: Option<PersonId>,
    at: Timestamp,
) -> Result<()> {
    let is_secret = poll.hidden && !poll.closed;
    let told: &[PollOption] = match poll.kind {
        PollKind::Words => &[],
        _ if is_secret => &[],
        _ => &poll.options,
    };
    let event = PollChanged {
        poll_id: poll.id,
        n_votes: told.iter().map(|option| option.n).collect(),
        people: told.iter().map(|option| option.people.clone()).collect(),
        n_voters: poll.n_voters,
        closed: poll.closed,
    };
    let happened = Happened {
        kind: "poll.changed",
        actor: actor.filter(|_| !poll.anonymous),
        at,
    };
    journal::append(tx, poll.channel_id, happened, &event).map(|_| ())
}
