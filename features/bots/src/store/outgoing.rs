//! Doors out of channels, and what is on its way through them.

use crate::{
    model::{LOG_MAX, Outcome},
    wire::{Delivery, DeliveryState},
};
use base::{ChannelId, DeliveryId, HookId, PersonId, Seq, Timestamp};
use platform::db::{Error, Result, Row, Tx};

platform::sql! {
    CREATE = "insert into outgoing_hook (id, channel_id, name, url, secret, events, created_by, created_at, leased_until) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, 0)";
    COUNT = "select count(*) from outgoing_hook where channel_id = $1";
    LIST = "select id, channel_id, name, url, secret, events, created_by, created_at, failing_since, disabled_at, \
            disabled_why, (select count(*) from hook_delivery where hook_id = outgoing_hook.id and state = 'waiting') \
        from outgoing_hook \
        where channel_id = $1 \
        order by created_at, id";
    FIND = "select id, channel_id, name, url, secret, events, created_by, created_at, failing_since, disabled_at, \
            disabled_why, (select count(*) from hook_delivery where hook_id = outgoing_hook.id and state = 'waiting') \
        from outgoing_hook \
        where channel_id = $1 and id = $2";
    CHANGE = "update outgoing_hook set name = $2, url = $3, events = $4, created_by = $5 where id = $1";
    ENABLE = "update outgoing_hook set disabled_at = null, disabled_why = null, failing_since = null where id = $1";
    DISABLE = "update outgoing_hook set disabled_at = $2, disabled_why = $3, due_at = null where id = $1";
    DROP_WAITING = "delete from hook_delivery where hook_id = $1 and state = 'waiting'";
    MADE_BY = "select id from outgoing_hook where created_by = $1";
    REMOVE_DELIVERIES = "delete from hook_delivery where hook_id = $1";
    REMOVE = "delete from outgoing_hook where id = $1";

    LISTENING = "select outgoing_hook.id, outgoing_hook.events, \
            (select count(*) from hook_delivery where hook_id = outgoing_hook.id and state = 'waiting') \
        from outgoing_hook \
        where outgoing_hook.channel_id = $1 and outgoing_hook.disabled_at is null \
        and not exists (select 1 from person where person.id = $2 and person.bot_of is not null)";
    ENQUEUE = "insert into hook_delivery (id, hook_id, seq, kind, at, state, n_attempts) \
        values ($1, $2, $3, $4, $5, 'waiting', 0)";
    MAKE_DUE = "update outgoing_hook set due_at = coalesce(due_at, $2) where id = $1 and disabled_at is null";
    MAKE_DUE_NOW = "update outgoing_hook set due_at = $2, leased_until = 0 where id = $1 and disabled_at is null";

    LEASE_DUE = {
        sqlite: "update outgoing_hook set leased_until = $2 \
            where id in (select id from outgoing_hook where due_at <= $1 and leased_until <= $1 order by due_at limit $3) \
            returning id, channel_id, name, url, secret, events, created_by, created_at, failing_since, disabled_at, \
                disabled_why, 0",
        postgres: "update outgoing_hook set leased_until = $2 \
            where id in (select id from outgoing_hook where due_at <= $1 and leased_until <= $1 order by due_at limit $3 \
                for update skip locked) \
            returning id, channel_id, name, url, secret, events, created_by, created_at, failing_since, disabled_at, \
                disabled_why, cast(0 as bigint)"
    };
    COUNT_DUE = "select count(*) from outgoing_hook where due_at <= $1 and leased_until <= $1";
    OLDEST = "select id, kind, seq, at, state, n_attempts, status, duration_ms, error, tried_at \
        from hook_delivery \
        where hook_id = $1 and state = 'waiting' \
        order by seq \
        limit 1";
    DELIVERIES = "select id, kind, seq, at, state, n_attempts, status, duration_ms, error, tried_at \
        from hook_delivery \
        where hook_id = $1 \
        order by seq desc \
        limit $2";
    TRIED = "update hook_delivery \
        set state = $2, n_attempts = n_attempts + 1, status = $3, duration_ms = $4, error = $5, tried_at = $6 \
        where id = $1 and state = 'waiting'";
    SETTLE = "update outgoing_hook set due_at = $2, leased_until = 0, failing_since = $3 \
        where id = $1 and disabled_at is null";
    AGAIN = "update hook_delivery set state = 'waiting', n_attempts = 0 \
        where hook_id = $1 and id = $2 and state <> 'waiting'";
    PRUNE = "delete from hook_delivery \
        where hook_id = $1 and state <> 'waiting' and id not in (select id from hook_delivery \
            where hook_id = $1 and state <> 'waiting' order by seq desc limit $2)";
}

/// A hook as a row.
#[derive(Debug, Clone)]
pub struct OutgoingRow {
    pub id: HookId,
    pub channel: ChannelId,
    pub name: String,
    pub url: String,
    pub secret: String,
    /// Kinds of events, with spaces.
    pub events: String,
    pub created_by: PersonId,
    pub created_at: Timestamp,
    pub failing_since: Option<Timestamp>,
    pub disabled_at: Option<Timestamp>,
    pub disabled_why: Option<String>,
    pub n_waiting: i64,
}

pub fn create(tx: &mut dyn Tx, hook: &OutgoingRow) -> Result<()> {
    let args = [
        hook.id.into(),
        hook.channel.into(),
        (&hook.name).into(),
        (&hook.url).into(),
        (&hook.secret).into(),
        (&hook.events).into(),
        hook.created_by.into(),
        hook.created_at.into(),
    ];
    tx.exec(&CREATE, &args).map(drop)
}

pub fn count(tx: &mut dyn Tx, channel: ChannelId) -> Result<i64> {
    tx.one(&COUNT, &[channel.into()], |row| row.get(0))
}

pub fn list(tx: &mut dyn Tx, channel: ChannelId) -> Result<Vec<OutgoingRow>> {
    tx.list(&LIST, &[channel.into()], read)
}

pub fn find(tx: &mut dyn Tx, channel: ChannelId, id: HookId) -> Result<Option<OutgoingRow>> {
    tx.find(&FIND, &[channel.into(), id.into()], read)
}

pub fn change(tx: &mut dyn Tx, hook: &OutgoingRow) -> Result<()> {
    let args = [
        hook.id.into(),
        (&hook.name).into(),
        (&hook.url).into(),
        (&hook.events).into(),
        hook.created_by.into(),
    ];
    tx.exec(&CHANGE, &args).map(drop)
}

pub fn enable(tx: &mut dyn Tx, id: HookId) -> Result<()> {
    tx.exec(&ENABLE, &[id.into()]).map(drop)
}

/// Switches it off. What waits is gone: nobody wants to hear next month what happened today.
pub fn disable(tx: &mut dyn Tx, id: HookId, now: Timestamp, why: Option<&str>) -> Result<()> {
    tx.exec(&DISABLE, &[id.into(), now.into(), why.into()])?;
    tx.exec(&DROP_WAITING, &[id.into()]).map(drop)
}

/// The hooks that a person made, or answers for.
pub fn list_made_by(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<HookId>> {
    tx.list(&MADE_BY, &[person.into()], |row| row.get(0))
}

pub fn remove(tx: &mut dyn Tx, id: HookId) -> Result<()> {
    tx.exec(&REMOVE_DELIVERIES, &[id.into()])?;
    tx.exec(&REMOVE, &[id.into()]).map(drop)
}

/// A hook of a channel that may want to hear something.
pub struct Listening {
    pub id: HookId,
    pub events: String,
    pub n_waiting: i64,
}

/// The hooks of a channel that are on; none when a bot did it.
pub fn list_listening(
    tx: &mut dyn Tx,
    channel: ChannelId,
    actor: Option<PersonId>,
) -> Result<Vec<Listening>> {
    tx.list(&LISTENING, &[channel.into(), actor.into()], |row| {
        Ok(Listening {
            id: row.get(0)?,
            events: row.get(1)?,
            n_waiting: row.get(2)?,
        })
    })
}

/// Puts an event into the queue of a hook.
pub fn enqueue(tx: &mut dyn Tx, hook: HookId, kind: &str, seq: Seq, at: Timestamp) -> Result<()> {
    let args = [
        DeliveryId::random().into(),
        hook.into(),
        seq.into(),
        kind.into(),
        at.into(),
    ];
    tx.exec(&ENQUEUE, &args)?;
    tx.exec(&MAKE_DUE, &[hook.into(), at.into()]).map(drop)
}

/// Takes hooks whose turn it is, under a lease.
pub fn lease_due(tx: &mut dyn Tx, now: Timestamp, until: Timestamp, limit: i64) -> Result<Vec<OutgoingRow>> {
    tx.list(&LEASE_DUE, &[now.into(), until.into(), limit.into()], read)
}

/// How many [`lease_due`] would find.
pub fn n_due(tx: &mut dyn Tx, now: Timestamp) -> Result<i64> {
    tx.one(&COUNT_DUE, &[now.into()], |row| row.get(0))
}

/// What a hook sends next.
pub fn find_oldest(tx: &mut dyn Tx, hook: HookId) -> Result<Option<Delivery>> {
    tx.find(&OLDEST, &[hook.into()], delivery)
}

pub fn list_deliveries(tx: &mut dyn Tx, hook: HookId) -> Result<Vec<Delivery>> {
    tx.list(&DELIVERIES, &[hook.into(), LOG_MAX.into()], delivery)
}

/// Notes an attempt.
pub fn tried(
    tx: &mut dyn Tx,
    id: DeliveryId,
    state: &str,
    (outcome, duration_ms): (&Outcome, i64),
    now: Timestamp,
) -> Result<()> {
    let why = outcome.why();
    let args = [
        id.into(),
        state.into(),
        outcome.status().into(),
        duration_ms.into(),
        why.as_deref().into(),
        now.into(),
    ];
    tx.exec(&TRIED, &args).map(drop)
}

/// Gives a hook back: when it has its next turn, and since when it fails.
pub fn settle(
    tx: &mut dyn Tx,
    id: HookId,
    due_at: Option<Timestamp>,
    failing_since: Option<Timestamp>,
) -> Result<()> {
    tx.exec(&SETTLE, &[id.into(), due_at.into(), failing_since.into()])?;
    tx.exec(&PRUNE, &[id.into(), LOG_MAX.into()]).map(drop)
}

/// Puts something from the log into the queue again, for now. False when it is not in the log.
pub fn again(tx: &mut dyn Tx, hook: HookId, delivery: DeliveryId, now: Timestamp) -> Result<bool> {
    let found = tx.exec(&AGAIN, &[hook.into(), delivery.into()])? == 1;
    if found {
        tx.exec(&MAKE_DUE_NOW, &[hook.into(), now.into()])?;
    }
    Ok(found)
}

fn read(row: &dyn Row) -> Result<OutgoingRow> {
    Ok(OutgoingRow {
        id: row.get(0)?,
        channel: row.get(1)?,
        name: row.get(2)?,
        url: row.get(3)?,
        secret: row.get(4)?,
        events: row.get(5)?,
        created_by: row.get(6)?,
        created_at: row.get(7)?,
        failing_since: row.get_optional(8)?,
        disabled_at: row.get_optional(9)?,
        disabled_why: row.get_optional(10)?,
        n_waiting: row.get(11)?,
    })
}

fn delivery(row: &dyn Row) -> Result<Delivery> {
    Ok(Delivery {
        id: row.get(0)?,
        kind: row.get(1)?,
        seq: row.get(2)?,
        at: row.get(3)?,
        state: row
            .text(4)?
            .and_then(DeliveryState::parse)
            .ok_or(Error::Column(4))?,
        n_attempts: row.get(5)?,
        status: row.get_optional(6)?,
        duration_ms: row.get_optional(7)?,
        error: row.get_optional(8)?,
        tried_at: row.get_optional(9)?,
    })
}
