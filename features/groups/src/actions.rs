//! Verbs of groups.

use crate::{
    access::{self, GroupAccess},
    events::{By, GroupEvent, announce},
    model::{Error, GROUPS_MAX, MEMBERS_MAX, clean_handle, clean_title},
    store,
    wire::{ChangeGroup, Group, GroupName, NewGroup},
};
use accounts::{
    Role, SignedIn,
    audit::{self, Deed, Subject},
};
use base::{GroupId, PersonId, SpaceId, Timestamp};
use platform::db::Tx;
use uuid::Uuid;

/// What this slice writes into the audit log.
pub(crate) const DEEDS: &[&str] = &[
    "group.made",
    "group.changed",
    "group.removed",
    "group.member_put",
    "group.member_removed",
];

/// Makes a group without members.
pub(crate) fn create(
    tx: &mut dyn Tx,
    who: &SignedIn,
    new: &NewGroup,
    now: Timestamp,
) -> Result<GroupId, Error> {
    match new.space_id {
        Some(space) => spaces::access::space(tx, who, space)?.require_manage()?,
        None if access::role_now(tx, who)?.is_admin() => {}
        None => {
            return Err(Error::Forbidden(
                "only administrators make groups of the whole workspace",
            ));
        }
    }
    let (handle, key) = clean_handle(&new.handle)?;
    let group = Group {
        name: GroupName {
            id: GroupId::random(),
            handle,
            title: clean_title(&new.title)?,
        },
        space_id: new.space_id,
        open: new.open,
        n_members: 0,
    };
    if store::count(tx, new.space_id)? >= GROUPS_MAX {
        return Err(limit(
            "a space holds at most 200 groups, and so does the workspace",
        ));
    }
    check_free(tx, &key, group.name.id, group.space_id)?;
    store::insert(tx, &group, &key, who.person, now)?;
    let id = group.name.id;
    note(tx, (who.person, "group.made"), &group, None, now)?;
    announce(
        tx,
        group.space_id,
        by(who.person, now),
        &GroupEvent::Changed { group },
    )?;
    Ok(id)
}

/// Gives other names, or opens it to everybody.
pub(crate) fn change(
    tx: &mut dyn Tx,
    access: &GroupAccess,
    change: &ChangeGroup,
    now: Timestamp,
) -> Result<(), Error> {
    access.require_manage()?;
    let old = &access.group;
    let (handle, key) = clean_handle(change.handle.as_deref().unwrap_or(&old.name.handle))?;
    let group = Group {
        name: GroupName {
            id: old.name.id,
            handle,
            title: clean_title(change.title.as_deref().unwrap_or(&old.name.title))?,
        },
        open: change.open.unwrap_or(old.open),
        ..old.clone()
    };
    if group == *old {
        return Ok(());
    }
    check_free(tx, &key, old.name.id, old.space_id)?;
    store::update(tx, &group, &key)?;
    note(tx, (access.person, "group.changed"), &group, None, now)?;
    let space = group.space_id;
    Ok(announce(
        tx,
        space,
        by(access.person, now),
        &GroupEvent::Changed { group },
    )?)
}

/// Nobody is in it any more and nobody is called by it; what was written keeps its name.
pub(crate) fn remove(tx: &mut dyn Tx, access: &GroupAccess, now: Timestamp) -> Result<(), Error> {
    access.require_manage()?;
    store::remove(tx, access.id(), now)?;
    note(tx, (access.person, "group.removed"), &access.group, None, now)?;
    let event = GroupEvent::Removed {
        removed_group_id: access.id(),
    };
    Ok(announce(
        tx,
        access.group.space_id,
        by(access.person, now),
        &event,
    )?)
}

/// Puts people in, all of them or none.
pub(crate) fn add_members(
    tx: &mut dyn Tx,
    access: &GroupAccess,
    people: &[PersonId],
    now: Timestamp,
) -> Result<(), Error> {
    access.require_manage()?;
    if people.len() > MEMBERS_MAX {
        return Err(Error::Field {
            pointer: "/people",
            detail: "at most 500 people at once".to_owned(),
        });
    }
    let mut people = people.to_vec();
    people.sort_unstable();
    people.dedup();
    let found = accounts::people(tx, &people)?;
    let can_be_in = |person: &&accounts::Person| !person.deactivated && !person.bot;
    if found.iter().filter(can_be_in).count() != people.len() {
        return Err(Error::NotFound);
    }
    match &access.space {
        Some(space) => {
            if spaces::space_members_among(tx, space, &people)?.len() != people.len() {
                return Err(conflict("bring them into the space first, then into its groups"));
            }
        }
        None => {
            if found.iter().any(|person| person.role == Role::Guest) {
                return Err(conflict("a guest can be in the groups of their spaces only"));
            }
        }
    }
    put_in(tx, access, &people, now)
}

/// Goes into an open group.
pub(crate) fn join(tx: &mut dyn Tx, access: &GroupAccess, now: Timestamp) -> Result<(), Error> {
    if access.is_member {
        return Ok(());
    }
    if !access.group.open && !access.can_manage {
        return Err(Error::Forbidden(
            "ask those who look after the group to put you in",
        ));
    }
    access.require_belong()?;
    put_in(tx, access, &[access.person], now)
}

fn put_in(tx: &mut dyn Tx, access: &GroupAccess, people: &[PersonId], now: Timestamp) -> Result<(), Error> {
    let joined = store::add(tx, access.id(), people, now)?;
    if joined.is_empty() {
        return Ok(());
    }
    for person in joined.iter().filter(|person| **person != access.person) {
        note(
            tx,
            (access.person, "group.member_put"),
            &access.group,
            Some(*person),
            now,
        )?;
    }
    let n_members = store::recount(tx, access.id())?;
    if usize::try_from(n_members).is_ok_and(|n| n > MEMBERS_MAX) {
        return Err(limit("a group holds at most 500 people"));
    }
    let event = GroupEvent::MembersChanged {
        group_id: access.id(),
        joined,
        left: Vec::new(),
        n_members,
    };
    Ok(announce(
        tx,
        access.group.space_id,
        by(access.person, now),
        &event,
    )?)
}

/// Takes somebody out, who may do that by themselves.
pub(crate) fn remove_member(
    tx: &mut dyn Tx,
    access: &GroupAccess,
    person: PersonId,
    now: Timestamp,
) -> Result<(), Error> {
    if person != access.person {
        access.require_manage()?;
    }
    let by = by(access.person, now);
    if !take_out(tx, (access.id(), access.group.space_id), person, by)? {
        return Err(Error::NotFound);
    }
    if person != access.person {
        note(
            tx,
            (access.person, "group.member_removed"),
            &access.group,
            Some(person),
            now,
        )?;
    }
    Ok(())
}

/// Takes somebody out, whoever may. False: they were not in it.
pub(crate) fn take_out(
    tx: &mut dyn Tx,
    (group, space): (GroupId, Option<SpaceId>),
    person: PersonId,
    by: By,
) -> Result<bool, platform::db::Error> {
    if !store::take_out(tx, group, person)? {
        return Ok(false);
    }
    let event = GroupEvent::MembersChanged {
        group_id: group,
        joined: Vec::new(),
        left: vec![person],
        n_members: store::recount(tx, group)?,
    };
    announce(tx, space, by, &event)?;
    Ok(true)
}

/// Everybody in a group whom the person may see; it is small enough to be read at once.
pub(crate) fn list_all_members(tx: &mut dyn Tx, access: &GroupAccess) -> Result<Vec<PersonId>, Error> {
    let max = i64::try_from(MEMBERS_MAX).unwrap_or(i64::MAX);
    Ok(store::list_members(tx, access.id(), PersonId(Uuid::nil()), max)?)
}

fn check_free(tx: &mut dyn Tx, key: &str, id: GroupId, space: Option<SpaceId>) -> Result<(), Error> {
    if store::is_key_taken(tx, key, id, space)? {
        return Err(spaces::Error::NameTaken.into());
    }
    Ok(())
}

/// Somebody comes into a group because of whoever invited them.
pub(crate) fn note_put(
    tx: &mut dyn Tx,
    by: PersonId,
    group: &Group,
    whom: PersonId,
    now: Timestamp,
) -> Result<(), platform::db::Error> {
    note(tx, (by, "group.member_put"), group, Some(whom), now)
}

/// What one does to others stands in the audit log; what one does for oneself does not.
fn note(
    tx: &mut dyn Tx,
    (actor, action): (PersonId, &'static str),
    group: &Group,
    whom: Option<PersonId>,
    now: Timestamp,
) -> Result<(), platform::db::Error> {
    let deed = Deed::new(
        actor,
        action,
        Subject::new("group", group.name.id, &group.name.handle),
    );
    let deed = match whom {
        Some(person) => deed.with("person_id", person.to_string()),
        None => deed,
    };
    audit::record(tx, &deed, now)
}

fn by(person: PersonId, now: Timestamp) -> By {
    By {
        actor: Some(person),
        now,
    }
}

fn limit(why: &'static str) -> Error {
    spaces::Error::Limit(why).into()
}

fn conflict(why: &'static str) -> Error {
    spaces::Error::Conflict(why).into()
}
