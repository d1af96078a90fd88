//! What meetings refuse, in the words of the API.

use crate::model::Error;
use platform::http::problem::{CONFLICT, FORBIDDEN, INVALID, Problem, ProblemType};

/// Somebody has changed the meeting meanwhile; `revision` is the newest.
pub const MEETING_CHANGED: ProblemType =
    ProblemType::new("meeting-changed", 409, "Somebody changed this meeting meanwhile");

/// It is over, or was called off.
pub const MEETING_OVER: ProblemType = ProblemType::new("meeting-over", 409, "This meeting is over");

/// It tells something, and that can be written.
pub const MEETING_GATED: ProblemType = ProblemType::new("meeting-gated", 409, "This can be written");

/// Some people would have to agree; `affected` says who and why.
pub const MEETING_REFUSED: ProblemType = ProblemType::new("meeting-refused", 409, "This time is kept free");

/// People outside are invited by mail, and this server sends none.
pub const MEETING_NO_MAIL: ProblemType =
    ProblemType::new("meeting-no-mail", 409, "Nobody outside can be invited here");

/// A question when people can is answered no more, or something came of it already.
pub const TIME_POLL_OVER: ProblemType = ProblemType::new("time-poll-over", 409, "This question is closed");

/// It has as many answers as it takes.
pub const TIME_POLL_FULL: ProblemType =
    ProblemType::new("time-poll-full", 409, "This question has its answers");

/// One person asks no more than 20 such questions at a time.
pub const TIME_POLL_MANY: ProblemType = ProblemType::new("time-poll-many", 409, "You ask enough already");

/// All of them, for the test that each is documented.
pub const PROBLEMS: &[&ProblemType] = &[
    &MEETING_CHANGED,
    &MEETING_GATED,
    &MEETING_NO_MAIL,
    &MEETING_OVER,
    &MEETING_REFUSED,
    &TIME_POLL_FULL,
    &TIME_POLL_MANY,
    &TIME_POLL_OVER,
];

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Problem::not_found(),
            Error::Forbidden(why) => Problem::new(&FORBIDDEN).detail(format!("Not allowed: {why}.")),
            Error::Field { pointer, detail } => Problem::new(&INVALID).field(pointer, detail),
            Error::IdTaken => {
                Problem::new(&CONFLICT).detail("Another meeting has this id. Send it with a new one.")
            }
            Error::Changed(revision) => Problem::new(&MEETING_CHANGED)
                .detail("Look at how it stands now, and change that.")
                .extension("revision", revision),
            Error::Over => Problem::new(&MEETING_OVER).detail("Propose a new one."),
            Error::Gated => Problem::new(&MEETING_GATED).detail(
                "It tells people something: a topic does that too, and everybody reads it in their own time. If it has \
                to be a meeting, say in one sentence why, and give it an agenda.",
            ),
            Error::Refused(affected, starts_at) => {
                let affected: Vec<_> = affected
                    .into_iter()
                    .map(|(person_id, why)| serde_json::json!({ "person_id": person_id, "why": why }))
                    .collect();
                Problem::new(&MEETING_REFUSED)
                    .detail(
                        "It lies on a day without meetings, or in somebody's time to think. Take another time, or ask those \
                        whom it concerns.",
                    )
                    .extension("affected", affected)
                    .extension("starts_at", starts_at.0)
            }
            Error::PollOver => Problem::new(&TIME_POLL_OVER)
                .detail("Nobody can answer it any more. Look at what came of it."),
            Error::PollFull => Problem::new(&TIME_POLL_FULL)
                .detail("200 answers are as many as it takes. Tell whoever asked when you can."),
            Error::ManyPolls => Problem::new(&TIME_POLL_MANY)
                .detail("20 of your questions are open. Choose a time of one, or close it."),
            Error::NoMail => Problem::new(&MEETING_NO_MAIL)
                .detail("This server sends no mail, so nobody outside can be invited. Whoever runs it can set up a relay."),
            Error::Accounts(error) => error.into(),
            Error::Words(error) => error.into(),
            Error::Messages(error) => error.into(),
            Error::Spaces(error) => error.into(),
            Error::Db(error) => error.into(),
        }
    }
}
