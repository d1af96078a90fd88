//! Which device somebody uses.

use base::{PersonId, SessionId, Timestamp};
use platform::db::{Result, Tx};

platform::sql! {
    USE = "insert into notice_device (session_id, person_id, used_at) values ($1, $2, $3) \
        on conflict (session_id) do update set used_at = excluded.used_at";
    IN_USE = "select session_id from notice_device where person_id = $1 order by used_at desc, session_id desc limit 1";
    FORGET = "delete from notice_device where person_id = $1";
}

/// Notes that somebody has come to this device.
pub(crate) fn use_device(
    tx: &mut dyn Tx,
    person: PersonId,
    session: SessionId,
    now: Timestamp,
) -> Result<()> {
    tx.exec(&USE, &[session.into(), person.into(), now.into()])
        .map(drop)
}

/// The device to which somebody came last, of those in which they are signed in.
pub(crate) fn find_in_use(tx: &mut dyn Tx, person: PersonId) -> Result<Option<SessionId>> {
    tx.find(&IN_USE, &[person.into()], |row| row.get(0))
}

/// Nothing of a person is left.
pub(crate) fn forget(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    tx.exec(&FORGET, &[person.into()]).map(drop)
}
