//! What went wrong, as RFC 9457 `application/problem+json`.
//!
//! Invariants: `type` is `/problems/<slug>` and each slug has a chapter in `docs/problems.md`; `instance` is the id of
//! the request, filled by the layers; nothing of this is ever cached; a 500 never explains itself, its cause goes to
//! the log once. Features define further types as constants of their own.

use std::error::Error;
use std::time::Duration;

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderValue, StatusCode};
use serde_json::{Map, Value, json};

use crate::telemetry::chain;

/// A kind of problem: what the browser switches on.
#[derive(Debug, PartialEq, Eq)]
pub struct ProblemType {
    /// Last part of the `type`, as in `docs/problems.md`.
    pub slug: &'static str,
    /// HTTP status.
    pub status: u16,
    /// The kind in a few words, the same at each occurrence.
    pub title: &'static str,
}

/// Absent, or hidden from who asks: the two look alike.
pub const NOT_FOUND: ProblemType = ProblemType::new("not-found", 404, "There is nothing here");
/// No session, or one that has ended.
pub const SIGNED_OUT: ProblemType = ProblemType::new("signed-out", 401, "You are signed out");
/// Known, but not allowed.
pub const FORBIDDEN: ProblemType = ProblemType::new("forbidden", 403, "You may not do this");
/// A request from a page that is not ours.
pub const FOREIGN_ORIGIN: ProblemType =
    ProblemType::new("foreign-origin", 403, "The request comes from elsewhere");
/// Well-formed, but a rule is broken; `errors` says where.
pub const INVALID: ProblemType = ProblemType::new("invalid", 422, "Something in the request is not right");
/// Not readable at all.
pub const MALFORMED: ProblemType = ProblemType::new("malformed", 400, "The request cannot be read");
/// The state has moved on since the client last looked.
pub const CONFLICT: ProblemType = ProblemType::new("conflict", 409, "Something else was faster");
/// More bytes than the route takes.
pub const TOO_BIG: ProblemType = ProblemType::new("too-big", 413, "The request is too big");
/// A body of another kind than the route takes.
pub const UNSUPPORTED_MEDIA_TYPE: ProblemType =
    ProblemType::new("unsupported-media-type", 415, "The body is of another kind");
/// A known path, but not for this method.
pub const METHOD_NOT_ALLOWED: ProblemType =
    ProblemType::new("method-not-allowed", 405, "Not with this method");
/// Too many requests of one client.
pub const RATE_LIMITED: ProblemType = ProblemType::new("rate-limited", 429, "Too many requests");
/// Not now; nothing was done.
pub const BUSY: ProblemType = ProblemType::new("busy", 503, "The server is busy");
/// It may or may not have been saved; repeating with the same id is safe.
pub const UNSURE: ProblemType = ProblemType::new("unsure", 503, "It is unsure whether this was saved");
/// No room to save anything.
pub const DISK_FULL: ProblemType = ProblemType::new("disk-full", 507, "The disk of the server is full");
/// Our fault.
pub const INTERNAL: ProblemType = ProblemType::new("internal", 500, "Something went wrong on the server");

/// The types that the machinery itself answers with; a test asks that each is documented.
pub const GENERAL: &[&ProblemType] = &[
    &NOT_FOUND,
    &SIGNED_OUT,
    &FORBIDDEN,
    &FOREIGN_ORIGIN,
    &INVALID,
    &MALFORMED,
    &CONFLICT,
    &TOO_BIG,
    &UNSUPPORTED_MEDIA_TYPE,
    &METHOD_NOT_ALLOWED,
    &RATE_LIMITED,
    &BUSY,
    &UNSURE,
    &DISK_FULL,
    &INTERNAL,
];

impl ProblemType {
    /// A type for a constant.
    pub const fn new(slug: &'static str, status: u16, title: &'static str) -> ProblemType {
        ProblemType { slug, status, title }
    }
}

/// One refusal: a type and what is special about this occurrence.
#[derive(Debug, Clone)]
pub struct Problem {
    kind: &'static ProblemType,
    detail: Option<String>,
    errors: Vec<(String, String)>,
    extensions: Vec<(&'static str, Value)>,
    retry_after: Option<Duration>,
}

impl Problem {
    /// A problem of this type, with nothing more to say.
    pub fn new(kind: &'static ProblemType) -> Problem {
        Problem {
            kind,
            detail: None,
            errors: Vec::new(),
            extensions: Vec::new(),
            retry_after: None,
        }
    }

    /// 404, always with the same words: absent and hidden must not differ.
    pub fn not_found() -> Problem {
        Problem::new(&NOT_FOUND)
    }

    /// 422 about one field.
    pub fn invalid(pointer: impl Into<String>, detail: impl Into<String>) -> Problem {
        Problem::new(&INVALID).field(pointer, detail)
    }

    /// 503: nothing was done, come back after `retry_after`.
    pub fn busy(retry_after: Duration) -> Problem {
        Problem::new(&BUSY).retry_after(retry_after)
    }

    /// 500. Writes the whole chain of causes to the log, here and only here; the client learns nothing of it.
    pub fn internal(err: &(dyn Error + 'static)) -> Problem {
        tracing::error!(error = %chain(err), "failed to answer a request");
        Problem::new(&INTERNAL)
    }

    /// Says to a person what is special about this occurrence.
    pub fn detail(mut self, detail: impl Into<String>) -> Problem {
        self.detail = Some(detail.into());
        self
    }

    /// Adds an error about one field, by JSON pointer (RFC 6901); `""` is the whole body.
    pub fn field(mut self, pointer: impl Into<String>, detail: impl Into<String>) -> Problem {
        self.errors.push((pointer.into(), detail.into()));
        self
    }

    /// Adds a member of this type's own, such as `n_people`.
    pub fn extension(mut self, name: &'static str, value: impl Into<Value>) -> Problem {
        self.extensions.push((name, value.into()));
        self
    }

    /// Says when to come back; whole seconds, rounded up.
    pub fn retry_after(mut self, after: Duration) -> Problem {
        self.retry_after = Some(after);
        self
    }

    /// The type.
    pub fn kind(&self) -> &'static ProblemType {
        self.kind
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.kind.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The JSON that the client gets. Without `instance` while no request is known.
    pub fn to_json(&self, instance: Option<&str>) -> Value {
        let mut body = Map::new();
        body.insert("type".to_owned(), format!("/problems/{}", self.kind.slug).into());
        body.insert("title".to_owned(), self.kind.title.into());
        body.insert("status".to_owned(), self.kind.status.into());
        if let Some(detail) = &self.detail {
            body.insert("detail".to_owned(), detail.as_str().into());
        }
        if let Some(instance) = instance {
            body.insert("instance".to_owned(), instance.into());
        }
        if !self.errors.is_empty() {
            let errors = self
                .errors
                .iter()
                .map(|(pointer, detail)| json!({"pointer": pointer, "detail": detail}));
            body.insert("errors".to_owned(), errors.collect());
        }
        for (name, value) in &self.extensions {
            body.insert((*name).to_owned(), value.clone());
        }
        Value::Object(body)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.to_json(None).to_string()));
        *response.status_mut() = self.status();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(after) = self.retry_after {
            let seconds = after.as_secs() + u64::from(after.subsec_nanos() > 0);
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds.max(1)));
        }
        // The layers know the id of the request and write the body again with it.
        response.extensions_mut().insert(self);
        response
    }
}

/// Writes the id of the request into the answer, if that is a problem.
pub(super) fn fill_instance(response: &mut Response, instance: &str) {
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        response.headers_mut().remove(CONTENT_LENGTH);
        *response.body_mut() = Body::from(problem.to_json(Some(instance)).to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_carries_all_that_was_said() {
        let problem = Problem::new(&INVALID)
            .detail("too many people")
            .field("/name", "is blank")
            .extension("n_people", 63)
            .retry_after(Duration::from_millis(1_200));
        assert_eq!(
            problem.to_json(Some("r1")),
            json!({"type": "/problems/invalid", "title": "Something in the request is not right", "status": 422,
                   "detail": "too many people", "instance": "r1",
                   "errors": [{"pointer": "/name", "detail": "is blank"}], "n_people": 63})
        );
        let response = problem.into_response();
        assert_eq!(response.status(), 422);
        assert_eq!(response.headers()["retry-after"], "2");
        assert_eq!(response.headers()["content-type"], "application/problem+json");
        assert_eq!(response.headers()["cache-control"], "no-store");
    }

    #[test]
    fn an_internal_problem_does_not_explain_itself() {
        let problem = Problem::internal(&std::io::Error::other("password of the database is wrong"));
        assert!(!problem.to_json(None).to_string().contains("password"));
    }

    #[test]
    fn slugs_are_unique_and_states_are_errors() {
        let slugs: std::collections::BTreeSet<_> = GENERAL.iter().map(|kind| kind.slug).collect();
        assert_eq!(slugs.len(), GENERAL.len());
        assert!(GENERAL.iter().all(|kind| (400..600).contains(&kind.status)));
    }
}
