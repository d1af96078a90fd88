//! Posting for other slices: a message under which something of theirs stands.

use super::post::{Post, Posted, post};
use crate::{
    model::{Error, Text},
    wire::{Card, Message},
};
use base::{MessageId, Timestamp, TopicId};
use platform::db::Tx;
use spaces::ChannelAccess;
use uuid::Uuid;

/// A message with a card, read and checked before the transaction.
#[derive(Debug, Clone)]
pub struct CardPost(Post);

impl CardPost {
    /// `kind` is the word by which the app finds what draws the card; `card` is the thing's id in its own slice. The text
    /// is what search, quotes and older apps show.
    pub fn read(
        message: MessageId,
        topic: Option<TopicId>,
        text: &str,
        (kind, card): (&'static str, Uuid),
        words_ok: bool,
    ) -> Result<Self, Error> {
        Ok(Self(Post {
            id: message,
            text: Text::read(text)?,
            topic,
            quote: None,
            everyone_ok: false,
            words_ok,
            forward: None,
            files: Vec::new(),
            card: Some(Card {
                kind: kind.to_owned(),
                id: card,
            }),
        }))
    }
}

/// Posts it, or finds what an earlier try has posted.
pub fn post_card(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    card: &CardPost,
    now: Timestamp,
) -> Result<Message, Error> {
    let (Posted::New(message) | Posted::Before(message)) = post(tx, access, &card.0, now)?;
    Ok(message)
}
