//! Handlers of charters.

use crate::{
    actions::{self, Place},
    model::Error,
    store,
    wire::{ChangeCharter, CharterPage, CharterView},
};
use accounts::{Administrator, SignedIn};
use axum::extract::State;
use base::{ChannelId, ScopeId, SpaceId, TopicId};
use platform::{
    app::App,
    db::Tx,
    http::{
        extract::{Json, Path},
        problem::Problem,
    },
};
use spaces::access;

type Answer = Result<Json<CharterView>, Problem>;

async fn show(
    app: &App,
    find: impl Fn(&mut dyn Tx) -> Result<Place, Error> + Send + Sync + 'static,
) -> Answer {
    let read = move |tx: &mut dyn Tx| {
        let place = find(tx)?;
        actions::view(tx, &place)
    };
    Ok(Json(app.db.read(read).await?))
}

async fn save(
    app: &App,
    lane: impl Into<ScopeId>,
    new: ChangeCharter,
    find: impl Fn(&mut dyn Tx) -> Result<Place, Error> + Send + Sync + 'static,
) -> Answer {
    let charter = new.charter.clean()?;
    let new = ChangeCharter { charter, ..new };
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let place = find(tx)?;
        actions::change(tx, &place, &new, now)
    };
    Ok(Json(app.db.write(lane.into(), write).await?))
}

pub(crate) async fn get_workspace(State(app): State<App>, who: SignedIn) -> Answer {
    let reader = (who.person, who.role.is_admin());
    show(&app, move |tx: &mut dyn Tx| actions::workspace(tx, reader)).await
}

pub(crate) async fn put_workspace(
    State(app): State<App>,
    who: Administrator,
    Json(new): Json<ChangeCharter>,
) -> Answer {
    let reader = (who.0.person, true);
    save(&app, who.0.person, new, move |tx: &mut dyn Tx| {
        actions::workspace(tx, reader)
    })
    .await
}

fn find_space(who: SignedIn, id: SpaceId) -> impl Fn(&mut dyn Tx) -> Result<Place, Error> {
    move |tx: &mut dyn Tx| {
        let access = access::space(tx, &who, id)?;
        actions::space(tx, &access)
    }
}

pub(crate) async fn get_space(State(app): State<App>, who: SignedIn, Path(id): Path<SpaceId>) -> Answer {
    show(&app, find_space(who, id)).await
}

pub(crate) async fn put_space(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<SpaceId>,
    Json(new): Json<ChangeCharter>,
) -> Answer {
    save(&app, id, new, find_space(who, id)).await
}

fn find_channel(who: SignedIn, id: ChannelId) -> impl Fn(&mut dyn Tx) -> Result<Place, Error> {
    move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, id)?;
        actions::channel(tx, &access)
    }
}

pub(crate) async fn get_channel(State(app): State<App>, who: SignedIn, Path(id): Path<ChannelId>) -> Answer {
    show(&app, find_channel(who, id)).await
}

pub(crate) async fn put_channel(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<ChannelId>,
    Json(new): Json<ChangeCharter>,
) -> Answer {
    save(&app, id, new, find_channel(who, id)).await
}

fn find_topic(
    who: SignedIn,
    (channel, topic): (ChannelId, TopicId),
) -> impl Fn(&mut dyn Tx) -> Result<Place, Error> {
    move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        actions::topic(tx, &access, topic)
    }
}

pub(crate) async fn get_topic(
    State(app): State<App>,
    who: SignedIn,
    Path(ids): Path<(ChannelId, TopicId)>,
) -> Answer {
    show(&app, find_topic(who, ids)).await
}

pub(crate) async fn put_topic(
    State(app): State<App>,
    who: SignedIn,
    Path(ids): Path<(ChannelId, TopicId)>,
    Json(new): Json<ChangeCharter>,
) -> Answer {
    save(&app, ids.0, new, find_topic(who, ids)).await
}

pub(crate) async fn list(State(app): State<App>, who: SignedIn) -> Result<Json<CharterPage>, Problem> {
    let read = move |tx: &mut dyn Tx| {
        let place = actions::workspace(tx, (who.person, who.role.is_admin()))?;
        let workspace = actions::view(tx, &place)?;
        let places = store::list_places(tx, who.person)?;
        Ok::<_, Error>(CharterPage { workspace, places })
    };
    Ok(Json(app.db.read(read).await?))
}
