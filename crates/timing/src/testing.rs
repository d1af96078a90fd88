//! Times and hours in words, for the tests of this crate.

use crate::{
    hours::Hours,
    week::{Slot, WEEKDAYS, Week, Zone},
};
use base::Timestamp;
use jiff::{
    civil::Weekday,
    tz::{TimeZone, TimeZoneDatabase},
};
use std::{collections::HashSet, sync::LazyLock, time::Duration};

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

/// The names of all zones of the database.
pub static ALL_ZONES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let names = TimeZoneDatabase::bundled()
        .available()
        .map(|name| name.to_string())
        .collect::<Vec<_>>();
    names
        .into_iter()
        .filter(|name| Zone::find(name).is_ok())
        .collect()
});

/// A moment at which the clocks of a zone are set, and by how many seconds.
#[derive(Debug, Clone)]
pub struct Change {
    pub zone_name: String,
    pub at: Timestamp,
    pub by_s: i32,
}

/// All changes of all zones from 1970 to 2037.
pub fn changes() -> impl Iterator<Item = Change> {
    ALL_ZONES.iter().flat_map(|name| {
        let zone = time_zone(name);
        let first = zone.to_offset(jiff::Timestamp::UNIX_EPOCH).seconds();
        let all = zone.following(jiff::Timestamp::UNIX_EPOCH);
        let all = all.map(|change| (change.timestamp(), change.offset().seconds()));
        let all = all
            .take_while(|(at, _)| at.as_second() < 2_145_916_800)
            .collect::<Vec<_>>();
        let before = std::iter::once(first)
            .chain(all.iter().map(|(_, offset)| *offset))
            .collect::<Vec<_>>();
        let changes = all
            .into_iter()
            .zip(before)
            .filter(|((_, offset), before)| offset != before);
        changes.map(|((at, offset), before)| Change {
            zone_name: name.clone(),
            at: Timestamp(at.as_microsecond()),
            by_s: offset - before,
        })
    })
}

/// One change of each kind: from which time of the day to which.
pub static KINDS_OF_CHANGE: LazyLock<Vec<Change>> = LazyLock::new(|| {
    let mut seen = HashSet::new();
    let kind = |change: &Change| (zone(&change.zone_name).wall(change.at).time(), change.by_s);
    changes().filter(|change| seen.insert(kind(change))).collect()
});

pub fn time_zone(name: &str) -> TimeZone {
    TimeZoneDatabase::bundled().get(name).unwrap()
}

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

    /// Any zone of the database, and a moment that is at most two days from one of its changes.
    pub fn around_a_change() -> impl Strategy<Value = (String, Timestamp)> {
        let change = prop::sample::select(&KINDS_OF_CHANGE[..]);
        (change, -2_880_i64..2_880)
            .prop_map(|(change, n)| (change.zone_name, Timestamp(change.at.0 + n * 60_000_000)))
    }

    pub fn zone_name() -> impl Strategy<Value = String> {
        prop::sample::select(&ALL_ZONES[..])
    }

    /// The weekday, the minute it begins and the minute it ends.
    pub fn lines() -> impl Strategy<Value = Vec<(usize, u16, u16)>> {
        prop::collection::vec((0_usize..7, 0_u16..1_440, 0_u16..=1_440), 0..10)
    }

    pub fn week_of(lines: &[(usize, u16, u16)]) -> Week {
        let slots = lines
            .iter()
            .map(|&(day, from, to)| Slot::new(WEEKDAYS[day], from, to).unwrap());
        Week::new(slots).unwrap()
    }

    pub fn week() -> impl Strategy<Value = Week> {
        lines().prop_map(|lines| week_of(&lines))
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

    /// Of zones that are known to be odd, half of the time.
    pub fn hours() -> impl Strategy<Value = Hours> {
        let odd = prop::sample::select(&ZONES[..]).prop_map(zone);
        let zone = prop_oneof![odd, zone_name().prop_map(|name| zone(&name))];
        (zone, outlines()).prop_map(|(zone, outline)| drawn(zone, outline))
    }

    /// Any hours, at a moment around a change of their clocks.
    pub fn hours_at_a_change() -> impl Strategy<Value = (Hours, Timestamp)> {
        (around_a_change(), outlines()).prop_map(|((name, at), outline)| (drawn(zone(&name), outline), at))
    }

    /// Hours without their zone.
    type Outline = (Week, Vec<Exception>, Option<Week>, Vec<Focus>);

    fn outlines() -> impl Strategy<Value = Outline> {
        (week(), exceptions(), prop::option::of(week()), focus())
    }

    fn drawn(zone: Zone, (work, exceptions, quiet, focus): Outline) -> Hours {
        let hours = Hours::new(zone, work)
            .with_exceptions(&exceptions)
            .with_focus(focus);
        match quiet {
            Some(quiet) => hours.with_quiet(quiet),
            None => hours,
        }
    }
}
