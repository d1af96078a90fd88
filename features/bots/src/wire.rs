//! Hooks on the wire.

use crate::model::HookEvent;
use accounts::Person;
use base::{ChannelId, DeliveryId, HookId, PersonId, Seq, Timestamp, TopicId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A door into a channel, without its secret.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct IncomingHook {
    /// Its id.
    pub id: HookId,
    /// Where it posts.
    pub channel_id: ChannelId,
    /// In which topic; null for the stream.
    pub topic_id: Option<TopicId>,
    /// In whose name; also the name of the hook.
    pub bot: Person,
    /// Who made it, and whose rights it has.
    pub created_by: PersonId,
    /// When.
    pub created_at: Timestamp,
    /// When it posted last.
    pub used_at: Option<Timestamp>,
    /// Why the last message was refused; null when it was posted.
    pub refusal: Option<String>,
}

/// A new door into a channel.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewIncoming {
    /// 1 to 80 characters; stands at its messages.
    pub name: String,
    /// A topic of the channel; absent for the stream.
    #[ts(optional)]
    pub topic_id: Option<TopicId>,
}

/// A door into a channel with its address, shown once.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct IncomingMade {
    /// The hook.
    pub hook: IncomingHook,
    /// Where to post. Whoever knows it can.
    pub url: String,
}

/// A door out of a channel, without its secret.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct OutgoingHook {
    /// Its id.
    pub id: HookId,
    /// What it tells of.
    pub channel_id: ChannelId,
    /// 1 to 80 characters.
    pub name: String,
    /// Where it sends.
    pub url: String,
    /// Which events.
    pub events: Vec<HookEvent>,
    /// Who made it, and whose rights it has.
    pub created_by: PersonId,
    /// When.
    pub created_at: Timestamp,
    /// Since when nothing arrives.
    pub failing_since: Option<Timestamp>,
    /// Since when it is switched off.
    pub disabled_at: Option<Timestamp>,
    /// Why, when it switched itself off.
    pub disabled_why: Option<String>,
    /// Events that wait.
    #[ts(type = "number")]
    pub n_waiting: i64,
}

/// A new door out of a channel.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOutgoing {
    /// 1 to 80 characters.
    pub name: String,
    /// A public https or http address.
    pub url: String,
    /// One at least.
    pub events: Vec<HookEvent>,
}

/// A door out of a channel with its secret, shown once.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct OutgoingMade {
    /// The hook.
    pub hook: OutgoingHook,
    /// Signs what is sent: `whsec_…`.
    pub secret: String,
}

/// What changes about an outgoing hook; absent fields stay.
#[derive(Debug, Clone, Default, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ChangeOutgoing {
    /// Another name.
    #[ts(optional)]
    pub name: Option<String>,
    /// Another address.
    #[ts(optional)]
    pub url: Option<String>,
    /// Other events.
    #[ts(optional)]
    pub events: Option<Vec<HookEvent>>,
    /// Switch it off, or on again: what waited when it was switched off is gone.
    #[ts(optional)]
    pub enabled: Option<bool>,
}

/// All hooks of a channel.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct Hooks {
    /// Into it.
    pub incoming: Vec<IncomingHook>,
    /// Out of it.
    pub outgoing: Vec<OutgoingHook>,
    /// Everybody who made one.
    pub people: Vec<Person>,
}

/// How a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// It will be tried, or tried again.
    Waiting,
    /// It was taken.
    Delivered,
    /// It was given up.
    Failed,
}

impl DeliveryState {
    /// Reads the word of the column.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "waiting" => Some(Self::Waiting),
            "delivered" => Some(Self::Delivered),
            "failed" => Some(Self::Failed),
            _ => None,
        }
    }
}

/// One event on its way, or in the log.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct Delivery {
    /// Also the `webhook-id` that is sent.
    pub id: DeliveryId,
    /// What happened.
    pub kind: String,
    /// The place of the event in the channel's log.
    pub seq: Seq,
    /// When it happened.
    pub at: Timestamp,
    /// How it stands.
    pub state: DeliveryState,
    /// How often it was tried.
    #[ts(type = "number")]
    pub n_attempts: i64,
    /// The status of the last answer.
    #[ts(type = "number | null")]
    pub status: Option<i64>,
    /// How long that took.
    #[ts(type = "number | null")]
    pub duration_ms: Option<i64>,
    /// What went wrong.
    pub error: Option<String>,
    /// When it was tried last.
    pub tried_at: Option<Timestamp>,
}

/// The log of a hook, the newest first; the last hundred.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Deliveries {
    pub items: Vec<Delivery>,
}
