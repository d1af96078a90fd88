//! Meetings on the wire.

use accounts::Person;
use base::{ChannelId, MeetingGuestId, MeetingId, PersonId, SpaceId, TimePollId, Timestamp, TopicId};
use jiff::civil::DateTime;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a clock on a wall shows, `2026-11-24T16:30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Wall(pub DateTime);

impl TryFrom<String> for Wall {
    type Error = jiff::Error;

    fn try_from(text: String) -> Result<Self, jiff::Error> {
        text.parse().map(Self)
    }
}

impl From<Wall> for String {
    fn from(wall: Wall) -> Self {
        wall.0.strftime("%Y-%m-%dT%H:%M").to_string()
    }
}

/// What a meeting is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MeetingAim {
    /// To tell people something.
    Inform,
    /// To hear where things stand.
    Status,
    /// To decide something.
    Decide,
    /// To find out or to make something together.
    Explore,
    /// To talk about something that is hard to talk about.
    Sensitive,
    /// To be together.
    Bond,
    /// To put out a fire.
    Crisis,
    /// Two people.
    OneToOne,
    /// For whoever comes.
    OfficeHours,
}

/// What somebody says to an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MeetingAnswer {
    /// Nothing yet.
    Open,
    /// They come.
    Yes,
    /// They do not come.
    No,
    /// They take part later, in their own time.
    Later,
}

/// Somebody who is invited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct MeetingPerson {
    /// Who.
    pub person_id: PersonId,
    /// Whether it makes no sense without them.
    pub is_required: bool,
    /// What they said.
    pub answer: MeetingAnswer,
    /// Whether it waits for their consent: it lies on a day without meetings, or in their time to think.
    pub is_asked: bool,
}

/// Which one of a series a meeting is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct InSeries {
    /// The first meeting of the series, which names it.
    pub id: MeetingId,
    /// The how-manieth, from 1.
    #[ts(type = "number")]
    pub n: i64,
    /// Of how many.
    #[ts(type = "number")]
    pub of: i64,
    /// Weeks between two of them.
    #[ts(type = "number")]
    pub every_weeks: i64,
}

/// A meeting, as everybody sees it who is invited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct Meeting {
    /// Its id.
    pub id: MeetingId,
    /// What it is called.
    pub title: String,
    /// What should be different after it; may be empty.
    pub outcome: String,
    /// What it is for.
    pub aim: MeetingAim,
    /// What is talked about, in order.
    pub agenda: Vec<String>,
    /// Why it is not written instead; may be empty.
    pub reason: String,
    /// The channel to which it belongs.
    pub channel_id: Option<ChannelId>,
    /// The topic of that channel.
    pub topic_id: Option<TopicId>,
    /// The space to which it belongs, where it belongs to no channel.
    pub space_id: Option<SpaceId>,
    /// Who made it.
    pub created_by: PersonId,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// The zone in which its time was said.
    pub time_zone: String,
    /// The series to which it belongs.
    pub series: Option<InSeries>,
    /// Whether it was called off.
    pub is_canceled: bool,
    /// Of the last change; the first is 1.
    #[ts(type = "number")]
    pub revision: i64,
    /// Who is invited, the maker first.
    pub people: Vec<MeetingPerson>,
}

/// A meeting with everybody who is named in it.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct MeetingView {
    /// The meeting.
    pub meeting: Meeting,
    /// Everybody named in it.
    pub people: Vec<Person>,
    /// People outside who are invited, to all of a series.
    pub guests: Vec<MeetingGuest>,
    /// Whether I may move it and call it off.
    pub can_change: bool,
    /// It should rather be written down; for whoever may change it.
    pub park: Option<ParkHint>,
}

/// Why a meeting should rather be written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ParkWhy {
    /// Somebody who is invited is asleep or away then, and has not said that they come.
    SomebodyIsAway,
    /// Nothing is on its agenda.
    NoAgenda,
}

/// A hint that a meeting should rather be written down: where things stand, and what is open.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ParkHint {
    /// Why.
    pub why: ParkWhy,
    /// Who is asleep or away.
    pub people: Vec<PersonId>,
}

/// Somebody outside who is invited by mail.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct MeetingGuest {
    /// Their id.
    pub id: MeetingGuestId,
    /// As whoever invited them wrote it; may be empty.
    pub name: String,
    /// Where they are written to; for whoever may change the meeting.
    pub address: Option<String>,
    /// What they said.
    pub answer: MeetingAnswer,
}

/// Somebody outside to be invited.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InviteGuest {
    /// A mail address.
    pub address: String,
    /// Up to 80 characters; may be empty.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub name: String,
}

/// People outside to be invited beside those who are.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InviteGuests {
    /// With those who are invited already up to 20.
    pub guests: Vec<InviteGuest>,
}

/// An address of somebody outside.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ForgetAddress {
    /// A mail address.
    pub address: String,
}

/// What somebody outside sees behind the link in their letter.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct GuestInvitation {
    /// What the meeting is called.
    pub title: String,
    /// Who made it.
    pub organiser: String,
    /// Of which workspace.
    pub workspace: String,
    /// When it begins; of a series the next one.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// How many follow it in its series.
    #[ts(type = "number")]
    pub n_following: i64,
    /// What they said; of a series to all of it.
    pub answer: MeetingAnswer,
    /// Whether it was called off.
    pub is_canceled: bool,
    /// Whether it is over: nothing can be answered any more.
    pub is_over: bool,
}

/// What somebody outside says.
#[derive(Debug, Clone, Copy, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerInvitation {
    /// What.
    pub answer: MeetingAnswer,
}

/// My meetings of some time, in their order.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct MeetingPage {
    /// Up to 200.
    pub items: Vec<Meeting>,
    /// Everybody named in them.
    pub people: Vec<Person>,
    /// There are more: ask again with this as `after`.
    pub next: Option<MeetingId>,
}

/// Somebody to be invited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Invite {
    /// Who.
    pub person_id: PersonId,
    /// Whether it makes no sense without them.
    #[serde(default = "yes")]
    #[ts(optional, as = "Option<bool>")]
    pub is_required: bool,
}

fn yes() -> bool {
    true
}

/// When a meeting is. A time that the clocks leave out is the one after the gap; one that comes twice is the first.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeetingTime {
    /// On the wall, `2026-11-24T16:30`.
    #[ts(type = "string")]
    pub starts: Wall,
    /// How long: 5 to 720 minutes.
    pub minutes: u16,
    /// Where that wall stands, as an IANA zone.
    pub time_zone: String,
}

/// What a meeting is about.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeetingWords {
    /// 1 to 120 characters.
    pub title: String,
    /// What should be different after it; up to 500 characters.
    #[serde(default)]
    pub outcome: String,
    /// What it is for.
    pub aim: MeetingAim,
    /// What is talked about; up to 20 items of 200 characters.
    #[serde(default)]
    pub agenda: Vec<String>,
    /// Why it is not written instead; up to 300 characters.
    #[serde(default)]
    pub reason: String,
}

/// How a meeting repeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Repeats {
    /// Weeks between two meetings: 1, 2 or 4.
    pub every_weeks: u8,
    /// How many there are: 2 to 48.
    pub times: u8,
    /// A new time every six weeks, fair to all; else always the same time on the wall.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub turns: bool,
}

/// A meeting to be proposed.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMeeting {
    /// A UUIDv7 of the sender's making: sending twice makes one meeting.
    pub id: MeetingId,
    /// What it is about.
    pub words: MeetingWords,
    /// When.
    pub time: MeetingTime,
    /// Who is invited beside its maker; up to 99.
    pub people: Vec<Invite>,
    /// People outside who are invited by mail; up to 20.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<InviteGuest>>")]
    pub guests: Vec<InviteGuest>,
    /// It is the first of a series.
    #[ts(optional)]
    pub repeats: Option<Repeats>,
    /// The channel to which it belongs.
    #[ts(optional)]
    pub channel_id: Option<ChannelId>,
    /// A topic of that channel.
    #[ts(optional)]
    pub topic_id: Option<TopicId>,
    /// Or the space.
    #[ts(optional)]
    pub space_id: Option<SpaceId>,
    /// What came of this question when people can: it is closed by that, and whoever left an address is invited.
    #[ts(optional)]
    pub time_poll_id: Option<TimePollId>,
    /// Asks those for consent on whose day without meetings, or in whose time to think, it lies.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub asks: bool,
    /// Says what the word list asks about all the same (`words-asked`).
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub words_ok: bool,
}

/// A change of a meeting; what is left out stays.
#[derive(Debug, Clone, Default, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeMeeting {
    /// What it is about.
    #[ts(optional)]
    pub words: Option<MeetingWords>,
    /// When; everybody is asked again.
    #[ts(optional)]
    pub time: Option<MeetingTime>,
    /// Who is invited beside its maker.
    #[ts(optional)]
    pub people: Option<Vec<Invite>>,
    /// As in a new one.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub asks: bool,
    /// Says what the word list asks about all the same (`words-asked`).
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub words_ok: bool,
    /// The change that it is based on.
    #[ts(type = "number")]
    pub revision: i64,
    /// Of a series: the meetings after it, too; at another time they move by as much.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub following: bool,
}

/// An answer to an invitation.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerMeeting {
    /// What.
    pub answer: MeetingAnswer,
    /// Of a series: to the meetings after it, too.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub following: bool,
}

/// A meeting to be looked at before it is proposed.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TryMeeting {
    /// What it is for.
    pub aim: MeetingAim,
    /// How many items its agenda has.
    #[serde(default)]
    #[ts(optional, as = "Option<u32>")]
    pub n_agenda: u32,
    /// Whether it is said why it is not written instead.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub has_reason: bool,
    /// When.
    pub time: MeetingTime,
    /// Who is invited beside its maker.
    pub people: Vec<Invite>,
    /// It is the first of a series.
    #[ts(optional)]
    pub repeats: Option<Repeats>,
}

/// From this meeting of a series on somebody has it at another hour, because the clocks of the zones change on different days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct MeetingShift {
    /// Whose clock.
    pub person_id: PersonId,
    /// When that meeting begins on their wall.
    #[ts(type = "string")]
    pub starts: Wall,
}

/// What a meeting costs.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct MeetingPreview {
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// The time of all together, in minutes.
    #[ts(type = "number")]
    pub person_minutes: i64,
    /// In a year, where that says something.
    #[ts(type = "number | null")]
    pub yearly_minutes: Option<i64>,
    /// Whether it should be written instead, unless a sentence says why not and the agenda has an item.
    pub is_gated: bool,
    /// By when all could have answered, if it were written.
    pub written_by: Option<Timestamp>,
    /// What it asks of each, the maker first.
    pub costs: Vec<MeetingCost>,
    /// Of a series at always the same time: whose hour changes on the way, in order, up to 20.
    pub shifts: Vec<MeetingShift>,
    /// Everybody named in it.
    pub people: Vec<Person>,
}

/// Why a time is refused, unless all agree whom it concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MeetingRefusal {
    /// The workspace keeps this day free of meetings.
    NoMeetingDay,
    /// They want to think then.
    Focus,
}

/// What a meeting asks of one person.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct MeetingCost {
    /// Who.
    pub person_id: PersonId,
    /// When it begins on their wall.
    #[ts(type = "string")]
    pub starts: Wall,
    /// How much of it lies outside of their work, in minutes.
    #[ts(type = "number")]
    pub outside_minutes: i64,
    /// Whether it costs them sleep: it touches the time from 22 to 7 on their clock.
    pub is_night: bool,
    /// Whether they are on leave then.
    pub is_away: bool,
    /// Whether they have another meeting then.
    pub is_busy: bool,
    /// Why they would have to agree.
    pub refusal: Option<MeetingRefusal>,
}

/// When somebody works in some days, and when they are not asked for a meeting.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct MeetingHours {
    /// Who.
    pub person_id: PersonId,
    /// Beginning and end of each stretch of work.
    pub work: Vec<(Timestamp, Timestamp)>,
    /// Of each stretch of days without meetings.
    pub no_meetings: Vec<(Timestamp, Timestamp)>,
    /// Of each stretch of time to think.
    pub focus: Vec<(Timestamp, Timestamp)>,
}

/// A time to be looked for.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FindSlots {
    /// What the meeting is for.
    pub aim: MeetingAim,
    /// How long: 5 to 720 minutes.
    pub minutes: u16,
    /// Who is invited beside its maker.
    pub people: Vec<Invite>,
    /// From when on.
    pub from: Timestamp,
    /// Until when: at most 31 days.
    pub to: Timestamp,
}

/// A time that is fair.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct MeetingSlot {
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// Whom it asks for time outside of their work.
    pub asked: Vec<MeetingCost>,
    /// Who is invited if they like, and cannot.
    pub missing: Vec<PersonId>,
}

/// How often somebody met these people outside of their work.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct TimesOutside {
    /// Who.
    pub person_id: PersonId,
    /// How often, in the last 80 weeks.
    #[ts(type = "number")]
    pub n: i64,
    /// When last.
    pub last_at: Timestamp,
}

/// Times for a meeting, the fairest first. None: it should be held in everyone's own time.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct SlotList {
    /// Up to five.
    pub slots: Vec<MeetingSlot>,
    /// Who met the same people outside of their work before.
    pub times_outside: Vec<TimesOutside>,
    /// Whose turn it was last.
    pub last_outside: Option<PersonId>,
    /// Everybody named in it.
    pub people: Vec<Person>,
}

/// What I want of meetings.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct MeetingSettingsView {
    /// Whether I may be asked from 22 to 7 on my clock.
    pub accepts_nights: bool,
    /// Whether there is a link to my calendar.
    pub has_feed: bool,
    /// Whether I get invitations also by mail; null where this server sends none.
    pub by_mail: Option<bool>,
    /// How many minutes before a meeting to which I come I am told; 0: not at all.
    #[ts(type = "number")]
    pub remind_min: i64,
}

/// What I want of meetings.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveMeetingSettings {
    /// Whether I may be asked from 22 to 7 on my clock; absent: as before.
    #[ts(optional)]
    pub accepts_nights: Option<bool>,
    /// Whether I want invitations also by mail; absent: as before.
    #[ts(optional)]
    pub by_mail: Option<bool>,
    /// 0, 5, 10 or 30; absent: as before.
    #[ts(optional, type = "number")]
    pub remind_min: Option<i64>,
}

/// The secret link to my calendar. It is shown once.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct MeetingFeed {
    /// For another calendar, as iCalendar.
    pub url: String,
}
