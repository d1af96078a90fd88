//! What charters refuse, in the words of the API.

use crate::model::Error;
use platform::http::problem::{FORBIDDEN, INVALID, Problem, ProblemType};

/// Somebody has changed the charter meanwhile; `version` is the newest.
pub const CHARTER_CHANGED: ProblemType =
    ProblemType::new("charter-changed", 409, "Somebody changed this charter meanwhile");

/// All of them, for the test that each is documented.
pub const PROBLEMS: &[&ProblemType] = &[&CHARTER_CHANGED];

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Problem::not_found(),
            Error::Forbidden(why) => Problem::new(&FORBIDDEN).detail(format!("Not allowed: {why}.")),
            Error::Field { pointer, detail } => Problem::new(&INVALID).field(pointer, detail),
            Error::Changed(version) => Problem::new(&CHARTER_CHANGED)
                .detail("Look at what it says now, and change that.")
                .extension("version", version),
            Error::Messages(error) => error.into(),
            Error::Spaces(error) => error.into(),
            Error::Accounts(error) => error.into(),
            Error::Db(error) => error.into(),
        }
    }
}
