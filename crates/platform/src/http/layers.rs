//! What stands around every route, from the outside in: gzip, id and span of the request, security headers, limits,
//! the origin check, the time limit, the net under a panic.
//!
//! Invariants: every answer has an id and the security headers, also a refusal and a panic; nothing under `/api` may be
//! kept by a shared cache; spans and metrics hold the pattern of the path and never the path, the query, an address or
//! a token. One function tells the story in order instead of ten layers, which would cost ten allocations a request.

use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use futures_util::{FutureExt, TryStreamExt};
use http::header::{self, HeaderName};
use http::{HeaderMap, HeaderValue, Method};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{Predicate, SizeAbove};
use tracing::Instrument;
use uuid::Uuid;

use super::client::{ClientAddress, Proxies, RequestId};
use super::origin::OriginCheck;
use super::problem::{BUSY, INTERNAL, METHOD_NOT_ALLOWED, Problem, RATE_LIMITED, UNSURE, fill_instance};
use super::rest;

use crate::config::Config;
use crate::limits::RateLimiter;
use crate::telemetry::Metrics;

/// How long a handler may take. Six times the wait for a database (threats 33); an upgrade is answered long before.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

/// The kind of body that is an upload (tus 1.0). It may take as long as it needs, if it goes on.
const UPLOAD: &[u8] = b"application/offset+octet-stream";

/// What must have come of an upload within the time limit, else it has stalled. A tenth of the slowest mobile network.
const UPLOAD_MIN_BYTES: u64 = 8 * 1_024;

/// When a client that met the time limit shall come back.
const BUSY_RETRY: Duration = Duration::from_secs(5);

/// Below this a packet is sent anyway, and gzip only costs.
const MIN_GZIP_BYTES: u64 = 1_024;

/// zlib level: half the time of the default level 6 for some 5 % more bytes of our JSON.
const GZIP_LEVEL: i32 = 4;

/// One year, the shortest that browsers' preload lists call long.
const HSTS: HeaderValue = HeaderValue::from_static("max-age=31536000");

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// `wasm-unsafe-eval` lets our own scripts run our own WebAssembly (what is behind somebody in a call); it lets no text become
/// a script.
const CONTENT_POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data: blob:; media-src 'self' blob:; style-src 'self' 'unsafe-inline'; \
    frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'; connect-src 'self'";

const SECURITY_HEADERS: [(HeaderName, HeaderValue); 5] = [
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    // Links of invitations and resets carry tokens in their path.
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static(
            "camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=(), usb=(), serial=(), \
             hid=(), midi=(), browsing-topics=()",
        ),
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
];

struct Edge {
    proxies: Proxies,
    origin: OriginCheck,
    per_client: RateLimiter,
    per_address: RateLimiter,
    is_https: bool,
    content_policy: HeaderValue,
    metrics: Metrics,
}

/// Puts everything around the routes. Call it last: only what is in the router by now is covered. Unknown paths and
/// methods under `/api` become problems; other unknown paths are left to the fallback of the router.
pub fn layers<S>(router: Router<S>, config: &Config, metrics: &Metrics) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    let limits = &config.limits;
    let edge = Arc::new(Edge {
        proxies: Proxies::new(&config.proxy),
        origin: OriginCheck::new(config),
        per_client: RateLimiter::per_second(limits.requests_per_second, limits.burst),
        per_address: RateLimiter::per_second(limits.address_requests_per_second, limits.address_burst),
        is_https: config.is_https(),
        content_policy: content_policy(config),
        metrics: metrics.clone(),
    });
    let gzip = CompressionLayer::new()
        .quality(CompressionLevel::Precise(GZIP_LEVEL))
        .compress_when(SizeAbove::new(MIN_GZIP_BYTES).and(IsJson));
    router
        .route("/api/{*unknown}", any(|| async { Problem::not_found() }))
        .method_not_allowed_fallback(|| async { Problem::new(&METHOD_NOT_ALLOWED) })
        .layer(from_fn_with_state(edge, pass))
        .layer(DefaultBodyLimit::max(limits.body_size_bytes))
        .layer(gzip)
}

/// Pages speak with this server only, and with the LiveKit server where one runs the sessions: over its socket, and by asking
/// it over HTTP why that socket did not open.
fn content_policy(config: &Config) -> HeaderValue {
    let livekit = config.live.livekit.as_ref();
    let host = livekit.and_then(|livekit| {
        let (scheme, rest) = livekit.url.split_once("://")?;
        let is_secure = matches!(scheme, "wss" | "https");
        let schemes = if is_secure {
            ["wss", "https"]
        } else {
            ["ws", "http"]
        };
        Some((schemes, rest.split('/').next()?))
    });
    // A host is no place for what would be another directive.
    let host = host.filter(|(_, host)| !host.contains([';', ',', ' ', '\'']));
    let policy =
        host.map(|([socket, http], host)| format!("{CONTENT_POLICY} {socket}://{host} {http}://{host}"));
    let policy = policy.and_then(|policy| HeaderValue::from_str(&policy).ok());
    policy.unwrap_or(HeaderValue::from_static(CONTENT_POLICY))
}

/// The way of one request.
async fn pass(State(edge): State<Arc<Edge>>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = Uuid::now_v7();
    let method = method_name(request.method());
    let route = request.extensions().get::<MatchedPath>().cloned();
    let is_api = request.uri().path().starts_with("/api/");
    let client = edge.proxies.client(request.extensions(), request.headers());
    request.extensions_mut().insert(RequestId(id));
    request.extensions_mut().insert(client);

    let pattern = route.as_ref().map_or("other", MatchedPath::as_str);
    let span = tracing::info_span!("request", request.id = %id, http.method = method, http.route = pattern);
    let in_flight = edge.metrics.request_started();
    let mut response = match edge.admit(&request, client, is_api) {
        Ok(()) => answer(request, next).instrument(span.clone()).await,
        Err(problem) => problem.into_response(),
    };
    let duration = started.elapsed();
    edge.dress(&mut response, id, is_api);
    let status = response.status().as_u16();
    edge.metrics
        .request_ended(in_flight, method, pattern, status, duration);
    let duration_ms = duration.as_secs_f64() * 1_000.0;
    span.in_scope(|| {
        tracing::debug!(
            http.status = status,
            duration_ms,
            "answered {method} {pattern} with {status}"
        )
    });
    response
}

/// Runs the handler under the time limit and over the net. Dropping a handler half-way is safe: its writes are one
/// closure in a lane, which runs or not. Only then nobody knows whether it ran.
async fn answer(request: Request, next: Next) -> Response {
    let only_reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let n_uploaded = Arc::new(AtomicU64::new(0));
    let (request, rest) = rest::lend(count_upload(request, &n_uploaded));
    let mut handler = pin!(AssertUnwindSafe(next.run(request)).catch_unwind());
    let mut n_before = 0;
    loop {
        match tokio::time::timeout(REQUEST_TIMEOUT, &mut handler).await {
            Ok(Ok(response)) => {
                rest.hear_out().await;
                return response;
            }
            Ok(Err(_)) => {
                // The panic hook has told where; the text of a panic may quote a person and stays out of the log.
                tracing::error!("a handler panicked");
                return Problem::new(&INTERNAL).into_response();
            }
            Err(_) => {}
        }
        let n_now = n_uploaded.load(Ordering::Relaxed);
        if n_now < n_before + UPLOAD_MIN_BYTES {
            tracing::warn!("a handler met the time limit of {} s", REQUEST_TIMEOUT.as_secs());
            let kind = if only_reads { &BUSY } else { &UNSURE };
            return Problem::new(kind).retry_after(BUSY_RETRY).into_response();
        }
        n_before = n_now;
    }
}

/// Counts the bytes of an upload as they come; other requests stay as they are.
fn count_upload(request: Request, n_uploaded: &Arc<AtomicU64>) -> Request {
    let kind = request.headers().get(header::CONTENT_TYPE);
    if kind.is_none_or(|kind| kind.as_bytes() != UPLOAD) {
        return request;
    }
    let n_uploaded = n_uploaded.clone();
    request.map(|body| {
        let counted = body.into_data_stream().inspect_ok(move |piece| {
            n_uploaded.fetch_add(piece.len() as u64, Ordering::Relaxed);
        });
        Body::from_stream(counted)
    })
}

impl Edge {
    fn admit(&self, request: &Request, client: ClientAddress, is_api: bool) -> Result<(), Problem> {
        if is_api {
            self.check_rate(request.headers(), client)?;
        }
        self.origin
            .check(request.method(), request.uri(), request.headers())
    }

    /// Counts by session, or by address where there is none. A token is not checked yet, and somebody could show a new
    /// one each time: so all tokens of one address together have a limit too.
    fn check_rate(&self, headers: &HeaderMap, client: ClientAddress) -> Result<(), Problem> {
        let network = client.network();
        let limited = |wait| Problem::new(&RATE_LIMITED).retry_after(wait);
        self.per_address.check(&network).map_err(limited)?;
        match headers
            .get(header::AUTHORIZATION)
            .or_else(|| headers.get(header::COOKIE))
        {
            Some(token) => self.per_client.check(&token.as_bytes()).map_err(limited),
            None => self.per_client.check(&network).map_err(limited),
        }
    }

    fn dress(&self, response: &mut Response, id: Uuid, is_api: bool) {
        let mut buffer = Uuid::encode_buffer();
        let id: &str = id.hyphenated().encode_lower(&mut buffer);
        fill_instance(response, id);
        let headers = response.headers_mut();
        if let Ok(id) = HeaderValue::from_str(id) {
            headers.insert(REQUEST_ID, id);
        }
        let policy = (header::CONTENT_SECURITY_POLICY, self.content_policy.clone());
        for (name, value) in SECURITY_HEADERS.into_iter().chain([policy]) {
            // A handler may be stricter, as with the sandbox around files of people.
            headers.entry(name).or_insert(value);
        }
        if self.is_https {
            headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(HSTS);
        }
        let is_private = headers
            .get(header::CACHE_CONTROL)
            .is_some_and(|value| value.as_bytes().starts_with(b"private"));
        if is_api && !is_private {
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
    }
}

/// JSON is the only thing that is worth it: pictures are packed already, and the pages of the app are at build time.
#[derive(Clone)]
struct IsJson;

impl Predicate for IsJson {
    fn should_compress<B: axum::body::HttpBody>(&self, response: &http::Response<B>) -> bool {
        let kind = response.headers().get(header::CONTENT_TYPE);
        kind.is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"))
    }
}

/// A label of bounded choice: clients may invent methods.
fn method_name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

#[cfg(test)]
mod tests;
