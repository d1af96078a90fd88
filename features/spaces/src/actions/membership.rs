//! Coming and going. Every way in or out of a space or a channel ends in one of these four functions, which keep the
//! counts, write the events on all logs concerned and close or open what the person may read.

use crate::{
    events::{self, By, ChannelEvent, PlaceEvent, SpaceEvent},
    model::{ChannelRole, Error, SpaceRole},
    store,
};
use base::{ChannelId, PersonId, SpaceId};
use platform::{db::Tx, journal};

/// Makes `person` a member of a space, or changes their role. New members come into its default channels.
pub(crate) fn enter_space(
    tx: &mut dyn Tx,
    space: SpaceId,
    person: PersonId,
    role: SpaceRole,
    by: By,
) -> Result<(), Error> {
    let before = store::find_space_role(tx, space, person)?;
    if before == Some(role) {
        return Ok(());
    }
    let n_members = store::put_space_member(tx, space, person, role, by.now)?;
    events::in_space(
        tx,
        space,
        by,
        &SpaceEvent::MemberJoined {
            person_id: person,
            role,
            n_members,
        },
    )?;
    journal::access_changed(tx, person, by.now)?;
    if before.is_some() {
        return Ok(());
    }
    events::for_person(tx, person, by, &PlaceEvent::SpaceAdded { space_id: space })?;
    if role != SpaceRole::Guest {
        for channel in store::list_default_channels(tx, space)? {
            enter_channel(tx, channel, person, ChannelRole::Member, by)?;
        }
    }
    Ok(())
}

/// Takes `person` out of a space and all its channels.
pub(crate) fn exit_space(tx: &mut dyn Tx, space: SpaceId, person: PersonId, by: By) -> Result<(), Error> {
    if store::find_space_role(tx, space, person)?.is_none() {
        return Err(Error::NotFound);
    }
    for channel in store::list_channels_of_person(tx, space, person)? {
        exit_channel(tx, channel, person, by)?;
    }
    let n_members = store::delete_space_member(tx, space, person)?;
    events::in_space(
        tx,
        space,
        by,
        &SpaceEvent::MemberLeft {
            person_id: person,
            n_members,
        },
    )?;
    events::for_person(
        tx,
        person,
        by,
        &PlaceEvent::SpaceRemoved {
            removed_space_id: space,
        },
    )?;
    journal::access_changed(tx, person, by.now)?;
    Ok(())
}

/// Makes `person` a member of a channel, or changes their role.
pub(crate) fn enter_channel(
    tx: &mut dyn Tx,
    channel: ChannelId,
    person: PersonId,
    role: ChannelRole,
    by: By,
) -> Result<(), Error> {
    let before = store::find_channel_role(tx, channel, person)?;
    if before == Some(role) {
        return Ok(());
    }
    let n_members = store::put_channel_member(tx, channel, person, role, by.now)?;
    events::in_channel(
        tx,
        channel,
        by,
        &ChannelEvent::MemberJoined {
            person_id: person,
            role,
            n_members,
        },
    )?;
    if before.is_none() {
        events::for_person(tx, person, by, &PlaceEvent::ChannelAdded { channel_id: channel })?;
        journal::access_changed(tx, person, by.now)?;
    }
    Ok(())
}

/// Takes `person` out of a channel.
pub(crate) fn exit_channel(
    tx: &mut dyn Tx,
    channel: ChannelId,
    person: PersonId,
    by: By,
) -> Result<(), Error> {
    if store::find_channel_role(tx, channel, person)?.is_none() {
        return Err(Error::NotFound);
    }
    let n_members = store::delete_channel_member(tx, channel, person)?;
    events::in_channel(
        tx,
        channel,
        by,
        &ChannelEvent::MemberLeft {
            person_id: person,
            n_members,
        },
    )?;
    events::for_person(
        tx,
        person,
        by,
        &PlaceEvent::ChannelRemoved {
            removed_channel_id: channel,
        },
    )?;
    journal::access_changed(tx, person, by.now)?;
    Ok(())
}
