//! Programs: hooks that bring messages into a channel, and hooks that tell other servers what happens in one.
//!
//! Invariants: a hook can do what its maker may do at that moment and no more; of the secret of an incoming hook only its
//! SHA-256 is kept; a bot is a member of nothing; events of bots go out of no hook, so that two of them never talk to
//! each other for ever; an address that fails costs one attempt at a time, however many events wait for it.
//!
//! It does not know how a message is written down, and nobody imports it: it listens.

mod actions;
mod api;
mod deliver;
mod listen;
mod model;
mod problem;
mod sign;
mod slack;
mod store;
#[cfg(test)]
mod tests;
mod wire;

pub use deliver::{deliver_due, keep};
pub use problem::PROBLEMS;
pub use wire::{
    ChangeOutgoing, Delivery, DeliveryState, Hooks, IncomingHook, IncomingMade, NewIncoming, NewOutgoing,
    OutgoingHook, OutgoingMade,
};

use axum::routing::{delete, get, patch, post};
use http::Method;
use platform::{
    db::Migration,
    feature::{Door, Feature, Route},
};
use ts_rs::{Config, TS};

/// Everything this slice adds to the server. The server also needs [`keep`], once it has started.
pub fn feature() -> Feature {
    Feature {
        name: "bots",
        migrations: vec![Migration {
            name: "bots/0001_hooks",
            text: include_str!("../migrations/0001_hooks.sql"),
        }],
        statements: store::statements(),
        routes: routes(),
        listeners: listen::listeners(),
        ..Feature::default()
    }
}

fn routes() -> Vec<Route> {
    use api::{incoming, outgoing};
    const INCOMING: &str = "/api/channels/{channel}/hooks/incoming";
    const ONE_INCOMING: &str = "/api/channels/{channel}/hooks/incoming/{hook}";
    const OUTGOING: &str = "/api/channels/{channel}/hooks/outgoing";
    const ONE_OUTGOING: &str = "/api/channels/{channel}/hooks/outgoing/{hook}";
    const DELIVERIES: &str = "/api/channels/{channel}/hooks/outgoing/{hook}/deliveries";
    const AGAIN: &str = "/api/channels/{channel}/hooks/outgoing/{hook}/deliveries/{delivery}/again";
    vec![
        Route::new(Method::GET, "/api/channels/{channel}/hooks", get(api::list)),
        Route::new(Method::POST, INCOMING, post(incoming::create)),
        Route::new(Method::DELETE, ONE_INCOMING, delete(incoming::remove)),
        Route::new(Method::POST, OUTGOING, post(outgoing::create)),
        Route::new(Method::PATCH, ONE_OUTGOING, patch(outgoing::change)),
        Route::new(Method::DELETE, ONE_OUTGOING, delete(outgoing::remove)),
        Route::new(Method::GET, DELIVERIES, get(outgoing::list_deliveries)),
        Route::new(Method::POST, AGAIN, post(outgoing::again)),
        // Whoever knows the secret: that is the whole of the door.
        Route::new(Method::POST, "/api/hooks/{secret}", post(incoming::receive)).door(Door::Public),
    ]
}

/// The wire types of this slice in TypeScript: name and declaration.
pub fn types() -> Vec<(String, String)> {
    fn of<T: TS>(config: &Config) -> (String, String) {
        (T::name(config), T::decl(config))
    }
    let config = Config::default();
    vec![
        of::<ChangeOutgoing>(&config),
        of::<Delivery>(&config),
        of::<DeliveryState>(&config),
        of::<Hooks>(&config),
        of::<model::HookEvent>(&config),
        of::<IncomingHook>(&config),
        of::<IncomingMade>(&config),
        of::<NewIncoming>(&config),
        of::<NewOutgoing>(&config),
        of::<OutgoingHook>(&config),
        of::<OutgoingMade>(&config),
    ]
}
