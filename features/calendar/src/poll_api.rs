//! Handlers of questions when people can: those who ask and are asked here, and people outside behind the link.

use crate::{
    model::Error,
    poll_wire::{
        AnswerTimePoll, AnswerTimePollOutside, NewTimePoll, TimePollList, TimePollOutside, TimePollView,
    },
    polls::{self, outside, shown},
};
use accounts::SignedIn;
use axum::extract::State;
use base::{ScopeId, TimePollAnswerId, TimePollId};
use http::StatusCode;
use platform::{
    app::App,
    db::Tx,
    http::{
        ClientAddress,
        extract::{Json, Path},
        problem::Problem,
    },
};

/// All that changes one question goes one way.
pub(crate) const fn lane(id: TimePollId) -> ScopeId {
    ScopeId(id.0)
}

pub(crate) async fn list(State(app): State<App>, who: SignedIn) -> Result<Json<TimePollList>, Problem> {
    let now = app.clock.now();
    let read = move |tx: &mut dyn Tx| shown::list(tx, &who, now);
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn create(
    State(app): State<App>,
    who: SignedIn,
    Json(new): Json<NewTimePoll>,
) -> Result<(StatusCode, Json<TimePollView>), Problem> {
    let now = app.clock.now();
    let inner = app.clone();
    let write = move |tx: &mut dyn Tx| {
        let id = polls::ask(tx, &who, &new, now)?;
        let access = polls::access(tx, &who, id)?;
        shown::view(&inner, tx, &access, now)
    };
    let made = app.db.write(who.person, write).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

pub(crate) async fn get(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<TimePollId>,
) -> Result<Json<TimePollView>, Problem> {
    let now = app.clock.now();
    let inner = app.clone();
    let read = move |tx: &mut dyn Tx| {
        let access = polls::access(tx, &who, id)?;
        shown::view(&inner, tx, &access, now)
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn answer(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<TimePollId>,
    Json(said): Json<AnswerTimePoll>,
) -> Result<Json<TimePollView>, Problem> {
    let now = app.clock.now();
    let inner = app.clone();
    let write = move |tx: &mut dyn Tx| {
        let access = polls::access(tx, &who, id)?;
        polls::answer(tx, &access, &said.choices, now)?;
        shown::view(&inner, tx, &access, now)
    };
    Ok(Json(app.db.write(lane(id), write).await?))
}

pub(crate) async fn remove_answer(
    State(app): State<App>,
    who: SignedIn,
    Path((id, answer)): Path<(TimePollId, TimePollAnswerId)>,
) -> Result<Json<TimePollView>, Problem> {
    let now = app.clock.now();
    let inner = app.clone();
    let write = move |tx: &mut dyn Tx| {
        let access = polls::access(tx, &who, id)?;
        polls::remove_answer(tx, &access, answer, now)?;
        shown::view(&inner, tx, &access, now)
    };
    Ok(Json(app.db.write(lane(id), write).await?))
}

pub(crate) async fn close(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<TimePollId>,
) -> Result<Json<TimePollView>, Problem> {
    let now = app.clock.now();
    let inner = app.clone();
    let write = move |tx: &mut dyn Tx| {
        let access = polls::access(tx, &who, id)?;
        polls::close(tx, &access, now)?;
        let access = polls::access(tx, &who, id)?;
        shown::view(&inner, tx, &access, now)
    };
    Ok(Json(app.db.write(lane(id), write).await?))
}

pub(crate) async fn look(
    State(app): State<App>,
    client: ClientAddress,
    Path(link): Path<String>,
) -> Result<Json<TimePollOutside>, Problem> {
    accounts::count_link(&app, client).map_err(Error::from)?;
    let id = outside::id_of(&app, &link)?;
    let now = app.clock.now();
    let inner = app.clone();
    let read = move |tx: &mut dyn Tx| outside::look(&inner, tx, (id, None), now);
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn look_own(
    State(app): State<App>,
    client: ClientAddress,
    Path((link, key)): Path<(String, String)>,
) -> Result<Json<TimePollOutside>, Problem> {
    accounts::count_link(&app, client).map_err(Error::from)?;
    let id = outside::id_of(&app, &link)?;
    let key = outside::key_hash(id, &key)?;
    let now = app.clock.now();
    let inner = app.clone();
    let read = move |tx: &mut dyn Tx| outside::look(&inner, tx, (id, Some(&key)), now);
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn answer_outside(
    State(app): State<App>,
    client: ClientAddress,
    Path((link, key)): Path<(String, String)>,
    Json(said): Json<AnswerTimePollOutside>,
) -> Result<Json<TimePollOutside>, Problem> {
    accounts::count_link(&app, client).map_err(Error::from)?;
    let id = outside::id_of(&app, &link)?;
    let key = outside::key_hash(id, &key)?;
    let answer = outside::clean(&app, said)?;
    let now = app.clock.now();
    let inner = app.clone();
    let write = move |tx: &mut dyn Tx| {
        outside::answer(tx, (id, &key), answer.clone(), now)?;
        outside::look(&inner, tx, (id, Some(&key)), now)
    };
    Ok(Json(app.db.write(lane(id), write).await?))
}

pub(crate) async fn take_back(
    State(app): State<App>,
    client: ClientAddress,
    Path((link, key)): Path<(String, String)>,
) -> Result<StatusCode, Problem> {
    accounts::count_link(&app, client).map_err(Error::from)?;
    let id = outside::id_of(&app, &link)?;
    let key = outside::key_hash(id, &key)?;
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| outside::take_back(tx, (id, &key), now);
    app.db.write(lane(id), write).await?;
    Ok::<_, Problem>(StatusCode::NO_CONTENT)
}

/// Letters to those who left an address, for whoever chooses a time.
pub(crate) async fn count_letters(app: &App, who: &SignedIn, id: TimePollId) -> Result<usize, Error> {
    let who = *who;
    app.db
        .read(move |tx: &mut dyn Tx| polls::count_addresses(tx, &who, id))
        .await
}
