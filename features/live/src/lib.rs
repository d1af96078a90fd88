//! Live sessions: a time of a conversation in which people hear and see each other, and its record.
//!
//! Invariants: a conversation is live once at a time; who comes in reads the channel, and whoever no longer may is out
//! within seconds; what a role may do in the room is what the record says; who was in it and when is written down, also
//! when the server dies in between; a session that nobody is in ends after ten minutes; it goes with its message.
//!
//! It does not know how sound and pictures travel: `media` does. What is said beside it are messages of the conversation.

mod actions;
mod api;
mod events;
mod jobs;
mod listen;
mod model;
mod problem;
mod rooms;
mod store;
#[cfg(test)]
mod tests;
mod webhooks;
mod wire;

pub use events::{LiveChanged, LiveRang, LiveRoster};
pub use model::Error;
pub use problem::PROBLEMS;
pub use rooms::{NoMedia, kept, key, start};
pub use wire::{
    ChangeLive, ChangeLiveAgenda, ChangeLivePerson, EndLive, EnterLive, GoLive, LiveAbsent, LiveBreakout,
    LiveDecision, LiveLayout, LiveList, LiveNote, LiveNoted, LiveNotes, LiveNumbers, LiveOutcome, LivePerson,
    LivePersonNumbers, LivePlace, LivePoint, LiveRole, LiveRoom, LiveRooms, LiveSession, LiveStay, LiveTest,
    LiveTicket, LiveView, NewBreakout, NewLiveAsk, NewLiveDecision, NewLiveNote, NotesOf, ObjectLive,
    OpenBreakouts, OwnLiveStay, PlaceLivePerson, RaiseHand, ReactLive, RecallBreakouts,
};

use base::{LiveId, MessageId, PersonId, Timestamp, TopicId};
use http::Method;
use messages::CardPost;
use platform::{
    app::App,
    db::{self, Migration, Tx},
    feature::{Door, Feature, Route, Scope},
};
use spaces::ChannelAccess;
use ts_rs::{Config, TS};

/// A session is part of a conversation, as its message is.
const READ: Scope = Scope("messages:read");
const WRITE: Scope = Scope("messages:write");

/// Everything this slice adds to the server. The server also needs [`kept`], and [`start`] once it has started.
pub fn feature() -> Feature {
    Feature {
        name: "live",
        migrations: vec![
            Migration {
                name: "live/0001_sessions",
                text: include_str!("../migrations/0001_sessions.sql"),
            },
            Migration {
                name: "live/0002_beside",
                text: include_str!("../migrations/0002_beside.sql"),
            },
            Migration {
                name: "live/0003_interpreters",
                text: include_str!("../migrations/0003_interpreters.sql"),
            },
            Migration {
                name: "live/0004_record",
                text: include_str!("../migrations/0004_record.sql"),
            },
        ],
        statements: store::statements(),
        routes: [routes(), breakout_routes()].concat(),
        jobs: jobs::jobs(),
        listeners: listen::listeners(),
        ..Feature::default()
    }
}

/// Begins a session for another slice, in the conversation that was proved.
pub fn begin(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (new, post): (&GoLive, &CardPost),
    now: Timestamp,
) -> Result<LiveSession, Error> {
    actions::start(tx, access, (new, post), now)
}

/// The message under which a session stands.
pub fn card_of(message: MessageId, about: &str, id: LiveId) -> Result<CardPost, Error> {
    Ok(CardPost::read(message, None, about, (api::CARD, id.0), true)?)
}

/// A session that another slice began is over, without an outcome. Twice is once.
pub fn finish(tx: &mut dyn Tx, id: LiveId, now: Timestamp) -> db::Result<()> {
    actions::finish(tx, id, now)
}

/// Refuses where this server carries no media.
pub fn require_media(app: &App) -> Result<(), Error> {
    rooms::Rooms::media_of(app).map(drop)
}

/// Until when what was decided in these topics is provisional, of those where it is.
pub fn list_provisional(tx: &mut dyn Tx, topics: &[TopicId]) -> db::Result<Vec<(TopicId, Timestamp)>> {
    store::decisions::list_provisional_among(tx, topics)
}

/// The messages of provisional decisions about which somebody is asked, and until when; the soonest first.
pub fn list_provisional_on(tx: &mut dyn Tx, person: PersonId) -> db::Result<Vec<(MessageId, Timestamp)>> {
    store::decisions::list_provisional_on(tx, person)
}

/// When somebody was in which session, for their own data.
pub fn own_data(tx: &mut dyn Tx, person: PersonId) -> db::Result<Vec<OwnLiveStay>> {
    store::numbers::list_all_of(tx, person)
}

fn routes() -> Vec<Route> {
    const ALL: &str = "/api/channels/{channel}/live";
    const ONE: &str = "/api/channels/{channel}/live/{live}";
    vec![
        Route::of(Method::GET, "/api/live", api::list_mine)
            .scope(READ)
            .says("What is live now in the channels that I may read."),
        Route::of(Method::GET, "/api/live/rooms", api::watching::list)
            .door(Door::Admin)
            .says("How the rooms of live sessions do: people, packets, losses; for administrators."),
        Route::of(Method::POST, "/api/live/test", api::test)
            .scope(WRITE)
            .says("Two tickets into a room of one's own, to try one's line and devices."),
        Route::of(Method::POST, ALL, api::start)
            .scope(WRITE)
            .says("Go live in a conversation, under a new message."),
        Route::of(Method::GET, ONE, api::get)
            .scope(READ)
            .says("How a live session stands, or what it was."),
        Route::of(Method::PATCH, ONE, api::change)
            .scope(WRITE)
            .says("Open the doors, lock them, say what newcomers may do; for hosts."),
        Route::of(
            Method::POST,
            "/api/channels/{channel}/live/{live}/enter",
            api::enter,
        )
        .scope(WRITE)
        .says("A ticket that lets a LiveKit client into the room."),
        Route::of(Method::PUT, "/api/channels/{channel}/live/{live}/hand", api::hand)
            .scope(WRITE)
            .says("Put one's hand up or down."),
        Route::of(
            Method::PATCH,
            "/api/channels/{channel}/live/{live}/people/{person}",
            api::change_person,
        )
        .scope(WRITE)
        .says("Say what somebody may do, take a hand down, send somebody out; for hosts."),
        Route::of(Method::POST, "/api/channels/{channel}/live/{live}/end", api::end)
            .scope(WRITE)
            .says("End a live session for all, with what came of it: a decision or questions are noted in its topic."),
        Route::of(Method::PUT, "/api/channels/{channel}/live/{live}/agenda", api::set_agenda)
            .scope(WRITE)
            .says("Say what is to be spoken about, and which point it is; for hosts."),
        Route::of(
            Method::POST,
            "/api/channels/{channel}/live/{live}/reactions",
            api::react,
        )
        .scope(WRITE)
        .says("Show everybody in the room a sign for a moment; nothing of it is kept."),
        Route::of(
            Method::GET,
            "/api/channels/{channel}/live/{live}/absent",
            api::list_absent,
        )
        .scope(READ)
        .says("Who was called, or wrote in the topic, and was not there."),
        Route::of(
            Method::GET,
            "/api/channels/{channel}/live/{live}/numbers",
            api::numbers,
        )
        .scope(READ)
        .says("When I was in and how long I spoke; for hosts also of everybody, where the charter of the channel says so."),
        Route::of(
            Method::POST,
            "/api/channels/{channel}/live/{live}/objection",
            api::object,
        )
        .scope(WRITE)
        .says("Object to a decision that is provisional; for those who were absent and were asked."),
    ]
}

fn breakout_routes() -> Vec<Route> {
    use api::breakouts;
    const ROOMS: &str = "/api/channels/{channel}/live/{live}/breakouts";
    const NOTES: &str = "/api/channels/{channel}/live/{live}/notes";
    vec![
        Route::of(Method::PUT, ROOMS, breakouts::open)
            .scope(WRITE)
            .says("Open smaller rooms; for hosts."),
        Route::of(
            Method::POST,
            "/api/channels/{channel}/live/{live}/breakouts/recall",
            breakouts::recall,
        )
        .scope(WRITE)
        .says(
            "Call everybody back, at once or after a while; what was written there is gathered in the topic.",
        ),
        Route::of(
            Method::PUT,
            "/api/channels/{channel}/live/{live}/people/{person}/breakout",
            breakouts::place,
        )
        .scope(WRITE)
        .says("Send somebody to a smaller room or back; for hosts, and for oneself where everybody chooses."),
        Route::of(Method::POST, NOTES, breakouts::write_note)
            .scope(WRITE)
            .says("Write something in one's smaller room, or to all of them as a host."),
        Route::of(Method::GET, NOTES, breakouts::list_notes)
            .scope(READ)
            .says("What was written in a smaller room, and to all of them."),
    ]
}

/// The wire types of this slice in TypeScript: name and declaration.
pub fn types() -> Vec<(String, String)> {
    fn of<T: TS>(config: &Config) -> (String, String) {
        (T::name(config), T::decl(config))
    }
    let config = Config::default();
    vec![
        of::<ChangeLive>(&config),
        of::<ChangeLiveAgenda>(&config),
        of::<LiveAbsent>(&config),
        of::<LiveBreakout>(&config),
        of::<LiveDecision>(&config),
        of::<LiveLayout>(&config),
        of::<LiveNote>(&config),
        of::<LiveNoted>(&config),
        of::<LiveNotes>(&config),
        of::<LiveNumbers>(&config),
        of::<LivePersonNumbers>(&config),
        of::<LivePlace>(&config),
        of::<LivePoint>(&config),
        of::<LiveRoom>(&config),
        of::<LiveRooms>(&config),
        of::<LiveStay>(&config),
        of::<LiveRang>(&config),
        of::<NewBreakout>(&config),
        of::<NewLiveAsk>(&config),
        of::<NewLiveDecision>(&config),
        of::<NewLiveNote>(&config),
        of::<ObjectLive>(&config),
        of::<OpenBreakouts>(&config),
        of::<PlaceLivePerson>(&config),
        of::<ReactLive>(&config),
        of::<RecallBreakouts>(&config),
        of::<ChangeLivePerson>(&config),
        of::<EndLive>(&config),
        of::<EnterLive>(&config),
        of::<GoLive>(&config),
        of::<LiveChanged>(&config),
        of::<LiveList>(&config),
        of::<LiveOutcome>(&config),
        of::<LivePerson>(&config),
        of::<LiveRole>(&config),
        of::<LiveRoster>(&config),
        of::<LiveSession>(&config),
        of::<LiveTest>(&config),
        of::<LiveTicket>(&config),
        of::<LiveView>(&config),
        of::<RaiseHand>(&config),
    ]
}
