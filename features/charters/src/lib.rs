//! Charters: how soon an answer is expected in the workspace, a space, a channel or a topic, and how people write there.
//!
//! Invariants: the nearest place that says something wins, field by field; every change is a version of its own and the
//! earlier ones stay, so that what was asked keeps what held then; whoever may read a place may read its charter, and whoever
//! looks after it changes it.
//!
//! It does not know what is asked: who asks takes the pace from here.

mod actions;
mod api;
mod events;
mod model;
mod problem;
mod store;
#[cfg(test)]
mod tests;
mod wire;

pub use actions::expected_in;
pub use events::CharterChanged;
pub use model::Error;
pub use problem::PROBLEMS;
pub use wire::{
    ChangeCharter, Charter, CharterPage, CharterScope, CharterView, Clock, Expectation, Expected, Pace,
    PlaceCharter, TellsHosts,
};

use http::Method;
use platform::{
    db::Migration,
    feature::{Door, Feature, Route},
};
use ts_rs::{Config, TS};

/// Everything this slice adds to the server.
pub fn feature() -> Feature {
    Feature {
        name: "charters",
        migrations: vec![Migration {
            name: "charters/0001_charters",
            text: include_str!("../migrations/0001_charters.sql"),
        }],
        statements: store::STATEMENTS.to_vec(),
        routes: routes(),
        deeds: actions::DEEDS,
        ..Feature::default()
    }
}

fn routes() -> Vec<Route> {
    const WORKSPACE: &str = "/api/charter";
    const SPACE: &str = "/api/spaces/{space}/charter";
    const CHANNEL: &str = "/api/channels/{channel}/charter";
    const TOPIC: &str = "/api/channels/{channel}/topics/{topic}/charter";
    vec![
        Route::of(Method::GET, WORKSPACE, api::get_workspace).says("What the workspace expects."),
        Route::of(Method::PUT, WORKSPACE, api::put_workspace)
            .says("Change what the workspace expects.")
            .door(Door::Admin),
        Route::of(Method::GET, SPACE, api::get_space).says("What a space expects."),
        Route::of(Method::PUT, SPACE, api::put_space).says("Change what a space expects."),
        Route::of(Method::GET, CHANNEL, api::get_channel)
            .says("What a channel expects.")
            .link_guests(),
        Route::of(Method::PUT, CHANNEL, api::put_channel).says("Change what a channel expects."),
        Route::of(Method::GET, TOPIC, api::get_topic)
            .says("What a topic expects."),
        Route::of(Method::PUT, TOPIC, api::put_topic).says("Change what a topic expects."),
        Route::of(Method::GET, "/api/charters", api::list)
            .says("The whole charter: the workspace, and those spaces and channels of mine that say something of their own."),
    ]
}

/// The wire types of this slice in TypeScript: name and declaration.
pub fn types() -> Vec<(String, String)> {
    fn of<T: TS>(config: &Config) -> (String, String) {
        (T::name(config), T::decl(config))
    }
    let config = Config::default();
    vec![
        of::<ChangeCharter>(&config),
        of::<Charter>(&config),
        of::<CharterChanged>(&config),
        of::<CharterPage>(&config),
        of::<CharterScope>(&config),
        of::<CharterView>(&config),
        of::<Clock>(&config),
        of::<Expectation>(&config),
        of::<Expected>(&config),
        of::<Pace>(&config),
        of::<PlaceCharter>(&config),
        of::<TellsHosts>(&config),
    ]
}
