//! Carrying a message on into another conversation.
//!
//! A forward is a copy that its sender was allowed to read and chose to show. It says where it comes from; the link leads
//! only those there who may read it. When the original is deleted, the copies lose their text.

use super::{get_living, post::get_shared};
use crate::{
    events::{self, By},
    model::Error,
    store::{forwards, messages},
    wire::Forward,
};
use accounts::SignedIn;
use base::{MessageId, Seq};
use platform::{db::Tx, journal};
use spaces::access;

/// What a message carries on when `id` is forwarded. Of something that only carries, it is what that carries.
pub(crate) fn carry(tx: &mut dyn Tx, who: &SignedIn, id: MessageId) -> Result<Forward, Error> {
    let channel = messages::find(tx, id)?.ok_or(Error::NotFound)?.channel;
    let source = access::channel(tx, who, channel)?;
    let row = get_living(tx, &source, id)?;
    if row.text.is_empty()
        && let Some(carried) = forwards::find(tx, row.channel, row.seq)?
    {
        return if carried.deleted {
            Err(Error::NotFound)
        } else {
            Ok(carried)
        };
    }
    Ok(Forward {
        message_id: row.id,
        channel_id: row.channel,
        author_id: row.author,
        at: row.at,
        tree: markup::parse(&row.text),
        text: row.text,
        deleted: false,
    })
}

/// Takes the text of a message out of everything that carries it, and tells those who see it there.
pub(crate) fn blank_copies(tx: &mut dyn Tx, origin: MessageId, by: By) -> Result<(), Error> {
    let carrying = forwards::list_carrying(tx, origin)?;
    forwards::blank(tx, origin)?;
    for id in carrying {
        let Some(row) = messages::find(tx, id)? else {
            continue;
        };
        for seq in messages::list_text_events(tx, &row)? {
            redact_copy(tx, &row, seq)?;
        }
        let message = get_shared(tx, &row)?;
        let seq = journal::next(tx, row.channel)?;
        // A copy is not an act of whoever deleted the original: in the other channel nobody is named.
        events::message_changed(tx, seq, by.now, message)?;
    }
    Ok(())
}

fn redact_copy(tx: &mut dyn Tx, row: &messages::MessageRow, seq: Seq) -> Result<(), Error> {
    let Some(mut body) = journal::find_body(tx, row.channel, seq)? else {
        return Ok(());
    };
    if let Some(forward) = body
        .pointer_mut("/message/forward")
        .filter(|forward| forward.is_object())
    {
        forward["text"] = "".into();
        forward["tree"] = serde_json::Value::Null;
        forward["deleted"] = true.into();
        journal::redact(tx, row.channel, seq, &body)?;
    }
    Ok(())
}
