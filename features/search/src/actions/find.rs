//! Messages and topics that hold what was asked for.

use super::{question::Question, rank};
use crate::{
    excerpt::excerpt,
    matching::expression,
    model::{Error, RANKED_MAX, first_id_of},
    query::{Phrase, Query},
    store::{self, Ask, Found},
    wire::{SearchHit, SearchHitKind, SearchNote, SearchNoteKind, SearchPage, SearchSort},
};
use accounts::{Person, SignedIn};
use base::{ChannelId, GroupId, PersonId, Timestamp};
use platform::db::Tx;
use spaces::{ReadableChannels, access};
use std::{
    collections::{BTreeSet, HashMap},
    fmt,
    str::FromStr,
};
use uuid::Uuid;

/// Where a page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cursor {
    /// Before this document.
    Newest { before: i64 },
    /// After this one in the order of scores, as they were at that moment.
    Best { now: Timestamp, score: i64, doc: i64 },
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cursor::Newest { before } => write!(f, "n.{before}"),
            Cursor::Best { now, score, doc } => write!(f, "b.{}.{score}.{doc}", now.0),
        }
    }
}

impl FromStr for Cursor {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.split('.');
        let kind = parts.next();
        let numbers: Result<Vec<i64>, _> = parts.map(str::parse).collect();
        match (kind, numbers.map_err(drop)?.as_slice()) {
            (Some("n"), [before]) => Ok(Cursor::Newest { before: *before }),
            (Some("b"), [now, score, doc]) => Ok(Cursor::Best {
                now: Timestamp(*now),
                score: *score,
                doc: *doc,
            }),
            _ => Err(()),
        }
    }
}

/// Which page of which search.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    pub query: Query,
    pub sort: SearchSort,
    pub cursor: Option<Cursor>,
    pub limit: i64,
    pub now: Timestamp,
}

/// One page of what the person may read and asked for.
pub(crate) fn find(tx: &mut dyn Tx, who: &SignedIn, wanted: Wanted) -> Result<SearchPage, Error> {
    let readable = access::readable_channels(tx, who)?;
    let question = Question::of(tx, who, &readable, wanted.query)?;
    let mut notes = question.notes.clone();
    if store::find_progress(tx)?.is_some() {
        notes.push(SearchNote::new(SearchNoteKind::Unfinished, String::new()));
    }
    let (found, next) = if question.is_hopeless {
        (Vec::new(), None)
    } else {
        let index = Index {
            question: &question,
            channels: readable.ids().collect(),
            reader: who.person,
            expression: expression(&question.wanted, &question.unwanted, tx.dialect()),
        };
        match wanted.sort {
            SearchSort::Newest => index.newest(tx, wanted.cursor, wanted.limit)?,
            SearchSort::Best => index.best(tx, wanted.cursor, wanted.limit, wanted.now)?,
        }
    };
    let Shown { hits, people } = show(tx, found, &question.phrases)?;
    Ok(SearchPage {
        channels: channels_of(&readable, &hits),
        hits,
        next: next.map(|cursor| cursor.to_string()),
        people,
        notes,
    })
}

/// The question, ready to be asked.
struct Index<'a> {
    question: &'a Question,
    reader: PersonId,
    channels: Vec<ChannelId>,
    expression: String,
}

type Page = (Vec<Found>, Option<Cursor>);

impl Index<'_> {
    fn ask(&self, tx: &mut dyn Tx, before: i64, limit: i64) -> Result<Vec<Found>, Error> {
        let ask = Ask {
            reader: self.reader,
            expression: &self.expression,
            from: self.question.from,
            before: before.min(self.question.before),
            channels: &self.channels,
            wishes: self.question.wishes,
            limit,
        };
        Ok(store::find(tx, &ask)?)
    }

    fn newest(&self, tx: &mut dyn Tx, cursor: Option<Cursor>, limit: i64) -> Result<Page, Error> {
        let before = match cursor {
            None => i64::MAX,
            Some(Cursor::Newest { before }) => before,
            Some(Cursor::Best { .. }) => return Err(wrong_cursor()),
        };
        let mut found = self.ask(tx, before, limit + 1)?;
        let next = cut(&mut found, limit).then(|| found.last());
        let next = next.flatten().map(|last| Cursor::Newest { before: last.doc });
        Ok((found, next))
    }

    /// Ranks the newest hits anew at each page; what was written since the first page is left out, so that no page
    /// repeats what another has shown.
    fn best(
        &self,
        tx: &mut dyn Tx,
        cursor: Option<Cursor>,
        limit: i64,
        now: Timestamp,
    ) -> Result<Page, Error> {
        let (now, after) = match cursor {
            None => (now, None),
            Some(Cursor::Best { now, score, doc }) => (now, Some((score, doc))),
            Some(Cursor::Newest { .. }) => return Err(wrong_cursor()),
        };
        let before = first_id_of(Timestamp(now.0.saturating_add(1)));
        let found = self.ask(tx, before, RANKED_MAX)?;
        let mut ranked: Vec<(i64, Found)> = found
            .into_iter()
            .map(|found| (rank::score(&found, &self.question.phrases, now), found))
            .filter(|(score, found)| after.is_none_or(|after| (*score, found.doc) < after))
            .collect();
        ranked.sort_unstable_by_key(|(score, found)| std::cmp::Reverse((*score, found.doc)));
        let next = cut(&mut ranked, limit).then(|| ranked.last()).flatten();
        let next = next.map(|(score, last)| Cursor::Best {
            now,
            score: *score,
            doc: last.doc,
        });
        Ok((ranked.into_iter().map(|(_, found)| found).collect(), next))
    }
}

fn wrong_cursor() -> Error {
    Error::field("/cursor", "this cursor belongs to another order")
}

/// True when there was more than a page.
fn cut<T>(found: &mut Vec<T>, limit: i64) -> bool {
    let limit = usize::try_from(limit).unwrap_or(0);
    let has_more = found.len() > limit;
    found.truncate(limit);
    has_more
}

/// Hits, with everybody who is named in them.
pub(crate) struct Shown {
    pub hits: Vec<SearchHit>,
    pub people: Vec<Person>,
}

/// What a reader sees of what was found.
pub(crate) fn show(tx: &mut dyn Tx, found: Vec<Found>, phrases: &[Phrase]) -> Result<Shown, Error> {
    let trees: Vec<Option<Vec<markup::Node>>> =
        found.iter().map(|found| markup::parse(&found.text)).collect();
    let mut ids: BTreeSet<PersonId> = found.iter().map(|found| found.author).collect();
    for tree in trees.iter().flatten() {
        ids.extend(markup::mentions(tree).people.into_iter().map(PersonId));
    }
    let ids: Vec<PersonId> = ids.into_iter().collect();
    let people = spaces::people_named(tx, &ids)?;
    let mentioned = trees
        .iter()
        .flatten()
        .flat_map(|tree| markup::mentions(tree).groups);
    let mentioned: BTreeSet<GroupId> = mentioned.map(GroupId).collect();
    let groups = groups::groups_named(tx, &mentioned.into_iter().collect::<Vec<_>>())?;
    let names: HashMap<Uuid, &str> = people
        .iter()
        .map(|person| (person.id.0, person.name.as_str()))
        .chain(groups.iter().map(|group| (group.id.0, group.handle.as_str())))
        .collect();
    let name_of = |id: Uuid| names.get(&id).map_or_else(String::new, |name| (*name).to_owned());
    let hits = found
        .into_iter()
        .zip(trees)
        .map(|(found, tree)| {
            let text = match (&found.topic, tree) {
                (Some(topic), _) if found.is_topic => {
                    format!(
                        "{}\n{}",
                        topic.title,
                        topic.decision.as_deref().unwrap_or_default()
                    )
                }
                (_, Some(tree)) => markup::plain(&tree, &name_of),
                (_, None) => found.text.clone(),
            };
            hit(found, excerpt(text.trim_end(), phrases))
        })
        .collect();
    Ok(Shown { hits, people })
}

fn hit(found: Found, excerpt: Vec<crate::wire::ExcerptPart>) -> SearchHit {
    let (topic_id, topic_title, topic_state) = match found.topic {
        Some(topic) => (Some(topic.id), Some(topic.title), Some(topic.state)),
        None => (None, None, None),
    };
    SearchHit {
        kind: if found.is_topic {
            SearchHitKind::Topic
        } else {
            SearchHitKind::Message
        },
        message_id: found.message,
        channel_id: found.channel,
        topic_id,
        topic_title,
        topic_state,
        author_id: found.author,
        at: found.at,
        edited: found.edited,
        excerpt,
    }
}

/// The channels in which hits stand, each once.
pub(crate) fn channels_of(readable: &ReadableChannels, hits: &[SearchHit]) -> Vec<spaces::ChannelView> {
    let ids: BTreeSet<ChannelId> = hits.iter().map(|hit| hit.channel_id).collect();
    ids.into_iter()
        .filter_map(|channel| readable.view(channel))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_was_written() {
        for cursor in [
            Cursor::Newest { before: i64::MIN },
            Cursor::Best {
                now: Timestamp(5),
                score: -3,
                doc: i64::MAX,
            },
        ] {
            assert_eq!(cursor.to_string().parse(), Ok(cursor));
        }
        for text in ["", "n", "n.x", "n.1.2", "b.1", "c.1", "n.99999999999999999999"] {
            assert_eq!(text.parse::<Cursor>(), Err(()), "{text}");
        }
    }
}
