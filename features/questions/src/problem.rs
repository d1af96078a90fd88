//! What questions refuse, in the words of the API.

use crate::model::Error;
use platform::http::problem::{CONFLICT, FORBIDDEN, INVALID, Problem, ProblemType};

/// Nobody asks or votes any more.
pub const QUESTIONS_CLOSED: ProblemType =
    ProblemType::new("questions-closed", 409, "These questions are closed");

/// All of them, for the test that each is documented.
pub const PROBLEMS: &[&ProblemType] = &[&QUESTIONS_CLOSED];

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Problem::not_found(),
            Error::Forbidden(why) => Problem::new(&FORBIDDEN).detail(format!("Not allowed: {why}.")),
            Error::Field { pointer, detail } => Problem::new(&INVALID).field(pointer, detail),
            Error::Closed => Problem::new(&QUESTIONS_CLOSED)
                .detail("What was asked can still be answered, but nobody asks or votes any more."),
            Error::NotOpen => Problem::new(&CONFLICT)
                .detail("This question is not open any more: it was answered, or put aside."),
            Error::TooMany => Problem::new(&CONFLICT)
                .detail("20 questions of one person, and 500 in all, are asked in one place."),
            Error::IdTaken => Problem::new(&CONFLICT)
                .detail("Another question has this id, or this message. Send it with new ones."),
            Error::Words(error) => error.into(),
            Error::Messages(error) => error.into(),
            Error::Spaces(error) => error.into(),
            Error::Db(error) => error.into(),
        }
    }
}
