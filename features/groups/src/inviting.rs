//! Whom a list invites may come into groups of the space too: what the list says is kept with the invitation, and done in
//! the transaction in which it is used.

use crate::{
    actions,
    events::{By, GroupEvent, announce},
    model::MEMBERS_MAX,
    store,
};
use base::{GroupId, InvitationId, SpaceId, Timestamp};
use platform::{
    db::{Result, Tx},
    journal::{Heard, Listener},
};
use spaces::{INVITATION_USED, InvitationUsed, ListGroups};
use std::{any::Any, sync::Arc};

/// What the lists of `spaces` ask, to be kept by the server.
pub fn kept() -> Vec<Arc<dyn Any + Send + Sync>> {
    vec![Arc::new(ListGroups { find, keep })]
}

/// A group of a space by its name or its title, as a list spells it.
fn find(tx: &mut dyn Tx, space: SpaceId, name: &str) -> Result<Option<GroupId>> {
    let wanted = markup::skeleton(name.trim_start_matches('@'));
    let groups = store::list_of_space(tx, space)?;
    let is_it = |said: &str| markup::skeleton(said) == wanted;
    let by_handle = groups.iter().find(|group| is_it(&group.handle));
    let found = by_handle.or_else(|| groups.iter().find(|group| is_it(&group.title)));
    Ok(found.map(|group| group.id))
}

fn keep(tx: &mut dyn Tx, invitation: InvitationId, groups: &[GroupId], now: Timestamp) -> Result<()> {
    store::drop_old_invited(tx, now)?;
    groups
        .iter()
        .try_for_each(|group| store::keep_invited(tx, invitation, *group))
}

pub fn listener() -> Listener {
    Listener {
        kinds: &[INVITATION_USED],
        hear,
    }
}

/// Who has come by an invitation goes into its groups; a full one is left out rather than the person.
fn hear(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    let Some(used) = heard.body::<InvitationUsed>() else {
        return Ok(());
    };
    let (person, now) = (used.person_id, heard.happened.at);
    for id in store::list_invited(tx, used.invitation_id)? {
        let Some(row) = store::find(tx, id, person)? else {
            continue;
        };
        let n_members = usize::try_from(row.group.n_members).unwrap_or(usize::MAX);
        if n_members >= MEMBERS_MAX || store::add(tx, id, &[person], now)?.is_empty() {
            continue;
        }
        actions::note_put(tx, used.invited_by, &row.group, person, now)?;
        let event = GroupEvent::MembersChanged {
            group_id: id,
            joined: vec![person],
            left: Vec::new(),
            n_members: store::recount(tx, id)?,
        };
        let by = By {
            actor: Some(used.invited_by),
            now,
        };
        announce(tx, row.group.space_id, by, &event)?;
    }
    store::drop_invited(tx, used.invitation_id)
}
