//! What administrators do with people and the workspace.

use crate::{
    actions::{self, people},
    events::{Person, Workspace},
    model::Role,
    session::Administrator,
};
use axum::extract::State;
use base::PersonId;
use platform::{
    app::App,
    http::{Json, Path, Problem},
};
use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

/// Body of `PATCH /api/people/{id}`.
#[derive(Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleChange {
    role: Role,
}

/// Body of `PATCH /api/workspace`.
#[derive(Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkspaceChange {
    name: String,
}

pub async fn change_role(
    State(app): State<App>,
    who: Administrator,
    Path(id): Path<PersonId>,
    Json(change): Json<RoleChange>,
) -> Result<Json<Person>, Problem> {
    Ok(Json(people::change_role(&app, who, id, change.role).await?))
}

pub async fn deactivate(
    State(app): State<App>,
    who: Administrator,
    Path(id): Path<PersonId>,
) -> Result<Json<Person>, Problem> {
    Ok(Json(people::deactivate(&app, who, id).await?))
}

pub async fn reactivate(
    State(app): State<App>,
    who: Administrator,
    Path(id): Path<PersonId>,
) -> Result<Json<Person>, Problem> {
    Ok(Json(people::reactivate(&app, who, id).await?))
}

pub async fn rename_workspace(
    State(app): State<App>,
    who: Administrator,
    Json(change): Json<WorkspaceChange>,
) -> Result<Json<Workspace>, Problem> {
    Ok(Json(actions::rename_workspace(&app, who, &change.name).await?))
}
