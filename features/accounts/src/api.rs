//! The doors: routes, wire types of requests and answers, and what each error looks like outside.
//!
//! Invariants: a handler turns a request into one action and its result into an answer, and decides nothing; bodies
//! refuse fields that they do not know; nothing here tells whether an address has an account.

mod me;
mod people;
mod resets;
mod sessions;

use crate::{
    erasing, events,
    model::{Error, Role, TOKENS_MAX},
};
use axum::{
    extract::DefaultBodyLimit,
    routing::{MethodRouter, delete, get, patch, post, put},
};
use http::Method;
use platform::{
    app::App,
    feature::{Door, Route},
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
/// Somebody has an account with this address already.
const EMAIL_TAKEN: ProblemType = ProblemType::new("email-taken", 409, "Somebody has this address already");

/// All of them, for the test that each is documented.
pub const PROBLEMS: &[&ProblemType] = &[&SIGN_IN_FAILED, &EMAIL_TAKEN];

/// When to come back after too much hashing was waiting.
const BUSY_RETRY: Duration = Duration::from_secs(5);

/// The routes of this slice. The lists of people are not among them: who sees whom is for `spaces` to say.
pub fn routes() -> Vec<Route> {
    let own = |method, path, handler: MethodRouter<App>| Route::new(method, path, handler);
    let public =
        |method, path, handler: MethodRouter<App>| Route::new(method, path, handler).door(Door::Public);
    let admin =
        |method, path, handler: MethodRouter<App>| Route::new(method, path, handler).door(Door::Admin);
    let picture_limit = DefaultBodyLimit::max(crate::model::PICTURE_MAX_BYTES);
    vec![
        public(Method::POST, "/api/sessions", post(sessions::sign_in)),
        own(Method::GET, "/api/sessions", get(sessions::list)),
        own(Method::DELETE, "/api/sessions", delete(sessions::end_others)),
        own(
            Method::DELETE,
            "/api/sessions/current",
            delete(sessions::sign_out),
        ),
        own(Method::DELETE, "/api/sessions/{id}", delete(sessions::end)),
        own(Method::POST, "/api/tokens", post(sessions::create_token)),
        own(Method::GET, "/api/me", get(me::get_me)),
        own(Method::PATCH, "/api/me", patch(me::change)),
        own(Method::POST, "/api/me/password", post(me::change_password)),
        own(
            Method::PUT,
            "/api/me/picture",
            put(me::set_picture).layer(picture_limit),
        ),
        own(Method::DELETE, "/api/me/picture", delete(me::remove_picture)),
        own(Method::GET, "/api/pictures/{hash}", get(me::get_picture)),
        admin(Method::PATCH, "/api/people/{id}", patch(people::change_role)),
        admin(
            Method::POST,
            "/api/people/{id}/deactivate",
            post(people::deactivate),
        ),
        admin(
            Method::POST,
            "/api/people/{id}/reactivate",
            post(people::reactivate),
        ),
        admin(
            Method::POST,
            "/api/people/{id}/erase",
            post(erasing::erase_person),
        ),
        own(Method::POST, "/api/me/erase", post(erasing::erase_me)),
        admin(Method::POST, "/api/people/{id}/reset", post(resets::ask)),
        public(Method::GET, "/api/resets/{token}", get(resets::look)),
        public(Method::POST, "/api/resets/{token}", post(resets::reset)),
        admin(Method::PATCH, "/api/workspace", patch(people::rename_workspace)),
    ]
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
        of::<events::PersonEvent>(),
        of::<events::MeChanged>(),
        of::<events::WorkspaceChanged>(),
        of::<me::MeChange>(),
        of::<me::PasswordChange>(),
        of::<erasing::ErasedMessages>(),
        of::<erasing::ErasePerson>(),
        of::<erasing::EraseMe>(),
        of::<people::RoleChange>(),
        of::<people::WorkspaceChange>(),
        of::<resets::ResetLink>(),
        of::<resets::ResetOffer>(),
        of::<resets::ResetRequest>(),
        of::<sessions::SignInRequest>(),
        of::<sessions::Session>(),
        of::<sessions::SessionList>(),
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
            Error::SignInFailed => Problem::new(&SIGN_IN_FAILED),
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
                .detail("Too many attempts to sign in.")
                .retry_after(wait),
            Error::Busy => Problem::busy(BUSY_RETRY),
            Error::PictureTooBig => {
                let max_mib = crate::model::PICTURE_MAX_BYTES / (1024 * 1024);
                Problem::new(&TOO_BIG).detail(format!("A picture has at most {max_mib} MiB."))
            }
            Error::Broken(_) => Problem::internal(&error),
        }
    }
}

fn conflict(detail: &str) -> Problem {
    Problem::new(&CONFLICT).detail(detail)
}
