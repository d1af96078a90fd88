//! Moderation: what was taken away, and by whom.
//!
//! Invariants: what is told here is told to those who look after the channel at that moment, and to administrators; of a
//! message that was removed nothing tells what it said.
//!
//! It does not know how a message is taken away: that is a verb of `messages`.

mod api;
mod model;
mod problem;
mod store;
#[cfg(test)]
mod tests;
mod wire;

pub use model::Error;
pub use wire::{ModeratedPlace, Removal, RemovalPage};

use http::Method;
use platform::feature::{Feature, Route, Scope};
use ts_rs::{Config, TS};

/// What is moderated was said in conversations.
const READ: Scope = Scope("messages:read");

/// Everything this slice adds to the server.
pub fn feature() -> Feature {
    Feature {
        name: "moderation",
        statements: store::statements(),
        routes: routes(),
        ..Feature::default()
    }
}

fn routes() -> Vec<Route> {
    vec![
        Route::of(Method::GET, "/api/moderation/removals", api::removals::list)
            .scope(READ)
            .says("What was removed in the channels that I look after, the newest first."),
    ]
}

/// The wire types of this slice in TypeScript: name and declaration.
pub fn types() -> Vec<(String, String)> {
    fn of<T: TS>(config: &Config) -> (String, String) {
        (T::name(config), T::decl(config))
    }
    let config = Config::default();
    vec![
        of::<ModeratedPlace>(&config),
        of::<Removal>(&config),
        of::<RemovalPage>(&config),
    ]
}
