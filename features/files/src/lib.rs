//! Files: resumable uploads, what they become, and who may have them.
//!
//! Invariants: what an upload's answer promised is on disk; one upload becomes one file, however often and from however
//! many tabs it is finished; a file is its uploader's until it is posted, then it follows the permission of its channel
//! at each request; what it is, is told by its content; pictures lose where and when they were taken before anybody can
//! have them.
//!
//! It knows a message only as an id and a place in a channel's log: the slice of messages asks it, in its own
//! transactions, to attach, list and release.

mod actions;
mod api;
mod clamd;
mod clean;
mod events;
mod model;
mod picture;
mod problem;
mod sniff;
mod staging;
mod store;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
mod wire;
mod worker;

pub use actions::posting::{attach, list_between, release};
pub use events::FileChanged;
pub use model::{Error, FileKind, PER_MESSAGE_MAX};
pub use problem::PROBLEMS;
pub use wire::{Attachment, FilePage, PostedFile};
pub use worker::{make_pictures, start, tidy_up};

use axum::routing::{delete, get, head, options, patch, post};
use http::Method;
use platform::{
    db::Migration,
    feature::{Feature, Route},
};
use ts_rs::{Config, TS};

/// Everything this slice adds to the server. The server also needs [`start`] once it has started.
pub fn feature() -> Feature {
    Feature {
        name: "files",
        migrations: vec![
            Migration {
                name: "files/0001_files",
                text: include_str!("../migrations/0001_files.sql"),
            },
            Migration {
                name: "files/0002_gallery",
                text: include_str!("../migrations/0002_gallery.sql"),
            },
        ],
        statements: [store::STATEMENTS, store::gallery::STATEMENTS].concat(),
        routes: routes(),
        blob_names: vec![&store::HAS_BLOB],
        ..Feature::default()
    }
}

fn routes() -> Vec<Route> {
    use api::{files, gallery, tus};
    const UPLOADS: &str = "/api/uploads";
    const UPLOAD: &str = "/api/uploads/{upload}";
    const FILE: &str = "/api/files/{file}";
    vec![
        Route::new(Method::OPTIONS, UPLOADS, options(tus::options)),
        Route::new(Method::POST, UPLOADS, post(tus::create)),
        Route::new(Method::HEAD, UPLOAD, head(tus::head)),
        Route::new(Method::PATCH, UPLOAD, patch(tus::patch)),
        Route::new(Method::DELETE, UPLOAD, delete(tus::delete)),
        Route::new(Method::GET, "/api/uploads/{upload}/file", get(tus::file)),
        Route::new(Method::GET, "/api/files", get(gallery::list_mine)),
        Route::new(
            Method::GET,
            "/api/channels/{channel}/files",
            get(gallery::list_channel),
        ),
        Route::new(Method::GET, FILE, get(files::get)),
        Route::new(Method::DELETE, FILE, delete(files::delete)),
        Route::new(Method::GET, "/api/files/{file}/small", get(files::get_small)),
        Route::new(Method::GET, "/api/files/{file}/large", get(files::get_large)),
    ]
}

/// The wire types of this slice in TypeScript: name and declaration.
pub fn types() -> Vec<(String, String)> {
    fn of<T: TS>(config: &Config) -> (String, String) {
        (T::name(config), T::decl(config))
    }
    let config = Config::default();
    vec![
        of::<base::FileId>(&config),
        of::<Attachment>(&config),
        of::<FileChanged>(&config),
        of::<FileKind>(&config),
        of::<FilePage>(&config),
        of::<PostedFile>(&config),
    ]
}
