//! Handlers of exports.

use crate::{
    model::{Error, TranscriptFormat, slug},
    own_data,
    transcript::{Ask, open},
};
use accounts::SignedIn;
use axum::{body::Body, extract::State, response::IntoResponse};
use base::{ChannelId, Timestamp, TopicId};
use bytes::{Bytes, BytesMut};
use futures_util::{StreamExt, stream};
use http::{
    HeaderValue,
    header::{CONTENT_DISPOSITION, CONTENT_TYPE},
};
use platform::{
    app::App,
    http::{
        extract::{Path, Query},
        problem::{CONFLICT, FORBIDDEN, INVALID, Problem, SIGNED_OUT},
    },
    openapi::Raw,
};
use schemars::JsonSchema;
use serde::Deserialize;
use tokio::io::AsyncReadExt;

/// Bytes that are read from the disk at once.
const PIECE_BYTES: usize = 64 * 1024;

/// Which stretch of a conversation, and how it is written.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TranscriptQuery {
    format: Option<TranscriptFormat>,
    topic: Option<TopicId>,
    /// Said at this moment or later.
    after: Option<Timestamp>,
    /// Said before this moment.
    before: Option<Timestamp>,
    pseudonyms: Option<bool>,
    /// An IANA name; without it that of the person who asks.
    time_zone: Option<String>,
}

/// A file, written while it is sent.
pub(crate) async fn transcript(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Query(query): Query<TranscriptQuery>,
) -> Result<Raw, Problem> {
    let format = query.format.unwrap_or_default();
    let ask = Ask {
        who,
        channel,
        topic: query.topic,
        from: query.after.unwrap_or(Timestamp(i64::MIN)),
        until: query.before.unwrap_or(Timestamp(i64::MAX)),
        pseudonyms: query.pseudonyms.unwrap_or_default(),
        time_zone: query.time_zone,
        format,
    };
    let (name, transcript) = open(app, ask).await?;
    let disposition = format!(
        "attachment; filename=\"{}-transcript.{}\"",
        slug(&name),
        format.extension()
    );
    let disposition = HeaderValue::try_from(disposition).map_err(|err| Problem::internal(&err))?;
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(format.media_type())),
        (CONTENT_DISPOSITION, disposition),
    ];
    Ok(Raw((headers, Body::from_stream(transcript)).into_response()))
}

/// Everything that the server holds about who asks.
pub(crate) async fn own_data(State(app): State<App>, who: SignedIn) -> Result<Raw, Problem> {
    let file = own_data::gather(&app, who).await?;
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/zip")),
        (
            CONTENT_DISPOSITION,
            HeaderValue::from_static("attachment; filename=\"my-data.zip\""),
        ),
    ];
    Ok(Raw(
        (headers, file_body(tokio::fs::File::from_std(file))).into_response()
    ))
}

/// A file as the body of an answer, piece by piece.
pub(crate) fn file_body(file: tokio::fs::File) -> Body {
    // Whoever sends it may ask once more after the end.
    Body::from_stream(stream::unfold(Some(file), next_piece).fuse())
}

type Piece = (std::io::Result<Bytes>, Option<tokio::fs::File>);

async fn next_piece(file: Option<tokio::fs::File>) -> Option<Piece> {
    let mut file = file?;
    let mut piece = BytesMut::with_capacity(PIECE_BYTES);
    match file.read_buf(&mut piece).await {
        Ok(0) => None,
        Ok(_) => Some((Ok(piece.freeze()), Some(file))),
        Err(err) => Some((Err(err), None)),
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Problem::not_found(),
            Error::Field { pointer, detail } => Problem::new(&INVALID).field(pointer, detail),
            Error::Forbidden(why) => Problem::new(&FORBIDDEN).detail(format!("Not allowed: {why}.")),
            Error::Busy => Problem::new(&CONFLICT).detail("An export is being made already: wait for it."),
            Error::File(_) => Problem::internal(&error),
            Error::SignedOut => Problem::new(&SIGNED_OUT),
            Error::Spaces(error) => error.into(),
            Error::Blobs(error) => error.into(),
            Error::Db(error) => error.into(),
        }
    }
}
