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
pub use events::{
    DraftChanged, FollowChanged, MessageDeleted, MessageEdited, MessagePosted, ReactionChanged, ReadMoved,
    TopicChanged,
};
pub use model::{Error, TopicState};
pub use problem::PROBLEMS;
pub use wire::{
    ChangeTopic, ChannelRow, Counts, Draft, EditMessage, FirstMessage, Message, MessagePage, MessagePlace,
    NewMessage, NewTopic, Quote, Reaction, ReadTo, Revision, SaveDraft, Start, Topic, TopicPage, TopicView,
    UnreadTopic,
};

use axum::routing::{delete, get, patch, post, put};
use http::Method;
use platform::{
    db::Migration,
    feature::{Feature, Route},
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

fn routes() -> Vec<Route> {
    use api::{messages, reading, start, topics};
    const MESSAGES: &str = "/api/channels/{channel}/messages";
    const MESSAGE: &str = "/api/channels/{channel}/messages/{message}";
    const HISTORY: &str = "/api/channels/{channel}/messages/{message}/history";
    const REACTION: &str = "/api/channels/{channel}/messages/{message}/reactions/{emoji}";
    const TOPICS: &str = "/api/channels/{channel}/topics";
    const TOPIC: &str = "/api/channels/{channel}/topics/{topic}";
    const FOLLOW: &str = "/api/channels/{channel}/topics/{topic}/follow";
    vec![
        Route::new(Method::GET, "/api/start", get(start::start)),
        Route::new(Method::GET, "/api/channels/{channel}", get(start::get_channel)),
        Route::new(Method::GET, MESSAGES, get(messages::list)),
        Route::new(Method::POST, MESSAGES, post(messages::create)),
        Route::new(Method::PATCH, MESSAGE, patch(messages::edit)),
        Route::new(Method::DELETE, MESSAGE, delete(messages::delete)),
        Route::new(Method::GET, HISTORY, get(messages::history)),
        Route::new(Method::GET, REACTION, get(messages::reaction_people)),
        Route::new(Method::PUT, REACTION, put(messages::react)),
        Route::new(Method::DELETE, REACTION, delete(messages::unreact)),
        Route::new(Method::GET, "/api/messages/{message}", get(messages::place)),
        Route::new(Method::GET, TOPICS, get(topics::list)),
        Route::new(Method::POST, TOPICS, post(topics::create)),
        Route::new(Method::GET, TOPIC, get(topics::get)),
        Route::new(Method::PATCH, TOPIC, patch(topics::change)),
        Route::new(Method::PUT, FOLLOW, put(topics::follow)),
        Route::new(Method::DELETE, FOLLOW, delete(topics::unfollow)),
        Route::new(Method::PUT, "/api/channels/{channel}/read", put(reading::read_to)),
        Route::new(
            Method::PUT,
            "/api/channels/{channel}/unread",
            put(reading::unread_from),
        ),
        Route::new(Method::PUT, "/api/drafts", put(reading::save_draft)),
        Route::new(Method::POST, "/api/preview", post(reading::preview)),
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
