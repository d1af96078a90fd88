//! Handlers of what comes back by itself.

use super::{
    Change, Ready,
    rounds::{self, CheckIn},
    wire::{ChangeRoutine, NewRoutine, Routine, RoutineList},
};
use crate::{api::read_text, firing, model::field};
use accounts::SignedIn;
use axum::extract::State;
use base::{ChannelId, MessageId, RoutineId};
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

pub(crate) async fn create(
    State(app): State<App>,
    who: SignedIn,
    Json(new): Json<NewRoutine>,
) -> Result<(StatusCode, Json<Routine>), Problem> {
    let text = read_text(new.text.clone(), false).await?;
    let now = app.clock.now();
    let ready = Ready { new, text };
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, ready.new.channel_id)?;
        super::create(tx, &access, &ready, now)
    };
    let (routine, is_new) = app.db.write(who.person, write).await?;
    firing::wake();
    let status = if is_new {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    Ok((status, Json(routine)))
}

pub(crate) async fn list(State(app): State<App>, who: SignedIn) -> Result<Json<RoutineList>, Problem> {
    let read = move |tx: &mut dyn Tx| super::list(tx, who.person);
    let items = app.db.read(read).await?;
    Ok(Json(RoutineList { items }))
}

pub(crate) async fn change(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<RoutineId>,
    Json(new): Json<ChangeRoutine>,
) -> Result<Json<Routine>, Problem> {
    let is_nothing = new.text.is_none()
        && new.everyone_ok.is_none()
        && new.rhythm.is_none()
        && new.time_zone.is_none()
        && new.paused.is_none()
        && !new.skip;
    if is_nothing {
        return Err(field("", "say what shall be different").into());
    }
    let text = match new.text {
        Some(text) => Some(read_text(text, false).await?),
        None => None,
    };
    let wanted = Change {
        revision: new.revision,
        text,
        everyone_ok: new.everyone_ok,
        rhythm: new.rhythm,
        time_zone: new.time_zone,
        paused: new.paused,
        skip: new.skip,
    };
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| super::change(tx, who.person, id, &wanted, now);
    let changed = app.db.write(who.person, write).await?;
    firing::wake();
    Ok(Json(changed))
}

pub(crate) async fn end(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<RoutineId>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| super::end(tx, who.person, id, now);
    app.db.write(who.person, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn get_check_in(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, message)): Path<(ChannelId, MessageId)>,
) -> Result<Json<CheckIn>, Problem> {
    let read = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        rounds::view(tx, &access, message)
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn skip(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, message)): Path<(ChannelId, MessageId)>,
) -> Result<Json<CheckIn>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        rounds::skip(tx, &access, message, now)
    };
    Ok(Json(app.db.write(channel, write).await?))
}
