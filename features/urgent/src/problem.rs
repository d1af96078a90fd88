//! What this slice refuses, in the words of the API.

use crate::model::Error;
use platform::http::problem::{CONFLICT, FORBIDDEN, INVALID, Problem, ProblemType};

/// It calls nobody any more.
pub const URGENT_OVER: ProblemType = ProblemType::new("urgent-over", 409, "This is settled already");

/// All of them, for the test that each is documented.
pub const PROBLEMS: &[&ProblemType] = &[&URGENT_OVER];

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Problem::not_found(),
            Error::Forbidden(why) => Problem::new(&FORBIDDEN).detail(format!("Not allowed: {why}.")),
            Error::Field { pointer, detail } => Problem::new(&INVALID).field(pointer, detail),
            Error::Over => {
                Problem::new(&URGENT_OVER).detail("Somebody took it, answered it or took it back meanwhile.")
            }
            Error::IdTaken => Problem::new(&CONFLICT)
                .detail("Something else has this id, or this message. Send it with new ones."),
            Error::Changed => Problem::new(&CONFLICT)
                .detail("Somebody has changed it meanwhile. Look again, and change what is there now."),
            Error::Words(error) => error.into(),
            Error::Messages(error) => error.into(),
            Error::Groups(error) => error.into(),
            Error::Spaces(error) => error.into(),
            Error::Db(error) => error.into(),
        }
    }
}
