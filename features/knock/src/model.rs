//! Rules of knocking. Pure.

use crate::wire::{AnswerKnock, KnockAnswer};
use base::Timestamp;
use std::time::Duration;

const DAY: Duration = Duration::from_secs(24 * 3_600);
/// How long a knock waits.
pub(crate) const WAITS_FOR: Duration = Duration::from_secs(10 * 60);
/// How long its answer stands there.
pub(crate) const STANDS_FOR: Duration = Duration::from_secs(3_600);
/// So many without an answer in a day, and no more.
pub(crate) const UNANSWERED_MAX: i64 = 3;
/// The day in which they are counted.
pub(crate) const COUNTED_FOR: Duration = DAY;
/// Older ones are forgotten.
pub(crate) const KEPT_FOR: Duration = Duration::from_secs(7 * 24 * 3_600);
/// The time that is said lies no further away.
const AHEAD_MAX: Duration = Duration::from_secs(7 * 24 * 3_600);

/// What a caller can act on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Absent, or hidden from this person.
    #[error("there is no such knock for this person")]
    NotFound,
    /// Not a conversation of two.
    #[error("one knocks in a conversation of two")]
    NotOfTwo,
    /// One waits already, or it was answered.
    #[error("a knock stands there already")]
    Stands,
    /// Three were left alone today.
    #[error("enough for today")]
    Enough,
    /// A field that cannot be used.
    #[error("{pointer}: {detail}")]
    Field {
        /// JSON pointer to the field.
        pointer: &'static str,
        /// What is wrong with it.
        detail: &'static str,
    },
    /// What places refused.
    #[error(transparent)]
    Spaces(#[from] spaces::Error),
    /// The database.
    #[error(transparent)]
    Db(#[from] platform::db::Error),
}

/// The time that an answer says, if it is one that says a time.
pub(crate) fn check_until(said: AnswerKnock, now: Timestamp) -> Result<Option<Timestamp>, Error> {
    let wrong = |detail| Error::Field {
        pointer: "/until",
        detail,
    };
    match (said.answer, said.until) {
        (KnockAnswer::At, Some(until)) if until > now && until <= now.after(AHEAD_MAX) => Ok(Some(until)),
        (KnockAnswer::At, _) => Err(wrong("a time within the next seven days")),
        (KnockAnswer::Yes | KnockAnswer::No, Some(_)) => Err(wrong("only where the answer is a time")),
        (KnockAnswer::Yes | KnockAnswer::No, None) => Ok(None),
    }
}
