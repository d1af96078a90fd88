//! Prepares statements on both databases, so that a text which only one of them understands never ships.

use super::fresh_postgres_url;
use crate::db::{Db, Hooks, Location, Migration, Sql};
use postgres::types::Type;
use std::{
    path::Path,
    sync::{Arc, atomic::AtomicBool},
};

/// Prepares every statement on a fresh SQLite file and a fresh PostgreSQL schema with these migrations.
///
/// # Panics
/// With the names of all statements that a database does not take, that leave out a parameter number, or whose columns
/// or parameters have a type which rows and values do not know.
pub fn prepare_all(statements: &[&Sql], migrations: &[Migration]) {
    let mut wrong = prepare_on_sqlite(statements, migrations);
    if let Some(url) = fresh_postgres_url() {
        let (statements, migrations) = (statements.to_vec(), migrations.to_vec());
        std::thread::scope(|scope| {
            // The synchronous client must not stand inside another runtime.
            let there = scope.spawn(|| prepare_on_postgres(&url, &statements, &migrations));
            wrong.extend(there.join().expect("PostgreSQL prepares"));
        });
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Hooks that do nothing.
pub fn idle_hooks() -> Hooks {
    Hooks {
        committed: Arc::new(|_| ()),
        fatal: Arc::new(|why| panic!("{why}")),
        full: Arc::new(AtomicBool::new(false)),
        listeners: Arc::default(),
    }
}

fn prepare_on_sqlite(statements: &[&Sql], migrations: &[Migration]) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("antiphon.db");
    let location = Location::Sqlite {
        file: file.clone(),
        readers: 1,
    };
    let _db = Db::open(&location, migrations, idle_hooks()).expect("SQLite migrates");
    statements
        .iter()
        .filter_map(|sql| prepare_one_on_sqlite(&file, sql).err())
        .collect()
}

fn prepare_one_on_sqlite(file: &Path, sql: &Sql) -> Result<(), String> {
    let told = |err: rusqlite::Error| format!("SQLite does not take {}: {err}", sql.name);
    let connection = rusqlite::Connection::open(file).map_err(told)?;
    let statement = connection.prepare(sql.sqlite_numbered()).map_err(told)?;
    // A number that is left out counts, but has no name.
    let is_named = |idx| {
        statement
            .parameter_name(idx)
            .is_some_and(|name| name.starts_with('?'))
    };
    if (1..=statement.parameter_count()).all(is_named) {
        Ok(())
    } else {
        Err(format!(
            "{} leaves out a parameter, or names one without a number",
            sql.name
        ))
    }
}

fn prepare_on_postgres(url: &str, statements: &[&Sql], migrations: &[Migration]) -> Vec<String> {
    let location = Location::Postgres {
        url: url.to_owned(),
        lanes: 1,
        readers: 1,
    };
    let _db = Db::open(&location, migrations, idle_hooks()).expect("PostgreSQL migrates");
    let mut client = postgres::Client::connect(url, postgres::NoTls).expect("PostgreSQL is there");
    let mut prepare = |sql: &Sql| {
        let statement = client
            .prepare(sql.postgres)
            .map_err(|err| format!("PostgreSQL does not take {}: {}", sql.name, said(&err)))?;
        let columns = statement.columns().iter().map(postgres::Column::type_);
        let unknown = statement.params().iter().chain(columns).find(|ty| !is_known(ty));
        unknown.map_or(Ok(()), |ty| {
            Err(format!("{} has a {ty} in PostgreSQL: cast it", sql.name))
        })
    };
    statements.iter().filter_map(|sql| prepare(sql).err()).collect()
}

fn is_known(ty: &Type) -> bool {
    [Type::INT8, Type::INT4, Type::TEXT, Type::BYTEA, Type::UUID].contains(ty)
}

fn said(err: &postgres::Error) -> String {
    err.as_db_error()
        .map_or_else(|| err.to_string(), |err| err.message().to_owned())
}
