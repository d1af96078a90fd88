//! What was posted, newest first: of one channel, or of all that somebody is in.

use super::attachment;
use crate::wire::PostedFile;
use base::{ChannelId, PersonId, Timestamp};
use platform::db::{Result, Row, Tx};

platform::sql! {
    CHANNEL = "select id, name, kind, media_type, size_bytes, width, height, duration_ms, peaks, placeholder, small, \
        person_id, channel_id, message_id, created_at \
        from file where channel_id = $1 and created_at < $2 and (kind = 'picture') = ($3 = 1) \
        order by created_at desc \
        limit $4";
    MINE = "select f.id, f.name, f.kind, f.media_type, f.size_bytes, f.width, f.height, f.duration_ms, f.peaks, \
        f.placeholder, f.small, f.person_id, f.channel_id, f.message_id, f.created_at \
        from channel_member m join file f on f.channel_id = m.channel_id \
        where m.person_id = $1 and f.created_at < $2 and (f.kind = 'picture') = ($3 = 1) \
        order by f.created_at desc \
        limit $4";
}

/// Which part of what was posted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stretch {
    pub before: Timestamp,
    /// Pictures, or everything else.
    pub is_pictures: bool,
    pub limit: i64,
}

fn posted(row: &dyn Row) -> Result<PostedFile> {
    Ok(PostedFile {
        file: attachment(row)?,
        person_id: row.get(11)?,
        channel_id: row.get(12)?,
        message_id: row.get(13)?,
        at: row.get(14)?,
    })
}

/// Of a channel.
pub(crate) fn list_channel(tx: &mut dyn Tx, channel: ChannelId, of: Stretch) -> Result<Vec<PostedFile>> {
    let args = [
        channel.into(),
        of.before.into(),
        of.is_pictures.into(),
        of.limit.into(),
    ];
    tx.list(&CHANNEL, &args, posted)
}

/// Of all channels in which the person is.
pub(crate) fn list_mine(tx: &mut dyn Tx, person: PersonId, of: Stretch) -> Result<Vec<PostedFile>> {
    let args = [
        person.into(),
        of.before.into(),
        of.is_pictures.into(),
        of.limit.into(),
    ];
    tx.list(&MINE, &args, posted)
}
