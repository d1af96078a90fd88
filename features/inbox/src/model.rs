//! Rules of the inbox. Pure.

use std::time::Duration;

/// Messages that call somebody in one answer.
pub(crate) const CALLS_MAX: i64 = 100;
/// Channels that are marked as read at once.
pub(crate) const CLEAR_MAX: usize = 1_000;
/// How long that can be taken back.
pub(crate) const UNDO_FOR: Duration = Duration::from_secs(7 * 24 * 3_600);
/// Decisions of a page.
pub(crate) const PAGE_MAX: i64 = 100;
/// Decisions that are news, and calls, for catching up: more than anybody has, so that what did not fit is counted whole.
pub(crate) const NEWS_MAX: i64 = 2_000;
/// Things that need somebody are counted so far; nobody reads a larger number.
pub(crate) const NEEDS_MAX: i64 = 1_000;
/// Asks that are looked at for catching up: more than anybody has open.
pub(crate) const ASKS_MAX: usize = 2_000;

/// What a caller can act on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Absent, or hidden from this person.
    #[error("there is no such thing for this person")]
    NotFound,
    /// A field that cannot be used.
    #[error("{pointer}: {detail}")]
    Field {
        /// JSON pointer to the field.
        pointer: &'static str,
        /// What is wrong with it.
        detail: String,
    },
    /// What is urgent refused.
    #[error(transparent)]
    Urgent(#[from] urgent::Error),
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

/// Which time there is.
pub(crate) fn budget(minutes: i64) -> Result<Duration, Error> {
    match minutes {
        2 | 10 | 30 => Ok(Duration::from_secs(minutes.unsigned_abs() * 60)),
        _ => Err(Error::Field {
            pointer: "/minutes",
            detail: "2, 10 or 30".to_owned(),
        }),
    }
}

/// Words, as somebody reads them; in scripts without spaces two characters count as one.
pub(crate) fn n_words(text: &str) -> u32 {
    let spaced = text
        .split_whitespace()
        .filter(|word| word.chars().any(|c| !is_dense(c)));
    let dense = text.chars().filter(|c| is_dense(*c)).count().div_ceil(2);
    u32::try_from(spaced.count() + dense).unwrap_or(u32::MAX)
}

/// Chinese, Japanese and Thai write without spaces.
fn is_dense(c: char) -> bool {
    matches!(u32::from(c), 0x0E00..=0x0E7F | 0x3040..=0x30FF | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x2FA1F)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_in_every_script() {
        for (text, n) in [
            ("", 0),
            ("one", 1),
            ("  two\nwords ", 2),
            ("今天下雨", 2),
            ("see 今天 there", 3),
            ("كلمة واحدة", 2),
        ] {
            assert_eq!(n_words(text), n, "{text}");
        }
    }

    #[test]
    fn there_are_three_paces() {
        assert_eq!(budget(2).ok(), Some(Duration::from_secs(120)));
        assert_eq!(budget(30).ok(), Some(Duration::from_secs(1_800)));
        for minutes in [-2, 0, 3, 60, i64::MIN] {
            assert!(budget(minutes).is_err(), "{minutes}");
        }
    }
}
