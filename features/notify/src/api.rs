//! Handlers of notices.

pub(crate) mod mail;
pub(crate) mod push;

use crate::{
    events,
    model::{Error, NAMED_MAX, PUT_OFF},
    store::{devices, notices},
    wire::{HeldMessages, HeldNotices, ShownNotices},
};
use accounts::SignedIn;
use axum::extract::State;
use base::{ChannelId, Timestamp};
use http::StatusCode;
use platform::{
    app::App,
    db::Tx,
    http::{
        extract::{Json, Path},
        problem::Problem,
    },
};
use spaces::{ChannelKind, access};

/// Messages that are said to be shown at once.
const SHOWN_MAX: usize = 100;

pub(crate) async fn list_held(State(app): State<App>, who: SignedIn) -> Result<Json<HeldNotices>, Problem> {
    let read = move |tx: &mut dyn Tx| {
        let count = notices::count_held(tx, who.person)?;
        let mut items = Vec::new();
        if count.n_held > 0 {
            items = notices::list_held(tx, who.person, Timestamp(i64::MAX))?;
        }
        Ok::<_, Error>(HeldNotices {
            n_held: count.n_held,
            n_asks: count.n_asks,
            first_due: count.first_due,
            next_at: count.next_at,
            items: items.into_iter().take(NAMED_MAX).map(|row| row.notice).collect(),
            session_id: who.session,
            device_in_use: devices::find_in_use(tx, who.person)?,
        })
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn shown(
    State(app): State<App>,
    who: SignedIn,
    Json(shown): Json<ShownNotices>,
) -> Result<StatusCode, Problem> {
    check_number(&shown)?;
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| notices::shown(tx, who.person, &shown.message_ids, now);
    app.db.write(who.person, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn put_off(
    State(app): State<App>,
    who: SignedIn,
    Json(told): Json<ShownNotices>,
) -> Result<StatusCode, Problem> {
    check_number(&told)?;
    let until = app.clock.now().after(PUT_OFF);
    let write = move |tx: &mut dyn Tx| notices::put_off(tx, who.person, &told.message_ids, until);
    app.db.write(who.person, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn check_number(some: &ShownNotices) -> Result<(), Error> {
    if some.message_ids.len() > SHOWN_MAX {
        return Err(Error::Field {
            pointer: "/message_ids",
            detail: "at most 100 messages at once",
        });
    }
    Ok(())
}

pub(crate) async fn use_device(State(app): State<App>, who: SignedIn) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let before = devices::find_in_use(tx, who.person)?;
        devices::use_device(tx, who.person, who.session, now)?;
        if before != Some(who.session) {
            events::device_used(tx, who.person, who.session, now)?;
        }
        Ok::<_, Error>(())
    };
    app.db.write(who.person, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn list_held_messages(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
) -> Result<Json<HeldMessages>, Problem> {
    let now = app.clock.now();
    let read = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        // Elsewhere nobody is waited for.
        if access.kind() != ChannelKind::Direct {
            return Ok(HeldMessages { items: Vec::new() });
        }
        let items = notices::list_shown_to_sender(tx, access.id(), access.person(), now)?;
        Ok::<_, Error>(HeldMessages { items })
    };
    Ok(Json(app.db.read(read).await?))
}
