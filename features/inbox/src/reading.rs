//! The inbox as its reader sees it.

use crate::{
    model::{CALLS_MAX, Error, NEEDS_MAX, PAGE_MAX, UNDO_FOR},
    store::{self, Place},
    wire::{
        CatchUpItem, CatchUpKind, Cleared, DecisionPage, Inbox, InboxCall, InboxLine, InboxPlace,
        ProvisionalDecision,
    },
};
use accounts::{Person, SignedIn};
use base::{ChannelId, MessageId, PersonId, SpaceId, Timestamp, TopicId};
use platform::db::Tx;
use spaces::ChannelKind;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Of the whole text its beginning, as a quote shows it.
pub(crate) fn shortened(mut line: InboxLine) -> InboxLine {
    line.text = messages::quote_text(&line.text);
    line
}

fn shown_place(place: Place) -> InboxPlace {
    InboxPlace {
        line: shortened(place.place.line),
        ..place.place
    }
}

/// Channels with something new that can wait.
pub(crate) fn rest(tx: &mut dyn Tx, who: &SignedIn) -> Result<Vec<InboxPlace>, Error> {
    let places = store::list_places(tx, who.person)?.into_iter();
    let rest = places.filter(|place| place.kind != ChannelKind::Direct);
    Ok(rest.map(shown_place).collect())
}

/// Places with something new that is not shown above, with how much: `items` is what is.
pub(crate) fn rest_beside(
    tx: &mut dyn Tx,
    who: &SignedIn,
    items: &[CatchUpItem],
) -> Result<Vec<InboxPlace>, Error> {
    let whole: HashSet<TopicId> = items
        .iter()
        .filter(|item| item.kind == CatchUpKind::Topic)
        .filter_map(|item| item.line.topic_id)
        .collect();
    let mut shown: HashMap<ChannelId, (i64, i64)> = HashMap::new();
    for item in items.iter().filter(|item| item.kind == CatchUpKind::Topic) {
        let (n, n_topics) = shown.entry(item.line.channel_id).or_default();
        (*n, *n_topics) = (*n + item.n_messages, *n_topics + 1);
    }
    // Of a decision one has read what was decided, not what was said on the way.
    let single: HashSet<MessageId> = items
        .iter()
        .filter(|item| !matches!(item.kind, CatchUpKind::Topic | CatchUpKind::Decision))
        .map(|item| item.line.message_id)
        .collect();
    for (channel, topic) in store::list_counted(tx, who.person, &single.into_iter().collect::<Vec<_>>())? {
        if topic.is_none_or(|topic| !whole.contains(&topic)) {
            shown.entry(channel).or_default().0 += 1;
        }
    }
    let left = |mut place: InboxPlace| {
        let (n, n_topics) = shown.get(&place.line.channel_id).copied().unwrap_or_default();
        (place.n_unread, place.n_topics) = (place.n_unread - n, place.n_topics - n_topics);
        (place.n_unread > 0).then_some(place)
    };
    let places = store::list_places(tx, who.person)?.into_iter();
    Ok(places.map(shown_place).filter_map(left).collect())
}

/// How many things stand under "Needs you", each once: what calls and waits for a reaction, what asks, who calls, and direct
/// conversations with something new.
pub(crate) fn count_needs(tx: &mut dyn Tx, who: &SignedIn, now: Timestamp) -> Result<i64, Error> {
    let mut needs = store::list_needs(tx, who.person, NEEDS_MAX)?;
    let urgents = urgent::list_mine(tx, who, now)?.items;
    needs.extend(urgents.iter().map(|urgent| urgent.message_id.0));
    Ok(i64::try_from(needs.len()).unwrap_or(i64::MAX))
}

pub(crate) fn get(tx: &mut dyn Tx, who: &SignedIn, now: Timestamp) -> Result<Inbox, Error> {
    let calls: Vec<InboxCall> = store::list_calls(tx, who.person, CALLS_MAX)?
        .into_iter()
        .map(|(line, everyone)| InboxCall {
            line: shortened(line),
            everyone,
        })
        .collect();
    let (directs, others): (Vec<Place>, Vec<Place>) = store::list_places(tx, who.person)?
        .into_iter()
        .partition(|place| place.kind == ChannelKind::Direct);
    let directs: Vec<InboxPlace> = directs.into_iter().map(shown_place).collect();
    let rest: Vec<InboxPlace> = others.into_iter().map(shown_place).collect();
    let last = store::find_last_clear(tx, who.person, now.before(UNDO_FOR))?;
    let lines = calls.iter().map(|call| &call.line);
    let lines = lines.chain(directs.iter().chain(&rest).map(|place| &place.line));
    let people = people_in(tx, lines)?;
    Ok(Inbox {
        n_needs_you: count_needs(tx, who, now)?,
        calls,
        directs,
        rest,
        provisional: provisional_on(tx, who.person)?,
        cleared: last.map(|clear| Cleared {
            id: clear.id,
            at: clear.at,
            n_places: i64::try_from(clear.pointers.len()).unwrap_or(i64::MAX),
        }),
        people,
    })
}

fn provisional_on(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<ProvisionalDecision>, Error> {
    let provisional = live::list_provisional_on(tx, person)?.into_iter();
    Ok(provisional
        .map(|(message_id, until)| ProvisionalDecision { message_id, until })
        .collect())
}

/// Until when what was decided in these topics can be objected to, of those where it can.
pub(crate) fn provisional_among(
    tx: &mut dyn Tx,
    topics: impl Iterator<Item = TopicId>,
) -> Result<HashMap<TopicId, Timestamp>, Error> {
    let topics: Vec<TopicId> = topics.collect();
    if topics.is_empty() {
        return Ok(HashMap::new());
    }
    Ok(live::list_provisional(tx, &topics)?.into_iter().collect())
}

/// Who wrote these lines.
pub(crate) fn people_in<'a>(
    tx: &mut dyn Tx,
    lines: impl Iterator<Item = &'a InboxLine>,
) -> Result<Vec<Person>, Error> {
    let ids: BTreeSet<PersonId> = lines.map(|line| line.author_id).collect();
    named(tx, ids)
}

fn named(tx: &mut dyn Tx, ids: BTreeSet<PersonId>) -> Result<Vec<Person>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(spaces::people_named(tx, &ids.into_iter().collect::<Vec<_>>())?)
}

pub(crate) fn decisions(
    tx: &mut dyn Tx,
    who: &SignedIn,
    (space, before): (Option<SpaceId>, Option<Timestamp>),
    limit: i64,
) -> Result<DecisionPage, Error> {
    if let Some(space) = space {
        spaces::access::space(tx, who, space)?;
    }
    let limit = limit.clamp(1, PAGE_MAX);
    let before = before.unwrap_or(Timestamp(i64::MAX));
    let mut items = store::list_decisions(tx, (who.person, space), before, limit + 1)?;
    let limit = usize::try_from(limit).unwrap_or(0);
    let is_more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| is_more).map(|last| last.at);
    let provisional = provisional_among(tx, items.iter().map(|item| item.topic_id))?;
    for item in &mut items {
        item.provisional_until = provisional.get(&item.topic_id).copied();
    }
    let people = named(tx, items.iter().map(|item| item.person_id).collect())?;
    Ok(DecisionPage { items, next, people })
}
