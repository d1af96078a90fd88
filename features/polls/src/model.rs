//! Rules of polls. Pure.

use crate::wire::{PollKind, Scale, ScaleEnds};
use base::Timestamp;
use std::{collections::HashSet, time::Duration};

/// Answers of one poll.
pub const OPTIONS_MAX: usize = 12;
/// Characters of one answer.
pub const OPTION_MAX_CHARS: usize = 200;
/// Different words of a poll that are listed, the most written first.
pub const WORDS_SHOWN: i64 = 200;
/// Words that one person writes.
const WORDS_MAX: usize = 3;
/// Characters of one of them, and of what an end of a scale means.
const WORD_MAX_CHARS: usize = 40;
/// Polls that wait in one channel, of one person.
pub const PREPARED_MAX: i64 = 50;
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
    /// Too many of this person's wait in the channel.
    #[error("too many polls wait here")]
    TooManyPrepared,
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

impl Error {
    pub(crate) fn not_here(pointer: &'static str, detail: &str) -> Self {
        field(pointer, detail)
    }
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
    let clean = |option: &String| one_line("/options", option, OPTION_MAX_CHARS);
    let options = options.iter().map(clean).collect::<Result<Vec<_>, _>>()?;
    let different: HashSet<&String> = options.iter().collect();
    if different.len() < options.len() {
        return Err(field("/options", "two answers are the same"));
    }
    Ok(options)
}

impl PollKind {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Several => "several",
            Self::Scale => "scale",
            Self::Words => "words",
        }
    }

    /// None: it was asked before there were kinds.
    pub(crate) fn parse(word: Option<&str>, multiple: bool) -> Self {
        match word {
            Some("scale") => Self::Scale,
            Some("words") => Self::Words,
            _ if multiple => Self::Several,
            _ => Self::Single,
        }
    }
}

/// What can be chosen in a poll of this kind, and what its ends mean.
pub fn clean_answers(
    kind: PollKind,
    options: &[String],
    scale: Option<&Scale>,
) -> Result<(Vec<String>, Option<ScaleEnds>), Error> {
    let chooses = matches!(kind, PollKind::Single | PollKind::Several);
    if !chooses && !options.is_empty() {
        return Err(field("/options", "only where one chooses there are answers"));
    }
    match (kind, scale) {
        (PollKind::Scale, Some(scale)) => clean_scale(scale).map(|(steps, ends)| (steps, Some(ends))),
        (PollKind::Scale, None) => Err(field("/scale", "say from where to where it goes")),
        (_, Some(_)) => Err(field("/scale", "only a scale has one")),
        (PollKind::Words, None) => Ok((Vec::new(), None)),
        (_, None) => Ok((clean_options(options)?, None)),
    }
}

fn clean_scale(scale: &Scale) -> Result<(Vec<String>, ScaleEnds), Error> {
    if !(0..=1).contains(&scale.from) || !(2..=10).contains(&scale.to) {
        return Err(field(
            "/scale",
            "a scale goes from 0 or 1 to a number from 2 to 10",
        ));
    }
    let clean = |word: &str| match word.trim() {
        "" => Ok(String::new()),
        word => one_line("/scale", word, WORD_MAX_CHARS),
    };
    let ends = ScaleEnds {
        low: clean(&scale.low)?,
        high: clean(&scale.high)?,
    };
    let steps = (scale.from..=scale.to).map(|step| step.to_string());
    Ok((steps.collect(), ends))
}

/// What somebody writes in a poll of words, each different word once, with what it is found by again. None takes the vote
/// back.
pub fn clean_words(words: &[String]) -> Result<Vec<(String, String)>, Error> {
    let mut known = HashSet::new();
    let mut kept = Vec::new();
    for word in words.iter().filter(|word| !word.trim().is_empty()) {
        let word = one_line("/words", word, WORD_MAX_CHARS)?;
        let folded = folded(&word);
        if known.insert(folded.clone()) {
            kept.push((word, folded));
        }
    }
    if kept.len() > WORDS_MAX {
        return Err(field("/words", "write up to three"));
    }
    Ok(kept)
}

/// Without case, and without the marks that people put around a word. Not folded as search does it: "C++" is not "C".
fn folded(word: &str) -> String {
    let lower = word.to_lowercase();
    let bare = lower.trim_matches(|c: char| ".,;:!?…\"'„“”«»".contains(c)).trim();
    if bare.is_empty() { lower } else { bare.to_owned() }
}

fn one_line(pointer: &'static str, text: &str, max_chars: usize) -> Result<String, Error> {
    markup::clean_name(text, max_chars).map_err(|problem| Error::Field {
        pointer,
        detail: problem.to_string(),
    })
}

/// How long a prepared poll will be open.
pub fn check_open_s(open_s: Option<i64>) -> Result<(), Error> {
    let max_s = OPEN_MAX.as_secs() as i64;
    match open_s {
        Some(open_s) if !(60..=max_s).contains(&open_s) => {
            Err(field("/open_s", "a poll is open for a minute to a year"))
        }
        _ => Ok(()),
    }
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
    fn each_kind_has_its_own_answers() {
        let scale = |from, to| Scale {
            from,
            to,
            low: " not at all ".to_owned(),
            high: String::new(),
        };
        let (steps, ends) = clean_answers(PollKind::Scale, &[], Some(&scale(0, 3))).expect("a scale");
        assert_eq!(steps, ["0", "1", "2", "3"]);
        assert_eq!(
            ends.map(|ends| (ends.low, ends.high)),
            Some(("not at all".to_owned(), String::new()))
        );
        let two = ["Tea".to_owned(), "Coffee".to_owned()];
        for (kind, options, scale, accepted) in [
            (PollKind::Single, &two[..], None, true),
            (PollKind::Several, &two[..], None, true),
            (PollKind::Words, &[], None, true),
            (PollKind::Words, &two[..], None, false),
            (PollKind::Single, &two[..], Some(scale(1, 5)), false),
            (PollKind::Scale, &[], None, false),
            (PollKind::Scale, &two[..], Some(scale(1, 5)), false),
            (PollKind::Scale, &[], Some(scale(1, 11)), false),
            (PollKind::Scale, &[], Some(scale(2, 5)), false),
            (PollKind::Scale, &[], Some(scale(1, 1)), false),
        ] {
            let cleaned = clean_answers(kind, options, scale.as_ref());
            assert_eq!(cleaned.is_ok(), accepted, "{kind:?} {options:?} {scale:?}");
        }
    }

    #[test]
    fn the_same_word_is_one_word_whatever_its_case() {
        let write = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            clean_words(&words)
        };
        let keys = |words: &[&str]| -> Vec<String> {
            let words = write(words).expect("words");
            words.into_iter().map(|(_, folded)| folded).collect()
        };
        assert_eq!(keys(&["Calm", " calm! ", ""]), ["calm"]);
        assert_eq!(keys(&["C++", "C", "Ökostrom"]), ["c++", "c", "ökostrom"]);
        assert_eq!(keys(&["?!"]), ["?!"]);
        assert!(keys(&[]).is_empty());
        assert!(write(&["a", "b", "c", "d"]).is_err());
        assert!(write(&[&"x".repeat(41)]).is_err());
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
