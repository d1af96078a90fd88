//! What thanks refuse, in the words of the API.

use crate::model::Error;
use platform::http::problem::{CONFLICT, FORBIDDEN, INVALID, Problem};

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Problem::not_found(),
            Error::Forbidden(why) => Problem::new(&FORBIDDEN).detail(format!("Not allowed: {why}.")),
            Error::Field { pointer, detail } => Problem::new(&INVALID).field(pointer, detail),
            Error::IdTaken => {
                Problem::new(&CONFLICT).detail("Another message has this id. Send it with a new one.")
            }
            Error::Words(error) => error.into(),
            Error::Messages(error) => error.into(),
            Error::Spaces(error) => error.into(),
            Error::Db(error) => error.into(),
        }
    }
}
