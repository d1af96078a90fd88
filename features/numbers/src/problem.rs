//! What numbers refuse, in the words of the API.

use crate::model::Error;
use platform::http::problem::{INVALID, Problem};

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Field { pointer, detail } => Problem::new(&INVALID).field(pointer, detail),
            Error::Db(error) => error.into(),
        }
    }
}
