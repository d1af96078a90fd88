//! Groups: people under one name, who are called together by `@name`: a crew, the section of a class.
//!
//! Invariants: a group is a space's or the whole workspace's, and only people who belong there are in it; who leaves the
//! space or is erased leaves its groups in the same transaction; a mention calls those of its members who may read the
//! channel at that moment. A name is kept by id, so that renaming a group renames it in everything that was said.
//!
//! It does not know messages: they ask whom a group calls.

mod access;
mod actions;
mod api;
mod calling;
mod events;
mod inviting;
mod leaving;
mod model;
mod problem;
mod store;
#[cfg(test)]
mod tests;
mod wire;

pub use calling::called_by;
pub use events::GroupEvent;
pub use inviting::kept;
pub use model::{CALLED_MAX, Error};
pub use store::list_named as groups_named;
pub use wire::{
    AddGroupMembers, Brought, CallableGroup, CallableGroups, ChangeGroup, Group, GroupName, GroupView,
    NewGroup,
};

use accounts::PEOPLE_READ;
use http::Method;
use platform::{
    db::Migration,
    feature::{Feature, Route},
};
use ts_rs::{Config, TS};

/// Everything this slice adds to the server, beside what it has [`kept`].
pub fn feature() -> Feature {
    Feature {
        name: "groups",
        migrations: vec![
            Migration {
                name: "groups/0001_groups",
                text: include_str!("../migrations/0001_groups.sql"),
            },
            Migration {
                name: "groups/0002_invited",
                text: include_str!("../migrations/0002_invited.sql"),
            },
        ],
        statements: store::STATEMENTS.to_vec(),
        routes: routes(),
        listeners: [leaving::listeners(), vec![inviting::listener()]].concat(),
        deeds: actions::DEEDS,
        ..Feature::default()
    }
}

fn routes() -> Vec<Route> {
    const GROUPS: &str = "/api/groups";
    const GROUP: &str = "/api/groups/{group}";
    const MEMBERS: &str = "/api/groups/{group}/members";
    const MEMBER: &str = "/api/groups/{group}/members/{person}";
    const OF_CHANNEL: &str = "/api/channels/{channel}/groups";
    const INTO_CHANNEL: &str = "/api/channels/{channel}/groups/{group}";
    const INTO_SPACE: &str = "/api/spaces/{space}/groups/{group}";
    vec![
        Route::of(Method::GET, GROUPS, api::list)
            .says("List or find groups: all that I may see, those of a space or of a person, or those named by `ids`.")
            .scope(PEOPLE_READ),
        Route::of(Method::POST, GROUPS, api::create).says("Make a group of a space or of the workspace."),
        Route::of(Method::GET, GROUP, api::get)
            .says("One group.")
            .scope(PEOPLE_READ),
        Route::of(Method::PATCH, GROUP, api::change).says("Rename a group, or let everybody join it."),
        Route::of(Method::DELETE, GROUP, api::remove)
            .says("Remove a group; what was written to it keeps its name."),
        Route::of(Method::GET, MEMBERS, api::list_members)
            .says("Who is in a group.")
            .scope(PEOPLE_READ),
        Route::of(Method::POST, MEMBERS, api::add_members).says("Put people into a group."),
        Route::of(Method::DELETE, MEMBER, api::remove_member).says("Take somebody out of a group."),
        Route::of(Method::POST, "/api/groups/{group}/join", api::join).says("Join an open group."),
        Route::of(Method::POST, "/api/groups/{group}/leave", api::leave).says("Leave a group."),
        Route::of(Method::GET, OF_CHANNEL, api::list_callable)
            .says("The groups that can be called in a channel, and how many people each calls.")
            .scope(PEOPLE_READ),
        Route::of(Method::PUT, INTO_CHANNEL, api::bring_into_channel)
            .says("Bring everybody of a group into a channel."),
        Route::of(Method::PUT, INTO_SPACE, api::bring_into_space)
            .says("Bring everybody of a group into a space."),
    ]
}

/// The wire types of this slice in TypeScript: name and declaration.
pub fn types() -> Vec<(String, String)> {
    fn of<T: TS>(config: &Config) -> (String, String) {
        (T::name(config), T::decl(config))
    }
    let config = Config::default();
    vec![
        of::<AddGroupMembers>(&config),
        of::<Brought>(&config),
        of::<CallableGroup>(&config),
        of::<CallableGroups>(&config),
        of::<ChangeGroup>(&config),
        of::<Group>(&config),
        of::<GroupEvent>(&config),
        of::<GroupName>(&config),
        of::<GroupView>(&config),
        of::<NewGroup>(&config),
    ]
}
