//! What to read in the time there is. Which comes first is [`timing::catch_up`]'s to say; here it is gathered.

use crate::{
    model::{ASKS_MAX, Error, NEWS_MAX, n_words},
    reading::{people_in, provisional_among, rest_beside, shortened},
    store,
    wire::{CatchUp, CatchUpItem, CatchUpKind, InboxLine},
};
use accounts::SignedIn;
use base::{MessageId, Timestamp};
use platform::db::Tx;
use std::{collections::HashSet, time::Duration};
use timing::{
    catch_up::{Item, Length, What},
    week::Zone,
};

/// Asks of one question to the slice of asks.
const ASKS_AT_ONCE: i64 = 100;
/// Characters of a word and the space behind it, where a whole topic is measured.
const CHARS_PER_WORD: i64 = 6;

/// Something to read, and what it weighs.
struct Found {
    item: CatchUpItem,
    what: What,
    n_words: u32,
}

pub(crate) fn catch_up(
    tx: &mut dyn Tx,
    who: &SignedIn,
    budget: Duration,
    now: Timestamp,
) -> Result<CatchUp, Error> {
    let me = accounts::find_person(tx, who.person)?.ok_or(Error::NotFound)?;
    let zone = Zone::find(&me.time_zone).unwrap_or_else(|_| Zone::utc());
    let mut found = urgents(tx, who, now)?;
    found.extend(asks(tx, who)?);
    let mut seen: HashSet<MessageId> = found.iter().map(|found| found.item.line.message_id).collect();
    for other in [decisions(tx, who)?, calls(tx, who)?, topics(tx, who)?] {
        // What asks me or calls me is not said again.
        found.extend(other.into_iter().filter(|found| {
            found.item.kind == CatchUpKind::Decision || seen.insert(found.item.line.message_id)
        }));
    }
    let weighed: Vec<Item<usize>> = found
        .iter()
        .enumerate()
        .map(|(key, found)| Item {
            key,
            what: found.what,
            length: Length::Words(found.n_words),
            at: found.item.line.at,
        })
        .collect();
    let plan = timing::catch_up::catch_up(&weighed, budget, &zone, now);
    let n_more = i64::try_from(plan.counted.len()).unwrap_or(i64::MAX);
    let mut found: Vec<Option<CatchUpItem>> = found.into_iter().map(|found| Some(found.item)).collect();
    let items: Vec<CatchUpItem> = plan
        .shown
        .iter()
        .filter_map(|key| found.get_mut(*key)?.take())
        .collect();
    let rest = rest_beside(tx, who, &items)?;
    let lines = items
        .iter()
        .flat_map(|item| std::iter::once(&item.line).chain(&item.last));
    let people = people_in(tx, lines.chain(rest.iter().map(|place| &place.line)))?;
    Ok(CatchUp {
        items,
        takes_s: seconds(plan.takes),
        n_more,
        rest,
        people,
    })
}

fn seconds(length: Duration) -> i64 {
    i64::try_from(length.as_secs()).unwrap_or(i64::MAX)
}

fn found(kind: CatchUpKind, line: InboxLine, what: What) -> Found {
    let n_words = n_words(&line.text);
    Found {
        item: CatchUpItem {
            kind,
            line: shortened(line),
            decision: None,
            provisional_until: None,
            due: None,
            n_messages: 1,
            takes_s: seconds(timing::catch_up::time_of(Length::Words(n_words))),
            last: None,
        },
        what,
        n_words,
    }
}

/// What calls me and waits for my reaction comes first, whatever the time is.
fn urgents(tx: &mut dyn Tx, who: &SignedIn, now: Timestamp) -> Result<Vec<Found>, Error> {
    let urgents = urgent::list_mine(tx, who, now)?.items;
    let messages: Vec<MessageId> = urgents.iter().map(|urgent| urgent.message_id).collect();
    if messages.is_empty() {
        return Ok(Vec::new());
    }
    let what = What::Ask {
        urgent: true,
        acknowledged: false,
        due: None,
    };
    let lines = store::list_lines(tx, &messages)?.into_iter();
    Ok(lines.map(|line| found(CatchUpKind::Urgent, line, what)).collect())
}

fn asks(tx: &mut dyn Tx, who: &SignedIn) -> Result<Vec<Found>, Error> {
    let (mut asks, mut after) = (Vec::new(), None);
    loop {
        let page = asks::list_on(tx, who.person, after, ASKS_AT_ONCE)?;
        asks.extend(page.items);
        after = page.next;
        if after.is_none() || asks.len() >= ASKS_MAX {
            break;
        }
    }
    let found = asks.into_iter().map(|item| {
        let line = InboxLine {
            message_id: item.ask.message_id,
            channel_id: item.ask.channel_id,
            topic_id: item.topic_id,
            topic_title: item.topic_title,
            author_id: item.ask.asker_id,
            at: item.ask.created_at,
            text: item.text,
        };
        let what = What::Ask {
            urgent: false,
            acknowledged: false,
            due: item.ask.due,
        };
        let mut found = found(CatchUpKind::Ask, line, what);
        found.item.due = item.ask.due;
        found
    });
    Ok(found.collect())
}

fn decisions(tx: &mut dyn Tx, who: &SignedIn) -> Result<Vec<Found>, Error> {
    let decisions = store::list_new_decisions(tx, who.person, NEWS_MAX)?;
    let topics = decisions.iter().filter_map(|(line, _)| line.topic_id);
    let provisional = provisional_among(tx, topics)?;
    let found = decisions.into_iter().map(|(line, decision)| {
        let n_words = n_words(&decision);
        let until = line.topic_id.and_then(|topic| provisional.get(&topic).copied());
        let what = What::Decision {
            provisional: until.is_some(),
        };
        let mut found = found(CatchUpKind::Decision, line, what);
        found.item.provisional_until = until;
        found.n_words = n_words;
        found.item.takes_s = seconds(timing::catch_up::time_of(Length::Words(n_words)));
        found.item.decision = Some(decision);
        found
    });
    Ok(found.collect())
}

fn calls(tx: &mut dyn Tx, who: &SignedIn) -> Result<Vec<Found>, Error> {
    let calls = store::list_calls(tx, who.person, NEWS_MAX)?.into_iter();
    Ok(calls
        .map(|(line, _)| found(CatchUpKind::Mention, line, What::Mention))
        .collect())
}

fn topics(tx: &mut dyn Tx, who: &SignedIn) -> Result<Vec<Found>, Error> {
    let number = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
    let topics = store::list_topics(tx, who.person)?.into_iter();
    let found = topics.map(|topic| {
        let what = What::Topic {
            n_replies: number(topic.n),
            n_mine: number(topic.n_mine),
        };
        let mut found = found(CatchUpKind::Topic, topic.first, what);
        // A topic is read whole, not only its beginning.
        found.n_words = number((topic.n_chars / CHARS_PER_WORD).max(i64::from(found.n_words)));
        found.item.takes_s = seconds(timing::catch_up::time_of(Length::Words(found.n_words)));
        found.item.n_messages = topic.n;
        found.item.last = (topic.n > 1).then(|| shortened(topic.last));
        found
    });
    Ok(found.collect())
}
