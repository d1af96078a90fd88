//! What was posted, to look through: of one channel, or of all that somebody is in.

use crate::{
    model::Error,
    store::gallery::{self, Stretch},
    wire::{FilePage, PostedFile},
};
use accounts::SignedIn;
use axum::extract::State;
use base::{ChannelId, Timestamp};
use platform::{
    app::App,
    db::Tx,
    http::{
        extract::{Json, Path, Query},
        problem::Problem,
    },
};
use schemars::JsonSchema;
use serde::Deserialize;
use spaces::access;
use std::collections::BTreeSet;

const PAGE_DEFAULT: i64 = 50;
const PAGE_MAX: i64 = 100;

/// Which kind of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Shelf {
    Pictures,
    Files,
}

#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GalleryQuery {
    shelf: Option<Shelf>,
    before: Option<Timestamp>,
    limit: Option<i64>,
}

impl GalleryQuery {
    fn stretch(self) -> Stretch {
        Stretch {
            before: self.before.unwrap_or(Timestamp(i64::MAX)),
            is_pictures: self.shelf != Some(Shelf::Files),
            limit: self.limit.unwrap_or(PAGE_DEFAULT).clamp(1, PAGE_MAX),
        }
    }
}

fn page(tx: &mut dyn Tx, items: Vec<PostedFile>, limit: i64) -> Result<FilePage, Error> {
    let is_full = i64::try_from(items.len()).is_ok_and(|n| n >= limit);
    let people: BTreeSet<_> = items.iter().map(|item| item.person_id).collect();
    let people: Vec<_> = people.into_iter().collect();
    Ok(FilePage {
        next: items.last().filter(|_| is_full).map(|last| last.at),
        people: spaces::people_named(tx, &people)?,
        items,
    })
}

pub(crate) async fn list_channel(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Query(query): Query<GalleryQuery>,
) -> Result<Json<FilePage>, Problem> {
    let of = query.stretch();
    let read = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let items = gallery::list_channel(tx, access.id(), of)?;
        page(tx, items, of.limit)
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn list_mine(
    State(app): State<App>,
    who: SignedIn,
    Query(query): Query<GalleryQuery>,
) -> Result<Json<FilePage>, Problem> {
    let of = query.stretch();
    let read = move |tx: &mut dyn Tx| {
        let items = gallery::list_mine(tx, who.person, of)?;
        page(tx, items, of.limit)
    };
    Ok(Json(app.db.read(read).await?))
}
