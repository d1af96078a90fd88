//! Making, changing and removing doors out of a channel.

use crate::{
    deeds::deed,
    model::{Error, HOOKS_MAX, clean_events, clean_name},
    sign,
    store::outgoing::{self, OutgoingRow},
    wire::{ChangeOutgoing, Delivery, NewOutgoing},
};
use accounts::audit;
use base::{DeliveryId, HookId, Timestamp};
use platform::{db::Tx, outbound::Outbound};
use spaces::ChannelAccess;

/// An address that could be asked; names are looked up when it is.
fn clean_url(outbound: &Outbound, url: &str) -> Result<String, Error> {
    outbound.check(url).map_err(|refusal| Error::Field {
        pointer: "/url",
        detail: refusal.to_string(),
    })?;
    Ok(url.to_owned())
}

/// Makes a door. Its secret is shown once.
pub fn create(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (outbound, new): (&Outbound, &NewOutgoing),
    now: Timestamp,
) -> Result<OutgoingRow, Error> {
    access.require_manage()?;
    if outgoing::count(tx, access.id())? >= HOOKS_MAX {
        return Err(Error::TooMany);
    }
    let hook = OutgoingRow {
        id: HookId::random(),
        channel: access.id(),
        name: clean_name(&new.name)?,
        url: clean_url(outbound, &new.url)?,
        secret: sign::new_secret(),
        events: clean_events(&new.events)?,
        created_by: access.person(),
        created_at: now,
        failing_since: None,
        disabled_at: None,
        disabled_why: None,
        n_waiting: 0,
    };
    outgoing::create(tx, &hook)?;
    let deed = deed(access, "hook.made", (hook.id, "outgoing", &hook.name));
    audit::record(tx, &deed, now)?;
    Ok(hook)
}

/// Changes a door. Whoever says where it leads answers for it from then on: else it would go on telling them with the
/// rights of its maker, when they have lost their own.
pub fn change(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (id, outbound, change): (HookId, &Outbound, &ChangeOutgoing),
    now: Timestamp,
) -> Result<OutgoingRow, Error> {
    let before = get(tx, access, id)?;
    let after = OutgoingRow {
        name: match &change.name {
            Some(name) => clean_name(name)?,
            None => before.name.clone(),
        },
        url: match &change.url {
            Some(url) => clean_url(outbound, url)?,
            None => before.url.clone(),
        },
        events: match &change.events {
            Some(events) => clean_events(events)?,
            None => before.events.clone(),
        },
        created_by: match &change.url {
            Some(_) => access.person(),
            None => before.created_by,
        },
        ..before.clone()
    };
    outgoing::change(tx, &after)?;
    match change.enabled {
        Some(true) => outgoing::enable(tx, id)?,
        Some(false) if before.disabled_at.is_none() => outgoing::disable(tx, id, now, None)?,
        _ => {}
    }
    let changed = get(tx, access, id)?;
    let deed = deed(access, "hook.changed", (id, "outgoing", &changed.name))
        .changed("events", before.events.as_str(), changed.events.as_str())
        .changed(
            "enabled",
            before.disabled_at.is_none(),
            changed.disabled_at.is_none(),
        )
        // An address may hold a secret of whoever takes it.
        .changed("address", false, before.url != changed.url);
    audit::record(tx, &deed, now)?;
    Ok(changed)
}

/// Closes a door, with its log.
pub fn remove(tx: &mut dyn Tx, access: &ChannelAccess, id: HookId, now: Timestamp) -> Result<(), Error> {
    let hook = get(tx, access, id)?;
    let deed = deed(access, "hook.removed", (hook.id, "outgoing", &hook.name));
    audit::record(tx, &deed, now)?;
    Ok(outgoing::remove(tx, hook.id)?)
}

/// What went out, and what waits.
pub fn deliveries(tx: &mut dyn Tx, access: &ChannelAccess, id: HookId) -> Result<Vec<Delivery>, Error> {
    let hook = get(tx, access, id)?;
    Ok(outgoing::list_deliveries(tx, hook.id)?)
}

/// Sends something from the log again.
pub fn again(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (id, delivery): (HookId, DeliveryId),
    now: Timestamp,
) -> Result<(), Error> {
    let hook = get(tx, access, id)?;
    if outgoing::again(tx, hook.id, delivery, now)? {
        Ok(())
    } else {
        Err(Error::NotFound)
    }
}

fn get(tx: &mut dyn Tx, access: &ChannelAccess, id: HookId) -> Result<OutgoingRow, Error> {
    access.require_manage()?;
    outgoing::find(tx, access.id(), id)?.ok_or(Error::NotFound)
}
