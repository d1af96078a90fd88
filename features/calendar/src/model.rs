//! Rules of meetings. Pure; what a slot costs and who may refuse it, `timing` says.

use crate::wire::{
    Invite, InviteGuest, MeetingAim, MeetingAnswer, MeetingRefusal, MeetingTime, MeetingWords,
};
use base::{MeetingGuestId, MeetingId, PersonId, Timestamp};
use std::{collections::HashSet, time::Duration};
use timing::{
    meeting::{Aim, Refusal},
    span::Span,
    week::Zone,
};

/// People at one meeting, its maker included.
pub(crate) const PEOPLE_MAX: usize = 100;
/// Characters of a title.
const TITLE_MAX_CHARS: usize = 120;
/// Characters of what should be different afterwards.
const OUTCOME_MAX_CHARS: usize = 500;
/// Characters of why it is not written instead.
const REASON_MAX_CHARS: usize = 300;
/// Items of an agenda.
const AGENDA_MAX: usize = 20;
/// Characters of one item.
const ITEM_MAX_CHARS: usize = 200;
/// Minutes of a meeting.
pub(crate) const MINUTES: std::ops::RangeInclusive<u16> = 5..=720;
/// How far ahead a meeting may lie.
const AHEAD_MAX: Duration = Duration::from_secs(2 * 366 * 24 * 3600);
/// A meeting that has just begun may still be written down.
const BEGUN_MAX: Duration = Duration::from_secs(15 * 60);
/// People outside at one meeting, or at one series.
pub(crate) const GUESTS_MAX: usize = 20;
/// Characters of the name of somebody outside.
const GUEST_NAME_MAX_CHARS: usize = 80;
/// How long before a meeting somebody can be reminded; 0 is never.
pub(crate) const REMIND_MINUTES: [i64; 4] = [0, 5, 10, 30];
/// Longest window of a list.
pub(crate) const WINDOW_MAX: Duration = Duration::from_secs(62 * 24 * 3600);
/// Meetings of one page.
pub(crate) const PAGE: i64 = 200;

/// What a caller can act on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Absent, or hidden from this person.
    #[error("there is no such meeting for this person")]
    NotFound,
    /// The person sees it and may not do this.
    #[error("not allowed: {0}")]
    Forbidden(&'static str),
    /// A field that cannot be used.
    #[error("{pointer}: {detail}")]
    Field {
        /// JSON pointer to the field.
        pointer: String,
        /// What is wrong with it.
        detail: String,
    },
    /// The id stands for another meeting.
    #[error("another meeting has this id")]
    IdTaken,
    /// Somebody changed it meanwhile; that is the newest revision.
    #[error("somebody changed this meeting")]
    Changed(i64),
    /// It was called off, or is over.
    #[error("nothing can be changed about this meeting any more")]
    Over,
    /// It should be written instead.
    #[error("this can be written")]
    Gated,
    /// These people would have to agree.
    #[error("{} people would have to agree", .0.len())]
    Refused(Vec<(PersonId, MeetingRefusal)>, Timestamp),
    /// A question when people can that is answered no more, or of which something came already.
    #[error("this question is closed")]
    PollOver,
    /// As many people answered as it takes.
    #[error("this question takes no more answers")]
    PollFull,
    /// Somebody asks as many as they may.
    #[error("too many open questions of one person")]
    ManyPolls,
    /// Nobody outside can be invited: this server sends no mail.
    #[error("this server sends no mail")]
    NoMail,
    /// What accounts refused.
    #[error(transparent)]
    Accounts(#[from] accounts::Error),
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

pub(crate) fn field(pointer: impl Into<String>, detail: impl Into<String>) -> Error {
    Error::Field {
        pointer: pointer.into(),
        detail: detail.into(),
    }
}

impl MeetingAim {
    /// The word that is kept.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Inform => "inform",
            Self::Status => "status",
            Self::Decide => "decide",
            Self::Explore => "explore",
            Self::Sensitive => "sensitive",
            Self::Bond => "bond",
            Self::Crisis => "crisis",
            Self::OneToOne => "one_to_one",
            Self::OfficeHours => "office_hours",
        }
    }

    const ALL: [Self; 9] = [
        Self::Inform,
        Self::Status,
        Self::Decide,
        Self::Explore,
        Self::Sensitive,
        Self::Bond,
        Self::Crisis,
        Self::OneToOne,
        Self::OfficeHours,
    ];

    pub(crate) fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|aim| aim.as_str() == word)
    }
}

impl From<MeetingAim> for Aim {
    fn from(aim: MeetingAim) -> Self {
        match aim {
            MeetingAim::Inform => Self::Inform,
            MeetingAim::Status => Self::Status,
            MeetingAim::Decide => Self::Decide,
            MeetingAim::Explore => Self::Explore,
            MeetingAim::Sensitive => Self::Sensitive,
            MeetingAim::Bond => Self::Bond,
            MeetingAim::Crisis => Self::Crisis,
            MeetingAim::OneToOne => Self::OneToOne,
            MeetingAim::OfficeHours => Self::OfficeHours,
        }
    }
}

impl From<Refusal> for MeetingRefusal {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NoMeetingDay => Self::NoMeetingDay,
            Refusal::Focus => Self::Focus,
        }
    }
}

impl MeetingAnswer {
    /// The word that is kept.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Yes => "yes",
            Self::No => "no",
            Self::Later => "later",
        }
    }

    pub(crate) fn read(word: &str) -> Option<Self> {
        [Self::Open, Self::Yes, Self::No, Self::Later]
            .into_iter()
            .find(|answer| answer.as_str() == word)
    }
}

impl MeetingWords {
    pub(crate) fn clean(self, base: &str) -> Result<Self, Error> {
        let at = |name: &str| format!("{base}/{name}");
        let title = markup::clean_name(&self.title, TITLE_MAX_CHARS)
            .map_err(|problem| field(at("title"), problem.to_string()))?;
        let outcome = clean_text(self.outcome, &at("outcome"), OUTCOME_MAX_CHARS)?;
        let reason = clean_text(self.reason, &at("reason"), REASON_MAX_CHARS)?;
        if self.agenda.len() > AGENDA_MAX {
            return Err(field(at("agenda"), "at most 20 items"));
        }
        let item = |(idx, item): (usize, &String)| {
            markup::clean_name(item, ITEM_MAX_CHARS)
                .map_err(|problem| field(format!("{base}/agenda/{idx}"), problem.to_string()))
        };
        let agenda = self
            .agenda
            .iter()
            .enumerate()
            .map(item)
            .collect::<Result<_, _>>()?;
        Ok(Self {
            title,
            outcome,
            agenda,
            reason,
            aim: self.aim,
        })
    }

    /// All that people wrote, for the word list.
    pub(crate) fn texts(&self) -> Vec<&str> {
        let lines = [&self.title, &self.outcome, &self.reason].into_iter();
        lines.chain(&self.agenda).map(String::as_str).collect()
    }
}

fn clean_text(text: String, pointer: &str, max_chars: usize) -> Result<String, Error> {
    let text = text.trim();
    if text.chars().count() > max_chars {
        return Err(field(pointer, format!("at most {max_chars} characters")));
    }
    if text.chars().any(|char| char.is_control() && char != '\n') {
        return Err(field(pointer, "control characters cannot be used"));
    }
    Ok(text.to_owned())
}

impl MeetingTime {
    /// From when to when it is; a zone that is not known, and no length, are refused.
    pub(crate) fn span(&self, base: &str) -> Result<Span, Error> {
        if !MINUTES.contains(&self.minutes) {
            return Err(field(format!("{base}/minutes"), "between 5 minutes and 12 hours"));
        }
        let zone = Zone::find(&self.time_zone)
            .map_err(|unknown| field(format!("{base}/time_zone"), unknown.to_string()))?;
        let from = zone.start(self.starts.0);
        let to = from.after(self.length());
        Span::between(from, to).ok_or_else(|| field(format!("{base}/starts"), "beyond the calendar"))
    }

    pub(crate) fn length(&self) -> Duration {
        Duration::from_secs(u64::from(self.minutes) * 60)
    }
}

/// A meeting lies ahead, or has begun just now, and within two years.
pub(crate) fn check_ahead(span: Span, now: Timestamp, base: &str) -> Result<(), Error> {
    if span.from < now.before(BEGUN_MAX) {
        return Err(field(
            format!("{base}/starts"),
            "choose a time that is still to come",
        ));
    }
    if span.from > now.after(AHEAD_MAX) {
        return Err(field(format!("{base}/starts"), "within two years from now"));
    }
    Ok(())
}

/// A window that a list can look through.
pub(crate) fn check_window(window: Option<Span>, longest: Duration) -> Result<Span, Error> {
    window.filter(|window| window.length() <= longest).ok_or_else(|| {
        let days = longest.as_secs() / 86_400;
        field(
            "/to",
            format!("after the beginning, and at most {days} days later"),
        )
    })
}

/// Everybody at a meeting, its maker first; each once.
pub(crate) fn clean_people(maker: PersonId, invited: &[Invite], pointer: &str) -> Result<Vec<Invite>, Error> {
    if invited.len() >= PEOPLE_MAX {
        return Err(field(pointer, "at most 100 people, you included"));
    }
    let mut seen = HashSet::new();
    if let Some(idx) = invited.iter().position(|invite| !seen.insert(invite.person_id)) {
        return Err(field(format!("{pointer}/{idx}"), "is invited twice"));
    }
    let own = Invite {
        person_id: maker,
        is_required: true,
    };
    let others = invited.iter().filter(|invite| invite.person_id != maker).copied();
    Ok(std::iter::once(own).chain(others).collect())
}

/// Somebody outside who is invited, or was.
#[derive(Debug, Clone)]
pub(crate) struct Guest {
    pub id: MeetingGuestId,
    pub occasion: MeetingId,
    pub address: String,
    pub name: String,
    pub language: String,
    pub answer: MeetingAnswer,
    pub is_removed: bool,
    /// They left their address themselves.
    pub is_own_wish: bool,
}

/// People outside as they are written down: each once, with an address that can be written to and a name that may be empty.
pub(crate) fn clean_guests(guests: &[InviteGuest], pointer: &str) -> Result<Vec<InviteGuest>, Error> {
    if guests.len() > GUESTS_MAX {
        return Err(field(pointer, "at most 20 people outside"));
    }
    let mut seen = HashSet::new();
    let clean = |(idx, guest): (usize, &InviteGuest)| {
        let at = |name: &str| format!("{pointer}/{idx}/{name}");
        let address = guest.address.trim().to_lowercase();
        if !accounts::is_email(&address) || !platform::mail::is_address(&address) {
            return Err(field(at("address"), "is no mail address"));
        }
        if !seen.insert(address.clone()) {
            return Err(field(at("address"), "is invited twice"));
        }
        let name = match guest.name.trim() {
            "" => String::new(),
            name => markup::clean_name(name, GUEST_NAME_MAX_CHARS)
                .map_err(|problem| field(at("name"), problem.to_string()))?,
        };
        Ok(InviteGuest { address, name })
    };
    guests.iter().enumerate().map(clean).collect()
}

/// The title of a question when people can, and what it is about.
pub(crate) fn clean_poll_words(title: &str, about: &str) -> Result<(String, String), Error> {
    let title =
        markup::clean_name(title, TITLE_MAX_CHARS).map_err(|problem| field("/title", problem.to_string()))?;
    let about = clean_text(about.to_owned(), "/about", OUTCOME_MAX_CHARS)?;
    Ok((title, about))
}

/// The name that somebody outside gives themselves.
pub(crate) fn clean_outside_name(name: &str) -> Result<String, Error> {
    markup::clean_name(name, GUEST_NAME_MAX_CHARS).map_err(|problem| field("/name", problem.to_string()))
}

/// The same for the same people who are needed, in whatever order they are named.
pub(crate) fn group_key(people: &[Invite]) -> String {
    let needed = people.iter().filter(|invite| invite.is_required);
    let mut ids: Vec<String> = needed.map(|invite| invite.person_id.to_string()).collect();
    ids.sort_unstable();
    let hash = accounts::token_hash(&ids.join(","));
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Wall;

    fn time(starts: &str, minutes: u16, time_zone: &str) -> MeetingTime {
        MeetingTime {
            starts: Wall(starts.parse().expect("a wall time")),
            minutes,
            time_zone: time_zone.to_owned(),
        }
    }

    fn refused(error: Result<impl std::fmt::Debug, Error>) -> String {
        match error {
            Err(Error::Field { pointer, .. }) => pointer,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_meeting_has_a_length_and_a_zone_that_exists() {
        for (minutes, zone, pointer) in [
            (0, "UTC", "/time/minutes"),
            (4, "UTC", "/time/minutes"),
            (20_160, "UTC", "/time/minutes"),
            (30, "Mars/Olympus", "/time/time_zone"),
        ] {
            assert_eq!(
                refused(time("2026-11-24T10:00", minutes, zone).span("/time")),
                pointer
            );
        }
        let span = time("2026-11-24T10:00", 45, "UTC").span("/time").expect("a span");
        assert_eq!(span.length(), Duration::from_secs(45 * 60));
    }

    #[test]
    fn what_the_clocks_leave_out_begins_after_the_gap() {
        let gap = time("2027-03-28T02:30", 30, "Europe/Berlin")
            .span("/time")
            .expect("a span");
        let after = time("2027-03-28T03:30", 30, "Europe/Berlin")
            .span("/time")
            .expect("a span");
        assert_eq!(gap, after);
        let twice = time("2026-10-25T02:30", 60, "Europe/Berlin")
            .span("/time")
            .expect("a span");
        let utc = time("2026-10-25T00:30", 60, "UTC").span("/time").expect("a span");
        assert_eq!(twice, utc, "the first of the two");
    }

    #[test]
    fn a_meeting_lies_ahead_and_within_two_years() {
        let now = time("2026-11-24T10:00", 30, "UTC").span("").expect("a span").from;
        for (starts, accepted) in [
            ("2026-11-24T09:50", true),
            ("2026-11-24T09:30", false),
            ("2027-11-24T10:00", true),
            ("2029-11-24T10:00", false),
        ] {
            let span = time(starts, 30, "UTC").span("").expect("a span");
            assert_eq!(check_ahead(span, now, "/time").is_ok(), accepted, "{starts}");
        }
    }

    #[test]
    fn nobody_is_invited_twice_and_the_maker_is_there() {
        let (ada, bob) = (PersonId::random(), PersonId::random());
        let invite = |person_id, is_required| Invite {
            person_id,
            is_required,
        };
        let people = clean_people(ada, &[invite(bob, false), invite(ada, false)], "/people").expect("two");
        assert_eq!(people, [invite(ada, true), invite(bob, false)]);
        let twice = [invite(bob, true), invite(bob, false)];
        assert_eq!(refused(clean_people(ada, &twice, "/people")), "/people/1");
        let crowd: Vec<Invite> = (0..100).map(|_| invite(PersonId::random(), true)).collect();
        assert_eq!(refused(clean_people(ada, &crowd, "/people")), "/people");
    }

    #[test]
    fn a_group_is_those_who_are_needed_in_any_order() {
        let invite = |person_id, is_required| Invite {
            person_id,
            is_required,
        };
        let [a, b, c] = std::array::from_fn(|_| PersonId::random());
        let key = group_key(&[invite(a, true), invite(b, true)]);
        assert_eq!(
            key,
            group_key(&[invite(b, true), invite(c, false), invite(a, true)])
        );
        assert_ne!(key, group_key(&[invite(a, true), invite(c, true)]));
    }

    #[test]
    fn words_are_bounded_and_clean() {
        let words = |title: &str, outcome: String, agenda: usize| MeetingWords {
            title: title.to_owned(),
            outcome,
            aim: MeetingAim::Decide,
            agenda: vec!["Budget".to_owned(); agenda],
            reason: String::new(),
        };
        assert_eq!(
            refused(words(" ", String::new(), 0).clean("/words")),
            "/words/title"
        );
        assert_eq!(
            refused(words("x", "y".repeat(501), 0).clean("/words")),
            "/words/outcome"
        );
        assert_eq!(
            refused(words("x", "a\0".to_owned(), 0).clean("/words")),
            "/words/outcome"
        );
        assert_eq!(
            refused(words("x", String::new(), 21).clean("/words")),
            "/words/agenda"
        );
        assert_eq!(
            words(" Plan ", String::new(), 2)
                .clean("/words")
                .expect("words")
                .title,
            "Plan"
        );
    }
}
