//! Asks: messages that want an answer, whose turn it is, and by when.
//!
//! Invariants: an ask is written in the transaction of its message and goes with it; the pace with which it was born stays,
//! whatever the charter says later; when an answer is due and whose turn it is are [`timing::due`]'s and [`timing::turn`]'s to
//! say; by when somebody has to answer is told to them and to whoever asked, and to nobody else; a reaction alone is no answer;
//! nobody waits for who has left. Asking everybody writes no row for those who have not moved.
//!
//! It does not know when anybody is told: slices that listen take [`AskChanged`] (`ask.opened`, `ask.changed` on the log of a
//! channel), [`AskMoved`] (`ask.moved` on the log of each person concerned) and [`AskReminded`] (`ask.reminded` on the log of a
//! channel). In the transaction of `message.posted` the ask is there already: [`find_on`], [`due_of_message`] and, for many
//! people at once, [`list_turns_on`] answer.
//! [`list_on`] and [`count`] are for inboxes and catch-up, [`post_ask`] for whoever posts with an ask of their own.

mod actions;
mod api;
mod events;
mod gone;
mod listen;
mod model;
mod own;
mod problem;
mod reading;
mod store;
#[cfg(test)]
mod tests;
mod wire;

pub use actions::{
    moving::withdraw,
    open::{post_ask, post_ask_with},
};
pub use events::{
    ASK_CHANGED, ASK_MOVED, ASK_OPENED, ASK_REMINDED, AskCause, AskChanged, AskMoved, AskReminded,
};
pub use model::Error;
pub use own::store::{OwnAsks, own_data};
pub use problem::PROBLEMS;
pub use reading::{Listed, OpenIn, count, due_of_message, find_on, list_on, list_turns_on, open_in};
pub use wire::{
    Ask, AskCounts, AskForecast, AskItem, AskKind, AskMessage, AskMissing, AskMove, AskMoveKind, AskNeeds,
    AskPage, AskPreview, AskSeat, AskSeatState, AskSide, AskState, AskTopic, AskView, AskWordLists, AskWords,
    AskedMessage, ChannelAsks, GoneAsk, NewAsk,
};

use http::Method;
use platform::{
    db::Migration,
    feature::{Feature, Route, Scope},
};
use ts_rs::{Config, TS};

/// An ask is part of a conversation, as its message is.
const READ: Scope = Scope("messages:read");
const WRITE: Scope = Scope("messages:write");

/// Everything this slice adds to the server.
pub fn feature() -> Feature {
    Feature {
        name: "asks",
        migrations: vec![
            Migration {
                name: "asks/0001_asks",
                text: include_str!("../migrations/0001_asks.sql"),
            },
            Migration {
                name: "asks/0002_gone",
                text: include_str!("../migrations/0002_gone.sql"),
            },
        ],
        statements: [store::STATEMENTS, own::store::STATEMENTS, gone::store::STATEMENTS].concat(),
        routes: routes(),
        listeners: listen::listeners(),
        ..Feature::default()
    }
}

fn routes() -> Vec<Route> {
    const OF_CHANNEL: &str = "/api/channels/{channel}/asks";
    const ASK: &str = "/api/channels/{channel}/messages/{message}/ask";
    const MOVES: &str = "/api/channels/{channel}/messages/{message}/ask/moves";
    const REMIND: &str = "/api/channels/{channel}/messages/{message}/ask/reminder";
    const MISSING: &str = "/api/channels/{channel}/messages/{message}/ask/missing";
    vec![
        Route::of(Method::POST, OF_CHANNEL, api::create)
            .scope(WRITE)
            .says("Post a message that wants an answer; the same id again gives back what was posted."),
        Route::of(Method::GET, OF_CHANNEL, api::list_of_channel)
            .scope(READ)
            .says("The asks of a stretch of a channel.")
            .link_guests(),
        Route::of(Method::GET, "/api/channels/{channel}/asks/preview", api::preview)
            .scope(READ)
            .says("By when people would be due to answer if they were asked now, and who is away."),
        Route::of(Method::PUT, ASK, api::put)
            .scope(WRITE)
            .says("Ask with a message of one's own that is posted already."),
        Route::of(Method::GET, ASK, api::get)
            .scope(READ)
            .says("How an ask stands.")
            .link_guests(),
        Route::of(Method::POST, MOVES, api::make_move)
            .scope(WRITE)
            .says("Answer, ask back, promise, pass, decline, withdraw, or take the last of these back.")
            .link_guests(),
        Route::of(Method::POST, REMIND, api::remind)
            .scope(WRITE)
            .says("Remind those who have not answered, once."),
        Route::of(Method::GET, MISSING, api::missing)
            .scope(READ)
            .says("Who has not answered, for whoever asked."),
        Route::of(Method::GET, "/api/asks", api::list)
            .scope(READ)
            .says("What is on me, or what I wait for; what is due next first."),
        Route::of(Method::GET, "/api/asks/words", api::words)
            .scope(READ)
            .says("The words by which the app knows that a text asks for an answer."),
        Route::of(Method::GET, "/api/asks/counts", api::count)
            .scope(READ)
            .says("How much is on me, and how much I wait for."),
    ]
}

/// The wire types of this slice in TypeScript: name and declaration.
pub fn types() -> Vec<(String, String)> {
    fn of<T: TS>(config: &Config) -> (String, String) {
        (T::name(config), T::decl(config))
    }
    let config = Config::default();
    vec![
        of::<Ask>(&config),
        of::<AskCause>(&config),
        of::<AskChanged>(&config),
        of::<AskCounts>(&config),
        of::<AskForecast>(&config),
        of::<AskItem>(&config),
        of::<AskKind>(&config),
        of::<AskMessage>(&config),
        of::<AskMissing>(&config),
        of::<AskMove>(&config),
        of::<AskMoveKind>(&config),
        of::<AskMoved>(&config),
        of::<AskNeeds>(&config),
        of::<AskPage>(&config),
        of::<AskPreview>(&config),
        of::<AskReminded>(&config),
        of::<AskSeat>(&config),
        of::<AskSeatState>(&config),
        of::<AskSide>(&config),
        of::<AskState>(&config),
        of::<AskView>(&config),
        of::<AskWordLists>(&config),
        of::<AskWords>(&config),
        of::<AskedMessage>(&config),
        of::<AskTopic>(&config),
        of::<ChannelAsks>(&config),
        of::<GoneAsk>(&config),
        of::<NewAsk>(&config),
    ]
}
