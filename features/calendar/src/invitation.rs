//! An invitation as a letter brings it to a calendar (iTIP, RFC 5546, by mail, RFC 6047). Pure.
//!
//! One letter is about one thing: a meeting, or a series as one event that repeats, with the weeks that are left out and those
//! that are otherwise. Whoever gets it is its only attendee: of the others no address goes out. Its organiser has the address
//! of the server, because people here do not give theirs away; answers are heard by the link in the letter.

use crate::{
    ical::{Lines, about, host, local, text, utc, wall},
    ical_zone::put_zone,
    wire::{Meeting, MeetingAnswer},
};
use base::Timestamp;
use jiff::{ToSpan, civil::DateTime};
use platform::mail::CalendarMethod;

/// Somebody as a calendar names them.
pub(crate) struct Named<'a> {
    pub name: &'a str,
    pub address: &'a str,
}

/// What a letter says for a calendar.
pub(crate) struct Told<'a> {
    pub method: CalendarMethod,
    /// The meeting, or those of a series to which its reader is invited, in their order, also those that were called off.
    pub meetings: &'a [Meeting],
    pub organiser: Named<'a>,
    pub attendee: Named<'a>,
    /// What they have said.
    pub answer: MeetingAnswer,
    /// The how-manieth letter about it, from 0 (RFC 5546, section 2.1.4).
    pub sequence: i64,
    pub public_url: &'a str,
}

/// The text; None when there is nothing to say.
pub(crate) fn calendar(told: &Told<'_>, now: Timestamp) -> Option<String> {
    let first = told.meetings.first()?;
    let mut lines = Lines::default();
    lines.put("BEGIN", "VCALENDAR");
    lines.put("VERSION", "2.0");
    lines.put("PRODID", "-//Antiphon//Meetings//EN");
    lines.put("CALSCALE", "GREGORIAN");
    lines.put("METHOD", told.method.as_str());
    match first.series {
        Some(series) => put_series(&mut lines, told, &series.id.to_string(), now)?,
        None => {
            put_head(
                &mut lines,
                told,
                &format!("{}@{}", first.id, host(told.public_url)),
                now,
            );
            put_span(&mut lines, first);
            put_words(&mut lines, told, first);
            lines.put("END", "VEVENT");
        }
    }
    lines.put("END", "VCALENDAR");
    Some(lines.0)
}

/// A series as one event that repeats. Its weeks are counted from the first meeting that is not called off.
fn put_series(lines: &mut Lines, told: &Told<'_>, id: &str, now: Timestamp) -> Option<()> {
    let held: Vec<&Meeting> = told
        .meetings
        .iter()
        .filter(|meeting| !meeting.is_canceled)
        .collect();
    // All of them were called off: then that is said of the first, as it was.
    let first = held.first().copied().or(told.meetings.first())?;
    let begin = first.series?;
    let uid = format!("{id}.series@{}", host(told.public_url));
    let at = format!("TZID={}", first.time_zone);
    let last = told.meetings.iter().map(|meeting| meeting.ends_at).max()?;
    put_zone(lines, &first.time_zone, (first.starts_at, last));
    put_head(lines, told, &uid, now);
    let start = wall(first);
    lines.put(&format!("DTSTART;{at}"), &local(start));
    lines.put("DURATION", &format!("PT{}M", minutes(first)));
    let of = |n: i64| {
        held.iter()
            .find(|meeting| meeting.series.is_some_and(|series| series.n == n))
    };
    let week = |n: i64| {
        start
            .checked_add(((n - begin.n) * begin.every_weeks).weeks())
            .ok()
    };
    let end = held
        .iter()
        .filter_map(|meeting| meeting.series)
        .map(|series| series.n)
        .max();
    let mut other: Vec<(&Meeting, DateTime)> = Vec::new();
    if told.method == CalendarMethod::Request {
        let end = end?;
        let rule = format!(
            "FREQ=WEEKLY;INTERVAL={};COUNT={}",
            begin.every_weeks,
            end - begin.n + 1
        );
        lines.put("RRULE", &rule);
        for n in begin.n..=end {
            let expected = week(n)?;
            match of(n) {
                None => lines.put(&format!("EXDATE;{at}"), &local(expected)),
                Some(meeting) if is_alike(meeting, first) && wall_in(meeting, first) == expected => {}
                Some(meeting) => other.push((meeting, expected)),
            }
        }
    }
    put_words(lines, told, first);
    lines.put("END", "VEVENT");
    for (meeting, expected) in other {
        put_head(lines, told, &uid, now);
        lines.put(&format!("RECURRENCE-ID;{at}"), &local(expected));
        put_span(lines, meeting);
        put_words(lines, told, meeting);
        lines.put("END", "VEVENT");
    }
    Some(())
}

/// When a meeting begins on the wall of another.
fn wall_in(meeting: &Meeting, other: &Meeting) -> DateTime {
    let zone = timing::week::Zone::find(&other.time_zone).unwrap_or_else(|_| timing::week::Zone::utc());
    zone.wall(meeting.starts_at)
}

/// But for its time.
fn is_alike(meeting: &Meeting, other: &Meeting) -> bool {
    meeting.title == other.title && about(meeting) == about(other) && minutes(meeting) == minutes(other)
}

fn minutes(meeting: &Meeting) -> i64 {
    (meeting.ends_at.0 - meeting.starts_at.0) / 60_000_000
}

fn put_head(lines: &mut Lines, told: &Told<'_>, uid: &str, now: Timestamp) {
    lines.put("BEGIN", "VEVENT");
    lines.put("UID", uid);
    lines.put("DTSTAMP", &utc(now));
    lines.put("SEQUENCE", &told.sequence.to_string());
}

fn put_span(lines: &mut Lines, meeting: &Meeting) {
    lines.put("DTSTART", &utc(meeting.starts_at));
    lines.put("DTEND", &utc(meeting.ends_at));
}

fn put_words(lines: &mut Lines, told: &Told<'_>, meeting: &Meeting) {
    lines.put("SUMMARY", &text(&meeting.title));
    let about = about(meeting);
    if !about.is_empty() {
        lines.put("DESCRIPTION", &text(&about));
    }
    let is_canceled = told.method == CalendarMethod::Cancel;
    lines.put("STATUS", if is_canceled { "CANCELLED" } else { "CONFIRMED" });
    lines.put(
        &format!("ORGANIZER;CN={}", quoted(told.organiser.name)),
        &mailto(told.organiser.address),
    );
    let (name, said) = (told.attendee.name, partstat(told.answer));
    let name = if name.is_empty() {
        told.attendee.address
    } else {
        name
    };
    let attendee = format!(
        "ATTENDEE;CN={};ROLE=REQ-PARTICIPANT;PARTSTAT={said};RSVP=FALSE",
        quoted(name)
    );
    lines.put(&attendee, &mailto(told.attendee.address));
}

/// RFC 5545, section 3.2.12. Whoever takes part later has it in their calendar, as not sure.
const fn partstat(answer: MeetingAnswer) -> &'static str {
    match answer {
        MeetingAnswer::Open => "NEEDS-ACTION",
        MeetingAnswer::Yes => "ACCEPTED",
        MeetingAnswer::No => "DECLINED",
        MeetingAnswer::Later => "TENTATIVE",
    }
}

/// The value of a parameter (RFC 5545, section 3.1): nothing ends it before its end.
fn quoted(text: &str) -> String {
    let inside = text.chars().filter(|char| !char.is_control());
    let inside: String = inside.map(|char| if char == '"' { '\'' } else { char }).collect();
    format!("\"{inside}\"")
}

/// RFC 6068, section 2: what an address may not hold as it is stands as its bytes.
fn mailto(address: &str) -> String {
    let mut uri = "mailto:".to_owned();
    for byte in address.bytes() {
        if byte.is_ascii_alphanumeric() || b"!$'*+-._~@=&".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_and_no_address_ends_its_line() {
        assert_eq!(quoted("Eve\"\r\nATTENDEE:x"), "\"Eve'ATTENDEE:x\"");
        assert_eq!(mailto("a+b@example.org"), "mailto:a+b@example.org");
        assert_eq!(
            mailto("\"a\r\nb\"@example.org"),
            "mailto:%22a%0D%0Ab%22@example.org"
        );
        assert_eq!(mailto("ä?cc=x@example.org"), "mailto:%C3%A4%3Fcc=x@example.org");
    }
}
