//! What polls refuse, in the words of the API.

use crate::model::Error;
use platform::http::problem::{CONFLICT, FORBIDDEN, INVALID, Problem, ProblemType};

/// Nobody votes any more.
pub const POLL_CLOSED: ProblemType = ProblemType::new("poll-closed", 409, "This poll is closed");

/// All of them, for the test that each is documented.
pub const PROBLEMS: &[&ProblemType] = &[&POLL_CLOSED];

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Problem::not_found(),
            Error::Forbidden(why) => Problem::new(&FORBIDDEN).detail(format!("Not allowed: {why}.")),
            Error::Field { pointer, detail } => Problem::new(&INVALID).field(pointer, detail),
            Error::Closed => {
                Problem::new(&POLL_CLOSED).detail("Its result stands; ask again with a new poll.")
            }
            Error::TooManyPrepared => Problem::new(&CONFLICT)
                .detail("50 polls of yours wait in this channel; ask or remove some first."),
            Error::IdTaken => Problem::new(&CONFLICT)
                .detail("Another poll has this id, or this message. Send it with new ones."),
            Error::Words(error) => error.into(),
            Error::Messages(error) => error.into(),
            Error::Spaces(error) => error.into(),
            Error::Db(error) => error.into(),
        }
    }
}
