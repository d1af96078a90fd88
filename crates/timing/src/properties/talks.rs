//! From writing to talking and back: what it would take, when it is hinted at, what is advised, and what may be booked.

use crate::{
    advice::{Degree, Mode, Purpose, Situation, among, recommend},
    charter::Pace,
    due::due,
    estimate::{estimate, working_days},
    hints::{OpenAsks, Park, Shown, Talk, Turn, may_show, park, ping_pong, rapid_fire},
    hours::{Focus, FocusTime, Hours},
    meeting::{Aim, Gate, Proposal, Refusal, cost, gate, refusal, yearly_cost},
    span::Span,
    testing::{any, daily, hours, minutes, zone},
    week::WEEKDAYS,
};
use base::{PersonId, Timestamp};
use proptest::prelude::*;
use std::{collections::BTreeSet, time::Duration};

const START: Timestamp = Timestamp(1_790_000_000_000_000);
const AIMS: [Aim; 9] = [
    Aim::Inform,
    Aim::Status,
    Aim::Decide,
    Aim::Explore,
    Aim::Sensitive,
    Aim::Bond,
    Aim::Crisis,
    Aim::OneToOne,
    Aim::OfficeHours,
];
const DEGREES: [Degree; 3] = [Degree::Low, Degree::Medium, Degree::High];
const PURPOSES: [Purpose; 7] = [
    Purpose::Problem,
    Purpose::Explore,
    Purpose::Decide,
    Purpose::Feedback,
    Purpose::Inform,
    Purpose::Show,
    Purpose::Bond,
];

/// Who speaks, how many minutes after the one before, and how long.
fn talks() -> impl Strategy<Value = Vec<(usize, u64, bool)>> {
    prop::collection::vec((0_usize..5, 0_u64..40, any::<bool>()), 0..60)
}

fn turns<'t>(people: &[PersonId], talk: &[(usize, u64, bool)], said: [&'t str; 2]) -> Vec<Turn<'t>> {
    let mut at = START;
    let turn = |&(who, wait, is_long): &(usize, u64, bool)| {
        at = at.after(minutes(wait));
        Turn {
            by: people[who % people.len()],
            at,
            text: said[usize::from(is_long)],
        }
    };
    talk.iter().map(turn).collect()
}

fn people(n: usize) -> Vec<PersonId> {
    (0..n).map(|_| PersonId::random()).collect()
}

fn n_changes(turns: &[Turn]) -> usize {
    turns.windows(2).filter(|pair| pair[0].by != pair[1].by).count()
}

fn proposals() -> impl Strategy<Value = Proposal> {
    let numbers = (1_u64..240, 0_u32..30, 0_u32..60, 0_u64..30, 0_u32..3, 0_u32..3);
    (prop::sample::select(&AIMS[..]), numbers, any::<bool>()).prop_map(
        |(aim, (length, n_people, n_repeats, refocus, n_open, n_agenda_items), has_reason)| Proposal {
            aim,
            length: minutes(length),
            n_people,
            n_repeats,
            refocus: minutes(refocus),
            n_open,
            has_reason,
            n_agenda_items,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// By text: each answer comes when it is due, in turn; more answers never take less time; none take none.
    #[test]
    fn an_estimate_is_what_alternating_answers_take((ann, now) in any::hours_at_a_change(), bob in any::hours(), n_minutes in 60_u64..600, n in 0_u32..6) {
        let pace = Pace::Working(minutes(n_minutes));
        let told = |n| estimate(pace, &[&bob, &ann], n, minutes(30), now).by_text;
        let mut at = Some(now);
        for idx in 0..n {
            let whose = if idx % 2 == 0 { &bob } else { &ann };
            at = at.and_then(|at| due(pace, whose, at));
        }
        prop_assert_eq!(told(n), at);
        prop_assert_eq!(told(0), Some(now));
        if let (Some(less), Some(more)) = (told(n), told(n + 1)) {
            prop_assert!(less < more);
        }
    }

    /// Live: the first stretch that is long enough and in which everybody can be told and can answer.
    #[test]
    fn a_talk_is_when_all_have_time((ann, now) in any::hours_at_a_change(), bob in any::hours(), length in 5_u64..120, probes in prop::collection::vec(0_u64..20_160, 40)) {
        let told = estimate(Pace::Working(hours(4)), &[&ann, &bob], 2, minutes(length), now);
        prop_assert_eq!(told.live_cost, minutes(length) * 2);
        let is_open = |at: Timestamp| [&ann, &bob].iter().all(|person| {
            person.is_available(at) && !person.is_quiet(at) && person.focus_end(at, None).is_none()
        });
        if let Some(live) = told.live {
            prop_assert!(live.from >= now && live.length() >= minutes(length));
            let last = Timestamp(live.to.0 - 1);
            prop_assert!(is_open(live.from) && is_open(last) && is_open(live.from.after(live.length() / 2)));
        }
        // Nothing that is long enough comes before it.
        let until = told.live.map_or(now.after(hours(13 * 24)), |live| live.from);
        for probe in probes {
            let at = now.after(minutes(probe));
            let is_free = at.after(minutes(length)) <= until
                && (0..=length).all(|n| n == length || is_open(at.after(minutes(n))));
            prop_assert!(!is_free || !(0..60).all(|s| is_open(at.after(minutes(length - 1)).after(Duration::from_secs(s)))), "free at {:?}", at);
        }
    }

    /// In one zone and one office the vector of the specification, on any Monday of any zone without a change that day.
    #[test]
    fn two_answers_in_one_office_take_a_day(name in any::zone_name(), day in 0_i64..6_000) {
        let office = Hours::new(zone(&name), crate::week::Week::usual());
        let date = jiff::civil::date(2010, 1, 4).saturating_add(jiff::Span::new().days(day / 7 * 7));
        let from = office.zone().start(date.at(9, 0, 0, 0));
        let until = office.zone().end(date.at(17, 0, 0, 0));
        prop_assume!(until == from.after(hours(8)));
        let told = estimate(Pace::Working(hours(4)), &[&office, &office], 2, minutes(15), from);
        prop_assert_eq!(told.by_text, Some(until));
        prop_assert_eq!(told.live.map(|live| live.from), Some(from));
        prop_assert_eq!(working_days(&office, from, until), 0);
    }

    #[test]
    fn working_days_are_dates_of_work((person, now) in any::hours_at_a_change(), wait in 0_u64..20_000) {
        let then = now.after(minutes(wait));
        let today = person.zone().date(now);
        let dates: BTreeSet<_> = person.work_from(now).take_while(|span| span.from < then)
            .map(|span| person.zone().date(span.from)).filter(|date| *date != today).collect();
        prop_assert_eq!(working_days(&person, now, then), dates.len());
    }

    /// However quick a talk is: without long texts, or without a question that is open, nothing is offered.
    #[test]
    fn speed_alone_triggers_nothing(talk in talks(), n_people in 1_usize..5, gap_s in 1_u64..120) {
        let people = people(n_people);
        let mut quick = turns(&people, &talk, ["Yes", "No, the other one"]);
        for (idx, turn) in quick.iter_mut().enumerate() {
            turn.at = START.after(Duration::from_secs(gap_s) * u32::try_from(idx).unwrap());
        }
        let end = quick.last().map_or(START, |turn| turn.at);
        let asks = OpenAsks { n_open: 3, n_promised_or_overdue: 0 };
        prop_assert!(!rapid_fire(&quick, asks, end));
        prop_assert_eq!(ping_pong(&quick, asks), None);
    }

    /// Each hint has all of its conditions.
    #[test]
    fn a_hint_has_its_reasons(talk in talks(), n_people in 1_usize..6, n_open in 0_usize..3, n_late in 0_usize..5, later in 0_u64..30) {
        let people = people(n_people);
        let long = "x".repeat(280);
        let turns = turns(&people, &talk, ["Yes", &long]);
        let asks = OpenAsks { n_open, n_promised_or_overdue: n_late };
        let now = turns.last().map_or(START, |turn| turn.at).after(minutes(later));
        let recent: Vec<_> = turns.iter().filter(|turn| turn.at >= now.before(minutes(15))).cloned().collect();
        let is_rapid = n_open > 0 && n_changes(&recent) >= 12 && recent.iter().filter(|turn| turn.text.len() >= 280).count() >= 2;
        prop_assert_eq!(rapid_fire(&turns, asks, now), is_rapid);
        let speakers: BTreeSet<_> = turns.iter().map(|turn| turn.by).collect();
        let is_slow = turns.first().zip(turns.last()).is_some_and(|(first, last)| last.at > first.at.after(minutes(15)));
        let is_stuck = n_open > 0 && (2..=4).contains(&speakers.len()) && n_changes(&turns) >= 4 && is_slow && n_late >= 3;
        prop_assert_eq!(ping_pong(&turns, asks).is_some(), is_stuck);
    }

    #[test]
    fn a_talk_is_parked_for_a_reason(n_invited_away in 0_usize..3, has_agenda in any::<bool>(), silent in 0_u64..40) {
        let talk = Talk { n_invited_away, has_agenda, last_change_of_speaker: START };
        let expected = match () {
            () if n_invited_away > 0 => Some(Park::SomebodyIsAway),
            () if !has_agenda => Some(Park::NoAgenda),
            () => (silent >= 20).then_some(Park::AlmostSilent),
        };
        prop_assert_eq!(park(&talk, START.after(minutes(silent))), expected);
    }

    /// Shown at each look where it may be, a hint comes once a topic and day, never in a topic where it was waved away, and for
    /// thirty days nowhere after two of those.
    #[test]
    fn a_hint_is_quiet((name, from) in any::around_a_change(), looks in prop::collection::vec((0_u64..1_500, 0_usize..3, any::<bool>()), 1..60)) {
        let zone = zone(&name);
        let mut now = from;
        let mut dismissals: Vec<Timestamp> = Vec::new();
        let mut topics: [Shown; 3] = Default::default();
        let mut days = BTreeSet::new();
        for (wait, topic, is_waved_away) in looks {
            now = now.after(minutes(wait));
            let shown = Shown { dismissals: dismissals.clone(), ..topics[topic].clone() };
            if !may_show(&shown, &zone, now) {
                continue;
            }
            prop_assert!(days.insert((topic, zone.day(now))) && !topics[topic].dismissed_in_topic);
            let n_recent = dismissals.iter().filter(|at| at.after(hours(30 * 24)) > now).count();
            prop_assert!(n_recent < 2);
            topics[topic].last_in_topic = Some(now);
            if is_waved_away {
                topics[topic].dismissed_in_topic = true;
                dismissals.push(now);
            }
        }
    }

    /// What a meeting costs grows with its length, its people and what each of them loses around it, and with nothing else.
    #[test]
    fn a_meeting_costs_the_time_of_all(proposal in proposals()) {
        prop_assert_eq!(cost(&proposal), (proposal.length + proposal.refocus) * proposal.n_people);
        let is_shown = proposal.n_people >= 8 || proposal.n_repeats > 4;
        prop_assert_eq!(yearly_cost(&proposal), is_shown.then(|| cost(&proposal) * proposal.n_repeats.max(1)));
    }

    /// Only telling is asked about, and only when nothing is open.
    #[test]
    fn the_gate_asks_only_who_tells(proposal in proposals()) {
        let is_telling = matches!(proposal.aim, Aim::Inform | Aim::Status) && proposal.n_open == 0;
        let is_answered = proposal.has_reason && proposal.n_agenda_items > 0;
        prop_assert_eq!(gate(&proposal) == Gate::Ask, is_telling && !is_answered);
    }

    /// No meeting touches a day without meetings or a focus, on whichever side of midnight, but a crisis.
    #[test]
    fn a_meeting_touches_no_day_without_and_no_focus(
        (name, at) in any::around_a_change(), length in 15_u64..1_600, days in prop::collection::vec(0_usize..7, 0..3), lines in any::lines(), aim in prop::sample::select(&AIMS[..]),
    ) {
        let focus = Focus { when: FocusTime::Weekly(any::week_of(&lines)), allowed: vec![PersonId::random()] };
        let person = Hours::new(zone(&name), daily(0, 0)).with_focus(vec![focus]);
        let span = Span { from: at, to: at.after(minutes(length)) };
        let none: Vec<_> = days.iter().map(|&day| WEEKDAYS[day]).collect();
        let touched = (0..length).map(|n| at.after(minutes(n))).collect::<Vec<_>>();
        let is_none = touched.iter().any(|&at| none.contains(&person.zone().date(at).weekday()));
        let is_focus = touched.iter().any(|&at| person.focus_end(at, None).is_some());
        let said = refusal(aim, span, &person, &none);
        prop_assert!(aim != Aim::Crisis || said.is_none());
        if aim != Aim::Crisis {
            prop_assert_eq!(said.is_some(), is_none || is_focus, "{:?}", said);
            prop_assert_eq!(said == Some(Refusal::NoMeetingDay), is_none);
        }
    }

    /// Whatever there is on a server, what is offered exists; and what was advised goes before what is like it.
    #[test]
    fn what_is_offered_exists(mask in 0_u16..512) {
        let modes = [Mode::OneToOne, Mode::Call, Mode::Meeting, Mode::Chat, Mode::Topic, Mode::Clip, Mode::Document, Mode::Poll, Mode::Urgent];
        let exists = |mode: Mode| modes.iter().position(|one| *one == mode).is_some_and(|idx| mask >> idx & 1 == 1);
        for mode in modes {
            let offered = among(mode, exists);
            prop_assert!(offered.is_none_or(exists));
            prop_assert!(!exists(mode) || offered == Some(mode));
        }
    }
}

/// Of all situations, one by one: each has a reason, what hurts is said to one person, and nothing far away is held live without need.
#[test]
fn every_situation_has_its_advice() {
    let mut n_situations = 0;
    for purpose in PURPOSES {
        for (urgency, complexity, emotion) in DEGREES.iter().flat_map(|a| {
            DEGREES
                .iter()
                .flat_map(move |b| DEGREES.iter().map(move |c| (*a, *b, *c)))
        }) {
            for (needs_thought, n_people, n_hours) in [
                (false, 2, 4),
                (true, 2, 4),
                (false, 9, 4),
                (true, 9, 4),
                (false, 2, 0),
                (true, 9, 0),
            ] {
                n_situations += 1;
                let situation = Situation {
                    purpose,
                    urgency,
                    complexity,
                    emotion,
                    needs_thought,
                    n_people,
                    shared_hours: hours(n_hours),
                };
                let advice = recommend(&situation);
                assert!(!advice.reasons.is_empty(), "{situation:?}");
                assert_eq!(
                    advice.mode == Mode::OneToOne,
                    emotion == Degree::High,
                    "{situation:?}"
                );
                let is_far_and_calm = n_hours == 0 && urgency != Degree::High && emotion != Degree::High;
                let is_live = matches!(advice.mode, Mode::Call | Mode::Meeting);
                assert!(!is_far_and_calm || !is_live, "{situation:?}");
                assert_eq!(
                    advice.mode == Mode::Urgent,
                    purpose == Purpose::Problem
                        && urgency == Degree::High
                        && n_hours == 0
                        && emotion != Degree::High
                );
            }
        }
    }
    assert_eq!(n_situations, 7 * 27 * 6);
}
