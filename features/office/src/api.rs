//! Handlers of office hours.

use crate::{
    actions,
    model::Error,
    store,
    wire::{CallOffice, LaterOffice, Office, OfficeView, OpenOffice, TakeOfficePlace},
};
use accounts::SignedIn;
use axum::extract::State;
use base::{ChannelId, OfficeId, PersonId, Timestamp};
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

/// The word by which the app finds what draws the card.
const CARD: &str = "office";

fn view(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    office: Office,
    now: Timestamp,
) -> Result<OfficeView, Error> {
    let rows = store::list_places(tx, &office)?;
    let next_at = actions::next_at(&office, &rows, now);
    let places: Vec<_> = rows.into_iter().map(|row| row.place).collect();
    let me = access.person();
    let mine = places.iter().find(|place| place.person_id == me).cloned();
    let queue = (office.host_id == me).then_some(places);
    let waiting = queue.iter().flatten().map(|place| place.person_id);
    let named: Vec<PersonId> = waiting.chain([office.host_id]).collect();
    Ok(OfficeView {
        people: spaces::people_named(tx, &named)?,
        office,
        mine,
        queue,
        next_at,
    })
}

pub(crate) async fn open(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Json(new): Json<OpenOffice>,
) -> Result<(StatusCode, Json<OfficeView>), Problem> {
    let card = (CARD, new.id.0);
    let post = CardPost::read(new.message_id, None, &new.about, card, new.words_ok).map_err(Error::from)?;
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let office = actions::open(tx, &access, (&new, &post), now)?;
        view(tx, &access, office, now)
    };
    Ok((StatusCode::CREATED, Json(app.db.write(channel, write).await?)))
}

pub(crate) async fn get(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, id)): Path<(ChannelId, OfficeId)>,
) -> Result<Json<OfficeView>, Problem> {
    let now = app.clock.now();
    let read = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let office = actions::get(tx, &access, id)?;
        view(tx, &access, office, now)
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn take(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, id)): Path<(ChannelId, OfficeId)>,
    Json(wanted): Json<TakeOfficePlace>,
) -> Result<Json<OfficeView>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let office = actions::take(tx, &access, (id, &wanted), now)?;
        view(tx, &access, office, now)
    };
    Ok(Json(app.db.write(channel, write).await?))
}

pub(crate) async fn leave(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, id, person)): Path<(ChannelId, OfficeId, PersonId)>,
) -> Result<Json<OfficeView>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let office = actions::leave(tx, &access, (id, person), now)?;
        view(tx, &access, office, now)
    };
    Ok(Json(app.db.write(channel, write).await?))
}

pub(crate) async fn call(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, id)): Path<(ChannelId, OfficeId)>,
    Json(wanted): Json<CallOffice>,
) -> Result<Json<OfficeView>, Problem> {
    live::require_media(&app).map_err(Error::from)?;
    let post = live::card_of(wanted.message_id, &wanted.about, wanted.live_id).map_err(Error::from)?;
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let office = actions::call(tx, (&who, &access), (id, &wanted, &post), now)?;
        view(tx, &access, office, now)
    };
    Ok(Json(app.db.write(channel, write).await?))
}

pub(crate) async fn later(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, id)): Path<(ChannelId, OfficeId)>,
    Json(wanted): Json<LaterOffice>,
) -> Result<Json<OfficeView>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let office = actions::later(tx, &access, (id, wanted), now)?;
        view(tx, &access, office, now)
    };
    Ok(Json(app.db.write(channel, write).await?))
}

pub(crate) async fn end(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, id)): Path<(ChannelId, OfficeId)>,
) -> Result<Json<OfficeView>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let office = actions::end(tx, &access, id, now)?;
        view(tx, &access, office, now)
    };
    Ok(Json(app.db.write(channel, write).await?))
}
