//! The document of the API, as a file and as a page.
//!
//! Invariant: both are made from the list of features; `api/openapi.json` is the same text, committed, so that a change of
//! the API shows in review.

mod page;

use crate::app;
use axum::{
    Router,
    http::{HeaderValue, header},
    response::{Html, IntoResponse},
    routing::get,
};
use platform::openapi::{About, document};
use serde_json::Value;
use std::sync::LazyLock;

const DESCRIPTION: &str = "Everything that the web app does, it does with this. Programs send `Authorization: Bearer \
<token>`; a person makes tokens in their settings. Ids are UUIDs; those of messages and topics are made by the client, \
so that sending twice posts once. Times are microseconds since 1970 in UTC. Lists page by cursor. What happens is told \
live by a WebSocket at `/api/socket`, which needs the scope `read`: see docs/realtime.md in the source. Refusals are \
RFC 9457 problems.";

/// With what each scope is for, in the order of [`accounts::TokenScope::ALL`].
const SCOPES: [(&str, &str); 8] = [
    ("read", "everything that the person may read, live too"),
    (
        "write",
        "everything that the person may change and that is not an administrator's",
    ),
    ("admin", "what only owners and admins do"),
    ("messages:read", "messages and topics"),
    ("messages:write", "posting, editing, reacting, topics"),
    ("people:read", "who is there, with names and pictures"),
    ("files:read", "files, where their person may have them"),
    ("files:write", "uploads"),
];

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let about = About {
        title: "Antiphon",
        description: DESCRIPTION,
        version: env!("CARGO_PKG_VERSION"),
        problems: &app::problems(),
        scopes: &SCOPES,
    };
    document(&app::features(), &about)
});
static TEXT: LazyLock<String> = LazyLock::new(text);
static PAGE: LazyLock<String> = LazyLock::new(|| page::render(&DOCUMENT));

/// The document as it is committed.
pub fn text() -> String {
    let mut text = serde_json::to_string_pretty(&*DOCUMENT).expect("a JSON value can be written");
    text.push('\n');
    text
}

/// Where programs and people read it.
pub fn routes() -> Router {
    let json = || async {
        let kind = HeaderValue::from_static("application/json");
        ([(header::CONTENT_TYPE, kind)], TEXT.as_str()).into_response()
    };
    let page = || async { Html(PAGE.as_str()) };
    Router::new()
        .route("/api/openapi.json", get(json))
        .route("/docs/api", get(page))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scope_that_can_be_given_is_explained() {
        let given = accounts::TokenScope::ALL.map(accounts::TokenScope::as_str);
        assert_eq!(given, SCOPES.map(|(name, _)| name));
    }

    #[test]
    fn every_route_says_what_it_does_takes_and_gives() {
        for route in app::features().iter().flat_map(|feature| &feature.routes) {
            let name = format!("{} {}", route.method, route.path);
            assert!(
                route.describe.is_some(),
                "{name}: make it with Route::of, from its handler"
            );
            assert!(
                route.summary.ends_with('.'),
                "{name}: say what it does, with .says(…)"
            );
            let method = route.method.as_str().to_ascii_lowercase();
            let operation = &DOCUMENT["paths"][route.path][&method];
            let answers = operation["responses"].as_object().expect("it answers");
            assert!(
                answers.keys().any(|status| status.starts_with(['2', '3'])),
                "{name}: {answers:?}"
            );
        }
    }

    #[test]
    fn every_reference_leads_somewhere() {
        fn walk(value: &Value, seen: &mut usize) {
            match value {
                Value::Object(fields) => {
                    if let Some(target) = fields.get("$ref").and_then(Value::as_str) {
                        let pointer = target.strip_prefix('#').expect("inside of the document");
                        assert!(DOCUMENT.pointer(pointer).is_some(), "{target}");
                        *seen += 1;
                    }
                    fields.values().for_each(|value| walk(value, seen));
                }
                Value::Array(items) => items.iter().for_each(|value| walk(value, seen)),
                _ => {}
            }
        }
        let mut seen = 0;
        walk(&DOCUMENT, &mut seen);
        assert!(seen > 200, "{seen} references");
    }

    #[test]
    fn the_committed_document_is_that_of_the_code() {
        let committed = include_str!("../../api/openapi.json");
        assert!(committed == text(), "run `cargo xtask api` and commit the result");
    }

    #[test]
    fn the_page_names_every_route_and_holds_no_script() {
        let page = page::render(&DOCUMENT);
        for path in DOCUMENT["paths"].as_object().expect("paths").keys() {
            assert!(page.contains(&page::escape(path)), "{path}");
        }
        assert!(!page.contains("<script"));
    }
}
