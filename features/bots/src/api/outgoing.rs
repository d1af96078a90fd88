//! Handlers of doors out of a channel.

use super::outgoing_wire;
use crate::{
    actions::outgoing,
    model::Error,
    wire::{ChangeOutgoing, Deliveries, NewOutgoing, OutgoingHook, OutgoingMade},
};
use accounts::SignedIn;
use axum::extract::State;
use base::{ChannelId, DeliveryId, HookId};
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

pub async fn create(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Json(new): Json<NewOutgoing>,
) -> Result<(StatusCode, Json<OutgoingMade>), Problem> {
    let (outbound, now) = (app.outbound.clone(), app.clock.now());
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        outgoing::create(tx, &access, (&outbound, &new), now)
    };
    let row = app.db.write(channel, write).await?;
    let made = OutgoingMade {
        secret: row.secret.clone(),
        hook: outgoing_wire(row),
    };
    Ok((StatusCode::CREATED, Json(made)))
}

pub async fn change(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, hook)): Path<(ChannelId, HookId)>,
    Json(change): Json<ChangeOutgoing>,
) -> Result<Json<OutgoingHook>, Problem> {
    let (outbound, now) = (app.outbound.clone(), app.clock.now());
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        outgoing::change(tx, &access, (hook, &outbound, &change), now)
    };
    Ok(Json(outgoing_wire(app.db.write(channel, write).await?)))
}

pub async fn remove(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, hook)): Path<(ChannelId, HookId)>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        outgoing::remove(tx, &access, hook, now)
    };
    app.db.write(channel, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub async fn list_deliveries(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, hook)): Path<(ChannelId, HookId)>,
) -> Result<Json<Deliveries>, Problem> {
    let read = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        Ok::<_, Error>(Deliveries {
            items: outgoing::deliveries(tx, &access, hook)?,
        })
    };
    Ok(Json(app.db.read(read).await?))
}

pub async fn again(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, hook, delivery)): Path<(ChannelId, HookId, DeliveryId)>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        outgoing::again(tx, &access, (hook, delivery), now)
    };
    app.db.write(channel, write).await?;
    Ok(StatusCode::NO_CONTENT)
}
