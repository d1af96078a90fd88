//! Passkeys: one's own, and coming in by one.

use super::{Cookie, browser_of, found_browser};
use crate::{
    actions::{enter, passkeys},
    wire::{Fresh, OwnPasskey, PasskeyAnswer, PasskeyMade, PasskeyName, PasskeyOffer, PasskeyQuestion},
};
use accounts::{Me, SignedIn, token_hash};
use axum::{extract::State, response::AppendHeaders};
use http::{HeaderMap, StatusCode, header::SET_COOKIE};
use platform::{
    app::App,
    http::{ClientAddress, Json, Path, Problem},
};
use uuid::Uuid;

type Asked<T> = Result<(AppendHeaders<Cookie>, Json<T>), Problem>;

pub async fn begin(
    State(app): State<App>,
    who: SignedIn,
    client: ClientAddress,
    headers: HeaderMap,
    Json(body): Json<Fresh>,
) -> Asked<PasskeyOffer> {
    let (browser, cookie) = browser_of(&app, &headers);
    let asked = passkeys::begin(&app, who, client, body.password, token_hash(&browser)).await?;
    let offer = PasskeyOffer {
        attempt: asked.attempt.as_str().to_owned(),
        options: asked.options,
    };
    Ok((AppendHeaders([(SET_COOKIE, cookie)]), Json(offer)))
}

pub async fn finish(
    State(app): State<App>,
    who: SignedIn,
    headers: HeaderMap,
    Json(body): Json<PasskeyMade>,
) -> Result<(StatusCode, Json<OwnPasskey>), Problem> {
    let device = accounts::device_name(&headers);
    let row = passkeys::finish(&app, who, found_browser(&app, &headers), body, device).await?;
    Ok((StatusCode::CREATED, Json(row.into())))
}

pub async fn rename(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<Uuid>,
    Json(body): Json<PasskeyName>,
) -> Result<Json<OwnPasskey>, Problem> {
    Ok(Json(passkeys::rename(&app, who, id, &body.name).await?.into()))
}

pub async fn remove(
    State(app): State<App>,
    who: SignedIn,
    client: ClientAddress,
    Path(id): Path<Uuid>,
    Json(body): Json<Fresh>,
) -> Result<StatusCode, Problem> {
    passkeys::remove(&app, who, client, id, body.password).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub async fn begin_entering(
    State(app): State<App>,
    client: ClientAddress,
    headers: HeaderMap,
) -> Asked<PasskeyQuestion> {
    let (browser, cookie) = browser_of(&app, &headers);
    let asked = enter::begin(&app, client, token_hash(&browser)).await?;
    Ok((AppendHeaders([(SET_COOKIE, cookie)]), Json(asked.into())))
}

pub async fn enter(
    State(app): State<App>,
    client: ClientAddress,
    headers: HeaderMap,
    Json(body): Json<PasskeyAnswer>,
) -> Asked<Me> {
    let (browser, device) = (found_browser(&app, &headers), accounts::device_name(&headers));
    let (me, token) = enter::finish(&app, client, browser, body, device).await?;
    let cookie = accounts::session_cookie(&app.config, &token);
    Ok((AppendHeaders([(SET_COOKIE, cookie)]), Json(me)))
}

pub async fn begin_proof(
    State(app): State<App>,
    who: SignedIn,
    client: ClientAddress,
    headers: HeaderMap,
) -> Asked<PasskeyQuestion> {
    let (browser, cookie) = browser_of(&app, &headers);
    let asked = enter::begin_proof(&app, who, client, token_hash(&browser)).await?;
    Ok((AppendHeaders([(SET_COOKIE, cookie)]), Json(asked.into())))
}

pub async fn prove(
    State(app): State<App>,
    who: SignedIn,
    client: ClientAddress,
    headers: HeaderMap,
    Json(body): Json<PasskeyAnswer>,
) -> Result<StatusCode, Problem> {
    enter::prove(&app, who, client, found_browser(&app, &headers), body).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl From<passkeys::Question> for PasskeyQuestion {
    fn from(asked: passkeys::Question) -> Self {
        Self {
            attempt: asked.attempt.as_str().to_owned(),
            options: asked.options,
        }
    }
}
