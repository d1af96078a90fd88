//! Messages and topics: what is said in a channel, who has read what, and what is not yet sent.
//!
//! Invariants: a message's place is the number of the event that posted it; the id is its sender's, so that sending
//! twice posts once; counts are derived from pointers at each asking and stored nowhere; a deleted text is gone from
//! the rows, the log and the quotes in one transaction.
//!
//! It does not know when anybody is told of anything: that is for the slices that listen to its events.

mod actions;
mod api;
mod events;
mod model;
mod people;
mod problem;
mod store;
#[cfg(test)]
mod tests;
mod wire;

pub use actions::import::{
    ImportLog, ImportMessage, ImportReaction, ImportText, ImportTopic, check_import_emoji, import_settle,
};
pub use actions::post::{Post, Posted, post as post_message};
pub use actions::topics::get_topic;
pub use events::{
    DraftChanged, FollowChanged, MessageDeleted, MessageEdited, MessagePosted, ReactionChanged, ReadMoved,
    TopicChanged,
};
pub use model::{Error, Text, TopicState};
pub use problem::PROBLEMS;
pub use wire::{
    ChangeTopic, ChannelRow, Counts, Draft, EditMessage, FirstMessage, Message, MessagePage, MessagePlace,
    NewMessage, NewTopic, Quote, Reaction, ReadTo, Revision, SaveDraft, Start, Topic, TopicPage, TopicView,
    UnreadTopic,
};

use axum::routing::{MethodRouter, delete, get, patch, post, put};
use http::Method;
use platform::{
    app::App,
    db::Migration,
    feature::{Feature, Route, Scope},
};
use ts_rs::{Config, TS};

/// Everything this slice adds to the server.
pub fn feature() -> Feature {
    Feature {
        name: "messages",
        migrations: vec![Migration {
            name: "messages/0001_messages",
            text: include_str!("../migrations/0001_messages.sql"),
        }],
        statements: store::statements(),
        routes: routes(),
        ..Feature::default()
    }
}

/// Looking at messages and topics.
const READ: Scope = Scope("messages:read");
/// Posting, editing, reacting, topics.
const WRITE: Scope = Scope("messages:write");

fn routes() -> Vec<Route> {
    use api::{messages, reading, start, topics};
    const MESSAGES: &str = "/api/channels/{channel}/messages";
    const MESSAGE: &str = "/api/channels/{channel}/messages/{message}";
    const HISTORY: &str = "/api/channels/{channel}/messages/{message}/history";
    const REACTION: &str = "/api/channels/{channel}/messages/{message}/reactions/{emoji}";
    const TOPICS: &str = "/api/channels/{channel}/topics";
    const TOPIC: &str = "/api/channels/{channel}/topics/{topic}";
    const FOLLOW: &str = "/api/channels/{channel}/topics/{topic}/follow";
    let read = |path, handler: MethodRouter<App>| Route::new(Method::GET, path, handler).scope(READ);
    let write = |method, path, handler: MethodRouter<App>| Route::new(method, path, handler).scope(WRITE);
    vec![
        Route::new(Method::GET, "/api/start", get(start::start)),
        read("/api/channels/{channel}", get(start::get_channel)),
        read(MESSAGES, get(messages::list)),
        write(Method::POST, MESSAGES, post(messages::create)),
        write(Method::PATCH, MESSAGE, patch(messages::edit)),
        write(Method::DELETE, MESSAGE, delete(messages::delete)),
        read(HISTORY, get(messages::history)),
        read(REACTION, get(messages::reaction_people)),
        write(Method::PUT, REACTION, put(messages::react)),
        write(Method::DELETE, REACTION, delete(messages::unreact)),
        read("/api/messages/{message}", get(messages::place)),
        read(TOPICS, get(topics::list)),
        write(Method::POST, TOPICS, post(topics::create)),
        read(TOPIC, get(topics::get)),
        write(Method::PATCH, TOPIC, patch(topics::change)),
        write(Method::PUT, FOLLOW, put(topics::follow)),
        write(Method::DELETE, FOLLOW, delete(topics::unfollow)),
        Route::new(Method::PUT, "/api/channels/{channel}/read", put(reading::read_to)),
        Route::new(
            Method::PUT,
            "/api/channels/{channel}/unread",
            put(reading::unread_from),
        ),
        Route::new(Method::PUT, "/api/drafts", put(reading::save_draft)),
        Route::new(Method::POST, "/api/preview", post(reading::preview)).scope(READ),
    ]
}

/// The wire types of this slice in TypeScript: name and declaration.
pub fn types() -> Vec<(String, String)> {
    fn of<T: TS>(config: &Config) -> (String, String) {
        (T::name(config), T::decl(config))
    }
    let config = Config::default();
    vec![
        of::<DraftChanged>(&config),
        of::<FollowChanged>(&config),
        of::<MessageDeleted>(&config),
        of::<MessageEdited>(&config),
        of::<MessagePosted>(&config),
        of::<ReactionChanged>(&config),
        of::<ReadMoved>(&config),
        of::<TopicChanged>(&config),
        of::<TopicState>(&config),
        of::<ChangeTopic>(&config),
        of::<ChannelRow>(&config),
        of::<Counts>(&config),
        of::<Draft>(&config),
        of::<EditMessage>(&config),
        of::<FirstMessage>(&config),
        of::<Message>(&config),
        of::<MessagePage>(&config),
        of::<MessagePlace>(&config),
        of::<NewMessage>(&config),
        of::<NewTopic>(&config),
        of::<Quote>(&config),
        of::<Reaction>(&config),
        of::<ReadTo>(&config),
        of::<Revision>(&config),
        of::<SaveDraft>(&config),
        of::<Start>(&config),
        of::<Topic>(&config),
        of::<TopicPage>(&config),
        of::<TopicView>(&config),
        of::<UnreadTopic>(&config),
    ]
}
