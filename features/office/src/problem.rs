//! What office hours refuse, in the words of the API.

use crate::model::Error;
use platform::http::problem::{CONFLICT, FORBIDDEN, INVALID, Problem, ProblemType};

/// Nobody new, or over.
pub const OFFICE_CLOSED: ProblemType =
    ProblemType::new("office-closed", 409, "These office hours take nobody now");

/// All of them, for the test that each is documented.
pub const PROBLEMS: &[&ProblemType] = &[&OFFICE_CLOSED];

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Problem::not_found(),
            Error::Forbidden(why) => Problem::new(&FORBIDDEN).detail(format!("Not allowed: {why}.")),
            Error::Field { pointer, detail } => Problem::new(&INVALID).field(pointer, detail.to_owned()),
            Error::Closed(why) => Problem::new(&OFFICE_CLOSED).detail(why),
            Error::IdTaken => Problem::new(&CONFLICT)
                .detail("Other office hours have this id, or this message. Send it with new ones."),
            Error::Words(error) => error.into(),
            Error::Live(error) => error.into(),
            Error::Messages(error) => error.into(),
            Error::Spaces(error) => error.into(),
            Error::Db(error) => error.into(),
        }
    }
}
