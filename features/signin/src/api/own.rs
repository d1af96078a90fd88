//! One's own ways in.

use crate::{
    actions::enrol,
    wire::{Code, Fresh, OwnWays, RecoveryCodes, TotpOffer},
};
use accounts::SignedIn;
use axum::extract::State;
use http::StatusCode;
use platform::{
    app::App,
    http::{ClientAddress, Json, Problem},
};

pub async fn ways(State(app): State<App>, who: SignedIn) -> Result<Json<OwnWays>, Problem> {
    Ok(Json(enrol::ways(&app, who).await?))
}

pub async fn begin_totp(
    State(app): State<App>,
    who: SignedIn,
    client: ClientAddress,
    Json(body): Json<Fresh>,
) -> Result<Json<TotpOffer>, Problem> {
    Ok(Json(enrol::begin(&app, who, client, body.password).await?))
}

pub async fn confirm_totp(
    State(app): State<App>,
    who: SignedIn,
    client: ClientAddress,
    Json(body): Json<Code>,
) -> Result<Json<RecoveryCodes>, Problem> {
    let recovery_codes = enrol::finish(&app, who, client, body.code).await?;
    Ok(Json(RecoveryCodes { recovery_codes }))
}

pub async fn remove_totp(
    State(app): State<App>,
    who: SignedIn,
    client: ClientAddress,
    Json(body): Json<Fresh>,
) -> Result<StatusCode, Problem> {
    enrol::remove(&app, who, client, body.password).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub async fn renew_codes(
    State(app): State<App>,
    who: SignedIn,
    client: ClientAddress,
    Json(body): Json<Fresh>,
) -> Result<Json<RecoveryCodes>, Problem> {
    let recovery_codes = enrol::renew_codes(&app, who, client, body.password).await?;
    Ok(Json(RecoveryCodes { recovery_codes }))
}
