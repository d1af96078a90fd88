//! When a conversation should change its form: a talk instead of slow letters, a call in the middle of a storm of them, or a
//! meeting that should have been a post.
//!
//! A hint is one quiet line for those who hold the ball. Speed alone is never a reason: people who chat quickly are well.

use crate::{
    detect,
    hours::Hours,
    slots::is_night,
    span::{Span, common},
    week::Zone,
};
use base::{PersonId, Timestamp};
use std::{collections::BTreeSet, time::Duration};

const ROUNDS: usize = 2;
const UNKEPT: usize = 3;
const RAPID_CHANGES: usize = 12;
const RAPID_WINDOW: Duration = Duration::from_secs(15 * 60);
const LONG_CHARS: usize = 280;
const LONG_TURNS: usize = 2;
const SILENT_TALK: Duration = Duration::from_secs(20 * 60);
const REST_AFTER_TWO_NOES: Duration = Duration::from_secs(30 * 24 * 3_600);
/// The stretch of a topic that is looked at; older turns say nothing about today.
const MAX_TURNS: usize = 200;

/// One message of a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn<'t> {
    pub by: PersonId,
    pub at: Timestamp,
    pub text: &'t str,
}

/// What is known of the asks of a topic.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OpenAsks {
    pub n_open: usize,
    /// Of those, promised or overdue.
    pub n_promised_or_overdue: usize,
}

/// Two to four people, at least two full round trips, the ask still open, and a sign that it does not get better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PingPong {
    pub n_rounds: usize,
    pub why: Stuck,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stuck {
    AskedAgain,
    NotUnderstood,
    Unkept,
}

/// `turns` oldest first.
pub fn ping_pong(turns: &[Turn], asks: OpenAsks) -> Option<PingPong> {
    let turns = &turns[turns.len().saturating_sub(MAX_TURNS)..];
    let speakers: BTreeSet<PersonId> = turns.iter().map(|turn| turn.by).collect();
    let n_rounds = n_changes(turns) / 2;
    if asks.n_open == 0 || !(2..=4).contains(&speakers.len()) || n_rounds < ROUNDS {
        return None;
    }
    // A quarter of an hour of quick turns is no correspondence.
    let (first, last) = (turns.first()?, turns.last()?);
    if last.at <= first.at.after(RAPID_WINDOW) {
        return None;
    }
    let why = if asks_again(turns) {
        Stuck::AskedAgain
    } else if turns.iter().any(|turn| detect::confusion(turn.text).is_some()) {
        Stuck::NotUnderstood
    } else if asks.n_promised_or_overdue >= UNKEPT {
        Stuck::Unkept
    } else {
        return None;
    };
    Some(PingPong { n_rounds, why })
}

/// Many quick changes of speaker, long texts among them, about something that is still open.
pub fn rapid_fire(turns: &[Turn], asks: OpenAsks, now: Timestamp) -> bool {
    let since = now.before(RAPID_WINDOW);
    let first = turns.partition_point(|turn| turn.at < since);
    let recent = &turns[first..];
    let is_long = |turn: &&Turn| turn.text.chars().nth(LONG_CHARS - 1).is_some();
    asks.n_open > 0
        && n_changes(recent) >= RAPID_CHANGES
        && recent.iter().filter(is_long).count() >= LONG_TURNS
}

/// What is known of a talk that goes on, or is about to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Talk {
    pub n_invited_away: usize,
    pub has_agenda: bool,
    pub last_change_of_speaker: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Park {
    SomebodyIsAway,
    NoAgenda,
    AlmostSilent,
}

/// Why a talk should rather be written down: "Park it."
pub fn park(talk: &Talk, now: Timestamp) -> Option<Park> {
    if talk.n_invited_away > 0 {
        Some(Park::SomebodyIsAway)
    } else if !talk.has_agenda {
        Some(Park::NoAgenda)
    } else if now >= talk.last_change_of_speaker.after(SILENT_TALK) {
        Some(Park::AlmostSilent)
    } else {
        None
    }
}

/// Whether somebody is away or asleep while a talk is: on a day off, on a day without work, or in the night, unless they work
/// then. A little early or late is neither: fair times ask that of everybody in turn.
pub fn is_away(hours: &Hours, talk: Span) -> bool {
    if !common(&[talk], &hours.days_off()).is_empty() {
        return true;
    }
    // Without any hours nobody knows.
    if hours.is_available(talk.from) || hours.next_work(talk.from).is_none() {
        return false;
    }
    is_night(hours, talk) || hours.work_on(hours.zone().date(talk.from)).is_empty()
}

/// What one person was shown in one topic, and waved away anywhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    pub last_in_topic: Option<Timestamp>,
    pub dismissed_in_topic: bool,
    /// The moments of all dismissals, in any topic, oldest first.
    pub dismissals: Vec<Timestamp>,
}

/// Once per topic and day; off for a topic where it was waved away; off everywhere for thirty days after two of those.
pub fn may_show(shown: &Shown, zone: &Zone, now: Timestamp) -> bool {
    let is_new_day = shown
        .last_in_topic
        .is_none_or(|last| zone.day(last) != zone.day(now));
    let is_recent = |at: &&Timestamp| at.after(REST_AFTER_TWO_NOES) > now;
    let n_recent = shown.dismissals.iter().filter(is_recent).count();
    is_new_day && !shown.dismissed_in_topic && n_recent < 2
}

fn n_changes(turns: &[Turn]) -> usize {
    turns.windows(2).filter(|pair| pair[0].by != pair[1].by).count()
}

/// Whether somebody asks again what they asked before.
fn asks_again(turns: &[Turn]) -> bool {
    let questions: Vec<&Turn> = turns
        .iter()
        .filter(|turn| detect::asks(turn.text).is_some())
        .collect();
    let recent = &questions[questions.len().saturating_sub(10)..];
    recent.iter().enumerate().any(|(idx, later)| {
        recent[..idx]
            .iter()
            .any(|earlier| earlier.by == later.by && detect::asks_again(earlier.text, later.text))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        hours::Exception,
        testing::{at, daily, hours, minutes, office, zone},
        week::Week,
    };
    use jiff::civil::date;

    const START: Timestamp = Timestamp(1_790_000_000_000_000);
    const OPEN: OpenAsks = OpenAsks {
        n_open: 1,
        n_promised_or_overdue: 0,
    };

    fn talk<'t>(people: &[PersonId], gap: Duration, texts: &'t [String]) -> Vec<Turn<'t>> {
        let turn = |(idx, text): (usize, &'t String)| Turn {
            by: people[idx % people.len()],
            at: START.after(gap * u32::try_from(idx).unwrap()),
            text,
        };
        texts.iter().enumerate().map(turn).collect()
    }

    fn people(n: usize) -> Vec<PersonId> {
        (0..n).map(|_| PersonId::random()).collect()
    }

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn a_slow_exchange_in_which_a_question_comes_back() {
        let pair = people(2);
        let said = texts(&[
            "Which of the two gates opens first?",
            "The one by the mill",
            "There are two by the mill. Which of the gates opens first?",
            "The small one",
            "And then?",
        ]);
        let slow = talk(&pair, hours(3), &said);
        let hint = ping_pong(&slow, OPEN).unwrap();
        assert_eq!((hint.n_rounds, hint.why), (2, Stuck::AskedAgain));
        assert_eq!(
            ping_pong(&slow, OpenAsks::default()),
            None,
            "nothing is open any more"
        );
        assert_eq!(
            ping_pong(&slow[..3], OPEN),
            None,
            "one round trip is none too many"
        );
        assert_eq!(
            ping_pong(&talk(&pair, minutes(2), &said), OPEN),
            None,
            "a quick chat is no correspondence"
        );
        assert_eq!(
            ping_pong(&talk(&people(5), hours(3), &said), OPEN),
            None,
            "five people are a meeting"
        );
    }

    #[test]
    fn rounds_alone_are_no_reason() {
        let pair = people(2);
        let calm = texts(&["One", "Two", "Three", "Four", "Five", "Six"]);
        assert_eq!(ping_pong(&talk(&pair, hours(3), &calm), OPEN), None);
        let late = OpenAsks {
            n_open: 3,
            n_promised_or_overdue: 3,
        };
        assert_eq!(
            ping_pong(&talk(&pair, hours(3), &calm), late).unwrap().why,
            Stuck::Unkept
        );
        let lost = texts(&["One", "Two", "Three", "What do you mean by three", "Five"]);
        assert_eq!(
            ping_pong(&talk(&pair, hours(3), &lost), OPEN).unwrap().why,
            Stuck::NotUnderstood
        );
    }

    #[test]
    fn speed_alone_never_triggers() {
        let pair = people(2);
        let quick: Vec<String> = (0..40).map(|n| format!("No. {n}")).collect();
        let turns = talk(&pair, Duration::from_secs(20), &quick);
        assert!(!rapid_fire(&turns, OPEN, turns.last().unwrap().at));
        let mut heated = quick;
        heated[20] = "x".repeat(LONG_CHARS);
        heated[30] = "ü".repeat(LONG_CHARS);
        let turns = talk(&pair, Duration::from_secs(20), &heated);
        let end = turns.last().unwrap().at;
        assert!(rapid_fire(&turns, OPEN, end));
        assert!(!rapid_fire(&turns, OpenAsks::default(), end));
        assert!(
            !rapid_fire(&turns, OPEN, end.after(hours(1))),
            "it has calmed down"
        );
    }

    #[test]
    fn a_talk_that_should_be_a_post() {
        let talk = Talk {
            n_invited_away: 0,
            has_agenda: true,
            last_change_of_speaker: START,
        };
        assert_eq!(park(&talk, START.after(minutes(19))), None);
        assert_eq!(park(&talk, START.after(minutes(20))), Some(Park::AlmostSilent));
        let empty = Talk {
            has_agenda: false,
            ..talk
        };
        assert_eq!(park(&empty, START), Some(Park::NoAgenda));
        let away = Talk {
            n_invited_away: 1,
            ..empty
        };
        assert_eq!(park(&away, START), Some(Park::SomebodyIsAway));
    }

    #[test]
    fn away_is_on_leave_asleep_or_on_a_day_without_work() {
        let half_an_hour = |from: &str| {
            let from = at(&format!("2026-11-{from}[Europe/London]"));
            Span {
                from,
                to: from.after(minutes(30)),
            }
        };
        let ann = office("Europe/London");
        let on_leave = ann
            .clone()
            .with_exceptions(&[Exception::off(date(2026, 11, 24), date(2026, 11, 24))]);
        let by_night = Hours::new(zone("Europe/London"), daily(20, 24));
        let never = Hours::new(zone("Europe/London"), Week::default());
        for (who, from, away) in [
            (&ann, "24T10:00", false),
            (&ann, "24T08:00", false),
            (&ann, "24T18:00", false),
            (&ann, "24T21:45", true),
            (&ann, "24T03:00", true),
            (&ann, "28T10:00", true),
            (&on_leave, "24T10:00", true),
            (&on_leave, "25T10:00", false),
            (&by_night, "24T23:00", false),
            (&by_night, "24T03:00", true),
            (&never, "24T03:00", false),
        ] {
            assert_eq!(is_away(who, half_an_hour(from)), away, "{from}");
        }
    }

    #[test]
    fn a_hint_comes_once_a_day_and_not_to_whoever_waved_it_away() {
        let utc = zone("Europe/London");
        assert!(may_show(&Shown::default(), &utc, START));
        let today = Shown {
            last_in_topic: Some(START),
            ..Shown::default()
        };
        assert!(!may_show(&today, &utc, START.after(minutes(5))));
        assert!(may_show(&today, &utc, START.after(hours(24))));
        let off = Shown {
            dismissed_in_topic: true,
            ..today.clone()
        };
        assert!(!may_show(&off, &utc, START.after(hours(24))));
        let twice = Shown {
            dismissals: vec![START, START.after(hours(24))],
            ..Shown::default()
        };
        assert!(!may_show(&twice, &utc, START.after(hours(29 * 24))));
        assert!(may_show(&twice, &utc, START.after(hours(30 * 24))));
    }
}
