//! What administrators look at: what was done, whether all is well, what takes room, and what is set.
//!
//! Invariants: every question takes the proof that whoever asks is an owner or admin now; what the screens show of private
//! channels and direct conversations is that they are there and how large they are, never what they are called or say; a
//! dead dependency costs a screen at most two seconds.
//!
//! It writes no table but through the verbs of the slices that own them.

mod audit;
mod health;
mod model;
mod proof;
mod settings;
mod storage;
#[cfg(test)]
mod tests;

pub use health::{Check, Health, SLOW_MS, State, look};
pub use model::Error;

use http::Method;
use platform::feature::{Door, Feature, Route};
use ts_rs::{Config, TS};

/// Everything this slice adds to the server.
pub fn feature() -> Feature {
    Feature {
        name: "admin",
        statements: [
            audit::store::STATEMENTS,
            health::store::STATEMENTS,
            storage::store::STATEMENTS,
        ]
        .concat(),
        routes: routes(),
        deeds: &["audit.exported", "workspace.setting_changed"],
        ..Feature::default()
    }
}

fn routes() -> Vec<Route> {
    let admin = |route: Route| route.door(Door::Admin);
    vec![
        admin(Route::of(Method::GET, "/api/audit", audit::api::list))
            .says("What was done to the workspace, the newest first."),
        admin(Route::of(Method::GET, "/api/audit/export", audit::api::export))
            .says("The same as CSV or JSON lines."),
        admin(Route::of(Method::GET, "/api/health", health::api::get))
            .says("Whether all is well, and what to do where it is not."),
        admin(Route::of(Method::GET, "/api/storage", storage::api::summary))
            .says("What takes room, by kind, and the limits."),
        admin(Route::of(
            Method::GET,
            "/api/storage/spaces",
            storage::api::spaces,
        ))
        .says("The spaces whose files take most room."),
        admin(Route::of(
            Method::GET,
            "/api/storage/places",
            storage::api::places,
        ))
        .says("The places whose files take most room."),
        admin(Route::of(
            Method::GET,
            "/api/storage/people",
            storage::api::people,
        ))
        .says("The people whose files take most room."),
        admin(Route::of(Method::GET, "/api/settings", settings::list))
            .says("What is set, on screen and in the configuration file."),
        admin(Route::of(Method::PUT, "/api/settings/{name}", settings::put))
            .says("Set something, or go back to what it is without."),
    ]
}

/// The wire types of this slice in TypeScript: name and declaration.
pub fn types() -> Vec<(String, String)> {
    fn of<T: TS>(config: &Config) -> (String, String) {
        (T::name(config), T::decl(config))
    }
    let config = Config::default();
    vec![
        of::<audit::AuditEntry>(&config),
        of::<audit::AuditPage>(&config),
        of::<audit::AuditPlace>(&config),
        of::<Check>(&config),
        of::<Health>(&config),
        of::<State>(&config),
        health::words(),
        settings::keys(),
        of::<storage::PersonRoom>(&config),
        of::<storage::PersonRoomPage>(&config),
        of::<storage::PlaceRoom>(&config),
        of::<storage::PlaceRoomPage>(&config),
        of::<storage::RoomOfKind>(&config),
        of::<storage::SpaceRoom>(&config),
        of::<storage::SpaceRoomPage>(&config),
        of::<storage::StorageSummary>(&config),
        of::<settings::ChangeSetting>(&config),
        of::<settings::FixedSetting>(&config),
        of::<settings::Setting>(&config),
        of::<settings::Settings>(&config),
    ]
}
