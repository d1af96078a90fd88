//! What was told and is not seen yet, at the moment at which it is to reach somebody outside of the app.

use crate::{model::Wait, store::push::Unseen};
use accounts::Person;
use base::{ChannelId, GroupId, PersonId, Timestamp};
use platform::db::{Result, Tx};
use std::collections::{HashMap, hash_map::Entry};
use timing::hours::Hours;
use uuid::Uuid;

/// Only what this person may read now.
pub(crate) fn keep_readable(tx: &mut dyn Tx, person: PersonId, some: &mut Vec<Unseen>) -> Result<()> {
    let mut readable: HashMap<ChannelId, bool> = HashMap::new();
    for one in some.iter() {
        if let Entry::Vacant(unknown) = readable.entry(one.channel) {
            unknown.insert(!spaces::who_may_read(tx, one.channel, &[person])?.is_empty());
        }
    }
    some.retain(|one| readable[&one.channel]);
    Ok(())
}

/// Only what may interrupt them now; and when the first of the rest may.
pub(crate) fn keep_tellable(some: &mut Vec<Unseen>, hours: &Hours, now: Timestamp) -> Option<Timestamp> {
    let mut soonest: Option<Timestamp> = None;
    some.retain(|one| match Wait::of(one.called().decide_due(hours, now), now) {
        Some(wait) if wait.release_at <= now => true,
        Some(wait) => {
            soonest = Some(soonest.map_or(wait.release_at, |at| at.min(wait.release_at)));
            false
        }
        None => false,
    });
    soonest
}

/// Those who wrote, and the people and groups that are named.
pub(crate) fn names_of(tx: &mut dyn Tx, some: &[Unseen]) -> Result<HashMap<Uuid, String>> {
    let mut people: Vec<PersonId> = some.iter().map(|one| one.author).collect();
    let mut named_groups = Vec::new();
    for one in some {
        let named = markup::mentions(&markup::tree_of(&one.text));
        people.extend(named.people.into_iter().map(PersonId));
        named_groups.extend(named.groups.into_iter().map(GroupId));
    }
    let named_groups = groups::groups_named(tx, &named_groups)?;
    people.sort_unstable();
    people.dedup();
    let people: Vec<Person> = accounts::people(tx, &people)?;
    let people = people.into_iter().map(|person| (person.id.0, person.name));
    let named_groups = named_groups.into_iter().map(|group| (group.id.0, group.handle));
    Ok(people.chain(named_groups).collect())
}
