//! How much somebody wants to be told of, where: everything, what needs them, or nothing.
//!
//! Invariants: the nearest place that says something counts (topic, channel, space, everywhere), and where nobody has said
//! anything it is what needs them; it is theirs alone to say and to see; nobody who has said nothing has a row.
//!
//! It shapes counts and the telling of others; what is said stands in the app whatever it is.

pub(crate) mod api;
pub(crate) mod store;
pub(crate) mod wire;

use crate::{
    actions::topics::get_topic,
    events::{self, By},
    model::Error,
};
use accounts::SignedIn;
use base::{ChannelId, PersonId, SpaceId, Timestamp, TopicId};
use platform::db::{self, Tx};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use spaces::access;
use ts_rs::TS;
use uuid::Uuid;
use wire::{LevelChanged, LevelList};

/// Places for which one person has said something: more than that nobody looks through.
pub(crate) const PLACES_MAX: i64 = 1_000;

/// How much somebody wants to be told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ToldLevel")]
#[schemars(rename = "ToldLevel")]
pub enum Level {
    /// Whatever is said there.
    All,
    /// What names them, asks them or answers them.
    NeedsMe,
    /// Nothing; it waits in its place.
    Nothing,
}

impl Level {
    /// The word in the database and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::NeedsMe => "needs_me",
            Self::Nothing => "nothing",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::All, Self::NeedsMe, Self::Nothing]
            .into_iter()
            .find(|level| level.as_str() == word)
    }
}

/// Why somebody would be told of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It needs them.
    NeedsMe,
    /// It stands in a topic in which they take part.
    TakesPart,
    /// It was said.
    Said,
}

/// What somebody has said about a message's topic, and about what lies around that.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Levels {
    /// Of the topic; None in the stream, too.
    pub topic: Option<Level>,
    /// Of the channel, else of its space, else everywhere.
    pub around: Option<Level>,
}

impl Levels {
    /// Whether they want to be told.
    pub fn tells(self, reason: Reason) -> bool {
        match self.topic.or(self.around).unwrap_or(Level::NeedsMe) {
            Level::All => true,
            Level::Nothing => false,
            // Whoever says of a topic itself that only what needs them counts is not told of each answer in it.
            Level::NeedsMe => match reason {
                Reason::NeedsMe => true,
                Reason::TakesPart => self.topic.is_none(),
                Reason::Said => false,
            },
        }
    }
}

/// Where somebody says how much they want to be told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Everywhere,
    Space(SpaceId),
    Channel(ChannelId),
    Topic(ChannelId, TopicId),
}

impl Place {
    fn kind(self) -> &'static str {
        match self {
            Self::Everywhere => "everywhere",
            Self::Space(_) => "space",
            Self::Channel(_) => "channel",
            Self::Topic(..) => "topic",
        }
    }
}

/// Says it for a place in which they are; None: what lies around it counts again.
pub(crate) fn choose(
    tx: &mut dyn Tx,
    who: &SignedIn,
    place: Place,
    level: Option<Level>,
    now: Timestamp,
) -> Result<(), Error> {
    let id = id_of(tx, who, place)?;
    let before = store::find(tx, who.person, id)?;
    if before == level {
        return Ok(());
    }
    match level {
        Some(level) => {
            if before.is_none() && store::count(tx, who.person)? >= PLACES_MAX {
                return Err(Error::Field {
                    pointer: "/level",
                    detail: "you have said it for 1,000 places; take one back in the settings first"
                        .to_owned(),
                });
            }
            store::put(tx, who.person, (id, place.kind()), level, now)?;
        }
        None => store::remove(tx, who.person, id)?,
    }
    let event = LevelChanged { place_id: id, level };
    let by = By {
        actor: who.person,
        now,
    };
    Ok(events::level_changed(tx, by, &event)?)
}

/// All that a person has said, of those places in which they are.
pub fn list_own(tx: &mut dyn Tx, person: PersonId) -> db::Result<LevelList> {
    Ok(LevelList {
        everywhere: store::find(tx, person, person.0)?,
        places: store::list_places(tx, person)?,
    })
}

fn id_of(tx: &mut dyn Tx, who: &SignedIn, place: Place) -> Result<Uuid, Error> {
    Ok(match place {
        Place::Everywhere => who.person.0,
        Place::Space(id) => {
            let access = access::space(tx, who, id)?;
            if access.member_role().is_none() {
                return Err(Error::Forbidden("join the space first"));
            }
            access.id().0
        }
        Place::Channel(id) => {
            let access = access::channel(tx, who, id)?;
            access.require_member()?;
            access.id().0
        }
        Place::Topic(channel, topic) => {
            let access = access::channel(tx, who, channel)?;
            access.require_member()?;
            get_topic(tx, &access, topic)?.id.0
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_place_that_says_something_counts() {
        use Level::{All, NeedsMe, Nothing};
        let cases = [
            // (topic, around) → (needs me, takes part, said)
            (None, None, [true, true, false]),
            (None, Some(NeedsMe), [true, true, false]),
            (None, Some(All), [true, true, true]),
            (None, Some(Nothing), [false, false, false]),
            (Some(NeedsMe), None, [true, false, false]),
            (Some(NeedsMe), Some(All), [true, false, false]),
            (Some(NeedsMe), Some(Nothing), [true, false, false]),
            (Some(All), Some(Nothing), [true, true, true]),
            (Some(Nothing), Some(All), [false, false, false]),
        ];
        for (topic, around, expected) in cases {
            let levels = Levels { topic, around };
            let told = [Reason::NeedsMe, Reason::TakesPart, Reason::Said].map(|reason| levels.tells(reason));
            assert_eq!(told, expected, "{levels:?}");
        }
        for level in [All, NeedsMe, Nothing] {
            assert_eq!(Level::parse(level.as_str()), Some(level));
        }
    }
}
