//! Whom a message calls: found by the message, never by walking through everybody in a channel.

use crate::model::Cause;
use base::{ChannelId, MessageId, PersonId, Seq, Timestamp, TopicId};
use messages::{Level, Levels, Message};
use platform::db::{Result, Row, Tx};
use uuid::Uuid;

platform::sql! {
    /// The cross joins keep SQLite to their order: from the few who want to hear of everything to the channel, and not through
    /// all who are in it. Where more than 64 want it everywhere, from the members of the channel if these are at most 32; where both
    /// are many, somebody is called as good as surely, and whoever decides on each of them finds out.
    CALLS_SOMEBODY = "select 1 from channel c \
        where c.id = $1 and (c.kind = 'direct' \
            or exists (select 1 from mention n where n.channel_id = c.id and n.seq = $2) \
            or exists (select 1 from topic_follow f where f.topic_id = $3 and f.person_id <> $4) \
            or exists (select 1 from told_level w \
                where w.level = 'all' and w.place_id in (c.id, c.space_id, $3) and w.person_id <> $4) \
            or case when (select count(*) from \
                    (select 1 from told_level where level = 'all' and kind = 'everywhere' limit 65) few) <= 64 \
                then exists (select 1 from told_level w cross join channel_member cm \
                    where w.level = 'all' and w.kind = 'everywhere' and w.person_id <> $4 \
                    and cm.channel_id = c.id and cm.person_id = w.person_id) \
                when (select count(*) from (select 1 from channel_member where channel_id = c.id limit 33) few) <= 32 \
                then exists (select 1 from channel_member cm cross join told_level w \
                    where cm.channel_id = c.id and cm.person_id <> $4 \
                    and w.person_id = cm.person_id and w.place_id = cm.person_id and w.level = 'all') \
                else c.id is not null end \
            or exists (select 1 from ask a where a.message_id = $5))";
    FIND = "select m.channel_id, m.seq, m.topic_id, m.author_id, m.at, c.kind, \
            case when p.bot_of is null then 0 else 1 end \
        from message m \
        join channel c on c.id = m.channel_id \
        join person p on p.id = m.author_id \
        where m.id = $1 and m.deleted_at is null";
    /// The nil id among those who are named stands for everybody. Whoever is called twice is called for the first reason.
    LIST = "select x.person_id, cast(min(x.rank) as bigint), lt.level, coalesce(lc.level, ls.level, lg.level), \
            coalesce(r.seq, cm.joined_seq, 0) \
        from (select cm.person_id, 0 as rank from channel c join channel_member cm on cm.channel_id = c.id \
                where c.id = $1 and c.kind = 'direct' \
            union all select n.person_id, 1 from mention n where n.channel_id = $1 and n.seq = $2 and n.person_id <> $3 \
            union all select cm.person_id, 2 from mention n join channel_member cm on cm.channel_id = n.channel_id \
                where n.person_id = $3 and n.channel_id = $1 and n.seq = $2 \
            union all select s.person_id, 1 from ask_seat s where s.message_id = $9 and s.held = 1 \
            union all select cm.person_id, 2 from ask a join channel_member cm on cm.channel_id = a.channel_id \
                where a.message_id = $9 and a.everyone = 1 and a.closed_at is null \
            union all select t.person_id, 3 from topic_follow t where t.topic_id = $4 \
            union all select cm.person_id, 6 from channel c cross join told_level w cross join channel_member cm \
                where c.id = $1 and w.level = 'all' and w.place_id in (c.id, c.space_id, $4) \
                and cm.channel_id = c.id and cm.person_id = w.person_id \
            union all select cm.person_id, 6 from told_level w cross join channel_member cm \
                where (select count(*) from (select 1 from channel_member where channel_id = $1 limit 33) few) > 32 \
                and w.level = 'all' and w.kind = 'everywhere' and cm.channel_id = $1 and cm.person_id = w.person_id \
            union all select cm.person_id, 6 from channel_member cm cross join told_level w \
                where (select count(*) from (select 1 from channel_member where channel_id = $1 limit 33) few) <= 32 \
                and cm.channel_id = $1 and w.person_id = cm.person_id and w.place_id = cm.person_id and w.level = 'all') x \
        join person p on p.id = x.person_id \
        join channel h on h.id = $1 \
        left join channel_member cm on cm.channel_id = $1 and cm.person_id = x.person_id \
        left join told_level lt on lt.person_id = x.person_id and lt.place_id = $5 \
        left join told_level lc on lc.person_id = x.person_id and lc.place_id = $1 \
        left join told_level ls on ls.person_id = x.person_id and ls.place_id = h.space_id \
        left join told_level lg on lg.person_id = x.person_id and lg.place_id = x.person_id \
        left join read_pointer r on r.person_id = x.person_id and r.channel_id = $1 and r.topic_id = $5 \
        where x.person_id > $6 and x.person_id <> $7 \
        and p.deactivated_at is null and p.bot_of is null and p.link_guest = 0 \
        and not exists (select 1 from person_block b join channel a on a.id = $1 \
            where b.person_id = x.person_id and b.blocked_id = $7 and a.kind <> 'announcement') \
        group by x.person_id, lt.level, lc.level, ls.level, lg.level, r.seq, cm.joined_seq \
        order by x.person_id \
        limit $8";
    /// The same for one person, whatever calls them.
    OF_ONE = "select p.id, cast(1 as bigint), lt.level, coalesce(lc.level, ls.level, lg.level), coalesce(r.seq, cm.joined_seq, 0) \
        from person p \
        join channel h on h.id = $1 \
        left join channel_member cm on cm.channel_id = $1 and cm.person_id = p.id \
        left join told_level lt on lt.person_id = p.id and lt.place_id = $2 \
        left join told_level lc on lc.person_id = p.id and lc.place_id = $1 \
        left join told_level ls on ls.person_id = p.id and ls.place_id = h.space_id \
        left join told_level lg on lg.person_id = p.id and lg.place_id = p.id \
        left join read_pointer r on r.person_id = p.id and r.channel_id = $1 and r.topic_id = $2 \
        where p.id = $3 and p.deactivated_at is null and p.bot_of is null and p.link_guest = 0";
}

const NIL: Uuid = Uuid::nil();

/// A message that may call people.
#[derive(Debug, Clone)]
pub(crate) struct Calling {
    pub id: MessageId,
    pub channel: ChannelId,
    pub seq: Seq,
    pub topic: Option<TopicId>,
    pub author: PersonId,
    pub at: Timestamp,
    pub is_direct: bool,
    /// A program speaks.
    pub is_bot: bool,
}

impl Calling {
    /// Whom people let through while they think; nobody, when a program speaks.
    pub fn sender(&self) -> Option<PersonId> {
        (!self.is_bot).then_some(self.author)
    }
}

/// Somebody whom it calls.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate {
    pub person: PersonId,
    pub cause: Cause,
    /// How much they want to be told of there.
    pub levels: Levels,
    /// Up to where they have read that conversation.
    pub read_seq: Seq,
}

/// Whether it is worth looking whom a message calls. One look at a few indexes, in the transaction that posts.
pub(crate) fn calls_somebody(tx: &mut dyn Tx, message: &Message) -> Result<bool> {
    let args = [
        message.channel_id.into(),
        message.seq.into(),
        message.topic_id.into(),
        message.author_id.into(),
        message.id.into(),
    ];
    Ok(tx.find(&CALLS_SOMEBODY, &args, |_| Ok(()))?.is_some())
}

/// A message; None when it is gone.
pub(crate) fn find(tx: &mut dyn Tx, id: MessageId) -> Result<Option<Calling>> {
    tx.find(&FIND, &[id.into()], |row| {
        Ok(Calling {
            id,
            channel: row.get(0)?,
            seq: row.get(1)?,
            topic: row.get_optional(2)?,
            author: row.get(3)?,
            at: row.get(4)?,
            is_direct: row.text(5)? == Some("direct"),
            is_bot: row.get(6)?,
        })
    })
}

/// Whom a message calls, after the person on whom the last page ended.
pub(crate) fn list(
    tx: &mut dyn Tx,
    calling: &Calling,
    after: Option<PersonId>,
    limit: i64,
) -> Result<Vec<Candidate>> {
    let args = [
        calling.channel.into(),
        calling.seq.into(),
        NIL.into(),
        calling.topic.into(),
        calling.topic.map_or(NIL, |topic| topic.0).into(),
        after.map_or(NIL, |person| person.0).into(),
        calling.author.into(),
        limit.into(),
        calling.id.into(),
    ];
    tx.list(&LIST, &args, candidate)
}

/// Somebody whom it calls for a reason of its own; None: nobody who could be told.
pub(crate) fn find_one(tx: &mut dyn Tx, calling: &Calling, person: PersonId) -> Result<Option<Candidate>> {
    let topic = calling.topic.map_or(NIL, |topic| topic.0);
    tx.find(
        &OF_ONE,
        &[calling.channel.into(), topic.into(), person.into()],
        candidate,
    )
}

fn candidate(row: &dyn Row) -> Result<Candidate> {
    let rank: i64 = row.get(1)?;
    let levels = levels(row, 2)?;
    Ok(Candidate {
        person: row.get(0)?,
        cause: usize::try_from(rank)
            .ok()
            .and_then(|rank| Cause::ALL.get(rank).copied())
            .unwrap_or(Cause::Reply),
        levels,
        read_seq: row.get(4)?,
    })
}

/// What somebody has said of a topic, and in the next column of what lies around it.
pub(super) fn levels(row: &dyn Row, idx: usize) -> Result<Levels> {
    Ok(Levels {
        topic: row.text(idx)?.and_then(Level::parse),
        around: row.text(idx + 1)?.and_then(Level::parse),
    })
}
