//! The inbox: what needs me, what else is new, what was decided, and all of it in two, ten or thirty minutes.
//!
//! Invariants: everything is derived at each asking from pointers, mentions and asks, so nothing sticks; nothing is shown
//! that its reader may not read now; the same state gives the same answer; whatever the time is, every ask on me is there;
//! what was marked as read at once can be taken back for seven days, and asks survive it.
//!
//! It does not know how anything is posted, read or answered: it looks, and moves read pointers by the verbs of messages.

mod actions;
mod api;
mod catch_up;
mod listen;
mod model;
mod problem;
mod reading;
mod store;
#[cfg(test)]
mod tests;
mod wire;

pub use model::Error;
pub use wire::{
    CatchUp, CatchUpItem, CatchUpKind, ClearInbox, Cleared, Decision, DecisionPage, Inbox, InboxCall,
    InboxCount, InboxLine, InboxPlace, ProvisionalDecision, Undone,
};

use http::Method;
use platform::{
    db::Migration,
    feature::{Feature, Route, Scope},
};
use ts_rs::{Config, TS};

const READ: Scope = Scope("messages:read");

/// Everything this slice adds to the server.
pub fn feature() -> Feature {
    Feature {
        name: "inbox",
        migrations: vec![Migration {
            name: "inbox/0001_inbox",
            text: include_str!("../migrations/0001_inbox.sql"),
        }],
        statements: store::STATEMENTS.to_vec(),
        routes: routes(),
        listeners: listen::listeners(),
        ..Feature::default()
    }
}

fn routes() -> Vec<Route> {
    vec![
        Route::of(Method::GET, "/api/inbox", api::get)
            .scope(READ)
            .says("Who calls me, and one line for each channel with something new. Asks are at `/api/asks`."),
        Route::of(Method::GET, "/api/inbox/count", api::count)
            .scope(READ)
            .says("How many things need me."),
        Route::of(Method::POST, "/api/inbox/clear", api::clear)
            .says("Mark channels as read, all at once; what asks me stays."),
        Route::of(Method::DELETE, "/api/inbox/clear/{clear}", api::undo)
            .says("Take that back, within seven days."),
        Route::of(Method::GET, "/api/catch-up", api::catch_up)
            .scope(READ)
            .says("What to read in 2, 10 or 30 minutes."),
        Route::of(Method::GET, "/api/decisions", api::decisions)
            .scope(READ)
            .says("What was decided in my channels, or in those of a space, the newest first."),
    ]
}

/// The wire types of this slice in TypeScript: name and declaration.
pub fn types() -> Vec<(String, String)> {
    fn of<T: TS>(config: &Config) -> (String, String) {
        (T::name(config), T::decl(config))
    }
    let config = Config::default();
    vec![
        of::<CatchUp>(&config),
        of::<CatchUpItem>(&config),
        of::<CatchUpKind>(&config),
        of::<ClearInbox>(&config),
        of::<Cleared>(&config),
        of::<Decision>(&config),
        of::<DecisionPage>(&config),
        of::<Inbox>(&config),
        of::<InboxCall>(&config),
        of::<InboxCount>(&config),
        of::<InboxLine>(&config),
        of::<InboxPlace>(&config),
        of::<ProvisionalDecision>(&config),
        of::<Undone>(&config),
    ]
}
