//! A time zone as iCalendar says it (RFC 5545, section 3.6.5): each change of the clocks in a window, written out. Pure.

use super::ical::Lines;
use base::Timestamp;
use jiff::tz::{Offset, TimeZone};

/// `text` names the zone; one that is not known is not written, and nothing names it.
pub(crate) fn put_zone(lines: &mut Lines, name: &str, (from, to): (Timestamp, Timestamp)) {
    let (Ok(zone), Ok(from), Ok(to)) = (
        TimeZone::get(name),
        jiff::Timestamp::from_microsecond(from.0),
        jiff::Timestamp::from_microsecond(to.0),
    ) else {
        return;
    };
    lines.put("BEGIN", "VTIMEZONE");
    lines.put("TZID", name);
    // What holds at the beginning, from before anything that is named with it.
    let mut offset = zone.to_offset(from);
    put_rule(lines, "STANDARD", from, (offset, offset));
    for change in zone.following(from).take_while(|change| change.timestamp() < to) {
        let kind = if change.dst().is_dst() {
            "DAYLIGHT"
        } else {
            "STANDARD"
        };
        put_rule(lines, kind, change.timestamp(), (offset, change.offset()));
        offset = change.offset();
    }
    lines.put("END", "VTIMEZONE");
}

fn put_rule(lines: &mut Lines, kind: &str, at: jiff::Timestamp, (before, after): (Offset, Offset)) {
    lines.put("BEGIN", kind);
    let wall = before.to_datetime(at);
    lines.put("DTSTART", &wall.strftime("%Y%m%dT%H%M%S").to_string());
    lines.put("TZOFFSETFROM", &said(before));
    lines.put("TZOFFSETTO", &said(after));
    lines.put("END", kind);
}

/// "+0530", and "-003020" where a zone had seconds.
fn said(offset: Offset) -> String {
    let seconds = offset.seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    let (hours, minutes, rest) = (seconds.abs() / 3_600, seconds.abs() / 60 % 60, seconds.abs() % 60);
    if rest == 0 {
        format!("{sign}{hours:02}{minutes:02}")
    } else {
        format!("{sign}{hours:02}{minutes:02}{rest:02}")
    }
}
