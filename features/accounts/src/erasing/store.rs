//! SQL of erasing.

use base::{PersonId, Seq, Timestamp, WorkspaceId};
use platform::db::{Result, Tx};

platform::sql! {
    ERASE_PERSON = "update person set name = $2, name_key = $3, email = $4, password_hash = '', pronunciation = null, \
        picture = null, status = null, time_zone = 'UTC', language = 'en', role = 'member', \
        deactivated_at = coalesce(deactivated_at, $5) \
        where id = $1";
    EVENTS_ABOUT = "select seq from event \
        where scope = $1 and kind in ('person.joined', 'person.changed') and body like $2";
}

/// Leaves nothing in the row that tells who it was.
pub(super) fn erase(tx: &mut dyn Tx, id: PersonId, name: &str, name_key: &str, now: Timestamp) -> Result<()> {
    // A domain that receives nothing (RFC 6761); the id makes it the only one.
    let email = format!("erased.{}@erased.invalid", id.0.simple());
    let args = [
        id.into(),
        name.into(),
        name_key.into(),
        (&email).into(),
        now.into(),
    ];
    tx.exec(&ERASE_PERSON, &args).map(drop)
}

/// The events in which the workspace was told what a person is called.
pub(super) fn list_events_about(tx: &mut dyn Tx, workspace: WorkspaceId, id: PersonId) -> Result<Vec<Seq>> {
    let about = format!("%\"id\":\"{}\"%", id.0);
    tx.list(&EVENTS_ABOUT, &[workspace.into(), (&about).into()], |row| {
        row.get(0)
    })
}
