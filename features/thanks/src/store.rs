//! All SQL of thanks.

use crate::wire::{GotThanks, Thanks};
use base::{ChannelId, MessageId, PersonId, Seq, SpaceId, Timestamp};
use platform::{
    db::{Result, Row, Tx},
    journal::id_list,
};
use std::collections::HashMap;

platform::sql! {
    FIND = "select message_id, channel_id, giver_id, may_gather, at from thanks where message_id = $1";
    PLACE_OF = "select seq from message where id = $1";
    INSERT = "insert into thanks (message_id, channel_id, space_id, giver_id, may_gather, at) values ($1, $2, $3, $4, $5, $6)";
    INSERT_PERSON = "insert into thanked (message_id, person_id) values ($1, $2)";
    PEOPLE = {
        sqlite: "select message_id, person_id from thanked \
            where message_id in (select unhex(value) from json_each($1)) order by message_id, person_id",
        postgres: "select message_id, person_id from thanked \
            where message_id in (select value::uuid from json_array_elements_text(cast($1 as text)::json)) \
            order by message_id, person_id"
    };
    HAS_WAITING = "select 1 from thanks t join message m on m.id = t.message_id \
        where t.space_id = $1 and t.may_gather = 1 and t.gathering_id is null and t.at <= $2 \
        and m.deleted_at is null and m.gone = 0 limit 1";
    GATHER = "update thanks set gathering_id = $2 where message_id in ( \
        select t.message_id from thanks t join message m on m.id = t.message_id \
        where t.space_id = $1 and t.may_gather = 1 and t.gathering_id is null and t.at <= $3 \
        and m.deleted_at is null and m.gone = 0 order by t.at, t.message_id limit $4)";
    GATHERED = "select t.message_id, t.channel_id, t.giver_id, t.may_gather, t.at, m.text from thanks t \
        join message m on m.id = t.message_id \
        where t.gathering_id = $1 and m.deleted_at is null and m.gone = 0 order by t.at, t.message_id";
    IS_GATHERING = "select m.seq from message m join card c on c.channel_id = m.channel_id and c.seq = m.seq \
        where m.id = $1 and m.channel_id = $2 and c.kind = 'gathering' and m.deleted_at is null and m.gone = 0";
    FORGET = "delete from thanks where message_id = $1";
    FORGET_PEOPLE = "delete from thanked where message_id = $1";
    FORGET_GATHERING = "update thanks set gathering_id = null, may_gather = 0 where gathering_id = $1";
    FORGET_THANKED = "delete from thanked where person_id = $1";
    GET_PLACE = "select space_id, channel_id, person_id, title, next_at, stopped from thanks_place where space_id = $1";
    PUT_PLACE = "insert into thanks_place (space_id, channel_id, person_id, title, next_at, stopped) values ($1, $2, $3, $4, $5, 0) \
        on conflict (space_id) do update set channel_id = excluded.channel_id, person_id = excluded.person_id, \
        title = excluded.title, next_at = excluded.next_at, stopped = 0";
    END_PLACE = "delete from thanks_place where space_id = $1";
    END_PLACES_OF = "delete from thanks_place where person_id = $1";
    MOVE_ON = "update thanks_place set next_at = $3 where space_id = $1 and next_at = $2 and stopped = 0";
    STOP = "update thanks_place set stopped = 1 where space_id = $1";
    GIVEN_BY = "select t.message_id, t.channel_id, t.giver_id, t.may_gather, t.at from thanks t \
        where t.giver_id = $1 order by t.at, t.message_id";
    GOT_BY = "select t.message_id, t.channel_id, t.at from thanked p join thanks t on t.message_id = p.message_id \
        where p.person_id = $1 order by t.at, t.message_id";
}

fn thanks(row: &dyn Row) -> Result<Thanks> {
    Ok(Thanks {
        message_id: row.get(0)?,
        channel_id: row.get(1)?,
        giver_id: row.get(2)?,
        people: Vec::new(),
        may_gather: row.get(3)?,
        at: row.get(4)?,
    })
}

pub(crate) fn find(tx: &mut dyn Tx, message: MessageId) -> Result<Option<Thanks>> {
    let found = tx.find(&FIND, &[message.into()], thanks)?;
    Ok(with_people(tx, found.into_iter().collect())?.pop())
}

fn with_people(tx: &mut dyn Tx, mut all: Vec<Thanks>) -> Result<Vec<Thanks>> {
    let ids = id_list(tx, all.iter().map(|one| one.message_id.0));
    let mut people: HashMap<MessageId, Vec<PersonId>> = HashMap::new();
    for (message, person) in tx.list(&PEOPLE, &[ids.as_str().into()], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })? {
        people.entry(message).or_default().push(person);
    }
    for one in &mut all {
        one.people = people.remove(&one.message_id).unwrap_or_default();
    }
    Ok(all)
}

/// The place of a message.
pub(crate) fn find_seq(tx: &mut dyn Tx, message: MessageId) -> Result<Option<Seq>> {
    tx.find(&PLACE_OF, &[message.into()], |row| row.get(0))
}

pub(crate) fn insert(tx: &mut dyn Tx, new: &Thanks, space: Option<SpaceId>) -> Result<()> {
    let args = [
        new.message_id.into(),
        new.channel_id.into(),
        space.into(),
        new.giver_id.into(),
        new.may_gather.into(),
        new.at.into(),
    ];
    tx.exec(&INSERT, &args)?;
    for person in &new.people {
        tx.exec(&INSERT_PERSON, &[new.message_id.into(), (*person).into()])?;
    }
    Ok(())
}

/// Whether anything waits to be gathered in a space.
pub(crate) fn has_waiting(tx: &mut dyn Tx, space: SpaceId, until: Timestamp) -> Result<bool> {
    Ok(tx
        .find(&HAS_WAITING, &[space.into(), until.into()], |_| Ok(()))?
        .is_some())
}

/// What waits is told under this message.
pub(crate) fn gather(
    tx: &mut dyn Tx,
    space: SpaceId,
    (message, until): (MessageId, Timestamp),
    limit: i64,
) -> Result<()> {
    let args = [space.into(), message.into(), until.into(), limit.into()];
    tx.exec(&GATHER, &args).map(drop)
}

/// What is told under a message, each with its text.
pub(crate) fn list_gathered(tx: &mut dyn Tx, message: MessageId) -> Result<Vec<(Thanks, String)>> {
    let rows = tx.list(&GATHERED, &[message.into()], |row| {
        Ok((thanks(row)?, row.get(5)?))
    })?;
    let (all, texts): (Vec<Thanks>, Vec<String>) = rows.into_iter().unzip();
    Ok(with_people(tx, all)?.into_iter().zip(texts).collect())
}

/// The place of a message of this channel that gathers thanks; None: it is none.
pub(crate) fn find_gathering(tx: &mut dyn Tx, message: MessageId, channel: ChannelId) -> Result<Option<Seq>> {
    tx.find(&IS_GATHERING, &[message.into(), channel.into()], |row| row.get(0))
}

/// The message is gone; what was told under it is not told once more.
pub(crate) fn forget_message(tx: &mut dyn Tx, message: MessageId) -> Result<()> {
    for statement in [&FORGET_PEOPLE, &FORGET, &FORGET_GATHERING] {
        tx.exec(statement, &[message.into()])?;
    }
    Ok(())
}

/// Somebody is named in no thanks any more, and gathers none.
pub(crate) fn forget_person(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    tx.exec(&FORGET_THANKED, &[person.into()])?;
    tx.exec(&END_PLACES_OF, &[person.into()]).map(drop)
}

/// Where a space gathers thanks.
#[derive(Debug, Clone)]
pub(crate) struct PlaceRow {
    pub space: SpaceId,
    pub channel: ChannelId,
    pub person: PersonId,
    pub title: String,
    pub next_at: Timestamp,
    pub stopped: bool,
}

pub(crate) fn find_place(tx: &mut dyn Tx, space: SpaceId) -> Result<Option<PlaceRow>> {
    tx.find(&GET_PLACE, &[space.into()], |row| {
        Ok(PlaceRow {
            space: row.get(0)?,
            channel: row.get(1)?,
            person: row.get(2)?,
            title: row.get(3)?,
            next_at: row.get(4)?,
            stopped: row.get(5)?,
        })
    })
}

pub(crate) fn put_place(tx: &mut dyn Tx, place: &PlaceRow) -> Result<()> {
    let args = [
        place.space.into(),
        place.channel.into(),
        place.person.into(),
        place.title.as_str().into(),
        place.next_at.into(),
    ];
    tx.exec(&PUT_PLACE, &args).map(drop)
}

pub(crate) fn end_place(tx: &mut dyn Tx, space: SpaceId) -> Result<()> {
    tx.exec(&END_PLACE, &[space.into()]).map(drop)
}

/// To its next time; false: it was changed meanwhile.
pub(crate) fn move_on(tx: &mut dyn Tx, place: &PlaceRow, next: Timestamp) -> Result<bool> {
    let args = [place.space.into(), place.next_at.into(), next.into()];
    Ok(tx.exec(&MOVE_ON, &args)? == 1)
}

pub(crate) fn stop(tx: &mut dyn Tx, space: SpaceId) -> Result<()> {
    tx.exec(&STOP, &[space.into()]).map(drop)
}

pub(crate) fn list_given(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<Thanks>> {
    let given = tx.list(&GIVEN_BY, &[person.into()], thanks)?;
    with_people(tx, given)
}

pub(crate) fn list_got(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<GotThanks>> {
    tx.list(&GOT_BY, &[person.into()], |row| {
        Ok(GotThanks {
            message_id: row.get(0)?,
            channel_id: row.get(1)?,
            at: row.get(2)?,
        })
    })
}
