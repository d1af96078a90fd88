//! Moderation on the wire.

use crate::model::{Outcome, Reason};
use accounts::Person;
use base::{ChannelId, MessageId, PersonId, ReportId, Timestamp, TopicId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use spaces::{ChannelKind, ModeratedChannels};
use ts_rs::TS;

/// Where something was said, for those who moderate it. Administrators hear of channels that they cannot read.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ModeratedPlace {
    /// Which channel.
    pub channel_id: ChannelId,
    /// What kind it is.
    pub kind: ChannelKind,
    /// What it is called; null when the reader cannot read it.
    pub name: Option<String>,
    /// In which topic; null for the stream.
    pub topic_id: Option<TopicId>,
}

impl ModeratedPlace {
    pub(crate) fn new(
        of: &ModeratedChannels,
        (channel_id, kind): (ChannelId, ChannelKind),
        topic_id: Option<TopicId>,
    ) -> Self {
        Self {
            channel_id,
            kind,
            name: of.name(channel_id).map(str::to_owned),
            topic_id,
        }
    }
}

/// The trace of a removal. What the message said is in nothing.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct Removal {
    /// The message that was removed.
    pub message_id: MessageId,
    /// Where it stood.
    pub place: ModeratedPlace,
    /// Who wrote it.
    pub author_id: PersonId,
    /// Who removed it.
    pub removed_by: PersonId,
    /// When.
    pub removed_at: Timestamp,
    /// Why, as its author was told.
    pub reason: Option<String>,
}

/// A page of removals, the newest first.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct RemovalPage {
    /// The removals.
    pub items: Vec<Removal>,
    /// The message after which the next page begins; null at the end.
    pub next: Option<MessageId>,
    /// Everybody named in it.
    pub people: Vec<Person>,
}

/// What somebody minds about a message.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReport {
    /// Why.
    pub reason: Reason,
    /// Up to 500 characters, for those who look after the channel.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub note: String,
}

/// Somebody who minds a message. Its author never hears who that is.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct ReportVoice {
    /// Who.
    pub person_id: PersonId,
    /// Why.
    pub reason: Reason,
    /// In their words; may be empty.
    pub note: String,
    /// When.
    pub at: Timestamp,
}

/// What became of a report.
#[derive(Debug, Clone, Copy, Serialize, TS, JsonSchema)]
pub struct Handled {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: PersonId,
    /// How.
    pub outcome: Outcome,
}

/// A reported message, for those who moderate its channel.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct Report {
    /// Which.
    pub id: ReportId,
    /// The message.
    pub message_id: MessageId,
    /// Where it stands.
    pub place: ModeratedPlace,
    /// Who wrote it.
    pub author_id: PersonId,
    /// What it said when it was first reported, without markup; empty once it is handled.
    pub text: String,
    /// Whether the message is deleted by now.
    pub gone: bool,
    /// What the word list minded; empty when people did.
    pub words: Vec<String>,
    /// Since when.
    pub opened_at: Timestamp,
    /// Who minds it.
    pub voices: Vec<ReportVoice>,
    /// What became of it.
    pub handled: Option<Handled>,
}

/// A page of reports, the newest first.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct ReportPage {
    /// The reports.
    pub items: Vec<Report>,
    /// The report after which the next page begins; null at the end.
    pub next: Option<ReportId>,
    /// Everybody named in it.
    pub people: Vec<Person>,
}

/// What waits for somebody who moderates.
#[derive(Debug, Clone, Copy, Serialize, TS, JsonSchema)]
pub struct ModerationState {
    /// Open reports in the channels that I look after.
    #[ts(type = "number")]
    pub n_open_reports: i64,
}

/// A message that I reported.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct OwnReport {
    /// Which.
    pub message_id: MessageId,
    /// Where it stands.
    pub channel_id: ChannelId,
    /// Why.
    pub reason: Reason,
    /// When.
    pub at: Timestamp,
    /// Whether somebody has seen to it. What they decided is told to nobody else.
    pub handled: bool,
}

/// A page of what I reported, the newest first.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct OwnReportPage {
    /// The reports.
    pub items: Vec<OwnReport>,
    /// The message after which the next page begins; null at the end.
    pub next: Option<MessageId>,
}
