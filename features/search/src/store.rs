//! All SQL of search: the index that this slice writes, and the messages and topics to which its rows lead.

use crate::{
    model::{IDS_PER_MICRO, first_id_of},
    words::Document,
};
use base::{ChannelId, MessageId, PersonId, Seq, Timestamp, TopicId};
use messages::TopicState;
use platform::{
    db::{Dialect, Error, Result, Row, Tx},
    journal::id_list,
};
use uuid::Uuid;

platform::sql! {
    ADD = {
        sqlite: "insert into search_doc (id, channel_id, seq, topic_id) values ($1, $2, $3, $4) on conflict (id) do nothing",
        postgres: "insert into search_doc (id, channel_id, seq, topic_id, words) \
            values ($1, $2, $3, $4, cast($5 as text)::tsvector) on conflict (id) do nothing"
    };
    LAST_ID = "select max(id) from search_doc where id between $1 and $2";
    WORDS = {
        sqlite: "insert into search_words (rowid, words) values ($1, $2)",
        postgres: "update search_doc set words = cast($2 as text)::tsvector where id = $1"
    };
    CHANGE_WORDS = {
        sqlite: "update search_words set words = $2 where rowid = $1",
        postgres: "update search_doc set words = cast($2 as text)::tsvector where id = $1"
    };
    DROP_WORDS = {
        sqlite: "delete from search_words where rowid = $1",
        postgres: "update search_doc set words = '' where id = $1"
    };
    DROP = "delete from search_doc where id = $1";
    MOVE = "update search_doc set channel_id = $2, seq = $3 where id = $1";
    OF_MESSAGE = "select id from search_doc where channel_id = $1 and seq = $2 and topic_id is null";
    OF_TOPIC = "select id from search_doc where topic_id = $1";

    FIND = {
        sqlite: "select d.id, d.channel_id, d.topic_id, m.id, m.topic_id, m.author_id, m.at, m.text, m.edited_at, \
                t.title, t.state, t.decision, t.created_by, t.created_at, f.text \
            from search_words w \
            cross join search_doc d on d.id = w.rowid \
            cross join message m on m.channel_id = d.channel_id and m.seq = d.seq \
            left join topic t on t.id = coalesce(d.topic_id, m.topic_id) \
            left join forward f on f.channel_id = d.channel_id and f.seq = d.seq and d.topic_id is null \
            where w.search_words match $1 and w.rowid >= $2 and w.rowid < $3 \
            and d.channel_id in (select unhex(value) from json_each($4)) \
            and case when d.topic_id is null then m.deleted_at is null else t.id is not null end \
            and ($6 = 0 or ($6 = 1) = (t.id is not null)) \
            and ($7 = 0 or ($7 = 1) = (coalesce(t.state, '') = 'open')) \
            and ($8 = 0 or ($8 = 1) = (coalesce(t.state, '') = 'resolved')) \
            and ($9 = 0 or ($9 = 1) = (coalesce(t.state, '') = 'decided')) \
            and ($10 = 0 or ($10 = 1) = (d.topic_id is null and m.edited_at is not null)) \
            and ($11 = 0 or ($11 = 1) = (d.topic_id is null \
                and exists (select 1 from reaction r where r.channel_id = m.channel_id and r.seq = m.seq))) \
            and ($12 = 0 or ($12 = 1) = (d.topic_id is null \
                and exists (select 1 from pin p where p.channel_id = m.channel_id and p.seq = m.seq))) \
            and ($13 = 0 or ($13 = 1) = (d.topic_id is null and exists (select 1 from saved_message s \
                where s.person_id = $14 and s.channel_id = m.channel_id and s.seq = m.seq))) \
            order by w.rowid desc \
            limit $5",
        postgres: "select d.id, d.channel_id, d.topic_id, m.id, m.topic_id, m.author_id, m.at, m.text, m.edited_at, \
                t.title, t.state, t.decision, t.created_by, t.created_at, f.text \
            from search_doc d \
            join message m on m.channel_id = d.channel_id and m.seq = d.seq \
            left join topic t on t.id = coalesce(d.topic_id, m.topic_id) \
            left join forward f on f.channel_id = d.channel_id and f.seq = d.seq and d.topic_id is null \
            where d.words @@ cast($1 as text)::tsquery and d.id >= $2 and d.id < $3 \
            and d.channel_id in (select value::uuid from json_array_elements_text(cast($4 as text)::json)) \
            and case when d.topic_id is null then m.deleted_at is null else t.id is not null end \
            and ($6 = 0 or ($6 = 1) = (t.id is not null)) \
            and ($7 = 0 or ($7 = 1) = (coalesce(t.state, '') = 'open')) \
            and ($8 = 0 or ($8 = 1) = (coalesce(t.state, '') = 'resolved')) \
            and ($9 = 0 or ($9 = 1) = (coalesce(t.state, '') = 'decided')) \
            and ($10 = 0 or ($10 = 1) = (d.topic_id is null and m.edited_at is not null)) \
            and ($11 = 0 or ($11 = 1) = (d.topic_id is null \
                and exists (select 1 from reaction r where r.channel_id = m.channel_id and r.seq = m.seq))) \
            and ($12 = 0 or ($12 = 1) = (d.topic_id is null \
                and exists (select 1 from pin p where p.channel_id = m.channel_id and p.seq = m.seq))) \
            and ($13 = 0 or ($13 = 1) = (d.topic_id is null and exists (select 1 from saved_message s \
                where s.person_id = $14 and s.channel_id = m.channel_id and s.seq = m.seq))) \
            order by d.id desc \
            limit $5"
    };

    /// A plan that suits every question suits none: rare words want the index of words, frequent ones that of time.
    PLAN_ANEW = {
        sqlite: "select ''",
        postgres: "select set_config('plan_cache_mode', 'force_custom_plan', true)"
    };

    BACKFILL = "select channel_id, seq, topic_id from search_backfill";
    BACKFILL_TO = "update search_backfill set channel_id = $1, seq = $2, topic_id = $3";
    BACKFILL_DONE = "delete from search_backfill";
    /// The rows are held until the end of the transaction, so that none is deleted between reading and indexing.
    OLD_MESSAGES = {
        sqlite: "select m.channel_id, m.seq, m.author_id, m.at, m.text, m.quote_id, m.deleted_at, f.text, \
                exists (select 1 from search_doc d where d.channel_id = m.channel_id and d.seq = m.seq and d.topic_id is null) \
            from message m \
            left join forward f on f.channel_id = m.channel_id and f.seq = m.seq \
            where (m.channel_id, m.seq) > ($1, $2) \
            order by m.channel_id, m.seq \
            limit $3",
        postgres: "select m.channel_id, m.seq, m.author_id, m.at, m.text, m.quote_id, m.deleted_at, f.text, \
                exists (select 1 from search_doc d where d.channel_id = m.channel_id and d.seq = m.seq and d.topic_id is null)::int \
            from message m \
            left join forward f on f.channel_id = m.channel_id and f.seq = m.seq \
            where (m.channel_id, m.seq) > ($1, $2) \
            order by m.channel_id, m.seq \
            limit $3 \
            for share of m"
    };
    OLD_TOPICS = {
        sqlite: "select t.id, t.channel_id, t.origin_seq, t.created_by, t.created_at, t.title, t.decision \
            from topic t \
            where t.id > $1 and t.merged_into is null and t.gone = 0 \
            order by t.id \
            limit $2",
        postgres: "select t.id, t.channel_id, t.origin_seq, t.created_by, t.created_at, t.title, t.decision \
            from topic t \
            where t.id > $1 and t.merged_into is null and t.gone = 0 \
            order by t.id \
            limit $2 \
            for share of t"
    };
}

/// What a row of the index stands for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub channel: ChannelId,
    pub seq: Seq,
    /// None for a message.
    pub topic: Option<TopicId>,
}

/// How far the ids of one crowded moment may reach into what follows it: 1 s.
const CROWD: i64 = 1_000_000 * IDS_PER_MICRO;

/// Puts something into the index.
pub(crate) fn add(tx: &mut dyn Tx, place: Place, at: Timestamp, document: &Document) -> Result<()> {
    let first = first_id_of(at);
    // Messages of one conversation and one moment keep their order.
    let id = first.saturating_add(place.seq.0.rem_euclid(IDS_PER_MICRO));
    if try_add(tx, id, place, document)? {
        return Ok(());
    }
    let last: Option<i64> = tx.one(
        &LAST_ID,
        &[first.into(), first.saturating_add(CROWD).into()],
        |row| row.get_optional(0),
    )?;
    if try_add(tx, last.unwrap_or(id).saturating_add(1), place, document)? {
        return Ok(());
    }
    // Another lane took it just now.
    Err(Error::Conflict)
}

fn try_add(tx: &mut dyn Tx, id: i64, place: Place, document: &Document) -> Result<bool> {
    let row = [
        id.into(),
        place.channel.into(),
        place.seq.into(),
        place.topic.into(),
    ];
    match tx.dialect() {
        Dialect::Sqlite => {
            let added = tx.exec(&ADD, &row)? == 1;
            if added {
                tx.exec(&WORDS, &[id.into(), document.to_text().as_str().into()])?;
            }
            Ok(added)
        }
        Dialect::Postgres => {
            let vector = document.to_vector();
            Ok(tx.exec(&ADD, &[row[0], row[1], row[2], row[3], vector.as_str().into()])? == 1)
        }
    }
}

/// Puts other words in place of those of a document.
pub(crate) fn change(tx: &mut dyn Tx, id: i64, document: &Document) -> Result<()> {
    let words = match tx.dialect() {
        Dialect::Sqlite => document.to_text(),
        Dialect::Postgres => document.to_vector(),
    };
    tx.exec(&CHANGE_WORDS, &[id.into(), words.as_str().into()])
        .map(drop)
}

/// Takes something out of the index.
pub(crate) fn drop_doc(tx: &mut dyn Tx, id: i64) -> Result<()> {
    if tx.dialect() == Dialect::Sqlite {
        tx.exec(&DROP_WORDS, &[id.into()])?;
    }
    tx.exec(&DROP, &[id.into()]).map(drop)
}

/// Where something stands now.
pub(crate) fn move_doc(tx: &mut dyn Tx, id: i64, place: Place) -> Result<()> {
    tx.exec(&MOVE, &[id.into(), place.channel.into(), place.seq.into()])
        .map(drop)
}

pub(crate) fn find_id(tx: &mut dyn Tx, place: Place) -> Result<Option<i64>> {
    match place.topic {
        None => tx.find(&OF_MESSAGE, &[place.channel.into(), place.seq.into()], |row| {
            row.get(0)
        }),
        Some(topic) => tx.find(&OF_TOPIC, &[topic.into()], |row| row.get(0)),
    }
}

/// A condition that may be asked for, excluded, or left open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Wish {
    #[default]
    Open,
    With,
    Without,
}

impl Wish {
    fn number(self) -> i64 {
        match self {
            Wish::Open => 0,
            Wish::With => 1,
            Wish::Without => -1,
        }
    }
}

/// What is asked of the rows, beyond their words.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Wishes {
    pub topic: Wish,
    pub open: Wish,
    pub resolved: Wish,
    pub decided: Wish,
    pub edited: Wish,
    pub reaction: Wish,
    pub pinned: Wish,
    pub saved: Wish,
}

/// A whole question to the index.
#[derive(Debug)]
pub(crate) struct Ask<'a> {
    /// Whose kept messages are meant.
    pub reader: PersonId,
    pub expression: &'a str,
    /// The first id.
    pub from: i64,
    /// The id after the last.
    pub before: i64,
    pub channels: &'a [ChannelId],
    pub wishes: Wishes,
    pub limit: i64,
}

/// What a row of the index leads to.
#[derive(Debug)]
pub(crate) struct Found {
    pub doc: i64,
    pub channel: ChannelId,
    pub message: MessageId,
    pub author: PersonId,
    pub at: Timestamp,
    pub text: String,
    pub edited: bool,
    /// Whether it is the topic itself.
    pub is_topic: bool,
    pub topic: Option<FoundTopic>,
}

#[derive(Debug)]
pub(crate) struct FoundTopic {
    pub id: TopicId,
    pub title: String,
    pub state: TopicState,
    pub decision: Option<String>,
}

/// The newest first.
pub(crate) fn find(tx: &mut dyn Tx, ask: &Ask<'_>) -> Result<Vec<Found>> {
    if tx.dialect() == Dialect::Postgres {
        tx.each(&PLAN_ANEW, &[], &mut |_| Ok(()))?;
    }
    let channels = id_list(tx, ask.channels.iter().map(|channel| channel.0));
    let wishes = ask.wishes;
    let args = [
        ask.expression.into(),
        ask.from.into(),
        ask.before.into(),
        channels.as_str().into(),
        ask.limit.into(),
        wishes.topic.number().into(),
        wishes.open.number().into(),
        wishes.resolved.number().into(),
        wishes.decided.number().into(),
        wishes.edited.number().into(),
        wishes.reaction.number().into(),
        wishes.pinned.number().into(),
        wishes.saved.number().into(),
        ask.reader.into(),
    ];
    tx.list(&FIND, &args, found)
}

fn found(row: &dyn Row) -> Result<Found> {
    let own_topic: Option<TopicId> = row.get_optional(2)?;
    let topic = match own_topic.or(row.get_optional(4)?) {
        Some(id) if row.text(9)?.is_some() => Some(FoundTopic {
            id,
            title: row.get(9)?,
            state: row
                .text(10)?
                .and_then(TopicState::parse)
                .ok_or(Error::Column(10))?,
            decision: row.get_optional(11)?,
        }),
        _ => None,
    };
    let is_topic = own_topic.is_some();
    Ok(Found {
        doc: row.get(0)?,
        channel: row.get(1)?,
        message: row.get(3)?,
        author: row.get(if is_topic { 12 } else { 5 })?,
        at: row.get(if is_topic { 13 } else { 6 })?,
        text: with_forward(row.text(7)?.unwrap_or_default(), row.text(14)?),
        edited: !is_topic && row.int(8)?.is_some(),
        is_topic,
        topic,
    })
}

/// What somebody says to what they carry on, and what that says.
fn with_forward(text: &str, forward: Option<&str>) -> String {
    match forward {
        None => text.to_owned(),
        Some(forward) => format!("{text}\n\n{forward}"),
    }
}

/// How far the old messages and topics are indexed; None when all are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Progress {
    pub channel: ChannelId,
    pub seq: Seq,
    /// Some once the messages are done.
    pub topic: Option<TopicId>,
}

pub(crate) fn find_progress(tx: &mut dyn Tx) -> Result<Option<Progress>> {
    tx.find(&BACKFILL, &[], |row| {
        Ok(Progress {
            channel: row.get(0)?,
            seq: row.get(1)?,
            topic: row.get_optional(2)?,
        })
    })
}

pub(crate) fn put_progress(tx: &mut dyn Tx, progress: Progress) -> Result<()> {
    let args = [
        progress.channel.into(),
        progress.seq.into(),
        progress.topic.into(),
    ];
    tx.exec(&BACKFILL_TO, &args).map(drop)
}

pub(crate) fn end_progress(tx: &mut dyn Tx) -> Result<()> {
    tx.exec(&BACKFILL_DONE, &[]).map(drop)
}

/// A message that was there before the index.
#[derive(Debug)]
pub(crate) struct OldMessage {
    pub channel: ChannelId,
    pub seq: Seq,
    pub author: PersonId,
    pub at: Timestamp,
    pub text: String,
    pub is_answer: bool,
    /// It needs nothing: it is deleted, or indexed already.
    pub is_done: bool,
}

pub(crate) fn list_old_messages(
    tx: &mut dyn Tx,
    after: (ChannelId, Seq),
    limit: i64,
) -> Result<Vec<OldMessage>> {
    tx.list(
        &OLD_MESSAGES,
        &[after.0.into(), after.1.into(), limit.into()],
        |row| {
            Ok(OldMessage {
                channel: row.get(0)?,
                seq: row.get(1)?,
                author: row.get(2)?,
                at: row.get(3)?,
                text: with_forward(row.text(4)?.unwrap_or_default(), row.text(7)?),
                is_answer: row.id(5)?.is_some(),
                is_done: row.int(6)?.is_some() || row.get(8)?,
            })
        },
    )
}

/// A topic that was there before the index.
#[derive(Debug)]
pub(crate) struct OldTopic {
    pub place: Place,
    pub by: PersonId,
    pub at: Timestamp,
    pub title: String,
    pub decision: Option<String>,
}

pub(crate) fn list_old_topics(
    tx: &mut dyn Tx,
    after: TopicId,
    limit: i64,
) -> Result<Vec<(TopicId, OldTopic)>> {
    tx.list(&OLD_TOPICS, &[after.into(), limit.into()], |row| {
        let id: TopicId = row.get(0)?;
        let topic = OldTopic {
            place: Place {
                channel: row.get(1)?,
                seq: row.get(2)?,
                topic: Some(id),
            },
            by: row.get(3)?,
            at: row.get(4)?,
            title: row.get(5)?,
            decision: row.get_optional(6)?,
        };
        Ok((id, topic))
    })
}

/// Before all ids.
pub(crate) const NIL: Uuid = Uuid::nil();
