//! Places that come from elsewhere, and how the first owner gets into them.
//!
//! A new place is written as a whole, with its members and counts, in one transaction. Nobody can have seen it before,
//! so its own log begins empty; the logs of its people and of its space tell what is new there.

use super::{
    channels::{ChannelDraft, direct_key, direct_people, insert_direct},
    membership::{enter_channel, enter_space},
};
use crate::{
    events::{self, By, PlaceEvent, SpaceEvent},
    model::{ChannelKind, ChannelRole, Error, SPACES_MAX, SpaceKind, SpaceRole, clean_name},
    store::{self, Sight, SpaceRow},
    wire::Channel,
};
use accounts::Role;
use base::{ChannelId, PersonId, SpaceId, Timestamp};
use platform::{db::Tx, journal};

/// Makes a closed space without channels. The owners of the workspace look after it; `by` stands as its maker.
pub fn import_space(
    tx: &mut dyn Tx,
    name: &str,
    kind: SpaceKind,
    by: PersonId,
    now: Timestamp,
) -> Result<SpaceId, Error> {
    let (name, name_key) = clean_name(name)?;
    let id = SpaceId::random();
    if store::count_spaces(tx)? >= SPACES_MAX {
        return Err(Error::Limit("a workspace holds at most 5,000 spaces"));
    }
    if store::is_space_key_taken(tx, &name_key, id)? {
        return Err(Error::NameTaken);
    }
    let row = SpaceRow {
        id,
        name,
        kind,
        description: String::new(),
        is_open: false,
        archived_at: None,
        n_members: 0,
        member: None,
    };
    store::insert_space(tx, &row, &name_key, by, now)?;
    journal::open(tx, id)?;
    for owner in accounts::list_owners(tx)? {
        enter_space(tx, id, owner, SpaceRole::Admin, By { actor: by, now })?;
    }
    Ok(id)
}

/// A channel as it was elsewhere.
#[derive(Debug)]
pub struct ImportChannel<'a> {
    /// Where it belongs.
    pub space: SpaceId,
    /// 1 to 80 characters.
    pub name: &'a str,
    /// Any but a direct conversation.
    pub kind: ChannelKind,
    /// At most 1,000 characters.
    pub description: &'a str,
    /// Nobody twice; the first looks after it.
    pub members: &'a [PersonId],
    /// Since when nobody writes in it.
    pub archived_at: Option<Timestamp>,
}

/// Makes a channel with its members, who come into its space too. Where everybody in the space may read, the owners of
/// the workspace are members as well. `by` stands as its maker when it has no members.
pub fn import_channel(
    tx: &mut dyn Tx,
    new: &ImportChannel<'_>,
    by: PersonId,
    now: Timestamp,
) -> Result<ChannelId, Error> {
    let draft = ChannelDraft::new(new.name, new.kind, new.description, false)?;
    let mut members = new.members.to_vec();
    if new.kind != ChannelKind::Private {
        let owners = accounts::list_owners(tx)?;
        members.extend(owners.iter().filter(|owner| !new.members.contains(owner)));
    }
    let by = By {
        actor: members.first().copied().unwrap_or(by),
        now,
    };
    let id = draft.insert(tx, new.space, by)?;
    for (idx, person) in members.iter().enumerate() {
        if store::find_space_role(tx, new.space, *person)?.is_none() {
            let role = space_role(tx, *person)?;
            enter_space(tx, new.space, *person, role, by)?;
        }
        let role = if idx == 0 {
            ChannelRole::Admin
        } else {
            ChannelRole::Member
        };
        store::add_channel_member(tx, id, *person, role, now)?;
        events::for_person(tx, *person, by, &PlaceEvent::ChannelAdded { channel_id: id })?;
        journal::access_changed(tx, *person, now)?;
    }
    store::recount_channel(tx, id)?;
    if let Some(at) = new.archived_at {
        store::archive_channel(tx, id, at)?;
    }
    if new.kind != ChannelKind::Private {
        let channel = Channel::shared(&store::get_channel(tx, id, by.actor)?, Vec::new());
        events::in_space(tx, new.space, by, &SpaceEvent::ChannelCreated { channel })?;
    }
    Ok(id)
}

/// A direct conversation, found or made.
#[derive(Debug, Clone, Copy)]
pub struct ImportedDirect {
    /// Which.
    pub id: ChannelId,
    /// Whether it was made.
    pub is_new: bool,
}

/// Finds the conversation of exactly these two to nine people, or begins it with an empty log.
pub fn import_direct(tx: &mut dyn Tx, members: &[PersonId], now: Timestamp) -> Result<ImportedDirect, Error> {
    let people = direct_people(members)?;
    let key = direct_key(&people);
    if let Some(id) = store::find_direct(tx, &key)? {
        return Ok(ImportedDirect { id, is_new: false });
    }
    let by = By {
        actor: people[0],
        now,
    };
    let id = insert_direct(tx, &key, by)?;
    for person in people {
        store::add_channel_member(tx, id, person, ChannelRole::Member, now)?;
        events::for_person(tx, person, by, &PlaceEvent::ChannelAdded { channel_id: id })?;
        journal::access_changed(tx, person, now)?;
    }
    store::recount_channel(tx, id)?;
    Ok(ImportedDirect { id, is_new: true })
}

fn space_role(tx: &mut dyn Tx, person: PersonId) -> Result<SpaceRole, Error> {
    let person = accounts::find_person(tx, person)?.ok_or(Error::NotFound)?;
    Ok(match person.role {
        Role::Guest => SpaceRole::Guest,
        _ => SpaceRole::Member,
    })
}

/// Everything up to the head of the channel counts as read for members who have not read in it yet.
pub fn import_settle(tx: &mut dyn Tx, channel: ChannelId) -> Result<(), Error> {
    Ok(store::join_at_head(tx, channel)?)
}

/// Brings the first owner into all that an import left: every space, and every channel that a space shows to all.
pub(crate) fn enter_everything(tx: &mut dyn Tx, owner: PersonId, now: Timestamp) -> Result<(), Error> {
    let by = By { actor: owner, now };
    for space in store::list_visible_spaces(tx, owner, Sight::All)? {
        enter_space(tx, space.id, owner, SpaceRole::Admin, by)?;
        for channel in store::list_channels_of_space(tx, space.id, owner, true)? {
            if channel.facts.channel_role.is_none() {
                enter_channel(tx, channel.facts.channel, owner, ChannelRole::Member, by)?;
            }
        }
    }
    Ok(())
}
