//! All SQL about exports that owners asked for.

use crate::workspace::Progress;
use base::{PersonId, Timestamp};
use platform::db::{Result, Tx};
use uuid::Uuid;

platform::sql! {
    ADD = "insert into workspace_export \
        (id, person_id, state, n_rows, n_rows_total, created_at, seen_at, expires_at) \
        values ($1, $2, 'running', 0, 0, $3, $3, $4)";
    LIST = "select id, person_id, state, n_rows, n_rows_total, size_bytes, created_at, seen_at, expires_at \
        from workspace_export order by created_at desc, id";
    TELL = "update workspace_export set n_rows = $2, n_rows_total = $3, seen_at = $4 where id = $1";
    FINISH = "update workspace_export set state = $2, size_bytes = $3, seen_at = $4 where id = $1";
    DROP_EXPIRED = "delete from workspace_export where expires_at <= $1";
}

#[derive(Debug, Clone)]
pub(crate) struct ExportRow {
    pub id: Uuid,
    pub person: PersonId,
    pub state: String,
    pub n_rows: i64,
    pub n_rows_total: i64,
    pub size_bytes: Option<i64>,
    pub created_at: Timestamp,
    pub seen_at: Timestamp,
    pub expires_at: Timestamp,
}

impl ExportRow {
    pub(super) fn new(id: Uuid, person: PersonId, now: Timestamp, expires_at: Timestamp) -> Self {
        Self {
            id,
            person,
            state: "running".to_owned(),
            n_rows: 0,
            n_rows_total: 0,
            size_bytes: None,
            created_at: now,
            seen_at: now,
            expires_at,
        }
    }
}

pub(super) fn add(tx: &mut dyn Tx, row: &ExportRow) -> Result<()> {
    let args = [
        row.id.into(),
        row.person.into(),
        row.created_at.into(),
        row.expires_at.into(),
    ];
    tx.exec(&ADD, &args).map(drop)
}

/// All that are kept, newest first.
pub(crate) fn list(tx: &mut dyn Tx) -> Result<Vec<ExportRow>> {
    tx.list(&LIST, &[], |row| {
        Ok(ExportRow {
            id: row.get(0)?,
            person: row.get(1)?,
            state: row.get(2)?,
            n_rows: row.get(3)?,
            n_rows_total: row.get(4)?,
            size_bytes: row.get_optional(5)?,
            created_at: row.get(6)?,
            seen_at: row.get(7)?,
            expires_at: row.get(8)?,
        })
    })
}

pub(super) fn tell(tx: &mut dyn Tx, id: Uuid, progress: Progress, now: Timestamp) -> Result<()> {
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let args = [
        id.into(),
        number(progress.n_rows).into(),
        number(progress.n_rows_total).into(),
        now.into(),
    ];
    tx.exec(&TELL, &args).map(drop)
}

/// None: it failed.
pub(super) fn finish(tx: &mut dyn Tx, id: Uuid, size_bytes: Option<i64>, now: Timestamp) -> Result<()> {
    let state = if size_bytes.is_some() { "done" } else { "failed" };
    tx.exec(&FINISH, &[id.into(), state.into(), size_bytes.into(), now.into()])
        .map(drop)
}

pub(super) fn drop_expired(tx: &mut dyn Tx, now: Timestamp) -> Result<()> {
    tx.exec(&DROP_EXPIRED, &[now.into()]).map(drop)
}
