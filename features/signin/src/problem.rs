//! What this slice refuses, in the words of the API.

use crate::model::Error;
use platform::http::problem::{CONFLICT, Problem, ProblemType};

/// The code is not right, or was used.
pub const WRONG_CODE: ProblemType = ProblemType::new("wrong-code", 422, "The code is not right");
/// What was begun has run out.
pub const ATTEMPT_OVER: ProblemType = ProblemType::new("attempt-over", 410, "This sign-in has run out");

/// All of them, for the test that each is documented.
pub const PROBLEMS: &[&ProblemType] = &[&WRONG_CODE, &ATTEMPT_OVER];

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Db(error) => error.into(),
            Error::Accounts(error) => error.into(),
            Error::WrongCode => Problem::new(&WRONG_CODE)
                .detail("Each code is good once. Wait for the next one, and check the clock of the device."),
            Error::Over => Problem::new(&ATTEMPT_OVER).detail("Begin again with your password."),
            Error::Conflict(why) => Problem::new(&CONFLICT).detail(why),
            Error::Broken(_) => Problem::internal(&error),
        }
    }
}
