//! Hooks over HTTP: thin handlers.

pub mod incoming;
pub mod outgoing;

use crate::{
    model::{Error, HookEvent},
    store::{
        incoming::{self as incoming_store, IncomingRow},
        outgoing::{self as outgoing_store, OutgoingRow},
    },
    wire::{Hooks, IncomingHook, OutgoingHook},
};
use accounts::SignedIn;
use axum::extract::State;
use base::{ChannelId, PersonId};
use platform::{
    app::App,
    db::Tx,
    http::{
        extract::{Json, Path},
        problem::Problem,
    },
};
use spaces::access;

pub async fn list(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
) -> Result<Json<Hooks>, Problem> {
    let read = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        access.require_manage()?;
        let incoming = incoming_store::list(tx, access.id())?;
        let outgoing = outgoing_store::list(tx, access.id())?;
        let makers = incoming.iter().map(|hook| hook.created_by);
        let makers: Vec<PersonId> = makers
            .chain(outgoing.iter().map(|hook| hook.created_by))
            .collect();
        Ok::<_, Error>(Hooks {
            people: spaces::people_named(tx, &makers)?,
            incoming: incoming_wire(tx, incoming)?,
            outgoing: outgoing.into_iter().map(outgoing_wire).collect(),
        })
    };
    Ok(Json(app.db.read(read).await?))
}

/// Rows with their bots, in one query.
fn incoming_wire(tx: &mut dyn Tx, rows: Vec<IncomingRow>) -> Result<Vec<IncomingHook>, Error> {
    let bots: Vec<PersonId> = rows.iter().map(|row| row.bot).collect();
    let bots = accounts::people(tx, &bots)?;
    let wire = |row: IncomingRow| {
        let bot = bots.iter().find(|bot| bot.id == row.bot)?.clone();
        Some(IncomingHook {
            id: row.id,
            channel_id: row.channel,
            topic_id: row.topic,
            bot,
            created_by: row.created_by,
            created_at: row.created_at,
            used_at: row.used_at,
            refusal: row.refusal,
        })
    };
    Ok(rows.into_iter().filter_map(wire).collect())
}

fn outgoing_wire(row: OutgoingRow) -> OutgoingHook {
    OutgoingHook {
        id: row.id,
        channel_id: row.channel,
        name: row.name,
        url: row.url,
        events: HookEvent::from_column(&row.events),
        created_by: row.created_by,
        created_at: row.created_at,
        failing_since: row.failing_since,
        disabled_at: row.disabled_at,
        disabled_why: row.disabled_why,
        n_waiting: row.n_waiting,
    }
}
