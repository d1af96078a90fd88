//! SQL of retention.

use super::{ChannelRetention, Hold, NewHold, Place, RetentionRule};
use base::{ChannelId, MessageId, PersonId, Seq, SpaceId, Timestamp};
use platform::db::{Error, Result, Tx};
use spaces::{ChannelKind, audit_name};
use uuid::Uuid;

/// Places in the log that one look goes over.
pub(super) const STRETCH: i64 = 2000;

platform::sql! {
    DEEDS = "select action from audit_entry where action like 'retention.%' order by at, id";
    FIND_RULE = "select days, keep_marked from retention_rule where place_id = $1";
    PUT_RULE = "insert into retention_rule (place_id, days, keep_marked) values ($1, $2, $3) \
        on conflict (place_id) do update set days = excluded.days, keep_marked = excluded.keep_marked";
    DROP_RULE = "delete from retention_rule where place_id = $1";
    RULES = "select place_id, days, keep_marked from retention_rule order by place_id limit 8000";
    SPACE_NAME = "select name from space where id = $1";
    HAS_ANY = "select place_id from retention_rule where days is not null limit 1";
    OF_CHANNEL = "select case when own.place_id is not null then own.days \
            when above.place_id is not null then above.days else top.days end, \
            coalesce(own.keep_marked, above.keep_marked, top.keep_marked, 0), \
            (select count(*) from hold h where h.subject_id = c.id) \
        from channel c \
        left join retention_rule own on own.place_id = c.id \
        left join retention_rule above on above.place_id = c.space_id \
        left join retention_rule top on top.place_id = $2 \
        where c.id = $1";
    CHANNELS = "select c.id from channel c \
        left join retention_rule own on own.place_id = c.id \
        left join retention_rule above on above.place_id = c.space_id \
        left join retention_rule top on top.place_id = $1 \
        where case when own.place_id is not null then own.days \
            when above.place_id is not null then above.days else top.days end is not null \
        and not exists (select 1 from hold h where h.subject_id = c.id) \
        and c.id > $2 \
        order by c.id limit $3";
    DUE = "select m.id, m.seq from message m \
        where m.channel_id = $1 and m.seq > $2 and m.seq <= $3 and m.at < $4 and m.gone = 0 \
        and (m.deleted_at is null or not exists (select 1 from topic t \
            where t.channel_id = m.channel_id and t.origin_seq = m.seq and t.gone = 0 and t.merged_into is null)) \
        and not exists (select 1 from hold h where h.subject_id = m.author_id) \
        and (cast($5 as bigint) = 0 or (\
            not exists (select 1 from pin p where p.channel_id = m.channel_id and p.seq = m.seq) \
            and not exists (select 1 from topic t where t.id = m.topic_id and t.state = 'decided') \
            and not exists (select 1 from topic t \
                where t.channel_id = m.channel_id and t.origin_seq = m.seq and t.state = 'decided'))) \
        order by m.seq limit $6";
    OLDER = "select max(seq) from (select seq from message \
        where channel_id = $1 and seq > $2 order by seq limit $3) stretch";
    COUNT_DUE = "select count(*), min(at) from (select m.at from channel c \
        left join retention_rule own on own.place_id = c.id \
        left join retention_rule above on above.place_id = c.space_id \
        join message m on m.channel_id = c.id \
        where (c.id = $1 \
            or (c.space_id = $1 and own.place_id is null) \
            or (cast($5 as bigint) = 1 and own.place_id is null and above.place_id is null)) \
        and m.at < $2 and m.deleted_at is null \
        and not exists (select 1 from hold h where h.subject_id = m.author_id or h.subject_id = c.id) \
        and (cast($3 as bigint) = 0 or (\
            not exists (select 1 from pin p where p.channel_id = m.channel_id and p.seq = m.seq) \
            and not exists (select 1 from topic t where t.id = m.topic_id and t.state = 'decided') \
            and not exists (select 1 from topic t \
                where t.channel_id = m.channel_id and t.origin_seq = m.seq and t.state = 'decided'))) \
        limit $4) due";
    COUNT_HOLDS = "select count(*) from hold";
    PUT_HOLD = "insert into hold (subject_id, kind, reason, created_by, created_at) values ($1, $2, $3, $4, $5) \
        on conflict (subject_id) do nothing";
    DROP_HOLD = "delete from hold where subject_id = $1";
    HOLDS = "select h.kind, h.subject_id, coalesce(p.name, c.name, ''), c.kind, h.reason, h.created_by, h.created_at, \
            (select count(*) from held_copy k where k.channel_id = h.subject_id or k.author_id = h.subject_id) \
        from hold h \
        left join person p on p.id = h.subject_id \
        left join channel c on c.id = h.subject_id \
        order by h.created_at desc, h.subject_id limit 500";
}

/// What the audit log was told, for tests.
#[cfg(test)]
pub(crate) fn list_deeds(tx: &mut dyn Tx) -> Result<Vec<String>> {
    tx.list(&DEEDS, &[], |row| row.get(0))
}

pub(super) fn find_rule(tx: &mut dyn Tx, place: Uuid) -> Result<Option<RetentionRule>> {
    tx.find(&FIND_RULE, &[place.into()], |row| {
        Ok(RetentionRule {
            place_id: place,
            days: row.get_optional(0)?,
            keep_marked: row.get(1)?,
        })
    })
}

pub(super) fn put_rule(tx: &mut dyn Tx, rule: &RetentionRule) -> Result<()> {
    let args = [rule.place_id.into(), rule.days.into(), rule.keep_marked.into()];
    tx.exec(&PUT_RULE, &args).map(drop)
}

pub(super) fn drop_rule(tx: &mut dyn Tx, place: Uuid) -> Result<()> {
    tx.exec(&DROP_RULE, &[place.into()]).map(drop)
}

pub(super) fn list_rules(tx: &mut dyn Tx) -> Result<Vec<RetentionRule>> {
    tx.list(&RULES, &[], |row| {
        Ok(RetentionRule {
            place_id: row.get(0)?,
            days: row.get_optional(1)?,
            keep_marked: row.get(2)?,
        })
    })
}

pub(super) fn find_space_name(tx: &mut dyn Tx, space: SpaceId) -> Result<Option<String>> {
    tx.find(&SPACE_NAME, &[space.into()], |row| row.get(0))
}

/// Whether any rule lets messages go.
pub(super) fn has_any(tx: &mut dyn Tx) -> Result<bool> {
    Ok(tx.find(&HAS_ANY, &[], |row| row.get::<Uuid>(0))?.is_some())
}

/// What counts in a channel.
pub(super) fn of_channel(
    tx: &mut dyn Tx,
    channel: ChannelId,
    workspace: Uuid,
) -> Result<Option<ChannelRetention>> {
    tx.find(&OF_CHANNEL, &[channel.into(), workspace.into()], |row| {
        Ok(ChannelRetention {
            days: row.get_optional(0)?,
            keep_marked: row.get(1)?,
            held: row.get::<i64>(2)? > 0,
        })
    })
}

/// Channels after this one in which messages go and nothing is held.
pub(super) fn list_channels(
    tx: &mut dyn Tx,
    workspace: Uuid,
    after: ChannelId,
    limit: i64,
) -> Result<Vec<ChannelId>> {
    tx.list(
        &CHANNELS,
        &[workspace.into(), after.into(), limit.into()],
        |row| row.get(0),
    )
}

/// Where the next stretch of a channel ends; None: there is nothing after `after`.
pub(super) fn find_end(tx: &mut dyn Tx, channel: ChannelId, after: Seq) -> Result<Option<Seq>> {
    tx.one(&OLDER, &[channel.into(), after.into(), STRETCH.into()], |row| {
        row.get_optional(0)
    })
}

/// What goes from a stretch, in order.
pub(super) fn list_due(
    tx: &mut dyn Tx,
    channel: ChannelId,
    (after, end): (Seq, Seq),
    (before, keep_marked): (Timestamp, bool),
    limit: i64,
) -> Result<Vec<(MessageId, Seq)>> {
    let args = [
        channel.into(),
        after.into(),
        end.into(),
        before.into(),
        keep_marked.into(),
        limit.into(),
    ];
    tx.list(&DUE, &args, |row| Ok((row.get(0)?, row.get(1)?)))
}

/// How many would go at once, at most one more than are counted, and when the oldest of them was said. A channel or space
/// with a rule of its own does not follow the place.
pub(super) fn count_due(
    tx: &mut dyn Tx,
    place: &Place,
    keep_marked: bool,
    before: Timestamp,
) -> Result<(i64, Option<Timestamp>)> {
    let limit = super::COUNTED_MAX + 1;
    let is_workspace = place.kind == "workspace";
    let args = [
        place.id.into(),
        before.into(),
        keep_marked.into(),
        limit.into(),
        is_workspace.into(),
    ];
    tx.one(&COUNT_DUE, &args, |row| Ok((row.get(0)?, row.get_optional(1)?)))
}

pub(super) fn count_holds(tx: &mut dyn Tx) -> Result<i64> {
    tx.one(&COUNT_HOLDS, &[], |row| row.get(0))
}

/// False when one stands there already.
pub(super) fn put_hold(
    tx: &mut dyn Tx,
    new: &NewHold,
    reason: &str,
    (by, now): (PersonId, Timestamp),
) -> Result<bool> {
    let args = [
        new.subject_id.into(),
        new.kind.as_str().into(),
        reason.into(),
        by.into(),
        now.into(),
    ];
    Ok(tx.exec(&PUT_HOLD, &args)? == 1)
}

pub(super) fn drop_hold(tx: &mut dyn Tx, subject: Uuid) -> Result<()> {
    tx.exec(&DROP_HOLD, &[subject.into()]).map(drop)
}

pub(super) fn list_holds(tx: &mut dyn Tx) -> Result<Vec<Hold>> {
    tx.list(&HOLDS, &[], |row| {
        let (name, channel_kind): (String, Option<String>) = (row.get(2)?, row.get_optional(3)?);
        let name = match channel_kind {
            None => name,
            Some(kind) => {
                let kind = ChannelKind::parse(&kind).ok_or(Error::Column(3))?;
                audit_name(kind, &name).to_owned()
            }
        };
        Ok(Hold {
            kind: row.get(0)?,
            subject_id: row.get(1)?,
            name,
            reason: row.get(4)?,
            created_by: row.get(5)?,
            created_at: row.get(6)?,
            n_copies: row.get(7)?,
        })
    })
}
