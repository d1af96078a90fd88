//! SQL of addresses that were invited by a list or a letter.

use base::{InvitationId, Timestamp};
use platform::db::{Result, Tx};
use serde_json::json;
use std::collections::HashSet;

platform::sql! {
    MEMBERS = {
        sqlite: "select email from person where email in (select value from json_each($1))",
        postgres: "select email from person where email in (select value from json_array_elements_text(cast($1 as text)::json))"
    };
    INVITED = {
        sqlite: "select a.email from invited_address a join invitation i on i.id = a.invitation_id \
            where a.email in (select value from json_each($1)) \
            and i.revoked_at is null and i.expires_at > $2 and i.n_uses < i.max_uses",
        postgres: "select a.email from invited_address a join invitation i on i.id = a.invitation_id \
            where a.email in (select value from json_array_elements_text(cast($1 as text)::json)) \
            and i.revoked_at is null and i.expires_at > $2 and i.n_uses < i.max_uses"
    };
    PUT = "insert into invited_address (email, invitation_id) values ($1, $2) \
        on conflict (email) do update set invitation_id = excluded.invitation_id";
    DROP_OLD = "delete from invited_address \
        where invitation_id in (select id from invitation where expires_at <= $1)";
    FORGET_ADDRESS = "delete from invited_address where email = $1";
    FORGET = "delete from invited_address where invitation_id = $1";
}

/// Those of these addresses that belong to somebody here.
pub(super) fn list_members(tx: &mut dyn Tx, emails: &[&str]) -> Result<HashSet<String>> {
    let emails = json!(emails).to_string();
    let found = tx.list(&MEMBERS, &[emails.as_str().into()], |row| row.get::<String>(0))?;
    Ok(found.into_iter().collect())
}

/// Those of these addresses that hold an open invitation.
pub(super) fn list_invited(tx: &mut dyn Tx, emails: &[&str], now: Timestamp) -> Result<HashSet<String>> {
    let emails = json!(emails).to_string();
    let found = tx.list(&INVITED, &[emails.as_str().into(), now.into()], |row| {
        row.get::<String>(0)
    })?;
    Ok(found.into_iter().collect())
}

/// Notes which invitation an address holds.
pub(crate) fn put(tx: &mut dyn Tx, email: &str, invitation: InvitationId) -> Result<()> {
    tx.exec(&PUT, &[email.into(), invitation.into()]).map(drop)
}

/// Forgets the addresses of invitations that have run out.
pub(crate) fn drop_old(tx: &mut dyn Tx, now: Timestamp) -> Result<()> {
    tx.exec(&DROP_OLD, &[now.into()]).map(drop)
}

/// Somebody with this address is here now.
pub(crate) fn forget_address(tx: &mut dyn Tx, email: &str) -> Result<()> {
    tx.exec(&FORGET_ADDRESS, &[email.into()]).map(drop)
}

/// An invitation was used up or taken back: the address is nobody's business any more.
pub(crate) fn forget(tx: &mut dyn Tx, invitation: InvitationId) -> Result<()> {
    tx.exec(&FORGET, &[invitation.into()]).map(drop)
}
