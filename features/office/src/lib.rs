//! Office hours: somebody receives people of a channel one after the other, in a queue with promised times.
//!
//! Invariants: whoever waits knows which place they have and when it is their turn; what was promised moves later only when it
//! cannot be kept, and they are told; who waits, and for what, is known to them and whoever receives, and stands in no event;
//! whoever is called and does not come keeps the place for three minutes, and then moves one back.
//!
//! It does not know how two people hear each other: that is `live`, in the conversation between them.

mod actions;
mod api;
mod events;
mod jobs;
mod model;
mod own;
mod problem;
mod store;
#[cfg(test)]
mod tests;
mod wire;

pub use events::{OfficeChanged, OfficeTold, OfficeWord};
pub use model::Error;
pub use own::{HeldOffice, OwnOffice, OwnPlace, store::own_data};
pub use problem::PROBLEMS;
pub use wire::{CallOffice, LaterOffice, Office, OfficePlace, OfficeView, OpenOffice, TakeOfficePlace};

use http::Method;
use platform::{
    db::Migration,
    feature::{Feature, Route, Scope},
};
use ts_rs::{Config, TS};

/// Office hours are part of a conversation, as their message is.
const READ: Scope = Scope("messages:read");
const WRITE: Scope = Scope("messages:write");

/// Everything this slice adds to the server.
pub fn feature() -> Feature {
    Feature {
        name: "office",
        migrations: vec![Migration {
            name: "office/0001_office",
            text: include_str!("../migrations/0001_office.sql"),
        }],
        statements: [store::STATEMENTS, own::store::STATEMENTS].concat(),
        routes: routes(),
        jobs: jobs::jobs(),
        listeners: jobs::listeners(),
        ..Feature::default()
    }
}

fn routes() -> Vec<Route> {
    const ALL: &str = "/api/channels/{channel}/office";
    const ONE: &str = "/api/channels/{channel}/office/{office}";
    vec![
        Route::of(Method::POST, ALL, api::open)
            .scope(WRITE)
            .says("Open office hours, under a new message."),
        Route::of(Method::GET, ONE, api::get)
            .scope(READ)
            .says("How office hours stand, with my place; for whoever receives with everybody's."),
        Route::of(Method::PUT, "/api/channels/{channel}/office/{office}/place", api::take)
            .scope(WRITE)
            .says("Take the last place in the queue, or change what it is about."),
        Route::of(
            Method::DELETE,
            "/api/channels/{channel}/office/{office}/people/{person}",
            api::leave,
        )
        .scope(WRITE)
        .says("Give one's place up; whoever receives takes that of somebody away."),
        Route::of(Method::POST, "/api/channels/{channel}/office/{office}/call", api::call)
            .scope(WRITE)
            .says("Call in who is next: a live session begins in the conversation between the two; for whoever receives."),
        Route::of(Method::PUT, "/api/channels/{channel}/office/{office}/later", api::later)
            .scope(WRITE)
            .says("Go on later, or now; for whoever receives."),
        Route::of(Method::POST, "/api/channels/{channel}/office/{office}/end", api::end)
            .scope(WRITE)
            .says("End office hours; whoever waits is told."),
    ]
}

/// The wire types of this slice in TypeScript: name and declaration.
pub fn types() -> Vec<(String, String)> {
    fn of<T: TS>(config: &Config) -> (String, String) {
        (T::name(config), T::decl(config))
    }
    let config = Config::default();
    vec![
        of::<CallOffice>(&config),
        of::<LaterOffice>(&config),
        of::<Office>(&config),
        of::<OfficeChanged>(&config),
        of::<OfficePlace>(&config),
        of::<OfficeTold>(&config),
        of::<OfficeView>(&config),
        of::<OfficeWord>(&config),
        of::<OpenOffice>(&config),
        of::<TakeOfficePlace>(&config),
    ]
}
