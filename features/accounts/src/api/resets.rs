//! Links that set a new password.

use crate::{actions::resets, session::Administrator};
use axum::extract::State;
use base::{PersonId, Timestamp};
use http::StatusCode;
use platform::{
    app::App,
    http::{Json, Path, Problem},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A link, shown once to the administrator who asked for it.
#[derive(Serialize, TS, JsonSchema)]
pub struct ResetLink {
    url: String,
    expires_at: Timestamp,
}

/// What the page behind a link shows.
#[derive(Serialize, TS, JsonSchema)]
pub struct ResetOffer {
    name: String,
}

/// Body of `POST /api/resets/{token}`.
#[derive(Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResetRequest {
    password: String,
}

pub async fn ask(
    State(app): State<App>,
    who: Administrator,
    Path(id): Path<PersonId>,
) -> Result<Json<ResetLink>, Problem> {
    let (token, expires_at) = resets::ask_reset(&app, who, id).await?;
    let url = format!("{}/reset/{}", app.config.public_url, token.as_str());
    Ok(Json(ResetLink { url, expires_at }))
}

pub async fn look(State(app): State<App>, Path(token): Path<String>) -> Result<Json<ResetOffer>, Problem> {
    let name = resets::look_at_reset(&app, &token).await?;
    Ok(Json(ResetOffer { name }))
}

pub async fn reset(
    State(app): State<App>,
    Path(token): Path<String>,
    Json(request): Json<ResetRequest>,
) -> Result<StatusCode, Problem> {
    resets::reset_password(&app, &token, request.password).await?;
    Ok(StatusCode::NO_CONTENT)
}
