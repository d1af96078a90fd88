//! The audit log as a file, a page at a time.

use super::{
    AuditEntry, AuditPage, AuditQuery,
    api::{AuditFormat, page},
};
use crate::{model::Error, proof};
use accounts::Administrator;
use base::Timestamp;
use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};
use platform::{
    app::App,
    csv::{BOM, cell},
    db::Tx,
};
use serde_json::json;
use std::io;

/// Entries that are in memory together.
const PAGE: i64 = if cfg!(test) { 3 } else { 500 };
const HEAD: &str = "time,actor_kind,actor,actor_id,action,subject_kind,subject,subject_id,detail\r\n";

/// Breaks off visibly when whoever asks may not read it any more.
pub fn stream(
    app: App,
    who: Administrator,
    query: AuditQuery,
    format: AuditFormat,
) -> impl Stream<Item = io::Result<Bytes>> {
    let head = match format {
        AuditFormat::Csv => format!("{BOM}{HEAD}"),
        AuditFormat::Jsonl => String::new(),
    };
    stream::unfold(Some((query, head)), move |at| {
        let app = app.clone();
        async move {
            let (query, mut out) = at?;
            match read(&app, who, query.clone()).await {
                Ok(page) => {
                    for entry in &page.items {
                        write(&mut out, entry, &page, format);
                    }
                    let next = page.next.map(|before| {
                        let query = AuditQuery {
                            before: Some(before),
                            ..query
                        };
                        (query, String::new())
                    });
                    Some((Ok(Bytes::from(out)), next))
                }
                Err(error) => Some((Err(io::Error::other(error.to_string())), None)),
            }
        }
    })
    // Whoever sends it may ask once more after its end.
    .fuse()
}

/// One page of what is asked for.
pub async fn read(app: &App, who: Administrator, query: AuditQuery) -> Result<AuditPage, Error> {
    let read = move |tx: &mut dyn Tx| {
        proof::admin(tx, who)?;
        page(tx, &query, PAGE)
    };
    app.db.read(read).await
}

fn write(out: &mut String, entry: &AuditEntry, page: &AuditPage, format: AuditFormat) {
    let actor = page
        .people
        .iter()
        .find(|person| Some(person.id) == entry.actor_id);
    let actor = actor.map_or("", |person| person.name.as_str());
    let time = time(entry.at);
    if format == AuditFormat::Jsonl {
        let line = json!({
            "time": time, "actor_kind": entry.actor_kind, "actor": actor, "actor_id": entry.actor_id,
            "action": entry.action, "subject_kind": entry.subject_kind, "subject": entry.subject_name,
            "subject_id": entry.subject_id, "detail": entry.detail,
        });
        out.push_str(&line.to_string());
        out.push('\n');
        return;
    }
    let text = |id: Option<uuid::Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
    let detail = serde_json::Value::Object(entry.detail.clone()).to_string();
    for (idx, value) in [
        time.as_str(),
        &entry.actor_kind,
        actor,
        &text(entry.actor_id.map(uuid::Uuid::from)),
        &entry.action,
        &entry.subject_kind,
        &entry.subject_name,
        &text(entry.subject_id),
        &detail,
    ]
    .into_iter()
    .enumerate()
    {
        if idx > 0 {
            out.push(',');
        }
        cell(out, value);
    }
    out.push_str("\r\n");
}

/// RFC 3339, in UTC.
fn time(at: Timestamp) -> String {
    jiff::Timestamp::from_microsecond(at.0).map_or_else(|_| at.0.to_string(), |at| at.to_string())
}
