//! Rules of thanks. Pure.

use base::{PersonId, Timestamp};
use hours::WeekLine;
use jiff::civil::{Date, Weekday};
use std::time::Duration;
use timing::{rhythm::Rhythm, week::Zone};

/// People whom one message thanks.
pub(crate) const PEOPLE_MAX: usize = 10;
/// Characters of its text.
pub(crate) const TEXT_MAX_CHARS: usize = 1_000;
/// Characters of what a gathering is called.
pub(crate) const TITLE_MAX_CHARS: usize = 100;
/// Of one gathering; more wait for the next week.
pub(crate) const GATHERED_MAX: i64 = 100;
/// Characters of each that are told again.
pub(crate) const TOLD_MAX_CHARS: usize = 300;
/// A gathering that is later than this is left out, and what it would have told waits for the next one.
pub(crate) const GRACE: Duration = Duration::from_secs(3 * 24 * 3_600);
/// Where the week of the workspace is empty: Monday at nine.
const USUAL: (u8, u16) = (1, 540);

/// What a caller can act on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Absent, or hidden from this person.
    #[error("there are no such thanks for this person")]
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
        detail: String,
    },
    /// The id is that of another message.
    #[error("another message has this id")]
    IdTaken,
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

pub(crate) fn field(pointer: &'static str, detail: &str) -> Error {
    Error::Field {
        pointer,
        detail: detail.to_owned(),
    }
}

/// One to ten others, each once.
pub(crate) fn clean_people(people: &[PersonId], giver: PersonId) -> Result<Vec<PersonId>, Error> {
    let mut people = people.to_vec();
    people.sort_unstable();
    people.dedup();
    if !(1..=PEOPLE_MAX).contains(&people.len()) {
        return Err(field("/people", "thank 1 to 10 people"));
    }
    if people.contains(&giver) {
        return Err(field("/people", "thank somebody else"));
    }
    Ok(people)
}

pub(crate) fn check_text(text: &str) -> Result<(), Error> {
    if text.chars().count() > TEXT_MAX_CHARS {
        return Err(field("/text", "thanks have up to 1,000 characters"));
    }
    Ok(())
}

/// When the week of work begins the next time, after a moment, on the clocks of a zone.
pub(crate) fn next_time(work: &[WeekLine], zone: &Zone, after: Timestamp) -> Option<Timestamp> {
    let first = work.iter().map(|line| (line.weekday, line.from_min)).min();
    let (weekday, at_min) = first.unwrap_or(USUAL);
    let weekday = i8::try_from(weekday).ok()?;
    let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
    let rhythm = Rhythm::new([weekday], at_min, 1, Date::MIN).ok()?;
    rhythm.next(zone, after).map(|(_, at)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-23T09:00:00Z, a Monday.
    const MONDAY_NINE: Timestamp = Timestamp(1_795_424_400_000_000);
    const MINUTE_US: i64 = 60_000_000;

    #[test]
    fn a_gathering_comes_when_the_week_of_work_begins() {
        let line = |weekday, from_min| WeekLine {
            weekday,
            from_min,
            to_min: 1020,
        };
        let berlin = Zone::find("Europe/Berlin").unwrap();
        for (work, zone, expected_min) in [
            (vec![line(2, 540), line(1, 540)], Zone::utc(), 7 * 24 * 60),
            (vec![line(1, 600)], Zone::utc(), 60),
            (vec![line(1, 630)], berlin, 30),
            (vec![line(7, 480)], Zone::utc(), 6 * 24 * 60 - 60),
            (vec![], Zone::utc(), 7 * 24 * 60),
        ] {
            let next = next_time(&work, &zone, MONDAY_NINE).unwrap();
            assert_eq!((next.0 - MONDAY_NINE.0) / MINUTE_US, expected_min, "{work:?}");
        }
    }

    #[test]
    fn one_thanks_a_few_others() {
        let people: Vec<PersonId> = (0..11).map(|_| PersonId::random()).collect();
        let me = PersonId::random();
        assert_eq!(clean_people(&[people[0], people[0]], me).unwrap(), [people[0]]);
        assert!(clean_people(&[], me).is_err());
        assert!(clean_people(&[people[0], me], me).is_err());
        assert!(clean_people(&people, me).is_err());
    }
}
