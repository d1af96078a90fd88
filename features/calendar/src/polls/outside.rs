//! A question when people can, for people outside: behind a link that only we can make, answered from a browser that keeps a
//! key of its own, of which we keep the hash.

use super::{Answer, Poll, put, shown, state_of};
use crate::{
    model::{Error, clean_guests, clean_outside_name, field},
    poll_wire::{
        AnswerTimePollOutside, ChoicesOutside, ChosenOutside, OwnOutside, TimeChoice, TimeOutside,
        TimePollOutside, TimePollState,
    },
    store::{
        self,
        polls::{Answerer, find_answer},
    },
    wire::InviteGuest,
};
use base::{TimePollAnswerId, TimePollId, Timestamp};
use platform::{app::App, db::Tx, mail};

/// What the seal is about: a link of another kind opens nothing here.
const ABOUT: &[u8] = b"calendar.time_poll";
/// 32 bytes as base64url (RFC 4648, section 5).
const KEY_CHARS: usize = 43;
/// Characters of a language tag (BCP 47).
const LANGUAGE_MAX_CHARS: usize = 35;

/// The address that is given on; None when the key file cannot be used.
pub(crate) fn url_of(app: &App, id: TimePollId) -> Option<String> {
    match app.seal.link(id.0, ABOUT) {
        Ok(link) => Some(format!("{}/when/{link}", app.config.public_url)),
        Err(error) => {
            tracing::error!(error = %error, "no link to a question when people can could be made");
            None
        }
    }
}

/// Whose link it is; absent when we have not made it.
pub(crate) fn id_of(app: &App, link: &str) -> Result<TimePollId, Error> {
    app.seal
        .find_link(link, ABOUT)
        .map(TimePollId)
        .ok_or(Error::NotFound)
}

/// The hash of a key that a browser made, another for each question: by what we keep nobody is known again.
pub(crate) fn key_hash(id: TimePollId, key: &str) -> Result<accounts::TokenHash, Error> {
    let is_ours = |char: char| char.is_ascii_alphanumeric() || char == '-' || char == '_';
    if key.len() != KEY_CHARS || !key.chars().all(is_ours) {
        return Err(Error::NotFound);
    }
    Ok(accounts::token_hash(&format!("{id}.{key}")))
}

/// What somebody outside sees, with what was said by this key.
pub(crate) fn look(
    app: &App,
    tx: &mut dyn Tx,
    (id, key): (TimePollId, Option<&[u8]>),
    now: Timestamp,
) -> Result<TimePollOutside, Error> {
    let poll = store::polls::find(tx, id)?.ok_or(Error::NotFound)?;
    let organiser = accounts::find_person(tx, poll.created_by)?.ok_or(Error::NotFound)?;
    let workspace = accounts::find_workspace(tx)?.ok_or(Error::NotFound)?;
    let present = shown::present(tx, &poll)?;
    let answers = shown::counted(tx, &poll, &present)?;
    let own_id = match key {
        Some(key) => find_answer(tx, id, &Answerer::Outside(key))?,
        None => None,
    };
    let state = match state_of((poll.is_closed, poll.meeting_id), poll.ends_at, now) {
        // Whoever asks is not there any more.
        TimePollState::Open | TimePollState::Ended if present.is_empty() => TimePollState::Closed,
        state => state,
    };
    let times = poll.times.iter().enumerate().map(|(idx, from)| {
        let span = poll.span(*from);
        TimeOutside {
            starts_at: span.from,
            ends_at: span.to,
            n_yes: shown::count(&answers, idx, TimeChoice::Yes),
            n_maybe: shown::count(&answers, idx, TimeChoice::Maybe),
        }
    });
    let times = times.collect();
    let own = answers.iter().find(|answer| Some(answer.id) == own_id).cloned();
    let others = answers
        .into_iter()
        .filter(|answer| poll.shows_names && Some(answer.id) != own_id);
    Ok(TimePollOutside {
        title: poll.title.clone(),
        about: poll.about.clone(),
        organiser: organiser.name,
        workspace: workspace.name,
        ends_at: poll.ends_at,
        state,
        chosen: chosen(tx, &poll)?,
        shows_names: poll.shows_names,
        takes_address: mail::is_configured(app),
        times,
        others: others
            .map(|answer| ChoicesOutside {
                name: answer.name,
                choices: answer.choices,
            })
            .collect(),
        own: own.map(|answer| OwnOutside {
            name: answer.name,
            address: answer.address,
            choices: answer.choices,
        }),
    })
}

/// The meeting as it is now; once that is gone, what was chosen.
fn chosen(tx: &mut dyn Tx, poll: &Poll) -> Result<Option<ChosenOutside>, Error> {
    let Some(at) = poll.chosen_at else { return Ok(None) };
    let meeting = match poll.meeting_id {
        Some(id) => store::find(tx, id)?,
        None => None,
    };
    Ok(Some(match meeting {
        Some(meeting) => ChosenOutside {
            starts_at: meeting.starts_at,
            ends_at: meeting.ends_at,
            is_canceled: meeting.is_canceled,
        },
        None => ChosenOutside {
            starts_at: at,
            ends_at: poll.span(at).to,
            is_canceled: false,
        },
    }))
}

/// What somebody outside says, as it is kept.
pub(crate) fn clean(app: &App, said: AnswerTimePollOutside) -> Result<Answer, Error> {
    let name = clean_outside_name(&said.name)?;
    let address = match said.address.trim() {
        "" => String::new(),
        _ if !mail::is_configured(app) => return Err(Error::NoMail),
        address => {
            let one = InviteGuest {
                address: address.to_owned(),
                name: String::new(),
            };
            let clean = clean_guests(&[one], "").map_err(|_| field("/address", "is no mail address"))?;
            clean.into_iter().map(|one| one.address).collect()
        }
    };
    let is_tag = said.language.len() <= LANGUAGE_MAX_CHARS
        && said
            .language
            .chars()
            .all(|char| char.is_ascii_alphanumeric() || char == '-');
    if !is_tag {
        return Err(field("/language", "is no language tag, such as en or pt-BR"));
    }
    Ok(Answer {
        id: TimePollAnswerId::random(),
        person: None,
        name,
        address,
        language: said.language,
        choices: said.choices,
    })
}

/// Somebody outside says when they can, or says so otherwise.
pub(crate) fn answer(
    tx: &mut dyn Tx,
    (id, key): (TimePollId, &[u8]),
    answer: Answer,
    now: Timestamp,
) -> Result<(), Error> {
    let poll = store::polls::find(tx, id)?.ok_or(Error::NotFound)?;
    put(tx, &poll, (&Answerer::Outside(key), answer), now)
}

/// Somebody outside takes back what they said, with their name and their address, also when nothing is open any more.
pub(crate) fn take_back(
    tx: &mut dyn Tx,
    (id, key): (TimePollId, &[u8]),
    now: Timestamp,
) -> Result<(), Error> {
    let poll = store::polls::find(tx, id)?.ok_or(Error::NotFound)?;
    if let Some(answer) = find_answer(tx, id, &Answerer::Outside(key))? {
        store::polls::drop_answer(tx, id, answer)?;
        super::told_some(tx, &poll, (None, now))?;
    }
    Ok(())
}
