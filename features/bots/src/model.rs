//! Rules of hooks. Pure.

use platform::outbound::Refusal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use ts_rs::TS;

/// Hooks of one kind in a channel. More are not looked after by anybody.
pub const HOOKS_MAX: i64 = 50;
/// Characters of a name.
pub const NAME_MAX_CHARS: usize = 80;
/// Events that wait for one hook; what comes beyond is left out, and the hook says so.
pub const WAITING_MAX: i64 = 1_000;
/// Deliveries that a hook's log keeps.
pub const LOG_MAX: i64 = 100;
/// Pauses between the attempts of one delivery; after the last one it is given up and the next has its turn.
pub const PAUSES: [Duration; 6] = [
    Duration::from_secs(5),
    Duration::from_secs(30),
    Duration::from_secs(3 * 60),
    Duration::from_secs(15 * 60),
    Duration::from_secs(3600),
    Duration::from_secs(3 * 3600),
];
/// A hook that nobody answered for so long is switched off.
pub const FAILING_MAX: Duration = Duration::from_secs(3 * 24 * 3600);
/// Deliveries under way at once in a process, all hooks together.
pub const CONCURRENT_MAX: usize = 16;

/// What a caller can act on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Absent, or hidden from this person.
    #[error("there is no such hook for this person")]
    NotFound,
    /// A field that cannot be used.
    #[error("{pointer}: {detail}")]
    Field {
        /// JSON pointer to the field.
        pointer: &'static str,
        /// What is wrong with it.
        detail: String,
    },
    /// As many as there may be.
    #[error("there are {HOOKS_MAX} hooks already")]
    TooMany,
    /// What messages refused.
    #[error(transparent)]
    Messages(#[from] messages::Error),
    /// What places refused.
    #[error(transparent)]
    Spaces(#[from] spaces::Error),
    /// What the accounts refused.
    #[error(transparent)]
    Accounts(#[from] accounts::Error),
    /// The database.
    #[error(transparent)]
    Db(#[from] platform::db::Error),
}

/// What an outgoing hook can be told of. The same words as the kinds of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub enum HookEvent {
    /// Somebody wrote.
    #[serde(rename = "message.posted")]
    MessagePosted,
    /// Somebody changed what they wrote.
    #[serde(rename = "message.edited")]
    MessageEdited,
    /// A message is gone.
    #[serde(rename = "message.deleted")]
    MessageDeleted,
    /// A topic began.
    #[serde(rename = "topic.created")]
    TopicCreated,
    /// A topic has another title, state or decision.
    #[serde(rename = "topic.changed")]
    TopicChanged,
}

impl HookEvent {
    /// All of them.
    pub const ALL: [HookEvent; 5] = [
        Self::MessagePosted,
        Self::MessageEdited,
        Self::MessageDeleted,
        Self::TopicCreated,
        Self::TopicChanged,
    ];

    /// The kind of the event in the log.
    pub fn kind(self) -> &'static str {
        match self {
            Self::MessagePosted => "message.posted",
            Self::MessageEdited => "message.edited",
            Self::MessageDeleted => "message.deleted",
            Self::TopicCreated => "topic.created",
            Self::TopicChanged => "topic.changed",
        }
    }

    /// As they stand in a row: each once, in the order of [`Self::ALL`].
    pub fn to_column(events: &[Self]) -> String {
        let kinds: Vec<&str> = Self::ALL
            .into_iter()
            .filter(|event| events.contains(event))
            .map(Self::kind)
            .collect();
        kinds.join(" ")
    }

    /// Reads the column; words of a newer version are left out.
    pub fn from_column(column: &str) -> Vec<Self> {
        Self::ALL
            .into_iter()
            .filter(|event| column.split(' ').any(|word| word == event.kind()))
            .collect()
    }
}

/// A name: one line of 1 to 80 characters.
pub fn clean_name(name: &str) -> Result<String, Error> {
    markup::clean_name(name, NAME_MAX_CHARS).map_err(|problem| Error::Field {
        pointer: "/name",
        detail: problem.to_string(),
    })
}

/// Which events a hook is told of: one at least.
pub fn clean_events(events: &[HookEvent]) -> Result<String, Error> {
    if events.is_empty() {
        return Err(Error::Field {
            pointer: "/events",
            detail: "choose at least one".to_owned(),
        });
    }
    Ok(HookEvent::to_column(events))
}

/// How one attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Answered with this status.
    Answered(u16),
    /// Not asked, or no answer.
    Refused(Refusal),
}

impl Outcome {
    /// Taken: any 2xx (Standard Webhooks).
    pub fn is_taken(&self) -> bool {
        matches!(self, Self::Answered(200..=299))
    }

    /// The other side wants no more of it.
    pub fn is_gone(&self) -> bool {
        *self == Self::Answered(410)
    }

    /// The status, if there was one.
    pub fn status(&self) -> Option<i64> {
        match self {
            Self::Answered(status) => Some(i64::from(*status)),
            Self::Refused(_) => None,
        }
    }

    /// What went wrong, for a person; None when it was taken.
    pub fn why(&self) -> Option<String> {
        match self {
            Self::Answered(200..=299) => None,
            Self::Answered(status) => Some(format!("the address answered with {status}")),
            Self::Refused(refusal) => Some(refusal.to_string()),
        }
    }
}

/// When a delivery that failed `n_attempts` times is tried again; None: never.
pub fn pause_after(n_attempts: i64) -> Option<Duration> {
    let idx = usize::try_from(n_attempts - 1).ok()?;
    PAUSES.get(idx).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_survive_their_column() {
        for events in [&HookEvent::ALL[..], &HookEvent::ALL[1..3], &[]] {
            assert_eq!(HookEvent::from_column(&HookEvent::to_column(events)), events);
        }
        let twice = [
            HookEvent::TopicChanged,
            HookEvent::MessagePosted,
            HookEvent::TopicChanged,
        ];
        assert_eq!(HookEvent::to_column(&twice), "message.posted topic.changed");
        assert!(clean_events(&[]).is_err());
    }

    #[test]
    fn a_delivery_is_tried_seven_times() {
        let pauses: Vec<_> = (1..10).map(pause_after).collect();
        assert_eq!(
            pauses.iter().filter(|pause| pause.is_some()).count(),
            PAUSES.len()
        );
        assert_eq!((pauses[0], pauses[6]), (Some(PAUSES[0]), None));
        assert_eq!(pause_after(0), None);
    }

    #[test]
    fn only_2xx_counts_as_taken() {
        for (status, taken, gone) in [
            (200, true, false),
            (204, true, false),
            (301, false, false),
            (410, false, true),
            (500, false, false),
        ] {
            let outcome = Outcome::Answered(status);
            assert_eq!((outcome.is_taken(), outcome.is_gone()), (taken, gone), "{status}");
            assert_eq!(outcome.why().is_none(), taken);
        }
    }
}
