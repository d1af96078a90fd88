//! What happens to asks, as events. None of them holds a text, so that nothing has to be forgotten with a message.

use crate::wire::{Ask, AskMoveKind};
use base::{ChannelId, MessageId, PersonId, Timestamp};
use platform::{
    db::{Result, Tx},
    journal::{self, Happened},
};
use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

/// A message wants an answer: the kind of [`AskChanged`] when it is new.
pub const ASK_OPENED: &str = "ask.opened";
/// It stands differently: the kind of [`AskChanged`] otherwise.
pub const ASK_CHANGED: &str = "ask.changed";
/// The kind of [`AskMoved`].
pub const ASK_MOVED: &str = "ask.moved";
/// The kind of [`AskReminded`].
pub const ASK_REMINDED: &str = "ask.reminded";

/// `ask.opened` and `ask.changed` on the log of a channel: an ask as everybody sees it, without anybody's due-by. Answers to an
/// announcement are not told here one by one, only its end.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct AskChanged {
    /// As it is now.
    pub ask: Ask,
}

/// What led to an [`AskMoved`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AskCause {
    /// It was asked.
    Opened,
    /// Somebody's move; the actor's.
    Moved,
    /// A promise for later than is usual: whoever asked has the word.
    Wished,
    /// Somebody left the channel, or the workspace.
    Left,
    /// The message is gone, and the ask with it.
    Deleted,
}

/// `ask.moved` on the logs of whoever asked and of those who hold, or held, a share: the ask as that person sees it.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct AskMoved {
    /// As it is now for the person whose log this is.
    pub ask: Ask,
    /// Why they are told.
    pub cause: AskCause,
    /// Which move it was.
    pub by_move: Option<AskMoveKind>,
}

/// `ask.reminded` on the log of a channel: whoever asked reminds those who have not answered. Their apps and the slices that tell
/// people know who that is.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct AskReminded {
    /// Which.
    pub message_id: MessageId,
    /// Where.
    pub channel_id: ChannelId,
    /// Who asks.
    pub asker_id: PersonId,
    /// When.
    pub at: Timestamp,
}

/// Who did it and when; goes with each event.
#[derive(Debug, Clone, Copy)]
pub(crate) struct By {
    pub actor: Option<PersonId>,
    pub now: Timestamp,
}

impl By {
    pub fn person(person: PersonId, now: Timestamp) -> Self {
        Self {
            actor: Some(person),
            now,
        }
    }

    fn happened(self, kind: &'static str) -> Happened {
        Happened {
            kind,
            actor: self.actor,
            at: self.now,
        }
    }
}

pub(crate) fn ask_changed(tx: &mut dyn Tx, kind: &'static str, by: By, event: &AskChanged) -> Result<()> {
    journal::append(tx, event.ask.channel_id, by.happened(kind), event).map(drop)
}

pub(crate) fn ask_moved(tx: &mut dyn Tx, person: PersonId, by: By, event: &AskMoved) -> Result<()> {
    journal::append(tx, person, by.happened(ASK_MOVED), event).map(drop)
}

pub(crate) fn ask_reminded(tx: &mut dyn Tx, by: By, event: &AskReminded) -> Result<()> {
    journal::append(tx, event.channel_id, by.happened(ASK_REMINDED), event).map(drop)
}
