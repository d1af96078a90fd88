//! What this slice writes down in the audit log.
//!
//! Invariant: of a channel that not every administrator may see, a row names the id and never the name; what people do to
//! themselves (joining, leaving) and direct conversations are no deeds.

use crate::{
    events::By,
    model::{ChannelKind, Error},
    store::{ChannelRecord, SpaceRow},
};
use accounts::{Deed, Subject, audit};
use base::{ChannelId, PersonId, SpaceId};
use platform::db::Tx;

/// All of them, for `Feature::deeds`.
pub(crate) const DEEDS: &[&str] = &[
    "workspace.set_up",
    "invitation.made",
    "invitation.list_sent",
    "invitation.used",
    "invitation.revoked",
    "space.made",
    "space.changed",
    "space.member_put",
    "space.member_removed",
    "channel.made",
    "channel.changed",
    "channel.member_put",
    "channel.member_removed",
    "guest_link.made",
    "guest_link.used",
    "guest_link.extended",
    "guest_link.ended",
    "guest.removed",
];

/// The name of a channel, or of something in it, as the audit log may say it: empty where not every administrator may
/// know it.
pub fn audit_name(kind: ChannelKind, name: &str) -> &str {
    match kind {
        ChannelKind::Public | ChannelKind::Announcement => name,
        ChannelKind::Private | ChannelKind::Direct => "",
    }
}

/// A space was made.
pub(crate) fn space_made(tx: &mut dyn Tx, by: By, id: SpaceId, name: &str) -> Result<(), Error> {
    let deed = Deed::new(by.actor, "space.made", Subject::new("space", id, name));
    Ok(audit::record(tx, &deed, by.now)?)
}

/// A space was renamed, opened, closed, archived or taken back. A description is no deed.
pub(crate) fn space_changed(
    tx: &mut dyn Tx,
    by: By,
    before: &SpaceRow,
    after: &SpaceRow,
) -> Result<(), Error> {
    let is_archived = |row: &SpaceRow| row.archived_at.is_some();
    let same = before.name == after.name
        && before.is_open == after.is_open
        && is_archived(before) == is_archived(after);
    if same {
        return Ok(());
    }
    let subject = Subject::new("space", before.id, &before.name);
    let deed = Deed::new(by.actor, "space.changed", subject)
        .changed("name", before.name.as_str(), after.name.as_str())
        .changed("open", before.is_open, after.is_open)
        .changed("archived", is_archived(before), is_archived(after));
    Ok(audit::record(tx, &deed, by.now)?)
}

/// A channel was made.
pub(crate) fn channel_made(
    tx: &mut dyn Tx,
    by: By,
    (id, space): (ChannelId, SpaceId),
    (kind, name): (ChannelKind, &str),
) -> Result<(), Error> {
    let subject = Subject::new("channel", id, audit_name(kind, name));
    let deed = Deed::new(by.actor, "channel.made", subject)
        .with("space_id", space.to_string())
        .with("kind", kind.as_str());
    Ok(audit::record(tx, &deed, by.now)?)
}

/// A channel was renamed, slowed, archived or taken back. A description is no deed.
pub(crate) fn channel_changed(
    tx: &mut dyn Tx,
    by: By,
    before: &ChannelRecord,
    after: &ChannelRecord,
) -> Result<(), Error> {
    let is_archived = |row: &ChannelRecord| row.own_archived_at.is_some();
    let slow = |row: &ChannelRecord| row.facts.slow_s;
    let same =
        before.name == after.name && is_archived(before) == is_archived(after) && slow(before) == slow(after);
    if same {
        return Ok(());
    }
    let kind = before.facts.kind;
    let subject = Subject::new("channel", before.facts.channel, audit_name(kind, &before.name));
    let deed = Deed::new(by.actor, "channel.changed", subject)
        .changed("archived", is_archived(before), is_archived(after))
        .changed("slow_s", slow(before), slow(after));
    let deed = match audit_name(kind, "x") {
        "" if before.name != after.name => deed.with("renamed", true),
        "" => deed,
        _ => deed.changed("name", before.name.as_str(), after.name.as_str()),
    };
    Ok(audit::record(tx, &deed, by.now)?)
}

/// Somebody else was brought in, or given another role: `role` None is taken out.
pub(crate) fn member_changed(
    tx: &mut dyn Tx,
    by: By,
    (action, subject): (&'static str, Subject<'_>),
    (person, role): (PersonId, Option<&str>),
) -> Result<(), Error> {
    if by.actor == person {
        return Ok(());
    }
    let deed = Deed::new(by.actor, action, subject).with("person_id", person.to_string());
    let deed = match role {
        Some(role) => deed.with("role", role),
        None => deed,
    };
    Ok(audit::record(tx, &deed, by.now)?)
}
