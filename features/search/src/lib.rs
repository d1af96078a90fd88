//! Search: what was said, by words, phrases and filters, and people, channels and topics by name.
//!
//! Invariants: the index changes in the transaction of the event, so what is said can be found at once and what is
//! deleted is gone from it; both databases are given the same words and give the same answers (docs/decisions/0010);
//! nothing is found in a channel that the person may not read at that moment; every question costs bounded work.
//!
//! It keeps no text of its own that could be shown: excerpts are made from the messages, at each asking.

mod actions;
mod api;
mod excerpt;
mod index;
mod matching;
mod model;
mod query;
mod store;
#[cfg(test)]
mod tests;
mod wire;
mod words;

pub use model::Error;
pub use wire::{
    ExcerptPart, SearchHit, SearchHitKind, SearchNote, SearchNoteKind, SearchPage, SearchPlaces, SearchSort,
};

use http::Method;
use platform::{
    db::Migration,
    feature::{Feature, Route, Scope},
};
use ts_rs::{Config, TS};

/// Everything this slice adds to the server.
pub fn feature() -> Feature {
    Feature {
        name: "search",
        migrations: vec![Migration {
            name: "search/0001_index",
            text: include_str!("../migrations/0001_index.sql"),
        }],
        statements: store::STATEMENTS.to_vec(),
        routes: vec![
            Route::of(Method::GET, "/api/search", api::search)
                .scope(Scope("messages:read"))
                .says("Find messages and topics in everything that I may read."),
            Route::of(Method::GET, "/api/search/places", api::find_places)
                .scope(Scope("messages:read"))
                .says("Find channels, topics and people by their names."),
        ],
        jobs: vec![actions::backfill::job()],
        listeners: index::listeners(),
        ..Feature::default()
    }
}

/// The wire types of this slice in TypeScript: name and declaration.
pub fn types() -> Vec<(String, String)> {
    fn of<T: TS>(config: &Config) -> (String, String) {
        (T::name(config), T::decl(config))
    }
    let config = Config::default();
    vec![
        of::<SearchSort>(&config),
        of::<SearchPage>(&config),
        of::<SearchHit>(&config),
        of::<SearchHitKind>(&config),
        of::<ExcerptPart>(&config),
        of::<SearchNote>(&config),
        of::<SearchNoteKind>(&config),
        of::<SearchPlaces>(&config),
    ]
}
