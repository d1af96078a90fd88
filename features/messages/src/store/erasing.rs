//! What a person kept, and what they wrote.

use base::{MessageId, PersonId};
use platform::db::{Result, Tx};

platform::sql! {
    DROP_DRAFTS = "delete from draft where person_id = $1";
    DROP_SAVED = "delete from saved_message where person_id = $1";
    DROP_POINTERS = "delete from read_pointer where person_id = $1";
    DROP_FOLLOWS = "delete from topic_follow where person_id = $1";
    LIVING = "select id from message where author_id = $1 and deleted_at is null limit $2";
}

/// Drafts, places, what was kept and followed.
pub(crate) fn drop_own(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    for sql in [&DROP_DRAFTS, &DROP_SAVED, &DROP_POINTERS, &DROP_FOLLOWS] {
        tx.exec(sql, &[person.into()])?;
    }
    Ok(())
}

/// Some of the messages of an author that are not deleted.
pub(crate) fn list_living(tx: &mut dyn Tx, author: PersonId, limit: i64) -> Result<Vec<MessageId>> {
    tx.list(&LIVING, &[author.into(), limit.into()], |row| row.get(0))
}
