//! Emoji on the wire.

use base::PersonId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An emoji of this workspace's own. Its picture is at `/api/custom-emoji/{name}/picture`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct CustomEmoji {
    /// Between colons in texts and reactions.
    pub name: String,
    /// Another one when the picture is another one.
    pub version: String,
    /// Whether it moves; then there is a version without motion.
    pub animated: bool,
    /// Who added it.
    pub created_by: PersonId,
}

/// All of them.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct CustomEmojiList {
    /// In the order of their names.
    pub items: Vec<CustomEmoji>,
    /// Whether I may add one.
    pub may_add: bool,
    /// Whether everybody but guests may, or administrators alone.
    pub everyone: bool,
}

/// `emoji.changed` on the log of the workspace: one was added, or is gone.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct EmojiChanged {
    /// Its name.
    pub name: String,
    /// As it is now; null: gone.
    pub emoji: Option<CustomEmoji>,
}

/// What the workspace wants.
#[derive(Debug, Clone, Copy, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetEmoji {
    /// Whether everybody but guests adds emoji, or administrators alone.
    pub everyone: bool,
}
