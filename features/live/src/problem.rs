//! What live sessions refuse, in the words of the API.

use crate::model::Error;
use platform::http::problem::{CONFLICT, FORBIDDEN, INVALID, Problem, ProblemType};

/// It is over.
pub const LIVE_ENDED: ProblemType = ProblemType::new("live-ended", 409, "This live session has ended");
/// One at a time.
pub const LIVE_ALREADY: ProblemType =
    ProblemType::new("live-already", 409, "This conversation is live already");
/// The doors.
pub const LIVE_CLOSED: ProblemType = ProblemType::new("live-closed", 409, "Nobody new comes in now");
/// No media here.
pub const LIVE_OFF: ProblemType = ProblemType::new("live-off", 503, "Live sessions are off on this server");

/// All of them, for the test that each is documented.
pub const PROBLEMS: &[&ProblemType] = &[&LIVE_ENDED, &LIVE_ALREADY, &LIVE_CLOSED, &LIVE_OFF];

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Problem::not_found(),
            Error::Forbidden(why) => Problem::new(&FORBIDDEN).detail(format!("Not allowed: {why}.")),
            Error::Field { pointer, detail } => Problem::new(&INVALID).field(pointer, detail.to_owned()),
            Error::Line { pointer, detail } => Problem::new(&INVALID).field(pointer, detail),
            Error::Asks(error) => error.into(),
            Error::Charters(error) => error.into(),
            Error::Ended => Problem::new(&LIVE_ENDED).detail("Its record stays in the conversation."),
            Error::AlreadyLive => {
                Problem::new(&LIVE_ALREADY).detail("Come in instead of beginning another one.")
            }
            Error::Closed(why) => Problem::new(&LIVE_CLOSED).detail(why),
            Error::IdTaken => Problem::new(&CONFLICT)
                .detail("Another live session has this id, or this message. Send it with new ones."),
            Error::Off => {
                Problem::new(&LIVE_OFF).detail("Whoever runs this server can turn them on (live.port).")
            }
            Error::Words(error) => error.into(),
            Error::Messages(error) => error.into(),
            Error::Spaces(error) => error.into(),
            Error::Db(error) => error.into(),
        }
    }
}
