//! Handlers of polls.

use crate::{
    actions,
    model::{Error, clean_answers},
    store,
    wire::{ChangePollWord, NewPoll, Poll, PollKind, PollView, Scale, Vote},
};
use accounts::SignedIn;
use axum::extract::State;
use base::{ChannelId, PersonId, PollId};
use http::StatusCode;
use messages::CardPost;
use platform::{
    app::App,
    db::Tx,
    http::{
        extract::{Json, Path},
        problem::Problem,
    },
};
use spaces::{ChannelAccess, access};
use std::collections::BTreeSet;

/// The word by which the app finds what draws the card.
pub(crate) const CARD: &str = "poll";

pub(crate) fn view(tx: &mut dyn Tx, access: &ChannelAccess, poll: Poll) -> Result<PollView, Error> {
    let mine = store::list_mine(tx, poll.id, access.person())?;
    let words = store::list_words_of(tx, poll.id, access.person())?;
    let has_voted = !mine.is_empty() || !words.is_empty();
    let is_told = !poll.hidden || poll.closed || has_voted;
    let removed = match (poll.kind, is_told) {
        _ if !actions::may_look_after(access, &poll) => None,
        (PollKind::Words, true) => Some(store::list_removed(tx, poll.id)?),
        _ => Some(Vec::new()),
    };
    let poll = if is_told { poll } else { untold(poll) };
    let named: BTreeSet<PersonId> = poll
        .options
        .iter()
        .flat_map(|option| option.people.iter().copied())
        .collect();
    let named: Vec<PersonId> = named.into_iter().collect();
    let people = if named.is_empty() {
        Vec::new()
    } else {
        spaces::people_named(tx, &named)?
    };
    Ok(PollView {
        poll,
        is_told,
        mine,
        words,
        removed,
        people,
    })
}

/// As somebody sees it who is to vote before they see how it stands, whoever they are.
fn untold(mut poll: Poll) -> Poll {
    if poll.kind == PollKind::Words {
        poll.options = Vec::new();
    }
    for option in &mut poll.options {
        (option.n, option.people) = (0, Vec::new());
    }
    poll
}

/// A new poll whose answers are clean.
pub(crate) fn cleaned(new: NewPoll) -> Result<NewPoll, Error> {
    let (options, ends) = clean_answers(new.kind, &new.options, new.scale.as_ref())?;
    let scale = new.scale.zip(ends).map(|(scale, ends)| Scale {
        low: ends.low,
        high: ends.high,
        ..scale
    });
    Ok(NewPoll {
        options,
        scale,
        ..new
    })
}

/// The message under which it will stand.
pub(crate) fn post_of(new: &NewPoll) -> Result<CardPost, Error> {
    let card = (CARD, new.id.0);
    let post = CardPost::read(new.message_id, new.topic_id, &new.question, card, new.words_ok);
    Ok(post?)
}

pub(crate) async fn create(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Json(new): Json<NewPoll>,
) -> Result<(StatusCode, Json<PollView>), Problem> {
    let new = cleaned(new)?;
    let post = post_of(&new)?;
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let poll = actions::create(tx, &access, (&new, &post), now)?;
        view(tx, &access, poll)
    };
    Ok((StatusCode::CREATED, Json(app.db.write(channel, write).await?)))
}

pub(crate) async fn get(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, poll)): Path<(ChannelId, PollId)>,
) -> Result<Json<PollView>, Problem> {
    let now = app.clock.now();
    let read = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let poll = actions::get(tx, &access, poll, now)?;
        view(tx, &access, poll)
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn vote(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, poll)): Path<(ChannelId, PollId)>,
    Json(vote): Json<Vote>,
) -> Result<Json<PollView>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let poll = actions::vote(tx, &access, (poll, &vote), now)?;
        view(tx, &access, poll)
    };
    Ok(Json(app.db.write(channel, write).await?))
}

pub(crate) async fn change_word(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, poll)): Path<(ChannelId, PollId)>,
    Json(change): Json<ChangePollWord>,
) -> Result<Json<PollView>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let poll = actions::change_word(tx, &access, (poll, &change), now)?;
        view(tx, &access, poll)
    };
    Ok(Json(app.db.write(channel, write).await?))
}

pub(crate) async fn close(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, poll)): Path<(ChannelId, PollId)>,
) -> Result<Json<PollView>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let poll = actions::close(tx, &access, poll, now)?;
        view(tx, &access, poll)
    };
    Ok(Json(app.db.write(channel, write).await?))
}
