//! SQL of health.

use base::Timestamp;
use platform::db::{Result, Tx};

platform::sql! {
    ABOUT = {
        sqlite: "select sqlite_version(), c.page_count * s.page_size from pragma_page_count() c, pragma_page_size() s",
        postgres: "select current_setting('server_version'), pg_database_size(current_database())"
    };
    NOW = {
        sqlite: "select cast(-1 as bigint)",
        postgres: "select cast(extract(epoch from clock_timestamp()) * 1000000 as bigint)"
    };
    LAST = "select max(at) from audit_entry where action = $1";
    NEWEST = "select max(at) from audit_entry";
}

/// The version of the database, and its size in bytes.
pub fn about(tx: &mut dyn Tx) -> Result<(String, i64)> {
    tx.one(&ABOUT, &[], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// When something was done last.
pub fn find_last(tx: &mut dyn Tx, action: &str) -> Result<Option<Timestamp>> {
    tx.one(&LAST, &[action.into()], |row| row.get_optional(0))
}

/// The database's clock, if it has one of its own, and the time of the newest deed.
pub fn clocks(tx: &mut dyn Tx) -> Result<(Option<Timestamp>, Option<Timestamp>)> {
    let own: Timestamp = tx.one(&NOW, &[], |row| row.get(0))?;
    let newest = tx.one(&NEWEST, &[], |row| row.get_optional(0))?;
    Ok(((own.0 >= 0).then_some(own), newest))
}
