//! Handlers of polls.

use crate::{
    actions,
    model::{Error, clean_options},
    store,
    wire::{NewPoll, Poll, PollView, Vote},
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
const CARD: &str = "poll";

fn view(tx: &mut dyn Tx, access: &ChannelAccess, poll: Poll) -> Result<PollView, Error> {
    let mine = store::list_mine(tx, poll.id, access.person())?;
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
    Ok(PollView { poll, mine, people })
}

pub(crate) async fn create(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Json(new): Json<NewPoll>,
) -> Result<(StatusCode, Json<PollView>), Problem> {
    let options = clean_options(&new.options)?;
    let new = NewPoll { options, ..new };
    let post = CardPost::read(
        new.message_id,
        new.topic_id,
        &new.question,
        (CARD, new.id.0),
        new.words_ok,
    )
    .map_err(Error::from)?;
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
        let poll = actions::vote(tx, &access, (poll, &vote.options), now)?;
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
