//! All SQL of this slice.

pub(crate) mod called;
pub(crate) mod devices;
pub(crate) mod mail;
pub(crate) mod meetings;
pub(crate) mod notices;
pub(crate) mod push;

use platform::db::Sql;

/// Every statement, for the test that prepares each on both databases.
pub(crate) fn statements() -> Vec<&'static Sql> {
    [
        called::STATEMENTS,
        devices::STATEMENTS,
        mail::STATEMENTS,
        meetings::STATEMENTS,
        notices::STATEMENTS,
        push::STATEMENTS,
    ]
    .concat()
}
