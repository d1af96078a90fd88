//! Files on the wire.

use crate::model::FileKind;
use base::{ChannelId, FileId, MessageId, PersonId, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

/// A file as a message carries it. Its bytes are at `/api/files/{id}`, its small versions at `…/small` and `…/large`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct Attachment {
    /// Which file.
    pub id: FileId,
    /// Its name, one line.
    pub name: String,
    /// How it is shown.
    pub kind: FileKind,
    /// By its content.
    pub media_type: String,
    /// How many bytes it has.
    #[ts(type = "number")]
    pub size_bytes: i64,
    /// Of pictures and films, as they are shown.
    #[ts(type = "number | null")]
    pub width: Option<i64>,
    /// Of pictures and films, as they are shown.
    #[ts(type = "number | null")]
    pub height: Option<i64>,
    /// Of films and sound, as the sender's browser measured it.
    #[ts(type = "number | null")]
    pub duration_ms: Option<i64>,
    /// Of a voice note: one character per bar, 0 to 9, then a to z, then A to Z; the last is the loudest.
    pub peaks: Option<String>,
    /// Of a picture: width, height, and its pixels in RGB565; base64.
    pub placeholder: Option<String>,
    /// Of a picture, or a PDF: whether its small version can be asked for.
    pub is_ready: bool,
}

/// A file that was posted, with its place.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct PostedFile {
    /// The file.
    pub file: Attachment,
    /// Whose it is.
    pub person_id: PersonId,
    /// Where it was posted.
    pub channel_id: ChannelId,
    /// With which message.
    pub message_id: MessageId,
    /// When it was uploaded.
    pub at: Timestamp,
}

/// A page of posted files, newest first.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct FilePage {
    /// The files.
    pub items: Vec<PostedFile>,
    /// The cursor of the next page.
    pub next: Option<Timestamp>,
    /// Everybody named in it.
    pub people: Vec<accounts::Person>,
}
