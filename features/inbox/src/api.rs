//! Handlers of the inbox.

use crate::{
    actions, catch_up as catching,
    model::{CLEAR_MAX, Error, budget},
    reading,
    wire::{CatchUp, ClearInbox, Cleared, DecisionPage, Inbox, InboxCount, Undone},
};
use accounts::SignedIn;
use axum::extract::State;
use base::{SpaceId, Timestamp};
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
use uuid::Uuid;

/// Decisions of a page when nothing else is asked.
const PAGE_DEFAULT: i64 = 50;

/// How much time there is.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CatchUpQuery {
    /// 2, 10 or 30.
    minutes: i64,
}

/// Which decisions.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DecisionQuery {
    /// Of which space; all that I am in, when it is not said.
    space: Option<SpaceId>,
    before: Option<Timestamp>,
    limit: Option<i64>,
}

pub(crate) async fn get(State(app): State<App>, who: SignedIn) -> Result<Json<Inbox>, Problem> {
    let now = app.clock.now();
    let read = move |tx: &mut dyn Tx| reading::get(tx, &who, now);
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn count(State(app): State<App>, who: SignedIn) -> Result<Json<InboxCount>, Problem> {
    let now = app.clock.now();
    let read = move |tx: &mut dyn Tx| reading::count_needs(tx, &who, now);
    let n_needs_you = app.db.read(read).await?;
    Ok(Json(InboxCount { n_needs_you }))
}

pub(crate) async fn clear(
    State(app): State<App>,
    who: SignedIn,
    Json(wanted): Json<ClearInbox>,
) -> Result<Json<Cleared>, Problem> {
    if wanted
        .channels
        .as_ref()
        .is_some_and(|channels| channels.len() > CLEAR_MAX)
    {
        let detail = format!("at most {CLEAR_MAX} channels at once");
        return Err(Error::Field {
            pointer: "/channels",
            detail,
        }
        .into());
    }
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| actions::clear(tx, &who, &wanted, now);
    Ok(Json(app.db.write(who.person, write).await?))
}

pub(crate) async fn undo(
    State(app): State<App>,
    who: SignedIn,
    Path(clear): Path<Uuid>,
) -> Result<Json<Undone>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| actions::undo(tx, &who, clear, now);
    Ok(Json(app.db.write(who.person, write).await?))
}

pub(crate) async fn catch_up(
    State(app): State<App>,
    who: SignedIn,
    Query(query): Query<CatchUpQuery>,
) -> Result<Json<CatchUp>, Problem> {
    let budget = budget(query.minutes)?;
    let now = app.clock.now();
    let read = move |tx: &mut dyn Tx| catching::catch_up(tx, &who, budget, now);
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn decisions(
    State(app): State<App>,
    who: SignedIn,
    Query(query): Query<DecisionQuery>,
) -> Result<Json<DecisionPage>, Problem> {
    let read = move |tx: &mut dyn Tx| {
        let limit = query.limit.unwrap_or(PAGE_DEFAULT);
        reading::decisions(tx, &who, (query.space, query.before), limit)
    };
    Ok(Json(app.db.read(read).await?))
}
