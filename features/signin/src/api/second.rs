//! The second half of a sign-in.

use super::Cookie;
use crate::{
    actions::second,
    wire::{Entered, SecondCode, SecondSetUp, TotpOffer},
};
use axum::{extract::State, response::AppendHeaders};
use http::header::SET_COOKIE;
use platform::{
    app::App,
    http::{ClientAddress, Json, Problem},
};

pub async fn finish(
    State(app): State<App>,
    client: ClientAddress,
    Json(body): Json<SecondCode>,
) -> Result<(AppendHeaders<Cookie>, Json<Entered>), Problem> {
    let done = second::finish(&app, client, &body.attempt, &body.code).await?;
    let cookie = accounts::session_cookie(&app.config, &done.token);
    let entered = Entered {
        me: done.me,
        recovery_codes: done.recovery_codes,
    };
    Ok((AppendHeaders([(SET_COOKIE, cookie)]), Json(entered)))
}

pub async fn set_up(
    State(app): State<App>,
    Json(body): Json<SecondSetUp>,
) -> Result<Json<TotpOffer>, Problem> {
    Ok(Json(second::set_up(&app, &body.attempt).await?))
}
