//! Handlers of what is urgent; those of rotas lie beside.

pub(crate) mod rotas;

use crate::{
    actions::{consenting, moving, sending},
    model::{Error, Wanted, field},
    reading,
    store::consents::Place,
    wire::{MyUrgents, NewUrgent, UrgentConsents, UrgentMove, UrgentPreview, UrgentView},
};
use accounts::SignedIn;
use axum::extract::State;
use base::{ChannelId, PersonId, SpaceId, UrgentId};
use http::StatusCode;
use messages::CardPost;
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

/// The word by which the app finds what draws the card.
const CARD: &str = "urgent";

/// Whom it would call.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PreviewQuery {
    /// Up to five ids, separated by commas.
    people: Option<String>,
    /// Whoever is on call in the space.
    #[serde(default)]
    on_call: bool,
    /// And after them the chain of the space.
    #[serde(default)]
    chain: bool,
}

pub(crate) async fn create(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Json(new): Json<NewUrgent>,
) -> Result<(StatusCode, Json<UrgentView>), Problem> {
    let post = CardPost::read(
        new.message_id,
        new.topic_id,
        &new.text,
        (CARD, new.id.0),
        new.words_ok,
    )
    .map_err(Error::from)?;
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let row = sending::send(tx, &access, (&new, &post), now)?;
        reading::view(tx, &access, &row)
    };
    Ok((StatusCode::CREATED, Json(app.db.write(channel, write).await?)))
}

pub(crate) async fn preview(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Query(query): Query<PreviewQuery>,
) -> Result<Json<UrgentPreview>, Problem> {
    let ids = query.people.as_deref().unwrap_or_default().split(',');
    let people: Result<Vec<PersonId>, _> = ids.filter(|id| !id.is_empty()).map(str::parse).collect();
    let wanted = Wanted {
        people: people.map_err(|_| field("/people", "ids are UUIDs, separated by commas"))?,
        on_call: query.on_call,
        chain: query.chain,
    };
    let now = app.clock.now();
    let read = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let nobody_yet = wanted.people.is_empty() && !wanted.on_call;
        let wanted = match nobody_yet {
            true => wanted.clone(),
            false => wanted.clone().clean(who.person, "")?,
        };
        sending::preview(tx, &access, &wanted, now)
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn get(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, urgent)): Path<(ChannelId, UrgentId)>,
) -> Result<Json<UrgentView>, Problem> {
    let read = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let row = reading::get(tx, &access, urgent)?;
        reading::view(tx, &access, &row)
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn make_move(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, urgent)): Path<(ChannelId, UrgentId)>,
    Json(made): Json<UrgentMove>,
) -> Result<Json<UrgentView>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        moving::make(tx, &access, (urgent, made.kind), now)?;
        let row = reading::get(tx, &access, urgent)?;
        reading::view(tx, &access, &row)
    };
    Ok(Json(app.db.write(channel, write).await?))
}

pub(crate) async fn list_mine(State(app): State<App>, who: SignedIn) -> Result<Json<MyUrgents>, Problem> {
    let now = app.clock.now();
    let read = move |tx: &mut dyn Tx| reading::list_mine(tx, &who, now);
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn list_consents(
    State(app): State<App>,
    who: SignedIn,
) -> Result<Json<UrgentConsents>, Problem> {
    let read = move |tx: &mut dyn Tx| consenting::list(tx, who.person);
    Ok(Json(app.db.read(read).await?))
}

/// Which change of consent, where.
#[derive(Debug, Clone, Copy)]
enum Consent {
    Agree,
    TakeBack,
}

async fn change_consent(
    app: &App,
    who: SignedIn,
    (place, change): (Place, Consent),
) -> Result<Json<UrgentConsents>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        match place {
            Place::Space(space) => drop(access::space(tx, &who, space)?),
            Place::Channel(channel) => drop(access::channel(tx, &who, channel)?),
        }
        match change {
            Consent::Agree => consenting::agree(tx, who.person, place, now)?,
            Consent::TakeBack => consenting::take_back(tx, who.person, place, now)?,
        }
        consenting::list(tx, who.person)
    };
    Ok(Json(app.db.write(who.person, write).await?))
}

pub(crate) async fn agree_in_space(
    State(app): State<App>,
    who: SignedIn,
    Path(space): Path<SpaceId>,
) -> Result<Json<UrgentConsents>, Problem> {
    change_consent(&app, who, (Place::Space(space), Consent::Agree)).await
}

pub(crate) async fn take_back_in_space(
    State(app): State<App>,
    who: SignedIn,
    Path(space): Path<SpaceId>,
) -> Result<Json<UrgentConsents>, Problem> {
    change_consent(&app, who, (Place::Space(space), Consent::TakeBack)).await
}

pub(crate) async fn agree_in_channel(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
) -> Result<Json<UrgentConsents>, Problem> {
    change_consent(&app, who, (Place::Channel(channel), Consent::Agree)).await
}

pub(crate) async fn take_back_in_channel(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
) -> Result<Json<UrgentConsents>, Problem> {
    change_consent(&app, who, (Place::Channel(channel), Consent::TakeBack)).await
}
