//! Handlers of exports that owners ask for.

use super::{ExportRow, begin, name, require_owner, store, sweep};
use crate::model::Error;
use accounts::{Deed, SignedIn, Subject, audit};
use axum::{body::Body, extract::State, response::IntoResponse};
use base::{PersonId, Timestamp};
use http::{
    HeaderValue, StatusCode,
    header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE},
};
use platform::{
    app::App,
    blobs::Shelf,
    db::Tx,
    http::{
        extract::{Json, Path},
        problem::Problem,
    },
    journal::ACCESS_SCOPE,
    openapi::{Answered, Raw},
};
use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

/// An export of the whole workspace.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct WorkspaceExport {
    id: Uuid,
    /// Who asked for it.
    person_id: PersonId,
    /// `running`, `done` or `failed`.
    #[ts(type = "\"running\" | \"done\" | \"failed\"")]
    state: String,
    /// Rows that are written.
    #[ts(type = "number")]
    n_rows: i64,
    /// Rows that there are; 0 while nobody has counted.
    #[ts(type = "number")]
    n_rows_total: i64,
    /// Of the archive, when it is done.
    #[ts(type = "number | null")]
    size_bytes: Option<i64>,
    created_at: Timestamp,
    /// When it is removed.
    expires_at: Timestamp,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Exports {
    items: Vec<WorkspaceExport>,
}

impl WorkspaceExport {
    fn of(row: &ExportRow, now: Timestamp) -> Self {
        Self {
            id: row.id,
            person_id: row.person,
            state: row.state_at(now).to_owned(),
            n_rows: row.n_rows,
            n_rows_total: row.n_rows_total,
            size_bytes: row.size_bytes,
            created_at: row.created_at,
            expires_at: row.expires_at,
        }
    }
}

pub(crate) async fn start(
    State(app): State<App>,
    who: SignedIn,
) -> Result<Answered<WorkspaceExport, 202>, Problem> {
    let row = begin(&app, who).await?;
    let export = Json(WorkspaceExport::of(&row, app.clock.now()));
    Ok(Answered::new((StatusCode::ACCEPTED, export).into_response()))
}

pub(crate) async fn list(State(app): State<App>, who: SignedIn) -> Result<Json<Exports>, Problem> {
    let now = app.clock.now();
    let read = move |tx: &mut dyn Tx| {
        require_owner(tx, &who)?;
        Ok::<_, Error>(store::list(tx)?)
    };
    let rows = app.db.read(read).await?;
    let living = rows.iter().filter(|row| row.expires_at > now);
    let items = living.map(|row| WorkspaceExport::of(row, now)).collect();
    Ok(Json(Exports { items }))
}

pub(crate) async fn download(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<Uuid>,
) -> Result<Raw, Problem> {
    let now = app.clock.now();
    let find = move |tx: &mut dyn Tx| {
        require_owner(tx, &who)?;
        let mut rows = store::list(tx)?;
        rows.retain(|row| row.id == id && row.state == "done" && row.expires_at > now);
        let row = rows.pop().ok_or(Error::NotFound)?;
        let deed = Deed::new(who, "export.downloaded", Subject::new("export", id, ""));
        audit::record(tx, &deed, now)?;
        Ok(row)
    };
    let row = match app.db.write(ACCESS_SCOPE, find).await {
        Err(err @ Error::NotFound) => {
            sweep(&app).await?;
            return Err(err.into());
        }
        found => found?,
    };
    let (size_bytes, content) = app.blobs.from_shelf(Shelf::EXPORTS, &name(row.id)).await?;
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/zip")),
        (CONTENT_LENGTH, HeaderValue::from(size_bytes)),
        (
            CONTENT_DISPOSITION,
            HeaderValue::from_static("attachment; filename=\"workspace.zip\""),
        ),
    ];
    Ok(Raw((headers, Body::from_stream(content)).into_response()))
}
