//! Meetings as iCalendar, RFC 5545. Pure.
//!
//! Times are in UTC, so that no reader needs our rules of time zones; only what repeats names its zone, and says its rules.
//! Lines are folded at 75 bytes and no text becomes a line of its own.

use crate::{
    ical_zone::put_zone,
    wire::{Meeting, MeetingAnswer},
};
use base::{MeetingId, PersonId, Timestamp};
use jiff::{
    ToSpan,
    civil::{DateTime, Time, Weekday},
};
use std::{collections::BTreeMap, fmt::Write as _};
use timing::week::Zone;

/// RFC 5545, section 3.1.
const LINE_MAX_BYTES: usize = 75;

/// The calendar of one person.
pub(crate) fn calendar(
    person: PersonId,
    meetings: &[Meeting],
    (name, public_url): (&str, &str),
    now: Timestamp,
) -> String {
    let mut lines = Lines::default();
    lines.put("BEGIN", "VCALENDAR");
    lines.put("VERSION", "2.0");
    lines.put("PRODID", "-//Antiphon//Meetings//EN");
    lines.put("CALSCALE", "GREGORIAN");
    lines.put("METHOD", "PUBLISH");
    lines.put("X-WR-CALNAME", &text(name));
    let (runs, single) = runs(person, meetings);
    let mut zones: BTreeMap<&str, (Timestamp, Timestamp)> = BTreeMap::new();
    for run in &runs {
        let (Some(first), Some(last)) = (run.first(), run.last()) else {
            continue;
        };
        let span = zones
            .entry(&first.time_zone)
            .or_insert((first.starts_at, last.ends_at));
        *span = (span.0.min(first.starts_at), span.1.max(last.ends_at));
    }
    for (zone, span) in zones {
        put_zone(&mut lines, zone, span);
    }
    for run in &runs {
        put_run(&mut lines, person, run, (public_url, now));
    }
    for meeting in single {
        event(&mut lines, person, meeting, (public_url, now));
    }
    lines.put("END", "VCALENDAR");
    lines.0
}

/// What two meetings of a series have in common when one event says both.
type Alike<'m> = (
    MeetingId,
    Weekday,
    Time,
    i64,
    &'m str,
    &'m str,
    String,
    &'static str,
    bool,
);

/// Meetings of a series that are alike but for their weeks, at least two of them, in their order; and all others.
fn runs(person: PersonId, meetings: &[Meeting]) -> (Vec<Vec<&Meeting>>, Vec<&Meeting>) {
    let mut groups: Vec<(Alike<'_>, Vec<&Meeting>)> = Vec::new();
    let mut single = Vec::new();
    for meeting in meetings {
        let Some(series) = meeting.series.filter(|_| !meeting.is_canceled) else {
            single.push(meeting);
            continue;
        };
        let wall = wall(meeting);
        let alike = (
            series.id,
            wall.weekday(),
            wall.time(),
            meeting.ends_at.0 - meeting.starts_at.0,
            meeting.time_zone.as_str(),
            meeting.title.as_str(),
            about(meeting),
            status(meeting),
            is_there(person, meeting),
        );
        match groups.iter_mut().find(|(known, _)| *known == alike) {
            Some((_, group)) => group.push(meeting),
            None => groups.push((alike, vec![meeting])),
        }
    }
    let (mut runs, mut rest) = (Vec::new(), Vec::new());
    for (_, group) in groups {
        if group.len() > 1 {
            runs.push(group);
        } else {
            rest.extend(group);
        }
    }
    single.extend(rest);
    (runs, single)
}

pub(crate) fn wall(meeting: &Meeting) -> DateTime {
    let zone = Zone::find(&meeting.time_zone).unwrap_or_else(|_| Zone::utc());
    zone.wall(meeting.starts_at)
}

/// A run as one event that repeats; its missing weeks are left out (RFC 5545, sections 3.8.5.1 and 3.8.5.3).
fn put_run(lines: &mut Lines, person: PersonId, run: &[&Meeting], (public_url, now): (&str, Timestamp)) {
    let (Some(first), Some(last)) = (run.first(), run.last()) else {
        return;
    };
    let (Some(begin), Some(end)) = (first.series, last.series) else {
        return;
    };
    let start = wall(first);
    let at = format!("TZID={}", first.time_zone);
    lines.put("BEGIN", "VEVENT");
    lines.put("UID", &format!("{}.series@{}", first.id, host(public_url)));
    lines.put("DTSTAMP", &utc(now));
    lines.put(&format!("DTSTART;{at}"), &local(start));
    let minutes = (first.ends_at.0 - first.starts_at.0) / 60_000_000;
    lines.put("DURATION", &format!("PT{minutes}M"));
    let rule = format!(
        "FREQ=WEEKLY;INTERVAL={};COUNT={}",
        begin.every_weeks,
        end.n - begin.n + 1
    );
    lines.put("RRULE", &rule);
    let is_in = |n: i64| {
        run.iter()
            .any(|meeting| meeting.series.is_some_and(|series| series.n == n))
    };
    for n in (begin.n..=end.n).filter(|n| !is_in(*n)) {
        if let Ok(wall) = start.checked_add(((n - begin.n) * begin.every_weeks).weeks()) {
            lines.put(&format!("EXDATE;{at}"), &local(wall));
        }
    }
    let revision = run.iter().map(|meeting| meeting.revision).max();
    put_words(lines, person, first, (public_url, revision.unwrap_or(1)));
    lines.put("END", "VEVENT");
}

fn event(lines: &mut Lines, person: PersonId, meeting: &Meeting, (public_url, now): (&str, Timestamp)) {
    lines.put("BEGIN", "VEVENT");
    lines.put("UID", &format!("{}@{}", meeting.id, host(public_url)));
    lines.put("DTSTAMP", &utc(now));
    lines.put("DTSTART", &utc(meeting.starts_at));
    lines.put("DTEND", &utc(meeting.ends_at));
    put_words(lines, person, meeting, (public_url, meeting.revision));
    lines.put("END", "VEVENT");
}

pub(crate) fn host(public_url: &str) -> &str {
    let host = public_url.split("://").last().unwrap_or_default();
    host.split(['/', ':']).next().unwrap_or_default()
}

/// A time on a wall that its line names.
pub(crate) fn local(wall: DateTime) -> String {
    wall.strftime("%Y%m%dT%H%M%S").to_string()
}

fn put_words(lines: &mut Lines, person: PersonId, meeting: &Meeting, (public_url, revision): (&str, i64)) {
    lines.put("SEQUENCE", &(revision - 1).to_string());
    lines.put("SUMMARY", &text(&meeting.title));
    let about = about(meeting);
    if !about.is_empty() {
        lines.put("DESCRIPTION", &text(&about));
    }
    lines.put("URL", &format!("{}/schedule", public_url.trim_end_matches('/')));
    lines.put("STATUS", status(meeting));
    let is_there = is_there(person, meeting);
    lines.put("TRANSP", if is_there { "OPAQUE" } else { "TRANSPARENT" });
}

fn is_there(person: PersonId, meeting: &Meeting) -> bool {
    let own = meeting.people.iter().find(|one| one.person_id == person);
    own.is_some_and(|own| own.answer == MeetingAnswer::Yes)
}

fn status(meeting: &Meeting) -> &'static str {
    if meeting.is_canceled {
        "CANCELLED"
    } else if meeting.people.iter().any(|person| person.is_asked) {
        "TENTATIVE"
    } else {
        "CONFIRMED"
    }
}

pub(crate) fn about(meeting: &Meeting) -> String {
    let mut about = meeting.outcome.clone();
    for (idx, item) in meeting.agenda.iter().enumerate() {
        if !about.is_empty() {
            about.push('\n');
        }
        // Writing to a String does not fail.
        let _ = write!(about, "{}. {item}", idx + 1);
    }
    about
}

pub(crate) fn utc(at: Timestamp) -> String {
    let at = jiff::Timestamp::from_microsecond(at.0).unwrap_or_default();
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// RFC 5545, section 3.3.11.
pub(crate) fn text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '\\' | ';' | ',' => escaped.extend(['\\', char]),
            '\n' => escaped.push_str("\\n"),
            char if char.is_control() => {}
            char => escaped.push(char),
        }
    }
    escaped
}

#[derive(Default)]
pub(crate) struct Lines(pub(crate) String);

impl Lines {
    /// A line, folded between characters.
    pub(crate) fn put(&mut self, name: &str, value: &str) {
        let mut n_bytes = 0;
        for char in format!("{name}:{value}").chars() {
            if n_bytes + char.len_utf8() > LINE_MAX_BYTES {
                self.0.push_str("\r\n ");
                n_bytes = 1;
            }
            self.0.push(char);
            n_bytes += char.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters_and_text_stays_in_its_line() {
        let mut lines = Lines::default();
        lines.put("SUMMARY", &text(&"ä; \n".repeat(40)));
        for line in lines.0.trim_end().split("\r\n") {
            assert!(line.len() <= LINE_MAX_BYTES, "{line}");
        }
        let unfolded = lines.0.replace("\r\n ", "");
        assert_eq!(unfolded, format!("SUMMARY:{}\r\n", "ä\\; \\n".repeat(40)));
        assert_eq!(text("a\rBEGIN:VEVENT"), "aBEGIN:VEVENT");
    }

    #[test]
    fn a_moment_is_written_in_utc() {
        assert_eq!(utc(Timestamp(1_795_424_400_000_000)), "20261123T090000Z");
    }
}
