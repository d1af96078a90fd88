//! What asks refuse, in the words of the API.

use crate::model::Error;
use platform::http::problem::{CONFLICT, FORBIDDEN, INVALID, Problem, ProblemType};

/// Nobody has to answer any more.
pub const ASK_CLOSED: ProblemType = ProblemType::new("ask-closed", 409, "This is settled already");

/// All of them, for the test that each is documented.
pub const PROBLEMS: &[&ProblemType] = &[&ASK_CLOSED];

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Problem::not_found(),
            Error::Forbidden(why) => Problem::new(&FORBIDDEN).detail(format!("Not allowed: {why}.")),
            Error::Field { pointer, detail } => Problem::new(&INVALID).field(pointer, detail),
            Error::Closed => {
                Problem::new(&ASK_CLOSED).detail("It was answered, withdrawn or passed on meanwhile.")
            }
            Error::Exists => Problem::new(&CONFLICT)
                .detail("This message asks something already. What is to be asked anew is a new message."),
            Error::Hours(error) => error.into(),
            Error::Charters(error) => error.into(),
            Error::Words(error) => error.into(),
            Error::Messages(error) => error.into(),
            Error::Spaces(error) => error.into(),
            Error::Db(error) => error.into(),
        }
    }
}
