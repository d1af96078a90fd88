//! The rival on PostgreSQL: pgbench, which appends with one prepared statement and so needs one round trip.

use super::{BODY, KIND, N_SCOPES, N_WRITERS, ours, scope};
use crate::database::Database;
use anyhow::{Context, Result, bail};
use platform::db::Location;
use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

pub(super) fn rows_per_second(database: &Database, folder: &Path, span: Duration) -> Result<f64> {
    ours::prepare(&Location::Postgres {
        url: database.url.clone(),
        lanes: 1,
        readers: 1,
    })?;
    let script = folder.join("append.sql");
    std::fs::write(&script, append())?;
    let clients = N_WRITERS.to_string();
    let output = Command::new(program())
        .args([
            "-n",
            "-M",
            "prepared",
            "-c",
            &clients,
            "-j",
            "2",
            "-T",
            &span.as_secs().to_string(),
            "-f",
        ])
        .arg(&script)
        .arg(&database.url)
        .output()
        .context("running pgbench")?;
    let text = String::from_utf8_lossy(&output.stdout);
    let rate = text
        .lines()
        .find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok());
    match rate {
        Some(rate) if output.status.success() => Ok(rate),
        _ => bail!(
            "pgbench failed: {text}{}",
            String::from_utf8_lossy(&output.stderr)
        ),
    }
}

fn append() -> String {
    let (prefix, highest) = (scope(0).0.to_string(), N_SCOPES - 1);
    let prefix = &prefix[..24];
    format!(
        "\\set n random(0, {highest})\n\
         with head as (update event_scope set seq = seq + 1 \
         where scope = cast('{prefix}' || lpad(to_hex(cast(:n as integer)), 12, '0') as uuid) returning scope, seq) \
         insert into event (scope, seq, kind, at, actor, body) \
         select scope, seq, '{KIND}', 1800000000000000, null, '{BODY}' from head;\n"
    )
}

/// Beside the server's programs, as Debian has it, or on the PATH.
fn program() -> PathBuf {
    let beside = std::env::var_os("ANTIPHON_TEST_PG_BIN").map(|folder| PathBuf::from(folder).join("pgbench"));
    beside
        .filter(|file| file.is_file())
        .unwrap_or_else(|| "pgbench".into())
}
