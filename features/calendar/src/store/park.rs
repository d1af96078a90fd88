//! SQL of hints that a meeting should rather be written down.

use base::{MeetingId, PersonId, Timestamp};
use platform::db::{Result, Tx};

platform::sql! {
    IS_OVER = "select 1 from meeting_park where meeting_id = $1 and person_id = $2";
    NOES = "select at from meeting_park where person_id = $1 and is_no = 1 order by at desc limit 2";
    PUT = "insert into meeting_park (meeting_id, person_id, at, is_no) values ($1, $2, $3, $4) \
        on conflict (meeting_id, person_id) do nothing";
    FORGET_PERSON = "delete from meeting_park where person_id = $1";
}

/// Whether somebody wants to hear of it no more.
pub(crate) fn is_over(tx: &mut dyn Tx, meeting: MeetingId, person: PersonId) -> Result<bool> {
    let found = tx.find(&IS_OVER, &[meeting.into(), person.into()], |_| Ok(()))?;
    Ok(found.is_some())
}

/// When somebody said no to the last two of these hints, oldest first.
pub(crate) fn list_noes(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<Timestamp>> {
    let mut noes = tx.list(&NOES, &[person.into()], |row| row.get(0))?;
    noes.reverse();
    Ok(noes)
}

/// Ends the hint for somebody; whether it had not been ended before.
pub(crate) fn end(
    tx: &mut dyn Tx,
    (meeting, person): (MeetingId, PersonId),
    is_no: bool,
    now: Timestamp,
) -> Result<bool> {
    let args = [meeting.into(), person.into(), now.into(), is_no.into()];
    Ok(tx.exec(&PUT, &args)? > 0)
}

pub(crate) fn forget_person(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    tx.exec(&FORGET_PERSON, &[person.into()]).map(drop)
}
