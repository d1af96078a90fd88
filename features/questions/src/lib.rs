//! Questions of many to few: collected under a message, voted for, answered one after the other.
//!
//! Invariants: everybody has one vote for a question, and questions that are put together join them once per person; who
//! voted, and who asked without a name, stands in no answer and no event, and when a board is closed the server does not
//! know it any more; what waits to be let out, or was put aside, is seen by whoever asked and by those who moderate; a
//! board goes with its message, and what a person asked with the person when they want that.
//!
//! It does not know how messages are posted or read. Questions to named people with a time for the answer are `asks`.

mod actions;
mod api;
mod events;
mod listen;
mod model;
mod problem;
mod store;
#[cfg(test)]
mod tests;
mod wire;

pub use events::QuestionsChanged;
pub use model::Error;
pub use problem::PROBLEMS;
pub use wire::{
    AnsweredHow, ChangeQuestion, MergeQuestion, NewQuestion, NewQuestions, Question, QuestionAnswer,
    QuestionState, Questions, QuestionsList, QuestionsView, VoteForQuestion,
};

use http::Method;
use platform::{
    db::Migration,
    feature::{Feature, Route, Scope},
};
use ts_rs::{Config, TS};

/// Questions are part of a conversation, as their message is.
const READ: Scope = Scope("messages:read");
const WRITE: Scope = Scope("messages:write");

/// Everything this slice adds to the server.
pub fn feature() -> Feature {
    Feature {
        name: "questions",
        migrations: vec![Migration {
            name: "questions/0001_questions",
            text: include_str!("../migrations/0001_questions.sql"),
        }],
        statements: store::STATEMENTS.to_vec(),
        routes: routes(),
        listeners: listen::listeners(),
        ..Feature::default()
    }
}

fn routes() -> Vec<Route> {
    const ALL: &str = "/api/channels/{channel}/questions";
    const BOARD: &str = "/api/channels/{channel}/questions/{questions}";
    const ONE: &str = "/api/channels/{channel}/questions/{questions}/items/{question}";
    vec![
        Route::of(Method::POST, ALL, api::begin)
            .scope(WRITE)
            .says("Collect questions under a new message."),
        Route::of(Method::GET, ALL, api::list)
            .scope(READ)
            .says("Where questions are collected in a channel, the newest first.")
            .link_guests(),
        Route::of(Method::GET, BOARD, api::get)
            .scope(READ)
            .says("The questions that one sees, those that most want answered first.")
            .link_guests(),
        Route::of(
            Method::POST,
            "/api/channels/{channel}/questions/{questions}/items",
            api::ask,
        )
        .scope(WRITE)
        .says("Ask a question.")
        .link_guests(),
        Route::of(
            Method::PUT,
            "/api/channels/{channel}/questions/{questions}/items/{question}/my-vote",
            api::vote,
        )
        .scope(WRITE)
        .says("Vote for a question, or take that back.")
        .link_guests(),
        Route::of(Method::PATCH, ONE, api::change)
            .scope(WRITE)
            .says("Let a question out, answer it or put it aside; for those who moderate."),
        Route::of(
            Method::POST,
            "/api/channels/{channel}/questions/{questions}/items/{question}/merge",
            api::merge,
        )
        .scope(WRITE)
        .says("Put a question into another that asks the same; for those who moderate."),
        Route::of(Method::DELETE, ONE, api::withdraw)
            .scope(WRITE)
            .says("Take one's own question back.")
            .link_guests(),
        Route::of(
            Method::POST,
            "/api/channels/{channel}/questions/{questions}/close",
            api::close,
        )
        .scope(WRITE)
        .says("Take no more questions; for those who moderate."),
    ]
}

/// The wire types of this slice in TypeScript: name and declaration.
pub fn types() -> Vec<(String, String)> {
    fn of<T: TS>(config: &Config) -> (String, String) {
        (T::name(config), T::decl(config))
    }
    let config = Config::default();
    vec![
        of::<AnsweredHow>(&config),
        of::<ChangeQuestion>(&config),
        of::<MergeQuestion>(&config),
        of::<NewQuestion>(&config),
        of::<NewQuestions>(&config),
        of::<Question>(&config),
        of::<QuestionAnswer>(&config),
        of::<QuestionState>(&config),
        of::<Questions>(&config),
        of::<QuestionsChanged>(&config),
        of::<QuestionsList>(&config),
        of::<QuestionsView>(&config),
        of::<VoteForQuestion>(&config),
    ]
}
