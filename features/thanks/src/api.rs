//! Handlers of thanks.

use crate::{
    actions::{self, CARD},
    gathering,
    model::Error,
    wire::{ChooseThanksPlace, Gathering, NewThanks, ThanksPlace, ThanksView},
};
use accounts::SignedIn;
use axum::extract::State;
use base::{ChannelId, MessageId, SpaceId};
use http::StatusCode;
use messages::CardPost;
use platform::{
    app::App,
    db::Tx,
    http::{
        extract::{Json, Path},
        problem::Problem,
    },
};
use spaces::access;

pub(crate) async fn give(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Json(new): Json<NewThanks>,
) -> Result<(StatusCode, Json<ThanksView>), Problem> {
    let card = (CARD, new.message_id.0);
    let post =
        CardPost::read(new.message_id, new.topic_id, &new.text, card, new.words_ok).map_err(Error::from)?;
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let thanks = actions::give(tx, &access, (&new, &post), now)?;
        actions::view(tx, thanks)
    };
    Ok((StatusCode::CREATED, Json(app.db.write(channel, write).await?)))
}

pub(crate) async fn get(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, message)): Path<(ChannelId, MessageId)>,
) -> Result<Json<ThanksView>, Problem> {
    let read = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let thanks = actions::get(tx, &access, message)?;
        actions::view(tx, thanks)
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn get_gathering(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, message)): Path<(ChannelId, MessageId)>,
) -> Result<Json<Gathering>, Problem> {
    let read = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        actions::gathered(tx, (&access, &who), message)
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn get_place(
    State(app): State<App>,
    who: SignedIn,
    Path(space): Path<SpaceId>,
) -> Result<Json<ThanksPlace>, Problem> {
    let read = move |tx: &mut dyn Tx| {
        let access = access::space(tx, &who, space)?;
        gathering::view(tx, &access)
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn put_place(
    State(app): State<App>,
    who: SignedIn,
    Path(space): Path<SpaceId>,
    Json(new): Json<ChooseThanksPlace>,
) -> Result<Json<ThanksPlace>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::space(tx, &who, space)?;
        gathering::choose(tx, &access, &new, now)
    };
    Ok(Json(app.db.write(space, write).await?))
}
