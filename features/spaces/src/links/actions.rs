//! Verbs of links.

use super::{
    sheet,
    store::{self, Before, InvitationRow},
    wire::{InvitationState, NewInvitation},
};
use crate::{
    access,
    actions::{
        import,
        membership::{enter_channel, enter_space},
        spaces::{SpaceDraft, create_space_for},
    },
    events::{By, InvitationUsed, invitation_used},
    model::{ChannelRole, Error, SpaceKind, SpaceRole},
    wire::NewSpace,
};
use accounts::{Deed, NewPerson, Role, SignedIn, Subject, audit};
use base::{InvitationId, PersonId, Timestamp};
use platform::{db::Tx, journal};
use std::time::Duration;
use uuid::Uuid;

/// How many may come in with one link, and how long it lasts.
const USES: std::ops::RangeInclusive<i64> = 1..=1000;
const EXPIRY_S: std::ops::RangeInclusive<u64> = 3_600..=2_592_000;
/// Channels that one invitation opens.
pub(super) const CHANNELS_MAX: usize = 50;

/// Whether there is an owner. A workspace alone, as an import leaves it, still waits for one.
pub(crate) fn is_set_up(tx: &mut dyn Tx) -> Result<bool, Error> {
    Ok(!accounts::list_owners(tx)?.is_empty())
}

/// Prepares a set-up link while there is no owner; an earlier one stops working. False: it is set up already.
pub(crate) fn offer_setup(tx: &mut dyn Tx, token_hash: &[u8], now: Timestamp) -> Result<bool, Error> {
    if is_set_up(tx)? {
        return Ok(false);
    }
    store::replace_setup_link(tx, token_hash, now)?;
    Ok(true)
}

/// Makes the workspace, its first owner, and a first open space to talk in. Where an import was before, the owner comes
/// into what it brought instead.
pub(crate) fn set_up(
    tx: &mut dyn Tx,
    token_hash: &[u8],
    workspace_name: &str,
    owner: &NewPerson,
    now: Timestamp,
) -> Result<PersonId, Error> {
    if is_set_up(tx)? {
        return Err(Error::AlreadySetUp);
    }
    if !store::is_setup_link(tx, token_hash)? {
        return Err(Error::LinkUsed);
    }
    let first = first_space(workspace_name)?;
    journal::open(tx, journal::ACCESS_SCOPE)?;
    let is_new = accounts::find_workspace(tx)?.is_none();
    if is_new {
        accounts::create_workspace(tx, workspace_name, now).map_err(Error::Accounts)?;
    }
    let person = accounts::first_owner(tx, owner, now).map_err(Error::Accounts)?;
    if is_new {
        create_space_for(tx, person, &first, now)?;
    } else {
        accounts::name_workspace(tx, person, workspace_name, now).map_err(Error::Accounts)?;
        import::enter_everything(tx, person, now)?;
    }
    store::clear_setup_link(tx)?;
    let workspace = accounts::find_workspace(tx)?.ok_or(Error::NotFound)?;
    let subject = Subject::new("workspace", workspace.id, &workspace.name);
    audit::record(tx, &Deed::new(person, "workspace.set_up", subject), now)?;
    Ok(person)
}

fn first_space(name: &str) -> Result<SpaceDraft, Error> {
    let first = NewSpace {
        name: name.to_owned(),
        kind: SpaceKind::Team,
        description: String::new(),
        open: true,
    };
    SpaceDraft::new(&first).map_err(|error| match error {
        Error::Name(detail) => Error::Field {
            pointer: "/workspace_name",
            detail,
        },
        other => other,
    })
}

/// Administrators invite to anything; who looks after a space invites members and guests to it.
pub(crate) fn invite(
    tx: &mut dyn Tx,
    who: &SignedIn,
    new: &NewInvitation,
    token_hash: &[u8],
    now: Timestamp,
) -> Result<InvitationRow, Error> {
    check_invitation(new)?;
    match new.space_id {
        Some(space) => {
            let access = access::space(tx, who, space)?;
            access.require_manage()?;
        }
        None if who.role.is_admin() => {}
        None => {
            return Err(Error::Forbidden(
                "only administrators invite to the workspace as a whole",
            ));
        }
    }
    if new.role == Role::Admin && !who.role.is_admin() {
        return Err(Error::Forbidden("only administrators invite administrators"));
    }
    for channel in &new.channel_ids {
        let access = access::channel(tx, who, *channel)?;
        if access.space().is_none() || access.space() != new.space_id {
            return Err(Error::NotFound);
        }
        if !access.is_member() && !access.can_manage() {
            return Err(Error::Forbidden("only a member of a channel invites to it"));
        }
    }
    let row = make(tx, who, new, token_hash, now)?;
    let deed = deed(who.person, "invitation.made", &row).with("max_uses", row.max_uses);
    audit::record(tx, &deed, now)?;
    Ok(row)
}

/// Writes an invitation that its maker may make.
pub(super) fn make(
    tx: &mut dyn Tx,
    who: &SignedIn,
    new: &NewInvitation,
    token_hash: &[u8],
    now: Timestamp,
) -> Result<InvitationRow, Error> {
    let row = InvitationRow {
        id: InvitationId::random(),
        role: new.role,
        space: new.space_id,
        channels: new.channel_ids.clone(),
        max_uses: new.max_uses,
        n_uses: 0,
        expires_at: now.after(Duration::from_secs(new.expires_in_s)),
        created_by: who.person,
        created_at: now,
        revoked_at: None,
    };
    store::insert_invitation(tx, &row, token_hash)?;
    Ok(row)
}

/// An invitation has no name: its id, and what it lets in to.
fn deed(by: PersonId, action: &'static str, row: &InvitationRow) -> Deed<'static> {
    let deed = Deed::new(by, action, Subject::new("invitation", row.id, "")).with("role", row.role.as_str());
    match row.space {
        Some(space) => deed.with("space_id", space.to_string()),
        None => deed,
    }
}

fn check_invitation(new: &NewInvitation) -> Result<(), Error> {
    let field = |pointer, detail: &str| {
        Err(Error::Field {
            pointer,
            detail: detail.to_owned(),
        })
    };
    if new.role == Role::Owner {
        return field("/role", "nobody is invited as owner; an owner makes another one");
    }
    if !USES.contains(&new.max_uses) {
        return field("/max_uses", "1 to 1,000 people");
    }
    if !EXPIRY_S.contains(&new.expires_in_s) {
        return field("/expires_in_s", "one hour to 30 days");
    }
    if new.channel_ids.len() > CHANNELS_MAX {
        return field("/channel_ids", "at most 50 channels");
    }
    if new.role == Role::Guest && (new.space_id.is_none() || new.channel_ids.is_empty()) {
        return field(
            "/channel_ids",
            "a guest sees only channels they are invited to: name at least one",
        );
    }
    Ok(())
}

/// The invitation behind a link, while it is valid.
pub(crate) fn look(tx: &mut dyn Tx, token_hash: &[u8], now: Timestamp) -> Result<InvitationRow, Error> {
    let row = store::find_invitation(tx, token_hash)?.ok_or(Error::LinkUsed)?;
    if row.is_valid(now) {
        Ok(row)
    } else {
        Err(Error::LinkUsed)
    }
}

/// Makes the person and lets them in where the invitation says.
pub(crate) fn accept(
    tx: &mut dyn Tx,
    token_hash: &[u8],
    new: &NewPerson,
    now: Timestamp,
) -> Result<PersonId, Error> {
    let invitation = look(tx, token_hash, now)?;
    if !store::use_invitation(tx, invitation.id, now)? {
        return Err(Error::LinkUsed);
    }
    let new = NewPerson {
        role: invitation.role,
        ..new.clone()
    };
    let person = accounts::create_person(tx, &new, now).map_err(Error::Accounts)?;
    let by = By { actor: person, now };
    if let Some(space) = invitation.space {
        let role = if new.role == Role::Guest {
            SpaceRole::Guest
        } else {
            SpaceRole::Member
        };
        enter_space(tx, space, person, role, by)?;
    }
    audit::record(tx, &deed(person, "invitation.used", &invitation), now)?;
    let used = InvitationUsed {
        invitation_id: invitation.id,
        person_id: person,
        invited_by: invitation.created_by,
    };
    invitation_used(tx, by, used)?;
    sheet::forget_address(tx, &new.email.trim().to_lowercase())?;
    if invitation.n_uses + 1 >= invitation.max_uses {
        sheet::forget(tx, invitation.id)?;
    }
    for channel in invitation.channels {
        enter_channel(tx, channel, person, ChannelRole::Member, by)?;
    }
    Ok(person)
}

/// Invitations of one page.
const PAGE: i64 = 50;

/// What an administrator, or who made them, may see: a page, and where the next one begins.
pub(crate) fn list(
    tx: &mut dyn Tx,
    who: &SignedIn,
    (state, before): (InvitationState, Option<Before>),
    now: Timestamp,
) -> Result<(Vec<InvitationRow>, Option<Before>), Error> {
    let whose = (who.role.is_admin(), who.person);
    let newest = (Timestamp(i64::MAX), InvitationId(Uuid::max()));
    let mut rows = store::list_invitations(tx, whose, state, before.unwrap_or(newest), (PAGE + 1, now))?;
    let has_more = rows.len() as i64 > PAGE;
    rows.truncate(PAGE as usize);
    let next = rows.last().filter(|_| has_more);
    let next = next.map(|row| (row.created_at, row.id));
    Ok((rows, next))
}

/// Ends an invitation.
pub(crate) fn revoke(tx: &mut dyn Tx, who: &SignedIn, id: InvitationId, now: Timestamp) -> Result<(), Error> {
    let row = store::find_invitation_by_id(tx, id)?.ok_or(Error::NotFound)?;
    if !who.role.is_admin() && row.created_by != who.person {
        return Err(Error::NotFound);
    }
    if row.revoked_at.is_none() {
        audit::record(tx, &deed(who.person, "invitation.revoked", &row), now)?;
        sheet::forget(tx, id)?;
    }
    Ok(store::revoke_invitation(tx, id, now)?)
}
