//! Handlers of the traces of removals.

use crate::{
    model::{Error, page_limit},
    store::removals as store,
    wire::{ModeratedPlace, Removal, RemovalPage},
};
use accounts::SignedIn;
use axum::extract::State;
use base::{ChannelId, MessageId, PersonId};
use platform::{
    app::App,
    db::Tx,
    http::{
        extract::{Json, Query},
        problem::Problem,
    },
};
use schemars::JsonSchema;
use serde::Deserialize;
use spaces::access;
use std::collections::BTreeSet;

/// Which page, of which channel.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RemovalQuery {
    channel: Option<ChannelId>,
    before: Option<MessageId>,
    limit: Option<i64>,
}

pub(crate) async fn list(
    State(app): State<App>,
    who: SignedIn,
    Query(query): Query<RemovalQuery>,
) -> Result<Json<RemovalPage>, Problem> {
    let read = move |tx: &mut dyn Tx| {
        let moderated = access::moderated_channels(tx, &who)?;
        if let Some(channel) = query.channel {
            moderated.one(channel)?;
        }
        let limit = page_limit(query.limit);
        let mut rows = store::list(tx, &moderated, query.channel, query.before, limit + 1)?;
        let has_more = rows.len() as i64 > limit;
        rows.truncate(usize::try_from(limit).unwrap_or(0));
        let named: BTreeSet<PersonId> = rows.iter().flat_map(|row| [row.author, row.removed_by]).collect();
        let items: Vec<Removal> = rows
            .into_iter()
            .map(|row| Removal {
                message_id: row.message,
                place: ModeratedPlace::new(&moderated, row.place, row.topic),
                author_id: row.author,
                removed_by: row.removed_by,
                removed_at: row.at,
                reason: row.reason,
            })
            .collect();
        Ok::<_, Error>(RemovalPage {
            next: items.last().filter(|_| has_more).map(|last| last.message_id),
            people: spaces::people_named(tx, &named.into_iter().collect::<Vec<_>>())?,
            items,
        })
    };
    Ok(Json(app.db.read(read).await?))
}
