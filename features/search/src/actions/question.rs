//! From what was typed to what is asked of the index: names become people and channels, days become moments.
//!
//! Only names that the person may know are looked at, so a name that is hidden and one that nobody has are told alike.

use crate::{
    matching::Condition,
    model::{Error, MEANT_MAX, first_id_of},
    query::{Filter, FilterKind, Phrase, Query},
    store::{Wish, Wishes},
    wire::{SearchNote, SearchNoteKind},
    words::{Has, author_token, channel_token, has_token, message_token, topic_token, words_of},
};
use accounts::{Person, SignedIn};
use base::{ChannelId, PersonId, Timestamp};
use jiff::{civil::Date, tz::TimeZone};
use platform::db::Tx;
use spaces::ReadableChannels;

/// All that the index is asked.
#[derive(Debug)]
pub(crate) struct Question {
    pub wanted: Vec<Condition>,
    pub unwanted: Vec<Condition>,
    pub wishes: Wishes,
    /// The first id and the one after the last.
    pub from: i64,
    pub before: i64,
    /// The words that were asked for, for ranking and marking.
    pub phrases: Vec<Phrase>,
    pub notes: Vec<SearchNote>,
    /// Nothing can answer this: a filter that means nobody, or no words at all.
    pub is_hopeless: bool,
}

impl Question {
    /// Makes sense of a query in the eyes of `who`.
    pub fn of(
        tx: &mut dyn Tx,
        who: &SignedIn,
        readable: &ReadableChannels,
        query: Query,
    ) -> Result<Self, Error> {
        let mut question = Self {
            wanted: query.wanted.iter().cloned().map(Condition::Phrase).collect(),
            unwanted: query.unwanted.into_iter().map(Condition::Phrase).collect(),
            wishes: Wishes::default(),
            from: i64::MIN,
            before: i64::MAX,
            phrases: query.wanted,
            notes: query.notes,
            is_hopeless: false,
        };
        let is_empty = question.wanted.is_empty() && question.unwanted.is_empty() && query.filters.is_empty();
        if is_empty {
            question.is_hopeless = true;
            question.note(SearchNoteKind::Empty, "");
        }
        for filter in &query.filters {
            question.narrow(tx, who, readable, filter)?;
        }
        if question.wanted.is_empty() {
            let all = vec![message_token(), topic_token()];
            question.wanted.push(Condition::AnyOf(all));
        }
        Ok(question)
    }

    fn note(&mut self, kind: SearchNoteKind, about: &str) {
        self.notes.push(SearchNote::new(kind, about.to_owned()));
    }

    fn narrow(
        &mut self,
        tx: &mut dyn Tx,
        who: &SignedIn,
        readable: &ReadableChannels,
        filter: &Filter,
    ) -> Result<(), Error> {
        match filter.kind {
            FilterKind::From => {
                let people = people_called(tx, who, &filter.value)?;
                let tokens = people.into_iter().map(author_token).collect();
                self.any_of(filter, tokens, SearchNoteKind::Nobody);
            }
            FilterKind::In => {
                let channels = channels_called(tx, who, readable, &filter.value)?;
                let tokens = channels.into_iter().map(channel_token).collect();
                self.any_of(filter, tokens, SearchNoteKind::Nowhere);
            }
            FilterKind::Before | FilterKind::After | FilterKind::On => self.limit(tx, who, filter)?,
            FilterKind::Has => self.has(filter),
            FilterKind::Is => self.is(who, filter),
        }
        Ok(())
    }

    fn any_of(&mut self, filter: &Filter, mut tokens: Vec<String>, when_none: SearchNoteKind) {
        if tokens.is_empty() {
            self.note(when_none, &filter.value);
            self.is_hopeless |= !filter.is_negated;
            return;
        }
        if tokens.len() > MEANT_MAX {
            self.note(SearchNoteKind::TooMany, &filter.value);
            tokens.truncate(MEANT_MAX);
        }
        self.put(filter, Condition::AnyOf(tokens));
    }

    fn put(&mut self, filter: &Filter, condition: Condition) {
        if filter.is_negated {
            self.unwanted.push(condition);
        } else {
            self.wanted.push(condition);
        }
    }

    fn has(&mut self, filter: &Filter) {
        let value = filter.value.to_lowercase();
        // In one number and in many.
        let value = value.strip_suffix('s').unwrap_or(&value);
        if value == "reaction" {
            self.wishes.reaction = wish(filter);
        } else if let Some(has) = Has::ALL.into_iter().find(|has| has.as_str() == value) {
            self.put(filter, Condition::AnyOf(vec![has_token(has)]));
        } else {
            self.unknown(filter);
        }
    }

    fn is(&mut self, who: &SignedIn, filter: &Filter) {
        let place = match filter.value.to_lowercase().as_str() {
            "topic" => &mut self.wishes.topic,
            "open" => &mut self.wishes.open,
            "resolved" => &mut self.wishes.resolved,
            "decided" => &mut self.wishes.decided,
            "edited" => &mut self.wishes.edited,
            "pinned" => &mut self.wishes.pinned,
            "saved" => &mut self.wishes.saved,
            "mine" => {
                self.put(filter, Condition::AnyOf(vec![author_token(who.person)]));
                return;
            }
            _ => {
                self.unknown(filter);
                return;
            }
        };
        *place = wish(filter);
    }

    fn unknown(&mut self, filter: &Filter) {
        let about = format!("{}:{}", filter.kind.as_str(), filter.value);
        self.note(SearchNoteKind::UnknownValue, &about);
        self.is_hopeless |= !filter.is_negated;
    }

    fn limit(&mut self, tx: &mut dyn Tx, who: &SignedIn, filter: &Filter) -> Result<(), Error> {
        let zone = accounts::people(tx, &[who.person])?;
        let zone = zone.first().map(|me| me.time_zone.as_str()).unwrap_or("UTC");
        let Some((begin, end)) = span_of(&filter.value, zone) else {
            self.note(SearchNoteKind::NoDate, &filter.value);
            self.is_hopeless = true;
            return Ok(());
        };
        let (begin, end) = (first_id_of(begin), first_id_of(end));
        match (filter.kind, filter.is_negated) {
            (FilterKind::Before, false) | (FilterKind::After, true) => self.before = self.before.min(begin),
            (FilterKind::After, false) | (FilterKind::Before, true) => self.from = self.from.max(begin),
            (_, false) => {
                self.from = self.from.max(begin);
                self.before = self.before.min(end);
            }
            // "Not on that day" would need a hole; nobody asks for it.
            (_, true) => self.unknown(filter),
        }
        Ok(())
    }
}

fn wish(filter: &Filter) -> Wish {
    if filter.is_negated {
        Wish::Without
    } else {
        Wish::With
    }
}

/// The day, month or year that is written as 2026-11-26, 2026-11 or 2026, from its first moment to that of the next.
fn span_of(text: &str, zone: &str) -> Option<(Timestamp, Timestamp)> {
    let mut parts = text.split('-');
    let year: i16 = number(parts.next()?, 4)?;
    let (month, day) = (parts.next(), parts.next());
    if parts.next().is_some() {
        return None;
    }
    let first = Date::new(
        year,
        month.map_or(Some(1), |month| number(month, 2))?,
        day.map_or(Some(1), |day| number(day, 2))?,
    )
    .ok()?;
    let next = match (month, day) {
        (_, Some(_)) => first.tomorrow(),
        (Some(_), None) => first.last_of_month().tomorrow(),
        (None, None) => first.last_of_year().tomorrow(),
    };
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let moment = |date: Date| {
        let zoned = date.to_zoned(zone.clone()).ok()?;
        Some(Timestamp(zoned.timestamp().as_microsecond()))
    };
    Some((moment(first)?, moment(next.ok()?)?))
}

fn number<N: std::str::FromStr>(text: &str, n_digits: usize) -> Option<N> {
    let is_number =
        !text.is_empty() && text.len() <= n_digits && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// People of this name, or else those whose name has words that begin so.
fn people_called(tx: &mut dyn Tx, who: &SignedIn, value: &str) -> Result<Vec<PersonId>, Error> {
    let name = value.trim_start_matches('@').trim();
    if name.eq_ignore_ascii_case("me") {
        return Ok(vec![who.person]);
    }
    // One more than is used, so that a surplus is noticed; a part of a name may stand in many.
    let limit = i64::try_from(MEANT_MAX * 10).unwrap_or(i64::MAX);
    let first_word = name.split_whitespace().next().unwrap_or_default();
    let people = spaces::find_people(tx, who, first_word, limit)?;
    Ok(called(&people, |person| &person.name, name)
        .map(|person: &Person| person.id)
        .collect())
}

/// Channels of this name, or those whose name begins so; else the direct conversations with people of this name.
fn channels_called(
    tx: &mut dyn Tx,
    who: &SignedIn,
    readable: &ReadableChannels,
    value: &str,
) -> Result<Vec<ChannelId>, Error> {
    if !value.starts_with('@') {
        let named: Vec<(ChannelId, &str)> = readable.names().filter(|(_, name)| !name.is_empty()).collect();
        let name = value.trim_start_matches('#').trim();
        let found: Vec<ChannelId> = called(&named, |(_, name)| name, name)
            .map(|(channel, _)| *channel)
            .collect();
        if !found.is_empty() {
            return Ok(found);
        }
    }
    let people = people_called(tx, who, value)?;
    let is_with = |members: &[PersonId]| {
        let others = |person: &PersonId| *person != who.person && people.contains(person);
        members.iter().any(others)
    };
    Ok(readable
        .direct()
        .filter(|(_, members)| is_with(members))
        .map(|(channel, _)| channel)
        .collect())
}

/// Those who are called exactly so; if there are none, those who have a word for each word of `name` that begins with it.
fn called<'a, T>(
    things: &'a [T],
    name_of: impl Fn(&'a T) -> &'a str + Copy,
    name: &str,
) -> impl Iterator<Item = &'a T> {
    let wanted = words_of(name);
    let is_same = |thing: &&'a T| words_of(name_of(thing)) == wanted || name_of(thing) == name;
    let begins = |thing: &&'a T| !wanted.is_empty() && fits(name_of(thing), &wanted);
    let exact: Vec<&T> = things.iter().filter(is_same).collect();
    let found = if exact.is_empty() || wanted.is_empty() && name.is_empty() {
        things.iter().filter(begins).collect()
    } else {
        exact
    };
    found.into_iter()
}

/// Whether for each wanted word the name has one that begins with it.
pub(crate) fn fits(name: &str, wanted: &[String]) -> bool {
    let words = words_of(name);
    wanted
        .iter()
        .all(|wanted| words.iter().any(|word| word.starts_with(wanted.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_months_and_years_begin_and_end_in_the_zone_of_the_reader() {
        for (text, zone, span) in [
            ("2026-11-26", "UTC", Some((1_795_651_200, 1_795_737_600))),
            ("2026-11-26", "Asia/Tokyo", Some((1_795_618_800, 1_795_705_200))),
            ("2026-11", "UTC", Some((1_793_491_200, 1_796_083_200))),
            ("2026", "UTC", Some((1_767_225_600, 1_798_761_600))),
            ("2026-1-5", "Nowhere", Some((1_767_571_200, 1_767_657_600))),
            ("2026-13-01", "UTC", None),
            ("2026-02-30", "UTC", None),
            ("soon", "UTC", None),
            ("2026-11-26-1", "UTC", None),
            ("", "UTC", None),
            ("99999", "UTC", None),
        ] {
            let seconds = span_of(text, zone).map(|(begin, end)| (begin.0 / 1_000_000, end.0 / 1_000_000));
            assert_eq!(seconds, span, "{text} in {zone}");
        }
    }

    #[test]
    fn a_whole_name_means_nobody_else() {
        let names = ["Ada", "Ada Obi", "Inês Adams", "🎉"];
        let found = |name| -> Vec<&str> { called(&names, |name| name, name).copied().collect() };
        assert_eq!(found("ada"), ["Ada"]);
        assert_eq!(found("ad"), ["Ada", "Ada Obi", "Inês Adams"]);
        assert_eq!(found("ines"), ["Inês Adams"]);
        assert_eq!(found("adams in"), ["Inês Adams"]);
        assert_eq!(found("🎉"), ["🎉"]);
        assert!(found("bob").is_empty() && found("").is_empty());
    }
}
