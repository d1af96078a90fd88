//! Which meeting a push is about, where it is about no message.

use base::{MeetingId, PersonId, Timestamp};
use platform::db::{Result, Tx};
use uuid::Uuid;

platform::sql! {
    INSERT = "insert into notice_meeting (release_id, person_id, meeting_id, starts_at) values ($1, $2, $3, $4)";
    FIND = "select meeting_id, starts_at from notice_meeting where release_id = $1 and person_id = $2";
    DROP_OLD = "delete from notice_meeting where starts_at <= $1";
    FORGET = "delete from notice_meeting where person_id = $1";
}

pub(crate) fn insert(
    tx: &mut dyn Tx,
    release: Uuid,
    person: PersonId,
    (meeting, starts_at): (MeetingId, Timestamp),
) -> Result<()> {
    let args = [release.into(), person.into(), meeting.into(), starts_at.into()];
    tx.exec(&INSERT, &args).map(drop)
}

/// The meeting that was told by this, and its beginning.
pub(crate) fn find(
    tx: &mut dyn Tx,
    release: Uuid,
    person: PersonId,
) -> Result<Option<(MeetingId, Timestamp)>> {
    tx.find(&FIND, &[release.into(), person.into()], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

pub(crate) fn drop_old(tx: &mut dyn Tx, before: Timestamp) -> Result<()> {
    tx.exec(&DROP_OLD, &[before.into()]).map(drop)
}

/// Nothing of a person is left.
pub(crate) fn forget(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    tx.exec(&FORGET, &[person.into()]).map(drop)
}
