//! Later: what is written now and lands well. Posts that wait for their time, messages to people who are not at work,
//! reminders of messages, posts that come back, and questions that come back and gather their answers in a topic.
//!
//! Invariants: a post goes out once, as its author, who may write there at that moment; what cannot go out is kept, with the
//! reason, until its author takes it away; in one channel posts go out in the order of their time, within a day of it; what
//! waits for somebody's work follows their hours; a message that was sent silently is marked before anybody hears of it.
//!
//! It does not know how messages are posted, nor who is interrupted by them: whoever delivers asks [`is_silent`].

mod actions;
mod api;
mod events;
mod firing;
mod landing;
mod leaving;
mod model;
mod problem;
mod reminders;
mod routines;
mod store;
#[cfg(test)]
mod tests;
mod wire;

pub use events::{
    CHECK_IN_TURNED, CheckInChanged, CheckInTurned, REMINDER_CHANGED, ReminderChanged, ReminderState,
    RoutineChanged, RoutineState, ScheduledChanged, ScheduledState,
};
pub use firing::{start, work_due};
pub use model::Error;
pub use problem::PROBLEMS;
pub use reminders::wire::{ChangeReminder, NewReminder, OwnReminder, Reminder, ReminderPage};
pub use routines::{
    rounds::{CheckIn, TurnState},
    wire::{ChangeRoutine, NewRoutine, Rhythm, Routine, RoutineKind, RoutineList},
};
pub use wire::{
    ChangeScheduled, ChooseLanding, LandingChoice, LandingView, NewScheduled, Scheduled, ScheduledList,
    WhyFailed,
};

use base::{MessageId, PersonId, Timestamp};
use http::Method;
use platform::{
    db::{Migration, Tx},
    feature::{Feature, Route, Scope},
};
use ts_rs::{Config, TS};

/// Tells somebody of a message as of a reminder whose time has come.
pub fn remind_now(
    tx: &mut dyn Tx,
    person: PersonId,
    message: MessageId,
    now: Timestamp,
) -> platform::db::Result<()> {
    reminders::remind_now(tx, person, message, now)
}

/// What waits is a message to be, and belongs to its author.
const READ: Scope = Scope("messages:read");
const WRITE: Scope = Scope("messages:write");

/// Everything this slice adds to the server. The server also needs [`start`], once it has started.
pub fn feature() -> Feature {
    Feature {
        name: "later",
        migrations: vec![
            Migration {
                name: "later/0001_scheduled",
                text: include_str!("../migrations/0001_scheduled.sql"),
            },
            Migration {
                name: "later/0002_reminders",
                text: include_str!("../migrations/0002_reminders.sql"),
            },
            Migration {
                name: "later/0003_routines",
                text: include_str!("../migrations/0003_routines.sql"),
            },
            Migration {
                name: "later/0004_gone",
                text: include_str!("../migrations/0004_gone.sql"),
            },
        ],
        statements: [
            store::STATEMENTS,
            reminders::store::STATEMENTS,
            routines::store::STATEMENTS,
            routines::rounds::store::STATEMENTS,
        ]
        .concat(),
        routes: routes(),
        jobs: vec![landing::job()],
        listeners: leaving::listeners(),
        ..Feature::default()
    }
}

/// Whether a message was sent to interrupt nobody; known already when `message.posted` is heard.
pub fn is_silent(tx: &mut dyn Tx, message: MessageId) -> platform::db::Result<bool> {
    store::is_silent(tx, message)
}

/// All that somebody has scheduled, for whoever gives them their own data.
pub fn list_scheduled(tx: &mut dyn Tx, person: PersonId) -> platform::db::Result<Vec<Scheduled>> {
    actions::list(tx, person)
}

/// All reminders of somebody, for whoever gives them their own data: message, note and times.
pub fn list_reminders(tx: &mut dyn Tx, person: PersonId) -> platform::db::Result<Vec<OwnReminder>> {
    reminders::list_own(tx, person)
}

/// All that somebody lets come back, for whoever gives them their own data.
pub fn list_routines(tx: &mut dyn Tx, person: PersonId) -> platform::db::Result<Vec<Routine>> {
    routines::list(tx, person)
}

fn routes() -> Vec<Route> {
    [scheduled_routes(), reminder_routes(), routine_routes()].concat()
}

fn routine_routes() -> Vec<Route> {
    const ALL: &str = "/api/routines";
    const ONE: &str = "/api/routines/{routine}";
    const CHECK_IN: &str = "/api/channels/{channel}/check-ins/{message}";
    const SKIP: &str = "/api/channels/{channel}/check-ins/{message}/skip";
    let read = |route: Route| route.scope(READ);
    let write = |route: Route| route.scope(WRITE);
    vec![
        write(Route::of(Method::POST, ALL, routines::api::create))
            .also(200)
            .says("Let a post or a question come back by itself; the same id again makes no second one."),
        read(Route::of(Method::GET, ALL, routines::api::list)).says("What I let come back by itself."),
        write(Route::of(Method::PATCH, ONE, routines::api::change))
            .says("Change what comes back, let it rest or go on, or leave its next time out."),
        write(Route::of(Method::DELETE, ONE, routines::api::end)).says("End what comes back."),
        read(Route::of(Method::GET, CHECK_IN, routines::api::get_check_in))
            .says("How one time of a question stands: how many have answered, and whether I have.")
            .link_guests(),
        write(Route::of(Method::PUT, SKIP, routines::api::skip))
            .says("Say that I do not answer a question this time."),
    ]
}

fn reminder_routes() -> Vec<Route> {
    const ALL: &str = "/api/reminders";
    const ONE: &str = "/api/reminders/{reminder}";
    vec![
        Route::of(Method::POST, ALL, reminders::api::remind)
            .scope(WRITE)
            .also(200)
            .says("Be told of a message again, at a time; the same id again makes no second reminder."),
        Route::of(Method::GET, ALL, reminders::api::list)
            .scope(READ)
            .says("My reminders, in the order of their time; what was told stands first."),
        Route::of(Method::PATCH, ONE, reminders::api::change)
            .scope(WRITE)
            .says("Be told at another time, or change the note."),
        Route::of(Method::DELETE, ONE, reminders::api::done)
            .scope(WRITE)
            .says("Be done with a reminder."),
    ]
}

fn scheduled_routes() -> Vec<Route> {
    const ALL: &str = "/api/scheduled";
    const ONE: &str = "/api/scheduled/{scheduled}";
    const LANDING: &str = "/api/channels/{channel}/landing";
    let read = |route: Route| route.scope(READ);
    let write = |route: Route| route.scope(WRITE);
    vec![
        write(Route::of(Method::POST, ALL, api::schedule))
            .also(200)
            .says("Write something that is posted at its time; the same id again gives back what waits."),
        read(Route::of(Method::GET, ALL, api::list))
            .says("What I have scheduled, and what could not be posted."),
        write(Route::of(Method::PATCH, ONE, api::change)).says("Change what I have scheduled, or its time."),
        write(Route::of(Method::DELETE, ONE, api::take_back)).says("Take back what I have scheduled."),
        write(Route::of(
            Method::POST,
            "/api/scheduled/{scheduled}/send",
            api::send,
        ))
        .says("Post now what I have scheduled."),
        read(Route::of(Method::GET, LANDING, api::get_landing))
            .says("Whether the others of a direct conversation are at work, and what can be chosen if not."),
        write(Route::of(Method::PUT, LANDING, api::choose_landing))
            .says("Remember for the rest of the day how my messages land there."),
        write(Route::of(
            Method::POST,
            "/api/channels/{channel}/silent-messages",
            api::post_silently,
        ))
        .also(200)
        .says("Post a message that interrupts nobody; the same id again gives back what was posted."),
    ]
}

/// The wire types of this slice in TypeScript: name and declaration.
pub fn types() -> Vec<(String, String)> {
    fn of<T: TS>(config: &Config) -> (String, String) {
        (T::name(config), T::decl(config))
    }
    let config = Config::default();
    vec![
        of::<ChangeReminder>(&config),
        of::<ChangeRoutine>(&config),
        of::<ChangeScheduled>(&config),
        of::<CheckIn>(&config),
        of::<CheckInChanged>(&config),
        of::<CheckInTurned>(&config),
        of::<ChooseLanding>(&config),
        of::<LandingChoice>(&config),
        of::<LandingView>(&config),
        of::<NewReminder>(&config),
        of::<NewRoutine>(&config),
        of::<NewScheduled>(&config),
        of::<Reminder>(&config),
        of::<ReminderChanged>(&config),
        of::<ReminderPage>(&config),
        of::<ReminderState>(&config),
        of::<Rhythm>(&config),
        of::<Routine>(&config),
        of::<RoutineChanged>(&config),
        of::<RoutineKind>(&config),
        of::<RoutineList>(&config),
        of::<RoutineState>(&config),
        of::<Scheduled>(&config),
        of::<ScheduledChanged>(&config),
        of::<ScheduledList>(&config),
        of::<ScheduledState>(&config),
        of::<TurnState>(&config),
        of::<WhyFailed>(&config),
    ]
}
