//! SQL over tables that are known only when the program runs. Each statement is made once per table and kept, so their
//! number is bounded by the schema; names come from the database itself and are quoted.

use super::schema::{Column, Kind, Table};
use platform::db::{Dialect, Result, Row, Sql, Tx, Value};
use std::{
    collections::HashMap,
    sync::{Mutex, OnceLock, PoisonError},
};
use uuid::Uuid;

platform::sql! {
    TABLES = {
        sqlite: "select name from sqlite_schema where type = 'table' and name not like 'sqlite!_%' escape '!' order by name",
        postgres: "select c.relname::text from pg_class c \
            where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace order by 1"
    };
    COLUMNS = {
        sqlite: "select name, type, pk from pragma_table_info($1) order by cid",
        postgres: "select a.attname::text, format_type(a.atttypid, null), \
            coalesce((select array_position(i.indkey::int2[], a.attnum) + 1 from pg_index i \
                where i.indrelid = c.oid and i.indisprimary), 0)::bigint \
            from pg_class c \
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped \
            where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace and c.relname = $1::text \
            order by a.attnum"
    };
    REFERENCES = {
        sqlite: "select \"table\", \"from\" from pragma_foreign_key_list($1)",
        postgres: "select f.relname::text, a.attname::text from pg_constraint r \
            join pg_class c on c.oid = r.conrelid \
            join pg_class f on f.oid = r.confrelid \
            join pg_attribute a on a.attrelid = r.conrelid and a.attnum = any (r.conkey) \
            where r.contype = 'f' and r.connamespace = current_schema()::regnamespace and c.relname = $1::text"
    };
    STEPS = "select name from migration order by name";
}

/// Rows of one statement that writes.
pub(super) const ROWS_AT_ONCE: usize = 50;
/// Rows of one statement that reads.
const PAGE: i64 = 2_000;

pub(super) fn list_tables(tx: &mut dyn Tx) -> Result<Vec<String>> {
    tx.list(&TABLES, &[], |row| row.get(0))
}

/// What a database says of a column.
pub(super) struct ColumnRow {
    pub name: String,
    pub kind: String,
    /// Its place in the primary key, from 1; else 0.
    pub key_place: i64,
}

pub(super) fn list_columns(tx: &mut dyn Tx, table: &str) -> Result<Vec<ColumnRow>> {
    tx.list(&COLUMNS, &[table.into()], |row| {
        Ok(ColumnRow {
            name: row.get(0)?,
            kind: row.get(1)?,
            key_place: row.get(2)?,
        })
    })
}

/// Tables that a table refers to, and by which of its columns.
pub(super) fn list_references(tx: &mut dyn Tx, table: &str) -> Result<Vec<(String, String)>> {
    tx.list(&REFERENCES, &[table.into()], |row| Ok((row.get(0)?, row.get(1)?)))
}

pub(super) fn list_steps(tx: &mut dyn Tx) -> Result<Vec<String>> {
    tx.list(&STEPS, &[], |row| row.get(0))
}

/// A value that outlives its row.
#[derive(Debug, Clone)]
pub(super) enum Owned {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
    Id(Uuid),
}

impl Owned {
    fn of(row: &dyn Row, idx: usize, kind: Kind) -> Result<Self> {
        Ok(match kind {
            Kind::Bigint => row.int(idx)?.map_or(Self::Null, Self::Int),
            Kind::Text => row
                .text(idx)?
                .map_or(Self::Null, |text| Self::Text(text.to_owned())),
            Kind::Bytea => row
                .bytes(idx)?
                .map_or(Self::Null, |bytes| Self::Bytes(bytes.to_vec())),
            Kind::Uuid => row.id(idx)?.map_or(Self::Null, Self::Id),
        })
    }

    pub fn as_value(&self) -> Value<'_> {
        match self {
            Self::Null => Value::Null,
            Self::Int(number) => Value::Int(*number),
            Self::Text(text) => Value::Text(text),
            Self::Bytes(bytes) => Value::Bytes(bytes),
            Self::Id(id) => Value::Id(*id),
        }
    }
}

/// Visits the rows after a key, in the order of keys, at most a page of them. Gives the key of the last, None at the end.
pub(super) fn each_after(
    tx: &mut dyn Tx,
    table: &Table,
    after: Option<&[Owned]>,
    visit: &mut dyn FnMut(&dyn Row) -> Result<()>,
) -> Result<Option<Vec<Owned>>> {
    let sql = page(table, after.is_some());
    let mut args: Vec<Value<'_>> = after.unwrap_or_default().iter().map(Owned::as_value).collect();
    args.push(PAGE.into());
    let (mut n_rows, mut last) = (0, None);
    tx.each(sql, &args, &mut |row| {
        visit(row)?;
        n_rows += 1;
        if n_rows == PAGE {
            let key = table.key.iter();
            let key: Result<Vec<Owned>> = key
                .map(|idx| Owned::of(row, *idx, table.columns[*idx].kind))
                .collect();
            last = Some(key?);
        }
        Ok(())
    })?;
    Ok(last)
}

fn page(table: &Table, is_next: bool) -> &'static Sql {
    let key: Vec<String> = table
        .key
        .iter()
        .map(|idx| quoted(&table.columns[*idx].name))
        .collect();
    let key = key.join(", ");
    let n_key = table.key.len();
    let numbers: Vec<String> = (1..=n_key).map(|number| format!("${number}")).collect();
    let (after, limit) = if is_next {
        (format!(" where ({key}) > ({})", numbers.join(", ")), n_key + 1)
    } else {
        (String::new(), 1)
    };
    made(format!(
        "select {} from {}{after} order by {key} limit ${limit}",
        names(&table.columns),
        quoted(&table.name)
    ))
}

/// Writes rows, [`ROWS_AT_ONCE`] or one.
pub(super) fn insert(tx: &mut dyn Tx, table: &str, columns: &[Column], rows: &[Vec<Owned>]) -> Result<()> {
    for chunk in rows.chunks(ROWS_AT_ONCE) {
        if chunk.len() == ROWS_AT_ONCE {
            insert_chunk(tx, table, columns, chunk)?;
        } else {
            chunk
                .chunks(1)
                .try_for_each(|row| insert_chunk(tx, table, columns, row))?;
        }
    }
    Ok(())
}

fn insert_chunk(tx: &mut dyn Tx, table: &str, columns: &[Column], rows: &[Vec<Owned>]) -> Result<()> {
    let mut number = 0;
    let places: Vec<String> = rows
        .iter()
        .map(|row| {
            let places: Vec<String> = row
                .iter()
                .map(|_| {
                    number += 1;
                    format!("${number}")
                })
                .collect();
            format!("({})", places.join(", "))
        })
        .collect();
    let sql = made(format!(
        "insert into {} ({}) values {}",
        quoted(table),
        names(columns),
        places.join(", ")
    ));
    let args: Vec<Value<'_>> = rows.iter().flatten().map(Owned::as_value).collect();
    tx.exec(sql, &args).map(drop)
}

/// Sets one column of the row with this key.
pub(super) fn update(
    tx: &mut dyn Tx,
    table: &Table,
    key: &[Owned],
    column: &str,
    value: &Owned,
) -> Result<()> {
    let wanted: Vec<String> = table
        .key
        .iter()
        .enumerate()
        .map(|(number, idx)| format!("{} = ${}", quoted(&table.columns[*idx].name), number + 2))
        .collect();
    let sql = made(format!(
        "update {} set {} = $1 where {}",
        quoted(&table.name),
        quoted(column),
        wanted.join(" and ")
    ));
    let args: Vec<Value<'_>> = std::iter::once(value).chain(key).map(Owned::as_value).collect();
    tx.exec(sql, &args).map(drop)
}

fn names(columns: &[Column]) -> String {
    let names: Vec<String> = columns.iter().map(|column| quoted(&column.name)).collect();
    names.join(", ")
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Whether a table holds anything.
pub(super) fn has_rows(tx: &mut dyn Tx, table: &str) -> Result<bool> {
    let sql = made(format!("select 1 from {} limit 1", quoted(table)));
    Ok(tx.find(sql, &[], |_| Ok(()))?.is_some())
}

pub(super) fn count_rows(tx: &mut dyn Tx, table: &str) -> Result<u64> {
    let sql = made(format!("select count(*) from {}", quoted(table)));
    let n_rows: i64 = tx.one(sql, &[], |row| row.get(0))?;
    Ok(n_rows.unsigned_abs())
}

/// The statement of this text; statements live as long as the program.
fn made(text: String) -> &'static Sql {
    static MADE: OnceLock<Mutex<HashMap<String, &'static Sql>>> = OnceLock::new();
    let made = MADE.get_or_init(Mutex::default);
    let mut made = made.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(sql) = made.get(&text) {
        return sql;
    }
    let kept: &'static str = Box::leak(text.clone().into_boxed_str());
    let sql: &'static Sql = Box::leak(Box::new(Sql {
        name: "WORKSPACE",
        sqlite: kept,
        postgres: kept,
        numbered: OnceLock::new(),
    }));
    made.insert(text, sql);
    sql
}

/// Which kind of database a manifest names.
pub(super) fn dialect_name(tx: &dyn Tx) -> &'static str {
    match tx.dialect() {
        Dialect::Sqlite => "sqlite",
        Dialect::Postgres => "postgres",
    }
}
