//! What of a question when people can is shown to whom: people here. What their hours say, `timing` knows.

use super::{Answer, Poll, PollAccess, outside, state_of};
use crate::{
    costs::{Known, know},
    model::{Error, group_key},
    poll_wire::{
        TimeChoice, TimePoll, TimePollAnswer, TimePollList, TimePollRow, TimePollTime, TimePollView,
    },
    store::{self, Paid},
    wire::{Invite, MeetingAim, MeetingCost},
};
use accounts::{Person, SignedIn};
use base::{MeetingId, PersonId, Timestamp};
use platform::{
    app::App,
    db::{self, Tx},
};
use spaces::access;
use std::{collections::HashMap, time::Duration};
use timing::{
    slots::{Offered, Participant, fairest, ledger},
    span::Span,
};

/// Questions that are listed.
const LISTED: i64 = 100;
/// What was paid before this weighs a thousandth: ten half-lives.
const REMEMBERED: Duration = Duration::from_secs(80 * 7 * 24 * 3_600);

/// Whether whoever asks is here and may see its place: else it is answered no more.
pub(crate) fn is_alive(tx: &mut dyn Tx, poll: &Poll) -> db::Result<bool> {
    Ok(present(tx, poll)?
        .iter()
        .any(|person| person.id == poll.created_by))
}

/// Everybody whom it concerns who is here and may see its place now. Nobody, where its maker may not.
pub(crate) fn present(tx: &mut dyn Tx, poll: &Poll) -> db::Result<Vec<Person>> {
    let ids = poll.everybody();
    let there = match poll.channel_id {
        None => None,
        Some(channel) => match access::channel_of(tx, poll.created_by, channel) {
            Ok(access) => Some(readers(tx, &access, &ids)?),
            Err(spaces::Error::Db(error)) => return Err(error),
            Err(_) => Some(Vec::new()),
        },
    };
    let mut people = accounts::people(tx, &ids)?;
    people.retain(|person| {
        !person.deactivated && there.as_ref().is_none_or(|there| there.contains(&person.id))
    });
    if !people.iter().any(|person| person.id == poll.created_by) {
        people.clear();
    }
    Ok(people)
}

fn readers(tx: &mut dyn Tx, access: &access::ChannelAccess, ids: &[PersonId]) -> db::Result<Vec<PersonId>> {
    match spaces::readers_among(tx, access, ids) {
        Ok(there) => Ok(there),
        Err(spaces::Error::Db(error)) => Err(error),
        Err(_) => Ok(Vec::new()),
    }
}

/// The answers that count: of people here only who is here still.
pub(crate) fn counted(tx: &mut dyn Tx, poll: &Poll, present: &[Person]) -> db::Result<Vec<Answer>> {
    let mut answers = store::polls::list_answers(tx, poll.id)?;
    answers.retain_mut(|answer| match answer.person {
        None => true,
        Some(id) => match present.iter().find(|person| person.id == id) {
            None => false,
            Some(person) => {
                answer.name.clone_from(&person.name);
                true
            }
        },
    });
    Ok(answers)
}

pub(crate) fn count(answers: &[Answer], idx: usize, what: TimeChoice) -> i64 {
    let said = answers
        .iter()
        .filter(|answer| answer.choices.get(idx) == Some(&what));
    i64::try_from(said.count()).unwrap_or(i64::MAX)
}

/// A question as this person sees it.
pub(crate) fn view(
    app: &App,
    tx: &mut dyn Tx,
    access: &PollAccess,
    now: Timestamp,
) -> Result<TimePollView, Error> {
    let poll = &access.poll;
    let present = present(tx, poll)?;
    let answers = counted(tx, poll, &present)?;
    let ids: Vec<PersonId> = poll
        .everybody()
        .into_iter()
        .filter(|id| present.iter().any(|person| person.id == *id))
        .collect();
    let known = know(tx, &ids)?;
    let order = fair_order(tx, (poll, &ids, &known), &answers, now)?;
    let seen: &[PersonId] = if access.can_change {
        &ids
    } else {
        std::slice::from_ref(&access.person)
    };
    let times = poll.times.iter().enumerate().map(|(idx, from)| {
        let span = poll.span(*from);
        let rank = order.iter().position(|one| *one == idx);
        TimePollTime {
            starts_at: span.from,
            ends_at: span.to,
            n_yes: count(&answers, idx, TimeChoice::Yes),
            n_maybe: count(&answers, idx, TimeChoice::Maybe),
            n_no: count(&answers, idx, TimeChoice::No),
            rank: rank.and_then(|rank| i64::try_from(rank + 1).ok()),
            costs: costs_of(&known, seen, span),
        }
    });
    let own = answers.iter().find(|answer| answer.person == Some(access.person));
    let own = own.map(|answer| answer.choices.clone()).unwrap_or_default();
    let link = access.can_change.then(|| outside::url_of(app, poll.id)).flatten();
    Ok(TimePollView {
        times: times.collect(),
        n_answers: i64::try_from(answers.len()).unwrap_or(i64::MAX),
        answers: shown_answers(access, answers),
        own,
        people: present,
        can_change: access.can_change,
        link,
        poll: wire(poll, now),
    })
}

fn wire(poll: &Poll, now: Timestamp) -> TimePoll {
    TimePoll {
        id: poll.id,
        title: poll.title.clone(),
        about: poll.about.clone(),
        minutes: poll.minutes,
        time_zone: poll.time_zone.clone(),
        channel_id: poll.channel_id,
        created_by: poll.created_by,
        ends_at: poll.ends_at,
        shows_names: poll.shows_names,
        state: state_of((poll.is_closed, poll.meeting_id), poll.ends_at, now),
        meeting_id: poll.meeting_id,
        chosen_at: poll.chosen_at,
        asked: poll.asked.clone(),
    }
}

fn shown_answers(access: &PollAccess, answers: Vec<Answer>) -> Vec<TimePollAnswer> {
    if !access.can_change && !access.poll.shows_names {
        return Vec::new();
    }
    let shown = |answer: Answer| TimePollAnswer {
        id: answer.id,
        person_id: answer.person,
        name: answer.name,
        has_address: access.can_change && !answer.address.is_empty(),
        choices: answer.choices,
    };
    answers.into_iter().map(shown).collect()
}

fn costs_of(known: &Known, people: &[PersonId], span: Span) -> Vec<MeetingCost> {
    let invites: Vec<Invite> = people.iter().map(|id| super::required(*id)).collect();
    let refusals: HashMap<_, _> = known
        .refusals(&invites, (MeetingAim::Decide, span))
        .into_iter()
        .collect();
    let cost = |id: &PersonId| known.cost(*id, span, refusals.get(id).copied());
    people.iter().filter_map(cost).collect()
}

/// The positions of the times that are still to come, the fairest first.
fn fair_order(
    tx: &mut dyn Tx,
    (poll, ids, known): (&Poll, &[PersonId], &Known),
    answers: &[Answer],
    now: Timestamp,
) -> Result<Vec<usize>, Error> {
    let ahead: Vec<usize> = (0..poll.times.len())
        .filter(|idx| poll.times[*idx] > now)
        .collect();
    let invites: Vec<Invite> = ids.iter().map(|id| super::required(*id)).collect();
    let paid = store::list_paid(tx, &group_key(&invites), (now.before(REMEMBERED), now))?;
    let owls = store::list_owls(tx, ids)?;
    let window = Span {
        from: now,
        to: poll.times.last().map_or(now, |last| poll.span(*last).to),
    };
    let taken = store::list_busy(tx, ids, window, MeetingId(uuid::Uuid::nil()))?;
    let participants: Vec<Participant> = ids
        .iter()
        .filter_map(|id| {
            let payments = paid.iter().filter(|paid| paid.person == *id);
            Some(Participant {
                hours: known.hours.get(id)?,
                is_required: true,
                accepts_nights: owls.contains(id),
                ledger: ledger(payments.map(Paid::weight), now),
                busy: taken.get(id).cloned().unwrap_or_default(),
            })
        })
        .collect();
    let offered: Vec<Offered> = ahead
        .iter()
        .map(|idx| Offered {
            span: poll.span(poll.times[*idx]),
            n_no: usize::try_from(count(answers, *idx, TimeChoice::No)).unwrap_or_default(),
            n_maybe: usize::try_from(count(answers, *idx, TimeChoice::Maybe)).unwrap_or_default(),
        })
        .collect();
    let order = fairest(&participants, &offered);
    Ok(order.into_iter().map(|position| ahead[position]).collect())
}

/// What somebody asks and is asked, where they may see it.
pub(crate) fn list(tx: &mut dyn Tx, who: &SignedIn, now: Timestamp) -> Result<TimePollList, Error> {
    let mut found = store::polls::list_of(tx, who.person, LISTED)?;
    if found.iter().any(|poll| poll.channel_id.is_some()) {
        let readable: Vec<_> = access::readable_channels(tx, who)?.ids().collect();
        found.retain(|poll| poll.channel_id.is_none_or(|channel| readable.contains(&channel)));
    }
    let makers: Vec<PersonId> = found.iter().map(|poll| poll.created_by).collect();
    let people = spaces::people_named(tx, &makers)?;
    let row = |poll: store::polls::Listed| TimePollRow {
        state: state_of((poll.is_closed, poll.meeting_id), poll.ends_at, now),
        id: poll.id,
        title: poll.title,
        created_by: poll.created_by,
        ends_at: poll.ends_at,
        n_answers: poll.n_answers,
        has_answered: poll.has_answered,
    };
    Ok(TimePollList {
        items: found.into_iter().map(row).collect(),
        people,
    })
}
