//! Rules of moderation. Pure.

/// Rows of a page when nothing else is asked.
const PAGE_DEFAULT: i64 = 50;
/// Rows of one page.
const PAGE_MAX: i64 = 100;

/// What a caller can act on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What messages refused.
    #[error(transparent)]
    Messages(#[from] messages::Error),
    /// What places refused.
    #[error(transparent)]
    Spaces(#[from] spaces::Error),
    /// The database.
    #[error(transparent)]
    Db(#[from] platform::db::Error),
}

/// How many rows a page holds.
pub fn page_limit(limit: Option<i64>) -> i64 {
    limit.unwrap_or(PAGE_DEFAULT).clamp(1, PAGE_MAX)
}
