//! All SQL of charters.

use crate::{
    model::PLACES_MAX,
    wire::{Charter, PlaceCharter},
};
use base::{PersonId, Timestamp};
use platform::{
    db::{Error, Result, Row, Tx},
    journal::id_list,
};
use std::{collections::HashMap, sync::Arc};
use uuid::Uuid;

platform::sql! {
    LATEST = {
        sqlite: "select c.scope_id, c.version, c.charter from charter c \
            where c.scope_id in (select unhex(value) from json_each($1)) \
            and c.version = (select max(version) from charter where scope_id = c.scope_id)",
        postgres: "select c.scope_id, c.version, c.charter from charter c \
            where c.scope_id in (select value::uuid from json_array_elements_text(cast($1 as text)::json)) \
            and c.version = (select max(version) from charter where scope_id = c.scope_id)"
    };
    ADD = "insert into charter (scope_id, version, charter, changed_by, changed_at) values ($1, $2, $3, $4, $5)";
    PLACES = "select s.id, s.name, null, c.charter \
            from charter c \
            join space s on s.id = c.scope_id \
            join space_member m on m.space_id = s.id and m.person_id = $1 \
            where c.charter is not null \
            and c.version = (select max(version) from charter where scope_id = c.scope_id) \
        union all \
        select h.id, h.name, h.space_id, c.charter \
            from charter c \
            join channel h on h.id = c.scope_id \
            join channel_member m on m.channel_id = h.id and m.person_id = $1 \
            where c.charter is not null \
            and c.version = (select max(version) from charter where scope_id = c.scope_id) \
        limit $2";
}

/// What a place says now, and in which version.
#[derive(Debug, Clone, Default)]
pub(crate) struct Said {
    pub version: i64,
    pub charter: Charter,
}

/// Of these places those that have ever said anything.
pub(crate) fn list_latest(tx: &mut dyn Tx, scopes: &[Uuid]) -> Result<HashMap<Uuid, Said>> {
    let ids = id_list(tx, scopes.iter().copied());
    let rows = tx.list(&LATEST, &[ids.as_str().into()], |row: &dyn Row| {
        let charter: Option<String> = row.get_optional(2)?;
        let said = Said {
            version: row.get(1)?,
            charter: charter.as_deref().map(read).transpose()?.unwrap_or_default(),
        };
        Ok((row.get(0)?, said))
    })?;
    Ok(rows.into_iter().collect())
}

/// Writes the next version; an empty charter takes back what was said.
pub(crate) fn add(
    tx: &mut dyn Tx,
    (scope, version): (Uuid, i64),
    charter: &Charter,
    (by, now): (PersonId, Timestamp),
) -> Result<()> {
    let text = serde_json::to_string(charter).map_err(broken)?;
    let text = (!charter.is_empty()).then_some(text);
    let args = [
        scope.into(),
        version.into(),
        text.as_ref().into(),
        by.into(),
        now.into(),
    ];
    tx.exec(&ADD, &args).map(drop)
}

/// Spaces and channels in which this person is and that say something of their own.
pub(crate) fn list_places(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<PlaceCharter>> {
    let limit = i64::try_from(PLACES_MAX).unwrap_or(i64::MAX);
    tx.list(&PLACES, &[person.into(), limit.into()], |row| {
        let charter: String = row.get(3)?;
        Ok(PlaceCharter {
            id: row.get(0)?,
            name: row.get(1)?,
            space_id: row.get_optional(2)?,
            charter: read(&charter)?,
        })
    })
}

fn read(text: &str) -> Result<Charter> {
    serde_json::from_str(text).map_err(broken)
}

fn broken(err: serde_json::Error) -> Error {
    Error::Statement {
        name: "CHARTER",
        source: Arc::new(err),
    }
}
