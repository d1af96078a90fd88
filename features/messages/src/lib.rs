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
    DraftChanged, FollowChanged, MessageDeleted, MessageEdited, MessagePosted, MessagesMoved, PinChanged,
    ReactionChanged, ReadMoved, SavedChanged, TopicChanged,
};
pub use model::{Error, TopicState};
pub use problem::PROBLEMS;
pub use wire::{
    ChangeTopic, ChannelRow, Counts, Draft, EditMessage, FirstMessage, Forward, MergeTopic, Message,
    MessagePage, MessagePlace, MoveMessages, Moved, NewMessage, NewTopic, Pin, Pins, Quote, Reaction, ReadTo,
    Revision, SaveDraft, Saved, SavedPage, Start, Topic, TopicFilter, TopicName, TopicOverview, TopicPage,
    TopicRow, TopicView, UnreadTopic,
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
        migrations: vec![
            Migration {
                name: "messages/0001_messages",
                text: include_str!("../migrations/0001_messages.sql"),
            },
            Migration {
                name: "messages/0002_organising",
                text: include_str!("../migrations/0002_organising.sql"),
            },
        ],
        statements: store::statements(),
        routes: routes(),
        ..Feature::default()
    }
}

fn routes() -> Vec<Route> {
    use api::{keeping, messages, moving, reading, start, topics};
    const MESSAGES: &str = "/api/channels/{channel}/messages";
    const MESSAGE: &str = "/api/channels/{channel}/messages/{message}";
    const HISTORY: &str = "/api/channels/{channel}/messages/{message}/history";
    const REACTION: &str = "/api/channels/{channel}/messages/{message}/reactions/{emoji}";
    const TOPICS: &str = "/api/channels/{channel}/topics";
    const TOPIC: &str = "/api/channels/{channel}/topics/{topic}";
    const PIN: &str = "/api/channels/{channel}/messages/{message}/pin";
    const SAVE: &str = "/api/channels/{channel}/messages/{message}/save";
    const MERGE: &str = "/api/channels/{channel}/topics/{topic}/merge";
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
        Route::new(Method::GET, "/api/topics", get(topics::overview)),
        Route::new(
            Method::POST,
            "/api/channels/{channel}/moves",
            post(moving::move_messages),
        ),
        Route::new(Method::POST, MERGE, post(moving::merge)),
        Route::new(
            Method::GET,
            "/api/channels/{channel}/pins",
            get(keeping::list_pins),
        ),
        Route::new(Method::PUT, PIN, put(keeping::pin)),
        Route::new(Method::DELETE, PIN, delete(keeping::unpin)),
        Route::new(Method::PUT, SAVE, put(keeping::save)),
        Route::new(Method::DELETE, SAVE, delete(keeping::unsave)),
        Route::new(Method::GET, "/api/saved", get(keeping::list_saved)),
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
        of::<MessagesMoved>(&config),
        of::<PinChanged>(&config),
        of::<ReactionChanged>(&config),
        of::<ReadMoved>(&config),
        of::<SavedChanged>(&config),
        of::<TopicChanged>(&config),
        of::<TopicState>(&config),
        of::<ChangeTopic>(&config),
        of::<ChannelRow>(&config),
        of::<Counts>(&config),
        of::<Draft>(&config),
        of::<EditMessage>(&config),
        of::<FirstMessage>(&config),
        of::<Forward>(&config),
        of::<MergeTopic>(&config),
        of::<Message>(&config),
        of::<MessagePage>(&config),
        of::<MessagePlace>(&config),
        of::<MoveMessages>(&config),
        of::<Moved>(&config),
        of::<NewMessage>(&config),
        of::<NewTopic>(&config),
        of::<Pin>(&config),
        of::<Pins>(&config),
        of::<Quote>(&config),
        of::<Reaction>(&config),
        of::<ReadTo>(&config),
        of::<Revision>(&config),
        of::<SaveDraft>(&config),
        of::<Saved>(&config),
        of::<SavedPage>(&config),
        of::<Start>(&config),
        of::<Topic>(&config),
        of::<TopicFilter>(&config),
        of::<TopicName>(&config),
        of::<TopicOverview>(&config),
        of::<TopicPage>(&config),
        of::<TopicRow>(&config),
        of::<TopicView>(&config),
        of::<UnreadTopic>(&config),
    ]
}
