//! SQL of the settings of the workspace.

use platform::db::{Result, Tx};

platform::sql! {
    FIND = "select value from workspace_setting where name = $1";
    PUT = "insert into workspace_setting (name, value) values ($1, $2) \
        on conflict (name) do update set value = excluded.value";
    CLEAR = "delete from workspace_setting where name = $1";
}

/// The value of a setting; None: nobody said.
pub fn find(tx: &mut dyn Tx, name: &str) -> Result<Option<String>> {
    tx.find(&FIND, &[name.into()], |row| row.get(0))
}

/// Sets it; None: back to what the code says.
pub fn put(tx: &mut dyn Tx, name: &str, value: Option<&str>) -> Result<()> {
    match value {
        Some(value) => tx.exec(&PUT, &[name.into(), value.into()]).map(drop),
        None => tx.exec(&CLEAR, &[name.into()]).map(drop),
    }
}
