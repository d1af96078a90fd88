//! The audit log: who did what to the workspace, written in the transaction of the deed.
//!
//! Invariants: a deed is in the log exactly when it happened; rows are added and never changed, but for the name of
//! whoever is erased; a row holds no address, no text of a message, no network address and no name of a person but the
//! subject's; people in a detail are ids. Does not know what a deed means: slices name theirs in `Feature::deeds`.

pub(crate) mod store;

pub use store::STATEMENTS;

use crate::{
    events::Person,
    model,
    session::{Administrator, SignedIn},
};
use base::{PersonId, Timestamp};
use platform::db::{self, Tx};
use serde_json::{Map, Value};
use std::time::Duration;
use uuid::Uuid;

/// Characters of a text in a detail; what is longer is cut.
const TEXT_MAX_CHARS: usize = 200;
/// Bytes of a detail. Pairs that do not fit any more are left out.
const DETAIL_MAX_BYTES: usize = 4096;

/// What this slice writes down.
pub(crate) const DEEDS: &[&str] = &[
    "person.role_changed",
    "person.deactivated",
    "person.reactivated",
    "person.erased",
    "person.reset_link_made",
    "token.made",
    "token.ended",
    "workspace.renamed",
];

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// Somebody with an account, by themselves or with a token.
    Person(PersonId),
    /// Whoever runs the server, with `antiphon …`.
    CommandLine,
    /// The server by itself.
    Server,
}

impl Actor {
    pub(crate) fn kind(self) -> &'static str {
        match self {
            Self::Person(_) => "person",
            Self::CommandLine => "command_line",
            Self::Server => "server",
        }
    }

    pub(crate) fn person(self) -> Option<PersonId> {
        match self {
            Self::Person(id) => Some(id),
            Self::CommandLine | Self::Server => None,
        }
    }
}

impl From<PersonId> for Actor {
    fn from(person: PersonId) -> Self {
        Self::Person(person)
    }
}

impl From<SignedIn> for Actor {
    fn from(who: SignedIn) -> Self {
        Self::Person(who.person)
    }
}

impl From<Administrator> for Actor {
    fn from(who: Administrator) -> Self {
        Self::Person(who.0.person)
    }
}

/// To whom or what it was done, as it was called then.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    kind: &'static str,
    id: Option<Uuid>,
    name: &'a str,
}

impl<'a> Subject<'a> {
    /// Anything with an id: `Subject::new("channel", channel, &name)`. The name is empty where not every administrator
    /// may know it: of private channels and direct conversations.
    pub fn new(kind: &'static str, id: impl Into<Uuid>, name: &'a str) -> Self {
        Self {
            kind,
            id: Some(id.into()),
            name,
        }
    }

    /// A person.
    pub fn person(person: &'a Person) -> Self {
        Self::new("person", person.id, &person.name)
    }

    /// Something that has a name only: a setting, the server.
    pub fn named(kind: &'static str, name: &'a str) -> Self {
        Self { kind, id: None, name }
    }
}

/// One deed, for [`record`].
#[derive(Debug, Clone)]
pub struct Deed<'a> {
    actor: Actor,
    action: &'static str,
    subject: Subject<'a>,
    detail: Map<String, Value>,
}

impl<'a> Deed<'a> {
    /// `action` is a past fact with its group before the dot: `person.role_changed`. It stands in `Feature::deeds` of its
    /// slice, and the web app has a sentence for it.
    pub fn new(actor: impl Into<Actor>, action: &'static str, subject: Subject<'a>) -> Self {
        Self {
            actor: actor.into(),
            action,
            subject,
            detail: Map::new(),
        }
    }

    /// Something more about it: `before`, `after`, `role`. People are named by their id, under a key that ends in
    /// `person_id`.
    pub fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        let value = match value.into() {
            Value::String(text) => Value::String(text.chars().take(TEXT_MAX_CHARS).collect()),
            other => other,
        };
        self.detail.insert(key.to_owned(), value);
        self
    }

    /// What changed, when it did.
    pub fn changed(self, key: &str, before: impl Into<Value>, after: impl Into<Value>) -> Self {
        let (before, after) = (before.into(), after.into());
        if before == after {
            return self;
        }
        self.with(&format!("{key}_before"), before)
            .with(&format!("{key}_after"), after)
    }

    fn detail(&self) -> String {
        let mut kept = Map::new();
        let mut size_bytes = 2;
        for (key, value) in &self.detail {
            size_bytes += key.len() + value.to_string().len() + 4;
            if size_bytes <= DETAIL_MAX_BYTES {
                kept.insert(key.clone(), value.clone());
            }
        }
        Value::Object(kept).to_string()
    }

    /// The name and the texts of the detail, without case and accents.
    fn search_key(&self) -> String {
        let texts = self.detail.values().filter_map(Value::as_str);
        let words: Vec<&str> = std::iter::once(self.subject.name).chain(texts).collect();
        model::name_key(&words.join(" "))
    }
}

/// Writes a deed down, in its transaction.
pub fn record(tx: &mut dyn Tx, deed: &Deed<'_>, now: Timestamp) -> db::Result<()> {
    store::add(tx, Uuid::now_v7(), deed, now)
}

/// How many days deeds are kept when nobody said otherwise: a year and a month.
pub const DAYS_KEPT: i64 = 400;
/// What may be said instead.
pub const DAYS_KEPT_RANGE: std::ops::RangeInclusive<i64> = 30..=3650;
/// The setting with the number of days.
pub const DAYS_KEPT_SETTING: &str = "audit.days";
/// Rows that are removed in one transaction.
const DROPPED_AT_ONCE: i64 = 1000;

/// Removes what is older than is kept, a batch of it; true: there may be more.
pub(crate) fn drop_old(tx: &mut dyn Tx, now: Timestamp) -> db::Result<bool> {
    let days = crate::settings::find_number(tx, DAYS_KEPT_SETTING)?.unwrap_or(DAYS_KEPT);
    let days = u64::try_from(days).unwrap_or_default();
    let end = now.before(Duration::from_secs(days * 24 * 3600));
    Ok(store::drop_before(tx, end, DROPPED_AT_ONCE)? == DROPPED_AT_ONCE.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_detail_is_bounded_and_says_what_changed() {
        let subject = Subject::named("workspace", "Hafen Öst");
        let deed = Deed::new(Actor::Server, "workspace.renamed", subject)
            .changed("name", "Harbour", "Hafen Öst")
            .changed("same", 1, 1)
            .with("long", "x".repeat(5_000));
        let detail: Value = serde_json::from_str(&deed.detail()).unwrap();
        assert_eq!(detail["name_before"], "Harbour");
        assert!(detail.get("same_before").is_none());
        assert_eq!(detail["long"].as_str().map(str::len), Some(TEXT_MAX_CHARS));
        assert!(
            deed.search_key().starts_with("hafen ost "),
            "{}",
            deed.search_key()
        );
        let many = (0..100).fold(deed, |deed, idx| deed.with(&format!("k{idx}"), "y".repeat(200)));
        assert!(many.detail().len() <= DETAIL_MAX_BYTES);
    }
}
