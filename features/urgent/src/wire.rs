//! What is urgent, on the wire.

use accounts::Person;
use base::{ChannelId, GroupId, MessageId, PersonId, SpaceId, Timestamp, TopicId, UrgentId};
use hours::Day;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Why something cannot wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum UrgentKind {
    /// Something is down.
    Outage,
    /// Somebody is in danger.
    Safety,
    /// Somebody cannot go on.
    Blocked,
    /// The reason says it.
    Other,
}

/// How it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum UrgentState {
    /// Its sender has sent too many: a second person has to confirm it, before anybody is called.
    Unconfirmed,
    /// People are called.
    Calling,
    /// Somebody has said "I take it".
    Taken,
    /// Somebody who was called has answered.
    Answered,
    /// Whoever sent it took it back.
    Withdrawn,
    /// The chain came to its end and nobody has reacted; it can still be taken.
    Nobody,
    /// Nobody confirmed it within a day.
    Lapsed,
    /// Its message is gone.
    Gone,
}

/// By what somebody is in a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum UrgentVia {
    /// Named themselves.
    Person,
    /// On call.
    Rota,
    /// In a group.
    Group,
}

/// What somebody who was called said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum UrgentReaction {
    /// "I take it".
    Take,
    /// "Seen, not me".
    NotMe,
    /// They are not there any more, and are not called.
    Left,
}

/// Somebody in a step, with what happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct UrgentCall {
    /// Who.
    pub person_id: PersonId,
    /// For whom they stand in, who is away.
    pub instead_of: Option<PersonId>,
    /// Why they are in the chain.
    pub via: UrgentVia,
    /// They have not agreed to be woken and are told at this moment, at the end of time where they never work. Null: called
    /// at once.
    pub not_before: Option<Timestamp>,
    /// When they were called.
    pub called_at: Vec<Timestamp>,
    /// What they said last.
    pub reaction: Option<UrgentReaction>,
    /// When.
    pub reacted_at: Option<Timestamp>,
}

/// One step of a chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct UrgentStep {
    /// When it begins, if nobody reacts before.
    pub from: Timestamp,
    /// How long until the next one, in minutes.
    #[ts(type = "number")]
    pub wait_min: u64,
    /// Who is called in it.
    pub people: Vec<UrgentCall>,
}

/// What is urgent, as everybody in the channel sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct Urgent {
    /// Its id.
    pub id: UrgentId,
    /// Where.
    pub channel_id: ChannelId,
    /// Under which message.
    pub message_id: MessageId,
    /// Who calls.
    pub sender_id: PersonId,
    /// Why it cannot wait.
    pub kind: UrgentKind,
    /// The same in words; may be empty.
    pub reason: String,
    /// How its message begins, without markup; mentions as they are typed. Empty: it is gone.
    pub text: String,
    /// How it stands.
    pub state: UrgentState,
    /// When it was written.
    pub created_at: Timestamp,
    /// Since when people are called; null: it was not confirmed.
    pub sent_at: Option<Timestamp>,
    /// Who confirmed it.
    pub confirmed_by: Option<PersonId>,
    /// Since when nobody is called any more.
    pub ended_at: Option<Timestamp>,
    /// Who ended it.
    pub ended_by: Option<PersonId>,
    /// Who is called when.
    pub steps: Vec<UrgentStep>,
}

/// What can be done with something urgent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum UrgentMoveKind {
    /// "I take it": nobody else is called.
    Take,
    /// "Seen, not me": I am not called again.
    NotMe,
    /// For whoever sent it: it is not needed any more.
    Withdraw,
    /// For somebody else than its sender, where too many were sent: yes, this is urgent.
    Confirm,
    /// For whoever was called, afterwards: it was not urgent. Only its sender learns how many said so.
    WasNotUrgent,
}

/// A move.
#[derive(Debug, Clone, Copy, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UrgentMove {
    /// Which.
    #[serde(rename = "move")]
    pub kind: UrgentMoveKind,
}

/// Something urgent as I see it.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct UrgentView {
    /// The same for everybody.
    pub urgent: Urgent,
    /// What I can do.
    pub moves: Vec<UrgentMoveKind>,
    /// How many of those who were called said that it was not urgent; 0 for all but its sender.
    #[ts(type = "number")]
    pub n_doubts: i64,
    /// Whether I said so.
    pub has_doubted: bool,
    /// Everybody named in it.
    pub people: Vec<Person>,
}

/// Something urgent to be sent, with its message.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewUrgent {
    /// A UUIDv7 of the sender's making: sending twice sends once.
    pub id: UrgentId,
    /// The same for the message under which it stands.
    pub message_id: MessageId,
    /// The topic in which it is said.
    #[ts(optional)]
    pub topic_id: Option<TopicId>,
    /// The text of the message: CommonMark, up to 16,384 bytes.
    pub text: String,
    /// Why it cannot wait.
    pub kind: UrgentKind,
    /// The same in one line of up to 140 characters; needed where the kind is `other`.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub reason: String,
    /// Whom to call at once; at most five.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<PersonId>>")]
    pub people: Vec<PersonId>,
    /// And whoever is on call in the space.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub on_call: bool,
    /// And after them the chain of the space.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub chain: bool,
    /// Says what the word list asks about all the same (`words-asked`).
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub words_ok: bool,
}

/// What sending would do now to somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct UrgentForecast {
    /// Who.
    pub person_id: PersonId,
    /// For whom they stand in.
    pub instead_of: Option<PersonId>,
    /// Why they are in the chain.
    pub via: UrgentVia,
    /// Where they are, as an IANA zone.
    pub time_zone: String,
    /// They have not agreed to be woken and would be told then, at the end of time where they never work. Null: called at
    /// their turn.
    pub not_before: Option<Timestamp>,
    /// It would call them in their quiet or their time to think, to which they have agreed.
    pub wakes: bool,
}

/// A step that would be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct UrgentForecastStep {
    /// When it would begin.
    pub from: Timestamp,
    /// How long until the next one, in minutes.
    #[ts(type = "number")]
    pub wait_min: u64,
    /// Who.
    pub people: Vec<UrgentForecast>,
}

/// What sending would do now.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct UrgentPreview {
    /// Step by step.
    pub steps: Vec<UrgentForecastStep>,
    /// They cannot read the channel, and would not be called.
    pub left_out: Vec<PersonId>,
    /// Who is on call in the space now; null: nobody.
    pub on_call: Option<PersonId>,
    /// Whether the space has a chain to go on with.
    pub has_chain: bool,
    /// How many more I can send before a second person has to confirm.
    #[ts(type = "number")]
    pub budget_left: u32,
    /// Whether one has to.
    pub needs_second: bool,
    /// Everybody named in it.
    pub people: Vec<Person>,
}

/// What calls me, newest first.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct MyUrgents {
    /// At most 20, until I react.
    pub items: Vec<Urgent>,
    /// Everybody named in them.
    pub people: Vec<Person>,
}

/// A place whose urgent messages may wake me.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct UrgentConsent {
    /// A space.
    pub space_id: Option<SpaceId>,
    /// Or a channel.
    pub channel_id: Option<ChannelId>,
    /// Since when.
    pub at: Timestamp,
}

/// Where I have agreed to be woken.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct UrgentConsents {
    /// All of them.
    pub items: Vec<UrgentConsent>,
}

/// A step of a space's chain: whoever is on call, unless a person or a group is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RotaStep {
    /// A person.
    #[ts(optional)]
    pub person_id: Option<PersonId>,
    /// A group.
    #[ts(optional)]
    pub group_id: Option<GroupId>,
    /// Minutes until the next step: 2 to 60.
    pub wait_min: u16,
}

/// A rota, to be kept.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveRota {
    /// In whose time it is handed over: an IANA name.
    pub time_zone: String,
    /// On which day: 1: Monday, to 7: Sunday (ISO 8601).
    pub weekday: u8,
    /// At what time, in minutes after midnight.
    pub from_min: u16,
    /// In the order of their turns; each has to agree before it is theirs.
    pub people: Vec<PersonId>,
    /// Who is called when nobody takes it; at most six steps.
    pub chain: Vec<RotaStep>,
    /// What it was changed from.
    #[ts(type = "number")]
    pub revision: i64,
}

/// Somebody in a rota.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct RotaMember {
    /// Who.
    pub person_id: PersonId,
    /// Whether they have agreed.
    pub has_agreed: bool,
}

/// One person's turn.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct RotaTurn {
    /// Whose.
    pub person_id: PersonId,
    /// Since when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

/// Somebody else for a day.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct RotaSwap {
    /// Which day, in the zone of the rota.
    #[ts(type = "string")]
    pub day: Day,
    /// Who.
    pub person_id: PersonId,
}

/// Who is on call in a space, and whom what is urgent there calls.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Rota {
    /// Which.
    pub space_id: SpaceId,
    /// In whose time it is handed over.
    pub time_zone: String,
    /// On which day.
    pub weekday: u8,
    /// At what time.
    pub from_min: u16,
    /// In order.
    pub members: Vec<RotaMember>,
    /// From today on.
    pub swaps: Vec<RotaSwap>,
    /// Who is called when nobody takes it.
    pub chain: Vec<RotaStep>,
    /// Who is on call at this moment; null: nobody.
    pub on_call: Option<PersonId>,
    /// This turn and the next five.
    pub turns: Vec<RotaTurn>,
    /// Of the last change; 0: there is no rota yet.
    #[ts(type = "number")]
    pub revision: i64,
}

/// A rota as I see it.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct RotaView {
    /// The same for everybody.
    pub rota: Rota,
    /// Whether I may change it.
    pub can_manage: bool,
    /// Everybody named in it.
    pub people: Vec<Person>,
}

/// Whether I am ready to be on call.
#[derive(Debug, Clone, Copy, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgreeToRota {
    /// Yes, or not any more.
    pub agreed: bool,
}

/// Who is on call from now on.
#[derive(Debug, Clone, Copy, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HandOverRota {
    /// Somebody of the rota who has agreed; the next of them, when it is not said.
    #[ts(optional)]
    pub person_id: Option<PersonId>,
}

/// Somebody else for a day.
#[derive(Debug, Clone, Copy, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SwapRota {
    /// From today on, within a year.
    #[ts(type = "string")]
    pub day: Day,
    /// Who; without it as the rota says.
    #[ts(optional)]
    pub person_id: Option<PersonId>,
}
