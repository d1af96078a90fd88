//! Messages and topics over HTTP: thin handlers.

pub(crate) mod keeping;
pub(crate) mod messages;
pub(crate) mod moving;
pub(crate) mod reading;
pub(crate) mod start;
pub(crate) mod topics;

use crate::model::{Error, PAGE_MAX, Text};
use platform::http::problem::Problem;

/// Messages of a page when nothing else is asked.
const PAGE_DEFAULT: i64 = 50;
/// Longer texts are read on a blocking thread: a page of markup takes more than a millisecond.
const INLINE_MAX_BYTES: usize = 2048;

fn page_limit(limit: Option<i64>) -> i64 {
    limit.unwrap_or(PAGE_DEFAULT).clamp(1, PAGE_MAX)
}

/// Reads what a person typed, before any transaction.
async fn read_text(source: String) -> Result<Text, Problem> {
    if source.len() <= INLINE_MAX_BYTES {
        return Ok(Text::read(&source)?);
    }
    let read = tokio::task::spawn_blocking(move || Text::read(&source)).await;
    Ok(read.unwrap_or(Err(Error::Db(platform::db::Error::Panicked)))?)
}
