//! Choices of the workspace that administrators make on screen, as words under a name.
//!
//! Invariant: what is not written down has the value that its slice says. Knows no setting; who changes one records it in
//! the audit log.

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

/// The same as a number; None also for what is none.
pub fn find_number(tx: &mut dyn Tx, name: &str) -> Result<Option<i64>> {
    Ok(find(tx, name)?.and_then(|value| value.parse().ok()))
}

/// Sets it; None: back to what the code says.
pub fn put(tx: &mut dyn Tx, name: &str, value: Option<&str>) -> Result<()> {
    match value {
        Some(value) => tx.exec(&PUT, &[name.into(), value.into()]).map(drop),
        None => tx.exec(&CLEAR, &[name.into()]).map(drop),
    }
}
