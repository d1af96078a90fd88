//! Ways in besides the password: passkeys, a second step by an app or a recovery code, and another server that says who
//! somebody is.
//!
//! Invariants: a code is taken once; an attempt dies after five wrong ones and with the password it began with; secrets of
//! apps are sealed with a key that is not in the database, of recovery codes only hashes are kept, of passkeys only public
//! keys; a question for a passkey is answered once; whatever adds or takes away a way in asks for a fresh sign-in. Who is
//! erased leaves nothing here.
//!
//! Does not know how passwords are compared or sessions kept: `accounts` asks here whether a password is enough, and opens
//! the session.

mod actions;
mod api;
mod letters;
mod listen;
mod model;
mod oidc;
mod passkey;
mod problem;
mod qr;
mod store;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
mod totp;
mod wire;

pub use model::Error;
pub use problem::PROBLEMS;

use http::Method;
use platform::{
    db::Migration,
    feature::{Door, Feature, Route, Scope},
};
use std::{any::Any, sync::Arc};
use ts_rs::{Config as TsConfig, TS};

/// Everything this slice adds to the server. The server also needs [`kept`].
pub fn feature() -> Feature {
    Feature {
        name: "signin",
        migrations: vec![
            Migration {
                name: "signin/0001_ways_in",
                text: include_str!("../migrations/0001_ways_in.sql"),
            },
            Migration {
                name: "signin/0002_passkeys",
                text: include_str!("../migrations/0002_passkeys.sql"),
            },
        ],
        statements: [store::STATEMENTS, store::passkeys::STATEMENTS].concat(),
        routes: routes(),
        jobs: actions::jobs(),
        listeners: listen::listeners(),
        deeds: actions::DEEDS,
        ..Feature::default()
    }
}

/// What this slice keeps in memory, for [`platform::app::Parts`].
pub fn kept() -> Vec<Arc<dyn Any + Send + Sync>> {
    vec![
        Arc::new(accounts::SecondStep(actions::second::ask)),
        Arc::new(actions::oidc::Providers::default()),
        Arc::new(actions::passkeys::Passkeys::default()),
    ]
}

fn person(route: Route) -> Route {
    route.scope(Scope::PERSON)
}

fn open(route: Route) -> Route {
    route.door(Door::Public)
}

fn routes() -> Vec<Route> {
    let admin = |route: Route| route.door(Door::Admin).scope(Scope::PERSON);
    let mut routes = passkey_routes();
    routes.extend([
        open(Route::of(
            Method::POST,
            "/api/sessions/second",
            api::second::finish,
        ))
        .says("End a sign-in with the code of an app, or a recovery code."),
        open(Route::of(
            Method::POST,
            "/api/sessions/second/setup",
            api::second::set_up,
        ))
        .says("Get the secret for an app in the middle of a sign-in that demands it."),
        person(Route::of(Method::GET, "/api/me/sign-in", api::own::ways)).says("How I can sign in."),
        person(Route::of(Method::POST, "/api/me/totp", api::own::begin_totp))
            .says("Get a new secret for my app; it counts once it is confirmed."),
        person(Route::of(
            Method::POST,
            "/api/me/totp/confirm",
            api::own::confirm_totp,
        ))
        .says("Confirm the secret by a code; gives the recovery codes, once."),
        person(Route::of(
            Method::POST,
            "/api/me/totp/remove",
            api::own::remove_totp,
        ))
        .says("Sign in with the password alone again."),
        person(Route::of(
            Method::POST,
            "/api/me/recovery-codes",
            api::own::renew_codes,
        ))
        .says("Get new recovery codes; the old ones end."),
        open(Route::of(Method::POST, "/api/sign-in/oidc", api::oidc::begin))
            .says("Begin to sign in by another server: where the browser goes on."),
        open(Route::of(
            Method::POST,
            "/api/sign-in/oidc/finish",
            api::oidc::finish,
        ))
        .says("End it with what the browser brought back."),
        person(Route::of(Method::POST, "/api/me/oidc", api::oidc::begin_link))
            .says("Begin to tie my account to who I am at another server."),
        person(Route::of(
            Method::POST,
            "/api/me/proof/oidc",
            api::oidc::begin_proof,
        ))
        .says("Begin to prove at another server that it is still me; good for ten minutes, in place of my password."),
        person(Route::of(Method::POST, "/api/me/oidc/remove", api::oidc::remove))
            .says("Untie my account from another server."),
        admin(Route::of(
            Method::POST,
            "/api/people/{id}/second-step/remove",
            api::admin::remove,
        ))
        .says("Take the second step away from a person who is locked out."),
        admin(Route::of(Method::GET, "/api/sign-in/policy", api::admin::policy))
            .says("Which roles need a second step."),
        admin(Route::of(
            Method::PUT,
            "/api/sign-in/policy",
            api::admin::set_policy,
        ))
        .says("Demand a second step of roles, from their next sign-in on."),
    ]);
    routes
}

fn passkey_routes() -> Vec<Route> {
    use api::passkeys;
    vec![
        open(Route::of(
            Method::POST,
            "/api/sign-in/passkey",
            passkeys::begin_entering,
        ))
        .says("Begin to sign in by a passkey: the question for the browser."),
        open(Route::of(
            Method::POST,
            "/api/sign-in/passkey/finish",
            passkeys::enter,
        ))
        .says("End it with the browser's answer."),
        person(Route::of(Method::POST, "/api/me/passkeys", passkeys::begin))
            .says("Begin to add a passkey: the question for the browser."),
        person(Route::of(
            Method::POST,
            "/api/me/passkeys/finish",
            passkeys::finish,
        ))
        .says("End it with the key that the browser made."),
        person(Route::of(
            Method::PATCH,
            "/api/me/passkeys/{id}",
            passkeys::rename,
        ))
        .says("Give a passkey another name."),
        person(Route::of(
            Method::POST,
            "/api/me/passkeys/{id}/remove",
            passkeys::remove,
        ))
        .says("Remove a passkey."),
        person(Route::of(
            Method::POST,
            "/api/me/proof/passkey",
            passkeys::begin_proof,
        ))
        .says("Begin to prove by a passkey that it is still me: the question for the browser."),
        person(Route::of(
            Method::POST,
            "/api/me/proof/passkey/finish",
            passkeys::prove,
        ))
        .says("End it with the browser's answer; good for ten minutes, in place of my password."),
    ]
}

/// The wire types of this slice in TypeScript: name and declaration.
pub fn types() -> Vec<(String, String)> {
    fn of<T: TS>(config: &TsConfig) -> (String, String) {
        (T::name(config), T::decl(config))
    }
    let config = TsConfig::default();
    vec![
        of::<wire::Code>(&config),
        of::<wire::Entered>(&config),
        of::<wire::Fresh>(&config),
        of::<wire::OidcBack>(&config),
        of::<wire::OidcBegin>(&config),
        of::<wire::OidcBegun>(&config),
        of::<wire::OidcDone>(&config),
        of::<wire::OwnIdentity>(&config),
        of::<wire::OwnPasskey>(&config),
        of::<wire::OwnWays>(&config),
        of::<wire::PasskeyAnswer>(&config),
        of::<wire::PasskeyMade>(&config),
        of::<wire::PasskeyName>(&config),
        of::<wire::PasskeyOffer>(&config),
        of::<wire::PasskeyQuestion>(&config),
        of::<wire::Qr>(&config),
        of::<wire::RecoveryCodes>(&config),
        of::<wire::SecondCode>(&config),
        of::<wire::SecondSetUp>(&config),
        of::<wire::SignInPolicy>(&config),
        of::<wire::TotpOffer>(&config),
    ]
}
