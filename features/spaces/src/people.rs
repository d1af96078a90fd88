//! Who may see whom: everybody but guests sees the workspace; a guest sees those who share a channel with them.

use crate::{access, model::Error, store, wire::PageOf};
use accounts::{Person, Role, SignedIn};
use axum::extract::State;
use base::{PersonId, SpaceId};
use platform::{
    app::App,
    db::Tx,
    http::{
        extract::{Json, Path, Query},
        problem::Problem,
    },
};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::HashMap;
use uuid::Uuid;

/// People that one request may name.
const IDS_MAX: usize = 100;
/// People among whom a guest's search looks.
const SHARING_MAX: i64 = 5000;

#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PeopleQuery {
    query: Option<String>,
    before: Option<Uuid>,
    limit: Option<i64>,
    ids: Option<String>,
    /// Only people of this space; without a cursor, as more letters narrow it.
    space: Option<SpaceId>,
}

/// Puts the people to rows that name them; rows of people who are gone are left out.
pub(crate) fn with_people<R>(tx: &mut dyn Tx, rows: Vec<(PersonId, R)>) -> Result<Vec<(Person, R)>, Error> {
    let ids: Vec<PersonId> = rows.iter().map(|(person, _)| *person).collect();
    let people = accounts::people(tx, &ids)?;
    let mut people: HashMap<PersonId, Person> =
        people.into_iter().map(|person| (person.id, person)).collect();
    Ok(rows
        .into_iter()
        .filter_map(|(id, row)| Some((people.remove(&id)?, row)))
        .collect())
}

/// The cursor after a page: its last person, if the page was full.
pub(crate) fn next<T>(items: &[T], limit: i64, id: impl Fn(&T) -> PersonId) -> Option<Uuid> {
    let full = i64::try_from(items.len()).is_ok_and(|n| n >= limit);
    items.last().filter(|_| full).map(|last| id(last).0)
}

/// Those of `ids` whom `who` may see.
pub(crate) fn visible(tx: &mut dyn Tx, who: &SignedIn, ids: &[PersonId]) -> Result<Vec<Person>, Error> {
    let mut people = accounts::people(tx, ids)?;
    if who.role == Role::Guest {
        let mut kept = Vec::with_capacity(people.len());
        for person in people {
            // A bot is no secret to whoever knows its id, which stands at what it wrote.
            if person.id == who.person || person.bot || store::do_share_channel(tx, who.person, person.id)? {
                kept.push(person);
            }
        }
        people = kept;
    }
    Ok(people)
}

/// Those whom `who` may see and in whose name `part` stands, without case and accents, in the order of their names.
pub(crate) fn find(tx: &mut dyn Tx, who: &SignedIn, part: &str, limit: i64) -> Result<Vec<Person>, Error> {
    if who.role != Role::Guest {
        return Ok(accounts::list_people(tx, part, None, limit)?);
    }
    let nobody = PersonId(Uuid::nil());
    let ids = store::list_people_sharing(tx, who.person, nobody, SHARING_MAX)?;
    let mut people = accounts::people(tx, &ids)?;
    let part = accounts::name_key(part.trim());
    people.retain(|person| accounts::name_key(&person.name).contains(&part));
    people.truncate(usize::try_from(limit).unwrap_or(0));
    Ok(people)
}

fn list(tx: &mut dyn Tx, who: &SignedIn, query: &PeopleQuery, limit: i64) -> Result<Vec<Person>, Error> {
    if let Some(space) = query.space {
        let access = access::space(tx, who, space)?;
        let part = accounts::name_key(query.query.as_deref().unwrap_or("").trim());
        let ids = store::list_space_people(tx, access.id(), &part, limit)?;
        return visible(tx, who, &ids);
    }
    let before = query.before.map(PersonId);
    if who.role != Role::Guest {
        return Ok(accounts::list_people(
            tx,
            query.query.as_deref().unwrap_or(""),
            before,
            limit,
        )?);
    }
    let after = before.unwrap_or(PersonId(Uuid::nil()));
    let ids = store::list_people_sharing(tx, who.person, after, limit)?;
    Ok(accounts::people(tx, &ids)?)
}

pub(crate) async fn list_people(
    State(app): State<App>,
    who: SignedIn,
    Query(query): Query<PeopleQuery>,
) -> Result<Json<PageOf<Person>>, Problem> {
    if let Some(ids) = &query.ids {
        let ids: Result<Vec<PersonId>, _> = ids
            .split(',')
            .filter(|id| !id.is_empty())
            .map(str::parse)
            .collect();
        let ids = ids.map_err(|_| Problem::invalid("/ids", "ids are UUIDs, separated by commas"))?;
        if ids.len() > IDS_MAX {
            return Err(Problem::invalid("/ids", "at most 100 people at once"));
        }
        let items = app.db.read(move |tx| visible(tx, &who, &ids)).await?;
        return Ok(Json(PageOf { items, next: None }));
    }
    // Guests by link see who is in their channel, and no list of people.
    if who.is_link_guest {
        return Err(accounts::Error::NotForGuests.into());
    }
    let limit = query.limit.unwrap_or(50).clamp(1, 100);
    let is_of_space = query.space.is_some();
    let items = app.db.read(move |tx| list(tx, &who, &query, limit)).await?;
    let next = next(&items, limit, |person| person.id).filter(|_| !is_of_space);
    Ok(Json(PageOf { items, next }))
}

pub(crate) async fn get_person(
    State(app): State<App>,
    who: SignedIn,
    Path(person): Path<PersonId>,
) -> Result<Json<Person>, Problem> {
    let found = app.db.read(move |tx| visible(tx, &who, &[person])).await?;
    found.into_iter().next().map(Json).ok_or_else(Problem::not_found)
}
