//! The verbs of polls.

use crate::{
    events, jobs,
    model::{Error, check_end, clean_vote, clean_words},
    store,
    wire::{ChangePollWord, NewPoll, Poll, PollKind, Vote},
};
use accounts::{Deed, Subject, audit};
use base::{PersonId, PollId, Seq, Timestamp};
use messages::{CardPost, post_card};
use platform::db::Tx;
use spaces::ChannelAccess;

pub(crate) const DEEDS: &[&str] = &["poll.word_removed", "poll.word_restored"];

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
    let mut answers: Vec<&str> = new.options.iter().map(String::as_str).collect();
    answers.extend(
        new.scale
            .iter()
            .flat_map(|scale| [scale.low.as_str(), scale.high.as_str()]),
    );
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
    (id, vote): (PollId, &Vote),
    now: Timestamp,
) -> Result<Poll, Error> {
    access.require_member()?;
    access.require_open()?;
    let poll = get(tx, access, id, now)?;
    if poll.closed {
        return Err(Error::Closed);
    }
    let has_changed = if poll.kind == PollKind::Words {
        write(tx, access, (&poll, vote), now)?
    } else {
        choose(tx, access, (&poll, vote), now)?
    };
    if !has_changed {
        return Ok(poll);
    }
    let poll = get(tx, access, id, now)?;
    events::poll_changed(tx, &poll, Some(access.person()), now)?;
    Ok(poll)
}

/// Whether that is another vote than before.
fn choose(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (poll, vote): (&Poll, &Vote),
    now: Timestamp,
) -> Result<bool, Error> {
    if !vote.words.is_empty() {
        return Err(Error::not_here("/words", "choose among the answers"));
    }
    let several = poll.kind == PollKind::Several;
    let chosen = clean_vote(&vote.options, poll.options.len(), several)?;
    let is_other = store::list_mine(tx, poll.id, access.person())? != chosen;
    if is_other {
        store::vote(tx, poll.id, access.person(), &chosen, now)?;
    }
    Ok(is_other)
}

fn write(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (poll, vote): (&Poll, &Vote),
    now: Timestamp,
) -> Result<bool, Error> {
    if !vote.options.is_empty() {
        return Err(Error::not_here("/options", "write in this poll"));
    }
    let words = clean_words(&vote.words)?;
    let texts: Vec<&str> = words.iter().map(|(word, _)| word.as_str()).collect();
    words::check(tx, &texts, vote.words_ok)?;
    let before = store::list_words_of(tx, poll.id, access.person())?;
    let places = store::places_of(tx, poll.id, &words)?;
    store::vote(tx, poll.id, access.person(), &places, now)?;
    Ok(store::list_words_of(tx, poll.id, access.person())? != before)
}

/// Whoever asked looks after it, and who looks after the channel.
pub(crate) fn may_look_after(access: &ChannelAccess, poll: &Poll) -> bool {
    poll.created_by == access.person() || access.can_manage()
}

/// Takes a word out of the result, or puts it back. It stays out when somebody writes it again. The audit log does not say
/// which word it was: it is gone because somebody minded it.
pub(crate) fn change_word(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (id, change): (PollId, &ChangePollWord),
    now: Timestamp,
) -> Result<Poll, Error> {
    access.require_member()?;
    let poll = get(tx, access, id, now)?;
    if !may_look_after(access, &poll) {
        return Err(Error::Forbidden(
            "only who asked takes words out of a poll, or who looks after the channel",
        ));
    }
    let words = clean_words(std::slice::from_ref(&change.word))?;
    let word = match (words.first(), poll.kind) {
        (Some((_, folded)), PollKind::Words) => store::find_word(tx, poll.id, folded)?,
        _ => None,
    };
    let (idx, is_removed) = word.ok_or_else(|| Error::not_here("/word", "stands nowhere in this poll"))?;
    if is_removed == change.removed {
        return Ok(poll);
    }
    store::set_removed(tx, (poll.id, idx), change.removed.then_some(now))?;
    let action = if change.removed {
        "poll.word_removed"
    } else {
        "poll.word_restored"
    };
    let deed = Deed::new(
        access.person(),
        action,
        Subject::new("message", poll.message_id, ""),
    )
    .with("channel_id", poll.channel_id.to_string());
    audit::record(tx, &deed, now)?;
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
    if !may_look_after(access, &poll) {
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
