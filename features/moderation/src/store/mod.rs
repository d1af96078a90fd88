//! All SQL of moderation, by what it is about.

pub(crate) mod removals;
pub(crate) mod reports;

use platform::db::Sql;

/// Every statement of this slice.
pub fn statements() -> Vec<&'static Sql> {
    [removals::STATEMENTS, reports::STATEMENTS].concat()
}
