//! The rival on SQLite: one thread, one connection with the same settings, transactions of 64 appends.

use super::{BODY, KIND, N_SCOPES, N_WRITERS, ours, scope, statement};
use anyhow::Result;
use platform::db::{Location, SqliteStore};
use rusqlite::params;
use std::{
    path::Path,
    time::{Duration, Instant},
};

pub(super) fn rows_per_second(file: &Path, span: Duration) -> Result<f64> {
    ours::prepare(&Location::Sqlite {
        file: file.to_owned(),
        readers: 1,
    })?;
    let store = SqliteStore::open(file)?;
    let connection = store.connection();
    let (began, mut rows) = (Instant::now(), 0_u64);
    while began.elapsed() < span {
        connection.prepare_cached("begin immediate")?.execute([])?;
        for _ in 0..N_WRITERS {
            append(connection)?;
            rows += 1;
        }
        connection.prepare_cached("commit")?.execute([])?;
    }
    Ok(rows as f64 / began.elapsed().as_secs_f64())
}

fn append(connection: &rusqlite::Connection) -> Result<()> {
    let scope = scope(rand::random_range(0..N_SCOPES));
    let scope = scope.0.as_bytes();
    let seq: i64 = connection
        .prepare_cached(statement("NEXT").sqlite)?
        .query_row(params![scope], |row| row.get(0))?;
    let values = params![scope, seq, KIND, 1_800_000_000_000_000_i64, None::<Vec<u8>>, BODY];
    connection
        .prepare_cached(statement("APPEND").sqlite)?
        .execute(values)?;
    Ok(())
}
