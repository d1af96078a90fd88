//! The bytes of files, for whoever may read the conversation at this moment.
//!
//! Invariants: the permission is asked for at each request, also for a part and for "has it changed"; only kinds that are
//! known to be harmless are shown in place, and even those cannot run anything: every answer has a sandbox.

use crate::{
    actions::uploads,
    model::{Error, FileKind},
    picture,
    problem::RANGE,
    store::{self, FileRow},
};
use accounts::SignedIn;
use axum::{
    body::Body,
    extract::State,
    response::{IntoResponse, Response},
};
use base::FileId;
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{
        ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE,
        CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, IF_RANGE, RANGE as RANGE_HEADER,
        X_CONTENT_TYPE_OPTIONS,
    },
};
use platform::{
    app::App,
    blobs::BlobHash,
    db::Tx,
    http::{
        extract::{Path, Query},
        problem::Problem,
    },
    openapi::Raw,
};
use schemars::JsonSchema;
use serde::Deserialize;
use spaces::access;
use std::ops::Range;

const SANDBOX: &str = "sandbox; default-src 'none'; frame-ancestors 'none'";
const UNKNOWN: &str = crate::sniff::UNKNOWN;

#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FileQuery {
    /// Anything: to be saved, not shown.
    download: Option<bool>,
}

/// A file, for its uploader until it is posted, then for whoever may read its channel.
fn get_readable(tx: &mut dyn Tx, who: &SignedIn, id: FileId) -> Result<FileRow, Error> {
    let file = store::find_file(tx, id)?.ok_or(Error::NotFound)?;
    match file.channel {
        Some(channel) => match access::channel(tx, who, channel) {
            Ok(access) if file.seq.is_none_or(|seq| access.may_see(seq)) => Ok(file),
            Ok(_) => Err(Error::NotFound),
            Err(spaces::Error::NotFound) => Err(Error::NotFound),
            Err(err) => Err(err.into()),
        },
        None if file.person == who.person => Ok(file),
        None => Err(Error::NotFound),
    }
}

pub(crate) async fn get(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<FileId>,
    Query(query): Query<FileQuery>,
    headers: HeaderMap,
) -> Result<Raw, Problem> {
    let file = app.db.read(move |tx| get_readable(tx, &who, id)).await?;
    let shown = &file.shown;
    let is_inline = shown.kind != FileKind::File && query.download != Some(true);
    let media_type = if shown.kind == FileKind::File {
        UNKNOWN
    } else {
        &shown.media_type
    };
    let mut response = send(&app, &headers, &file.blob, size_of(&file)).await?;
    dress(&mut response, media_type, &disposition(is_inline, &shown.name));
    Ok(Raw(response))
}

pub(crate) async fn get_small(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<FileId>,
    headers: HeaderMap,
) -> Result<Raw, Problem> {
    let file = app.db.read(move |tx| get_readable(tx, &who, id)).await?;
    send_version(&app, &headers, file.small.as_deref()).await.map(Raw)
}

pub(crate) async fn get_large(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<FileId>,
    headers: HeaderMap,
) -> Result<Raw, Problem> {
    let file = app.db.read(move |tx| get_readable(tx, &who, id)).await?;
    match &file.large {
        Some(large) => send_version(&app, &headers, Some(large)).await.map(Raw),
        // It is small enough to be shown as it is.
        None if file.small.is_some() => {
            let mut response = send(&app, &headers, &file.blob, size_of(&file)).await?;
            dress(&mut response, &file.shown.media_type, "inline");
            Ok(Raw(response))
        }
        None => Err(Problem::not_found()),
    }
}

pub(crate) async fn delete(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<FileId>,
) -> Result<StatusCode, Problem> {
    let file = app.db.read(move |tx| get_readable(tx, &who, id)).await?;
    if file.person != who.person {
        return Err(Error::Posted.into());
    }
    uploads::remove(&app, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn size_of(file: &FileRow) -> u64 {
    u64::try_from(file.shown.size_bytes).unwrap_or_default()
}

/// Small versions are made here and held in memory: their kind is told by their bytes.
/// Permission is the caller's matter.
///
/// # Errors
/// Absent when there is none, or its bytes are gone.
pub async fn send_version(app: &App, headers: &HeaderMap, blob: Option<&str>) -> Result<Response, Problem> {
    let hash = parse(blob.ok_or_else(Problem::not_found)?)?;
    let tag = etag(hash);
    let mut response = if matches(headers, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let bytes = app.blobs.get(hash).await.map_err(Error::from)?;
        let media_type = picture::version_type(&bytes);
        let mut response = bytes.into_response();
        dress(&mut response, media_type, "inline");
        response
    };
    tag_with(&mut response, &tag);
    Ok(response)
}

/// The bytes, or the part that was asked for, or the word that they have not changed.
async fn send(app: &App, headers: &HeaderMap, blob: &str, size_bytes: u64) -> Result<Response, Problem> {
    let hash = parse(blob)?;
    let tag = etag(hash);
    if matches(headers, &tag) {
        let mut response = StatusCode::NOT_MODIFIED.into_response();
        tag_with(&mut response, &tag);
        return Ok(response);
    }
    let asked = wanted_range(headers, &tag);
    let mut response = match part_of(asked, size_bytes) {
        Part::Whole => {
            let (size_bytes, content) = app.blobs.stream(hash).await.map_err(Error::from)?;
            let mut response = Body::from_stream(content).into_response();
            response.headers_mut().insert(CONTENT_LENGTH, size_bytes.into());
            response
        }
        Part::Bytes(range) => {
            let content = app
                .blobs
                .stream_range(hash, range.clone())
                .await
                .map_err(Error::from)?;
            let mut response = (StatusCode::PARTIAL_CONTENT, Body::from_stream(content)).into_response();
            let place = format!("bytes {}-{}/{size_bytes}", range.start, range.end - 1);
            let headers = response.headers_mut();
            headers.insert(CONTENT_LENGTH, (range.end - range.start).into());
            headers.insert(CONTENT_RANGE, ascii(&place));
            response
        }
        Part::Beyond => {
            let mut response = Problem::new(&RANGE).into_response();
            response
                .headers_mut()
                .insert(CONTENT_RANGE, ascii(&format!("bytes */{size_bytes}")));
            return Ok(response);
        }
    };
    tag_with(&mut response, &tag);
    response
        .headers_mut()
        .insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    Ok(response)
}

fn parse(blob: &str) -> Result<BlobHash, Problem> {
    blob.parse().map_err(|_| Problem::not_found())
}

fn etag(hash: BlobHash) -> HeaderValue {
    ascii(&format!("\"{hash}\""))
}

fn ascii(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(""))
}

fn matches(headers: &HeaderMap, tag: &HeaderValue) -> bool {
    let known = headers.get(IF_NONE_MATCH).and_then(|known| known.to_str().ok());
    known.is_some_and(|known| {
        known
            .split(',')
            .map(|known| known.trim().trim_start_matches("W/"))
            .any(|known| known == "*" || known.as_bytes() == tag.as_bytes())
    })
}

fn tag_with(response: &mut Response, tag: &HeaderValue) {
    let headers = response.headers_mut();
    headers.insert(ETAG, tag.clone());
    // Kept, but asked about at each use: the right to have it may have ended.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
}

fn dress(response: &mut Response, media_type: &str, disposition: &str) {
    if response.status() == StatusCode::RANGE_NOT_SATISFIABLE {
        return;
    }
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, ascii(media_type));
    headers.insert(CONTENT_DISPOSITION, ascii(disposition));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(SANDBOX));
}

/// RFC 6266: a plain name for old programs, and the whole one in UTF-8.
fn disposition(is_inline: bool, name: &str) -> String {
    let way = if is_inline { "inline" } else { "attachment" };
    let plain: String = name
        .chars()
        .map(|char| match char {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '-' | '_' | ' ' => char,
            _ => '_',
        })
        .collect();
    let mut whole = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => whole.push(char::from(byte)),
            _ => whole.push_str(&format!("%{byte:02X}")),
        }
    }
    format!("{way}; filename=\"{plain}\"; filename*=UTF-8''{whole}")
}

/// First and last byte as they were asked for; the one that is absent counts from the end.
type Asked = (Option<u64>, Option<u64>);

/// What a request asks for (RFC 9110 14.2). Several parts at once, other units and lies are as good as nothing.
fn wanted_range(headers: &HeaderMap, tag: &HeaderValue) -> Option<Asked> {
    if headers.get(IF_RANGE).is_some_and(|known| known != tag) {
        return None;
    }
    let (first, last) = headers
        .get(RANGE_HEADER)?
        .to_str()
        .ok()?
        .strip_prefix("bytes=")?
        .split_once('-')?;
    let number = |text: &str| match text {
        "" => Some(None),
        text if text.bytes().all(|byte| byte.is_ascii_digit()) => text.parse().ok().map(Some),
        _ => None,
    };
    let asked = (number(first)?, number(last)?);
    (asked != (None, None)).then_some(asked)
}

#[derive(Debug, PartialEq, Eq)]
enum Part {
    Whole,
    Bytes(Range<u64>),
    Beyond,
}

fn part_of(asked: Option<Asked>, size_bytes: u64) -> Part {
    let range = match asked {
        None => return Part::Whole,
        Some((Some(first), Some(last))) if last < first => return Part::Whole,
        Some((Some(first), last)) => {
            first..last.map_or(size_bytes, |last| last.saturating_add(1).min(size_bytes))
        }
        Some((None, last)) => size_bytes.saturating_sub(last.unwrap_or_default())..size_bytes,
    };
    if range.start >= range.end {
        Part::Beyond
    } else {
        Part::Bytes(range)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_browsers_write_them() {
        for (header, part) in [
            ("bytes=0-", Part::Bytes(0..10)),
            ("bytes=2-4", Part::Bytes(2..5)),
            ("bytes=-3", Part::Bytes(7..10)),
            ("bytes=-30", Part::Bytes(0..10)),
            ("bytes=9-99", Part::Bytes(9..10)),
            ("bytes=10-", Part::Beyond),
            ("bytes=-0", Part::Beyond),
            ("bytes=5-2", Part::Whole),
            ("bytes=0-1,3-4", Part::Whole),
            ("bytes=-", Part::Whole),
            ("bytes=+1-2", Part::Whole),
            ("bytes=99999999999999999999-", Part::Whole),
            ("items=0-1", Part::Whole),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(RANGE_HEADER, HeaderValue::from_static(header));
            let asked = wanted_range(&headers, &HeaderValue::from_static("\"x\""));
            assert_eq!(part_of(asked, 10), part, "{header}");
        }
    }

    #[test]
    fn names_cannot_leave_their_header() {
        assert_eq!(
            disposition(false, "a\".html; x=ü"),
            "attachment; filename=\"a_.html_ x__\"; filename*=UTF-8''a%22.html%3B%20x%3D%C3%BC"
        );
    }
}
