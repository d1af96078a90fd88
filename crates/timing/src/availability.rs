//! When somebody usually answers, from what they have declared and never from what they do; and the knock.

use crate::hours::Hours;
use base::Timestamp;
use jiff::civil::DateTime;
use std::time::Duration;

/// "Usually answers here until 17:00 (it is 14:20 there); next: tomorrow 09:00."
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Availability {
    /// What their clock shows.
    pub wall: DateTime,
    /// While they are at work: when that ends.
    pub until: Option<Timestamp>,
    /// When their work begins next, after what goes on now.
    pub next: Option<Timestamp>,
}

pub fn availability(hours: &Hours, now: Timestamp) -> Availability {
    let until = hours.work_end(now);
    Availability {
        wall: hours.zone().wall(now),
        until,
        next: hours.next_work(until.unwrap_or(now)),
    }
}

/// After this a knock is gone, and says nothing about anybody.
pub const KNOCK_LASTS: Duration = Duration::from_secs(10 * 60);

/// "Good time?" One silent question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Knock {
    pub at: Timestamp,
    pub answer: Option<KnockAnswer>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KnockAnswer {
    Come,
    /// Better then.
    At(Timestamp),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KnockState {
    Waiting,
    Answered(KnockAnswer),
    /// Nobody is told why: not there, and not now, look alike.
    Gone,
}

impl Knock {
    pub fn state(&self, now: Timestamp) -> KnockState {
        match self.answer {
            Some(answer) => KnockState::Answered(answer),
            None if now < self.at.after(KNOCK_LASTS) => KnockState::Waiting,
            None => KnockState::Gone,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        testing::{any, at, minutes, office, zone},
        week::Week,
    };
    use jiff::civil::time;
    use proptest::prelude::*;

    #[test]
    fn what_is_said_of_somebody_comes_from_their_hours() {
        let lisbon = office("Europe/Lisbon");
        let told = availability(&lisbon, at("2026-11-24T15:20[Europe/Berlin]"));
        assert_eq!(told.wall.time(), time(14, 20, 0, 0));
        assert_eq!(told.until, Some(at("2026-11-24T17:00[Europe/Lisbon]")));
        assert_eq!(told.next, Some(at("2026-11-25T09:00[Europe/Lisbon]")));
        let friday_night = availability(&lisbon, at("2026-11-27T20:00[Europe/Lisbon]"));
        assert_eq!(friday_night.until, None);
        assert_eq!(friday_night.next, Some(at("2026-11-30T09:00[Europe/Lisbon]")));
        let never = Hours::new(zone("Europe/Lisbon"), Week::default());
        let told = availability(&never, at("2026-11-27T20:00[Europe/Lisbon]"));
        assert_eq!((told.until, told.next), (None, None));
    }

    #[test]
    fn a_knock_goes_by_itself() {
        let start = at("2026-11-24T15:20[Europe/Berlin]");
        let knock = Knock {
            at: start,
            answer: None,
        };
        assert_eq!(knock.state(start.after(minutes(9))), KnockState::Waiting);
        assert_eq!(knock.state(start.after(minutes(10))), KnockState::Gone);
        let answered = Knock {
            answer: Some(KnockAnswer::Come),
            ..knock
        };
        assert_eq!(
            answered.state(start.after(minutes(30))),
            KnockState::Answered(KnockAnswer::Come)
        );
    }

    proptest! {
        #[test]
        fn work_ends_after_now_and_begins_after_it_ended(person in any::hours(), now in any::moment()) {
            let told = availability(&person, now);
            prop_assert_eq!(told.until.is_some(), person.is_available(now));
            prop_assert!(told.until.is_none_or(|until| until > now && !person.is_available(until)));
            if let Some(next) = told.next {
                prop_assert!(next >= told.until.unwrap_or(now) && person.is_available(next));
            }
        }
    }
}
