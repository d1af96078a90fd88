//! Questions when people can: asked of people here and of whoever has the link, until a time is chosen or it is closed.
//!
//! Invariants: who asks, who is asked and may see its place, and nobody else here, sees it; nobody answers twice; it is
//! answered until its end and while whoever asks may see its place; what comes of it is decided once. Of somebody outside
//! there is a name, and the address that they left goes with the choice into the invitations, and otherwise with the closing.

pub(crate) mod outside;
pub(crate) mod own;
pub(crate) mod shown;

use crate::{
    actions::{check_people, span_of},
    costs,
    events::{TIME_POLL_ASKED, TIME_POLL_CHANGED, tell_poll},
    guests::{check_may_invite, occasion_of},
    model::{Error, GUESTS_MAX, MINUTES, check_ahead, clean_people, clean_poll_words, field},
    poll_wire::{NewTimePoll, TimeChoice, TimePollState},
    store::{
        self,
        guests::NewGuest,
        polls::{Answerer, find_answer},
    },
    wire::{Invite, Meeting, MeetingAim, MeetingTime},
};
use accounts::SignedIn;
use base::{ChannelId, MeetingGuestId, MeetingId, PersonId, TimePollAnswerId, TimePollId, Timestamp};
use platform::db::{self, Tx};
use spaces::access;
use std::{collections::HashSet, time::Duration};
use timing::span::Span;

/// Times of one question.
const TIMES: std::ops::RangeInclusive<usize> = 2..=20;
/// How long it is answered.
const OPEN_MAX: Duration = Duration::from_secs(60 * 24 * 3_600);
/// Answers to one question, of people here and outside.
const ANSWERS_MAX: i64 = 200;
/// Those of them who can leave an address: as many as a meeting invites.
const ADDRESSES_MAX: i64 = GUESTS_MAX as i64;
/// Questions of one person that are open.
const OPEN_OF_ONE_MAX: i64 = 20;

/// A question as it is kept.
#[derive(Debug, Clone)]
pub(crate) struct Poll {
    pub id: TimePollId,
    pub created_by: PersonId,
    pub title: String,
    pub about: String,
    pub minutes: i64,
    pub time_zone: String,
    pub channel_id: Option<ChannelId>,
    pub shows_names: bool,
    pub ends_at: Timestamp,
    pub is_closed: bool,
    pub meeting_id: Option<MeetingId>,
    pub chosen_at: Option<Timestamp>,
    /// When it could begin, in their order.
    pub times: Vec<Timestamp>,
    pub asked: Vec<PersonId>,
}

/// What somebody said to it.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub id: TimePollAnswerId,
    /// None: somebody outside.
    pub person: Option<PersonId>,
    pub name: String,
    pub address: String,
    pub language: String,
    pub choices: Vec<TimeChoice>,
}

impl Poll {
    pub(crate) fn length(&self) -> Duration {
        Duration::from_secs(u64::try_from(self.minutes).unwrap_or_default() * 60)
    }

    pub(crate) fn span(&self, from: Timestamp) -> Span {
        Span {
            from,
            to: from.after(self.length()),
        }
    }

    /// Everybody here whom it concerns, its maker first.
    pub(crate) fn everybody(&self) -> Vec<PersonId> {
        let others = self.asked.iter().copied();
        std::iter::once(self.created_by)
            .chain(others.filter(|person| *person != self.created_by))
            .collect()
    }
}

pub(crate) fn state_of(
    (is_closed, meeting_id): (bool, Option<MeetingId>),
    ends_at: Timestamp,
    now: Timestamp,
) -> TimePollState {
    match (is_closed, meeting_id) {
        (true, Some(_)) => TimePollState::Chosen,
        (true, None) => TimePollState::Closed,
        (false, _) if ends_at <= now => TimePollState::Ended,
        (false, _) => TimePollState::Open,
    }
}

pub(crate) fn write_choices(choices: &[TimeChoice]) -> String {
    let letter = |choice: &TimeChoice| match choice {
        TimeChoice::Yes => 'y',
        TimeChoice::Maybe => 'm',
        TimeChoice::No => 'n',
    };
    choices.iter().map(letter).collect()
}

/// None: somebody else wrote them.
pub(crate) fn read_choices(text: &str) -> Option<Vec<TimeChoice>> {
    let choice = |letter| match letter {
        'y' => Some(TimeChoice::Yes),
        'm' => Some(TimeChoice::Maybe),
        'n' => Some(TimeChoice::No),
        _ => None,
    };
    text.chars().map(choice).collect()
}

/// This person asks this question or is asked it, and may see where it belongs.
pub(crate) struct PollAccess {
    pub poll: Poll,
    pub person: PersonId,
    pub can_change: bool,
}

/// The proof for one question; absent and hidden look alike.
pub(crate) fn access(tx: &mut dyn Tx, who: &SignedIn, id: TimePollId) -> Result<PollAccess, Error> {
    let poll = store::polls::find(tx, id)?.ok_or(Error::NotFound)?;
    if poll.created_by != who.person && !poll.asked.contains(&who.person) {
        return Err(Error::NotFound);
    }
    let manages = match poll.channel_id {
        Some(channel) => access::channel(tx, who, channel)?.can_manage(),
        None => false,
    };
    Ok(PollAccess {
        can_change: poll.created_by == who.person || manages,
        person: who.person,
        poll,
    })
}

/// Asks, or finds what an earlier try of the same maker has asked.
pub(crate) fn ask(
    tx: &mut dyn Tx,
    who: &SignedIn,
    new: &NewTimePoll,
    now: Timestamp,
) -> Result<TimePollId, Error> {
    if let Some(before) = store::polls::find(tx, new.id)? {
        return if before.created_by == who.person {
            Ok(before.id)
        } else {
            Err(Error::IdTaken)
        };
    }
    check_may_invite(who)?;
    let (title, about) = clean_poll_words(&new.title, &new.about)?;
    let times = clean_times(new, now)?;
    check_end(new.ends_at, &times, now)?;
    if let Some(channel) = new.channel_id {
        let access = access::channel(tx, who, channel)?;
        access.require_member()?;
        access.require_open()?;
    }
    let invited: Vec<Invite> = new.people.iter().map(|id| required(*id)).collect();
    let people = clean_people(who.person, &invited, "/people")?;
    check_people(tx, who, (new.channel_id, None), (&invited, &[]))?;
    words::check(tx, &[title.as_str(), about.as_str()], new.words_ok)?;
    if !new.asks {
        check_free(tx, &people, &times)?;
    }
    if store::polls::count_open(tx, who.person, now)? >= OPEN_OF_ONE_MAX {
        return Err(Error::ManyPolls);
    }
    let poll = Poll {
        id: new.id,
        created_by: who.person,
        title,
        about,
        minutes: i64::from(new.minutes),
        time_zone: new.time_zone.clone(),
        channel_id: new.channel_id,
        shows_names: new.shows_names,
        ends_at: new.ends_at,
        is_closed: false,
        meeting_id: None,
        chosen_at: None,
        times: times.iter().map(|span| span.from).collect(),
        asked: people.iter().skip(1).map(|invite| invite.person_id).collect(),
    };
    // It can be chosen from until the last of its times.
    let over_at = times.iter().map(|span| span.to).fold(new.ends_at, Timestamp::max);
    store::polls::insert(tx, &poll, over_at, now)?;
    tell_poll(
        tx,
        TIME_POLL_ASKED,
        (poll.id, &poll.asked),
        (Some(who.person), now),
    )?;
    Ok(poll.id)
}

const fn required(person_id: PersonId) -> Invite {
    Invite {
        person_id,
        is_required: true,
    }
}

/// The times in their order, each once and still to come.
fn clean_times(new: &NewTimePoll, now: Timestamp) -> Result<Vec<Span>, Error> {
    if !MINUTES.contains(&new.minutes) {
        return Err(field("/minutes", "between 5 minutes and 12 hours"));
    }
    if !TIMES.contains(&new.starts.len()) {
        return Err(field("/starts", "2 to 20 times"));
    }
    let mut times = Vec::with_capacity(new.starts.len());
    let mut seen = HashSet::new();
    for (idx, starts) in new.starts.iter().enumerate() {
        let at = format!("/starts/{idx}");
        let time = MeetingTime {
            starts: *starts,
            minutes: new.minutes,
            time_zone: new.time_zone.clone(),
        };
        let span = time.span("").map_err(|error| match error {
            Error::Field { pointer, detail } if pointer == "/starts" => field(&at, detail),
            other => other,
        })?;
        if span.from <= now {
            return Err(field(at, "choose a time that is still to come"));
        }
        check_ahead(span, now, &at).map_err(|_| field(&at, "within two years from now"))?;
        if !seen.insert(span.from) {
            return Err(field(at, "stands here twice"));
        }
        times.push(span);
    }
    times.sort_by_key(|span| span.from);
    Ok(times)
}

fn check_end(ends_at: Timestamp, times: &[Span], now: Timestamp) -> Result<(), Error> {
    if ends_at <= now || ends_at > now.after(OPEN_MAX) {
        return Err(field("/ends_at", "a moment within 60 days from now"));
    }
    if times.last().is_some_and(|last| ends_at > last.from) {
        return Err(field("/ends_at", "before the last of the times"));
    }
    Ok(())
}

/// No time lies on a day without meetings, or in the time to think of somebody who is asked. The maker agrees by asking.
fn check_free(tx: &mut dyn Tx, people: &[Invite], times: &[Span]) -> Result<(), Error> {
    let asked = people.get(1..).unwrap_or_default();
    let ids: Vec<PersonId> = asked.iter().map(|invite| invite.person_id).collect();
    let known = costs::know(tx, &ids)?;
    for span in times {
        let affected = known.refusals(asked, (MeetingAim::Decide, *span));
        if !affected.is_empty() {
            return Err(Error::Refused(affected, span.from));
        }
    }
    Ok(())
}

/// Somebody here says when they can.
pub(crate) fn answer(
    tx: &mut dyn Tx,
    access: &PollAccess,
    choices: &[TimeChoice],
    now: Timestamp,
) -> Result<(), Error> {
    let answer = Answer {
        id: TimePollAnswerId::random(),
        person: Some(access.person),
        name: String::new(),
        address: String::new(),
        language: String::new(),
        choices: choices.to_vec(),
    };
    put(tx, &access.poll, (&Answerer::Here(access.person), answer), now)
}

/// Writes an answer, new or again, and tells whoever asked.
pub(crate) fn put(
    tx: &mut dyn Tx,
    poll: &Poll,
    (by, answer): (&Answerer<'_>, Answer),
    now: Timestamp,
) -> Result<(), Error> {
    let is_open = state_of((poll.is_closed, poll.meeting_id), poll.ends_at, now) == TimePollState::Open;
    if !is_open || !shown::is_alive(tx, poll)? {
        return Err(Error::PollOver);
    }
    if answer.choices.len() != poll.times.len() {
        return Err(field("/choices", "one for each time"));
    }
    let before = find_answer(tx, poll.id, by)?;
    let answer = Answer {
        id: before.unwrap_or(answer.id),
        ..answer
    };
    let (n_others, n_addresses) = store::polls::count_others(tx, poll.id, answer.id)?;
    if before.is_none() && n_others >= ANSWERS_MAX {
        return Err(Error::PollFull);
    }
    if !answer.address.is_empty() && n_addresses >= ADDRESSES_MAX {
        return Err(field(
            "/address",
            "20 people left an address already; the answer counts without one, too",
        ));
    }
    store::polls::put_answer(tx, (poll.id, by), &answer, now)?;
    told_some(tx, poll, (answer.person, now))
}

/// The one who asks, and the one who answers, on all their screens.
fn told_some(tx: &mut dyn Tx, poll: &Poll, (actor, now): (Option<PersonId>, Timestamp)) -> Result<(), Error> {
    let mut people = vec![poll.created_by];
    people.extend(actor.filter(|person| *person != poll.created_by));
    Ok(tell_poll(
        tx,
        TIME_POLL_CHANGED,
        (poll.id, &people),
        (actor, now),
    )?)
}

/// Takes an answer out again, for whoever asked.
pub(crate) fn remove_answer(
    tx: &mut dyn Tx,
    access: &PollAccess,
    answer: TimePollAnswerId,
    now: Timestamp,
) -> Result<(), Error> {
    require_change(access)?;
    if !store::polls::drop_answer(tx, access.poll.id, answer)? {
        return Err(Error::NotFound);
    }
    told_some(tx, &access.poll, (Some(access.person), now))
}

fn require_change(access: &PollAccess) -> Result<(), Error> {
    if !access.can_change {
        return Err(Error::Forbidden(
            "whoever asked chooses and closes, or who looks after its channel",
        ));
    }
    Ok(())
}

/// Closes it without a time. Doing so again changes nothing.
pub(crate) fn close(tx: &mut dyn Tx, access: &PollAccess, now: Timestamp) -> Result<(), Error> {
    require_change(access)?;
    if access.poll.is_closed {
        return Ok(());
    }
    if !store::polls::close(tx, access.poll.id, None, now)? {
        return Err(Error::PollOver);
    }
    let everybody = access.poll.everybody();
    let told = (access.poll.id, everybody.as_slice());
    Ok(tell_poll(
        tx,
        TIME_POLL_CHANGED,
        told,
        (Some(access.person), now),
    )?)
}

/// Addresses that were left for the invitation: how many letters a choice has written.
pub(crate) fn count_addresses(tx: &mut dyn Tx, who: &SignedIn, id: TimePollId) -> Result<usize, Error> {
    let access = access(tx, who, id)?;
    let answers = store::polls::list_answers(tx, access.poll.id)?;
    Ok(answers.iter().filter(|answer| !answer.address.is_empty()).count())
}

/// What came of it is this meeting: whoever left an address is invited, and it is closed.
pub(crate) fn choose(
    tx: &mut dyn Tx,
    (who, id): (&SignedIn, TimePollId),
    meeting: &Meeting,
    now: Timestamp,
) -> Result<(), Error> {
    let access = access(tx, who, id)?;
    require_change(&access)?;
    let poll = &access.poll;
    let span = span_of(meeting);
    let is_of_it = poll.times.contains(&span.from) && span.length() == poll.length();
    if !is_of_it {
        return Err(field("/time/starts", "one of the times that were asked about"));
    }
    let answers = store::polls::list_answers(tx, id)?;
    // The addresses go with the closing.
    if !store::polls::close(tx, id, Some((meeting.id, span.from)), now)? {
        return Err(Error::PollOver);
    }
    invite(tx, (meeting, &answers), who.person, now)?;
    let everybody = poll.everybody();
    Ok(tell_poll(
        tx,
        TIME_POLL_CHANGED,
        (id, &everybody),
        (Some(who.person), now),
    )?)
}

fn invite(
    tx: &mut dyn Tx,
    (meeting, answers): (&Meeting, &[Answer]),
    by: PersonId,
    now: Timestamp,
) -> Result<Vec<MeetingGuestId>, Error> {
    let occasion = occasion_of(meeting);
    let mut invited = Vec::new();
    for answer in answers.iter().filter(|answer| !answer.address.is_empty()) {
        let new = NewGuest {
            occasion,
            address: &answer.address,
            name: &answer.name,
            language: &answer.language,
            by,
            is_own_wish: true,
        };
        invited.extend(store::guests::put(tx, &new, now)?);
    }
    if store::guests::list(tx, occasion)?.len() > GUESTS_MAX {
        return Err(field(
            "/guests",
            "at most 20 people outside, those included who left an address",
        ));
    }
    Ok(invited)
}

/// Whoever is erased is asked nothing and has said nothing; what they asked goes, and who was asked is told.
pub(crate) fn forget_person(tx: &mut dyn Tx, person: PersonId, now: Timestamp) -> db::Result<()> {
    store::polls::forget_person(tx, person)?;
    for id in store::polls::list_made(tx, person)? {
        let Some(poll) = store::polls::find(tx, id)? else {
            continue;
        };
        store::polls::drop_all(tx, &[id])?;
        tell_poll(tx, TIME_POLL_CHANGED, (id, &poll.asked), (None, now))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_written_as_letters_and_read_again() {
        let all = [TimeChoice::Yes, TimeChoice::Maybe, TimeChoice::No];
        assert_eq!(write_choices(&all), "ymn");
        assert_eq!(read_choices("ymn").as_deref(), Some(all.as_slice()));
        assert_eq!(read_choices("yx"), None);
    }

    #[test]
    fn it_is_open_until_its_end_and_what_came_of_it_stays() {
        let meeting = MeetingId::random();
        let (end, later) = (Timestamp(10), Timestamp(11));
        for (closed, now, state) in [
            ((false, None), Timestamp(9), TimePollState::Open),
            ((false, None), end, TimePollState::Ended),
            ((true, None), later, TimePollState::Closed),
            ((true, Some(meeting)), later, TimePollState::Chosen),
        ] {
            assert_eq!(state_of(closed, end, now), state);
        }
    }
}
