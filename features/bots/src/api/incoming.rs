//! Handlers of doors into a channel; the one that programs use answers as Slack does.

use super::incoming_wire;
use crate::{
    actions::incoming,
    model::Error,
    slack,
    wire::{IncomingMade, NewIncoming},
};
use accounts::{SignedIn, TokenHash, token_hash};
use axum::{
    extract::{State, rejection::BytesRejection},
    response::{AppendHeaders, IntoResponse, Response},
};
use base::{ChannelId, HookId};
use bytes::Bytes;
use http::{
    StatusCode,
    header::{CONTENT_TYPE, RETRY_AFTER},
};
use messages::Text;
use platform::{
    app::App,
    db::Tx,
    http::{
        extract::{Json, Path, from_json},
        problem::{BUSY, Problem},
    },
    limits::RateLimiter,
    openapi::PlainText,
};
use serde_json::Value;
use spaces::access;
use std::{sync::LazyLock, time::Duration};

/// Slack takes one a second and tolerates bursts; a build with sixty failures is one.
static PER_HOOK: LazyLock<RateLimiter> = LazyLock::new(|| RateLimiter::new(1, Duration::from_secs(1), 60));

pub async fn create(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Json(new): Json<NewIncoming>,
) -> Result<(StatusCode, Json<IncomingMade>), Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let (hook, secret) = incoming::create(tx, &access, (&new.name, new.topic_id), now)?;
        let hook = incoming_wire(tx, vec![hook])?.pop().ok_or(Error::NotFound)?;
        Ok::<_, Error>((hook, secret))
    };
    let (hook, secret) = app.db.write(channel, write).await?;
    let url = format!("{}/api/hooks/{}", app.config.public_url, secret.as_str());
    Ok((StatusCode::CREATED, Json(IncomingMade { hook, url })))
}

pub async fn remove(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, hook)): Path<(ChannelId, HookId)>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        incoming::remove(tx, &access, hook, now)
    };
    app.db.write(channel, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A refusal in the words that senders for Slack know.
struct Refused(StatusCode, &'static str, Option<Duration>);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let kind = [(CONTENT_TYPE, "text/plain; charset=utf-8")];
        let seconds = self
            .2
            .map(|wait| (RETRY_AFTER, wait.as_secs().max(1).to_string()));
        (self.0, kind, AppendHeaders(seconds), self.1).into_response()
    }
}

/// Takes what Slack would take, and answers what Slack would answer.
pub async fn receive(
    State(app): State<App>,
    Path(secret): Path<String>,
    body: Result<Bytes, BytesRejection>,
) -> PlainText {
    PlainText(match take(&app, token_hash(&secret), body).await {
        Ok(()) => ([(CONTENT_TYPE, "text/plain; charset=utf-8")], "ok").into_response(),
        Err(refused) => refused.into_response(),
    })
}

async fn take(app: &App, secret: TokenHash, body: Result<Bytes, BytesRejection>) -> Result<(), Refused> {
    const MALFORMED: Refused = Refused(StatusCode::BAD_REQUEST, "invalid_payload", None);
    let body = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Refused(StatusCode::PAYLOAD_TOO_LARGE, "too_big", None),
        _ => MALFORMED,
    })?;
    // Before the limit: the cells of hooks are for those who know a secret.
    let known = app
        .db
        .read(move |tx| crate::store::incoming::find_by_secret(tx, &secret))
        .await;
    let hook = known
        .map_err(|_| busy())?
        .ok_or(Refused(StatusCode::NOT_FOUND, "no_service", None))?;
    PER_HOOK
        .check(&secret)
        .map_err(|wait| Refused(StatusCode::TOO_MANY_REQUESTS, "rate_limited", Some(wait)))?;
    let payload = payload_of(&body).ok_or(MALFORMED)?;
    let text = tokio::task::spawn_blocking(move || {
        let text = slack::to_markdown(&payload).ok_or(Refused(StatusCode::BAD_REQUEST, "no_text", None))?;
        Text::read(&text).map_err(|_| MALFORMED)
    });
    let text = text.await.map_err(|_| busy())??;
    post(app, hook.channel, secret, text).await
}

async fn post(app: &App, channel: ChannelId, secret: TokenHash, text: Text) -> Result<(), Refused> {
    let now = app.clock.now();
    let posted = app
        .db
        .write(channel, move |tx| incoming::receive(tx, &secret, &text, now))
        .await;
    match posted.and_then(|posted| posted) {
        Ok(()) => Ok(()),
        Err(Error::NotFound) => Err(Refused(StatusCode::NOT_FOUND, "no_service", None)),
        Err(Error::Spaces(spaces::Error::Archived)) => {
            Err(Refused(StatusCode::GONE, "channel_is_archived", None))
        }
        Err(Error::Spaces(spaces::Error::Forbidden(_))) => {
            Err(Refused(StatusCode::FORBIDDEN, "action_prohibited", None))
        }
        Err(Error::Db(error)) => {
            let problem = Problem::from(error);
            let status = problem.status();
            Err(if status == BUSY.status {
                busy()
            } else {
                Refused(status, "fatal_error", None)
            })
        }
        Err(_) => Err(Refused(StatusCode::BAD_REQUEST, "invalid_payload", None)),
    }
}

fn busy() -> Refused {
    Refused(
        StatusCode::SERVICE_UNAVAILABLE,
        "service_unavailable",
        Some(Duration::from_secs(5)),
    )
}

/// JSON, or a form with JSON in its field `payload`. By the look of it: many senders do not say, or say the wrong kind.
fn payload_of(body: &[u8]) -> Option<Value> {
    let is_json = body.trim_ascii_start().starts_with(b"{");
    let payload: Value = if is_json {
        from_json(body).ok()?
    } else {
        let (_, json) = form_urlencoded::parse(body).find(|(name, _)| name == "payload")?;
        from_json(json.as_bytes()).ok()?
    };
    payload.is_object().then_some(payload)
}
