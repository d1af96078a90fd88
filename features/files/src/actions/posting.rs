//! What the slice of messages asks for, in its own transactions: files go with a message, are listed with it, and leave
//! with it.

use crate::{
    actions::uploads::drop_file,
    model::{Error, UNPOSTED_LIFE, check_ids},
    store::{self, Place},
    wire::Attachment,
};
use base::{ChannelId, FileId, MessageId, PersonId, Seq, Timestamp};
use platform::db::{Result as DbResult, Tx};
use spaces::ChannelAccess;
use std::collections::HashMap;

/// Posts files of the person with a message: from here on whoever may read the channel may have them.
///
/// # Errors
/// When there are more than ten, or one is absent, somebody else's, or posted already.
pub fn attach(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (message, seq): (MessageId, Seq),
    ids: &[FileId],
) -> Result<Vec<Attachment>, Error> {
    check_ids(ids)?;
    let mut attached = Vec::with_capacity(ids.len());
    for (idx, id) in (0..).zip(ids) {
        let place = Place {
            person: access.person(),
            channel: access.id(),
            message,
            seq,
            idx,
        };
        let file = store::attach(tx, *id, place)?;
        attached.push(file.ok_or_else(|| {
            let detail =
                "a file is not there any more, or was posted already; take it out, or upload it again";
            Error::field("/file_ids", detail)
        })?);
    }
    Ok(attached)
}

/// Keeps files of a person that are not posted yet until `until` and as long as any other, for whoever posts them later.
///
/// # Errors
/// When there are more than ten, or one is absent, somebody else's, or posted already.
pub fn keep_unposted(
    tx: &mut dyn Tx,
    person: PersonId,
    ids: &[FileId],
    until: Timestamp,
) -> Result<Vec<Attachment>, Error> {
    check_ids(ids)?;
    let found = list_unposted(tx, person, ids)?;
    if found.len() != ids.len() {
        let detail = "a file is not there any more, or was posted already; take it out, or upload it again";
        return Err(Error::field("/file_ids", detail));
    }
    for id in ids {
        store::keep_unposted(tx, *id, person, until.after(UNPOSTED_LIFE))?;
    }
    Ok(found)
}

/// Those of these files that are a person's own and not posted, in this order.
pub fn list_unposted(tx: &mut dyn Tx, person: PersonId, ids: &[FileId]) -> DbResult<Vec<Attachment>> {
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        found.extend(store::find_unposted(tx, *id, person)?);
    }
    Ok(found)
}

/// The files of a stretch of a channel, by the place of their message.
pub fn list_between(
    tx: &mut dyn Tx,
    channel: ChannelId,
    from: Seq,
    to: Seq,
) -> DbResult<HashMap<Seq, Vec<Attachment>>> {
    store::list_between(tx, channel, from, to)
}

/// Takes the files of a message away but for `keep`, in the transaction that deletes or edits it; which ones went. Nobody
/// can have them from the commit on, and their bytes go soon after.
pub fn release(
    tx: &mut dyn Tx,
    channel: ChannelId,
    seq: Seq,
    keep: &[FileId],
    now: Timestamp,
) -> Result<Vec<FileId>, Error> {
    let mut gone = store::list_of_message(tx, channel, seq)?;
    gone.retain(|id| !keep.contains(id));
    for id in &gone {
        drop_file(tx, *id, now)?;
    }
    Ok(gone)
}
