//! Rules of questions. Pure.

use crate::wire::{AnsweredHow, Question, QuestionAnswer, QuestionState};

/// Characters of a question.
const QUESTION_MAX_CHARS: usize = 500;
/// Characters of an answer in writing.
const ANSWER_MAX_CHARS: usize = 2_000;
/// Questions of one board.
pub const QUESTIONS_MAX: i64 = 500;
/// Questions of one person on one board that were not dismissed.
pub const OF_PERSON_MAX: i64 = 20;
/// Boards of a channel that are listed.
pub const BOARDS_SHOWN: i64 = 50;

/// What a caller can act on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Absent, or hidden from this person.
    #[error("there are no such questions for this person")]
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
    /// Nobody asks or votes any more.
    #[error("the questions are closed")]
    Closed,
    /// Only what is open is voted for and taken back.
    #[error("the question is not open any more")]
    NotOpen,
    /// One person, or all of them together, have asked enough.
    #[error("too many questions")]
    TooMany,
    /// The id is that of something else.
    #[error("another question has this id")]
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
    pub(crate) fn field(pointer: &'static str, detail: impl Into<String>) -> Self {
        Self::Field {
            pointer,
            detail: detail.into(),
        }
    }
}

impl QuestionState {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Open => "open",
            Self::Now => "now",
            Self::Answered => "answered",
            Self::Dismissed => "dismissed",
        }
    }

    pub(crate) fn parse(word: &str) -> Self {
        match word {
            "waiting" => Self::Waiting,
            "now" => Self::Now,
            "answered" => Self::Answered,
            "dismissed" => Self::Dismissed,
            _ => Self::Open,
        }
    }

    /// Whether everybody who reads the channel sees it.
    pub(crate) fn is_public(self) -> bool {
        !matches!(self, Self::Waiting | Self::Dismissed)
    }

    /// Whether votes still say something.
    pub(crate) fn takes_votes(self) -> bool {
        matches!(self, Self::Waiting | Self::Open | Self::Now)
    }
}

impl AnsweredHow {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Written => "written",
            Self::Later => "later",
        }
    }

    pub(crate) fn parse(word: &str) -> Self {
        match word {
            "written" => Self::Written,
            "later" => Self::Later,
            _ => Self::Live,
        }
    }
}

/// A question is one line, however it was typed.
pub fn clean_question(text: &str) -> Result<String, Error> {
    let line = text.replace(['\n', '\r', '\t'], " ");
    markup::clean_name(&line, QUESTION_MAX_CHARS)
        .map_err(|problem| Error::field("/text", problem.to_string()))
}

/// An answer belongs to what is answered, and one in writing says something.
pub fn clean_answer(
    state: QuestionState,
    answer: Option<&QuestionAnswer>,
) -> Result<Option<QuestionAnswer>, Error> {
    let (QuestionState::Answered, Some(answer)) = (state, answer) else {
        return match (state, answer) {
            (QuestionState::Answered, None) => Err(Error::field("/answer", "say how it was answered")),
            (_, Some(_)) => Err(Error::field("/answer", "only what is answered has an answer")),
            (QuestionState::Waiting, None) => Err(Error::field("/state", "a question does not wait again")),
            (_, None) => Ok(None),
        };
    };
    let text = answer
        .text
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty());
    let is_bad = |c: char| c.is_control() && c != '\n';
    if text.is_some_and(|text| text.chars().count() > ANSWER_MAX_CHARS || text.contains(is_bad)) {
        return Err(Error::field(
            "/answer/text",
            "up to 2,000 characters of plain text",
        ));
    }
    if answer.how == AnsweredHow::Written && text.is_none() && answer.message_id.is_none() {
        return Err(Error::field(
            "/answer/text",
            "write the answer, or name the message that gives it",
        ));
    }
    Ok(Some(QuestionAnswer {
        text: text.map(str::to_owned),
        ..answer.clone()
    }))
}

/// What is being answered, then what is open, what waits, what was answered, what was dismissed.
pub fn order(items: &mut [Question]) {
    items.sort_by_key(|question| {
        let at = question.changed_at.0;
        let (rank, votes, time) = match question.state {
            QuestionState::Now => (0, 0, at),
            QuestionState::Open => (1, -question.n_votes, question.asked_at.0),
            QuestionState::Waiting => (2, 0, question.asked_at.0),
            QuestionState::Answered => (3, 0, -at),
            QuestionState::Dismissed => (4, 0, -at),
        };
        (rank, votes, time, question.id.0)
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::{QuestionId, Timestamp};
    use uuid::Uuid;

    fn question(id: u128, state: QuestionState, n_votes: i64, at: i64) -> Question {
        Question {
            id: QuestionId(Uuid::from_u128(id)),
            text: String::new(),
            author_id: None,
            is_mine: false,
            has_my_vote: false,
            n_votes,
            state,
            answer: None,
            merged: Vec::new(),
            asked_at: Timestamp(at),
            changed_at: Timestamp(at),
        }
    }

    #[test]
    fn what_most_want_comes_first_and_of_equals_the_oldest() {
        use QuestionState::{Answered, Dismissed, Now, Open, Waiting};
        let mut items = vec![
            question(1, Dismissed, 9, 1),
            question(2, Answered, 9, 1),
            question(3, Answered, 0, 2),
            question(4, Open, 1, 5),
            question(5, Open, 3, 9),
            question(6, Open, 1, 4),
            question(7, Waiting, 9, 1),
            question(8, Now, 0, 1),
        ];
        order(&mut items);
        let ids: Vec<u128> = items.iter().map(|question| question.id.0.as_u128()).collect();
        assert_eq!(ids, [8, 5, 6, 4, 7, 3, 2, 1]);
    }

    #[test]
    fn a_question_is_one_line_of_500_characters() {
        assert_eq!(clean_question(" Why\nnot?  ").ok().as_deref(), Some("Why not?"));
        for bad in ["", " \n ", &"x".repeat(501), "a\0b"] {
            assert!(clean_question(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_answer_belongs_to_what_is_answered() {
        use QuestionState::{Answered, Dismissed, Now, Open, Waiting};
        let answer = |how, text: Option<&str>| QuestionAnswer {
            how,
            text: text.map(str::to_owned),
            message_id: None,
        };
        let written = answer(AnsweredHow::Written, Some(" Because. "));
        for (state, given, accepted) in [
            (Open, None, true),
            (Now, None, true),
            (Dismissed, None, true),
            (Waiting, None, false),
            (Answered, None, false),
            (Open, Some(&written), false),
            (Answered, Some(&written), true),
            (Answered, Some(&answer(AnsweredHow::Live, None)), true),
            (Answered, Some(&answer(AnsweredHow::Later, None)), true),
            (Answered, Some(&answer(AnsweredHow::Written, Some("  "))), false),
            (
                Answered,
                Some(&answer(AnsweredHow::Live, Some(&"x".repeat(2_001)))),
                false,
            ),
        ] {
            assert_eq!(
                clean_answer(state, given).is_ok(),
                accepted,
                "{state:?} {given:?}"
            );
        }
    }
}
