//! Verbs of guest links.

use super::{
    ending::{ask_end, say_goodbye},
    store::{self, GuestLinkRow},
    wire::{EnterAsGuest, NewGuestLink},
};
use crate::{
    access::{self, ChannelAccess},
    actions::membership::enter_channel,
    deeds,
    events::By,
    model::{ChannelKind, ChannelRole, Error},
    store as places,
};
use accounts::{Deed, Subject, audit, settings};
use base::{ChannelId, GuestLinkId, PersonId, Timestamp};
use platform::db::Tx;
use std::{ops::RangeInclusive, time::Duration};

/// Guests at the same time by one link, and how long it lasts from the moment when that is said.
const GUESTS: RangeInclusive<i64> = 1..=200;
const EXPIRY_S: RangeInclusive<u64> = 3_600..=2_592_000;
/// Open links of a channel.
const OPEN_MAX: i64 = 20;
/// Links that a list shows, ended ones included.
const LISTED_MAX: i64 = 50;

/// Whether members who do not look after a channel make guest links too; 1: they do, where they may write.
pub const BY_MEMBERS_SETTING: &str = "guests.by_members";

/// Whether members make guest links at this moment.
pub fn members_make_links(tx: &mut dyn Tx) -> Result<bool, Error> {
    Ok(settings::find_number(tx, BY_MEMBERS_SETTING)? == Some(1))
}

/// What somebody who came by a guest link may bring along. None: no such guest, or gone.
pub fn guest_room(tx: &mut dyn Tx, guest: PersonId) -> Result<Option<GuestRoom>, Error> {
    let link = store::find_link_of(tx, guest)?;
    Ok(link.map(|link| GuestRoom {
        link: link.id,
        may_upload: link.may_upload,
    }))
}

/// By which link a guest is here.
#[derive(Debug, Clone, Copy)]
pub struct GuestRoom {
    /// All who came by it share what it gives.
    pub link: GuestLinkId,
    /// Whether they may bring files.
    pub may_upload: bool,
}

/// Those who look after the channel; members of it too, where the workspace says so and they may write.
fn may_make(tx: &mut dyn Tx, access: &ChannelAccess) -> Result<bool, Error> {
    let is_member = access.is_member() && !access.is_guest() && access.kind() != ChannelKind::Direct;
    Ok(access.can_manage() || (is_member && access.can_post() && members_make_links(tx)?))
}

fn require_maker(tx: &mut dyn Tx, access: &ChannelAccess) -> Result<(), Error> {
    match may_make(tx, access)? {
        true => Ok(()),
        false => access.require_manage(),
    }
}

/// Whoever looks after a channel makes links into it.
pub(super) fn make(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    new: &NewGuestLink,
    token_hash: &[u8],
    now: Timestamp,
) -> Result<GuestLinkRow, Error> {
    require_maker(tx, access)?;
    access.require_open()?;
    if !GUESTS.contains(&new.max_guests) {
        return Err(field("/max_guests", "1 to 200 people"));
    }
    let expires_at = expiry(new.expires_in_s, now)?;
    if store::count_open(tx, access.id(), now)? >= OPEN_MAX {
        return Err(Error::Limit("a channel has at most 20 open guest links"));
    }
    let row = GuestLinkRow {
        id: GuestLinkId::random(),
        channel: access.id(),
        whole_history: new.whole_history,
        may_upload: new.may_upload,
        max_guests: new.max_guests,
        expires_at,
        created_by: access.person(),
        created_at: now,
        ended_at: None,
    };
    store::insert(tx, &row, token_hash)?;
    ask_end(tx, &row)?;
    let name = audit_name(tx, access)?;
    let deed = Deed::new(
        access.person(),
        "guest_link.made",
        Subject::new("channel", row.channel, &name),
    );
    let deed = deed
        .with("max_guests", row.max_guests)
        .with("whole_history", row.whole_history)
        .with("may_upload", row.may_upload);
    audit::record(tx, &deed, now)?;
    Ok(row)
}

fn expiry(expires_in_s: u64, now: Timestamp) -> Result<Timestamp, Error> {
    if !EXPIRY_S.contains(&expires_in_s) {
        return Err(field("/expires_in_s", "one hour to 30 days"));
    }
    Ok(now.after(Duration::from_secs(expires_in_s)))
}

fn field(pointer: &'static str, detail: &str) -> Error {
    let detail = detail.to_owned();
    Error::Field { pointer, detail }
}

fn audit_name(tx: &mut dyn Tx, access: &ChannelAccess) -> Result<String, Error> {
    let name = places::get_channel(tx, access.id(), access.person())?.name;
    Ok(deeds::audit_name(access.kind(), &name).to_owned())
}

/// The links of a channel with those who are there by each, for whoever looks after it; others see those they made.
pub(super) fn list(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
) -> Result<Vec<(GuestLinkRow, Vec<accounts::Person>)>, Error> {
    require_maker(tx, access)?;
    let mut found = Vec::new();
    let listed = store::list(tx, access.id(), LISTED_MAX)?.into_iter();
    for row in listed.filter(|row| is_theirs(access, row)) {
        let guests = store::list_guests(tx, row.id)?;
        let guests = accounts::people(tx, &guests)?;
        found.push((row, guests));
    }
    Ok(found)
}

fn is_theirs(access: &ChannelAccess, link: &GuestLinkRow) -> bool {
    access.can_manage() || link.created_by == access.person()
}

/// A link of the channel that was proved; of any other channel, and of others, it is absent.
fn get(tx: &mut dyn Tx, access: &ChannelAccess, id: GuestLinkId) -> Result<GuestLinkRow, Error> {
    require_maker(tx, access)?;
    store::find_by_id(tx, id)?
        .filter(|row| row.channel == access.id() && is_theirs(access, row))
        .ok_or(Error::NotFound)
}

/// Lets an open link, and those who are there by it, last until a later moment.
pub(super) fn extend(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (id, expires_in_s): (GuestLinkId, u64),
    now: Timestamp,
) -> Result<GuestLinkRow, Error> {
    let row = get(tx, access, id)?;
    let expires_at = expiry(expires_in_s, now)?;
    if !row.is_open(now) {
        return Err(Error::Conflict("this link has ended: make a new one"));
    }
    if expires_at < row.expires_at {
        return Err(field(
            "/expires_in_s",
            "is earlier than now: end the link instead",
        ));
    }
    store::extend(tx, id, expires_at)?;
    for guest in store::list_guests(tx, id)? {
        accounts::extend_link_guest(tx, guest, expires_at)?;
    }
    let name = audit_name(tx, access)?;
    let deed = Deed::new(
        access.person(),
        "guest_link.extended",
        Subject::new("channel", row.channel, &name),
    );
    audit::record(tx, &deed, now)?;
    Ok(GuestLinkRow { expires_at, ..row })
}

/// Ends a link and the stay of everybody who is there by it. Twice is once. Gives who is gone.
pub(super) fn end(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    id: GuestLinkId,
    now: Timestamp,
) -> Result<Vec<PersonId>, Error> {
    let row = get(tx, access, id)?;
    let guests = say_goodbye(tx, &row, Some(access.person()), now)?;
    if row.is_open(now) {
        let name = audit_name(tx, access)?;
        let deed = Deed::new(
            access.person(),
            "guest_link.ended",
            Subject::new("channel", row.channel, &name),
        );
        audit::record(tx, &deed.with("n_guests", guests.len()), now)?;
    }
    Ok(guests)
}

/// The open link behind a token. It is as good as the right of whoever made it.
pub(super) fn look(tx: &mut dyn Tx, token_hash: &[u8], now: Timestamp) -> Result<GuestLinkRow, Error> {
    let row = store::find(tx, token_hash)?
        .filter(|row| row.is_open(now))
        .ok_or(Error::LinkUsed)?;
    match access::channel_of(tx, row.created_by, row.channel) {
        Ok(access) if may_make(tx, &access)? && access.require_open().is_ok() => Ok(row),
        Ok(_) | Err(Error::NotFound) => Err(Error::LinkUsed),
        Err(error) => Err(error),
    }
}

/// The channel to which a person came by a link that is still open.
pub(super) fn find_room(
    tx: &mut dyn Tx,
    guest: PersonId,
    link: &GuestLinkRow,
) -> Result<Option<ChannelId>, Error> {
    let found = store::find_link_of(tx, guest)?.filter(|row| row.id == link.id);
    Ok(found.map(|row| row.channel))
}

/// Makes the guest and lets them into the one channel.
pub(super) fn enter(
    tx: &mut dyn Tx,
    token_hash: &[u8],
    new: &EnterAsGuest,
    now: Timestamp,
) -> Result<(PersonId, GuestLinkRow), Error> {
    let link = look(tx, token_hash, now)?;
    let n_guests = i64::try_from(store::list_guests(tx, link.id)?.len()).unwrap_or(i64::MAX);
    if n_guests >= link.max_guests {
        return Err(Error::Limit(
            "as many guests are here as this link lets in; whoever sent it can make another one",
        ));
    }
    let made = accounts::create_link_guest(tx, &new.name, (&new.time_zone, &new.language), now);
    let guest = made.map_err(Error::Accounts)?;
    let by = By { actor: guest, now };
    store::insert_guest(tx, guest, link.id, now)?;
    enter_channel(tx, link.channel, guest, ChannelRole::Member, by)?;
    if !link.whole_history {
        store::read_from_now(tx, link.channel, guest)?;
    }
    let room = places::get_channel(tx, link.channel, guest)?;
    let subject = Subject::new(
        "channel",
        link.channel,
        deeds::audit_name(room.facts.kind, &room.name),
    );
    audit::record(tx, &Deed::new(guest, "guest_link.used", subject), now)?;
    Ok((guest, link))
}

/// Takes one guest out of the channel, and so out of everything. False: this is no guest by link.
pub(crate) fn remove(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    person: PersonId,
    now: Timestamp,
) -> Result<bool, Error> {
    access.require_manage()?;
    let found = store::find_link_of(tx, person)?.filter(|link| link.channel == access.id());
    if found.is_none() {
        return Ok(false);
    }
    let by = Some(access.person());
    if super::ending::see_out(tx, (access.id(), person), by, now)? {
        let name = audit_name(tx, access)?;
        let subject = Subject::new("channel", access.id(), &name);
        let deed = Deed::new(access.person(), "guest.removed", subject).with("person_id", person.to_string());
        audit::record(tx, &deed, now)?;
    }
    Ok(true)
}

/// A guest who leaves is gone.
pub(crate) fn leave(tx: &mut dyn Tx, access: &ChannelAccess, now: Timestamp) -> Result<(), Error> {
    debug_assert!(access.is_link_guest() && access.kind() != ChannelKind::Direct);
    let guest = access.person();
    super::ending::see_out(tx, (access.id(), guest), Some(guest), now).map(drop)
}
