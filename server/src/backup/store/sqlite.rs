//! The embedded database: one file, compacted, as it was at one moment.

use crate::backup::{
    DATABASE, Rows, check_migrations,
    manifest::{FileEntry, Kind, Table},
    sync_folder,
};
use anyhow::{Context, Result, ensure};
use rusqlite::{Connection, OpenFlags};
use std::{
    fs::{self, File},
    path::Path,
    time::Duration,
};

/// Copies a database that others may be writing to. `vacuum into` reads one snapshot and waits for nobody.
pub fn copy_out(database: &Path, folder: &Path) -> Result<Rows> {
    ensure!(
        database.exists(),
        "there is no database at \"{}\": nothing to back up",
        database.display()
    );
    let copy = folder.join(DATABASE);
    {
        // Not read-only: the first who opens a database after a crash recovers it.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let source = Connection::open_with_flags(database, flags).context("the database cannot be opened")?;
        source
            .busy_timeout(Duration::from_secs(30))
            .context("the database cannot be opened")?;
        let to = copy.to_str().context("the path of the backup is not UTF-8")?;
        source
            .execute("vacuum into ?1", [to])
            .context("the database cannot be copied")?;
    }
    File::open(&copy)
        .and_then(|file| file.sync_all())
        .context("the copy cannot be flushed")?;
    sync_folder(folder)?;
    let (migrations, tables) = check(&copy)?;
    check_migrations(&migrations)?;
    Ok(Rows {
        kind: Kind::Sqlite,
        migrations,
        tables,
        files: vec![FileEntry::of(folder, DATABASE)?],
    })
}

/// Puts the copy in place, once it has been found to be what the manifest says. Whole or not at all.
pub fn copy_in(folder: &Path, tables: &[Table], database: &Path) -> Result<()> {
    let part = database.with_extension("restoring");
    fs::copy(folder.join(DATABASE), &part).context("the database cannot be copied")?;
    let (_, found) = check(&part)?;
    for (expected, found) in tables.iter().zip(&found) {
        ensure!(
            (expected.name.as_str(), expected.n_rows) == (found.name.as_str(), found.n_rows),
            "table \"{}\" has {} rows, and the manifest says {}",
            expected.name,
            found.n_rows,
            expected.n_rows
        );
    }
    ensure!(
        tables.len() == found.len(),
        "the database has other tables than the manifest says"
    );
    File::open(&part)
        .and_then(|file| file.sync_all())
        .context("the database cannot be flushed")?;
    fs::rename(&part, database).context("the database cannot be put in place")?;
    sync_folder(database.parent().context("the database has a folder")?)
}

/// Reads the whole file through: its pages, its references, its tables.
fn check(file: &Path) -> Result<(Vec<String>, Vec<Table>)> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let copy = Connection::open_with_flags(file, flags).context("the copy cannot be opened")?;
    let found: String = copy
        .query_row("pragma integrity_check(1)", [], |row| row.get(0))
        .context("the copy cannot be checked")?;
    ensure!(found == "ok", "the database is damaged: {found}");
    let dangling = copy
        .prepare("pragma foreign_key_check")
        .and_then(|mut check| check.exists([]));
    ensure!(
        !dangling.context("the references cannot be checked")?,
        "the database is damaged: a row refers to one that is not there"
    );
    let mut tables = Vec::new();
    for name in texts(
        &copy,
        "select name from sqlite_schema where type = 'table' and name not like 'sqlite!_%' escape '!' order by name",
    )? {
        let columns = texts(
            &copy,
            &format!(
                "select name from pragma_table_info('{}') order by cid",
                name.replace('\'', "''")
            ),
        )?;
        let n_rows: i64 = copy
            .query_row(
                &format!("select count(*) from \"{}\"", name.replace('"', "\"\"")),
                [],
                |row| row.get(0),
            )
            .with_context(|| format!("table \"{name}\" cannot be counted"))?;
        tables.push(Table {
            name,
            columns,
            n_rows: n_rows.unsigned_abs(),
        });
    }
    let has_migrations = tables.iter().any(|table| table.name == "migration");
    ensure!(has_migrations, "this is no database of Antiphon");
    Ok((texts(&copy, "select name from migration order by name")?, tables))
}

fn texts(connection: &Connection, sql: &str) -> Result<Vec<String>> {
    let mut statement = connection.prepare(sql).context("the schema cannot be read")?;
    let rows = statement
        .query_map([], |row| row.get(0))
        .context("the schema cannot be read")?;
    rows.collect::<rusqlite::Result<_>>()
        .context("the schema cannot be read")
}
