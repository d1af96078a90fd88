//! What comes back by itself, on the wire.

use crate::wire::WhyFailed;
use base::{ChannelId, RoutineId, Timestamp, TopicId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RoutineKind {
    /// A message, posted on the clock of one zone.
    Post,
    /// A question to everybody in the channel, each at their own time, whose answers gather in a topic.
    CheckIn,
}

/// On some days of the week, at a time on the wall, every so many weeks.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rhythm {
    /// 1 is Monday, 7 is Sunday.
    pub days: Vec<u8>,
    /// Minutes after midnight.
    pub at_min: u16,
    /// 1 to 12, counted from the week in which it begins.
    pub every_weeks: u8,
}

/// Something that shall come back.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRoutine {
    /// Of my making; the same id again makes no second one.
    pub id: RoutineId,
    /// What comes back.
    pub kind: RoutineKind,
    /// Where.
    pub channel_id: ChannelId,
    /// In which topic; for posts only. Null: in the stream.
    #[serde(default)]
    #[ts(optional)]
    pub topic_id: Option<TopicId>,
    /// What it says, or asks.
    pub text: String,
    /// When.
    pub rhythm: Rhythm,
    /// On whose clock, an IANA name; for posts only: a question comes on each person's own.
    #[serde(default)]
    #[ts(optional)]
    pub time_zone: Option<String>,
    /// Agrees to call everybody, or the groups that it names, each time.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub everyone_ok: bool,
    /// Says what the word list asks about all the same.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub words_ok: bool,
}

/// What shall be different; what is absent stays.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeRoutine {
    /// The change that it is based on.
    #[ts(type = "number")]
    pub revision: i64,
    /// What it says.
    #[serde(default)]
    #[ts(optional)]
    pub text: Option<String>,
    /// Whether it may call everybody, or the groups that it names, each time.
    #[serde(default)]
    #[ts(optional)]
    pub everyone_ok: Option<bool>,
    /// When.
    #[serde(default)]
    #[ts(optional)]
    pub rhythm: Option<Rhythm>,
    /// On whose clock.
    #[serde(default)]
    #[ts(optional)]
    pub time_zone: Option<String>,
    /// True: it rests; false: it goes on, also after it was stopped.
    #[serde(default)]
    #[ts(optional)]
    pub paused: Option<bool>,
    /// True: the next time is left out.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub skip: bool,
}

/// Something of mine that comes back.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Routine {
    /// Which.
    pub id: RoutineId,
    /// What comes back.
    pub kind: RoutineKind,
    /// Where.
    pub channel_id: ChannelId,
    /// In which topic.
    pub topic_id: Option<TopicId>,
    /// What it says, or asks.
    pub text: String,
    /// When.
    pub rhythm: Rhythm,
    /// On whose clock; null: each person's own.
    pub time_zone: Option<String>,
    /// The day of its next time, as 2026-11-30.
    pub next_day: String,
    /// The first moment of its next time; null: it rests.
    pub next_at: Option<Timestamp>,
    /// Why it was stopped; null: it was not.
    pub stopped: Option<WhyFailed>,
    /// Of the last change.
    #[ts(type = "number")]
    pub revision: i64,
    /// When it was made.
    pub created_at: Timestamp,
}

/// All that I let come back, in the order of its next time.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct RoutineList {
    /// At most 50.
    pub items: Vec<Routine>,
}
