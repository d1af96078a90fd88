//! SQL of guest links and who came by them.

use base::{ChannelId, GuestLinkId, PersonId, ScopeId, Seq, Timestamp};
use platform::db::{Result, Row, Tx};

platform::sql! {
    INSERT = "insert into guest_link \
        (id, token_hash, channel_id, whole_history, max_guests, expires_at, created_by, created_at, may_upload) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    FIND = "select id, channel_id, whole_history, max_guests, expires_at, created_by, created_at, ended_at, may_upload \
        from guest_link where token_hash = $1";
    GET = "select id, channel_id, whole_history, max_guests, expires_at, created_by, created_at, ended_at, may_upload \
        from guest_link where id = $1";
    LIST = "select id, channel_id, whole_history, max_guests, expires_at, created_by, created_at, ended_at, may_upload \
        from guest_link where channel_id = $1 \
        order by created_at desc, id desc limit $2";
    COUNT_OPEN = "select count(*) from guest_link where channel_id = $1 and ended_at is null and expires_at > $2";
    EXTEND = "update guest_link set expires_at = $2 where id = $1";
    END = "update guest_link set ended_at = $2 where id = $1 and ended_at is null";
    LINK_OF_GUEST = "select guest_link_id from link_guest where person_id = $1";
    INSERT_GUEST = "insert into link_guest (person_id, guest_link_id, entered_at) values ($1, $2, $3)";
    /// Those who are still there.
    GUESTS = "select g.person_id from link_guest g \
        join person p on p.id = g.person_id \
        where g.guest_link_id = $1 and p.deactivated_at is null \
        order by g.entered_at, g.person_id";
    READ_FROM_NOW = "update channel_member set reads_after = joined_seq where channel_id = $1 and person_id = $2";
    FLOORS = "select channel_id, reads_after from channel_member where person_id = $1 and reads_after is not null";
}

/// A guest link as a row.
#[derive(Debug, Clone)]
pub(crate) struct GuestLinkRow {
    pub id: GuestLinkId,
    pub channel: ChannelId,
    pub whole_history: bool,
    pub may_upload: bool,
    pub max_guests: i64,
    pub expires_at: Timestamp,
    pub created_by: PersonId,
    pub created_at: Timestamp,
    pub ended_at: Option<Timestamp>,
}

impl GuestLinkRow {
    /// Whether its guests are there now.
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.ended_at.is_none() && self.expires_at > now
    }
}

fn link(row: &dyn Row) -> Result<GuestLinkRow> {
    Ok(GuestLinkRow {
        id: row.get(0)?,
        channel: row.get(1)?,
        whole_history: row.get(2)?,
        max_guests: row.get(3)?,
        expires_at: row.get(4)?,
        created_by: row.get(5)?,
        created_at: row.get(6)?,
        ended_at: row.get_optional(7)?,
        may_upload: row.get(8)?,
    })
}

pub(super) fn insert(tx: &mut dyn Tx, row: &GuestLinkRow, token_hash: &[u8]) -> Result<()> {
    let args = [
        row.id.into(),
        token_hash.into(),
        row.channel.into(),
        row.whole_history.into(),
        row.max_guests.into(),
        row.expires_at.into(),
        row.created_by.into(),
        row.created_at.into(),
        row.may_upload.into(),
    ];
    tx.exec(&INSERT, &args).map(drop)
}

pub(super) fn find(tx: &mut dyn Tx, token_hash: &[u8]) -> Result<Option<GuestLinkRow>> {
    tx.find(&FIND, &[token_hash.into()], link)
}

pub(super) fn find_by_id(tx: &mut dyn Tx, id: GuestLinkId) -> Result<Option<GuestLinkRow>> {
    tx.find(&GET, &[id.into()], link)
}

/// The links of a channel, the newest first.
pub(super) fn list(tx: &mut dyn Tx, channel: ChannelId, limit: i64) -> Result<Vec<GuestLinkRow>> {
    tx.list(&LIST, &[channel.into(), limit.into()], link)
}

pub(super) fn count_open(tx: &mut dyn Tx, channel: ChannelId, now: Timestamp) -> Result<i64> {
    tx.one(&COUNT_OPEN, &[channel.into(), now.into()], |row| row.get(0))
}

pub(super) fn extend(tx: &mut dyn Tx, id: GuestLinkId, expires_at: Timestamp) -> Result<()> {
    tx.exec(&EXTEND, &[id.into(), expires_at.into()]).map(drop)
}

/// False when it had been ended before.
pub(super) fn end(tx: &mut dyn Tx, id: GuestLinkId, now: Timestamp) -> Result<bool> {
    Ok(tx.exec(&END, &[id.into(), now.into()])? == 1)
}

pub(super) fn find_link_of(tx: &mut dyn Tx, guest: PersonId) -> Result<Option<GuestLinkRow>> {
    let id = tx.find(&LINK_OF_GUEST, &[guest.into()], |row| row.get(0))?;
    match id {
        Some(id) => find_by_id(tx, id),
        None => Ok(None),
    }
}

pub(super) fn insert_guest(
    tx: &mut dyn Tx,
    guest: PersonId,
    link: GuestLinkId,
    now: Timestamp,
) -> Result<()> {
    tx.exec(&INSERT_GUEST, &[guest.into(), link.into(), now.into()])
        .map(drop)
}

/// The guests of a link who are still there.
pub(super) fn list_guests(tx: &mut dyn Tx, link: GuestLinkId) -> Result<Vec<PersonId>> {
    tx.list(&GUESTS, &[link.into()], |row| row.get(0))
}

/// A member of the channel reads what comes after their entering, and nothing before.
pub(super) fn read_from_now(tx: &mut dyn Tx, channel: ChannelId, guest: PersonId) -> Result<()> {
    tx.exec(&READ_FROM_NOW, &[channel.into(), guest.into()]).map(drop)
}

/// Of which channels the person reads only what comes after a number.
pub(crate) fn list_floors(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<(ScopeId, Seq)>> {
    tx.list(&FLOORS, &[person.into()], |row| Ok((row.get(0)?, row.get(1)?)))
}
