//! SQL of blocks.

use super::Block;
use base::{PersonId, Timestamp};
use platform::db::{Result, Tx};

platform::sql! {
    PUT = "insert into person_block (person_id, blocked_id, at) values ($1, $2, $3) \
        on conflict (person_id, blocked_id) do nothing";
    DROP = "delete from person_block where person_id = $1 and blocked_id = $2";
    LIST = "select blocked_id from person_block where person_id = $1 order by at desc, blocked_id";
    COUNT = "select count(*) from person_block where person_id = $1";
    BETWEEN = "select case when person_id = $1 then 1 else 0 end from person_block \
        where (person_id = $1 and blocked_id = $2) or (person_id = $2 and blocked_id = $1) \
        order by 1 desc limit 1";
    ERASE = "delete from person_block where person_id = $1 or blocked_id = $1";
}

/// False when the block was there before.
pub(super) fn put(tx: &mut dyn Tx, person: PersonId, blocked: PersonId, now: Timestamp) -> Result<bool> {
    Ok(tx.exec(&PUT, &[person.into(), blocked.into(), now.into()])? == 1)
}

/// False when there was none.
pub(super) fn drop(tx: &mut dyn Tx, person: PersonId, blocked: PersonId) -> Result<bool> {
    Ok(tx.exec(&DROP, &[person.into(), blocked.into()])? == 1)
}

/// Whom a person blocks, the newest first.
pub(crate) fn list_ids(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<PersonId>> {
    tx.list(&LIST, &[person.into()], |row| row.get(0))
}

pub(super) fn count(tx: &mut dyn Tx, person: PersonId) -> Result<i64> {
    tx.one(&COUNT, &[person.into()], |row| row.get(0))
}

/// Whether one of two people blocks the other; the person's own block is named first.
pub(crate) fn between(tx: &mut dyn Tx, person: PersonId, other: PersonId) -> Result<Option<Block>> {
    tx.find(&BETWEEN, &[person.into(), other.into()], |row| {
        let is_mine: bool = row.get(0)?;
        Ok(if is_mine { Block::Mine } else { Block::Theirs })
    })
}

/// Nothing of a person is left.
pub(super) fn erase(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    tx.exec(&ERASE, &[person.into()]).map(|_| ())
}
