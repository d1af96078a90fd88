//! The word list of the workspace: what is asked about before it is said, held back, or reported by itself.
//!
//! Invariants: a word is found whole, without case and accents, by the same folding as search; looking through a text takes
//! time linear in its length, however long the list is; what is only looked for is never looked through; the list is known
//! to administrators, and a sender learns the words that they wrote themselves.
//!
//! It does not know where a text is said, nor what becomes of it: those who take texts ask here before.

mod api;
mod list;
mod model;
mod problem;
mod store;
#[cfg(test)]
mod tests;

pub use list::{check, find_reported};
pub use model::{Error, WordList};
pub use problem::PROBLEMS;

use http::Method;
use platform::{
    db::Migration,
    feature::{Door, Feature, Route},
};
use ts_rs::{Config, TS};

/// Everything this slice adds to the server.
pub fn feature() -> Feature {
    Feature {
        name: "words",
        migrations: vec![Migration {
            name: "words/0001_word_list",
            text: include_str!("../migrations/0001_word_list.sql"),
        }],
        statements: store::STATEMENTS.to_vec(),
        routes: vec![
            Route::of(Method::GET, "/api/words", api::get)
                .says("The words that the workspace does not want said.")
                .door(Door::Admin),
            Route::of(Method::PUT, "/api/words", api::put)
                .says("Change the words that the workspace does not want said.")
                .door(Door::Admin),
        ],
        deeds: api::DEEDS,
        ..Feature::default()
    }
}

/// The wire types of this slice in TypeScript: name and declaration.
pub fn types() -> Vec<(String, String)> {
    let config = Config::default();
    vec![(WordList::name(&config), WordList::decl(&config))]
}
