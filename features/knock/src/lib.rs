//! Knocking: "Good time?", asked silently in a conversation of two.
//!
//! Invariants: it interrupts nobody and stands only in the app; it may be answered, answered with a time, or left alone, and
//! whoever knocked never learns whether it was seen; it is over after ten minutes; one at a time, and after three that were
//! left alone no more for a day.
//!
//! It does not know whether somebody is there: nobody's presence is known.

mod actions;
mod api;
mod events;
mod model;
mod problem;
mod store;
#[cfg(test)]
mod tests;
mod wire;

pub use events::{KNOCK_CHANGED, KnockChanged};
pub use model::Error;
pub use problem::PROBLEMS;
pub use wire::{AnswerKnock, Knock, KnockAnswer, KnockView, NewKnock};

use http::Method;
use platform::{
    db::Migration,
    feature::{Feature, Route},
};
use ts_rs::{Config, TS};

/// Everything this slice adds to the server.
pub fn feature() -> Feature {
    Feature {
        name: "knock",
        migrations: vec![Migration {
            name: "knock/0001_knock",
            text: include_str!("../migrations/0001_knock.sql"),
        }],
        statements: store::STATEMENTS.to_vec(),
        routes: routes(),
        listeners: actions::listeners(),
        ..Feature::default()
    }
}

fn routes() -> Vec<Route> {
    const KNOCK: &str = "/api/channels/{channel}/knock";
    vec![
        Route::of(Method::GET, KNOCK, api::get).says("The knock that stands in a conversation of two."),
        Route::of(Method::POST, KNOCK, api::create)
            .says("Ask whether it is a good time; it tells nobody but in the app, for ten minutes."),
        Route::of(Method::DELETE, KNOCK, api::take_back).says("Take it back."),
        Route::of(Method::PUT, "/api/channels/{channel}/knock/answer", api::answer)
            .says("Say yes, no, or when."),
    ]
}

/// The wire types of this slice in TypeScript: name and declaration.
pub fn types() -> Vec<(String, String)> {
    fn of<T: TS>(config: &Config) -> (String, String) {
        (T::name(config), T::decl(config))
    }
    let config = Config::default();
    vec![
        of::<AnswerKnock>(&config),
        of::<Knock>(&config),
        of::<KnockAnswer>(&config),
        of::<KnockChanged>(&config),
        of::<KnockView>(&config),
        of::<NewKnock>(&config),
    ]
}
