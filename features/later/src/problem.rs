//! What this slice refuses, in the words of the API.

use crate::model::Error;
use platform::http::problem::{CONFLICT, FORBIDDEN, INVALID, Problem, ProblemType};

/// Another device has changed it meanwhile; `revision` is the newest.
pub const SCHEDULED_CHANGED: ProblemType =
    ProblemType::new("scheduled-changed", 409, "You changed this elsewhere meanwhile");
/// One person schedules so many and no more.
pub const SCHEDULED_FULL: ProblemType =
    ProblemType::new("scheduled-full", 422, "You have scheduled very much");

/// All of them, for the test that each is documented.
pub const PROBLEMS: &[&ProblemType] = &[&SCHEDULED_CHANGED, &SCHEDULED_FULL];

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Problem::not_found(),
            Error::Forbidden(why) => Problem::new(&FORBIDDEN).detail(format!("Not allowed: {why}.")),
            Error::Field { pointer, detail } => Problem::new(&INVALID).field(pointer, detail),
            Error::Changed(revision) => Problem::new(&SCHEDULED_CHANGED)
                .detail("Look at what it says now, and change that.")
                .extension("revision", revision),
            Error::Posted => Problem::new(&CONFLICT).detail("It has been posted already."),
            Error::Full(n) => Problem::new(&SCHEDULED_FULL).detail(format!(
                "{n} of yours wait already. Take one back, or wait until one has gone."
            )),
            Error::Messages(error) => error.into(),
            Error::Words(error) => error.into(),
            Error::Files(error) => error.into(),
            Error::Spaces(error) => error.into(),
            Error::Db(error) => error.into(),
        }
    }
}
