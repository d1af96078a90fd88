//! From an export to a server that can be started. Everything is checked before anything is touched.

use super::{
    Result, WorkspaceError,
    manifest::{FORMAT, Manifest, TableEntry, hex},
    policy,
    schema::{self, Column, Kind, Table},
    source::{Source, blob_path},
    store::{self, Owned},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use platform::{
    blobs::{BlobHash, Blobs},
    db::{Bulk, Db, Hooks, Location, Migration, Snapshot},
    journal::Listeners,
};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::{
    io::{BufRead, BufReader, Read},
    path::Path,
};
use tokio::runtime::Handle;

/// Rows that are in memory together.
const BATCH_ROWS: usize = 1_000;
/// Bytes of one row: the longest event is far below.
const ROW_MAX_BYTES: u64 = 64 * 1024 * 1024;

/// What an import came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Rows of all tables.
    pub n_rows: u64,
    /// Files.
    pub n_blobs: u64,
    /// The name of the workspace.
    pub workspace: String,
}

/// Reads an export into an empty place. Blocks; `runtime` is for writing blobs.
pub fn import_workspace(
    location: &Location,
    migrations: &[Migration],
    blobs: &Blobs,
    runtime: &Handle,
    path: &Path,
) -> Result<Imported> {
    let mut source = Source::open(path)?;
    let manifest = source.manifest()?;
    let names = check(&mut source, &manifest)?;
    let steps = known_steps(&manifest, migrations)?;
    check_empty(location, &steps)?;
    prepare(location, &steps)?;
    for name in &names {
        let mut bytes = Vec::new();
        source
            .file(&blob_path(*name))?
            .read_to_end(&mut bytes)
            .map_err(WorkspaceError::file(format!("read blob {name}")))?;
        let put = runtime
            .block_on(blobs.put(bytes.into()))
            .map_err(WorkspaceError::Blobs)?;
        if put != *name {
            return Err(damaged(&format!("blob {name}")));
        }
    }
    let mut bulk = Bulk::open(location)?;
    let known = schema::read(bulk.tx())?;
    for entry in &manifest.tables {
        let table = find_table(entry, &known)?;
        let text = BufReader::new(source.file(&entry.file())?);
        read_table(bulk.tx(), entry, table, text)?;
    }
    bulk.commit()?;
    // What is made from the rest is made now, or at the first start.
    prepare(location, migrations)?;
    Ok(Imported {
        n_rows: manifest.tables.iter().map(|table| table.n_rows).sum(),
        n_blobs: names.len() as u64,
        workspace: manifest.workspace,
    })
}

fn damaged(what: &str) -> WorkspaceError {
    WorkspaceError::Refused(format!("the export is damaged: {what} is not as it was written"))
}

/// Compares every file with the manifest; gives the names of the blobs.
fn check(source: &mut Source, manifest: &Manifest) -> Result<Vec<BlobHash>> {
    if manifest.format != FORMAT {
        return Err(WorkspaceError::Refused(format!(
            "the export has format {}, and this version reads {FORMAT}: use version {} of Antiphon",
            manifest.format, manifest.version
        )));
    }
    for entry in &manifest.tables {
        let is_name = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_';
        if entry.name.is_empty() || !entry.name.chars().all(is_name) {
            return Err(damaged("manifest.json"));
        }
        let (hash, n_bytes) = read_through(source, &entry.file(), entry.n_bytes)?;
        if (hex(&hash), n_bytes) != (entry.sha256.clone(), entry.n_bytes) {
            return Err(damaged(&format!("\"{}\"", entry.file())));
        }
    }
    let names = source.blobs()?;
    let (mut all, mut n_bytes) = (Sha256::new(), 0);
    for name in &names {
        all.update(format!("{name}\n"));
        let (hash, size_bytes) = read_through(source, &blob_path(*name), u64::MAX - 1)?;
        if BlobHash(hash) != *name {
            return Err(damaged(&format!("blob {name}")));
        }
        n_bytes += size_bytes;
    }
    let expected = &manifest.blobs;
    if (names.len() as u64, n_bytes, &hex(&all.finalize()))
        != (expected.n, expected.n_bytes, &expected.sha256)
    {
        return Err(damaged("the list of blobs"));
    }
    Ok(names)
}

/// Hash and length; no more is read than may be there.
fn read_through(source: &mut Source, name: &str, max_bytes: u64) -> Result<([u8; 32], u64)> {
    let mut file = source.file(name)?.take(max_bytes.saturating_add(1));
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 256 * 1024];
    let mut n_bytes = 0;
    loop {
        let n = file
            .read(&mut buffer)
            .map_err(|_| damaged(&format!("\"{name}\"")))?;
        if n == 0 {
            return Ok((hash.finalize().into(), n_bytes));
        }
        hash.update(&buffer[..n]);
        n_bytes += n as u64;
    }
}

/// The steps that had run where the export comes from; all must be known here. Those of tables that are made from others
/// run afterwards, and find what they are made from.
fn known_steps(manifest: &Manifest, migrations: &[Migration]) -> Result<Vec<Migration>> {
    let is_known = |name: &String| migrations.iter().any(|step| step.name == name);
    if !manifest.migrations.iter().all(is_known) {
        return Err(WorkspaceError::Refused(format!(
            "the export was written by a newer version ({}): use that one, or a later one",
            manifest.version
        )));
    }
    let mut steps = migrations.to_vec();
    steps.retain(|step| {
        manifest.migrations.iter().any(|name| name == step.name) && !policy::is_derived_step(step.name)
    });
    Ok(steps)
}

/// Nothing may be there, but for the empty tables of an import that broke off.
fn check_empty(location: &Location, steps: &[Migration]) -> Result<()> {
    if let Location::Sqlite { file, .. } = location
        && std::fs::metadata(file).map_or(true, |meta| meta.len() == 0)
    {
        return Ok(());
    }
    let not_empty = || {
        WorkspaceError::Refused(
            "the place is not empty: import into a data folder and a database in which no server was started"
                .to_owned(),
        )
    };
    let mut bulk = Bulk::open(location)?;
    let tx = bulk.tx();
    let tables = store::list_tables(tx)?;
    if tables.is_empty() {
        return Ok(());
    }
    if !tables.iter().any(|table| table == "migration") {
        return Err(not_empty());
    }
    let is_ours = |name: &String| steps.iter().any(|step| step.name == name);
    if !store::list_steps(tx)?.iter().all(is_ours) {
        return Err(not_empty());
    }
    for table in tables.iter().filter(|table| *table != "migration") {
        if store::has_rows(tx, table)? {
            return Err(not_empty());
        }
    }
    Ok(())
}

fn prepare(location: &Location, steps: &[Migration]) -> Result<()> {
    let opened = Db::open(location, steps, Hooks::offline(Listeners::default()));
    opened.map(drop).map_err(WorkspaceError::Schema)?;
    // The file is there and can be read.
    Snapshot::open(location).map(drop).map_err(WorkspaceError::Db)
}

fn find_table<'a>(entry: &TableEntry, known: &'a schema::Schema) -> Result<&'a Table> {
    let fits = |table: &&Table| {
        table.name == entry.name && entry.columns.iter().all(|column| table.columns.contains(column))
    };
    let found = known.tables.iter().find(fits);
    found.ok_or_else(|| damaged(&format!("table \"{}\"", entry.name)))
}

fn read_table(
    tx: &mut dyn platform::db::Tx,
    entry: &TableEntry,
    table: &Table,
    mut text: impl BufRead,
) -> Result<()> {
    let mut line = Vec::new();
    let mut rows = Vec::with_capacity(BATCH_ROWS);
    let mut later = Later::new(entry, table);
    for number in 1..=entry.n_rows {
        line.clear();
        text.by_ref()
            .take(ROW_MAX_BYTES)
            .read_until(b'\n', &mut line)
            .map_err(WorkspaceError::file(format!("read \"{}\"", entry.file())))?;
        let mut row = parse(&line, &entry.columns).ok_or_else(|| {
            let why = format!("the export is damaged: \"{}\", line {number}", entry.file());
            WorkspaceError::Refused(why)
        })?;
        later.take(&mut row);
        rows.push(row);
        if rows.len() == BATCH_ROWS {
            store::insert(tx, &entry.name, &entry.columns, &rows)?;
            rows.clear();
        }
    }
    store::insert(tx, &entry.name, &entry.columns, &rows)?;
    later.write(tx, table)
}

/// What rows say of rows of their own table, which may come after them: written when all are there.
struct Later {
    /// The columns, by their place in the file.
    own: Vec<usize>,
    /// Those of the primary key.
    key: Vec<usize>,
    names: Vec<String>,
    kept: Vec<(Vec<Owned>, usize, Owned)>,
}

impl Later {
    fn new(entry: &TableEntry, table: &Table) -> Self {
        let place = |name: &str| entry.columns.iter().position(|column| column.name == name);
        let own = table.to_itself.iter();
        let key = table.key.iter();
        Self {
            own: own.filter_map(|name| place(name)).collect(),
            key: key.filter_map(|idx| place(&table.columns[*idx].name)).collect(),
            names: entry.columns.iter().map(|column| column.name.clone()).collect(),
            kept: Vec::new(),
        }
    }

    fn take(&mut self, row: &mut [Owned]) {
        for idx in &self.own {
            if !matches!(row[*idx], Owned::Null) {
                let value = std::mem::replace(&mut row[*idx], Owned::Null);
                let key = self.key.iter().map(|idx| row[*idx].clone()).collect();
                self.kept.push((key, *idx, value));
            }
        }
    }

    fn write(self, tx: &mut dyn platform::db::Tx, table: &Table) -> Result<()> {
        for (key, idx, value) in &self.kept {
            store::update(tx, table, key, &self.names[*idx], value)?;
        }
        Ok(())
    }
}

fn parse(line: &[u8], columns: &[Column]) -> Option<Vec<Owned>> {
    let mut row: serde_json::Map<String, Json> = serde_json::from_slice(line).ok()?;
    columns
        .iter()
        .map(|column| match (row.remove(&column.name)?, column.kind) {
            (Json::Null, _) => Some(Owned::Null),
            (Json::Number(number), Kind::Bigint) => number.as_i64().map(Owned::Int),
            (Json::String(text), Kind::Text) => Some(Owned::Text(text)),
            (Json::String(text), Kind::Uuid) => text.parse().ok().map(Owned::Id),
            (Json::String(text), Kind::Bytea) => STANDARD.decode(text).ok().map(Owned::Bytes),
            _ => None,
        })
        .collect()
}
