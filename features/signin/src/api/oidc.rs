//! To another server and back. The way back is a page of ours that posts what it got: a GET changes nothing.

use super::{Cookie, FLOW_COOKIE, browser_of};
use crate::{
    actions::oidc::{self, Back, Begun, Ended},
    wire::{Fresh, OidcBack, OidcBegin, OidcBegun, OidcDone},
};
use accounts::SignedIn;
use axum::{
    extract::State,
    response::{AppendHeaders, IntoResponse},
};
use http::{HeaderMap, StatusCode, header::SET_COOKIE};
use platform::{
    app::App,
    http::{ClientAddress, Json, Problem},
    openapi::Answered,
};

pub async fn begin(
    State(app): State<App>,
    headers: HeaderMap,
    Json(body): Json<OidcBegin>,
) -> Result<(AppendHeaders<Cookie>, Json<OidcBegun>), Problem> {
    let (browser, cookie) = browser_of(&app, &headers);
    let begun = Begun {
        browser: &browser,
        device: accounts::device_name(&headers),
        invitation: body.invitation,
        time_zone: body.time_zone,
        language: body.language,
    };
    let url = oidc::begin(&app, begun).await?;
    Ok((AppendHeaders([(SET_COOKIE, cookie)]), Json(OidcBegun { url })))
}

pub async fn begin_link(
    State(app): State<App>,
    who: SignedIn,
    client: ClientAddress,
    headers: HeaderMap,
    Json(body): Json<Fresh>,
) -> Result<(AppendHeaders<Cookie>, Json<OidcBegun>), Problem> {
    let (browser, cookie) = browser_of(&app, &headers);
    let url = oidc::begin_link(&app, who, client, body.password, known(&browser)).await?;
    Ok((AppendHeaders([(SET_COOKIE, cookie)]), Json(OidcBegun { url })))
}

pub async fn begin_proof(
    State(app): State<App>,
    who: SignedIn,
    headers: HeaderMap,
) -> Result<(AppendHeaders<Cookie>, Json<OidcBegun>), Problem> {
    let (browser, cookie) = browser_of(&app, &headers);
    let url = oidc::begin_proof(&app, who, known(&browser)).await?;
    Ok((AppendHeaders([(SET_COOKIE, cookie)]), Json(OidcBegun { url })))
}

/// Somebody who has an account already.
fn known(browser: &str) -> Begun<'_> {
    Begun {
        browser,
        device: String::new(),
        invitation: None,
        time_zone: String::new(),
        language: String::new(),
    }
}

pub async fn finish(
    State(app): State<App>,
    client: ClientAddress,
    headers: HeaderMap,
    Json(body): Json<OidcBack>,
) -> Result<Answered<OidcDone, 200>, Problem> {
    let back = Back {
        browser: accounts::find_cookie(&app.config, &headers, FLOW_COOKIE).unwrap_or_default(),
        state: &body.state,
        code: body.code,
        issuer: body.iss,
    };
    let answer = match oidc::finish(&app, client, back).await? {
        Ended::Linked | Ended::Proven => Json(OidcDone { me: None }).into_response(),
        Ended::In(me, token) => {
            let cookie = accounts::session_cookie(&app.config, &token);
            ([(SET_COOKIE, cookie)], Json(OidcDone { me: Some(*me) })).into_response()
        }
    };
    Ok(Answered::new(answer))
}

pub async fn remove(
    State(app): State<App>,
    who: SignedIn,
    client: ClientAddress,
    Json(body): Json<Fresh>,
) -> Result<StatusCode, Problem> {
    oidc::remove(&app, who, client, body.password).await?;
    Ok(StatusCode::NO_CONTENT)
}
