//! What happens to reports, as events on the logs of single people. None of them says what a message said.

use base::{ChannelId, MessageId, PersonId, Timestamp};
use platform::{
    db::{Result, Tx},
    journal::{self, Happened},
};
use serde::Serialize;
use ts_rs::TS;

/// `reports.changed` on my own log: what waits in a channel that I look after has changed; ask for it.
#[derive(Debug, Serialize, TS)]
pub struct ReportsChanged {
    /// Where.
    pub channel_id: ChannelId,
}

/// `report.handled` on my own log: somebody has seen to what I reported.
#[derive(Debug, Serialize, TS)]
pub struct ReportHandled {
    /// Where.
    pub channel_id: ChannelId,
    /// Which message.
    pub message_id: MessageId,
}

/// Nobody is named: a reporter stays unknown, and so does who decides.
fn happened(kind: &'static str, at: Timestamp) -> Happened {
    Happened {
        kind,
        actor: None,
        at,
    }
}

pub(crate) fn reports_changed(
    tx: &mut dyn Tx,
    people: &[PersonId],
    channel_id: ChannelId,
    at: Timestamp,
) -> Result<()> {
    for person in people {
        let event = ReportsChanged { channel_id };
        journal::append(tx, *person, happened("reports.changed", at), &event)?;
    }
    Ok(())
}

pub(crate) fn report_handled(
    tx: &mut dyn Tx,
    people: &[PersonId],
    (channel_id, message_id): (ChannelId, MessageId),
    at: Timestamp,
) -> Result<()> {
    for person in people {
        let event = ReportHandled {
            channel_id,
            message_id,
        };
        journal::append(tx, *person, happened("report.handled", at), &event)?;
    }
    Ok(())
}
