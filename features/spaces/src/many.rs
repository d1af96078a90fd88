//! Questions about many people at once, and bringing many in at once: for groups, mentions and lists.

use crate::{
    access::{ChannelAccess, SpaceAccess},
    actions::{channels, spaces},
    model::{ChannelRole, Error, SpaceRole},
    store,
};
use accounts::Role;
use base::{ChannelId, PersonId, Timestamp};
use platform::db::Tx;
use std::collections::HashSet;

/// Those of `people` who are members of the channel.
pub fn members_among(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    people: &[PersonId],
) -> Result<Vec<PersonId>, Error> {
    Ok(store::list_members_among(tx, access.id(), people)?)
}

/// Those of `people` who may read the channel, members or not, in the order of their ids. Bots and people who were
/// deactivated may not.
pub fn readers_among(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    people: &[PersonId],
) -> Result<Vec<PersonId>, Error> {
    Ok(store::list_readers_among(tx, access.id(), people)?)
}

/// Those of `people` who may read this channel at this moment, in the order of their ids: for slices that tell people of
/// what happened there, in nobody's name.
pub fn who_may_read(
    tx: &mut dyn Tx,
    channel: ChannelId,
    people: &[PersonId],
) -> platform::db::Result<Vec<PersonId>> {
    store::list_readers_among(tx, channel, people)
}

/// Those of `people` who are members of the space.
pub fn space_members_among(
    tx: &mut dyn Tx,
    access: &SpaceAccess,
    people: &[PersonId],
) -> Result<Vec<PersonId>, Error> {
    Ok(store::list_space_members_among(tx, access.id(), people)?)
}

/// People named in something that `who` may read: shown with their names even to guests.
pub fn people_named(tx: &mut dyn Tx, people: &[PersonId]) -> Result<Vec<accounts::Person>, Error> {
    Ok(accounts::people(tx, people)?)
}

/// What became of bringing many people in.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Brought {
    /// They came in.
    pub n_added: i64,
    /// They were there already.
    pub n_there: i64,
    /// They cannot come in: deactivated, or not in the space of the channel.
    pub n_left_out: i64,
}

/// Brings into a channel whoever of `people` may come in, as [`channels::put_channel_member`] would each of them.
pub fn bring_into_channel(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    people: &[PersonId],
    now: Timestamp,
) -> Result<Brought, Error> {
    access.require_member()?;
    access.require_open()?;
    let there: HashSet<PersonId> = members_among(tx, access, people)?.into_iter().collect();
    let mut brought = Brought::default();
    for person in people {
        if there.contains(person) {
            brought.n_there += 1;
            continue;
        }
        match channels::put_channel_member(tx, access, *person, ChannelRole::Member, now) {
            Ok(()) => brought.n_added += 1,
            Err(Error::NotFound | Error::Conflict(_)) => brought.n_left_out += 1,
            Err(error) => return Err(error),
        }
    }
    Ok(brought)
}

/// Brings into a space whoever of `people` may come in: guests of the workspace as guests, the others as members.
pub fn bring_into_space(
    tx: &mut dyn Tx,
    access: &SpaceAccess,
    people: &[PersonId],
    now: Timestamp,
) -> Result<Brought, Error> {
    access.require_manage()?;
    let there: HashSet<PersonId> = space_members_among(tx, access, people)?.into_iter().collect();
    let mut brought = Brought::default();
    for person in accounts::people(tx, people)? {
        if there.contains(&person.id) {
            brought.n_there += 1;
            continue;
        }
        if person.deactivated || person.bot || person.link_guest {
            brought.n_left_out += 1;
            continue;
        }
        let role = if person.role == Role::Guest {
            SpaceRole::Guest
        } else {
            SpaceRole::Member
        };
        spaces::put_space_member(tx, access, person.id, role, now)?;
        brought.n_added += 1;
    }
    Ok(brought)
}
