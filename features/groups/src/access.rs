//! Who may see a group, and who looks after it: the proof that actions take.

use crate::{
    model::Error,
    store::{self, GroupRow},
    wire::{Group, GroupView},
};
use accounts::{Role, SignedIn};
use base::{GroupId, PersonId, SpaceId};
use platform::db::Tx;
use spaces::SpaceAccess;

/// This person may see this group.
#[derive(Debug, Clone)]
pub(crate) struct GroupAccess {
    pub group: Group,
    pub person: PersonId,
    pub is_member: bool,
    pub can_manage: bool,
    /// Of its space; None for a group of the workspace.
    pub space: Option<SpaceAccess>,
}

impl GroupAccess {
    pub fn id(&self) -> GroupId {
        self.group.name.id
    }

    pub fn view(&self) -> GroupView {
        GroupView {
            group: self.group.clone(),
            is_member: self.is_member,
            can_manage: self.can_manage,
        }
    }

    pub fn require_manage(&self) -> Result<(), Error> {
        if self.can_manage {
            return Ok(());
        }
        Err(Error::Forbidden(match self.space {
            Some(_) => "only those who look after the space say who is in its groups",
            None => "only administrators say who is in the groups of the workspace",
        }))
    }

    /// Refuses those who do not belong where the group is.
    pub fn require_belong(&self) -> Result<(), Error> {
        match &self.space {
            Some(space) if space.member_role().is_none() => Err(Error::Forbidden("join the space first")),
            _ => Ok(()),
        }
    }
}

/// The proof that `who` may see the group: everybody but guests sees those of the workspace, and who sees a space sees
/// its groups.
pub(crate) fn group(tx: &mut dyn Tx, who: &SignedIn, id: GroupId) -> Result<GroupAccess, Error> {
    let row = store::find(tx, id, who.person)?.ok_or(Error::NotFound)?;
    let (space, can_manage) = match row.group.space_id {
        Some(space) => {
            let access = seen_space(tx, who, space)?;
            (Some(access), access.can_manage())
        }
        None => {
            let role = role_now(tx, who)?;
            if role == Role::Guest {
                return Err(Error::NotFound);
            }
            (None, role.is_admin())
        }
    };
    Ok(GroupAccess {
        person: who.person,
        is_member: row.is_member,
        group: row.group,
        can_manage,
        space,
    })
}

/// The space of a group, for whoever may see it.
fn seen_space(tx: &mut dyn Tx, who: &SignedIn, space: SpaceId) -> Result<SpaceAccess, Error> {
    match spaces::access::space(tx, who, space) {
        Ok(access) => Ok(access),
        Err(spaces::Error::NotFound) => Err(Error::NotFound),
        Err(error) => Err(error.into()),
    }
}

/// What somebody is in the workspace at this moment.
pub(crate) fn role_now(tx: &mut dyn Tx, who: &SignedIn) -> Result<Role, Error> {
    let person = accounts::find_person(tx, who.person)?.filter(|person| !person.deactivated);
    Ok(person.ok_or(Error::NotFound)?.role)
}

/// A row of a list of what one may see, as that person sees it.
pub(crate) fn seen(row: GroupRow, role: Role) -> GroupView {
    GroupView {
        is_member: row.is_member,
        can_manage: role.is_admin() || (row.is_space_admin && role != Role::Guest),
        group: row.group,
    }
}
