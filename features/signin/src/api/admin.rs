//! What administrators decide.

use crate::{actions::policy, wire::SignInPolicy};
use accounts::Administrator;
use axum::extract::State;
use base::PersonId;
use http::StatusCode;
use platform::{
    app::App,
    http::{Json, Path, Problem},
};

pub async fn policy(State(app): State<App>, _: Administrator) -> Result<Json<SignInPolicy>, Problem> {
    let second_step_roles = policy::find(&app).await?;
    Ok(Json(SignInPolicy { second_step_roles }))
}

pub async fn set_policy(
    State(app): State<App>,
    who: Administrator,
    Json(body): Json<SignInPolicy>,
) -> Result<Json<SignInPolicy>, Problem> {
    let second_step_roles = policy::set(&app, who, body.second_step_roles).await?;
    Ok(Json(SignInPolicy { second_step_roles }))
}

pub async fn remove(
    State(app): State<App>,
    who: Administrator,
    Path(id): Path<PersonId>,
) -> Result<StatusCode, Problem> {
    policy::remove(&app, who, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
