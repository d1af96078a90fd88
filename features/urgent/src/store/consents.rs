//! SQL of consent.

use crate::wire::UrgentConsent;
use base::{ChannelId, PersonId, SpaceId, Timestamp};
use platform::{
    db::{Result, Row, Tx},
    journal::id_list,
};
use uuid::Uuid;

platform::sql! {
    AGREE = "insert into urgent_consent (person_id, place_id, place, at) values ($1, $2, $3, $4) \
        on conflict (person_id, place_id) do nothing";
    TAKE_BACK = "delete from urgent_consent where person_id = $1 and place_id = $2";
    MINE = "select place_id, place, at from urgent_consent where person_id = $1 order by at, place_id";
    AMONG = {
        sqlite: "select distinct person_id from urgent_consent \
            where person_id in (select unhex(value) from json_each($1)) and place_id in ($2, $3) \
            order by person_id",
        postgres: "select distinct person_id from urgent_consent \
            where person_id in (select value::uuid from json_array_elements_text(cast($1 as text)::json)) and place_id in ($2, $3) \
            order by person_id"
    };
    FORGET = "delete from urgent_consent where person_id = $1";
}

/// A place whose urgent messages may wake somebody.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Place {
    Space(SpaceId),
    Channel(ChannelId),
}

impl Place {
    fn parts(self) -> (Uuid, &'static str) {
        match self {
            Self::Space(space) => (space.0, "space"),
            Self::Channel(channel) => (channel.0, "channel"),
        }
    }
}

/// Whether it is new.
pub(crate) fn agree(tx: &mut dyn Tx, person: PersonId, place: Place, now: Timestamp) -> Result<bool> {
    let (id, kind) = place.parts();
    Ok(tx.exec(&AGREE, &[person.into(), id.into(), kind.into(), now.into()])? == 1)
}

/// Whether there was one.
pub(crate) fn take_back(tx: &mut dyn Tx, person: PersonId, place: Place) -> Result<bool> {
    let (id, _) = place.parts();
    Ok(tx.exec(&TAKE_BACK, &[person.into(), id.into()])? == 1)
}

pub(crate) fn list(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<UrgentConsent>> {
    tx.list(&MINE, &[person.into()], |row: &dyn Row| {
        let id: Uuid = row.get(0)?;
        let is_space = row.text(1)? == Some("space");
        Ok(UrgentConsent {
            space_id: is_space.then_some(SpaceId(id)),
            channel_id: (!is_space).then_some(ChannelId(id)),
            at: row.get(2)?,
        })
    })
}

/// Those of `people` who have agreed to be woken in a channel, or in its space, in the order of their ids.
pub(crate) fn list_among(
    tx: &mut dyn Tx,
    people: &[PersonId],
    (channel, space): (ChannelId, Option<SpaceId>),
) -> Result<Vec<PersonId>> {
    let people = id_list(tx, people.iter().map(|person| person.0));
    let space = space.map_or(channel.0, |space| space.0);
    tx.list(
        &AMONG,
        &[people.as_str().into(), channel.into(), space.into()],
        |row| row.get(0),
    )
}

pub(crate) fn forget(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    tx.exec(&FORGET, &[person.into()]).map(drop)
}
