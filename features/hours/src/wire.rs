//! Hours on the wire, and as they are kept.

use base::{PersonId, Timestamp};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A date of the calendar on somebody's wall, `2026-12-24`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Day(pub Date);

impl TryFrom<String> for Day {
    type Error = jiff::Error;

    fn try_from(text: String) -> Result<Self, jiff::Error> {
        text.parse().map(Self)
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.0.to_string()
    }
}

/// A line of a week in wall time. An end that is not after its beginning lies on the next day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WeekLine {
    /// 1: Monday, to 7: Sunday (ISO 8601).
    pub weekday: u8,
    /// Minutes after midnight, 0 to 1439.
    pub from_min: u16,
    /// 0 to 1440.
    pub to_min: u16,
}

/// How often somebody wants to be told of what can wait.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Profile {
    /// At once, in their hours.
    Live,
    /// At each full hour.
    Hourly,
    /// When work begins, in its middle, and an hour before its end.
    #[default]
    ThreeTimes,
    /// When work begins.
    Morning,
}

/// Days, or a part of one, on which the week does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DayOff {
    /// The first day.
    #[ts(type = "string")]
    pub first: Day,
    /// The last one, included.
    #[ts(type = "string")]
    pub last: Day,
    /// Work on these days, instead of none.
    #[serde(default)]
    pub is_work: bool,
    /// Of a single day: from when, in minutes after midnight; null: the whole day.
    #[serde(default)]
    pub from_min: Option<u16>,
    /// Of a single day: until when.
    #[serde(default)]
    pub to_min: Option<u16>,
    /// For oneself; nobody else sees it. Up to 120 characters.
    #[serde(default)]
    pub note: String,
    /// Whom others may ask in the meantime.
    #[serde(default)]
    pub deputy_id: Option<PersonId>,
}

/// What somebody has declared about their time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnHours {
    /// When they work; up to 64 lines.
    pub work: Vec<WeekLine>,
    /// When nothing interrupts them; null: always but when they work.
    pub quiet: Option<Vec<WeekLine>>,
    /// Time to think, each week.
    pub focus: Vec<WeekLine>,
    /// Who gets through to them then; up to 50 people.
    pub focus_allowed: Vec<PersonId>,
    /// Leave, half days, a Saturday for once; up to 200.
    pub days_off: Vec<DayOff>,
    /// Whose public holidays are days off, such as `DE-BY`; null: no one's.
    pub holidays: Option<String>,
    /// Public holidays on which they work all the same; up to 100.
    #[ts(type = "Array<string>")]
    pub holidays_worked: Vec<Day>,
    /// How often they are told of what can wait.
    pub profile: Profile,
    /// Whether what is urgent may ring in their quiet.
    pub urgent_rings: bool,
}

/// Time to think that was begun by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct FocusNow {
    /// Since when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

/// My hours.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct HoursView {
    /// What I have declared, or what holds as long as I have not.
    pub hours: OwnHours,
    /// Of the last change; 0: I have declared nothing.
    #[ts(type = "number")]
    pub revision: i64,
    /// Time to think that goes on, begun by hand.
    pub focus_now: Option<FocusNow>,
    /// In which zone all of it holds; it is part of the profile.
    pub time_zone: String,
}

/// Hours to be declared.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveHours {
    /// All of them.
    pub hours: OwnHours,
    /// The change that they are based on.
    #[ts(type = "number")]
    pub revision: i64,
}

/// Time to think, from now on.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BeginFocus {
    /// How long: 5 to 720 minutes.
    pub minutes: u16,
}

/// Hours to be looked at before they are saved.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TryHours {
    /// All of them.
    pub hours: OwnHours,
    /// 1: Monday, to 7: Sunday.
    pub weekday: u8,
    /// Minutes after midnight, 0 to 1439.
    pub minute: u16,
}

/// What becomes of a message that comes at some moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum Told {
    /// It tells at once.
    Now,
    /// With others, then.
    Batch {
        /// When.
        until: Timestamp,
    },
    /// It waits for the end of time to think.
    Focus {
        /// Until when.
        until: Timestamp,
    },
    /// It waits for the end of quiet.
    Quiet {
        /// Until when.
        until: Timestamp,
    },
    /// It waits in the app: nothing tells of it.
    Never,
}

/// What would happen at the next such moment.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct HoursPreview {
    /// The moment.
    pub at: Timestamp,
    /// To a message that is urgent.
    pub urgent: Told,
    /// To one that needs me, but is not urgent.
    pub others: Told,
}

/// When somebody usually answers, as others may know it.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct PersonHours {
    /// Who.
    pub person_id: PersonId,
    /// Where they are, as an IANA zone.
    pub time_zone: String,
    /// Whether they have declared it; else it is the week of the workspace.
    pub is_declared: bool,
    /// While they work: until when.
    pub until: Option<Timestamp>,
    /// When they work next, after that; null: not in sight.
    pub next: Option<Timestamp>,
    /// While they are away.
    pub away: Option<Away>,
    /// While they think: until when.
    pub focus_until: Option<Timestamp>,
    /// Their work from yesterday's midnight of theirs on, for nine days: beginning and end of each stretch.
    pub work: Vec<(Timestamp, Timestamp)>,
}

/// Leave that goes on.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Away {
    /// When they work again; null: not in sight.
    pub until: Option<Timestamp>,
    /// Who can be asked meanwhile: the deputy, or the deputy's, if that one is away as well.
    pub deputy_id: Option<PersonId>,
}

/// What holds in the whole workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TimePolicy {
    /// The week of whoever has declared nothing.
    pub work: Vec<WeekLine>,
    /// Whose public holidays are theirs; null: no one's.
    pub holidays: Option<String>,
    /// Days on which no meeting is made: 1, Monday, to 7, Sunday.
    pub no_meeting_days: Vec<u8>,
    /// Whether what is written to somebody outside of their hours first of all lands silently, at once.
    #[serde(default)]
    pub silent_first: bool,
}

/// A country, or a part of one, whose public holidays are known.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Region {
    /// ISO 3166-1, or with a part of the country `DE-BY`.
    pub code: String,
    /// What the part is called there; empty: as its code.
    pub name: String,
}

/// A public holiday.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct Holiday {
    /// When.
    #[ts(type = "string")]
    pub day: Day,
    /// What it is called there.
    pub name: String,
    /// In English.
    pub english: String,
}
