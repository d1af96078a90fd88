//! The web app inside the binary.
//!
//! Invariants: files under `/assets/` carry their hash in the name and are kept for a year; pages are asked again each
//! time; each file is compressed once, when it is first asked for, or lies
//! compressed in the binary (`.gz`). Paths that are no file are pages of the app.

use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use flate2::{Compression, write::GzEncoder};
use std::{
    collections::HashMap,
    io::Write,
    sync::{LazyLock, Mutex, PoisonError},
};

#[derive(rust_embed::RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../web/dist"]
struct Dist;

/// The addresses of the small pages that work without the app.
const SMALL_PAGES: [&str; 7] = [
    "/setup/",
    "/join/",
    "/guest/",
    "/reset/",
    "/unsubscribe/",
    "/invited/",
    "/when/",
];
/// Names with a hash never change their content.
const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");
/// Shown by a server that was built without the web app; its API works.
const NO_APP: &str = "<!doctype html><html lang=\"en\"><title>Antiphon</title>\
    <p>This server was built without the web app. Build it with <code>./x serve</code>.</p></html>";

type Compressed = Mutex<HashMap<String, Bytes>>;
static COMPRESSED: LazyLock<Compressed> = LazyLock::new(Mutex::default);

/// Answers every path that is not the API.
pub async fn serve(uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    if let Some(file) = Dist::get(path).filter(|_| path != "index.html" && path != "auth.html") {
        let kept = if path.starts_with("assets/") {
            IMMUTABLE
        } else {
            ASK_AGAIN
        };
        return answer(path, file, kept, &headers);
    }
    if let Some(file) = Dist::get(&format!("{path}.gz")) {
        return answer_compressed(path, file, &headers);
    }
    if path.starts_with("assets/") {
        return StatusCode::NOT_FOUND.into_response();
    }
    let page = page_of(uri.path());
    match Dist::get(page) {
        Some(file) => answer(page, file, ASK_AGAIN, &headers),
        None => ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], NO_APP).into_response(),
    }
}

fn page_of(path: &str) -> &'static str {
    let small = ["/sign-in", "/sign-in/oidc", "/forgot"].contains(&path)
        || SMALL_PAGES.iter().any(|start| path.starts_with(start));
    if small { "auth.html" } else { "index.html" }
}

fn answer(path: &str, file: rust_embed::EmbeddedFile, kept: HeaderValue, headers: &HeaderMap) -> Response {
    let kind = media_type(path);
    let base = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, kept),
    ];
    let vary = (header::VARY, HeaderValue::from_static("accept-encoding"));
    if accepts_gzip(headers) && is_text(kind) {
        let body = compressed(path, &file.data);
        let encoding = (header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        return (base, [vary, encoding], body).into_response();
    }
    (base, [vary], Bytes::from(file.data.into_owned())).into_response()
}

/// What is too large to be compressed while somebody waits. Who asks without gzip is no browser, and gets none of it.
fn answer_compressed(path: &str, file: rust_embed::EmbeddedFile, headers: &HeaderMap) -> Response {
    if !accepts_gzip(headers) {
        return StatusCode::NOT_ACCEPTABLE.into_response();
    }
    let head = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type(path))),
        (header::CACHE_CONTROL, IMMUTABLE),
        (header::VARY, HeaderValue::from_static("accept-encoding")),
        (header::CONTENT_ENCODING, HeaderValue::from_static("gzip")),
    ];
    (head, Bytes::from(file.data.into_owned())).into_response()
}

fn accepts_gzip(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("gzip"))
}

fn compressed(path: &str, data: &[u8]) -> Bytes {
    let mut kept = COMPRESSED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(bytes) = kept.get(path) {
        return bytes.clone();
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    // Writing into memory cannot fail; an empty answer would show it at once.
    let bytes = encoder
        .write_all(data)
        .and_then(|()| encoder.finish())
        .unwrap_or_default();
    let bytes = Bytes::from(bytes);
    kept.insert(path.to_owned(), bytes.clone());
    bytes
}

fn is_text(kind: &str) -> bool {
    kind.starts_with("text/") || kind.contains("json") || kind.contains("svg")
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_from_mails_lead_to_the_small_page() {
        for (path, page) in [
            ("/sign-in", "auth.html"),
            ("/join/abc", "auth.html"),
            ("/setup/abc", "auth.html"),
            ("/guest/abc", "auth.html"),
            ("/reset/abc", "auth.html"),
            ("/invited/abc", "auth.html"),
            ("/when/abc", "auth.html"),
            ("/", "index.html"),
            ("/c/0192", "index.html"),
            ("/sign-in-never", "index.html"),
        ] {
            assert_eq!(page_of(path), page, "{path}");
        }
    }
}
