//! Links in messages: what a page says of itself stands as a card under the message that leads to it, and every link is
//! in a list.
//!
//! Invariants: a page is asked by the server, once for all who name it, through `platform::outbound` and never inside of
//! a transaction; a reader's browser asks only its own server, also for pictures, which are made anew from pixels; the
//! words of a page are plain text of one bounded line; a card follows the permission of its message at each request, and
//! goes with it, out of the rows and out of the log.
//!
//! It does not know how messages are posted or read: it listens.

mod actions;
mod api;
mod erasing;
mod events;
mod fetch;
mod listen;
mod model;
mod page;
mod problem;
mod store;
#[cfg(test)]
mod tests;
mod wire;

pub use events::LinksChanged;
pub use fetch::{keep, work_due};
pub use model::Error;
pub use wire::{
    ChannelCards, ChooseLinks, LinkCard, LinkPage, LinkPicture, LinkSettings, MessageCards, PostedLink,
    SetLinks,
};

use http::Method;
use platform::{
    db::Migration,
    feature::{Door, Feature, Route, Scope},
};
use ts_rs::{Config, TS};

/// A link is part of a conversation, as its message is.
const READ: Scope = Scope("messages:read");
const WRITE: Scope = Scope("messages:write");

/// Everything this slice adds to the server. The server also needs [`keep`], once it has started.
pub fn feature() -> Feature {
    Feature {
        name: "links",
        migrations: vec![Migration {
            name: "links/0001_links",
            text: include_str!("../migrations/0001_links.sql"),
        }],
        statements: store::STATEMENTS.to_vec(),
        routes: routes(),
        listeners: vec![listen::listener(), erasing::listener()],
        blob_names: vec![&store::HAS_BLOB],
        deeds: actions::DEEDS,
        ..Feature::default()
    }
}

fn routes() -> Vec<Route> {
    vec![
        Route::of(Method::GET, "/api/channels/{channel}/cards", api::list_cards)
            .scope(READ)
            .says("The cards of links in some messages of a channel.")
            .link_guests(),
        Route::of(Method::GET, "/api/channels/{channel}/links", api::list_channel)
            .scope(READ)
            .says("Links of a channel, the newest first."),
        Route::of(Method::GET, "/api/links", api::list_mine)
            .scope(READ)
            .says("Links of all my channels, the newest first."),
        Route::of(Method::GET, "/api/links/{link}/picture", api::get_picture)
            .scope(READ)
            .says("The picture on a card.")
            .link_guests(),
        Route::of(Method::DELETE, "/api/links/{link}/card", api::remove)
            .scope(WRITE)
            .says("Take a card away from under one's message.")
            .link_guests(),
        Route::of(Method::GET, "/api/settings/links", api::get_settings)
            .says("Whether there are cards of links, and whether I see them.")
            .link_guests(),
        Route::of(Method::PUT, "/api/settings/links", api::choose)
            .says("Choose whether I see cards of links."),
        Route::of(Method::PUT, "/api/workspace/links", api::set)
            .door(Door::Admin)
            .says("Choose whether this server asks pages for cards at all."),
    ]
}

/// The wire types of this slice in TypeScript: name and declaration.
pub fn types() -> Vec<(String, String)> {
    fn of<T: TS>(config: &Config) -> (String, String) {
        (T::name(config), T::decl(config))
    }
    let config = Config::default();
    vec![
        of::<ChannelCards>(&config),
        of::<ChooseLinks>(&config),
        of::<LinkCard>(&config),
        of::<LinkPage>(&config),
        of::<LinkPicture>(&config),
        of::<LinkSettings>(&config),
        of::<LinksChanged>(&config),
        of::<MessageCards>(&config),
        of::<PostedLink>(&config),
        of::<SetLinks>(&config),
    ]
}
