//! All SQL of the inbox.

use crate::wire::{Decision, InboxLine, InboxPlace};
use base::{ChannelId, MessageId, PersonId, Seq, SpaceId, Timestamp, TopicId};
use platform::{
    db::{Error, Result, Row, Tx},
    journal::id_list,
};
use serde::{Deserialize, Serialize};
use spaces::ChannelKind;
use std::collections::HashSet;
use uuid::Uuid;

/// Stands for the stream, and for everybody.
const NIL: Uuid = Uuid::nil();

platform::sql! {
    CALLS = "select x.id, x.channel_id, n.topic_id, t.title, x.author_id, x.at, x.text, case when n.person_id = $2 then 1 else 0 end \
        from channel_member m \
        join mention n on n.person_id in ($1, $2) and n.channel_id = m.channel_id \
        join channel c on c.id = m.channel_id and c.kind <> 'direct' and c.archived_at is null \
        join message x on x.channel_id = n.channel_id and x.seq = n.seq \
        left join topic t on t.id = n.topic_id \
        left join read_pointer p on p.person_id = $1 and p.channel_id = n.channel_id and p.topic_id = coalesce(n.topic_id, $2) \
        where m.person_id = $1 and n.seq > coalesce(p.seq, m.joined_seq) and x.author_id <> $1 and x.deleted_at is null \
            and (c.kind = 'announcement' or x.author_id not in (select b.blocked_id from person_block b where b.person_id = $1)) \
        order by x.at desc, x.id desc, n.person_id desc \
        limit $3";
    LINES = {
        sqlite: "select x.id, x.channel_id, x.topic_id, t.title, x.author_id, x.at, x.text from message x \
            left join topic t on t.id = x.topic_id \
            where x.id in (select unhex(value) from json_each($1)) and x.deleted_at is null and x.gone = 0 \
            order by x.at, x.id",
        postgres: "select x.id, x.channel_id, x.topic_id, t.title, x.author_id, x.at, x.text from message x \
            left join topic t on t.id = x.topic_id \
            where x.id in (select value::uuid from json_array_elements_text(cast($1 as text)::json)) \
            and x.deleted_at is null and x.gone = 0 \
            order by x.at, x.id"
    };
    /// Streams, and topics that are followed, with something new where somebody wants to hear of it: how much, and the newest
    /// message. Of a topic of which only what needs them counts that stands among the calls.
    PLACES = "select x.id, x.channel_id, x.topic_id, t.title, x.author_id, x.at, x.text, u.n, u.n_topics, c.kind \
        from (select a.channel_id, cast(sum(a.n) as bigint) as n, cast(sum(a.is_topic) as bigint) as n_topics, max(a.newest) as newest \
            from (select m.channel_id, count(*) as n, 0 as is_topic, max(x.seq) as newest \
                from channel_member m \
                join channel k on k.id = m.channel_id \
                left join told_level lc on lc.person_id = $1 and lc.place_id = m.channel_id \
                left join told_level ls on ls.person_id = $1 and ls.place_id = k.space_id \
                left join told_level lg on lg.person_id = $1 and lg.place_id = $1 \
                left join read_pointer p on p.person_id = $1 and p.channel_id = m.channel_id and p.topic_id = $2 \
                join message x on x.channel_id = m.channel_id and x.topic_id is null and x.seq > coalesce(p.seq, m.joined_seq) \
                where m.person_id = $1 and (k.kind = 'direct' or coalesce(lc.level, ls.level, lg.level, 'needs_me') <> 'nothing') \
                    and x.author_id <> $1 and x.deleted_at is null \
                    and (x.author_id not in (select b.blocked_id from person_block b where b.person_id = $1) \
                    or x.channel_id in (select d.id from channel d where d.kind = 'announcement')) \
                group by m.channel_id \
                union all \
                select g.channel_id, count(*) as n, 1 as is_topic, max(x.seq) as newest \
                from topic_follow g \
                join channel_member m on m.channel_id = g.channel_id and m.person_id = $1 \
                join channel k on k.id = g.channel_id \
                join topic s on s.id = g.topic_id \
                left join told_level lt on lt.person_id = $1 and lt.place_id = g.topic_id \
                left join told_level lc on lc.person_id = $1 and lc.place_id = g.channel_id \
                left join told_level ls on ls.person_id = $1 and ls.place_id = k.space_id \
                left join told_level lg on lg.person_id = $1 and lg.place_id = $1 \
                left join read_pointer p on p.person_id = $1 and p.channel_id = g.channel_id and p.topic_id = g.topic_id \
                join message x on x.channel_id = g.channel_id and x.topic_id = g.topic_id and x.seq > coalesce(p.seq, m.joined_seq) \
                where g.person_id = $1 and coalesce(lt.level, 'all') = 'all' \
                    and coalesce(lt.level, lc.level, ls.level, lg.level, 'needs_me') <> 'nothing' and s.last_seq > coalesce(p.seq, m.joined_seq) and x.author_id <> $1 and x.deleted_at is null \
                    and (x.author_id not in (select b.blocked_id from person_block b where b.person_id = $1) \
                    or x.channel_id in (select d.id from channel d where d.kind = 'announcement')) \
                group by g.channel_id, g.topic_id) a \
            group by a.channel_id) u \
        join channel c on c.id = u.channel_id and c.archived_at is null \
        join message x on x.channel_id = u.channel_id and x.seq = u.newest \
        left join topic t on t.id = x.topic_id \
        order by x.at desc, x.id desc";
    /// What stands under "Needs you", without what is urgent: messages that ask or call, each once, and direct conversations with
    /// something new. As `asks` lists what is on somebody, and as CALLS and PLACES say what is new.
    NEEDS = "select s.message_id as id from ask_seat s \
            join channel_member m on m.channel_id = s.channel_id and m.person_id = s.person_id \
            where s.person_id = $1 and s.held = 1 \
        union \
        select a.message_id from ask a \
            join channel_member m on m.channel_id = a.channel_id and m.person_id = a.asker_id \
            where a.asker_id = $1 and a.closed_at is null and a.asker_since is not null \
        union \
        select a.message_id from channel_member m \
            join ask a on a.channel_id = m.channel_id and a.everyone = 1 and a.closed_at is null \
            where m.person_id = $1 and m.joined_at <= a.created_at and a.asker_id <> $1 \
            and not exists (select 1 from ask_seat s where s.message_id = a.message_id and s.person_id = $1) \
        union \
        select x.id from channel_member m \
            join mention n on n.person_id in ($1, $2) and n.channel_id = m.channel_id \
            join channel c on c.id = m.channel_id and c.kind <> 'direct' and c.archived_at is null \
            join message x on x.channel_id = n.channel_id and x.seq = n.seq \
            left join read_pointer p on p.person_id = $1 and p.channel_id = n.channel_id and p.topic_id = coalesce(n.topic_id, $2) \
            where m.person_id = $1 and n.seq > coalesce(p.seq, m.joined_seq) and x.author_id <> $1 and x.deleted_at is null \
                and (c.kind = 'announcement' or x.author_id not in (select b.blocked_id from person_block b where b.person_id = $1)) \
        union \
        select c.id from channel_member m \
            join channel c on c.id = m.channel_id and c.kind = 'direct' and c.archived_at is null \
            left join read_pointer p on p.person_id = $1 and p.channel_id = c.id and p.topic_id = $2 \
            where m.person_id = $1 and exists (select 1 from message x where x.channel_id = c.id and x.topic_id is null \
                and x.seq > coalesce(p.seq, m.joined_seq) and x.author_id <> $1 and x.deleted_at is null \
                and x.author_id not in (select b.blocked_id from person_block b where b.person_id = $1)) \
        union \
        select c.id from topic_follow g \
            join channel_member m on m.channel_id = g.channel_id and m.person_id = $1 \
            join channel c on c.id = g.channel_id and c.kind = 'direct' and c.archived_at is null \
            left join told_level lt on lt.person_id = $1 and lt.place_id = g.topic_id \
            left join told_level lc on lc.person_id = $1 and lc.place_id = g.channel_id \
            left join told_level lg on lg.person_id = $1 and lg.place_id = $1 \
            left join read_pointer p on p.person_id = $1 and p.channel_id = g.channel_id and p.topic_id = g.topic_id \
            where g.person_id = $1 and coalesce(lt.level, 'all') = 'all' and coalesce(lt.level, lc.level, lg.level, 'needs_me') <> 'nothing' \
                and exists (select 1 from message x where x.channel_id = g.channel_id and x.topic_id = g.topic_id \
                and x.seq > coalesce(p.seq, m.joined_seq) and x.author_id <> $1 and x.deleted_at is null \
                and x.author_id not in (select b.blocked_id from person_block b where b.person_id = $1)) \
        limit $3";
    /// Of these messages those that PLACES counts.
    COUNTED = {
        sqlite: "select x.id, x.channel_id, x.topic_id from message x \
            join channel k on k.id = x.channel_id and k.archived_at is null \
            join channel_member m on m.channel_id = x.channel_id and m.person_id = $1 \
            left join topic_follow g on g.person_id = $1 and g.topic_id = x.topic_id \
            left join told_level lt on lt.person_id = $1 and lt.place_id = x.topic_id \
            left join told_level lc on lc.person_id = $1 and lc.place_id = x.channel_id \
            left join told_level ls on ls.person_id = $1 and ls.place_id = k.space_id \
            left join told_level lg on lg.person_id = $1 and lg.place_id = $1 \
            left join read_pointer p on p.person_id = $1 and p.channel_id = x.channel_id and p.topic_id = coalesce(x.topic_id, $2) \
            where x.id in (select unhex(value) from json_each($3)) and x.seq > coalesce(p.seq, m.joined_seq) \
                and x.author_id <> $1 and x.deleted_at is null \
                and (k.kind = 'announcement' or x.author_id not in (select b.blocked_id from person_block b where b.person_id = $1)) \
                and ((x.topic_id is null and (k.kind = 'direct' or coalesce(lc.level, ls.level, lg.level, 'needs_me') <> 'nothing')) \
                or (g.topic_id is not null and coalesce(lt.level, 'all') = 'all' \
                    and coalesce(lt.level, lc.level, ls.level, lg.level, 'needs_me') <> 'nothing'))",
        postgres: "select x.id, x.channel_id, x.topic_id from message x \
            join channel k on k.id = x.channel_id and k.archived_at is null \
            join channel_member m on m.channel_id = x.channel_id and m.person_id = $1 \
            left join topic_follow g on g.person_id = $1 and g.topic_id = x.topic_id \
            left join told_level lt on lt.person_id = $1 and lt.place_id = x.topic_id \
            left join told_level lc on lc.person_id = $1 and lc.place_id = x.channel_id \
            left join told_level ls on ls.person_id = $1 and ls.place_id = k.space_id \
            left join told_level lg on lg.person_id = $1 and lg.place_id = $1 \
            left join read_pointer p on p.person_id = $1 and p.channel_id = x.channel_id and p.topic_id = coalesce(x.topic_id, $2) \
            where x.id in (select value::uuid from json_array_elements_text(cast($3 as text)::json)) and x.seq > coalesce(p.seq, m.joined_seq) \
                and x.author_id <> $1 and x.deleted_at is null \
                and (k.kind = 'announcement' or x.author_id not in (select b.blocked_id from person_block b where b.person_id = $1)) \
                and ((x.topic_id is null and (k.kind = 'direct' or coalesce(lc.level, ls.level, lg.level, 'needs_me') <> 'nothing')) \
                or (g.topic_id is not null and coalesce(lt.level, 'all') = 'all' \
                    and coalesce(lt.level, lc.level, ls.level, lg.level, 'needs_me') <> 'nothing'))"
    };
    /// Topics that are followed and wanted, with something new: the first new message, how many, and how many of them are mine.
    TOPICS = "select x.id, x.channel_id, x.topic_id, t.title, x.author_id, x.at, x.text, u.n, u.n_bytes, \
            y.id, y.author_id, y.at, y.text, \
            (select count(*) from message w where w.channel_id = u.channel_id and w.topic_id = u.topic_id and w.author_id = $1 and w.deleted_at is null) \
        from (select g.channel_id, g.topic_id, count(*) as n, cast(sum(length(x.text)) as bigint) as n_bytes, min(x.seq) as oldest, max(x.seq) as newest \
            from topic_follow g \
            join channel_member m on m.channel_id = g.channel_id and m.person_id = $1 \
            join channel c on c.id = g.channel_id and c.archived_at is null \
            join topic s on s.id = g.topic_id \
            left join read_pointer p on p.person_id = $1 and p.channel_id = g.channel_id and p.topic_id = g.topic_id \
            join message x on x.channel_id = g.channel_id and x.topic_id = g.topic_id and x.seq > coalesce(p.seq, m.joined_seq) \
            left join told_level lt on lt.person_id = $1 and lt.place_id = g.topic_id \
            left join told_level lc on lc.person_id = $1 and lc.place_id = g.channel_id \
            left join told_level ls on ls.person_id = $1 and ls.place_id = c.space_id \
            left join told_level lg on lg.person_id = $1 and lg.place_id = $1 \
            where g.person_id = $1 and coalesce(lt.level, 'all') = 'all' \
                and coalesce(lt.level, lc.level, ls.level, lg.level, 'needs_me') <> 'nothing' \
                and s.last_seq > coalesce(p.seq, m.joined_seq) and x.author_id <> $1 and x.deleted_at is null \
                and (c.kind = 'announcement' or x.author_id not in (select b.blocked_id from person_block b where b.person_id = $1)) \
            group by g.channel_id, g.topic_id) u \
        join topic t on t.id = u.topic_id \
        join message x on x.channel_id = u.channel_id and x.seq = u.oldest \
        join message y on y.channel_id = u.channel_id and y.seq = u.newest";
    /// Where the streams and topics of a person stand in which something is new.
    POINTERS = "select m.channel_id, null, coalesce(p.seq, m.joined_seq) from channel_member m \
            left join read_pointer p on p.person_id = $1 and p.channel_id = m.channel_id and p.topic_id = $2 \
            where m.person_id = $1 and exists (select 1 from message x where x.channel_id = m.channel_id and x.topic_id is null \
                and x.seq > coalesce(p.seq, m.joined_seq) and x.author_id <> $1 and x.deleted_at is null) \
        union all \
        select g.channel_id, g.topic_id, coalesce(p.seq, m.joined_seq) from topic_follow g \
            join channel_member m on m.channel_id = g.channel_id and m.person_id = $1 \
            join topic s on s.id = g.topic_id and s.merged_into is null \
            left join read_pointer p on p.person_id = $1 and p.channel_id = g.channel_id and p.topic_id = g.topic_id \
            where g.person_id = $1 and s.last_seq > coalesce(p.seq, m.joined_seq)";
    KEEP_CLEAR = "insert into inbox_clear (id, person_id, at, pointers) values ($1, $2, $3, $4)";
    FIND_CLEAR = "select pointers from inbox_clear where id = $1 and person_id = $2 and at >= $3";
    HAS_CLEAR = "select person_id, at, pointers from inbox_clear where id = $1";
    LAST_CLEAR = "select id, at, pointers from inbox_clear where person_id = $1 and at >= $2 order by at desc limit 1";
    FORGET_CLEAR = "delete from inbox_clear where id = $1";
    FORGET_OLD_CLEARS = "delete from inbox_clear where person_id = $1 and at < $2";
    FORGET_CLEARS = "delete from inbox_clear where person_id = $1";
    KEEP_DECISION = "insert into decision (topic_id, channel_id, person_id, at, seq) values ($1, $2, $3, $4, $5) \
        on conflict (topic_id) do update set person_id = excluded.person_id, at = excluded.at, seq = excluded.seq";
    FORGET_DECISION = "delete from decision where topic_id = $1";
    NEW_DECISIONS = "select x.id, d.channel_id, d.topic_id, t.title, d.person_id, d.at, x.text, t.decision \
        from channel_member m \
        join decision d on d.channel_id = m.channel_id \
        join channel c on c.id = m.channel_id and c.archived_at is null \
        join topic t on t.id = d.topic_id and t.state = 'decided' and t.merged_into is null and t.decision is not null \
        join message x on x.id = t.origin_id \
        left join read_pointer p on p.person_id = $1 and p.channel_id = m.channel_id and p.topic_id = $2 \
        where m.person_id = $1 and d.seq > coalesce(p.seq, m.joined_seq) and d.person_id <> $1 \
        order by d.at desc, d.topic_id \
        limit $3";
    DECISIONS = "select d.topic_id, t.title, d.channel_id, t.decision, d.person_id, d.at \
        from decision d \
        join channel_member m on m.channel_id = d.channel_id and m.person_id = $1 \
        join channel c on c.id = d.channel_id \
        join topic t on t.id = d.topic_id and t.state = 'decided' and t.merged_into is null and t.decision is not null \
        where d.at < $2 and (c.space_id = $3 or $3 = $4) \
        order by d.at desc, d.topic_id \
        limit $5";
}

/// Where a pointer stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Pointer {
    pub channel: ChannelId,
    pub topic: Option<TopicId>,
    pub seq: Seq,
}

fn line(row: &dyn Row) -> Result<InboxLine> {
    Ok(InboxLine {
        message_id: row.get(0)?,
        channel_id: row.get(1)?,
        topic_id: row.get_optional(2)?,
        topic_title: row.get_optional(3)?,
        author_id: row.get(4)?,
        at: row.get(5)?,
        text: row.get(6)?,
    })
}

/// These messages with their whole text, for somebody who was proved to read them; the oldest first.
pub(crate) fn list_lines(tx: &mut dyn Tx, messages: &[MessageId]) -> Result<Vec<InboxLine>> {
    let ids = id_list(tx, messages.iter().map(|id| id.0));
    tx.list(&LINES, &[ids.as_str().into()], line)
}

/// Messages that call this person, with their whole text, and whether each calls everybody; the newest first.
pub(crate) fn list_calls(tx: &mut dyn Tx, person: PersonId, limit: i64) -> Result<Vec<(InboxLine, bool)>> {
    // Who is named beside everybody has two rows.
    let args = [person.into(), NIL.into(), (2 * limit).into()];
    let mut calls = tx.list(&CALLS, &args, |row| Ok((line(row)?, row.get::<bool>(7)?)))?;
    calls.dedup_by_key(|(line, _)| line.message_id);
    calls.truncate(usize::try_from(limit).unwrap_or(0));
    Ok(calls)
}

/// Messages and direct conversations that need this person, each once, as many as are counted; what is urgent is not among them
/// unless it asks or calls as well.
pub(crate) fn list_needs(tx: &mut dyn Tx, person: PersonId, limit: i64) -> Result<HashSet<Uuid>> {
    let args = [person.into(), NIL.into(), limit.into()];
    let ids: Vec<Uuid> = tx.list(&NEEDS, &args, |row| row.get(0))?;
    Ok(ids.into_iter().collect())
}

/// Of these messages those that [`list_places`] counts, with their place.
pub(crate) fn list_counted(
    tx: &mut dyn Tx,
    person: PersonId,
    messages: &[MessageId],
) -> Result<Vec<(ChannelId, Option<TopicId>)>> {
    let ids = id_list(tx, messages.iter().map(|id| id.0));
    tx.list(
        &COUNTED,
        &[person.into(), NIL.into(), ids.as_str().into()],
        |row| Ok((row.get(1)?, row.get_optional(2)?)),
    )
}

/// A place with something new.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub place: InboxPlace,
    pub kind: ChannelKind,
}

/// Everything new by channel, with whole texts; the newest first.
pub(crate) fn list_places(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<Place>> {
    tx.list(&PLACES, &[person.into(), NIL.into()], |row| {
        Ok(Place {
            place: InboxPlace {
                line: line(row)?,
                n_unread: row.get(7)?,
                n_topics: row.get(8)?,
            },
            kind: row
                .text(9)?
                .and_then(ChannelKind::parse)
                .ok_or(Error::Column(9))?,
        })
    })
}

/// A topic that goes on.
#[derive(Debug, Clone)]
pub(crate) struct NewInTopic {
    pub first: InboxLine,
    pub last: InboxLine,
    pub n: i64,
    pub n_chars: i64,
    pub n_mine: i64,
}

pub(crate) fn list_topics(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<NewInTopic>> {
    tx.list(&TOPICS, &[person.into()], |row| {
        let first = line(row)?;
        let last = InboxLine {
            message_id: row.get(9)?,
            author_id: row.get(10)?,
            at: row.get(11)?,
            text: row.get(12)?,
            ..first.clone()
        };
        Ok(NewInTopic {
            first,
            last,
            n: row.get(7)?,
            n_chars: row.get(8)?,
            n_mine: row.get(13)?,
        })
    })
}

pub(crate) fn list_pointers(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<Pointer>> {
    tx.list(&POINTERS, &[person.into(), NIL.into()], |row| {
        Ok(Pointer {
            channel: row.get(0)?,
            topic: row.get_optional(1)?,
            seq: row.get(2)?,
        })
    })
}

/// What was marked as read at once.
pub(crate) struct Clear {
    pub id: Uuid,
    pub at: Timestamp,
    pub pointers: Vec<Pointer>,
}

fn pointers(row: &dyn Row, idx: usize) -> Result<Vec<Pointer>> {
    let text = row.text(idx)?.ok_or(Error::Column(idx))?;
    serde_json::from_str(text).map_err(|_| Error::Column(idx))
}

pub(crate) fn keep_clear(tx: &mut dyn Tx, person: PersonId, clear: &Clear) -> Result<()> {
    let text = serde_json::to_string(&clear.pointers).map_err(|_| Error::Column(3))?;
    let args = [
        clear.id.into(),
        person.into(),
        clear.at.into(),
        text.as_str().into(),
    ];
    tx.exec(&KEEP_CLEAR, &args).map(drop)
}

/// Whose it is, with the clear.
pub(crate) fn find_any_clear(tx: &mut dyn Tx, id: Uuid) -> Result<Option<(PersonId, Clear)>> {
    tx.find(&HAS_CLEAR, &[id.into()], |row| {
        let clear = Clear {
            id,
            at: row.get(1)?,
            pointers: pointers(row, 2)?,
        };
        Ok((row.get(0)?, clear))
    })
}

pub(crate) fn find_clear(
    tx: &mut dyn Tx,
    (id, person): (Uuid, PersonId),
    since: Timestamp,
) -> Result<Option<Vec<Pointer>>> {
    tx.find(&FIND_CLEAR, &[id.into(), person.into(), since.into()], |row| {
        pointers(row, 0)
    })
}

pub(crate) fn find_last_clear(tx: &mut dyn Tx, person: PersonId, since: Timestamp) -> Result<Option<Clear>> {
    tx.find(&LAST_CLEAR, &[person.into(), since.into()], |row| {
        Ok(Clear {
            id: row.get(0)?,
            at: row.get(1)?,
            pointers: pointers(row, 2)?,
        })
    })
}

pub(crate) fn forget_clear(tx: &mut dyn Tx, id: Uuid) -> Result<()> {
    tx.exec(&FORGET_CLEAR, &[id.into()]).map(drop)
}

pub(crate) fn forget_old_clears(tx: &mut dyn Tx, person: PersonId, before: Timestamp) -> Result<()> {
    tx.exec(&FORGET_OLD_CLEARS, &[person.into(), before.into()])
        .map(drop)
}

pub(crate) fn forget_clears(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    tx.exec(&FORGET_CLEARS, &[person.into()]).map(drop)
}

pub(crate) fn keep_decision(
    tx: &mut dyn Tx,
    topic: TopicId,
    (channel, seq): (ChannelId, Seq),
    (by, at): (PersonId, Timestamp),
) -> Result<()> {
    let args = [topic.into(), channel.into(), by.into(), at.into(), seq.into()];
    tx.exec(&KEEP_DECISION, &args).map(drop)
}

pub(crate) fn forget_decision(tx: &mut dyn Tx, topic: TopicId) -> Result<()> {
    tx.exec(&FORGET_DECISION, &[topic.into()]).map(drop)
}

/// Decisions that are news for this person, with the message at which the topic began.
pub(crate) fn list_new_decisions(
    tx: &mut dyn Tx,
    person: PersonId,
    limit: i64,
) -> Result<Vec<(InboxLine, String)>> {
    tx.list(
        &NEW_DECISIONS,
        &[person.into(), NIL.into(), limit.into()],
        |row| Ok((line(row)?, row.get(7)?)),
    )
}

/// A page of decisions in the channels of this person.
pub(crate) fn list_decisions(
    tx: &mut dyn Tx,
    (person, space): (PersonId, Option<SpaceId>),
    before: Timestamp,
    limit: i64,
) -> Result<Vec<Decision>> {
    let space = space.map_or(NIL, |space| space.0);
    let args = [
        person.into(),
        before.into(),
        space.into(),
        NIL.into(),
        limit.into(),
    ];
    tx.list(&DECISIONS, &args, |row| {
        Ok(Decision {
            topic_id: row.get(0)?,
            topic_title: row.get(1)?,
            channel_id: row.get(2)?,
            text: row.get(3)?,
            provisional_until: None,
            person_id: row.get(4)?,
            at: row.get(5)?,
        })
    })
}
