//! Handlers that put conversations in order.

use crate::{
    actions::moving,
    wire::{MergeTopic, MoveMessages, Moved, Topic},
};
use accounts::SignedIn;
use axum::extract::State;
use base::{ChannelId, TopicId};
use platform::{
    app::App,
    db::Tx,
    http::{
        extract::{Json, Path},
        problem::Problem,
    },
};
use spaces::access;

pub(crate) async fn move_messages(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Json(order): Json<MoveMessages>,
) -> Result<Json<Moved>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        moving::move_messages(tx, &access, &order, now)
    };
    Ok(Json(app.db.write(channel, write).await?))
}

pub(crate) async fn merge(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, topic)): Path<(ChannelId, TopicId)>,
    Json(order): Json<MergeTopic>,
) -> Result<Json<Topic>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        moving::merge(tx, &access, topic, order, now)
    };
    Ok(Json(app.db.write(channel, write).await?))
}
