//! What this slice refuses, in the words of the API.

use crate::model::Error;
use platform::http::problem::{CONFLICT, Problem, ProblemType, RATE_LIMITED};

/// The code is not right, or was used.
pub const WRONG_CODE: ProblemType = ProblemType::new("wrong-code", 422, "The code is not right");
/// What was begun has run out.
pub const ATTEMPT_OVER: ProblemType = ProblemType::new("attempt-over", 410, "This sign-in has run out");

/// What a browser said about a passkey is not right, or nobody's.
pub const PASSKEY_FAILED: ProblemType =
    ProblemType::new("passkey-failed", 422, "That passkey opens nothing here");

/// The other server did not say that it is them, just now.
pub const NOT_PROVEN: ProblemType = ProblemType::new("not-proven", 403, "That did not show that it is you");

/// The other server failed.
pub const PROVIDER_FAILED: ProblemType = ProblemType::new(
    "provider-failed",
    502,
    "The other server did not answer as it should",
);
/// Nobody here has that identity.
pub const IDENTITY_UNKNOWN: ProblemType =
    ProblemType::new("identity-unknown", 403, "Nobody here knows you by that");
/// The account is there, and not tied to that identity.
pub const IDENTITY_UNLINKED: ProblemType =
    ProblemType::new("identity-unlinked", 403, "Your account is not tied to that yet");
/// The other server did not verify the address.
pub const MAIL_UNVERIFIED: ProblemType =
    ProblemType::new("mail-unverified", 403, "Your mail address is not verified there");

/// All of them, for the test that each is documented.
pub const PROBLEMS: &[&ProblemType] = &[
    &WRONG_CODE,
    &ATTEMPT_OVER,
    &PASSKEY_FAILED,
    &NOT_PROVEN,
    &PROVIDER_FAILED,
    &IDENTITY_UNKNOWN,
    &IDENTITY_UNLINKED,
    &MAIL_UNVERIFIED,
];

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Db(error) => error.into(),
            Error::Accounts(error) => error.into(),
            Error::WrongCode => Problem::new(&WRONG_CODE)
                .detail("Each code is good once. Wait for the next one, and check the clock of the device."),
            Error::Over => Problem::new(&ATTEMPT_OVER).detail("Begin again."),
            Error::Spaces(error) => error.into(),
            Error::NoProvider | Error::NoPasskeys | Error::NotFound => Problem::not_found(),
            Error::NotProven => Problem::new(&NOT_PROVEN).detail(
                "The other server did not say that it is you and that you signed in there just now. Sign out here and in again instead.",
            ),
            Error::Passkey => Problem::new(&PASSKEY_FAILED)
                .detail("Try another one, or another way in. If it was removed here, remove it from your device too."),
            Error::Name(why) => Problem::invalid("/name", why),
            Error::TooMany(wait) => Problem::new(&RATE_LIMITED)
                .detail("Too many people here are signing in at once.")
                .retry_after(wait),
            Error::Provider => Problem::new(&PROVIDER_FAILED)
                .detail("Try again in a moment. If it stays so, tell whoever runs this server: the log says why."),
            Error::Stranger => Problem::new(&IDENTITY_UNKNOWN)
                .detail("Ask somebody here for an invitation, and join with it."),
            Error::Unlinked => Problem::new(&IDENTITY_UNLINKED)
                .detail("Sign in with your password once and tie your account in the settings, under Password and devices."),
            Error::EmailUnverified => Problem::new(&MAIL_UNVERIFIED)
                .detail("Only an address that the other server has verified counts here."),
            Error::Conflict(why) => Problem::new(&CONFLICT).detail(why),
            Error::Broken(_) | Error::Sealed(_) => Problem::internal(&error),
        }
    }
}
