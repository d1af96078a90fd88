//! How long a conversation will take in writing, beside when it could be talked about.

use crate::{
    charter::Pace,
    due::due,
    hours::Hours,
    span::{Span, common},
};
use base::Timestamp;
use std::time::Duration;

/// Answers that a question still needs, where nobody has said.
pub const USUAL_REPLIES: u32 = 2;
/// More is no conversation to be estimated any more.
const MAX_REPLIES: u32 = 20;
/// How far ahead a talk is looked for.
const TALK_WITHIN: Duration = Duration::from_secs(14 * 24 * 3_600);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Estimate {
    /// When the last answer is due if each comes when it is due. None where hours hold no such moment.
    pub by_text: Option<Timestamp>,
    /// The first stretch, at least so long, in which all have time at once.
    pub live: Option<Span>,
    /// The working time of everybody in the talk together.
    pub live_cost: Duration,
}

/// `people` in the order in which they answer: the one who is asked first, and so on in turn; the asker last.
pub fn estimate(pace: Pace, people: &[&Hours], n_replies: u32, talk: Duration, now: Timestamp) -> Estimate {
    let mut by_text = (!people.is_empty()).then_some(now);
    for hours in people
        .iter()
        .cycle()
        .take(usize::try_from(n_replies.min(MAX_REPLIES)).unwrap_or(0))
    {
        by_text = by_text.and_then(|at| due(pace, hours, at));
    }
    Estimate {
        by_text,
        live: first_common(people, talk, now),
        live_cost: talk * u32::try_from(people.len()).unwrap_or(u32::MAX),
    }
}

/// The first stretch, at least so long, in which all can talk.
fn first_common(people: &[&Hours], length: Duration, now: Timestamp) -> Option<Span> {
    let until = now.after(TALK_WITHIN);
    let open = |hours: &&Hours| -> Vec<Span> {
        let spans = hours
            .answering_from(now)
            .take_while(|span| span.from < until)
            .collect();
        crate::span::merged(spans)
    };
    let shared = people
        .iter()
        .map(open)
        .reduce(|some, others| common(&some, &others))?;
    shared.iter().find(|span| span.length() >= length).copied()
}

/// Dates on which somebody works between now and then, today not counted: "3 working days".
pub fn working_days(hours: &Hours, now: Timestamp, then: Timestamp) -> usize {
    let mut last = hours.zone().date(now);
    let mut n_days = 0;
    for span in hours.work_from(now).take_while(|span| span.from < then) {
        let date = hours.zone().date(span.from);
        if date != last {
            n_days += 1;
            last = date;
        }
    }
    n_days
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{at, hours, minutes, office, shown};

    #[test]
    fn two_replies_in_one_zone_take_a_day() {
        let (ann, bob) = (office("Europe/London"), office("Europe/London"));
        let monday = at("2026-11-23T09:00[Europe/London]");
        let told = estimate(
            Pace::Working(hours(4)),
            &[&bob, &ann],
            USUAL_REPLIES,
            minutes(15),
            monday,
        );
        assert_eq!(
            told.by_text.map(|at| shown(at, "Europe/London")).as_deref(),
            Some("Mon 2026-11-23T17:00+00:00")
        );
        assert_eq!(told.live.map(|span| span.from), Some(monday));
        assert_eq!(told.live_cost, minutes(30));
    }

    #[test]
    fn an_ocean_between_them_takes_days_by_text_and_an_hour_live() {
        let (london, angeles) = (office("Europe/London"), office("America/Los_Angeles"));
        let late = crate::hours::Hours::new(
            crate::testing::zone("America/Los_Angeles"),
            crate::testing::daily(8, 17),
        );
        let monday = at("2026-11-23T10:00[Europe/London]");
        let told = estimate(
            Pace::Working(hours(4)),
            &[&angeles, &london],
            3,
            minutes(30),
            monday,
        );
        // Monday 13:00 in Los Angeles is 21:00 in London; Tuesday 13:00 there; the same evening at 13:00 again.
        assert_eq!(
            told.by_text.map(|at| shown(at, "Europe/London")).as_deref(),
            Some("Tue 2026-11-24T21:00+00:00")
        );
        assert_eq!(told.live, None, "their days do not meet");
        let told = estimate(Pace::Working(hours(4)), &[&late, &london], 2, minutes(30), monday);
        assert_eq!(
            told.live.map(|span| shown(span.from, "Europe/London")).as_deref(),
            Some("Mon 2026-11-23T16:00+00:00")
        );
        let thursday = at("2026-11-26T12:00[Europe/London]");
        assert_eq!(working_days(&london, monday, thursday), 3);
    }

    #[test]
    fn nobody_is_no_estimate() {
        let told = estimate(Pace::Working(hours(4)), &[], 2, minutes(15), Timestamp(0));
        assert_eq!(
            (told.by_text, told.live, told.live_cost),
            (None, None, Duration::ZERO)
        );
    }
}
