//! Rules of exports. Pure.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a caller can act on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Absent, or hidden from this person.
    #[error("there is nothing of this kind for this person")]
    NotFound,
    /// A field that cannot be used.
    #[error("{pointer}: {detail}")]
    Field {
        /// JSON pointer to the field.
        pointer: &'static str,
        /// What is wrong with it.
        detail: &'static str,
    },
    /// The person is known and may not do this.
    #[error("not allowed: {0}")]
    Forbidden(&'static str),
    /// Another one is being made.
    #[error("an export is being made already")]
    Busy,
    /// A file on the server's disk.
    #[error("a file on the server cannot be used")]
    File(#[source] std::io::Error),
    /// The session ended meanwhile.
    #[error("signed out meanwhile")]
    SignedOut,
    /// What places refused.
    #[error(transparent)]
    Spaces(#[from] spaces::Error),
    /// The place of the files.
    #[error(transparent)]
    Blobs(#[from] platform::blobs::Error),
    /// The database.
    #[error(transparent)]
    Db(#[from] platform::db::Error),
}

/// How a transcript is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TranscriptFormat {
    /// For people and for text editors.
    #[default]
    Markdown,
    /// One page that needs nothing else.
    Html,
    /// For spreadsheets; cells that could be formulas are not.
    Csv,
    /// For programs.
    Json,
}

impl TranscriptFormat {
    /// The end of the file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// What the answer says it is.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Html => "text/html; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Json => "application/json",
        }
    }
}

/// A name as a part of a file's name: letters and digits of ASCII, the rest as single hyphens.
pub fn slug(name: &str) -> String {
    let mut slug = String::new();
    for char in name.chars().take(60) {
        if char.is_ascii_alphanumeric() {
            slug.push(char.to_ascii_lowercase());
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    let slug = slug.trim_matches('-');
    if slug.is_empty() {
        "conversation".to_owned()
    } else {
        slug.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_parts_of_file_names() {
        for (name, expected) in [
            ("Films & Books", "films-books"),
            ("映画", "conversation"),
            ("../../etc", "etc"),
            ("a\r\nb", "a-b"),
        ] {
            assert_eq!(slug(name), expected);
        }
    }
}
