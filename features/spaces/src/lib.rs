//! Spaces, channels and direct conversations: who is where, and who may do what.
//!
//! This slice mints the proof types. [`access::channel`] is the only way to a [`ChannelAccess`], and everything that
//! reads or writes in a channel takes one. Absent and hidden places give the same answer.
//!
//! It does not know messages, topics or counts.

pub mod access;
mod actions;
mod api;
mod blocks;
mod deeds;
mod events;
mod guests;
mod links;
mod many;
mod model;
mod people;
mod problem;
mod store;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
mod wire;

pub use access::{ChannelAccess, ChannelModeration, ModeratedChannels, ReadableChannels, SpaceAccess};
pub use actions::import::{
    ImportChannel, ImportedDirect, import_channel, import_direct, import_settle, import_space,
};
pub use blocks::Blocks;
pub use deeds::audit_name;
pub use events::{ChannelEvent, INVITATION_USED, InvitationUsed, PlaceEvent, SpaceCreated, SpaceEvent};
pub use guests::wire::{
    EnterAsGuest, ExtendGuestLink, GuestEntered, GuestLink, GuestLook, GuestVisitor, NewGuestLink,
};
pub use guests::{
    BY_MEMBERS_SETTING as GUEST_LINKS_BY_MEMBERS_SETTING, GuestRoom, guest_room, members_make_links,
};
pub use links::letters::mail_invitation;
pub use links::sheet::ListGroups;
pub use links::sheet::wire::{ListDone, ListLine, ListLook, ListState};
pub use links::wire::{
    Accept, Invitation, InvitationLook, InvitationPage, InvitationState, MailInvitation, NewInvitation,
    SetUp, SetupState,
};
pub use many::{
    Brought, bring_into_channel, bring_into_space, members_among, people_named, readers_among,
    space_members_among, who_may_read,
};
pub use model::{ChannelKind, ChannelRole, Error, SpaceKind, SpaceRole};
pub use problem::PROBLEMS;
pub use wire::{
    ChangeChannel, ChangePreference, ChangeSpace, Channel, ChannelMember, ChannelView, NewChannel, NewSpace,
    Space, SpaceMember,
};

use accounts::{PEOPLE_READ, Role, SignedIn, Token, TokenHash};
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

/// Each costs an event of their own.
const MODERATORS_TOLD_MAX: i64 = 500;

/// Everything this slice adds to the server.
pub fn feature() -> Feature {
    let mut statements = store::STATEMENTS.to_vec();
    statements.extend(links::STATEMENTS);
    statements.extend(blocks::STATEMENTS);
    statements.extend(guests::STATEMENTS);
    statements.extend(links::sheet::STATEMENTS);
    Feature {
        name: "spaces",
        migrations: vec![
            Migration {
                name: "spaces/0001_places",
                text: include_str!("../migrations/0001_places.sql"),
            },
            Migration {
                name: "spaces/0002_blocks",
                text: include_str!("../migrations/0002_blocks.sql"),
            },
            Migration {
                name: "spaces/0003_slow_mode",
                text: include_str!("../migrations/0003_slow_mode.sql"),
            },
            Migration {
                name: "spaces/0004_guest_links",
                text: include_str!("../migrations/0004_guest_links.sql"),
            },
            Migration {
                name: "spaces/0005_invited_addresses",
                text: include_str!("../migrations/0005_invited_addresses.sql"),
            },
            Migration {
                name: "spaces/0006_guest_files",
                text: include_str!("../migrations/0006_guest_files.sql"),
            },
        ],
        jobs: vec![guests::job(), links::sheet::mailing::job()],
        listeners: vec![blocks::listener(), guests::listener()],
        statements,
        routes: routes(),
        deeds: deeds::DEEDS,
        ..Feature::default()
    }
}

fn routes() -> Vec<Route> {
    let mut routes = link_routes();
    routes.extend(guests::api::routes());
    routes.extend(links::sheet::api::routes());
    routes.extend([
        Route::of(Method::GET, "/api/people", people::list_people)
            .says("List or find people; those named by `ids`, or all whose name contains `query`.")
            .scope(PEOPLE_READ)
            .link_guests(),
        Route::of(Method::GET, "/api/people/{id}", people::get_person)
            .says("One person.")
            .scope(PEOPLE_READ)
            .link_guests(),
        Route::of(Method::GET, "/api/spaces", api::list_spaces).says("List the spaces that I may see."),
        Route::of(Method::POST, "/api/spaces", api::create_space).says("Make a space."),
        Route::of(Method::GET, "/api/spaces/{space}", api::get_space).says("One space."),
        Route::of(Method::PATCH, "/api/spaces/{space}", api::change_space)
            .says("Rename, describe, open or archive a space."),
        Route::of(Method::POST, "/api/spaces/{space}/join", api::join_space).says("Join an open space."),
        Route::of(Method::POST, "/api/spaces/{space}/leave", api::leave_space).says("Leave a space."),
        Route::of(
            Method::GET,
            "/api/spaces/{space}/members",
            api::list_space_members,
        )
        .says("Who is in a space."),
        Route::of(
            Method::PUT,
            "/api/spaces/{space}/members/{person}",
            api::put_space_member,
        )
        .says("Add somebody to a space, or give them another role in it."),
        Route::of(
            Method::DELETE,
            "/api/spaces/{space}/members/{person}",
            api::remove_space_member,
        )
        .says("Remove somebody from a space and its channels."),
        Route::of(Method::GET, "/api/spaces/{space}/channels", api::list_channels)
            .says("List the channels of a space that I may see."),
        Route::of(Method::POST, "/api/spaces/{space}/channels", api::create_channel).says("Make a channel."),
        Route::of(Method::PATCH, "/api/channels/{channel}", api::change_channel)
            .says("Rename, describe, slow down or archive a channel."),
        Route::of(Method::POST, "/api/channels/{channel}/join", api::join_channel).says("Join a channel."),
        Route::of(Method::POST, "/api/channels/{channel}/leave", api::leave_channel)
            .says("Leave a channel; guests by link are gone with it.")
            .link_guests(),
        Route::of(
            Method::GET,
            "/api/channels/{channel}/members",
            api::list_channel_members,
        )
        .says("Who is in a channel.")
        .link_guests(),
        Route::of(
            Method::PUT,
            "/api/channels/{channel}/members/{person}",
            api::put_channel_member,
        )
        .says("Add somebody to a channel, or give them another role in it."),
        Route::of(
            Method::DELETE,
            "/api/channels/{channel}/members/{person}",
            api::remove_channel_member,
        )
        .says("Remove somebody from a channel."),
        Route::of(
            Method::PUT,
            "/api/channels/{channel}/preference",
            api::change_preference,
        )
        .says("How I keep a channel in my sidebar.")
        .link_guests(),
        Route::of(Method::GET, "/api/blocks", blocks::api::list).says("Whom I block."),
        Route::of(Method::PUT, "/api/blocks/{person}", blocks::api::block)
            .says("Block somebody: they cannot write to me alone, and their calls do not count for me. They are not told."),
        Route::of(Method::DELETE, "/api/blocks/{person}", blocks::api::unblock).says("Block somebody no more."),
        Route::of(Method::POST, "/api/directs", api::open_direct)
            .says("Open the direct conversation with these people; there is one per group."),
    ]);
    routes
}

fn link_routes() -> Vec<Route> {
    use links::api;
    vec![
        Route::of(Method::GET, "/api/setup", api::setup_state)
            .says("Whether the server has its owner.")
            .door(Door::Public),
        Route::of(Method::POST, "/api/setup", api::set_up)
            .says("Make the workspace and its first owner by the one-time link.")
            .door(Door::Public),
        // Who is let in is for those who manage: a token that posts messages has no business there.
        Route::of(Method::GET, "/api/invitations", api::list)
            .says("List the invitations that are open.")
            .scope(Scope::ADMIN),
        Route::of(Method::POST, "/api/invitations", api::invite)
            .says("Make an invitation; its link is shown once.")
            .scope(Scope::ADMIN),
        Route::of(Method::GET, "/api/invitations/{token}", api::look)
            .says("What an invitation lets in to.")
            .door(Door::Public),
        Route::of(Method::DELETE, "/api/invitations/{token}", api::revoke)
            .says("Take an invitation back.")
            .scope(Scope::ADMIN),
        Route::of(Method::POST, "/api/invitations/{token}/mail", api::mail)
            .says("Send the link of an invitation to a mail address, while it is known.")
            .scope(Scope::ADMIN),
        Route::of(Method::POST, "/api/invitations/{token}/accept", api::accept)
            .says("Join by an invitation.")
            .door(Door::Public),
    ]
}

/// What sockets ask about access.
pub fn gate() -> Gate {
    Gate {
        scopes: readable_scopes,
        may_watch,
        floors,
    }
}

/// Guests by link whose link says so read their channel from their entering on.
fn floors(tx: &mut dyn Tx, who: Principal) -> platform::db::Result<Vec<(ScopeId, Seq)>> {
    guests::list_floors(tx, who.person)
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
        // A guest by link is a member of their channel, and looks at no other.
        Some(facts) if facts.can_read() && !facts.is_link_guest => journal::head(tx, scope),
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

/// Lets somebody new in by an invitation of this hash, in a transaction of a slice above that has made sure who it is. The
/// role is the invitation's.
pub fn accept_invitation(
    tx: &mut dyn Tx,
    token_hash: &TokenHash,
    new: &accounts::NewPerson,
    now: Timestamp,
) -> Result<PersonId, Error> {
    links::actions::accept(tx, token_hash, new, now)
}

/// The same in a transaction, for a link of this hash. False: the server is set up already.
pub fn offer_setup_in(tx: &mut dyn Tx, token_hash: &TokenHash, now: Timestamp) -> Result<bool, Error> {
    links::actions::offer_setup(tx, token_hash, now)
}

/// Finds the conversation of exactly these people and `who`, or begins it.
pub fn open_direct(
    tx: &mut dyn Tx,
    who: &SignedIn,
    others: &[PersonId],
    now: Timestamp,
) -> Result<ChannelId, Error> {
    actions::channels::open_direct(tx, who, others, now)
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

/// Whom this person blocks, the newest first.
pub fn blocked_by(tx: &mut dyn Tx, who: &SignedIn) -> Result<Vec<PersonId>, Error> {
    Ok(blocks::list_ids(tx, who.person)?)
}

/// Those of `people` whom `who` may see, by name.
pub fn people_visible(
    tx: &mut dyn Tx,
    who: &SignedIn,
    people: &[PersonId],
) -> Result<Vec<accounts::Person>, Error> {
    people::visible(tx, who, people)
}

/// Those who moderate a channel, for telling them: who manages it, and every administrator. Of more than 500 the rest find
/// it when they look.
pub fn list_moderators(tx: &mut dyn Tx, channel: ChannelId) -> platform::db::Result<Vec<PersonId>> {
    store::list_moderators(tx, channel, MODERATORS_TOLD_MAX)
}

/// Those whom `who` may see and in whose name `part` stands, without case and accents, in the order of their names.
pub fn find_people(
    tx: &mut dyn Tx,
    who: &SignedIn,
    part: &str,
    limit: i64,
) -> Result<Vec<accounts::Person>, Error> {
    people::find(tx, who, part, limit)
}

/// The wire types of this slice in TypeScript: name and declaration.
pub fn types() -> Vec<(String, String)> {
    fn of<T: TS>(config: &Config) -> (String, String) {
        (T::name(config), T::decl(config))
    }
    let config = Config::default();
    vec![
        of::<Blocks>(&config),
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
        of::<InvitationUsed>(&config),
        of::<Accept>(&config),
        of::<Invitation>(&config),
        of::<InvitationLook>(&config),
        of::<InvitationPage>(&config),
        of::<InvitationState>(&config),
        of::<MailInvitation>(&config),
        of::<NewInvitation>(&config),
        of::<SetUp>(&config),
        of::<ListState>(&config),
        of::<ListLine>(&config),
        of::<ListLook>(&config),
        of::<ListDone>(&config),
        of::<GuestLink>(&config),
        of::<NewGuestLink>(&config),
        of::<ExtendGuestLink>(&config),
        of::<GuestVisitor>(&config),
        of::<GuestLook>(&config),
        of::<EnterAsGuest>(&config),
        of::<GuestEntered>(&config),
        of::<SetupState>(&config),
        of::<ChannelKind>(&config),
        of::<ChannelRole>(&config),
        of::<SpaceKind>(&config),
        of::<SpaceRole>(&config),
    ]
}
