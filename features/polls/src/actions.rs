//! The verbs of polls.

use crate::{
    events, jobs,
    model::{Error, check_end, clean_vote},
    store,
    wire::{NewPoll, Poll},
};
use base::{PersonId, PollId, Seq, Timestamp};
use messages::{CardPost, post_card};
use platform::db::Tx;
use spaces::ChannelAccess;

/// A poll of the channel that was proved; of any other channel it is absent.
pub(crate) fn get(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    id: PollId,
    now: Timestamp,
) -> Result<Poll, Error> {
    let poll = store::find(tx, id, now)?
        .filter(|poll| poll.channel_id == access.id())
        .ok_or(Error::NotFound)?;
    // Nearly everybody reads from the beginning, and is not asked.
    if access.reads_after() > Seq(0) && !access.may_see(store::get_place(tx, id)?) {
        return Err(Error::NotFound);
    }
    Ok(poll)
}

/// Asks a question, or finds what an earlier try of the same sender has asked.
pub(crate) fn create(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (new, post): (&NewPoll, &CardPost),
    now: Timestamp,
) -> Result<Poll, Error> {
    if let Some(before) = store::find(tx, new.id, now)? {
        let same = before.channel_id == access.id() && before.created_by == access.person();
        return if same { Ok(before) } else { Err(Error::IdTaken) };
    }
    check_end(new.closes_at, now)?;
    let answers: Vec<&str> = new.options.iter().map(String::as_str).collect();
    words::check(tx, &answers, new.words_ok)?;
    post_card(tx, access, post, now)?;
    if store::find_of_message(tx, new.message_id)?.is_some() {
        return Err(Error::IdTaken);
    }
    store::insert(tx, access.id(), access.person(), new, now)?;
    if let Some(end) = new.closes_at {
        jobs::close_at(tx, new.id, end)?;
    }
    get(tx, access, new.id, now)
}

/// Votes in place of the vote before; choosing nothing takes it back.
pub(crate) fn vote(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (id, chosen): (PollId, &[i64]),
    now: Timestamp,
) -> Result<Poll, Error> {
    access.require_member()?;
    access.require_open()?;
    let poll = get(tx, access, id, now)?;
    if poll.closed {
        return Err(Error::Closed);
    }
    let chosen = clean_vote(chosen, poll.options.len(), poll.multiple)?;
    if store::list_mine(tx, id, access.person())? == chosen {
        return Ok(poll);
    }
    store::vote(tx, id, access.person(), &chosen, now)?;
    let poll = get(tx, access, id, now)?;
    events::poll_changed(tx, &poll, Some(access.person()), now)?;
    Ok(poll)
}

/// Whoever asked closes it, and who looks after the channel.
pub(crate) fn close(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    id: PollId,
    now: Timestamp,
) -> Result<Poll, Error> {
    access.require_member()?;
    let poll = get(tx, access, id, now)?;
    if poll.created_by != access.person() && !access.can_manage() {
        return Err(Error::Forbidden(
            "only who asked closes a poll, or who looks after the channel",
        ));
    }
    if poll.closed {
        return Ok(poll);
    }
    end(tx, &poll, Some(access.person()), now)?;
    get(tx, access, id, now)
}

/// Ends a poll for whatever reason.
pub(crate) fn end(
    tx: &mut dyn Tx,
    poll: &Poll,
    actor: Option<PersonId>,
    now: Timestamp,
) -> Result<(), platform::db::Error> {
    store::close(tx, poll, now)?;
    let closed = Poll {
        closed: true,
        ..poll.clone()
    };
    events::poll_changed(tx, &closed, actor, now)
}
