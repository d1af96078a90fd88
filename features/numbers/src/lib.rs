//! Numbers without surveillance: mine for me, and those of a team about enough people.
//!
//! Invariants: what somebody did is told to them and to nobody else, whatever their role; a number of a team is about five
//! people or more, rounded, and no sum or difference of those that are shown is about fewer, between teams and between weeks;
//! whatever is about one person goes after 35 days; who does nothing costs no row.
//!
//! It does not know how anything is said, asked or booked: it derives, and listens to what nobody else keeps.

mod api;
mod counting;
mod listen;
mod model;
mod problem;
mod reading;
mod store;
#[cfg(test)]
mod tests;
mod wire;

pub use counting::{count_due, keep};
pub use model::Error;
pub use reading::own_numbers;
pub use wire::{Kind, MyNumbers, MyWeek, NumbersPolicy, Team, TeamFigures, TeamNumbers, TeamWeek};

use http::Method;
use platform::{
    db::Migration,
    feature::{Door, Feature, Route, Scope},
};
use ts_rs::{Config, TS};

/// Everything this slice adds to the server. The server also needs [`keep`], once it has started.
pub fn feature() -> Feature {
    Feature {
        name: "numbers",
        migrations: vec![Migration {
            name: "numbers/0001_numbers",
            text: include_str!("../migrations/0001_numbers.sql"),
        }],
        statements: store::STATEMENTS.to_vec(),
        routes: routes(),
        jobs: counting::jobs(),
        listeners: listen::listeners(),
        deeds: api::DEEDS,
        ..Feature::default()
    }
}

fn routes() -> Vec<Route> {
    vec![
        // No program reads what somebody did in their name.
        Route::of(Method::GET, "/api/numbers/mine", api::get_mine)
            .scope(Scope::PERSON)
            .says("My weeks in numbers, for me alone."),
        Route::of(Method::GET, "/api/numbers/team", api::get_team).says(
            "The weeks of the workspace, and of my spaces and groups, where they are about enough people.",
        ),
        Route::of(Method::PUT, "/api/numbers/policy", api::put_policy)
            .says("Raise how many people a number is about at the least. It is never lowered.")
            .door(Door::Admin),
    ]
}

/// The wire types of this slice in TypeScript: name and declaration.
pub fn types() -> Vec<(String, String)> {
    fn of<T: TS>(config: &Config) -> (String, String) {
        (T::name(config), T::decl(config))
    }
    let config = Config::default();
    vec![
        of::<Kind>(&config),
        of::<MyNumbers>(&config),
        of::<MyWeek>(&config),
        of::<NumbersPolicy>(&config),
        of::<Team>(&config),
        of::<TeamFigures>(&config),
        of::<TeamNumbers>(&config),
        of::<TeamWeek>(&config),
    ]
}
