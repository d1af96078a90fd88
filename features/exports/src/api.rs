//! Handlers of exports.

use crate::{
    model::{Error, TranscriptFormat, slug},
    transcript::{Ask, open},
};
use accounts::SignedIn;
use axum::{
    body::Body,
    extract::State,
    response::{IntoResponse, Response},
};
use base::{ChannelId, Timestamp, TopicId};
use http::{
    HeaderValue,
    header::{CONTENT_DISPOSITION, CONTENT_TYPE},
};
use platform::{
    app::App,
    http::{
        extract::{Path, Query},
        problem::{INVALID, Problem, SIGNED_OUT},
    },
};
use serde::Deserialize;

/// Which stretch of a conversation, and how it is written.
#[derive(Debug, Default, Deserialize)]
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
) -> Result<Response, Problem> {
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
    Ok((headers, Body::from_stream(transcript)).into_response())
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Problem::not_found(),
            Error::Field { pointer, detail } => Problem::new(&INVALID).field(pointer, detail),
            Error::SignedOut => Problem::new(&SIGNED_OUT),
            Error::Spaces(error) => error.into(),
            Error::Db(error) => error.into(),
        }
    }
}
