//! Moderation: what people mind, and what was taken away by whom.
//!
//! Invariants: what is told here is told to those who look after the channel at that moment, and to administrators, but
//! nobody handles what was said about themselves; who reported a message is told to them alone; what a reported message
//! said is kept until the report is handled and no longer; of a message that was removed nothing tells what it said.
//!
//! It does not know how a message is taken away: that is a verb of `messages`.

mod actions;
mod api;
mod events;
mod listen;
mod model;
mod problem;
mod store;
#[cfg(test)]
mod tests;
mod wire;

pub use events::{ReportHandled, ReportsChanged};
pub use model::{Error, Outcome, Reason};
pub use problem::PROBLEMS;
pub use wire::{
    Handled, ModeratedPlace, ModerationState, NewReport, OwnReport, OwnReportPage, Removal, RemovalPage,
    Report, ReportPage, ReportVoice,
};

use http::Method;
use platform::{
    db::Migration,
    feature::{Feature, Route, Scope},
};
use ts_rs::{Config, TS};

/// What is moderated was said in conversations.
const READ: Scope = Scope("messages:read");
const WRITE: Scope = Scope("messages:write");

/// Everything this slice adds to the server.
pub fn feature() -> Feature {
    Feature {
        name: "moderation",
        migrations: vec![
            Migration {
                name: "moderation/0001_reports",
                text: include_str!("../migrations/0001_reports.sql"),
            },
            Migration {
                name: "moderation/0002_of_message",
                text: include_str!("../migrations/0002_of_message.sql"),
            },
        ],
        statements: store::statements(),
        routes: routes(),
        listeners: listen::listeners(),
        deeds: actions::DEEDS,
        ..Feature::default()
    }
}

fn routes() -> Vec<Route> {
    use api::{removals, reports};
    const REPORT: &str = "/api/channels/{channel}/messages/{message}/report";
    const DISMISS: &str = "/api/moderation/reports/{report}/dismiss";
    const REMOVE: &str = "/api/moderation/reports/{report}/remove";
    let read = |route: Route| route.scope(READ);
    let write = |route: Route| route.scope(WRITE);
    vec![
        read(Route::of(Method::GET, "/api/moderation", reports::state))
            .says("What waits for me in the channels that I look after."),
        read(Route::of(Method::GET, "/api/moderation/removals", removals::list))
            .says("What was removed in the channels that I look after, the newest first."),
        write(Route::of(Method::POST, REPORT, reports::report)).says(
            "Tell those who look after the channel that I mind a message. They alone hear who that is.",
        ),
        read(Route::of(Method::GET, "/api/moderation/reports", reports::list))
            .says("Reported messages in the channels that I look after, the newest first."),
        write(Route::of(Method::POST, DISMISS, reports::dismiss)).says("The reported message may stay."),
        write(Route::of(Method::POST, REMOVE, reports::remove))
            .says("Take the reported message away. Its author is told why."),
        read(Route::of(Method::GET, "/api/me/reports", reports::list_own))
            .says("What I reported, and whether somebody has seen to it."),
    ]
}

/// The wire types of this slice in TypeScript: name and declaration.
pub fn types() -> Vec<(String, String)> {
    fn of<T: TS>(config: &Config) -> (String, String) {
        (T::name(config), T::decl(config))
    }
    let config = Config::default();
    vec![
        of::<Handled>(&config),
        of::<ModeratedPlace>(&config),
        of::<ModerationState>(&config),
        of::<NewReport>(&config),
        of::<Outcome>(&config),
        of::<OwnReport>(&config),
        of::<OwnReportPage>(&config),
        of::<Reason>(&config),
        of::<Removal>(&config),
        of::<RemovalPage>(&config),
        of::<Report>(&config),
        of::<ReportHandled>(&config),
        of::<ReportPage>(&config),
        of::<ReportsChanged>(&config),
        of::<ReportVoice>(&config),
    ]
}
