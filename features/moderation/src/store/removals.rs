//! Traces of removals, which `messages` writes.

use base::{ChannelId, MessageId, PersonId, Timestamp, TopicId};
use platform::{
    db::{Error, Result, Tx},
    journal::id_list,
};
use spaces::{ChannelKind, ModeratedChannels};
use uuid::Uuid;

platform::sql! {
    /// $1: 1 for every channel, else those of the list; the nil id stands for no channel, and for the first page.
    LIST = {
        sqlite: "select r.message_id, r.channel_id, c.kind, m.topic_id, r.author_id, r.removed_by, r.at, r.reason \
            from message_removal r \
            join channel c on c.id = r.channel_id \
            join message m on m.id = r.message_id \
            where ($1 = 1 or r.channel_id in (select unhex(value) from json_each($2))) \
            and (r.channel_id = $3 or $3 = $5) \
            and ($4 = $5 or (r.at, r.message_id) < (select b.at, b.message_id from message_removal b where b.message_id = $4)) \
            order by r.at desc, r.message_id desc \
            limit $6",
        postgres: "select r.message_id, r.channel_id, c.kind, m.topic_id, r.author_id, r.removed_by, r.at, r.reason \
            from message_removal r \
            join channel c on c.id = r.channel_id \
            join message m on m.id = r.message_id \
            where ($1 = 1 or r.channel_id in (select value::uuid from json_array_elements_text(cast($2 as text)::json))) \
            and (r.channel_id = $3 or $3 = $5) \
            and ($4 = $5 or (r.at, r.message_id) < (select b.at, b.message_id from message_removal b where b.message_id = $4)) \
            order by r.at desc, r.message_id desc \
            limit $6"
    };
}

/// A removal as a row.
#[derive(Debug)]
pub(crate) struct RemovalRow {
    pub message: MessageId,
    pub place: (ChannelId, ChannelKind),
    pub topic: Option<TopicId>,
    pub author: PersonId,
    pub removed_by: PersonId,
    pub at: Timestamp,
    pub reason: Option<String>,
}

/// Up to `limit` removals in the channels of the proof, or in one of them, the newest first.
pub(crate) fn list(
    tx: &mut dyn Tx,
    of: &ModeratedChannels,
    channel: Option<ChannelId>,
    before: Option<MessageId>,
    limit: i64,
) -> Result<Vec<RemovalRow>> {
    let managed = id_list(tx, of.managed().map(|id| id.0));
    let args = [
        of.is_everywhere().into(),
        managed.as_str().into(),
        channel.map_or(Uuid::nil(), |id| id.0).into(),
        before.map_or(Uuid::nil(), |id| id.0).into(),
        Uuid::nil().into(),
        limit.into(),
    ];
    tx.list(&LIST, &args, |row| {
        let kind: String = row.get(2)?;
        Ok(RemovalRow {
            message: row.get(0)?,
            place: (row.get(1)?, ChannelKind::parse(&kind).ok_or(Error::NoRow)?),
            topic: row.get_optional(3)?,
            author: row.get(4)?,
            removed_by: row.get(5)?,
            at: row.get(6)?,
            reason: row.get_optional(7)?,
        })
    })
}
