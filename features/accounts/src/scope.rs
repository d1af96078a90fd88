//! What a token of a program is good for.
//!
//! Invariants: scopes only narrow what the person may do; a session without scopes is the person themselves; a token
//! that was made before there were scopes keeps what it could do but for sessions, passwords and tokens.

use platform::feature::Scope;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A scope that can be given to a token. The same word in rows, on the wire and here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
pub enum TokenScope {
    /// Everything that the person may read, live too.
    #[serde(rename = "read")]
    Read,
    /// Everything that the person may change and that is not an administrator's.
    #[serde(rename = "write")]
    Write,
    /// What only owners and admins do; of no use to others.
    #[serde(rename = "admin")]
    Admin,
    /// Messages and topics.
    #[serde(rename = "messages:read")]
    MessagesRead,
    /// Posting, editing, reacting, topics.
    #[serde(rename = "messages:write")]
    MessagesWrite,
    /// Who is there, with names and pictures.
    #[serde(rename = "people:read")]
    PeopleRead,
    /// Files, where their person may have them.
    #[serde(rename = "files:read")]
    FilesRead,
    /// Uploads.
    #[serde(rename = "files:write")]
    FilesWrite,
}

impl TokenScope {
    /// All of them, in the order in which they are shown and stored.
    pub const ALL: [TokenScope; 8] = [
        Self::Read,
        Self::Write,
        Self::Admin,
        Self::MessagesRead,
        Self::MessagesWrite,
        Self::PeopleRead,
        Self::FilesRead,
        Self::FilesWrite,
    ];

    /// The word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Admin => "admin",
            Self::MessagesRead => "messages:read",
            Self::MessagesWrite => "messages:write",
            Self::PeopleRead => "people:read",
            Self::FilesRead => "files:read",
            Self::FilesWrite => "files:write",
        }
    }

    fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// A set of them, or no limit at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scopes(Option<u16>);

impl Scopes {
    /// The person themselves.
    pub const ALL: Scopes = Scopes(None);

    /// These and no more.
    pub fn of(scopes: &[TokenScope]) -> Self {
        Self(Some(scopes.iter().fold(0, |bits, scope| bits | scope.bit())))
    }

    /// Those that were given; None: the person themselves.
    pub fn list(self) -> Option<Vec<TokenScope>> {
        let bits = self.0?;
        Some(
            TokenScope::ALL
                .into_iter()
                .filter(|scope| bits & scope.bit() != 0)
                .collect(),
        )
    }

    /// Whether they are enough for a route.
    pub fn cover(self, needed: Scope) -> bool {
        match self.list() {
            None => true,
            Some(granted) => granted
                .iter()
                .any(|granted| needed.is_covered_by(granted.as_str())),
        }
    }

    /// As they stand in a row.
    pub(crate) fn to_column(self) -> Option<String> {
        let words: Vec<&str> = self.list()?.into_iter().map(TokenScope::as_str).collect();
        Some(words.join(" "))
    }

    /// Reads the column; words of a newer version give nothing.
    pub(crate) fn from_column(column: Option<&str>) -> Self {
        let Some(column) = column else { return Self::ALL };
        let known = TokenScope::ALL
            .into_iter()
            .filter(|scope| column.split(' ').any(|word| word == scope.as_str()));
        Self::of(&known.collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_survive_their_column() {
        for scopes in [
            Scopes::ALL,
            Scopes::of(&[]),
            Scopes::of(&[TokenScope::MessagesWrite, TokenScope::Read]),
            Scopes::of(&TokenScope::ALL),
        ] {
            assert_eq!(Scopes::from_column(scopes.to_column().as_deref()), scopes);
        }
        let newer = Scopes::from_column(Some("read files:burn"));
        assert_eq!(
            newer,
            Scopes::of(&[TokenScope::Read]),
            "an unknown word gives nothing"
        );
    }

    #[test]
    fn no_token_is_the_person_themselves() {
        let everything = Scopes::of(&TokenScope::ALL);
        for (scopes, needed, covered) in [
            (Scopes::ALL, Scope::PERSON, true),
            (everything, Scope::PERSON, false),
            (everything, Scope::ADMIN, true),
            (Scopes::of(&[TokenScope::Read]), Scope("messages:read"), true),
            (Scopes::of(&[TokenScope::MessagesRead]), Scope::READ, false),
            (Scopes::of(&[TokenScope::MessagesRead]), Scope::ANY, true),
            (Scopes::of(&[]), Scope::ANY, false),
        ] {
            assert_eq!(scopes.cover(needed), covered, "{scopes:?} for {needed:?}");
        }
    }
}
