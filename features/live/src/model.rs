//! Rules of live sessions. Pure.

use base::{PersonId, Timestamp};
use std::time::Duration;

/// How long a session waits for somebody when nobody is in: a server that starts again and a phone in a tunnel are back
/// by then.
pub const EMPTY_MAX: Duration = Duration::from_secs(10 * 60);
/// How long a ticket opens the room. It is used at once; who is in gets new ones from the room.
pub const TICKET_LIFETIME: Duration = Duration::from_secs(10 * 60);
/// Characters of the name of a device, which its browser draws.
pub const DEVICE_MAX_CHARS: usize = 36;

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
