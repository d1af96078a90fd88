//! Verbs on spaces.

use super::membership::{enter_space, exit_space};
use crate::{
    access::SpaceAccess,
    actions::channels::{ChannelDraft, create_channel_in},
    deeds,
    events::{self, By, SpaceCreated, SpaceEvent},
    model::{ChannelKind, Error, SPACES_MAX, SpaceKind, SpaceRole, clean_description, clean_name},
    store::{self, SpaceRow},
    wire::{ChangeSpace, NewSpace, Space},
};
use accounts::{Role, SignedIn, Subject};
use base::{PersonId, SpaceId, Timestamp};
use platform::{db::Tx, journal};

/// A space, checked and ready to be written.
pub(crate) struct SpaceDraft {
    name: String,
    name_key: String,
    kind: SpaceKind,
    description: String,
    is_open: bool,
}

impl SpaceDraft {
    /// Checks what a person typed.
    pub(crate) fn new(new: &NewSpace) -> Result<Self, Error> {
        let (name, name_key) = clean_name(&new.name)?;
        let description = clean_description(&new.description)?;
        Ok(Self {
            name,
            name_key,
            kind: new.kind,
            description,
            is_open: new.open,
        })
    }
}

/// Any member but a guest makes a space and looks after it.
pub(crate) fn create_space(
    tx: &mut dyn Tx,
    who: &SignedIn,
    new: &NewSpace,
    now: Timestamp,
) -> Result<SpaceId, Error> {
    if who.role == Role::Guest {
        return Err(Error::Forbidden("guests cannot create spaces"));
    }
    create_space_for(tx, who.person, &SpaceDraft::new(new)?, now)
}

/// Makes a space with a channel "general" for its first member.
pub(crate) fn create_space_for(
    tx: &mut dyn Tx,
    person: PersonId,
    draft: &SpaceDraft,
    now: Timestamp,
) -> Result<SpaceId, Error> {
    let by = By { actor: person, now };
    let id = SpaceId::random();
    if store::count_spaces(tx)? >= SPACES_MAX {
        return Err(Error::Limit("a workspace holds at most 5,000 spaces"));
    }
    if store::is_space_key_taken(tx, &draft.name_key, id)? {
        return Err(Error::NameTaken);
    }
    let row = SpaceRow {
        id,
        name: draft.name.clone(),
        kind: draft.kind,
        description: draft.description.clone(),
        is_open: draft.is_open,
        archived_at: None,
        n_members: 0,
        member: None,
    };
    store::insert_space(tx, &row, &draft.name_key, person, now)?;
    journal::open(tx, id)?;
    deeds::space_made(tx, by, id, &draft.name)?;
    enter_space(tx, id, person, SpaceRole::Admin, by)?;
    let general = ChannelDraft::new("general", ChannelKind::Public, "", true)?;
    create_channel_in(tx, id, &general, by)?;
    if draft.is_open
        && let Some(workspace) = accounts::find_workspace(tx)?
    {
        let row = SpaceRow { n_members: 1, ..row };
        events::in_workspace(
            tx,
            workspace.id,
            by,
            &SpaceCreated {
                space: Space::shared(row),
            },
        )?;
    }
    Ok(id)
}

/// Renames, describes, opens, closes, archives or takes back.
pub(crate) fn change_space(
    tx: &mut dyn Tx,
    access: &SpaceAccess,
    change: &ChangeSpace,
    now: Timestamp,
) -> Result<(), Error> {
    access.require_manage()?;
    let before = store::get_space(tx, access.id(), access.person())?;
    let mut row = before.clone();
    let (name, name_key) = clean_name(change.name.as_deref().unwrap_or(&row.name))?;
    if store::is_space_key_taken(tx, &name_key, row.id)? {
        return Err(Error::NameTaken);
    }
    row.name = name;
    if let Some(description) = &change.description {
        row.description = clean_description(description)?;
    }
    row.is_open = change.open.unwrap_or(row.is_open);
    row.archived_at = match change.archived {
        Some(true) => row.archived_at.or(Some(now)),
        Some(false) => None,
        None => row.archived_at,
    };
    store::update_space(tx, &row, &name_key)?;
    let by = By {
        actor: access.person(),
        now,
    };
    deeds::space_changed(tx, by, &before, &row)?;
    events::in_space(
        tx,
        access.id(),
        by,
        &SpaceEvent::Changed {
            space: Space::shared(row),
        },
    )?;
    Ok(())
}

/// Joins an open space.
pub(crate) fn join_space(
    tx: &mut dyn Tx,
    who: &SignedIn,
    access: &SpaceAccess,
    now: Timestamp,
) -> Result<(), Error> {
    if access.member_role().is_some() {
        return Ok(());
    }
    let role = if who.role.is_admin() {
        SpaceRole::Admin
    } else {
        SpaceRole::Member
    };
    enter_space(
        tx,
        access.id(),
        who.person,
        role,
        By {
            actor: who.person,
            now,
        },
    )
}

/// Leaves; the way back is joining or an invitation.
pub(crate) fn leave_space(tx: &mut dyn Tx, access: &SpaceAccess, now: Timestamp) -> Result<(), Error> {
    exit_space(
        tx,
        access.id(),
        access.person(),
        By {
            actor: access.person(),
            now,
        },
    )
}

/// Brings somebody in or gives them another role.
pub(crate) fn put_space_member(
    tx: &mut dyn Tx,
    access: &SpaceAccess,
    person: PersonId,
    role: SpaceRole,
    now: Timestamp,
) -> Result<(), Error> {
    access.require_manage()?;
    let subject = accounts::find_person(tx, person)?
        .filter(|person| !person.deactivated && !person.bot && !person.link_guest)
        .ok_or(Error::NotFound)?;
    if subject.role == Role::Guest && role != SpaceRole::Guest {
        return Err(Error::Forbidden(
            "a guest of the workspace is a guest of each space",
        ));
    }
    let by = By {
        actor: access.person(),
        now,
    };
    let before = store::find_space_role(tx, access.id(), person)?;
    enter_space(tx, access.id(), person, role, by)?;
    if before == Some(role) {
        return Ok(());
    }
    let name = store::get_space(tx, access.id(), access.person())?.name;
    let subject = Subject::new("space", access.id(), &name);
    deeds::member_changed(
        tx,
        by,
        ("space.member_put", subject),
        (person, Some(role.as_str())),
    )
}

/// Takes somebody out.
pub(crate) fn remove_space_member(
    tx: &mut dyn Tx,
    access: &SpaceAccess,
    person: PersonId,
    now: Timestamp,
) -> Result<(), Error> {
    access.require_manage()?;
    let by = By {
        actor: access.person(),
        now,
    };
    exit_space(tx, access.id(), person, by)?;
    let name = store::get_space(tx, access.id(), access.person())?.name;
    let subject = Subject::new("space", access.id(), &name);
    deeds::member_changed(tx, by, ("space.member_removed", subject), (person, None))
}
