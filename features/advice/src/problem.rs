//! What advice refuses, in the words of the API.

use crate::model::Error;
use platform::http::problem::Problem;

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Asks(error) => error.into(),
            Error::Charters(error) => error.into(),
            Error::Messages(error) => error.into(),
            Error::Spaces(error) => error.into(),
            Error::Db(error) => error.into(),
        }
    }
}
