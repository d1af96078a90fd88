//! The tables of a database, as it describes itself.

use super::{Result, WorkspaceError, policy, store};
use platform::db::Tx;
use serde::{Deserialize, Serialize};

/// What a column holds. These kinds are enough for the whole schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Uuid,
    Text,
    Bigint,
    Bytea,
}

impl Kind {
    fn parse(word: &str) -> Option<Self> {
        Some(match word.to_ascii_lowercase().as_str() {
            "uuid" => Self::Uuid,
            "text" => Self::Text,
            "bigint" | "integer" => Self::Bigint,
            "bytea" | "blob" => Self::Bytea,
            _ => return None,
        })
    }
}

/// A column and what it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    pub name: String,
    #[serde(rename = "type")]
    pub kind: Kind,
}

/// A table that goes out.
#[derive(Debug, Clone)]
pub struct Table {
    pub name: String,
    pub columns: Vec<Column>,
    /// The columns of its primary key, by their place.
    pub key: Vec<usize>,
    refers_to: Vec<String>,
    /// Columns that refer to rows of the same table, which may come later.
    pub to_itself: Vec<String>,
}

/// What goes out, each table behind those that it refers to, and the names of what stays.
#[derive(Debug)]
pub struct Schema {
    pub tables: Vec<Table>,
    pub left_out: Vec<String>,
}

/// Asks the database.
pub fn read(tx: &mut dyn Tx) -> Result<Schema> {
    let (mut tables, mut left_out) = (Vec::new(), Vec::new());
    for name in store::list_tables(tx)? {
        let columns = store::list_columns(tx, &name)?;
        if policy::stays(&name, columns.iter().map(|column| column.name.as_str())) {
            left_out.push(name);
            continue;
        }
        tables.push(table(tx, name, columns)?);
    }
    // What refers to a table that stays has to stay with it.
    loop {
        let lost = |table: &Table| table.refers_to.iter().any(|other| left_out.contains(other));
        let Some(at) = tables.iter().position(lost) else {
            break;
        };
        left_out.push(tables.remove(at).name);
    }
    Ok(Schema {
        tables: in_order(tables)?,
        left_out,
    })
}

fn table(tx: &mut dyn Tx, name: String, found: Vec<store::ColumnRow>) -> Result<Table> {
    let refuse = |what: &str| WorkspaceError::Refused(format!("table \"{name}\" cannot go out: {what}"));
    let mut key: Vec<(i64, usize)> = Vec::new();
    let mut columns = Vec::with_capacity(found.len());
    for (idx, row) in found.into_iter().enumerate() {
        if row.key_place > 0 {
            key.push((row.key_place, idx));
        }
        let kind = Kind::parse(&row.kind)
            .ok_or_else(|| refuse(&format!("column \"{}\" is of type {}", row.name, row.kind)))?;
        columns.push(Column { name: row.name, kind });
    }
    if key.is_empty() {
        return Err(refuse("it has no primary key"));
    }
    key.sort_unstable();
    let (own, others): (Vec<_>, Vec<_>) = store::list_references(tx, &name)?
        .into_iter()
        .partition(|(other, _)| *other == name);
    Ok(Table {
        key: key.into_iter().map(|(_, idx)| idx).collect(),
        columns,
        refers_to: others.into_iter().map(|(other, _)| other).collect(),
        to_itself: own.into_iter().map(|(_, column)| column).collect(),
        name,
    })
}

fn in_order(mut waiting: Vec<Table>) -> Result<Vec<Table>> {
    let mut ordered: Vec<Table> = Vec::new();
    while !waiting.is_empty() {
        let is_there = |name: &String| ordered.iter().any(|before| before.name == *name);
        let Some(next) = waiting
            .iter()
            .position(|table| table.refers_to.iter().all(is_there))
        else {
            let name = &waiting[0].name;
            return Err(WorkspaceError::Refused(format!(
                "tables refer to each other in a circle, from \"{name}\""
            )));
        };
        ordered.push(waiting.remove(next));
    }
    Ok(ordered)
}
