//! The inbox as its reader sees it.

use crate::{
    model::{CALLS_MAX, Error, PAGE_MAX, UNDO_FOR},
    store::{self, Place},
    wire::{Cleared, DecisionPage, Inbox, InboxCall, InboxLine, InboxPlace},
};
use accounts::{Person, SignedIn};
use base::{PersonId, SpaceId, Timestamp};
use platform::db::Tx;
use spaces::ChannelKind;
use std::collections::BTreeSet;

/// Of the whole text its beginning, as a quote shows it.
pub(crate) fn shortened(mut line: InboxLine) -> InboxLine {
    line.text = messages::quote_text(&line.text);
    line
}

fn shown(place: Place) -> InboxPlace {
    InboxPlace {
        line: shortened(place.place.line),
        ..place.place
    }
}

/// Channels with something new that can wait.
pub(crate) fn rest(tx: &mut dyn Tx, who: &SignedIn) -> Result<Vec<InboxPlace>, Error> {
    let places = store::list_places(tx, who.person)?.into_iter();
    let rest = places.filter(|place| place.kind != ChannelKind::Direct);
    Ok(rest.map(shown).collect())
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
    let directs: Vec<InboxPlace> = directs.into_iter().map(shown).collect();
    let rest: Vec<InboxPlace> = others.into_iter().map(shown).collect();
    let last = store::find_last_clear(tx, who.person, now.before(UNDO_FOR))?;
    let lines = calls.iter().map(|call| &call.line);
    let lines = lines.chain(directs.iter().chain(&rest).map(|place| &place.line));
    let people = people_in(tx, lines)?;
    Ok(Inbox {
        calls,
        directs,
        rest,
        cleared: last.map(|clear| Cleared {
            id: clear.id,
            at: clear.at,
            n_places: i64::try_from(clear.pointers.len()).unwrap_or(i64::MAX),
        }),
        people,
    })
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
    let people = named(tx, items.iter().map(|item| item.person_id).collect())?;
    Ok(DecisionPage { items, next, people })
}
