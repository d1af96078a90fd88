//! Rules of polls. Pure.

use base::Timestamp;
use std::{collections::HashSet, time::Duration};

/// Answers of one poll.
pub const OPTIONS_MAX: usize = 12;
/// Characters of one answer.
pub const OPTION_MAX_CHARS: usize = 200;
/// How long a poll may stay open by itself.
const OPEN_MAX: Duration = Duration::from_secs(366 * 24 * 3600);
/// People who are listed by name under an answer.
pub const VOTERS_SHOWN: i64 = 50;

/// What a caller can act on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Absent, or hidden from this person.
    #[error("there is no such poll for this person")]
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
    /// Nobody votes any more.
    #[error("the poll is closed")]
    Closed,
    /// The id is that of another poll.
    #[error("another poll has this id")]
    IdTaken,
    /// What the word list refused.
    #[error(transparent)]
    Words(#[from] words::Error),
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

fn field(pointer: &'static str, detail: &str) -> Error {
    Error::Field {
        pointer,
        detail: detail.to_owned(),
    }
}

/// 2 to 12 different answers of one line each.
pub fn clean_options(options: &[String]) -> Result<Vec<String>, Error> {
    if !(2..=OPTIONS_MAX).contains(&options.len()) {
        return Err(field("/options", "a poll has 2 to 12 answers"));
    }
    let clean = |option: &String| {
        markup::clean_name(option, OPTION_MAX_CHARS).map_err(|problem| Error::Field {
            pointer: "/options",
            detail: problem.to_string(),
        })
    };
    let options = options.iter().map(clean).collect::<Result<Vec<_>, _>>()?;
    let different: HashSet<&String> = options.iter().collect();
    if different.len() < options.len() {
        return Err(field("/options", "two answers are the same"));
    }
    Ok(options)
}

/// The end of a poll lies ahead, within a year.
pub fn check_end(closes_at: Option<Timestamp>, now: Timestamp) -> Result<(), Error> {
    match closes_at {
        Some(end) if end <= now => Err(field("/closes_at", "choose a time that is still to come")),
        Some(end) if end > now.after(OPEN_MAX) => {
            Err(field("/closes_at", "a poll is open for a year at most"))
        }
        _ => Ok(()),
    }
}

/// The answers that somebody chose, in order, each once; none takes the vote back.
pub fn clean_vote(chosen: &[i64], n_options: usize, multiple: bool) -> Result<Vec<i64>, Error> {
    let mut chosen = chosen.to_vec();
    chosen.sort_unstable();
    chosen.dedup();
    if chosen
        .iter()
        .any(|idx| !usize::try_from(*idx).is_ok_and(|idx| idx < n_options))
    {
        return Err(field("/options", "there is no such answer"));
    }
    if chosen.len() > 1 && !multiple {
        return Err(field("/options", "choose one answer"));
    }
    Ok(chosen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_poll_has_a_few_different_answers() {
        for (options, accepted) in [
            (vec!["Tea", "Coffee"], true),
            (vec!["Tea"], false),
            (vec!["Tea", " Tea "], false),
            (vec!["Tea", "  "], false),
            (vec!["Tea", "Cof\0fee"], false),
            (vec!["x"; 13], false),
        ] {
            let options: Vec<String> = options.into_iter().map(str::to_owned).collect();
            assert_eq!(clean_options(&options).is_ok(), accepted, "{options:?}");
        }
        let long = vec!["x".repeat(OPTION_MAX_CHARS + 1), "y".to_owned()];
        assert!(clean_options(&long).is_err());
    }

    #[test]
    fn a_poll_ends_ahead_and_within_a_year() {
        let now = Timestamp(1_000_000);
        for (end, accepted) in [
            (None, true),
            (Some(now), false),
            (Some(now.after(Duration::from_secs(60))), true),
            (Some(now.after(OPEN_MAX + Duration::from_secs(1))), false),
        ] {
            assert_eq!(check_end(end, now).is_ok(), accepted, "{end:?}");
        }
    }

    #[test]
    fn one_chooses_what_there_is_and_one_only_where_one_is_asked_for() {
        assert_eq!(clean_vote(&[2, 0, 2], 3, true).expect("two answers"), [0, 2]);
        assert_eq!(clean_vote(&[], 3, false).expect("none"), [] as [i64; 0]);
        for (chosen, multiple) in [(vec![0, 1], false), (vec![3], true), (vec![-1], true)] {
            assert!(clean_vote(&chosen, 3, multiple).is_err(), "{chosen:?}");
        }
    }
}
