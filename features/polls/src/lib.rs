//! Polls in a conversation: a question with answers to choose from, under a message.
//!
//! Invariants: nobody votes twice for one answer, and in a single choice for two; of an anonymous poll no answer, event or
//! actor says who chose what, and when it is closed the server forgets it too; of a hidden poll nobody learns how it
//! stands before they have voted, not by an event either; a word that was taken out of a result stays out, whoever writes it again; of one that waits to be asked nobody knows but who wrote it and
//! who looks after the channel; a poll goes with its message. The question is the message's text, so it is edited, found
//! and deleted as any text. What people write in a poll of words are answers like any others, made by who writes them.
//!
//! It does not know how messages are posted or read.

mod actions;
mod api;
mod events;
mod jobs;
mod model;
mod prepared;
mod problem;
mod store;
#[cfg(test)]
mod tests;
mod wire;

pub use events::PollChanged;
pub use model::Error;
pub use problem::PROBLEMS;
pub use wire::{
    ChangePollWord, NewPoll, OpenPoll, Poll, PollKind, PollOption, PollView, PreparePoll, PreparedPoll,
    PreparedPolls, Scale, ScaleEnds, Vote,
};

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
        migrations: vec![
            Migration {
                name: "polls/0001_polls",
                text: include_str!("../migrations/0001_polls.sql"),
            },
            Migration {
                name: "polls/0002_add_kinds",
                text: include_str!("../migrations/0002_add_kinds.sql"),
            },
            Migration {
                name: "polls/0003_removed_words",
                text: include_str!("../migrations/0003_removed_words.sql"),
            },
        ],
        statements: store::STATEMENTS.to_vec(),
        routes: routes(),
        deeds: actions::DEEDS,
        jobs: jobs::jobs(),
        listeners: vec![jobs::FORGET_WITH_MESSAGE, jobs::FORGET_WITH_PERSON],
        ..Feature::default()
    }
}

fn routes() -> Vec<Route> {
    const POLL: &str = "/api/channels/{channel}/polls/{poll}";
    const VOTE: &str = "/api/channels/{channel}/polls/{poll}/vote";
    const PREPARED: &str = "/api/channels/{channel}/prepared-polls/{prepared}";
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
        Route::of(Method::PATCH, "/api/channels/{channel}/polls/{poll}/words", api::change_word)
            .scope(WRITE)
            .says("Take a word that people wrote out of the result, or put it back; for who asked and who looks after the channel."),
        Route::of(
            Method::GET,
            "/api/channels/{channel}/prepared-polls",
            prepared::list,
        )
        .scope(READ)
        .says(
            "Polls that wait to be asked: one's own, and for those who look after the channel everybody's.",
        ),
        Route::of(Method::PUT, PREPARED, prepared::put)
            .scope(WRITE)
            .says("Prepare a poll, or change one that waits."),
        Route::of(Method::DELETE, PREPARED, prepared::remove)
            .scope(WRITE)
            .says("Remove a poll that waits."),
        Route::of(
            Method::POST,
            "/api/channels/{channel}/prepared-polls/{prepared}/open",
            prepared::open,
        )
        .scope(WRITE)
        .says("Ask a poll that was prepared."),
    ]
}

/// The wire types of this slice in TypeScript: name and declaration.
pub fn types() -> Vec<(String, String)> {
    fn of<T: TS>(config: &Config) -> (String, String) {
        (T::name(config), T::decl(config))
    }
    let config = Config::default();
    vec![
        of::<ChangePollWord>(&config),
        of::<NewPoll>(&config),
        of::<OpenPoll>(&config),
        of::<Poll>(&config),
        of::<PollChanged>(&config),
        of::<PollKind>(&config),
        of::<PollOption>(&config),
        of::<PollView>(&config),
        of::<PreparePoll>(&config),
        of::<PreparedPoll>(&config),
        of::<PreparedPolls>(&config),
        of::<Scale>(&config),
        of::<ScaleEnds>(&config),
        of::<Vote>(&config),
    ]
}
