//! Rules of live sessions. Pure.

use crate::wire::LivePoint;
use base::{PersonId, Timestamp};
use std::time::Duration;

/// How long a session waits for somebody when nobody is in: a server that starts again and a phone in a tunnel are back
/// by then.
pub const EMPTY_MAX: Duration = Duration::from_secs(10 * 60);
/// How long a ticket opens the room. It is used at once; who is in gets new ones from the room.
pub const TICKET_LIFETIME: Duration = Duration::from_secs(10 * 60);
/// Characters of the name of a device, which its browser draws.
pub const DEVICE_MAX_CHARS: usize = 36;

/// How long those who were absent have at most to object, whatever their hours.
pub const WINDOW_MAX: Duration = Duration::from_secs(3 * 24 * 3600);
/// Questions that one session leaves open.
pub const ASKS_MAX: usize = 10;
/// Points of an agenda.
pub const POINTS_MAX: usize = 30;
/// Characters of a point, and of the name of a room.
pub const LINE_MAX_CHARS: usize = 200;
/// Those who interpret in one session, and take turns: more pictures would leave no room for who speaks.
pub const INTERPRETERS_MAX: usize = 2;
/// Minutes of a point, and of smaller rooms.
pub const MINUTES_MAX: u16 = 240;
/// Smaller rooms of one session.
pub const BREAKOUTS_MAX: usize = 30;
/// Seconds until all come back.
pub const RECALL_MAX: u16 = 14_400;
/// Characters of a note.
pub const NOTE_MAX_CHARS: usize = 2_000;
/// Notes of one session, until its rooms close.
pub const NOTES_MAX: i64 = 5_000;
/// What can be shown to everybody for a moment.
pub const REACTIONS: [&str; 6] = ["👍", "👏", "❤️", "😂", "🎉", "🤔"];

/// What a caller can act on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Absent, or hidden from this person.
    #[error("there is no such live session for this person")]
    NotFound,
    /// The person sees it and may not do this.
    #[error("not allowed: {0}")]
    Forbidden(&'static str),
    /// A field that cannot be used.
    #[error("{pointer}: {detail}")]
    Field {
        /// JSON pointer to the field.
        pointer: &'static str,
        /// What is wrong with it.
        detail: &'static str,
    },
    /// A line that cannot be used.
    #[error("{pointer}: {detail}")]
    Line {
        /// JSON pointer to it.
        pointer: String,
        /// What is wrong with it.
        detail: String,
    },
    /// It is over.
    #[error("the live session has ended")]
    Ended,
    /// This conversation is live already.
    #[error("the conversation is live already")]
    AlreadyLive,
    /// Nobody but hosts comes in yet, or any more.
    #[error("the doors are closed: {0}")]
    Closed(&'static str),
    /// The id is that of another session.
    #[error("another live session has this id")]
    IdTaken,
    /// This server carries no media.
    #[error("live sessions are off here")]
    Off,
    /// What the word list refused.
    #[error(transparent)]
    Words(#[from] words::Error),
    /// What messages refused.
    #[error(transparent)]
    Messages(#[from] messages::Error),
    /// What charters refused.
    #[error(transparent)]
    Charters(#[from] charters::Error),
    /// What asks refused.
    #[error(transparent)]
    Asks(#[from] asks::Error),
    /// What places refused.
    #[error(transparent)]
    Spaces(#[from] spaces::Error),
    /// The database.
    #[error(transparent)]
    Db(#[from] platform::db::Error),
}

/// How somebody is in a room: who they are, and with which device, so that a phone and a laptop of one person are two
/// places and a page that is loaded again is one.
pub fn identity(person: PersonId, device: &str) -> String {
    format!("{}:{device}", person.0)
}

/// Whose identity this is. None: of nobody that we let in.
pub fn person_of(identity: &str) -> Option<PersonId> {
    identity.split_once(':')?.0.parse().ok().map(PersonId)
}

/// The name of a device goes into identities: letters, digits and dashes.
pub fn check_device(device: &str) -> Result<(), Error> {
    let is_good = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if device.is_empty() || device.len() > DEVICE_MAX_CHARS || !device.chars().all(is_good) {
        return Err(Error::Field {
            pointer: "/device",
            detail: "1 to 36 letters, digits and dashes",
        });
    }
    Ok(())
}

/// One line of words, of a point or the name of a room.
pub fn clean_line(line: &str, pointer: &str) -> Result<String, Error> {
    markup::clean_name(line, LINE_MAX_CHARS).map_err(|problem| Error::Line {
        pointer: pointer.to_owned(),
        detail: problem.to_string(),
    })
}

/// Minutes that are none, or 1 to 240.
pub fn check_minutes(minutes: Option<u16>, pointer: &str) -> Result<(), Error> {
    if minutes.is_some_and(|minutes| !(1..=MINUTES_MAX).contains(&minutes)) {
        return Err(Error::Line {
            pointer: pointer.to_owned(),
            detail: "1 to 240 minutes".to_owned(),
        });
    }
    Ok(())
}

/// An agenda as it is kept.
pub fn clean_points(points: &[LivePoint]) -> Result<Vec<LivePoint>, Error> {
    if points.len() > POINTS_MAX {
        return Err(Error::Field {
            pointer: "/points",
            detail: "an agenda has 30 points at most",
        });
    }
    let clean = points.iter().enumerate().map(|(idx, point)| {
        check_minutes(point.minutes, &format!("/points/{idx}/minutes"))?;
        Ok(LivePoint {
            title: clean_line(&point.title, &format!("/points/{idx}/title"))?,
            minutes: point.minutes,
        })
    });
    clean.collect()
}

/// What was written, as a paragraph in which no sign means anything.
pub fn as_plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' => plain.push(' '),
            c if c.is_ascii_punctuation() => {
                plain.push('\\');
                plain.push(c);
            }
            c => plain.push(c),
        }
    }
    plain
}

/// One time that somebody was in, with one device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stay {
    /// Since when.
    pub came_at: Timestamp,
    /// Until when; none: they are in.
    pub left_at: Option<Timestamp>,
    /// For how long of it they spoke.
    pub spoke_us: i64,
}

/// Times that lie less apart are one: a page was loaded again, a phone took over, all came back from a smaller room.
const GAP: Duration = Duration::from_secs(60);

/// From when to when somebody was in, whatever their devices. `stays` are in the order of coming.
pub fn joined(stays: &[Stay]) -> Vec<Stay> {
    let mut joined: Vec<Stay> = Vec::new();
    for stay in stays {
        match joined.last_mut() {
            Some(last) if last.left_at.is_none_or(|left| stay.came_at <= left.after(GAP)) => {
                last.left_at = last.left_at.zip(stay.left_at).map(|(one, other)| one.max(other));
                last.spoke_us += stay.spoke_us;
            }
            _ => joined.push(*stay),
        }
    }
    joined
}

/// Whether a session that nobody is in has waited long enough.
pub fn is_over(empty_since: Option<Timestamp>, now: Timestamp) -> bool {
    empty_since.is_some_and(|since| since.after(EMPTY_MAX) <= now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn an_identity_is_of_one_person() {
        let ada = PersonId(Uuid::from_u128(7));
        assert_eq!(person_of(&identity(ada, "laptop-1")), Some(ada));
        for other in ["", "recorder", "7:phone", ":"] {
            assert_eq!(person_of(other), None, "{other}");
        }
    }

    #[test]
    fn a_device_has_a_plain_name() {
        assert!(check_device("0191b2c3-laptop").is_ok());
        for bad in ["", "a:b", "a b", "ä", &"x".repeat(37)] {
            assert!(check_device(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn times_that_overlap_or_nearly_meet_are_one() {
        let stay = |from: i64, until: i64, spoke: i64| Stay {
            came_at: Timestamp(from * 1_000_000),
            left_at: (until > 0).then_some(Timestamp(until * 1_000_000)),
            spoke_us: spoke,
        };
        for (stays, expected) in [
            (vec![], vec![]),
            (vec![stay(0, 100, 1), stay(50, 90, 2)], vec![stay(0, 100, 3)]),
            (vec![stay(0, 100, 1), stay(160, 200, 2)], vec![stay(0, 200, 3)]),
            (
                vec![stay(0, 100, 1), stay(161, 200, 2)],
                vec![stay(0, 100, 1), stay(161, 200, 2)],
            ),
            (
                vec![stay(0, 100, 0), stay(50, 0, 0), stay(500, 600, 4)],
                vec![stay(0, 0, 4)],
            ),
        ] {
            assert_eq!(joined(&stays), expected);
        }
    }

    #[test]
    fn an_empty_session_waits_a_while() {
        let since = Timestamp(1_000_000);
        assert!(!is_over(None, since));
        assert!(!is_over(
            Some(since),
            since.after(EMPTY_MAX - Duration::from_secs(1))
        ));
        assert!(is_over(Some(since), since.after(EMPTY_MAX)));
    }
}
