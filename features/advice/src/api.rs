//! Handlers of advice.

use crate::{
    reading::{self, Question},
    wire::{Advice, AdviceNature, AdvicePurpose, AdviceUrgency, HintShown, TalkTiming},
};
use accounts::SignedIn;
use axum::extract::State;
use base::{ChannelId, TopicId};
use http::StatusCode;
use platform::{
    app::App,
    db::Tx,
    http::{
        extract::{Json, Path, Query},
        problem::Problem,
    },
};
use schemars::JsonSchema;
use serde::Deserialize;
use spaces::access;

/// Which conversation.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TimingQuery {
    /// Of which topic; of the stream, when it is not said.
    topic_id: Option<TopicId>,
}

/// The three questions.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AdviceQuery {
    topic_id: Option<TopicId>,
    /// What it is for; a decision, when it is not said.
    #[serde(default)]
    purpose: AdvicePurpose,
    /// How soon; today or tomorrow, when it is not said.
    #[serde(default)]
    urgency: AdviceUrgency,
    /// What it is like; simple, when it is not said.
    #[serde(default)]
    nature: AdviceNature,
}

pub(crate) async fn timing(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Query(query): Query<TimingQuery>,
) -> Result<Json<TalkTiming>, Problem> {
    let now = app.clock.now();
    let read = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        reading::timing(tx, &access, query.topic_id, now)
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn keep_hint(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Json(shown): Json<HintShown>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        reading::keep_hint(tx, &access, shown, now)
    };
    app.db.write(who.person, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn advise(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Query(query): Query<AdviceQuery>,
) -> Result<Json<Advice>, Problem> {
    let now = app.clock.now();
    let read = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let question = Question {
            topic: query.topic_id,
            answers: (query.purpose, query.urgency, query.nature),
        };
        reading::advise(tx, &access, &question, now)
    };
    Ok(Json(app.db.read(read).await?))
}
