//! SQL of the reminder before a meeting.

use base::{MeetingId, PersonId, Timestamp};
use platform::db::{Result, Tx};

platform::sql! {
    UNTOLD = "select p.person_id, coalesce(s.remind_min, 10) from meeting_person p \
        join meeting m on m.id = p.meeting_id \
        left join meeting_setting s on s.person_id = p.person_id \
        where p.meeting_id = $1 \
        and p.answer = 'yes' \
        and (p.soon_for is null or p.soon_for <> m.starts_at) \
        order by p.person_id";
    TOLD = "update meeting_person set soon_for = $3 where meeting_id = $1 and person_id = $2";
    /// Begins after the first and until the second, and they know that.
    SOON_OF = "select m.id from meeting_person p \
        join meeting m on m.id = p.meeting_id \
        where p.person_id = $1 \
        and p.starts_at > $2 \
        and p.starts_at <= $3 \
        and p.answer = 'yes' \
        and p.soon_for = m.starts_at \
        and m.canceled_at is null \
        order by p.starts_at, m.id \
        limit 20";
}

/// Who comes and has not been told of this beginning, and how many minutes before they want that.
pub(crate) fn list_untold(tx: &mut dyn Tx, meeting: MeetingId) -> Result<Vec<(PersonId, i64)>> {
    tx.list(&UNTOLD, &[meeting.into()], |row| Ok((row.get(0)?, row.get(1)?)))
}

pub(crate) fn tell(
    tx: &mut dyn Tx,
    meeting: MeetingId,
    person: PersonId,
    starts_at: Timestamp,
) -> Result<()> {
    tx.exec(&TOLD, &[meeting.into(), person.into(), starts_at.into()])
        .map(drop)
}

/// The meetings of a window of which somebody was told that they are near.
pub(crate) fn list_told(
    tx: &mut dyn Tx,
    person: PersonId,
    (after, until): (Timestamp, Timestamp),
) -> Result<Vec<MeetingId>> {
    tx.list(&SOON_OF, &[person.into(), after.into(), until.into()], |row| {
        row.get(0)
    })
}
