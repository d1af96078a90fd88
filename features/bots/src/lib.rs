//! Programs: hooks that bring messages into a channel, and hooks that tell other servers what happens in one.
//!
//! Invariants: a hook can do what its maker may do at that moment and no more; of the secret of an incoming hook only its
//! SHA-256 is kept; a bot is a member of nothing; events of bots go out of no hook, so that two of them never talk to
//! each other for ever; an address that fails costs one attempt at a time, however many events wait for it.
//!
//! It does not know how a message is written down, and nobody imports it: it listens.

mod actions;
mod api;
mod deeds;
mod deliver;
mod erasing;
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

use http::Method;
use platform::{
    db::Migration,
    feature::{Door, Feature, Route, Scope},
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
        listeners: [listen::listeners(), vec![erasing::listener()]].concat(),
        deeds: deeds::DEEDS,
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
    // A hook outlives the token that would make it, and tells what the token may not read: only a person makes one.
    let person = |route: Route| route.scope(Scope::PERSON);
    vec![
        Route::of(Method::GET, "/api/channels/{channel}/hooks", api::list).says("List the hooks of a channel; for those who look after it."),
        person(Route::of(Method::POST, INCOMING, incoming::create)).says("Make a door into a channel; its address is shown once."),
        Route::of(Method::DELETE, ONE_INCOMING, incoming::remove).says("Close a door into a channel."),
        person(Route::of(Method::POST, OUTGOING, outgoing::create)).says("Make a door out of a channel; its secret is shown once."),
        person(Route::of(Method::PATCH, ONE_OUTGOING, outgoing::change)).says("Change a door out of a channel, or switch it off and on."),
        Route::of(Method::DELETE, ONE_OUTGOING, outgoing::remove).says("Close a door out of a channel, with its log."),
        Route::of(Method::GET, DELIVERIES, outgoing::list_deliveries).says("What went out of a door, and what waits."),
        Route::of(Method::POST, AGAIN, outgoing::again).says("Send something from the log again."),
        // Whoever knows the secret: that is the whole of the door.
        Route::of(Method::POST, "/api/hooks/{secret}", incoming::receive).says("Post as a hook: what Slack takes, as JSON or as a form with a field `payload`. Answers `ok` as plain text.").door(Door::Public),
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
