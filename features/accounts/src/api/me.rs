//! Profile, picture and password of who asks.

use crate::{
    actions::profile::{self, WantedProfile},
    events::Me,
    model::Error,
    picture,
    session::{SignedIn, renewed_cookie},
    store,
};
use axum::{
    extract::{State, rejection::BytesRejection},
    response::{AppendHeaders, IntoResponse},
};
use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, HeaderValue, StatusCode,
    header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, SET_COOKIE, X_CONTENT_TYPE_OPTIONS},
};
use platform::{
    app::App,
    http::{ClientAddress, Json, Path, Problem},
    openapi::Raw,
};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};
use ts_rs::TS;

/// Body of `PATCH /api/me`; an absent field stays as it is.
#[derive(Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct MeChange {
    name: Option<String>,
    /// Null takes it away.
    #[serde(default, deserialize_with = "present")]
    #[ts(optional, type = "string | null")]
    pronunciation: Option<Option<String>>,
    time_zone: Option<String>,
    language: Option<String>,
    /// Only true.
    onboarded: Option<bool>,
}

/// Body of `POST /api/me/password`.
#[derive(Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    current: String,
    new: String,
}

/// Tells null, which is `Some(None)`, from absent.
fn present<'de, D: Deserializer<'de>>(field: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(field).map(Some)
}

pub async fn get_me(
    State(app): State<App>,
    who: SignedIn,
    headers: HeaderMap,
) -> Result<(AppendHeaders<Option<(HeaderName, HeaderValue)>>, Json<Me>), Problem> {
    let me = app.db.read(move |tx| store::get_me(tx, who.person)).await?;
    let cookie = renewed_cookie(&app.config, &headers).map(|cookie| (SET_COOKIE, cookie));
    Ok((AppendHeaders(cookie), Json(me)))
}

pub async fn change(
    State(app): State<App>,
    who: SignedIn,
    Json(change): Json<MeChange>,
) -> Result<Json<Me>, Problem> {
    let wanted = WantedProfile {
        name: change.name,
        pronunciation: change.pronunciation,
        time_zone: change.time_zone,
        language: change.language,
        onboarded: change.onboarded,
    };
    Ok(Json(profile::change_profile(&app, who, wanted).await?))
}

pub async fn change_password(
    State(app): State<App>,
    who: SignedIn,
    client: ClientAddress,
    Json(change): Json<PasswordChange>,
) -> Result<StatusCode, Problem> {
    let change = profile::PasswordChange {
        current: change.current,
        new: change.new,
    };
    profile::change_password(&app, who, client, change).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub async fn set_picture(
    State(app): State<App>,
    who: SignedIn,
    sent: Result<Bytes, BytesRejection>,
) -> Result<Json<Me>, Problem> {
    let sent = sent.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Error::PictureTooBig,
        _ => Error::field("", "the picture ended early"),
    })?;
    Ok(Json(profile::set_picture(&app, who, sent).await?))
}

pub async fn remove_picture(State(app): State<App>, who: SignedIn) -> Result<Json<Me>, Problem> {
    Ok(Json(profile::remove_picture(&app, who).await?))
}

pub async fn get_picture(
    State(app): State<App>,
    _: SignedIn,
    Path(hash): Path<String>,
) -> Result<Raw, Problem> {
    let bytes = profile::get_picture(&app, &hash).await?;
    let headers = [
        (CONTENT_TYPE, picture::content_type(&bytes)),
        (CACHE_CONTROL, "private, max-age=31536000, immutable"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (CONTENT_SECURITY_POLICY, "sandbox"),
    ];
    Ok(Raw((headers, bytes).into_response()))
}
