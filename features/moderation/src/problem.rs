//! What moderation refuses, in the words of the API.

use crate::model::Error;
use platform::http::problem::{FORBIDDEN, INVALID, Problem, ProblemType};

/// As many reports of one person wait as may.
pub const TOO_MANY_REPORTS: ProblemType =
    ProblemType::new("too-many-reports", 422, "Your other reports come first");

/// All of them, for the test that each is documented.
pub const PROBLEMS: &[&ProblemType] = &[&TOO_MANY_REPORTS];

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Problem::not_found(),
            Error::Forbidden(why) => Problem::new(&FORBIDDEN).detail(format!("Not allowed: {why}.")),
            Error::Field { pointer, detail } => Problem::new(&INVALID).field(pointer, detail),
            Error::TooMany => Problem::new(&TOO_MANY_REPORTS).detail(
                "50 messages that you reported wait to be looked at. Report this one when some of them were.",
            ),
            Error::Messages(error) => error.into(),
            Error::Spaces(error) => error.into(),
            Error::Db(error) => error.into(),
        }
    }
}
