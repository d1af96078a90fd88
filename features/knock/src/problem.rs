//! What knocking refuses, in the words of the API.

use crate::model::Error;
use platform::http::problem::{FORBIDDEN, INVALID, Problem, ProblemType};

/// One waits already, or was answered a moment ago, or three were left alone today.
pub const KNOCK_STANDS: ProblemType = ProblemType::new("knock-stands", 409, "You have knocked already");

/// All of them, for the test that each is documented.
pub const PROBLEMS: &[&ProblemType] = &[&KNOCK_STANDS];

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Problem::not_found(),
            Error::NotOfTwo => {
                Problem::new(&FORBIDDEN).detail("Not allowed: one knocks in a conversation of two.")
            }
            Error::Stands => Problem::new(&KNOCK_STANDS).detail("It waits for ten minutes at most."),
            Error::Enough => Problem::new(&KNOCK_STANDS)
                .detail("Three were not answered today. Write what it is about instead."),
            Error::Field { pointer, detail } => Problem::new(&INVALID).field(pointer, detail),
            Error::Spaces(error) => error.into(),
            Error::Db(error) => error.into(),
        }
    }
}
