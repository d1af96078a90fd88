//! Live sessions on the wire.

mod breakouts;
mod numbers;
mod watching;

pub use breakouts::{
    LiveNote, LiveNoted, LiveNotes, NewBreakout, NewLiveNote, NotesOf, OpenBreakouts, PlaceLivePerson,
    RecallBreakouts,
};

pub use numbers::{LiveNumbers, LivePersonNumbers, LiveStay, OwnLiveStay};
pub use watching::{LivePlace, LiveRoom, LiveRooms};

use accounts::Person;
use base::{BreakoutId, ChannelId, LiveId, MessageId, PersonId, Timestamp, TopicId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What somebody may do in a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LiveRole {
    /// Opens the doors, gives the word and ends it.
    Host,
    /// Heard and seen.
    Speaker,
    /// Hears and sees.
    Listener,
}

impl LiveRole {
    /// The word in the database.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::Speaker => "speaker",
            Self::Listener => "listener",
        }
    }

    pub(crate) fn parse(word: &str) -> Self {
        match word {
            "host" => Self::Host,
            "listener" => Self::Listener,
            _ => Self::Speaker,
        }
    }
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LiveOutcome {
    /// Something was decided; it stands in the conversation.
    Decision,
    /// Questions are open, with people who answer them.
    Asks,
    /// Neither.
    None,
}

impl LiveOutcome {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::Asks => "asks",
            Self::None => "none",
        }
    }

    pub(crate) fn parse(word: &str) -> Self {
        match word {
            "decision" => Self::Decision,
            "asks" => Self::Asks,
            _ => Self::None,
        }
    }
}

/// How those who host arrange the stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LiveLayout {
    /// Everybody chooses for themselves.
    Free,
    /// Everybody in one size.
    Grid,
    /// Whoever speaks, large.
    Speaker,
    /// What is shown, large.
    Content,
}

impl LiveLayout {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Grid => "grid",
            Self::Speaker => "speaker",
            Self::Content => "content",
        }
    }

    pub(crate) fn parse(word: &str) -> Self {
        match word {
            "grid" => Self::Grid,
            "speaker" => Self::Speaker,
            "content" => Self::Content,
            _ => Self::Free,
        }
    }
}

/// A decision with which a session ended. Those who were absent can object until its window closes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct LiveDecision {
    /// The message that says it.
    pub message_id: MessageId,
    /// Who noted it.
    pub decided_by: PersonId,
    /// When.
    pub decided_at: Timestamp,
    /// Until when those who were absent can object; none: it was final at once.
    pub open_until: Option<Timestamp>,
    /// Since when it is final.
    pub final_at: Option<Timestamp>,
    /// Who objected, or opened the topic again, while it was provisional.
    pub objected_by: Option<PersonId>,
    /// When.
    pub objected_at: Option<Timestamp>,
}

/// Somebody who is in a session, or was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct LivePerson {
    /// Who.
    pub person_id: PersonId,
    /// What they may do.
    pub role: LiveRole,
    /// Since when their hand is up.
    pub hand_at: Option<Timestamp>,
    /// Whether they are in now, with one device or several.
    pub is_in: bool,
    /// In which smaller room they are meant to be; none: in the large one.
    pub breakout_id: Option<BreakoutId>,
}

/// A time of a conversation that is live, or was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct LiveSession {
    /// Its id, which is the name of its room too.
    pub id: LiveId,
    /// Where it takes place.
    pub channel_id: ChannelId,
    /// In which topic; none: in the channel's stream.
    pub topic_id: Option<TopicId>,
    /// The topic in which stands what is said beside it: the one in which it began, or one of its own.
    pub backchannel_id: Option<TopicId>,
    /// Under which message; its text says what it is about.
    pub message_id: MessageId,
    /// Who went live.
    pub started_by: PersonId,
    /// When.
    pub started_at: Timestamp,
    /// Since when others can come in; none: those who host prepare it.
    pub opened_at: Option<Timestamp>,
    /// What whoever comes in is, before somebody changes it.
    pub usual_role: LiveRole,
    /// Whether nobody new comes in.
    pub is_locked: bool,
    /// How the stage is arranged for all.
    pub layout: LiveLayout,
    /// Whose picture stands large for all.
    pub pinned_id: Option<PersonId>,
    /// Who interprets, in signs or another language: their pictures stand on the stage for everybody. At most two; in the
    /// list of what is live now they are not named.
    pub interpreters: Vec<PersonId>,
    /// Which point of the agenda it is, counted from 0.
    #[ts(type = "number | null")]
    pub point: Option<i64>,
    /// Since when.
    pub point_at: Option<Timestamp>,
    /// How many smaller rooms are open.
    #[ts(type = "number")]
    pub n_breakouts: i64,
    /// Whether everybody chooses their room.
    pub may_choose: bool,
    /// When all come back from the smaller rooms.
    pub breakouts_until: Option<Timestamp>,
    /// Whether those who host it are told who was in for how long and who spoke how long, as the charter of the channel said
    /// when it began.
    pub tells_hosts: bool,
    /// Goes up when its title, its agenda or the name of a room changes: these are in the view and in no event.
    #[ts(type = "number")]
    pub revision: i64,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// What came of it; none when it ended by itself, and while it lasts.
    pub outcome: Option<LiveOutcome>,
    /// The decision with which it ended.
    pub decision: Option<LiveDecision>,
    /// Who is or was in: hosts first, then hands in the order in which they went up, then in the order of coming.
    /// At most 500.
    pub people: Vec<LivePerson>,
    /// How many are in.
    #[ts(type = "number")]
    pub n_in: i64,
    /// How many were in at any time.
    #[ts(type = "number")]
    pub n_came: i64,
    /// Minutes that all together spent in it, until the last change.
    #[ts(type = "number")]
    pub person_minutes: i64,
}

/// A session as I see it.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct LiveView {
    /// The session.
    pub session: LiveSession,
    /// What it is about, in one line; empty: its topic is gone.
    pub title: String,
    /// What is to be spoken about, in order.
    pub agenda: Vec<LivePoint>,
    /// The smaller rooms.
    pub breakouts: Vec<LiveBreakout>,
    /// Smaller rooms that are closed and whose notes nobody could post in the topic: they are still read one by one.
    pub kept: Vec<LiveBreakout>,
    /// Whether I am asked about its decision because I was absent, and can object while it is provisional.
    pub may_object: bool,
    /// Everybody named in it.
    pub people: Vec<Person>,
}

/// A point of an agenda.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LivePoint {
    /// One line of up to 200 characters.
    pub title: String,
    /// How long it should take, 1 to 240; none: as long as it takes.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub minutes: Option<u16>,
}

/// A smaller room.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct LiveBreakout {
    /// Its id, which is the name of its room, too.
    pub id: BreakoutId,
    /// One line.
    pub name: String,
}

/// Sessions that are live now.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct LiveList {
    /// The newest first.
    pub sessions: Vec<LiveSession>,
    /// What each is about, in the same order.
    pub titles: Vec<String>,
    /// Everybody named in them.
    pub people: Vec<Person>,
}

/// What lets a browser into the room of a session.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct LiveTicket {
    /// The session, with me in it.
    pub session: LiveSession,
    /// Everybody named in it.
    pub people: Vec<Person>,
    /// Where a LiveKit client connects; none: to this server's own origin.
    pub url: Option<String>,
    /// In which smaller room I am let in; none: in the large one.
    pub breakout_id: Option<BreakoutId>,
    /// The token that it shows there within ten minutes.
    pub token: String,
    /// My place in the room.
    pub identity: String,
}

/// Two places in a room of one's own, with which somebody tries their line and their devices: what one sends the other hears.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct LiveTest {
    /// Where a LiveKit client connects; none: to this server's own origin.
    pub url: Option<String>,
    /// The token of the place that sends.
    pub sends: String,
    /// The token of the place that hears.
    pub hears: String,
}

/// A session to be begun.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GoLive {
    /// A UUIDv7 of the sender's making: sending twice begins one session.
    pub id: LiveId,
    /// The same for the message under which it stands.
    pub message_id: MessageId,
    /// The topic that goes live.
    #[ts(optional)]
    pub topic_id: Option<TopicId>,
    /// Where it begins in the stream: the topic that begins with it, in which stands what is said beside it. A UUIDv7 of the
    /// sender's making; none: the server makes one.
    #[serde(default)]
    #[ts(optional)]
    pub backchannel_id: Option<TopicId>,
    /// What it is about: the text of the message, CommonMark, up to 16,384 bytes.
    pub about: String,
    /// Whether others can come in at once.
    #[serde(default = "yes")]
    #[ts(optional, as = "Option<bool>")]
    pub is_open: bool,
    /// What whoever comes in is, before somebody changes it: speaker or listener.
    #[serde(default)]
    #[ts(optional)]
    pub usual_role: Option<LiveRole>,
    /// Says what the word list asks about all the same (`words-asked`).
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub words_ok: bool,
}

fn yes() -> bool {
    true
}

/// Coming in with a device.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EnterLive {
    /// A name that the browser draws for itself, so that a page that is loaded again takes the place of the one before:
    /// 1 to 36 letters, digits and dashes.
    pub device: String,
}

/// What those who host change of a session. What is left out stays.
#[derive(Debug, Clone, Copy, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeLive {
    /// Opens the doors; they are not closed again, but a session can be locked.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub is_open: bool,
    /// Whether nobody new comes in.
    #[serde(default)]
    #[ts(optional)]
    pub is_locked: Option<bool>,
    /// What whoever comes in from now on is: speaker or listener.
    #[serde(default)]
    #[ts(optional)]
    pub usual_role: Option<LiveRole>,
    /// Arranges the stage for all; each can undo it for themselves.
    #[serde(default)]
    #[ts(optional)]
    pub layout: Option<LiveLayout>,
    /// Puts somebody's picture large for all.
    #[serde(default)]
    #[ts(optional)]
    pub pinned_id: Option<PersonId>,
    /// Nobody's picture stands large any more.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub unpin: bool,
}

/// What is to be spoken about, and which point it is.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeLiveAgenda {
    /// At most 30, in order.
    pub points: Vec<LivePoint>,
    /// Which one it is, counted from 0; none: none of them.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub point: Option<u16>,
}

/// A sign that everybody sees for a moment and nobody keeps.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReactLive {
    /// One of 👍 👏 ❤️ 😂 🎉 🤔.
    pub emoji: String,
}

/// A hand that goes up or down.
#[derive(Debug, Clone, Copy, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RaiseHand {
    /// Whether it is up.
    pub is_up: bool,
}

/// What those who host change of somebody. What is left out stays.
#[derive(Debug, Clone, Copy, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeLivePerson {
    /// What they may do.
    #[serde(default)]
    #[ts(optional)]
    pub role: Option<LiveRole>,
    /// Mutes their microphone; they can unmute it by themselves.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub mute: bool,
    /// Takes their hand down.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub hand_down: bool,
    /// Sends them out, or lets them in again.
    #[serde(default)]
    #[ts(optional)]
    pub is_out: Option<bool>,
    /// Whether they interpret: their picture is always on the stage then. At most two do.
    #[serde(default)]
    #[ts(optional)]
    pub interprets: Option<bool>,
}

/// The end of a session for all.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndLive {
    /// What came of it.
    pub outcome: LiveOutcome,
    /// With the outcome `decision`: what was decided.
    #[serde(default)]
    #[ts(optional)]
    pub decision: Option<NewLiveDecision>,
    /// With the outcome `asks`: 1 to 10 questions that are open.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<NewLiveAsk>>")]
    pub asks: Vec<NewLiveAsk>,
}

/// A decision, which is noted in the topic of the session.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLiveDecision {
    /// A UUIDv7 of the sender's making, for the message that says it.
    pub message_id: MessageId,
    /// What was decided, in up to 2,000 characters.
    pub text: String,
    /// Up to 50 people of the channel who were absent: each is asked, and has a working day of their own to object.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<PersonId>>")]
    pub absent: Vec<PersonId>,
    /// It cannot wait for anybody: those who were absent are told, and it is final at once.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub is_final: bool,
    /// Says what the word list asks about all the same (`words-asked`).
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub words_ok: bool,
}

/// A question that a session leaves open.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLiveAsk {
    /// A UUIDv7 of the sender's making, for the message that asks.
    pub message_id: MessageId,
    /// What is asked: CommonMark, up to 16,384 bytes.
    pub text: String,
    /// 1 to 50 people of the channel; one answer is enough.
    pub people: Vec<PersonId>,
}

/// An objection to a decision that is provisional.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ObjectLive {
    /// A UUIDv7 of the sender's making, for the message that says it.
    pub message_id: MessageId,
    /// Why: CommonMark, up to 16,384 bytes.
    pub text: String,
    /// Says what the word list asks about all the same (`words-asked`).
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub words_ok: bool,
}

/// Who could be asked because they were absent.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct LiveAbsent {
    /// Who was called to it, wrote in its topic, or is in the direct conversation, and was never in. At most 50.
    pub people: Vec<Person>,
}
