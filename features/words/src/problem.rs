//! What words refuse, in the words of the API.

use crate::model::Error;
use platform::http::problem::{INVALID, Problem, ProblemType};

/// The text holds words that its sender is asked about; they are in the extension `words`.
pub const WORDS_ASKED: ProblemType = ProblemType::new("words-asked", 422, "Do you want to say it like this?");
/// The text holds words that are not said here; they are in the extension `words`.
pub const WORDS_HELD: ProblemType = ProblemType::new("words-held", 422, "This is not said here");

/// All of them, for the test that each is documented.
pub const PROBLEMS: &[&ProblemType] = &[&WORDS_ASKED, &WORDS_HELD];

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Field { pointer, detail } => Problem::new(&INVALID).field(pointer, detail),
            Error::Ask(words) => Problem::new(&WORDS_ASKED)
                .detail(format!(
                    "It holds \"{}\". You may change it, or send it as it is.",
                    words.join("\", \"")
                ))
                .extension("words", words),
            Error::Held(words) => Problem::new(&WORDS_HELD)
                .detail(format!(
                    "This workspace does without \"{}\". Say it in other words, and send it again.",
                    words.join("\", \"")
                ))
                .extension("words", words),
            Error::Accounts(error) => error.into(),
            Error::Db(error) => error.into(),
        }
    }
}
