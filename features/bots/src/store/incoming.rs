//! Doors into channels.

use accounts::TokenHash;
use base::{ChannelId, HookId, PersonId, Timestamp, TopicId};
use platform::db::{Result, Row, Tx};

platform::sql! {
    CREATE = "insert into incoming_hook (id, channel_id, topic_id, bot_id, secret_hash, created_by, created_at) \
        values ($1, $2, $3, $4, $5, $6, $7)";
    COUNT = "select count(*) from incoming_hook where channel_id = $1";
    LIST = "select id, channel_id, topic_id, bot_id, created_by, created_at, used_at, refusal \
        from incoming_hook \
        where channel_id = $1 \
        order by created_at, id";
    BY_SECRET = "select id, channel_id, topic_id, bot_id, created_by, created_at, used_at, refusal \
        from incoming_hook \
        where secret_hash = $1";
    NOTE = "update incoming_hook set used_at = $2, refusal = $3 where id = $1";
    MADE_BY = "select channel_id, id from incoming_hook where created_by = $1";
    REMOVE = "delete from incoming_hook where channel_id = $1 and id = $2 returning bot_id";
}

/// A hook as a row.
#[derive(Debug, Clone)]
pub struct IncomingRow {
    pub id: HookId,
    pub channel: ChannelId,
    pub topic: Option<TopicId>,
    pub bot: PersonId,
    pub created_by: PersonId,
    pub created_at: Timestamp,
    pub used_at: Option<Timestamp>,
    pub refusal: Option<String>,
}

pub fn create(tx: &mut dyn Tx, hook: &IncomingRow, secret: &TokenHash) -> Result<()> {
    let args = [
        hook.id.into(),
        hook.channel.into(),
        hook.topic.into(),
        hook.bot.into(),
        secret.as_slice().into(),
        hook.created_by.into(),
        hook.created_at.into(),
    ];
    tx.exec(&CREATE, &args).map(drop)
}

pub fn count(tx: &mut dyn Tx, channel: ChannelId) -> Result<i64> {
    tx.one(&COUNT, &[channel.into()], |row| row.get(0))
}

pub fn list(tx: &mut dyn Tx, channel: ChannelId) -> Result<Vec<IncomingRow>> {
    tx.list(&LIST, &[channel.into()], read)
}

pub fn find_by_secret(tx: &mut dyn Tx, secret: &TokenHash) -> Result<Option<IncomingRow>> {
    tx.find(&BY_SECRET, &[secret.as_slice().into()], read)
}

/// Notes how the last message fared.
pub fn note(tx: &mut dyn Tx, id: HookId, used_at: Option<Timestamp>, refusal: Option<&str>) -> Result<()> {
    tx.exec(&NOTE, &[id.into(), used_at.into(), refusal.into()])
        .map(drop)
}

/// The hooks that a person made, each with its channel.
pub fn list_made_by(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<(ChannelId, HookId)>> {
    tx.list(&MADE_BY, &[person.into()], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Takes it away and says which bot spoke for it; None when there is no such hook in the channel.
pub fn remove(tx: &mut dyn Tx, channel: ChannelId, id: HookId) -> Result<Option<PersonId>> {
    tx.find(&REMOVE, &[channel.into(), id.into()], |row| row.get(0))
}

fn read(row: &dyn Row) -> Result<IncomingRow> {
    Ok(IncomingRow {
        id: row.get(0)?,
        channel: row.get(1)?,
        topic: row.get_optional(2)?,
        bot: row.get(3)?,
        created_by: row.get(4)?,
        created_at: row.get(5)?,
        used_at: row.get_optional(6)?,
        refusal: row.get_optional(7)?,
    })
}
