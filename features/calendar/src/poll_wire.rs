//! Questions when people can, on the wire.

use crate::wire::{MeetingCost, Wall};
use accounts::Person;
use base::{ChannelId, MeetingId, PersonId, TimePollAnswerId, TimePollId, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What somebody says to one time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimeChoice {
    /// They can.
    Yes,
    /// They can if there has to be.
    Maybe,
    /// They cannot.
    No,
}

/// How a question when people can stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimePollState {
    /// It is answered.
    Open,
    /// Its time to answer is over, and nothing was chosen yet.
    Ended,
    /// It was closed without a time.
    Closed,
    /// A time was chosen.
    Chosen,
}

/// A question when people can, to be asked.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTimePoll {
    /// A UUIDv7 of the sender's making: sending twice asks once.
    pub id: TimePollId,
    /// 1 to 120 characters.
    pub title: String,
    /// What it is about; up to 500 characters.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub about: String,
    /// How long it would be: 5 to 720 minutes.
    pub minutes: u16,
    /// Where the wall of its times stands, as an IANA zone.
    pub time_zone: String,
    /// When it could begin, `2026-11-24T16:30`: 2 to 20 times, all of them still to come.
    #[ts(type = "Array<string>")]
    pub starts: Vec<Wall>,
    /// Until when it is answered: within 60 days, and before the last of its times.
    pub ends_at: Timestamp,
    /// Who is asked here, beside its maker; up to 99.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<PersonId>>")]
    pub people: Vec<PersonId>,
    /// The channel to which it belongs.
    #[ts(optional)]
    pub channel_id: Option<ChannelId>,
    /// Whether those who answer see one another's names.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub shows_names: bool,
    /// Asks also about times on a day without meetings, or in somebody's time to think (`meeting-refused`).
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub asks: bool,
    /// Says what the word list asks about all the same (`words-asked`).
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub words_ok: bool,
}

/// A question when people can.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct TimePoll {
    /// Its id.
    pub id: TimePollId,
    /// What it is called.
    pub title: String,
    /// What it is about; may be empty.
    pub about: String,
    /// How long it would be.
    #[ts(type = "number")]
    pub minutes: i64,
    /// The zone in which its times were said.
    pub time_zone: String,
    /// The channel to which it belongs.
    pub channel_id: Option<ChannelId>,
    /// Who asks.
    pub created_by: PersonId,
    /// Until when it is answered.
    pub ends_at: Timestamp,
    /// Whether those who answer see one another's names.
    pub shows_names: bool,
    /// How it stands.
    pub state: TimePollState,
    /// The meeting that came of it.
    pub meeting_id: Option<MeetingId>,
    /// The time that was chosen.
    pub chosen_at: Option<Timestamp>,
    /// Who is asked here.
    pub asked: Vec<PersonId>,
}

/// One time that is asked about.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct TimePollTime {
    /// When it would begin.
    pub starts_at: Timestamp,
    /// When it would end.
    pub ends_at: Timestamp,
    /// How many can.
    #[ts(type = "number")]
    pub n_yes: i64,
    /// How many can if there has to be.
    #[ts(type = "number")]
    pub n_maybe: i64,
    /// How many cannot.
    #[ts(type = "number")]
    pub n_no: i64,
    /// Its place among those still to come, the fairest 1: fewest who cannot, then what it asks of those whose hours are known.
    #[ts(type = "number | null")]
    pub rank: Option<i64>,
    /// What their hours say of it: of everybody who is asked here for whoever may choose, of myself for others.
    pub costs: Vec<MeetingCost>,
}

/// What somebody said.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct TimePollAnswer {
    /// Its id.
    pub id: TimePollAnswerId,
    /// Who, if they are here.
    pub person_id: Option<PersonId>,
    /// Their name.
    pub name: String,
    /// Whether they left an address for the invitation.
    pub has_address: bool,
    /// To each time, in its order.
    pub choices: Vec<TimeChoice>,
}

/// A question when people can, as somebody here sees it.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct TimePollView {
    /// The question.
    pub poll: TimePoll,
    /// Its times, in their order.
    pub times: Vec<TimePollTime>,
    /// What others said, where names are shown or I may choose.
    pub answers: Vec<TimePollAnswer>,
    /// How many answered.
    #[ts(type = "number")]
    pub n_answers: i64,
    /// What I said to each time; empty: nothing yet.
    pub own: Vec<TimeChoice>,
    /// Everybody named in it.
    pub people: Vec<Person>,
    /// Whether I may choose a time and close it.
    pub can_change: bool,
    /// The address for people outside, for whoever may change it.
    pub link: Option<String>,
}

/// A question when people can, in a list.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct TimePollRow {
    /// Its id.
    pub id: TimePollId,
    /// What it is called.
    pub title: String,
    /// Who asks.
    pub created_by: PersonId,
    /// Until when it is answered.
    pub ends_at: Timestamp,
    /// How it stands.
    pub state: TimePollState,
    /// How many answered.
    #[ts(type = "number")]
    pub n_answers: i64,
    /// Whether I am one of them.
    pub has_answered: bool,
}

/// What I ask and am asked, the one that ends last first.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct TimePollList {
    /// Up to 100.
    pub items: Vec<TimePollRow>,
    /// Everybody named in them.
    pub people: Vec<Person>,
}

/// My answer.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerTimePoll {
    /// To each time, in its order.
    pub choices: Vec<TimeChoice>,
}

/// The answer of somebody outside.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerTimePollOutside {
    /// 1 to 80 characters.
    pub name: String,
    /// A mail address for the invitation; may be empty.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub address: String,
    /// In which language they are written to.
    pub language: String,
    /// To each time, in its order.
    pub choices: Vec<TimeChoice>,
}

/// A time as people outside see it.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct TimeOutside {
    /// When it would begin.
    pub starts_at: Timestamp,
    /// When it would end.
    pub ends_at: Timestamp,
    /// How many can.
    #[ts(type = "number")]
    pub n_yes: i64,
    /// How many can if there has to be.
    #[ts(type = "number")]
    pub n_maybe: i64,
}

/// What somebody else said, where names are shown.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ChoicesOutside {
    /// Their name.
    pub name: String,
    /// To each time, in its order.
    pub choices: Vec<TimeChoice>,
}

/// What somebody outside said themselves.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct OwnOutside {
    /// Their name.
    pub name: String,
    /// The address that they left; empty when they left none, or when nothing is open any more.
    pub address: String,
    /// To each time, in its order.
    pub choices: Vec<TimeChoice>,
}

/// What came of it.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ChosenOutside {
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// Whether it was called off since.
    pub is_canceled: bool,
}

/// What stands behind the link of a question when people can.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct TimePollOutside {
    /// What it is called.
    pub title: String,
    /// What it is about; may be empty.
    pub about: String,
    /// Who asks.
    pub organiser: String,
    /// In which workspace.
    pub workspace: String,
    /// Until when it is answered.
    pub ends_at: Timestamp,
    /// How it stands.
    pub state: TimePollState,
    /// What was chosen.
    pub chosen: Option<ChosenOutside>,
    /// Whether those who answer see one another's names.
    pub shows_names: bool,
    /// Whether an address can be left for the invitation.
    pub takes_address: bool,
    /// Its times, in their order.
    pub times: Vec<TimeOutside>,
    /// What others said, where names are shown.
    pub others: Vec<ChoicesOutside>,
    /// What was said from here.
    pub own: Option<OwnOutside>,
}
