//! Signing in and out, the list of sessions, tokens of programs.

use crate::{
    actions::sessions::{self, NewToken, SignIn},
    device::device_name,
    events::Me,
    scope::TokenScope,
    session::{SignedIn, no_cookie, session_cookie},
    store::sessions::{SessionRow, TokenRow},
};
use axum::{extract::State, response::AppendHeaders};
use base::{SessionId, Timestamp};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header::SET_COOKIE};
use platform::{
    app::App,
    http::{ClientAddress, Json, Path, Problem},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use ts_rs::TS;

/// Body of `POST /api/sessions`.
#[derive(Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignInRequest {
    email: String,
    password: String,
}

/// A signed-in browser.
#[derive(Serialize, TS, JsonSchema)]
pub struct Session {
    id: SessionId,
    created_at: Timestamp,
    /// To within five minutes.
    seen_at: Timestamp,
    /// "Firefox on Windows".
    device: String,
    /// The one that asks.
    current: bool,
}

/// Answer of `GET /api/sessions`.
#[derive(Serialize, TS, JsonSchema)]
pub struct SessionList {
    items: Vec<Session>,
}

/// Body of `POST /api/tokens`.
#[derive(Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenRequest {
    name: String,
    /// What it is good for; reading and writing when nothing is said.
    #[serde(default = "read_and_write")]
    #[ts(optional, as = "Option<Vec<TokenScope>>")]
    scopes: Vec<TokenScope>,
    /// An hour to ten years; absent or null: until it is revoked, or was not used for 90 days.
    #[serde(default)]
    #[ts(optional, type = "number | null")]
    expires_in_s: Option<u32>,
}

fn read_and_write() -> Vec<TokenScope> {
    vec![TokenScope::Read, TokenScope::Write]
}

/// A token of a program, without its secret.
#[derive(Serialize, TS, JsonSchema)]
pub struct ApiToken {
    id: SessionId,
    name: String,
    scopes: Vec<TokenScope>,
    created_at: Timestamp,
    /// When it was last used, to within five minutes.
    seen_at: Timestamp,
    expires_at: Option<Timestamp>,
}

/// Answer of `GET /api/tokens`.
#[derive(Serialize, TS, JsonSchema)]
pub struct TokenList {
    items: Vec<ApiToken>,
}

/// A token, shown once.
#[derive(Serialize, TS, JsonSchema)]
pub struct TokenMade {
    #[serde(flatten)]
    about: ApiToken,
    token: String,
}

impl From<TokenRow> for ApiToken {
    fn from(row: TokenRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            scopes: row.scopes.list().unwrap_or_default(),
            created_at: row.created_at,
            seen_at: row.seen_at,
            expires_at: row.expires_at,
        }
    }
}

type Cookie = [(HeaderName, HeaderValue); 1];

pub async fn sign_in(
    State(app): State<App>,
    client: ClientAddress,
    headers: HeaderMap,
    Json(request): Json<SignInRequest>,
) -> Result<(AppendHeaders<Cookie>, Json<Me>), Problem> {
    let sign_in = SignIn {
        email: request.email,
        password: request.password,
        device: device_name(&headers),
    };
    let (me, token) = sessions::sign_in(&app, client, sign_in).await?;
    Ok((
        AppendHeaders([(SET_COOKIE, session_cookie(&app.config, &token))]),
        Json(me),
    ))
}

pub async fn list(State(app): State<App>, who: SignedIn) -> Result<Json<SessionList>, Problem> {
    let rows = sessions::list_sessions(&app, who).await?;
    let wire = |row: SessionRow| Session {
        id: row.id,
        created_at: row.created_at,
        seen_at: row.seen_at,
        device: row.device,
        current: row.id == who.session,
    };
    Ok(Json(SessionList {
        items: rows.into_iter().map(wire).collect(),
    }))
}

pub async fn end(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<SessionId>,
) -> Result<StatusCode, Problem> {
    sessions::end_session(&app, who, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub async fn end_others(State(app): State<App>, who: SignedIn) -> Result<StatusCode, Problem> {
    sessions::end_other_sessions(&app, who).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub async fn sign_out(
    State(app): State<App>,
    who: SignedIn,
) -> Result<(StatusCode, AppendHeaders<Cookie>), Problem> {
    sessions::end_session(&app, who, who.session).await?;
    Ok((
        StatusCode::NO_CONTENT,
        AppendHeaders([(SET_COOKIE, no_cookie(&app.config))]),
    ))
}

pub async fn create_token(
    State(app): State<App>,
    who: SignedIn,
    Json(request): Json<TokenRequest>,
) -> Result<(StatusCode, Json<TokenMade>), Problem> {
    let new = NewToken {
        name: request.name,
        scopes: request.scopes,
        lifetime: request
            .expires_in_s
            .map(|seconds| Duration::from_secs(seconds.into())),
    };
    let (row, token) = sessions::create_token(&app, who, new).await?;
    let made = TokenMade {
        about: row.into(),
        token: token.as_str().to_owned(),
    };
    Ok((StatusCode::CREATED, Json(made)))
}

pub async fn list_tokens(State(app): State<App>, who: SignedIn) -> Result<Json<TokenList>, Problem> {
    let rows = sessions::list_tokens(&app, who).await?;
    Ok(Json(TokenList {
        items: rows.into_iter().map(ApiToken::from).collect(),
    }))
}
