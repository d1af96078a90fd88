//! Handlers of questions.

use crate::{
    actions,
    model::Error,
    store,
    wire::{
        ChangeQuestion, MergeQuestion, NewQuestion, NewQuestions, Questions, QuestionsList, QuestionsView,
        VoteForQuestion,
    },
};
use accounts::SignedIn;
use axum::extract::State;
use base::{ChannelId, PersonId, QuestionId, QuestionsId};
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
const CARD: &str = "questions";

fn view(tx: &mut dyn Tx, access: &ChannelAccess, questions: Questions) -> Result<QuestionsView, Error> {
    let items = actions::list(tx, access, &questions)?;
    let authors = items.iter().filter_map(|question| question.author_id);
    let named: BTreeSet<PersonId> = authors.chain([questions.created_by]).collect();
    let people = spaces::people_named(tx, &named.into_iter().collect::<Vec<_>>())?;
    Ok(QuestionsView {
        may_moderate: actions::may_moderate(access, &questions),
        questions,
        items,
        people,
    })
}

pub(crate) async fn begin(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Json(new): Json<NewQuestions>,
) -> Result<(StatusCode, Json<QuestionsView>), Problem> {
    let card = (CARD, new.id.0);
    let post =
        CardPost::read(new.message_id, new.topic_id, &new.about, card, new.words_ok).map_err(Error::from)?;
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let board = actions::begin(tx, &access, (&new, &post), now)?;
        view(tx, &access, board)
    };
    Ok((StatusCode::CREATED, Json(app.db.write(channel, write).await?)))
}

pub(crate) async fn list(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
) -> Result<Json<QuestionsList>, Problem> {
    let read = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let items = store::list_open(tx, channel, access.reads_after())?;
        Ok::<_, Error>(QuestionsList { items })
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn get(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, id)): Path<(ChannelId, QuestionsId)>,
) -> Result<Json<QuestionsView>, Problem> {
    let read = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let board = actions::get(tx, &access, id)?;
        view(tx, &access, board)
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn ask(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, id)): Path<(ChannelId, QuestionsId)>,
    Json(new): Json<NewQuestion>,
) -> Result<(StatusCode, Json<QuestionsView>), Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let board = actions::ask(tx, &access, (id, &new), now)?;
        view(tx, &access, board)
    };
    Ok((StatusCode::CREATED, Json(app.db.write(channel, write).await?)))
}

pub(crate) async fn vote(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, id, question)): Path<(ChannelId, QuestionsId, QuestionId)>,
    Json(vote): Json<VoteForQuestion>,
) -> Result<Json<QuestionsView>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let board = actions::vote(tx, &access, (id, question), vote.votes, now)?;
        view(tx, &access, board)
    };
    Ok(Json(app.db.write(channel, write).await?))
}

pub(crate) async fn change(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, id, question)): Path<(ChannelId, QuestionsId, QuestionId)>,
    Json(change): Json<ChangeQuestion>,
) -> Result<Json<QuestionsView>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let board = actions::change(tx, &access, (id, question), &change, now)?;
        view(tx, &access, board)
    };
    Ok(Json(app.db.write(channel, write).await?))
}

pub(crate) async fn merge(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, id, question)): Path<(ChannelId, QuestionsId, QuestionId)>,
    Json(merge): Json<MergeQuestion>,
) -> Result<Json<QuestionsView>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let board = actions::merge(tx, &access, (id, question), merge.into_id, now)?;
        view(tx, &access, board)
    };
    Ok(Json(app.db.write(channel, write).await?))
}

pub(crate) async fn withdraw(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, id, question)): Path<(ChannelId, QuestionsId, QuestionId)>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        actions::withdraw(tx, &access, (id, question), now)
    };
    app.db.write(channel, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn close(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, id)): Path<(ChannelId, QuestionsId)>,
) -> Result<Json<QuestionsView>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let board = actions::close(tx, &access, id, now)?;
        view(tx, &access, board)
    };
    Ok(Json(app.db.write(channel, write).await?))
}
