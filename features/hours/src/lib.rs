//! Hours: when somebody works, when nothing may interrupt them, when they want to think, when they are away.
//!
//! Invariants: everything here was declared by the person, nothing is guessed from what they do; others learn when somebody
//! works and answers, and never what is said in their leave or whom their focus lets through; whoever has declared nothing has
//! the week of the workspace, in their own zone.
//!
//! It does not know what happens in those hours: other slices ask for [`timing::hours::Hours`] and decide with them.

mod api;
mod events;
mod holidays;
mod leaving;
mod model;
mod problem;
mod reading;
mod store;
#[cfg(test)]
mod tests;
mod wire;

pub use events::{HOURS_CHANGED, HoursChanged, TIME_POLICY_CHANGED, TimePolicyChanged};
pub use model::Error;
pub use problem::PROBLEMS;
pub use reading::{find_declared, get_policy, is_silent_first, list_hours, list_shown};
pub use wire::{
    Away, BeginFocus, Day, DayOff, FocusNow, Holiday, HoursPreview, HoursView, OwnHours, PersonHours,
    Profile, Region, SaveHours, TimePolicy, Told, TryHours, WeekLine,
};

use accounts::PEOPLE_READ;
use http::Method;
use platform::{
    db::Migration,
    feature::{Door, Feature, Route},
};
use ts_rs::{Config, TS};

/// Everything this slice adds to the server.
pub fn feature() -> Feature {
    Feature {
        name: "hours",
        migrations: vec![Migration {
            name: "hours/0001_hours",
            text: include_str!("../migrations/0001_hours.sql"),
        }],
        statements: store::STATEMENTS.to_vec(),
        routes: routes(),
        listeners: leaving::listeners(),
        deeds: api::DEEDS,
        ..Feature::default()
    }
}

fn routes() -> Vec<Route> {
    const HOURS: &str = "/api/hours";
    const FOCUS: &str = "/api/hours/focus";
    const POLICY: &str = "/api/time-policy";
    vec![
        Route::of(Method::GET, HOURS, api::get).says("My hours: work, quiet, focus, days off."),
        Route::of(Method::PUT, HOURS, api::save).says("Declare my hours."),
        Route::of(Method::POST, "/api/hours/preview", api::preview).says(
            "What would happen to messages at some time of the week, with hours that are not saved yet.",
        ),
        Route::of(Method::PUT, FOCUS, api::begin_focus).says("Begin time to think, now."),
        Route::of(Method::DELETE, FOCUS, api::end_focus).says("End time to think that was begun by hand."),
        Route::of(Method::GET, "/api/hours/people", api::list)
            .says("When people that I may see usually work and answer.")
            .scope(PEOPLE_READ),
        Route::of(Method::GET, "/api/holiday-regions", api::list_regions)
            .says("Countries and regions whose public holidays are known."),
        Route::of(Method::GET, "/api/holidays", api::list_holidays)
            .says("The public holidays of a country or region in a year."),
        Route::of(Method::GET, POLICY, api::get_policy)
            .says("What holds in the workspace: week, holidays, days without meetings."),
        Route::of(Method::PUT, POLICY, api::put_policy)
            .says("Change what holds in the workspace.")
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
        of::<Away>(&config),
        of::<BeginFocus>(&config),
        of::<DayOff>(&config),
        of::<FocusNow>(&config),
        of::<Holiday>(&config),
        of::<HoursChanged>(&config),
        of::<TimePolicyChanged>(&config),
        of::<HoursPreview>(&config),
        of::<HoursView>(&config),
        of::<OwnHours>(&config),
        of::<PersonHours>(&config),
        of::<Profile>(&config),
        of::<Region>(&config),
        of::<SaveHours>(&config),
        of::<TimePolicy>(&config),
        of::<Told>(&config),
        of::<TryHours>(&config),
        of::<WeekLine>(&config),
    ]
}
