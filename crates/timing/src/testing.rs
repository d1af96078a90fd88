//! Times and hours in words, for the tests of this crate.

use crate::{
    hours::Hours,
    week::{Slot, WEEKDAYS, Week, Zone},
};
use base::Timestamp;
use jiff::civil::Weekday;
use std::time::Duration;

/// Half-hour zones, the southern hemisphere, zones that changed their rules, clocks that change at midnight.
pub const ZONES: [&str; 12] = [
    "Europe/London",
    "America/New_York",
    "America/Los_Angeles",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "America/Santiago",
    "America/Sao_Paulo",
    "Africa/Cairo",
    "Europe/Istanbul",
    "Pacific/Apia",
    "Asia/Tokyo",
];

pub fn hours(n: u64) -> Duration {
    Duration::from_secs(n * 3_600)
}

pub fn minutes(n: u64) -> Duration {
    Duration::from_secs(n * 60)
}

pub fn zone(name: &str) -> Zone {
    Zone::find(name).unwrap()
}

/// "2026-11-20T15:30[Europe/London]"; with an offset where the wall time comes twice.
pub fn at(text: &str) -> Timestamp {
    let zoned: jiff::Zoned = text.parse().unwrap();
    Timestamp(zoned.timestamp().as_microsecond())
}

/// The same form, for reading what came out.
pub fn shown(at: Timestamp, zone_name: &str) -> String {
    let zoned = jiff::Timestamp::from_microsecond(at.0)
        .unwrap()
        .in_tz(zone_name)
        .unwrap();
    zoned.strftime("%a %Y-%m-%dT%H:%M%:z").to_string()
}

/// Monday to Friday, 9 to 17.
pub fn office(zone_name: &str) -> Hours {
    Hours::new(zone(zone_name), Week::usual())
}

/// Each day the same, from and to in full hours.
pub fn daily(from: u16, to: u16) -> Week {
    Week::new(
        WEEKDAYS
            .into_iter()
            .map(|weekday| Slot::new(weekday, from * 60, to * 60).unwrap()),
    )
    .unwrap()
}

pub fn slot(weekday: Weekday, from: u16, to: u16) -> Slot {
    Slot::new(weekday, from * 60, to * 60).unwrap()
}

/// What properties run over: any hours, in any of the zones, around changes of clocks.
pub mod any {
    use super::*;
    use crate::{
        hours::{Exception, ExceptionKind, Focus, FocusTime},
        span::Span,
    };
    use jiff::civil::date;
    use proptest::prelude::*;

    /// From 2009 on, so that changes of rules lie within (Istanbul 2016, São Paulo 2019, Apia's missing day of 2011, Cairo 2023).
    pub fn moment() -> impl Strategy<Value = Timestamp> {
        (1_230_768_000_i64..1_830_000_000, 0_i64..60)
            .prop_map(|(s, m)| Timestamp((s - s % 60 + m) * 1_000_000))
    }

    pub fn week() -> impl Strategy<Value = Week> {
        let slot = (0_usize..7, 0_u16..1_440, 0_u16..=1_440);
        prop::collection::vec(slot, 0..10).prop_map(|slots| {
            Week::new(
                slots
                    .into_iter()
                    .map(|(day, from, to)| Slot::new(WEEKDAYS[day], from, to).unwrap()),
            )
            .unwrap()
        })
    }

    fn exceptions() -> impl Strategy<Value = Vec<Exception>> {
        let exception = (0_i32..6_500, 0_i8..24, -5_i32..96, any::<bool>());
        prop::collection::vec(exception, 0..4).prop_map(|list| {
            list.into_iter()
                .map(|(day, hour, n_hours, is_off)| {
                    let first = date(2009, 1, 1).saturating_add(jiff::Span::new().days(day));
                    let from = first.at(hour, 0, 0, 0);
                    Exception {
                        from,
                        to: from.saturating_add(jiff::Span::new().hours(n_hours)),
                        kind: if is_off {
                            ExceptionKind::Off
                        } else {
                            ExceptionKind::Extra
                        },
                    }
                })
                .collect()
        })
    }

    fn focus() -> impl Strategy<Value = Vec<Focus>> {
        let once = (moment(), 1_u64..300).prop_map(|(from, n)| {
            FocusTime::Once(Span {
                from,
                to: from.after(minutes(n)),
            })
        });
        let when = prop_oneof![once, week().prop_map(FocusTime::Weekly)];
        prop::collection::vec(when, 0..3).prop_map(|list| {
            list.into_iter()
                .map(|when| Focus {
                    when,
                    allowed: Vec::new(),
                })
                .collect()
        })
    }

    pub fn hours() -> impl Strategy<Value = Hours> {
        let zone = prop::sample::select(&ZONES[..]).prop_map(zone);
        let quiet = prop::option::of(week());
        (zone, week(), exceptions(), quiet, focus()).prop_map(|(zone, work, exceptions, quiet, focus)| {
            let hours = Hours::new(zone, work)
                .with_exceptions(&exceptions)
                .with_focus(focus);
            match quiet {
                Some(quiet) => hours.with_quiet(quiet),
                None => hours,
            }
        })
    }
}
