//! Handlers of rotas.

use crate::{
    actions::rotas,
    model::Error,
    rota,
    wire::{AgreeToRota, HandOverRota, RotaView, SaveRota, SwapRota},
};
use accounts::SignedIn;
use axum::extract::State;
use base::{SpaceId, Timestamp};
use platform::{
    app::App,
    db::Tx,
    http::{
        extract::{Json, Path},
        problem::Problem,
    },
};
use spaces::{SpaceAccess, access};

type Answer = Result<Json<RotaView>, Problem>;

async fn write(
    (app, who): (&App, SignedIn),
    space: SpaceId,
    change: impl Fn(&mut dyn Tx, &SpaceAccess, Timestamp) -> Result<(), Error> + Send + Sync + 'static,
) -> Answer {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::space(tx, &who, space)?;
        change(tx, &access, now)?;
        rota::view(tx, &access, now)
    };
    Ok(Json(app.db.write(space, write).await?))
}

pub(crate) async fn get(State(app): State<App>, who: SignedIn, Path(space): Path<SpaceId>) -> Answer {
    let now = app.clock.now();
    let read = move |tx: &mut dyn Tx| {
        let access = access::space(tx, &who, space)?;
        rota::view(tx, &access, now)
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn save(
    State(app): State<App>,
    who: SignedIn,
    Path(space): Path<SpaceId>,
    Json(new): Json<SaveRota>,
) -> Answer {
    write((&app, who), space, move |tx, access, now| {
        rotas::save(tx, access, &new, now)
    })
    .await
}

pub(crate) async fn agree(
    State(app): State<App>,
    who: SignedIn,
    Path(space): Path<SpaceId>,
    Json(new): Json<AgreeToRota>,
) -> Answer {
    write((&app, who), space, move |tx, access, now| {
        rotas::agree(tx, access, new.agreed, now)
    })
    .await
}

pub(crate) async fn hand_over(
    State(app): State<App>,
    who: SignedIn,
    Path(space): Path<SpaceId>,
    Json(to): Json<HandOverRota>,
) -> Answer {
    write((&app, who), space, move |tx, access, now| {
        rotas::hand_over(tx, access, to, now)
    })
    .await
}

pub(crate) async fn swap(
    State(app): State<App>,
    who: SignedIn,
    Path(space): Path<SpaceId>,
    Json(new): Json<SwapRota>,
) -> Answer {
    write((&app, who), space, move |tx, access, now| {
        rotas::swap(tx, access, new, now)
    })
    .await
}
