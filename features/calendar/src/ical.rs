//! Meetings as iCalendar, RFC 5545. Pure.
//!
//! Times are in UTC, so that no reader needs our rules of time zones; lines are folded at 75 bytes and no text becomes a line
//! of its own.

use crate::wire::{Meeting, MeetingAnswer};
use base::{PersonId, Timestamp};
use std::fmt::Write as _;

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
    for meeting in meetings {
        event(&mut lines, person, meeting, (public_url, now));
    }
    lines.put("END", "VCALENDAR");
    lines.0
}

fn event(lines: &mut Lines, person: PersonId, meeting: &Meeting, (public_url, now): (&str, Timestamp)) {
    let host = public_url.split("://").last().unwrap_or_default();
    let host = host.split(['/', ':']).next().unwrap_or_default();
    let own = meeting.people.iter().find(|one| one.person_id == person);
    lines.put("BEGIN", "VEVENT");
    lines.put("UID", &format!("{}@{host}", meeting.id));
    lines.put("DTSTAMP", &utc(now));
    lines.put("DTSTART", &utc(meeting.starts_at));
    lines.put("DTEND", &utc(meeting.ends_at));
    lines.put("SEQUENCE", &(meeting.revision - 1).to_string());
    lines.put("SUMMARY", &text(&meeting.title));
    let about = about(meeting);
    if !about.is_empty() {
        lines.put("DESCRIPTION", &text(&about));
    }
    lines.put("URL", &format!("{}/schedule", public_url.trim_end_matches('/')));
    lines.put("STATUS", status(meeting));
    let is_there = own.is_some_and(|own| own.answer == MeetingAnswer::Yes);
    lines.put("TRANSP", if is_there { "OPAQUE" } else { "TRANSPARENT" });
    lines.put("END", "VEVENT");
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

fn about(meeting: &Meeting) -> String {
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

fn utc(at: Timestamp) -> String {
    let at = jiff::Timestamp::from_microsecond(at.0).unwrap_or_default();
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// RFC 5545, section 3.3.11.
fn text(text: &str) -> String {
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
struct Lines(String);

impl Lines {
    /// A line, folded between characters.
    fn put(&mut self, name: &str, value: &str) {
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
