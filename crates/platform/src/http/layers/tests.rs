//! What a client sees of the layers, over a router with one route of each sort.

use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::routing::{get, post};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::path::Path;
use tower::ServiceExt;

use super::super::Json;
use super::*;

const ORIGIN: &str = "http://antiphon.test";

fn router_with(metrics: &Metrics, adjust: impl Fn(&mut Config)) -> Router {
    let mut config = Config::for_tests(Path::new("unused"));
    adjust(&mut config);
    let router = Router::new()
        .route("/", get(|| async { "page" }))
        .route(
            "/api/small",
            get(|| async { Json(json!({"a": 1})) }).post(|| async { Json(json!({})) }),
        )
        .route(
            "/api/big",
            get(|| async { Json(json!({"text": "x".repeat(5_000)})) }),
        )
        .route(
            "/api/image",
            get(|| async { ([(header::CONTENT_TYPE, "image/png")], vec![0_u8; 5_000]) }),
        )
        .route(
            "/api/kept",
            get(|| async { ([(header::CACHE_CONTROL, "private, max-age=60")], "kept") }),
        )
        .route(
            "/api/shared",
            get(|| async { ([(header::CACHE_CONTROL, "public, max-age=60")], "kept") }),
        )
        .route(
            "/api/sandbox",
            get(|| async { ([(header::CONTENT_SECURITY_POLICY, "sandbox")], "file") }),
        )
        .route("/api/panic", get(panics))
        .route(
            "/api/slow",
            get(std::future::pending::<()>).post(std::future::pending::<()>),
        )
        .route(
            "/api/body",
            post(|body: axum::body::Bytes| async move { body.len().to_string() }),
        )
        .route(
            "/api/picture",
            post(|body: axum::body::Bytes| async move { body.len().to_string() })
                .layer(DefaultBodyLimit::max(400_000)),
        )
        .route("/api/things/{id}", get(|| async { Problem::not_found() }));
    layers(router, &config, metrics)
}

async fn panics() -> &'static str {
    panic!("a handler broke on purpose")
}

fn router() -> Router {
    router_with(&Metrics::new(), |_| {})
}

fn get_request(path: &str) -> Request {
    Request::get(path).body(Body::empty()).unwrap()
}

async fn body_of(response: Response) -> Value {
    let bytes = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

async fn header_of(path: &str, name: &str) -> Option<String> {
    let response = router().oneshot(get_request(path)).await.unwrap();
    response
        .headers()
        .get(name)
        .map(|value| value.to_str().unwrap().to_owned())
}

#[tokio::test]
async fn pages_may_speak_with_the_livekit_server_that_runs_the_sessions() {
    let policy = async |url: Option<&str>| {
        let livekit = url.map(|url| crate::config::LiveKitConfig {
            url: url.to_owned(),
            key: "key".to_owned(),
            secret: "secret".to_owned(),
        });
        let router = router_with(&Metrics::new(), |config| config.live.livekit = livekit.clone());
        let response = router.oneshot(get_request("/")).await.unwrap();
        let policy = response.headers()["content-security-policy"].to_str().unwrap();
        policy.rsplit_once("; ").unwrap().1.to_owned()
    };
    let cases = [
        (None, "connect-src 'self'"),
        (
            Some("wss://live.example.org"),
            "connect-src 'self' wss://live.example.org https://live.example.org",
        ),
        (
            Some("https://live.example.org/"),
            "connect-src 'self' wss://live.example.org https://live.example.org",
        ),
        (
            Some("ws://10.0.0.1:7880"),
            "connect-src 'self' ws://10.0.0.1:7880 http://10.0.0.1:7880",
        ),
        (Some("wss://x;script-src *"), "connect-src 'self'"),
    ];
    for (url, expected) in cases {
        assert_eq!(policy(url).await, expected, "{url:?}");
    }
}

#[tokio::test]
async fn every_answer_has_an_id_and_the_security_headers() {
    for path in ["/", "/api/small", "/api/panic", "/api/unknown", "/api/things/5"] {
        let response = router().oneshot(get_request(path)).await.unwrap();
        let headers = response.headers();
        assert!(
            headers["x-request-id"].to_str().unwrap().parse::<Uuid>().is_ok(),
            "{path}"
        );
        assert!(
            headers["content-security-policy"]
                .to_str()
                .unwrap()
                .starts_with("default-src 'self';"),
            "{path}"
        );
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(headers["referrer-policy"], "no-referrer", "{path}");
        for name in [
            "permissions-policy",
            "cross-origin-opener-policy",
            "cross-origin-resource-policy",
        ] {
            assert!(headers.contains_key(name), "{path} {name}");
        }
        assert!(
            !headers.contains_key("strict-transport-security"),
            "plain http must stay reachable"
        );
    }
    assert_eq!(
        header_of("/api/sandbox", "content-security-policy")
            .await
            .unwrap(),
        "sandbox"
    );
    let https = router_with(&Metrics::new(), |config| {
        config.public_url = "https://talk.example.org".to_owned()
    });
    let response = https.oneshot(get_request("/")).await.unwrap();
    assert!(response.headers().contains_key("strict-transport-security"));
}

#[tokio::test]
async fn problems_carry_the_id_of_their_request() {
    let response = router().oneshot(get_request("/api/things/5")).await.unwrap();
    let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
    assert_eq!(body_of(response).await["instance"], id);
    let first = body_of(router().oneshot(get_request("/api/unknown/x?y=z")).await.unwrap()).await;
    assert_eq!(first["type"], "/problems/not-found");
}

#[tokio::test]
async fn nothing_under_api_is_kept_by_a_shared_cache() {
    for (path, expected) in [
        ("/api/small", "no-store"),
        ("/api/shared", "no-store"),
        ("/api/kept", "private, max-age=60"),
        ("/api/unknown", "no-store"),
        ("/api/panic", "no-store"),
    ] {
        assert_eq!(
            header_of(path, "cache-control").await.as_deref(),
            Some(expected),
            "{path}"
        );
    }
    assert_eq!(header_of("/", "cache-control").await, None);
}

#[tokio::test]
async fn unknown_paths_and_methods_under_api_are_problems() {
    let delete = Request::delete("/api/small")
        .header("origin", ORIGIN)
        .body(Body::empty())
        .unwrap();
    let response = router().oneshot(delete).await.unwrap();
    assert_eq!(response.headers()["allow"], "GET,HEAD,POST");
    assert_eq!(body_of(response).await["type"], "/problems/method-not-allowed");
    for path in ["/api/x", "/api/x/y/z", "/api/things"] {
        let response = router().oneshot(get_request(path)).await.unwrap();
        assert_eq!(response.status(), 404, "{path}");
        assert_eq!(
            response.headers()["content-type"],
            "application/problem+json",
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_panic_is_a_500_that_does_not_explain_itself() {
    let response = router().oneshot(get_request("/api/panic")).await.unwrap();
    assert_eq!(response.status(), 500);
    let body = body_of(response).await;
    assert_eq!(body["type"], "/problems/internal");
    assert!(!body.to_string().contains("purpose"));
}

#[tokio::test(start_paused = true)]
async fn a_slow_handler_is_busy_and_a_slow_write_is_unsure() {
    let response = router().oneshot(get_request("/api/slow")).await.unwrap();
    assert_eq!(response.headers()["retry-after"], "5");
    assert_eq!(body_of(response).await["type"], "/problems/busy");
    let write = Request::post("/api/slow")
        .header("origin", ORIGIN)
        .body(Body::empty())
        .unwrap();
    assert_eq!(
        body_of(router().oneshot(write).await.unwrap()).await["type"],
        "/problems/unsure"
    );
}

#[tokio::test]
async fn bodies_have_a_limit_that_a_route_can_raise() {
    for (path, length, expected) in [
        ("/api/body", 262_144, 200),
        ("/api/body", 262_145, 413),
        ("/api/picture", 300_000, 200),
        ("/api/picture", 400_001, 413),
    ] {
        let request = Request::post(path)
            .header("origin", ORIGIN)
            .body(Body::from(vec![0; length]))
            .unwrap();
        assert_eq!(
            router().oneshot(request).await.unwrap().status(),
            expected,
            "{path} {length}"
        );
    }
}

#[tokio::test]
async fn a_foreign_origin_is_refused_before_anything_is_done() {
    let post = |origin: Option<&str>| {
        let request = Request::post("/api/small");
        let request = origin
            .into_iter()
            .fold(request, |request, origin| request.header("origin", origin));
        request.body(Body::empty()).unwrap()
    };
    assert_eq!(router().oneshot(post(Some(ORIGIN))).await.unwrap().status(), 200);
    for origin in [None, Some("https://evil.example"), Some("null")] {
        let response = router().oneshot(post(origin)).await.unwrap();
        assert_eq!(response.status(), 403, "{origin:?}");
        assert_eq!(body_of(response).await["type"], "/problems/foreign-origin");
    }
}

#[tokio::test]
async fn long_json_is_packed_and_nothing_else() {
    let ask = async |path: &str| {
        let request = Request::get(path)
            .header("accept-encoding", "gzip, br")
            .body(Body::empty())
            .unwrap();
        router().oneshot(request).await.unwrap()
    };
    let packed = ask("/api/big").await;
    assert_eq!(packed.headers()["content-encoding"], "gzip");
    assert!(to_bytes(packed.into_body(), 1 << 20).await.unwrap().len() < 200);
    for path in ["/api/small", "/api/image", "/"] {
        assert!(
            !ask(path).await.headers().contains_key("content-encoding"),
            "{path}"
        );
    }
}

async fn n_answered(router: &Router, tries: usize, request: impl Fn(usize) -> Request) -> usize {
    let mut answered = 0;
    for idx in 0..tries {
        let response = router.clone().oneshot(request(idx)).await.unwrap();
        if response.status() == 429 {
            assert!(response.headers().contains_key("retry-after"));
            assert_eq!(body_of(response).await["type"], "/problems/rate-limited");
        } else {
            answered += 1;
        }
    }
    answered
}

fn request_from(address: &str, path: &str, token: Option<String>) -> Request {
    let mut request = get_request(path);
    request
        .extensions_mut()
        .insert(ConnectInfo(SocketAddr::new(address.parse().unwrap(), 9)));
    if let Some(token) = token {
        request
            .headers_mut()
            .insert("authorization", format!("Bearer {token}").parse().unwrap());
    }
    request
}

#[tokio::test]
async fn one_client_cannot_take_the_share_of_the_others() {
    let limited = || {
        router_with(&Metrics::new(), |config| {
            config.limits.requests_per_second = 1;
            config.limits.burst = 5;
            config.limits.address_requests_per_second = 1;
            config.limits.address_burst = 20;
        })
    };
    let anonymous = limited();
    assert_eq!(
        n_answered(&anonymous, 10, |_| request_from(
            "198.51.100.7",
            "/api/small",
            None
        ))
        .await,
        5
    );
    assert_eq!(
        n_answered(&anonymous, 10, |_| request_from(
            "198.51.100.8",
            "/api/small",
            None
        ))
        .await,
        5
    );
    let same_network = |idx: usize| request_from(&format!("2001:db8::{idx:x}"), "/api/small", None);
    assert_eq!(
        n_answered(&anonymous, 10, same_network).await,
        5,
        "a /64 counts as one"
    );
    assert_eq!(
        n_answered(&anonymous, 50, |_| request_from("198.51.100.7", "/", None)).await,
        50,
        "pages are free"
    );

    let sessions = limited();
    let classroom =
        |idx: usize| request_from("198.51.100.7", "/api/small", Some(format!("person {}", idx % 3)));
    assert_eq!(
        n_answered(&sessions, 30, classroom).await,
        15,
        "each session has its own share"
    );
    let forged = |idx: usize| request_from("198.51.100.9", "/api/small", Some(format!("forged {idx}")));
    assert_eq!(
        n_answered(&sessions, 100, forged).await,
        20,
        "invented tokens end at the limit of the address"
    );
}

#[tokio::test]
async fn metrics_hold_patterns_and_never_what_was_asked_for() {
    let metrics = Metrics::new();
    let router = router_with(&metrics, |_| {});
    for path in [
        "/api/things/secret-id?token=secret-token",
        "/api/unknown/secret-path",
        "/elsewhere/secret",
    ] {
        router.clone().oneshot(get_request(path)).await.unwrap();
    }
    let odd = Request::builder()
        .method("SECRET")
        .uri("/api/small")
        .body(Body::empty())
        .unwrap();
    router.oneshot(odd).await.unwrap();
    let text = metrics.encode();
    assert!(
        text.contains("{method=\"GET\",route=\"/api/things/{id}\",status=\"404\"} 1"),
        "{text}"
    );
    assert!(
        text.contains("{method=\"GET\",route=\"other\",status=\"404\"} 1"),
        "{text}"
    );
    assert!(!text.to_lowercase().contains("secret"), "{text}");
}
