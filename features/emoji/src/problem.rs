//! What emoji refuse, in the words of the API.

use crate::model::Error;
use platform::http::problem::{CONFLICT, FORBIDDEN, INVALID, Problem, ProblemType, TOO_BIG};
use std::time::Duration;

/// Until when somebody tries again.
const AGAIN: Duration = Duration::from_secs(2);
/// None of its own.
pub const PROBLEMS: &[&ProblemType] = &[];

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Problem::not_found(),
            Error::Forbidden(why) => Problem::new(&FORBIDDEN).detail(format!("Not allowed: {why}.")),
            Error::Field { pointer, detail } => Problem::new(&INVALID).field(pointer, detail),
            Error::NameTaken => Problem::new(&CONFLICT)
                .detail("Another emoji has this name. Take another one, or take that one away first."),
            Error::TooBig => Problem::new(&TOO_BIG).detail("The picture of an emoji has at most 256 KiB."),
            Error::Busy => Problem::busy(AGAIN),
            Error::Blobs(error) => error.into(),
            Error::Db(error) => error.into(),
        }
    }
}
