//! Handlers of the audit log.

use super::{AuditPage, AuditQuery, file, people_of, places_of, store};
use crate::{model::Error, proof};
use accounts::{Administrator, Deed, Subject, audit};
use axum::{body::Body, extract::State, response::IntoResponse};
use base::Timestamp;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use platform::{
    app::App,
    db::Tx,
    http::{
        extract::{Json, Query},
        problem::Problem,
    },
    journal::ACCESS_SCOPE,
    openapi::Raw,
};
use schemars::JsonSchema;
use serde::Deserialize;

/// Entries of a page when nothing is said, and at most.
const PAGE: (i64, i64) = (50, 100);

pub async fn list(
    State(app): State<App>,
    who: Administrator,
    Query(query): Query<AuditQuery>,
) -> Result<Json<AuditPage>, Problem> {
    let limit = query.limit.unwrap_or(PAGE.0).clamp(1, PAGE.1);
    let read = move |tx: &mut dyn Tx| {
        proof::admin(tx, who)?;
        page(tx, &query, limit)
    };
    Ok(Json(app.db.read(read).await?))
}

/// A page with everybody and everything that it names.
pub(super) fn page(tx: &mut dyn Tx, query: &AuditQuery, limit: i64) -> Result<AuditPage, Error> {
    let mut items = store::list(tx, query, limit + 1)?;
    let more = items.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        items.pop();
    }
    Ok(AuditPage {
        people: accounts::people(tx, &people_of(&items))?,
        places: store::places(tx, &places_of(&items))?,
        next: items.last().filter(|_| more).map(|entry| entry.id),
        items,
    })
}

/// How the file is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AuditFormat {
    /// For spreadsheets.
    #[default]
    Csv,
    /// One JSON object a line.
    Jsonl,
}

/// Which deeds, and how they are written. The fields of [`AuditQuery`] but for those of a page.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExportQuery {
    format: Option<AuditFormat>,
    person: Option<base::PersonId>,
    group: Option<String>,
    after: Option<Timestamp>,
    until: Option<Timestamp>,
    query: Option<String>,
}

pub async fn export(
    State(app): State<App>,
    who: Administrator,
    Query(asked): Query<ExportQuery>,
) -> Result<Raw, Problem> {
    let (now, format) = (app.clock.now(), asked.format.unwrap_or_default());
    let query = AuditQuery {
        person: asked.person,
        group: asked.group,
        after: asked.after,
        // What happens while it is sent is not in it.
        until: Some(asked.until.unwrap_or(now).min(now)),
        query: asked.query,
        ..AuditQuery::default()
    };
    // What cannot be asked is refused while there is still a status to say it with.
    file::read(&app, who, query.clone()).await?;
    let note = move |tx: &mut dyn Tx| {
        let access = proof::admin(tx, who)?;
        let name = match format {
            AuditFormat::Csv => "csv",
            AuditFormat::Jsonl => "jsonl",
        };
        let deed = Deed::new(access.actor(), "audit.exported", Subject::named("audit", name));
        Ok::<_, Error>(audit::record(tx, &deed, now)?)
    };
    app.db.write(ACCESS_SCOPE, note).await?;
    let (media_type, disposition) = match format {
        AuditFormat::Csv => ("text/csv; charset=utf-8", "attachment; filename=\"audit.csv\""),
        AuditFormat::Jsonl => ("application/jsonl", "attachment; filename=\"audit.jsonl\""),
    };
    let headers = [(CONTENT_TYPE, media_type), (CONTENT_DISPOSITION, disposition)];
    let body = Body::from_stream(file::stream(app, who, query, format));
    Ok(Raw((headers, body).into_response()))
}
