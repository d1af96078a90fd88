//! The verbs of reports.

use crate::{
    events,
    model::{Error, Outcome, WAITING_MAX, clean_note},
    store::reports::{self, Facts, NewReport as ReportRow},
    wire::NewReport,
};
use accounts::{Deed, SignedIn, Subject, audit};
use base::{ChannelId, MessageId, PersonId, ReportId, Timestamp};
use platform::db::{self, Tx};
use spaces::{ChannelAccess, ChannelModeration, access};

/// What this slice writes down in the audit log. Of a removal `messages` does.
pub(crate) const DEEDS: &[&str] = &["report.dismissed"];

/// Whoever reads a message may say that they mind it, once.
pub(crate) fn report(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (message, new): (MessageId, &NewReport),
    now: Timestamp,
) -> Result<(), Error> {
    let note = clean_note(new.reason, &new.note)?;
    let (author, text) = reports::find_said(tx, access.id(), message)?.ok_or(Error::NotFound)?;
    if author == access.person() {
        return Err(Error::Forbidden("your own message can be deleted, not reported"));
    }
    if reports::has_raised(tx, message, access.person())? {
        return Ok(());
    }
    if reports::count_waiting(tx, access.person())? >= WAITING_MAX {
        return Err(Error::TooMany);
    }
    let row = ReportRow {
        channel: access.id(),
        message,
        author,
        text: &text,
        words: None,
    };
    let id = find_or_open(tx, &row, now)?;
    reports::raise(tx, (id, message), access.person(), (new.reason, &note), now)?;
    Ok(tell_moderators(tx, access.id(), author, now)?)
}

/// The word list minds a message; nobody has to.
pub(crate) fn report_words(
    tx: &mut dyn Tx,
    (channel, message): (ChannelId, MessageId),
    ((author, text), words): ((PersonId, &str), &[String]),
    now: Timestamp,
) -> db::Result<()> {
    let words = serde_json::json!(words).to_string();
    let row = ReportRow {
        channel,
        message,
        author,
        text,
        words: Some(&words),
    };
    let id = find_or_open(tx, &row, now)?;
    reports::put_words(tx, id, &words)?;
    tell_moderators(tx, channel, author, now)
}

/// All who mind a message meet in one report of it.
fn find_or_open(tx: &mut dyn Tx, row: &ReportRow<'_>, now: Timestamp) -> db::Result<ReportId> {
    match reports::find_open_of(tx, row.message)? {
        Some(id) => Ok(id),
        None => reports::open(tx, row, now),
    }
}

fn tell_moderators(tx: &mut dyn Tx, channel: ChannelId, author: PersonId, now: Timestamp) -> db::Result<()> {
    let mut people = spaces::list_moderators(tx, channel)?;
    people.retain(|person| *person != author);
    events::reports_changed(tx, &people, channel, now)
}

/// The proof that a report is this person's to handle. Nobody handles what was said about themselves.
fn get_mine(tx: &mut dyn Tx, who: &SignedIn, id: ReportId) -> Result<(Facts, ChannelModeration), Error> {
    let facts = reports::find(tx, id)?
        .filter(|facts| facts.author != who.person)
        .ok_or(Error::NotFound)?;
    let moderation = access::moderated_channels(tx, who)?.one(facts.channel)?;
    Ok((facts, moderation))
}

/// The message may stay.
pub(crate) fn dismiss(tx: &mut dyn Tx, who: &SignedIn, id: ReportId, now: Timestamp) -> Result<(), Error> {
    let (facts, moderation) = get_mine(tx, who, id)?;
    if facts.is_handled {
        return Ok(());
    }
    let deed = Deed::new(
        *who,
        "report.dismissed",
        Subject::new("message", facts.message, ""),
    )
    .with("channel_id", facts.channel.to_string())
    .with("person_id", facts.author.to_string());
    audit::record(tx, &deed, now)?;
    Ok(handle(tx, facts, Outcome::Dismissed, (moderation.person(), now))?)
}

/// The message is taken away, and its author is told why.
pub(crate) fn remove(
    tx: &mut dyn Tx,
    who: &SignedIn,
    (id, reason): (ReportId, Option<&str>),
    now: Timestamp,
) -> Result<(), Error> {
    let (facts, moderation) = get_mine(tx, who, id)?;
    if facts.is_handled {
        return Ok(());
    }
    // The report is handled by whoever hears of the removal; of a message that is gone already nobody does.
    match messages::remove_message(tx, &moderation, facts.message, reason, now) {
        // It went by a rule meanwhile.
        Ok(()) | Err(messages::Error::NotFound) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(handle(tx, facts, Outcome::Removed, (moderation.person(), now))?)
}

/// Handles it and tells those who reported it and those who would have had to. Twice is once.
pub(crate) fn handle(
    tx: &mut dyn Tx,
    facts: Facts,
    outcome: Outcome,
    by: (PersonId, Timestamp),
) -> db::Result<()> {
    if !reports::handle(tx, facts.id, outcome, by)? {
        return Ok(());
    }
    let voices = reports::list_voices_of(tx, facts.id)?;
    events::report_handled(tx, &voices, (facts.channel, facts.message), by.1)?;
    tell_moderators(tx, facts.channel, facts.author, by.1)
}
