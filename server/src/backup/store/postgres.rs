//! PostgreSQL: each table by COPY, all in one snapshot.
//!
//! Columns are named, so that a table may gain some later; the tables stand in an order in which each refers to earlier
//! ones only.

use crate::backup::{
    Rows, TABLES, check_migrations,
    manifest::{FileEntry, Kind, Table},
    sync_folder,
};
use anyhow::{Context, Result, bail, ensure};
use postgres::{Client, IsolationLevel, NoTls, Transaction};
use std::{
    fs::{self, File},
    io::{BufWriter, Read, Write},
    path::Path,
    time::Duration,
};

/// The steps of the schema; filled by the steps themselves, so never copied.
const STEPS: &str = "migration";

/// Copies a database that others may be writing to.
pub fn copy_out(url: &str, folder: &Path) -> Result<Rows> {
    let mut client = connect(url)?;
    let mut tx = client
        .build_transaction()
        .isolation_level(IsolationLevel::RepeatableRead)
        .read_only(true)
        .start()
        .context("the database cannot be read")?;
    let mut tables = list_tables(&mut tx)?;
    let is_ours = tables.iter().any(|table| table.name == STEPS);
    let migrations = if is_ours {
        list_migrations(&mut tx)?
    } else {
        Vec::new()
    };
    check_migrations(&migrations)?;
    tables.retain(|table| table.name != STEPS);
    let inside = folder.join(TABLES);
    fs::create_dir_all(&inside).context("the folder of the tables cannot be made")?;
    let mut files = Vec::new();
    for table in &mut tables {
        table.n_rows = write_table(&mut tx, table, &inside.join(&table.name))?;
        files.push(FileEntry::of(folder, &file_of(table))?);
    }
    sync_folder(&inside)?;
    Ok(Rows {
        kind: Kind::Postgres,
        migrations,
        tables,
        files,
    })
}

/// The file of a table, inside the backup.
fn file_of(table: &Table) -> String {
    format!("{TABLES}/{}", table.name)
}

fn write_table(tx: &mut Transaction<'_>, table: &Table, to: &Path) -> Result<u64> {
    let cannot = || format!("table \"{}\" cannot be copied", table.name);
    let mut rows = tx
        .copy_out(&format!("copy {} to stdout", named(table)))
        .with_context(cannot)?;
    let mut file = BufWriter::new(File::create(to).with_context(cannot)?);
    let mut buffer = vec![0; 256 * 1024];
    let mut n_rows = 0;
    loop {
        match rows.read(&mut buffer).with_context(cannot)? {
            0 => break,
            n => {
                // A line end inside a value is written as \n, so each that is seen ends a row.
                n_rows += buffer[..n].iter().filter(|byte| **byte == b'\n').count() as u64;
                file.write_all(&buffer[..n]).with_context(cannot)?;
            }
        }
    }
    let file = file.into_inner().with_context(cannot)?;
    file.sync_all().with_context(cannot)?;
    Ok(n_rows)
}

/// Refuses a database in which anything is. Tables without rows are what a restore leaves that broke off.
pub fn check_empty(url: &str) -> Result<()> {
    let mut client = connect(url)?;
    let mut tx = client.transaction().context("the database cannot be read")?;
    for table in list_tables(&mut tx)? {
        let asked = tx.query_one(
            &format!("select exists (select from {})", quoted(&table.name)),
            &[],
        );
        let has_rows: bool = asked.context("the database cannot be read")?.get(0);
        ensure!(
            !has_rows || table.name == STEPS,
            "the database is not empty: table \"{}\" has rows. Restore into a new one",
            table.name
        );
    }
    Ok(())
}

/// Fills a database that has the schema of the backup and no rows. Whole or not at all.
pub fn copy_in(url: &str, folder: &Path, tables: &[Table]) -> Result<()> {
    let mut client = connect(url)?;
    let mut tx = client.transaction().context("the database cannot be written")?;
    let known = list_tables(&mut tx)?;
    for table in tables {
        let fits = known.iter().any(|known| {
            known.name == table.name && table.columns.iter().all(|column| known.columns.contains(column))
        });
        ensure!(
            fits,
            "the backup is damaged: the schema has no table \"{}\" of these columns",
            table.name
        );
        let cannot = || format!("table \"{}\" cannot be restored", table.name);
        let mut file = File::open(folder.join(file_of(table))).with_context(cannot)?;
        let mut rows = tx
            .copy_in(&format!("copy {} from stdin", named(table)))
            .with_context(cannot)?;
        std::io::copy(&mut file, &mut rows).with_context(cannot)?;
        let n_rows = rows.finish().with_context(cannot)?;
        ensure!(
            n_rows == table.n_rows,
            "table \"{}\" got {n_rows} rows, and the manifest says {}",
            table.name,
            table.n_rows
        );
    }
    tx.commit().context("the rows cannot be saved")
}

fn connect(url: &str) -> Result<Client> {
    let mut config: postgres::Config = url.parse().context("database.url is no address of PostgreSQL")?;
    config
        .connect_timeout(Duration::from_secs(10))
        .application_name("antiphon backup");
    config.connect(NoTls).context("the database cannot be reached")
}

fn list_migrations(tx: &mut Transaction<'_>) -> Result<Vec<String>> {
    let rows = tx.query("select name from migration order by name", &[]);
    Ok(rows
        .context("the schema cannot be read")?
        .iter()
        .map(|row| row.get(0))
        .collect())
}

/// The tables of our schema, each behind those that it refers to.
fn list_tables(tx: &mut Transaction<'_>) -> Result<Vec<Table>> {
    let columns = tx.query(
        "select c.relname::text, a.attname::text \
         from pg_class c \
         join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped \
         where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace \
         order by c.relname, a.attnum",
        &[],
    );
    let mut waiting: Vec<Table> = Vec::new();
    for row in columns.context("the schema cannot be read")? {
        let (name, column): (String, String) = (row.get(0), row.get(1));
        match waiting.last_mut().filter(|table| table.name == name) {
            Some(table) => table.columns.push(column),
            None => waiting.push(Table {
                name,
                columns: vec![column],
                n_rows: 0,
            }),
        }
    }
    let references = tx.query(
        "select c.relname::text, f.relname::text \
         from pg_constraint r \
         join pg_class c on c.oid = r.conrelid \
         join pg_class f on f.oid = r.confrelid \
         where r.contype = 'f' and r.conrelid <> r.confrelid and r.connamespace = current_schema()::regnamespace",
        &[],
    );
    let references: Vec<(String, String)> = references
        .context("the schema cannot be read")?
        .iter()
        .map(|row| (row.get(0), row.get(1)))
        .collect();
    in_order(waiting, &references)
}

fn in_order(mut waiting: Vec<Table>, references: &[(String, String)]) -> Result<Vec<Table>> {
    let mut ordered: Vec<Table> = Vec::new();
    while !waiting.is_empty() {
        let is_free = |table: &Table| {
            let mut needed = references.iter().filter(|(from, _)| *from == table.name);
            needed.all(|(_, to)| ordered.iter().any(|before| before.name == *to))
        };
        let Some(next) = waiting.iter().position(is_free) else {
            bail!(
                "tables refer to each other in a circle, from \"{}\"",
                waiting[0].name
            );
        };
        ordered.push(waiting.remove(next));
    }
    Ok(ordered)
}

/// `"table" ("column", …)`.
fn named(table: &Table) -> String {
    let columns: Vec<String> = table.columns.iter().map(|column| quoted(column)).collect();
    format!("{} ({})", quoted(&table.name), columns.join(", "))
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_come_behind_those_they_refer_to() {
        let table = |name: &str| Table {
            name: name.to_owned(),
            columns: Vec::new(),
            n_rows: 0,
        };
        let refers = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        let references = [refers("a", "b"), refers("b", "c"), refers("d", "a")];
        let ordered =
            in_order(["a", "b", "c", "d"].map(table).into(), &references).expect("there is an order");
        let names: Vec<_> = ordered.iter().map(|table| table.name.as_str()).collect();
        assert_eq!(names, ["c", "b", "a", "d"]);
        assert!(
            in_order(
                ["a", "b"].map(table).into(),
                &[refers("a", "b"), refers("b", "a")]
            )
            .is_err()
        );
    }

    #[test]
    fn names_cannot_leave_their_quotes() {
        assert_eq!(quoted("a\"; drop"), "\"a\"\"; drop\"");
    }
}
