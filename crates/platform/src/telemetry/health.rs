//! `/healthz` (the process lives), `/readyz` (it can serve) and `/metrics`.
//!
//! Invariants: readiness asks every check at once and each for at most [`CHECK_TIMEOUT`]; the answer names checks, the
//! reasons go to the log; metrics are only for this machine and private networks, where an operator's collector is.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::future::join_all;
use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use serde_json::{Map, Value, json};

use super::metrics::{self, Metrics};
use crate::http::{ClientAddress, Json, Problem};

/// Shorter than the usual 5 s after which a balancer gives up on the whole answer.
const CHECK_TIMEOUT: Duration = Duration::from_secs(2);

type Check = Box<dyn Fn() -> Pin<Box<dyn Future<Output = Result<(), String>> + Send>> + Send + Sync>;

/// Something that must work before people are sent here.
pub struct ReadyCheck {
    name: &'static str,
    check: Check,
}

impl ReadyCheck {
    /// A named question; its error is a reason for the log.
    pub fn new<F, A>(name: &'static str, check: F) -> ReadyCheck
    where
        F: Fn() -> A + Send + Sync + 'static,
        A: Future<Output = Result<(), String>> + Send + 'static,
    {
        ReadyCheck {
            name,
            check: Box::new(move || Box::pin(check())),
        }
    }

    async fn ask(&self) -> bool {
        let answer = tokio::time::timeout(CHECK_TIMEOUT, (self.check)()).await;
        match answer.unwrap_or_else(|_| Err(format!("no answer within {} s", CHECK_TIMEOUT.as_secs()))) {
            Ok(()) => true,
            Err(reason) => {
                tracing::warn!(check = self.name, reason, "was not ready");
                false
            }
        }
    }
}

/// The three routes. They are outside of `/api`, so no rate limit meets them.
pub fn health_routes<S>(metrics: Metrics, checks: Vec<ReadyCheck>) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    let checks: Arc<[ReadyCheck]> = checks.into();
    Router::new()
        .route(
            "/healthz",
            get(|| async { ([(CACHE_CONTROL, "no-store")], "ok\n") }),
        )
        .route("/readyz", get(move || ready(checks.clone())))
        .route(
            "/metrics",
            get(move |client: ClientAddress| async move { tell(&metrics, client) }),
        )
}

async fn ready(checks: Arc<[ReadyCheck]>) -> Response {
    let answers = join_all(checks.iter().map(ReadyCheck::ask)).await;
    let is_ready = answers.iter().all(|is_well| *is_well);
    let shown: Map<String, Value> = checks
        .iter()
        .zip(answers)
        .map(|(check, is_well)| {
            (
                check.name.to_owned(),
                if is_well { "ok" } else { "failing" }.into(),
            )
        })
        .collect();
    let status = if is_ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (
        status,
        [(CACHE_CONTROL, "no-store")],
        Json(json!({"ready": is_ready, "checks": shown})),
    )
        .into_response()
}

fn tell(metrics: &Metrics, client: ClientAddress) -> Response {
    if !client.is_near() {
        return Problem::not_found().into_response();
    }
    (
        [(CONTENT_TYPE, metrics::CONTENT_TYPE), (CACHE_CONTROL, "no-store")],
        metrics.encode(),
    )
        .into_response()
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use http::Request;
    use tower::ServiceExt;

    use super::*;

    async fn answer(checks: Vec<ReadyCheck>, path: &str, client: &str) -> (u16, String) {
        let mut request = Request::get(path).body(Body::empty()).unwrap();
        request
            .extensions_mut()
            .insert(ClientAddress(client.parse().unwrap()));
        let response = health_routes::<()>(Metrics::new(), checks)
            .oneshot(request)
            .await
            .unwrap();
        let status = response.status().as_u16();
        let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test(start_paused = true)]
    async fn readiness_names_what_fails() {
        let well = || ReadyCheck::new("database", || async { Ok(()) });
        let ill = ReadyCheck::new("blobs", || async { Err("bucket of ada is gone".to_owned()) });
        let mute = ReadyCheck::new("bell", std::future::pending);
        assert_eq!(answer(vec![], "/readyz", "127.0.0.1").await.0, 200);
        let (status, body) = answer(vec![well(), ill, mute], "/readyz", "127.0.0.1").await;
        assert_eq!(status, 503);
        let expected =
            json!({"ready": false, "checks": {"database": "ok", "blobs": "failing", "bell": "failing"}});
        assert_eq!(serde_json::from_str::<Value>(&body).unwrap(), expected);
        assert_eq!(
            answer(vec![well()], "/healthz", "198.51.100.7").await,
            (200, "ok\n".to_owned())
        );
    }

    #[tokio::test]
    async fn metrics_are_for_the_neighbourhood() {
        for (client, expected) in [
            ("127.0.0.1", 200),
            ("10.1.2.3", 200),
            ("::1", 200),
            ("198.51.100.7", 404),
            ("2001:db8::1", 404),
        ] {
            assert_eq!(answer(vec![], "/metrics", client).await.0, expected, "{client}");
        }
    }
}
