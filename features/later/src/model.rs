//! Rules of what is written now and posted later. Pure.

use crate::wire::WhyFailed;
use base::Timestamp;
use std::time::Duration;

/// What one person has scheduled, what failed included.
pub(crate) const SCHEDULED_MAX: i64 = 100;
/// How far ahead something is scheduled.
pub(crate) const AHEAD_MAX: Duration = Duration::from_secs(400 * 24 * 3_600);

/// What a caller can act on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Absent, or somebody else's.
    #[error("there is no such thing for this person")]
    NotFound,
    /// The person sees it and may not do this.
    #[error("not allowed: {0}")]
    Forbidden(&'static str),
    /// A field that cannot be used.
    #[error("{pointer}: {detail}")]
    Field {
        /// JSON pointer to the field.
        pointer: &'static str,
        /// What is wrong with it.
        detail: String,
    },
    /// Another device changed it meanwhile; that is the newest revision.
    #[error("another device changed it meanwhile")]
    Changed(i64),
    /// It has been posted already.
    #[error("it has been posted already")]
    Posted,
    /// There are as many as there may be.
    #[error("there are {0} already")]
    Full(i64),
    /// What messages refused.
    #[error(transparent)]
    Messages(#[from] messages::Error),
    /// What the word list refused.
    #[error(transparent)]
    Words(#[from] words::Error),
    /// What files refused.
    #[error(transparent)]
    Files(#[from] files::Error),
    /// What places refused.
    #[error(transparent)]
    Spaces(#[from] spaces::Error),
    /// The database.
    #[error(transparent)]
    Db(#[from] platform::db::Error),
}

pub(crate) fn field(pointer: &'static str, detail: &str) -> Error {
    Error::Field {
        pointer,
        detail: detail.to_owned(),
    }
}

/// A time for something: it is still to come, and not too far away.
pub(crate) fn check_due(at: Timestamp, now: Timestamp) -> Result<(), Error> {
    if at <= now {
        return Err(field("/due_at", "a time that is still to come"));
    }
    if at > now.after(AHEAD_MAX) {
        return Err(field("/due_at", "at most 400 days ahead"));
    }
    Ok(())
}

/// Why something cannot be posted, in a word; `Err` when it is nothing but the database, and worth another try.
pub(crate) fn why_refused(error: Error) -> Result<WhyFailed, platform::db::Error> {
    use messages::Error as M;
    Ok(match error {
        Error::Db(error) => return Err(error),
        Error::Messages(error) => match error {
            M::Db(error) => return Err(error),
            M::Spaces(error) => return of_place(error),
            M::Words(error) => return of_words(error),
            M::Files(error) => return of_files(error),
            M::Groups(groups::Error::Db(error)) => return Err(error),
            M::Groups(_) | M::ConfirmEveryone(_) => WhyFailed::Everyone,
            M::Slow { .. } => WhyFailed::Slow,
            M::NotFound => WhyFailed::Topic,
            M::Forbidden(_) => WhyFailed::Gone,
            M::Field { .. } | M::IdTaken | M::TopicExists | M::DraftChanged(_) => WhyFailed::Other,
        },
        Error::Spaces(error) => return of_place(error),
        Error::Words(error) => return of_words(error),
        Error::Files(error) => return of_files(error),
        Error::NotFound | Error::Forbidden(_) => WhyFailed::Gone,
        Error::Field { .. } | Error::Changed(_) | Error::Posted | Error::Full(_) => WhyFailed::Other,
    })
}

fn of_place(error: spaces::Error) -> Result<WhyFailed, platform::db::Error> {
    match error {
        spaces::Error::Db(error) => Err(error),
        spaces::Error::Archived => Ok(WhyFailed::Archived),
        _ => Ok(WhyFailed::Gone),
    }
}

fn of_words(error: words::Error) -> Result<WhyFailed, platform::db::Error> {
    match error {
        words::Error::Db(error) => Err(error),
        _ => Ok(WhyFailed::Words),
    }
}

fn of_files(error: files::Error) -> Result<WhyFailed, platform::db::Error> {
    match error {
        files::Error::Db(error) => Err(error),
        _ => Ok(WhyFailed::Files),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_still_to_come_and_not_too_far_away() {
        let now = Timestamp(1_000_000);
        for (at, is_fine) in [
            (now, false),
            (Timestamp(0), false),
            (Timestamp(1_000_001), true),
            (now.after(AHEAD_MAX), true),
            (Timestamp(now.after(AHEAD_MAX).0 + 1), false),
            (Timestamp(i64::MAX), false),
            (Timestamp(i64::MIN), false),
        ] {
            assert_eq!(check_due(at, now).is_ok(), is_fine, "{at:?}");
        }
    }
}
