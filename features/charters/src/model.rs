//! Rules of charters. Pure.

use crate::wire::{Charter, CharterScope, Clock, Expectation, Expected, Pace, TellsHosts};
use std::time::Duration;
use timing::charter::{self, Kind};

/// Characters of the note.
pub(crate) const NOTE_MAX_CHARS: usize = 1_000;
/// Places on the page of the whole charter.
pub(crate) const PLACES_MAX: usize = 500;

/// What a caller can act on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Absent, or hidden from this person.
    #[error("there is no such place for this person")]
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
    /// Somebody changed it meanwhile; that is the newest version.
    #[error("somebody changed it meanwhile")]
    Changed(i64),
    /// What messages refused.
    #[error(transparent)]
    Messages(#[from] messages::Error),
    /// What places refused.
    #[error(transparent)]
    Spaces(#[from] spaces::Error),
    /// What accounts refused.
    #[error(transparent)]
    Accounts(#[from] accounts::Error),
    /// The database.
    #[error(transparent)]
    Db(#[from] platform::db::Error),
}

impl Pace {
    /// As the timing layer reckons with it.
    pub fn reckoned(self) -> charter::Pace {
        let length = Duration::from_secs(u64::from(self.minutes) * 60);
        match self.clock {
            Clock::Working => charter::Pace::Working(length),
            Clock::Elapsed => charter::Pace::Elapsed(length),
        }
    }

    fn shown(pace: charter::Pace) -> Self {
        Self {
            clock: match pace {
                charter::Pace::Working(_) => Clock::Working,
                charter::Pace::Elapsed(_) => Clock::Elapsed,
            },
            minutes: u32::try_from(pace.length().as_secs() / 60).unwrap_or(u32::MAX),
        }
    }
}

impl Charter {
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Checks what a place wants to say.
    pub(crate) fn clean(mut self) -> Result<Self, Error> {
        self.note = self.note.trim().to_owned();
        let field = |pointer, detail: &str| Error::Field {
            pointer,
            detail: detail.to_owned(),
        };
        if self.note.chars().count() > NOTE_MAX_CHARS {
            return Err(field("/charter/note", "at most 1,000 characters"));
        }
        if self.note.chars().any(|char| char.is_control() && char != '\n') {
            return Err(field("/charter/note", "control characters cannot be used"));
        }
        let mut checked = charter::Charter::default();
        for (kind, pace, pointer) in [
            (Kind::Normal, self.normal, "/charter/normal"),
            (Kind::Feedback, self.feedback, "/charter/feedback"),
            (Kind::Urgent, self.urgent, "/charter/urgent"),
        ] {
            checked
                .set(kind, pace.map(Pace::reckoned))
                .map_err(|problem| field(pointer, &problem.to_string()))?;
        }
        Ok(self)
    }

    fn pace(&self, kind: Kind) -> Option<Pace> {
        match kind {
            Kind::Normal => self.normal,
            Kind::Feedback => self.feedback,
            Kind::Urgent => self.urgent,
        }
    }
}

/// What holds where these places say something, from the outermost to the nearest.
pub(crate) fn expected(places: &[(CharterScope, Charter)]) -> Expected {
    let of = |kind| {
        let mut said = places
            .iter()
            .rev()
            .filter_map(|(from, charter)| Some((*from, charter.pace(kind)?)));
        let unsaid = || (CharterScope::Default, Pace::shown(charter::default_pace(kind)));
        let (from, pace) = said.next().unwrap_or_else(unsaid);
        Expectation { pace, from }
    };
    let told = places
        .iter()
        .rev()
        .find_map(|(from, charter)| Some((*from, charter.tells_hosts?)));
    let (from, is_on) = told.unwrap_or((CharterScope::Default, false));
    Expected {
        tells_hosts: TellsHosts { is_on, from },
        normal: of(Kind::Normal),
        feedback: of(Kind::Feedback),
        urgent: of(Kind::Urgent),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pace(clock: Clock, minutes: u32) -> Option<Pace> {
        Some(Pace { clock, minutes })
    }

    #[test]
    fn the_nearest_place_that_says_something_wins() {
        let workspace = Charter {
            normal: pace(Clock::Working, 480),
            feedback: pace(Clock::Working, 960),
            ..Charter::default()
        };
        let channel = Charter {
            normal: pace(Clock::Elapsed, 60),
            ..Charter::default()
        };
        let held = expected(&[
            (CharterScope::Workspace, workspace),
            (CharterScope::Channel, channel),
        ]);
        assert_eq!(
            (held.normal.pace.minutes, held.normal.from),
            (60, CharterScope::Channel)
        );
        assert_eq!(
            (held.feedback.pace.minutes, held.feedback.from),
            (960, CharterScope::Workspace)
        );
        assert_eq!(
            (held.urgent.pace.minutes, held.urgent.from),
            (60, CharterScope::Default)
        );
    }

    #[test]
    fn a_charter_has_limits() {
        let with = |charter: Charter| charter.clean().map_err(|error| error.to_string());
        for (charter, pointer) in [
            (
                Charter {
                    normal: pace(Clock::Working, 59),
                    ..Charter::default()
                },
                "/charter/normal",
            ),
            (
                Charter {
                    urgent: pace(Clock::Elapsed, 14),
                    ..Charter::default()
                },
                "/charter/urgent",
            ),
            (
                Charter {
                    feedback: pace(Clock::Working, 90 * 24 * 60 + 1),
                    ..Charter::default()
                },
                "/charter/feedback",
            ),
            (
                Charter {
                    note: "x".repeat(1_001),
                    ..Charter::default()
                },
                "/charter/note",
            ),
            (
                Charter {
                    note: "a\0b".to_owned(),
                    ..Charter::default()
                },
                "/charter/note",
            ),
        ] {
            let refused = with(charter).expect_err(pointer);
            assert!(refused.starts_with(pointer), "{refused}");
        }
        let fine = Charter {
            urgent: pace(Clock::Elapsed, 15),
            note: " Be kind.\nSay why. ".to_owned(),
            ..Charter::default()
        };
        assert_eq!(
            with(fine).map(|charter| charter.note),
            Ok("Be kind.\nSay why.".to_owned())
        );
    }
}
