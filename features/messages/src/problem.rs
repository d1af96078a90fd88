//! What messages refuse, in the words of the API.

use crate::model::Error;
use platform::http::problem::{CONFLICT, FORBIDDEN, INVALID, Problem, ProblemType};

/// The message would call everybody, or groups; the extension `n_people` says how many that are.
pub const CONFIRM_EVERYONE: ProblemType = ProblemType::new("confirm-everyone", 422, "This calls many people");
/// People wait between their messages in this channel; `Retry-After` says how long it still takes.
pub const SLOW_MODE: ProblemType = ProblemType::new("slow-mode", 429, "One after the other here");
/// Another device saved a newer draft; it is in the extension `draft`.
pub const DRAFT_CHANGED: ProblemType =
    ProblemType::new("draft-changed", 409, "Another device has a newer draft");

/// All of them, for the test that each is documented.
pub const PROBLEMS: &[&ProblemType] = &[&CONFIRM_EVERYONE, &DRAFT_CHANGED, &SLOW_MODE];

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Problem::not_found(),
            Error::Forbidden(why) => Problem::new(&FORBIDDEN).detail(format!("Not allowed: {why}.")),
            Error::Field { pointer, detail } => Problem::new(&INVALID).field(pointer, detail),
            Error::ConfirmEveryone(n_people) => Problem::new(&CONFIRM_EVERYONE)
                .detail(format!(
                    "{n_people} people would be called. Confirm it, or take the mention out."
                ))
                .extension("n_people", n_people),
            Error::Slow { pause, wait } => Problem::new(&SLOW_MODE)
                .detail(format!(
                    "In this channel everybody waits {} seconds between two messages. Yours can go in {}.",
                    pause.as_secs(),
                    wait.as_secs_f64().ceil().max(1.0)
                ))
                .extension("slow_s", pause.as_secs())
                .retry_after(wait),
            Error::IdTaken => {
                Problem::new(&CONFLICT).detail("Another message has this id. Send it with a new one.")
            }
            Error::TopicExists => Problem::new(&CONFLICT).detail("A topic began at this message already."),
            Error::DraftChanged(draft) => {
                Problem::new(&DRAFT_CHANGED).extension("draft", serde_json::json!(draft))
            }
            Error::Words(error) => error.into(),
            Error::Files(error) => error.into(),
            Error::Groups(error) => error.into(),
            Error::Spaces(error) => error.into(),
            Error::Db(error) => error.into(),
        }
    }
}
