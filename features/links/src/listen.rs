//! Which links a message has is noted in the transaction that posts, edits or deletes it.
//!
//! Nothing is told from here: what an import writes has its numbers already.

use crate::{
    actions,
    model::{CARDS_MAX, WAITING_MAX, links_of, page_of},
    store::{self, Use},
};
use base::{ChannelId, LinkId, Timestamp};
use messages::{Message, MessageDeleted, MessageEdited, MessagePosted};
use platform::{
    db::{Result, Tx},
    journal::{Heard, Listener},
};

pub fn listener() -> Listener {
    Listener {
        kinds: &["message.posted", "message.edited", "message.deleted"],
        hear,
    }
}

fn hear(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    let at = heard.happened.at;
    if let Some(posted) = heard.body::<MessagePosted>() {
        return note(tx, &posted.message, &[], at);
    }
    if let Some(edited) = heard.body::<MessageEdited>() {
        return renew(tx, &edited.message, at);
    }
    if let Some(deleted) = heard.body::<MessageDeleted>() {
        let channel = ChannelId(heard.scope.0);
        let before = store::list_uses(tx, channel, deleted.seq)?;
        return actions::drop_uses(tx, channel, &before, at);
    }
    Ok(())
}

/// An edit that leaves the links alone leaves their cards alone.
fn renew(tx: &mut dyn Tx, message: &Message, at: Timestamp) -> Result<()> {
    let before = store::list_uses(tx, message.channel_id, message.seq)?;
    let now = links_of(message.tree.as_deref());
    if before.iter().map(|known| &known.href).eq(&now) {
        return Ok(());
    }
    actions::drop_uses(tx, message.channel_id, &before, at)?;
    note(tx, message, &before, at)
}

fn note(tx: &mut dyn Tx, message: &Message, before: &[Use], at: Timestamp) -> Result<()> {
    let links = links_of(message.tree.as_deref());
    if links.is_empty() {
        return Ok(());
    }
    let fetches = store::fetches(tx)?;
    for (place, href) in (0_i64..).zip(links) {
        // The same link stays the same, and a card that its author has taken away does not come back.
        let known = before.iter().find(|known| known.href == href);
        let gets_card = fetches && usize::try_from(place).is_ok_and(|place| place < CARDS_MAX);
        let link = match page_of(&href).filter(|_| gets_card) {
            Some(page) => ask(tx, &page, at)?,
            None => None,
        };
        let new = Use {
            id: known.map_or_else(LinkId::random, |known| known.id),
            place,
            message: message.id,
            seq: message.seq,
            person: message.author_id,
            href,
            link,
            is_removed: known.is_some_and(|known| known.is_removed),
            changed_seq: None,
        };
        store::insert_use(tx, message.channel_id, &new, (message.at, at))?;
    }
    Ok(())
}

/// The row of a page, which is asked when nobody did lately. None: too many wait.
fn ask(tx: &mut dyn Tx, page: &str, at: Timestamp) -> Result<Option<LinkId>> {
    if let Some(known) = store::find_link(tx, page)? {
        store::want(tx, known, at)?;
        return Ok(Some(known));
    }
    if store::count_waiting(tx)? >= WAITING_MAX {
        return Ok(None);
    }
    store::insert_link(tx, page, at)
}
