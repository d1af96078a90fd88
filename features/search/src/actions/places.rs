//! People, channels and topics by name, while somebody types.

use super::{
    find::{Shown, show},
    question::fits,
};
use crate::{
    matching::{Condition, expression},
    model::{Error, PLACES_MAX},
    query::{Phrase, Query},
    store::{self, Ask, Wishes},
    wire::SearchPlaces,
    words::{topic_token, words_of},
};
use accounts::SignedIn;
use base::ChannelId;
use platform::db::Tx;
use spaces::{ChannelView, ReadableChannels, access};

/// What is called so and may be seen by the person.
pub(crate) fn find(tx: &mut dyn Tx, who: &SignedIn, text: &str) -> Result<SearchPlaces, Error> {
    let query = Query::read(text)?;
    let wanted = words_of(text);
    if wanted.is_empty() {
        return Ok(SearchPlaces {
            people: Vec::new(),
            channels: Vec::new(),
            topics: Vec::new(),
        });
    }
    let readable = access::readable_channels(tx, who)?;
    let limit = i64::try_from(PLACES_MAX).unwrap_or(i64::MAX);
    let part = text.trim().trim_start_matches(['@', '#']);
    let mut people = spaces::find_people(tx, who, part, limit)?;
    people.retain(|person| !person.deactivated);
    let Shown { hits: topics, .. } = topics(tx, &readable, query.wanted, limit)?;
    Ok(SearchPlaces {
        people,
        channels: channels(&readable, &wanted),
        topics,
    })
}

/// Names that begin with the text first, then those that have it inside.
fn channels(readable: &ReadableChannels, wanted: &[String]) -> Vec<ChannelView> {
    let mut found: Vec<(bool, ChannelId)> = readable
        .names()
        .filter(|(_, name)| fits(name, wanted))
        .map(|(channel, name)| {
            let begins = words_of(name)
                .first()
                .is_some_and(|first| first.starts_with(wanted[0].as_str()));
            (!begins, channel)
        })
        .collect();
    found.sort_by_key(|(is_later, _)| *is_later);
    found
        .into_iter()
        .take(PLACES_MAX)
        .filter_map(|(_, channel)| readable.view(channel))
        .collect()
}

fn topics(
    tx: &mut dyn Tx,
    readable: &ReadableChannels,
    phrases: Vec<Phrase>,
    limit: i64,
) -> Result<Shown, Error> {
    let mut wanted: Vec<Condition> = phrases.iter().cloned().map(Condition::Phrase).collect();
    wanted.push(Condition::AnyOf(vec![topic_token()]));
    let channels: Vec<ChannelId> = readable.ids().collect();
    let expression = expression(&wanted, &[], tx.dialect());
    let ask = Ask {
        reader: readable.person(),
        expression: &expression,
        from: i64::MIN,
        before: i64::MAX,
        channels: &channels,
        wishes: Wishes::default(),
        limit,
    };
    let found = if phrases.is_empty() {
        Vec::new()
    } else {
        store::find(tx, &ask)?
    };
    show(tx, found, &phrases)
}
