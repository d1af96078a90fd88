//! What notices refuse, in the words of the API.

use crate::model::Error;
use platform::http::problem::{INVALID, Problem, RATE_LIMITED};

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Field { pointer, detail } => Problem::new(&INVALID).field(pointer, detail),
            Error::NotFound => Problem::not_found(),
            Error::TooSoon(wait) => Problem::new(&RATE_LIMITED)
                .detail("You just tried. Try again in a moment.")
                .retry_after(wait),
            Error::Broken(_) => Problem::internal(&error),
            Error::Secret(_) => Problem::internal(&error),
            Error::Spaces(error) => error.into(),
            Error::Db(error) => error.into(),
        }
    }
}
