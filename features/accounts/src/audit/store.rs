//! SQL of the audit log: adding, forgetting a name, and forgetting what is old.

use super::Deed;
use crate::model;
use base::{PersonId, Timestamp};
use platform::db::{Result, Tx};
use uuid::Uuid;

platform::sql! {
    ADD = "insert into audit_entry \
        (id, at, actor_kind, actor_id, action, subject_kind, subject_id, subject_name, search_key, detail) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    FORGET_NAME = "update audit_entry set subject_name = $2, search_key = $3 where subject_id = $1";
    FORGET_TOKENS = "update audit_entry set subject_name = '', search_key = '' \
        where actor_id = $1 and subject_kind = 'token'";
    DROP_BEFORE = "delete from audit_entry where id in \
        (select id from audit_entry where at < $1 order by at, id limit $2)";
}

pub(super) fn add(tx: &mut dyn Tx, id: Uuid, deed: &Deed<'_>, now: Timestamp) -> Result<()> {
    let (detail, search_key) = (deed.detail(), deed.search_key());
    let args = [
        id.into(),
        now.into(),
        deed.actor.kind().into(),
        deed.actor.person().into(),
        deed.action.into(),
        deed.subject.kind.into(),
        deed.subject.id.into(),
        deed.subject.name.into(),
        (&search_key).into(),
        (&detail).into(),
    ];
    tx.exec(&ADD, &args).map(drop)
}

/// The deeds stay; the name goes, and what the person called their tokens.
pub(crate) fn forget_name(tx: &mut dyn Tx, person: PersonId, name: &str) -> Result<()> {
    let search_key = model::name_key(name);
    tx.exec(&FORGET_NAME, &[person.into(), name.into(), (&search_key).into()])?;
    tx.exec(&FORGET_TOKENS, &[person.into()]).map(drop)
}

/// How many rows went.
pub(super) fn drop_before(tx: &mut dyn Tx, end: Timestamp, limit: i64) -> Result<u64> {
    tx.exec(&DROP_BEFORE, &[end.into(), limit.into()])
}
