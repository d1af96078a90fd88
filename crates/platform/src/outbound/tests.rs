//! A canary on loopback that must never be hit, and everything that tries.

use super::{ANSWER_MAX_BYTES, Ask, Lookup, Outbound, Refusal};
use axum::{
    Router,
    body::Body,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use bytes::Bytes;
use http::HeaderMap;
use std::{
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

/// Short, for addresses where nobody is.
const PATIENCE: Duration = Duration::from_millis(300);

/// A web server on loopback that counts who comes.
struct Canary {
    port: u16,
    hits: Arc<AtomicUsize>,
}

impl Canary {
    async fn start() -> Self {
        let hits = Arc::new(AtomicUsize::new(0));
        let router = Router::new()
            .route(
                "/",
                get(|| async { ([(header::CONTENT_TYPE, "Text/HTML; charset=x")], "hello") }),
            )
            .route("/post", post(|body: Bytes| async move { body }))
            .route("/big", get(|| async { vec![b'x'; ANSWER_MAX_BYTES + 1] }))
            .route("/endless", get(endless))
            .route("/slow", get(std::future::pending::<String>))
            .route("/moved", post(|| async { Redirect::temporary("/post") }))
            .route("/hop/{n}", get(hop))
            .route(
                "/to/{*target}",
                get(|Path(target): Path<String>| async move { Redirect::to(&target) }),
            )
            .with_state(hits.clone())
            .layer(axum::middleware::from_fn_with_state(hits.clone(), count));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { port, hits }
    }

    fn hits(&self) -> usize {
        self.hits.load(Ordering::SeqCst)
    }

    /// A client for which `home.test` is the canary, and allowed to be.
    /// Somebody who may ask it, and who waits as long as a busy machine takes.
    fn friend(&self) -> Outbound {
        self.asked_with(Duration::from_secs(30))
    }

    fn asked_with(&self, patience: Duration) -> Outbound {
        let allowed = [format!("home.test:{}", self.port)];
        Outbound::with_lookup(&allowed, names(), patience)
    }

    fn url(&self, path: &str) -> String {
        format!("http://home.test:{}{path}", self.port)
    }
}

async fn count(
    State(hits): State<Arc<AtomicUsize>>,
    request: axum::extract::Request,
    next: axum::middleware::Next,
) -> Response {
    hits.fetch_add(1, Ordering::SeqCst);
    next.run(request).await
}

async fn endless() -> Response {
    let chunks =
        futures_util::stream::repeat_with(|| Ok::<_, std::io::Error>(Bytes::from_static(&[b'x'; 4096])));
    Body::from_stream(chunks).into_response()
}

async fn hop(Path(n): Path<u32>) -> Response {
    match n {
        0 => StatusCode::IM_A_TEAPOT.into_response(),
        n => Redirect::to(&format!("/hop/{}", n - 1)).into_response(),
    }
}

/// `home.test` and `evil.test` are loopback, `mixed.test` is that and a public address as well.
fn names() -> Lookup {
    Arc::new(|name| {
        Box::pin(async move {
            let addresses: &[&str] = match name.trim_end_matches('.') {
                "mixed.test" => &["8.8.8.8", "127.0.0.1"],
                "mapped.test" => &["::ffff:127.0.0.1"],
                "nowhere.test" => &[],
                _ => &["127.0.0.1"],
            };
            Ok(addresses
                .iter()
                .map(|text| text.parse::<IpAddr>().unwrap())
                .collect())
        })
    })
}

#[tokio::test]
async fn no_spelling_of_home_reaches_the_canary() {
    let canary = Canary::start().await;
    let outbound = Outbound::with_lookup(&[], names(), PATIENCE);
    let port = canary.port;
    let hosts = [
        "127.0.0.1",
        "127.1",
        "127.0.1",
        "0177.0.0.1",
        "0x7f.0.0.1",
        "0x7f000001",
        "2130706433",
        "017700000001",
        "127.0.0.1.",
        "127.255.255.254",
        "0",
        "0.0.0.0",
        "0x0",
        "[::]",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[::127.0.0.1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[0:0:0:0:0:ffff:127.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b:1::7f00:1]",
        "[2002:7f00:1::]",
        "[2001::1]",
        "[fe80::1]",
        "[fc00::1]",
        "[fd00::1]",
        "[fec0::1]",
        "[ff02::1]",
        "[2001:db8::1]",
        "localhost",
        "LOCALHOST",
        "localhost.",
        "evil.test",
        "evil.test.",
        "mixed.test",
        "mapped.test",
        "10.0.0.1",
        "10.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "0xa9fea9fe",
        "100.64.0.1",
        "198.18.0.1",
        "192.0.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "１２７.0.0.1",
        "127。0。0。1",
        "①②⑦.0.0.1",
        "%31%32%37.0.0.1",
    ];
    assert!(hosts.len() >= 50, "{} spellings", hosts.len());
    for host in hosts {
        for (scheme, port) in [
            ("http", String::new()),
            ("https", String::new()),
            ("http", format!(":{port}")),
        ] {
            let url = format!("{scheme}://{host}{port}/");
            let refused = outbound.ask(Ask::get(&url)).await.expect_err(&url);
            let expected = if port.is_empty() {
                Refusal::Private
            } else {
                Refusal::Address
            };
            assert_eq!(refused, expected, "{url}");
        }
    }
    assert_eq!(canary.hits(), 0);
}

#[tokio::test]
async fn only_the_web_on_its_usual_ports_is_asked() {
    let canary = Canary::start().await;
    let outbound = Outbound::with_lookup(&[], names(), PATIENCE);
    for url in [
        "",
        "hello",
        "//home.test/",
        "file:///etc/passwd",
        "ftp://home.test/",
        "gopher://home.test/",
        "data:text/html,x",
        "javascript:alert(1)",
        "http://",
        "http://home.test:22/",
        "https://home.test:80/",
        "http://home.test:443/",
        "http://ada@home.test/",
        "http://ada:secret@home.test/",
        "http://home.test:99999/",
        "unix:/run/x.sock",
        &format!("http://home.test/{}", "x".repeat(3000)),
    ] {
        assert_eq!(outbound.check(url), Err(Refusal::Address), "{url}");
        assert_eq!(
            outbound.ask(Ask::get(url)).await.expect_err(url),
            Refusal::Address,
            "{url}"
        );
    }
    assert_eq!(canary.hits(), 0);
}

#[tokio::test]
async fn a_redirect_is_checked_like_a_first_address() {
    let canary = Canary::start().await;
    let friend = canary.friend();
    for (target, refusal) in [
        ("http://127.0.0.1/", Refusal::Private),
        ("http://evil.test/", Refusal::Private),
        ("http://[::ffff:127.0.0.1]/", Refusal::Private),
        ("http://169.254.169.254/latest/meta-data", Refusal::Private),
        ("file:///etc/passwd", Refusal::Address),
        ("http://home.test:1/", Refusal::Address),
    ] {
        let before = canary.hits();
        let refused = friend.ask(Ask::get(&canary.url(&format!("/to/{target}")))).await;
        assert_eq!(refused.expect_err(target), refusal, "{target}");
        assert_eq!(
            canary.hits(),
            before + 1,
            "only the redirect itself was asked for: {target}"
        );
    }
    assert_eq!(
        friend.ask(Ask::get(&canary.url("/hop/3"))).await.unwrap().status,
        418
    );
    assert_eq!(
        friend
            .ask(Ask::get(&canary.url("/hop/4")))
            .await
            .expect_err("four"),
        Refusal::Redirects
    );
}

/// A name that may change its mind is asked once for each request, and what it says then is what is judged. No test
/// connects to an address outside of this machine.
#[tokio::test]
async fn a_name_is_asked_once_for_each_request() {
    let canary = Canary::start().await;
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = asked.clone();
    let rebinding: Lookup = Arc::new(move |_| {
        let first = counter.fetch_add(1, Ordering::SeqCst) == 0;
        Box::pin(async move {
            let text = if first { "10.0.0.7" } else { "127.0.0.1" };
            Ok(vec![text.parse().unwrap()])
        })
    });
    let outbound = Outbound::with_lookup(&[], rebinding, PATIENCE);
    for n_asked in 1..=2 {
        let refused = outbound.ask(Ask::get("http://rebind.test/")).await;
        assert_eq!(refused.expect_err("home"), Refusal::Private);
        assert_eq!(asked.load(Ordering::SeqCst), n_asked);
    }
    assert_eq!(canary.hits(), 0);
}

/// Who is looked up is who is connected to: the second look-up of a name leads to another server of this machine, and only
/// the second request gets there. Both are let in by the exception that an operator makes for their own servers.
#[tokio::test]
async fn the_address_that_was_looked_up_is_the_one_that_is_connected_to() {
    let first = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = first.local_addr().unwrap().port();
    let second = tokio::net::TcpListener::bind(("127.0.0.2", port)).await.unwrap();
    for (listener, name) in [(first, "first"), (second, "second")] {
        let router = Router::new().route("/", get(move || async move { name }));
        tokio::spawn(async move { axum::serve(listener, router).await });
    }
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = asked.clone();
    let rebinding: Lookup = Arc::new(move |name| {
        assert_eq!(name, "rebind.test");
        let is_first = counter.fetch_add(1, Ordering::SeqCst) == 0;
        Box::pin(async move {
            let text = if is_first { "127.0.0.1" } else { "127.0.0.2" };
            Ok(vec![text.parse().unwrap()])
        })
    });
    let allowed = [format!("rebind.test:{port}")];
    let outbound = Outbound::with_lookup(&allowed, rebinding, Duration::from_secs(5));
    let url = format!("http://rebind.test:{port}/");
    for (n_asked, name) in [(1, "first"), (2, "second")] {
        let reply = outbound.ask(Ask::get(&url)).await.unwrap();
        assert_eq!(reply.body, name);
        assert_eq!(
            asked.load(Ordering::SeqCst),
            n_asked,
            "one look-up for each request"
        );
    }
}

#[tokio::test]
async fn an_answer_has_a_size_a_time_and_a_kind() {
    let canary = Canary::start().await;
    let friend = canary.friend();
    let reply = friend.ask(Ask::get(&canary.url("/#part"))).await.unwrap();
    assert_eq!(
        (reply.kind.as_str(), &reply.body[..]),
        ("text/html", &b"hello"[..])
    );
    for path in ["/big", "/endless"] {
        assert_eq!(
            friend.ask(Ask::get(&canary.url(path))).await.expect_err(path),
            Refusal::TooBig
        );
        let cut = Ask {
            max_bytes: 5000,
            cut: true,
            ..Ask::get(&canary.url(path))
        };
        assert_eq!(friend.ask(cut).await.unwrap().body.len(), 5000);
    }
    assert_eq!(
        canary
            .asked_with(PATIENCE)
            .ask(Ask::get(&canary.url("/slow")))
            .await
            .expect_err("slow"),
        Refusal::Timeout
    );
    let picture = Ask {
        kinds: &["image/png"],
        ..Ask::get(&canary.url("/"))
    };
    assert_eq!(friend.ask(picture).await.expect_err("a page"), Refusal::Kind);
    let nowhere = Outbound::with_lookup(&[], names(), PATIENCE);
    assert_eq!(
        nowhere
            .ask(Ask::get("http://nowhere.test/"))
            .await
            .expect_err("nobody"),
        Refusal::Connection
    );
}

#[tokio::test]
async fn what_is_sent_to_one_place_is_not_given_to_another() {
    let canary = Canary::start().await;
    let friend = canary.friend();
    let post = |path: &str| Ask::post(&canary.url(path), HeaderMap::new(), Bytes::from_static(b"secret"));
    assert_eq!(friend.ask(post("/post")).await.unwrap().body, "secret");
    assert_eq!(
        friend.ask(post("/moved")).await.unwrap().status,
        307,
        "the redirect itself is the answer"
    );
}
