//! Handlers of levels of telling.

use super::{
    Place, choose, list_own,
    wire::{ChooseLevel, LevelList},
};
use accounts::SignedIn;
use axum::extract::State;
use base::{ChannelId, SpaceId, TopicId};
use http::StatusCode;
use platform::{
    app::App,
    db::Tx,
    http::{
        extract::{Json, Path},
        problem::Problem,
    },
};

type Answer = Result<StatusCode, Problem>;

async fn save(app: &App, who: SignedIn, place: Place, chosen: ChooseLevel) -> Answer {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| choose(tx, &who, place, chosen.level, now);
    app.db.write(who.person, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn list(State(app): State<App>, who: SignedIn) -> Result<Json<LevelList>, Problem> {
    let read = move |tx: &mut dyn Tx| list_own(tx, who.person);
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn everywhere(
    State(app): State<App>,
    who: SignedIn,
    Json(chosen): Json<ChooseLevel>,
) -> Answer {
    save(&app, who, Place::Everywhere, chosen).await
}

pub(crate) async fn in_space(
    State(app): State<App>,
    who: SignedIn,
    Path(space): Path<SpaceId>,
    Json(chosen): Json<ChooseLevel>,
) -> Answer {
    save(&app, who, Place::Space(space), chosen).await
}

pub(crate) async fn in_channel(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Json(chosen): Json<ChooseLevel>,
) -> Answer {
    save(&app, who, Place::Channel(channel), chosen).await
}

pub(crate) async fn in_topic(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, topic)): Path<(ChannelId, TopicId)>,
    Json(chosen): Json<ChooseLevel>,
) -> Answer {
    save(&app, who, Place::Topic(channel, topic), chosen).await
}
