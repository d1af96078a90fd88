//! Rules of messages and topics. Pure.

use base::{GroupId, PersonId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use ts_rs::TS;

/// Bytes of a message's text.
pub const TEXT_MAX_BYTES: usize = 16 * 1024;
/// Characters of a topic's title.
pub const TITLE_MAX_CHARS: usize = 200;
/// Characters of a decision.
pub const DECISION_MAX_CHARS: usize = 2000;
/// Characters of the reason for a removal.
pub const REASON_MAX_CHARS: usize = 280;
/// Different reactions on one message.
pub const EMOJI_PER_MESSAGE_MAX: i64 = 50;
/// Messages that are moved at a time.
pub const MOVE_MAX: usize = 100;
/// Pinned messages of a channel: more than that nobody looks through.
pub const PINS_MAX: i64 = 100;
/// Messages that one person keeps for later.
pub const SAVED_MAX: i64 = 5000;
/// Messages of one page.
pub const PAGE_MAX: i64 = 100;
/// Faces kept per topic.
const TOPIC_PEOPLE_MAX: usize = 5;
/// Characters of a quote that travel with the quoting message.
pub const QUOTE_MAX_CHARS: usize = 200;
/// People who are listed by name under a reaction.
pub const REACTION_PEOPLE_MAX: i64 = 12;

/// What a caller can act on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Absent, or hidden from this person.
    #[error("there is no such message or topic for this person")]
    NotFound,
    /// The person sees it and may not do this.
    #[error("not allowed: {0}")]
    Forbidden(&'static str),
    /// A field that cannot be used.
    #[error("{pointer}: {detail}")]
    Field {
        /// JSON pointer to the field.
        pointer: &'static str,
        /// What is wrong with it.
        detail: String,
    },
    /// The message would call everybody in the channel, or groups of people, and the sender has not agreed to that yet.
    #[error("it would call {0} people")]
    ConfirmEveryone(i64),
    /// People wait between their messages here, and this one is too early.
    #[error("the channel is slow, and it is not this person's turn yet")]
    Slow {
        /// Between two messages.
        pause: Duration,
        /// What is left of it.
        wait: Duration,
    },
    /// The id is that of another message.
    #[error("another message has this id")]
    IdTaken,
    /// The message has begun a topic already.
    #[error("a topic began at this message already")]
    TopicExists,
    /// Another device saved a newer draft.
    #[error("another device saved a newer draft")]
    DraftChanged(Box<crate::wire::Draft>),
    /// What the word list refused.
    #[error(transparent)]
    Words(#[from] words::Error),
    /// What files refused.
    #[error(transparent)]
    Files(#[from] files::Error),
    /// What groups refused.
    #[error(transparent)]
    Groups(#[from] groups::Error),
    /// What places refused.
    #[error(transparent)]
    Spaces(#[from] spaces::Error),
    /// The database.
    #[error(transparent)]
    Db(#[from] platform::db::Error),
}

/// Whether a topic still waits for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TopicState {
    /// It goes on.
    Open,
    /// Nothing is left to do.
    Resolved,
    /// It ended with a decision.
    Decided,
}

impl TopicState {
    /// The word in the database and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Resolved => "resolved",
            Self::Decided => "decided",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "open" => Some(Self::Open),
            "resolved" => Some(Self::Resolved),
            "decided" => Some(Self::Decided),
            _ => None,
        }
    }
}

/// A message's text, checked and read once, before the transaction.
#[derive(Debug, Clone)]
pub struct Text {
    /// As it is stored.
    pub source: String,
    /// Its markup; None for plain text.
    pub tree: Option<Vec<markup::Node>>,
    /// Whom it names, in order.
    pub people: Vec<PersonId>,
    /// Which groups it names, in order.
    pub groups: Vec<GroupId>,
    /// Whether it calls everybody in the channel.
    pub everyone: bool,
}

impl Text {
    /// Checks and reads what a person typed beside files: it may be nothing.
    pub fn read_beside_files(source: &str) -> Result<Self, Error> {
        if source.trim().is_empty() {
            Ok(Self::nothing())
        } else {
            Self::read(source)
        }
    }

    /// No text, for messages that carry something else.
    pub fn nothing() -> Self {
        Self {
            source: String::new(),
            tree: None,
            people: Vec::new(),
            groups: Vec::new(),
            everyone: false,
        }
    }

    /// Checks and reads what a person typed.
    pub fn read(source: &str) -> Result<Self, Error> {
        let field = |detail: &str| Error::Field {
            pointer: "/text",
            detail: detail.to_owned(),
        };
        let source = source.trim_end();
        if source.trim().is_empty() {
            return Err(field("write something first"));
        }
        if source.len() > TEXT_MAX_BYTES {
            return Err(field(
                "a message holds at most 16,384 bytes; put the rest into a second one",
            ));
        }
        if source.contains('\0') {
            return Err(field("the character NUL cannot be used"));
        }
        let tree = markup::parse(source);
        let mentions = tree.as_deref().map(markup::mentions).unwrap_or_default();
        if mentions.is_over_limit() {
            return Err(field(
                "a message names at most 50 people; @channel calls everybody",
            ));
        }
        let people = mentions.people.iter().map(|id| PersonId(*id)).collect();
        Ok(Self {
            source: source.to_owned(),
            tree,
            people,
            groups: mentions.groups.iter().map(|id| GroupId(*id)).collect(),
            everyone: mentions.everyone,
        })
    }
}

/// The beginning of a message as a quote shows it: one line without markup. Mentions stay as they are typed, so that
/// the reader's side names people as they are called now.
pub fn quote_text(source: &str) -> String {
    let tree = markup::tree_of(source);
    let groups = markup::mentions(&tree).groups;
    let as_typed = |id: uuid::Uuid| {
        let sign = if groups.contains(&id) { "&" } else { "" };
        format!("<@{sign}{id}>")
    };
    let plain = markup::plain(&tree, &as_typed);
    markup::excerpt(&plain.replace("@<@", "<@"), QUOTE_MAX_CHARS)
}

/// A title: one line of 1 to 200 characters.
pub fn clean_title(title: &str) -> Result<String, Error> {
    markup::clean_name(title, TITLE_MAX_CHARS).map_err(|problem| Error::Field {
        pointer: "/title",
        detail: problem.to_string(),
    })
}

/// A decision in up to 2,000 characters; empty means none.
pub fn clean_decision(text: &str) -> Result<Option<String>, Error> {
    let text = text.trim();
    let field = |detail: &str| Error::Field {
        pointer: "/decision",
        detail: detail.to_owned(),
    };
    if text.chars().count() > DECISION_MAX_CHARS {
        return Err(field("at most 2,000 characters"));
    }
    if text.chars().any(|char| char.is_control() && char != '\n') {
        return Err(field("control characters cannot be used"));
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

/// Why something is removed, in up to 280 characters; nothing is no reason.
pub fn clean_reason(text: Option<&str>) -> Result<Option<String>, Error> {
    let text = text.unwrap_or_default().trim();
    let field = |detail: &str| Error::Field {
        pointer: "/reason",
        detail: detail.to_owned(),
    };
    if text.chars().count() > REASON_MAX_CHARS {
        return Err(field("at most 280 characters"));
    }
    if text.chars().any(|char| char.is_control() && char != '\n') {
        return Err(field("control characters cannot be used"));
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

/// Refuses what is no emoji: letters, spaces, control characters, too long.
pub fn check_emoji(emoji: &str) -> Result<(), Error> {
    if !markup::is_emoji(emoji) {
        return Err(Error::Field {
            pointer: "/emoji",
            detail: "a reaction is one emoji".to_owned(),
        });
    }
    Ok(())
}

/// The faces of a topic after `author` wrote in it: the most recent last, nobody twice.
pub fn topic_people(mut people: Vec<PersonId>, author: PersonId) -> Vec<PersonId> {
    people.retain(|person| *person != author);
    people.push(author);
    let surplus = people.len().saturating_sub(TOPIC_PEOPLE_MAX);
    people.drain(..surplus);
    people
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_have_limits() {
        for (text, accepted) in [
            ("hello", true),
            ("  \n\t ", false),
            ("", false),
            ("a\0b", false),
            (&"x".repeat(TEXT_MAX_BYTES), true),
            (&"x".repeat(TEXT_MAX_BYTES + 1), false),
        ] {
            assert_eq!(Text::read(text).is_ok(), accepted, "{:?}", text.get(..20));
        }
    }

    #[test]
    fn ten_thousand_mentions_are_refused_and_fifty_are_not() {
        let mention = |n: u128| format!("<@{}> ", uuid::Uuid::from_u128(n + 1));
        let fifty: String = (0..50).map(mention).collect();
        assert_eq!(Text::read(&fifty).expect("fifty are fine").people.len(), 50);
        let many: String = (0..300).map(mention).collect();
        assert!(matches!(
            Text::read(&many),
            Err(Error::Field { pointer: "/text", .. })
        ));
    }

    #[test]
    fn a_quote_has_no_markup_and_keeps_mentions() {
        let id = uuid::Uuid::from_u128(7);
        let group = uuid::Uuid::from_u128(8);
        let text = format!("The **engine** weaves `algebra`\n- for <@{id}> and <@&{group}>");
        assert_eq!(
            quote_text(&text),
            format!("The engine weaves algebra • for <@{id}> and <@&{group}>")
        );
    }

    #[test]
    fn a_reaction_is_one_emoji() {
        for (emoji, accepted) in [
            ("👍", true),
            ("👩‍👩‍👧‍👦", true),
            ("❤️", true),
            ("1️⃣", true),
            ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", true),
            ("", false),
            ("1", false),
            ("a", false),
            ("👍 ", false),
            ("<b>", false),
            ("\u{200d}", false),
            ("\u{202e}", false),
        ] {
            assert_eq!(check_emoji(emoji).is_ok(), accepted, "{emoji:?}");
        }
        assert!(check_emoji(&"👍".repeat(20)).is_err());
    }

    #[test]
    fn a_topic_shows_its_last_five_people() {
        let people: Vec<PersonId> = (0..7).map(|_| PersonId::random()).collect();
        let shown = people
            .iter()
            .fold(Vec::new(), |shown, person| topic_people(shown, *person));
        assert_eq!(shown, people[2..]);
        assert_eq!(topic_people(shown, people[2]).last(), Some(&people[2]));
    }
}
