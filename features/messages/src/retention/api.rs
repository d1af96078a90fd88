//! Handlers of retention.

use super::{
    ChangeRetention, ChannelRetention, NewHold, Retention, RetentionRule, change, clear,
    copies::{self, HeldCopies},
    end_hold, hold, preview, require_admin, store,
};
use crate::model::Error;
use accounts::{Administrator, SignedIn};
use axum::extract::State;
use base::{ChannelId, MessageId, Timestamp};
use http::StatusCode;
use platform::{
    app::App,
    db::Tx,
    http::{
        extract::{Json, Path, Query},
        problem::Problem,
    },
    journal::ACCESS_SCOPE,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use spaces::access;
use ts_rs::TS;
use uuid::Uuid;

pub(crate) async fn list(State(app): State<App>, who: Administrator) -> Result<Json<Retention>, Problem> {
    let read = move |tx: &mut dyn Tx| {
        require_admin(tx, who)?;
        Ok::<_, Error>(Retention {
            rules: store::list_rules(tx)?,
            holds: store::list_holds(tx)?,
        })
    };
    Ok(Json(app.db.read(read).await?))
}

/// What a rule would say.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PreviewQuery {
    days: i64,
    keep_marked: Option<bool>,
}

/// What a rule would do at once.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct RetentionPreview {
    /// Messages that would go; 1,000,001 means more than 1,000,000.
    #[ts(type = "number")]
    n_messages: i64,
    /// When the oldest of them was said.
    oldest_at: Option<Timestamp>,
}

pub(crate) async fn look_ahead(
    State(app): State<App>,
    who: Administrator,
    Path(place): Path<Uuid>,
    Query(query): Query<PreviewQuery>,
) -> Result<Json<RetentionPreview>, Problem> {
    let (now, asked) = (
        app.clock.now(),
        (query.days, query.keep_marked.unwrap_or_default()),
    );
    let read = move |tx: &mut dyn Tx| preview(tx, who, place, asked, now);
    let (n_messages, oldest_at) = app.db.read(read).await?;
    Ok(Json(RetentionPreview {
        n_messages,
        oldest_at,
    }))
}

pub(crate) async fn put(
    State(app): State<App>,
    who: Administrator,
    Path(place): Path<Uuid>,
    Json(body): Json<ChangeRetention>,
) -> Result<Json<RetentionRule>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| change(tx, who, (place, &body), now);
    Ok(Json(app.db.write(ACCESS_SCOPE, write).await?))
}

pub(crate) async fn remove(
    State(app): State<App>,
    who: Administrator,
    Path(place): Path<Uuid>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| clear(tx, who, place, now);
    app.db.write(ACCESS_SCOPE, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn of_channel(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
) -> Result<Json<ChannelRetention>, Problem> {
    let read = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let workspace = accounts::find_workspace(tx)?.ok_or(Error::NotFound)?;
        store::of_channel(tx, access.id(), workspace.id.0)?.ok_or(Error::NotFound)
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn make_hold(
    State(app): State<App>,
    who: Administrator,
    Json(body): Json<NewHold>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| hold(tx, who, &body, now);
    app.db.write(ACCESS_SCOPE, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn remove_hold(
    State(app): State<App>,
    who: Administrator,
    Path(subject): Path<Uuid>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| end_hold(tx, who, subject, now);
    app.db.write(ACCESS_SCOPE, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Which page.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CopiesQuery {
    after: Option<MessageId>,
}

pub(crate) async fn list_copies(
    State(app): State<App>,
    who: Administrator,
    Path(subject): Path<Uuid>,
    Query(query): Query<CopiesQuery>,
) -> Result<Json<HeldCopies>, Problem> {
    let now = app.clock.now();
    // It writes: that somebody looked is in the audit log.
    let write = move |tx: &mut dyn Tx| copies::look(tx, who, (subject, query.after), now);
    Ok(Json(app.db.write(ACCESS_SCOPE, write).await?))
}
