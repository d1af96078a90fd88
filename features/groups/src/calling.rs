//! Whom a mention of groups calls.

use crate::{
    model::Error,
    store,
    wire::{CallableGroup, CallableGroups, GroupView},
};
use accounts::SignedIn;
use base::{GroupId, PersonId};
use platform::db::Tx;
use spaces::ChannelAccess;
use std::collections::{HashMap, HashSet};

/// Those of the groups' members who may read the channel now, apart from whose access it is, each once. Groups of other
/// spaces call nobody here; a guest calls only groups of the channel's space.
pub fn called_by(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    groups: &[GroupId],
) -> Result<Vec<PersonId>, Error> {
    if groups.is_empty() {
        return Ok(Vec::new());
    }
    let members = store::list_called(tx, groups, access.space(), !access.is_guest())?;
    let mut readers = spaces::readers_among(tx, access, &members)?;
    readers.retain(|person| *person != access.person());
    Ok(readers)
}

/// The groups that can be called in a channel; only those of `ids`, when they are given.
pub(crate) fn list_callable(
    tx: &mut dyn Tx,
    who: &SignedIn,
    access: &ChannelAccess,
    ids: Option<&[GroupId]>,
) -> Result<CallableGroups, Error> {
    let role = crate::access::role_now(tx, who)?;
    let mut rows = store::list_of_place(tx, access.person(), access.space(), !access.is_guest())?;
    if let Some(ids) = ids {
        rows.retain(|row| ids.contains(&row.group.name.id));
    }
    let groups: Vec<GroupId> = rows.iter().map(|row| row.group.name.id).collect();
    let members = store::list_members_of(tx, &groups)?;
    let people: HashSet<PersonId> = members.iter().map(|(_, person)| *person).collect();
    let people: Vec<PersonId> = people.into_iter().collect();
    let mut readers: HashSet<PersonId> = spaces::readers_among(tx, access, &people)?.into_iter().collect();
    readers.remove(&access.person());
    let mut n_called: HashMap<GroupId, i64> = HashMap::new();
    for (group, _) in members.iter().filter(|(_, person)| readers.contains(person)) {
        *n_called.entry(*group).or_default() += 1;
    }
    let can_manage_space = access.space().is_some() && manages_space(tx, who, access)?;
    let items = rows.into_iter().map(|row| CallableGroup {
        n_called: n_called.get(&row.group.name.id).copied().unwrap_or(0),
        view: GroupView {
            is_member: row.is_member,
            can_manage: role.is_admin() || (row.group.space_id.is_some() && can_manage_space),
            group: row.group,
        },
    });
    Ok(CallableGroups {
        items: items.collect(),
        n_called: i64::try_from(readers.len()).unwrap_or(i64::MAX),
    })
}

fn manages_space(tx: &mut dyn Tx, who: &SignedIn, access: &ChannelAccess) -> Result<bool, Error> {
    let Some(space) = access.space() else {
        return Ok(false);
    };
    match spaces::access::space(tx, who, space) {
        Ok(access) => Ok(access.can_manage()),
        // Somebody may be in a channel of a space that they do not see.
        Err(spaces::Error::NotFound) => Ok(false),
        Err(error) => Err(error.into()),
    }
}
