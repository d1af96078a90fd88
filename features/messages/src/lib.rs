//! Messages and topics: what is said in a channel, who has read what, and what is not yet sent.
//!
//! Invariants: a message's place is the number of the event that posted it; the id is its sender's, so that sending
//! twice posts once; counts are derived from pointers at each asking and stored nowhere; a deleted text is gone from
//! the rows, the log and the quotes in one transaction.
//!
//! It does not know when anybody is told of anything: that is for the slices that listen to its events.

mod actions;
mod api;
mod erasing;
mod events;
mod levels;
mod model;
mod people;
mod problem;
mod retention;
mod store;
#[cfg(test)]
mod tests;
mod wire;

pub use actions::card::{CardPost, post_card};
pub use actions::import::{
    ImportLog, ImportMessage, ImportReaction, ImportText, ImportTopic, check_import_emoji, import_settle,
};
pub use actions::post::{Post, Posted, post as post_message};
pub use actions::reading::{read_to, unread_from};
pub use actions::removal::remove_message;
pub use actions::topics::{begin_topic, decide_topic, get_topic};
pub use api::messages::read_new;
pub use events::{
    DraftChanged, FollowChanged, MessageDeleted, MessageEdited, MessagePosted, MessageRemoved, MessagesGone,
    MessagesMoved, PinChanged, ReactionChanged, ReadMoved, SavedChanged, TopicChanged,
};
pub use levels::{
    Level, Levels, Reason, list_own as list_levels,
    wire::{ChooseLevel, LevelChanged, LevelList, PlaceKind, PlaceLevel},
};
pub use model::{Error, Text, TopicState, clean_decision, quote_text};
pub use problem::PROBLEMS;
pub use retention::{
    ChangeRetention, ChannelRetention, Hold, HoldKind, NewHold, Retention, RetentionRule,
    api::RetentionPreview,
    copies::{HeldAnswer, HeldCopies, HeldCopy, HeldFile, HeldReaction, keep_answers},
    days_kept,
};
pub use wire::{
    Card, ChangeTopic, ChannelRow, Counts, Draft, EditMessage, FirstMessage, Forward, MergeTopic, Message,
    MessagePage, MessagePlace, MoveMessages, Moved, NewMessage, NewTopic, Pin, Pins, Quote, Reaction, ReadTo,
    RemoveMessage, Removed, Revision, SaveDraft, Saved, SavedPage, Start, Topic, TopicFilter, TopicName,
    TopicOverview, TopicPage, TopicRow, TopicView, UnreadTopic,
};

use http::Method;
use platform::{
    db::Migration,
    feature::{Door, Feature, Route, Scope},
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
            Migration {
                name: "messages/0003_cards",
                text: include_str!("../migrations/0003_cards.sql"),
            },
            Migration {
                name: "messages/0004_removals",
                text: include_str!("../migrations/0004_removals.sql"),
            },
            Migration {
                name: "messages/0005_slow_mode",
                text: include_str!("../migrations/0005_slow_mode.sql"),
            },
            Migration {
                name: "messages/0006_retention",
                text: include_str!("../migrations/0006_retention.sql"),
            },
            Migration {
                name: "messages/0007_gone",
                text: include_str!("../migrations/0007_gone.sql"),
            },
            Migration {
                name: "messages/0008_by_author",
                text: include_str!("../migrations/0008_by_author.sql"),
            },
            Migration {
                name: "messages/0009_levels",
                text: include_str!("../migrations/0009_levels.sql"),
            },
        ],
        statements: store::statements(),
        routes: routes(),
        jobs: [vec![erasing::job()], retention::jobs()].concat(),
        listeners: vec![erasing::listener()],
        blob_names: vec![&retention::copies::store::NAMES_BLOB],
        letters: Vec::new(),
        deeds: DEEDS,
    }
}

/// What this slice writes down in the audit log.
const DEEDS: &[&str] = &[
    "message.removed",
    "retention.changed",
    "retention.copies_seen",
    "retention.hold_made",
    "retention.hold_ended",
];
/// Looking at messages and topics.
const READ: Scope = Scope("messages:read");
/// Posting, editing, reacting, topics.
const WRITE: Scope = Scope("messages:write");

fn routes() -> Vec<Route> {
    use api::{messages, moving, start, topics};
    const MESSAGES: &str = "/api/channels/{channel}/messages";
    const MESSAGE: &str = "/api/channels/{channel}/messages/{message}";
    const HISTORY: &str = "/api/channels/{channel}/messages/{message}/history";
    const REMOVE: &str = "/api/channels/{channel}/messages/{message}/remove";
    const REACTION: &str = "/api/channels/{channel}/messages/{message}/reactions/{emoji}";
    const TOPICS: &str = "/api/channels/{channel}/topics";
    const TOPIC: &str = "/api/channels/{channel}/topics/{topic}";
    const MERGE: &str = "/api/channels/{channel}/topics/{topic}/merge";
    let read = |route: Route| route.scope(READ);
    let write = |route: Route| route.scope(WRITE);
    let mut routes = vec![
        Route::of(Method::GET, "/api/start", start::start)
            .says("Everything that a client needs to begin, and where the socket goes on.").link_guests(),
        read(Route::of(
            Method::GET,
            "/api/channels/{channel}",
            start::get_channel,
        ))
        .says("One channel, and what is unread in it.").link_guests(),
        read(Route::of(Method::GET, MESSAGES, messages::list))
            .says("A stretch of a channel or of a topic: the newest, or those around a place.").link_guests(),
        write(Route::of(Method::POST, MESSAGES, messages::create))
            .also(200)
            .says("Post a message; the same id again gives back what was posted.").link_guests(),
        write(Route::of(Method::PATCH, MESSAGE, messages::edit)).says("Change one's own message.").link_guests(),
        write(Route::of(Method::DELETE, MESSAGE, messages::delete))
            .says("Delete a message, with its history.").link_guests(),
        write(Route::of(Method::POST, REMOVE, messages::remove))
            .says("Take away what somebody else wrote; for those who look after the channel. Its author is told why."),
        read(Route::of(Method::GET, HISTORY, messages::history))
            .says("What a message said before its edits.").link_guests(),
        read(Route::of(Method::GET, REACTION, messages::reaction_people)).says("Who reacted with an emoji.").link_guests(),
        write(Route::of(Method::PUT, REACTION, messages::react)).says("React.").link_guests(),
        write(Route::of(Method::DELETE, REACTION, messages::unreact)).says("Take a reaction back.").link_guests(),
        read(Route::of(Method::GET, "/api/messages/{message}", messages::place))
            .says("Where a message stands.").link_guests(),
        read(Route::of(Method::GET, TOPICS, topics::list))
            .says("List the topics of a channel, the liveliest first.").link_guests(),
        write(Route::of(Method::POST, TOPICS, topics::create))
            .says("Begin a topic, at a message or with a new one.").link_guests(),
        read(Route::of(Method::GET, TOPIC, topics::get)).says("One topic.").link_guests(),
        write(Route::of(Method::PATCH, TOPIC, topics::change))
            .says("Rename, resolve, decide or reopen a topic.").link_guests(),
        read(Route::of(Method::GET, "/api/topics", topics::overview))
            .says("Topics of all my channels, the liveliest first."),
        write(Route::of(
            Method::POST,
            "/api/channels/{channel}/moves",
            moving::move_messages,
        ))
        .says("Move messages into a topic, or into a new one."),
        write(Route::of(Method::POST, MERGE, moving::merge)).says("Put a topic into another one."),
    ];
    routes.extend(keeping_routes());
    routes.extend(level_routes());
    routes.extend(retention_routes());
    routes
}

/// What people keep and follow, and how far they have read.
fn keeping_routes() -> Vec<Route> {
    use api::{keeping, reading, topics};
    const PIN: &str = "/api/channels/{channel}/messages/{message}/pin";
    const SAVE: &str = "/api/channels/{channel}/messages/{message}/save";
    const FOLLOW: &str = "/api/channels/{channel}/topics/{topic}/follow";
    let read = |route: Route| route.scope(READ);
    let write = |route: Route| route.scope(WRITE);
    vec![
        read(Route::of(
            Method::GET,
            "/api/channels/{channel}/pins",
            keeping::list_pins,
        ))
        .says("What is pinned in a channel."),
        write(Route::of(Method::PUT, PIN, keeping::pin)).says("Pin a message for everybody."),
        write(Route::of(Method::DELETE, PIN, keeping::unpin)).says("Take a pin down."),
        write(Route::of(Method::PUT, SAVE, keeping::save)).says("Keep a message for myself, for later."),
        write(Route::of(Method::DELETE, SAVE, keeping::unsave)).says("Keep a message no longer."),
        read(Route::of(Method::GET, "/api/saved", keeping::list_saved))
            .says("The messages that I keep for later."),
        write(Route::of(Method::PUT, FOLLOW, topics::follow))
            .says("Follow a topic.")
            .link_guests(),
        write(Route::of(Method::DELETE, FOLLOW, topics::unfollow))
            .says("Follow a topic no longer.")
            .link_guests(),
        Route::of(Method::PUT, "/api/channels/{channel}/read", reading::read_to)
            .says("Move my reading mark forward.")
            .link_guests(),
        Route::of(
            Method::PUT,
            "/api/channels/{channel}/unread",
            reading::unread_from,
        )
        .says("Mark as unread from a message on.")
        .link_guests(),
        Route::of(Method::PUT, "/api/drafts", reading::save_draft)
            .says("Keep an unsent text.")
            .link_guests(),
        read(Route::of(Method::POST, "/api/preview", reading::preview))
            .says("What a text will look like.")
            .link_guests(),
    ]
}

/// How much somebody wants to be told of.
fn level_routes() -> Vec<Route> {
    use levels::api;
    const EVERYWHERE: &str = "/api/levels";
    const TOPIC: &str = "/api/channels/{channel}/topics/{topic}/level";
    // What I am told of is between me and my devices: no program asks.
    let person = |route: Route| route.scope(Scope::PERSON);
    vec![
        person(Route::of(Method::GET, EVERYWHERE, api::list)).says(
            "How much I want to be told of: everywhere, and the places for which I have said something else.",
        ),
        person(Route::of(Method::PUT, EVERYWHERE, api::everywhere))
            .says("Say how much I want to be told of where I say nothing else."),
        person(Route::of(Method::PUT, "/api/spaces/{space}/level", api::in_space))
            .says("Say how much I want to be told of in a space."),
        person(Route::of(
            Method::PUT,
            "/api/channels/{channel}/level",
            api::in_channel,
        ))
        .says("Say how much I want to be told of in a channel."),
        person(Route::of(Method::PUT, TOPIC, api::in_topic))
            .says("Say how much I want to be told of in a topic.")
            .link_guests(),
    ]
}

/// How long messages stay.
fn retention_routes() -> Vec<Route> {
    use crate::retention::api as retention;
    vec![
        Route::of(Method::GET, "/api/retention", retention::list)
            .door(Door::Admin)
            .says("How long messages stay where, and what is held."),
        Route::of(
            Method::GET,
            "/api/retention/{place}/preview",
            retention::look_ahead,
        )
        .door(Door::Admin)
        .says("How many messages a rule would let go at once."),
        Route::of(Method::PUT, "/api/retention/{place}", retention::put)
            .door(Door::Admin)
            .says("Say how long messages stay in the workspace, a space or a channel."),
        Route::of(Method::DELETE, "/api/retention/{place}", retention::remove)
            .door(Door::Admin)
            .says("Follow the rule of the space or the workspace again."),
        Route::of(Method::POST, "/api/holds", retention::make_hold)
            .door(Door::Admin)
            .says("Lose nothing of a channel, or of what a person wrote."),
        Route::of(Method::GET, "/api/holds/{subject}/copies", retention::list_copies)
            .door(Door::Admin)
            .says("What was deleted while it was held; for owners."),
        Route::of(Method::DELETE, "/api/holds/{subject}", retention::remove_hold)
            .door(Door::Admin)
            .says("End a hold."),
        Route::of(
            Method::GET,
            "/api/channels/{channel}/retention",
            retention::of_channel,
        )
        .scope(READ)
        .says("How long messages stay in a channel."),
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
        of::<MessageRemoved>(&config),
        of::<MessagesGone>(&config),
        of::<MessagesMoved>(&config),
        of::<Removed>(&config),
        of::<RemoveMessage>(&config),
        of::<PinChanged>(&config),
        of::<ReactionChanged>(&config),
        of::<ReadMoved>(&config),
        of::<SavedChanged>(&config),
        of::<TopicChanged>(&config),
        of::<Level>(&config),
        of::<ChooseLevel>(&config),
        of::<LevelChanged>(&config),
        of::<LevelList>(&config),
        of::<PlaceKind>(&config),
        of::<PlaceLevel>(&config),
        of::<TopicState>(&config),
        of::<Card>(&config),
        of::<ChangeRetention>(&config),
        of::<ChannelRetention>(&config),
        of::<HeldAnswer>(&config),
        of::<HeldCopies>(&config),
        of::<HeldCopy>(&config),
        of::<HeldFile>(&config),
        of::<HeldReaction>(&config),
        of::<Hold>(&config),
        of::<HoldKind>(&config),
        of::<NewHold>(&config),
        of::<Retention>(&config),
        of::<RetentionPreview>(&config),
        of::<RetentionRule>(&config),
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
