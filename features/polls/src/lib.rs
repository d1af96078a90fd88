//! Polls in a conversation: a question with answers to choose from, under a message.
//!
//! Invariants: nobody votes twice for one answer, and in a single choice for two; of an anonymous poll no answer, event or
//! actor says who chose what, and when it is closed the server forgets it too; a poll goes with its message. The question
//! is the message's text, so it is edited, found and deleted as any text.
//!
//! It does not know how messages are posted or read.

mod actions;
mod api;
mod events;
mod jobs;
mod model;
mod problem;
mod store;
#[cfg(test)]
mod tests;
mod wire;

pub use events::PollChanged;
pub use model::Error;
pub use problem::PROBLEMS;
pub use wire::{NewPoll, Poll, PollOption, PollView, Vote};

use http::Method;
use platform::{
    db::Migration,
    feature::{Feature, Route, Scope},
};
use ts_rs::{Config, TS};

/// A poll is part of a conversation, as its message is.
const READ: Scope = Scope("messages:read");
const WRITE: Scope = Scope("messages:write");

/// Everything this slice adds to the server.
pub fn feature() -> Feature {
    Feature {
        name: "polls",
        migrations: vec![Migration {
            name: "polls/0001_polls",
            text: include_str!("../migrations/0001_polls.sql"),
        }],
        statements: store::STATEMENTS.to_vec(),
        routes: routes(),
        jobs: jobs::jobs(),
        listeners: vec![jobs::FORGET_WITH_MESSAGE, jobs::FORGET_WITH_PERSON],
        ..Feature::default()
    }
}

fn routes() -> Vec<Route> {
    const POLL: &str = "/api/channels/{channel}/polls/{poll}";
    const VOTE: &str = "/api/channels/{channel}/polls/{poll}/vote";
    const CLOSE: &str = "/api/channels/{channel}/polls/{poll}/close";
    vec![
        Route::of(Method::POST, "/api/channels/{channel}/polls", api::create)
            .scope(WRITE)
            .says("Ask a question with answers to choose from, under a new message."),
        Route::of(Method::GET, POLL, api::get)
            .scope(READ)
            .says("How a poll stands.")
            .link_guests(),
        Route::of(Method::PUT, VOTE, api::vote)
            .scope(WRITE)
            .says("Vote, in place of one's vote before.")
            .link_guests(),
        Route::of(Method::POST, CLOSE, api::close)
            .scope(WRITE)
            .says("End a poll."),
    ]
}

/// The wire types of this slice in TypeScript: name and declaration.
pub fn types() -> Vec<(String, String)> {
    fn of<T: TS>(config: &Config) -> (String, String) {
        (T::name(config), T::decl(config))
    }
    let config = Config::default();
    vec![
        of::<NewPoll>(&config),
        of::<Poll>(&config),
        of::<PollChanged>(&config),
        of::<PollOption>(&config),
        of::<PollView>(&config),
        of::<Vote>(&config),
    ]
}
