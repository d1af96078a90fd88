//! What search refuses and within which bounds it works. Pure.

use base::Timestamp;

/// Characters of a query. A question is shorter; a pasted text is no question.
pub const QUERY_MAX_CHARS: usize = 500;
/// Words of a query, after Chinese is cut into pairs.
pub const QUERY_MAX_WORDS: usize = 64;
/// Filters of a query.
pub const QUERY_MAX_FILTERS: usize = 16;
/// Hits of a page.
pub const PAGE_MAX: i64 = 50;
/// Hits of a page when nobody says how many.
pub const PAGE: i64 = 20;
/// People or channels that one filter may mean; with more, one letter more helps.
pub const MEANT_MAX: usize = 50;
/// The newest hits among which the best are looked for.
pub const RANKED_MAX: i64 = 1000;
/// Characters of a hit's excerpt.
pub const EXCERPT_MAX_CHARS: usize = 240;
/// People, channels and topics that are offered by name.
pub const PLACES_MAX: usize = 8;

/// Ids of documents per microsecond.
pub const IDS_PER_MICRO: i64 = 1024;

/// What a caller can act on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A part of the request that cannot be used.
    #[error("{pointer}: {detail}")]
    Field {
        /// JSON pointer to it.
        pointer: &'static str,
        /// What is wrong, and what to do.
        detail: String,
    },
    /// What the places refused.
    #[error(transparent)]
    Spaces(#[from] spaces::Error),
    /// The database.
    #[error(transparent)]
    Db(#[from] platform::db::Error),
}

impl Error {
    pub(crate) fn field(pointer: &'static str, detail: impl Into<String>) -> Self {
        Error::Field {
            pointer,
            detail: detail.into(),
        }
    }
}

/// The first id of a moment: ids of what was written before are smaller, of what is written later greater.
pub(crate) fn first_id_of(at: Timestamp) -> i64 {
    at.0.saturating_mul(IDS_PER_MICRO)
}
