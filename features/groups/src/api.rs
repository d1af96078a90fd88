//! Handlers of groups.

use crate::{
    access, actions, calling,
    model::{Error, LIST_MAX},
    store,
    wire::{AddGroupMembers, Brought, CallableGroups, ChangeGroup, GroupView, NewGroup},
};
use accounts::{Person, SignedIn};
use axum::extract::State;
use base::{ChannelId, GroupId, PersonId, SpaceId};
use http::StatusCode;
use platform::{
    app::App,
    db::Tx,
    http::{
        extract::{Json, Path, Query},
        problem::Problem,
    },
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Groups that one request may name.
const IDS_MAX: usize = 100;

/// Which groups.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GroupsQuery {
    query: Option<String>,
    space: Option<SpaceId>,
    person: Option<PersonId>,
    ids: Option<String>,
}

#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CallableQuery {
    ids: Option<String>,
}

/// Which page of the members.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PageQuery {
    before: Option<PersonId>,
    limit: Option<i64>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Groups {
    items: Vec<GroupView>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Members {
    items: Vec<Person>,
    /// The cursor of the next page.
    next: Option<PersonId>,
}

fn read_ids(ids: &str) -> Result<Vec<GroupId>, Problem> {
    let ids: Result<Vec<GroupId>, _> = ids
        .split(',')
        .filter(|id| !id.is_empty())
        .map(str::parse)
        .collect();
    let ids = ids.map_err(|_| Problem::invalid("/ids", "ids are UUIDs, separated by commas"))?;
    if ids.len() > IDS_MAX {
        return Err(Problem::invalid("/ids", "at most 100 groups at once"));
    }
    Ok(ids)
}

pub(crate) async fn list(
    State(app): State<App>,
    who: SignedIn,
    Query(query): Query<GroupsQuery>,
) -> Result<Json<Groups>, Problem> {
    let ids = query.ids.as_deref().map(read_ids).transpose()?;
    let read = move |tx: &mut dyn Tx| {
        let role = access::role_now(tx, &who)?;
        let rows = match (&ids, query.space, query.person) {
            (Some(ids), _, _) => store::list_visible_some(tx, who.person, role, ids)?,
            (_, Some(space), _) => {
                let access = spaces::access::space(tx, &who, space)?;
                let can_manage = access.can_manage();
                let mut rows = store::list_of_place(tx, who.person, Some(space), false)?;
                for row in &mut rows {
                    row.is_space_admin = can_manage;
                }
                rows
            }
            (_, _, Some(person)) => {
                if spaces::people_visible(tx, &who, &[person])?.is_empty() {
                    return Err(Error::NotFound);
                }
                store::list_visible_of(tx, who.person, role, person)?
            }
            _ => store::list_visible(tx, who.person, role, query.query.as_deref().unwrap_or(""))?,
        };
        let items = rows.into_iter().map(|row| access::seen(row, role)).collect();
        Ok::<_, Error>(Groups { items })
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn create(
    State(app): State<App>,
    who: SignedIn,
    Json(new): Json<NewGroup>,
) -> Result<(StatusCode, Json<GroupView>), Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let id = actions::create(tx, &who, &new, now)?;
        Ok::<_, Error>(access::group(tx, &who, id)?.view())
    };
    Ok((StatusCode::CREATED, Json(app.db.write(who.person, write).await?)))
}

pub(crate) async fn get(
    State(app): State<App>,
    who: SignedIn,
    Path(group): Path<GroupId>,
) -> Result<Json<GroupView>, Problem> {
    let read = move |tx: &mut dyn Tx| access::group(tx, &who, group);
    Ok(Json(app.db.read(read).await?.view()))
}

pub(crate) async fn change(
    State(app): State<App>,
    who: SignedIn,
    Path(group): Path<GroupId>,
    Json(change): Json<ChangeGroup>,
) -> Result<Json<GroupView>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::group(tx, &who, group)?;
        actions::change(tx, &access, &change, now)?;
        Ok::<_, Error>(access::group(tx, &who, group)?.view())
    };
    Ok(Json(app.db.write(group.0, write).await?))
}

pub(crate) async fn remove(
    State(app): State<App>,
    who: SignedIn,
    Path(group): Path<GroupId>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::group(tx, &who, group)?;
        actions::remove(tx, &access, now)
    };
    app.db.write(group.0, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn list_members(
    State(app): State<App>,
    who: SignedIn,
    Path(group): Path<GroupId>,
    Query(query): Query<PageQuery>,
) -> Result<Json<Members>, Problem> {
    let limit = query.limit.unwrap_or(50).clamp(1, LIST_MAX);
    let read = move |tx: &mut dyn Tx| {
        let access = access::group(tx, &who, group)?;
        let after = query.before.unwrap_or(PersonId(Uuid::nil()));
        let ids = store::list_members(tx, access.id(), after, limit)?;
        let is_full = i64::try_from(ids.len()).is_ok_and(|n| n >= limit);
        Ok::<_, Error>(Members {
            next: ids.last().copied().filter(|_| is_full),
            items: spaces::people_visible(tx, &who, &ids)?,
        })
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn add_members(
    State(app): State<App>,
    who: SignedIn,
    Path(group): Path<GroupId>,
    Json(body): Json<AddGroupMembers>,
) -> Result<Json<GroupView>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::group(tx, &who, group)?;
        actions::add_members(tx, &access, &body.people, now)?;
        Ok::<_, Error>(access::group(tx, &who, group)?.view())
    };
    Ok(Json(app.db.write(group.0, write).await?))
}

pub(crate) async fn remove_member(
    State(app): State<App>,
    who: SignedIn,
    Path((group, person)): Path<(GroupId, PersonId)>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::group(tx, &who, group)?;
        actions::remove_member(tx, &access, person, now)
    };
    app.db.write(group.0, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn join(
    State(app): State<App>,
    who: SignedIn,
    Path(group): Path<GroupId>,
) -> Result<Json<GroupView>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::group(tx, &who, group)?;
        actions::join(tx, &access, now)?;
        Ok::<_, Error>(access::group(tx, &who, group)?.view())
    };
    Ok(Json(app.db.write(group.0, write).await?))
}

pub(crate) async fn leave(
    State(app): State<App>,
    who: SignedIn,
    Path(group): Path<GroupId>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::group(tx, &who, group)?;
        actions::remove_member(tx, &access, who.person, now)
    };
    app.db.write(group.0, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn list_callable(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Query(query): Query<CallableQuery>,
) -> Result<Json<CallableGroups>, Problem> {
    let ids = query.ids.as_deref().map(read_ids).transpose()?;
    let read = move |tx: &mut dyn Tx| {
        let access = spaces::access::channel(tx, &who, channel)?;
        calling::list_callable(tx, &who, &access, ids.as_deref())
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn bring_into_channel(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, group)): Path<(ChannelId, GroupId)>,
) -> Result<Json<Brought>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let target = spaces::access::channel(tx, &who, channel)?;
        let group = access::group(tx, &who, group)?;
        let people = actions::list_all_members(tx, &group)?;
        Ok::<_, Error>(spaces::bring_into_channel(tx, &target, &people, now)?.into())
    };
    Ok(Json(app.db.write(channel, write).await?))
}

pub(crate) async fn bring_into_space(
    State(app): State<App>,
    who: SignedIn,
    Path((space, group)): Path<(SpaceId, GroupId)>,
) -> Result<Json<Brought>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let target = spaces::access::space(tx, &who, space)?;
        let group = access::group(tx, &who, group)?;
        let people = actions::list_all_members(tx, &group)?;
        Ok::<_, Error>(spaces::bring_into_space(tx, &target, &people, now)?.into())
    };
    Ok(Json(app.db.write(space, write).await?))
}
