//! Handlers of erasing.

use super::{ErasedMessages, erase, erase_myself};
use crate::{
    events::Person,
    session::{Administrator, SignedIn},
};
use axum::extract::State;
use base::PersonId;
use http::StatusCode;
use platform::{
    app::App,
    http::{ClientAddress, Json, Path, Problem},
};
use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

/// Body of `POST /api/people/{id}/erase`.
#[derive(Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ErasePerson {
    messages: ErasedMessages,
}

/// Body of `POST /api/me/erase`.
#[derive(Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct EraseMe {
    /// Whoever has none, or has just proved who they are by a passkey or at another server, leaves it out.
    password: Option<String>,
    messages: ErasedMessages,
}

pub async fn erase_person(
    State(app): State<App>,
    who: Administrator,
    Path(id): Path<PersonId>,
    Json(body): Json<ErasePerson>,
) -> Result<Json<Person>, Problem> {
    Ok(Json(erase(&app, who, id, body.messages).await?))
}

pub async fn erase_me(
    State(app): State<App>,
    who: SignedIn,
    client: ClientAddress,
    Json(body): Json<EraseMe>,
) -> Result<StatusCode, Problem> {
    erase_myself(&app, who, client, body.password, body.messages).await?;
    Ok(StatusCode::NO_CONTENT)
}
