//! Handlers of pointers, drafts and previews.

use super::read_text;
use crate::{
    actions::reading,
    wire::{Counts, Draft, NodeShape, ReadTo, SaveDraft},
};
use accounts::SignedIn;
use axum::extract::State;
use base::ChannelId;
use platform::{
    app::App,
    db::Tx,
    http::{
        extract::{Json, Path},
        problem::Problem,
    },
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use spaces::access;

#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PreviewText {
    text: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Preview {
    #[schemars(with = "Option<Vec<NodeShape>>")]
    tree: Option<Vec<markup::Node>>,
}

pub(crate) async fn read_to(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Json(to): Json<ReadTo>,
) -> Result<Json<Counts>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        reading::read_to(tx, &access, to, now)
    };
    Ok(Json(app.db.write(who.person, write).await?))
}

pub(crate) async fn unread_from(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Json(from): Json<ReadTo>,
) -> Result<Json<Counts>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        reading::unread_from(tx, &access, from, now)
    };
    Ok(Json(app.db.write(who.person, write).await?))
}

pub(crate) async fn save_draft(
    State(app): State<App>,
    who: SignedIn,
    Json(draft): Json<SaveDraft>,
) -> Result<Json<Draft>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, draft.channel_id)?;
        reading::save_draft(tx, &access, &draft, now)
    };
    Ok(Json(app.db.write(who.person, write).await?))
}

pub(crate) async fn preview(_: SignedIn, Json(text): Json<PreviewText>) -> Result<Json<Preview>, Problem> {
    Ok(Json(Preview {
        tree: read_text(text.text, false).await?.tree,
    }))
}
