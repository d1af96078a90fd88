//! Handlers of emoji.

use crate::{
    actions,
    model::Error,
    picture, store,
    wire::{CustomEmoji, CustomEmojiList, SetEmoji},
};
use accounts::{Administrator, SignedIn};
use axum::{
    extract::{State, rejection::BytesRejection},
    response::IntoResponse,
};
use bytes::Bytes;
use http::{
    StatusCode,
    header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS},
};
use platform::{
    app::App,
    db::Tx,
    http::{
        extract::{Json, Path, Query},
        problem::Problem,
    },
    openapi::Raw,
};
use schemars::JsonSchema;
use serde::Deserialize;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PictureQuery {
    /// Without motion.
    still: Option<bool>,
    /// The version: it only makes the address another one, so that browsers keep each for long.
    #[serde(rename = "v")]
    _version: Option<String>,
}

pub(crate) async fn list(State(app): State<App>, who: SignedIn) -> Result<Json<CustomEmojiList>, Problem> {
    let read = move |tx: &mut dyn Tx| view(tx, &who);
    Ok(Json(app.db.read(read).await?))
}

fn view(tx: &mut dyn Tx, who: &SignedIn) -> Result<CustomEmojiList, Error> {
    Ok(CustomEmojiList {
        items: store::list(tx)?.iter().map(store::EmojiRow::shown).collect(),
        may_add: actions::may_add(tx, who)?,
        everyone: store::everyone_adds(tx)?,
    })
}

pub(crate) async fn add(
    State(app): State<App>,
    who: SignedIn,
    Path(name): Path<String>,
    sent: Result<Bytes, BytesRejection>,
) -> Result<(StatusCode, Json<CustomEmoji>), Problem> {
    let sent = sent.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooBig,
        _ => Error::field("", "the picture ended early"),
    })?;
    let added = actions::add(&app, who, name, sent).await?;
    Ok((StatusCode::CREATED, Json(added)))
}

pub(crate) async fn remove(
    State(app): State<App>,
    who: SignedIn,
    Path(name): Path<String>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| actions::remove(tx, &who, &name, now);
    app.db.write(who.person, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn get_picture(
    State(app): State<App>,
    _: SignedIn,
    Path(name): Path<String>,
    Query(query): Query<PictureQuery>,
) -> Result<Raw, Problem> {
    let find = move |tx: &mut dyn Tx| store::find(tx, &name)?.ok_or(Error::NotFound);
    let row = app.db.read(find).await?;
    let blob = match query.still {
        Some(true) => row.still.unwrap_or(row.picture),
        _ => row.picture,
    };
    let hash = blob.parse().map_err(|_| Error::NotFound)?;
    let bytes = app.blobs.get(hash).await.map_err(Error::from)?;
    // Its address has its version in it; the app asks for the same one again and again.
    let headers = [
        (CONTENT_TYPE, picture::content_type(&bytes)),
        (CACHE_CONTROL, "private, max-age=31536000, immutable"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (CONTENT_SECURITY_POLICY, "sandbox"),
    ];
    Ok(Raw((headers, bytes).into_response()))
}

pub(crate) async fn set(
    State(app): State<App>,
    Administrator(who): Administrator,
    Json(set): Json<SetEmoji>,
) -> Result<Json<CustomEmojiList>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        actions::switch(tx, &who, set.everyone, now)?;
        view(tx, &who)
    };
    Ok(Json(app.db.write(who.person, write).await?))
}
