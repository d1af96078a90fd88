//! Nets over everything: they walk the list of routes and features itself, so a new feature joins without being named.

mod things;

use http::Method;
use platform::{
    feature::{Door, Scope},
    http::problem::{NOT_FOUND, SIGNED_OUT},
    testing::prepare_all,
};
use serde_json::json;
use server::app;
use spaces::testing::{House, id_of, new_id};
use std::collections::{HashMap, hash_map::Entry};
use things::{Hidden, Things, body_for, call, fill, hidden, live_session, office, questions, shape};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_route_but_the_public_ones_answers_a_stranger() {
    let Hidden {
        house, mut things, ..
    } = hidden().await;
    for name in [
        "id", "token", "hash", "session", "hook", "delivery", "secret", "name", "place", "subject", "key",
    ] {
        things.insert(name, new_id());
    }
    let stranger = house.server.stranger();
    let mut n_routes = 0;
    for route in app::features().iter().flat_map(|feature| &feature.routes) {
        let path =
            fill(route.path, &things).unwrap_or_else(|| panic!("name the parameters of {}", route.path));
        let answer = call(&stranger, &route.method, &path, json!({})).await;
        if route.door == Door::Public {
            continue;
        }
        n_routes += 1;
        let wrong = house.server.with_token("never-was-one");
        let wrong = call(&wrong, &route.method, &path, json!({})).await;
        for answer in [answer, wrong] {
            // An answer to HEAD has no body.
            if route.method == Method::HEAD {
                assert_eq!(answer.status, SIGNED_OUT.status, "{path}");
            } else {
                answer.refused(SIGNED_OUT.status, SIGNED_OUT.slug);
            }
        }
    }
    assert!(n_routes > 40, "the list of routes was walked");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hidden_things_look_like_absent_ones_on_every_route() {
    let Hidden {
        house,
        things,
        member,
        guest,
    } = hidden().await;
    let mut n_routes = 0;
    for route in app::features().iter().flat_map(|feature| &feature.routes) {
        let hides = [
            "{channel}",
            "{space}",
            "{message}",
            "{topic}",
            "{upload}",
            "{file}",
            "{group}",
            "{link}",
            "{report}",
            "{guest_link}",
            "{scheduled}",
            "{reminder}",
            "{routine}",
            "{meeting}",
            "{time_poll}",
            "{live}",
            "{office}",
        ]
        .iter()
        .any(|name| route.path.contains(name));
        let Some(path) = fill(route.path, &things).filter(|_| hides) else {
            continue;
        };
        n_routes += 1;
        for person in [&member, &guest] {
            let absent: Things = things
                .iter()
                .map(|(name, id)| (*name, if *name == "emoji" { id.clone() } else { new_id() }))
                .collect();
            let absent = fill(route.path, &absent).expect("the same parameters");
            let hidden = call(person, &route.method, &path, body_for(&route.method, route.path)).await;
            let nothing = call(
                person,
                &route.method,
                &absent,
                body_for(&route.method, route.path),
            )
            .await;
            assert_eq!(
                hidden.status, NOT_FOUND.status,
                "{} {}: {}",
                route.method, route.path, hidden.body
            );
            assert_eq!(shape(&hidden), shape(&nothing), "{} {}", route.method, route.path);
        }
    }
    assert!(n_routes > 25, "the list of routes was walked");
    let page = house
        .owner
        .get(&format!("/api/channels/{}/messages", things["channel"]))
        .await
        .expect(200);
    assert_eq!(
        page["messages"].as_array().map(Vec::len),
        Some(8),
        "nothing was written by the wrong people"
    );
}

/// Routes that are open to guests who came by a link, beside those that are open to everybody. Whoever adds one says here
/// that a guest needs it, and that its handler asks for a proof of their one channel, or is about themselves.
const OPEN_TO_LINK_GUESTS: &[&str] = &[
    "DELETE /api/channels/{channel}/messages/{message}",
    "DELETE /api/channels/{channel}/messages/{message}/reactions/{emoji}",
    "DELETE /api/channels/{channel}/questions/{questions}/items/{question}",
    "DELETE /api/channels/{channel}/topics/{topic}/follow",
    "DELETE /api/files/{file}",
    "DELETE /api/links/{link}/card",
    "DELETE /api/uploads/{upload}",
    "GET /api/channels/{channel}",
    "GET /api/channels/{channel}/asks",
    "GET /api/channels/{channel}/cards",
    "GET /api/channels/{channel}/charter",
    "GET /api/channels/{channel}/check-ins/{message}",
    "GET /api/channels/{channel}/gatherings/{message}",
    "GET /api/channels/{channel}/members",
    "GET /api/channels/{channel}/messages",
    "GET /api/channels/{channel}/messages/{message}/ask",
    "GET /api/channels/{channel}/messages/{message}/history",
    "GET /api/channels/{channel}/messages/{message}/reactions/{emoji}",
    "GET /api/channels/{channel}/polls/{poll}",
    "GET /api/channels/{channel}/questions",
    "GET /api/channels/{channel}/questions/{questions}",
    "GET /api/channels/{channel}/thanks/{message}",
    "GET /api/channels/{channel}/topics",
    "GET /api/channels/{channel}/topics/{topic}",
    "GET /api/channels/{channel}/urgents/{urgent}",
    "GET /api/custom-emoji",
    "GET /api/custom-emoji/{name}/picture",
    "GET /api/files/{file}",
    "GET /api/files/{file}/large",
    "GET /api/files/{file}/small",
    "GET /api/links/{link}/picture",
    "GET /api/me",
    "GET /api/messages/{message}",
    "GET /api/people",
    "GET /api/people/{id}",
    "GET /api/pictures/{hash}",
    "GET /api/settings/links",
    "GET /api/start",
    "GET /api/uploads/{upload}/file",
    "HEAD /api/uploads/{upload}",
    "OPTIONS /api/uploads",
    "PATCH /api/channels/{channel}/messages/{message}",
    "PATCH /api/channels/{channel}/topics/{topic}",
    "PATCH /api/uploads/{upload}",
    "POST /api/channels/{channel}/leave",
    "POST /api/channels/{channel}/messages",
    "POST /api/channels/{channel}/messages/{message}/ask/moves",
    "POST /api/channels/{channel}/questions/{questions}/items",
    "POST /api/channels/{channel}/topics",
    "POST /api/preview",
    "POST /api/uploads",
    "PUT /api/channels/{channel}/messages/{message}/reactions/{emoji}",
    "PUT /api/channels/{channel}/polls/{poll}/vote",
    "PUT /api/channels/{channel}/preference",
    "PUT /api/channels/{channel}/questions/{questions}/items/{question}/my-vote",
    "PUT /api/channels/{channel}/read",
    "PUT /api/channels/{channel}/topics/{topic}/follow",
    "PUT /api/channels/{channel}/topics/{topic}/level",
    "PUT /api/channels/{channel}/unread",
    "PUT /api/drafts",
];

/// A guest by link is in one channel: whatever is not said to be open to them is closed in the same words for everything,
/// and what is open knows nothing but their channel.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_guest_by_link_comes_nowhere_but_into_their_channel() {
    let Hidden {
        house, mut things, ..
    } = hidden().await;
    let guest = house.link_guest("Gesa", &house.general).await;
    let mut open = Vec::new();
    let mut n_closed = 0;
    for route in app::features().iter().flat_map(|feature| &feature.routes) {
        let Some(guard) = route.guard() else { continue };
        if route.path == "/api/sessions/current" {
            // It would end the walk.
            assert!(guard.link_guests);
            continue;
        }
        let named = route.path.split('/').filter_map(|part| part.strip_prefix('{'));
        for name in named.filter_map(|name| name.strip_suffix('}')) {
            things.entry(name).or_insert_with(new_id);
        }
        let path = fill(route.path, &things).expect("known parameters");
        let body = body_for(&route.method, route.path);
        let answer = call(&guest, &route.method, &path, body).await;
        if !guard.link_guests {
            n_closed += 1;
            assert_eq!(answer.status, 403, "{} {path}: {}", route.method, answer.body);
            continue;
        }
        open.push(format!("{} {}", route.method, route.path));
        let names_a_place = ["{channel}", "{message}", "{file}", "{person}"]
            .iter()
            .any(|name| route.path.contains(name));
        if names_a_place {
            assert_eq!(answer.status, 404, "{} {path}: {}", route.method, answer.body);
        }
        assert!(
            !answer.body.to_string().contains("nobody else reads this"),
            "{} {path}",
            route.method
        );
    }
    open.sort();
    assert_eq!(
        open, OPEN_TO_LINK_GUESTS,
        "say here what is open to guests by link"
    );
    assert!(n_closed > 100, "{n_closed} routes are closed to them");
}

/// Two ids in one path, one's own and somebody else's, both ways.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ids_of_two_owners_do_not_mix() {
    let Hidden {
        house,
        things,
        member,
        ..
    } = hidden().await;
    let own = house.channel(&member, "mine", "private").await;
    let text = json!({ "id": new_id(), "text": "my own" });
    let message = id_of(
        &member
            .post(&format!("/api/channels/{own}/messages"), text)
            .await
            .expect(201),
    );
    let topic = json!({ "id": new_id(), "title": "Mine", "origin_id": message });
    let topic = id_of(
        &member
            .post(&format!("/api/channels/{own}/topics"), topic)
            .await
            .expect(201),
    );
    let poll = json!({ "id": new_id(), "message_id": new_id(), "question": "Who?", "options": ["a", "b"] });
    let path = format!("/api/channels/{own}/polls");
    let poll = id_of(&member.post(&path, poll).await.expect(201)["poll"]);
    let live = live_session(&member, &own).await;
    let office = office(&member, &own).await;
    let (questions, question) = questions(&member, &own).await;
    let mine: Things = HashMap::from([
        ("channel", own),
        ("message", message),
        ("topic", topic),
        ("poll", poll),
        ("questions", questions),
        ("question", question),
        ("live", live),
        ("office", office),
        ("emoji", "%F0%9F%91%8D".to_owned()),
    ]);
    let mut n_mixed = 0;
    for route in app::features().iter().flat_map(|feature| &feature.routes) {
        for inner in [
            "message",
            "topic",
            "poll",
            "live",
            "office",
            "questions",
            "question",
        ] {
            if !route.path.contains("{channel}") || !route.path.contains(&format!("{{{inner}}}")) {
                continue;
            }
            for (outer_of, inner_of) in [(&mine, &things), (&things, &mine)] {
                let mut mixed = outer_of.clone();
                mixed.insert(inner, inner_of[inner].clone());
                let Some(path) = fill(route.path, &mixed) else {
                    continue;
                };
                let answer = call(&member, &route.method, &path, body_for(&route.method, route.path)).await;
                assert_eq!(answer.status, 404, "{} {path}: {}", route.method, answer.body);
                n_mixed += 1;
            }
        }
    }
    assert!(n_mixed >= 16, "{n_mixed} mixtures were tried");
}

/// A token of the owner's that is good for everything else.
async fn token_without(house: &House, needed: Scope) -> platform::testing::Client {
    let words = accounts::TokenScope::ALL.map(accounts::TokenScope::as_str);
    let others = words.into_iter().filter(|word| !needed.is_covered_by(word));
    let body = json!({ "name": format!("all but {}", needed.0), "scopes": others.collect::<Vec<_>>() });
    let made = house.owner.post("/api/tokens", body).await.expect(201);
    house.server.with_token(made["token"].as_str().expect("a token"))
}

/// A token that is good for everything but the scope of a route stays outside of it, whatever else is right.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_of_the_wrong_scope_opens_no_route() {
    let Hidden {
        house, mut things, ..
    } = hidden().await;
    for name in [
        "id", "token", "hash", "session", "hook", "delivery", "secret", "name", "place", "subject", "key",
    ] {
        things.insert(name, new_id());
    }
    let words = accounts::TokenScope::ALL.map(accounts::TokenScope::as_str);
    let mut tokens = HashMap::new();
    let mut n_routes = 0;
    for route in app::features().iter().flat_map(|feature| &feature.routes) {
        let Some(needed) = route.needed_scope().filter(|needed| *needed != Scope::ANY) else {
            continue;
        };
        n_routes += 1;
        let covering = words.into_iter().filter(|word| needed.is_covered_by(word));
        assert!(
            needed == Scope::PERSON || covering.count() > 0,
            "no token can be given {needed:?}, which {} {} asks for",
            route.method,
            route.path
        );
        let token: &platform::testing::Client = match tokens.entry(needed) {
            Entry::Occupied(made) => made.into_mut(),
            Entry::Vacant(place) => place.insert(token_without(&house, needed).await),
        };
        let path = fill(route.path, &things).expect("known parameters");
        let answer = call(token, &route.method, &path, body_for(&route.method, route.path)).await;
        // An answer to HEAD has no body to say more.
        if route.method == Method::HEAD {
            assert_eq!(answer.status, 403, "{} {path}", route.method);
            continue;
        }
        answer.refused(403, "scope");
        assert_eq!(answer.body["needed"], needed.0, "{} {path}", route.method);
    }
    assert!(n_routes > 40, "the list of routes was walked");
}

/// Routes that take no JSON body.
const BODILESS: [&str; 36] = [
    "{office}/end",
    "urgent-consent",
    "send",
    "skip",
    "notices/device",
    "sign-in/passkey",
    "proof/passkey",
    "proof/oidc",
    // CSV files.
    "list",
    "look",
    "second-step/remove",
    "{group}",
    "test",
    "close",
    "cancel",
    "feed",
    "dismiss",
    "exports",
    "pin",
    "save",
    "join",
    "leave",
    "follow",
    "deactivate",
    "reactivate",
    "reset",
    "picture",
    "current",
    "{emoji}",
    "again",
    "reminder",
    // Takes what was made for another server, fields that we do not know included.
    "{secret}",
    "{token}",
    "{person}",
    "{id}",
    "{name}",
];

/// Roles, authors and times are the server's to say: a body that brings more fields than its type is refused.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_body_may_bring_fields_of_its_own() {
    let Hidden {
        house, mut things, ..
    } = hidden().await;
    for name in [
        "id", "token", "hash", "session", "hook", "delivery", "secret", "name", "place", "subject", "key",
    ] {
        things.insert(name, new_id());
    }
    let mut n_routes = 0;
    for route in app::features().iter().flat_map(|feature| &feature.routes) {
        if route.path.starts_with("/api/uploads") {
            // Bodies are the bytes of files there, and what is asked stands in headers with names of their own.
            continue;
        }
        let writes = [Method::POST, Method::PUT, Method::PATCH].contains(&route.method);
        let is_bodiless = BODILESS
            .iter()
            .any(|end| route.path.ends_with(&format!("/{end}")));
        let takes_json = !is_bodiless || route.method == Method::PATCH;
        if !writes || !takes_json {
            continue;
        }
        n_routes += 1;
        let path = fill(route.path, &things).expect("known parameters");
        for field in ["owner", "pinned", "author_id", "created_at", "is_admin"] {
            let mut body = body_for(&route.method, route.path);
            body[field] = json!(1);
            let answer = call(&house.owner, &route.method, &path, body).await;
            assert_eq!(
                answer.status, 422,
                "{} {path} with {field}: {}",
                route.method, answer.body
            );
        }
    }
    assert!(n_routes > 20, "{n_routes} routes take a body");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_under_api_may_be_kept_by_a_shared_cache() {
    let Hidden {
        house, mut things, ..
    } = hidden().await;
    for name in [
        "id", "token", "hash", "session", "hook", "delivery", "secret", "name", "place", "subject", "key",
    ] {
        things.insert(name, new_id());
    }
    for route in app::features().iter().flat_map(|feature| &feature.routes) {
        if route.method != Method::GET {
            continue;
        }
        let path = fill(route.path, &things).expect("known parameters");
        let answer = house.owner.get(&path).await;
        let kept = answer
            .headers
            .get("cache-control")
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        assert!(
            kept.contains("no-store") || kept.contains("private"),
            "{path}: {kept}"
        );
    }
}

#[test]
fn every_statement_is_understood_by_both_databases() {
    let statements: Vec<_> = app::features()
        .iter()
        .flat_map(|feature| feature.statements.clone())
        .collect();
    assert!(statements.len() > 80, "{} statements", statements.len());
    prepare_all(&statements, &platform::app::migrations(&app::features()));
}

#[test]
fn every_problem_is_documented() {
    let docs = include_str!("../../../docs/problems.md");
    for problem in app::problems() {
        assert!(
            docs.contains(&format!("## {}", problem.slug)),
            "docs/problems.md lacks a chapter \"{}\"",
            problem.slug
        );
    }
}

#[test]
fn the_typescript_types_are_those_of_the_code() {
    let committed = include_str!("../../../web/src/api/generated.ts");
    assert!(
        committed == server::types::declarations(),
        "run `cargo xtask types` and commit the result"
    );
}
