//! Everybody who is named in an answer, and the groups, each read in one query. Whoever may read a message may know who is
//! named in it.

use crate::{
    model::Error,
    wire::{Message, Topic},
};
use accounts::Person;
use base::{GroupId, PersonId};
use groups::GroupName;
use platform::db::Tx;
use std::collections::BTreeSet;

/// The people of these ids, each once.
pub(crate) fn of_ids(tx: &mut dyn Tx, ids: Vec<PersonId>) -> Result<Vec<Person>, Error> {
    let ids: BTreeSet<PersonId> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(spaces::people_named(tx, &ids.into_iter().collect::<Vec<_>>())?)
}

/// Authors, quoted authors, mentioned people, those who reacted, and the faces of topics.
pub(crate) fn named_in(tx: &mut dyn Tx, messages: &[Message]) -> Result<Vec<Person>, Error> {
    let mut ids = Vec::new();
    for message in messages {
        ids.push(message.author_id);
        ids.extend(message.quote.as_ref().map(|quote| quote.author_id));
        if let Some(forward) = &message.forward {
            ids.push(forward.author_id);
            let tree = forward.tree.as_deref().unwrap_or_default();
            ids.extend(markup::mentions(tree).people.into_iter().map(PersonId));
        }
        ids.extend(
            message
                .reactions
                .iter()
                .flat_map(|reaction| reaction.people.iter().copied()),
        );
        ids.extend(message.topic.iter().flat_map(in_topic));
        if let Some(tree) = &message.tree {
            ids.extend(markup::mentions(tree).people.into_iter().map(PersonId));
        }
    }
    of_ids(tx, ids)
}

/// The groups named in messages and in what they carry on.
pub(crate) fn groups_named_in(tx: &mut dyn Tx, messages: &[Message]) -> Result<Vec<GroupName>, Error> {
    let mut ids = BTreeSet::new();
    for message in messages {
        let carried = message.forward.as_ref().and_then(|forward| forward.tree.as_ref());
        for tree in message.tree.iter().chain(carried) {
            ids.extend(markup::mentions(tree).groups.into_iter().map(GroupId));
        }
    }
    Ok(groups::groups_named(tx, &ids.into_iter().collect::<Vec<_>>())?)
}

/// Who began a topic and who wrote in it last.
pub(crate) fn in_topic(topic: &Topic) -> Vec<PersonId> {
    topic.people.iter().copied().chain([topic.created_by]).collect()
}
