//! What is urgent: a message that calls people, one after the other, until somebody takes it.
//!
//! Invariants: nobody is called twice for one turn and no call is lost, whenever the server dies, because who was called and
//! when to look again are written in one transaction; whoever has not agreed to be woken is told in their own time, and the
//! chain does not wait for them; who is called when, and what is left of a sender's budget, are [`timing::urgent`]'s to say;
//! nobody is on call who has not agreed to it; that it was not urgent only its sender learns, without a name; who may not read
//! the channel is not called.
//!
//! It does not know how anybody is told: slices that listen take [`UrgentPaged`] and [`UrgentSettled`] on people's own logs.
//! [`UrgentChanged`] on the log of a channel says that it stands differently.

mod actions;
mod api;
mod events;
mod listen;
mod model;
mod own;
mod problem;
mod reading;
mod resolve;
mod rota;
mod store;
#[cfg(test)]
mod tests;
mod wire;

pub use events::{
    RotaChanged, URGENT_CHANGED, URGENT_PAGED, URGENT_SETTLED, UrgentChanged, UrgentConsentChanged,
    UrgentDoubted, UrgentPaged, UrgentSettled,
};
pub use model::Error;
pub use own::store::{OwnUrgents, own_data};
pub use problem::PROBLEMS;
pub use reading::list_mine;
pub use wire::{
    AgreeToRota, HandOverRota, MyUrgents, NewUrgent, Rota, RotaMember, RotaStep, RotaSwap, RotaTurn,
    RotaView, SaveRota, SwapRota, Urgent, UrgentCall, UrgentConsent, UrgentConsents, UrgentForecast,
    UrgentForecastStep, UrgentKind, UrgentMove, UrgentMoveKind, UrgentPreview, UrgentReaction, UrgentState,
    UrgentStep, UrgentVia, UrgentView,
};

use http::Method;
use platform::{
    db::Migration,
    feature::{Feature, Route, Scope},
};
use ts_rs::{Config, TS};

/// It is part of a conversation, as its message is.
const READ: Scope = Scope("messages:read");
const WRITE: Scope = Scope("messages:write");

/// Everything this slice adds to the server.
pub fn feature() -> Feature {
    Feature {
        name: "urgent",
        migrations: vec![Migration {
            name: "urgent/0001_urgent",
            text: include_str!("../migrations/0001_urgent.sql"),
        }],
        statements: [store::statements(), own::store::STATEMENTS.to_vec()].concat(),
        routes: [routes(), rota_routes()].concat(),
        jobs: vec![actions::stepping::job(), actions::leaving::job()],
        listeners: listen::listeners(),
        deeds: actions::rotas::DEEDS,
        ..Feature::default()
    }
}

fn routes() -> Vec<Route> {
    const ALL: &str = "/api/channels/{channel}/urgents";
    const ONE: &str = "/api/channels/{channel}/urgents/{urgent}";
    const MOVES: &str = "/api/channels/{channel}/urgents/{urgent}/moves";
    const IN_SPACE: &str = "/api/spaces/{space}/urgent-consent";
    const IN_CHANNEL: &str = "/api/channels/{channel}/urgent-consent";
    let read = |route: Route| route.scope(READ);
    let write = |route: Route| route.scope(WRITE);
    vec![
        write(Route::of(Method::POST, ALL, api::create))
            .says("Post a message that calls people until somebody takes it; the same id again gives back what was posted."),
        read(Route::of(
            Method::GET,
            "/api/channels/{channel}/urgents/preview",
            api::preview,
        ))
        .says("Whom it would call now, who would be told when, and what is left of my budget."),
        read(Route::of(Method::GET, ONE, api::get))
            .says("How it stands: who was called when, and who has reacted.")
            .link_guests(),
        write(Route::of(Method::POST, MOVES, api::make_move))
            .says("Take it, say that it is not for me, take it back, confirm it, or say that it was not urgent."),
        read(Route::of(Method::GET, "/api/urgents", api::list_mine))
            .says("What calls me and waits for my reaction."),
        read(Route::of(
            Method::GET,
            "/api/urgent-consents",
            api::list_consents,
        ))
        .says("Where I have agreed to be woken by what is urgent."),
        write(Route::of(Method::PUT, IN_SPACE, api::agree_in_space))
            .says("Agree to be woken by what is urgent in a space."),
        write(Route::of(Method::DELETE, IN_SPACE, api::take_back_in_space))
            .says("Do not be woken by what is urgent in a space any more."),
        write(Route::of(Method::PUT, IN_CHANNEL, api::agree_in_channel))
            .says("Agree to be woken by what is urgent in a channel."),
        write(Route::of(
            Method::DELETE,
            IN_CHANNEL,
            api::take_back_in_channel,
        ))
        .says("Do not be woken by what is urgent in a channel any more."),
    ]
}

fn rota_routes() -> Vec<Route> {
    const ROTA: &str = "/api/spaces/{space}/rota";
    vec![
        Route::of(Method::GET, ROTA, api::rotas::get)
            .says("Who is on call in a space, and whom what is urgent there calls."),
        Route::of(Method::PUT, ROTA, api::rotas::save)
            .says("Change who is on call in turn, when it is handed over, and the chain."),
        Route::of(Method::PUT, "/api/spaces/{space}/rota/consent", api::rotas::agree)
            .says("Be ready to be on call, or not any more."),
        Route::of(
            Method::POST,
            "/api/spaces/{space}/rota/hand-over",
            api::rotas::hand_over,
        )
        .says("Hand over now."),
        Route::of(Method::PUT, "/api/spaces/{space}/rota/swap", api::rotas::swap)
            .says("Put somebody else on call for a day."),
    ]
}

/// The wire types of this slice in TypeScript: name and declaration.
pub fn types() -> Vec<(String, String)> {
    fn of<T: TS>(config: &Config) -> (String, String) {
        (T::name(config), T::decl(config))
    }
    let config = Config::default();
    vec![
        of::<AgreeToRota>(&config),
        of::<HandOverRota>(&config),
        of::<MyUrgents>(&config),
        of::<NewUrgent>(&config),
        of::<Rota>(&config),
        of::<RotaChanged>(&config),
        of::<RotaMember>(&config),
        of::<RotaStep>(&config),
        of::<RotaSwap>(&config),
        of::<RotaTurn>(&config),
        of::<RotaView>(&config),
        of::<SaveRota>(&config),
        of::<SwapRota>(&config),
        of::<Urgent>(&config),
        of::<UrgentCall>(&config),
        of::<UrgentChanged>(&config),
        of::<UrgentConsent>(&config),
        of::<UrgentConsentChanged>(&config),
        of::<UrgentConsents>(&config),
        of::<UrgentDoubted>(&config),
        of::<UrgentForecast>(&config),
        of::<UrgentForecastStep>(&config),
        of::<UrgentKind>(&config),
        of::<UrgentMove>(&config),
        of::<UrgentMoveKind>(&config),
        of::<UrgentPaged>(&config),
        of::<UrgentPreview>(&config),
        of::<UrgentReaction>(&config),
        of::<UrgentSettled>(&config),
        of::<UrgentState>(&config),
        of::<UrgentStep>(&config),
        of::<UrgentVia>(&config),
        of::<UrgentView>(&config),
    ]
}
