//! What a channel has pinned and what a person keeps for later.

use base::{ChannelId, MessageId, PersonId, Seq, Timestamp};
use platform::db::{Result, Row, Tx};
use std::collections::HashSet;

platform::sql! {
    PIN = "insert into pin (channel_id, seq, person_id, at) values ($1, $2, $3, $4) on conflict (channel_id, seq) do nothing";
    UNPIN = "delete from pin where channel_id = $1 and seq = $2";
    COUNT_PINS = "select count(*) from pin where channel_id = $1";
    PINS = "select x.id, p.person_id, p.at from pin p \
        join message x on x.channel_id = p.channel_id and x.seq = p.seq \
        where p.channel_id = $1 \
        order by p.at desc, p.seq desc";
    PINNED_BETWEEN = "select seq from pin where channel_id = $1 and seq between $2 and $3";
    SAVE = "insert into saved_message (person_id, channel_id, seq, at) values ($1, $2, $3, $4) \
        on conflict (person_id, channel_id, seq) do nothing";
    UNSAVE = "delete from saved_message where person_id = $1 and channel_id = $2 and seq = $3";
    UNSAVE_ALL = "delete from saved_message where channel_id = $1 and seq = $2";
    COUNT_SAVED = "select count(*) from saved_message where person_id = $1";
    SAVED = "select s.channel_id, x.id, s.at from saved_message s \
        join channel_member m on m.channel_id = s.channel_id and m.person_id = s.person_id \
        join message x on x.channel_id = s.channel_id and x.seq = s.seq \
        where s.person_id = $1 and s.at < $2 \
        order by s.at desc \
        limit $3";
    SAVED_BETWEEN = "select seq from saved_message where person_id = $1 and channel_id = $2 and seq between $3 and $4";
}

/// A pinned message.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PinRow {
    pub message: MessageId,
    pub by: PersonId,
    pub at: Timestamp,
}

/// A message that somebody keeps for later.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SavedRow {
    pub channel: ChannelId,
    pub message: MessageId,
    pub at: Timestamp,
}

/// True when it was not pinned before.
pub(crate) fn pin(
    tx: &mut dyn Tx,
    channel: ChannelId,
    seq: Seq,
    by: PersonId,
    now: Timestamp,
) -> Result<bool> {
    Ok(tx.exec(&PIN, &[channel.into(), seq.into(), by.into(), now.into()])? == 1)
}

/// True when it was pinned.
pub(crate) fn unpin(tx: &mut dyn Tx, channel: ChannelId, seq: Seq) -> Result<bool> {
    Ok(tx.exec(&UNPIN, &[channel.into(), seq.into()])? == 1)
}

pub(crate) fn count_pins(tx: &mut dyn Tx, channel: ChannelId) -> Result<i64> {
    tx.one(&COUNT_PINS, &[channel.into()], |row| row.get(0))
}

/// The pinned messages of a channel, the newest pin first.
pub(crate) fn list_pins(tx: &mut dyn Tx, channel: ChannelId) -> Result<Vec<PinRow>> {
    tx.list(&PINS, &[channel.into()], |row: &dyn Row| {
        Ok(PinRow {
            message: row.get(0)?,
            by: row.get(1)?,
            at: row.get(2)?,
        })
    })
}

/// The places of pinned messages in a stretch, both ends included.
pub(crate) fn pinned_between(
    tx: &mut dyn Tx,
    channel: ChannelId,
    (from, to): (Seq, Seq),
) -> Result<HashSet<Seq>> {
    let places = tx.list(
        &PINNED_BETWEEN,
        &[channel.into(), from.into(), to.into()],
        |row| row.get(0),
    )?;
    Ok(places.into_iter().collect())
}

/// True when it was not kept before.
pub(crate) fn save(
    tx: &mut dyn Tx,
    person: PersonId,
    channel: ChannelId,
    seq: Seq,
    now: Timestamp,
) -> Result<bool> {
    Ok(tx.exec(&SAVE, &[person.into(), channel.into(), seq.into(), now.into()])? == 1)
}

/// True when it was kept.
pub(crate) fn unsave(tx: &mut dyn Tx, person: PersonId, channel: ChannelId, seq: Seq) -> Result<bool> {
    Ok(tx.exec(&UNSAVE, &[person.into(), channel.into(), seq.into()])? == 1)
}

/// Nobody keeps it any more and it is pinned nowhere.
pub(crate) fn forget(tx: &mut dyn Tx, channel: ChannelId, seq: Seq) -> Result<()> {
    tx.exec(&UNSAVE_ALL, &[channel.into(), seq.into()])?;
    tx.exec(&UNPIN, &[channel.into(), seq.into()]).map(|_| ())
}

pub(crate) fn count_saved(tx: &mut dyn Tx, person: PersonId) -> Result<i64> {
    tx.one(&COUNT_SAVED, &[person.into()], |row| row.get(0))
}

/// What a person keeps from channels of which they still are a member, the newest first, before a time.
pub(crate) fn list_saved(
    tx: &mut dyn Tx,
    person: PersonId,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<SavedRow>> {
    tx.list(
        &SAVED,
        &[person.into(), before.into(), limit.into()],
        |row: &dyn Row| {
            Ok(SavedRow {
                channel: row.get(0)?,
                message: row.get(1)?,
                at: row.get(2)?,
            })
        },
    )
}

/// The places of kept messages in a stretch, both ends included.
pub(crate) fn saved_between(
    tx: &mut dyn Tx,
    person: PersonId,
    channel: ChannelId,
    (from, to): (Seq, Seq),
) -> Result<HashSet<Seq>> {
    let args = [person.into(), channel.into(), from.into(), to.into()];
    let places = tx.list(&SAVED_BETWEEN, &args, |row| row.get(0))?;
    Ok(places.into_iter().collect())
}
