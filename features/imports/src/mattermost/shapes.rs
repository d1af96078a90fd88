//! What the lines say, as far as it is used. Times are milliseconds since 1970.

use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;

/// A line: its type names the field that holds the rest.
#[derive(Deserialize)]
pub struct AnyLine<'a> {
    #[serde(rename = "type", borrow)]
    pub kind: Cow<'a, str>,
    #[serde(default)]
    pub version: Option<u32>,
    #[serde(default, borrow)]
    pub team: Option<&'a RawValue>,
    #[serde(default, borrow)]
    pub channel: Option<&'a RawValue>,
    #[serde(default, borrow)]
    pub user: Option<&'a RawValue>,
    #[serde(default, borrow)]
    pub bot: Option<&'a RawValue>,
    #[serde(default, borrow)]
    pub post: Option<&'a RawValue>,
    #[serde(default, borrow)]
    pub direct_channel: Option<&'a RawValue>,
    #[serde(default, borrow)]
    pub direct_post: Option<&'a RawValue>,
    #[serde(default, borrow)]
    pub emoji: Option<&'a RawValue>,
}

#[derive(Debug, Deserialize)]
pub struct Emoji {
    pub name: String,
    pub image: String,
}

#[derive(Debug, Deserialize)]
pub struct Team {
    pub name: String,
    #[serde(default)]
    pub display_name: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct Channel {
    pub team: String,
    pub name: String,
    #[serde(default)]
    pub display_name: Option<String>,
    /// `O` is public, `P` private.
    #[serde(rename = "type", default)]
    pub kind: Option<String>,
    #[serde(default)]
    pub header: Option<String>,
    #[serde(default)]
    pub purpose: Option<String>,
    #[serde(default)]
    pub deleted_at: Option<i64>,
}

#[derive(Debug, Deserialize)]
pub struct User {
    pub username: String,
    #[serde(default)]
    pub email: Option<String>,
    #[serde(default)]
    pub nickname: Option<String>,
    #[serde(default)]
    pub first_name: Option<String>,
    #[serde(default)]
    pub last_name: Option<String>,
    #[serde(default)]
    pub display_name: Option<String>,
    #[serde(default)]
    pub delete_at: Option<i64>,
    #[serde(default)]
    pub teams: Option<Vec<UserTeam>>,
}

#[derive(Debug, Deserialize)]
pub struct UserTeam {
    pub name: String,
    #[serde(default)]
    pub channels: Option<Vec<Named>>,
}

#[derive(Debug, Deserialize)]
pub struct Named {
    pub name: String,
}

#[derive(Debug, Deserialize)]
pub struct DirectChannel {
    #[serde(default)]
    pub members: Option<Vec<String>>,
    /// Newer exports say more of each member.
    #[serde(default)]
    pub participants: Option<Vec<Participant>>,
}

#[derive(Debug, Deserialize)]
pub struct Participant {
    pub username: String,
}

/// A post of a channel or of a direct conversation.
#[derive(Debug, Deserialize)]
pub struct Post {
    #[serde(default)]
    pub team: Option<String>,
    #[serde(default)]
    pub channel: Option<String>,
    #[serde(default)]
    pub channel_members: Option<Vec<String>>,
    #[serde(flatten)]
    pub said: Said,
    #[serde(default)]
    pub replies: Option<Vec<Said>>,
}

/// What a post and a reply have in common.
#[derive(Debug, Clone, Deserialize)]
pub struct Said {
    pub user: String,
    #[serde(rename = "type", default)]
    pub kind: Option<String>,
    #[serde(default)]
    pub message: Option<String>,
    pub create_at: i64,
    #[serde(default)]
    pub edit_at: Option<i64>,
    #[serde(default)]
    pub reactions: Option<Vec<Reaction>>,
    #[serde(default)]
    pub attachments: Option<Vec<Attachment>>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Reaction {
    pub user: String,
    pub emoji_name: String,
    #[serde(default)]
    pub create_at: i64,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Attachment {
    pub path: String,
}
