//! Emoji of the workspace's own: a small picture with a name, in texts and reactions as `:name:`.
//!
//! Invariants: what is kept was encoded here from pixels, at most 128 of them a side, and has a version without motion
//! where it moves; a name is of one emoji, and of none that everybody has; one that is taken away leaves its name behind
//! wherever it was used. Texts and reactions hold the name and nothing else, so that nothing of theirs has to change.
//!
//! It does not know where emoji are used: the slice of messages asks it whether there is one.

mod actions;
mod api;
mod model;
mod picture;
mod problem;
mod store;
#[cfg(test)]
mod tests;
mod wire;

pub use actions::{Import, import};
pub use model::{Error, SENT_MAX_BYTES, check_name, name_in};
pub use problem::PROBLEMS;
pub use store::{exists, list_names};
pub use wire::{CustomEmoji, CustomEmojiList, EmojiChanged, SetEmoji};

use http::Method;
use platform::{
    db::Migration,
    feature::{Door, Feature, Route},
};
use ts_rs::{Config, TS};

/// Everything this slice adds to the server.
pub fn feature() -> Feature {
    Feature {
        name: "emoji",
        migrations: vec![Migration {
            name: "emoji/0001_emoji",
            text: include_str!("../migrations/0001_emoji.sql"),
        }],
        statements: store::STATEMENTS.to_vec(),
        routes: routes(),
        blob_names: vec![&store::HAS_BLOB],
        deeds: actions::DEEDS,
        ..Feature::default()
    }
}

fn routes() -> Vec<Route> {
    const ONE: &str = "/api/custom-emoji/{name}";
    vec![
        Route::of(Method::GET, "/api/custom-emoji", api::list)
            .says("The emoji of this workspace's own.")
            .link_guests(),
        Route::of(Method::PUT, ONE, api::add)
            .body_limit(model::SENT_MAX_BYTES)
            .says("Add an emoji: PNG, GIF, WebP or JPEG."),
        Route::of(Method::DELETE, ONE, api::remove)
            .says("Take an emoji away; where it was used its name stays."),
        Route::of(Method::GET, "/api/custom-emoji/{name}/picture", api::get_picture)
            .says("The picture of an emoji, with `still=true` without motion.")
            .link_guests(),
        Route::of(Method::PUT, "/api/workspace/emoji", api::set)
            .door(Door::Admin)
            .says("Choose whether everybody adds emoji, or administrators alone."),
    ]
}

/// The wire types of this slice in TypeScript: name and declaration.
pub fn types() -> Vec<(String, String)> {
    fn of<T: TS>(config: &Config) -> (String, String) {
        (T::name(config), T::decl(config))
    }
    let config = Config::default();
    vec![
        of::<CustomEmoji>(&config),
        of::<CustomEmojiList>(&config),
        of::<EmojiChanged>(&config),
        of::<SetEmoji>(&config),
    ]
}
