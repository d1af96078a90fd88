//! SQL of people outside, and of letters about meetings.

use crate::{model::Guest, polls::own::OwnGuest, wire::MeetingAnswer};
use base::{MeetingGuestId, MeetingId, PersonId, Timestamp};
use platform::{
    db::{Error, Result, Row, Tx},
    journal::id_list,
};
use uuid::Uuid;

platform::sql! {
    LIST = "select id, occasion_id, address, name, language, answer, removed_at, is_own_wish from meeting_guest \
        where occasion_id = $1 and removed_at is null \
        order by invited_at, id";
    FIND = "select id, occasion_id, address, name, language, answer, removed_at, is_own_wish from meeting_guest where id = $1";
    /// Whoever was taken off and is invited again has not answered.
    PUT = "insert into meeting_guest (id, occasion_id, address, name, language, answer, invited_by, invited_at, removed_at, is_own_wish) \
        values ($1, $2, $3, $4, $5, 'open', $6, $7, null, $8) \
        on conflict (occasion_id, address) do update set name = excluded.name, language = excluded.language, answer = 'open', \
            invited_by = excluded.invited_by, invited_at = excluded.invited_at, removed_at = null, is_own_wish = excluded.is_own_wish \
        where meeting_guest.removed_at is not null \
        returning id";
    REMOVE = "update meeting_guest set removed_at = $2 where id = $1 and removed_at is null";
    ANSWER = "update meeting_guest set answer = $2 where id = $1 and removed_at is null";
    ASK_AGAIN = "update meeting_guest set answer = 'open' where occasion_id = $1 and removed_at is null";
    COUNT_LETTER = "insert into meeting_letter (occasion_id, recipient_id, n_letters) values ($1, $2, 1) \
        on conflict (occasion_id, recipient_id) do update set n_letters = meeting_letter.n_letters + 1 \
        returning n_letters";
    FIND_LETTER = "select n_letters from meeting_letter where occasion_id = $1 and recipient_id = $2";
    BY_MAIL = {
        sqlite: "select person_id from meeting_setting where by_mail = 1 \
            and person_id in (select unhex(value) from json_each($1))",
        postgres: "select person_id from meeting_setting where by_mail = 1 \
            and person_id in (select value::uuid from json_array_elements_text(cast($1 as text)::json))"
    };
    FORGET_LETTERS = "delete from meeting_letter where recipient_id = $1";
    FORGET_OLD = "delete from meeting_guest where id in (select g.id from meeting_guest g \
        where not exists (select 1 from meeting m where m.id = g.occasion_id and m.ends_at > $1) \
        and not exists (select 1 from meeting m where m.series_id = g.occasion_id and m.ends_at > $1) \
        limit $2)";
    FORGET_OLD_LETTERS = "delete from meeting_letter where (occasion_id, recipient_id) in \
        (select l.occasion_id, l.recipient_id from meeting_letter l \
        where not exists (select 1 from meeting m where m.id = l.occasion_id and m.ends_at > $1) \
        and not exists (select 1 from meeting m where m.series_id = l.occasion_id and m.ends_at > $1) \
        limit $2)";
    INVITED_BY = "select id, occasion_id, address, name, answer, invited_at from meeting_guest \
        where invited_by = $1 and removed_at is null \
        order by invited_at, id";
    OF_ADDRESS = "select id from meeting_guest where address = $1";
    FORGET = "delete from meeting_guest where id = $1";
}

fn guest(row: &dyn Row) -> Result<Guest> {
    let answer: String = row.get(5)?;
    Ok(Guest {
        id: row.get(0)?,
        occasion: row.get(1)?,
        address: row.get(2)?,
        name: row.get(3)?,
        language: row.get(4)?,
        answer: MeetingAnswer::read(&answer).ok_or(Error::Column(5))?,
        is_removed: row.int(6)?.is_some(),
        is_own_wish: row.get(7)?,
    })
}

/// Those who are invited, in the order of their invitations.
pub(crate) fn list(tx: &mut dyn Tx, occasion: MeetingId) -> Result<Vec<Guest>> {
    tx.list(&LIST, &[occasion.into()], guest)
}

pub(crate) fn find(tx: &mut dyn Tx, id: MeetingGuestId) -> Result<Option<Guest>> {
    tx.find(&FIND, &[id.into()], guest)
}

/// Whom somebody invited, for their own data.
pub(crate) fn list_invited_by(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<OwnGuest>> {
    tx.list(&INVITED_BY, &[person.into()], |row: &dyn Row| {
        let answer: String = row.get(4)?;
        Ok(OwnGuest {
            id: row.get(0)?,
            meeting_id: row.get(1)?,
            address: row.get(2)?,
            name: row.get(3)?,
            answer: MeetingAnswer::read(&answer).ok_or(Error::Column(4))?,
            invited_at: row.get(5)?,
        })
    })
}

/// Somebody to be written down.
pub(crate) struct NewGuest<'a> {
    pub occasion: MeetingId,
    pub address: &'a str,
    pub name: &'a str,
    pub language: &'a str,
    pub by: PersonId,
    pub is_own_wish: bool,
}

/// Invites somebody; None when they are invited already.
pub(crate) fn put(tx: &mut dyn Tx, new: &NewGuest<'_>, now: Timestamp) -> Result<Option<MeetingGuestId>> {
    let args = [
        MeetingGuestId::random().into(),
        new.occasion.into(),
        new.address.into(),
        new.name.into(),
        new.language.into(),
        new.by.into(),
        now.into(),
        new.is_own_wish.into(),
    ];
    tx.find(&PUT, &args, |row| row.get(0))
}

pub(crate) fn remove(tx: &mut dyn Tx, id: MeetingGuestId, now: Timestamp) -> Result<bool> {
    Ok(tx.exec(&REMOVE, &[id.into(), now.into()])? == 1)
}

pub(crate) fn answer(tx: &mut dyn Tx, id: MeetingGuestId, answer: MeetingAnswer) -> Result<()> {
    tx.exec(&ANSWER, &[id.into(), answer.as_str().into()]).map(drop)
}

/// At another time nobody has answered.
pub(crate) fn ask_again(tx: &mut dyn Tx, occasion: MeetingId) -> Result<()> {
    tx.exec(&ASK_AGAIN, &[occasion.into()]).map(drop)
}

/// The how-manieth letter about an occasion to somebody the next one is.
pub(crate) fn count_letter(tx: &mut dyn Tx, occasion: MeetingId, recipient: Uuid) -> Result<i64> {
    tx.one(&COUNT_LETTER, &[occasion.into(), recipient.into()], |row| {
        row.get(0)
    })
}

/// How many there were.
pub(crate) fn find_letter(tx: &mut dyn Tx, occasion: MeetingId, recipient: Uuid) -> Result<Option<i64>> {
    tx.find(&FIND_LETTER, &[occasion.into(), recipient.into()], |row| {
        row.get(0)
    })
}

/// Those of them who want invitations also by mail.
pub(crate) fn list_by_mail(tx: &mut dyn Tx, people: &[PersonId]) -> Result<Vec<PersonId>> {
    let ids = id_list(tx, people.iter().map(|person| person.0));
    tx.list(&BY_MAIL, &[ids.as_str().into()], |row| row.get(0))
}

pub(crate) fn forget_letters(tx: &mut dyn Tx, recipient: Uuid) -> Result<()> {
    tx.exec(&FORGET_LETTERS, &[recipient.into()]).map(drop)
}

/// Forgets an address at every meeting; how often it stood there.
pub(crate) fn forget_address(tx: &mut dyn Tx, address: &str) -> Result<usize> {
    let ids: Vec<MeetingGuestId> = tx.list(&OF_ADDRESS, &[address.into()], |row| row.get(0))?;
    forget_all(tx, &ids)?;
    Ok(ids.len())
}

/// Forgets up to so many of those whose meetings were all over by then; how many those were.
pub(crate) fn forget_old(tx: &mut dyn Tx, before: Timestamp, limit: i64) -> Result<u64> {
    let args = [before.into(), limit.into()];
    let n_letters = tx.exec(&FORGET_OLD_LETTERS, &args)?;
    Ok(tx.exec(&FORGET_OLD, &args)?.max(n_letters))
}

fn forget_all(tx: &mut dyn Tx, ids: &[MeetingGuestId]) -> Result<()> {
    for id in ids {
        forget_letters(tx, id.0)?;
        tx.exec(&FORGET, &[(*id).into()])?;
    }
    Ok(())
}
