//! All SQL of this slice.

use crate::wire::{LandingChoice, WhyFailed};
use base::{ChannelId, FileId, MessageId, PersonId, Timestamp, TopicId};
use platform::db::{Error, Result, Row, Tx};

platform::sql! {
    FIND = "select id, person_id, channel_id, topic_id, quote_id, text, everyone_ok, words_ok, due_at, lands, revision, \
            created_at, why \
        from scheduled_post where id = $1";
    LIST = "select id, person_id, channel_id, topic_id, quote_id, text, everyone_ok, words_ok, due_at, lands, revision, \
            created_at, why \
        from scheduled_post where person_id = $1 \
        order by due_at, created_at, id limit $2";
    COUNT = "select count(*) from scheduled_post where person_id = $1";
    INSERT = "insert into scheduled_post (id, person_id, channel_id, topic_id, quote_id, text, everyone_ok, words_ok, due_at, \
            lands, revision, created_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, $11) \
        on conflict (id) do nothing";
    CHANGE = "update scheduled_post set text = $3, due_at = $4, lands = $5, failed_at = null, why = null, revision = revision + 1 \
        where id = $1 and revision = $2";
    REMOVE = "delete from scheduled_post where id = $1 and person_id = $2";
    TAKE_DUE = "delete from scheduled_post where id = $1 and revision = $2 and failed_at is null and due_at <= $3";
    FAIL = "update scheduled_post set failed_at = $3, why = $4, revision = revision + 1 \
        where id = $1 and revision = $2 and failed_at is null";
    MOVE = "update scheduled_post set due_at = $2, revision = revision + 1 where id = $1 and failed_at is null";
    NEXT_DUE = "select due_at from scheduled_post where failed_at is null order by due_at limit 1";
    DUE = "select id, person_id, channel_id, topic_id, quote_id, text, everyone_ok, words_ok, due_at, lands, revision, \
            created_at, why \
        from scheduled_post where failed_at is null and due_at <= $1 \
        order by due_at, created_at, id limit $2";
    LANDING_WITH = "select s.id, s.person_id, s.channel_id, s.topic_id, s.quote_id, s.text, s.everyone_ok, s.words_ok, s.due_at, \
            s.lands, s.revision, s.created_at, s.why \
        from channel_member m \
        join scheduled_post s on s.channel_id = m.channel_id and s.lands = 1 and s.failed_at is null \
        where m.person_id = $1 and s.person_id <> $1";
    LANDING = "select id, person_id, channel_id, topic_id, quote_id, text, everyone_ok, words_ok, due_at, lands, revision, \
            created_at, why \
        from scheduled_post where lands = 1 and failed_at is null and id > $1 \
        order by id limit $2";
    IS_MESSAGE = "select 1 from message where id = $1";
    ADD_FILE = "insert into scheduled_file (post_id, place, file_id) values ($1, $2, $3)";
    FILES = "select file_id from scheduled_file where post_id = $1 order by place";
    FORGET_POSTS = "delete from scheduled_post where person_id = $1";
    FORGET_CHOICES = "delete from landing_choice where person_id = $1";
    SILENCE = "insert into silent_message (message_id) values ($1) on conflict (message_id) do nothing";
    IS_SILENT = "select 1 from silent_message where message_id = $1";
    UNSILENCE = "delete from silent_message where message_id = $1";
    CHOICE = "select choice, asked_at from landing_choice where person_id = $1 and channel_id = $2";
    CHOOSE = "insert into landing_choice (person_id, channel_id, choice, asked_at) values ($1, $2, $3, $4) \
        on conflict (person_id, channel_id) do update set choice = excluded.choice, asked_at = excluded.asked_at";
}

/// What waits for its time, or could not be posted.
#[derive(Debug, Clone)]
pub(crate) struct ScheduledRow {
    pub id: MessageId,
    pub person: PersonId,
    pub channel: ChannelId,
    pub topic: Option<TopicId>,
    pub quote: Option<MessageId>,
    pub text: String,
    pub everyone_ok: bool,
    pub words_ok: bool,
    pub due_at: Timestamp,
    pub lands: bool,
    pub revision: i64,
    pub created_at: Timestamp,
    pub why: Option<WhyFailed>,
}

fn read(row: &dyn Row) -> Result<ScheduledRow> {
    Ok(ScheduledRow {
        id: row.get(0)?,
        person: row.get(1)?,
        channel: row.get(2)?,
        topic: row.get_optional(3)?,
        quote: row.get_optional(4)?,
        text: row.get(5)?,
        everyone_ok: row.get(6)?,
        words_ok: row.get(7)?,
        due_at: row.get(8)?,
        lands: row.get(9)?,
        revision: row.get(10)?,
        created_at: row.get(11)?,
        why: row.text(12)?.map(WhyFailed::parse),
    })
}

pub(crate) fn find(tx: &mut dyn Tx, id: MessageId) -> Result<Option<ScheduledRow>> {
    tx.find(&FIND, &[id.into()], read)
}

pub(crate) fn list(tx: &mut dyn Tx, person: PersonId, limit: i64) -> Result<Vec<ScheduledRow>> {
    tx.list(&LIST, &[person.into(), limit.into()], read)
}

pub(crate) fn count(tx: &mut dyn Tx, person: PersonId) -> Result<i64> {
    tx.one(&COUNT, &[person.into()], |row| row.get(0))
}

/// False: the id is taken.
pub(crate) fn insert(tx: &mut dyn Tx, row: &ScheduledRow, files: &[FileId]) -> Result<bool> {
    let args = [
        row.id.into(),
        row.person.into(),
        row.channel.into(),
        row.topic.into(),
        row.quote.into(),
        (&row.text).into(),
        row.everyone_ok.into(),
        row.words_ok.into(),
        row.due_at.into(),
        row.lands.into(),
        row.created_at.into(),
    ];
    if tx.exec(&INSERT, &args)? == 0 {
        return Ok(false);
    }
    for (place, file) in (0_i64..).zip(files) {
        tx.exec(&ADD_FILE, &[row.id.into(), place.into(), (*file).into()])?;
    }
    Ok(true)
}

/// Writes text and time of a row as they are in it now; false: another device was faster.
pub(crate) fn change(tx: &mut dyn Tx, row: &ScheduledRow) -> Result<bool> {
    let args = [
        row.id.into(),
        row.revision.into(),
        (&row.text).into(),
        row.due_at.into(),
        row.lands.into(),
    ];
    Ok(tx.exec(&CHANGE, &args)? == 1)
}

/// False: it was not there any more.
pub(crate) fn remove(tx: &mut dyn Tx, id: MessageId, person: PersonId) -> Result<bool> {
    Ok(tx.exec(&REMOVE, &[id.into(), person.into()])? == 1)
}

/// Takes away what is due; false: it was changed or taken meanwhile. Of two processes one gets it.
pub(crate) fn take_due(tx: &mut dyn Tx, row: &ScheduledRow, now: Timestamp) -> Result<bool> {
    Ok(tx.exec(&TAKE_DUE, &[row.id.into(), row.revision.into(), now.into()])? == 1)
}

/// Notes that it could not be posted; false: it was changed or taken meanwhile.
pub(crate) fn fail(tx: &mut dyn Tx, row: &ScheduledRow, why: WhyFailed, now: Timestamp) -> Result<bool> {
    let args = [
        row.id.into(),
        row.revision.into(),
        now.into(),
        why.as_str().into(),
    ];
    Ok(tx.exec(&FAIL, &args)? == 1)
}

/// Gives another time to what follows somebody's hours.
pub(crate) fn move_to(tx: &mut dyn Tx, id: MessageId, due_at: Timestamp) -> Result<()> {
    tx.exec(&MOVE, &[id.into(), due_at.into()]).map(drop)
}

/// When the next one is due.
pub(crate) fn find_next_due(tx: &mut dyn Tx) -> Result<Option<Timestamp>> {
    tx.find(&NEXT_DUE, &[], |row| row.get(0))
}

pub(crate) fn list_due(tx: &mut dyn Tx, now: Timestamp, limit: i64) -> Result<Vec<ScheduledRow>> {
    tx.list(&DUE, &[now.into(), limit.into()], read)
}

/// What others have written to land when work begins for this person.
pub(crate) fn list_landing_with(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<ScheduledRow>> {
    tx.list(&LANDING_WITH, &[person.into()], read)
}

/// All that lands when work begins for somebody, after this one, in the order of its id.
pub(crate) fn list_landing(tx: &mut dyn Tx, after: MessageId, limit: i64) -> Result<Vec<ScheduledRow>> {
    tx.list(&LANDING, &[after.into(), limit.into()], read)
}

pub(crate) fn is_message(tx: &mut dyn Tx, id: MessageId) -> Result<bool> {
    Ok(tx.find(&IS_MESSAGE, &[id.into()], |_| Ok(()))?.is_some())
}

pub(crate) fn list_files(tx: &mut dyn Tx, id: MessageId) -> Result<Vec<FileId>> {
    tx.list(&FILES, &[id.into()], |row| row.get(0))
}

/// Nothing of a person is left.
pub(crate) fn forget(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    for sql in [&FORGET_POSTS, &FORGET_CHOICES] {
        tx.exec(sql, &[person.into()])?;
    }
    Ok(())
}

pub(crate) fn silence(tx: &mut dyn Tx, message: MessageId) -> Result<()> {
    tx.exec(&SILENCE, &[message.into()]).map(drop)
}

pub(crate) fn is_silent(tx: &mut dyn Tx, message: MessageId) -> Result<bool> {
    Ok(tx.find(&IS_SILENT, &[message.into()], |_| Ok(()))?.is_some())
}

pub(crate) fn unsilence(tx: &mut dyn Tx, message: MessageId) -> Result<()> {
    tx.exec(&UNSILENCE, &[message.into()]).map(drop)
}

/// What somebody chose when they were last asked, and when.
pub(crate) fn find_choice(
    tx: &mut dyn Tx,
    person: PersonId,
    channel: ChannelId,
) -> Result<Option<(LandingChoice, Timestamp)>> {
    tx.find(&CHOICE, &[person.into(), channel.into()], |row| {
        let choice = match row.text(0)? {
            Some("deliver") => LandingChoice::Deliver,
            Some("silent") => LandingChoice::Silent,
            _ => return Err(Error::Column(0)),
        };
        Ok((choice, row.get(1)?))
    })
}

pub(crate) fn choose(
    tx: &mut dyn Tx,
    (person, channel): (PersonId, ChannelId),
    choice: LandingChoice,
    now: Timestamp,
) -> Result<()> {
    let word = match choice {
        LandingChoice::Deliver => "deliver",
        LandingChoice::Silent => "silent",
        // Nobody calls people by habit.
        LandingChoice::Urgent => return Ok(()),
    };
    let args = [person.into(), channel.into(), word.into(), now.into()];
    tx.exec(&CHOOSE, &args).map(drop)
}
