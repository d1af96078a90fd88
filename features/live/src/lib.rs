//! Live sessions: a time of a conversation in which people hear and see each other, and its record.
//!
//! Invariants: a conversation is live once at a time; who comes in reads the channel, and whoever no longer may is out
//! within seconds; what a role may do in the room is what the record says; who was in it and when is written down, also
//! when the server dies in between; a session that nobody is in ends after ten minutes; it goes with its message.
//!
//! It does not know how sound and pictures travel: `media` does. What is said beside it are messages of the conversation.

mod actions;
mod api;
mod events;
mod listen;
mod model;
mod problem;
mod rooms;
mod store;
#[cfg(test)]
mod tests;
mod wire;

pub use events::LiveChanged;
pub use model::Error;
pub use problem::PROBLEMS;
pub use rooms::{NoMedia, kept, start};
pub use wire::{
    ChangeLive, ChangeLivePerson, EndLive, EnterLive, GoLive, LiveList, LiveOutcome, LivePerson, LiveRole,
    LiveSession, LiveTicket, LiveView, RaiseHand,
};

use http::Method;
use platform::{
    db::Migration,
    feature::{Feature, Route, Scope},
};
use ts_rs::{Config, TS};

/// A session is part of a conversation, as its message is.
const READ: Scope = Scope("messages:read");
const WRITE: Scope = Scope("messages:write");

/// Everything this slice adds to the server. The server also needs [`kept`], and [`start`] once it has started.
pub fn feature() -> Feature {
    Feature {
        name: "live",
        migrations: vec![Migration {
            name: "live/0001_sessions",
            text: include_str!("../migrations/0001_sessions.sql"),
        }],
        statements: store::STATEMENTS.to_vec(),
        routes: routes(),
        listeners: listen::listeners(),
        ..Feature::default()
    }
}

fn routes() -> Vec<Route> {
    const ALL: &str = "/api/channels/{channel}/live";
    const ONE: &str = "/api/channels/{channel}/live/{live}";
    vec![
        Route::of(Method::GET, "/api/live", api::list_mine)
            .scope(READ)
            .says("What is live now in the channels that I may read."),
        Route::of(Method::POST, ALL, api::start)
            .scope(WRITE)
            .says("Go live in a conversation, under a new message."),
        Route::of(Method::GET, ONE, api::get)
            .scope(READ)
            .says("How a live session stands, or what it was."),
        Route::of(Method::PATCH, ONE, api::change)
            .scope(WRITE)
            .says("Open the doors, lock them, say what newcomers may do; for hosts."),
        Route::of(
            Method::POST,
            "/api/channels/{channel}/live/{live}/enter",
            api::enter,
        )
        .scope(WRITE)
        .says("A ticket that lets a LiveKit client into the room."),
        Route::of(Method::PUT, "/api/channels/{channel}/live/{live}/hand", api::hand)
            .scope(WRITE)
            .says("Put one's hand up or down."),
        Route::of(
            Method::PATCH,
            "/api/channels/{channel}/live/{live}/people/{person}",
            api::change_person,
        )
        .scope(WRITE)
        .says("Say what somebody may do, take a hand down, send somebody out; for hosts."),
        Route::of(Method::POST, "/api/channels/{channel}/live/{live}/end", api::end)
            .scope(WRITE)
            .says("End a live session for all, with what came of it."),
    ]
}

/// The wire types of this slice in TypeScript: name and declaration.
pub fn types() -> Vec<(String, String)> {
    fn of<T: TS>(config: &Config) -> (String, String) {
        (T::name(config), T::decl(config))
    }
    let config = Config::default();
    vec![
        of::<ChangeLive>(&config),
        of::<ChangeLivePerson>(&config),
        of::<EndLive>(&config),
        of::<EnterLive>(&config),
        of::<GoLive>(&config),
        of::<LiveChanged>(&config),
        of::<LiveList>(&config),
        of::<LiveOutcome>(&config),
        of::<LivePerson>(&config),
        of::<LiveRole>(&config),
        of::<LiveSession>(&config),
        of::<LiveTicket>(&config),
        of::<LiveView>(&config),
        of::<RaiseHand>(&config),
    ]
}
