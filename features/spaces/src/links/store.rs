//! SQL of set-up links and invitations.

use super::wire::InvitationState;
use accounts::Role;
use base::{ChannelId, InvitationId, PersonId, SpaceId, Timestamp};
use platform::db::{Error, Result, Row, Tx};

platform::sql! {
    PUT_SETUP = "insert into setup_link (token_hash, created_at) values ($1, $2)";
    CLEAR_SETUP = "delete from setup_link";
    HAS_SETUP = "select 1 from setup_link where token_hash = $1";
    INSERT = "insert into invitation \
        (id, token_hash, role, space_id, channel_ids, max_uses, n_uses, expires_at, created_by, created_at) \
        values ($1, $2, $3, $4, $5, $6, 0, $7, $8, $9)";
    FIND = "select id, role, space_id, channel_ids, max_uses, n_uses, expires_at, created_by, created_at, revoked_at \
        from invitation where token_hash = $1";
    GET = "select id, role, space_id, channel_ids, max_uses, n_uses, expires_at, created_by, created_at, revoked_at \
        from invitation where id = $1";
    LIST = "select id, role, space_id, channel_ids, max_uses, n_uses, expires_at, created_by, created_at, revoked_at \
        from invitation \
        where ($1 = 1 or created_by = $2) and (created_at, id) < ($5, $6) \
        and case when revoked_at is not null then 'revoked' when n_uses >= max_uses then 'used' \
            when expires_at <= $3 then 'expired' else 'open' end = $4 \
        order by created_at desc, id desc \
        limit $7";
    USE = "update invitation set n_uses = n_uses + 1 \
        where id = $1 and n_uses < max_uses and revoked_at is null and expires_at > $2";
    REVOKE = "update invitation set revoked_at = $2 where id = $1 and revoked_at is null";
}

/// An invitation as a row.
#[derive(Debug, Clone)]
pub(crate) struct InvitationRow {
    pub id: InvitationId,
    pub role: Role,
    pub space: Option<SpaceId>,
    pub channels: Vec<ChannelId>,
    pub max_uses: i64,
    pub n_uses: i64,
    pub expires_at: Timestamp,
    pub created_by: PersonId,
    pub created_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
}

impl InvitationRow {
    /// Whether somebody could come in with it now.
    pub fn is_valid(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && self.n_uses < self.max_uses && self.expires_at > now
    }
}

fn invitation(row: &dyn Row) -> Result<InvitationRow> {
    let channels: String = row.get(3)?;
    Ok(InvitationRow {
        id: row.get(0)?,
        role: row.text(1)?.and_then(Role::parse).ok_or(Error::Column(1))?,
        space: row.get_optional(2)?,
        channels: serde_json::from_str(&channels).map_err(|_| Error::Column(3))?,
        max_uses: row.get(4)?,
        n_uses: row.get(5)?,
        expires_at: row.get(6)?,
        created_by: row.get(7)?,
        created_at: row.get(8)?,
        revoked_at: row.get_optional(9)?,
    })
}

pub(super) fn replace_setup_link(tx: &mut dyn Tx, token_hash: &[u8], now: Timestamp) -> Result<()> {
    tx.exec(&CLEAR_SETUP, &[])?;
    tx.exec(&PUT_SETUP, &[token_hash.into(), now.into()]).map(|_| ())
}

pub(super) fn clear_setup_link(tx: &mut dyn Tx) -> Result<()> {
    tx.exec(&CLEAR_SETUP, &[]).map(|_| ())
}

pub(super) fn is_setup_link(tx: &mut dyn Tx, token_hash: &[u8]) -> Result<bool> {
    Ok(tx.find(&HAS_SETUP, &[token_hash.into()], |_| Ok(()))?.is_some())
}

pub(super) fn insert_invitation(tx: &mut dyn Tx, row: &InvitationRow, token_hash: &[u8]) -> Result<()> {
    let channels = serde_json::json!(row.channels).to_string();
    let args = [
        row.id.into(),
        token_hash.into(),
        row.role.as_str().into(),
        row.space.into(),
        channels.as_str().into(),
        row.max_uses.into(),
        row.expires_at.into(),
        row.created_by.into(),
        row.created_at.into(),
    ];
    tx.exec(&INSERT, &args).map(|_| ())
}

pub(super) fn find_invitation(tx: &mut dyn Tx, token_hash: &[u8]) -> Result<Option<InvitationRow>> {
    tx.find(&FIND, &[token_hash.into()], invitation)
}

pub(super) fn find_invitation_by_id(tx: &mut dyn Tx, id: InvitationId) -> Result<Option<InvitationRow>> {
    tx.find(&GET, &[id.into()], invitation)
}

/// Where a page of invitations begins: behind this one.
pub(crate) type Before = (Timestamp, InvitationId);

/// Invitations of one state, the newest first: all of them, or those of one maker.
pub(super) fn list_invitations(
    tx: &mut dyn Tx,
    (all, by): (bool, PersonId),
    state: InvitationState,
    before: Before,
    (limit, now): (i64, Timestamp),
) -> Result<Vec<InvitationRow>> {
    let args = [
        all.into(),
        by.into(),
        now.into(),
        state.as_str().into(),
        before.0.into(),
        before.1.into(),
        limit.into(),
    ];
    tx.list(&LIST, &args, invitation)
}

/// Counts a use. False: it was used up, revoked or expired meanwhile.
pub(super) fn use_invitation(tx: &mut dyn Tx, id: InvitationId, now: Timestamp) -> Result<bool> {
    Ok(tx.exec(&USE, &[id.into(), now.into()])? == 1)
}

pub(super) fn revoke_invitation(tx: &mut dyn Tx, id: InvitationId, now: Timestamp) -> Result<()> {
    tx.exec(&REVOKE, &[id.into(), now.into()]).map(|_| ())
}
