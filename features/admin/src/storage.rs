//! What takes room: by kind, by place and by person, and the limits.
//!
//! Invariant: a place that not every administrator may know has no name here.

pub mod api;
pub mod store;

use accounts::Person;
use base::{ChannelId, SpaceId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How much of one kind there is.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct RoomOfKind {
    /// `database`, `exports`, `uploads`, `previews` (small versions of pictures and documents), or a kind of file.
    #[ts(
        type = "\"database\" | \"exports\" | \"uploads\" | \"previews\" | \"picture\" | \"video\" | \"sound\" | \"voice\" | \"pdf\" | \"file\""
    )]
    pub kind: String,
    /// Its size in bytes.
    #[ts(type = "number")]
    pub n_bytes: i64,
    /// How many there are; 1 for the database.
    #[ts(type = "number")]
    pub n: i64,
}

/// Answer of `GET /api/storage`.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct StorageSummary {
    /// Largest first.
    pub kinds: Vec<RoomOfKind>,
    /// What counts against the limit of the workspace.
    #[ts(type = "number")]
    pub files_bytes: i64,
    /// What all files may take together; None: no limit.
    #[ts(type = "number | null")]
    pub workspace_bytes: Option<i64>,
    /// What the files of one person may take; None: no limit.
    #[ts(type = "number | null")]
    pub person_bytes: Option<i64>,
    /// Free on the disk of the data folder.
    #[ts(type = "number | null")]
    pub free_bytes: Option<u64>,
}

/// A channel, and what its files take.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct PlaceRoom {
    /// Which.
    pub channel_id: ChannelId,
    /// Its space; None for a direct conversation.
    pub space_id: Option<SpaceId>,
    /// What the space is called; empty for a direct conversation.
    pub space_name: String,
    /// What it is called; empty for private channels and direct conversations.
    pub name: String,
    /// What kind it is.
    pub kind: spaces::ChannelKind,
    /// Its files in bytes.
    #[ts(type = "number")]
    pub n_bytes: i64,
    /// How many.
    #[ts(type = "number")]
    pub n_files: i64,
}

/// A page, the largest first.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct PlaceRoomPage {
    /// The places.
    pub items: Vec<PlaceRoom>,
    /// The `before` of the next page.
    pub next: Option<String>,
}

/// A space, and what the files of its channels take.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct SpaceRoom {
    /// Which; None: all direct conversations together.
    pub space_id: Option<SpaceId>,
    /// What it is called; empty for direct conversations.
    pub name: String,
    /// Its files in bytes.
    #[ts(type = "number")]
    pub n_bytes: i64,
    /// How many.
    #[ts(type = "number")]
    pub n_files: i64,
}

/// A page, the largest first.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct SpaceRoomPage {
    /// The spaces.
    pub items: Vec<SpaceRoom>,
    /// The `before` of the next page.
    pub next: Option<String>,
}

/// A person, and what their files take.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct PersonRoom {
    /// Who.
    pub person: Person,
    /// Their files in bytes.
    #[ts(type = "number")]
    pub n_bytes: i64,
    /// How many.
    #[ts(type = "number")]
    pub n_files: i64,
}

/// A page, the largest first.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct PersonRoomPage {
    /// The people.
    pub items: Vec<PersonRoom>,
    /// The `before` of the next page.
    pub next: Option<String>,
}

/// Where a page begins.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoomQuery {
    /// The `next` of the page before.
    pub before: Option<String>,
}

/// A row with its rank: bytes, files, id.
#[derive(Debug, Clone, Copy)]
pub struct Room<Id> {
    pub id: Id,
    pub n_bytes: i64,
    pub n_files: i64,
}
