//! What a meeting costs, and the one question before it is booked.

use crate::{
    hours::Hours,
    span::{Span, common},
};
use base::Timestamp;
use jiff::civil::{Date, Weekday};
use std::time::Duration;

/// From so many people, or repeats, on, the hours of a year are shown.
const MANY_PEOPLE: u32 = 8;
const MANY_REPEATS: u32 = 4;
/// Of a longer stretch the first days say enough.
const MAX_DAYS: usize = 32;

/// What should be different after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Aim {
    Inform,
    Status,
    Decide,
    Explore,
    Sensitive,
    Bond,
    Crisis,
    OneToOne,
    OfficeHours,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proposal {
    pub aim: Aim,
    pub length: Duration,
    pub n_people: u32,
    /// In a year; 1 for a single meeting.
    pub n_repeats: u32,
    /// Added for each person, for finding back into what they did.
    pub refocus: Duration,
    /// Questions that are open and belong to it.
    pub n_open: u32,
    /// What the one who books has written at the gate.
    pub has_reason: bool,
    pub n_agenda_items: u32,
}

/// The time of all together, for one of them.
pub fn cost(proposal: &Proposal) -> Duration {
    proposal
        .length
        .saturating_add(proposal.refocus)
        .saturating_mul(proposal.n_people)
}

/// The time of all together in a year; None where one meeting is too small for the sum to say something.
pub fn yearly_cost(proposal: &Proposal) -> Option<Duration> {
    let is_large = proposal.n_people >= MANY_PEOPLE || proposal.n_repeats > MANY_REPEATS;
    is_large.then(|| cost(proposal).saturating_mul(proposal.n_repeats.max(1)))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    Open,
    /// A clip, a document or a topic with a due-by is offered. One sentence and one item of agenda open it.
    Ask,
}

/// Whether its aim can be reached in writing, too. What is hard to talk about, a fire, and being together cannot; nor is what two
/// people meet for, or who comes without being asked, anything that is written instead.
pub fn can_be_written(aim: Aim) -> bool {
    matches!(aim, Aim::Inform | Aim::Status | Aim::Decide | Aim::Explore)
}

pub fn gate(proposal: &Proposal) -> Gate {
    let is_telling = matches!(proposal.aim, Aim::Inform | Aim::Status);
    let is_answered = proposal.has_reason && proposal.n_agenda_items > 0;
    if is_telling && proposal.n_open == 0 && !is_answered {
        Gate::Ask
    } else {
        Gate::Open
    }
}

/// Why a time is refused, unless everybody whom it concerns agrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    NoMeetingDay,
    Focus,
}

/// A crisis is held at any time. `no_meeting_days` are those of the workspace, in each person's own week.
pub fn refusal(aim: Aim, span: Span, hours: &Hours, no_meeting_days: &[Weekday]) -> Option<Refusal> {
    if aim == Aim::Crisis {
        return None;
    }
    let zone = hours.zone();
    let last = Timestamp(span.to.0.saturating_sub(1)).max(span.from);
    let until = zone.date(last).max(zone.day(last));
    let first = zone.date(span.from).min(zone.day(span.from));
    let days = || {
        first
            .series(jiff::Span::new().days(1))
            .take_while(move |day| *day <= until)
            .take(MAX_DAYS)
    };
    // A day that was left out between two others is none.
    let is_there =
        |day: &Date| zone.midnight(*day) < zone.midnight(day.saturating_add(jiff::Span::new().days(1)));
    if days()
        .filter(is_there)
        .any(|day| no_meeting_days.contains(&day.weekday()))
    {
        return Some(Refusal::NoMeetingDay);
    }
    // Asked as if by a stranger: an allow-list opens a focus for words, not for an hour.
    let is_in_focus = days().any(|day| !common(&[span], &hours.focus_of(day)).is_empty());
    is_in_focus.then_some(Refusal::Focus)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        hours::{Focus, FocusTime},
        testing::{at, hours, minutes, office},
    };

    fn half_an_hour(n_people: u32, n_repeats: u32) -> Proposal {
        Proposal {
            aim: Aim::Status,
            length: minutes(30),
            n_people,
            n_repeats,
            refocus: Duration::ZERO,
            n_open: 0,
            has_reason: false,
            n_agenda_items: 0,
        }
    }

    #[test]
    fn half_an_hour_of_ten_people_is_five_hours_and_240_a_year() {
        assert_eq!(cost(&half_an_hour(10, 1)), hours(5));
        assert_eq!(yearly_cost(&half_an_hour(10, 48)), Some(hours(240)));
        let refocus = Proposal {
            refocus: minutes(15),
            ..half_an_hour(4, 1)
        };
        assert_eq!(cost(&refocus), hours(3));
    }

    #[test]
    fn the_year_is_shown_from_eight_people_or_five_repeats_on() {
        assert_eq!(yearly_cost(&half_an_hour(7, 4)), None);
        assert_eq!(yearly_cost(&half_an_hour(8, 1)), Some(hours(4)));
        assert_eq!(yearly_cost(&half_an_hour(2, 5)), Some(hours(5)));
    }

    #[test]
    fn only_telling_is_asked_about_and_a_sentence_opens_the_gate() {
        let telling = half_an_hour(5, 1);
        assert_eq!(gate(&telling), Gate::Ask);
        assert_eq!(gate(&Proposal { n_open: 1, ..telling }), Gate::Open);
        let reason = Proposal {
            has_reason: true,
            ..telling
        };
        assert_eq!(gate(&reason), Gate::Ask, "an item of agenda too");
        assert_eq!(
            gate(&Proposal {
                n_agenda_items: 1,
                ..reason
            }),
            Gate::Open
        );
        for aim in [
            Aim::Decide,
            Aim::Explore,
            Aim::Sensitive,
            Aim::Bond,
            Aim::Crisis,
            Aim::OneToOne,
            Aim::OfficeHours,
        ] {
            assert_eq!(gate(&Proposal { aim, ..telling }), Gate::Open, "{aim:?}");
        }
    }

    #[test]
    fn what_is_hard_to_say_and_what_is_for_being_together_cannot_be_written() {
        for aim in [Aim::Inform, Aim::Status, Aim::Decide, Aim::Explore] {
            assert!(can_be_written(aim), "{aim:?}");
        }
        for aim in [
            Aim::Sensitive,
            Aim::Bond,
            Aim::Crisis,
            Aim::OneToOne,
            Aim::OfficeHours,
        ] {
            assert!(!can_be_written(aim), "{aim:?}");
        }
    }

    #[test]
    fn no_meeting_days_and_focus_refuse_and_a_crisis_does_not_ask() {
        let span = |from: &str, n| {
            let from = at(&format!("2026-11-{from}[Europe/London]"));
            Span {
                from,
                to: from.after(minutes(n)),
            }
        };
        let focus = Focus {
            when: FocusTime::Once(span("24T10:00", 90)),
            allowed: Vec::new(),
        };
        let person = office("Europe/London").with_focus(vec![focus]);
        let wednesday = [Weekday::Wednesday];
        let asked = |aim, span| refusal(aim, span, &person, &wednesday);
        assert_eq!(
            asked(Aim::Decide, span("25T10:00", 30)),
            Some(Refusal::NoMeetingDay)
        );
        assert_eq!(
            asked(Aim::Decide, span("24T23:45", 30)),
            Some(Refusal::NoMeetingDay)
        );
        assert_eq!(asked(Aim::Decide, span("24T09:45", 30)), Some(Refusal::Focus));
        assert_eq!(asked(Aim::Decide, span("24T11:30", 30)), None);
        assert_eq!(asked(Aim::Crisis, span("25T10:00", 30)), None);
    }
}
