//! Topics over all channels of a person.

use super::topics::topic;
use crate::wire::{Counts, Topic, TopicFilter, TopicRow};
use base::{PersonId, Seq, Timestamp, TopicId};
use platform::{
    db::{Result, Row, Sql, Tx},
    journal::id_list,
};
use std::collections::HashMap;

platform::sql! {
    ALL = "select t.id, t.channel_id, t.title, t.state, t.decision, t.origin_id, t.origin_seq, t.created_by, t.created_at, \
        t.n_messages, t.last_seq, t.last_at, t.people, case when f.topic_id is null then 0 else 1 end \
        from topic t \
        join channel_member m on m.channel_id = t.channel_id and m.person_id = $1 \
        left join topic_follow f on f.topic_id = t.id and f.person_id = $1 \
        where t.merged_into is null and t.gone = 0 and (t.last_at, t.id) < ($2, $3) and ($4 = '' or t.state = $4) \
        order by t.last_at desc, t.id desc limit $5";
    MINE = "select t.id, t.channel_id, t.title, t.state, t.decision, t.origin_id, t.origin_seq, t.created_by, t.created_at, \
        t.n_messages, t.last_seq, t.last_at, t.people, case when f.topic_id is null then 0 else 1 end \
        from topic t \
        join channel_member m on m.channel_id = t.channel_id and m.person_id = $1 \
        left join topic_follow f on f.topic_id = t.id and f.person_id = $1 \
        where t.merged_into is null and t.gone = 0 and (t.last_at, t.id) < ($2, $3) and (t.created_by = $1 or exists (select 1 from message x \
            where x.channel_id = t.channel_id and x.topic_id = t.id and x.author_id = $1 and x.deleted_at is null)) \
        order by t.last_at desc, t.id desc limit $4";
    UNREAD = "select t.id, t.channel_id, t.title, t.state, t.decision, t.origin_id, t.origin_seq, t.created_by, t.created_at, \
        t.n_messages, t.last_seq, t.last_at, t.people, 1 \
        from topic_follow f \
        join topic t on t.id = f.topic_id \
        join channel_member m on m.channel_id = t.channel_id and m.person_id = $1 \
        left join read_pointer p on p.person_id = $1 and p.channel_id = t.channel_id and p.topic_id = t.id \
        where f.person_id = $1 and t.merged_into is null and t.gone = 0 and (t.last_at, t.id) < ($2, $3) and exists (select 1 from message x \
            where x.channel_id = t.channel_id and x.topic_id = t.id and x.seq > coalesce(p.seq, m.joined_seq) \
            and x.author_id <> $1 and x.deleted_at is null \
                and (x.author_id not in (select b.blocked_id from person_block b where b.person_id = $1) \
            or x.channel_id in (select a.id from channel a where a.kind = 'announcement'))) \
        order by t.last_at desc, t.id desc limit $4";
    WAITING = "select t.id, t.channel_id, t.title, t.state, t.decision, t.origin_id, t.origin_seq, t.created_by, t.created_at, \
        t.n_messages, t.last_seq, t.last_at, t.people, 1 \
        from topic_follow f \
        join topic t on t.id = f.topic_id \
        join channel_member m on m.channel_id = t.channel_id and m.person_id = $1 \
        where f.person_id = $1 and t.merged_into is null and t.gone = 0 and (t.last_at, t.id) < ($2, $3) and t.state = 'open' and t.people like $4 \
        order by t.last_at desc, t.id desc limit $5";
    COUNTS = {
        sqlite: "select t.id, coalesce(p.seq, m.joined_seq), count(distinct x.seq), count(distinct n.seq) \
            from topic t \
            join channel_member m on m.channel_id = t.channel_id and m.person_id = $1 \
            left join read_pointer p on p.person_id = $1 and p.channel_id = t.channel_id and p.topic_id = t.id \
            left join message x on x.channel_id = t.channel_id and x.topic_id = t.id \
                and x.seq > coalesce(p.seq, m.joined_seq) and x.author_id <> $1 and x.deleted_at is null \
                and (x.author_id not in (select b.blocked_id from person_block b where b.person_id = $1) \
            or x.channel_id in (select a.id from channel a where a.kind = 'announcement')) \
            left join mention n on n.channel_id = x.channel_id and n.seq = x.seq and n.person_id in ($1, $2) \
            where t.id in (select unhex(value) from json_each($3)) \
            group by t.id, p.seq, m.joined_seq",
        postgres: "select t.id, coalesce(p.seq, m.joined_seq), count(distinct x.seq), count(distinct n.seq) \
            from topic t \
            join channel_member m on m.channel_id = t.channel_id and m.person_id = $1 \
            left join read_pointer p on p.person_id = $1 and p.channel_id = t.channel_id and p.topic_id = t.id \
            left join message x on x.channel_id = t.channel_id and x.topic_id = t.id \
                and x.seq > coalesce(p.seq, m.joined_seq) and x.author_id <> $1 and x.deleted_at is null \
                and (x.author_id not in (select b.blocked_id from person_block b where b.person_id = $1) \
            or x.channel_id in (select a.id from channel a where a.kind = 'announcement')) \
            left join mention n on n.channel_id = x.channel_id and n.seq = x.seq and n.person_id in ($1, $2) \
            where t.id in (select value::uuid from json_array_elements_text(cast($3 as text)::json)) \
            group by t.id, p.seq, m.joined_seq"
    };
}

/// Where a page goes on: behind this topic.
#[derive(Debug, Clone, Copy)]
pub(crate) struct After {
    pub last_at: Timestamp,
    pub id: TopicId,
}

fn row(row: &dyn Row) -> Result<(Topic, bool)> {
    Ok((topic(row)?, row.get(13)?))
}

/// A page of topics in a person's channels, by their last message, the newest first; with what is unread in each.
pub(crate) fn list(
    tx: &mut dyn Tx,
    person: PersonId,
    filter: TopicFilter,
    after: After,
    limit: i64,
) -> Result<Vec<TopicRow>> {
    let place = [person.into(), after.last_at.into(), after.id.into()];
    let (one, two, three) = (place[0], place[1], place[2]);
    // The last face of a topic is who wrote last.
    let mine_last = format!(r#"%"{}"]"#, person.0);
    let found = match filter {
        TopicFilter::Mine => tx.list(&MINE, &[one, two, three, limit.into()], row),
        TopicFilter::Unread => tx.list(&UNREAD, &[one, two, three, limit.into()], row),
        TopicFilter::Waiting => tx.list(
            &WAITING,
            &[one, two, three, (&mine_last).into(), limit.into()],
            row,
        ),
        TopicFilter::All | TopicFilter::Open | TopicFilter::Resolved | TopicFilter::Decided => {
            let state = filter.state().map_or("", |state| state.as_str());
            tx.list(&ALL, &[one, two, three, state.into(), limit.into()], row)
        }
    }?;
    let mut counts = list_counts(tx, person, &found)?;
    Ok(found
        .into_iter()
        .map(|(topic, following)| TopicRow {
            counts: counts.remove(&topic.id).unwrap_or_default(),
            topic,
            following,
        })
        .collect())
}

fn list_counts(
    tx: &mut dyn Tx,
    person: PersonId,
    found: &[(Topic, bool)],
) -> Result<HashMap<TopicId, Counts>> {
    let statement: &'static Sql = &COUNTS;
    let ids = id_list(tx, found.iter().map(|(topic, _)| topic.id.0));
    let args = [person.into(), super::NIL.into(), ids.as_str().into()];
    let counts = tx.list(statement, &args, |row| {
        let counts = Counts {
            read_seq: row.get::<Seq>(1)?,
            n_unread: row.get(2)?,
            n_mentions: row.get(3)?,
        };
        Ok((row.get::<TopicId>(0)?, counts))
    })?;
    Ok(counts.into_iter().collect())
}
