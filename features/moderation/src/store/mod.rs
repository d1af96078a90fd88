//! All SQL of moderation, by what it is about.

pub(crate) mod removals;

use platform::db::Sql;

/// Every statement of this slice.
pub fn statements() -> Vec<&'static Sql> {
    [removals::STATEMENTS].concat()
}
