//! Turns requests into values, and what cannot be turned into problems.
//!
//! Invariants: 415 for another kind of body, 413 for too many bytes, 400 for what is no JSON (also broken UTF-8, lone
//! surrogates, deeper than [`MAX_DEPTH`]), 422 with a pointer for JSON of the wrong shape. A path that does not parse
//! gets the bytes of an absent thing. Types refuse unknown fields themselves (`deny_unknown_fields`).

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use serde_path_to_error::Segment;

use super::problem::{INVALID, MALFORMED, Problem, TOO_BIG, UNSUPPORTED_MEDIA_TYPE};

/// Arrays and objects inside each other, in bodies and frames. Our deepest wire type needs 6.
pub const MAX_DEPTH: usize = 32;

/// A JSON body, in both directions.
#[derive(Clone, Copy, Debug, Default)]
pub struct Json<T>(pub T);

/// The query string. Fields of the wrong shape are 422.
#[derive(Clone, Copy, Debug, Default)]
pub struct Query<T>(pub T);

/// The parameters of the path. What does not parse is absent: 404.
#[derive(Clone, Copy, Debug, Default)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Json<T>, Problem> {
        if !is_json(request.headers()) {
            return Err(Problem::new(&UNSUPPORTED_MEDIA_TYPE).detail("The body must be application/json."));
        }
        let body =
            Bytes::from_request(request, state)
                .await
                .map_err(|rejection| match rejection.status() {
                    StatusCode::PAYLOAD_TOO_LARGE => {
                        Problem::new(&TOO_BIG).detail("The body is longer than this route takes.")
                    }
                    _ => Problem::new(&MALFORMED).detail("The body ended early."),
                })?;
        from_json(&body).map(Json)
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(body) => (
                [(CONTENT_TYPE, HeaderValue::from_static("application/json"))],
                body,
            )
                .into_response(),
            Err(err) => Problem::internal(&err).into_response(),
        }
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Query<T>, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        let pairs = form_urlencoded::parse(query.as_bytes());
        // The parser replaces broken UTF-8; what the client did not write must not become a search word.
        let says_replacement = query.to_ascii_uppercase().contains("%EF%BF%BD");
        if !says_replacement
            && pairs
                .clone()
                .any(|(name, value)| format!("{name}{value}").contains('\u{fffd}'))
        {
            return Err(Problem::new(&MALFORMED).detail("The query is not UTF-8."));
        }
        serde_path_to_error::deserialize(serde_urlencoded::Deserializer::new(pairs))
            .map(Query)
            .map_err(|err| wrong_shape(err.path(), &err.inner().to_string()))
    }
}

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Path<T>, Problem> {
        match axum::extract::Path::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(value)) => Ok(Path(value)),
            Err(_) => Err(Problem::not_found()),
        }
    }
}

/// Reads JSON with the strictness of a body; sockets use it for their frames.
pub fn from_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let text =
        std::str::from_utf8(bytes).map_err(|_| Problem::new(&MALFORMED).detail("The body is not UTF-8."))?;
    if is_too_deep(text) {
        let detail = format!("The JSON is nested deeper than {MAX_DEPTH} levels.");
        return Err(Problem::new(&MALFORMED).detail(detail));
    }
    let mut reader = serde_json::Deserializer::from_str(text);
    let value =
        serde_path_to_error::deserialize(&mut reader).map_err(|err| match err.inner().classify() {
            Category::Data => wrong_shape(err.path(), &without_position(err.inner())),
            _ => not_json(err.inner()),
        })?;
    reader.end().map_err(|err| not_json(&err))?;
    Ok(value)
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let kind = kind
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

fn is_too_deep(text: &str) -> bool {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => depth += 1,
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return true;
        }
    }
    false
}

fn not_json(err: &serde_json::Error) -> Problem {
    Problem::new(&MALFORMED).detail(format!("The body is no JSON: {err}."))
}

fn wrong_shape(path: &serde_path_to_error::Path, message: &str) -> Problem {
    let mut pointer = String::new();
    for segment in path.iter() {
        let part = match segment {
            Segment::Seq { index } => index.to_string(),
            Segment::Map { key } => key.replace('~', "~0").replace('/', "~1"),
            Segment::Enum { .. } | Segment::Unknown => continue,
        };
        pointer = format!("{pointer}/{part}");
    }
    // serde reports a missing field at its parent; a form marks the field itself.
    let missing = message
        .strip_prefix("missing field `")
        .and_then(|rest| rest.split('`').next());
    if let Some(field) = missing {
        pointer = format!("{pointer}/{field}");
    }
    Problem::new(&INVALID).field(pointer, message)
}

fn without_position(err: &serde_json::Error) -> String {
    let message = err.to_string();
    message
        .rsplit_once(" at line ")
        .map_or(message.clone(), |(message, _)| message.to_owned())
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::extract::DefaultBodyLimit;
    use axum::routing::{get, post};
    use serde::Deserialize;
    use serde_json::{Value, json};
    use tower::ServiceExt;
    use uuid::Uuid;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Post {
        text: String,
        #[serde(default)]
        people: Vec<Person>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Person {
        age: u8,
    }

    #[derive(Deserialize)]
    struct Page {
        limit: Option<u32>,
        word: Option<String>,
    }

    fn router() -> Router {
        let echo = |Json(body): Json<Post>| async move {
            Json(json!({"text": body.text, "n": body.people.iter().map(|person| person.age).max()}))
        };
        Router::new()
            .route("/post", post(echo))
            .route(
                "/page",
                get(|Query(page): Query<Page>| async move { Json(json!([page.limit, page.word])) }),
            )
            .route(
                "/thing/{id}",
                get(|Path(_): Path<Uuid>| async { Problem::not_found() }),
            )
            .layer(DefaultBodyLimit::max(1_024))
    }

    async fn answer(request: Request) -> (u16, Value) {
        let response = router().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        let body = to_bytes(response.into_body(), 65_536).await.unwrap();
        (status, serde_json::from_slice(&body).unwrap())
    }

    async fn post_json(body: impl Into<Body>) -> (u16, Value) {
        let request = Request::post("/post").header("content-type", "application/json; charset=utf-8");
        answer(request.body(body.into()).unwrap()).await
    }

    async fn get_path(path: &str) -> (u16, Value) {
        answer(Request::get(path).body(Body::empty()).unwrap()).await
    }

    #[tokio::test]
    async fn a_good_body_arrives() {
        let (status, body) = post_json(r#"{"text": "h\u00e9", "people": [{"age": 7}]}"#).await;
        assert_eq!((status, body), (200, json!({"text": "hé", "n": 7})));
    }

    #[tokio::test]
    async fn what_is_no_json_is_malformed() {
        let deep = format!("{{\"text\": {}{}}}", "[".repeat(40), "]".repeat(40));
        let bodies: [&[u8]; 8] = [
            b"",
            b"{\"text\": \"a\"",
            b"{\"text\": \"a\"} x",
            b"{\"text\": \"\\ud800\"}",
            b"{\"text\": \"\xff\"}",
            b"{\"text\": \"a\nb\"}",
            b"\xef\xbb\xbf{}",
            deep.as_bytes(),
        ];
        for body in bodies {
            let (status, problem) = post_json(body.to_vec()).await;
            let shown = String::from_utf8_lossy(body);
            assert_eq!(
                (status, &problem["type"]),
                (400, &json!("/problems/malformed")),
                "{shown}"
            );
        }
    }

    #[tokio::test]
    async fn json_of_the_wrong_shape_is_pointed_at() {
        for (body, pointer, detail) in [
            (
                r#"{"text": 5}"#,
                "/text",
                "invalid type: integer `5`, expected a string",
            ),
            (r#"{}"#, "/text", "missing field `text`"),
            (
                r#"{"text": "a", "people": [{"age": 1}, {"age": 300}]}"#,
                "/people/1/age",
                "invalid value: integer `300`, expected u8",
            ),
            (
                r#"{"text": "a", "people": [{}]}"#,
                "/people/0/age",
                "missing field `age`",
            ),
            (
                r#"{"text": "a", "role": "owner"}"#,
                "/role",
                "unknown field `role`, expected `text` or `people`",
            ),
            (r#"{"text": "a", "text": "b"}"#, "", "duplicate field `text`"),
            (
                r#"[]"#,
                "",
                "invalid length 0, expected struct Post with 2 elements",
            ),
        ] {
            let (status, problem) = post_json(body).await;
            assert_eq!(status, 422, "{body}");
            assert_eq!(
                problem["errors"],
                json!([{"pointer": pointer, "detail": detail}]),
                "{body}"
            );
        }
    }

    #[tokio::test]
    async fn other_kinds_and_long_bodies_are_refused() {
        let request = |kind| {
            Request::post("/post")
                .header("content-type", kind)
                .body(Body::from("{}"))
                .unwrap()
        };
        assert_eq!(answer(request("text/plain")).await.0, 415);
        assert_eq!(
            answer(Request::post("/post").body(Body::from("{}")).unwrap())
                .await
                .0,
            415
        );
        assert_eq!(
            answer(request("application/merge-patch+json")).await.0,
            422,
            "it is JSON, of the wrong shape"
        );
        let (status, problem) = post_json(format!("{{\"text\": \"{}\"}}", "x".repeat(2_000))).await;
        assert_eq!((status, &problem["type"]), (413, &json!("/problems/too-big")));
    }

    #[tokio::test]
    async fn queries_are_checked() {
        assert_eq!(
            get_path("/page?limit=5&word=%EF%BF%BD").await,
            (200, json!([5, "\u{fffd}"]))
        );
        let (status, problem) = get_path("/page?limit=many").await;
        assert_eq!(
            (status, &problem["errors"][0]["pointer"]),
            (422, &json!("/limit"))
        );
        assert_eq!(get_path("/page?word=%FF").await.0, 400);
    }

    #[tokio::test]
    async fn an_id_that_is_none_looks_like_an_absent_one() {
        let absent = get_path("/thing/01890000-0000-7000-8000-000000000000").await;
        assert_eq!(absent.0, 404);
        for id in ["5", "%FF", "01890000", "' or 1=1"] {
            assert_eq!(
                get_path(&format!("/thing/{}", id.replace(' ', "%20"))).await,
                absent,
                "{id}"
            );
        }
    }

    #[test]
    fn depth_is_counted_outside_of_strings() {
        assert!(!is_too_deep(&format!("\"{}\"", "[".repeat(100))));
        assert!(!is_too_deep(&format!("\"\\\"{}\"", "[".repeat(100))));
        assert!(!is_too_deep(&"[".repeat(MAX_DEPTH)));
        assert!(is_too_deep(&"[".repeat(MAX_DEPTH + 1)));
        assert!(!is_too_deep(&"[]".repeat(100)));
    }
}
