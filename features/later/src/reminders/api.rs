//! Handlers of reminders.

use super::wire::{ChangeReminder, NewReminder, Reminder, ReminderPage};
use crate::firing;
use accounts::SignedIn;
use axum::extract::State;
use base::{ReminderId, Timestamp};
use http::StatusCode;
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

pub(crate) async fn remind(
    State(app): State<App>,
    who: SignedIn,
    Json(new): Json<NewReminder>,
) -> Result<(StatusCode, Json<Reminder>), Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| super::remind(tx, &who, &new, now);
    let (reminder, is_new) = app.db.write(who.person, write).await?;
    firing::wake();
    let status = if is_new {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    Ok((status, Json(reminder)))
}

/// Where a page begins: what `next` of the page before says.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PageQuery {
    after_at: Option<Timestamp>,
    after_id: Option<ReminderId>,
}

pub(crate) async fn list(
    State(app): State<App>,
    who: SignedIn,
    Query(query): Query<PageQuery>,
) -> Result<Json<ReminderPage>, Problem> {
    let after = query.after_at.zip(query.after_id);
    let read = move |tx: &mut dyn Tx| super::list(tx, &who, after);
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn change(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<ReminderId>,
    Json(new): Json<ChangeReminder>,
) -> Result<Json<Reminder>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| super::change(tx, &who, (id, &new), now);
    let changed = app.db.write(who.person, write).await?;
    firing::wake();
    Ok(Json(changed))
}

pub(crate) async fn done(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<ReminderId>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| super::done(tx, &who, id, now);
    app.db.write_freeing(who.person, write).await?;
    Ok(StatusCode::NO_CONTENT)
}
