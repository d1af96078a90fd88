//! What the inbox refuses, in the words of the API.

use crate::model::Error;
use platform::http::problem::{INVALID, Problem};

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Problem::not_found(),
            Error::Field { pointer, detail } => Problem::new(&INVALID).field(pointer, detail),
            Error::Urgent(error) => error.into(),
            Error::Messages(error) => error.into(),
            Error::Spaces(error) => error.into(),
            Error::Db(error) => error.into(),
        }
    }
}
