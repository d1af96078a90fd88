//! The verbs of what is scheduled. Each runs in the caller's transaction.

use crate::{
    events::{self, ScheduledState},
    landing,
    model::{Error, SCHEDULED_MAX, check_due, field},
    store::{self, ScheduledRow},
    wire::{NewScheduled, Scheduled},
};
use base::{MessageId, PersonId, Timestamp};
use messages::{Message, Post, Posted, Text};
use platform::db::{self, Tx};
use spaces::ChannelAccess;
use timing::landing::{Failure, scheduled};

/// Something to be scheduled, its text read before the transaction.
#[derive(Debug, Clone)]
pub(crate) struct Ready {
    pub new: NewScheduled,
    pub text: Text,
}

/// Writes down what is to be posted later, or finds what an earlier try has written down; true: it is new. What would be
/// refused at this moment is refused now, although only the moment itself decides.
pub(crate) fn schedule(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    Ready { new, text }: &Ready,
    now: Timestamp,
) -> Result<(Scheduled, bool), Error> {
    let me = access.person();
    if let Some(before) = store::find(tx, new.id)? {
        if before.person != me {
            return Err(messages::Error::IdTaken.into());
        }
        return Ok((view(tx, before)?, false));
    }
    if store::is_message(tx, new.id)? {
        return Err(Error::Posted);
    }
    access.require_post()?;
    let due_at = match new.due_at {
        Some(at) => {
            check_due(at, now)?;
            at
        }
        None => landing::next(tx, access, now)?,
    };
    if let Some(topic) = new.topic_id {
        messages::get_topic(tx, access, topic)?;
    }
    words::check(tx, &[&text.source], new.words_ok)?;
    let n_scheduled = store::count(tx, me)?;
    if n_scheduled >= SCHEDULED_MAX {
        return Err(Error::Full(n_scheduled));
    }
    files::keep_unposted(tx, me, &new.file_ids, due_at)?;
    let row = ScheduledRow {
        id: new.id,
        person: me,
        channel: access.id(),
        topic: new.topic_id,
        quote: new.quote_id,
        text: text.source.clone(),
        everyone_ok: new.everyone_ok,
        words_ok: new.words_ok,
        due_at,
        lands: new.due_at.is_none(),
        revision: 1,
        created_at: now,
        why: None,
    };
    if !store::insert(tx, &row, &new.file_ids)? {
        return Err(messages::Error::IdTaken.into());
    }
    events::scheduled_changed(tx, (me, row.id), ScheduledState::Waiting, now)?;
    Ok((view(tx, row)?, true))
}

pub(crate) fn view(tx: &mut dyn Tx, row: ScheduledRow) -> db::Result<Scheduled> {
    let files = store::list_files(tx, row.id)?;
    Ok(Scheduled {
        id: row.id,
        channel_id: row.channel,
        topic_id: row.topic,
        quote_id: row.quote,
        text: row.text,
        files: files::list_unposted(tx, row.person, &files)?,
        due_at: row.due_at,
        lands: row.lands,
        failed: row.why,
        revision: row.revision,
        created_at: row.created_at,
    })
}

/// All that this person has scheduled.
pub(crate) fn list(tx: &mut dyn Tx, person: PersonId) -> db::Result<Vec<Scheduled>> {
    let rows = store::list(tx, person, SCHEDULED_MAX)?;
    rows.into_iter().map(|row| view(tx, row)).collect()
}

/// What this person has scheduled under that id.
pub(crate) fn get_own(tx: &mut dyn Tx, person: PersonId, id: MessageId) -> Result<ScheduledRow, Error> {
    store::find(tx, id)?
        .filter(|row| row.person == person)
        .ok_or(Error::NotFound)
}

/// What shall be different.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub revision: i64,
    pub text: Option<Text>,
    pub due_at: Option<Timestamp>,
}

/// Says something else, or at another time. What has failed waits again, and needs a time for that.
pub(crate) fn change(
    tx: &mut dyn Tx,
    person: PersonId,
    id: MessageId,
    change: &Change,
    now: Timestamp,
) -> Result<Scheduled, Error> {
    let before = get_own(tx, person, id)?;
    if before.revision != change.revision {
        return Err(Error::Changed(before.revision));
    }
    let mut row = before.clone();
    if let Some(text) = &change.text {
        let n_files = store::list_files(tx, id)?.len();
        if text.source.is_empty() && n_files == 0 {
            return Err(field(
                "/text",
                "nothing would be left of it; take it back instead",
            ));
        }
        words::check(tx, &[&text.source], before.words_ok)?;
        row.text.clone_from(&text.source);
    }
    match change.due_at {
        Some(at) => {
            check_due(at, now)?;
            let files = store::list_files(tx, id)?;
            files::keep_unposted(tx, person, &files, at)?;
            (row.due_at, row.lands) = (at, false);
        }
        None if before.why.is_some() => {
            return Err(field("/due_at", "its time has passed; say another one"));
        }
        None => {}
    }
    if !store::change(tx, &row)? {
        return Err(Error::Changed(before.revision + 1));
    }
    events::scheduled_changed(tx, (person, id), ScheduledState::Waiting, now)?;
    let row = ScheduledRow {
        revision: row.revision + 1,
        why: None,
        ..row
    };
    Ok(view(tx, row)?)
}

/// Takes it back; twice is once.
pub(crate) fn take_back(
    tx: &mut dyn Tx,
    person: PersonId,
    id: MessageId,
    now: Timestamp,
) -> Result<(), Error> {
    get_own(tx, person, id)?;
    if store::remove(tx, id, person)? {
        events::scheduled_changed(tx, (person, id), ScheduledState::TakenBack, now)?;
    }
    Ok(())
}

/// Posts it now instead of later. What is refused stays where it was.
pub(crate) fn send_now(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (row, text): (&ScheduledRow, &Text),
    now: Timestamp,
) -> Result<Message, Error> {
    let files = store::list_files(tx, row.id)?;
    let newest = get_own(tx, access.person(), row.id)?.revision;
    if newest != row.revision {
        return Err(Error::Changed(newest));
    }
    store::remove(tx, row.id, row.person)?;
    post(tx, access, (row, text), files, now)
}

/// Posts what is due, as its author, who must be allowed to at this moment. False: it was changed or taken meanwhile. An
/// error undoes the whole transaction, so the row is still there.
pub(crate) fn post_due(
    tx: &mut dyn Tx,
    (row, text): (&ScheduledRow, &Text),
    now: Timestamp,
) -> Result<bool, Refusal> {
    if now < row.due_at {
        return Ok(false);
    }
    let files = store::list_files(tx, row.id)?;
    if !store::take_due(tx, row, now)? {
        return Ok(false);
    }
    let access = spaces::access::channel_of(tx, row.person, row.channel);
    let access = access.and_then(|access| access.require_post().map(|()| access));
    use timing::landing::Scheduled as Verdict;
    match scheduled(row.due_at, access.is_ok(), now) {
        Verdict::Failed(Failure::TooLate) => Err(Refusal::Late),
        // It says so itself when it was not allowed.
        Verdict::Failed(Failure::AuthorGone) | Verdict::Send | Verdict::Wait(_) => {
            post(tx, &access.map_err(Error::from)?, (row, text), files, now)?;
            Ok(true)
        }
    }
}

/// Why something that was due was not posted.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// The server was away for too long.
    Late,
    /// Something refused it.
    Said(Error),
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::Said(error)
    }
}

impl From<platform::db::Error> for Refusal {
    fn from(error: platform::db::Error) -> Self {
        Self::Said(error.into())
    }
}

fn post(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (row, text): (&ScheduledRow, &Text),
    files: Vec<base::FileId>,
    now: Timestamp,
) -> Result<Message, Error> {
    let post = Post {
        id: row.id,
        text: text.clone(),
        files,
        topic: row.topic,
        quote: row.quote,
        everyone_ok: row.everyone_ok,
        words_ok: row.words_ok,
        forward: None,
        card: None,
    };
    let (Posted::New(message) | Posted::Before(message)) = messages::post_message(tx, access, &post, now)?;
    events::scheduled_changed(tx, (row.person, row.id), ScheduledState::Posted, now)?;
    Ok(message)
}
