//! Handlers of storage.

use super::{
    PersonRoom, PersonRoomPage, PlaceRoomPage, RoomOfKind, RoomQuery, SpaceRoomPage, StorageSummary, store,
};
use crate::{health::store::about, model::Error, proof};
use accounts::{Administrator, settings};
use axum::extract::State;
use platform::{
    app::App,
    data,
    db::Tx,
    http::{
        extract::{Json, Query},
        problem::Problem,
    },
};
use uuid::Uuid;

/// Rows of a page.
const PAGE: i64 = 50;
/// What is no file of anybody's.
const NO_FILES: [&str; 4] = ["database", "exports", "uploads", "previews"];

pub async fn summary(State(app): State<App>, who: Administrator) -> Result<Json<StorageSummary>, Problem> {
    let fixed = app.config.files.clone();
    let read = move |tx: &mut dyn Tx| {
        proof::admin(tx, who)?;
        let mut kinds = store::kinds(tx)?;
        kinds.push(RoomOfKind {
            kind: "database".to_owned(),
            n_bytes: about(tx)?.1,
            n: 1,
        });
        kinds.retain(|kind| kind.n > 0);
        kinds.sort_by_key(|kind| -kind.n_bytes);
        let files = kinds
            .iter()
            .filter(|kind| !NO_FILES.contains(&kind.kind.as_str()));
        let files_bytes = files.map(|kind| kind.n_bytes).sum();
        let limit = |tx: &mut dyn Tx, fixed: Option<u64>, name| {
            let fixed = fixed.map(|max| i64::try_from(max).unwrap_or(i64::MAX));
            Ok::<_, Error>(fixed.or(settings::find_number(tx, name)?))
        };
        Ok::<_, Error>(StorageSummary {
            files_bytes,
            workspace_bytes: limit(tx, fixed.workspace_bytes, files::WORKSPACE_BYTES_SETTING)?,
            person_bytes: limit(tx, fixed.person_bytes, files::PERSON_BYTES_SETTING)?,
            free_bytes: None,
            kinds,
        })
    };
    let summary = app.db.read(read).await?;
    let free_bytes = data::room(&app.config.data).map(|(free, _)| free);
    Ok(Json(StorageSummary {
        free_bytes,
        ..summary
    }))
}

/// "bytes.id", as a page gave it.
fn rank(query: &RoomQuery) -> Result<(i64, Uuid), Error> {
    let Some(before) = &query.before else {
        return Ok((i64::MAX, Uuid::max()));
    };
    let parsed = before
        .split_once('.')
        .and_then(|(n_bytes, id)| Some((n_bytes.parse().ok()?, id.parse().ok()?)));
    parsed.ok_or_else(|| Error::Field {
        pointer: "/before",
        detail: "is no place of a page".to_owned(),
    })
}

pub async fn places(
    State(app): State<App>,
    who: Administrator,
    Query(query): Query<RoomQuery>,
) -> Result<Json<PlaceRoomPage>, Problem> {
    let after = rank(&query)?;
    let read = move |tx: &mut dyn Tx| {
        proof::admin(tx, who)?;
        Ok::<_, Error>(store::places(tx, after, PAGE + 1)?)
    };
    let mut items = app.db.read(read).await?;
    let more = items.len() > PAGE as usize;
    items.truncate(PAGE as usize);
    let last = items.last().filter(|_| more);
    let next = last.map(|place| format!("{}.{}", place.n_bytes, place.channel_id));
    Ok(Json(PlaceRoomPage { items, next }))
}

pub async fn spaces(
    State(app): State<App>,
    who: Administrator,
    Query(query): Query<RoomQuery>,
) -> Result<Json<SpaceRoomPage>, Problem> {
    let after = rank(&query)?;
    let read = move |tx: &mut dyn Tx| {
        proof::admin(tx, who)?;
        Ok::<_, Error>(store::spaces(tx, after, PAGE + 1)?)
    };
    let mut items = app.db.read(read).await?;
    let more = items.len() > PAGE as usize;
    items.truncate(PAGE as usize);
    let last = items.last().filter(|_| more);
    let id = |space: Option<base::SpaceId>| space.map_or(Uuid::nil(), |space| space.0);
    let next = last.map(|space| format!("{}.{}", space.n_bytes, id(space.space_id)));
    Ok(Json(SpaceRoomPage { items, next }))
}

pub async fn people(
    State(app): State<App>,
    who: Administrator,
    Query(query): Query<RoomQuery>,
) -> Result<Json<PersonRoomPage>, Problem> {
    let after = rank(&query)?;
    let read = move |tx: &mut dyn Tx| {
        proof::admin(tx, who)?;
        let mut rooms = store::people(tx, after, PAGE + 1)?;
        let more = rooms.len() > PAGE as usize;
        rooms.truncate(PAGE as usize);
        let last = rooms.last().filter(|_| more);
        let next = last.map(|room| format!("{}.{}", room.n_bytes, room.id));
        let ids: Vec<_> = rooms.iter().map(|room| room.id).collect();
        let people = accounts::people(tx, &ids)?;
        let named = rooms.into_iter().filter_map(|room| {
            let person = people.iter().find(|person| person.id == room.id)?.clone();
            Some(PersonRoom {
                person,
                n_bytes: room.n_bytes,
                n_files: room.n_files,
            })
        });
        Ok::<_, Error>(PersonRoomPage {
            items: named.collect(),
            next,
        })
    };
    Ok(Json(app.db.read(read).await?))
}
