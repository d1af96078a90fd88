//! How soon an answer is expected: per workspace, space, channel and topic; the nearest that says something wins, field by
//! field. What an ask was born with stays with it, whatever is changed later.

use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3_600);
/// What "one working day" means in hours of work, also for those whose days are shorter.
pub const WORKING_DAY: Duration = Duration::from_secs(8 * 3_600);
pub const URGENT_FLOOR: Duration = Duration::from_secs(15 * 60);
pub const FLOOR: Duration = HOUR;
/// A quarter: beyond it nothing is expected any more.
pub const CEILING: Duration = Duration::from_secs(90 * 24 * 3_600);

/// A length of time, in the hours of whoever answers or of the clock on the wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pace {
    Working(Duration),
    Elapsed(Duration),
}

impl Pace {
    pub fn length(self) -> Duration {
        match self {
            Self::Working(length) | Self::Elapsed(length) => length,
        }
    }

    /// The same kind of time, so many times as long.
    pub fn times(self, n: u32) -> Self {
        match self {
            Self::Working(length) => Self::Working(length.saturating_mul(n)),
            Self::Elapsed(length) => Self::Elapsed(length.saturating_mul(n)),
        }
    }
}

/// What kind of answer is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Normal,
    Feedback,
    Urgent,
}

/// What one scope says; None asks the scope around it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Charter {
    normal: Option<Pace>,
    feedback: Option<Pace>,
    urgent: Option<Pace>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("an answer cannot be expected within less than {} minutes", .0.as_secs() / 60)]
    TooSoon(Duration),
    #[error("an answer is expected within 90 days at most")]
    TooLate,
}

impl Charter {
    pub fn set(&mut self, kind: Kind, pace: Option<Pace>) -> Result<(), Error> {
        if let Some(pace) = pace {
            let floor = if kind == Kind::Urgent { URGENT_FLOOR } else { FLOOR };
            if pace.length() < floor {
                return Err(Error::TooSoon(floor));
            }
            if pace.length() > CEILING {
                return Err(Error::TooLate);
            }
        }
        *self.field(kind) = pace;
        Ok(())
    }

    pub fn get(&self, kind: Kind) -> Option<Pace> {
        match kind {
            Kind::Normal => self.normal,
            Kind::Feedback => self.feedback,
            Kind::Urgent => self.urgent,
        }
    }

    fn field(&mut self, kind: Kind) -> &mut Option<Pace> {
        match kind {
            Kind::Normal => &mut self.normal,
            Kind::Feedback => &mut self.feedback,
            Kind::Urgent => &mut self.urgent,
        }
    }
}

/// What holds in a scope where nobody above it has said anything.
pub fn default_pace(kind: Kind) -> Pace {
    match kind {
        Kind::Normal => Pace::Working(HOUR.saturating_mul(4)),
        Kind::Feedback => Pace::Working(WORKING_DAY.saturating_mul(2)),
        Kind::Urgent => Pace::Elapsed(HOUR),
    }
}

/// What holds where people write as in letters: mail, announcements.
pub const LETTER: Pace = Pace::Working(WORKING_DAY);

/// `scopes` from the outermost (workspace) to the nearest (topic).
pub fn expected(kind: Kind, scopes: &[Charter]) -> Pace {
    let said = scopes.iter().rev().find_map(|charter| charter.get(kind));
    said.unwrap_or_else(|| default_pace(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Pace = Pace::Working(WORKING_DAY);

    #[test]
    fn a_child_overrides_one_field_and_gives_it_back() {
        let (mut workspace, mut channel) = (Charter::default(), Charter::default());
        workspace.set(Kind::Feedback, Some(DAY)).unwrap();
        channel.set(Kind::Normal, Some(Pace::Elapsed(HOUR))).unwrap();
        assert_eq!(expected(Kind::Normal, &[workspace, channel]), Pace::Elapsed(HOUR));
        assert_eq!(expected(Kind::Feedback, &[workspace, channel]), DAY);
        assert_eq!(
            expected(Kind::Urgent, &[workspace, channel]),
            default_pace(Kind::Urgent)
        );
        channel.set(Kind::Normal, None).unwrap();
        assert_eq!(
            expected(Kind::Normal, &[workspace, channel]),
            default_pace(Kind::Normal)
        );
    }

    #[test]
    fn nobody_is_expected_to_answer_at_once_or_never() {
        let mut charter = Charter::default();
        let minutes = |n: u64| Some(Pace::Elapsed(Duration::from_secs(n * 60)));
        assert_eq!(
            charter.set(Kind::Urgent, minutes(14)),
            Err(Error::TooSoon(URGENT_FLOOR))
        );
        assert_eq!(charter.set(Kind::Normal, minutes(59)), Err(Error::TooSoon(FLOOR)));
        assert_eq!(
            charter.set(Kind::Feedback, minutes(90 * 24 * 60 + 1)),
            Err(Error::TooLate)
        );
        assert_eq!(charter, Charter::default());
        assert_eq!(charter.set(Kind::Urgent, minutes(15)), Ok(()));
        assert_eq!(charter.get(Kind::Urgent), minutes(15));
    }
}
