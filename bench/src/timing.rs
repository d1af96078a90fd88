//! The timing layer by itself: how long one decision takes, and one question for a whole team.

use crate::{
    Plan,
    report::{COLUMNS, Section, median},
};
use ::timing::{
    catch_up::{Item, Length, What, catch_up},
    charter::{Kind, default_pace},
    delivery::{Notice, Profile, decide},
    due::due,
    hours::Hours,
    slots::{Participant, find},
    span::Span,
    week::{Week, Zone},
};
use anyhow::{Context, Result};
use base::{PersonId, Timestamp};
use std::{hint::black_box, time::Duration, time::Instant};

const ZONES: [&str; 6] = [
    "Europe/London",
    "America/Los_Angeles",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "Asia/Tokyo",
];
const N_CALLS: u32 = 20_000;
const N_RECIPIENTS: usize = 10_000;
const N_UNREAD: u32 = 20_000;
/// 20 November 2026, 15:30 UTC, a Friday.
const START: Timestamp = Timestamp(1_795_188_600_000_000);
/// Spreads the moments over a week without a pattern of hours.
const STEP_MICROS: i64 = 7 * 60 * 1_000_003;

pub fn run(plan: &Plan) -> Result<Section> {
    let people: Vec<Hours> = ZONES
        .iter()
        .map(|name| {
            Ok(Hours::new(
                Zone::find(name).context("a zone of the bench")?,
                Week::usual(),
            ))
        })
        .collect::<Result<_>>()?;
    let notice = Notice {
        sender: None,
        due: None,
        urgent: false,
        consented: false,
        muted: false,
    };
    let mut section = Section::new("timing", &COLUMNS);
    let each = |what: &dyn Fn(&Hours, Timestamp)| call_micros(plan, &people, what);
    let decide_us = each(&|hours, now| {
        black_box(decide(black_box(&notice), Profile::Live, hours, now));
    });
    section.figure(
        "`decide`, a live profile",
        format!("{decide_us:.2} µs"),
        "≤ 2 µs",
        decide_us <= 2.0,
    );
    let batch_us = each(&|hours, now| {
        black_box(decide(black_box(&notice), Profile::ThreeTimes, hours, now));
    });
    section.fact("`decide`, three times a day", format!("{batch_us:.2} µs"));
    let due_us = each(&|hours, now| {
        black_box(due(default_pace(Kind::Normal), hours, now));
    });
    section.figure(
        "`due`, four working hours",
        format!("{due_us:.2} µs"),
        "≤ 2 µs",
        due_us <= 2.0,
    );
    whole(plan, &people, &notice, &mut section);
    Ok(section)
}

/// What is asked about many people or messages at once.
fn whole(plan: &Plan, people: &[Hours], notice: &Notice, section: &mut Section) {
    let announce_ms = millis(plan, || {
        for idx in 0..N_RECIPIENTS {
            black_box(decide(
                black_box(notice),
                Profile::Live,
                &people[idx % people.len()],
                START,
            ));
        }
    });
    section.figure(
        "an announcement, 10,000 people decided",
        format!("{announce_ms:.1} ms"),
        "≤ 50 ms",
        announce_ms <= 50.0,
    );
    let slots_ms = millis(plan, || {
        black_box(find(&team(people), Duration::from_secs(1_800), fortnight(), 3));
    });
    section.figure(
        "slots for 12 people over two weeks",
        format!("{slots_ms:.1} ms"),
        "≤ 50 ms",
        slots_ms <= 50.0,
    );
    let unread = unread();
    let catch_up_ms = millis(plan, || {
        black_box(catch_up(
            &unread,
            Duration::from_secs(600),
            people[0].zone(),
            START,
        ));
    });
    section.figure(
        "catching up with 20,000 unread messages",
        format!("{catch_up_ms:.1} ms"),
        "≤ 100 ms",
        catch_up_ms <= 100.0,
    );
}

/// The time of one call, over moments of many weeks and all people in turn; the median of the runs.
fn call_micros(plan: &Plan, people: &[Hours], call: &dyn Fn(&Hours, Timestamp)) -> f64 {
    let run = || {
        let began = Instant::now();
        let mut now = START;
        for hours in people.iter().cycle().take(N_CALLS as usize) {
            call(hours, now);
            now = Timestamp(now.0 + STEP_MICROS);
        }
        began.elapsed().as_secs_f64() * 1e6 / f64::from(N_CALLS)
    };
    median((0..plan.runs).map(|_| run()))
}

fn millis(plan: &Plan, work: impl Fn()) -> f64 {
    let run = || {
        let began = Instant::now();
        work();
        began.elapsed().as_secs_f64() * 1e3
    };
    median((0..plan.runs).map(|_| run()))
}

fn team(people: &[Hours]) -> Vec<Participant<'_>> {
    let twice = people.iter().cycle().take(2 * people.len());
    twice
        .map(|hours| Participant {
            hours,
            is_required: true,
            accepts_nights: true,
            ledger: 0.0,
            busy: Vec::new(),
        })
        .collect()
}

fn fortnight() -> Span {
    Span {
        from: START,
        to: START.after(Duration::from_secs(14 * 24 * 3_600)),
    }
}

fn unread() -> Vec<Item<PersonId>> {
    let item = |n: u32| Item {
        key: PersonId::random(),
        what: match n % 7 {
            0 => What::Ask {
                urgent: false,
                acknowledged: false,
                due: Some(START.after(Duration::from_secs(u64::from(n)))),
            },
            1 => What::Decision {
                provisional: n.is_multiple_of(2),
            },
            2 => What::Mention,
            3 => What::Topic {
                n_replies: n % 40,
                n_mine: n % 3,
            },
            _ => What::Rest,
        },
        length: Length::Words(n % 300),
        at: Timestamp(START.0 - i64::from(n)),
    };
    (0..N_UNREAD).map(item).collect()
}
