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
mod blank;
mod clamd;
mod clean;
mod events;
mod model;
pub mod pdf;
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

pub use actions::{
    bring::{Keeper, KeptFile, attach_kept},
    posting::{attach, keep_unposted, list_between, list_unposted, release},
};
pub use api::files::send_version as send_picture;
pub use clamd::is_there as clamd_is_there;
pub use events::FileChanged;
pub use model::{Error, FileKind, PER_MESSAGE_MAX, PERSON_BYTES_SETTING, WORKSPACE_BYTES_SETTING};
pub use problem::PROBLEMS;
pub use wire::{Attachment, FilePage, PostedFile};
pub use worker::{SmallPicture, make_pictures, small_picture, start, tidy_up};

use http::Method;
use platform::{
    db::Migration,
    feature::{Feature, Route, Scope},
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
            Migration {
                name: "files/0003_draw_pdf",
                text: include_str!("../migrations/0003_draw_pdf.sql"),
            },
            Migration {
                name: "files/0004_versions_bytes",
                text: include_str!("../migrations/0004_versions_bytes.sql"),
            },
            Migration {
                name: "files/0005_kept_until",
                text: include_str!("../migrations/0005_kept_until.sql"),
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
    let read = |route: Route| route.scope(Scope("files:read"));
    let write = |route: Route| route.scope(Scope("files:write"));
    vec![
        read(Route::of(Method::OPTIONS, UPLOADS, tus::options))
            .says("What uploads speak: tus 1.0.0.")
            .link_guests(),
        write(Route::of(Method::POST, UPLOADS, tus::create))
            .says("Begin an upload (tus).")
            .link_guests(),
        read(Route::of(Method::HEAD, UPLOAD, tus::head))
            .says("How far an upload has come (tus).")
            .link_guests(),
        write(Route::of(Method::PATCH, UPLOAD, tus::patch))
            .says("Send the next part of an upload (tus).")
            .link_guests(),
        write(Route::of(Method::DELETE, UPLOAD, tus::delete))
            .says("Give up an upload (tus).")
            .link_guests(),
        read(Route::of(Method::GET, "/api/uploads/{upload}/file", tus::file))
            .says("The file that an upload has become.")
            .link_guests(),
        read(Route::of(Method::GET, "/api/files", gallery::list_mine))
            .says("Files of all my channels, the newest first."),
        read(Route::of(
            Method::GET,
            "/api/channels/{channel}/files",
            gallery::list_channel,
        ))
        .says("Files of a channel, the newest first."),
        read(Route::of(Method::GET, FILE, files::get))
            .says("A file, whole or in part.")
            .link_guests(),
        write(Route::of(Method::DELETE, FILE, files::delete))
            .says("Delete a file that was not posted.")
            .link_guests(),
        read(Route::of(
            Method::GET,
            "/api/files/{file}/small",
            files::get_small,
        ))
        .says("A picture in its small size.")
        .link_guests(),
        read(Route::of(
            Method::GET,
            "/api/files/{file}/large",
            files::get_large,
        ))
        .says("A picture in its large size.")
        .link_guests(),
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
