//! What can go wrong, and what it looks like outside.

use platform::http::problem::{FORBIDDEN, Problem, SIGNED_OUT};

/// What a caller can act on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is for owners and admins.
    #[error("only owners and admins may do this")]
    NotAllowed,
    /// The session has ended.
    #[error("not signed in")]
    SignedOut,
    /// There is no such thing.
    #[error("there is no such thing")]
    NotFound,
    /// A value that cannot be taken.
    #[error("{pointer}: {detail}")]
    Field {
        /// JSON pointer to it.
        pointer: &'static str,
        /// What is wrong with it.
        detail: String,
    },
    /// The database.
    #[error(transparent)]
    Db(#[from] platform::db::Error),
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotAllowed => Problem::new(&FORBIDDEN),
            Error::SignedOut => Problem::new(&SIGNED_OUT),
            Error::NotFound => Problem::not_found(),
            Error::Field { pointer, detail } => Problem::invalid(pointer, detail),
            Error::Db(error) => error.into(),
        }
    }
}
