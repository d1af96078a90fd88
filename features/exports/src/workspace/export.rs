//! Rows of one moment into files, then the blobs, then the manifest.

use super::{
    Result, WorkspaceError,
    manifest::{self, BlobsEntry, FORMAT, Manifest, TableEntry, file_of, hex},
    policy,
    schema::{self, Kind, Table},
    store,
    target::Target,
};
use base::Timestamp;
use base64::{Engine, engine::general_purpose::STANDARD};
use futures_util::StreamExt;
use platform::{
    blobs::{BlobHash, Blobs},
    db::{Location, Row, Snapshot, Tx},
};
use sha2::{Digest, Sha256};
use std::{collections::BTreeSet, io::Write, path::Path};
use tokio::runtime::Handle;

/// What an export came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exported {
    /// Rows of all tables.
    pub n_rows: u64,
    /// Files.
    pub n_blobs: u64,
}

/// How far an export is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Rows that are written.
    pub n_rows: u64,
    /// Rows that there are.
    pub n_rows_total: u64,
}

/// Writes everything to `path`, an archive or a folder, while others go on. Blocks; `runtime` is for reading blobs.
pub fn export_workspace(
    location: &Location,
    blobs: &Blobs,
    runtime: &Handle,
    path: &Path,
    now: Timestamp,
    tell: &mut dyn FnMut(Progress),
) -> Result<Exported> {
    let mut snapshot = Snapshot::open(location)?;
    let tx = snapshot.tx();
    let Some(workspace) = accounts::find_workspace(tx)? else {
        return Err(WorkspaceError::Refused(
            "there is no workspace yet: nothing to export".to_owned(),
        ));
    };
    let schema = schema::read(tx)?;
    let (migrations, database) = (store::list_steps(tx)?, store::dialect_name(tx).to_owned());
    let head = Manifest {
        format: FORMAT,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: now,
        workspace: workspace.name,
        database,
        migrations,
        tables: Vec::new(),
        left_out: schema.left_out,
        blobs: BlobsEntry::default(),
    };
    let mut target = Target::open(path)?;
    let filled = write_tables(tx, &schema.tables, &mut target, tell).and_then(|tables| {
        drop(snapshot);
        let blobs = runtime.block_on(write_blobs(blobs, &mut target))?;
        write_manifest(
            Manifest {
                tables,
                blobs,
                ..head
            },
            &mut target,
        )
    });
    match filled {
        Ok(exported) => target.finish().map(|()| exported),
        Err(err) => {
            target.forget();
            Err(err)
        }
    }
}

fn write_tables(
    tx: &mut dyn Tx,
    tables: &[Table],
    target: &mut Target,
    tell: &mut dyn FnMut(Progress),
) -> Result<Vec<TableEntry>> {
    let mut progress = Progress::default();
    for table in tables {
        progress.n_rows_total += store::count_rows(tx, &table.name)?;
    }
    let mut entries = Vec::with_capacity(tables.len());
    for table in tables {
        let written = write_table(tx, table, target, &mut |n_rows| {
            tell(Progress {
                n_rows: progress.n_rows + n_rows,
                ..progress
            });
        })?;
        progress.n_rows += written.n_rows;
        entries.push(written);
    }
    Ok(entries)
}

fn write_manifest(manifest: Manifest, target: &mut Target) -> Result<Exported> {
    let text =
        serde_json::to_vec_pretty(&manifest).map_err(|err| WorkspaceError::Refused(err.to_string()))?;
    target.begin(manifest::NAME, false)?;
    target.write(&text)?;
    Ok(Exported {
        n_rows: manifest.tables.iter().map(|table| table.n_rows).sum(),
        n_blobs: manifest.blobs.n,
    })
}

fn write_table(
    tx: &mut dyn Tx,
    table: &Table,
    target: &mut Target,
    tell: &mut dyn FnMut(u64),
) -> Result<TableEntry> {
    target.begin(&file_of(&table.name), false)?;
    let keys: Vec<String> = table
        .columns
        .iter()
        .enumerate()
        .map(|(idx, column)| {
            let before = if idx == 0 { '{' } else { ',' };
            format!("{before}{}:", serde_json::json!(column.name))
        })
        .collect();
    let blanked: Vec<bool> = table
        .columns
        .iter()
        .map(|column| policy::is_blanked(&table.name, &column.name))
        .collect();
    let (mut hash, mut n_rows, mut n_bytes) = (Sha256::new(), 0, 0);
    let mut after = None;
    let mut lines = Vec::new();
    loop {
        lines.clear();
        after = store::each_after(tx, table, after.as_deref(), &mut |row| {
            n_rows += 1;
            for (idx, column) in table.columns.iter().enumerate() {
                lines.extend_from_slice(keys[idx].as_bytes());
                if blanked[idx] {
                    lines.extend_from_slice(b"\"\"");
                } else {
                    value(&mut lines, row, idx, column.kind)?;
                }
            }
            lines.extend_from_slice(b"}\n");
            Ok(())
        })?;
        hash.update(&lines);
        n_bytes += lines.len() as u64;
        target.write(&lines)?;
        tell(n_rows);
        if after.is_none() {
            break;
        }
    }
    Ok(TableEntry {
        name: table.name.clone(),
        columns: table.columns.clone(),
        n_rows,
        n_bytes,
        sha256: hex(&hash.finalize()),
    })
}

/// Writing to memory cannot fail.
fn value(out: &mut Vec<u8>, row: &dyn Row, idx: usize, kind: Kind) -> platform::db::Result<()> {
    match kind {
        Kind::Bigint => match row.int(idx)? {
            Some(number) => {
                let _ = write!(out, "{number}");
            }
            None => out.extend_from_slice(b"null"),
        },
        Kind::Text => {
            let _ = serde_json::to_writer(out, &row.text(idx)?);
        }
        Kind::Uuid => match row.id(idx)? {
            Some(id) => {
                let _ = write!(out, "\"{id}\"");
            }
            None => out.extend_from_slice(b"null"),
        },
        Kind::Bytea => {
            let text = row.bytes(idx)?.map(|bytes| STANDARD.encode(bytes));
            let _ = serde_json::to_writer(out, &text);
        }
    }
    Ok(())
}

/// All of them, each compared with its name on the way.
async fn write_blobs(blobs: &Blobs, target: &mut Target) -> Result<BlobsEntry> {
    let mut names = BTreeSet::new();
    let mut found = blobs.list();
    while let Some(name) = found.next().await {
        names.insert(name.map_err(WorkspaceError::Blobs)?);
    }
    let (mut hash, mut n_bytes) = (Sha256::new(), 0);
    for name in &names {
        hash.update(format!("{name}\n"));
        n_bytes += write_blob(blobs, *name, target).await?;
    }
    Ok(BlobsEntry {
        n: names.len() as u64,
        n_bytes,
        sha256: hex(&hash.finalize()),
    })
}

async fn write_blob(blobs: &Blobs, name: BlobHash, target: &mut Target) -> Result<u64> {
    let (size_bytes, mut content) = blobs.stream(name).await.map_err(WorkspaceError::Blobs)?;
    let hex_name = name.to_string();
    target.begin(&format!("blobs/{}/{}", &hex_name[..2], &hex_name[2..]), true)?;
    let mut hash = Sha256::new();
    while let Some(bytes) = content.next().await {
        let bytes = bytes.map_err(WorkspaceError::Blobs)?;
        hash.update(&bytes);
        target.write(&bytes)?;
    }
    if BlobHash(hash.finalize().into()) != name {
        return Err(WorkspaceError::Blobs(platform::blobs::Error::Damaged(name)));
    }
    Ok(size_bytes)
}
