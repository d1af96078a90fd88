//! What happens to office hours, as events.

use crate::wire::Office;
use base::{ChannelId, OfficeId, PersonId, Timestamp};
use platform::{
    db::{Result, Tx},
    journal::{self, Happened},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `office.changed` on the log of a channel: how office hours stand. Nothing of who waits is in it; whoever has a place, and
/// whoever receives, asks.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct OfficeChanged {
    /// The office hours.
    pub office: Office,
}

/// What became of somebody's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OfficeWord {
    /// It gets later than was promised.
    Later,
    /// It is their turn earlier.
    Earlier,
    /// They are next.
    Next,
    /// They are called in.
    Called,
    /// They were called and did not come: they moved one back.
    Missed,
    /// Their place is gone: they did not come three times, or whoever receives took it away.
    Removed,
    /// The office hours are over before it was their turn.
    Ended,
}

/// `office.told` on the log of a person with a place.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct OfficeTold {
    /// The office hours.
    pub office_id: OfficeId,
    /// Where they are.
    pub channel_id: ChannelId,
    /// What became of the place.
    pub word: OfficeWord,
    /// When it is their turn.
    pub promised_at: Timestamp,
}

pub(crate) fn changed(
    tx: &mut dyn Tx,
    office: &Office,
    actor: Option<PersonId>,
    at: Timestamp,
) -> Result<()> {
    let happened = Happened {
        kind: "office.changed",
        actor,
        at,
    };
    let event = OfficeChanged {
        office: office.clone(),
    };
    journal::append(tx, office.channel_id, happened, &event).map(drop)
}

pub(crate) fn told(tx: &mut dyn Tx, person: PersonId, event: &OfficeTold, at: Timestamp) -> Result<()> {
    let happened = Happened {
        kind: "office.told",
        actor: None,
        at,
    };
    journal::append(tx, person, happened, event).map(drop)
}
