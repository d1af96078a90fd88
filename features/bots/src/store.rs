//! All SQL of this slice.

pub mod incoming;
pub mod outgoing;

use platform::db::Sql;

/// Every statement, for the test that prepares each on both databases.
pub fn statements() -> Vec<&'static Sql> {
    [incoming::STATEMENTS, outgoing::STATEMENTS].concat()
}
