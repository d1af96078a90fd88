//! Advice on the form of a conversation: what it will take in writing and live, when it should change its form, and how
//! something is best said.
//!
//! Invariants: what is advised is [`timing`]'s to say; nothing is offered that this server does not have; a hint is for those
//! whose turn it is, once a day and topic, and stays away when it was waved away; nothing that was read for it is kept.
//!
//! It does not know how anything is posted, asked or booked: it looks, and says.

mod api;
mod listen;
mod model;
mod problem;
mod reading;
mod store;
#[cfg(test)]
mod tests;
mod wire;

pub use model::Error;
pub use wire::{
    Advice, AdviceMode, AdviceNature, AdvicePurpose, AdviceReason, AdviceUrgency, HintKind, HintShown,
    HintWhy, TalkEstimate, TalkTiming, TimingHint,
};

use http::Method;
use platform::{
    db::Migration,
    feature::{Feature, Route, Scope},
};
use ts_rs::{Config, TS};

const READ: Scope = Scope("messages:read");

/// Everything this slice adds to the server.
pub fn feature() -> Feature {
    Feature {
        name: "advice",
        migrations: vec![Migration {
            name: "advice/0001_advice",
            text: include_str!("../migrations/0001_advice.sql"),
        }],
        statements: store::STATEMENTS.to_vec(),
        routes: routes(),
        listeners: listen::listeners(),
        ..Feature::default()
    }
}

fn routes() -> Vec<Route> {
    vec![
        Route::of(Method::GET, "/api/channels/{channel}/timing", api::timing)
            .scope(READ)
            .says(
                "What a conversation will take in writing and live, and whether it should change its form.",
            ),
        Route::of(Method::PUT, "/api/channels/{channel}/hint", api::keep_hint)
            .says("A hint was shown there, or waved away."),
        Route::of(Method::GET, "/api/channels/{channel}/advice", api::advise)
            .scope(READ)
            .says("How something is best said there."),
    ]
}

/// The wire types of this slice in TypeScript: name and declaration.
pub fn types() -> Vec<(String, String)> {
    fn of<T: TS>(config: &Config) -> (String, String) {
        (T::name(config), T::decl(config))
    }
    let config = Config::default();
    vec![
        of::<Advice>(&config),
        of::<AdviceMode>(&config),
        of::<AdviceNature>(&config),
        of::<AdvicePurpose>(&config),
        of::<AdviceReason>(&config),
        of::<AdviceUrgency>(&config),
        of::<HintKind>(&config),
        of::<HintShown>(&config),
        of::<HintWhy>(&config),
        of::<TalkEstimate>(&config),
        of::<TalkTiming>(&config),
        of::<TimingHint>(&config),
    ]
}
