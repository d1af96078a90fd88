//! What was deleted while it was held: nobody sees it any more, and it is not lost until no hold covers it.

pub(crate) mod store;

use super::require_owner;
use crate::{model::Error, store::messages::MessageRow};
use accounts::{Administrator, Deed, audit};
use base::{ChannelId, FileId, MessageId, PersonId, Timestamp};
use platform::{
    db::{Result, Tx},
    leftovers,
};
use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

/// Copies of one page.
const PAGE: i64 = 50;
/// Copies that go in one transaction.
const AT_ONCE: i64 = 100;

/// Something that was deleted while it was held.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct HeldCopy {
    /// The message that it was.
    pub message_id: MessageId,
    /// Where it stood.
    pub channel_id: ChannelId,
    /// Who wrote it.
    pub author_id: PersonId,
    /// What they are called.
    pub author_name: String,
    /// When it was posted.
    pub said_at: Timestamp,
    /// When it, or the last of its files that went, was deleted.
    pub deleted_at: Timestamp,
    /// What it said then.
    pub text: String,
    /// What it carried on from somewhere else.
    pub forwarded: String,
    /// What it said before its edits, the oldest first.
    pub earlier: Vec<String>,
    /// The files it had.
    pub files: Vec<HeldFile>,
    /// Who had reacted, by emoji.
    pub reactions: Vec<HeldReaction>,
    /// The answers of the poll that it was.
    pub answers: Vec<HeldAnswer>,
}

/// An emoji under something that was deleted while it was held.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct HeldReaction {
    /// Which.
    pub emoji: String,
    /// What those who reacted so are called, the first of them first.
    pub names: Vec<String>,
}

/// An answer that could be chosen, as it stood then.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct HeldAnswer {
    /// What it says.
    pub text: String,
    /// How many had chosen it.
    #[ts(type = "number")]
    pub n_votes: i64,
}

/// A file of something that was deleted while it was held.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct HeldFile {
    /// The file that it was.
    pub id: FileId,
    /// What it was called.
    pub name: String,
    /// What it is.
    pub media_type: String,
    /// Its size in bytes.
    #[ts(type = "number")]
    pub size_bytes: i64,
    /// Under which hash its bytes lie among the files of the server.
    pub hash: String,
}

/// Answer of `GET /api/holds/{subject}/copies`.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct HeldCopies {
    /// In the order in which they were written.
    pub items: Vec<HeldCopy>,
    /// Where the next page begins; None: this was the last.
    pub next: Option<MessageId>,
}

/// Before a message, or files of it, are taken away: keeps all of it when a hold covers it.
pub(crate) fn keep(tx: &mut dyn Tx, row: &MessageRow, now: Timestamp) -> Result<()> {
    if store::is_held(tx, row.channel, row.author)? {
        store::keep(tx, (row.channel, row.seq), now)?;
    }
    Ok(())
}

/// Keeps what could be answered to a message that is just being deleted, when a hold covers it: other slices hold that.
pub fn keep_answers(tx: &mut dyn Tx, message: MessageId, answers: &[HeldAnswer]) -> Result<()> {
    if !store::is_kept(tx, message)? {
        return Ok(());
    }
    for (idx, answer) in (0_i64..).zip(answers) {
        store::keep_answer(tx, message, idx, answer)?;
    }
    Ok(())
}

/// Lets go what no hold covers any more. True: there may be more of it.
pub(super) fn let_go(tx: &mut dyn Tx, now: Timestamp) -> Result<bool> {
    let loose = store::list_loose(tx, AT_ONCE)?;
    for id in &loose {
        for blob in store::drop(tx, *id)? {
            leftovers::let_go(tx, &blob, now)?;
        }
    }
    Ok(loose.len() as i64 == AT_ONCE)
}

/// What a hold keeps, for an owner. That it was looked at is in the audit log.
pub(super) fn look(
    tx: &mut dyn Tx,
    who: Administrator,
    (subject, after): (Uuid, Option<MessageId>),
    now: Timestamp,
) -> std::result::Result<HeldCopies, Error> {
    require_owner(tx, who)?;
    let hold = super::get_hold(tx, subject)?;
    let page = store::page(tx, subject, after.unwrap_or(MessageId(Uuid::nil())), PAGE)?;
    let deed = Deed::new(who, "retention.copies_seen", super::subject_of(&hold));
    audit::record(tx, &deed, now)?;
    Ok(page)
}
