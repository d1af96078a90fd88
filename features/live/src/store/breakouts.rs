//! All SQL of smaller rooms.

use crate::wire::{LiveBreakout, LiveNote, NewBreakout, NewLiveNote};
use base::{BreakoutId, LiveId, PersonId, Timestamp};
use platform::db::{Result, Row, Tx};

platform::sql! {
    LIST = "select id, name from live_breakout where session_id = $1 and closed_at is null order by idx";
    LIST_KEPT = "select id, name from live_breakout where session_id = $1 and closed_at is not null \
        order by closed_at, idx limit 300";
    LIST_ALL = "select b.session_id, b.id from live_breakout b join live_session s on s.id = b.session_id \
        where s.ended_at is null and b.closed_at is null limit 10000";
    FIND = "select id from live_breakout where session_id = $1 and id = $2 and closed_at is null";
    FIND_ANY = "select id from live_breakout where session_id = $1 and id = $2";
    EXISTS = "select id from live_breakout where id = $1";
    INSERT = "insert into live_breakout (id, session_id, idx, name) values ($1, $2, $3, $4)";
    SET = "update live_session set may_choose = $2, breakouts_until = $3, revision = revision + 1 where id = $1";
    SET_UNTIL = "update live_session set breakouts_until = $2 where id = $1";
    PLACE_OF = "select breakout_id from live_place where session_id = $1 and person_id = $2";
    PUT = "insert into live_place (session_id, person_id, breakout_id) values ($1, $2, $3) \
        on conflict (session_id, person_id) do update set breakout_id = excluded.breakout_id";
    TAKE = "delete from live_place where session_id = $1 and person_id = $2";
    IN_IT = "select person_id from live_place where breakout_id = $1 order by person_id";
    NOTES = "select id, breakout_id, person_id, text, at from live_note \
        where session_id = $1 and (breakout_id is null or breakout_id = $2) order by at desc, id desc limit 500";
    NOTES_IN = "select id, breakout_id, person_id, text, at from live_note \
        where session_id = $1 and breakout_id = $2 order by at, id limit 5000";
    FIND_NOTE = "select session_id, person_id from live_note where id = $1";
    COUNT_NOTES = "select count(*) from live_note where session_id = $1";
    INSERT_NOTE = "insert into live_note (id, session_id, breakout_id, person_id, text, at) values ($1, $2, $3, $4, $5, $6)";
    KEEP = "update live_breakout set closed_at = $3 where session_id = $1 and id = $2 and closed_at is null";
    FORGET_NOTES_IN = "delete from live_note where session_id = $1 and breakout_id = $2";
    FORGET_NOTES_TO_ALL = "delete from live_note where session_id = $1 and breakout_id is null";
    FORGET_ONE = "delete from live_breakout where session_id = $1 and id = $2";
    FORGET_NOTES = "delete from live_note where session_id = $1";
    FORGET_PLACES = "delete from live_place where session_id = $1";
    FORGET = "delete from live_breakout where session_id = $1";
    FORGET_NOTES_OF = "delete from live_note where person_id = $1";
    FORGET_PLACES_OF = "delete from live_place where person_id = $1";
}

/// The rooms, in order.
pub(crate) fn list(tx: &mut dyn Tx, id: LiveId) -> Result<Vec<LiveBreakout>> {
    tx.list(&LIST, &[id.into()], room)
}

fn room(row: &dyn Row) -> Result<LiveBreakout> {
    Ok(LiveBreakout {
        id: row.get(0)?,
        name: row.get(1)?,
    })
}

/// Rooms that are closed, and whose notes nobody could post.
pub(crate) fn list_kept(tx: &mut dyn Tx, id: LiveId) -> Result<Vec<LiveBreakout>> {
    tx.list(&LIST_KEPT, &[id.into()], room)
}

/// The rooms of all sessions that go on.
pub(crate) fn list_all(tx: &mut dyn Tx) -> Result<Vec<(LiveId, BreakoutId)>> {
    tx.list(&LIST_ALL, &[], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Whether the session has this room.
pub(crate) fn has(tx: &mut dyn Tx, id: LiveId, room: BreakoutId) -> Result<bool> {
    Ok(tx.find(&FIND, &[id.into(), room.into()], |_| Ok(()))?.is_some())
}

/// Whether the session has this room, or keeps what was written in it.
pub(crate) fn has_notes_of(tx: &mut dyn Tx, id: LiveId, room: BreakoutId) -> Result<bool> {
    Ok(tx
        .find(&FIND_ANY, &[id.into(), room.into()], |_| Ok(()))?
        .is_some())
}

/// Whether any session has this room.
pub(crate) fn exists(tx: &mut dyn Tx, room: BreakoutId) -> Result<bool> {
    Ok(tx.find(&EXISTS, &[room.into()], |_| Ok(()))?.is_some())
}

pub(crate) fn open(
    tx: &mut dyn Tx,
    id: LiveId,
    rooms: &[NewBreakout],
    (may_choose, until): (bool, Option<Timestamp>),
) -> Result<()> {
    for (idx, room) in (0_i64..).zip(rooms) {
        let args = [room.id.into(), id.into(), idx.into(), room.name.as_str().into()];
        tx.exec(&INSERT, &args)?;
        for person in &room.people {
            put(tx, id, *person, Some(room.id))?;
        }
    }
    tx.exec(&SET, &[id.into(), may_choose.into(), until.into()])
        .map(drop)
}

/// When all come back.
pub(crate) fn set_until(tx: &mut dyn Tx, id: LiveId, until: Timestamp) -> Result<()> {
    tx.exec(&SET_UNTIL, &[id.into(), until.into()]).map(drop)
}

/// In which room somebody is meant to be.
pub(crate) fn find_place(tx: &mut dyn Tx, id: LiveId, person: PersonId) -> Result<Option<BreakoutId>> {
    tx.find(&PLACE_OF, &[id.into(), person.into()], |row| row.get(0))
}

/// Sends somebody to a room; none: the large one.
pub(crate) fn put(tx: &mut dyn Tx, id: LiveId, person: PersonId, room: Option<BreakoutId>) -> Result<()> {
    match room {
        Some(room) => tx.exec(&PUT, &[id.into(), person.into(), room.into()]),
        None => tx.exec(&TAKE, &[id.into(), person.into()]),
    }
    .map(drop)
}

/// Who is meant to be in a room.
pub(crate) fn list_people(tx: &mut dyn Tx, room: BreakoutId) -> Result<Vec<PersonId>> {
    tx.list(&IN_IT, &[room.into()], |row| row.get(0))
}

/// What was written in a room and to all of them, in order; the newest 500.
pub(crate) fn list_notes(tx: &mut dyn Tx, id: LiveId, room: Option<BreakoutId>) -> Result<Vec<LiveNote>> {
    let mut notes = tx.list(&NOTES, &[id.into(), room.into()], note)?;
    notes.reverse();
    Ok(notes)
}

fn note(row: &dyn Row) -> Result<LiveNote> {
    Ok(LiveNote {
        id: row.get(0)?,
        breakout_id: row.get_optional(1)?,
        person_id: row.get(2)?,
        text: row.get(3)?,
        at: row.get(4)?,
    })
}

/// In which session a note stands, and whose it is.
pub(crate) fn find_note(tx: &mut dyn Tx, new: &NewLiveNote) -> Result<Option<(LiveId, PersonId)>> {
    tx.find(&FIND_NOTE, &[new.id.into()], |row| Ok((row.get(0)?, row.get(1)?)))
}

pub(crate) fn count_notes(tx: &mut dyn Tx, id: LiveId) -> Result<i64> {
    tx.one(&COUNT_NOTES, &[id.into()], |row| row.get(0))
}

pub(crate) fn add_note(
    tx: &mut dyn Tx,
    id: LiveId,
    (new, text): (&NewLiveNote, &str),
    by: PersonId,
    now: Timestamp,
) -> Result<()> {
    let args = [
        new.id.into(),
        id.into(),
        new.breakout_id.into(),
        by.into(),
        text.into(),
        now.into(),
    ];
    tx.exec(&INSERT_NOTE, &args).map(drop)
}

/// All that was written in a room, in order.
pub(crate) fn list_notes_in(tx: &mut dyn Tx, id: LiveId, room: BreakoutId) -> Result<Vec<LiveNote>> {
    tx.list(&NOTES_IN, &[id.into(), room.into()], note)
}

/// All are back: there are no smaller rooms any more. What was written in these stays where it is; what was written in the
/// others stands elsewhere.
pub(crate) fn close(tx: &mut dyn Tx, id: LiveId, kept: &[BreakoutId], now: Timestamp) -> Result<()> {
    tx.exec(&FORGET_PLACES, &[id.into()])?;
    for LiveBreakout { id: room, .. } in [list(tx, id)?, list_kept(tx, id)?].concat() {
        let args = [id.into(), room.into()];
        if kept.contains(&room) {
            tx.exec(&KEEP, &[id.into(), room.into(), now.into()])?;
        } else {
            tx.exec(&FORGET_NOTES_IN, &args)?;
            tx.exec(&FORGET_ONE, &args)?;
        }
    }
    if kept.is_empty() {
        tx.exec(&FORGET_NOTES_TO_ALL, &[id.into()])?;
    }
    let none: Option<Timestamp> = None;
    tx.exec(&SET, &[id.into(), false.into(), none.into()]).map(drop)
}

pub(crate) fn forget(tx: &mut dyn Tx, id: LiveId) -> Result<()> {
    for statement in [&FORGET_NOTES, &FORGET_PLACES, &FORGET] {
        tx.exec(statement, &[id.into()])?;
    }
    Ok(())
}

pub(crate) fn forget_person(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    for statement in [&FORGET_NOTES_OF, &FORGET_PLACES_OF] {
        tx.exec(statement, &[person.into()])?;
    }
    Ok(())
}
