//! What places refuse, in the words of the API.

use crate::model::Error;
use platform::http::problem::{CONFLICT, FORBIDDEN, INVALID, Problem, ProblemType};

/// An archived place is read, not written.
pub const ARCHIVED: ProblemType = ProblemType::new("archived", 409, "This is archived");
/// Another place has the name, or one that looks the same.
pub const NAME_TAKEN: ProblemType = ProblemType::new("name-taken", 409, "The name is taken");
/// A limit of `docs/limits.md` is reached.
pub const LIMIT_REACHED: ProblemType = ProblemType::new("limit-reached", 422, "A limit is reached");
/// A link that lets nobody in any more.
pub const LINK_USED: ProblemType = ProblemType::new("link-used", 404, "This link is not valid any more");
/// The server has its owner.
pub const ALREADY_SET_UP: ProblemType =
    ProblemType::new("already-set-up", 409, "The server is set up already");

/// Somebody does not want to hear from this person. It never says why.
pub const UNREACHABLE: ProblemType = ProblemType::new("unreachable", 403, "This person cannot be reached");

/// All of them, for the test that each is documented.
pub const PROBLEMS: &[&ProblemType] = &[
    &ARCHIVED,
    &NAME_TAKEN,
    &LIMIT_REACHED,
    &LINK_USED,
    &ALREADY_SET_UP,
    &UNREACHABLE,
];

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Problem::not_found(),
            Error::Forbidden(why) => Problem::new(&FORBIDDEN).detail(sentence(why)),
            Error::Archived => {
                Problem::new(&ARCHIVED).detail("It can be read. Who looks after it can take it back.")
            }
            Error::Unreachable => {
                Problem::new(&UNREACHABLE).detail("A direct conversation with this person is not possible.")
            }
            Error::Name(why) => Problem::new(&INVALID).field("/name", why),
            Error::Field { pointer, detail } => Problem::new(&INVALID).field(pointer, detail),
            Error::NameTaken => Problem::new(&NAME_TAKEN)
                .detail("Another one has this name, or one that looks the same. Choose a different name."),
            Error::Limit(why) => Problem::new(&LIMIT_REACHED).detail(sentence(why)),
            Error::Conflict(why) => Problem::new(&CONFLICT).detail(sentence(why)),
            Error::LinkUsed => Problem::new(&LINK_USED).detail(
                "It was used, has expired or was taken back. Ask the person who sent it for a new one.",
            ),
            Error::AlreadySetUp => {
                Problem::new(&ALREADY_SET_UP).detail("Sign in, or ask its owner for an invitation.")
            }
            Error::Accounts(error) => error.into(),
            Error::Db(error) => error.into(),
        }
    }
}

/// A reason as a sentence for a person.
fn sentence(why: &str) -> String {
    let mut chars = why.chars();
    let first = chars
        .next()
        .map(|char| char.to_uppercase().collect::<String>())
        .unwrap_or_default();
    format!("{first}{}.", chars.as_str())
}
