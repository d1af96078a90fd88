//! Reports, and who made them.

use crate::{
    model::{Outcome, Reason, State},
    wire::{Handled, ReportVoice},
};
use base::{ChannelId, MessageId, PersonId, ReportId, Timestamp, TopicId};
use platform::{
    db::{Error, Result, Row, Tx},
    journal::id_list,
};
use spaces::{ChannelKind, ModeratedChannels};
use std::collections::HashMap;
use uuid::Uuid;

platform::sql! {
    SAID = "select author_id, text from message where channel_id = $1 and id = $2 and deleted_at is null";
    OPEN_OF = "select id from report where message_id = $1 and handled_at is null";
    OPEN = "insert into report (id, channel_id, message_id, author_id, text, words, opened_at) \
        values ($1, $2, $3, $4, $5, $6, $7)";
    RAISE = "insert into report_voice (message_id, person_id, report_id, reason, note, at) \
        values ($1, $2, $3, $4, $5, $6)";
    HAS_WORDS = "select 1 from report where message_id = $1 and words is not null";
    PUT_WORDS = "update report set words = $2 where id = $1";
    HAS_RAISED = "select 1 from report_voice where message_id = $1 and person_id = $2";
    COUNT_WAITING = "select count(*) from report_voice v join report r on r.id = v.report_id \
        where v.person_id = $1 and r.handled_at is null";
    FIND = "select r.channel_id, r.message_id, r.author_id, r.handled_at from report r where r.id = $1";
    HANDLE = "update report set handled_at = $2, handled_by = $3, outcome = $4, text = '' \
        where id = $1 and handled_at is null";
    VOICES_OF = "select person_id from report_voice where report_id = $1 order by at, person_id";
    /// $1: 1 for every channel, else those of the list. $4: 1 for those that are handled. The nil id stands for no channel and
    /// for the first page.
    LIST = {
        sqlite: "select r.id, r.channel_id, c.kind, m.topic_id, r.message_id, r.author_id, r.text, r.words, r.opened_at, \
                r.handled_at, r.handled_by, r.outcome, m.deleted_at \
            from report r \
            join channel c on c.id = r.channel_id \
            join message m on m.id = r.message_id \
            where ($1 = 1 or r.channel_id in (select unhex(value) from json_each($2))) \
            and r.author_id <> $3 and (case when r.handled_at is null then 0 else 1 end) = $4 \
            and (r.channel_id = $5 or $5 = $7) \
            and ($6 = $7 or (r.opened_at, r.id) < (select b.opened_at, b.id from report b where b.id = $6)) \
            order by r.opened_at desc, r.id desc \
            limit $8",
        postgres: "select r.id, r.channel_id, c.kind, m.topic_id, r.message_id, r.author_id, r.text, r.words, r.opened_at, \
                r.handled_at, r.handled_by, r.outcome, m.deleted_at \
            from report r \
            join channel c on c.id = r.channel_id \
            join message m on m.id = r.message_id \
            where ($1 = 1 or r.channel_id in (select value::uuid from json_array_elements_text(cast($2 as text)::json))) \
            and r.author_id <> $3 and (case when r.handled_at is null then 0 else 1 end) = $4 \
            and (r.channel_id = $5 or $5 = $7) \
            and ($6 = $7 or (r.opened_at, r.id) < (select b.opened_at, b.id from report b where b.id = $6)) \
            order by r.opened_at desc, r.id desc \
            limit $8"
    };
    COUNT_OPEN = {
        sqlite: "select count(*) from report r \
            where ($1 = 1 or r.channel_id in (select unhex(value) from json_each($2))) \
            and r.author_id <> $3 and r.handled_at is null",
        postgres: "select count(*) from report r \
            where ($1 = 1 or r.channel_id in (select value::uuid from json_array_elements_text(cast($2 as text)::json))) \
            and r.author_id <> $3 and r.handled_at is null"
    };
    VOICES = {
        sqlite: "select report_id, person_id, reason, note, at from report_voice \
            where report_id in (select unhex(value) from json_each($1)) \
            order by at, person_id",
        postgres: "select report_id, person_id, reason, note, at from report_voice \
            where report_id in (select value::uuid from json_array_elements_text(cast($1 as text)::json)) \
            order by at, person_id"
    };
    MINE = "select v.message_id, r.channel_id, v.reason, v.at, r.handled_at \
        from report_voice v \
        join report r on r.id = v.report_id \
        where v.person_id = $1 \
        and ((v.at, v.message_id) < (select b.at, b.message_id from report_voice b where b.message_id = $2 and b.person_id = $1) or $2 = $3) \
        order by v.at desc, v.message_id desc \
        limit $4";
    FORGET_TEXT = "update report set text = '', words = null where message_id = $1 and (text <> '' or words is not null)";
    ERASE_TEXTS = "update report set text = '', words = null where author_id = $1 and (text <> '' or words is not null)";
    ERASE_NOTES = "update report_voice set note = '' \
        where note <> '' and (person_id = $1 or report_id in (select id from report where author_id = $1))";
}

/// What a message of the channel says, and who wrote it; None when it is not there or deleted.
pub(crate) fn find_said(
    tx: &mut dyn Tx,
    channel: ChannelId,
    message: MessageId,
) -> Result<Option<(PersonId, String)>> {
    tx.find(&SAID, &[channel.into(), message.into()], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// The report of a message that nobody has handled yet.
pub(crate) fn find_open_of(tx: &mut dyn Tx, message: MessageId) -> Result<Option<ReportId>> {
    tx.find(&OPEN_OF, &[message.into()], |row| row.get(0))
}

/// A report on its way.
pub(crate) struct NewReport<'a> {
    pub channel: ChannelId,
    pub message: MessageId,
    pub author: PersonId,
    pub text: &'a str,
    /// What the word list minded, as JSON.
    pub words: Option<&'a str>,
}

pub(crate) fn open(tx: &mut dyn Tx, new: &NewReport<'_>, now: Timestamp) -> Result<ReportId> {
    let id = ReportId::random();
    let args = [
        id.into(),
        new.channel.into(),
        new.message.into(),
        new.author.into(),
        new.text.into(),
        new.words.into(),
        now.into(),
    ];
    tx.exec(&OPEN, &args)?;
    Ok(id)
}

/// Adds somebody who minds the message.
pub(crate) fn raise(
    tx: &mut dyn Tx,
    (report, message): (ReportId, MessageId),
    person: PersonId,
    (reason, note): (Reason, &str),
    now: Timestamp,
) -> Result<()> {
    let args = [
        message.into(),
        person.into(),
        report.into(),
        reason.as_str().into(),
        note.into(),
        now.into(),
    ];
    tx.exec(&RAISE, &args).map(drop)
}

/// Whether the word list has minded the message before.
pub(crate) fn has_words(tx: &mut dyn Tx, message: MessageId) -> Result<bool> {
    let found = tx.find(&HAS_WORDS, &[message.into()], |_| Ok(()))?;
    Ok(found.is_some())
}

/// Notes what the word list minds in it now.
pub(crate) fn put_words(tx: &mut dyn Tx, id: ReportId, words: &str) -> Result<()> {
    tx.exec(&PUT_WORDS, &[id.into(), words.into()]).map(drop)
}

/// Whether a person has reported the message before.
pub(crate) fn has_raised(tx: &mut dyn Tx, message: MessageId, person: PersonId) -> Result<bool> {
    let found = tx.find(&HAS_RAISED, &[message.into(), person.into()], |_| Ok(()))?;
    Ok(found.is_some())
}

/// How many reports of a person wait to be handled.
pub(crate) fn count_waiting(tx: &mut dyn Tx, person: PersonId) -> Result<i64> {
    tx.one(&COUNT_WAITING, &[person.into()], |row| row.get(0))
}

/// What decides about a report.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts {
    pub id: ReportId,
    pub channel: ChannelId,
    pub message: MessageId,
    pub author: PersonId,
    pub is_handled: bool,
}

pub(crate) fn find(tx: &mut dyn Tx, id: ReportId) -> Result<Option<Facts>> {
    tx.find(&FIND, &[id.into()], |row| {
        Ok(Facts {
            id,
            channel: row.get(0)?,
            message: row.get(1)?,
            author: row.get(2)?,
            is_handled: row.int(3)?.is_some(),
        })
    })
}

/// Handles it, which takes its text away; false when somebody was faster.
pub(crate) fn handle(
    tx: &mut dyn Tx,
    id: ReportId,
    outcome: Outcome,
    (by, now): (PersonId, Timestamp),
) -> Result<bool> {
    let args = [id.into(), now.into(), by.into(), outcome.as_str().into()];
    Ok(tx.exec(&HANDLE, &args)? == 1)
}

/// Who reported something, in the order in which they did.
pub(crate) fn list_voices_of(tx: &mut dyn Tx, id: ReportId) -> Result<Vec<PersonId>> {
    tx.list(&VOICES_OF, &[id.into()], |row| row.get(0))
}

/// A report as a row.
#[derive(Debug)]
pub(crate) struct ReportRow {
    pub id: ReportId,
    pub place: (ChannelId, ChannelKind),
    pub topic: Option<TopicId>,
    pub message: MessageId,
    pub author: PersonId,
    pub text: String,
    pub words: Option<String>,
    pub opened_at: Timestamp,
    pub handled: Option<Handled>,
    pub is_gone: bool,
}

/// Which reports.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    pub state: State,
    pub channel: Option<ChannelId>,
    pub before: Option<ReportId>,
}

/// Up to `limit` reports in the channels of the proof, the newest first. Of what the person wrote themselves there is none:
/// nobody handles their own.
pub(crate) fn list(
    tx: &mut dyn Tx,
    of: &ModeratedChannels,
    wanted: Wanted,
    limit: i64,
) -> Result<Vec<ReportRow>> {
    let managed = id_list(tx, of.managed().map(|id| id.0));
    let args = [
        of.is_everywhere().into(),
        managed.as_str().into(),
        of.person().into(),
        (wanted.state == State::Handled).into(),
        wanted.channel.map_or(Uuid::nil(), |id| id.0).into(),
        wanted.before.map_or(Uuid::nil(), |id| id.0).into(),
        Uuid::nil().into(),
        limit.into(),
    ];
    tx.list(&LIST, &args, report)
}

fn report(row: &dyn Row) -> Result<ReportRow> {
    let kind = row
        .text(2)?
        .and_then(ChannelKind::parse)
        .ok_or(Error::Column(2))?;
    let handled = match row.get_optional(9)? {
        Some(at) => Some(Handled {
            at,
            by: row.get(10)?,
            outcome: row.text(11)?.and_then(Outcome::parse).ok_or(Error::Column(11))?,
        }),
        None => None,
    };
    Ok(ReportRow {
        id: row.get(0)?,
        place: (row.get(1)?, kind),
        topic: row.get_optional(3)?,
        message: row.get(4)?,
        author: row.get(5)?,
        text: row.get(6)?,
        words: row.get_optional(7)?,
        opened_at: row.get(8)?,
        handled,
        is_gone: row.int(12)?.is_some(),
    })
}

/// How many are open for this person.
pub(crate) fn count_open(tx: &mut dyn Tx, of: &ModeratedChannels) -> Result<i64> {
    let managed = id_list(tx, of.managed().map(|id| id.0));
    let args = [
        of.is_everywhere().into(),
        managed.as_str().into(),
        of.person().into(),
    ];
    tx.one(&COUNT_OPEN, &args, |row| row.get(0))
}

/// Who reported what, by the report.
pub(crate) fn list_voices(tx: &mut dyn Tx, ids: &[ReportId]) -> Result<HashMap<ReportId, Vec<ReportVoice>>> {
    let ids = id_list(tx, ids.iter().map(|id| id.0));
    let mut voices: HashMap<ReportId, Vec<ReportVoice>> = HashMap::new();
    tx.each(&VOICES, &[ids.as_str().into()], &mut |row| {
        let voice = ReportVoice {
            person_id: row.get(1)?,
            reason: row.text(2)?.and_then(Reason::parse).ok_or(Error::Column(2))?,
            note: row.get(3)?,
            at: row.get(4)?,
        };
        voices.entry(row.get(0)?).or_default().push(voice);
        Ok(())
    })?;
    Ok(voices)
}

/// Something that a person reported themselves.
#[derive(Debug)]
pub(crate) struct OwnRow {
    pub message: MessageId,
    pub channel: ChannelId,
    pub reason: Reason,
    pub at: Timestamp,
    pub is_handled: bool,
}

pub(crate) fn list_own(
    tx: &mut dyn Tx,
    person: PersonId,
    before: Option<MessageId>,
    limit: i64,
) -> Result<Vec<OwnRow>> {
    let args = [
        person.into(),
        before.map_or(Uuid::nil(), |id| id.0).into(),
        Uuid::nil().into(),
        limit.into(),
    ];
    tx.list(&MINE, &args, |row| {
        Ok(OwnRow {
            message: row.get(0)?,
            channel: row.get(1)?,
            reason: row.text(2)?.and_then(Reason::parse).ok_or(Error::Column(2))?,
            at: row.get(3)?,
            is_handled: row.int(4)?.is_some(),
        })
    })
}

/// What reports quote of a message is gone.
pub(crate) fn forget_text(tx: &mut dyn Tx, message: MessageId) -> Result<()> {
    tx.exec(&FORGET_TEXT, &[message.into()]).map(drop)
}

/// What reports hold of a person: what they wrote, and what was said about it or by them.
pub(crate) fn erase(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    tx.exec(&ERASE_NOTES, &[person.into()])?;
    tx.exec(&ERASE_TEXTS, &[person.into()]).map(drop)
}
