//! The verbs of messages and topics. Each takes a proof of access, decides, writes and announces in the caller's
//! transaction.

mod calling;
pub(crate) mod card;
pub(crate) mod change;
pub(crate) mod forward;
pub(crate) mod import;
pub(crate) mod keeping;
pub(crate) mod moving;
pub(crate) mod post;
pub(crate) mod reading;
pub(crate) mod removal;
pub(crate) mod topics;

use crate::{
    model::Error,
    store::messages::{self, MessageRow},
};
use base::MessageId;
use platform::db::Tx;
use spaces::ChannelAccess;

/// A message of the channel that was proved; of any other channel it is absent.
pub(crate) fn get_message(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    id: MessageId,
) -> Result<MessageRow, Error> {
    messages::find(tx, id)?
        .filter(|row| row.channel == access.id() && access.may_see(row.seq) && !row.gone)
        .ok_or(Error::NotFound)
}

/// The same, unless it is deleted.
pub(crate) fn get_living(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    id: MessageId,
) -> Result<MessageRow, Error> {
    Some(get_message(tx, access, id)?)
        .filter(|row| row.deleted_at.is_none())
        .ok_or(Error::NotFound)
}
