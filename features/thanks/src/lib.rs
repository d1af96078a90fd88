//! Thanks to people: a message with a card, and once a week what was thanked for in a space, in one message.
//!
//! Invariants: thanks are a message, and follow its permission, its editing, its moderation and its end; what is told again is
//! what its giver lets be told, once, and goes with it; whoever is thanked is told calmly; nobody is counted, ranked or compared
//! (decision 0046).
//!
//! It does not know how messages are posted or read, nor who is told when.

mod actions;
mod api;
mod events;
mod gathering;
mod model;
mod problem;
mod store;
#[cfg(test)]
mod tests;
mod wire;

pub use events::{THANKS_GIVEN, ThanksGiven};
pub use model::Error;
pub use wire::{
    ChooseThanksPlace, GatheredThanks, Gathering, GotThanks, NewThanks, OwnThanks, Thanks, ThanksPlace,
    ThanksView,
};

use base::PersonId;
use http::Method;
use platform::{
    db::{Migration, Tx},
    feature::{Feature, Route, Scope},
};
use ts_rs::{Config, TS};

/// Thanks are part of a conversation, as their message is.
const READ: Scope = Scope("messages:read");
const WRITE: Scope = Scope("messages:write");

/// Everything this slice adds to the server.
pub fn feature() -> Feature {
    Feature {
        name: "thanks",
        migrations: vec![Migration {
            name: "thanks/0001_thanks",
            text: include_str!("../migrations/0001_thanks.sql"),
        }],
        statements: store::STATEMENTS.to_vec(),
        routes: routes(),
        jobs: gathering::jobs(),
        listeners: gathering::listeners(),
        ..Feature::default()
    }
}

/// Thanks that somebody gave and got, for whoever gives them their own data.
pub fn own_data(tx: &mut dyn Tx, person: PersonId) -> platform::db::Result<OwnThanks> {
    Ok(OwnThanks {
        given: store::list_given(tx, person)?,
        got: store::list_got(tx, person)?,
    })
}

fn routes() -> Vec<Route> {
    const PLACE: &str = "/api/spaces/{space}/thanks-place";
    vec![
        Route::of(Method::POST, "/api/channels/{channel}/thanks", api::give)
            .scope(WRITE)
            .says("Thank people, in a new message."),
        Route::of(Method::GET, "/api/channels/{channel}/thanks/{message}", api::get)
            .scope(READ)
            .says("Whom a message thanks.")
            .link_guests(),
        Route::of(
            Method::GET,
            "/api/channels/{channel}/gatherings/{message}",
            api::get_gathering,
        )
        .scope(READ)
        .says("What a message tells again of what was thanked for in a week.")
        .link_guests(),
        Route::of(Method::GET, PLACE, api::get_place).says("Where a space gathers thanks."),
        Route::of(Method::PUT, PLACE, api::put_place)
            .says("Choose where a space gathers thanks, once a week."),
    ]
}

/// The wire types of this slice in TypeScript: name and declaration.
pub fn types() -> Vec<(String, String)> {
    fn of<T: TS>(config: &Config) -> (String, String) {
        (T::name(config), T::decl(config))
    }
    let config = Config::default();
    vec![
        of::<ChooseThanksPlace>(&config),
        of::<GatheredThanks>(&config),
        of::<Gathering>(&config),
        of::<NewThanks>(&config),
        of::<Thanks>(&config),
        of::<ThanksGiven>(&config),
        of::<ThanksPlace>(&config),
        of::<ThanksView>(&config),
    ]
}
