//! Resumable upload by the protocol tus 1.0: core, creation, termination, expiration. <https://tus.io/protocols/resumable-upload>
//!
//! Invariants: every answer carries `Tus-Resumable`; 204 to a `PATCH` means that the bytes are on disk; a wrong offset is
//! 409 and tells where the upload stands; the last `PATCH` also makes the file, and repeating it is harmless.

use crate::{
    actions::{finish::finish, uploads},
    model::{Claims, Error},
    problem::TUS_VERSION,
    store::UploadRow,
    wire::Attachment,
};
use accounts::SignedIn;
use axum::{
    body::{Body, BodyDataStream},
    extract::State,
    response::{IntoResponse, Response},
};
use base::{FileId, Timestamp};
use base64::{Engine, engine::general_purpose::STANDARD};
use futures_util::StreamExt;
use http::{
    HeaderMap, HeaderName, HeaderValue, StatusCode,
    header::{CONTENT_TYPE, LOCATION},
};
use platform::{
    app::App,
    http::{
        extract::{Json, Path},
        problem::{MALFORMED, Problem, UNSUPPORTED_MEDIA_TYPE},
    },
    openapi::Bare,
};
use std::time::{Duration, SystemTime};

const VERSION: HeaderValue = HeaderValue::from_static("1.0.0");
const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const VERSIONS: HeaderName = HeaderName::from_static("tus-version");
const EXTENSIONS: HeaderName = HeaderName::from_static("tus-extension");
const MAX_SIZE: HeaderName = HeaderName::from_static("tus-max-size");
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
const METADATA: HeaderName = HeaderName::from_static("upload-metadata");
const EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
/// Bytes of the metadata: a name, and the waveform of a voice note.
const METADATA_MAX_BYTES: usize = 4 * 1024;
/// Of a refused body: a second of a fast line.
const DRAIN_MAX_BYTES: usize = 4 * 1024 * 1024;
const DRAIN_TIMEOUT: Duration = Duration::from_secs(2);

/// Puts the version on whatever is answered.
fn dressed(answer: Result<Response, Problem>) -> Response {
    let mut response = answer.unwrap_or_else(IntoResponse::into_response);
    response.headers_mut().insert(RESUMABLE, VERSION);
    response
}

fn check_version(headers: &HeaderMap) -> Result<(), Problem> {
    if headers.get(RESUMABLE) == Some(&VERSION) {
        return Ok(());
    }
    Err(Problem::new(&TUS_VERSION).detail("This server speaks tus 1.0.0; say so in Tus-Resumable."))
}

fn number(headers: &HeaderMap, name: &HeaderName) -> Result<u64, Problem> {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    let digits = value.filter(|value| !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()));
    let number = digits.and_then(|digits| digits.parse().ok());
    number.ok_or_else(|| {
        Problem::new(&MALFORMED).detail(format!("The header {name} must be a whole number of bytes."))
    })
}

/// `name base64, name base64, …`; names that nobody here knows are left out.
fn read_metadata(headers: &HeaderMap) -> Result<(String, Claims), Problem> {
    let broken = || Problem::new(&MALFORMED).detail("The header upload-metadata cannot be read.");
    let (mut name, mut claims) = (String::new(), Claims::default());
    let Some(pairs) = headers.get(METADATA) else {
        return Ok((name, claims));
    };
    let pairs = pairs.to_str().map_err(|_| broken())?;
    if pairs.len() > METADATA_MAX_BYTES {
        return Err(broken());
    }
    for pair in pairs.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once(' ').unwrap_or((pair, ""));
        let value = STANDARD.decode(value.trim()).map_err(|_| broken())?;
        let value = String::from_utf8(value).map_err(|_| broken())?;
        match key {
            "filename" => name = value,
            key => claims.take(key, &value),
        }
    }
    Ok((name, claims))
}

/// As in HTTP dates (RFC 9110 5.6.7).
fn http_date(at: Timestamp) -> Option<HeaderValue> {
    let since = Duration::from_micros(u64::try_from(at.0).ok()?);
    let text = httpdate::fmt_http_date(SystemTime::UNIX_EPOCH.checked_add(since)?);
    HeaderValue::from_str(&text).ok()
}

pub(crate) async fn options(State(app): State<App>, _: SignedIn) -> Bare<204> {
    let headers = [
        (VERSIONS, VERSION),
        (
            EXTENSIONS,
            HeaderValue::from_static("creation,termination,expiration"),
        ),
        (MAX_SIZE, HeaderValue::from(app.config.files.max_size_bytes)),
    ];
    Bare(dressed(Ok((StatusCode::NO_CONTENT, headers).into_response())))
}

pub(crate) async fn create(State(app): State<App>, who: SignedIn, headers: HeaderMap) -> Bare<201> {
    Bare(dressed(begin(&app, who, &headers).await))
}

async fn begin(app: &App, who: SignedIn, headers: &HeaderMap) -> Result<Response, Problem> {
    check_version(headers)?;
    let (name, claims) = read_metadata(headers)?;
    let wanted = uploads::Wanted {
        name,
        size_bytes: number(headers, &LENGTH)?,
        claims,
    };
    let upload = uploads::begin(app, who, wanted).await?;
    if upload.size_bytes == 0 {
        finish(app, &upload).await?;
    }
    let mut response = StatusCode::CREATED.into_response();
    let location = HeaderValue::from_str(&format!("/api/uploads/{}", upload.id));
    let location = location.map_err(|_| Problem::new(&MALFORMED))?;
    response.headers_mut().insert(LOCATION, location);
    response.headers_mut().insert(OFFSET, HeaderValue::from(0_u64));
    show_end(&mut response, &upload);
    Ok(response)
}

fn show_end(response: &mut Response, upload: &UploadRow) {
    if let Some(date) = http_date(upload.expires_at).filter(|_| !upload.is_done) {
        response.headers_mut().insert(EXPIRES, date);
    }
}

pub(crate) async fn head(
    State(app): State<App>,
    who: SignedIn,
    path: Result<Path<FileId>, Problem>,
    headers: HeaderMap,
) -> Bare<200> {
    let found = async {
        let Path(id) = path?;
        let upload = uploads::get(&app, who, id).await?;
        check_version(&headers)?;
        let offset_bytes = uploads::offset(&app, &upload).await?;
        let mut response = StatusCode::OK.into_response();
        response
            .headers_mut()
            .insert(OFFSET, HeaderValue::from(offset_bytes));
        response
            .headers_mut()
            .insert(LENGTH, HeaderValue::from(upload.size_bytes));
        show_end(&mut response, &upload);
        Ok(response)
    };
    Bare(dressed(found.await))
}

pub(crate) async fn patch(
    State(app): State<App>,
    who: SignedIn,
    path: Result<Path<FileId>, Problem>,
    headers: HeaderMap,
    body: Body,
) -> Bare<204> {
    let added = async {
        let Path(id) = path?;
        let upload = uploads::get(&app, who, id).await?;
        check_version(&headers)?;
        if headers
            .get(CONTENT_TYPE)
            .is_none_or(|kind| kind != "application/offset+octet-stream")
        {
            let detail = "The body must be application/offset+octet-stream.";
            return Err(Problem::new(&UNSUPPORTED_MEDIA_TYPE).detail(detail));
        }
        let offset_bytes = number(&headers, &OFFSET)?;
        let mut body = body.into_data_stream();
        let added = uploads::append(&app, &upload, offset_bytes, &mut body).await;
        if added.is_err() {
            drain(&mut body).await;
        }
        let offset_bytes = added?;
        if offset_bytes == upload.size_bytes {
            match finish(&app, &upload).await {
                // The bytes are safe; whoever asks for the file waits on.
                Ok(_) | Err(Error::NotYet) => {}
                Err(err) => return Err(err.into()),
            }
        }
        let mut response = StatusCode::NO_CONTENT.into_response();
        response
            .headers_mut()
            .insert(OFFSET, HeaderValue::from(offset_bytes));
        show_end(&mut response, &upload);
        Ok(response)
    };
    Bare(dressed(added.await))
}

/// Takes what is left of a short body, so that the refusal reaches a client that reads answers only after it has sent all.
/// Of a long one the connection breaks, and the client asks where the upload stands.
async fn drain(body: &mut BodyDataStream) {
    let mut n_bytes = 0;
    let rest = async {
        while let Some(Ok(piece)) = body.next().await {
            n_bytes += piece.len();
            if n_bytes > DRAIN_MAX_BYTES {
                return;
            }
        }
    };
    // Whether it came to the end makes no difference to the answer.
    let _ = tokio::time::timeout(DRAIN_TIMEOUT, rest).await;
}

pub(crate) async fn delete(
    State(app): State<App>,
    who: SignedIn,
    path: Result<Path<FileId>, Problem>,
    headers: HeaderMap,
) -> Bare<204> {
    let gone = async {
        let Path(id) = path?;
        uploads::get(&app, who, id).await?;
        check_version(&headers)?;
        uploads::give_up(&app, who, id).await?;
        Ok(StatusCode::NO_CONTENT.into_response())
    };
    Bare(dressed(gone.await))
}

/// The file that an upload has become. Makes it if that has not happened: the last `PATCH` may have failed, or another tab
/// may have sent it.
pub(crate) async fn file(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<FileId>,
) -> Result<Json<Attachment>, Problem> {
    let upload = uploads::get(&app, who, id).await?;
    Ok(Json(finish(&app, &upload).await?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_is_read_or_refused() {
        let read = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(METADATA, HeaderValue::from_str(text).unwrap());
            read_metadata(&headers).map(|(name, claims)| (name, claims.duration_ms))
        };
        assert_eq!(read("").unwrap(), (String::new(), None));
        assert_eq!(
            read("filename YS5wbmc=, is_confidential").unwrap(),
            ("a.png".to_owned(), None)
        );
        assert_eq!(
            read("duration_ms MTUwMA==,filename ").unwrap(),
            (String::new(), Some(1500))
        );
        assert!(read("filename %%%").is_err());
        assert!(read("filename /w==").is_err(), "no UTF-8");
        assert!(read(&format!("filename {}", "A".repeat(5_000))).is_err());
    }
}
