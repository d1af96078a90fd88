//! Spaces, channels and direct conversations: who is where, and who may do what.
//!
//! This slice mints the proof types. [`access::channel`] is the only way to a [`ChannelAccess`], and everything that
//! reads or writes in a channel takes one. Absent and hidden places give the same answer.
//!
//! It does not know messages, topics or counts.

pub mod access;
mod actions;
mod api;
mod events;
mod links;
mod model;
mod people;
mod problem;
mod store;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
mod wire;

pub use access::{ChannelAccess, SpaceAccess};
pub use actions::import::{ImportChannel, import_channel, import_settle, import_space};
pub use events::{ChannelEvent, PlaceEvent, SpaceCreated, SpaceEvent};
pub use links::wire::{Accept, Invitation, InvitationLook, NewInvitation, SetUp, SetupState};
pub use model::{ChannelKind, ChannelRole, Error, SpaceKind, SpaceRole};
pub use problem::PROBLEMS;
pub use wire::{
    ChangeChannel, ChangePreference, ChangeSpace, Channel, ChannelMember, ChannelView, NewChannel, NewSpace,
    Space, SpaceMember,
};

use accounts::{PEOPLE_READ, Role, SignedIn, Token, TokenHash};
use axum::routing::{delete, get, patch, post, put};
use base::{ChannelId, PersonId, ScopeId, Seq, Timestamp};
use http::Method;
use platform::{
    app::App,
    db::{Migration, Tx},
    feature::{Door, Feature, Route, Scope},
    journal,
    realtime::{Gate, Principal},
};
use std::collections::HashMap;
use ts_rs::{Config, TS};

/// Everything this slice adds to the server.
pub fn feature() -> Feature {
    let mut statements = store::STATEMENTS.to_vec();
    statements.extend(links::STATEMENTS);
    Feature {
        name: "spaces",
        migrations: vec![Migration {
            name: "spaces/0001_places",
            text: include_str!("../migrations/0001_places.sql"),
        }],
        statements,
        routes: routes(),
        ..Feature::default()
    }
}

fn routes() -> Vec<Route> {
    let mut routes = link_routes();
    routes.extend([
        Route::new(Method::GET, "/api/people", get(people::list_people)).scope(PEOPLE_READ),
        Route::new(Method::GET, "/api/people/{id}", get(people::get_person)).scope(PEOPLE_READ),
        Route::new(Method::GET, "/api/spaces", get(api::list_spaces)),
        Route::new(Method::POST, "/api/spaces", post(api::create_space)),
        Route::new(Method::GET, "/api/spaces/{space}", get(api::get_space)),
        Route::new(Method::PATCH, "/api/spaces/{space}", patch(api::change_space)),
        Route::new(Method::POST, "/api/spaces/{space}/join", post(api::join_space)),
        Route::new(Method::POST, "/api/spaces/{space}/leave", post(api::leave_space)),
        Route::new(
            Method::GET,
            "/api/spaces/{space}/members",
            get(api::list_space_members),
        ),
        Route::new(
            Method::PUT,
            "/api/spaces/{space}/members/{person}",
            put(api::put_space_member),
        ),
        Route::new(
            Method::DELETE,
            "/api/spaces/{space}/members/{person}",
            delete(api::remove_space_member),
        ),
        Route::new(
            Method::GET,
            "/api/spaces/{space}/channels",
            get(api::list_channels),
        ),
        Route::new(
            Method::POST,
            "/api/spaces/{space}/channels",
            post(api::create_channel),
        ),
        Route::new(
            Method::PATCH,
            "/api/channels/{channel}",
            patch(api::change_channel),
        ),
        Route::new(
            Method::POST,
            "/api/channels/{channel}/join",
            post(api::join_channel),
        ),
        Route::new(
            Method::POST,
            "/api/channels/{channel}/leave",
            post(api::leave_channel),
        ),
        Route::new(
            Method::GET,
            "/api/channels/{channel}/members",
            get(api::list_channel_members),
        ),
        Route::new(
            Method::PUT,
            "/api/channels/{channel}/members/{person}",
            put(api::put_channel_member),
        ),
        Route::new(
            Method::DELETE,
            "/api/channels/{channel}/members/{person}",
            delete(api::remove_channel_member),
        ),
        Route::new(
            Method::PUT,
            "/api/channels/{channel}/preference",
            put(api::change_preference),
        ),
        Route::new(Method::POST, "/api/directs", post(api::open_direct)),
    ]);
    routes
}

fn link_routes() -> Vec<Route> {
    use links::api;
    vec![
        Route::new(Method::GET, "/api/setup", get(api::setup_state)).door(Door::Public),
        Route::new(Method::POST, "/api/setup", post(api::set_up)).door(Door::Public),
        // Who is let in is for those who manage: a token that posts messages has no business there.
        Route::new(Method::GET, "/api/invitations", get(api::list)).scope(Scope::ADMIN),
        Route::new(Method::POST, "/api/invitations", post(api::invite)).scope(Scope::ADMIN),
        Route::new(Method::GET, "/api/invitations/{token}", get(api::look)).door(Door::Public),
        Route::new(Method::DELETE, "/api/invitations/{token}", delete(api::revoke)).scope(Scope::ADMIN),
        Route::new(Method::POST, "/api/invitations/{token}/accept", post(api::accept)).door(Door::Public),
    ]
}

/// What sockets ask about access.
pub fn gate() -> Gate {
    Gate {
        scopes: readable_scopes,
        may_watch,
    }
}

/// The person's own log, their channels and spaces, and, but for guests, the workspace.
fn readable_scopes(tx: &mut dyn Tx, who: Principal) -> platform::db::Result<Option<Vec<(ScopeId, Seq)>>> {
    let Some(role) = accounts::session_alive(tx, who)? else {
        return Ok(None);
    };
    let mut scopes = store::list_scopes(tx, who.person)?;
    let mut own = vec![ScopeId::from(who.person)];
    if role != Role::Guest
        && let Some(workspace) = accounts::find_workspace(tx)?
    {
        own.push(workspace.id.into());
    }
    scopes.extend(journal::heads(tx, &own)?);
    Ok(Some(scopes))
}

/// A channel that the person may read without being a member.
fn may_watch(tx: &mut dyn Tx, who: Principal, scope: ScopeId) -> platform::db::Result<Option<Seq>> {
    let facts = store::find_channel_facts(tx, ChannelId(scope.0), who.person)?;
    match facts {
        Some(facts) if facts.can_read() => journal::head(tx, scope),
        _ => Ok(None),
    }
}

/// Prepares the one-time link for the first owner and gives its token; None when the server is set up already.
pub async fn offer_setup(app: &App) -> Result<Option<Token>, Error> {
    let (token, now) = (Token::random(), app.clock.now());
    let hash = token.hash();
    let offered = app
        .db
        .write(journal::ACCESS_SCOPE, move |tx| offer_setup_in(tx, &hash, now))
        .await?;
    Ok(offered.then_some(token))
}

/// The same in a transaction, for a link of this hash. False: the server is set up already.
pub fn offer_setup_in(tx: &mut dyn Tx, token_hash: &TokenHash, now: Timestamp) -> Result<bool, Error> {
    links::actions::offer_setup(tx, token_hash, now)
}

/// The spaces of which the person is a member.
pub fn my_spaces(tx: &mut dyn Tx, who: &SignedIn) -> Result<Vec<Space>, Error> {
    Ok(store::list_my_spaces(tx, who.person)?
        .into_iter()
        .map(Space::from)
        .collect())
}

/// The channels and direct conversations of which the person is a member.
pub fn my_channels(tx: &mut dyn Tx, who: &SignedIn) -> Result<Vec<ChannelView>, Error> {
    let mut people: HashMap<ChannelId, Vec<PersonId>> = HashMap::new();
    for (channel, person) in store::list_direct_people(tx, who.person)? {
        people.entry(channel).or_default().push(person);
    }
    let rows = store::list_my_channels(tx, who.person)?;
    Ok(rows
        .iter()
        .map(|row| ChannelView::new(row, people.remove(&row.facts.channel).unwrap_or_default()))
        .collect())
}

/// One channel, for whoever proved access to it.
pub fn channel_view(tx: &mut dyn Tx, access: &ChannelAccess) -> Result<ChannelView, Error> {
    let row = store::get_channel(tx, access.id(), access.person())?;
    let people = match access.kind() {
        ChannelKind::Direct => store::list_all_channel_members(tx, access.id())?,
        _ => Vec::new(),
    };
    Ok(ChannelView::new(&row, people))
}

/// Those of `people` who are members of the channel.
pub fn members_among(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    people: &[PersonId],
) -> Result<Vec<PersonId>, Error> {
    Ok(store::list_members_among(tx, access.id(), people)?)
}

/// People named in something that `who` may read: shown with their names even to guests.
pub fn people_named(tx: &mut dyn Tx, people: &[PersonId]) -> Result<Vec<accounts::Person>, Error> {
    Ok(accounts::people(tx, people)?)
}

/// The wire types of this slice in TypeScript: name and declaration.
pub fn types() -> Vec<(String, String)> {
    fn of<T: TS>(config: &Config) -> (String, String) {
        (T::name(config), T::decl(config))
    }
    let config = Config::default();
    vec![
        of::<ChangeChannel>(&config),
        of::<ChangePreference>(&config),
        of::<ChangeSpace>(&config),
        of::<Channel>(&config),
        of::<ChannelMember>(&config),
        of::<ChannelView>(&config),
        of::<NewChannel>(&config),
        of::<NewSpace>(&config),
        of::<Space>(&config),
        of::<SpaceMember>(&config),
        of::<ChannelEvent>(&config),
        of::<PlaceEvent>(&config),
        of::<SpaceCreated>(&config),
        of::<SpaceEvent>(&config),
        of::<Accept>(&config),
        of::<Invitation>(&config),
        of::<InvitationLook>(&config),
        of::<NewInvitation>(&config),
        of::<SetUp>(&config),
        of::<SetupState>(&config),
        of::<ChannelKind>(&config),
        of::<ChannelRole>(&config),
        of::<SpaceKind>(&config),
        of::<SpaceRole>(&config),
    ]
}
