//! The shared model (section 0 of the specification of timing): work weeks, exceptions and quiet become real time in zones
//! with half hours, in the south, at midnight, on a day that was left out, and where rules changed.

use base::Timestamp;
use jiff::civil::{Weekday, date};
use timing::{
    hours::{Exception, ExceptionKind, Hours},
    span::Span,
    week::{Error, MAX_SLOTS, Slot, WEEKDAYS, Week, Zone},
};

const HOUR_US: i64 = 3_600_000_000;

fn zone(name: &str) -> Zone {
    Zone::find(name).expect("it is in the database")
}

fn at(text: &str) -> Timestamp {
    let zoned: jiff::Zoned = text.parse().expect("a time with its zone");
    Timestamp(zoned.timestamp().as_microsecond())
}

fn slot(weekday: Weekday, from_min: u16, to_min: u16) -> Slot {
    Slot::new(weekday, from_min, to_min).expect("it is within the day")
}

fn week(slots: &[Slot]) -> Week {
    Week::new(slots.iter().copied()).expect("not too many")
}

fn hours_of(spans: &[Span]) -> f64 {
    let us: i64 = spans.iter().map(|span| span.to.0 - span.from.0).sum();
    us as f64 / HOUR_US as f64
}

/// A missing wall time moves forward by the gap; a doubled one is the first as a start and the second as an end.
#[test]
fn days_on_which_clocks_change_are_as_long_as_people_feel_them() {
    for (name, on, from, to, expected) in [
        // Spring: one to three is one hour; what begins in the gap begins after it.
        ("Europe/London", date(2026, 3, 29), 0, 180, 2.0),
        ("Europe/London", date(2026, 3, 29), 90, 240, 1.5),
        ("America/New_York", date(2026, 3, 8), 120, 180, 0.0),
        ("America/New_York", date(2026, 3, 8), 120, 240, 1.0),
        // Autumn: the repeated hour counts.
        ("Europe/London", date(2026, 10, 25), 60, 120, 2.0),
        ("America/Los_Angeles", date(2026, 11, 1), 0, 180, 4.0),
        // Half an hour in the south, and midnights that are left out or come twice.
        ("Australia/Lord_Howe", date(2026, 4, 5), 60, 180, 2.5),
        ("Australia/Lord_Howe", date(2026, 10, 4), 60, 180, 1.5),
        ("America/Santiago", date(2026, 9, 6), 0, 120, 1.0),
        ("Africa/Cairo", date(2026, 4, 24), 0, 120, 1.0),
        // Zones without changes, with halves and quarters of an hour.
        ("Asia/Kathmandu", date(2026, 3, 29), 0, 180, 3.0),
        ("Asia/Kolkata", date(2026, 10, 25), 60, 120, 1.0),
    ] {
        let of_day = week(&[slot(on.weekday(), from, to)]);
        let spans = of_day.on(on, &zone(name));
        assert!(
            (hours_of(&spans) - expected).abs() < 1e-9,
            "{name} {on} {from}-{to}: {} and not {expected}",
            hours_of(&spans)
        );
    }
}

#[test]
fn zones_that_changed_their_rules_follow_those_of_the_day() {
    let all = week(&WEEKDAYS.map(|weekday| slot(weekday, 540, 1020)));
    for (name, on, expected) in [
        // Istanbul stayed on summer time in 2016; São Paulo has had none since 2019.
        ("Europe/Istanbul", date(2015, 12, 1), "2015-12-01T07:00[UTC]"),
        ("Europe/Istanbul", date(2016, 12, 1), "2016-12-01T06:00[UTC]"),
        ("America/Sao_Paulo", date(2018, 12, 3), "2018-12-03T11:00[UTC]"),
        ("America/Sao_Paulo", date(2019, 12, 3), "2019-12-03T12:00[UTC]"),
        ("Africa/Cairo", date(2022, 7, 4), "2022-07-04T07:00[UTC]"),
        ("Africa/Cairo", date(2023, 7, 4), "2023-07-04T06:00[UTC]"),
    ] {
        let spans = all.on(on, &zone(name));
        assert_eq!(
            spans.first().map(|span| span.from),
            Some(at(expected)),
            "{name} {on}"
        );
    }
    assert_eq!(
        all.on(date(2011, 12, 30), &zone("Pacific/Apia")),
        [],
        "Apia had no such day"
    );
}

#[test]
fn weeks_of_nothing_and_of_everything() {
    let name = "Europe/London";
    let nothing = Hours::new(zone(name), Week::default());
    let everything = Hours::new(zone(name), week(&WEEKDAYS.map(|weekday| slot(weekday, 0, 1440))));
    for text in [
        "2026-11-20T15:30[Europe/London]",
        "2026-03-29T00:59[Europe/London]",
        "2026-10-25T01:30[Europe/London]",
        "2026-11-22T23:59[Europe/London]",
    ] {
        assert!(
            !nothing.is_available(at(text)) && nothing.is_quiet(at(text)),
            "{text}"
        );
        assert!(
            everything.is_available(at(text)) && !everything.is_quiet(at(text)),
            "{text}"
        );
    }
    let overlapping = week(&[
        slot(Weekday::Monday, 540, 720),
        slot(Weekday::Monday, 600, 1020),
        slot(Weekday::Monday, 1320, 360),
    ]);
    assert!((hours_of(&overlapping.on(date(2026, 11, 23), &zone(name))) - 10.0).abs() < 1e-9);
    assert!(
        (hours_of(&overlapping.on(date(2026, 11, 24), &zone(name))) - 6.0).abs() < 1e-9,
        "what crosses midnight ends on Tuesday"
    );
}

#[test]
fn exceptions_add_and_take_away_and_inverted_ones_do_nothing() {
    let name = "Asia/Kathmandu";
    let (monday, saturday) = (date(2026, 11, 23), date(2026, 11, 28));
    let hours = Hours::new(zone(name), Week::usual()).with_exceptions(&[
        Exception {
            from: monday.at(13, 0, 0, 0),
            to: monday.at(17, 0, 0, 0),
            kind: ExceptionKind::Off,
        },
        Exception {
            from: saturday.at(10, 0, 0, 0),
            to: saturday.at(12, 0, 0, 0),
            kind: ExceptionKind::Extra,
        },
        Exception {
            from: monday.at(12, 0, 0, 0),
            to: monday.at(9, 0, 0, 0),
            kind: ExceptionKind::Off,
        },
        Exception::off(date(2026, 11, 25), date(2026, 11, 26)),
    ]);
    for (text, is_there) in [
        ("2026-11-23T09:00[Asia/Kathmandu]", true),
        ("2026-11-23T13:00[Asia/Kathmandu]", false),
        ("2026-11-28T11:59[Asia/Kathmandu]", true),
        ("2026-11-28T12:00[Asia/Kathmandu]", false),
        ("2026-11-26T10:00[Asia/Kathmandu]", false),
        ("2026-11-27T10:00[Asia/Kathmandu]", true),
    ] {
        assert_eq!(hours.is_available(at(text)), is_there, "{text}");
    }
}

#[test]
fn what_is_no_zone_and_no_line_of_a_week_is_refused() {
    for name in [
        "",
        "Mars/Phobos",
        "Europe/London ",
        "../etc/passwd",
        &"x".repeat(10_000),
    ] {
        let Err(Error::UnknownZone(said)) = Zone::find(name) else {
            panic!("{name} is no zone");
        };
        assert!(said.chars().count() <= 64);
    }
    assert_eq!(Slot::new(Weekday::Monday, 1440, 60), Err(Error::OutsideOfTheDay));
    assert_eq!(Slot::new(Weekday::Monday, 0, 1441), Err(Error::OutsideOfTheDay));
    let many = (0..=MAX_SLOTS).map(|_| slot(Weekday::Monday, 0, 60));
    assert_eq!(Week::new(many), Err(Error::TooManySlots));
    let far = Hours::new(zone("Pacific/Apia"), Week::usual());
    for edge in [Timestamp(i64::MIN), Timestamp(i64::MAX)] {
        assert!(
            !far.is_available(edge) || !far.is_quiet(edge),
            "beyond the calendar nothing panics"
        );
    }
}
