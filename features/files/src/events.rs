//! What happens to files after they were posted, as events.

use crate::wire::Attachment;
use base::{ChannelId, MessageId, Seq, Timestamp};
use platform::{
    db::{Result, Tx},
    journal::{self, Happened},
};
use serde::Serialize;
use ts_rs::TS;

/// `file.changed` on the log of a channel: the small versions of a picture are there, or cannot be made.
#[derive(Debug, Serialize, TS)]
pub struct FileChanged {
    /// Which message carries it.
    pub message_id: MessageId,
    /// The place of that message.
    pub seq: Seq,
    /// The file as it is now.
    pub file: Attachment,
}

pub(crate) fn file_changed(
    tx: &mut dyn Tx,
    channel: ChannelId,
    now: Timestamp,
    event: &FileChanged,
) -> Result<()> {
    let happened = Happened {
        kind: "file.changed",
        actor: None,
        at: now,
    };
    journal::append(tx, channel, happened, event).map(|_| ())
}
