//! Smaller rooms on the wire.

use accounts::Person;
use base::{BreakoutId, LiveId, LiveNoteId, PersonId, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A smaller room to be opened.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewBreakout {
    /// A UUIDv7 of the sender's making.
    pub id: BreakoutId,
    /// One line of up to 200 characters: its name, or the question that is spoken about there.
    pub name: String,
    /// Who is sent there, of those who take part.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<PersonId>>")]
    pub people: Vec<PersonId>,
}

/// Smaller rooms to be opened.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenBreakouts {
    /// 1 to 30.
    pub rooms: Vec<NewBreakout>,
    /// Whether everybody chooses their room.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub may_choose: bool,
    /// After how many minutes all come back by themselves, 1 to 240; none: when they are called.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub minutes: Option<u16>,
}

/// Where somebody is sent.
#[derive(Debug, Clone, Copy, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceLivePerson {
    /// The smaller room; none: the large one.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub breakout_id: Option<BreakoutId>,
}

/// The end of the smaller rooms.
#[derive(Debug, Clone, Copy, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecallBreakouts {
    /// In how many seconds, 0 to 14,400; 0: at once.
    pub seconds: u16,
}

/// Something to be written in a smaller room, or to all of them.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLiveNote {
    /// A UUIDv7 of the sender's making: sending twice writes once.
    pub id: LiveNoteId,
    /// The room; none: to all of them, for hosts.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub breakout_id: Option<BreakoutId>,
    /// 1 to 2,000 characters, plain.
    pub text: String,
    /// Says what the word list asks about all the same (`words-asked`).
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub words_ok: bool,
}

/// What somebody wrote in a smaller room, or to all of them.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct LiveNote {
    /// Its id.
    pub id: LiveNoteId,
    /// The room; none: to all of them.
    pub breakout_id: Option<BreakoutId>,
    /// Who.
    pub person_id: PersonId,
    /// What, plain.
    pub text: String,
    /// When.
    pub at: Timestamp,
}

/// What was written in a smaller room, and to all of them.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct LiveNotes {
    /// In order; the newest 500.
    pub notes: Vec<LiveNote>,
    /// Everybody named in them.
    pub people: Vec<Person>,
}

/// `live.noted` on the log of a channel: something was written in a smaller room, or to all of them. It holds no text.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct LiveNoted {
    /// The session.
    pub live_id: LiveId,
    /// The room; none: all of them.
    pub breakout_id: Option<BreakoutId>,
}

/// Which room is read.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NotesOf {
    /// The room; none: only what was written to all of them.
    #[serde(default)]
    pub breakout: Option<BreakoutId>,
}
