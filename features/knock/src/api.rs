//! Handlers of knocking.

use crate::{
    actions,
    wire::{AnswerKnock, Knock, KnockView, NewKnock},
};
use accounts::SignedIn;
use axum::extract::State;
use base::ChannelId;
use http::StatusCode;
use platform::{
    app::App,
    db::Tx,
    http::{
        extract::{Json, Path},
        problem::Problem,
    },
};
use spaces::access;

pub(crate) async fn get(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
) -> Result<Json<KnockView>, Problem> {
    let now = app.clock.now();
    let read = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        actions::get(tx, &access, now)
    };
    let knock = app.db.read(read).await?;
    Ok(Json(KnockView { knock }))
}

pub(crate) async fn create(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Json(new): Json<NewKnock>,
) -> Result<(StatusCode, Json<Knock>), Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        actions::create(tx, &access, new.id, now)
    };
    let knock = app.db.write(channel, write).await?;
    Ok((StatusCode::CREATED, Json(knock)))
}

pub(crate) async fn answer(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Json(said): Json<AnswerKnock>,
) -> Result<Json<Knock>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        actions::answer(tx, &access, said, now)
    };
    Ok(Json(app.db.write(channel, write).await?))
}

pub(crate) async fn take_back(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        actions::take_back(tx, &access, now)
    };
    app.db.write(channel, write).await?;
    Ok(StatusCode::NO_CONTENT)
}
