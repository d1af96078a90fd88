//! A conversation as [`timing`] looks at it, and what it says of it.

use crate::{
    model::{self, Error, PEOPLE_MAX, SHARED_MAX, TALK},
    store::{self, Said},
    wire::{
        Advice, AdviceNature, AdvicePurpose, AdviceUrgency, HintKind, HintShown, HintWhy, TalkEstimate,
        TalkTiming, TimingHint,
    },
};
use asks::OpenIn;
use base::{PersonId, Timestamp, TopicId};
use platform::db::Tx;
use spaces::{ChannelAccess, ChannelKind};
use std::{collections::HashMap, time::Duration};
use timing::{
    advice::Mode,
    due::due,
    estimate::{USUAL_REPLIES, estimate, working_days},
    hints::{OpenAsks, Turn, may_show, ping_pong, rapid_fire},
    hours::Hours,
    span::{common, merged},
};

/// Beyond this nobody's next day of work is looked for.
const NEXT_DAY_WITHIN: Duration = Duration::from_secs(14 * 24 * 3_600);

/// What is asked of the decision aid.
pub(crate) struct Question {
    pub topic: Option<TopicId>,
    pub answers: (AdvicePurpose, AdviceUrgency, AdviceNature),
}

/// A conversation and who is in it.
struct Talk {
    topic: Option<TopicId>,
    turns: Vec<Said>,
    open: OpenIn,
    /// In the order in which they answer, whoever looks last.
    people: Vec<PersonId>,
}

fn talk(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    topic: Option<TopicId>,
    now: Timestamp,
) -> Result<Talk, Error> {
    let topic = match topic {
        // One that went into another is the other.
        Some(id) => Some(messages::get_topic(tx, access, id)?.id),
        None => None,
    };
    let turns = store::list_turns(tx, (access.id(), topic), access.reads_after())?;
    let open = asks::open_in(tx, access, topic, now)?;
    let me = access.person();
    let mut people = open.people.clone();
    let members = match access.kind() {
        ChannelKind::Direct => store::list_members(tx, access.id(), PEOPLE_MAX + 1)?,
        _ => Vec::new(),
    };
    if people.is_empty() && !members.is_empty() {
        people = members;
    } else if people.is_empty() && topic.is_some() {
        people = recent_speakers(&turns);
    }
    let others = spaces::readers_among(tx, access, &people)?;
    people.retain(|person| *person != me && others.contains(person));
    people.push(me);
    Ok(Talk {
        topic,
        turns,
        open,
        people,
    })
}

/// Who spoke, the last first.
fn recent_speakers(turns: &[Said]) -> Vec<PersonId> {
    let mut people = Vec::new();
    for said in turns.iter().rev() {
        if !people.contains(&said.by) {
            people.push(said.by);
        }
    }
    people
}

fn list_hours(tx: &mut dyn Tx, people: &[PersonId]) -> Result<HashMap<PersonId, Hours>, Error> {
    let people = accounts::people(tx, people)?;
    let hours = hours::list_hours(tx, &people)?;
    Ok(hours
        .into_iter()
        .map(|(person, (hours, _))| (person, hours))
        .collect())
}

/// What it takes; None for somebody alone, and for a crowd.
fn estimated(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    talk: &Talk,
    now: Timestamp,
) -> Result<Option<TalkEstimate>, Error> {
    if !(2..=PEOPLE_MAX).contains(&talk.people.len()) {
        return Ok(None);
    }
    let hours = list_hours(tx, &talk.people)?;
    let in_order: Vec<&Hours> = talk
        .people
        .iter()
        .filter_map(|person| hours.get(person))
        .collect();
    let pace = charters::expected_in(tx, access, talk.topic)?
        .normal
        .pace
        .reckoned();
    let told = estimate(pace, &in_order, USUAL_REPLIES, TALK, now);
    let mine = hours.get(&access.person());
    let n_days = mine
        .zip(told.by_text)
        .map(|(hours, by)| working_days(hours, now, by));
    let minutes = |length: Duration| i64::try_from(length.as_secs() / 60).unwrap_or(i64::MAX);
    Ok(Some(TalkEstimate {
        by_text: told.by_text,
        working_days: i64::try_from(n_days.unwrap_or(0)).unwrap_or(0),
        live: told.live.map(|span| span.from),
        live_until: told.live.map(|span| span.to),
        talk_minutes: minutes(TALK),
        person_minutes: minutes(told.live_cost),
        people: talk.people.clone(),
    }))
}

/// The hint for whoever has to answer, if there is one and it may be shown.
fn hint(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    talk: &Talk,
    now: Timestamp,
) -> Result<Option<TimingHint>, Error> {
    if !talk.open.is_mine {
        return Ok(None);
    }
    let turns: Vec<Turn<'_>> = talk
        .turns
        .iter()
        .map(|said| Turn {
            by: said.by,
            at: said.at,
            text: &said.text,
        })
        .collect();
    let asks = OpenAsks {
        n_open: talk.open.n_open,
        n_promised_or_overdue: talk.open.n_promised_or_overdue,
    };
    let (kind, why, n_rounds) = if let Some(found) = ping_pong(&turns, asks) {
        (HintKind::PingPong, model::why(found.why), found.n_rounds)
    } else if rapid_fire(&turns, asks, now) {
        (HintKind::RapidFire, HintWhy::Quick, 0)
    } else {
        return Ok(None);
    };
    let me = access.person();
    let hours = list_hours(tx, &[me])?;
    let Some(mine) = hours.get(&me) else {
        return Ok(None);
    };
    let shown = store::get_shown(tx, me, (access.id(), talk.topic))?;
    if !may_show(&shown, mine.zone(), now) {
        return Ok(None);
    }
    let pace = charters::expected_in(tx, access, talk.topic)?
        .normal
        .pace
        .reckoned();
    Ok(Some(TimingHint {
        kind,
        why,
        rounds: i64::try_from(n_rounds).unwrap_or(i64::MAX),
        next_at: talk.open.next_due.or_else(|| due(pace, mine, now)),
    }))
}

pub(crate) fn timing(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    topic: Option<TopicId>,
    now: Timestamp,
) -> Result<TalkTiming, Error> {
    let talk = talk(tx, access, topic, now)?;
    Ok(TalkTiming {
        n_open: i64::try_from(talk.open.n_open).unwrap_or(i64::MAX),
        estimate: estimated(tx, access, &talk, now)?,
        hint: hint(tx, access, &talk, now)?,
    })
}

/// Keeps that a hint stood there, so that it comes once a day and topic.
pub(crate) fn keep_hint(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    shown: HintShown,
    now: Timestamp,
) -> Result<(), Error> {
    let topic = match shown.topic_id {
        Some(id) => Some(messages::get_topic(tx, access, id)?.id),
        None => None,
    };
    let dismissed = shown.dismissed.then_some(now);
    Ok(store::keep_hint(
        tx,
        access.person(),
        (access.id(), topic),
        (now, dismissed),
    )?)
}

/// How long all of them are at work at once on the next day on which the last of them, who asks, works.
fn shared(people: &[&Hours], now: Timestamp) -> Duration {
    let Some(asker) = people.last() else {
        return Duration::ZERO;
    };
    let until = now.after(NEXT_DAY_WITHIN);
    let Some(first) = asker.work_from(now).next().filter(|span| span.from < until) else {
        return Duration::ZERO;
    };
    let day = asker.zone().date(first.from);
    let open = |hours: &&Hours| -> Vec<timing::span::Span> {
        let from = first.from.max(now);
        let spans = hours.work_from(from);
        merged(
            spans
                .take_while(|span| span.from < from.after(Duration::from_secs(24 * 3_600)))
                .collect(),
        )
    };
    let all = people
        .iter()
        .map(open)
        .reduce(|some, others| common(&some, &others));
    let on_day = |span: &timing::span::Span| asker.zone().date(span.from) == day;
    all.unwrap_or_default()
        .iter()
        .filter(|span| on_day(span))
        .map(|span| span.length())
        .sum()
}

pub(crate) fn advise(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    question: &Question,
    now: Timestamp,
) -> Result<Advice, Error> {
    let talk = talk(tx, access, question.topic, now)?;
    let me = access.person();
    let mut people = match question.topic {
        Some(_) => talk.people.clone(),
        None => store::list_members(tx, access.id(), SHARED_MAX)?,
    };
    let is_crowd =
        question.topic.is_none() && access.n_members() > i64::try_from(SHARED_MAX).unwrap_or(i64::MAX);
    if is_crowd {
        people = recent_speakers(&talk.turns);
    }
    people.retain(|person| *person != me);
    people.truncate(SHARED_MAX - 1);
    people.push(me);
    let n_people = match question.topic {
        Some(_) => i64::try_from(people.len()).unwrap_or(i64::MAX),
        None => access.n_members().max(1),
    };
    let hours = list_hours(tx, &people)?;
    let in_order: Vec<&Hours> = people.iter().filter_map(|person| hours.get(person)).collect();
    let shared = shared(&in_order, now);
    let n = u32::try_from(n_people).unwrap_or(u32::MAX);
    let is_meeting_of_two = |mode| mode == Mode::OneToOne && n_people >= 2;
    let exists = |mode| {
        matches!(mode, Mode::Chat | Mode::Topic | Mode::Meeting)
            || (matches!(mode, Mode::Poll | Mode::Urgent) && access.can_post())
            || is_meeting_of_two(mode)
    };
    let (mode, reasons) = model::advise(&model::situation(question.answers, n, shared), exists);
    let talk = Talk { people, ..talk };
    Ok(Advice {
        mode,
        reasons,
        n_people,
        shared_minutes: i64::try_from(shared.as_secs() / 60).unwrap_or(i64::MAX),
        estimate: if is_crowd {
            None
        } else {
            estimated(tx, access, &talk, now)?
        },
    })
}
