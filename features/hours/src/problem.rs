//! What hours refuse, in the words of the API.

use crate::model::Error;
use platform::http::problem::{INVALID, Problem, ProblemType};

/// Another device has changed the hours; `revision` is the newest.
pub const HOURS_CHANGED: ProblemType =
    ProblemType::new("hours-changed", 409, "Your hours were changed elsewhere");

/// All of them, for the test that each is documented.
pub const PROBLEMS: &[&ProblemType] = &[&HOURS_CHANGED];

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Problem::not_found(),
            Error::Field { pointer, detail } => Problem::new(&INVALID).field(pointer, detail),
            Error::Changed(revision) => Problem::new(&HOURS_CHANGED)
                .detail("Another device saved other hours. Look at those first.".to_owned())
                .extension("revision", revision),
            Error::Accounts(error) => error.into(),
            Error::Spaces(error) => error.into(),
            Error::Db(error) => error.into(),
        }
    }
}
