//! Rules of moderation. Pure.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Characters that may go with a report.
pub const NOTE_MAX_CHARS: usize = 500;
/// Reports of one person that may wait at the same time: more are not read, and hide what others report.
pub const WAITING_MAX: i64 = 50;
/// Rows of a page when nothing else is asked.
const PAGE_DEFAULT: i64 = 50;
/// Rows of one page.
const PAGE_MAX: i64 = 100;

/// What a caller can act on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Absent, or hidden from this person.
    #[error("there is no such thing for this person")]
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
    /// As many reports of a person wait as may.
    #[error("too many reports of this person wait")]
    TooMany,
    /// What messages refused.
    #[error(transparent)]
    Messages(#[from] messages::Error),
    /// What places refused.
    #[error(transparent)]
    Spaces(#[from] spaces::Error),
    /// The database.
    #[error(transparent)]
    Db(#[from] platform::db::Error),
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$variant_doc])* $variant,)* }

        impl $name {
            /// The word in the database and on the wire.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// Reads the word.
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($text => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

words! {
    /// Why somebody minds a message.
    Reason {
        /// Advertising, or the same again and again.
        Spam = "spam",
        /// It hurts or threatens somebody.
        Hurtful = "hurtful",
        /// It tells what is nobody's business.
        Private = "private",
        /// What the note says.
        Other = "other",
    }
}
words! {
    /// What became of a report.
    Outcome {
        /// The message was taken away.
        Removed = "removed",
        /// The message may stay.
        Dismissed = "dismissed",
    }
}
/// Whether a report waits for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Nobody has handled it.
    Open,
    /// Somebody has.
    Handled,
}

/// A note in up to 500 characters. "Something else" needs one.
pub fn clean_note(reason: Reason, note: &str) -> Result<String, Error> {
    let note = note.trim();
    let field = |detail: &str| Error::Field {
        pointer: "/note",
        detail: detail.to_owned(),
    };
    if note.chars().count() > NOTE_MAX_CHARS {
        return Err(field("at most 500 characters"));
    }
    if note.chars().any(|char| char.is_control() && char != '\n') {
        return Err(field("control characters cannot be used"));
    }
    if note.is_empty() && reason == Reason::Other {
        return Err(field("say in a sentence what it is"));
    }
    Ok(note.to_owned())
}

/// How many rows a page holds.
pub fn page_limit(limit: Option<i64>) -> i64 {
    limit.unwrap_or(PAGE_DEFAULT).clamp(1, PAGE_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_short_and_something_else_needs_one() {
        for (reason, note, accepted) in [
            (Reason::Spam, "", true),
            (Reason::Other, "", false),
            (Reason::Other, " \n ", false),
            (Reason::Other, "It is off topic.\nAgain.", true),
            (Reason::Hurtful, &"x".repeat(500), true),
            (Reason::Hurtful, &"x".repeat(501), false),
            (Reason::Private, "a\0b", false),
        ] {
            assert_eq!(clean_note(reason, note).is_ok(), accepted, "{reason:?} {note:?}");
        }
    }
}
