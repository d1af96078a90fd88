//! The doors: routes, wire types of requests and answers, and what each error looks like outside.
//!
//! Invariants: a handler turns a request into one action and its result into an answer, and decides nothing; bodies
//! refuse fields that they do not know; nothing here tells whether an address has an account.

mod me;
mod people;
mod resets;
mod sessions;

use crate::{
    erasing, events, mailing,
    model::{Error, Role, TOKENS_MAX},
    scope::TokenScope,
};
use http::Method;
use platform::mail;
use platform::{
    feature::{Door, Route, Scope},
    http::problem::{CONFLICT, FORBIDDEN, Problem, ProblemType, RATE_LIMITED, SIGNED_OUT, TOO_BIG},
};
use std::time::Duration;
use ts_rs::TS;

/// One answer for every way in which a sign-in can fail.
const SIGN_IN_FAILED: ProblemType = ProblemType::new(
    "sign-in-failed",
    401,
    "The address and the password do not belong together",
);
/// The password is right; the code of an app, or a recovery code, is asked for.
const SECOND_STEP: ProblemType = ProblemType::new("second-step", 401, "A second step is needed");
/// Passwords are switched off.
const PASSWORD_OFF: ProblemType = ProblemType::new("password-off", 403, "Passwords are not taken here");
/// Whoever has no password signs in anew before something grave.
const NOT_FRESH: ProblemType = ProblemType::new("sign-in-anew", 403, "Sign in anew for this");
/// Somebody has an account with this address already.
const EMAIL_TAKEN: ProblemType = ProblemType::new("email-taken", 409, "Somebody has this address already");

/// The token of a program is good for other things.
const SCOPE: ProblemType = ProblemType::new("scope", 403, "The token is not good for this");

/// All of them, for the test that each is documented.
pub const PROBLEMS: &[&ProblemType] = &[
    &SIGN_IN_FAILED,
    &SECOND_STEP,
    &PASSWORD_OFF,
    &NOT_FRESH,
    &EMAIL_TAKEN,
    &SCOPE,
];

/// Who is there, with names and pictures.
pub const PEOPLE_READ: Scope = Scope("people:read");

/// When to come back after too much hashing was waiting.
const BUSY_RETRY: Duration = Duration::from_secs(5);

/// The routes of this slice. The lists of people are not among them: who sees whom is for `spaces` to say.
pub fn routes() -> Vec<Route> {
    let admin = |route: Route| route.door(Door::Admin);
    let open = |route: Route| route.door(Door::Public);
    let person = |route: Route| route.scope(Scope::PERSON);
    let mut routes = mailing::routes();
    routes.extend([
        open(Route::of(Method::POST, "/api/sessions", sessions::sign_in))
            .says("Sign in with a mail address and a password."),
        person(Route::of(Method::GET, "/api/sessions", sessions::list))
            .says("List the browsers in which I am signed in."),
        person(Route::of(Method::DELETE, "/api/sessions", sessions::end_others))
            .says("Sign out everywhere else, tokens included."),
        // A program may throw its own token away.
        Route::of(Method::DELETE, "/api/sessions/current", sessions::sign_out)
            .scope(Scope::ANY)
            .link_guests()
            .says("End the session, or the token, with which this is asked."),
        person(Route::of(Method::DELETE, "/api/sessions/{id}", sessions::end))
            .says("End one of my sessions."),
        person(Route::of(Method::GET, "/api/tokens", sessions::list_tokens))
            .says("List my tokens for programs."),
        person(Route::of(Method::POST, "/api/tokens", sessions::create_token))
            .says("Make a token for a program; it is shown once."),
        person(Route::of(Method::DELETE, "/api/tokens/{id}", sessions::end)).says("Revoke a token."),
        Route::of(Method::GET, "/api/me", me::get_me)
            .scope(Scope::ANY)
            .says("Who I am.")
            .link_guests(),
        Route::of(Method::PATCH, "/api/me", me::change).says("Change my profile."),
        person(Route::of(Method::POST, "/api/me/password", me::change_password))
            .says("Change my password; other sessions end."),
        Route::of(Method::PUT, "/api/me/picture", me::set_picture)
            .body_limit(crate::model::PICTURE_MAX_BYTES)
            .says("Give myself a picture: JPEG, PNG, GIF or WebP."),
        Route::of(Method::PUT, "/api/me/status", crate::status::set).says("Say something about now."),
        Route::of(Method::DELETE, "/api/me/status", crate::status::clear).says("Take my status back."),
        Route::of(Method::DELETE, "/api/me/picture", me::remove_picture).says("Take my picture away."),
        Route::of(Method::GET, "/api/pictures/{hash}", me::get_picture)
            .scope(PEOPLE_READ)
            .says("The picture of a person.")
            .link_guests(),
        admin(Route::of(Method::PATCH, "/api/people/{id}", people::change_role))
            .says("Give a person another role."),
        admin(Route::of(
            Method::POST,
            "/api/people/{id}/deactivate",
            people::deactivate,
        ))
        .says("Shut a person out; what they wrote stays."),
        admin(Route::of(
            Method::POST,
            "/api/people/{id}/reactivate",
            people::reactivate,
        ))
        .says("Let a person in again."),
        admin(person(Route::of(
            Method::POST,
            "/api/people/{id}/erase",
            erasing::erase_person,
        )))
        .says("Erase a person, with or without what they wrote."),
        person(Route::of(Method::POST, "/api/me/erase", erasing::erase_me))
            .says("Erase oneself, with or without what one wrote."),
        // The link makes whoever holds it that person.
        admin(person(Route::of(
            Method::POST,
            "/api/people/{id}/reset",
            resets::ask,
        )))
        .says("Make a link with which a person sets a new password."),
        open(Route::of(Method::GET, "/api/resets/{token}", resets::look)).says("Whose password a link sets."),
        open(Route::of(Method::POST, "/api/resets/{token}", resets::reset))
            .says("Set a new password by a link."),
        admin(Route::of(
            Method::PATCH,
            "/api/workspace",
            people::rename_workspace,
        ))
        .says("Rename the workspace."),
    ]);
    routes
}

/// The TypeScript of every type that crosses the wire: name and declaration.
pub fn types() -> Vec<(String, String)> {
    fn of<T: TS>() -> (String, String) {
        let config = ts_rs::Config::default();
        (T::name(&config), T::decl(&config))
    }
    vec![
        of::<Role>(),
        of::<events::Person>(),
        of::<events::Me>(),
        of::<events::Workspace>(),
        of::<crate::status::Status>(),
        of::<events::PersonEvent>(),
        of::<events::MeChanged>(),
        of::<events::WorkspaceChanged>(),
        of::<me::MeChange>(),
        of::<me::PasswordChange>(),
        of::<erasing::ErasedMessages>(),
        of::<erasing::ErasePerson>(),
        of::<erasing::EraseMe>(),
        of::<mailing::SignInWays>(),
        of::<mailing::ResetAsked>(),
        of::<mailing::MailRelay>(),
        of::<mailing::MailState>(),
        of::<mailing::MailTested>(),
        of::<mailing::MailTrouble>(),
        of::<mailing::LostMail>(),
        of::<people::RoleChange>(),
        of::<people::WorkspaceChange>(),
        of::<resets::ResetLink>(),
        of::<resets::ResetOffer>(),
        of::<resets::ResetRequest>(),
        of::<sessions::SignInRequest>(),
        of::<sessions::Session>(),
        of::<sessions::SessionList>(),
        of::<TokenScope>(),
        of::<sessions::ApiToken>(),
        of::<sessions::TokenList>(),
        of::<sessions::TokenRequest>(),
        of::<sessions::TokenMade>(),
    ]
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Db(error) => error.into(),
            Error::Blobs(error) => error.into(),
            Error::NotFound => Problem::not_found(),
            Error::SignedOut => Problem::new(&SIGNED_OUT),
            Error::NotAllowed => Problem::new(&FORBIDDEN),
            Error::NotForGuests => Problem::new(&FORBIDDEN)
                .detail("Guests who came by a link are in one channel, and this is outside of it."),
            Error::Scope(Scope::PERSON) => Problem::new(&SCOPE)
                .detail("No token is good for this: sign in as a person.")
                .extension("needed", Scope::PERSON.0),
            Error::Scope(Scope(needed)) => Problem::new(&SCOPE)
                .detail(format!("The token lacks the scope {needed}."))
                .extension("needed", needed),
            Error::SignInFailed => Problem::new(&SIGN_IN_FAILED),
            Error::SecondStep {
                attempt,
                enrol,
                passkey,
            } => Problem::new(&SECOND_STEP)
                .detail(if passkey {
                    "The password is right. Now your passkey."
                } else {
                    "The password is right. Now the code of your app, or a recovery code."
                })
                .extension("attempt", attempt.as_str())
                .extension("enrol", enrol)
                .extension("passkey", passkey),
            Error::PasswordOff => {
                Problem::new(&PASSWORD_OFF).detail("Sign in by the other server that this workspace uses.")
            }
            Error::NotFresh => Problem::new(&NOT_FRESH).detail(
                "Show once more that it is you, or sign out and in again, and do this within ten minutes.",
            ),
            Error::EmailTaken => Problem::new(&EMAIL_TAKEN).field("/email", "belongs to somebody already"),
            Error::Exists => conflict("There is a workspace already."),
            Error::LastOwner => conflict("The workspace needs an owner: make somebody else an owner first."),
            Error::Yourself => conflict("You cannot deactivate yourself: ask another owner or admin."),
            Error::Deactivated => conflict("That person is deactivated: reactivate them first."),
            Error::TooManyTokens => conflict(&format!(
                "You have {TOKENS_MAX} tokens already: end one that is not used any more."
            )),
            Error::Field { pointer, detail } => Problem::invalid(pointer, detail),
            Error::TooManyAttempts(wait) => Problem::new(&RATE_LIMITED)
                .detail("Too many attempts. Try again in a while.")
                .retry_after(wait),
            Error::Busy => Problem::busy(BUSY_RETRY),
            Error::PictureTooBig => {
                let max_mib = crate::model::PICTURE_MAX_BYTES / (1024 * 1024);
                Problem::new(&TOO_BIG).detail(format!("A picture has at most {max_mib} MiB."))
            }
            Error::Mail(mail::Error::NotConfigured) => {
                conflict("This server sends no mail: whoever runs it can name a relay.")
            }
            Error::Mail(error) => Problem::invalid("/email", error.to_string()),
            Error::Broken(_) => Problem::internal(&error),
        }
    }
}

fn conflict(detail: &str) -> Problem {
    Problem::new(&CONFLICT).detail(detail)
}
