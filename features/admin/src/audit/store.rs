//! SQL of the audit log: it reads what `accounts` wrote.

use super::{AuditEntry, AuditPlace, AuditQuery};
use base::Timestamp;
use platform::{
    db::{Result, Row, Tx},
    journal::id_list,
};
use serde_json::{Map, Value};
use spaces::{ChannelKind, audit_name};
use uuid::Uuid;

platform::sql! {
    PLACE = "select at from audit_entry where id = $1";
    LIST = "select id, at, actor_kind, actor_id, action, subject_kind, subject_id, subject_name, detail \
        from audit_entry \
        where at >= $1 and at < $2 \
        and (at, id) < ($3, $4) \
        and (cast($5 as bigint) = 0 or actor_id = $6 or subject_id = $6) \
        and action like $7 escape '!' \
        and search_key like $8 escape '!' \
        order by at desc, id desc \
        limit $9";
    SPACES = {
        sqlite: "select id, name from space where id in (select unhex(value) from json_each($1))",
        postgres: "select id, name from space \
            where id in (select value::uuid from json_array_elements_text(cast($1 as text)::json))"
    };
    CHANNELS = {
        sqlite: "select id, name, kind from channel where id in (select unhex(value) from json_each($1))",
        postgres: "select id, name, kind from channel \
            where id in (select value::uuid from json_array_elements_text(cast($1 as text)::json))"
    };
}

/// At most `limit` entries, the newest first.
pub fn list(tx: &mut dyn Tx, query: &AuditQuery, limit: i64) -> Result<Vec<AuditEntry>> {
    let (at, id) = match query.before {
        None => (Timestamp(i64::MAX), Uuid::max()),
        Some(id) => match tx.find(&PLACE, &[id.into()], |row| row.get(0))? {
            Some(at) => (at, id),
            // What stood there is too old to be kept, and so is all that followed.
            None => return Ok(Vec::new()),
        },
    };
    let group = match &query.group {
        Some(group) => format!("{}.%", escaped(group)),
        None => "%".to_owned(),
    };
    let text = accounts::name_key(query.query.as_deref().unwrap_or_default().trim());
    let text = format!("%{}%", escaped(&text));
    let person = query.person.map(Uuid::from);
    let args = [
        query.after.unwrap_or(Timestamp(i64::MIN)).into(),
        query.until.unwrap_or(Timestamp(i64::MAX)).into(),
        at.into(),
        id.into(),
        person.is_some().into(),
        person.unwrap_or(Uuid::nil()).into(),
        (&group).into(),
        (&text).into(),
        limit.into(),
    ];
    tx.list(&LIST, &args, entry)
}

fn entry(row: &dyn Row) -> Result<AuditEntry> {
    let detail: String = row.get(8)?;
    Ok(AuditEntry {
        id: row.get(0)?,
        at: row.get(1)?,
        actor_kind: row.get(2)?,
        actor_id: row.get_optional(3)?,
        action: row.get(4)?,
        subject_kind: row.get(5)?,
        subject_id: row.get_optional(6)?,
        subject_name: row.get(7)?,
        detail: serde_json::from_str::<Map<String, Value>>(&detail).unwrap_or_default(),
    })
}

fn escaped(part: &str) -> String {
    let mut pattern = String::new();
    for character in part.chars() {
        if matches!(character, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(character);
    }
    pattern
}

/// The places of these ids, by the names that every administrator may know.
pub fn places(tx: &mut dyn Tx, ids: &[Uuid]) -> Result<Vec<AuditPlace>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let ids = id_list(tx, ids.iter().copied());
    let mut places = tx.list(&SPACES, &[(&ids).into()], |row| {
        Ok(AuditPlace {
            id: row.get(0)?,
            name: row.get(1)?,
        })
    })?;
    places.extend(tx.list(&CHANNELS, &[(&ids).into()], |row| {
        let (name, kind): (String, String) = (row.get(1)?, row.get(2)?);
        let kind = ChannelKind::parse(&kind).unwrap_or(ChannelKind::Private);
        Ok(AuditPlace {
            id: row.get(0)?,
            name: audit_name(kind, &name).to_owned(),
        })
    })?);
    Ok(places)
}
