//! Rules of what is urgent that are not about time. Pure; those about time are [`timing::urgent`]'s and [`timing::rota`]'s.

use crate::wire::{RotaStep, SaveRota, UrgentKind, UrgentVia};
use base::{GroupId, PersonId, Timestamp};
use platform::db;
use serde::{Deserialize, Serialize};
use std::{collections::HashSet, time::Duration};
use timing::{
    rota::HandOver,
    urgent::{Level, MAX_DIRECT_RECIPIENTS, Recipient, WAIT_FLOOR},
    week::Zone,
};

/// Characters of a reason.
pub(crate) const REASON_MAX: usize = 140;
/// Steps of a space's chain, after those who are called first.
pub(crate) const STEPS_MAX: usize = 6;
/// The longest wait of a step.
const WAIT_MAX: Duration = Duration::from_secs(60 * 60);
/// People of one step, where a group is called.
pub(crate) const PEOPLE_OF_STEP_MAX: usize = 20;
/// People of a rota.
const ROTA_MAX: usize = 50;
/// Of one sender, waiting for somebody to confirm.
pub(crate) const UNCONFIRMED_MAX: i64 = 3;
/// What nobody confirms is over after this.
pub(crate) const LAPSES: Duration = Duration::from_secs(24 * 3_600);
/// What is settled is shown to those who were called so long; what nobody took, too.
pub(crate) const SHOWN_FOR: Duration = Duration::from_secs(7 * 24 * 3_600);
/// How long that it was sent is remembered once its message is gone: as long as it counts.
pub(crate) const KEPT: Duration = Duration::from_secs(35 * 24 * 3_600);
/// For whom no such moment comes: the latest that a number of the API can say.
pub(crate) const NEVER: Timestamp = Timestamp(9_007_199_254_740_991);
/// Where the budget is counted.
pub(crate) const BUDGET_WINDOW: Duration = Duration::from_secs(7 * 24 * 3_600);
/// Where what was not urgent is counted.
pub(crate) const DOUBT_WINDOW: Duration = Duration::from_secs(30 * 24 * 3_600);

/// What a caller can act on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Absent, or hidden from this person.
    #[error("there is nothing like this for this person")]
    NotFound,
    /// The person sees it and may not do this.
    #[error("not allowed: {0}")]
    Forbidden(&'static str),
    /// A field that cannot be used.
    #[error("{pointer}: {detail}")]
    Field {
        /// JSON pointer to the field.
        pointer: String,
        /// What is wrong with it.
        detail: &'static str,
    },
    /// It is settled.
    #[error("it is settled already")]
    Over,
    /// The id is that of something else.
    #[error("something else has this id")]
    IdTaken,
    /// Somebody changed it meanwhile.
    #[error("somebody has changed it meanwhile")]
    Changed,
    /// What the word list refused.
    #[error(transparent)]
    Words(#[from] words::Error),
    /// What messages refused.
    #[error(transparent)]
    Messages(#[from] messages::Error),
    /// What groups refused.
    #[error(transparent)]
    Groups(#[from] groups::Error),
    /// What places refused.
    #[error(transparent)]
    Spaces(#[from] spaces::Error),
    /// The database.
    #[error(transparent)]
    Db(#[from] db::Error),
}

pub(crate) fn field(pointer: impl Into<String>, detail: &'static str) -> Error {
    Error::Field {
        pointer: pointer.into(),
        detail,
    }
}

/// Whom somebody wants called. Kept until the calling begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Wanted {
    pub people: Vec<PersonId>,
    /// Whoever is on call in the space.
    pub on_call: bool,
    /// And after them the chain of the space.
    pub chain: bool,
}

impl Wanted {
    /// Each once, the sender not, at most five.
    pub fn clean(mut self, sender: PersonId, base: &str) -> Result<Self, Error> {
        let mut seen = HashSet::new();
        self.people.retain(|person| seen.insert(*person));
        if let Some(idx) = self.people.iter().position(|person| *person == sender) {
            return Err(field(
                format!("{base}/people/{idx}"),
                "is you; call somebody else",
            ));
        }
        if self.people.len() > MAX_DIRECT_RECIPIENTS {
            return Err(field(
                format!("{base}/people"),
                "at most five people are called at first",
            ));
        }
        if self.people.is_empty() && !self.on_call {
            return Err(field(format!("{base}/people"), "say whom to call"));
        }
        Ok(self)
    }
}

/// One line, in up to 140 characters; where the kind says enough it may be empty.
pub(crate) fn clean_reason(reason: &str, kind: UrgentKind) -> Result<String, Error> {
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    if reason.chars().count() > REASON_MAX {
        return Err(field("/reason", "at most 140 characters"));
    }
    if reason.is_empty() && kind == UrgentKind::Other {
        return Err(field("/reason", "say why this cannot wait"));
    }
    Ok(reason)
}

/// Somebody in a step of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Called {
    pub person: PersonId,
    pub instead_of: Option<PersonId>,
    pub via: UrgentVia,
    pub not_before: Option<Timestamp>,
    pub told_at: Option<Timestamp>,
    /// It is their quiet or their time to think, and they have agreed to be called in it.
    pub wakes: bool,
}

/// One step of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    pub people: Vec<Called>,
    pub wait: Duration,
}

/// The chain as the rules want it.
pub(crate) fn levels(steps: &[Step]) -> Vec<Level> {
    let recipient = |called: &Called| Recipient {
        person: called.person,
        not_before: called.not_before,
    };
    let level = |step: &Step| Level {
        people: step.people.iter().map(recipient).collect(),
        wait: step.wait,
    };
    steps.iter().map(level).collect()
}

/// What is written in a space's rota, checked.
#[derive(Debug, Clone)]
pub(crate) struct CleanRota {
    pub time_zone: String,
    pub weekday: u8,
    pub from_min: u16,
    pub people: Vec<PersonId>,
    pub chain: Vec<ChainStep>,
}

/// Whom a step of a space's chain names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ChainTarget {
    Rota,
    Person(PersonId),
    Group(GroupId),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ChainStep {
    pub target: ChainTarget,
    pub wait: Duration,
}

pub(crate) fn hand_over(zone: &str, weekday: u8, from_min: u16) -> Option<HandOver> {
    let weekday = jiff::civil::Weekday::from_monday_one_offset(i8::try_from(weekday).ok()?).ok()?;
    let zone = Zone::find(zone).ok()?;
    (from_min < 1_440).then_some(HandOver {
        zone,
        weekday,
        minute: from_min,
    })
}

impl SaveRota {
    pub(crate) fn clean(&self) -> Result<CleanRota, Error> {
        if Zone::find(&self.time_zone).is_err() {
            return Err(field(
                "/time_zone",
                "is not the name of a time zone, such as Europe/Berlin",
            ));
        }
        if hand_over(&self.time_zone, self.weekday, self.from_min).is_none() {
            return Err(field("/weekday", "a weekday from 1 to 7, and minutes of a day"));
        }
        if self.people.len() > ROTA_MAX {
            return Err(field("/people", "at most 50 people"));
        }
        let mut seen = HashSet::new();
        if let Some(idx) = self.people.iter().position(|person| !seen.insert(*person)) {
            return Err(field(format!("/people/{idx}"), "is there already"));
        }
        if self.chain.len() > STEPS_MAX {
            return Err(field("/chain", "at most six steps"));
        }
        let steps = self.chain.iter().enumerate();
        let chain = steps
            .map(|(idx, step)| step.clean(idx))
            .collect::<Result<_, _>>()?;
        Ok(CleanRota {
            time_zone: self.time_zone.clone(),
            weekday: self.weekday,
            from_min: self.from_min,
            people: self.people.clone(),
            chain,
        })
    }
}

impl RotaStep {
    fn clean(&self, idx: usize) -> Result<ChainStep, Error> {
        let wait = Duration::from_secs(u64::from(self.wait_min) * 60);
        if wait < WAIT_FLOOR || wait > WAIT_MAX {
            return Err(field(format!("/chain/{idx}/wait_min"), "from 2 to 60 minutes"));
        }
        let target = match (self.person_id, self.group_id) {
            (None, None) => ChainTarget::Rota,
            (Some(person), None) => ChainTarget::Person(person),
            (None, Some(group)) => ChainTarget::Group(group),
            (Some(_), Some(_)) => {
                return Err(field(format!("/chain/{idx}"), "a person or a group, not both"));
            }
        };
        Ok(ChainStep { target, wait })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whom_to_call_is_said_once_and_never_oneself() {
        let [me, ann, bob] = std::array::from_fn(|_| PersonId::random());
        let wanted = |people: &[PersonId], on_call| Wanted {
            people: people.to_vec(),
            on_call,
            chain: false,
        };
        assert_eq!(
            wanted(&[ann, bob, ann], false).clean(me, "").unwrap().people,
            [ann, bob]
        );
        assert!(wanted(&[], true).clean(me, "").is_ok());
        assert!(wanted(&[], false).clean(me, "").is_err());
        assert!(wanted(&[me], false).clean(me, "").is_err());
        let many: [PersonId; 6] = std::array::from_fn(|_| PersonId::random());
        assert!(wanted(&many, false).clean(me, "").is_err());
    }

    #[test]
    fn a_reason_is_one_short_line() {
        assert_eq!(
            clean_reason(" the  shop\nis down ", UrgentKind::Outage).unwrap(),
            "the shop is down"
        );
        assert_eq!(clean_reason("", UrgentKind::Safety).unwrap(), "");
        assert!(clean_reason(" ", UrgentKind::Other).is_err());
        assert!(clean_reason(&"é".repeat(140), UrgentKind::Other).is_ok());
        assert!(clean_reason(&"é".repeat(141), UrgentKind::Other).is_err());
    }
}
