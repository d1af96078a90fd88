//! What goes out: transcripts of what was said, for those who may read it, a person's own data for that person,
//! and the whole workspace for its operator.
//!
//! Invariants: an export holds nothing that its reader could not open at that moment, and asks again at each page;
//! nothing is built in memory as a whole; names that were to be replaced stand nowhere in it.
//!
//! It does not write anything that other slices own.

mod api;
mod model;
mod own_data;
mod owner;
mod store;
#[cfg(test)]
mod tests;
mod transcript;
mod workspace;

pub use model::{Error, TranscriptFormat};
pub use owner::keep;
pub use workspace::{Exported, Imported, Progress, WorkspaceError, export_workspace, import_workspace};

use http::Method;
use platform::{
    db::Migration,
    feature::{Door, Feature, Route, Scope},
};
use ts_rs::{Config, TS};

/// Everything this slice adds to the server.
pub fn feature() -> Feature {
    const EXPORTS: &str = "/api/workspace/exports";
    const TRANSCRIPT: &str = "/api/channels/{channel}/transcript";
    Feature {
        name: "exports",
        migrations: vec![Migration {
            name: "exports/0001_exports",
            text: include_str!("../migrations/0001_exports.sql"),
        }],
        statements: [
            store::STATEMENTS,
            own_data::store::STATEMENTS,
            owner::store::STATEMENTS,
            workspace::store::STATEMENTS,
        ]
        .concat(),
        routes: vec![
            Route::of(Method::GET, TRANSCRIPT, api::transcript)
                .scope(Scope("messages:read"))
                .says("What was said in a channel, a topic or a period, as Markdown, HTML, CSV or JSON."),
            Route::of(Method::GET, "/api/me/export", api::own_data)
                .scope(Scope::PERSON)
                .says("Everything that the server holds about me, as a zip."),
            Route::of(Method::GET, EXPORTS, owner::list)
                .door(Door::Admin)
                .says("Exports of the workspace that can be had."),
            Route::of(Method::POST, EXPORTS, owner::start)
                .door(Door::Admin)
                .says("Begin an export of the workspace."),
            Route::of(Method::GET, "/api/workspace/exports/{id}", owner::download)
                .door(Door::Admin)
                .says("An export of the workspace, as a zip."),
        ],
        deeds: owner::DEEDS,
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
        of::<TranscriptFormat>(&config),
        of::<owner::WorkspaceExport>(&config),
    ]
}
