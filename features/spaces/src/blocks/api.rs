//! Handlers of blocks.

use super::{BLOCKS_MAX, Blocks, store};
use crate::{
    events::{self, By, PlaceEvent},
    model::Error,
    people::visible,
};
use accounts::SignedIn;
use axum::extract::State;
use base::PersonId;
use http::StatusCode;
use platform::{
    app::App,
    db::Tx,
    http::{
        extract::{Json, Path},
        problem::Problem,
    },
};

pub(crate) async fn list(State(app): State<App>, who: SignedIn) -> Result<Json<Blocks>, Problem> {
    let read = move |tx: &mut dyn Tx| {
        let items = store::list_ids(tx, who.person)?;
        let people = accounts::people(tx, &items)?;
        Ok::<_, Error>(Blocks { items, people })
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn block(
    State(app): State<App>,
    who: SignedIn,
    Path(person): Path<PersonId>,
) -> Result<StatusCode, Problem> {
    let by = By {
        actor: who.person,
        now: app.clock.now(),
    };
    let write = move |tx: &mut dyn Tx| {
        if person == who.person {
            return Err(Error::Forbidden("nobody blocks themselves"));
        }
        if visible(tx, &who, &[person])?.is_empty() {
            return Err(Error::NotFound);
        }
        if store::count(tx, who.person)? >= BLOCKS_MAX {
            return Err(Error::Limit("a person blocks at most 1,000 others"));
        }
        let blocked = store::put(tx, who.person, person, by.now)?;
        tell(tx, by, person, (blocked, true))
    };
    app.db.write(who.person, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn unblock(
    State(app): State<App>,
    who: SignedIn,
    Path(person): Path<PersonId>,
) -> Result<StatusCode, Problem> {
    let by = By {
        actor: who.person,
        now: app.clock.now(),
    };
    let write = move |tx: &mut dyn Tx| {
        let unblocked = store::drop(tx, who.person, person)?;
        tell(tx, by, person, (unblocked, false))
    };
    app.db.write(who.person, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// On one's own log only.
fn tell(tx: &mut dyn Tx, by: By, person_id: PersonId, (is_new, blocked): (bool, bool)) -> Result<(), Error> {
    if is_new {
        let event = PlaceEvent::BlockChanged { person_id, blocked };
        events::for_person(tx, by.actor, by, &event)?;
    }
    Ok(())
}
