//! All SQL of office hours.

use crate::wire::{Office, OfficePlace, OpenOffice};
use base::{ChannelId, LiveId, MessageId, OfficeId, PersonId, Seq, Timestamp};
use platform::db::{Result, Row, Tx};

platform::sql! {
    GET = "select o.id, o.channel_id, o.message_id, o.host_id, o.minutes, o.opened_at, o.until_at, o.later_at, o.ended_at, \
        (select count(*) from office_place p where p.office_id = o.id and p.called_at is null), \
        (select count(*) from office_place p where p.office_id = o.id and p.called_at is not null) \
        from office_hours o where o.id = $1";
    SEQ = "select m.seq from office_hours o join message m on m.id = o.message_id where o.id = $1";
    OPEN_OF = "select id from office_hours where channel_id = $1 and host_id = $2 and ended_at is null";
    OF_MESSAGE = "select id from office_hours where message_id = $1";
    OF_HOST = "select id from office_hours where host_id = $1 and ended_at is null";
    INSERT = "insert into office_hours (id, channel_id, message_id, host_id, minutes, opened_at, until_at) \
        values ($1, $2, $3, $4, $5, $6, $7)";
    SET_LATER = "update office_hours set later_at = $2 where id = $1";
    END = "update office_hours set ended_at = $2, later_at = null where id = $1 and ended_at is null";
    PLACES = "select person_id, about, tells, promised_at, was_at, n_missed, called_at, arrived_at, live_id, live_channel_id, \
        idx, was_told_next from office_place where office_id = $1 \
        order by case when called_at is null then 1 else 0 end, idx limit 60";
    OF_LIVE = "select office_id, person_id from office_place where live_id = $1";
    OF_PERSON = "select office_id from office_place where person_id = $1";
    LAST_IDX = "select coalesce(max(idx), 0) from office_place where office_id = $1";
    TAKE = "insert into office_place (office_id, person_id, idx, about, tells, taken_at, promised_at, n_missed, was_told_next) \
        values ($1, $2, $3, $4, $5, $6, $7, 0, 0)";
    CHANGE = "update office_place set about = $3, tells = $4 where office_id = $1 and person_id = $2";
    PROMISE = "update office_place set was_at = promised_at, promised_at = $3 where office_id = $1 and person_id = $2";
    SET_NEXT = "update office_place set was_told_next = 1 where office_id = $1 and person_id = $2";
    SET_IDX = "update office_place set idx = $3 where office_id = $1 and person_id = $2";
    CALL = "update office_place set called_at = $3, live_id = $4, live_channel_id = $5, arrived_at = null \
        where office_id = $1 and person_id = $2";
    ARRIVE = "update office_place set arrived_at = $3 where office_id = $1 and person_id = $2 and arrived_at is null";
    MISS = "update office_place set called_at = null, live_id = null, live_channel_id = null, n_missed = n_missed + 1 \
        where office_id = $1 and person_id = $2";
    LEAVE = "delete from office_place where office_id = $1 and person_id = $2";
    FORGET_PLACES = "delete from office_place where office_id = $1";
    FORGET = "delete from office_hours where id = $1";
}

/// Office hours as they stand.
pub(crate) fn find(tx: &mut dyn Tx, id: OfficeId) -> Result<Option<Office>> {
    tx.find(&GET, &[id.into()], |row| {
        Ok(Office {
            id: row.get(0)?,
            channel_id: row.get(1)?,
            message_id: row.get(2)?,
            host_id: row.get(3)?,
            minutes: row.get(4)?,
            opened_at: row.get(5)?,
            until_at: row.get(6)?,
            later_at: row.get_optional(7)?,
            ended_at: row.get_optional(8)?,
            n_waiting: row.get(9)?,
            is_busy: row.get::<i64>(10)? > 0,
        })
    })
}

/// The place of its message.
pub(crate) fn get_seq(tx: &mut dyn Tx, id: OfficeId) -> Result<Seq> {
    tx.one(&SEQ, &[id.into()], |row| row.get(0))
}

/// Those that this person holds in this channel now.
pub(crate) fn find_open_of(tx: &mut dyn Tx, channel: ChannelId, host: PersonId) -> Result<Option<OfficeId>> {
    tx.find(&OPEN_OF, &[channel.into(), host.into()], |row| row.get(0))
}

pub(crate) fn find_of_message(tx: &mut dyn Tx, message: MessageId) -> Result<Option<OfficeId>> {
    tx.find(&OF_MESSAGE, &[message.into()], |row| row.get(0))
}

/// Those that this person holds anywhere now.
pub(crate) fn list_of_host(tx: &mut dyn Tx, host: PersonId) -> Result<Vec<OfficeId>> {
    tx.list(&OF_HOST, &[host.into()], |row| row.get(0))
}

pub(crate) fn insert(
    tx: &mut dyn Tx,
    (channel, host): (ChannelId, PersonId),
    new: &OpenOffice,
    now: Timestamp,
) -> Result<()> {
    let args = [
        new.id.into(),
        channel.into(),
        new.message_id.into(),
        host.into(),
        i64::from(new.minutes).into(),
        now.into(),
        new.until_at.into(),
    ];
    tx.exec(&INSERT, &args).map(drop)
}

pub(crate) fn set_later(tx: &mut dyn Tx, id: OfficeId, at: Option<Timestamp>) -> Result<()> {
    tx.exec(&SET_LATER, &[id.into(), at.into()]).map(drop)
}

/// Whether they were open before.
pub(crate) fn end(tx: &mut dyn Tx, id: OfficeId, now: Timestamp) -> Result<bool> {
    Ok(tx.exec(&END, &[id.into(), now.into()])? > 0)
}

/// A place with what is not told of it.
#[derive(Debug, Clone)]
pub(crate) struct PlaceRow {
    pub place: OfficePlace,
    pub idx: i64,
    pub was_told_next: bool,
}

/// Who is called or inside, and then who waits, in order.
pub(crate) fn list_places(tx: &mut dyn Tx, office: &Office) -> Result<Vec<PlaceRow>> {
    let mut rows = tx.list(&PLACES, &[office.id.into()], |row| place(office, row))?;
    let mut position = 0;
    for row in &mut rows {
        if row.place.called_at.is_none() {
            position += 1;
            row.place.position = position;
        }
    }
    Ok(rows)
}

fn place(office: &Office, row: &dyn Row) -> Result<PlaceRow> {
    let promised_at: Timestamp = row.get(3)?;
    Ok(PlaceRow {
        place: OfficePlace {
            person_id: row.get(0)?,
            about: row.get(1)?,
            tells: row.get(2)?,
            position: 0,
            promised_at,
            was_at: row.get_optional(4)?,
            is_after_end: promised_at >= office.until_at,
            n_missed: row.get(5)?,
            called_at: row.get_optional(6)?,
            arrived_at: row.get_optional(7)?,
            live_id: row.get_optional(8)?,
            live_channel_id: row.get_optional(9)?,
        },
        idx: row.get(10)?,
        was_told_next: row.get(11)?,
    })
}

/// Who is called to this session.
pub(crate) fn find_of_live(tx: &mut dyn Tx, live: LiveId) -> Result<Option<(OfficeId, PersonId)>> {
    tx.find(&OF_LIVE, &[live.into()], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Where somebody has a place.
pub(crate) fn list_of_person(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<OfficeId>> {
    tx.list(&OF_PERSON, &[person.into()], |row| row.get(0))
}

/// The last place.
pub(crate) fn take(
    tx: &mut dyn Tx,
    (id, person): (OfficeId, PersonId),
    (about, tells): (&str, bool),
    (promised, now): (Timestamp, Timestamp),
) -> Result<()> {
    let last: i64 = tx.one(&LAST_IDX, &[id.into()], |row| row.get(0))?;
    let args = [
        id.into(),
        person.into(),
        (last + 1).into(),
        about.into(),
        tells.into(),
        now.into(),
        promised.into(),
    ];
    tx.exec(&TAKE, &args).map(drop)
}

pub(crate) fn change(
    tx: &mut dyn Tx,
    (id, person): (OfficeId, PersonId),
    (about, tells): (&str, bool),
) -> Result<()> {
    tx.exec(&CHANGE, &[id.into(), person.into(), about.into(), tells.into()])
        .map(drop)
}

pub(crate) fn promise(tx: &mut dyn Tx, (id, person): (OfficeId, PersonId), at: Timestamp) -> Result<()> {
    tx.exec(&PROMISE, &[id.into(), person.into(), at.into()])
        .map(drop)
}

pub(crate) fn set_told_next(tx: &mut dyn Tx, (id, person): (OfficeId, PersonId)) -> Result<()> {
    tx.exec(&SET_NEXT, &[id.into(), person.into()]).map(drop)
}

pub(crate) fn set_idx(tx: &mut dyn Tx, (id, person): (OfficeId, PersonId), idx: i64) -> Result<()> {
    tx.exec(&SET_IDX, &[id.into(), person.into(), idx.into()])
        .map(drop)
}

pub(crate) fn call(
    tx: &mut dyn Tx,
    (id, person): (OfficeId, PersonId),
    (live, channel): (LiveId, ChannelId),
    now: Timestamp,
) -> Result<()> {
    let args = [id.into(), person.into(), now.into(), live.into(), channel.into()];
    tx.exec(&CALL, &args).map(drop)
}

/// Whether they were not there before.
pub(crate) fn arrive(tx: &mut dyn Tx, (id, person): (OfficeId, PersonId), now: Timestamp) -> Result<bool> {
    Ok(tx.exec(&ARRIVE, &[id.into(), person.into(), now.into()])? > 0)
}

pub(crate) fn miss(tx: &mut dyn Tx, (id, person): (OfficeId, PersonId)) -> Result<()> {
    tx.exec(&MISS, &[id.into(), person.into()]).map(drop)
}

/// Whether they had a place.
pub(crate) fn leave(tx: &mut dyn Tx, (id, person): (OfficeId, PersonId)) -> Result<bool> {
    Ok(tx.exec(&LEAVE, &[id.into(), person.into()])? > 0)
}

/// Nobody has a place any more.
pub(crate) fn clear(tx: &mut dyn Tx, id: OfficeId) -> Result<()> {
    tx.exec(&FORGET_PLACES, &[id.into()]).map(drop)
}

pub(crate) fn forget(tx: &mut dyn Tx, id: OfficeId) -> Result<()> {
    clear(tx, id)?;
    tx.exec(&FORGET, &[id.into()]).map(drop)
}
