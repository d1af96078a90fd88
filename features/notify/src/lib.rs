//! Who is told of what, when, and on which device: what `messages` deliberately does not know.
//!
//! Invariants: what somebody said stands in the app at once, only the interruption is shaped, and [`timing::delivery`]
//! alone decides it; nobody who is not called costs a row; what waits is released or superseded by being read, and told
//! once, whatever the clock of the server and a `kill -9` do: the change of state and everything that tells it are one
//! transaction; whoever may not read something at the moment of telling is not told of it; a sender learns until when
//! something is held, and neither why nor whether it was read before.
//!
//! While the app is closed it tells by Web Push (`push`), one device only, encrypted for that browser; whoever is nowhere near
//! it gets mail (`mail`), if they have chosen that.
//!
//! It is called by events and by nobody's code: a slice below that calls people ([`Called`]) announces an event, `listen`
//! hears it. An urgent page whose person has agreed is such an event: it becomes a [`Called`] with `urgent` and `consented`,
//! which goes at once, past quiet and past time to think. So does a reminder, at the time that its owner has chosen. Nothing else
//! does.

mod actions;
mod api;
mod events;
mod keep;
mod listen;
mod mail;
mod meetings;
mod model;
mod problem;
mod push;
mod store;
#[cfg(test)]
mod tests;
mod unseen;
mod wire;

pub use actions::page;
pub use events::{DeviceUsed, MessageHeld, NoticeReleased};
pub use keep::{keep, release_due};
pub use model::{Called, Cause, Error, MailWay};
pub use wire::{
    HeldMessage, HeldMessages, HeldNotices, MailChoice, Notice, PushChoice, PushDevice, PushOutcome,
    PushState, PushTested, ShownNotices, SubscribePush,
};

use http::Method;
use platform::{
    db::Migration,
    feature::{Door, Feature, Route, Scope},
};
use ts_rs::{Config, TS};

/// Everything this slice adds to the server. The server also needs [`keep`], once it has started.
pub fn feature() -> Feature {
    Feature {
        name: "notify",
        migrations: vec![
            Migration {
                name: "notify/0001_notices",
                text: include_str!("../migrations/0001_notices.sql"),
            },
            Migration {
                name: "notify/0002_reminders",
                text: include_str!("../migrations/0002_reminders.sql"),
            },
            Migration {
                name: "notify/0003_push",
                text: include_str!("../migrations/0003_push.sql"),
            },
            Migration {
                name: "notify/0004_consent",
                text: include_str!("../migrations/0004_consent.sql"),
            },
            Migration {
                name: "notify/0005_mail",
                text: include_str!("../migrations/0005_mail.sql"),
            },
            Migration {
                name: "notify/0006_levels",
                text: include_str!("../migrations/0006_levels.sql"),
            },
            Migration {
                name: "notify/0007_thanks",
                text: include_str!("../migrations/0007_thanks.sql"),
            },
            Migration {
                name: "notify/0008_meetings",
                text: include_str!("../migrations/0008_meetings.sql"),
            },
        ],
        statements: store::statements(),
        routes: routes(),
        jobs: actions::jobs(),
        letters: mail::letters(),
        listeners: listen::listeners(),
        ..Feature::default()
    }
}

fn routes() -> Vec<Route> {
    const STOP: &str = "/api/unsubscribe/{token}";
    // What is told on which device is between a person and their devices: no program asks.
    let person = |route: Route| route.scope(Scope::PERSON);
    vec![
        Route::of(Method::GET, "/api/notices", api::list_held)
            .says("What waits to be told to me, and which of my devices is told."),
        person(Route::of(Method::POST, "/api/notices/shown", api::shown))
            .says("Say that what called me was shown to me."),
        person(Route::of(Method::POST, "/api/notices/later", api::put_off))
            .says("Tell me of this once more, later today."),
        person(Route::of(Method::GET, "/api/push", api::push::get)).says(
            "Which of my devices are told while the app is closed, and what a browser needs to become one.",
        ),
        person(Route::of(Method::PUT, "/api/push/device", api::push::subscribe))
            .says("Tell me on this device while the app is closed."),
        person(Route::of(
            Method::DELETE,
            "/api/push/devices/{session}",
            api::push::unsubscribe,
        ))
        .says("Tell me on that device no longer while the app is closed."),
        person(Route::of(Method::POST, "/api/push/test", api::push::test))
            .says("Tell this device something, to see whether it works."),
        person(Route::of(Method::PUT, "/api/push/settings", api::push::choose))
            .says("Say whether pushes show what messages say."),
        person(Route::of(Method::PUT, "/api/notices/mail", api::mail::choose))
            .says("Say how I am told by mail."),
        Route::of(Method::GET, STOP, api::mail::look)
            .door(Door::Public)
            .says("Where the link below a letter leads: a page that asks whether the letters are to end."),
        Route::of(Method::POST, STOP, api::mail::stop)
            .door(Door::Public)
            .says("End the letters of whoever holds this link (RFC 8058)."),
        person(Route::of(Method::PUT, "/api/notices/device", api::use_device))
            .says("Say that this is the device that I use now: it is told, the others stay still."),
        Route::of(
            Method::GET,
            "/api/channels/{channel}/held",
            api::list_held_messages,
        )
        .scope(Scope("messages:read"))
        .says("Which of my messages in a direct conversation wait for somebody's hours, and until when."),
    ]
}

/// The wire types of this slice in TypeScript: name and declaration.
pub fn types() -> Vec<(String, String)> {
    fn of<T: TS>(config: &Config) -> (String, String) {
        (T::name(config), T::decl(config))
    }
    let config = Config::default();
    vec![
        of::<Cause>(&config),
        of::<DeviceUsed>(&config),
        of::<HeldMessage>(&config),
        of::<HeldMessages>(&config),
        of::<HeldNotices>(&config),
        of::<MailChoice>(&config),
        of::<MailWay>(&config),
        of::<MessageHeld>(&config),
        of::<Notice>(&config),
        of::<NoticeReleased>(&config),
        of::<PushChoice>(&config),
        of::<PushDevice>(&config),
        of::<PushOutcome>(&config),
        of::<PushState>(&config),
        of::<PushTested>(&config),
        of::<ShownNotices>(&config),
        of::<SubscribePush>(&config),
    ]
}
