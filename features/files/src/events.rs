//! What happens to files after they were posted, as events.

use crate::{model::FileKind, wire::Attachment};
use base::{ChannelId, FileId, MessageId, Seq, Timestamp};
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

impl FileChanged {
    /// What stands in the log when the file has gone.
    pub(crate) fn blank(id: FileId, message_id: MessageId, seq: Seq) -> Self {
        let file = Attachment {
            id,
            name: String::new(),
            kind: FileKind::File,
            media_type: String::new(),
            size_bytes: 0,
            width: None,
            height: None,
            duration_ms: None,
            peaks: None,
            placeholder: None,
            is_ready: false,
        };
        Self {
            message_id,
            seq,
            file,
        }
    }
}

pub(crate) fn file_changed(
    tx: &mut dyn Tx,
    channel: ChannelId,
    now: Timestamp,
    event: &FileChanged,
) -> Result<Seq> {
    let happened = Happened {
        kind: "file.changed",
        actor: None,
        at: now,
    };
    journal::append(tx, channel, happened, event)
}
