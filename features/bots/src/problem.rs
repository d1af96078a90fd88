//! What hooks refuse, in the words of the API.

use crate::model::{Error, HOOKS_MAX};
use platform::http::problem::{INVALID, Problem, ProblemType};

/// None of its own: each has a chapter already.
pub const PROBLEMS: &[&ProblemType] = &[];

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Problem::not_found(),
            Error::Field { pointer, detail } => Problem::new(&INVALID).field(pointer, detail),
            Error::TooMany => {
                let why = format!("A channel has at most {HOOKS_MAX} hooks of a kind. Remove one first.");
                Problem::new(&INVALID).detail(why)
            }
            Error::Messages(error) => error.into(),
            Error::Spaces(error) => error.into(),
            Error::Accounts(error) => error.into(),
            Error::Db(error) => error.into(),
        }
    }
}
