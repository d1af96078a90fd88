//! The log: everything that happens in a scope, numbered without a gap.
//!
//! Invariants: `seq` is taken in the transaction that writes the state, so an event is in the log exactly when its
//! state is; so are the rows of those who listen to it; events never change, but for redaction, which replaces a body and keeps the number. The log does not know
//! what a body means.

use crate::{
    db::{Result, Row, Tx},
    realtime::Frame,
};
use base::{PersonId, ScopeId, Seq, Timestamp};
use serde::Serialize;
use std::{any::Any, sync::Arc};
use uuid::Uuid;

/// The scope in which changes of access are announced to all processes. It belongs to nobody and nobody can read it.
pub const ACCESS_SCOPE: ScopeId = ScopeId(Uuid::from_u128(1));
/// The only kind of event in [`ACCESS_SCOPE`]; its actor is the person whose access changed.
const ACCESS_CHANGED: &str = "access.changed";

crate::sql! {
    OPEN = "insert into event_scope (scope, seq) values ($1, 0) on conflict (scope) do nothing";
    NEXT = "update event_scope set seq = seq + 1 where scope = $1 returning seq";
    RESERVE = "update event_scope set seq = seq + $2 where scope = $1 returning seq";
    APPEND = "insert into event (scope, seq, kind, at, actor, body) values ($1, $2, $3, $4, $5, $6)";
    READ_AFTER = "select seq, kind, at, actor, body from event where scope = $1 and seq > $2 order by seq limit $3";
    HEAD = "select seq from event_scope where scope = $1";
    BLANK = "update event set body = '{}' where scope = $1";
    REDACT = "update event set body = $3 where scope = $1 and seq = $2";
    BODY = "select body from event where scope = $1 and seq = $2";
    HEADS = {
        sqlite: "select scope, seq from event_scope \
            where scope in (select unhex(value) from json_each($1))",
        postgres: "select scope, seq from event_scope \
            where scope in (select value::uuid from json_array_elements_text(cast($1 as text)::json))"
    };
}

/// What an event says about itself, apart from its place.
#[derive(Debug, Clone, Copy)]
pub struct Happened {
    /// A past fact: `message.posted`.
    pub kind: &'static str,
    /// Who did it; None for the server itself.
    pub actor: Option<PersonId>,
    /// When.
    pub at: Timestamp,
}

/// An event in the moment in which it is written.
#[derive(Clone, Copy)]
pub struct Heard<'a> {
    /// Whose log.
    pub scope: ScopeId,
    /// Its number there.
    pub seq: Seq,
    /// What it is, who did it and when.
    pub happened: Happened,
    body: &'a dyn Any,
}

impl<'a> Heard<'a> {
    /// The body as the struct that its slice wrote; None when it is another.
    pub fn body<T: Any>(&self) -> Option<&'a T> {
        self.body.downcast_ref()
    }
}

/// What a slice does in the transaction of somebody else's event: an index, a count, a job. Its rows are there exactly
/// when the event is. It does not run for events that it did not ask for, and a failure of it undoes the event.
#[derive(Clone, Copy)]
pub struct Listener {
    /// The kinds that it wants to hear.
    pub kinds: &'static [&'static str],
    /// Called once per event, after its row was written.
    pub hear: fn(&mut dyn Tx, &Heard<'_>) -> Result<()>,
}

/// All that listen, in the order of their features.
pub type Listeners = Arc<[Listener]>;

/// Gives a new scope its log.
pub fn open(tx: &mut dyn Tx, scope: impl Into<ScopeId>) -> Result<()> {
    tx.exec(&OPEN, &[scope.into().into()])?;
    Ok(())
}

/// Takes the next number of a scope. It must be used by [`record`] in the same transaction, else the log has a gap.
pub fn next(tx: &mut dyn Tx, scope: impl Into<ScopeId>) -> Result<Seq> {
    tx.one(&NEXT, &[scope.into().into()], |row| row.get(0))
}

/// Takes the next `n` numbers of a scope and gives the last of them; with 0 it gives the head and keeps others from taking
/// numbers until the end of the transaction. All must be used by [`record`] in the same transaction.
pub fn reserve(tx: &mut dyn Tx, scope: impl Into<ScopeId>, n: i64) -> Result<Seq> {
    tx.one(&RESERVE, &[scope.into().into(), n.into()], |row| row.get(0))
}

/// Writes the event of a number that [`next`] or [`reserve`] gave, and announces it at commit.
pub fn record(
    tx: &mut dyn Tx,
    scope: impl Into<ScopeId>,
    seq: Seq,
    happened: Happened,
    body: &(impl Serialize + Any),
) -> Result<()> {
    let scope = scope.into();
    let heard = Heard {
        scope,
        seq,
        happened,
        body,
    };
    let body = serde_json::to_string(body).map_err(|err| crate::db::Error::Statement {
        name: "EVENT_BODY",
        source: Arc::new(err),
    })?;
    let args = [
        scope.into(),
        seq.into(),
        happened.kind.into(),
        happened.at.into(),
        happened.actor.into(),
        body.as_str().into(),
    ];
    tx.exec(&APPEND, &args)?;
    tx.announce(Arc::new(Frame::new(
        scope,
        seq,
        happened.kind,
        happened.at,
        happened.actor,
        &body,
    )));
    let listeners = tx.listeners();
    listeners
        .iter()
        .filter(|listener| listener.kinds.contains(&happened.kind))
        .try_for_each(|listener| (listener.hear)(tx, &heard))
}

/// Appends an event: number and row in one.
pub fn append(
    tx: &mut dyn Tx,
    scope: impl Into<ScopeId>,
    happened: Happened,
    body: &(impl Serialize + Any),
) -> Result<Seq> {
    let scope = scope.into();
    let seq = next(tx, scope)?;
    record(tx, scope, seq, happened, body)?;
    Ok(seq)
}

/// Says that what `person` may see or do has changed. After the commit every process narrows or closes the person's
/// sockets, and forgets what it remembered of their sessions.
pub fn access_changed(tx: &mut dyn Tx, person: PersonId, at: Timestamp) -> Result<()> {
    let happened = Happened {
        kind: ACCESS_CHANGED,
        actor: Some(person),
        at,
    };
    append(tx, ACCESS_SCOPE, happened, &serde_json::json!({}))?;
    Ok(())
}

/// Replaces the body of an event, when what it said must be forgotten. Who reads the log later sees `body`.
pub fn redact(tx: &mut dyn Tx, scope: impl Into<ScopeId>, seq: Seq, body: &impl Serialize) -> Result<()> {
    let body = serde_json::to_string(body).map_err(|err| crate::db::Error::Statement {
        name: "EVENT_BODY",
        source: Arc::new(err),
    })?;
    tx.exec(&REDACT, &[scope.into().into(), seq.into(), body.as_str().into()])?;
    Ok(())
}

/// Replaces the bodies of all events of a scope, when nobody is to read it any more.
pub fn blank(tx: &mut dyn Tx, scope: impl Into<ScopeId>) -> Result<()> {
    tx.exec(&BLANK, &[scope.into().into()]).map(drop)
}

/// The body of one event.
pub fn find_body(tx: &mut dyn Tx, scope: impl Into<ScopeId>, seq: Seq) -> Result<Option<serde_json::Value>> {
    let body: Option<String> = tx.find(&BODY, &[scope.into().into(), seq.into()], |row| row.get(0))?;
    Ok(body.and_then(|body| serde_json::from_str(&body).ok()))
}

/// The events after `after`, at most `limit`, in order.
pub fn read_after(tx: &mut dyn Tx, scope: ScopeId, after: Seq, limit: i64) -> Result<Vec<Arc<Frame>>> {
    tx.list(
        &READ_AFTER,
        &[scope.into(), after.into(), limit.into()],
        |row: &dyn Row| {
            let kind: String = row.get(1)?;
            let body: String = row.get(4)?;
            Ok(Arc::new(Frame::new(
                scope,
                row.get(0)?,
                &kind,
                row.get(2)?,
                row.get_optional(3)?,
                &body,
            )))
        },
    )
}

/// The number of a scope's last event; None when it has no log.
pub fn head(tx: &mut dyn Tx, scope: impl Into<ScopeId>) -> Result<Option<Seq>> {
    tx.find(&HEAD, &[scope.into().into()], |row| row.get(0))
}

/// The heads of many scopes, in no order; scopes without a log are left out.
pub fn heads(tx: &mut dyn Tx, scopes: &[ScopeId]) -> Result<Vec<(ScopeId, Seq)>> {
    let ids = id_list(tx, scopes.iter().map(|scope| scope.0));
    tx.list(&HEADS, &[ids.as_str().into()], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// A list parameter of ids: JSON, in the spelling that the database of `tx` turns into ids
/// (`unhex(value)` in SQLite, `value::uuid` in PostgreSQL).
pub fn id_list(tx: &dyn Tx, ids: impl Iterator<Item = Uuid>) -> String {
    let mut list = String::from("[");
    for (idx, id) in ids.enumerate() {
        if idx > 0 {
            list.push(',');
        }
        list.push('"');
        match tx.dialect() {
            crate::db::Dialect::Sqlite => list.push_str(id.simple().encode_lower(&mut [0; 32])),
            crate::db::Dialect::Postgres => list.push_str(id.hyphenated().encode_lower(&mut [0; 36])),
        }
        list.push('"');
    }
    list.push(']');
    list
}
