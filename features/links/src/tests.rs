//! Links through HTTP and the socket, with a server of ours that pretends to be the rest of the world.

use crate::{
    model::{CARDS_MAX, PER_MESSAGE_MAX, page_of},
    work_due,
};
use axum::{
    Router,
    body::Body,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use bytes::Bytes;
use futures_util::StreamExt;
use platform::{
    both_stores,
    db::Tx,
    testing::{Listener, Store},
};
use serde_json::{Value, json};
use spaces::testing::{House, TestPerson, id_of, new_id};
use std::{
    collections::HashSet,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

const PAGE: &str = r#"<!DOCTYPE html><title>Tides</title><meta property="og:title" content="The tides of the river">
    <meta name="description" content="When the water comes, and when it goes."><meta property="og:site_name" content="River watch">
    <meta property="og:image" content="/boat.jpg">"#;

/// How often something was asked for.
#[derive(Default)]
struct Asked {
    pages: AtomicUsize,
    pictures: AtomicUsize,
    canary: AtomicUsize,
}

fn html(text: impl Into<Body>) -> Response {
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], text.into()).into_response()
}

/// A page whose head never ends.
fn endless() -> Response {
    let chunk = || Ok::<_, std::io::Error>(Bytes::from_static(&[b' '; 4096]));
    html(Body::from_stream(futures_util::stream::repeat_with(chunk)))
}

/// A byte a moment, for ever.
fn slow() -> Response {
    let drop = |()| async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        Some((Ok::<_, std::io::Error>(Bytes::from_static(b"<")), ()))
    };
    html(Body::from_stream(futures_util::stream::unfold((), drop)))
}

/// Pages that lead somewhere else.
fn elsewhere(port: u16) -> Router<Arc<Asked>> {
    Router::new()
        .route(
            "/to-home",
            get(move || async move { Redirect::to(&format!("http://127.0.0.2:{port}/canary")) }),
        )
        .route(
            "/to-mapped",
            get(|| async { Redirect::to("http://[::ffff:127.0.0.1]/canary") }),
        )
        .route(
            "/to-metadata",
            get(|| async { Redirect::to("http://169.254.169.254/latest") }),
        )
        .route("/to-file", get(|| async { Redirect::to("file:///etc/passwd") }))
        .route("/round", get(|| async { Redirect::to("/round") }))
        .route("/moved", get(|| async { Redirect::to("/page") }))
}

/// Pages with titles that want something.
fn odd() -> Router<Arc<Asked>> {
    let text = |text: &'static str| get(move || async move { html(text) });
    Router::new()
        .route(
            "/script",
            text("<title><script>alert(1)</script><img src=x onerror=alert(1)></title>"),
        )
        .route("/turned", text("<title>gpj.\u{202E}exe\u{2066}\u{200B}</title>"))
        .route(
            "/wrong",
            get(|| async {
                (
                    [(header::CONTENT_TYPE, "text/html; charset=utf-8")],
                    &b"<title>f\xfcr \xff\xfe</title>"[..],
                )
            }),
        )
}

fn world(asked: Arc<Asked>, port: u16) -> Router {
    let page = |State(asked): State<Arc<Asked>>| async move {
        asked.pages.fetch_add(1, Ordering::SeqCst);
        html(PAGE)
    };
    let picture = |State(asked): State<Arc<Asked>>| async move {
        asked.pictures.fetch_add(1, Ordering::SeqCst);
        (
            [(header::CONTENT_TYPE, "image/jpeg")],
            files::testing::photo(1_200, 630),
        )
    };
    let canary = |State(asked): State<Arc<Asked>>| async move {
        asked.canary.fetch_add(1, Ordering::SeqCst);
        html("<title>canary</title>")
    };
    let text = |text: String| get(move || async move { html(text) });
    // What it would be once it was unpacked does not matter: nothing unpacks it.
    let packed = || async {
        let headers = [
            (header::CONTENT_TYPE, "text/html"),
            (header::CONTENT_ENCODING, "gzip"),
        ];
        (headers, "<title>packed</title>").into_response()
    };
    let plain = || async { ([(header::CONTENT_TYPE, "text/plain")], "<title>plain</title>") };
    let shy = || async { ([("x-robots-tag", "none")], html("<title>shy</title>")) };
    let latin = || async {
        (
            [(header::CONTENT_TYPE, "text/html; charset=iso-8859-1")],
            &b"<title>f\xfcr</title>"[..],
        )
    };
    let pixel = format!(
        "<title>Counted</title><meta property=og:image content=\"http://127.0.0.1:{port}/pixel.png\">"
    );
    let private_picture =
        "<title>Private picture</title><meta property=og:image content=\"http://127.0.0.2/x.png\">";
    let no_picture = "<title>No picture</title><meta property=og:image content=\"/page\">";
    Router::new()
        .route("/page", get(page))
        .route("/boat.jpg", get(picture))
        .route("/canary", get(canary))
        .route("/endless", get(|| async { endless() }))
        .route("/slow", get(|| async { slow() }))
        .route("/packed", get(packed))
        .route("/plain", get(plain))
        .route("/shy", get(shy))
        .route("/latin", get(latin))
        .route(
            "/gone",
            get(|| async { (StatusCode::NOT_FOUND, html("<title>Not found</title>")) }),
        )
        .route("/untitled", text("<p>Hello".to_owned()))
        .route(
            "/long",
            text(format!("<title>{}</title>", "long ".repeat(90_000))),
        )
        .merge(odd())
        .route("/counted", text(pixel))
        .route(
            "/pixel.png",
            get(|| async { ([(header::CONTENT_TYPE, "image/png")], files::testing::photo(1, 1)) }),
        )
        .route("/private-picture", text(private_picture.to_owned()))
        .route("/no-picture", text(no_picture.to_owned()))
        .merge(elsewhere(port))
        .with_state(asked)
}

/// A house that may ask one server of this machine, and nothing else at home.
struct Outward {
    house: House,
    asked: Arc<Asked>,
    port: u16,
}

impl Outward {
    async fn begin(store: Store) -> Option<Self> {
        let asked = Arc::new(Asked::default());
        let listener = tokio::net::TcpListener::bind("0.0.0.0:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let router = world(asked.clone(), port);
        tokio::spawn(async move { axum::serve(listener, router).await });
        let features = vec![
            accounts::feature(),
            spaces::feature(),
            files::feature(),
            words::feature(),
            messages::feature(),
            crate::feature(),
        ];
        let allowed = vec![format!("127.0.0.1:{port}")];
        let house =
            House::open_with(store, features, move |config| config.outbound.allowed = allowed).await?;
        Some(Self { house, asked, port })
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    async fn work(&self) -> usize {
        work_due(&self.house.server.app).await.unwrap()
    }
}

async fn say(person: &TestPerson, channel: &str, text: &str) -> Value {
    let body = json!({ "id": new_id(), "text": text });
    person
        .post(&format!("/api/channels/{channel}/messages"), body)
        .await
        .expect(201)
}

async fn cards(person: &TestPerson, channel: &str, message: &Value) -> Vec<Value> {
    let path = format!("/api/channels/{channel}/cards?messages={}", id_of(message));
    let found = person.get(&path).await.expect(200);
    assert!(found["seq"].as_i64().unwrap() > 0);
    match found["items"].as_array().unwrap().as_slice() {
        [] => Vec::new(),
        [item] => {
            assert_eq!(item["message_id"], message["id"]);
            item["cards"].as_array().unwrap().clone()
        }
        more => panic!("{more:?}"),
    }
}

/// Everything that the log of a channel says, as one text.
async fn whole_log(person: &TestPerson, channel: &str) -> String {
    let (_, begun) = Listener::open(person, json!({ channel: 0 })).await;
    json!(begun).to_string()
}

platform::sql! {
    COUNT_PAGES = "select count(*) from link";
    COUNT_UNUSED = "select count(*) from link where unused_at is not null";
}

impl Outward {
    async fn count(&self, what: &'static platform::db::Sql) -> i64 {
        let count = move |tx: &mut dyn Tx| tx.one(what, &[], |row| row.get(0));
        self.house.server.app.db.read(count).await.unwrap()
    }
}

both_stores! {
    async fn a_page_is_asked_once_and_stands_under_all_who_name_it(outward: Outward) {
        let (house, asked) = (&outward.house, &outward.asked);
        let ada = house.member("Ada").await;
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        let url = outward.url("/page#tonight");
        let first = say(&ada, &house.general, &format!("Look: {url}")).await;
        let again = say(&house.owner, &house.general, &format!("[the tides]({})", outward.url("/page"))).await;
        assert!(cards(&ada, &house.general, &first).await.is_empty(), "not asked yet");
        assert_eq!(outward.work().await, 1);
        let [card] = &cards(&ada, &house.general, &first).await[..] else { panic!("one card") };
        assert_eq!(
            (&card["url"], &card["title"], &card["description"], &card["site"], &card["picture"]),
            (&json!(url), &json!("The tides of the river"), &json!("When the water comes, and when it goes."),
                &json!("River watch"), &json!({ "width": 640, "height": 336 }))
        );
        assert_eq!(cards(&ada, &house.general, &again).await.len(), 1);
        let told = listener.event("links.changed").await;
        assert_eq!((&told["body"]["message_id"], &told["body"]["cards"]), (&first["id"], &json!([card])));
        let picture = ada.get(&format!("/api/links/{}/picture", id_of(card))).await;
        assert_eq!((picture.status, picture.headers["content-type"].to_str().unwrap()), (200, "image/jpeg"));
        assert_eq!(picture.headers["cache-control"], "private, no-cache");
        // Known for a week: nobody is asked again, and the channel is told all the same.
        let later = say(&ada, &house.general, &url).await;
        assert_eq!(outward.work().await, 0);
        listener.event("links.changed").await;
        let told = listener.event("links.changed").await;
        assert_eq!(told["body"]["message_id"], later["id"]);
        assert_eq!((asked.pages.load(Ordering::SeqCst), asked.pictures.load(Ordering::SeqCst)), (1, 1));
        house.server.advance(Duration::from_secs(8 * 24 * 3600));
        say(&house.owner, &house.general, &url).await;
        assert_eq!(outward.work().await, 1);
        assert_eq!(asked.pages.load(Ordering::SeqCst), 2);
    }

    async fn only_who_reads_the_message_has_its_card(outward: Outward) {
        let house = &outward.house;
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let secret = house.channel(&house.owner, "secret", "private").await;
        let guest = house.guest("Gus", &secret).await;
        let message = say(&house.owner, &secret, &outward.url("/page")).await;
        outward.work().await;
        let card = id_of(&cards(&house.owner, &secret, &message).await[0]);
        assert_eq!(cards(&guest, &secret, &message).await.len(), 1, "a guest of the channel is a reader");
        let picture = format!("/api/links/{card}/picture");
        guest.get(&picture).await.expect(200);
        let other = say(&ada, &house.general, "here").await;
        for (path, absent) in [
            (picture.clone(), format!("/api/links/{}/picture", new_id())),
            (format!("/api/channels/{secret}/cards?messages={}", id_of(&message)), format!("/api/channels/{}/cards?messages={}", new_id(), id_of(&message))),
            (format!("/api/channels/{secret}/links"), format!("/api/channels/{}/links", new_id())),
        ] {
            let (hidden, nothing) = (bob.get(&path).await, bob.get(&absent).await);
            assert_eq!((hidden.status, nothing.status), (404, 404), "{path}");
            assert_eq!(hidden.body["type"], nothing.body["type"]);
        }
        bob.delete(&format!("/api/links/{card}/card")).await.refused(404, "not-found");
        // A message of one channel is not shown through another.
        let mixed = format!("/api/channels/{}/cards?messages={},{}", house.general, id_of(&message), id_of(&other));
        assert_eq!(bob.get(&mixed).await.expect(200)["items"], json!([]));
        let mine = bob.get("/api/links").await.expect(200);
        assert_eq!(mine["items"], json!([]));
        house.owner.delete(&format!("/api/channels/{secret}/members/{}", guest.id)).await.expect(204);
        assert_eq!(guest.get(&picture).await.status, 404, "who was removed has it no more");
    }

    async fn a_guest_by_link_has_the_cards_of_what_they_read(outward: Outward) {
        let house = &outward.house;
        let before = say(&house.owner, &house.general, &outward.url("/page")).await;
        let gesa = house.link_guest("Gesa", &house.general).await;
        let after = say(&house.owner, &house.general, &outward.url("/page")).await;
        outward.work().await;
        let hidden = id_of(&cards(&house.owner, &house.general, &before).await[0]);
        let shown = cards(&gesa, &house.general, &after).await;
        let picture = |card: &str| format!("/api/links/{card}/picture");
        gesa.get(&picture(&id_of(&shown[0]))).await.expect(200);
        assert!(cards(&gesa, &house.general, &before).await.is_empty(), "what stands before they came is not theirs");
        gesa.get(&picture(&hidden)).await.refused(404, "not-found");
        gesa.delete(&format!("/api/links/{hidden}/card")).await.refused(404, "not-found");
        gesa.get(&format!("/api/channels/{}/links", house.general)).await.refused(403, "forbidden");
    }

    async fn a_card_goes_with_its_message_and_its_link(outward: Outward) {
        let house = &outward.house;
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let (page, latin) = (outward.url("/page"), outward.url("/latin"));
        let message = say(&ada, &house.general, &format!("{page} and {latin}")).await;
        outward.work().await;
        let [first, second] = &cards(&bob, &house.general, &message).await[..] else { panic!("two cards") };
        assert_eq!(second["title"], "für");
        bob.delete(&format!("/api/links/{}/card", id_of(first))).await.refused(403, "forbidden");
        let (mut listener, _) = Listener::open(&bob, json!({})).await;
        ada.delete(&format!("/api/links/{}/card", id_of(first))).await.expect(204);
        let told = listener.event("links.changed").await;
        assert_eq!(told["body"]["cards"], json!([second]));
        assert!(!whole_log(&bob, &house.general).await.contains("The tides"), "what was taken away is in no event");
        // An edit that keeps the links keeps what was decided of them.
        let path = format!("/api/channels/{}/messages/{}", house.general, id_of(&message));
        ada.patch(&path, json!({ "text": format!("now: {page} and {latin} and more") })).await.expect(200);
        ada.patch(&path, json!({ "text": format!("{latin} then {page}") })).await.expect(200);
        outward.work().await;
        let left = cards(&bob, &house.general, &message).await;
        assert_eq!((left.len(), &left[0]["id"]), (1, &second["id"]));
        ada.patch(&path, json!({ "text": "no link" })).await.expect(200);
        assert!(cards(&bob, &house.general, &message).await.is_empty());
        assert!(!whole_log(&bob, &house.general).await.contains("für"));
        let message = say(&ada, &house.general, &page).await;
        outward.work().await;
        let card = cards(&bob, &house.general, &message).await[0].clone();
        assert!(whole_log(&bob, &house.general).await.contains("The tides"));
        ada.delete(&format!("/api/channels/{}/messages/{}", house.general, id_of(&message))).await.expect(204);
        assert!(cards(&bob, &house.general, &message).await.is_empty());
        bob.get(&format!("/api/links/{}/picture", id_of(&card))).await.refused(404, "not-found");
        assert!(!whole_log(&bob, &house.general).await.contains("The tides"));
        assert_eq!(bob.get("/api/links").await.expect(200)["items"], json!([]));
    }

    async fn nothing_is_left_of_what_nobody_names(outward: Outward) {
        let house = &outward.house;
        let message = say(&house.owner, &house.general, &outward.url("/page")).await;
        outward.work().await;
        assert_eq!((outward.count(&COUNT_PAGES).await, outward.count(&COUNT_UNUSED).await), (1, 0));
        let hour = Duration::from_secs(2 * 3600);
        house.server.advance(hour);
        files::tidy_up(&house.server.app).await.unwrap();
        let card = cards(&house.owner, &house.general, &message).await[0].clone();
        house.owner.get(&format!("/api/links/{}/picture", id_of(&card))).await.expect(200);
        house.owner.delete(&format!("/api/channels/{}/messages/{}", house.general, id_of(&message))).await.expect(204);
        assert_eq!(outward.count(&COUNT_UNUSED).await, 1);
        outward.work().await;
        assert_eq!(outward.count(&COUNT_PAGES).await, 0);
        house.server.advance(hour);
        files::tidy_up(&house.server.app).await.unwrap();
        assert_eq!(house.server.app.blobs.list().count().await, 0, "its picture is gone too");
    }

    async fn a_page_that_may_not_be_asked_has_no_card(outward: Outward) {
        let (house, asked, port) = (&outward.house, &outward.asked, outward.port);
        let mut links: Vec<String> = [
            "/to-home", "/to-mapped", "/to-metadata", "/to-file", "/round", "/endless", "/slow", "/packed", "/plain",
            "/shy", "/gone", "/untitled", "/nowhere",
        ]
        .map(|path| outward.url(path))
        .to_vec();
        for host in [
            "localhost", "127.0.0.2", "127.2", "2130706434", "0x7f000002", "0177.0.0.2", "0.0.0.0", "[::1]",
            "[::ffff:127.0.0.1]", "[::ffff:7f00:2]", "[64:ff9b::7f00:1]", "10.0.0.1", "169.254.169.254",
        ] {
            links.push(format!("http://{host}:{port}/canary"));
            links.push(format!("http://{host}/canary"));
        }
        // Our own server is no stranger.
        links.push(format!("{}/canary", house.server.app.config.public_url));
        let mut said = Vec::new();
        for link in &links {
            said.push((link, say(&house.owner, &house.general, &format!("<{link}>")).await));
        }
        let pages: HashSet<_> = links.iter().filter_map(|link| page_of(link)).collect();
        assert!(outward.work().await == pages.len() && pages.len() > 30, "each was tried once");
        for (link, message) in &said {
            assert_eq!(cards(&house.owner, &house.general, message).await, Vec::<Value>::new(), "{link}");
        }
        assert_eq!(asked.canary.load(Ordering::SeqCst), 0);
        let listed = house.owner.get("/api/links?limit=100").await.expect(200);
        assert_eq!(listed["items"].as_array().unwrap().len(), links.len(), "they are links all the same");
        assert!(!whole_log(&house.owner, &house.general).await.contains("links.changed"));
    }

    async fn the_words_of_a_page_are_harmless(outward: Outward) {
        let house = &outward.house;
        for (path, title) in [
            ("/script", "<script>alert(1)</script><img src=x onerror=alert(1)>".to_owned()),
            ("/turned", "gpj.exe".to_owned()),
            ("/wrong", "f r".to_owned()),
            ("/latin", "für".to_owned()),
            ("/moved", "The tides of the river".to_owned()),
            ("/long", format!("{}…", &"long ".repeat(40)[..199])),
            ("/counted", "Counted".to_owned()),
            ("/private-picture", "Private picture".to_owned()),
            ("/no-picture", "No picture".to_owned()),
        ] {
            let message = say(&house.owner, &house.general, &outward.url(path)).await;
            outward.work().await;
            let cards = cards(&house.owner, &house.general, &message).await;
            assert_eq!(cards.len(), 1, "{path}");
            assert_eq!(cards[0]["title"], json!(title), "{path}");
            assert_eq!(cards[0]["picture"].is_null(), path != "/moved", "{path}");
        }
    }

    async fn a_text_of_two_thousand_links_gets_three_cards(outward: Outward) {
        let house = &outward.house;
        let text: String = (0..2_000).map(|n| format!("x.yz/{n} ")).collect::<String>().replace("x.yz", "//x");
        let text = format!("{0}?a {0}?b {0}?c {0}?d {1}", outward.url("/page"), text.replace("//", "http://"));
        let message = say(&house.owner, &house.general, &text[..16_384.min(text.len())]).await;
        assert_eq!(outward.work().await, CARDS_MAX);
        assert_eq!(cards(&house.owner, &house.general, &message).await.len(), CARDS_MAX);
        let path = format!("/api/channels/{}/links?limit=100", house.general);
        assert_eq!(house.owner.get(&path).await.expect(200)["items"].as_array().unwrap().len(), PER_MESSAGE_MAX);
        for text in [format!("`{}`", outward.url("/page?code")), format!("||[here]({})||", outward.url("/page?hidden")), "\\<no\\>".to_owned()] {
            say(&house.owner, &house.general, &text).await;
        }
        assert_eq!(outward.work().await, 0);
    }

    async fn links_are_listed_page_by_page(outward: Outward) {
        let house = &outward.house;
        let ada = house.member("Ada").await;
        say(&ada, &house.general, &format!("{} http://b.example/x", outward.url("/page"))).await;
        outward.work().await;
        house.server.advance(Duration::from_secs(1));
        say(&house.owner, &house.general, "http://c.example/").await;
        let mut path = format!("/api/channels/{}/links?limit=2", house.general);
        let mut seen = Vec::new();
        loop {
            let page = ada.get(&path).await.expect(200);
            seen.extend(page["items"].as_array().unwrap().clone());
            let Some(next) = page["next"].as_i64() else { break };
            path = format!("/api/channels/{}/links?limit=2&before={next}", house.general);
        }
        let shown: Vec<_> = seen.iter().map(|link| (link["site"].as_str().unwrap(), link["title"].as_str())).collect();
        assert_eq!(shown, [("c.example", None), ("b.example", None), ("River watch", Some("The tides of the river"))]);
        assert_eq!(seen[2]["person_id"], json!(ada.id));
        assert_eq!(ada.get("/api/links").await.expect(200)["items"].as_array().unwrap().len(), 3);
        let long = vec![new_id(); 101].join(",");
        ada.get(&format!("/api/channels/{}/cards?messages={long}", house.general)).await.refused(422, "invalid");
        ada.get(&format!("/api/channels/{}/cards?messages=x", house.general)).await.refused(422, "invalid");
    }

    async fn cards_can_be_switched_off(outward: Outward) {
        let house = &outward.house;
        let ada = house.member("Ada").await;
        let message = say(&ada, &house.general, &outward.url("/page")).await;
        outward.work().await;
        assert_eq!(ada.get("/api/settings/links").await.expect(200), json!({ "fetches": true, "shows": true }));
        ada.put("/api/settings/links", json!({ "shows": false })).await.expect(200);
        assert!(cards(&ada, &house.general, &message).await.is_empty(), "she wants none");
        let card = cards(&house.owner, &house.general, &message).await[0].clone();
        ada.put("/api/workspace/links", json!({ "fetches": false })).await.refused(403, "forbidden");
        say(&ada, &house.general, &outward.url("/page?waiting")).await;
        let off = house.owner.put("/api/workspace/links", json!({ "fetches": false })).await.expect(200);
        assert_eq!(off, json!({ "fetches": false, "shows": true }));
        say(&ada, &house.general, &outward.url("/page?new")).await;
        assert_eq!(outward.work().await, 0, "nobody is asked, not even who waited");
        assert!(cards(&house.owner, &house.general, &message).await.is_empty());
        house.owner.get(&format!("/api/links/{}/picture", id_of(&card))).await.refused(404, "not-found");
        assert_eq!(outward.asked.pages.load(Ordering::SeqCst), 1);
    }

    async fn history_is_not_asked_for(outward: Outward) {
        let house = &outward.house;
        let message = say(&house.owner, &house.general, &outward.url("/page")).await;
        house.server.advance(Duration::from_secs(25 * 3600));
        outward.work().await;
        assert_eq!(outward.asked.pages.load(Ordering::SeqCst), 0);
        assert!(cards(&house.owner, &house.general, &message).await.is_empty());
    }
}
